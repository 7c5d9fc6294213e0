"""
The filter of `tracker.states.belief` over tens of millions of claims at once.

Where claims say who took or holds a whole place on a day, each told by a report
and a source of its own, a step of the filter does the same to every side but the
one it names: their odds shrink by one common factor. So a place needs its sides'
odds up to that factor, the factor, and its two likeliest sides; and the k-th day
of every place is taken in at once. What the columns can't say (losses, clashes,
sieges, parts, shares, copies, uncertain dates) is for `tracker.states.fuse`.
"""

from __future__ import annotations

import datetime as dt
import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tracker.errors import UsageError
from tracker.states.column_days import days_of
from tracker.states.column_keys import Layout, Table, layout_of, packed
from tracker.states.column_steps import believed
from tracker.states.moments import DISAGREEING, RIVAL, SURE_ENOUGH

__all__ = ["OPEN", "Intervals", "fuse_columns", "holders_at"]

OPEN = np.iinfo(np.int32).max
HELD, ONE_OF, UNKNOWN = 0, 1, 2
_BLOCK = 1 << 13  # places at once: what is kept of them stays in a core's cache
_MOST_ODDS = 1 << 22  # odds kept at once, 32 MB, when the sides are many
_ROWS = 3 << 19  # claims at once, more or less, so that what is kept of them stays some ten megabytes a column
_LEAST_BLOCK = 256
_CHUNK = 1 << 20  # rows packed at once
_WORKERS = 2

Whole = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Intervals:
    """
    Who held which place when: parallel arrays, ordered by place and first day.

    Attributes
    ----------
    place, actor, other
        As numbered by the caller. `actor` is the holder, or with `other` one of the two that may be; -1 is nobody.
    status
        0 held, 1 one of two, 2 unknown.
    start, stop
        Half-open, in days as counted by `datetime.date.toordinal`; `stop` of what is still so is `OPEN`.
    probability
        As in `State.probability`; of an unknown holder the odds that it is none.
    """

    place: Whole
    status: npt.NDArray[np.int8]
    actor: Whole
    other: Whole
    start: Whole
    stop: Whole
    probability: npt.NDArray[np.float32]


def fuse_columns(
    place: Whole,
    day: Whole,
    actor: Whole,
    weight: npt.NDArray[np.float32],
    *,
    event: npt.NDArray[np.bool_] | None = None,
    half_life: float | npt.NDArray[np.float64] = 730.0,
) -> Intervals:
    """
    Return what the filter of `tracker.states.fuse` says of whole places, for each claim that a side took or holds one.

    Parameters
    ----------
    place, actor
        Numbers from 0. Sides of equal odds come in the order of their numbers.
    day
        Days as counted by `datetime.date.toordinal`.
    weight
        0 to 1, see `tracker.states.evidence.weigh`; more than 0.99 counts as 0.99.
    event
        Whether the claim tells of a change ("took"), not of how things stand ("holds"); None: all do.
    half_life
        Days in which belief halves, of all places or by place number; see `tracker.states.halflife`.

    Raises
    ------
    UsageError
        If the columns differ in length, a number is negative, or all of them don't fit into 64 bits.

    Examples
    --------
    >>> import numpy as np
    >>> made = fuse_columns(
    ...     np.array([0, 0, 0], np.int32), np.array([10, 20, 30], np.int32),
    ...     np.array([1, 1, 2], np.int32), np.array([0.9, 0.9, 0.9], np.float32))
    >>> made.actor.tolist(), made.start.tolist(), made.stop.tolist() == [30, OPEN]
    ([1, 2], [10, 30], True)
    """
    if not place.size == day.size == actor.size == weight.size == (place if event is None else event).size:
        raise UsageError("the columns differ in length")
    if not place.size:
        kinds: list[Any] = [np.int32, np.int8, np.int32, np.int32, np.int32, np.int32, np.float32]
        return Intervals(*(np.empty(0, kind) for kind in kinds))
    layout = layout_of(place, day, actor)
    table = Table(place, day, actor, weight, event)
    keys = np.empty(place.size, np.uint64)

    def pack(start: int) -> None:
        rows = slice(start, start + _CHUNK)
        keys[rows] = packed(layout, table.rows(rows))

    def believe(rows: slice) -> Intervals:
        return _block(keys[rows], layout, np.asarray(half_life, np.float64))

    with ThreadPoolExecutor(_WORKERS) as pool:
        list(pool.map(pack, range(0, place.size, _CHUNK)))
        middle = keys.size // 2
        keys.partition(middle)  # so that both halves can be sorted at the same time
        list(pool.map(np.ndarray.sort, (keys[:middle], keys[middle:])))
        made = list(pool.map(believe, _blocks(keys, layout)))
    columns: list[npt.NDArray[Any]] = [np.concatenate([getattr(m, n) for m in made]) for n in Intervals.__slots__]
    return Intervals(*columns)


