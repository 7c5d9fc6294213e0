"""
The filter of `tracker.states.belief` over tens of millions of claims at once.

For claims that say who took or holds a whole place on a day, each told by a report
and a source of its own. They are packed into numbers that sort by place and day
(`column_keys`), put in order (`column_order`) and taken in place after place
(`column_filter`), both in machine code, by as many threads as there are processors.
What the columns can't say (losses, clashes, sieges, parts, shares, copies, uncertain
dates) is for `tracker.states.fuse`.
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
from tracker.states.column_keys import Keys, Layout, Table, Whole, layout_of

__all__ = ["HELD", "ONE_OF", "OPEN", "UNKNOWN", "Intervals", "fuse_columns", "holders_at"]

_BLOCKS = 4  # of places, for each thread: so that none waits long for the last
_STRETCH = 10_000  # claims that fit into a core's cache twice
_CELL_BITS = 14  # of places: so many cells at most


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
        If the columns differ in length, a number is negative or is none, a place has no half-life, or all of them don't
        fit into 63 bits.

    Examples
    --------
    >>> import numpy as np
    >>> made = fuse_columns(
    ...     np.array([0, 0, 0], np.int32), np.array([10, 20, 30], np.int32),
    ...     np.array([1, 1, 2], np.int32), np.array([0.9, 0.9, 0.9], np.float32))
    >>> made.actor.tolist(), made.start.tolist(), made.stop.tolist() == [30, OPEN]
    ([1, 2], [10, 30], True)
    """
    table = Table(place, day, actor, weight, np.empty(0, np.bool_) if event is None else event)
    if not place.size == day.size == actor.size == weight.size == (place if event is None else event).size:
        raise UsageError("the columns differ in length")
    if not place.size:
        return Intervals.room(0)
    ordering, fusing = _machine_code("column_order"), _machine_code("column_filter")
    layout, table = layout_of(table), table.as_kept()
    lives = np.atleast_1d(np.asarray(half_life, np.float64))
    if lives.size != 1 and lives.size <= int(table.place.max()):
        raise UsageError("a place has no half-life")
    made = Intervals.room(place.size)
    threads = os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        keys, stretches = _dealt(ordering, table, layout, pool, threads)

        def fused(block: tuple[int, int]) -> tuple[int, int]:
            first, last = block
            ordering.order(keys, layout, stretches, first, last)
            begin, end = stretches.begins[first], stretches.begins[last]
            return begin, fusing.fuse_sorted(keys, begin, end, layout, lives, made)

        filled = list(pool.map(fused, _blocks(stretches.begins, threads * _BLOCKS)))
        list(pool.map(lambda column: _close_up(column, filled), made))
    return made


def holders_at(intervals: Intervals, on: dt.date) -> tuple[Whole, Whole]:
    """Return the places that somebody holds on a day, and who that is."""
    day = on.toordinal()
    now = (intervals.start <= day) & (day < intervals.stop) & (intervals.status == HELD)
    return intervals.place[now], intervals.actor[now]


def _machine_code(name: str) -> Any:
    try:
        return importlib.import_module(f"tracker.states.{name}")
    except ModuleNotFoundError:
        raise MissingToolError("numba", "Install the extra: pip install 'ground-control-tracker[fast]'.") from None


def _dealt(ordering: Any, table: Table, layout: Layout, pool: ThreadPoolExecutor, threads: int) -> tuple[Keys, Any]:
    """Return packed claims, those of neighbouring places together, and where those of which places are."""
    shares = list(itertools.pairwise(np.linspace(0, table.place.size, threads + 1, dtype=np.int64)))
    places = int(table.place.max()) - layout.first_place + 1
    cell_bits = max(0, (places - 1).bit_length() - _CELL_BITS)
    counts = np.zeros((threads, ((places - 1) >> cell_bits) + 1), np.uint32)
    list(pool.map(lambda n: ordering.count(table, *shares[n], layout, cell_bits, counts[n]), range(threads)))
    by_cell = counts.sum(axis=0, dtype=np.int64)
    begins = np.cumsum(by_cell) - by_cell
    _, cells, of_cell = np.unique(begins // _STRETCH, return_index=True, return_inverse=True)
    by_share = np.add.reduceat(counts, cells, axis=1, dtype=np.int64)
    heads = begins[cells] + np.cumsum(by_share, axis=0) - by_share
    stretches = ordering.Stretches(
        cell_bits, of_cell, np.append(cells, by_cell.size), np.append(begins[cells], table.place.size)
    )
    keys = np.empty(table.place.size, np.int64)
    list(pool.map(lambda n: ordering.deal(table, *shares[n], layout, stretches, heads[n], keys), range(threads)))
    return keys, stretches


def _blocks(begins: npt.NDArray[np.int64], most: int) -> list[tuple[int, int]]:
    """Part stretches into some blocks of about as many claims."""
    wanted = np.linspace(0, begins[-1], most + 1, dtype=np.int64)
    return list(itertools.pairwise(np.unique(np.searchsorted(begins, wanted)).tolist()))


def _close_up(column: npt.NDArray[Any], filled: list[tuple[int, int]]) -> None:
    """Move rows of each block to where those of the block before end, and give back the rest of the room."""
    end = 0
    for begin, stop in filled:
        column[end : end + stop - begin] = column[begin:stop]
        end += stop - begin
    column.resize(end, refcheck=False)
