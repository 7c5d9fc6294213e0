"""
Numbers by which words, names, keys and ids are found.

The number of a word is made of its folded letters, eight at a time; the number of a
name is made of its words' in turn (`chain`). Two names of one number would be taken
for each other: for a million names the odds are one in ten million that there is such
a pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ROOM",
    "SEED",
    "UPPER_SEED",
    "Numbers",
    "Positions",
    "chain",
    "first_letters",
    "key_numbers",
    "letters_view",
    "name_number",
    "numbers_of",
    "read_keys",
    "word_number",
]

Numbers = NDArray[np.uint64]
Positions = NDArray[np.int64]

# Odd numbers that spread low bits to high ones: 2**64 over the golden ratio, and multipliers of the mixers
# Moremur (Evensen, 2019), rrmxmx (Evensen, 2018) and SplitMix64 (Steele, Lea and Flood, 2014).
FIRST = np.uint64(0x9E3779B97F4A7C15)
SECOND = np.uint64(0x3C79AC492BA7B653)
MIX = np.uint64(0xD6E8FEB86659FD93)
BLEND = np.uint64(0x94D049BB133111EB)
FOLD = np.uint64(32)
# Where the number of a name begins, the second of names found in capitals only: digits of pi.
SEED, UPPER_SEED = 0x243F6A8885A308D3, 0x13198A2E03707344
_MASK64 = (1 << 64) - 1
ROOM = 8  # letters that may be read beyond the last one
_EIGHT = 8  # letters that are read at a time, in two numbers of four
_LONGEST_KEY = 1000  # characters
_LINES = 1 << 16  # characters of keys numbered at a time: few, for a gazetteer is compiled in little memory
_LETTERS = [(1 << 16 * count) - 1 for count in range(5)]  # so many letters of four
_HEADS = np.array([_LETTERS[min(count, 4)] for count in range(_EIGHT + 1)], np.uint64)
_TAILS = np.array([_LETTERS[max(count - 4, 0)] for count in range(_EIGHT + 1)], np.uint64)


def chain(before: Any, numbers: Any) -> Any:
    """Return the numbers of names that go on with these words."""
    return (before + numbers) * MIX


def name_number(key: str, seed: int = SEED) -> int:
    """Return the number of an exact key of one word or more."""
    number = seed
    for word in key.split(" "):
        number = (number + word_number(word)) * int(MIX) & _MASK64
    return number


def word_number(letters: str) -> int:
    """Return the number of one folded word; see `numbers_of`."""
    raw = letters.encode("utf-16-le", "surrogatepass")
    number = 0
    for at in range(0, max(len(raw), 1), 16):
        head, tail = (int.from_bytes(raw[start : start + 8], "little") for start in (at, at + 8))
        number = (number + head * int(FIRST) + tail * int(SECOND)) & _MASK64
        number = (number ^ number >> 32) * int(BLEND) & _MASK64
    return number


def letters_view(folds: NDArray[np.uint16]) -> Numbers:
    """Return, for each letter, it and the three behind it as one number; nothing is copied."""
    return np.ndarray(len(folds) - 3, "<u8", folds.data, strides=(2,))


def numbers_of(letters: Numbers, start: Positions, length: Positions) -> Numbers:
    """
    Return the numbers of words.

    Parameters
    ----------
    letters
        See `letters_view`; `ROOM` letters stand behind the last word.
    start, length
        Where each word stands and how many letters it has.
    """
    number = _blend(letters, start, length)
    rest = (length > _EIGHT).nonzero()[0]
    at, left = start[rest] + _EIGHT, length[rest] - _EIGHT
    while len(rest):
        number[rest] = _blend(letters, at, left, number[rest])
        more = (left > _EIGHT).nonzero()[0]
        rest, at, left = rest[more], at[more] + _EIGHT, left[more] - _EIGHT
    return number


def first_letters(letters: Numbers, start: Positions, length: Positions) -> Numbers:
    """Return the first letters of words of up to four letters as one number each."""
    return letters[start] & _HEADS.take(length)


def _blend(letters: Numbers, at: Positions, left: Positions, before: Numbers | None = None) -> Numbers:
    """Return the numbers of words with up to eight letters more, of which so many are left."""
    count = np.minimum(left, _EIGHT)
    number = letters[at]
    number &= _HEADS.take(count)
    number *= FIRST
    second = letters[at + 4]
    second &= _TAILS.take(count)
    second *= SECOND
    number += second
    if before is not None:
        number += before
    number ^= number >> FOLD
    number *= BLEND
    return number


def read_keys(keys: Sequence[str]) -> tuple[Positions, Positions, Numbers]:
    """
    Return of each exact key its first word and how many it has, and the numbers of all words.

    Keys of a thousand characters and more count as keys without a word.
    """
    codes = _codes("\n".join([key if len(key) < _LONGEST_KEY else "" for key in keys]))
    letter = codes > ord(" ")
    edges = np.flatnonzero(np.diff(letter, prepend=False, append=False))
    start, end = edges[::2], edges[1::2]
    lines = np.searchsorted(np.flatnonzero(codes == ord("\n")), start)
    count = np.bincount(lines, minlength=len(keys))
    return np.cumsum(count) - count, count, numbers_of(letters_view(codes), start, end - start)


def key_numbers(texts: Sequence[str]) -> Numbers:
    """Return a number for each text, by which ids and keys are found; spaces count, unlike in `read_keys`."""
    found = [np.empty(0, np.uint64)]
    begin = size = 0
    for end, text in enumerate(texts, start=1):
        size += len(text)
        if size >= _LINES or end == len(texts):
            found.append(_number_lines(texts[begin:end], size))
            begin, size = end, 0
    return np.concatenate(found)


def _number_lines(texts: Sequence[str], size: int) -> Numbers:
    if size >= 2 * _LINES:  # one of them is very long
        return np.array([word_number(text) for text in texts], np.uint64)
    codes = _codes("".join(texts))
    lengths = np.array([len(text) for text in texts], np.int64)
    if len(codes) != size + ROOM:  # some characters are two code units
        lengths = np.array([len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in texts], np.int64)
    return numbers_of(letters_view(codes), np.cumsum(lengths) - lengths, lengths)


def _codes(text: str) -> NDArray[np.uint16]:
    """Return the UTF-16 code units of a text, with room behind them."""
    return np.frombuffer((text + "\0" * ROOM).encode("utf-16-le", "surrogatepass"), "<u2")
