"""Who held which place when, in columns, and how the readings of many days become that."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tracker.states.column_keys import Index, Layout, Whole
from tracker.states.column_reading import bits_of
from tracker.states.column_rows import Block

__all__ = ["HELD", "ONE_OF", "OPEN", "UNKNOWN", "Intervals", "Sheet"]

OPEN = np.iinfo(np.int32).max
HELD, ONE_OF, UNKNOWN = 0, 1, 2
_CHUNK = 1 << 14  # rows written at once, so that what is made of them stays in a core's cache
_KINDS = (np.int32, np.int8, np.int32, np.int32, np.int32, np.int32, np.float32)


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

    @classmethod
    def room(cls, size: int) -> Intervals:
        """Return arrays of this size, not filled."""
        made: list[Any] = [np.empty(size, kind) for kind in _KINDS]
        return cls(*made)


class Sheet:
    """
    Intervals of blocks that are reckoned side by side, written one after the other.

    Parameters
    ----------
    claims
        How many there are: there can't be more intervals.
    blocks
        How many blocks of places.
    """

    def __init__(self, claims: int, blocks: int) -> None:
        self._made = Intervals.room(claims)
        self._filled = self._ended = 0
        self._written = [threading.Event() for _ in range(blocks)]

    def write(self, number: int, block: Block, layout: Layout, readings: Index) -> None:
        """Put days that read the same together, once the block before is written."""
        turns = _turns(block, layout, readings)
        if number:
            self._written[number - 1].wait()
        begin, made = self._filled, self._made
        for start in range(0, readings.size, _CHUNK):
            rows = np.flatnonzero(turns[start : start + _CHUNK])
            rows += start
            self._begin(rows, block, layout)
            # An interval's last day comes before the next one's first; what is said on it is what it says.
            self._end(rows[int(start == 0) :] - 1, layout, readings)
        end = self._filled
        self._end(np.array([readings.size - 1]), layout, readings)
        made.stop[begin : end - 1] = made.start[begin + 1 : end]
        made.stop[end - 1] = OPEN
        made.stop[begin + np.flatnonzero(made.place[begin + 1 : end] != made.place[begin : end - 1])] = OPEN

    def done(self, number: int) -> None:
        """Let the next block be written, even if this one failed."""
        self._written[number].set()

    def finished(self) -> Intervals:
        """Return the intervals, without the room that was not needed."""
        for name in Intervals.__slots__:
            getattr(self._made, name).resize(self._filled, refcheck=False)
        return self._made

    def _begin(self, rows: Index, block: Block, layout: Layout) -> None:
        at = slice(self._filled, self._filled + rows.size)
        here = block.keys.take(rows)
        here >>= layout.day_shift
        start = self._made.start[at]
        start[:] = here & ((1 << layout.day_bits) - 1)
        start += np.int32(layout.first_day)
        here >>= layout.day_bits
        self._made.place[at] = here
        self._filled += rows.size

    def _end(self, rows: Index, layout: Layout, readings: Index) -> None:
        made, at = self._made, slice(self._ended, self._ended + rows.size)
        side = (1 << layout.side_bits + 1) - 1
        said = readings.take(rows)
        made.probability[at] = said.view(np.float64)
        actor, other, status = made.actor[at], made.other[at], made.status[at]
        np.subtract(layout.top_code, said & side, out=actor, casting="unsafe")
        said >>= layout.side_bits + 1
        said &= side
        np.subtract(said, 1, out=other, casting="unsafe")
        np.multiply((actor < 0).view(np.int8), np.int8(UNKNOWN), out=status)
        status += (other >= 0).view(np.int8)
        self._ended = at.stop


def _turns(block: Block, layout: Layout, readings: Index) -> npt.NDArray[np.bool_]:
    """Return where something else is said than before, or of another place."""
    turns = np.empty(readings.size, np.bool_)
    bits = bits_of(layout)
    for start in range(0, readings.size, _CHUNK):
        said = readings[max(start - 1, 0) : start + _CHUNK] & bits
        np.not_equal(said[1:], said[:-1], out=turns[max(start, 1) : start + _CHUNK])
    turns[block.begins] = True
    return turns
