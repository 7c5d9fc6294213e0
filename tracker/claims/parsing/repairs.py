"""
Repairs of trees, each declared with the tokens that it looks at, and the walk that tries at a token only those.

Of some seventy repairs two or three look at a token: which, is told by its tag, label, kind and word at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from inspect import signature
from typing import Any

from tracker.claims.frames import Frames
from tracker.claims.parsing.tokens import Token

__all__ = ["NAMES", "NOUNS", "VERBS", "Repair", "Walk"]

VERBS = "VB VBD VBG VBN VBP VBZ"
NOUNS = "NN NNS NNP NNPS"
NAMES = "place name"
_MOST_KEPT = 20_000  # what fits a token of one tag, label, kind and word; an English model makes a few thousand

_Words = AbstractSet[str] | Callable[[Frames], AbstractSet[str]]
_Key = tuple[str, str, str | None, str]


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """
    One habit of parsers, put right.

    Attributes
    ----------
    mend
        Called with the tokens of a sentence, the number of the one to look at and, where it takes three, the frames.
    tags, deps, kinds
        Those of the tokens to look at, parted by blanks; empty for any. The kind of a plain word is "None".
    words
        Those to look at in lower case, or what tells them from frames; empty for any.
    """

    mend: Callable[..., Any]
    tags: str = ""
    deps: str = ""
    kinds: str = ""
    words: _Words = frozenset()


class Walk:
    """
    Repairs in their order, tried at one token after the other.

    Parameters
    ----------
    repairs
        What one does to a token decides which of those behind it still fit.
    frames
        Handed to repairs that ask for them.
    """

    def __init__(self, repairs: Sequence[Repair], frames: Frames) -> None:
        self._repairs = repairs
        self._mends = [_with_frames(repair.mend, frames) for repair in repairs]
        self._words = [repair.words(frames) if callable(repair.words) else repair.words for repair in repairs]
        self._told = frozenset[str]().union(*self._words)
        self._known: dict[_Key, tuple[int, ...]] = {}

    def __call__(self, tokens: Sequence[Token]) -> None:
        """Repair a sentence."""
        told, known = self._told, self._known
        for token in tokens:
            word = token.lower
            key = token.tag, token.dep, token.kind, word if word in told else ""
            fitting = known.get(key)
            if fitting is None:
                fitting = self._fitting(key)
            if fitting:
                self._mend(tokens, token, key, fitting)

    def _mend(self, tokens: Sequence[Token], token: Token, key: _Key, fitting: Sequence[int]) -> None:
        """Try repairs at a token in their order; what one makes of the token decides which come after it."""
        tried = 0
        while tried < len(fitting):
            number = fitting[tried]
            self._mends[number](tokens, token.i)
            tried += 1
            if token.tag != key[0] or token.dep != key[1]:
                key = token.tag, token.dep, key[2], key[3]
                fitting = self._fitting(key)
                tried = bisect_right(fitting, number)

    def _fitting(self, key: _Key) -> tuple[int, ...]:
        """Return the numbers of the repairs that look at such a token, in their order."""
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            told = enumerate(zip(self._repairs, self._words, strict=True))
            found = self._known[key] = tuple(number for number, (one, words) in told if _looks_at(one, words, key))
        return found


def _looks_at(repair: Repair, words: AbstractSet[str], key: _Key) -> bool:
    tag, dep, kind, word = key
    if words and word not in words:
        return False
    wanted = ((repair.tags, tag), (repair.deps, dep), (repair.kinds, str(kind)))
    return all(not some or one in some.split() for some, one in wanted)


def _with_frames(mend: Callable[..., Any], frames: Frames) -> Callable[..., Any]:
    """Return a repair that is called with tokens and a number alone."""
    return partial(mend, frames=frames) if "frames" in signature(mend).parameters else mend
