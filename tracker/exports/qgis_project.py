"""
A QGIS project (``.qgz``) for a GeoPackage that `write_geopackage` made, written without QGIS.

It opens styled, with the temporal controller on, and finds the GeoPackage by a
relative path, so that both can be moved together.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import shapely

from tracker.exports.days import Timeline, records_of, timeline_of
from tracker.exports.forms import RELATIONS
from tracker.exports.layer_xml import QGIS_VERSION, labelled, scale_attributes, spatial_reference, style_elements
from tracker.exports.metadata import ExportMetadata
from tracker.exports.qgis_layout import layouts
from tracker.exports.qmd import fill_metadata
from tracker.exports.styles import categories_of
from tracker.exports.symbols import document_of, text_element
from tracker.exports.tables import TABLES, Table
from tracker.files import written_whole
from tracker.model import Actor, Layer

__all__ = ["saved_by_a_user", "write_qgis_project"]

_MAP_CRS = "EPSG:3857"  # true to shape on the screen; the data stay in EPSG:4326
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold
_FRAMES_A_SECOND = 4


def write_qgis_project(
    layer: Layer,
    gpkg_path: str | Path,
    path: str | Path,
    *,
    actors: Mapping[str, Actor],
    title: str | None = None,
    metadata: ExportMetadata | None = None,
) -> Path:
    """
    Write a QGIS project that shows a GeoPackage of the same layer, and return its path.

    Parameters
    ----------
    layer
        The layer that is in the GeoPackage.
    gpkg_path
        The GeoPackage; the project refers to it relative to its own folder.
    path
        Where the project goes; what stood there is replaced when all is written.
    actors
        Sides with their names and colours.
    title
        Title of project and printed map; None takes the one of `metadata`.

    Raises
    ------
    OutputError
        If it can't be written; nothing is left half-written.
    """
    target = Path(path)
    described = metadata or ExportMetadata()
    root = _project(layer, _relative(Path(gpkg_path), target), actors, described, title or described.title)
    with written_whole(target) as temporary:
        temporary.write_bytes(_zipped(f"{target.stem}.qgs", document_of(root)))
    return target


def saved_by_a_user(path: str | Path) -> bool:
    """
    Return whether a project was saved since it was written here, so that somebody's work is in it.

    QGIS packs with the time of the day and adds files of its own; we pack one file at the beginning of
    a zip's time.
    """
    target = Path(path)
    if not target.is_file():
        return False
    try:
        with zipfile.ZipFile(target) as archive:
            times = [entry.date_time for entry in archive.infolist()]
    except (OSError, zipfile.BadZipFile):
        return True  # whatever it is, it is not ours
    return times != [_ZIP_EPOCH]


def _relative(gpkg: Path, project: Path) -> str:
    try:
        relative = os.path.relpath(gpkg.resolve(), project.resolve().parent)
    except ValueError:  # another drive
        return str(gpkg.resolve())
    forward = Path(relative).as_posix()
    return forward if forward.startswith("../") else f"./{forward}"


def _zipped(name: str, document: str) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name, date_time=_ZIP_EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3  # the same bytes from every operating system
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, document.encode("utf-8"))
    return memory.getvalue()


def _project(layer: Layer, source: str, actors: Mapping[str, Actor], metadata: ExportMetadata, title: str) -> Element:
    timeline = timeline_of(layer)
    root = Element("qgis", {"projectname": title, "version": QGIS_VERSION})
    SubElement(root, "homePath", {"path": ""})
    text_element(root, "title", title)
    SubElement(root, "projectCrs").append(spatial_reference(_MAP_CRS))
    root.append(_layer_tree(source))
    root.append(_relations())
    canvas = SubElement(root, "mapcanvas", {"name": "theMapCanvas", "annotationsVisible": "1"})
    text_element(canvas, "units", "meters")
    _add_extent(SubElement(canvas, "extent"), _extent(layer))
    text_element(canvas, "rotation", "0")
    SubElement(canvas, "destinationsrs").append(spatial_reference(_MAP_CRS))
    layers = SubElement(root, "projectlayers")
    for table in TABLES:
        layers.append(_map_layer(table, source, layer, actors, metadata))
    order = SubElement(root, "layerorder")
    for table in TABLES:
        SubElement(order, "layer", {"id": table.layer_id})
    root.append(_properties(timeline))
    SubElement(root, "visibility-presets")
    fill_metadata(SubElement(root, "projectMetadata"), layer, metadata, title=title)
    root.append(layouts(layer, source, metadata, title=title, extent=_extent(layer)))
    view = SubElement(root, "ProjectViewSettings", {"UseProjectScales": "0", "rotation": "0"})
    bounds = {k: str(v) for k, v in zip(("xmin", "ymin", "xmax", "ymax"), _extent(layer), strict=True)}
    SubElement(view, "DefaultViewExtent", bounds).append(spatial_reference(_MAP_CRS))
    if timeline is not None:
        root.append(_time_settings(timeline))
    return root


def tree_layer(table: Table, source: str, *, checked: bool | None = None) -> Element:
    """Return a table's entry in a layer tree."""
    shown = table.shown if checked is None else checked
    return Element(
        "layer-tree-layer",
        {
            "id": table.layer_id, "name": table.title, "providerKey": "ogr", "source": data_source(table, source),
            "checked": "Qt::Checked" if shown else "Qt::Unchecked", "expanded": str(int(table.expanded)),
        },
    )  # fmt: skip


