"""
Map tips and forms for QGIS: what a reader is told of one row, down to the sentences it rests on.

Text from reports is untrusted: in a map tip, which is HTML, it is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from tracker.exports.symbols import options, text_element

__all__ = ["RELATIONS", "Relation", "form_elements", "map_tip"]


@dataclass(frozen=True, slots=True)
class Relation:
    """How the rows of a table find the claims that they rest on, in the view `evidence`."""

    relation_id: str
    table: str
    field: str


RELATIONS = (
    Relation("area_evidence", "areas", "area_id"),
    Relation("siege_evidence", "sieges", "siege_id"),
    Relation("approach_evidence", "approaches", "approach_id"),
)

_TITLE = "\"name\" || coalesce(' (' || \"part\" || ')', '')"
_STATUS = (
    "replace(\"status\", '_', ' ') || coalesce(': ' || \"holder_name\", '')"
    " || if(\"besieged\", ', besieged' || coalesce(' by ' || \"besieged_by\", ''), '')"
)
_SINCE = (
    "coalesce('since ' || format_date(\"start\", 'yyyy-MM-dd'), 'start not known') || ', '"
    " || coalesce('until ' || format_date(\"end\", 'yyyy-MM-dd'), 'still so')"
)
_BELIEF = "'confidence ' || format_number(\"confidence\", 2)"
_REPORTS = _BELIEF + " || ', reports: ' || \"n_reports\" || ', sources: ' || \"n_sources\""
_QUOTE = (
    "'“' || \"quote\" || '” ' || coalesce(\"source\", '')"
    " || coalesce(', ' || format_date(\"published\", 'yyyy-MM-dd'), '')"
)
_LINE_BY = "coalesce(\"actor_name\", 'a side not named') || coalesce(', against ' || \"target_name\", '')"

_FIELD_NAMES = {
    "name": "Place", "part": "Part", "status": "Status", "holder": "Holder (id)", "holder_name": "Holder",
    "besieged_by": "Besieged by", "start": "Since", "end": "Until (not included)", "on": "On",
    "known_by": "Known by", "probability": "Probability", "confidence": "Confidence", "newest_claim": "Newest claim",
    "n_reports": "Reports", "n_sources": "Sources", "area_km2": "Area (km²)", "reason": "Why", "quote": "Quote",
    "source": "Source", "published": "Published", "url": "Link", "stance": "For or against", "kind": "Kind",
    "actor": "Actor", "valid_time": "When (EDTF)", "actor_name": "Side", "target_name": "Against",
    "distance_m": "Distance said (m)", "changed_on": "Changed on", "what": "What changed",
}  # fmt: skip
_FORM_FIELDS: dict[str, tuple[str, ...]] = {
    "areas": (
        "name", "part", "status", "holder_name", "besieged_by", "start", "end", "known_by", "probability", "confidence",
        "newest_claim", "n_reports", "n_sources", "area_km2", "reason",
    ),
    "sieges": ("name", "part", "actor_name", "target_name", "start", "end", "confidence", "newest_claim"),
    "approaches": ("name", "actor_name", "target_name", "distance_m", "start", "end", "confidence", "newest_claim"),
    "changes": ("name", "part", "changed_on", "what", "confidence", "reason"),
    "evidence": ("stance", "quote", "source", "published", "url", "kind", "actor", "valid_time"),
    "claims": ("quote", "source", "published", "url", "kind", "actor", "valid_time"),
}  # fmt: skip
_LONG_TEXTS = {"quote", "reason", "what"}
_DAYS = {"start", "end", "on", "known_by", "newest_claim", "published", "changed_on"}


def map_tip(table: str) -> str:
    """Return the HTML template of a table's map tip, empty when it has none."""
    lines = {
        "areas": (_STATUS, _SINCE, _REPORTS, '"reason"'),
        "places": (_STATUS, _SINCE, _REPORTS),
        "sieges": ("'besieged by ' || " + _LINE_BY, _SINCE, _BELIEF),
        "approaches": ("'approached by ' || " + _LINE_BY, _SINCE, _BELIEF),
        "changes": ("format_date(\"changed_on\", 'yyyy-MM-dd')", '"what"', '"reason"'),
        "claims": (_QUOTE,),
    }.get(table)
    if lines is None:
        return ""
    tip = f"<b>{_shown(_TITLE)}</b>" + "".join(f"<br>{_shown(line)}" for line in lines)
    for relation in RELATIONS:
        if relation.table == table:
            tip += f"<hr>{_quotes(relation.relation_id)}"
    return tip


def form_elements(table: str) -> list[Element]:
    """Return the elements that make up a table's form: widgets, names, tabs, and the relation to its claims."""
    fields = _FORM_FIELDS.get(table)
    if fields is None:
        return []
    relations = [r for r in RELATIONS if r.table == table]
    return [
        _field_configuration(fields),
        _aliases(fields),
        text_element(Element("parent"), "editorlayout", "tablayout"),
        _tabs("What it says" if table in ("evidence", "claims") else "What is known", fields, relations),
    ]


def _escaped(expression: str) -> str:
    return f"replace(coalesce({expression}, ''), map('&', '&amp;', '<', '&lt;', '>', '&gt;'))"


def _shown(expression: str) -> str:
    return f"[% {_escaped(expression)} %]"


def _quotes(relation: str) -> str:
    """Return the template of all quotes under a row; QGIS joins them in one expression."""
    inner = _escaped(_QUOTE)
    return f"[% relation_aggregate('{relation}', 'concatenate', \"stance\" || ': ' || {inner}, '<br>') %]"


def _field_configuration(fields: Sequence[str]) -> Element:
    element = Element("fieldConfiguration")
    config: dict[str, object]
    for field in fields:
        if field == "url":
            widget = "ExternalResource"
            config = {"UseLink": True, "FullUrl": True, "FileWidget": True, "FileWidgetButton": False, "StorageMode": 0}
        elif field in _DAYS:
            widget = "DateTime"
            config = {"display_format": "yyyy-MM-dd", "field_format": "yyyy-MM-dd", "allow_null": True}
        else:
            widget, config = "TextEdit", {"IsMultiline": field in _LONG_TEXTS, "UseHtml": False}
        child = SubElement(element, "field", {"name": field, "configurationFlags": "None"})
        SubElement(SubElement(child, "editWidget", {"type": widget}), "config").append(options(config))
    return element


def _aliases(fields: Sequence[str]) -> Element:
    element = Element("aliases")
    for field in fields:
        SubElement(element, "alias", {"field": field, "name": _FIELD_NAMES.get(field, field)})
    return element


def _tabs(title: str, fields: Sequence[str], relations: Sequence[Relation]) -> Element:
    form = Element("attributeEditorForm")
    common = {"columnCount": "1", "groupBox": "0", "showLabel": "1", "visibilityExpressionEnabled": "0"}
    state = SubElement(form, "attributeEditorContainer", common | {"name": title})
    for field in fields:
        SubElement(state, "attributeEditorField", {"name": field, "index": "-1", "showLabel": "1"})
    for relation in relations:
        tab = SubElement(form, "attributeEditorContainer", common | {"name": "Claims"})
        attributes = {
            "name": relation.relation_id, "relation": relation.relation_id, "label": "Sentences it rests on",
            "showLabel": "1", "nmRelationId": "", "relationWidgetTypeId": "relation_editor",
        }  # fmt: skip
        editor = SubElement(tab, "attributeEditorRelation", attributes)
        SubElement(editor, "editor_configuration").append(options({"buttons": "NoButton", "show_first_feature": True}))
    return form
