"""Dates that stand beside each other: an hour and its day, two ends of a span, one day told in two ways."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.dates.kinds import DateKind, DateMention
from tracker.claims.dates.moments import Moment
from tracker.claims.dates.scanning import Hit
from tracker.claims.dates.words import read_date_words

__all__ = ["apart", "as_spans", "tells_again", "tidy"]

_OF_ITS_DAY = re.compile(r"\s{1,3}(?:(?:on|of)\s{1,3}(?:the\s{1,3})?)?")
_TO = re.compile(r"\s{1,3}(?:and|to|until|till|through|-|–)\s{1,3}(?:the\s{1,3})?", re.IGNORECASE)
_FROM = re.compile(r"\b(?:between|from)\s{1,3}(?:the\s{1,3})?\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s{1,3}(?:the\s{1,3})?\Z", re.IGNORECASE)
_UP_TO = re.compile(r"\s{1,3}to\s{1,3}(?:the\s{1,3})?", re.IGNORECASE)
_AND = re.compile(r"\s{1,3}and\s{1,3}(?:the\s{1,3})?", re.IGNORECASE)
_NAMELY = re.compile(r",\s{1,3}(?:(?:on|in)\s{1,3})?(?:the\s{1,3})?")
_BEFORE = 16  # characters: "between the "
_RECKONED = frozenset({"later", "earlier", "next", "previous", "day_after"})


def tidy(hits: Sequence[Hit], text: str) -> list[Hit]:
    """Return what was found without hours of days that stand behind them, and with the years of ends of spans."""
    kept: list[Hit] = []
    for k, hit in enumerate(hits):
        ahead = hits[k + 1] if k + 1 < len(hits) else None
        of_a_day = hit.pattern == "by_evening" or hit.groups.get("word") == "overnight"
        if ahead is not None and of_a_day and _OF_ITS_DAY.fullmatch(text, hit.end, ahead.start):
            continue  # "before dawn on Monday"
        if kept and hit.pattern == "this_period" and kept[-1].pattern == "ago" and hit.start - kept[-1].end == 1:
            continue  # "ten years ago this month"
        kept.append(_with_year(hit, ahead, text) if ahead is not None and "month" in hit.groups else hit)
    return kept


def _with_year(hit: Hit, ahead: Hit, text: str) -> Hit:
    """Return a month with the year that only the other end of its span has: "between late October and May 2023"."""
    if "year" in hit.groups or "year" not in ahead.groups or "month" not in ahead.groups:
        return hit
    if not _TO.fullmatch(text, hit.end, ahead.start) or not _FROM.search(text, max(hit.start - _BEFORE, 0), hit.start):
        return hit
    months = read_date_words().months
    first, last = (months.get(" ".join(one.groups["month"].split()).strip(". "), 0) for one in (hit, ahead))
    return replace(hit, groups={**hit.groups, "year": str(int(ahead.groups["year"]) - (first > last))})


def tells_again(hit: Hit, ahead: Hit | None, text: str) -> bool:
    """Tell whether a date is told once more by one that stands for itself: "a year later, on 3 October 2016"."""
    if ahead is None or hit.pattern not in _RECKONED or "month" not in ahead.groups:
        return False
    if "year" not in ahead.groups and hit.groups["unit"].startswith(("month", "year")):
        return False  # "almost a year later, on 24 April": which April
    return _NAMELY.fullmatch(text, hit.end, ahead.start) is not None


def as_spans(dates: Sequence[DateMention], text: str) -> list[DateMention]:
    """Return dates with the two ends of a span as one: "between May and mid-June", "from May to 3 June"."""
    joined: list[DateMention] = []
    for date in dates:
        first = joined[-1] if joined else None
        begun = _begun(first, date) if first is not None and _are_ends(first, date, text) else None
        if first is not None and begun is not None:
            edtf = f"{begun}/{date.edtf}"
            words = text[first.start : date.end]
            joined[-1] = replace(
                first, end=date.end, text=words, edtf=edtf, point=edtf, kind=DateKind.POINT, precision="interval"
            )
        else:
            joined.append(date)
    return joined


def apart(date: DateMention) -> list[DateMention]:
    """Return the two ends of a span as dates of their own: "in May and June 2015, respectively"."""
    joint = _AND.search(date.text)
    ends = (date.edtf or "").split("/")
    if joint is None or len(ends) != len(("first", "last")) or not {"", ".."}.isdisjoint(ends):
        return [date]
    middle, last = date.start + joint.start(), date.start + joint.end()
    told = []
    for start, end, edtf in ((date.start, middle, ends[0]), (last, date.end, ends[1])):
        known = Moment.parse(edtf)
        words = date.text[start - date.start : end - date.start]
        precision = known.precision if known is not None else "none"
        told.append(replace(date, start=start, end=end, text=words, edtf=edtf, point=edtf, precision=precision))
    return told


def _are_ends(first: DateMention, last: DateMention, text: str) -> bool:
    """Tell whether two dates are the ends of one span."""
    if first.kind is DateKind.SINCE and last.kind is DateKind.POINT:
        return _UP_TO.fullmatch(text, first.end, last.start) is not None
    if not _AND.fullmatch(text, first.end, last.start) or first.kind is not DateKind.POINT:
        return False
    return _BETWEEN.search(text, max(first.start - _BEFORE, 0), first.start) is not None


def _begun(first: DateMention, last: DateMention) -> str | None:
    """Return when a span began, a week before where its weekday is later than the other; None where it can't be."""
    if first.point is None or last.edtf is None or "/" in first.point + last.edtf:
        return None
    if first.point <= last.edtf:
        return first.point
    day = Moment.parse(first.point)
    return day.shifted(-1, "week").edtf() if day is not None and first.relative == "published" else None
