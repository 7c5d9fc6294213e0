"""
The symbols of areas, places, sieges, approaches, changes and claims.

One side is a plain fill in its colour; several sides are stripes in theirs,
slanted when contested, level when shared, upright when it is one of them.
Opacity follows confidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from tracker.exports.colours import UNKNOWN_COLOUR
from tracker.exports.symbols import Property, rgba, symbol, symbol_layer
from tracker.model import Status

__all__ = [
    "approach_symbol",
    "area_symbol",
    "change_symbol",
    "claim_symbol",
    "fill_layer",
    "line_layer",
    "place_symbol",
    "siege_symbol",
]

_STRIPES = {Status.CONTESTED: 45, Status.SHARED: 0, Status.ONE_OF: 90}  # degrees, by status
_STRIPE_MM = 2.2
# A doubtful area must stay visible and a sure one must let the rivers through.
_OPACITY = '40 + 45 * coalesce("confidence", 0.5)'
_INK = "#2b2b2b"
_NOBODY = "#ffffff"  # the second stripe where only one side is named: contested ground never looks held
_FIRST: Mapping[str, Property] = {"fillColor": ("field", "colour")}
_SECOND = ("expression", f"coalesce(\"colour_2\", '{_NOBODY}')")


def area_symbol(status: str, colours: Sequence[str], name: str) -> Element:
    """Return the symbol of an area; without colours each row is drawn in its own (`colour`, `colour_2`)."""
    if status == Status.UNKNOWN:
        fill = fill_layer("#e4e4e4", outline="#6b6b6b", outline_style="dash")
        return symbol("fill", [fill, _stripes("#bdbdbd", 135, 0.3, 2.0)], name=name, opacity=_OPACITY)
    angle = _STRIPES.get(Status(status), 45)
    if not colours:
        layers = [fill_layer(UNKNOWN_COLOUR, outline=_INK, defined=_FIRST)]
        if status != Status.HELD:
            second = {"outlineColor": _SECOND}
            layers.append(_stripes("#ffffff", angle, _STRIPE_MM, 2 * _STRIPE_MM, defined=second))
        return symbol("fill", layers, name=name, opacity=_OPACITY)
    layers = [fill_layer(colours[0], outline=_INK)]
    drawn = _with_nobody(status, colours)
    for number, colour in enumerate(drawn[1:], start=1):
        layers.append(_stripes(colour, angle, _STRIPE_MM, _STRIPE_MM * len(drawn), offset=_STRIPE_MM * number))
    return symbol("fill", layers, name=name, opacity=_OPACITY)


def place_symbol(status: str, colours: Sequence[str], name: str) -> Element:
    """Return the dot of a place, halved in two colours when two sides are in it; colours as in `area_symbol`."""
    if status == Status.UNKNOWN:
        return symbol("marker", [_marker("circle", "#ffffff", 2.6, outline=_INK, outline_style="dash")], name=name)
    if not colours:
        layers = [_marker("circle", UNKNOWN_COLOUR, 2.6, outline=_INK, defined=_FIRST)]
        if status != Status.HELD:
            second = {"fillColor": _SECOND}
            layers.append(_marker("semi_circle", "#ffffff", 2.6, outline=_INK, defined=second))
        return symbol("marker", layers, name=name)
    layers = [_marker("circle", colours[0], 2.6, outline=_INK)]
    drawn = _with_nobody(status, colours)
    if len(drawn) > 1:
        layers.append(_marker("semi_circle", drawn[1], 2.6, outline=_INK))
    return symbol("marker", layers, name=name)


def _with_nobody(status: str, colours: Sequence[str]) -> Sequence[str]:
    """Return the colours to draw: beside a lone side in what it doesn't simply hold stands nobody's."""
    return (*colours, _NOBODY) if len(colours) == 1 and status != Status.HELD else colours


def siege_symbol() -> Element:
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
            line_layer("#ffffff", 1.6),
            line_layer(_INK, 0.8, defined=colour),
            symbol_layer("MarkerLine", teeth | {"offset_unit": "MM"}, inner=tooth),
        ],
    )


def approach_symbol() -> Element:
    """Return an arrow in the colour of the side that is on its way."""
    fill = fill_layer(_INK, outline="#ffffff", defined={"fillColor": ("field", "colour")})
    shape: dict[str, object] = {
        "arrow_width": 1.0, "arrow_start_width": 0.4, "head_length": 2.6, "head_thickness": 2.0,
        "is_curved": 0, "is_repeated": 0, "arrow_type": 0, "head_type": 0,
    }  # fmt: skip
    units = {f"{key}_unit": "MM" for key in ("arrow_width", "arrow_start_width", "head_length", "head_thickness")}
    return symbol("line", [symbol_layer("ArrowLine", shape | units, inner=symbol("fill", [fill]))])


def change_symbol() -> Element:
    """Return a ring round the dot of a place, which stays to be seen."""
    return symbol(
        "marker",
        [
            _marker("circle", "#ffffff", 5.0, outline="#ffffff", outline_mm=1.8, hollow=True),
            _marker("circle", "#ffffff", 5.0, outline="#ff5a00", outline_mm=1.0, hollow=True),
        ],
    )


def claim_symbol() -> Element:
    """Return a small diamond: a sentence was published about the place."""
    return symbol("marker", [_marker("diamond", "#ffffff", 2.2, outline=_INK)])


def fill_layer(
    colour: str, *, outline: str, outline_style: str = "solid", defined: Mapping[str, Property] | None = None
) -> Element:
    """Return a plain fill with an outline."""
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
        "LinePatternFill", values, inner=symbol("line", [line_layer(colour, width, defined=defined, cap="flat")])
    )


def line_layer(
    colour: str,
    width: float,
    *,
    style: str = "solid",
    cap: str = "round",
    defined: Mapping[str, Property] | None = None,
) -> Element:
    """Return a plain line."""
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
