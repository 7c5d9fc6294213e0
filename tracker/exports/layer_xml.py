"""All that QGIS keeps of one table's look, as XML: for a project's layer, a QML file and `layer_styles`."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from tracker.exports.forms import form_elements, map_tip
from tracker.exports.labels import labeling
from tracker.exports.styles import Category, renderer
from tracker.exports.symbols import document_of, text_element
from tracker.model import Actor

__all__ = [
    "QGIS_VERSION",
    "SPANS",
    "STYLED",
    "is_temporal",
    "labelled",
    "qml",
    "scale_attributes",
    "spatial_reference",
    "style_elements",
]

QGIS_VERSION = "3.22.16"  # what the XML is written for; later versions read it
STYLED = ("areas", "places", "sieges", "approaches", "changes", "claims", "base_areas", "base_lines", "dates")
SPANS = ("areas", "places", "sieges", "approaches")  # tables with start and end
_INSTANTS = {"changes": "changed_on", "claims": "published"}
# Row in QGIS's own srs.db, name, whether in degrees
_CRS = {"EPSG:4326": ("3452", "WGS 84", "true"), "EPSG:3857": ("3857", "WGS 84 / Pseudo-Mercator", "false")}
_RECENT_DAYS = 7  # how long a change or a claim stays on the map
_SCALES = {"claims": 3_000_000, "changes": 8_000_000}  # shown from this denominator on, closer to the ground


def style_elements(
    table: str, *, categories: Mapping[str, Category] | None, actors: Mapping[str, Actor]
) -> list[Element]:
    """Return renderer, labels, time, form and map tip of a table, as children of ``maplayer`` or ``qgis``."""
    elements = [_temporal(table)]
    if table in SPANS:
        elements.insert(0, _frame_fields())
    if table in STYLED:
        elements.append(renderer(table, categories=categories, actors=actors))
    labels = labeling(table)
    if labels is not None:
        elements.append(labels)
    for tag, text in (("blendMode", "0"), ("featureBlendMode", "0"), ("layerOpacity", "1")):
        elements.append(text_element(Element("parent"), tag, text))
    elements.extend(form_elements(table))
    tip = map_tip(table)
    elements.append(text_element(Element("parent"), "mapTip", tip))
    preview = {"evidence": '"quote"', "dates": '"label"', "places": '"label"', "changes": '"label"'}.get(
        table, '"name"'
    )
    elements.append(text_element(Element("parent"), "previewExpression", preview))
    return elements


def scale_attributes(table: str) -> dict[str, str]:
    """Return the scales between which a table is drawn; QGIS calls the farthest one the minimum."""
    farthest = _SCALES.get(table)
    if farthest is None:
        return {"hasScaleBasedVisibilityFlag": "0"}
    return {"hasScaleBasedVisibilityFlag": "1", "minScale": str(farthest), "maxScale": "0"}


def qml(table: str, *, categories: Mapping[str, Category] | None, actors: Mapping[str, Actor]) -> str:
    """Return the style of a table as a QML document."""
    root = Element(
        "qgis",
        {"version": QGIS_VERSION, "styleCategories": "AllStyleCategories", "labelsEnabled": labelled(table)}
        | scale_attributes(table),
    )
    root.extend(style_elements(table, categories=categories, actors=actors))
    return document_of(root)


def spatial_reference(code: str) -> Element:
    """
    Return a coordinate reference system as QGIS reads it: by its authority's code.

    QGIS looks at the code only when its own row number (`srsid`) stands beside it.
    """
    row, description, geographic = _CRS[code]
    element = Element("spatialrefsys", {"nativeFormat": "Wkt"})
    text_element(element, "srsid", row)
    text_element(element, "srid", code.partition(":")[2])
    text_element(element, "authid", code)
    text_element(element, "description", description)
    text_element(element, "geographicflag", geographic)
    return element


def is_temporal(table: str) -> bool:
    """Return whether the temporal controller filters a table."""
    return table in SPANS or table in _INSTANTS


def labelled(table: str) -> str:
    """Return `1` when a table has labels, else `0`, as QGIS's attribute says it."""
    return "1" if labeling(table) is not None else "0"


def _temporal(table: str) -> Element:
    """Return the temporal settings: bounds half-open, an open bound always inside."""
    attributes = {
        "enabled": str(int(is_temporal(table))), "mode": "0", "limitMode": "0", "startField": "", "endField": "",
        "fixedDuration": "0", "durationUnit": "d", "durationField": "", "accumulate": "0", "startExpression": "",
        "endExpression": "",
    }  # fmt: skip
    if table in SPANS:
        attributes |= {"mode": "2", "startField": "frame_start", "endField": "frame_end"}
    elif table in _INSTANTS:
        attributes |= {"mode": "1", "startField": _INSTANTS[table], "fixedDuration": str(_RECENT_DAYS)}
    element = Element("temporal", attributes)
    fixed = SubElement(element, "fixedRange")
    SubElement(fixed, "start")
    SubElement(fixed, "end")
    return element


def _frame_fields() -> Element:
    """
    Return the virtual fields that QGIS compares with the frame.

    The table's own fields would do, but QGIS 3.22 hands their comparison to SQLite
    as text, where ``2017-09-05T00:00:00.000Z`` is later than its own
    ``2017-09-05T00:00:00``: what ended on a day would still show on it. Later
    versions would compare UTC with local time.
    """
    element = Element("expressionfields")
    for bound in ("start", "end"):
        midnight = f'make_datetime(year("{bound}"), month("{bound}"), day("{bound}"), 0, 0, 0)'
        attributes = {
            "name": f"frame_{bound}",
            "type": "16",
            "typeName": "datetime",
            "expression": midnight,
        }  # 16: QDateTime
        SubElement(element, "field", attributes | {"length": "-1", "precision": "0", "comment": "", "subType": "0"})
    return element
