"""Rule-based labels for QGIS: which places are named at which scale."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from tracker.exports.symbols import rgba

__all__ = ["labeling"]


@dataclass(frozen=True, slots=True)
class LabelRule:
    """
    Which rows get which label.

    Attributes
    ----------
    largest, smallest
        Scale denominators between which it is shown: `largest` closest to the ground, 0 is no limit.
    """

    name: str
    filter: str
    text: str
    size: float
    bold: bool = False
    italic: bool = False
    colour: str = "#1e1e1e"
    largest: int = 0
    smallest: int = 0
    priority: int = 5


_TOWN = '("feature" LIKE \'PPL%\' OR "feature" LIKE \'ADM%\' OR "feature" IS NULL)'
_DISPUTED = '("status" <> \'held\' OR "besieged")'
_SEAT = "(\"feature\" IN ('PPLC', 'PPLA'))"  # by which a reader finds his way: named before all others
_AFAR = "\"label_rank\" = 0 AND coalesce(\"feature\", '') <> 'PPLX'"  # no quarters
_PLACE_RULES = (
    LabelRule("Seats of provinces, from afar", f"{_SEAT} AND {_AFAR}", '"name"', 9.5, bold=True, largest=1_000_000,
        priority=10,
    ),
    LabelRule(
        "Disputed, from afar", f"{_DISPUTED} AND NOT coalesce({_SEAT}, false) AND {_AFAR}", '"name"', 9, bold=True,
        largest=1_000_000, priority=8,
    ),
    LabelRule(
        "Towns, from afar", f"NOT {_DISPUTED} AND {_TOWN} AND NOT coalesce({_SEAT}, false) AND {_AFAR}", '"name"', 8.5,
        largest=1_000_000, smallest=8_000_000, priority=7,
    ),
    LabelRule(
        "Bases, airfields and other sites, from afar", f'NOT {_DISPUTED} AND NOT {_TOWN} AND "label_rank" = 0',
        '"name"', 7.5, italic=True, colour="#4a4a4a", largest=1_000_000, smallest=3_000_000, priority=3,
    ),
    LabelRule("Disputed, close", _DISPUTED, '"label"', 10, bold=True, smallest=1_000_000, priority=9),
    LabelRule("Towns, close", f"NOT {_DISPUTED} AND {_TOWN}", '"label"', 9.5, smallest=1_000_000, priority=7),
    LabelRule(
        "Bases, airfields and other sites, close", f"NOT {_DISPUTED} AND NOT {_TOWN}", '"label"', 8.5, italic=True,
        colour="#4a4a4a", smallest=1_000_000, priority=3,
    ),
)  # fmt: skip
_RULES: dict[str, tuple[LabelRule, ...]] = {
    "places": _PLACE_RULES,
    "approaches": (
        LabelRule(
            "Distance said", '"distance_m" IS NOT NULL', "format_number(\"distance_m\" / 1000, 0) || ' km'", 7.5,
            italic=True, smallest=2_000_000,
        ),
    ),
}  # fmt: skip


def labeling(table: str) -> Element | None:
    """Return the rule-based labels of a table, None when it has none."""
    rules = _RULES.get(table)
    if not rules:
        return None
    element = Element("labeling", {"type": "rule-based"})
    root = SubElement(element, "rules", {"key": f"{{{table}}}"})
    for number, rule in enumerate(rules):
        attributes = {"key": f"{{{table}-{number}}}", "description": rule.name, "filter": rule.filter}
        if rule.largest:
            attributes["scalemindenom"] = str(rule.largest)
        if rule.smallest:
            attributes["scalemaxdenom"] = str(rule.smallest)
        SubElement(root, "rule", attributes).append(_settings(rule, line=table == "approaches"))
    return element


def _settings(rule: LabelRule, *, line: bool) -> Element:
    settings = Element("settings", {"calloutType": "simple"})
    style = SubElement(
        settings,
        "text-style",
        {
            "fieldName": rule.text, "isExpression": "1", "fontSize": f"{rule.size:g}", "fontSizeUnit": "Point",
            "fontWeight": "75" if rule.bold else "50", "fontItalic": str(int(rule.italic)), "namedStyle": "",
            "fontFamily": "Sans Serif", "textColor": rgba(rule.colour), "textOpacity": "1", "multilineHeight": "1",
        },
    )  # fmt: skip
    SubElement(
        style,
        "text-buffer",
        {
            "bufferDraw": "1", "bufferSize": "0.9", "bufferSizeUnits": "MM", "bufferColor": "255,255,255,255",
            "bufferOpacity": "0.85", "bufferNoFill": "1", "bufferJoinStyle": "128",
        },
    )  # fmt: skip
    placement = {
        "placement": "3" if line else "6",
        "dist": "1",
        "distUnits": "MM",
        "offsetType": "1",
    }  # 6: about a point
    SubElement(settings, "placement", placement | {"priority": str(rule.priority), "placementFlags": "10"})
    SubElement(settings, "rendering", {"drawLabels": "1", "obstacle": "1", "obstacleFactor": "1", "displayAll": "0"})
    return settings
