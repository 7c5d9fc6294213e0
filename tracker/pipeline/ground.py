"""What ground a layer is drawn on: land to clip to, cells, and what lies around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.model import BaseShape, Claim, Layer, PlaceIndex, State
from tracker.pipeline.stages import GroundOptions

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from tracker.layers import LayerMethod
    from tracker.pipeline.stages import Stages

_MARGIN = 0.5  # of the larger side of what is shown: enough ground around it, on the upright window of a phone too
_MARGIN_ASIDE = 1.0  # windows are wider than high
_LEAST_MARGIN_DEG = 2.5  # round a single place: its country and a border or a river


def draw_layer(
    states: Sequence[State],
    claims: Sequence[Claim],
    stages: Stages,
    *,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    places: PlaceIndex | None = None,
) -> Layer:
    """
    Return states with geometry, clipped to the countries in which their places lie or to what `stages.ground` says.

    Parameters
    ----------
    on
        One day; None: all days, each feature with its own.
    places
        Where the places lie, None for the gazetteer's own coordinates.

    Raises
    ------
    InputError
        If a file of polygons can't be read.
    UsageError
        If a country has no outline, or a value is out of its range.
    """
    from tracker.layers import build_layer

    index: PlaceIndex = places or stages.gazetteer
    chosen = stages.ground or GroundOptions()
    found = {index.get(s.place_id).country for s in states}
    countries = [code for code in stages.outlines.countries() if code in found]
    return build_layer(
        states,
        claims,
        index,
        actors=stages.actors,
        on=on,
        known_by=known_by,
        region=_region(chosen.region, countries, stages),
        method=_method(chosen, countries, stages),
    )


def _region(asked: str | None, countries: Sequence[str], stages: Stages) -> BaseGeometry | None:
    """Return the land to clip to: of the countries given, of a file, or none."""
    if asked is None:
        return stages.outlines.region(countries) if countries else None
    if asked.casefold() == "world":
        return None
    codes = asked.upper().split(",")
    if all(len(code) == 2 and code.isalpha() for code in codes) and not Path(asked).exists():
        for code in codes:
            stages.outlines.country(code)
        return stages.outlines.region(codes)
    import shapely

    from tracker.layers.polygons import read_polygons

    return shapely.union_all(read_polygons(asked))


def _method(asked: GroundOptions, countries: Sequence[str], stages: Stages) -> LayerMethod:
    from tracker.layers import LayerMethod
    from tracker.layers.polygons import read_polygons

    units: Sequence[BaseGeometry] = ()
    if asked.method == "units" and asked.units is not None:
        units = read_polygons(asked.units)
    elif asked.method == "units":
        gazetteer, outlines = stages.gazetteer, stages.outlines
        units = [outlines.admin1(i) for i in outlines.areas() if gazetteer.get(i).country in countries]
    elif asked.units is not None:
        raise UsageError("--units are for --method units. Add it, or leave the units out.")
    return LayerMethod(
        kind=asked.method if units or asked.method != "units" else "nearest",  # no place, no country, no unit
        resolution=asked.resolution,
        units=units,
        smoothing=asked.smoothing,
        simplify_m=asked.simplify_m,
        least_km2=asked.least_km2,
    )


def base_shapes(layer: Layer, stages: Stages) -> list[BaseShape]:
    """Return land, borders and rivers around what a layer mainly shows; none around an empty one."""
    from tracker.maps.framing import main_bounds

    bounds = main_bounds(layer)
    if bounds is None:
        return []
    west, south, east, north = bounds
    size = max(east - west, north - south)
    aside, above = max(_LEAST_MARGIN_DEG, _MARGIN_ASIDE * size), max(_LEAST_MARGIN_DEG, _MARGIN * size)
    if east > 180.0:  # across the antimeridian: all round the globe
        west, east = -180.0, 180.0
    window = (max(-180.0, west - aside), max(-90.0, south - above), min(180.0, east + aside), min(90.0, north + above))
    return stages.outlines.base_shapes(window)
