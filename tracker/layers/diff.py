"""What changed hands between two days: polygons, a table, and each side's balance."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from tracker.layers.areas import Holding, area_by_actor, features_on, geodesic_km2, holding_key
from tracker.model import ClaimQuote, Layer, LayerFeature, Status

__all__ = ["Balance", "Change", "LayerDiff", "SiegeChange", "diff_layers", "diff_to_frame"]

_LEAST_KM2 = 1e-5  # ten square metres: what rounding leaves of edges that two layers share


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    Ground whose state differs between the two days.

    Attributes
    ----------
    what
        ``gained`` when one side holds it now; ``contested``, ``shared``, ``one_of`` or
        ``unknown`` when that is its status now; ``silent`` when no state speaks of it any more.
    before, after
        Holder (an actor id) or status, None where no state spoke or speaks.
    before_sides, after_sides
        Actor ids, the holder alone when it is held.
    place_id, name, part
        Of the state after, else of the one before.
    claims
        Sentences behind the state after (before, when it fell silent).
    geometry
        WGS 84 lon/lat polygons.
    """

    what: str
    place_id: str
    name: str
    part: str | None
    before: str | None
    after: str | None
    before_sides: tuple[str, ...]
    after_sides: tuple[str, ...]
    area_km2: float
    claims: tuple[ClaimQuote, ...]
    geometry: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class SiegeChange:
    """A siege that began, or ended, between the two days."""

    place_id: str
    name: str
    part: str | None
    begun: bool
    besieger: str | None


@dataclass(frozen=True, slots=True)
class Balance:
    """
    Of one side, or of a status without holder: km² and places on both days, km² won and lost in between.

    Attributes
    ----------
    gained_km2, lost_km2
        All that came and went, news of ground that nobody had spoken of among it.
    told_km2, silent_km2
        What of it changed hands in nobody's report: ground first spoken of, ground no longer spoken of.
    """

    before: Holding
    after: Holding
    gained_km2: float
    lost_km2: float
    told_km2: float = 0.0
    silent_km2: float = 0.0

    @property
    def won_km2(self) -> float:
        """What was another's, or in dispute, before."""
        return max(self.gained_km2 - self.told_km2, 0.0)

    @property
    def ceded_km2(self) -> float:
        """What is another's, or in dispute, now."""
        return max(self.lost_km2 - self.silent_km2, 0.0)

    @property
    def news_km2(self) -> float:
        """What reports began to speak of, less what they ceased to."""
        return self.told_km2 - self.silent_km2


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerDiff:
    """
    What changed between two layers.

    Attributes
    ----------
    changes
        Ordered by place id, part, and from whom.
    sieges
        Ordered by place id and part.
    balance
        By actor id or status, alphabetical.
    notes
        What a reader must be told of the layers, e.g. that something is held back.
    """

    before: dt.date | None
    after: dt.date | None
    changes: tuple[Change, ...]
    sieges: tuple[SiegeChange, ...]
    balance: dict[str, Balance]
    notes: tuple[str, ...] = ()


def diff_layers(
    before: Layer, after: Layer, *, from_day: dt.date | None = None, to_day: dt.date | None = None
) -> LayerDiff:
    """
    Return what differs between two layers, or between two days of one or two spans.

    Parameters
    ----------
    before, after
        Layers; the same one twice when both days are of one span.
    from_day, to_day
        The days; None: each layer's own day, else the first day of `before` and the last of `after`.

    Returns
    -------
    diff
        Changes cover exactly the ground whose holder, status or sides differ; they don't overlap.
    """
    first = from_day or before.on or before.start
    last = to_day or after.on or after.end
    old = before.features if first is None else features_on(before, first)
    new = after.features if last is None else features_on(after, last)
    changes = sorted(_changes(old, new), key=lambda c: (c.place_id, c.part or "", c.before or "", c.after or ""))
    return LayerDiff(
        before=first,
        after=last,
        changes=tuple(changes),
        sieges=tuple(_sieges(old, new)),
        balance=_balance(area_by_actor(before, first), area_by_actor(after, last), changes),
        notes=tuple(dict.fromkeys((*before.notes, *after.notes))),
    )


