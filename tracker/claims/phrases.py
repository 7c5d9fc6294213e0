"""
Words of a text with their places, and a tree of phrases to look them up in.

A phrase is found on word boundaries, whatever stands between its words (a
space, a hyphen, an apostrophe, a line break), accents aside, and by case: a
short acronym must stand in capitals ("IS" is no "is"), a capital must be there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

__all__ = ["PhraseTree", "Spelling", "WordList", "fold", "lower_words", "word_list"]

T = TypeVar("T")

_WORD = re.compile(r"\w+")
_JOINTS = frozenset(["", "-", "'", "’", "‘", "ʼ", "`", "‐", "‑", "–", "/"])
_LONGEST_JOINT = 6
_ACRONYM = 3  # letters: up to here an acronym may also be a common word


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """
    Return a word in lower case without accents.

    Examples
    --------
    >>> fold("Türkiye")
    'turkiye'
    """
    lower = word.lower()
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFKD", lower)
    return "".join(char for char in parts if not unicodedata.combining(char))


def lower_words(text: str) -> list[str]:
    """Return the words of a text in lower case, in order."""
    return _lower_lately(text) if len(text) < _SHORT else _WORD.findall(text.lower())


_SHORT = 20_000  # characters; of longer texts nothing is kept


@lru_cache(maxsize=4)  # who looks at a text for the first time, and `WordList` behind him
def _lower_lately(text: str) -> list[str]:
    return _WORD.findall(text.lower())


class WordList:
    """
    The words of one text: folded forms and half-open spans.

    Attributes
    ----------
    text
        The text itself.
    lower, folds
        Words in lower case, and folded, in order.
    starts, ends
        Offsets of each word in `text`.
    """

    __slots__ = ("ends", "folds", "lower", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [found.span() for found in _WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.lower = lower_words(text)
        if len(self.lower) != len(spans):  # there are capitals that are two signs in lower case
            self.lower = [text[start:end].lower() for start, end in spans]
        self.folds = self.lower if text.isascii() else [w if w.isascii() else fold(w) for w in self.lower]

    def __len__(self) -> int:
        return len(self.folds)

    def word(self, index: int) -> str:
        """Return one word as written."""
        return self.text[self.starts[index] : self.ends[index]]

    def gap(self, index: int) -> str:
        """Return what stands between this word and the one before."""
        return self.text[self.ends[index - 1] : self.starts[index]]

    def joined(self, index: int) -> bool:
        """Tell whether this word can belong to one phrase with the one before."""
        gap = self.gap(index)
        if gap in (" ", "-"):
            return True
        if len(gap) > _LONGEST_JOINT or gap.count("\n") > 1:
            return False
        bare = gap.strip()
        if bare in _JOINTS:
            return True
        single = self.ends[index - 1] - self.starts[index - 1] == 1
        return single and bare in (".", ".-", ". ")

    def hyphenated(self, index: int) -> bool:
        """Tell whether this word hangs on the one before by a hyphen."""
        return self.gap(index) in ("-", "‐", "‑", "–") or self.gap(index) == ".-"

    def possessive(self, index: int) -> bool:
        """Tell whether this word is the "s" of "'s"."""
        return self.folds[index] == "s" and self.gap(index) in ("'", "’", "ʼ")

    def capitals(self) -> list[int]:
        """Return which words begin with a capital."""
        text = self.text
        return [index for index, start in enumerate(self.starts) if text[start].isupper()]

    def capitalised(self, index: int) -> bool:
        """Tell whether this word begins with a capital."""
        return self.text[self.starts[index]].isupper()

    def shouted(self, index: int) -> bool:
        """Tell whether the neighbours of this word are all in capitals too."""
        near = [self.word(k) for k in (index - 2, index - 1, index + 1, index + 2) if 0 <= k < len(self)]
        near = [word for word in near if len(word) > 1 and word.isalpha()]
        return len(near) > 1 and all(word.isupper() for word in near)


class Spelling(NamedTuple):
    """How the words of a phrase must be written."""

    words: tuple[str, ...]

    def fits(self, words: WordList, first: int) -> bool:
        """
        Tell whether the text writes the phrase as it must be written.

        Of a name of several words, those behind the first capital may stand in lower case
        ("Islamic state", "Al shabaab").
        """
        named = False
        for k, spec in enumerate(self.words):
            capital = words.capitalised(first + k)
            loose = (named or (k > 0 and words.capitalised(first))) and len(spec) > _ACRONYM and not spec.isupper()
            if not (_fits(spec, words, first + k) or loose):
                return False
            named = named or (capital and spec[0].isupper())
        return True


def _fits(spec: str, words: WordList, index: int) -> bool:
    if not spec[0].isupper():
        return True
    word = words.word(index)
    if spec.isupper() and len(spec) > 1:
        if len(spec) > _ACRONYM:
            return word[0].isupper()
        return word.isupper() and not (spec in _COMMON and words.shouted(index))
    return word[0].isupper()


_COMMON = frozenset(["IS", "US", "WHO", "AU", "ISI", "AP", "UN", "NFL"])


def word_list(text: str) -> WordList:
    """Return the words of a text, made once for all who ask for them one after the other."""
    return _words_lately(text) if len(text) < _SHORT else WordList(text)


@lru_cache(maxsize=96)  # the texts of the reports that are parsed in one go, with their titles
def _words_lately(text: str) -> WordList:
    return WordList(text)


class PhraseTree(Generic[T]):
    """Phrases with what they mean, found longest first."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._tree: dict[str, dict[tuple[str, ...], dict[Spelling, list[T]]]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        for phrase, meaning in entries:
            spec = tuple(_WORD.findall(phrase))
            key = tuple(fold(word) for word in spec)
            spellings = self._tree.setdefault(key[0], {}).setdefault(key, {})
            spellings.setdefault(Spelling(spec), []).append(meaning)
        for first, by_key in self._tree.items():
            self._lengths[first] = tuple(sorted({len(key) for key in by_key}, reverse=True))

    def entries(self) -> Iterator[tuple[tuple[str, ...], Spelling, list[T]]]:
        """Yield each phrase as folded words, how it must be written, and its meanings."""
        for by_key in self._tree.values():
            for key, spellings in by_key.items():
                for spelling, meanings in spellings.items():
                    yield key, spelling, meanings

    @property
    def firsts(self) -> frozenset[str]:
        """The folded words that a phrase may begin with."""
        return frozenset(self._tree)

    def longest(self, words: WordList, index: int) -> tuple[int, list[T]] | None:
        """Return the number of words of the longest phrase that starts here, and its meanings."""
        by_key = self._tree.get(words.folds[index])
        if by_key is None:
            return None
        longest = self._lengths[words.folds[index]][0]
        run = 1 if longest == 1 else self._run(words, index, longest)
        for length in self._lengths[words.folds[index]]:
            if length > run:
                continue
            spellings = by_key.get(tuple(words.folds[index : index + length]))
            if spellings is None:
                continue
            meanings = [m for spelling, found in spellings.items() if spelling.fits(words, index) for m in found]
            if meanings:
                return length, meanings
        return None

    @staticmethod
    def _run(words: WordList, index: int, limit: int) -> int:
        """Return how many words from here on hang together, at most `limit`."""
        run = 1
        while run < limit and index + run < len(words) and words.joined(index + run):
            run += 1
        return run
