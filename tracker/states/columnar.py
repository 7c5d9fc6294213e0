"""
The filter of `tracker.states.belief` over tens of millions of claims at once.

For claims that say who took or holds a whole place on a day, each told by a report
and a source of its own. They are packed into numbers that sort by place and day
(`column_keys`), and taken in place after place in machine code (`column_filter`), by
as many threads as there are processors. What the columns can't say (losses, clashes,
sieges, parts, shares, copies, uncertain dates) is for `tracker.states.fuse`.
"""

from __future__ import annotations

import datetime as dt
import importlib
import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt

from tracker.errors import MissingToolError, UsageError
from tracker.states.column_intervals import HELD, ONE_OF, OPEN, UNKNOWN, Intervals
from tracker.states.column_keys import Keys, Layout, Table, Whole, layout_of, pack

__all__ = ["HELD", "ONE_OF", "OPEN", "UNKNOWN", "Intervals", "fuse_columns", "holders_at"]

_BLOCKS = 4  # of places, for each thread: so that none waits long for the last
_CHUNK = 1 << 20  # rows packed by a thread at once


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
        If the columns differ in length, a number is negative, or all of them don't fit into 63 bits.

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
        return Intervals.room(0)
    fuse_sorted = _filter().fuse_sorted
    table = Table(place, day, actor, weight, event)
    layout = layout_of(table)
    keys = np.empty(place.size, np.int64)
    made = Intervals.room(place.size)
    lives = np.atleast_1d(np.asarray(half_life, np.float64))

    def packing(start: int) -> None:
        rows = slice(start, start + _CHUNK)
        pack(layout, table.rows(rows), keys[rows])

    def fusing(rows: tuple[int, int]) -> int:
        stop: int = fuse_sorted(keys, *rows, layout, lives, made)
        return stop

    threads = os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(packing, range(0, keys.size, _CHUNK)))
        middle = keys.size // 2
        keys.partition(middle)  # so that both halves can be sorted at the same time
        list(pool.map(np.ndarray.sort, (keys[:middle], keys[middle:])))
        blocks = _blocks(keys, layout, threads * _BLOCKS)
        filled = list(zip((begin for begin, _ in blocks), pool.map(fusing, blocks), strict=True))
        list(pool.map(lambda column: _close_up(column, filled), made))
    return made


def holders_at(intervals: Intervals, on: dt.date) -> tuple[Whole, Whole]:
    """Return the places that somebody holds on a day, and who that is."""
    day = on.toordinal()
    now = (intervals.start <= day) & (day < intervals.stop) & (intervals.status == HELD)
    return intervals.place[now], intervals.actor[now]


def _filter() -> Any:
    try:
        return importlib.import_module("tracker.states.column_filter")
    except ModuleNotFoundError:
        raise MissingToolError("numba", "Install the extra: pip install 'ground-control-tracker[columns]'.") from None


def _blocks(keys: Keys, layout: Layout, most: int) -> list[tuple[int, int]]:
    """Cut sorted claims where places begin, into some of about the same size."""
    places = keys[np.linspace(0, keys.size, most, endpoint=False, dtype=np.int64)] >> layout.place_shift
    begins = np.unique(np.searchsorted(keys, places << layout.place_shift))
    return list(itertools.pairwise([*begins.tolist(), keys.size]))


def _close_up(column: npt.NDArray[Any], filled: list[tuple[int, int]]) -> None:
    """Move rows of each block to where those of the block before end, and give back the rest of the room."""
    end = 0
    for begin, stop in filled:
        column[end : end + stop - begin] = column[begin:stop]
        end += stop - begin
    column.resize(end, refcheck=False)
