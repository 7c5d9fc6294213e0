"""The facts of all candidates that were looked up, one below the other, from where they are gathered at a stroke."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tracker.places.ranking.facts import FIXED, Facts, Floats, Rows

if TYPE_CHECKING:
    from tracker.places.ranking.candidates import Candidates

__all__ = ["FactStore"]

_FIRST_ROOM = 1 << 12


class FactStore:
    """
    Columns that grow; see `Facts` for what they hold.

    Attributes
    ----------
    size
        Rows that are held.
    """

    def __init__(self) -> None:
        self.size = 0
        self.columns = _room(_FIRST_ROOM)

    def add(self, facts: Facts) -> int:
        """Take facts in; return the row of the first."""
        first, size = self.size, self.size + len(facts.ordinal)
        if size > len(self.columns.ordinal):
            grown = _room(max(size, 2 * len(self.columns.ordinal)))
            for new, old in zip(grown, self.columns, strict=True):
                new[:first] = old[:first]
            self.columns = grown
        for column, more in zip(self.columns, facts, strict=True):
            column[first:size] = more
        self.size = size
        return first

    def firsts(self, listed: Sequence[Candidates]) -> tuple[Rows, Rows]:
        """Return where the candidates of several names begin, and how many each has."""
        for candidates in listed:
            if candidates.store is not self:
                candidates.move(self)
        count = np.array([len(candidates.features) for candidates in listed], np.int64)
        return np.array([candidates.first for candidates in listed], np.int64), count


def _room(size: int) -> Facts:
    numbers: Iterable[Rows] = (np.empty(size, np.int64) for _ in range(4))
    name, ordinal, country, area = numbers
    points: Floats = np.empty((size, 3))
    return Facts(name, ordinal, points, np.empty((size, len(FIXED))), country, area)
