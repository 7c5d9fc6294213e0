"""Which of the names that overlap in a text are kept."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.places.matching.name_columns import MOST_WORDS
from tracker.places.matching.scan import where
from tracker.places.names.numbers import Positions

__all__ = ["LAST_WORDS", "Finds", "decided", "free_spans", "without_overlaps"]


LAST_WORDS = MOST_WORDS + 2  # of a page, which may be part of a name that goes on behind it


class Finds(NamedTuple):
    """The names in a text as columns, ordered by start; see `Found`."""

    start: Positions
    end: Positions
    entry: Positions


def decided(finds: Finds, safe: int) -> int:
    """Return up to where the finds on a page stay what they are, whatever follows; `LAST_WORDS` begin at `safe`."""
    over = where((finds.start < safe) & (finds.end > safe))
    if not len(over):
        return safe
    heads = where(_heads(finds))
    return int(finds.start[heads[np.searchsorted(heads, over[0], side="right") - 1]]) or safe


def _heads(finds: Finds) -> NDArray[np.bool_]:
    """Return which finds begin after all before them have ended."""
    heads = np.ones(len(finds.start), bool)
    heads[1:] = finds.start[1:] >= np.maximum.accumulate(finds.end)[:-1]
    return heads


def without_overlaps(finds: Finds) -> Finds:
    """Of names that overlap, keep the longest, then the longest of those that are still free of it, and so on."""
    count = len(finds.start)
    if not count:
        return finds
    heads = where(_heads(finds))
    ends = np.maximum.reduceat(finds.end, heads)
    kept = np.zeros(count, bool)
    kept[heads] = True  # the first of a cluster is the longest from there; where it covers the cluster, it wins
    tangled = where(finds.end[heads] < ends)
    bounds = np.append(heads, count)
    for cluster in tangled.tolist():
        first, last = int(bounds[cluster]), int(bounds[cluster + 1])
        kept[first:last] = free_spans(finds.start[first:last].tolist(), finds.end[first:last].tolist())
    return Finds(*(column[kept] for column in finds))


def free_spans(starts: Sequence[int], ends: Sequence[int]) -> list[bool]:
    """Return which of spans that overlap are kept: the longest, then the longest that are still free, and so on."""
    kept = [False] * len(starts)
    taken: list[tuple[int, int]] = []  # spans that are kept, ordered
    for number in sorted(range(len(starts)), key=lambda number: (starts[number] - ends[number], number)):
        span = (starts[number], ends[number])
        place = bisect.bisect(taken, span)
        if (not place or taken[place - 1][1] <= span[0]) and (place == len(taken) or span[1] <= taken[place][0]):
            taken.insert(place, span)
            kept[number] = True
    return kept
