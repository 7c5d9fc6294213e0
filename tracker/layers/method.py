"""How the ground between places is shared out, and how its lines are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from tracker.errors import UsageError
from tracker.model import Place

__all__ = ["NEAREST", "LayerMethod"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerMethod:
    """
    How a layer's ground is made.

    Attributes
    ----------
    kind
        ``nearest``: each place has the ground nearest to it, within its reach.
        ``hexagons``: the same by H3 cells, whose centres decide (extra ``hexagons``).
        ``units``: the chief settlement of an administrative unit has all of it, others their footprint.
    resolution
        Of H3, 0 to 15, for hexagons: at 7 a cell has 5.2 km², at 8 0.74 km².
    units
        Polygons in lon/lat, for units; where they overlap the smallest counts.
    smoothing
        Rounds of corner cutting (Chaikin 1974) of lines that tiles share, 0 to 4; borders of the region stay.
    simplify_m
        Tolerance in metres of a simplification that keeps shared lines shared (Visvalingam-Whyatt), 0 for none.
    least_km2
        Detached fragments of a place that are smaller go to the neighbour with the longest shared line; 0 keeps all.

    outline
        Gives the polygons in lon/lat of an administrative area that bears a state, None when it
        has none; by default the shipped outlines.

    Raises
    ------
    UsageError
        If a value is out of its range, or units are asked for without polygons.
    """

    kind: str = "nearest"
    resolution: int = 7
    units: Sequence[BaseGeometry] = ()
    smoothing: int = 0
    simplify_m: float = 0.0
    least_km2: float = 0.0
    outline: Callable[[Place], BaseGeometry | None] | None = None

    def __post_init__(self) -> None:
        if self.kind not in ("nearest", "hexagons", "units"):
            raise UsageError(f"no layer method {self.kind!r}: nearest, hexagons or units.")
        if self.kind == "units" and not self.units:
            raise UsageError("the method 'units' needs the polygons of the units.")
        if not 0 <= self.resolution <= 15:
            raise UsageError(f"H3 has resolutions 0 to 15, not {self.resolution}.")
        if not 0 <= self.smoothing <= 4:
            raise UsageError(f"{self.smoothing} rounds of smoothing: give 0 to 4.")
        if not (self.simplify_m >= 0 and self.least_km2 >= 0):
            raise UsageError("simplify_m and least_km2 are lengths and areas: 0 or more.")


NEAREST = LayerMethod()
