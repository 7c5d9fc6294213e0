"""A print layout on A4: the map of a day, its legend, date, sources and scale, one atlas page for each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from tracker.exports.days import timeline_of
from tracker.exports.metadata import ExportMetadata, provenance_of, sources_of
from tracker.exports.symbols import Property, data_defined, symbol, symbol_layer
from tracker.exports.tables import Table, table_named
from tracker.model import Layer

__all__ = ["LAYOUT_NAME", "layouts"]

LAYOUT_NAME = "Control map"
_PAGE, _LABEL, _LEGEND, _MAP, _SCALE_BAR = "65638", "65641", "65642", "65639", "65646"  # QgsLayoutItemRegistry
_MAP_ID = "{tracker-map}"
_WIDTH, _HEIGHT = 297, 210  # mm, A4 landscape
_MAP_BOX = (10.0, 24.0, 212.0, 160.0)
_MOST_SOURCES = 25  # named on the page; the rest are counted

Box = tuple[float, float, float, float]  # x, y, width, height in mm


def layouts(
    layer: Layer, source: str, metadata: ExportMetadata, *, title: str, extent: tuple[float, float, float, float]
) -> Element:
    """Return the ``Layouts`` element with the one layout; `extent` is in the project's CRS."""
    root = Element("Layouts")
    layout = SubElement(root, "Layout", {"name": LAYOUT_NAME, "units": "mm", "printResolution": "300"})
    layout.append(_pages())
    layout.append(_scale_bar())
    layout.append(_legend(source))
    layout.append(_text("title", title, (10, 7, 212, 9), size=18, bold=True))
    layout.append(_text("date", _date_text(layer), (10, 15.5, 212, 8), size=13, colour="#444444"))
    layout.append(_text("sources", _sources_text(layer, metadata), (226, 128, 63, 74), size=6.5, colour="#444444"))
    layout.append(_text("method", _METHOD, (10, 186, 150, 16), size=6.5, colour="#444444"))
    layout.append(_map(layer, _fitted(extent)))
    layout.append(_atlas(source))
    return root


_METHOD = (
    "Areas are drawn from points and radii: they show which place a report speaks of, not a surveyed front line. "
    "Striped: contested, shared, or one of the sides. The paler, the less sure. Each area cites its sentences."
)


def _date_text(layer: Layer) -> str:
    known = f" · as known by {layer.known_by.isoformat()}" if layer.known_by else ""
    if layer.on is not None:
        return f"{layer.on.isoformat()}{known}"
    timeline = timeline_of(layer)
    if timeline is None:
        return f"no date{known}"
    on = f"coalesce(attribute(@atlas_feature, 'on'), to_date('{timeline.last}'))"
    return f"[% format_date({on}, 'd MMMM yyyy') %]{known}"


def _sources_text(layer: Layer, metadata: ExportMetadata) -> str:
    names = sources_of(layer)
    shown = ", ".join(names[:_MOST_SOURCES])
    if len(names) > _MOST_SOURCES:
        shown += f" and {len(names) - _MOST_SOURCES} more"
    lines = [f"Sources: {shown}." if shown else "Sources: not named by the reports.", *provenance_of(layer)]
    if metadata.licence:
        lines.append(f"Licence: {metadata.licence}")
    if metadata.author:
        lines.append(f"Made by {metadata.author}")
    # [% %] in a label is an expression: names of sources must not become one
    return "\n".join(lines).replace("[%", "[ %")


def _item(kind: str, name: str, box: Box, **more: str) -> Element:
    x, y, width, height = box
    element = Element(
        "LayoutItem",
        {
            "type": kind, "id": name, "uuid": f"{{tracker-{name}}}", "templateUuid": f"{{tracker-{name}}}",
            "position": f"{x:g},{y:g},mm", "positionOnPage": f"{x:g},{y:g},mm", "size": f"{width:g},{height:g},mm",
            "referencePoint": "0", "visibility": "1", "opacity": "1", "itemRotation": "0", "blendMode": "0",
            "frame": "false", "background": "false", "positionLock": "false", "excludeFromExports": "0",
        }
        | more,
    )  # fmt: skip
    SubElement(element, "FrameColor", {"red": "80", "green": "80", "blue": "80", "alpha": "255"})
    SubElement(element, "BackgroundColor", {"red": "255", "green": "255", "blue": "255", "alpha": "255"})
    return element


def _paper() -> Element:
    blank = {"color": "255,255,255,255", "style": "solid", "outline_style": "no"}
    return symbol("fill", [symbol_layer("SimpleFill", blank)], name="")


def _pages() -> Element:
    pages = Element("PageCollection")
    pages.append(_paper())
    page = _item(_PAGE, "page", (0, 0, _WIDTH, _HEIGHT), background="true")
    page.append(_paper())
    pages.append(page)
    SubElement(pages, "GuideCollection", {"visible": "1"})
    return pages