def holders_at(intervals: Intervals, on: dt.date) -> tuple[Whole, Whole]:
    """Return the places that somebody holds on a day, and who that is."""
    day = on.toordinal()
    now = (intervals.start <= day) & (day < intervals.stop) & (intervals.status == HELD)
    return intervals.place[now], intervals.actor[now]


def _blocks(keys: npt.NDArray[np.uint64], layout: Layout) -> list[slice]:
    """Cut sorted claims where places begin, some thousand places a block."""
    first, last = (int(layout.place(keys[[at]])[0]) for at in (0, -1))
    evenly = _ROWS * (last - first + 1) // keys.size
    step = max(1, min(max(_LEAST_BLOCK, evenly), _BLOCK, _MOST_ODDS // layout.sides))
    bounds = np.arange(first, last + 1 + step, step, dtype=np.uint64) << np.uint64(layout.day_bits + layout.day_shift)
    cuts = [0, *np.searchsorted(keys, bounds[1:-1]).tolist(), keys.size]
    return [slice(a, b) for a, b in itertools.pairwise(cuts) if a < b]


def _block(keys: npt.NDArray[np.uint64], layout: Layout, half_life: npt.NDArray[np.float64]) -> Intervals:
    """Take in all claims of some places, and put days that read the same together."""
    days = days_of(keys, layout)
    lives = half_life[days.place] if half_life.ndim else np.full(days.place.size, half_life)
    found = believed(days, layout, lives)
    actor, chance = found.first()
    status = np.zeros(chance.size, np.int8)
    other = np.full(chance.size, -1, np.int32)
    crowd, likeliest = days.named_several, actor.copy()
    for unsure, together in ((np.flatnonzero(chance < SURE_ENOUGH), SURE_ENOUGH), (crowd, DISAGREEING)):
        first, (rival, p) = chance[unsure], found.second(unsure)
        near = (p >= RIVAL * first) & (first + p >= together)
        side = likeliest[unsure]
        other[unsure] = np.where(near, np.maximum(side, rival), -1)
        status[unsure] = np.where(near, ONE_OF, np.where(first < SURE_ENOUGH, UNKNOWN, HELD))
        actor[unsure] = np.where(near, np.minimum(side, rival), np.where(first < SURE_ENOUGH, -1, side))
    turn = np.zeros(actor.size, bool)
    turn[days.start] = True
    turn[1:] |= (actor[1:] != actor[:-1]) | (other[1:] != other[:-1])
    begins = np.flatnonzero(turn)
    lasts = np.append(begins[1:], actor.size) - 1
    status, actor, other, chance = status[begins], actor[begins], other[begins], chance[lasts]
    either, nobody = np.flatnonzero(status == ONE_OF), np.flatnonzero(status == UNKNOWN)
    chance[either] += found.second(lasts[either])[1]
    chance[nobody] = found.unknown(lasts[nobody])
    start = days.day[begins]
    stop = np.append(start[1:], np.int32(OPEN))
    ends = np.searchsorted(begins, days.start[1:]) - 1
    stop[ends] = OPEN
    per_place = np.diff(np.append(np.searchsorted(begins, days.start), begins.size))
    return Intervals(np.repeat(days.place, per_place), status, actor, other, start, stop, chance.astype(np.float32))
