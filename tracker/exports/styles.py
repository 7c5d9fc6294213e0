"""
How each layer looks in QGIS: one renderer and one set of labels a table, used in project, GeoPackage and QML.

One side is a plain fill in its colour; several sides are stripes in theirs,
slanted when contested, level when shared, upright when it is one of them.
Opacity follows confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement

from tracker.exports.colours import UNKNOWN_COLOUR, actor_name, category_of, colour_of, drawn_sides
from tracker.exports.symbols import Property, rgba, symbol, symbol_layer
from tracker.model import Actor, Layer, Status

__all__ = ["categories_of", "category_label", "renderer"]

_STRIPES = {Status.CONTESTED: 45, Status.SHARED: 0, Status.ONE_OF: 90}  # degrees, by status
_STATUS_WORDS = {
    Status.CONTESTED: "Contested",
    Status.SHARED: "Shared",
    Status.ONE_OF: "One of",
    Status.UNKNOWN: "Holder unknown",
}
_STRIPE_MM = 2.2
# A doubtful area must stay visible and a sure one must let the rivers through.
_OPACITY = '40 + 45 * coalesce("confidence", 0.5)'
_INK = "#2b2b2b"

Category = tuple[str, tuple[str, ...]]  # status, sides


def categories_of(layer: Layer) -> dict[str, Category]:
    """Return the classes that occur in a layer, keyed as in the `category` column, in the order of a legend."""
    found = {category_of(f): (str(f.status), drawn_sides(f)) for f in layer.features}
    order = [Status.HELD, Status.CONTESTED, Status.SHARED, Status.ONE_OF, Status.UNKNOWN]
    return dict(sorted(found.items(), key=lambda item: (order.index(Status(item[1][0])), item[0])))


def all_actor_categories(actors: Mapping[str, Actor]) -> dict[str, Category]:
    """Return one class for each actor of the data, for styles that fit any layer."""
    return {actor_id: ("held", (actor_id,)) for actor_id in sorted(actors)} | {"unknown": ("unknown", ())}


def category_label(category: Category, actors: Mapping[str, Actor]) -> str:
    """Return the words of a class in a legend."""
    status, sides = category
    names = ", ".join(actor_name(side, actors) or side for side in sides)
    if status == Status.HELD and names:
        return names
    words = _STATUS_WORDS.get(Status(status), str(status))
    return f"{words}: {names}" if names else words


def renderer(table: str, *, categories: Mapping[str, Category], actors: Mapping[str, Actor]) -> Element:
    """
    Return the renderer of one table of the GeoPackage.

    A class that a later refresh of the data brings is drawn by the last category,
    in the colours that its rows carry.
    """
    if table in ("areas", "places"):
        return _categorized(table, categories, actors)
    if table in ("base_areas", "base_lines"):
        return _base(table)
    if table == "dates":
        return Element("renderer-v2", {"type": "nullSymbol"})
    single = {"sieges": _siege, "approaches": _approach, "changes": _change, "claims": _claim}[table]
    element = Element("renderer-v2", {"type": "singleSymbol", "forceraster": "0", "symbollevels": "0"})
    SubElement(element, "symbols").append(single())
    return element


def _categorized(table: str, categories: Mapping[str, Category], actors: Mapping[str, Actor]) -> Element:
    element = Element(
        "renderer-v2",
        {"type": "categorizedSymbol", "attr": "category", "forceraster": "0", "symbollevels": "0"}
        | {"enableorderby": "1"},
    )
    listed = SubElement(element, "categories")
    symbols = SubElement(element, "symbols")
    draw = _area_symbol if table == "areas" else _place_symbol
    for number, (value, category) in enumerate(categories.items()):
        label = category_label(category, actors)
        SubElement(
            listed,
            "category",
            {"value": value, "label": label, "symbol": str(number), "render": "true", "type": "string"},
        )
        status, sides = category
        colours = [colour_of(side, actors) for side in sides] or [UNKNOWN_COLOUR]
        symbols.append(draw(status, colours, str(number)))
    last = str(len(categories))
    SubElement(
        listed, "category", {"value": "", "label": "Any other", "symbol": last, "render": "true", "type": "string"}
    )
    symbols.append(_any_area(last) if table == "areas" else _any_place(last))
    order = SubElement(element, "orderby")
    # Sure areas lie on doubtful ones, small on large
    clause = SubElement(order, "orderByClause", {"asc": "1", "nullsFirst": "1"})
    clause.text = 'coalesce("confidence", 0) - coalesce("area_km2", 0)'
    return element


def _area_symbol(status: str, colours: list[str], name: str) -> Element:
    if status == Status.UNKNOWN:
        fill = _fill("#e4e4e4", outline="#6b6b6b", outline_style="dash")
        return symbol("fill", [fill, _stripes("#bdbdbd", 135, 0.3, 2.0)], name=name, opacity=_OPACITY)
    layers = [_fill(colours[0], outline=_INK)]
    angle = _STRIPES.get(Status(status), 45)
    rest = colours[1:]
    for number, colour in enumerate(rest, start=1):
        period = _STRIPE_MM * len(colours)
        layers.append(_stripes(colour, angle, _STRIPE_MM, period, offset=_STRIPE_MM * number))
    return symbol("fill", layers, name=name, opacity=_OPACITY)


def _any_area(name: str) -> Element:
    base = _fill(UNKNOWN_COLOUR, outline=_INK, defined={"fillColor": ("field", "colour")})
    second = {"outlineColor": ("expression", 'coalesce("colour_2", "colour")')}
    return symbol(
        "fill",
        [base, _stripes(UNKNOWN_COLOUR, 45, _STRIPE_MM, 2 * _STRIPE_MM, defined=second)],
        name=name,
        opacity=_OPACITY,
    )


def _place_symbol(status: str, colours: list[str], name: str) -> Element:
    ring = "dash" if status == Status.UNKNOWN else "solid"
    fill = "#ffffff" if status == Status.UNKNOWN else colours[0]
    layers = [_marker("circle", fill, 2.6, outline=_INK, outline_style=ring)]
    if len(colours) > 1:
        layers.append(_marker("semi_circle", colours[1], 2.6, outline=_INK))
    return symbol("marker", layers, name=name)


def _any_place(name: str) -> Element:
    first = _marker("circle", UNKNOWN_COLOUR, 2.6, outline=_INK, defined={"fillColor": ("field", "colour")})
    second = {"fillColor": ("expression", 'coalesce("colour_2", "colour")')}
    return symbol(
        "marker", [first, _marker("semi_circle", UNKNOWN_COLOUR, 2.6, outline=_INK, defined=second)], name=name
    )


def _siege() -> Element:
    """Return the rim of a siege: a line in the besieger's colour, its teeth pointing in at the besieged."""
    colour: dict[str, Property] = {"outlineColor": ("field", "colour")}
    tooth = symbol(
        "marker",
        [_marker("triangle", _INK, 2.4, outline="#ffffff", defined={"fillColor": ("field", "colour")})],
    )
    # The rim runs anticlockwise, so its inside lies to the left: QGIS counts offsets to the left as negative
    teeth = {"interval": 5, "interval_unit": "MM", "placement": "interval", "rotate": 1, "offset": -1.1}
    return symbol(
        "line",
        [
            _line("#ffffff", 1.6),
            _line(_INK, 0.8, defined=colour),
            symbol_layer("MarkerLine", teeth | {"offset_unit": "MM"}, inner=tooth),
        ],
    )