def _text(name: str, text: str, box: Box, *, size: float, bold: bool = False, colour: str = "#1e1e1e") -> Element:
    element = _item(_LABEL, name, box, labelText=text, htmlState="0", halign="1", valign="32", marginX="0", marginY="0")
    weight = "75" if bold else "50"
    SubElement(element, "LabelFont", {"description": f"Sans Serif,{size:g},-1,5,{weight},0,0,0,0,0", "style": ""})
    red, green, blue = (str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    SubElement(element, "FontColor", {"red": red, "green": green, "blue": blue, "alpha": "255"})
    return element


def _map(layer: Layer, extent: Sequence[float]) -> Element:
    timeline = timeline_of(layer)
    more = {"frame": "true", "background": "true", "mapRotation": "0", "keepLayerSet": "false", "zValue": "1"}
    defined: Mapping[str, Property] = {}
    if timeline is not None:
        more |= {
            "isTemporal": "1",
            # Where the atlas is not on: the last day. The whole range would draw the states of all days in one heap.
            "temporalRangeBegin": f"{timeline.last}T00:00:00Z",
            "temporalRangeEnd": f"{timeline.stop}T00:00:00Z",
        }
        defined = {"dataDefinedStartDateTime": ("field", "on"), "dataDefinedEndDateTime": ("field", "until")}
    element = _item(_MAP, "map", _MAP_BOX, **more)
    element.set("uuid", _MAP_ID)
    element.set("templateUuid", _MAP_ID)
    element.find("BackgroundColor").attrib.update({"red": "221", "green": "235", "blue": "244"})  # type: ignore[union-attr]
    if defined:
        inner = SubElement(element, "LayoutObject")
        inner.append(data_defined(defined, tag="dataDefinedProperties"))
    bounds = zip(("xmin", "ymin", "xmax", "ymax"), extent, strict=True)
    SubElement(element, "Extent", {name: f"{value:g}" for name, value in bounds})
    SubElement(element, "LayerSet")
    SubElement(element, "AtlasMap", {"atlasDriven": "0", "scalingMode": "2", "margin": "0.1"})
    return element


def _fitted(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return the extent widened on one side to the shape of the map on the page, which QGIS expects."""
    west, south, east, north = extent
    width, height = east - west, north - south
    shape = _MAP_BOX[2] / _MAP_BOX[3]
    grow_x = max(height * shape - width, 0) / 2
    grow_y = max(width / shape - height, 0) / 2
    return (round(west - grow_x), round(south - grow_y), round(east + grow_x), round(north + grow_y))


def _legend(source: str) -> Element:
    element = _item(
        _LEGEND, "legend", (226, 24, 63, 100), map_uuid=_MAP_ID, legendFilterByMap="1", legendFilterByAtlas="0",
        resizeToContents="1", splitLayer="0", columnCount="1", wrapChar=", ", symbolWidth="6", symbolHeight="3.6",
        boxSpace="1", lineSpacing="0.6", title="", fontColor="#1e1e1e", zValue="3",
    )  # fmt: skip
    styles = SubElement(element, "styles")
    for name, size, top in (
        ("title", 11, 0),
        ("group", 9, 2),
        ("subgroup", 9, 2),
        ("symbol", 8, 2.2),
        ("symbolLabel", 8, 1),
    ):
        attributes = {"name": name, "alignment": "1", "indent": "0", "marginTop": f"{top:g}"}
        if name == "symbolLabel":
            attributes["marginLeft"] = "1.5"
        weight = "75" if name == "subgroup" else "50"
        style = SubElement(styles, "style", attributes)
        SubElement(style, "styleFont", {"description": f"Sans Serif,{size},-1,5,{weight},0,0,0,0,0", "style": ""})
    tree = SubElement(element, "layer-tree-group")
    for name in ("areas", "sieges", "approaches", "changes"):
        table = table_named(name)
        tree.append(_legend_entry(table, source))
    return element


def _legend_entry(table: Table, source: str) -> Element:
    return Element(
        "layer-tree-layer",
        {
            "id": table.layer_id, "name": table.title, "providerKey": "ogr", "checked": "Qt::Checked", "expanded": "1",
            "source": f"{source}|layername={table.name}",
        },
    )  # fmt: skip


def _scale_bar() -> Element:
    element = _item(
        _SCALE_BAR, "scale", (165, 187, 57, 12), mapUuid=_MAP_ID, style="Line Ticks Up", unitType="km",
        unitLabel="km", numMapUnitsPerScaleBarUnit="1", segmentSizeMode="1", minBarWidth="25", maxBarWidth="50",
        numSegments="2", numSegmentsLeft="0", numUnitsPerSegment="25", height="2", alignment="2", zValue="4",
    )  # fmt: skip
    SubElement(
        element,
        "text-style",
        {"fontSize": "7", "fontSizeUnit": "Point", "fontFamily": "Sans Serif", "textColor": "30,30,30,255"},
    )
    return element


def _atlas(source: str) -> Element:
    dates = table_named("dates")
    return Element(
        "Atlas",
        {
            "enabled": "1", "coverageLayer": dates.layer_id, "coverageLayerName": dates.title,
            "coverageLayerProvider": "ogr", "coverageLayerSource": f"{source}|layername={dates.name}",
            "hideCoverage": "1", "filenamePattern": "'control-' || \"label\"", "pageNameExpression": '"label"',
            "sortFeatures": "1", "sortKey": '"label"', "sortAscending": "1", "filterFeatures": "0",
        },
    )  # fmt: skip
