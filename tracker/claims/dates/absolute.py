"""Dates that name a day, month, season or year, or a weekday."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tracker.claims.dates.asking import Ask, Reading, count_of, month_of
from tracker.claims.dates.moments import Moment
from tracker.claims.dates.words import read_date_words

__all__ = ["absolute", "decade", "interval", "month_named", "numeric", "season", "the_nth", "weekday", "years"]


def absolute(ask: Ask) -> Reading:
    """Read a day, month or year as written."""
    groups = ask.groups
    month = groups.get("month")
    named = None if month is None else int(month) if month.isdigit() else month_of(month)
    if "rel" in groups:
        published = ask.story.published
        year = None if published is None else published.year - (groups["rel"] == "last")
        return Reading(moment=Moment(year=year, month=named, day=count_of(groups, "day")), relative="published")
    return Reading(moment=ask.year(Moment(year=count_of(groups, "year"), month=named, day=count_of(groups, "day"))))


def numeric(ask: Ask) -> Reading:
    """Read 05.09.2017; the day comes first unless only the month can."""
    day, month = int(ask.groups["day"]), int(ask.groups["month"])
    if month > 12 >= day:
        day, month = month, day
    moment = Moment(year=int(ask.groups["year"]), month=month, day=day)
    return Reading(moment=moment if month <= 12 and moment.exists() else None)


def interval(ask: Ask) -> Reading:
    """Read two days or months and the time between them; the first may lie in the year before."""
    groups = ask.groups
    month2 = month_of(groups.get("month2", groups["month"]))
    last = ask.year(Moment(year=count_of(groups, "year"), month=month2, day=count_of(groups, "day2")))
    first = Moment(
        year=count_of(groups, "year1") or last.year, month=month_of(groups["month"]), day=count_of(groups, "day")
    )
    if "year1" in groups and "year" not in groups:
        last = replace(last, year=first.year)
    if first.year is not None and first.month is not None and first.month > month2 and "year1" not in groups:
        first = replace(first, year=first.year - 1)
    return Reading(moment=first, last=last)


def years(ask: Ask) -> Reading:
    """Read "2012-2014" and "2012-14"."""
    first, last = ask.groups["year"], ask.groups["year2"]
    last = first[: 4 - len(last)] + last
    return Reading(moment=Moment(year=int(first)), last=Moment(year=int(last)) if last > first else None)


def decade(ask: Ask) -> Reading:
    """Read "the 1990s"."""
    first = int(ask.groups["year"])
    return Reading(moment=Moment(year=first), last=Moment(year=first + 9))


def month_named(ask: Ask) -> Reading:
    """Read "in May", "last May", "in May last year", "in May of that year"."""
    month = month_of(ask.groups["month"])
    relation = ask.groups.get("rel") or ask.groups.get("pre", "")
    if relation.split()[:1] == ["that"] and "rel" not in ask.groups and "year" not in ask.groups:
        return _that_month(ask, month)
    step = {"last": -1, "this": 0, "next": 1}.get(relation.removesuffix(" year"))
    if "year" in ask.groups or (step is None and "year" not in relation):
        return absolute(ask)
    told, published = ask.story.told, ask.story.published
    if step is None:
        told = _near(ask) if told is None or ask.story.in_sentence is not None else told
        year = told.year if told is not None else None
        if year is not None and ("following" in relation or "next" in relation):
            year += 1
        return Reading(moment=Moment(year=year, month=month), relative="told")
    if relation == "next" and told is not None and told.year is not None:
        later = told.month is not None and month <= told.month
        return Reading(moment=Moment(year=told.year + later, month=month), relative="told")
    if published is None:
        return Reading(moment=Moment(month=month), relative="published")
    if relation == "last":
        step = -(month >= published.month)
    elif relation == "next":
        step = int(month <= published.month)
    return Reading(moment=Moment(year=published.year + step, month=month), relative="published")


def _that_month(ask: Ask, month: int) -> Reading:
    """Read "that November" as the month of the year named last, whether the text looked back to it or not."""
    near = _near(ask)
    if near is None:
        return absolute(ask)
    return Reading(moment=Moment(year=near.year, month=month), relative="told")


def _near(ask: Ask) -> Moment | None:
    """Return the moment named last that has a year, whether the text looked back to it or not."""
    story = ask.story
    return next((one for one in (story.in_sentence, story.named, story.told) if one is not None and one.year), None)


def season(ask: Ask) -> Reading:
    """Read "summer 2015", "last summer", "in the summer", "in the spring of last year"."""
    code = read_date_words().seasons[ask.groups["season"]]
    if "year" in ask.groups:
        return Reading(moment=Moment(year=int(ask.groups["year"]), month=code))
    if "of" in ask.groups:
        year = _year_of(ask, " ".join(ask.groups["of"].split()))
        return Reading(moment=Moment(year=year, month=code), relative="published" if year else "told")
    relation = ask.groups.get("rel")
    published, told = ask.story.published, ask.story.told
    if relation in ("last", "this", "next"):
        if published is None:
            return Reading(moment=None, relative="published")
        ends = (code - 20) * 3 + 2  # last month of the season
        step = {"last": -(published.month <= ends), "this": 0, "next": int(published.month >= ends - 2)}[relation]
        return Reading(moment=Moment(year=published.year + step, month=code), relative="published")
    if told is not None and told.year is not None:
        return Reading(moment=Moment(year=told.year + (relation == "the following"), month=code), relative="told")
    year = None if published is None else published.year
    return Reading(moment=Moment(year=year, month=code))


def _year_of(ask: Ask, words: str) -> int | None:
    """Return which year "last year", "that year" or "the next year" is."""
    published, told = ask.story.published, _near(ask)
    if words in {"last year", "this year"}:
        return None if published is None else published.year - (words == "last year")
    year = told.year if told is not None else None
    return year if year is None else year + (words in {"the following year", "the next year"})


def weekday(ask: Ask) -> Reading:
    """Read a weekday as the day of publication itself, else the nearest past one."""
    if "month" in ask.groups:
        return absolute(ask)
    published = ask.story.published
    if "day" in ask.groups:
        return the_nth(ask)
    if published is None:
        return Reading(moment=None, relative="published")
    wanted = read_date_words().weekdays[ask.groups["weekday"]]
    if "week" in ask.groups:
        monday = published - dt.timedelta(days=published.weekday() + (7 if ask.groups["week"] == "last" else 0))
        return Reading(moment=Moment.of(monday + dt.timedelta(days=wanted)), relative="published")
    back = (published.weekday() - wanted) % 7
    relation = ask.groups.get("rel")
    if relation == "next":
        back -= 7
    elif relation == "last" and back == 0:
        back = 7
    return Reading(moment=Moment.of(published - dt.timedelta(days=back)), relative="published")


def the_nth(ask: Ask) -> Reading:
    """Read "on the 12th": of the month told before, else of the month of publication."""
    day = count_of(ask.groups, "day")
    told, published = ask.story.told, ask.story.published
    if told is None or told.month is None or told.month > 12:
        told = None if published is None else Moment.of(published)
    if told is None:
        return Reading(moment=None, relative="told")
    moment = replace(told, day=day)
    if ask.story.told is not None and told.day is not None and day is not None and day < told.day - 20:
        moment = replace(told.shifted(1, "month"), day=day)
    return Reading(moment=moment if moment.exists() else None, relative="told")
