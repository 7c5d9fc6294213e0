"""Reports to be read, very long ones in pieces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tracker.model import Report
from tracker.places.mentions.runs import Span
from tracker.places.mentions.stretches import STRETCH, stretches, within

__all__ = ["Asked", "Piece", "parts_of", "pieces"]


class Asked(NamedTuple):
    """A report to be read, with what `locate` is told of it; `start` is added to where its mentions stand."""

    report: Report
    masks: Sequence[Span] = ()
    theatre: Collection[str] = frozenset()
    start: int = 0


class Piece(NamedTuple):
    """A report, or a stretch of one that is very long."""

    report: Report
    masks: Sequence[Span]
    theatre: frozenset[str]
    start: int
    last: bool


def parts_of(report: Report) -> Iterator[tuple[int, Report]]:
    """Yield a report as parts that can be read each by itself, and where each begins; most are one part."""
    if len(report.text) <= STRETCH:
        yield 0, report
        return
    for start, end in stretches(report.text):
        yield start, replace(report, text=report.text[start:end])


def pieces(asked: Asked) -> Iterator[Piece]:
    """Yield a report, a stretch at a time."""
    report, theatre = asked.report, frozenset(asked.theatre)
    size = len(report.text)
    if size <= STRETCH:
        yield Piece(report, asked.masks, theatre, start=asked.start, last=True)
        return
    masks = sorted(asked.masks)
    for start, part in parts_of(report):
        end = start + len(part.text)
        yield Piece(part, within(masks, start, end), theatre, start=asked.start + start, last=end == size)
