"""Areas on the ellipsoid, and who holds how much of them when."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.model import Layer, LayerFeature, Status

__all__ = [
    "Holding",
    "area_by_actor",
    "area_series",
    "change_days",
    "features_on",
    "geodesic_km2",
    "holding_key",
    "series_rows",
]

_GEOD = pyproj.Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Holding:
    """
    What one side holds on one day.

    Attributes
    ----------
    km2
        Geodesic area.
    places
        Places with at least one feature of that side; a place held in part counts.
    """

    km2: float
    places: int


def geodesic_km2(geometry: BaseGeometry) -> float:
    """
    Return the area in km² of polygons in lon/lat on the WGS 84 ellipsoid (Karney 2013).

    Examples
    --------
    >>> round(geodesic_km2(shapely.box(0, 0, 1, 1)))
    12309
    """
    if geometry.is_empty:
        return 0.0
    return float(abs(_GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])) / 1e6


def holding_key(feature: LayerFeature) -> str:
    """Return under whom a feature's ground is counted: its holder, else the status (``contested``, ``unknown`` …)."""
    return feature.holder if feature.status == Status.HELD and feature.holder is not None else str(feature.status)


def features_on(layer: Layer, on: dt.date) -> tuple[LayerFeature, ...]:
    """Return the features that hold on a day, in the layer's order."""
    return tuple(
        f for f in layer.features if (f.start is None or f.start <= on) and (f.end is None or on < f.end)
    )  # fmt: skip


def change_days(layer: Layer) -> list[dt.date]:
    """Return the days on which a feature or a line of a layer starts or ends, in order."""
    spans = [(f.start, f.end) for f in layer.features] + [(line.start, line.end) for line in layer.lines]
    return sorted({day for span in spans for day in span if day is not None})


def area_by_actor(layer: Layer, on: dt.date | None = None) -> dict[str, Holding]:
    """
    Return what each side holds on a day.

    Parameters
    ----------
    on
        The day; None: the layer's own day, or for a span its last.

    Returns
    -------
    holdings
        By actor id, or by ``contested``, ``shared``, ``one_of``, ``unknown`` for ground
        that no single side holds; largest area first.
    """
    day = on or layer.on or layer.end
    found = layer.features if day is None else features_on(layer, day)
    square_metres: Counter[str] = Counter()
    places: dict[str, set[str]] = defaultdict(set)
    for feature in found:
        key = holding_key(feature)
        square_metres[key] += round(feature.area_km2 * 1e6)
        places[key].add(feature.place_id)
    ranked = sorted(places, key=lambda key: (-square_metres[key], key))
    return {key: Holding(square_metres[key] / 1e6, len(places[key])) for key in ranked}


def area_series(layer: Layer, days: Iterable[dt.date] | None = None) -> list[tuple[dt.date, dict[str, Holding]]]:
    """
    Return what each side holds on each of many days, in one sweep.

    Parameters
    ----------
    days
        Any days; None: every day on which a feature starts or ends.

    Returns
    -------
    series
        Days in order, each with holdings by key (see `area_by_actor`), keys in
        alphabetical order; sides that hold nothing on a day are absent.
    """
    turns = _turns(layer.features)
    wanted = sorted(set(days)) if days is not None else sorted({day for day in turns if day != dt.date.min})
    events = iter(sorted(turns))
    pending = next(events, None)
    square_metres: Counter[str] = Counter()
    standing: Counter[tuple[str, str]] = Counter()
    places: Counter[str] = Counter()
    out = []
    for day in wanted:
        while pending is not None and pending <= day:
            for key, place_id, area, sign in turns[pending]:
                square_metres[key] += sign * area
                before = standing[key, place_id] > 0
                standing[key, place_id] += sign
                places[key] += (standing[key, place_id] > 0) - before
            pending = next(events, None)
        out.append((day, {k: Holding(square_metres[k] / 1e6, n) for k, n in sorted(places.items()) if n}))
    return out


def _turns(features: Sequence[LayerFeature]) -> Mapping[dt.date, list[tuple[str, str, int, int]]]:
    """Return by day what starts (+1) and ends (-1): key, place id, square metres, sign."""
    turns: dict[dt.date, list[tuple[str, str, int, int]]] = defaultdict(list)
    for feature in features:
        row = (holding_key(feature), feature.place_id, round(feature.area_km2 * 1e6))
        turns[feature.start or dt.date.min].append((*row, 1))
        if feature.end is not None:
            turns[feature.end].append((*row, -1))
    return turns


def series_rows(series: Sequence[tuple[dt.date, Mapping[str, Holding]]]) -> Iterator[tuple[dt.date, str, float, int]]:
    """Yield a series as rows (day, key, km², places), for tables."""
    for day, holdings in series:
        for key, holding in holdings.items():
            yield day, key, holding.km2, holding.places
