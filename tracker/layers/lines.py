"""Sieges as rims and approaches as arrows, drawn with geodesics about a place's point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.layers.extents import footprint_m
from tracker.layers.parts import CENTRE, CENTRE_SHARE, OUTSKIRTS, Anatomy
from tracker.layers.quotes import quote_of
from tracker.layers.spans import EVER, NEVER, bounds_of, day_of
from tracker.model import Claim, Kind, LayerLine, Modality, Place, PlaceIndex, State, Status

__all__ = ["Approach", "approaches", "rim"]

Floats = npt.NDArray[np.float64]

RIM_SHARE = 1.12  # of the core's radius: clear of the parts' own outline
_STEP_DEG = 5.625
_GEOD = pyproj.Geod(ellps="WGS84")
_LASTS = 14  # days that an approach is shown when nothing comes after it: a fortnight's news
_ARROW_M = 12000.0  # length when no distance is said
_FURTHEST_BASE_M = 150_000.0  # an actor's place further off than this says nothing of the way it came


def rim(
    core: tuple[float, float, float],
    part: str | None,
    named: Collection[str],
    anatomy: Anatomy | None,
    quarter: tuple[float, float, float] | None = None,
) -> BaseGeometry | None:
    """
    Return the rim of a besieged place or part: a ring, or an arc over the part's directions.

    Parameters
    ----------
    core
        (lon, lat, radius in metres).
    part
        Canonical part, None for the whole.
    named
        Parts that have a state of their own on the day; they take their directions from the whole.
    anatomy
        Of the place, None when it has no parts.
    quarter
        (lon, lat, radius in metres) of a located part.

    Returns
    -------
    line
        Anticlockwise, lon/lat; None when every direction belongs to other parts.
    """
    lon, lat, radius = core
    if quarter is not None:
        return _arc(quarter[0], quarter[1], quarter[2] * RIM_SHARE, [(0.0, 360.0)])
    if part == CENTRE:
        return _arc(lon, lat, radius * CENTRE_SHARE, [(0.0, 360.0)])
    arcs = [(0.0, 360.0)]
    if anatomy is not None and part != OUTSKIRTS:
        arcs = _directions(part, frozenset(named) - {CENTRE, OUTSKIRTS} - anatomy.located, anatomy)
    return _arc(lon, lat, radius * RIM_SHARE, arcs) if arcs else None


def _directions(part: str | None, named: frozenset[str], anatomy: Anatomy) -> list[tuple[float, float]]:
    """Return the clockwise runs of directions, in degrees, that belong to a part; runs past 360 go on above it."""
    turns = anatomy.directions() or [0.0]
    runs: list[tuple[float, float]] = []
    for start, stop in zip(turns, [*turns[1:], turns[0] + 360.0], strict=True):
        if anatomy.part_at(((start + stop) / 2) % 360, 0.6, (), named) != part:
            continue
        if runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0], stop)
        else:
            runs.append((start, stop))
    if len(runs) > 1 and runs[0][0] + 360.0 == runs[-1][1]:
        first = runs.pop(0)
        runs[-1] = (runs[-1][0], first[1] + 360.0)
    return runs


def _arc(lon: float, lat: float, radius: float, runs: Iterable[tuple[float, float]]) -> BaseGeometry:
    drawn = []
    for start, stop in runs:
        steps = max(2, int(np.ceil((stop - start) / _STEP_DEG)) + 1)
        turns = np.linspace(stop, start, steps)  # anticlockwise
        x, y, _ = _GEOD.fwd(np.full(steps, lon), np.full(steps, lat), turns, np.full(steps, radius))
        points = np.round(np.column_stack([x, y]), 6)
        if stop - start >= 360.0:
            points[-1] = points[0]
        drawn.append(points)
    return _lines(drawn)


def _lines(drawn: Sequence[Floats]) -> BaseGeometry:
    """Return lines, cut at the antimeridian (RFC 7946, 3.1.9)."""
    runs: list[Floats] = []
    for points in drawn:
        leaps = np.flatnonzero(np.abs(np.diff(points[:, 0])) > 180.0)
        if len(leaps) == 0:
            runs.append(points)
            continue
        start: list[Floats] = []
        for k, (lon, lat) in enumerate(points):
            start.append(np.array([lon, lat]))
            if k in leaps:
                side = 180.0 if lon > 0 else -180.0
                nxt = points[k + 1]
                step = (nxt[0] + 2 * side) - lon
                at = lat + (nxt[1] - lat) * ((side - lon) / step if step else 0.0)
                runs.append(np.array([*start, [side, round(float(at), 6)]]))
                start = [np.array([-side, round(float(at), 6)])]
        runs.append(np.array(start))
    done = [shapely.LineString(run) for run in runs if len(run) > 1]
    return done[0] if len(done) == 1 else shapely.MultiLineString(done)


@dataclass(frozen=True, slots=True)
class Approach:
    """An arrow before it is tied to a layer: ordinals, the claims that it rests on, its tail and head in lon/lat."""

    place: Place
    actor: str | None
    start: int
    stop: int
    claims: tuple[Claim, ...]
    distance_m: float | None
    geometry: BaseGeometry


def approaches(claims: Iterable[Claim], states: Sequence[State], places: PlaceIndex) -> list[Approach]:
    """
    Return the arrows of all approaches that a report states.

    An arrow comes from the bearing that the text gives, else from the side of the
    actor's nearest place on that day; when neither is known there is no arrow, for
    its direction would be made up. It lasts a fortnight, or until the next change of
    that place's state. Unreal approaches are left out.

    Returns
    -------
    arrows
        Ordered by place id, actor and start; the same arrow told again is one, with all its claims.
    """
    ways = _Ways(states, places)
    found: dict[tuple[str, str | None, bytes], list[tuple[int, int, Claim]]] = {}
    shapes: dict[bytes, BaseGeometry] = {}
    for claim in claims:
        if claim.kind is not Kind.APPROACHES or claim.modality is Modality.UNREAL or claim.place.place_id is None:
            continue
        day = claim.valid_from or claim.published
        if day is None:
            continue
        line = ways.arrow(places.get(claim.place.place_id), claim, day.toordinal())
        if line is None:
            continue
        shapes[line.wkb] = line
        stop = ways.until(claim.place.place_id, day.toordinal())
        found.setdefault((claim.place.place_id, claim.actor, line.wkb), []).append((day.toordinal(), stop, claim))
    out = []
    for (place_id, actor, key), told in sorted(
        found.items(), key=lambda item: (item[0][0], item[0][1] or "", item[0][2])
    ):
        for start, stop, merged in _runs(told):
            said = next((c.distance_m for c in merged if c.distance_m is not None), None)
            out.append(Approach(places.get(place_id), actor, start, stop, merged, said, shapes[key]))
    return sorted(out, key=lambda a: (a.place.place_id, a.actor or "", a.start))


def _runs(told: list[tuple[int, int, Claim]]) -> list[tuple[int, int, tuple[Claim, ...]]]:
    """Merge overlapping tellings of the same arrow."""
    out: list[tuple[int, int, tuple[Claim, ...]]] = []
    for start, stop, claim in sorted(told, key=lambda t: (t[0], t[1], t[2].claim_id)):
        if out and start <= out[-1][1]:
            first, last, merged = out.pop()
            out.append((first, max(last, stop), (*merged, claim)))
        else:
            out.append((start, stop, (claim,)))
    return out


class _Ways:
    """Where actors stand and when states turn, to tell whence an approach comes and how long it lasts."""

    def __init__(self, states: Sequence[State], places: PlaceIndex) -> None:
        self._held: dict[str, list[tuple[int, int, float, float]]] = {}
        self._turns: dict[str, list[int]] = {}
        for state in states:
            start, stop = bounds_of(state)
            self._turns.setdefault(state.place_id, []).extend((start, stop))
            if state.status is Status.HELD and state.holder is not None:
                place = places.get(state.place_id)
                self._held.setdefault(state.holder, []).append((start, stop, place.lon, place.lat))

    def until(self, place_id: str, day: int) -> int:
        """Return the day on which an approach is no longer shown."""
        turns = [t for t in self._turns.get(place_id, ()) if t not in (EVER, NEVER) and t > day]
        return min([*turns, day + _LASTS])

    def arrow(self, place: Place, claim: Claim, day: int) -> BaseGeometry | None:
        """Return the line from tail to head, None when the direction isn't known."""
        head = footprint_m(place)
        bearing = claim.bearing_deg if claim.bearing_deg is not None else self._from(place, claim.actor, day)
        if bearing is None:
            return None
        tail = claim.distance_m or head + _ARROW_M
        head = min(head, tail * 0.6)
        x, y, _ = _GEOD.fwd([place.lon] * 2, [place.lat] * 2, [bearing] * 2, [tail, head])
        return _lines([np.round(np.column_stack([x, y]), 6)])

    def _from(self, place: Place, actor: str | None, day: int) -> float | None:
        """Return the azimuth from a place to the nearest other place that an actor holds on a day."""
        best: tuple[float, float] | None = None
        for start, stop, lon, lat in self._held.get(actor or "", ()):
            if start <= day < stop and (lon, lat) != (place.lon, place.lat):
                azimuth, _, metres = _GEOD.inv(place.lon, place.lat, lon, lat)
                if metres <= _FURTHEST_BASE_M and (best is None or (metres, azimuth) < best):
                    best = (metres, azimuth)
        return None if best is None else best[1] % 360


def line_of(
    approach: Approach, *, names: Mapping[str, str], on: dt.date | None, known_by: dt.date | None, target: str | None
) -> LayerLine:
    """Return the layer's record of an approach."""
    published = [c.published for c in approach.claims if c.published is not None]
    return LayerLine(
        kind="approach",
        place_id=approach.place.place_id,
        name=approach.place.name,
        part=None,
        actor=approach.actor,
        actor_name=None if approach.actor is None else names.get(approach.actor, approach.actor),
        target=target,
        start=day_of(approach.start),
        end=day_of(approach.stop),
        on=on,
        known_by=known_by,
        confidence=round(max(c.confidence for c in approach.claims), 4),
        newest_claim=max(published, default=None),
        claims=tuple(quote_of(c, "for") for c in approach.claims),
        geometry=approach.geometry,
        distance_m=approach.distance_m,
    )
