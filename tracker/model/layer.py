"""States with geometry, as maps and exports take them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["BaseShape", "ClaimQuote", "Layer", "LayerFeature", "LayerLine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimQuote:
    """The sentence that a feature rests on, as a reader is shown it."""

    claim_id: str
    report_id: str
    quote: str
    kind: str
    actor: str | None
    source: str | None
    published: dt.date | None
    valid_time: str | None
    url: str | None
    stance: str  # "for", "against" or "unreal"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerFeature:
    """
    One state with its geometry over half-open days.

    Attributes
    ----------
    name
        Name of the place.
    holder_name
        Name of the holder, or of the sides when contested, None when unknown.
    start, end
        Half-open days for which state and geometry hold; None is open.
    on
        The day of the layer, None when the feature belongs to a span of days.
    known_by
        Known time of the layer, None when nothing was left out.
    area_km2
        Geodesic area of `geometry`.
    geometry
        Polygon or multipolygon, WGS 84 lon/lat, right-hand rule.
    point
        (lon, lat) of the place.
    """

    place_id: str
    name: str
    part: str | None
    status: str
    holder: str | None
    holder_name: str | None
    sides: tuple[str, ...]
    besieged_by: str | None
    besieged: bool
    start: dt.date | None
    end: dt.date | None
    on: dt.date | None
    known_by: dt.date | None
    probability: float
    confidence: float
    newest_claim: dt.date | None
    n_reports: int
    n_sources: int
    area_km2: float
    reason: str
    claims: tuple[ClaimQuote, ...]
    feature: str | None
    fraction: tuple[float, float] | None
    point: tuple[float, float]
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerLine:
    """
    A siege or an approach over half-open days: drawn above the areas, it has no area itself.

    Attributes
    ----------
    kind
        ``siege``: the rim of what is besieged, an arc when only a part is;
        ``approach``: an arrow, its last vertex the head.
    actor, actor_name
        The besieger, or the side on its way; None when not said.
    target
        Actor id of the side that is besieged or approached, None when not known.
    on, start, end, known_by
        As in `LayerFeature`.
    distance_m
        How far off an approach was said to be, None when not said and for a siege.
    geometry
        Line or multiline, WGS 84 lon/lat; the rim of a siege runs anticlockwise.
    """

    kind: str
    place_id: str
    name: str
    part: str | None
    actor: str | None
    actor_name: str | None
    target: str | None
    start: dt.date | None
    end: dt.date | None
    on: dt.date | None
    known_by: dt.date | None
    confidence: float
    newest_claim: dt.date | None
    claims: tuple[ClaimQuote, ...]
    geometry: BaseGeometry
    distance_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """
    All states of one day, or of a span of days when `on` is None, with geometry.

    Attributes
    ----------
    on
        The day of valid time, None for a span.
    known_by
        Known time: later reports are left out; None leaves nothing out.
    start, end
        First day and last day (included) that the layer speaks of; used for sliders.
    features
        Ordered by place id, part and start.
    lines
        Sieges and approaches, ordered by kind, place id, part and start.
    notes
        What a reader must be told of the layer as a whole, e.g. that something is held back.
    """

    on: dt.date | None
    known_by: dt.date | None
    start: dt.date | None
    end: dt.date | None
    features: tuple[LayerFeature, ...]
    lines: tuple[LayerLine, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseShape:
    """
    A shape that gives the reader bearings: drawn under the layer, never part of it.

    Attributes
    ----------
    kind
        ``land``, ``border``, ``admin1``, ``river`` or ``water``.
    geometry
        WGS 84 lon/lat, clipped to what is shown.
    """

    kind: str
    name: str | None
    geometry: BaseGeometry