def diff_to_frame(diff: LayerDiff) -> gpd.GeoDataFrame:
    """Return the changes as a table in EPSG:4326, one row each; sides joined by spaces."""
    rows = [
        {
            "place_id": c.place_id, "name": c.name, "part": c.part, "what": c.what, "before": c.before,
            "after": c.after, "before_sides": " ".join(c.before_sides), "after_sides": " ".join(c.after_sides),
            "area_km2": c.area_km2,
        }
        for c in diff.changes
    ]  # fmt: skip
    columns = ["place_id", "name", "part", "what", "before", "after", "before_sides", "after_sides", "area_km2"]
    shapes = gpd.GeoSeries([c.geometry for c in diff.changes], crs="EPSG:4326")
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry=shapes, crs="EPSG:4326")


def _key(feature: LayerFeature) -> tuple[str, tuple[str, ...]]:
    """Return what counts as a change when it differs: holder or status, and the sides in any order."""
    sides = () if feature.status == Status.HELD else tuple(sorted(feature.sides))
    return holding_key(feature), sides


def _changes(old: Sequence[LayerFeature], new: Sequence[LayerFeature]) -> list[Change]:
    """Overlay two coverages; ground that is the same in both is left out before the overlay."""
    same = {(f.place_id, f.part, _key(f), f.geometry.wkb) for f in old}
    same &= {(f.place_id, f.part, _key(f), f.geometry.wkb) for f in new}
    old = [f for f in old if (f.place_id, f.part, _key(f), f.geometry.wkb) not in same]
    new = [f for f in new if (f.place_id, f.part, _key(f), f.geometry.wkb) not in same]
    found: list[Change] = []
    if old and new:
        tree = shapely.STRtree([f.geometry for f in old])
        for j, i in tree.query([f.geometry for f in new], predicate="intersects").T:
            if _key(old[i]) != _key(new[j]):
                found += _change(old[i], new[j], shapely.intersection(old[i].geometry, new[j].geometry))
    covered_old = shapely.union_all([f.geometry for f in old])
    covered_new = shapely.union_all([f.geometry for f in new])
    for feature in new:
        found += _change(None, feature, shapely.difference(feature.geometry, covered_old))
    for feature in old:
        found += _change(feature, None, shapely.difference(feature.geometry, covered_new))
    return found


def _change(old: LayerFeature | None, new: LayerFeature | None, ground: BaseGeometry) -> list[Change]:
    parts = [p for p in shapely.get_parts(shapely.get_parts(ground)) if p.geom_type == "Polygon"]
    parts = [p for p in parts if geodesic_km2(p) > _LEAST_KM2]
    told = new or old
    if not parts or told is None:
        return []
    shape = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    what = "silent" if new is None else "gained" if new.holder is not None else str(new.status)
    return [
        Change(
            what=what,
            place_id=told.place_id,
            name=told.name,
            part=told.part,
            before=None if old is None else holding_key(old),
            after=None if new is None else holding_key(new),
            before_sides=() if old is None else old.sides,
            after_sides=() if new is None else new.sides,
            area_km2=round(geodesic_km2(shape), 6),
            claims=told.claims,
            geometry=shapely.orient_polygons(shape),
        )
    ]


def _sieges(old: Sequence[LayerFeature], new: Sequence[LayerFeature]) -> list[SiegeChange]:
    was = {(f.place_id, f.part or ""): f for f in old if f.besieged}
    now = {(f.place_id, f.part or ""): f for f in new if f.besieged}
    out = []
    for key in sorted(was.keys() ^ now.keys()):
        told = now.get(key) or was[key]
        out.append(
            SiegeChange(
                place_id=told.place_id, name=told.name, part=told.part, begun=key in now, besieger=told.besieged_by
            )
        )
    return out


def _balance(was: dict[str, Holding], now: dict[str, Holding], changes: Sequence[Change]) -> dict[str, Balance]:
    gained, lost, told, silent = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for change in changes:
        if change.before == change.after:
            continue  # still contested, by others
        metres = round(change.area_km2 * 1e6)
        if change.after is not None:
            gained[change.after] += metres
            told[change.after] += metres * (change.before is None)
        if change.before is not None:
            lost[change.before] += metres
            silent[change.before] += metres * (change.after is None)
    none = Holding(0.0, 0)
    counted = (gained, lost, told, silent)
    return {
        k: Balance(was.get(k, none), now.get(k, none), *(counts[k] / 1e6 for counts in counted))
        for k in sorted({*was, *now, *gained, *lost})
    }
