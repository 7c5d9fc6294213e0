"""The regular expressions that the words of short texts are read with, made of what characters are."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tracker.places.names.alphabet import Kind

__all__ = ["Patterns", "patterns_of"]

# Latin, Greek, Cyrillic and signs; of these, what becomes one letter or none
_SCOPE = ((0, 0x24F), (0x2B0, 0x2FF), (0x370, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x20CF))


class Patterns:
    """The regular expressions that words are read with, made of what characters are and become; see `Alphabet`."""

    def __init__(self, kinds: NDArray[np.uint8], folds: NDArray[np.uint16]) -> None:
        def listed(*wanted: int) -> str:
            return _listed(np.isin(kinds, wanted))

        inside = f"[{listed(Kind.LOWER, Kind.CAPITAL, Kind.CASELESS)}]"
        lower, opening = f"[{listed(Kind.LOWER)}]", f"[{listed(Kind.CAPITAL, Kind.CASELESS)}]"
        apostrophe, hyphen, space = (f"[{listed(kind)}]" for kind in (Kind.APOSTROPHE, Kind.HYPHEN, Kind.SPACE))
        joint = rf"(?:{space}{{1,2}}|{space}?{hyphen}{space}?|{space}?\r?\n)"
        short = rf"(?:{joint}|\.{space}?)"
        rest = f"{inside}*(?:{apostrophe}{inside}+)*"
        word = f"({inside}+(?:{apostrophe}{inside}+)*)"
        apart = f"(?<!{inside}.)(?<!{inside}{apostrophe}.)"
        known = [kind for kind in range(Kind.CAPITAL + 1) if kind not in {Kind.ODD, Kind.ODD_OPENING, Kind.SPACELESS}]
        self._beyond = re.compile(f"[^{listed(*known)}]").search
        self._words = re.compile(f"{opening}{apart}{rest}(?=((?:{short}{apostrophe}?{word})?))", re.DOTALL)
        self.after = re.compile(f"{joint}{apostrophe}?{word}").match
        self.after_short = re.compile(f"{short}{apostrophe}?{word}").match
        self._run = re.compile(f"{inside}*").match
        self.capitals = re.compile(f"[{listed(Kind.CAPITAL)}]*").fullmatch
        gap = f"(?:{space}{{1,2}}|{space}?{hyphen}|{hyphen}{space}){apostrophe}?"
        self.article = re.compile(
            f"(?<!{inside})(?<!{inside}{apostrophe})({lower}{inside}{{0,2}}{lower}){gap}\\Z"
        ).search
        marks = [chr(code) for code in np.flatnonzero(kinds == Kind.APOSTROPHE).tolist()]
        self._elided = {  # each by itself: what begins with one character is looked for four times as fast
            mark: re.compile(f"{re.escape(mark)}(?={opening})(?<={inside}.)", re.DOTALL).finditer for mark in marks
        }
        self.inside = re.compile(f"{inside}|(?<={inside}){apostrophe}(?={inside})").match
        self._word = re.compile(f"({opening})?{rest}").match
        parting, vowel = f"[{listed(Kind.SPACE, Kind.HYPHEN)}]", _listed(np.isin(folds, [ord("a"), ord("e")]))
        capital = f"[{listed(Kind.ODD_OPENING, Kind.CASELESS, Kind.SPACELESS, Kind.CAPITAL)}]"
        self._articles = re.compile(
            f"{parting}(?=[{vowel}].(?:{parting}|.{parting}))(?=.{{3,5}}{capital})", re.DOTALL
        ).finditer

    def words_of(self, text: str) -> re.Pattern[str] | None:
        """Return what finds the words that a name may begin with; None for a text that is not read here."""
        beyond = "_" in text if text.isascii() else self._beyond(text)
        return None if beyond else self._words

    def run(self, word: str) -> int:
        """Return how many letters a word begins with."""
        found = self._run(word)
        return 0 if found is None else found.end()

    def word(self, text: str, start: int) -> tuple[str, bool]:
        """Return the word that begins at a position, and whether it does with a capital."""
        found = self._word(text, start)
        return ("", False) if found is None else (found[0], found[1] is not None)

    def articles(self, text: str) -> list[int]:
        """Return where, between a word and a capital, an Arabic article may stand; see `scan.articles_of`."""
        return [found.start() for found in self._articles(text)]

    def elided(self, text: str) -> list[int]:
        """Return where apostrophes stand in words before a letter that a name may begin with."""
        return sorted([seen.start() for mark, find in self._elided.items() if mark in text for seen in find(text)])


@cache
def patterns_of(kinds: bytes, folds: bytes) -> Patterns:
    """Return the regular expressions by kinds and folds of characters; making them takes a hundredth of a second."""
    return Patterns(np.frombuffer(kinds, np.uint8), np.frombuffer(folds, np.uint16))


def _listed(wanted: NDArray[np.bool_]) -> str:
    """Return the characters in scope that are wanted, as ranges of a regular expression."""
    return "".join([_ranges(wanted, first, last) for first, last in _SCOPE])


def _ranges(wanted: NDArray[np.bool_], first: int, last: int) -> str:
    """Return the wanted characters between two code points, as ranges of a regular expression."""
    edges = np.flatnonzero(np.diff(wanted[first : last + 1], prepend=False, append=False)) + first
    return "".join([_range(begin, end - 1) for begin, end in edges.reshape(-1, 2).tolist()])


def _range(first: int, last: int) -> str:
    return f"{re.escape(chr(first))}-{re.escape(chr(last))}"
