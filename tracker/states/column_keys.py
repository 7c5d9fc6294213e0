"""Claims in columns, packed into one 64-bit number each that sorts by place and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.errors import UsageError

__all__ = ["Layout", "Table", "layout_of", "packed"]

Keys = npt.NDArray[np.uint64]
Whole = npt.NDArray[np.int32]
Index = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]

_WEIGHT_BITS = (8, 24)  # at least and at most: a float32 has no more
_MOST_SIDES = 1 << 15
_HIGHEST = 0.99  # as `tracker.states.evidence.ACCEPTED`


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


@dataclass(frozen=True, slots=True)
class Layout:
    """Bits of one claim: place, day, actor, whether it is no event, weight; the weight lowest."""

    first_day: int
    sides: int
    day_bits: int
    actor_bits: int
    weight_bits: int

    @property
    def day_shift(self) -> int:
        """How far the day stands from the right."""
        return self.actor_bits + 1 + self.weight_bits

    def place(self, keys: Keys) -> Whole:
        """Return the places of some claims."""
        return (keys >> np.uint64(self.day_bits + self.day_shift)).astype(np.int32)

    def day(self, keys: Keys) -> Whole:
        """Return their days, as counted by `datetime.date.toordinal`."""
        found = (keys >> np.uint64(self.day_shift)) & np.uint64((1 << self.day_bits) - 1)
        return found.astype(np.int32) + np.int32(self.first_day)

    def actor(self, keys: Keys) -> Index:
        """Return their sides."""
        return ((keys >> np.uint64(1 + self.weight_bits)) & np.uint64((1 << self.actor_bits) - 1)).astype(np.int64)

    def weight(self, keys: Keys) -> Real:
        """Return their weights."""
        top = (1 << self.weight_bits) - 1
        return (keys & np.uint64(top)).astype(np.float64) * (1.0 / top)

    def stands(self, keys: Keys) -> npt.NDArray[np.bool_]:
        """Return which of them tell how things stand, not of a change."""
        found: npt.NDArray[np.bool_] = (keys & np.uint64(1 << self.weight_bits)) != 0
        return found


def layout_of(place: Whole, day: Whole, actor: Whole) -> Layout:
    """
    Return how claims fit into 64 bits.

    Raises
    ------
    UsageError
        If they don't.
    """
    for name, column in (("place", place), ("day", day), ("actor", actor)):
        if int(column.min()) < 0:
            raise UsageError(f"a {name} is negative")
    first, last, sides = int(day.min()), int(day.max()), int(actor.max()) + 1
    if sides > _MOST_SIDES:
        raise UsageError(f"an actor is not between 0 and {_MOST_SIDES - 1}")
    day_bits, actor_bits = max(1, (last - first).bit_length()), max(1, (sides - 1).bit_length())
    left = 64 - int(place.max()).bit_length() - day_bits - actor_bits - 1
    if left < _WEIGHT_BITS[0]:
        raise UsageError("places, days and actors are too many to be fused at once. Fuse fewer places.")
    return Layout(first, sides, day_bits, actor_bits, min(left, _WEIGHT_BITS[1]))


def packed(layout: Layout, table: Table) -> Keys:
    """Return each claim as one number that sorts by place and day."""
    top = (1 << layout.weight_bits) - 1
    keys: Keys = table.place.astype(np.uint64)
    keys <<= np.uint64(layout.day_bits)
    keys |= (table.day - np.int32(layout.first_day)).view(np.uint32)
    keys <<= np.uint64(layout.actor_bits)
    keys |= table.actor.view(np.uint32)
    keys <<= np.uint64(1 + layout.weight_bits)
    scaled = np.clip(table.weight, 0.0, _HIGHEST) * np.float32(top)
    keys |= np.rint(scaled, out=scaled).astype(np.uint32)
    if table.event is not None:
        keys |= (~table.event).astype(np.uint64) << np.uint64(layout.weight_bits)
    return keys
