"""A table of names that lies over another: a user's own places over the shipped ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.places.matching.matcher import NameTable
from tracker.places.matching.walking import Walker
from tracker.places.names.numbers import Numbers, Positions

__all__ = ["OverlaidTable"]


class OverlaidTable(NameTable):
    """
    A table with the names of another over it; the entries of the other stand behind its own.

    Examples
    --------
    >>> table = OverlaidTable(NameTable.build([("Homs", 1)]), NameTable.build([("Homs", 7), ("Homs Camp", 8)]))
    >>> [table.ordinals(found.entry) for found in table.find("Homs, Homs Camp")]
    [(1, 7), (8,)]
    """

    def __init__(self, base: NameTable, own: NameTable) -> None:
        self._base, self._own = base, own
        self.letters = base.letters
        self._rest()

    def __len__(self) -> int:
        return len(self._base) + len(self._own)

    def key(self, entry: int) -> str:
        """Return the exact key of an entry."""
        count = len(self._base)
        return self._base.key(entry) if entry < count else self._own.key(entry - count)

    def ordinals(self, entry: int) -> tuple[int, ...]:
        """Return the ordinals of the places that bear the name of an entry in either table, in ascending order."""
        if entry < len(self._base):
            return self._base.ordinals(entry)
        own = self._own.ordinals(entry - len(self._base))
        below = self._base.entry(self.key(entry))
        return own if below is None else tuple(sorted({*own, *self._base.ordinals(below)}))

    def bearers(self, entries: Sequence[int]) -> tuple[Positions, Positions]:
        """Return what `ordinals` does of many entries; see `NameTable.bearers`."""
        listed = [self.ordinals(entry) for entry in entries]
        owners = np.repeat(np.arange(len(listed)), [len(ordinals) for ordinals in listed])
        return owners, np.array([ordinal for ordinals in listed for ordinal in ordinals], np.int64)

    def value(self, number: int) -> int:
        """Return what the own table says of the number of a name, or else the other; see `NameTable.value`."""
        below, above = self._base.value(number), self._own.value(number)
        entry = (above >> 1) + len(self._base) if above > 1 else below >> 1
        return entry << 1 | ((below | above) & 1)

    def _walker_by(self, loops: Any) -> Walker:
        return Walker(loops, self.letters, self._base._cells, self._own._cells, len(self._base))  # noqa: SLF001

    def _look_up(self, numbers: Numbers) -> NDArray[np.int64]:
        """Return what the own table says of a number, or else the other; longer names may go on in either."""
        below, above = self._base._look_up(numbers), self._own._look_up(numbers)  # noqa: SLF001
        entries = np.where(above > 1, (above >> 1) + len(self._base), below >> 1)
        values: NDArray[np.int64] = entries << 1 | ((below | above) & 1)
        return values
