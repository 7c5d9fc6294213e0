"""
A stretch of text as arrays: what each character does in it, and the words that stand at some positions.

Only the words that matter are read: those that a name may begin with, and those that
names go on with. Where a word ends is told by bits, one a character; a word with an
apostrophe or a mark inside is read by itself, and remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.places.names.alphabet import Alphabet, Kind
from tracker.places.names.folding import JOINED
from tracker.places.names.numbers import ROOM, Numbers, Positions, first_letters, letters_view, numbers_of
from tracker.places.names.odd_words import POSSESSIVE, Inner, read_odd

__all__ = [
    "BATCH",
    "MARGIN",
    "PART",
    "Page",
    "Reading",
    "Tail",
    "articles_of",
    "four_kinds",
    "packed",
    "page_of",
    "where",
]

BATCH = 1 << 19  # characters read at a time, of one text or of many: so many cost little time each, and little memory
MARGIN = 80  # characters of room before the texts and behind them
PART = "\0"  # stands between texts: no name goes over it
LONGEST = 56  # letters of a word whose bits are read at once
LONGEST_ODD = 200  # characters of a word that can be part of a name
_A, _E, _ZERO, _DIGITS = ord("a"), ord("e"), ord("0"), 10
_S = np.uint16(ord("s"))
_ONE, _SEVEN = np.uint64(1), np.int64(7)


class Reading(NamedTuple):
    """
    The words that begin at some positions.

    Attributes
    ----------
    end, number
        Where each ends, and its number.
    odd
        Which of them have an apostrophe, a mark or very many letters, ascending.
    bare
        Numbers of those without their possessive "'s"; 0 where they have none.
    alone
        Where those begin that more than a possessive "'s" makes odd.
    """

    end: Positions
    number: Numbers
    odd: Positions
    bare: Numbers
    alone: Positions


class Tail(NamedTuple):
    """Names behind an article ("l'Ukraine") or a small word that is written onto it (Arabic "in", "to", "and")."""

    start: Any
    end: Any
    number: Any
    bare: Any


def where(condition: NDArray[Any]) -> Positions:
    """Return the positions that are true, or not 0."""
    return condition.nonzero()[0]


def page_of(texts: Sequence[str]) -> str:
    """Return texts with `PART` between them, and `MARGIN` before and behind them."""
    return PART.join((_ROOM, *texts, _ROOM))


class Page:
    """
    The characters of texts of about `BATCH` in all, told apart by what they do.

    The texts stand `MARGIN` from the start, with one character between two (`page_of`); all positions count from the
    start.

    Attributes
    ----------
    kinds
        `Kind` of every character.
    heads
        Four letters from each position as one number, folded where they are letters.
    inside
        Which belong to a word: its letters, marks and the apostrophes between two of them.
    spaceless
        Whether there are characters of scripts that write no spaces.
    """

    def __init__(self, text: str, letters: Alphabet) -> None:
        self.text = text
        self.kinds, self._folds, self._beyond = letters.of(text)
        self.heads = letters_view(self._folds)
        kinds = self.kinds
        self.inside = kinds >= Kind.LOWER
        one_by_one = self.inside
        self.spaceless = False
        self.apostrophes = where(kinds == Kind.APOSTROPHE)
        if len(self._beyond) or "_" in text:
            one_by_one = self.inside & (kinds - np.uint8(Kind.ODD) > Kind.ODD_OPENING - Kind.ODD)
            single = kinds == Kind.SPACELESS
            self.spaceless = bool(single.any())
            if self.spaceless:
                one_by_one &= ~single
        self._bits = _bits(one_by_one)
        if len(self.apostrophes):
            at = self.apostrophes
            self.apostrophes = at = at[self.inside[at - 1] & self.inside[at + 1]]
            self.inside[at] = True
        self._goes_on = self.inside & (kinds != Kind.SPACELESS) if self.spaceless else self.inside
        self._raw: bytes | None = None
        self._odd: dict[int, tuple[int, int, int, tuple[Inner, ...]]] = {}

    def starts(self) -> Positions:
        """Return where words begin that a name may begin with."""
        opens = self.kinds >= Kind.ODD_OPENING
        if self.spaceless:
            single = self.kinds == Kind.SPACELESS
            opens[1:] &= ~self.inside[:-1] | single[1:] | single[:-1]
        else:
            opens[1:] &= ~self.inside[:-1]
        return where(opens)

    def read(self, start: Positions) -> Reading:
        """Read the words that begin at some positions."""
        length = self._run(start)
        end = start + length
        number = numbers_of(self.heads, start, length)
        held = self._goes_on.take(end)
        if self.spaceless:
            single = self.kinds.take(start) == Kind.SPACELESS
            alone = where(single)
            end[alone] = start[alone] + 1
            number[alone] = numbers_of(self.heads, start[alone], np.ones(len(alone), np.int64))
            held &= ~single
        odd = where(held)
        words = Reading(end, number, odd, np.zeros(len(odd), np.uint64), odd)
        return words._replace(alone=start[self._read_odd(start, words)]) if len(odd) else words

    def _read_odd(self, start: Positions, words: Reading) -> Positions:
        """Put right the words that are no single run of letters; return which of them were read by themselves."""
        end, number, odd, bare, _ = words
        break_at = end[odd]
        owning = (self.kinds.take(break_at) == Kind.APOSTROPHE) & ~self._goes_on.take(break_at + POSSESSIVE)
        owning &= (self._folds.take(break_at + 1) == _S) & (self.kinds.take(break_at + 1) == Kind.LOWER)
        length = break_at - start[odd]
        owning &= (length > 0) & (length < LONGEST)
        owned, rest = where(owning), where(~owning)
        if len(owned):
            word = odd[owned]
            bare[owned] = number[word]
            number[word] = self._numbers_with_s(start[word], length[owned])
            end[word] += POSSESSIVE
        for place, word in zip(rest.tolist(), odd[rest].tolist(), strict=True):
            end[word], number[word], bare[place], _ = self.odd(int(start[word]))
        return odd[rest]

    def _numbers_with_s(self, start: Positions, length: Positions) -> Numbers:
        """Return the numbers of words with an "s" behind them."""
        wide = int(length.max(initial=0)) + 1 + ROOM
        letters = self._folds[start[:, None] + np.arange(wide)]
        letters[np.arange(len(start)), length] = _S
        return numbers_of(letters_view(letters.reshape(-1)), np.arange(len(start)) * wide, length + 1)

    def odd(self, start: int) -> tuple[int, int, int, tuple[Inner, ...]]:
        """Return end, number and number without "'s" of a word that is read by itself, and the names inside it."""
        known = self._odd.get(start)
        if known is None:
            end = self._bytes().find(b"\0", start)
            raw = self.text[start:end]
            read = read_odd(raw) if len(raw) <= LONGEST_ODD else (0, 0, ())
            known = self._odd[start] = (end, *read)
        return known

    def tails(self, words: Reading) -> list[Tail]:
        """Return the names inside of words: of opening ones, and of others ("d'Alep")."""
        listed = words.alone.tolist()
        if len(self._beyond):
            at = self._beyond
            at = at[np.isin(self._folds[at], _JOINED)]
            listed += at[~self.inside[at - 1]].tolist()
        listed += [begin for begin, _ in self._elided()]
        found = []
        for begin in dict.fromkeys(listed):
            end, _, _, names = self.odd(begin)
            found += [Tail(begin + offset, end, number, bare) for offset, number, bare in names]
        return found

    def _elided(self) -> list[tuple[int, int]]:
        """Return where words begin in lower case that have a capital behind an apostrophe, and where that stands."""
        at = self.apostrophes
        found: list[tuple[int, int]] = []
        end = 0
        for place in at[self.kinds[at + 1] >= Kind.ODD_OPENING].tolist():
            if place >= end:
                begin = self._bytes().rfind(b"\0", 0, place) + 1
                end = self.odd(begin)[0]
                if self.kinds[begin] < Kind.ODD_OPENING:
                    found.append((begin, place))
        return found

    def first_four(self, start: Positions, length: Positions) -> Numbers:
        """Return the first letters of words of up to four letters as one number."""
        return first_letters(self.heads, start, length)

    def unknown(self, start: Positions, words: Reading, passed_over: Numbers) -> tuple[Positions, Positions]:
        """
        Return start and end of the capitalised words that are none of some common words, ordered.

        `passed_over` are the numbers of common words in ASCII letters alone, ascending; a word that holds anything
        else is returned, common or not.
        """
        place = np.minimum(np.searchsorted(passed_over, words.number), len(passed_over) - 1)
        common = (passed_over.take(place) == words.number) | (self._folds.take(start) - np.uint16(_ZERO) < _DIGITS)
        common |= words.end - start == 1
        common[words.odd] = False
        if len(self._beyond):
            common &= np.searchsorted(self._beyond, start) == np.searchsorted(self._beyond, words.end)
        kept = where(~common)
        start, end = start[kept], words.end[kept]
        elided = [(place + 1, self.odd(begin)[0]) for begin, place in self._elided()]
        elided = [(begin, end) for begin, end in elided if begin < end]  # before an ideograph nothing is left
        if elided:
            more = np.array(elided)
            start, end = np.append(start, more[:, 0]), np.append(end, more[:, 1])
            order = np.argsort(start, kind="stable")
            start, end = start[order], end[order]
        return start, end

    def articles(self) -> Positions:
        """Return where, between a word and a capital, an Arabic article may stand; what it is must be looked at."""
        return articles_of(self.kinds, self._folds)

    def last_words(self, count: int) -> int:
        """Return where the last words begin, so many of them; of fewer the last, of none the end of all."""
        size = count * LONGEST
        while True:
            inside = self.inside[-size:]
            begins = where(inside[1:] & ~inside[:-1])
            if len(begins) >= count or size >= len(self.inside):
                break
            size *= 8
        if not len(begins):
            return len(self.inside)
        return len(self.inside) - len(inside) + 1 + int(begins[-count if len(begins) >= count else -1])

    def back(self, end: Positions) -> Positions:
        """Return how many letters, up to five, stand before some positions in one run."""
        at = end - 5
        five = self._bits[at >> 3] >> (at & _SEVEN).view(np.uint64) & np.uint64(31)
        length: Positions = _LEADING.take(five.view(np.int64))
        return length

    def _run(self, start: Positions) -> Positions:
        """Return how many letters stand in one run from each position, `LONGEST` at most."""
        bits = self._bits[start >> 3]
        bits >>= (start & _SEVEN).view(np.uint64)
        np.invert(bits, out=bits)
        bits &= ~bits + _ONE  # the first that is none
        bits -= _ONE
        length: Positions = np.bitwise_count(bits).astype(np.int64)
        return length

    def _bytes(self) -> bytes:
        if self._raw is None:
            self._raw = self._goes_on.tobytes()
        return self._raw


def articles_of(kinds: NDArray[np.uint8], folds: NDArray[np.uint16]) -> Positions:
    """Return where, between a word and a capital, an Arabic article may stand; see `Alphabet.of`."""
    joint = (kinds == Kind.SPACE) | (kinds == Kind.HYPHEN)
    vowel = folds[1:] == _A
    vowel |= folds[1:] == _E
    at = where(joint[:-1] & vowel)
    at = at[joint.take(at + 3) | joint.take(at + 4)]
    capital = np.zeros(len(at), bool)
    for beyond in range(4, 7):
        capital |= kinds.take(at + beyond) >= Kind.ODD_OPENING
    found: Positions = at[capital]
    return found


def _bits(marks: NDArray[np.bool_]) -> Numbers:
    """Return, for each eight characters, a bit for each of these and of the 56 behind them; nothing behind the last."""
    packed_bits = np.zeros(len(marks) // 8 + 16, np.uint8)
    bits = np.packbits(marks, bitorder="little")
    packed_bits[: len(bits)] = bits
    return np.ndarray(len(packed_bits) - 7, "<u8", packed_bits.data, strides=(1,))


def four_kinds(kinds: NDArray[np.uint8], start: Positions) -> NDArray[np.uint32]:
    """Return the kinds of four characters from each position as one number."""
    view: NDArray[np.uint32] = np.ndarray(len(kinds) - 3, "<u4", kinds.data, strides=(1,))
    return view[start]


def packed(four: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Pack four kinds into 16 bits."""
    four = (four | four >> np.uint32(4)) & np.uint32(0x00FF00FF)
    return ((four | four >> np.uint32(8)) & np.uint32(0xFFFF)).astype(np.int64)


_ROOM = PART * (MARGIN - 1)
_JOINED = np.array([ord(letter) for letter in JOINED], np.uint16)
# Of five bits, how many set ones stand in a run from the last.
_LEADING = np.array([5 - (~five & 31).bit_length() for five in range(32)], np.int64)
