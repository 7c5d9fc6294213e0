"""Dates reckoned from what the text told before: "two days later", "the following week", "on the third day"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tracker.claims.dates.absolute import season
from tracker.claims.dates.asking import Ask, Reading, number_of, with_groups
from tracker.claims.dates.counting import counted_in, on_from, plain_unit, unit_of, vaguely
from tracker.claims.dates.moments import Moment
from tracker.claims.dates.publication import from_publication, week
from tracker.claims.dates.words import read_date_words

__all__ = [
    "day_after", "earlier", "in_the_day", "into", "later", "new_year", "nth_day", "opening", "period", "previous",
    "same", "since_then", "the_next", "within",
]  # fmt: skip


def period(ask: Ask) -> Reading:
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
        return week(ask, monday, weekend=period == "weekend")
    if period == "decade":
        ago = Moment(year=published.year - 10)
        return Reading(moment=ago, last=Moment.of(published), relative="published", approximate=True)
    return Reading(moment=Moment.of(published).shifted(step, period).cut_to(period), relative="published")


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


def later(ask: Ask, sign: int = 1) -> Reading:
    """Read "two days later", "several weeks on"."""
    told = ask.story.told or (ask.story.named if unit_of(ask.groups["unit"]) in ("year", "decade") else None)
    if told is None:
        return Reading(moment=None, relative="told")
    counted = counted_in(ask)
    if counted is None:
        return Reading(moment=vaguely(told, ask, sign), relative="told")
    return Reading(moment=on_from(told, sign * counted[0], counted[1], ask.story), relative="told")


def earlier(ask: Ask) -> Reading:
    """Read "two days before" as that day, "in the days before" as some time before."""
    if ask.groups.get("num") is None and ask.story.told is not None:
        return Reading(moment=ask.story.told, relative="told", open_start=True)
    return later(ask, -1)


def within(ask: Ask) -> Reading:
    """Read "within two weeks" as from what was told until then."""
    counted, told = counted_in(ask), ask.story.told
    if counted is None or told is None:
        return Reading(moment=None, relative="told")
    last = told.shifted(*counted)
    finer = told.day is None and counted[1] in {"day", "week"}  # "seized in May and lost within a fortnight"
    return Reading(moment=told, last=last if last.edtf() and not finer else None, relative="told")


def the_next(ask: Ask) -> Reading:
    """Read "the next day", "over the following two weeks"."""
    number = number_of(ask.groups.get("num") or ask.groups.get("count"))
    unit = plain_unit(ask.groups["unit"])
    if ask.groups["unit"].endswith("s") and unit != "day":
        number = number or None
    if ask.groups["unit"].endswith("s"):
        told = ask.story.told
        if told is None:
            return Reading(moment=None, relative="told")
        if number is None:
            return Reading(moment=vaguely(told, ask, 1), relative="told")  # "in the following days"
        begins = told.shifted(1, "day") if unit == "day" and number > 1 else told
        return Reading(moment=begins, last=told.shifted(int(number), unit), relative="told")
    return _told_step(ask, 1, unit)


def day_after(ask: Ask) -> Reading:
    """Read "the day after" and "the day before"."""
    if ask.groups["rel"] in ("after", "later"):
        return _told_step(ask, 1, plain_unit(ask.groups["unit"]))
    return previous(ask)


def previous(ask: Ask) -> Reading:
    """Read "the previous day", in news that names no day as the one before publication."""
    unit = plain_unit(ask.groups["unit"])
    if unit == "day" and ask.story.tells_no_day:
        return from_publication(ask, -1, "day")  # news that names no day is of the day it was written on
    if unit == "week" and ask.story.told is None:
        return period(with_groups(ask, rel="last", period="week"))
    return _told_step(ask, -1, unit)


def same(ask: Ask) -> Reading:
    """Read "the same day", "that month", "the year" as what was told last."""
    unit = plain_unit(ask.groups["unit"])
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


def in_the_day(ask: Ask) -> Reading:
    """Read "earlier in the day" as the day told last; in news that has told none it is that of publication."""
    if ask.groups["unit"] == "day" and ask.story.told is None and ask.story.named is None:
        return from_publication(ask, 0, "day")
    return same(ask)


def _same_week(ask: Ask) -> Reading:
    """Read "earlier in the week" as that of the day told last, else that of publication."""
    told, published = ask.story.told, ask.story.published
    day = told.first_day if told is not None and told.day is not None else published
    if day is None:
        return Reading(moment=told, relative="told")
    return replace(week(ask, day - dt.timedelta(days=day.weekday()), weekend=False), relative="told")


def since_then(ask: Ask) -> Reading:
    """Read "since then" as what was told last."""
    return Reading(moment=ask.story.told, relative="told")


def nth_day(ask: Ask) -> Reading:
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


def new_year(ask: Ask) -> Reading:
    """Read "in the new year" as the one after what was told late in a year, else that of what was told."""
    told, published = ask.story.told, ask.story.published
    if told is None or told.year is None:
        return Reading(moment=None if published is None else Moment(year=published.year), relative="published")
    return Reading(moment=Moment(year=told.year + ask.story.late_in_year), relative="told")


def opening(ask: Ask) -> Reading:
    """Read "in the first week of the offensive" as that after what began; what is not dated was before publication."""
    unit, begun, published = unit_of(ask.groups["unit"]), ask.story.begun, ask.story.published
    number = number_of(ask.groups.get("num") or "one")
    if begun is not None and number is not None and ask.groups["ord"] in {"first", "opening", "initial"}:
        steps = {"week": int(number) * 7 - 1, "hour": 0, "day": int(number) - 1}.get(unit)
        last = begun.shifted(int(number), "month") if steps is None else begun.shifted(steps, "day")
        return Reading(moment=begun, last=last, relative="told")
    if published is None:
        return Reading(moment=None, relative="told")
    return Reading(moment=Moment.of(published), relative="published", open_start=True)


def into(ask: Ask) -> Reading:
    """Read "three days into the offensive": so long after it began, as near as the words say."""
    counted, begun = counted_in(ask), ask.story.begun
    if counted is None or begun is None:
        return Reading(moment=None, relative="told")
    return Reading(moment=begun.shifted(*counted), relative="told", approximate=counted[1] == "week")
