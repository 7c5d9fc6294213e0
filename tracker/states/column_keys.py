"""Claims in columns, packed into one whole number each that sorts by place, day and side."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.errors import UsageError

__all__ = ["HIGHEST", "Keys", "Layout", "Table", "Whole", "layout_of"]

Keys = npt.NDArray[np.int64]
Whole = npt.NDArray[np.int32]

_LARGEST = int(np.iinfo(np.int32).max)
_DOUBT_BITS = (8, 24)  # at least and at most: a float32 has no more
_MOST_SIDES = 1 << 15
HIGHEST = 0.99  # as `tracker.states.evidence.ACCEPTED`


class Table(NamedTuple):
    """Claims, one a row; see `tracker.states.columnar.fuse_columns`. An empty `event`: all tell of changes."""

    place: Whole
    day: Whole
    actor: Whole
    weight: npt.NDArray[np.float32]
    event: npt.NDArray[np.bool_]

    def as_kept(self) -> Table:
        """Return the same as machine code takes them: each number of its own size, one beside the other."""
        kinds = (np.int32, np.int32, np.int32, np.float32, np.bool_)
        columns: list[Any] = [np.ascontiguousarray(column, kind) for column, kind in zip(self, kinds, strict=True)]
        return Table(*columns)


class Layout(NamedTuple):
    """
    Bits of one claim, highest first: place, day, side, whether it tells how things stand, doubt.

    Attributes
    ----------
    first_place
        The least place; places are written as they are.
    first_day
        The day that is written as 0.
    day_bits, side_bits, doubt_bits
        Doubt is one less the weight, as a share of the greatest number that fits.
    place_shift, day_shift, side_shift
        How far each stands from the right.
    """

    first_place: int
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
        If they don't, or one is no claim at all.
    """
    first_place, last_place = _range("place", table.place)
    first, last = _range("day", table.day)
    sides = _range("actor", table.actor)[1] + 1
    if sides > _MOST_SIDES:
        raise UsageError(f"an actor is not between 0 and {_MOST_SIDES - 1}")
    if np.isnan(table.weight.min()):
        raise UsageError("a weight is not a number")
    day_bits, side_bits = max(1, (last - first).bit_length()), max(1, (sides - 1).bit_length())
    left = 63 - last_place.bit_length() - day_bits - side_bits - 1
    if left < _DOUBT_BITS[0]:
        raise UsageError("places, days and actors are too many to be fused at once. Fuse fewer places.")
    doubt_bits = min(left, _DOUBT_BITS[1])
    side_shift = doubt_bits + 1
    day_shift = side_shift + side_bits
    place_shift = day_shift + day_bits
    return Layout(first_place, first, day_bits, side_bits, doubt_bits, place_shift, day_shift, side_shift)


def _range(name: str, column: Whole) -> tuple[int, int]:
    low, high = int(column.min()), int(column.max())
    if low < 0:
        raise UsageError(f"a {name} is negative")
    if high > _LARGEST:
        raise UsageError(f"a {name} is above {_LARGEST}")
    return low, high
