"""
KML 2.2 with a TimeSpan for each area, siege and approach.

Written as XML here: GDAL's LIBKML driver puts texts into CDATA sections without
minding a ``]]>`` in them, so that a report could write into the document.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import geopandas as gpd
import pandas as pd
import shapely

from tracker.exports.metadata import ExportMetadata, abstract_of
from tracker.exports.rows import approaches_frame, areas_frame, label_of, sieges_frame
from tracker.exports.symbols import text_element
from tracker.exports.texts import storable
from tracker.files import written_whole
from tracker.model import Actor, Layer, LayerFeature

__all__ = ["write_kml"]

_TYPES = {"float64": "double", "int64": "int", "bool": "bool"}  # KML's SimpleField types; the rest are strings
_ELSEWHERE = {"name", "start", "end", "geometry"}  # have elements of their own
_DECIMALS = 6  # about 0.1 m, as in GeoJSON


def write_kml(
    layer: Layer, path: str | Path, *, actors: Mapping[str, Actor], metadata: ExportMetadata | None = None
) -> Path:
    """
    Write areas, sieges and approaches as KML and return the path.

    `start` is ``TimeSpan/begin`` and `end` is ``TimeSpan/end``; an open bound is
    left out, as KML has it. Balloons are HTML: every text in them is escaped.

    Raises
    ------
    OutputError
        If it can't be written; nothing is left half-written.
    """
    target = Path(path)
    described = metadata or ExportMetadata()
    root = Element("kml", {"xmlns": "http://www.opengis.net/kml/2.2"})
    document = SubElement(root, "Document", {"id": "control"})
    text_element(document, "name", described.title)
    text_element(document, "description", html.escape(" ".join([abstract_of(layer, described), *layer.notes])))
    tables = {
        "areas": areas_frame(layer, actors=actors),
        "sieges": sieges_frame(layer, actors=actors),
        "approaches": approaches_frame(layer, actors=actors),
    }
    for name, frame in tables.items():
        document.append(_schema(name, frame))
    balloons = [_balloon(feature) for feature in layer.features]
    for name, frame in tables.items():
        document.append(_folder(name, frame, balloons if name == "areas" else None))
    indent(root, " ")
    text = storable(tostring(root, encoding="unicode"))
    with written_whole(target) as temporary:
        temporary.write_bytes(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode())
    return target


def _schema(name: str, frame: gpd.GeoDataFrame) -> Element:
    schema = Element("Schema", {"name": name, "id": f"{name}_schema"})
    for column in frame.columns:
        if column not in _ELSEWHERE:
            kind = _TYPES.get(str(frame[column].dtype), "string")
            SubElement(schema, "SimpleField", {"name": column, "type": kind})
    return schema


def _folder(name: str, frame: gpd.GeoDataFrame, balloons: list[str] | None) -> Element:
    folder = Element("Folder", {"id": name})
    text_element(folder, "name", name)
    columns = [column for column in frame.columns if column not in _ELSEWHERE]
    for number, row in enumerate(frame.to_dict("records")):
        mark = SubElement(folder, "Placemark", {"id": f"{name}.{number}"})
        part = row["part"]
        text_element(mark, "name", label_of(row["name"], None if pd.isna(part) else part))
        if balloons is not None:
            text_element(mark, "description", balloons[number])
        _add_span(mark, row)
        _add_style(mark, row, filled=name == "areas")
        data = SubElement(SubElement(mark, "ExtendedData"), "SchemaData", {"schemaUrl": f"#{name}_schema"})
        for column in columns:
            if not pd.isna(row[column]):
                text_element(data, "SimpleData", _value(row[column]), name=column)
        mark.append(_geometry(row["geometry"]))
    return folder


def _add_span(mark: Element, row: Mapping[str, Any]) -> None:
    bounds = [("begin", row["start"]), ("end", row["end"])]
    if any(not pd.isna(day) for _, day in bounds):
        span = SubElement(mark, "TimeSpan")
        for tag, day in bounds:
            if not pd.isna(day):
                text_element(span, tag, f"{day.date()}T00:00:00Z")


def _add_style(mark: Element, row: Mapping[str, Any], *, filled: bool) -> None:
    style = SubElement(mark, "Style")
    line = SubElement(style, "LineStyle")
    text_element(line, "color", _kml_colour("#2b2b2b" if filled else row["colour"], 1.0))
    text_element(line, "width", "1" if filled else "3")
    if filled:  # the paler, the less sure, as in QGIS
        fill = SubElement(style, "PolyStyle")
        text_element(fill, "color", _kml_colour(row["colour"], 0.4 + 0.45 * row["confidence"]))


def _kml_colour(colour: str, opacity: float) -> str:
    """
    Return ``#rrggbb`` as KML writes it: opacity, blue, green, red.

    Examples
    --------
    >>> _kml_colour("#f2c200", 1.0)
    'ff00c2f2'
    """
    return f"{round(255 * opacity):02x}{colour[5:7]}{colour[3:5]}{colour[1:3]}"


def _value(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return str(value).lower() if isinstance(value, bool) else str(value)


def _geometry(geometry: Any) -> Element:
    parts = shapely.get_parts(geometry)
    if len(parts) > 1:
        several = Element("MultiGeometry")
        several.extend(_geometry(part) for part in parts)
        return several
    single = parts[0]
    if single.geom_type == "Polygon":
        oriented = shapely.orient_polygons(single, exterior_cw=False)
        polygon = Element("Polygon")
        for tag, ring in [
            ("outerBoundaryIs", oriented.exterior),
            *(("innerBoundaryIs", r) for r in oriented.interiors),
        ]:
            text_element(SubElement(SubElement(polygon, tag), "LinearRing"), "coordinates", _coordinates(ring))
        return polygon
    line = Element("LineString")
    text_element(line, "coordinates", _coordinates(single))
    return line


def _coordinates(line: Any) -> str:
    return " ".join(f"{x:.{_DECIMALS}f},{y:.{_DECIMALS}f}" for x, y in line.coords)


def _balloon(feature: LayerFeature) -> str:
    """Return the HTML of a balloon, every text escaped."""
    held = ": ".join(part for part in (feature.status.replace("_", " "), feature.holder_name) if part)
    lines = [f"<b>{html.escape(held)}</b>", html.escape(feature.reason)]
    for quote in feature.claims:
        day = quote.published.isoformat() if quote.published else "not dated"
        origin = html.escape(f"{quote.source or 'source not named'}, {day}")
        lines.append(f"{html.escape(quote.stance)}: “{html.escape(quote.quote)}” ({origin})")
    return "<br>".join(lines)