def data_source(table: Table, source: str) -> str:
    """Return where QGIS finds a table."""
    return f"{source}|layername={table.name}"


def _layer_tree(source: str) -> Element:
    root = Element("layer-tree-group")
    groups: dict[str, Element] = {}
    for table in TABLES:
        parent = root
        if table.group:
            if table.group not in groups:
                expanded = str(int(table.group != "Tables"))
                attributes = {"name": table.group, "checked": "Qt::Checked", "expanded": expanded}
                groups[table.group] = SubElement(root, "layer-tree-group", attributes)
            parent = groups[table.group]
        parent.append(tree_layer(table, source))
    return root


def _relations() -> Element:
    element = Element("relations")
    names = {table.name: table.layer_id for table in TABLES}
    for relation in RELATIONS:
        child = SubElement(
            element,
            "relation",
            {
                "id": relation.relation_id, "name": f"Claims of {relation.table}", "strength": "Association",
                "referencingLayer": names["evidence"], "referencedLayer": names[relation.table],
            },
        )  # fmt: skip
        SubElement(child, "fieldRef", {"referencingField": "row_id", "referencedField": relation.field})
    return element


def _map_layer(
    table: Table, source: str, layer: Layer, actors: Mapping[str, Actor], metadata: ExportMetadata
) -> Element:
    spatial = table.geometry is not None
    element = Element(
        "maplayer",
        {
            "type": "vector", "geometry": table.qgis_geometry, "wkbType": table.geometry or "NoGeometry",
            "styleCategories": "AllStyleCategories", "labelsEnabled": labelled(table.name), "readOnly": "0",
            "simplifyDrawingHints": "1" if spatial else "0", "autoRefreshEnabled": "0",
        }
        | scale_attributes(table.name),
    )  # fmt: skip
    text_element(element, "id", table.layer_id)
    text_element(element, "datasource", data_source(table, source))
    text_element(element, "layername", table.title)
    if spatial:
        SubElement(element, "srs").append(spatial_reference("EPSG:4326"))
    fill_metadata(SubElement(element, "resourceMetadata"), layer, metadata, title=table.title)
    text_element(element, "provider", "ogr", encoding="UTF-8")
    flags = SubElement(element, "flags")
    identifiable = "0" if table.group in ("Base", "Tables") else "1"
    for flag, value in (("Identifiable", identifiable), ("Removable", "1"), ("Searchable", "1"), ("Private", "0")):
        text_element(flags, flag, value)
    element.extend(style_elements(table.name, categories=categories_of(layer), actors=actors))
    return element


def _properties(timeline: Timeline | None) -> Element:
    element = Element("properties")
    gui = SubElement(element, "Gui")
    for colour, value in (("Red", 221), ("Green", 235), ("Blue", 244)):  # sea
        text_element(gui, f"CanvasColor{colour}Part", str(value), type="int")
    text_element(SubElement(element, "Measurement"), "AreaUnits", "km2", type="QString")
    text_element(SubElement(element, "Measure"), "Ellipsoid", "EPSG:7030", type="QString")
    text_element(SubElement(element, "Paths"), "Absolute", "false", type="bool")
    text_element(SubElement(element, "SpatialRefSys"), "ProjectionsEnabled", "1", type="int")
    if timeline is not None:
        controller = SubElement(element, "TemporalControllerWidget")
        text_element(controller, "NavigationMode", "1", type="int")  # 1: animated
        text_element(controller, "StartDateTime", _moment(timeline.start), type="QString")
        text_element(controller, "EndDateTime", _moment(timeline.stop), type="QString")
    return element


def _time_settings(timeline: Timeline) -> Element:
    element = Element(
        "ProjectTimeSettings",
        {
            "timeStep": "1", "timeStepUnit": timeline.unit, "frameRate": str(_FRAMES_A_SECOND),
            "cumulativeTemporalRange": "0",
        },
    )  # fmt: skip
    span = SubElement(element, "TemporalRange")
    text_element(span, "start", _moment(timeline.start))
    text_element(span, "end", _moment(timeline.stop))
    return element


def _moment(day: object) -> str:
    return f"{day}T00:00:00Z"


def _extent(layer: Layer) -> tuple[float, float, float, float]:
    """Return the bounds of all geometries in the map's own metres, with a margin of a tenth."""
    from pyproj import Transformer  # noqa: PLC0415 - takes 0.1 s

    shapes = [record.geometry for record in records_of(layer)]
    west, south, east, north = shapely.total_bounds(shapes) if shapes else (-170.0, -60.0, 170.0, 75.0)
    to_map = Transformer.from_crs("EPSG:4326", _MAP_CRS, always_xy=True)
    x0, y0, x1, y1 = to_map.transform_bounds(west, south, east, north)
    pad = max(x1 - x0, y1 - y0, 1000.0) / 10
    return (round(x0 - pad), round(y0 - pad), round(x1 + pad), round(y1 + pad))


def _add_extent(element: Element, extent: Sequence[float]) -> None:
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), extent, strict=True):
        text_element(element, name, str(value))
