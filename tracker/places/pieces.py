"""Reports to be read, very long ones in pieces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tracker.model import Report
from tracker.places.runs import Span
from tracker.places.stretches import STRETCH, stretches, within

__all__ = ["Asked", "Piece", "pieces"]


class Asked(NamedTuple):
    """A report to be read, with what `locate` is told of it."""

    report: Report
    masks: Sequence[Span] = ()
    theatre: Collection[str] = frozenset()


class Piece(NamedTuple):
    """A report, or a stretch of one that is very long."""

    report: Report
    masks: Sequence[Span]
    theatre: frozenset[str]
    start: int
    last: bool


def pieces(report: Report, masks: Sequence[Span], theatre: Collection[str]) -> Iterator[Piece]:
    """Yield a report, a stretch at a time."""
    size, theatre = len(report.text), frozenset(theatre)
    if size <= STRETCH:
        yield Piece(report, masks, theatre, start=0, last=True)
        return
    masks = sorted(masks)
    for start, end in stretches(report.text):
        part = replace(report, text=report.text[start:end])
        yield Piece(part, within(masks, start, end), theatre, start=start, last=end == size)
