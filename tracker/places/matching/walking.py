"""The walk over a page in machine code, where numba is installed and it pays."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.places.matching.name_columns import cell_shift
from tracker.places.matching.openings import BEHIND_ARTICLE, JOINTS, PARTICLE_LETTERS
from tracker.places.matching.overlaps import Finds
from tracker.places.matching.scan import LONGEST_ODD
from tracker.places.matching.sheet import SHORT, Few, Sheet, Sight
from tracker.places.names.alphabet import ASCII, Alphabet, Gaps, Kind
from tracker.places.names.folding import JOINED
from tracker.places.names.numbers import Numbers, Positions, letters_view
from tracker.places.names.odd_words import read_odd

__all__ = ["PAGE", "Pace", "Walker", "machine"]

_BY_FOUR_KINDS = np.array([JOINTS, BEHIND_ARTICLE], np.uint8)
_SMALL = 1 << 13  # characters of a page for which room is kept
_NOT_NOTED = np.empty((4, 0), np.int64)
_NO_CELLS = np.empty(0, np.uint64)


@cache
def machine() -> Any | None:
    """Return the loops in machine code; None where numba is not installed, or not one that they were written for."""
    try:
        return importlib.import_module("tracker.places.matching.machine")
    except (ImportError, KeyError):  # no numba, not for this numpy, or with other options
        return None


class Pace:
    """
    Tells when so much was read with arrays that machine code pays.

    That is when it took as long as loading machine code does, or compiling it where none is kept yet.
    """

    def __init__(self) -> None:
        self._left, self._compiles = _LOADING, False

    def pays(self, size: int, page: float) -> bool:
        """Count a page of so many characters, and the seconds any takes; tell, once, that machine code pays."""
        if self._left <= 0:
            return False
        self._left -= page + size * _CHARACTER
        if self._left <= 0 and not self._compiles and not _is_kept():
            self._left, self._compiles = _COMPILING - _LOADING, True
        return self._left <= 0


def _is_kept() -> bool:
    """Return whether an earlier run kept machine code; also where there is none to be had, and no use in waiting."""
    loops = machine()
    if loops is None:
        return True
    folder = loops.walk.stats.cache_path
    return bool(folder) and any(Path(folder).glob(f"*{loops.walk.__name__}*.nbi"))


# Seconds: of loading what is kept, of compiling it, and of a page with arrays and a character of it.
_LOADING, _COMPILING, PAGE, _CHARACTER = 0.5, 6.0, 3e-4, 1.2e-8


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
        self._rooms: list[_Room] = []
        self._table = _letters(loops, *letters.tables())
        below, above = (_locked(cells), cell_shift(cells)), (_locked(own), cell_shift(own))
        self._names = (*below, *above, count, _BY_FOUR_KINDS, PARTICLE_LETTERS)

    def listed(self, text: str, begin: int) -> Iterator[tuple[int, int, int]]:
        """Return the names on a page of few characters, as `finds` does, counted from a position; room is kept."""
        try:
            room = self._rooms.pop()
        except IndexError:  # another thread holds it
            room = _Room(self._loops, _SMALL)
        walked = self._walk_in(room, text, _NOT_NOTED, _NO_CELLS)
        kept = self._loops.free_of_overlaps(walked.found, walked.size, begin)
        starts, ends, entries = walked.found[:, :kept].tolist()
        self._rooms.append(room)
        return zip(starts, ends, entries, strict=True)

    def finds(self, text: str) -> Finds:
        """Return the names on a page of texts (`page_of`), as `NameTable` finds them."""
        walked = self._walk(text, _NOT_NOTED, _NO_CELLS)
        return walked.finds(self._loops.free_of_overlaps(walked.found, walked.size, 0))

    def matches(self, text: str, words: int) -> tuple[Finds, int]:
        """Return all names on a page, those that overlap as well, and where the last words begin, so many of them."""
        walked = self._walk(text, _NOT_NOTED, _NO_CELLS)
        return walked.finds(walked.size), self._loops.last_words(walked.letters, words)

    def sheet(self, text: str, starts: list[int], passed_over: Numbers) -> Sheet:
        """Return what is seen on a page of texts that begin at `starts`, as `NameTable.sheets` does."""
        loops, capitals = self._loops, np.empty((4, len(text)), np.int64)
        walked = self._walk(text, capitals, passed_over)
        marks, count = np.empty((len(loops.MARKS), len(text)), np.int64), np.zeros(len(loops.MARKS), np.int64)
        loops.survey(walked.letters, marks, count)
        seen = [row[:size] for row, size in zip(marks, count.tolist(), strict=True)]
        found = walked.finds(loops.free_of_overlaps(walked.found, walked.size, 0))
        opened, words = walked.state[loops.CAPITALS], walked.state[loops.WORDS]
        listed = list(zip(*(column.tolist() for column in found), strict=True))
        few = None
        if len(text) <= SHORT:
            of_all, of_some = capitals[:2, :opened].tolist(), capitals[2:, :words].tolist()
            few = Few(list(zip(*of_all, strict=True)), sorted(zip(*of_some, strict=True)))

        def look() -> Sight:
            return Sight(
                capitals=(capitals[0, :opened], capitals[1, :opened]),
                words=(capitals[2, :words], capitals[3, :words]),
                gaps=Gaps(seen[loops.WHITE], seen[loops.BREAKS], seen[loops.BEGUN]),
                kinds=(walked.letters >> loops.KIND).astype(np.uint8) & np.uint8(15),
                heads=letters_view(walked.letters.astype(np.uint16)),
            )

        return Sheet(text, starts, listed, seen[loops.ARTICLES].tolist(), look, few)

    def _walk(self, text: str, capitals: Positions, passed_over: Numbers) -> _Walked:
        return self._walk_in(_Room(self._loops, len(text)), text, capitals, passed_over)

    def _walk_in(self, room: _Room, text: str, capitals: Positions, passed_over: Numbers) -> _Walked:
        loops, size, told = self._loops, len(text), _Told()
        letters, row, state = room.letters[:size], room.row[:size], room.state
        loops.spell(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), self._table, letters)
        state.fill(0)
        given = self._names, state, room.found, room.gathered, capitals, passed_over
        while (start := loops.walk(letters, row, told.rows, *given)) != loops.DONE:
            row[start] = told.add(text, start, int(state[loops.WANTED_END]))
        for start in told.starts:
            row[start] = 0
        return _Walked(letters, room.found, state, int(state[loops.FOUND]))


class _Room:
    """Arrays for a page of so many characters; see `machine.walk`."""

    def __init__(self, loops: Any, size: int) -> None:
        self.letters, self.row = np.empty(size, np.uint32), np.zeros(size, np.int32)
        self.state, self.gathered = np.empty(len(loops.STATE), np.int64), np.empty(loops.GATHERED, np.uint64)
        self.found = np.empty((3, 2 * size), np.int64)


def _letters(
    loops: Any, kinds: NDArray[np.uint8], folds: NDArray[np.uint16], white: NDArray[np.uint8]
) -> NDArray[np.uint32]:
    """Return by code point all that the walk asks about a character."""
    table: NDArray[np.uint32] = (
        kinds.astype(np.uint32) << loops.KIND | folds | white.astype(np.uint32) << loops.WHITENESS
    )
    joining = np.isin(folds, [ord(letter) for letter in JOINED]) & (kinds >= Kind.LOWER)
    table[ASCII:] |= loops.BEYOND_ASCII
    table[joining] |= loops.JOINING
    table[joining | (kinds >= Kind.ODD_OPENING) | (kinds == Kind.APOSTROPHE)] |= loops.TELLING
    return table


class _Walked(NamedTuple):
    """Letters, finds and the end of a walk, and how many finds there are (`size`)."""

    letters: NDArray[np.uint32]
    found: Positions
    state: Positions
    size: int

    def finds(self, count: int) -> Finds:
        """Return the first finds."""
        return Finds(self.found[0, :count], self.found[1, :count], self.found[2, :count])


class _Told:
    """Words that Python read, as rows for `machine.walk`, and where these begin."""

    def __init__(self) -> None:
        self.rows = _NOTHING_TOLD
        self.starts: list[int] = []
        self._count = 1  # the first is none

    def add(self, text: str, start: int, end: int) -> int:
        """Read a word; return its row."""
        number, bare, inner = read_odd(text[start:end]) if end - start <= LONGEST_ODD else (0, 0, ())
        row, self._count = self._count, self._count + 1 + len(inner)
        self.starts.append(start)
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
