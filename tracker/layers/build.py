"""States to a layer: the one way from what is known to what is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.errors import UnknownPlaceError, UsageError
from tracker.layers.extents import Tier, footprint_m, tier_of
from tracker.layers.fading import faded, horizon_of
from tracker.layers.laying import lay_mosaic
from tracker.layers.lines import approaches, line_of, rim
from tracker.layers.method import NEAREST, LayerMethod
from tracker.layers.mosaic import Ground, Mosaic
from tracker.layers.parts import Anatomy, normal_part
from tracker.layers.quotes import Quotes
from tracker.layers.spans import (
    Piece,
    Presence,
    bounds_of,
    check_no_overlap,
    day_of,
    layer_dates,
    pieces_of,
    speaks_of_place_alone,
)
from tracker.layers.spelling import SpelledPlaces
from tracker.model import Actor, Claim, Layer, LayerFeature, LayerLine, Place, PlaceIndex, State, Status, plain_name
from tracker.places.outlines import Outlines

__all__ = ["build_layer"]


def build_layer(
    states: Iterable[State],
    claims: Iterable[Claim],
    places: PlaceIndex,
    *,
    actors: Mapping[str, Actor],
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    region: BaseGeometry | None = None,
    method: LayerMethod = NEAREST,
) -> Layer:
    """
    Return the polygons of all states, or of those of one day.

    The cells are laid over every place that bears a state at any time, so the layer
    of a day is exactly what the layer of the span shows on it.

    Parameters
    ----------
    states
        Of any number of places, in any order.
    claims
        Those that the states cite, and unreal ones to be shown beside them.
    places
        Knows every place of the states.
    actors
        Names by actor id; an actor that is not in it is shown by its id.
    on
        The day of the layer; None gives a layer of the whole span, each feature with its days.
    known_by
        Day of known time that the states were fused for: written on the features; claims
        published later are not quoted.
    region
        Polygons, WGS 84 lon/lat, that the layer is clipped to; None leaves cells as far as they reach.
    method
        How the ground between places is shared out: nearest place, hexagons or units.

    Returns
    -------
    layer
        On every day as many features as states that hold and have ground in the region.

    Raises
    ------
    UnknownPlaceError
        If a state's place is not in `places`.
    OverlappingStatesError
        If two states of one place and part cover the same day.
    UsageError
        If the region has no polygons, or lies outside of lon/lat.
    """
    told = list(states)
    check_no_overlap(told)
    if region is not None:
        _check_region(region)
    days = layer_dates(told)
    shown_to = on or horizon_of(told)
    believed = [piece for state in told for piece in faded(state, shown_to)]
    build = _Build(believed, list(claims), places, actors, on=on, known_by=known_by)
    build.lay(region, method)
    features = build.features()
    return Layer(
        on=on,
        known_by=known_by,
        start=on or min(days, default=None),
        end=on or max(days, default=None),
        features=tuple(features),
        lines=tuple(sorted([*build.sieges, *build.approaches()], key=_line_key)),
    )


def shipped_outline(place: Place) -> BaseGeometry | None:
    """Return the polygons of a country or administrative area from the shipped outlines, None when they have none."""
    outlines = Outlines.load()
    try:
        if place.feature.startswith("PCL") and place.country is not None:
            return outlines.country(place.country)
        return outlines.admin1(place.place_id)
    except (UnknownPlaceError, UsageError):
        return None


def _check_region(region: BaseGeometry) -> None:
    if not shapely.get_dimensions(region) == 2 or region.is_empty:
        raise UsageError("the region has no polygons. Give at least one polygon in lon/lat.")
    west, south, east, north = region.bounds
    if not (-180.0 <= west <= east <= 180.0 and -90.0 <= south <= north <= 90.0):
        raise UsageError(
            f"the region's bounds {region.bounds} are no degrees of longitude and latitude. "
            "Project it to WGS 84 (EPSG:4326) first."
        )


def _line_key(line: LayerLine) -> tuple[str, str, str, dt.date, str]:
    return line.kind, line.place_id, line.part or "", line.start or dt.date.min, line.actor or ""


class _Build:
    """One run: what is asked for often, looked up once."""

    def __init__(
        self,
        states: Sequence[State],
        claims: Sequence[Claim],
        places: PlaceIndex,
        actors: Mapping[str, Actor],
        *,
        on: dt.date | None,
        known_by: dt.date | None,
    ) -> None:
        self.on, self.known_by = on, known_by
        self.places = places = SpelledPlaces(places, claims)
        self.names = {key: actor.name for key, actor in actors.items()}
        self.quotes = Quotes(claims, known_by)
        self.by_place: dict[str, list[State]] = {}
        for state in sorted(states, key=lambda s: (s.place_id, s.part or "", bounds_of(s))):
            self.by_place.setdefault(state.place_id, []).append(state)
        self.presence = {key: Presence(map(bounds_of, own)) for key, own in self.by_place.items()}
        self.grounds = {key: _ground(places, places.get(key), own) for key, own in self.by_place.items()}
        self.mosaic = Mosaic()
        self.sieges: list[LayerLine] = []
        self._geometry: dict[tuple[int, ...], tuple[BaseGeometry, float]] = {}

    def lay(self, region: BaseGeometry | None, method: LayerMethod) -> None:
        """Lay the tiles of all places."""
        outline = method.outline or shipped_outline
        self.mosaic = lay_mosaic(list(self.grounds.values()), region=region, outline=outline, method=method)

    def features(self) -> list[LayerFeature]:
        """Return the features of all places, ordered; sieges are gathered on the way."""
        out = []
        for place_id, states in self.by_place.items():
            ground = self.grounds[place_id]
            tiles = self.mosaic.tiles.get(place_id, ())
            if tier_of(ground.place) is Tier.AREA:
                states = [s for s in states if s.status is not Status.UNKNOWN]  # noqa: PLW2901  no blank provinces
            for piece in pieces_of(states, tiles, ground.anatomy, self.presence):
                if piece.faces and self._shown(piece.start, piece.stop):
                    feature = self._feature(ground, piece)
                    out.append(feature)
                    self._siege(ground, piece, feature)
        return out

    def approaches(self) -> list[LayerLine]:
        """Return the arrows of the layer."""
        every = [state for own in self.by_place.values() for state in own]
        arrows = approaches(self.quotes.claims.values(), every, self.places)
        return [
            line_of(a, names=self.names, on=self.on, known_by=self.known_by, target=self._holder(a.place, a.start))
            for a in arrows
            if self._shown(a.start, a.stop)
        ]

    def _shown(self, start: int, stop: int) -> bool:
        return self.on is None or start <= self.on.toordinal() < stop

    def _holder(self, place: Place, day: int) -> str | None:
        for state in self.by_place.get(place.place_id, ()):
            start, stop = bounds_of(state)
            if state.part is None and start <= day < stop:
                return state.holder
        return None

    def _feature(self, ground: Ground, piece: Piece) -> LayerFeature:
        state, place = piece.state, ground.place
        geometry, area = self._union(piece.faces)
        holder = state.holder if state.status is Status.HELD else None  # while contested, all sides are drawn
        sides = (holder,) if holder is not None else tuple(c.actor for c in state.candidates)
        return LayerFeature(
            place_id=place.place_id,
            name=place.name,
            part=state.part,
            status=str(state.status),
            holder=holder,
            holder_name=" / ".join(map(self._name, sides)) or None if state.status != Status.UNKNOWN else None,
            sides=sides,
            besieged_by=state.besieger if state.besieged else None,
            besieged=state.besieged,
            start=day_of(piece.start),
            end=day_of(piece.stop),
            on=self.on,
            known_by=self.known_by,
            probability=state.probability,
            confidence=state.confidence,
            newest_claim=state.newest_claim,
            n_reports=state.n_reports,
            n_sources=state.n_sources,
            area_km2=area,
            reason=state.reason,
            claims=self.quotes.of(state),
            feature=place.feature,
            fraction=state.fraction,
            point=(place.lon, place.lat),
            geometry=geometry,
        )

    def _siege(self, ground: Ground, piece: Piece, feature: LayerFeature) -> None:
        if not feature.besieged:
            return
        part = None if piece.state.part is None else normal_part(piece.state.part)
        core = self.mosaic.cores.get(feature.place_id)
        if core is None:
            line: BaseGeometry | None = shapely.boundary(feature.geometry)
        else:
            line = rim(core, part, piece.named, ground.anatomy, ground.quarters.get(part or ""))
        if line is None:
            return
        self.sieges.append(
            LayerLine(
                kind="siege",
                place_id=feature.place_id,
                name=feature.name,
                part=feature.part,
                actor=feature.besieged_by,
                actor_name=None if feature.besieged_by is None else self._name(feature.besieged_by),
                target=feature.holder,
                start=feature.start,
                end=feature.end,
                on=self.on,
                known_by=self.known_by,
                confidence=feature.confidence,
                newest_claim=feature.newest_claim,
                claims=tuple(q for q in feature.claims if q.kind in ("besieges", "breaks_siege")) or feature.claims,
                geometry=line,
            )
        )

    def _union(self, faces: tuple[int, ...]) -> tuple[BaseGeometry, float]:
        """Return the union of faces and its area, made once for each set of faces."""
        if faces not in self._geometry:
            shapes = [self.mosaic.faces[k] for k in faces]
            whole = shapes[0] if len(shapes) == 1 else shapely.coverage_union_all(shapes)
            area = float(np.sum([self.mosaic.areas_km2[k] for k in faces]))
            self._geometry[faces] = (shapely.orient_polygons(whole), round(area, 6))
        return self._geometry[faces]

    def _name(self, actor: str) -> str:
        return self.names.get(actor) or plain_name(actor)


def _ground(places: PlaceIndex, place: Place, states: Sequence[State]) -> Ground:
    """Return what the mosaic needs of a place, its parts laid out over the whole span."""
    if not (-180.0 <= place.lon <= 180.0 and -90.0 <= place.lat <= 90.0):
        raise UsageError(f"the place {place.place_id!r} lies at {place.lon}, {place.lat}: no longitude and latitude.")
    evidence = max(state.confidence for state in states)
    near = any(speaks_of_place_alone(state) for state in states)
    named = {normal_part(s.part): s.part for s in states if s.part is not None}
    if not named:
        return Ground(place, evidence, near=near)
    quarters = _quarters(places, place, named)
    shares: dict[str, list[float]] = {}
    for state in states:
        if state.part is not None and state.fraction is not None:
            shares.setdefault(normal_part(state.part), []).append(sum(state.fraction) / 2)
    stated = {part: sum(own) / len(own) for part, own in shares.items()}
    return Ground(place, evidence, Anatomy.of(named, located=quarters, shares=stated), quarters, near)


def _quarters(places: PlaceIndex, place: Place, named: Mapping[str, str]) -> dict[str, tuple[float, float, float]]:
    """Return the parts that are known as places of their own below a place."""
    wanted = {part.casefold(): part for part in named}
    out: dict[str, tuple[float, float, float]] = {}
    try:
        children = list(places.children(place.place_id))
    except UnknownPlaceError:
        return out
    for child in children:
        for name in (child.name, *(n.text for n in child.names)):
            part = wanted.get(name.casefold())
            if part is not None and part not in out:
                out[part] = (child.lon, child.lat, footprint_m(child))
    return out
