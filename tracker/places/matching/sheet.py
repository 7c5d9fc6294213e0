"""What is seen on a page of texts before they are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tracker.places.names.alphabet import Gaps
from tracker.places.names.numbers import Numbers, Positions

__all__ = ["SHORT", "Few", "Sheet", "Sight"]

SHORT = 8_000  # characters of a page whose capitalised words are looked at one by one

Find: TypeAlias = tuple[int, int, int]


class Sight(NamedTuple):
    """
    What is seen all over a page.

    Attributes
    ----------
    capitals
        Start and end of all capitalised words, ordered.
    words
        The same of those that are not known to be common ones.
    gaps
        Where its words are parted.
    kinds
        `Kind` of every character.
    heads
        Four letters from each position as one number, folded where they are letters.
    """

    capitals: tuple[Positions, Positions]
    words: tuple[Positions, Positions]
    gaps: Gaps
    kinds: NDArray[np.uint8]
    heads: Numbers


class Few(NamedTuple):
    """
    The capitalised words of a page that has few of them.

    Attributes
    ----------
    capitals, words
        As in `Sight`.
    elided
        Whether some words may stand behind an apostrophe in words that begin in lower case: all others are capitals.
    """

    capitals: list[tuple[int, int]]
    words: list[tuple[int, int]]
    elided: bool = True


class Sheet:
    """
    What is seen on a page of texts before they are read; positions count from the start of the page.

    Parameters
    ----------
    look
        Returns what is seen all over the page; it is asked once, when somebody wants to know.

    Attributes
    ----------
    text
        The texts, with `PART` before, between and behind them.
    starts
        Where each of them begins, and last where one more would.
    found
        Start, end and entry of the names; see `NameTable.find`.
    articles
        Where, between two words, an Arabic article may stand.
    few
        The capitalised words where there are few, which are read one by one; else None.
    """

    __slots__ = ("_look", "_sight", "articles", "few", "found", "starts", "text")

    def __init__(  # noqa: PLR0917
        self,
        text: str,
        starts: list[int],
        found: list[Find],
        articles: list[int],
        look: Callable[[], Sight],
        few: Few | None = None,
    ) -> None:
        self.text = text
        self.starts = starts
        self.found = found
        self.articles = articles
        self.few = few
        self._look = look
        self._sight: Sight | None = None

    @property
    def sight(self) -> Sight:
        """What is seen all over the page."""
        if self._sight is None:
            self._sight = self._look()
        return self._sight
