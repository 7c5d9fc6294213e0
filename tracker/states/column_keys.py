"""Claims in columns, packed into one whole number each that sorts by place, day and side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.errors import UsageError

__all__ = ["Keys", "Layout", "Table", "Whole", "layout_of", "pack"]

Keys = npt.NDArray[np.int64]
Whole = npt.NDArray[np.int32]

_DOUBT_BITS = (8, 24)  # at least and at most: a float32 has no more
_MOST_SIDES = 1 << 15
_HIGHEST = 0.99  # as `tracker.states.evidence.ACCEPTED`
_CHUNK = 1 << 15  # rows packed at once: what is made of them stays in a core's cache


class Table(NamedTuple):
    """Claims, one a row; see `tracker.states.columnar.fuse_columns`."""

    place: Whole
    day: Whole
    actor: Whole
    weight: npt.NDArray[np.float32]
    event: npt.NDArray[np.bool_] | None

    def rows(self, rows: slice) -> Table:
        """Return some of the claims."""
        return Table(*(None if column is None else column[rows] for column in self))  # type: ignore[arg-type]


class Layout(NamedTuple):
    """
    Bits of one claim, highest first: place, day, side, whether it tells how things stand, doubt.

    Attributes
    ----------
    first_day
        The day that is written as 0.
    day_bits, side_bits, doubt_bits
        Doubt is one less the weight, as a share of the greatest number that fits.
    place_shift, day_shift, side_shift
        How far each stands from the right.
    """

    first_day: int
    day_bits: int
    side_bits: int
    doubt_bits: int
    place_shift: int
    day_shift: int
    side_shift: int


def layout_of(table: Table) -> Layout:
    """
    Return how claims fit into 63 bits.

    Raises
    ------
    UsageError
        If they don't.
    """
    for name, column in (("place", table.place), ("day", table.day), ("actor", table.actor)):
        if int(column.min()) < 0:
            raise UsageError(f"a {name} is negative")
    first, last, sides = int(table.day.min()), int(table.day.max()), int(table.actor.max()) + 1
    if sides > _MOST_SIDES:
        raise UsageError(f"an actor is not between 0 and {_MOST_SIDES - 1}")
    day_bits, side_bits = max(1, (last - first).bit_length()), max(1, (sides - 1).bit_length())
    left = 63 - int(table.place.max()).bit_length() - day_bits - side_bits - 1
    if left < _DOUBT_BITS[0]:
        raise UsageError("places, days and actors are too many to be fused at once. Fuse fewer places.")
    doubt_bits = min(left, _DOUBT_BITS[1])
    side_shift = doubt_bits + 1
    day_shift = side_shift + side_bits
    return Layout(first, day_bits, side_bits, doubt_bits, day_shift + day_bits, day_shift, side_shift)


def pack(layout: Layout, table: Table, keys: Keys) -> None:
    """Write each claim as one number."""
    for start in range(0, keys.size, _CHUNK):
        rows = slice(start, start + _CHUNK)
        _pack(layout, table.rows(rows), keys[rows])


def _pack(layout: Layout, table: Table, keys: Keys) -> None:
    top = np.float32((1 << layout.doubt_bits) - 1)
    day = table.day - np.int32(layout.first_day)
    np.copyto(keys, table.place)
    if layout.day_bits + layout.side_bits < 32:
        day <<= np.int32(layout.side_bits)
        day |= table.actor
        keys <<= layout.day_bits + layout.side_bits
        keys |= day
    else:
        keys <<= layout.day_bits
        keys |= day
        keys <<= layout.side_bits
        keys |= table.actor
    keys <<= layout.side_shift
    weight = np.clip(table.weight, np.float32(0.0), np.float32(_HIGHEST))
    weight *= top
    np.rint(weight, out=weight)
    np.subtract(top, weight, out=weight)
    low = weight.astype(np.int32)
    if table.event is not None:
        low |= (~table.event).astype(np.int32) << np.int32(layout.doubt_bits)
    keys |= low
