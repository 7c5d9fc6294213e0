"""Where the words before and behind names stand, for all names of a page at once."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from tracker.places.matching.scan import PART
from tracker.places.names.alphabet import Gaps
from tracker.places.names.numbers import Positions

__all__ = ["REACH", "Around", "around", "line_before", "words_behind"]

REACH = 48  # characters on either side that are read; the longest cue phrase has 30
_WORDS = 3  # of the longest cue phrase
# A character, the word that it belongs to, and two more.
_FOLLOWING = re.compile(rf"(.[^\s{PART}]*)(?:[\s{PART}][^\s{PART}]*){{0,{_WORDS - 1}}}", re.DOTALL).match


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


def line_before(text: str, at: int) -> str:
    """Return the line before a name that begins somewhere, as far as it is read."""
    far = at - REACH
    return text[max(text.rfind("\n", far, at) + 1, text.rfind(PART, far, at) + 1, far) : at]


def words_behind(text: str, end: int) -> re.Match[str]:
    """Return what stands behind a name, with two words more than the next, which is the first group."""
    found = _FOLLOWING(text, end, end + REACH)
    assert found is not None  # there is room behind every name  # noqa: S101
    return found