def _approach() -> Element:
    fill = _fill(_INK, outline="#ffffff", defined={"fillColor": ("field", "colour")})
    shape: dict[str, object] = {
        "arrow_width": 1.0, "arrow_start_width": 0.4, "head_length": 2.6, "head_thickness": 2.0,
        "is_curved": 0, "is_repeated": 0, "arrow_type": 0, "head_type": 0,
    }  # fmt: skip
    units = {f"{key}_unit": "MM" for key in ("arrow_width", "arrow_start_width", "head_length", "head_thickness")}
    return symbol("line", [symbol_layer("ArrowLine", shape | units, inner=symbol("fill", [fill]))])


def _change() -> Element:
    """Return a ring round the dot of a place, which stays to be seen."""
    return symbol(
        "marker",
        [
            _marker("circle", "#ffffff", 5.0, outline="#ffffff", outline_mm=1.8, hollow=True),
            _marker("circle", "#ffffff", 5.0, outline="#ff5a00", outline_mm=1.0, hollow=True),
        ],
    )


def _claim() -> Element:
    return symbol("marker", [_marker("diamond", "#ffffff", 2.2, outline=_INK)])


def _base(table: str) -> Element:
    element = Element(
        "renderer-v2", {"type": "categorizedSymbol", "attr": "kind", "forceraster": "0", "symbollevels": "0"}
    )
    listed = SubElement(element, "categories")
    symbols = SubElement(element, "symbols")
    looks: Iterable[tuple[str, str, Element]]
    if table == "base_areas":
        looks = [
            ("land", "Land", symbol("fill", [_fill("#f6f3ec", outline="#c9c3b4")])),
            ("water", "Water", symbol("fill", [_fill("#cfe3f0", outline="#9fc4dc")])),
        ]
        other = symbol("fill", [_fill("#f6f3ec", outline="#c9c3b4")])
    else:
        looks = [
            ("admin1", "Province", symbol("line", [_line("#cfc8b8", 0.2, style="dot")])),
            ("river", "River", symbol("line", [_line("#7fb2d4", 0.5)])),
            ("border", "Border", symbol("line", [_line("#8a8374", 0.4, style="dash dot")])),
        ]
        other = symbol("line", [_line("#cfc8b8", 0.2)])
    for number, (value, label, drawn) in enumerate([*looks, ("", "Other", other)]):
        SubElement(
            listed,
            "category",
            {"value": value, "label": label, "symbol": str(number), "render": "true", "type": "string"},
        )
        drawn.set("name", str(number))
        symbols.append(drawn)
    return element


