"""Numbers and units of time as the words of a date give them, and the moment so many of them on."""

from __future__ import annotations

from dataclasses import replace

from tracker.claims.dates.asking import Ask, number_of
from tracker.claims.dates.moments import Moment
from tracker.claims.dates.story import Story
from tracker.claims.dates.words import read_date_words

__all__ = ["counted_in", "on_from", "plain_unit", "unit_of", "vaguely"]

_FEW = 4  # what "a few" and "several" are taken for; the day or month so reached is not kept, only what it lies in
_COARSER = {"day": "month", "night": "month", "week": "month", "month": "year"}


def unit_of(word: str) -> str:
    """Return a unit of time in the singular."""
    return word.removesuffix("s")


def plain_unit(word: str) -> str:
    """Return a unit of time in the singular, a weekend or an evening as a day."""
    return "day" if word == "weekend" or word in read_date_words().times_of_day else unit_of(word)


def counted_in(ask: Ask) -> tuple[int, str] | None:
    """Return the number and unit of "two weeks", None when it does not count ("several days")."""
    number = number_of(ask.groups.get("num"))
    unit = unit_of(ask.groups["unit"])
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


def on_from(told: Moment, count: int, unit: str, story: Story) -> Moment:
    """Return what lies some units on; days and weeks from a month without a day lead to a month."""
    if unit in {"day", "week"} and told.precision == "month":
        return replace(told, day=story.about_day).shifted(count, unit).cut_to("month")
    return told.shifted(count, unit)


def vaguely(told: Moment, ask: Ask, sign: int) -> Moment:
    """Return the month or year that "several days later" lies in; some hours from a day are that day."""
    unit = unit_of(ask.groups["unit"])
    if unit in ("hour", "minute"):
        return told
    if unit not in _COARSER:
        return Moment()
    return on_from(told, sign * _FEW, "day" if unit == "night" else unit, ask.story).cut_to(_COARSER[unit])
