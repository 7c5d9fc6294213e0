"""
The words of a text as arrays: where they stand, and a number for each by which names are found.

The number of a word is a polynomial of its folded letters modulo 2**64; the numbers
of all words come out of one running sum over the text. The number of a name is made
of its words' in turn (`chain`). Two names of one number would be taken for each
other: for a million names the odds are one in ten million that there is such a pair.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.places.alphabet import Alphabet, Kind
from tracker.places.folding import JOINED, exact_key, joined_offsets
from tracker.places.tokens import APOSTROPHES

__all__ = [
    "BATCH",
    "POSSESSIVE",
    "SEED",
    "UPPER_SEED",
    "WINDOW",
    "Words",
    "chain",
    "key_numbers",
    "name_number",
    "read_keys",
    "read_words",
]

WINDOW = 1 << 17  # characters of one text read at a time: a text of any length takes little memory
# Characters of many texts read at a time: each of some two hundred steps costs the same for few as for many.
BATCH = 1 << 19
_ROOM = BATCH + 64
_BASE = 0x9E3779B97F4A7C15  # odd, its bits mixed: 2**64 over the golden ratio
_MIX = np.uint64(0xD6E8FEB86659FD93)  # odd; a multiplier that spreads low bits to high ones (Evensen's, 2018)
# Where the number of a name begins, the second of names found in capitals only: digits of pi.
SEED, UPPER_SEED = 0x243F6A8885A308D3, 0x13198A2E03707344
POSSESSIVE = 2  # characters of "'s"
_MASK64 = (1 << 64) - 1
_LONGEST_KEY = 1000  # characters
_LINES = 1 << 16  # characters of keys numbered at a time: few, for a gazetteer is compiled in little memory
_POSSESSIVES = ("'s", "’s", "ʼs")
_INNER = "'’ʼ"
_ARABIC = (0x0620, 0x06FF)  # code points of Arabic letters
_LEAST_JOINED = 3  # letters of a name that a small word may be written onto
_TAIL_LEAST = 4  # letters of "L'Ukraine": what is shorter ("I'm") is no article with a name

Numbers = NDArray[np.uint64]
Positions = NDArray[np.int64]


class Words(NamedTuple):
    """
    The words of a stretch of text.

    Attributes
    ----------
    kinds
        `Kind` of every character, with room for four more behind.
    start, end
        Where each word stands.
    number
        Number of each word.
    bare
        Number of the word without its possessive "'s"; 0 where it has none.
    spaceless
        Whether there are characters of scripts that write no spaces.
    tail_word, tail_start, tail_number
        Words with a name behind an article and an apostrophe ("l'Ukraine"), or behind a small word that is written
        onto it (Arabic "in", "to", "and"): which, where, and its number.
    """

    kinds: NDArray[np.uint8]
    start: Positions
    end: Positions
    number: Numbers
    bare: Numbers | None
    spaceless: bool
    tail_word: Positions
    tail_start: Positions
    tail_number: Numbers


def where(condition: NDArray[np.bool_]) -> Positions:
    """Return the positions that are true."""
    return condition.nonzero()[0]


def chain(before: Any, numbers: Any) -> Any:
    """Return the numbers of names that go on with these words."""
    return (before + numbers) * _MIX


def name_number(key: str, seed: int = SEED) -> int:
    """Return the number of an exact key of one word or more."""
    number = seed
    for word in key.split(" "):
        number = (number + word_number(word)) * int(_MIX) & _MASK64
    return number


def word_number(letters: str) -> int:
    """Return the number of one folded word."""
    number = 0
    for letter in reversed(letters):
        number = (number * _BASE + ord(letter)) & _MASK64
    return number


def read_keys(keys: Sequence[str]) -> tuple[Positions, Positions, Numbers]:
    """
    Return of each exact key its first word and how many it has, and the numbers of all words.

    Keys of a thousand characters and more count as keys without a word.
    """
    firsts, counts, numbers = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0, np.uint64)]
    begin = size = words = 0
    for end, key in enumerate(keys, start=1):
        size += min(len(key), _LONGEST_KEY) + 1
        if size < WINDOW - _LONGEST_KEY and end < len(keys):
            continue
        count, number = _read_keys([key if len(key) < _LONGEST_KEY else "" for key in keys[begin:end]])
        firsts.append(words + np.cumsum(count) - count)
        counts.append(count)
        numbers.append(number)
        words += len(number)
        begin, size = end, 0
    return np.concatenate(firsts), np.concatenate(counts), np.concatenate(numbers)


def key_numbers(texts: Sequence[str]) -> Numbers:
    """Return a number for each text, by which ids and keys are found; spaces count, unlike in `read_keys`."""
    found = [np.empty(0, np.uint64)]
    begin = size = 0
    for end, text in enumerate(texts, start=1):
        size += len(text) + 1
        if size >= _LINES or end == len(texts):
            found.append(_number_lines(texts[begin:end], size))
            begin, size = end, 0
    return np.concatenate(found)


def _number_lines(texts: Sequence[str], size: int) -> Numbers:
    if size > WINDOW:
        return np.array([word_number(text) for text in texts], np.uint64)
    codes = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), "<u4")
    ends = np.cumsum([len(text) + 1 for text in texts]) - 1
    starts = np.concatenate(([0], ends[:-1] + 1))
    sums = _sums(codes)
    numbers: Numbers = (sums[ends] - sums[starts]) * _inverses()[starts]
    return numbers


def _read_keys(keys: Sequence[str]) -> tuple[Positions, Numbers]:
    codes = np.frombuffer("\n".join([*keys, ""]).encode("utf-32-le"), "<u4")
    edges = np.flatnonzero(np.diff(codes > ord(" "), prepend=False, append=False))
    start, end = edges[::2], edges[1::2]
    sums = _sums(codes)
    lines = np.searchsorted(np.flatnonzero(codes == ord("\n")), start)
    return np.bincount(lines, minlength=len(keys)), (sums[end] - sums[start]) * _inverses()[start]


def read_words(text: str, letters: Alphabet) -> Words:
    """Return the words of a text of at most `BATCH` characters."""
    kinds, folds = letters.of(f"{text}\0\0\0\0")
    inside = kinds >= Kind.LOWER
    apostrophes = where(kinds == Kind.APOSTROPHE)
    if len(apostrophes):  # those between two letters belong to the word; the last four characters are none
        apostrophes = apostrophes[inside[apostrophes - 1] & inside[apostrophes + 1]]
        inside[apostrophes] = True
    plain = text.isascii()
    single = None if plain else kinds == Kind.SPACELESS
    if single is not None and not single.any():
        single = None
    start, end = _bounds(inside, single)
    sums = _sums(folds)
    number = sums.take(end)
    number -= sums.take(start)
    number *= _inverses().take(start)
    words = Words(kinds, start, end, number, None, single is not None, *_NO_TAILS)
    touched = start[:0]
    if len(apostrophes):
        words, touched = _with_apostrophes(words, apostrophes, sums)
    if not plain or "_" in text:
        odd = (kinds - np.uint8(Kind.ODD) <= Kind.ODD_OPENING - Kind.ODD).nonzero()[0]
        touched = np.append(touched, np.searchsorted(start, odd, side="right") - 1)
    touched = np.unique(touched)
    if not plain:
        words = _with_joined(text, words, folds, sums, touched)
    return _with_odd(text, words, touched) if len(touched) else words


def _with_joined(text: str, words: Words, folds: NDArray[Any], sums: Numbers, touched: Positions) -> Words:
    """Add the names behind small words that Arabic writes onto them ("in", "to", "and"); touched words come later."""
    first = folds.take(words.start)
    held = where((first >= _ARABIC[0]) & (first <= _ARABIC[1]) & (words.end - words.start > _LEAST_JOINED))
    held = held[~np.isin(held, touched)]
    at = words.start[held].tolist()
    ends = words.end[held].tolist()
    tails = [
        (word, start, offset, alef)
        for word, start, end in zip(held.tolist(), at, ends, strict=True)
        if text[start] in JOINED
        for offset, alef in joined_offsets(text[start:end])
    ]
    if not tails:
        return words
    word, start, offset, alef = (np.array(column, np.int64) for column in zip(*tails, strict=True))
    begin = start + offset
    number = (sums[words.end[word]] - sums[begin]) * _inverses()[begin]
    number = np.where(alef != 0, number * np.uint64(_BASE) + np.uint64(ord("ا")), number)
    return words._replace(
        tail_word=np.append(words.tail_word, word),
        tail_start=np.append(words.tail_start, begin),
        tail_number=np.append(words.tail_number, number),
    )


def _with_apostrophes(words: Words, at: Positions, sums: Numbers) -> tuple[Words, Positions]:
    """Put right the numbers of words with one apostrophe inside; return also the words that have several."""
    word = np.searchsorted(words.start, at, side="right") - 1
    again = (word[1:] == word[:-1]).nonzero()[0]
    several = word[again]
    if len(several):
        alone = ~np.isin(word, several)
        word, at = word[alone], at[alone]
    start, end, kinds, inverses = words.start[word], words.end[word], words.kinds, _inverses()
    head = sums[at] - sums[start]
    words.number[word] = (head + (sums[end] - sums[at]) * inverses[1]) * inverses[start]
    bare = np.zeros(len(words.start), np.uint64)
    owns = (
        (end - at == 2) & (sums[end] - sums[at + 1] == _powers()[at + 1] * _S) & (kinds[at + 1] == Kind.LOWER)
    ).nonzero()[0]
    bare[word[owns]] = (head * inverses[start])[owns]
    opens = kinds[start] >= Kind.ODD_OPENING
    held = (kinds[at + 1] >= Kind.ODD_OPENING) & (~opens | ((at == start + 1) & (end - start >= _TAIL_LEAST)))
    tails = held.nonzero()[0]
    begin = at[tails] + 1
    tail_number = (sums[end[tails]] - sums[begin]) * inverses[begin]
    return words._replace(bare=bare, tail_word=word[tails], tail_start=begin, tail_number=tail_number), several


_S = np.uint64(ord("s"))
_NO_TAILS = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint64))


def _bounds(inside: NDArray[np.bool_], single: NDArray[np.bool_] | None) -> tuple[Positions, Positions]:
    """Return where words start and end, `single` ones being a character long; the last characters are outside."""
    before = np.empty_like(inside)
    before[0] = False
    before[1:] = inside[:-1]
    if single is None:
        edges = where(inside != before)
        return edges[::2].copy(), edges[1::2].copy()
    cut = single.copy()
    cut[1:] |= single[:-1]
    return np.flatnonzero(inside & (~before | cut)), np.flatnonzero(before & (~inside | cut))


def _sums(folds: NDArray[np.uint32]) -> Numbers:
    """Return the running sums of letters times powers of the base."""
    sums = np.empty(len(folds) + 1, np.uint64)
    sums[0] = 0
    np.multiply(folds, _powers()[: len(folds)], out=sums[1:])  # converts as it goes: half the time of `astype`
    np.add.accumulate(sums[1:], out=sums[1:])
    return sums


@cache
def _powers() -> Numbers:
    return np.cumprod(np.r_[np.uint64(1), np.full(_ROOM - 1, _BASE, np.uint64)], dtype=np.uint64)


@cache
def _inverses() -> Numbers:
    inverse = pow(_BASE, -1, 1 << 64)
    return np.cumprod(np.r_[np.uint64(1), np.full(_ROOM - 1, inverse, np.uint64)], dtype=np.uint64)


def _with_odd(text: str, words: Words, touched: Positions) -> Words:
    """Put right the numbers of words whose letters do not fold one by one."""
    bare = np.zeros(len(words.start), np.uint64) if words.bare is None else words.bare
    tails: list[tuple[int, int, int]] = []
    for word in touched.tolist():
        first = int(words.start[word])
        whole, without, behind = _read_odd(text[first : int(words.end[word])])
        words.number[word] = whole
        bare[word] = without
        tails += [(word, first + offset, tail) for offset, tail in behind]
    words = words._replace(bare=bare)
    if not tails:
        return words
    before = ~np.isin(words.tail_word, touched)
    listed, starts, numbers = zip(*tails, strict=True)
    return words._replace(
        tail_word=np.append(words.tail_word[before], np.array(listed, np.int64)),
        tail_start=np.append(words.tail_start[before], np.array(starts, np.int64)),
        tail_number=np.append(words.tail_number[before], np.array(numbers, np.uint64)),
    )


@lru_cache(maxsize=1 << 16)
def _read_odd(raw: str) -> tuple[int, int, tuple[tuple[int, int], ...]]:
    """Return the number of a word, that without its "'s", and where names behind a small word begin, with numbers."""
    bare = _number_of(raw[:-2]) if raw.endswith(_POSSESSIVES) else 0
    offset = _tail(raw)
    tails = [(offset, _number_of(raw[offset:]))] if offset else []
    if raw[0] in JOINED:
        letters = [at for at, char in enumerate(raw) if not unicodedata.combining(char)]  # without the vowels
        for offset, alef in joined_offsets("".join([raw[at] for at in letters])):
            tails.append((letters[offset], _number_of("ا" * alef + raw[letters[offset] :])))
    return _number_of(raw), bare, tuple(tails)


def _number_of(raw: str) -> int:
    """Return the number of one word as it stands; 0, which is no name's, when its key is none or several words."""
    key = exact_key(raw)
    return word_number(key) if key and " " not in key else 0


def _tail(raw: str) -> int:
    """Return where the name begins in "d'Alep" and "L'Ukraine"; 0 when there is none."""
    if _opens(raw[0]):
        return 2 if len(raw) >= _TAIL_LEAST and raw[1] in _INNER and _opens(raw[2]) else 0
    return next((at for at in range(1, len(raw)) if raw[at - 1] in APOSTROPHES and _opens(raw[at])), 0)


def _opens(char: str) -> bool:
    """Return whether a name may begin with a character."""
    return unicodedata.category(char) in {"Lu", "Lt", "Lo"} or char in "0123456789"