def _fill(
    colour: str, *, outline: str, outline_style: str = "solid", defined: Mapping[str, Property] | None = None
) -> Element:
    values = {
        "color": rgba(colour), "style": "solid", "joinstyle": "round",
        "outline_color": rgba(outline), "outline_style": outline_style,
        "outline_width": 0.2, "outline_width_unit": "MM",
    }  # fmt: skip
    return symbol_layer("SimpleFill", values, defined=defined)


def _stripes(
    colour: str,
    angle: int,
    width: float,
    period: float,
    *,
    offset: float = 0.0,
    defined: Mapping[str, Property] | None = None,
) -> Element:
    values = {
        "angle": angle, "distance": period, "distance_unit": "MM", "offset": offset, "offset_unit": "MM",
        "line_width": width, "line_width_unit": "MM", "color": rgba(colour),
    }  # fmt: skip
    return symbol_layer(
        "LinePatternFill", values, inner=symbol("line", [_line(colour, width, defined=defined, cap="flat")])
    )


def _line(
    colour: str,
    width: float,
    *,
    style: str = "solid",
    cap: str = "round",
    defined: Mapping[str, Property] | None = None,
) -> Element:
    values = {
        "line_color": rgba(colour), "line_width": width, "line_width_unit": "MM", "line_style": style,
        "capstyle": cap, "joinstyle": "round",
    }  # fmt: skip
    return symbol_layer("SimpleLine", values, defined=defined)


def _marker(
    shape: str,
    colour: str,
    size: float,
    *,
    outline: str,
    outline_style: str = "solid",
    defined: Mapping[str, Property] | None = None,
    outline_mm: float = 0.25,
    hollow: bool = False,
) -> Element:
    values = {
        "name": shape, "color": rgba(colour, 0 if hollow else 255), "size": size, "size_unit": "MM",
        "outline_color": rgba(outline), "outline_style": outline_style, "outline_width": outline_mm,
        "outline_width_unit": "MM", "scale_method": "diameter",
    }  # fmt: skip
    return symbol_layer("SimpleMarker", values, defined=defined)
