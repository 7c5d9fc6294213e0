"""
The fixed mosaic under all layers of a span: small tiles, laid once, owned by states day by day.

Tiles share their corners, so whichever tiles a day's states take, their unions can't
overlap or leave a gap, and areas add up. `tracker.layers.laying` lays them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shapely.geometry.base import BaseGeometry

from tracker.layers.areas import geodesic_km2
from tracker.layers.extents import reach_m
from tracker.layers.parts import Anatomy
from tracker.model import Place

__all__ = ["Ground", "Mosaic", "Tile"]


@dataclass(frozen=True, slots=True)
class Ground:
    """
    A place that bears states, as the mosaic needs it.

    Attributes
    ----------
    evidence
        Strongest confidence of its states, 0 to 1.
    anatomy
        Its parts, None when only the whole place is ever spoken of.
    quarters
        Located parts: name to (lon, lat, radius in metres).
    near
        Whether any state speaks of the place alone and not of the country around.
    """

    place: Place
    evidence: float = 1.0
    anatomy: Anatomy | None = None
    quarters: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    near: bool = False

    @property
    def reach(self) -> float:
        """Radius in metres of all ground that the place may take (areas aside)."""
        return reach_m(self.place, self.evidence)


class Tile(NamedTuple):
    """
    One face of the mosaic as one place sees it.

    `direction` (degrees clockwise from north) and `share` (of the core's radius) say where
    it lies in the place; `far` tiles are the country around it; `rivals` are the places that
    take it while they have a state.
    """

    face: int
    direction: float
    share: float
    quarters: frozenset[str]
    rivals: tuple[str, ...]
    far: bool = False


@dataclass(slots=True)
class Mosaic:
    """
    All tiles.

    Attributes
    ----------
    faces
        Polygons in lon/lat, WGS 84.
    areas_km2
        Geodesic area of each face.
    tiles
        What each place may take, by place id; places without ground are absent.
    cores
        (lon, lat, radius in metres) of each place's core, by place id; none for areas.
    """

    faces: list[BaseGeometry] = field(default_factory=list)
    areas_km2: list[float] = field(default_factory=list)
    tiles: dict[str, list[Tile]] = field(default_factory=dict)
    cores: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def add(self, faces: Sequence[BaseGeometry]) -> int:
        """Append faces and return the index of the first."""
        first = len(self.faces)
        self.faces += faces
        self.areas_km2 += [geodesic_km2(face) for face in faces]
        return first
