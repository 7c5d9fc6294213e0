"""The walk over a page in machine code, where numba is installed and it pays."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.places.matching.name_columns import cell_shift
from tracker.places.matching.openings import BEHIND_ARTICLE, JOINTS
from tracker.places.matching.overlaps import Finds
from tracker.places.matching.scan import LONGEST_ODD
from tracker.places.names.alphabet import Alphabet
from tracker.places.names.numbers import Numbers, Positions
from tracker.places.names.odd_words import read_odd

__all__ = ["Walker", "machine"]

_BY_FOUR_KINDS = np.array([JOINTS, BEHIND_ARTICLE], np.uint8)
_NO_CELLS = np.empty(0, np.uint64)


@cache
def machine() -> Any | None:
    """Return the loops in machine code; None where numba is not installed, or not one that they were written for."""
    try:
        return importlib.import_module("tracker.places.matching.machine")
    except (ImportError, KeyError):  # no numba, not for this numpy, or with other options
        return None


class Walker:
    """
    Finds names word by word.

    Parameters
    ----------
    loops
        What `machine` returns.
    letters
        What each character is and becomes.
    cells, own
        The hash table, and one that lies over it; see `name_columns`.
    count
        Entries of the lower one.
    """

    def __init__(self, loops: Any, letters: Alphabet, cells: Numbers, own: Numbers = _NO_CELLS, count: int = 0) -> None:
        self._loops = loops
        kinds, folds = letters.tables()
        self._table = kinds.astype(np.uint32) << np.uint32(16) | folds
        self._names = (_locked(cells), cell_shift(cells), _locked(own), cell_shift(own), count, _BY_FOUR_KINDS)

    def finds(self, text: str) -> Finds:
        """Return the names on a page of texts (`page_of`), as `NameTable` finds them."""
        _, found, count = self._walked(text)
        return _columns(found, self._loops.free_of_overlaps(found, count))

    def matches(self, text: str, words: int) -> tuple[Finds, int]:
        """Return all names on a page, those that overlap as well, and where the last words begin, so many of them."""
        letters, found, count = self._walked(text)
        return _columns(found, count), self._loops.last_words(letters, words)

    def _walked(self, text: str) -> tuple[NDArray[np.uint32], Positions, int]:
        """Return the letters of a page, finds, and how many they are."""
        loops, size = self._loops, len(text)
        letters, row = np.empty(size, np.uint32), np.zeros(size, np.int32)
        loops.spell(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), self._table, letters)
        state, gathered = np.zeros(len(loops.STATE), np.int64), np.empty(loops.GATHERED, np.uint64)
        found = np.empty((3, 2 * size), np.int64)
        told = _Told()
        while (start := loops.walk(letters, row, told.rows, self._names, state, found, gathered)) != loops.DONE:
            row[start] = told.add(text, start, int(state[loops.WANTED_END]))
        return letters, found, int(state[loops.FOUND])


def _columns(found: Positions, count: int) -> Finds:
    return Finds(found[0, :count], found[1, :count], found[2, :count])


class _Told:
    """Words that Python read, as rows for `machine.walk`."""

    def __init__(self) -> None:
        self.rows = _NOTHING_TOLD
        self._count = 1  # the first is none

    def add(self, text: str, start: int, end: int) -> int:
        """Read a word; return its row."""
        number, bare, inner = read_odd(text[start:end]) if end - start <= LONGEST_ODD else (0, 0, ())
        row, self._count = self._count, self._count + 1 + len(inner)
        if self._count > len(self.rows):
            rows = np.empty((4 * self._count, self.rows.shape[1]), np.uint64)
            rows[:row] = self.rows[:row]
            self.rows = rows
        self.rows[row] = end, number, bare, len(inner)
        for more, (offset, its_number, its_bare) in enumerate(inner, start=row + 1):
            self.rows[more] = start + offset, end, its_number, its_bare
        return row


_NOTHING_TOLD = np.zeros((1, 4), np.uint64)


def _locked(column: NDArray[Any]) -> NDArray[Any]:
    """Return a column that can't be written to: mapped or made, it is of one type to the compiler."""
    view = column.view()
    view.flags.writeable = False
    return view
