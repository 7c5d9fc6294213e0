"""Where the words before and behind names stand, for all names of a page at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tracker.places.names.alphabet import Gaps
from tracker.places.names.numbers import Positions

__all__ = ["REACH", "Around", "around"]

REACH = 48  # characters on either side that are read; the longest cue phrase has 30
_WORDS = 3  # of the longest cue phrase


class Around(NamedTuple):
    """
    Where the words around names begin and end, at most `REACH` characters away.

    Attributes
    ----------
    line, third, last
        Where the line before the name begins, the last three words of that, and the last one.
    following, followed
        Where the next word ends, and the third one.
    """

    line: list[int]
    third: list[int]
    last: list[int]
    following: list[int]
    followed: list[int]


def around(gaps: Gaps, start: Positions, end: Positions) -> Around:
    """Return where the words around names stand; start and end of the names ascend."""
    white, breaks, begun = gaps
    line = np.maximum(start - REACH, breaks[breaks.searchsorted(start) - 1] + 1)
    word = begun.searchsorted(start) - 1
    last, third = (np.maximum(begun[np.maximum(word - more, 0)], line) for more in (0, _WORDS - 1))
    gap = white.searchsorted(end, side="right")
    reach = end + REACH
    following, followed = (np.minimum(white[np.minimum(gap + more, len(white) - 1)], reach) for more in (0, _WORDS - 1))
    return Around(line.tolist(), third.tolist(), last.tolist(), following.tolist(), followed.tolist())
