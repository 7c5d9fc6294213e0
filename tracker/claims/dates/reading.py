"""Dates reckoned from the day of publication or from the date told before, and the table of all readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from tracker.claims.dates.absolute import (
    absolute,
    decade,
    edge_day,
    feast,
    interval,
    month_named,
    numeric,
    season,
    season_about,
    the_nth,
    weekday,
    years,
)
from tracker.claims.dates.asking import Ask, Reading, number_of, with_groups
from tracker.claims.dates.moments import Moment
from tracker.claims.dates.scanning import Hit
from tracker.claims.dates.story import Story
from tracker.claims.dates.words import read_date_words

__all__ = ["read_hit"]


def read_hit(hit: Hit, story: Story, *, since: bool, initial: bool) -> Reading:
    """Return what a found pattern means at this point of the story."""
    return _READERS[hit.pattern](Ask(hit.groups, story, since, initial))


def _unit(word: str) -> str:
    return word.removesuffix("s")


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


def _deictic(ask: Ask) -> Reading:
    word = " ".join(ask.groups.get("word", "today").split())
    step = -2 if word.startswith("the day before") else _DEICTIC.get(word, 0)
    return from_publication(ask, step, "day")


def from_publication(ask: Ask, count: int, unit: str) -> Reading:
    published = ask.story.published
    if published is None:
        return Reading(moment=None, relative="published")
    return Reading(moment=Moment.of(published).shifted(count, unit), relative="published")


def _period(ask: Ask) -> Reading:
    """Read "last month", "early this year", "this week": a week is its seven days from Monday."""
    relation, period = " ".join(ask.groups["rel"].split()), ask.groups["period"]
    if period in read_date_words().seasons:
        return season(with_groups(ask, season=period))
    step = {"last": -1, "past": -1, "next": 1, "the following": 1, "the next": 1}.get(relation, 0)
    if relation in ("that", "the same", "the following", "the next"):
        return _told_period(ask, step, period)
    published = ask.story.published
    if published is None:
        return Reading(moment=None, relative="published")
    if period in ("week", "weekend"):
        monday = published - dt.timedelta(days=published.weekday()) + dt.timedelta(weeks=step)
        return _week(ask, monday, weekend=period == "weekend")
    if period == "decade":
        ago = Moment(year=published.year - 10)
        return Reading(moment=ago, last=Moment.of(published), relative="published", approximate=True)
    return Reading(moment=Moment.of(published).shifted(step, period).cut_to(period), relative="published")


def _weekend(ask: Ask) -> Reading:
    """Read "at the weekend": the last one, or the present one where it has begun."""
    published = ask.story.published
    if published is None:
        return Reading(moment=None, relative="published")
    return _week(ask, published - dt.timedelta(days=published.weekday()), weekend=True)


def _week(ask: Ask, monday: dt.date, *, weekend: bool) -> Reading:
    published = ask.story.published
    first = monday + dt.timedelta(days=5 if weekend else 0)
    last = monday + dt.timedelta(days=6)
    if weekend and published is not None and first > published:
        first, last = first - dt.timedelta(weeks=1), last - dt.timedelta(weeks=1)
    if published is not None and first <= published < last:
        last = published
    return Reading(moment=Moment.of(first), last=Moment.of(last), relative="published")


def _told_period(ask: Ask, step: int, period: str) -> Reading:
    told = ask.story.told
    if told is None:
        return Reading(moment=None, relative="told")
    if period in ("year", "month"):
        return Reading(moment=told.cut_to(period).shifted(step, period), relative="told")
    return _told_step(ask, step, period)


def _told_step(ask: Ask, count: int, unit: str) -> Reading:
    """Reckon from the date told before, a mere year among them."""
    told = ask.story.told or (ask.story.named if unit == "year" else None)
    if told is None:
        return Reading(moment=None, relative="told")
    if unit in {"day", "week"} and told.day is None:
        return Reading(moment=told, relative="told")  # "the next day", when only the month was told
    if unit == "week" and told.day is not None and abs(count) == 1:
        first = told.shifted(count, "week")
        return Reading(moment=first.shifted(-3, "day"), last=first.shifted(3, "day"), relative="told")
    return Reading(moment=told.shifted(count, unit), relative="told")


def _counted(ask: Ask) -> tuple[int, str] | None:
    """Return the number and unit of "two weeks", None when it does not count ("several days")."""
    number = number_of(ask.groups.get("num"))
    unit = _unit(ask.groups["unit"])
    if number is None:
        return None
    unit = {"night": "day", "decade": "year"}.get(unit, unit)
    if ask.groups["unit"].startswith("decade"):
        number *= 10
    if unit == "fortnight":
        number, unit = number * 2, "week"
    if unit in ("hour", "minute"):
        return (round(number / 24), "day") if unit == "hour" else (0, "day")
    if number == 0.5:
        return {"year": (6, "month"), "month": (2, "week")}.get(unit, (0, "day"))
    return int(number), unit


def _ago(ask: Ask) -> Reading:
    counted = _counted(ask)
    if ask.story.published is None:
        return Reading(moment=None, relative="published")
    if counted is None:
        return Reading(moment=_vaguely(Moment.of(ask.story.published), ask, -1), relative="published")
    reading = from_publication(ask, -counted[0], counted[1])
    about = ask.groups.get("about", "").split()
    if counted == (1, "year") and (not about or about[0] in _ALMOST):
        return replace(reading, moment=Moment.of(ask.story.published).shifted(-12, "month"), approximate=True)
    if about and about[0] in ("over", "more", "at") and counted[1] != "year":
        return replace(reading, open_start=True)  # "more than a week ago"; a year is as coarse as its words
    if counted[1] == "week" and reading.moment is not None:
        return replace(reading, approximate=True)
    return reading


_ALMOST = frozenset({"about", "around", "nearly", "almost", "roughly", "approximately", "just", "only"})


def _recent(ask: Ask) -> Reading:
    """Read "in the past two weeks" as the time from then to publication, "in recent weeks" as before it."""
    published = ask.story.published
    if published is None:
        return Reading(moment=None, relative="published")
    whole = "num" not in ask.groups and ask.groups["unit"] in {"day", "night"}  # "over the past day"
    counted = _counted(with_groups(ask, num="one") if whole else ask)
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


def _duration(ask: Ask) -> Reading:
    """Read "for over two years" as the time since before then, "for two weeks" as about since then."""
    counted = _counted(ask if "num" in ask.groups else with_groups(ask, num="one"))  # "for the last decade"
    published = ask.story.published
    if counted is None or published is None:
        return Reading(moment=None, relative="published", duration=True)
    since = Moment.of(_days_back(published, *counted))
    about = ask.groups.get("about", "").split()
    if about and about[0] in ("over", "more", "at"):
        return Reading(moment=since, relative="published", duration=True, open_start=True)
    coarse = since.cut_to("month") if counted[1] in ("month", "year") else since
    return Reading(moment=coarse, last=Moment.of(published), relative="published", duration=True, approximate=True)


def _later(ask: Ask, sign: int = 1) -> Reading:
    told = ask.story.told or (ask.story.named if _unit(ask.groups["unit"]) in ("year", "decade") else None)
    if told is None:
        return Reading(moment=None, relative="told")
    counted = _counted(ask)
    if counted is None:
        return Reading(moment=_vaguely(told, ask, sign), relative="told")
    return Reading(moment=_on_from(told, sign * counted[0], counted[1], ask.story), relative="told")


def _on_from(told: Moment, count: int, unit: str, story: Story) -> Moment:
    """Return what lies some units on; days and weeks from a month without a day lead to a month."""
    if unit in {"day", "week"} and told.precision == "month":
        return replace(told, day=story.about_day).shifted(count, unit).cut_to("month")
    return told.shifted(count, unit)


def _earlier(ask: Ask) -> Reading:
    """Read "two days before" as that day, "in the days before" as some time before."""
    if ask.groups.get("num") is None and ask.story.told is not None:
        return Reading(moment=ask.story.told, relative="told", open_start=True)
    return _later(ask, -1)


_FEW = 4  # what "a few" and "several" are taken for; the day or month so reached is not kept, only what it lies in
_COARSER = {"day": "month", "night": "month", "week": "month", "month": "year"}


def _vaguely(told: Moment, ask: Ask, sign: int) -> Moment:
    """Return the month or year that "several days later" lies in; some hours from a day are that day."""
    unit = _unit(ask.groups["unit"])
    if unit in ("hour", "minute"):
        return told
    if unit not in _COARSER:
        return Moment()
    return _on_from(told, sign * _FEW, "day" if unit == "night" else unit, ask.story).cut_to(_COARSER[unit])


def _within(ask: Ask) -> Reading:
    counted, told = _counted(ask), ask.story.told
    if counted is None or told is None:
        return Reading(moment=None, relative="told")
    last = told.shifted(*counted)
    finer = told.day is None and counted[1] in {"day", "week"}  # "seized in May and lost within a fortnight"
    return Reading(moment=told, last=last if last.edtf() and not finer else None, relative="told")


def _plain_unit(word: str) -> str:
    return "day" if word == "weekend" or word in read_date_words().times_of_day else _unit(word)


def _next(ask: Ask) -> Reading:
    number = number_of(ask.groups.get("num") or ask.groups.get("count"))
    unit = _plain_unit(ask.groups["unit"])
    if ask.groups["unit"].endswith("s") and unit != "day":
        number = number or None
    if ask.groups["unit"].endswith("s"):
        told = ask.story.told
        if told is None:
            return Reading(moment=None, relative="told")
        if number is None:
            return Reading(moment=_vaguely(told, ask, 1), relative="told")  # "in the following days"
        begins = told.shifted(1, "day") if unit == "day" and number > 1 else told
        return Reading(moment=begins, last=told.shifted(int(number), unit), relative="told")
    return _told_step(ask, 1, unit)


def _day_after(ask: Ask) -> Reading:
    if ask.groups["rel"] in ("after", "later"):
        return _told_step(ask, 1, _plain_unit(ask.groups["unit"]))
    return _previous(ask)


def _previous(ask: Ask) -> Reading:
    unit = _plain_unit(ask.groups["unit"])
    if unit == "day" and ask.story.tells_no_day:
        return from_publication(ask, -1, "day")  # news that names no day is of the day it was written on
    if unit == "week" and ask.story.told is None:
        return _period(with_groups(ask, rel="last", period="week"))
    return _told_step(ask, -1, unit)


def _same(ask: Ask) -> Reading:
    unit = _plain_unit(ask.groups["unit"])
    if unit == "week":
        return _same_week(ask)
    if ask.story.told is None and unit in ("month", "year"):
        reading = from_publication(ask, 0, "day")  # "at the start of the year"
        return replace(reading, moment=reading.moment and reading.moment.cut_to(unit))
    named = ask.story.named
    if unit == "day" and named is not None and named.precision == "day":
        return Reading(moment=named, relative="told")  # the day named last, though the text looked back to it
    if ask.story.told is None:
        return Reading(moment=None, relative="told")
    return Reading(moment=ask.story.told.cut_to(unit), relative="told")


def _in_the_day(ask: Ask) -> Reading:
    """Read "earlier in the day" as the day told last; in news that has told none it is that of publication."""
    if ask.groups["unit"] == "day" and ask.story.told is None and ask.story.named is None:
        return from_publication(ask, 0, "day")
    return _same(ask)


def _same_week(ask: Ask) -> Reading:
    """Read "earlier in the week" as that of the day told last, else that of publication."""
    told, published = ask.story.told, ask.story.published
    day = told.first_day if told is not None and told.day is not None else published
    if day is None:
        return Reading(moment=told, relative="told")
    return replace(_week(ask, day - dt.timedelta(days=day.weekday()), weekend=False), relative="told")


def _then(ask: Ask) -> Reading:
    return Reading(moment=ask.story.told, relative="told")


def _nth_day(ask: Ask) -> Reading:
    """Read "on the third day" as that of what the text told to begin; the first may be the day told last."""
    count = read_date_words().ordinals[ask.groups["ord"]] - 1
    begun = ask.story.begun
    if begun is None:
        return (
            _told_step(ask, 0, "day")
            if count == 0 and "of" not in ask.groups
            else Reading(moment=None, relative="told")
        )
    return Reading(moment=begun.shifted(count, "day"), relative="told")


def _new_year(ask: Ask) -> Reading:
    """Read "in the new year" as the one after what was told late in a year, else that of what was told."""
    told, published = ask.story.told, ask.story.published
    if told is None or told.year is None:
        return Reading(moment=None if published is None else Moment(year=published.year), relative="published")
    return Reading(moment=Moment(year=told.year + ask.story.late_in_year), relative="told")


def _opening(ask: Ask) -> Reading:
    """Read "in the first week of the offensive" as that after what began; what is not dated was before publication."""
    unit, begun, published = _unit(ask.groups["unit"]), ask.story.begun, ask.story.published
    number = number_of(ask.groups.get("num") or "one")
    if begun is not None and number is not None and ask.groups["ord"] in {"first", "opening", "initial"}:
        steps = {"week": int(number) * 7 - 1, "hour": 0, "day": int(number) - 1}.get(unit)
        last = begun.shifted(int(number), "month") if steps is None else begun.shifted(steps, "day")
        return Reading(moment=begun, last=last, relative="told")
    if published is None:
        return Reading(moment=None, relative="told")
    return Reading(moment=Moment.of(published), relative="published", open_start=True)


def _into(ask: Ask) -> Reading:
    """Read "three days into the offensive": so long after it began, as near as the words say."""
    counted, begun = _counted(ask), ask.story.begun
    if counted is None or begun is None:
        return Reading(moment=None, relative="told")
    return Reading(moment=begun.shifted(*counted), relative="told", approximate=counted[1] == "week")


_READERS: dict[str, Callable[[Ask], Reading]] = {
    "iso": absolute,
    "numeric": numeric,
    "day_range": interval,
    "date_range": interval,
    "us_date_range": interval,
    "us_day_range": interval,
    "date": absolute,
    "us_date": absolute,
    "month_range": interval,
    "part_month": absolute,
    "month_year": absolute,
    "month": month_named,
    "month_event": absolute,
    "month_alone": absolute,
    "season_years": years,
    "season_year": season,
    "season_relative": season,
    "season": season,
    "season_about": season_about,
    "feast": feast,
    "year_range": years,
    "decade": decade,
    "part_year": absolute,
    "year": absolute,
    "year_event": absolute,
    "part_period": _period,
    "weekday": weekday,
    "weekend": _weekend,
    "us_weekday": absolute,
    "deictic": _deictic,
    "this_time": _deictic,
    "this_period": _period,
    "ago": _ago,
    "recent": _recent,
    "duration": _duration,
    "later": _later,
    "after_num": _later,
    "earlier": _earlier,
    "since_clause": _earlier,
    "within": _within,
    "next": _next,
    "day_after": _day_after,
    "previous": _previous,
    "same": _same,
    "in_the_day": _in_the_day,
    "by_evening": _same,
    "since_then": _then,
    "into": _into,
    "opening": _opening,
    "year_end": _same,
    "new_year": _new_year,
    "edge_day": edge_day,
    "nth_day": _nth_day,
    "the_nth": the_nth,
}
