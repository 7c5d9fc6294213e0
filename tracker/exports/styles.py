"""Which class of a table gets which symbol in QGIS: used in project, GeoPackage and QML files alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement

from tracker.exports.colours import UNKNOWN_COLOUR, actor_name, category_of, colour_of, drawn_sides
from tracker.exports.looks import (
    approach_symbol,
    area_symbol,
    change_symbol,
    claim_symbol,
    fill_layer,
    line_layer,
    place_symbol,
    siege_symbol,
)
from tracker.exports.symbols import symbol
from tracker.model import Actor, Layer, Status

__all__ = ["Category", "categories_of", "category_label", "renderer"]

_STATUS_WORDS = {
    Status.HELD: "Held by one side",
    Status.CONTESTED: "Contested",
    Status.SHARED: "Shared",
    Status.ONE_OF: "One of",
    Status.UNKNOWN: "Holder unknown",
}

Category = tuple[str, tuple[str, ...]]  # status, sides


def categories_of(layer: Layer) -> dict[str, Category]:
    """Return the classes that occur in a layer, keyed as in the `category` column, in the order of a legend."""
    found = {category_of(f): (str(f.status), drawn_sides(f)) for f in layer.features}
    order = list(_STATUS_WORDS)
    return dict(sorted(found.items(), key=lambda item: (order.index(Status(item[1][0])), item[0])))


def category_label(category: Category, actors: Mapping[str, Actor]) -> str:
    """Return the words of a class in a legend."""
    status, sides = category
    names = ", ".join(actor_name(side, actors) or side for side in sides)
    if status == Status.HELD and names:
        return names
    words = _STATUS_WORDS.get(Status(status), str(status))
    return f"{words}: {names}" if names else words


def renderer(table: str, *, categories: Mapping[str, Category] | None, actors: Mapping[str, Actor]) -> Element:
    """
    Return the renderer of one table of the GeoPackage.

    With `categories`, areas and places are classed by actor; a class that a later
    refresh of the data brings is drawn by the last one, in the colours of its rows.
    Without, they are classed by status and all rows drawn in their own colours,
    which fits any layer.
    """
    if table in ("areas", "places"):
        draw = area_symbol if table == "areas" else place_symbol
        if categories is None:
            drawn = [(str(s), words, draw(s, (), "0")) for s, words in _STATUS_WORDS.items()]
            return _classed("status", drawn, ordered=True)
        drawn = [
            (value, category_label((status, sides), actors), draw(status, _colours(sides, actors), "0"))
            for value, (status, sides) in categories.items()
        ]
        return _classed("category", [*drawn, ("", "Any other", draw(Status.CONTESTED, (), "0"))], ordered=True)
    if table in ("base_areas", "base_lines"):
        return _classed("kind", _base(table))
    if table == "dates":
        return Element("renderer-v2", {"type": "nullSymbol"})
    single = {
        "sieges": siege_symbol,
        "approaches": approach_symbol,
        "changes": change_symbol,
        "claims": claim_symbol,
    }[table]
    element = Element("renderer-v2", {"type": "singleSymbol", "forceraster": "0", "symbollevels": "0"})
    SubElement(element, "symbols").append(single())
    return element


def _colours(sides: tuple[str, ...], actors: Mapping[str, Actor]) -> list[str]:
    return [colour_of(side, actors) for side in sides] or [UNKNOWN_COLOUR]


def _classed(field: str, classes: Iterable[tuple[str, str, Element]], *, ordered: bool = False) -> Element:
    """Return a categorized renderer from values, labels and symbols; the value `""` takes what is left over."""
    element = Element(
        "renderer-v2",
        {
            "type": "categorizedSymbol", "attr": field, "forceraster": "0", "symbollevels": "0",
            "enableorderby": str(int(ordered)),
        },
    )  # fmt: skip
    listed, symbols = SubElement(element, "categories"), SubElement(element, "symbols")
    for number, (value, label, drawn) in enumerate(classes):
        attributes = {"value": value, "label": label, "symbol": str(number), "render": "true", "type": "string"}
        SubElement(listed, "category", attributes)
        drawn.set("name", str(number))
        for depth, layer in enumerate(drawn.findall("layer")):
            inner = layer.find("symbol")
            if inner is not None:
                inner.set("name", f"@{number}@{depth}")
        symbols.append(drawn)
    if ordered:
        clause = SubElement(SubElement(element, "orderby"), "orderByClause", {"asc": "1", "nullsFirst": "1"})
        # Sure areas lie on doubtful ones, small ones on large
        clause.text = 'coalesce("confidence", 0) - coalesce("area_km2", 0)'
    return element


def _base(table: str) -> list[tuple[str, str, Element]]:
    if table == "base_areas":
        land = fill_layer("#f6f3ec", outline="#c9c3b4")
        return [
            ("land", "Land", symbol("fill", [land])),
            ("water", "Water", symbol("fill", [fill_layer("#cfe3f0", outline="#9fc4dc")])),
        ]
    return [
        ("admin1", "Province", symbol("line", [line_layer("#cfc8b8", 0.2, style="dot")])),
        ("river", "River", symbol("line", [line_layer("#7fb2d4", 0.5)])),
        ("border", "Border", symbol("line", [line_layer("#8a8374", 0.4, style="dash dot")])),
    ]
