"""Dates reckoned from the day of publication: "yesterday", "at the weekend", "two weeks ago", "for over two years"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tracker.claims.dates.asking import Ask, Reading, with_groups
from tracker.claims.dates.counting import counted_in, vaguely
from tracker.claims.dates.moments import Moment

__all__ = ["ago", "deictic", "duration", "from_publication", "recent", "week", "weekend"]

_DEICTIC = {
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "last night": -1,
    "overnight": 0,
    "now": 0,
    "currently": 0,
}
_ALMOST = frozenset({"about", "around", "nearly", "almost", "roughly", "approximately", "just", "only"})


def deictic(ask: Ask) -> Reading:
    """Read "yesterday", "overnight", "the day before yesterday"."""
    word = " ".join(ask.groups.get("word", "today").split())
    step = -2 if word.startswith("the day before") else _DEICTIC.get(word, 0)
    return from_publication(ask, step, "day")


def from_publication(ask: Ask, count: int, unit: str) -> Reading:
    """Return the moment so many units on from the day of publication."""
    published = ask.story.published
    if published is None:
        return Reading(moment=None, relative="published")
    return Reading(moment=Moment.of(published).shifted(count, unit), relative="published")


def weekend(ask: Ask) -> Reading:
    """Read "at the weekend": the last one, or the present one where it has begun."""
    published = ask.story.published
    if published is None:
        return Reading(moment=None, relative="published")
    return week(ask, published - dt.timedelta(days=published.weekday()), weekend=True)


def week(ask: Ask, monday: dt.date, *, weekend: bool) -> Reading:
    """Return the seven days from a Monday, or their weekend, that had passed by publication."""
    published = ask.story.published
    first = monday + dt.timedelta(days=5 if weekend else 0)
    last = monday + dt.timedelta(days=6)
    if weekend and published is not None and first > published:
        first, last = first - dt.timedelta(weeks=1), last - dt.timedelta(weeks=1)
    if published is not None and first <= published < last:
        last = published
    return Reading(moment=Moment.of(first), last=Moment.of(last), relative="published")


def ago(ask: Ask) -> Reading:
    """Read "two weeks ago", "more than a month ago", "days ago"."""
    counted = counted_in(ask)
    if ask.story.published is None:
        return Reading(moment=None, relative="published")
    if counted is None:
        return Reading(moment=vaguely(Moment.of(ask.story.published), ask, -1), relative="published")
    reading = from_publication(ask, -counted[0], counted[1])
    about = ask.groups.get("about", "").split()
    if counted == (1, "year") and (not about or about[0] in _ALMOST):
        return replace(reading, moment=Moment.of(ask.story.published).shifted(-12, "month"), approximate=True)
    if about and about[0] in ("over", "more", "at") and counted[1] != "year":
        return replace(reading, open_start=True)  # "more than a week ago"; a year is as coarse as its words
    if counted[1] == "week" and reading.moment is not None:
        return replace(reading, approximate=True)
    return reading


def recent(ask: Ask) -> Reading:
    """Read "in the past two weeks" as the time from then to publication, "in recent weeks" as before it."""
    published = ask.story.published
    if published is None:
        return Reading(moment=None, relative="published")
    whole = "num" not in ask.groups and ask.groups["unit"] in {"day", "night"}  # "over the past day"
    counted = counted_in(with_groups(ask, num="one") if whole else ask)
    if counted is None:
        return Reading(moment=Moment.of(published), relative="published", open_start=True)
    first = Moment.of(_days_back(published, *counted))
    return Reading(moment=first, last=Moment.of(published), relative="published")


def _days_back(published: dt.date, count: int, unit: str) -> dt.date:
    """Return the day some units before, the last of the month when there is no such day."""
    if unit in ("day", "week"):
        try:
            return published - dt.timedelta(days=count * (7 if unit == "week" else 1))
        except OverflowError:
            return dt.date(1000, 1, 1)
    months = max(published.year * 12 + published.month - 1 - count * (12 if unit == "year" else 1), 12000)
    day = published.day
    while True:
        try:
            return dt.date(months // 12, months % 12 + 1, day)
        except ValueError:
            day -= 1


def duration(ask: Ask) -> Reading:
    """Read "for over two years" as the time since before then, "for two weeks" as about since then."""
    counted = counted_in(ask if "num" in ask.groups else with_groups(ask, num="one"))  # "for the last decade"
    published = ask.story.published
    if counted is None or published is None:
        return Reading(moment=None, relative="published", duration=True)
    since = Moment.of(_days_back(published, *counted))
    about = ask.groups.get("about", "").split()
    if about and about[0] in ("over", "more", "at"):
        return Reading(moment=since, relative="published", duration=True, open_start=True)
    coarse = since.cut_to("month") if counted[1] in ("month", "year") else since
    return Reading(moment=coarse, last=Moment.of(published), relative="published", duration=True, approximate=True)
