"""Stretches of a long text, each resolved by itself: time linear in the length, memory that does not grow with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

__all__ = ["STRETCH", "stretches", "within"]

STRETCH = 100_000  # characters, thirty pages: no report is as long, and what is dumped into one file is many reports
_LONGEST_MASK = 1_000  # characters of the longest name of a side or a people, and many more
_BREAKS = ("\n\n", "\n", ". ", ", ", " ")  # where a stretch ends by preference, in its last tenth


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield the spans of stretches of at most `STRETCH` characters; together they are the text.

    Examples
    --------
    >>> list(stretches("Homs. " * 20_000))
    [(0, 99996), (99996, 120000)]
    """
    start = 0
    while start < len(text):
        end = min(start + STRETCH, len(text))
        if end < len(text):
            found = ((text.rfind(mark, end - STRETCH // 10, end), mark) for mark in _BREAKS)
            end = next((at + len(mark) for at, mark in found if at >= 0), end)
        yield start, end
        start = end


def within(masks: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return those of the sorted masks that reach into a stretch, counted from its start."""
    near = masks[bisect_left(masks, (start - _LONGEST_MASK,)) : bisect_left(masks, (end,))]
    return [(max(first, start) - start, min(last, end) - start) for first, last in near if last > start]
