"""
What each character is and becomes in a name: tables over code points, for whole texts at a time.

A `Kind` says what a character does in a text (opens a word, goes on with one, joins
two, breaks off); its fold says what it becomes in an exact key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.places.names.folding import SIGNS, exact_key, letters_of
from tracker.places.names.tokens import APOSTROPHES, HYPHENS, JOINERS, SPACELESS_RANGES

__all__ = ["ASCII", "BREAKING", "PLANE", "WHITE", "Alphabet", "Gaps", "Kind", "alphabet", "exact_keys", "gaps"]

PLANE = 0x10000  # code points told apart one by one; those beyond share one place in the tables
_SPACE, _LINE = 0x20, 0x0A
_LOWER, ASCII = 0x20, 0x80  # the bit that tells small letters from capitals; how many characters have it
_DROPPED, _SEVERAL = 0, 1  # folds of a character that goes, and of one that becomes several
_BATCH = 1 << 18  # characters folded at a time
BREAKING = 2
# What Python takes for white space.
WHITE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


class Kind:
    """
    What a character does in a text; from `LOWER` on it is part of a word, from `ODD_OPENING` on it may open a name.

    An odd character becomes no single letter in a key: a mark that goes, a ligature
    that becomes two letters. Words with one are read by themselves.
    """

    SPACE, LINE, RETURN, HYPHEN, STOP, APOSTROPHE, BREAK = range(1, 8)
    LOWER, ODD, ODD_OPENING, CASELESS, SPACELESS, CAPITAL = range(8, 14)


class Alphabet:
    """
    The tables, 65,537 places each; the last is for all code points beyond the first plane.

    Attributes
    ----------
    kinds
        A `Kind`, uint8.
    folds
        The code point that a character becomes in an exact key, uint32: a space for
        what parts words, 0 for what goes, 1 for what becomes several.
    """

    def __init__(self, kinds: NDArray[np.uint8], folds: NDArray[np.uint32]) -> None:
        self.kinds = kinds
        self.folds = folds
        self._narrow = folds.astype(np.uint16)
        self._ascii_kinds = kinds[:256].tobytes()

    def tables(self) -> tuple[NDArray[np.uint8], NDArray[np.uint16], NDArray[np.uint8]]:
        """Return by code point kinds and folds, as `of` gives them, and whether it is white space (see `gaps`)."""
        folds = self._narrow.copy()
        folds[:ASCII] = np.arange(ASCII, dtype=np.uint16) | np.uint16(_LOWER)
        return self.kinds, folds, _WHITE

    def of(self, text: str) -> tuple[NDArray[np.uint8], NDArray[np.uint16], NDArray[np.int64]]:
        """
        Return kind and fold of each character, and where characters stand that are not ASCII.

        ASCII letters are folded by setting one bit, which digits have set; what is no part of a word, or an odd
        character, has no fold that means anything.
        """
        if text.isascii():
            raw = text.encode("ascii")
            folds = np.frombuffer(raw, np.uint8) | np.uint16(_LOWER)
            return np.frombuffer(raw.translate(self._ascii_kinds), np.uint8), folds, np.empty(0, np.int64)
        codes = _code_points(text)
        beyond = (codes >= ASCII).nonzero()[0]
        kinds = np.frombuffer(bytearray(codes.astype(np.uint8)).translate(self._ascii_kinds), np.uint8)
        folds = codes.astype(np.uint16) | np.uint16(_LOWER)
        codes = codes[beyond]
        kinds[beyond] = self.kinds[codes]
        folds[beyond] = self._narrow[codes]
        return kinds, folds, beyond


class Gaps(NamedTuple):
    """
    Where the words of a page are parted.

    Attributes
    ----------
    white
        Positions of white space, and of what stands between texts.
    breaks
        Positions of line ends, and of what stands between texts.
    begun
        Where what stands between white space begins; it stands at both ends of a page.
    """

    white: NDArray[np.int64]
    breaks: NDArray[np.int64]
    begun: NDArray[np.int64]


def gaps(text: str) -> Gaps:
    """Return where white space, line ends and the `PART` between two texts stand."""
    codes = _code_points(text)
    kinds = np.frombuffer(bytearray(codes.astype(np.uint8)).translate(_WHITEASCII), np.uint8)
    if codes.itemsize > 1:
        beyond = (codes >= ASCII).nonzero()[0]
        kinds[beyond] = _WHITE.take(codes[beyond])
    white = (kinds > 0).nonzero()[0]
    return Gaps(white, (kinds == BREAKING).nonzero()[0], white[:-1][white[1:] - white[:-1] > 1] + 1)


def _white() -> NDArray[np.uint8]:
    """Return for each code point whether it is white space, `BREAKING` where it ends a line or a text."""
    table = np.zeros(PLANE + 1, np.uint8)
    table[[ord(char) for char in WHITE]] = 1
    table[[_LINE, 0]] = BREAKING
    return table


_WHITE = _white()
_WHITEASCII = _WHITE[:256].tobytes()


@cache
def alphabet() -> Alphabet:
    """Return the tables of this Python's Unicode; making them takes a tenth of a second."""
    kinds = np.full(PLANE + 1, Kind.BREAK, np.uint8)
    folds = np.full(PLANE + 1, _SPACE, np.uint32)
    spaceless = {code for first, last in SPACELESS_RANGES for code in range(first, last + 1)}
    for code in range(PLANE):
        char = chr(code)
        letters = letters_of(char)
        folded = _fold(letters)
        folds[code] = folded
        if char.isalnum() or char == "_" or char in SIGNS:
            kinds[code] = _word_kind(char, single=folded > _SPACE, spaceless=code in spaceless)
        elif unicodedata.category(char) in {"Mn", "Mc"} or char in JOINERS:
            kinds[code] = Kind.ODD
    folds[_LINE] = _LINE
    folds[PLANE] = _SEVERAL
    for kind, chars in (
        (Kind.SPACE, " \u00a0"), (Kind.LINE, "\n"), (Kind.RETURN, "\r"), (Kind.HYPHEN, HYPHENS), (Kind.STOP, "."),
        (Kind.APOSTROPHE, APOSTROPHES),
    ):  # fmt: skip
        for char in chars:
            if kinds[ord(char)] < Kind.LOWER:
                kinds[ord(char)] = kind
    return Alphabet(kinds, folds)


