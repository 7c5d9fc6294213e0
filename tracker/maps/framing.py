"""What a reader should see first: where and when most of the news is."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable

import shapely

from tracker.maps.shapes import lon_shift
from tracker.model import Layer

__all__ = ["first_shown", "main_bounds", "main_start"]

_CELL_DEG = 1.0  # places in neighbouring cells of this size belong together: 100 to 280 km at 35° of latitude
_LEAST_SHARE = 0.1  # of all features that a group of places needs to be shown at first
_FEW = 12  # changes; below this each counts
_EARLY_SHARE = 0.05  # of all changes that may lie before the slider's start
_EMPTY_SHARE = 0.4  # of the whole time that must lie before it, for the slider to start late


def main_bounds(layer: Layer) -> tuple[float, float, float, float] | None:
    """
    Return where most of the layer lies, as a first view of it.

    Places that lie far from all others and carry less than a tenth of the features each group
    (a name taken for its namesake, a remark on another country) are left out of
    the view, not of the map.

    Returns
    -------
    bounds
        (west, south, east, north) in degrees; east may exceed 180 when the layer spans the
        antimeridian. None without features.
    """
    shift = lon_shift(feature.point for feature in layer.features)
    moved = {f.place_id: (f.point[0] + (shift if f.point[0] < 0 else 0.0), f.point[1]) for f in layer.features}
    weights = Counter(f.place_id for f in layer.features)
    groups = _groups(moved)
    least = _LEAST_SHARE * sum(weights.values())
    kept = {p for group in groups if sum(weights[p] for p in group) >= least for p in group} or set(moved)
    boxes = [shapely.bounds(f.geometry) for f in layer.features if f.place_id in kept and not f.geometry.is_empty]
    boxes += [shapely.bounds(n.geometry) for n in layer.lines if n.place_id in kept and not n.geometry.is_empty]
    corners = [(w + shift if w < 0 else w, s, e + shift if e < 0 else e, n) for w, s, e, n in boxes]
    corners += [(x, y, x, y) for x, y in (moved[p] for p in sorted(kept))]
    if not corners:
        return None
    west, south, east, north = zip(*corners, strict=True)
    return float(min(west)), float(min(south)), float(max(east)), float(max(north))


def _groups(points: dict[str, tuple[float, float]]) -> list[list[str]]:
    """Return the places in groups that hang together by neighbouring cells."""
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for place_id, (lon, lat) in sorted(points.items()):
        cells[math.floor(lon / _CELL_DEG), math.floor(lat / _CELL_DEG)].append(place_id)
    groups = []
    left = set(cells)
    for first in sorted(cells):
        if first not in left:
            continue
        left.discard(first)
        queue, group = [first], []
        while queue:
            x, y = queue.pop()
            group += cells[x, y]
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            queue += sorted(near)
        groups.append(group)
    return groups


def first_shown(layer: Layer) -> dt.date | None:
    """Return the day on which films and charts of a layer start (see `main_start`); None without any day."""
    days = [day for f in layer.features for day in (f.start, f.end) if day is not None]
    first, last = layer.start or min(days, default=None), layer.end or max(days, default=None)
    if first is None or last is None or last < first:
        return first or last
    return main_start(first, last, (f.start for f in layer.features if f.start is not None))


def main_start(first: dt.date, last: dt.date, changes: Iterable[dt.date]) -> dt.date:
    """
    Return the day from which on a layer has news, as the start of a slider.

    Reports look back ("held since 2014"): a few early days would leave most of the slider
    empty. When at most a twentieth of the changes fill two fifths of the time, the
    slider starts shortly before the rest; what holds then is shown as it stood.

    Examples
    --------
    >>> days = [dt.date(2014, 1, 1)] + [dt.date(2017, 5, day) for day in range(1, 31)]
    >>> main_start(days[0], days[-1], days)
    datetime.date(2017, 4, 30)
    """
    ordered = sorted(day for day in changes if first <= day <= last)
    if len(ordered) < _FEW:
        return first
    start = ordered[math.floor(_EARLY_SHARE * len(ordered))]
    start -= dt.timedelta(days=1 + (last - start).days // 50)
    return start if (start - first).days >= _EMPTY_SHARE * (last - first).days else first
