"""Words that are no single run of letters: with an apostrophe, marks, or a small word written onto them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TypeAlias

from tracker.places.names.folding import JOINED, exact_key, joined_offsets
from tracker.places.names.numbers import word_number
from tracker.places.names.tokens import APOSTROPHES

__all__ = ["POSSESSIVE", "TAIL_LEAST", "Inner", "read_odd"]

POSSESSIVE = 2  # characters of "'s"
TAIL_LEAST = 4  # letters of "L'Ukraine": what is shorter ("I'm") is no article with a name
Inner: TypeAlias = tuple[int, int, int]  # of a name inside a word: offset, number, number without its "'s"


@lru_cache(maxsize=1 << 16)
def read_odd(raw: str) -> tuple[int, int, tuple[Inner, ...]]:
    """Return the number of a word, that without its "'s", and where names behind a small word begin, with numbers."""
    inner: list[Inner] = []
    offset = _tail(raw)
    if offset:
        inner.append((offset, _number_of(raw[offset:]), _bare_number(raw[offset:])))
    if raw[0] in JOINED:
        letters = [at for at, char in enumerate(raw) if not unicodedata.combining(char)]  # without the vowels
        for place, alef in joined_offsets("".join([raw[at] for at in letters])):
            inner.append((letters[place], _number_of("ا" * alef + raw[letters[place] :]), 0))
    return _number_of(raw), _bare_number(raw), tuple(inner)


def _bare_number(raw: str) -> int:
    """Return the number of a word without its "'s"; 0 when it has none."""
    owned = raw[-1] == "s" and len(raw) > POSSESSIVE and raw[-POSSESSIVE] in APOSTROPHES
    return _number_of(raw[:-POSSESSIVE]) if owned else 0


def _number_of(raw: str) -> int:
    """Return the number of one word as it stands; 0, which is no name's, when its key is none or several words."""
    key = exact_key(raw)
    return word_number(key) if key and " " not in key else 0


def _tail(raw: str) -> int:
    """Return where the name begins in "d'Alep" and "L'Ukraine"; 0 when there is none."""
    if _opens(raw[0]):
        return 2 if len(raw) >= TAIL_LEAST and raw[1] in APOSTROPHES and _opens(raw[2]) else 0
    return next((at for at in range(1, len(raw)) if raw[at - 1] in APOSTROPHES and _opens(raw[at])), 0)


def _opens(char: str) -> bool:
    """Return whether a name may begin with a character."""
    return unicodedata.category(char) in {"Lu", "Lt", "Lo"} or char in "0123456789"
