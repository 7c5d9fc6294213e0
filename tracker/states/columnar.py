"""
The filter of `tracker.states.belief` over tens of millions of claims at once.

For claims that say who took or holds a whole place on a day, each told by a report
and a source of its own. They are packed into numbers (`column_keys`), sorted, and
cut into blocks of places; the k-th claim of every place of a block is taken in at
once (`column_rows`, `column_steps`, `column_crowds`), what is believed then is read
(`column_reading`), and days that read the same are put together
(`column_intervals`). What the columns can't say (losses, clashes, sieges, parts,
shares, copies, uncertain dates) is for `tracker.states.fuse`.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt

from tracker.errors import UsageError
from tracker.states.column_intervals import HELD, ONE_OF, OPEN, UNKNOWN, Intervals, Sheet
from tracker.states.column_keys import Index, Keys, Layout, Real, Table, Whole, layout_of, pack
from tracker.states.column_rows import ROUNDS, Block, block_of
from tracker.states.column_steps import believed

__all__ = ["HELD", "ONE_OF", "OPEN", "UNKNOWN", "Intervals", "fuse_columns", "holders_at"]

_BLOCK = 1 << 13  # places at once: what is kept of them stays in a core's cache, or near it
_MOST_ODDS = 1 << 22  # odds kept at once, 32 MB, when the sides are many
_ROWS = 3 << 19  # claims at once, more or less
_LEAST_BLOCK = 256
_CHUNK = 1 << 20  # rows packed by a worker at once
_WORKERS = 2


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
    table = Table(place, day, actor, weight, event)
    layout = layout_of(table)
    padded = np.zeros(place.size + ROUNDS, np.int64)
    keys = padded[: place.size]
    lives = np.asarray(half_life, np.float64)

    def packing(start: int) -> None:
        rows = slice(start, start + _CHUNK)
        pack(layout, table.rows(rows), keys[rows])

    with ThreadPoolExecutor(_WORKERS) as pool:
        list(pool.map(packing, range(0, keys.size, _CHUNK)))
        middle = keys.size // 2
        keys.partition(middle)  # so that both halves can be sorted at the same time
        list(pool.map(np.ndarray.sort, (keys[:middle], keys[middle:])))
        blocks = _blocks(keys, layout)
        sheet = Sheet(keys.size, len(blocks))

        def fusing(number: int) -> None:
            try:
                rows = blocks[number]
                with np.errstate(all="ignore"):  # what is reckoned beyond the end of a place is not read
                    _fuse(padded[rows.start : rows.stop + ROUNDS], layout, lives, partial(sheet.write, number))
            finally:
                sheet.done(number)

        list(pool.map(fusing, range(len(blocks))))
    return sheet.finished()


def holders_at(intervals: Intervals, on: dt.date) -> tuple[Whole, Whole]:
    """Return the places that somebody holds on a day, and who that is."""
    day = on.toordinal()
    now = (intervals.start <= day) & (day < intervals.stop) & (intervals.status == HELD)
    return intervals.place[now], intervals.actor[now]


def _blocks(keys: Keys, layout: Layout) -> list[slice]:
    """Cut sorted claims where places begin, some thousand places a block."""
    first, last = int(keys[0]) >> layout.place_shift, int(keys[-1]) >> layout.place_shift
    places = last - first + 1
    evenly = max(_LEAST_BLOCK, _ROWS * places // keys.size)
    most = max(1, min(evenly, _BLOCK, _MOST_ODDS >> layout.side_bits))
    # As many for each worker; few places are one block, since a round of one costs as much as one of hundreds.
    blocks = -(-places // (most * _WORKERS)) * _WORKERS if places > _LEAST_BLOCK else -(-places // most)
    step = -(-places // blocks)
    bounds = np.arange(first + step, last + 1, step, dtype=np.int64) << layout.place_shift
    cuts = [0, *np.searchsorted(keys, bounds).tolist(), keys.size]
    return [slice(a, b) for a, b in itertools.pairwise(cuts) if a < b]


def _fuse(padded: Keys, layout: Layout, half_life: Real, write: Callable[[Block, Layout, Index], None]) -> None:
    """Take in all claims of some places, and write down what is said of them."""
    block = block_of(padded, layout)
    places = block.keys[block.start] >> layout.place_shift
    lives = half_life[places] if half_life.ndim else np.full(places.size, half_life)
    write(block, layout, believed(block, layout, lives))
