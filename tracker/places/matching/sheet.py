"""What is seen on a page of texts before they are read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.places.names.alphabet import Gaps
from tracker.places.names.numbers import Numbers, Positions

__all__ = ["Sheet"]


class Sheet(NamedTuple):
    """
    What is seen on a page of texts before they are read; positions count from the start of the page.

    Attributes
    ----------
    text
        The texts, with `PART` before, between and behind them.
    starts
        Where each of them begins, and last where one more would.
    found
        Start, end and entry of the names; see `NameTable.find`.
    capitals
        Start and end of all capitalised words, ordered.
    words
        The same of those that are not known to be common ones.
    articles
        Where, between two words, an Arabic article may stand.
    gaps
        Where its words are parted.
    kinds
        `Kind` of every character.
    heads
        Four letters from each position as one number, folded where they are letters.
    """

    text: str
    starts: list[int]
    found: list[tuple[int, int, int]]
    capitals: tuple[Positions, Positions]
    words: tuple[Positions, Positions]
    articles: list[int]
    gaps: Gaps
    kinds: NDArray[np.uint8]
    heads: Numbers
