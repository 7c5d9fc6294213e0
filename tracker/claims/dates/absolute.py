"""Dates that name a day, month, season or year, or a weekday."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from tracker.claims.dates.asking import Ask, Reading, count_of, month_of
from tracker.claims.dates.moments import Moment
from tracker.claims.dates.words import read_date_words

__all__ = [
    "absolute",
    "decade",
    "edge_day",
    "feast",
    "interval",
    "month_named",
    "numeric",
    "season",
    "season_about",
    "the_nth",
    "weekday",
    "years",
]


def absolute(ask: Ask) -> Reading:
    """Read a day, month or year as written."""
    groups = ask.groups
    month = groups.get("month")
    named = None if month is None else int(month) if month.isdigit() else month_of(month)
    if "rel" in groups:
        words = groups["rel"].split()[-1]
        moment = Moment(year=_year_of(ask, words), month=named, day=count_of(groups, "day"))
        return Reading(moment=moment, relative="published" if words in {"last", "this"} else "told")
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
    first = relation.split()[:1]
    if first in (["the"], ["that"]) and "rel" not in ask.groups and "year" not in ask.groups:
        back = relation.split()[-1] in {"previous", "preceding"}
        return _that_month(ask, month) if first == ["that"] else _next_to_told(ask, month, back=back)
    step = {"last": -1, "this": 0, "next": 1}.get(relation.removesuffix(" year"))
    if "year" in ask.groups or (step is None and "year" not in relation):
        return absolute(ask)
    told, published = ask.story.told, ask.story.published
    if step is None:
        told = _near(ask) if told is None or ask.story.in_sentence is not None else told
        year = told.year if told is not None else None
        if year is None and published is not None:
            year = published.year
        if year is not None:
            year += _years_on(relation.split())
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


def _next_to_told(ask: Ask, month: int, *, back: bool) -> Reading:
    """Read "the following June" and "the previous June" as the nearest after or before what was told."""
    told, published = ask.story.told, ask.story.published
    if told is None or told.year is None:
        told = None if published is None else Moment.of(published)
    begins = told.first_day if told is not None else None
    if told is None or begins is None:
        return Reading(moment=Moment(month=month), relative="told")
    if told.month is None:
        step = -1 if back else 1
    else:
        step = -(month >= begins.month) if back else int(month <= begins.month)
    return Reading(moment=Moment(year=begins.year + step, month=month), relative="told")


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
    if "year" in ask.groups or "of" in ask.groups:
        year = count_of(ask.groups, "year") or _year_of(ask, ask.groups["of"].split()[-2])
        relative = None if "year" in ask.groups else "published" if year else "told"
        return Reading(moment=Moment(year=year, month=code), relative=relative)
    relation = ask.groups.get("rel")
    published, told = ask.story.published, ask.story.told
    if relation in ("before", "after", "the previous"):
        return season_about(ask)
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


def season_about(ask: Ask) -> Reading:
    """Read "the summer before" as the last one over before what was told, "the summer after" as the next."""
    told, code = ask.story.told, read_date_words().seasons[ask.groups["season"]]
    begins = told.first_day if told is not None else None
    if begins is None:
        return Reading(moment=Moment(month=code), relative="told")
    first = Moment(year=begins.year, month=code).first_day
    before = ask.groups["rel"] != "after"
    step = -(first is not None and first >= begins) if before else int(first is not None and first <= begins)
    if before and told is not None and told.month is None:
        step = -1
    return Reading(moment=Moment(year=begins.year + step, month=code), relative="told")


def edge_day(ask: Ask) -> Reading:
    """Read "the last day of May" and "the first day of 2015"."""
    last, whole = ask.groups["ord"] != "first", ask.groups.get("whole", "")
    if "month" in ask.groups:
        near = _near(ask)
        year = count_of(ask.groups, "year") or (near.year if near is not None else None)
        within = ask.year(Moment(year=year, month=month_of(ask.groups["month"])))
    elif whole.isdigit():
        within = Moment(year=int(whole), month=12 if last else 1)
    elif ask.story.told is None:
        return Reading(moment=None, relative="told")
    else:
        told = ask.story.told
        within = told.cut_to("month") if whole.endswith("month") else Moment(year=told.year, month=12 if last else 1)
    if within.year is None or within.month is None or within.month > 12:
        return Reading(moment=within, relative="told")
    day = calendar.monthrange(within.year, within.month)[1] if last else 1
    return Reading(
        moment=replace(within, day=day), relative=None if "month" in ask.groups or whole.isdigit() else "told"
    )


def feast(ask: Ask) -> Reading:
    """Read "New Year's Eve" as the day on which it falls every year."""
    month, day = read_date_words().feasts[" ".join(ask.groups["feast"].split())]
    return Reading(moment=ask.year(Moment(year=count_of(ask.groups, "year"), month=month, day=day)))


def _year_of(ask: Ask, word: str) -> int | None:
    """Return which year "last", "this", "that" or "the next" year is."""
    if word in {"last", "this"}:
        published = ask.story.published
        return None if published is None else published.year - (word == "last")
    told = _near(ask)
    year = told.year if told is not None else None
    return year if year is None else year + _years_on([word])


def _years_on(words: Collection[str]) -> int:
    """Return how many years "the following" or "the previous" year is on from what was told."""
    if not {"following", "next"}.isdisjoint(words):
        return 1
    return -1 if not {"previous", "preceding"}.isdisjoint(words) else 0


def weekday(ask: Ask) -> Reading:
    """Read a weekday as the day of publication itself, else the nearest past one."""
    if "month" in ask.groups:
        return absolute(ask)
    published = ask.story.published
    if "day" in ask.groups:
        return the_nth(ask)
    if published is None:
        return _weekday_told(ask)
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


def _weekday_told(ask: Ask) -> Reading:
    """Read "on Sunday" of a text without a day of publication as the first one from the day told on."""
    day = ask.story.told.first_day if ask.story.told is not None and ask.story.told.day is not None else None
    if day is None or "rel" in ask.groups or "week" in ask.groups:
        return Reading(moment=None, relative="published")
    ahead = (read_date_words().weekdays[ask.groups["weekday"]] - day.weekday()) % 7
    return Reading(moment=Moment.of(day + dt.timedelta(days=ahead)), relative="told")


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
