"""Where the words before and behind names stand, for all names of a page at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tracker.places.matching.scan import PART
from tracker.places.names.alphabet import Gaps
from tracker.places.names.numbers import Positions

__all__ = ["REACH", "Around", "around", "around_few"]

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


def around_few(text: str, start: Sequence[int], end: Sequence[int]) -> Around:
    """Return what `around` does, of a page with few names."""
    lines, thirds, lasts = [], [], []
    for at in start:
        far = at - REACH
        line = max(text.rfind("\n", far, at) + 1, text.rfind(PART, far, at) + 1, far)
        bare = text[line:at].rstrip()
        words = bare.rsplit(None, _WORDS)
        lines.append(line)
        lasts.append(line + len(bare) - len(words[-1]) if words else line)
        more = len(words) > _WORDS
        thirds.append(line + len(bare) - len(bare[len(words[0]) :].lstrip()) if more else line)
    found = [_FOLLOWING(text, last, last + REACH) for last in end]
    following = [one.end(1) for one in found if one is not None]
    return Around(lines, thirds, lasts, following, [one.end() for one in found if one is not None])
