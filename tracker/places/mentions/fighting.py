"""Which texts tell of fighting."""

from __future__ import annotations

import numpy as np

from tracker.places.lexicon import Lexicon
from tracker.places.matching.sheet import Sheet
from tracker.places.names.alphabet import Alphabet
from tracker.places.names.numbers import Numbers, letters_view

__all__ = ["Fighting"]

_PAGE = 20_000  # characters that tell what a report is about
_WAR_WORDS = 2  # different words of fighting that make a report one of war
_SHIFT, _PLACES = np.uint64(48), 1 << 16
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio
_HEAD = 4  # letters by which a word is looked up first; none of fighting has fewer


class Fighting:
    """
    Tells texts of fighting from others, by the words that they use.

    Examples
    --------
    >>> from tracker.places.lexicon import lexicon
    >>> from tracker.places.names.alphabet import alphabet
    >>> fighting = Fighting(lexicon(), alphabet())
    >>> fighting.told_in("The army shelled the town."), fighting.told_in("The army marched."),
    (True, False)
    """

    def __init__(self, words: Lexicon, letters: Alphabet) -> None:
        self._words = words.war
        room = "\0" * _HEAD
        heads = [letters_view(letters.of(word + room)[1])[0] for word in sorted(words.war)]
        self._heads = np.zeros(_PLACES, bool)
        self._heads[_places(np.array(heads, np.uint64))] = True

    def told_in(self, text: str) -> bool:
        """Return whether the first page of a text tells of fighting."""
        return len(self._words.intersection(text[:_PAGE].lower().split())) >= _WAR_WORDS

    def told_on(self, sheet: Sheet) -> list[bool]:
        """Return of each text on a page whether its first page tells of fighting."""
        text, (white, _, begun), starts = sheet.text, sheet.sight.gaps, np.array(sheet.starts)
        start = begun[self._heads[_places(sheet.sight.heads[begun])]]
        end = white[white.searchsorted(start)]
        owner = starts.searchsorted(start, side="right") - 1
        said: list[set[str]] = [set() for _ in sheet.starts]
        for number, first, last in zip(owner.tolist(), start.tolist(), end.tolist(), strict=True):
            word = text[first:last].lower()
            if word in self._words:
                said[number].add(word)
        told = [len(words) >= _WAR_WORDS for words in said[:-1]]
        for number in (np.diff(starts) > _PAGE).nonzero()[0].tolist():
            told[number] = self.told_in(text[starts[number] : starts[number + 1] - 1])
        return told


def _places(heads: Numbers) -> Numbers:
    return heads * _SPREAD >> _SHIFT