def _fold(letters: str) -> int:
    if len(letters) == 1:
        return ord(letters) if letters.isalnum() or letters in SIGNS else _SPACE
    if not letters:
        return _DROPPED
    return _SEVERAL


def _word_kind(char: str, *, single: bool, spaceless: bool) -> int:
    category = unicodedata.category(char)
    if spaceless:
        return Kind.SPACELESS if single else Kind.ODD
    if category in {"Lu", "Lt"}:
        return Kind.CAPITAL if single else Kind.ODD_OPENING
    if category == "Lo" or char in "0123456789":
        return Kind.CASELESS if single else Kind.ODD_OPENING
    return Kind.LOWER if single else Kind.ODD


def _code_points(text: str) -> NDArray[Any]:
    """Return the code points of a text, in as few bytes as hold them; those beyond the plane are one."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    codes: NDArray[Any] = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(codes) == len(text):
        return codes
    clipped: NDArray[Any] = np.minimum(
        np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4"), np.uint32(PLANE)
    )
    return clipped


def exact_keys(texts: Sequence[str], letters: Alphabet | None = None) -> list[str]:
    """
    Return the exact keys of many names, in order: what `exact_key` gives, many times faster.

    Tables that are there, `letters`, need not be made.

    Examples
    --------
    >>> exact_keys(["Deir  ez-Zôr", "Dar'a", "Gießen"])
    ['deir ez zor', 'dara', 'giessen']
    """
    keys: list[str] = []
    letters = letters or alphabet()
    start = size = 0
    for end, text in enumerate(texts, start=1):
        size += len(text) + 1
        if size >= _BATCH or end == len(texts):
            keys += _exact_keys(texts[start:end], letters)
            start, size = end, 0
    return keys


def _exact_keys(texts: Sequence[str], letters: Alphabet) -> list[str]:
    joined = "\n".join(texts)
    if joined.count("\n") != len(texts) - 1:  # a name with a line end in it
        texts = [text.replace("\n", " ") for text in texts]
        joined = "\n".join(texts)
    folded = letters.folds[_code_points(joined)]
    several = np.flatnonzero(folded == _SEVERAL)
    lines = np.searchsorted(np.flatnonzero(folded == _LINE), several)
    folded = folded[folded != _DROPPED]
    gap = folded == _SPACE
    edge = gap | (folded == _LINE)
    folded = folded[~(gap & np.concatenate(([True], edge[:-1])))]  # one space in a row, none at the start of a line
    gap, after = folded == _SPACE, np.concatenate((folded[1:], [_LINE]))
    keys: list[str] = folded[~(gap & (after == _LINE))].astype("<u4").tobytes().decode("utf-32-le").split("\n")
    for line in dict.fromkeys(lines.tolist()):
        keys[line] = exact_key(texts[line])
    return keys
