"""The data block of a map page, made from a layer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import shapely

from tracker.errors import UsageError
from tracker.maps.framing import main_bounds, main_start
from tracker.maps.options import MapOptions
from tracker.maps.safe import hex_colour
from tracker.maps.shapes import ShapeTable, lon_shift, pack_points
from tracker.maps.spans import (
    Numbers,
    Unit,
    date_of,
    day_number,
    details_of,
    line_details,
    line_rows,
    packed_units,
    units_of,
)
from tracker.model import Actor, BaseShape, Layer, plain_name

__all__ = ["Payload", "payload_of"]

_SPANS_PER_BLOCK = 1500  # of details: small enough to be read when a reader clicks, without a pause
_NEUTRALS = ("#6f6a63", "#8a7f6d", "#7d8590", "#937a86", "#75877c")  # for sides that the actor data doesn't know
# GeoNames feature codes from what a reader looks for first to what only a close view has room for.
_RANKS = {"PPLC": 0, "PPLA": 1, "PPLG": 1, "ADM1": 1, "PPLA2": 2, "PPL": 3, "PPLA3": 3, "ADM2": 3, "PPLX": 5, "PPLL": 5}
_OTHER_RANK = 4

# Number, name, feature code, point and most reports of every place, by place id.
_Places: TypeAlias = dict[str, tuple[int, str, str | None, tuple[float, float], int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """
    What a page carries as data.

    Attributes
    ----------
    core
        All that the first view needs.
    details
        Reasons and quotes by blocks of units, those of lines, and further names; read when asked for.
    bounds
        (west, south, east, north) of what is shown, in degrees; None when there is nothing.
    """

    core: dict[str, object]
    details: tuple[dict[str, object], ...]
    bounds: tuple[float, float, float, float] | None


def payload_of(
    layer: Layer, *, actors: Mapping[str, Actor], base: Sequence[BaseShape], title: str, options: MapOptions
) -> Payload:
    """
    Return the data of a page.

    Raises
    ------
    UsageError
        If the layer ends before it starts.
    InputError
        If a geometry or a point has coordinates outside the globe.
    """
    shift = lon_shift(feature.point for feature in layer.features)
    shapes, numbers, places = ShapeTable(shift=shift), Numbers(), _places(layer)
    units = units_of(
        (feature, places[feature.place_id][0], shapes.add(feature.geometry, f"{feature.name} ({feature.place_id})"))
        for feature in layer.features
    )
    lines = line_rows(
        (
            (line, places[line.place_id][0], shapes.add(line.geometry, f"a {line.kind} of {line.name}"))
            for line in layer.lines
        ),
        numbers,
    )
    first, last = _range(layer)
    base_day = min([day for unit in units for f in unit.features for day in _days(f.start, f.end)], default=first or 0)
    looks = Numbers()
    packed = packed_units(units, looks, numbers, base_day)
    blocks = [details_of(block, numbers) for block in _blocks(units)]
    blocks += [line_details(layer.lines, numbers), _further_names(places, options)]
    core = {
        "format": 1,
        "page": _page(layer, title, options),
        "days": [first, last],
        "view": main_bounds(layer),
        "baseDay": base_day,
        "places": _place_columns(places, shift),
        "shapes": shapes.packed(),
        "units": packed,
        "blocks": _block_ends(units),
        "looks": looks.values,
        "lines": lines,
        "base": _base(base, shift),
        "actors": _actor_rows(numbers, actors, layer),
    }
    return Payload(core=core, details=tuple(blocks), bounds=main_bounds(layer))


def _days(*days: dt.date | None) -> list[int]:
    return [number for number in map(day_number, days) if number is not None]


def _range(layer: Layer) -> tuple[int | None, int | None]:
    """Return first and last day that the slider offers; both None when nothing is dated."""
    if layer.on is not None:
        on = day_number(layer.on)
        return on, on
    starts = _days(layer.start, *(feature.start for feature in layer.features))
    ends = _days(layer.end, *(feature.end for feature in layer.features))
    first = day_number(layer.start) if layer.start else min(starts + ends, default=None)
    last = day_number(layer.end) if layer.end else max(starts + ends, default=None)
    if first is not None and last is not None and last < first:
        raise UsageError(f"the layer ends ({layer.end}) before it starts ({layer.start})")
    if first is None or last is None:
        return first or last, last or first
    begun = main_start(date_of(first), date_of(last), (f.start for f in layer.features if f.start is not None))
    return day_number(begun), last


def _places(layer: Layer) -> _Places:
    """Return number, name, feature code, point and most reports of every place, by place id in order of id."""
    found: dict[str, tuple[str, str | None, tuple[float, float], int]] = {}
    for feature in layer.features:
        seen = found.get(feature.place_id)
        reports = max(feature.n_reports, seen[3] if seen else 0)
        found[feature.place_id] = (feature.name, feature.feature, feature.point, reports)
    for line in layer.lines:
        if line.place_id not in found:
            centre = shapely.centroid(line.geometry)
            point = (0.0, 0.0) if centre.is_empty else (centre.x, centre.y)
            found[line.place_id] = (line.name, None, point, 0)
    return {place_id: (number, *found[place_id]) for number, place_id in enumerate(sorted(found))}


def _place_columns(places: _Places, shift: float) -> dict[str, object]:
    rows = list(places.values())
    features = Numbers()
    return {
        "id": list(places),
        "name": [name for _, name, *_ in rows],
        "feature": [features.of(feature) for _, _, feature, *_ in rows],
        "features": [[code, _RANKS.get(str(code), _OTHER_RANK)] for code in features.values],
        "weight": [min(99, reports) for *_, reports in rows],
        "points": pack_points([point for *_, point, _ in rows], shift),
    }


def _further_names(places: _Places, options: MapOptions) -> dict[str, object]:
    names = sorted(options.names.items())
    return {str(places[place][0]): list(dict.fromkeys(map(str, said))) for place, said in names if place in places}


def _actor_rows(numbers: Numbers, actors: Mapping[str, Actor], layer: Layer) -> list[list[object]]:
    named = {f.holder: f.holder_name for f in layer.features if f.holder and f.holder_name}
    named |= {line.actor: line.actor_name for line in layer.lines if line.actor and line.actor_name}
    rows: list[list[object]] = []
    for number, value in enumerate(numbers.values):
        actor_id = str(value)
        neutral = _NEUTRALS[number % len(_NEUTRALS)]
        actor = actors.get(actor_id)
        if actor is None:
            name = named.get(actor_id) or plain_name(actor_id)
            rows.append([actor_id, name, neutral, None])
        else:
            rows.append([actor_id, actor.name, hex_colour(actor.colour, neutral), actor.bloc])
    return rows


def _base(base: Sequence[BaseShape], shift: float) -> dict[str, object]:
    table = ShapeTable(shift=shift)
    rows: list[list[object]] = []
    for shape in base:
        number = table.add(shape.geometry, f"the base shape {shape.name or shape.kind}")
        centre = shape.geometry.representative_point() if shape.name and shape.geometry.area else None
        label = None if centre is None or centre.is_empty else [round(centre.x, 3), round(centre.y, 3)]
        rows.append([shape.kind, shape.name, number, label])
    return {"rows": rows, "shapes": table.packed()}


def _page(layer: Layer, title: str, options: MapOptions) -> dict[str, object]:
    quotes = [quote for feature in layer.features for quote in feature.claims]
    reports_of: dict[str, set[str]] = {}
    for quote in quotes:
        if quote.source:
            reports_of.setdefault(quote.source, set()).add(quote.report_id)
    ranked = sorted(reports_of.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        "title": title,
        "subtitle": options.subtitle,
        "sources": list(options.sources),
        "outlets": [[source, len(reports)] for source, reports in ranked],
        "reports": len({quote.report_id for quote in quotes}),
        "method": options.method,
        "doubt": options.doubt,
        "knownBy": day_number(layer.known_by),
        "opensOn": day_number(options.opens_on),
        "tiles": options.tiles,
        "tilesAttribution": options.tiles_attribution,
    }


def _blocks(units: Sequence[Unit]) -> Iterable[Sequence[Unit]]:
    start = 0
    for end in _block_ends(units):
        yield units[start:end]
        start = end


def _block_ends(units: Sequence[Unit]) -> list[int]:
    """Return, for each block of details, the number of the unit after its last."""
    ends: list[int] = []
    spans = 0
    for number, unit in enumerate(units, 1):
        spans += len(unit.features)
        if spans >= _SPANS_PER_BLOCK or number == len(units):
            ends.append(number)
            spans = 0
    return ends
