"""
Words of a text with their places, and a tree of phrases to look them up in.

A phrase is found on word boundaries, whatever stands between its words (a
space, a hyphen, an apostrophe, a line break), accents aside, and by case: a
short acronym must stand in capitals ("IS" is no "is"), a capital must be there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["PhraseTree", "Spelling", "WordList", "fold", "lower_words", "word_list"]

T = TypeVar("T")

_WORD = re.compile(r"\w+")
_JOINTS = frozenset(["", "-", "'", "’", "‘", "ʼ", "`", "‐", "‑", "–", "/"])
_PLANE = 0x10000  # code points that are told apart by a table
_LONGEST_JOINT = 6
# Of ASCII characters: whether each stands in words, and what it becomes in lower case, a space where it parts words.
_INSIDE = bytes(chr(code).isalnum() or chr(code) == "_" for code in range(128)) + bytes(128)
_LOWER = bytes(ord(chr(code).lower()) if _INSIDE[code] else 32 for code in range(256))
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
    return _lower_lately(text) if len(text) < _SHORT else _lower(text)


_SHORT = 20_000  # characters; of longer texts nothing is kept


@lru_cache(maxsize=4)  # who looks at a text for the first time, and `WordList` behind him
def _lower_lately(text: str) -> list[str]:
    return _lower(text)


def _lower(text: str) -> list[str]:
    if text.isascii():
        return text.encode("ascii").translate(_LOWER).decode("ascii").split()
    return _WORD.findall(text.lower())


def _spans(text: str) -> tuple[list[int], list[int], list[bool]]:
    """Return start and end of each word, and whether it begins with a capital: told for all characters at once."""
    inside = np.zeros(len(text) + 2, bool)
    codes: npt.NDArray[np.unsignedinteger]
    if text.isascii():
        written = text.encode("ascii")
        codes = np.frombuffer(written, np.uint8)
        inside[1:-1] = np.frombuffer(written.translate(_INSIDE), bool)
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        inside[1:-1] = _word_characters().take(np.minimum(codes, _PLANE))
        for at in (codes >= _PLANE).nonzero()[0].tolist():
            inside[at + 1] = text[at].isalnum()
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    first = codes[edges[::2]].astype(np.int64)
    capital = _capitals().take(np.minimum(first, _PLANE))
    for k in (first >= _PLANE).nonzero()[0].tolist():
        capital[k] = chr(first[k]).isupper()
    return edges[::2].tolist(), edges[1::2].tolist(), capital.tolist()


@cache
def _capitals() -> npt.NDArray[np.bool_]:
    """Return which code points of the first plane are capitals."""
    return np.array([*(chr(code).isupper() for code in range(_PLANE)), False])


@cache
def _word_characters() -> npt.NDArray[np.bool_]:
    """Return which code points of the first plane stand in words."""
    inside = np.zeros(_PLANE + 1, bool)
    for found in _WORD.finditer("".join(map(chr, range(_PLANE)))):
        inside[slice(*found.span())] = True
    return inside


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
    capital
        Whether each word begins with a capital.
    """

    __slots__ = ("capital", "ends", "folds", "lower", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts, self.ends, self.capital = _spans(text)
        self.lower = lower_words(text)
        if len(self.lower) != len(self.starts):  # there are capitals that are two signs in lower case
            self.lower = [text[start:end].lower() for start, end in zip(self.starts, self.ends, strict=True)]
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
        if bare and gap[0].isspace() and gap[-1].isspace():
            return False  # "KYIV - Ukraine's army"
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
        return [index for index, capital in enumerate(self.capital) if capital]

    def capitalised(self, index: int) -> bool:
        """Tell whether this word begins with a capital."""
        return self.capital[index]

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
        if len(self.words) == 1:
            return _fits(self.words[0], words, first)
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


class _Phrase(NamedTuple, Generic[T]):
    """A phrase by its folded words: what it means in each spelling, and wherever it stands if none has a capital."""

    spellings: dict[Spelling, list[T]]
    anyhow: list[T]


class _Opening(NamedTuple, Generic[T]):
    """What phrases with one first word share, and these."""

    capital: bool  # whether it has a capital
    seconds: frozenset[str] | None  # their second words, None where it is a phrase alone
    lengths: tuple[int, ...]  # in words, the longest first
    phrases: dict[tuple[str, ...], _Phrase[T]]


class PhraseTree(Generic[T]):
    """Phrases with what they mean, found longest first."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        tree: dict[str, dict[tuple[str, ...], dict[Spelling, list[T]]]] = {}
        for phrase, meaning in entries:
            spec = tuple(_WORD.findall(phrase))
            key = tuple(fold(word) for word in spec)
            spellings = tree.setdefault(key[0], {}).setdefault(key, {})
            spellings.setdefault(Spelling(spec), []).append(meaning)
        self._openings = {first: _opening(first, by_key) for first, by_key in tree.items()}

    def entries(self) -> Iterator[tuple[tuple[str, ...], Spelling, list[T]]]:
        """Yield each phrase as folded words, how it must be written, and its meanings."""
        for opening in self._openings.values():
            for key, phrase in opening.phrases.items():
                for spelling, meanings in phrase.spellings.items():
                    yield key, spelling, meanings

    @property
    def firsts(self) -> frozenset[str]:
        """The folded words that a phrase may begin with."""
        return frozenset(self._openings)

    def may_begin(self, words: WordList, index: int) -> bool:
        """Return whether a phrase may start here, by its first capital and its second word; a no is sure."""
        opening = self._openings.get(words.folds[index])
        if opening is None or (opening.capital and not words.capital[index]):
            return False
        seconds, beyond = opening.seconds, index + 1
        return seconds is None or (beyond < len(words.folds) and words.folds[beyond] in seconds)

    def longest(self, words: WordList, index: int) -> tuple[int, Sequence[T]] | None:
        """Return the number of words of the longest phrase that starts here, and its meanings."""
        folds = words.folds
        opening = self._openings.get(folds[index])
        if opening is None:
            return None
        capital, seconds, lengths, phrases = opening
        if capital and not words.capital[index]:
            return None
        if seconds is not None and (index + 1 == len(folds) or folds[index + 1] not in seconds):
            return None
        run = 0  # words that hang together, told when it is asked for
        for length in lengths:
            phrase = phrases.get(tuple(folds[index : index + length]))
            if phrase is None:
                continue
            run = run or self._run(words, index, length)
            if length > run:
                continue
            if phrase.anyhow:
                return length, phrase.anyhow
            meanings = [m for spelling, found in phrase.spellings.items() if spelling.fits(words, index) for m in found]
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


def _opening(first: str, by_key: dict[tuple[str, ...], dict[Spelling, list[T]]]) -> _Opening[T]:
    """Return what phrases that begin with a word share."""
    capital = all(spelling.words[0][0].isupper() for spellings in by_key.values() for spelling in spellings)
    seconds = None if (first,) in by_key else frozenset(key[1] for key in by_key)
    lengths = tuple(sorted({len(key) for key in by_key}, reverse=True))
    phrases = {}
    for key, spellings in by_key.items():
        plain = not any(word[0].isupper() for spelling in spellings for word in spelling.words)
        anyhow = [meaning for found in spellings.values() for meaning in found] if plain else []
        phrases[key] = _Phrase(spellings, anyhow)
    return _Opening(capital, seconds, lengths, phrases)
