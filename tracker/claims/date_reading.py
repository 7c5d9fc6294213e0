"""From a pattern that was found to the moment it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tracker.claims.date_moments import Moment
from tracker.claims.date_story import Story
from tracker.claims.date_words import Hit, read_date_words

__all__ = ["Reading", "read_hit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What a date means.

    Attributes
    ----------
    moment, last
        The moment, or the first and last moment of an interval; None when it can't be told.
    relative
        ``published``, ``told`` or None.
    duration
        Whether it is a length of time up to now.
    open_start
        Whether it was so earlier too: "for over two years".
    approximate
        Whether the words say "about".
    """

    moment: Moment | None
    last: Moment | None = None
    relative: str | None = None
    duration: bool = False
    open_start: bool = False
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class _Ask:
    groups: Mapping[str, str]
    story: Story
    since: bool
    initial: bool

    def year(self, moment: Moment) -> Moment:
        return self.story.with_year(moment, since=self.since, initial=self.initial)


def read_hit(hit: Hit, story: Story, *, since: bool, initial: bool) -> Reading:
    """Return what a found pattern means at this point of the story."""
    return _READERS[hit.pattern](_Ask(hit.groups, story, since, initial))


def _month(word: str) -> int:
    return read_date_words().months[word.strip(". ")]


def _number(word: str | None) -> float | None:
    if word is None:
        return None
    if word[0].isdigit():
        return float("".join(char for char in word if char.isdigit()))
    return read_date_words().numbers.get(" ".join(word.split()))


def _unit(word: str) -> str:
    return word.removesuffix("s")


def _int(groups: Mapping[str, str], key: str) -> int | None:
    number = _number(groups.get(key))
    return None if number is None else int(number)


def _absolute(ask: _Ask) -> Reading:
    groups = ask.groups
    month = groups.get("month")
    named = None if month is None else int(month) if month.isdigit() else _month(month)
    return Reading(moment=ask.year(Moment(year=_int(groups, "year"), month=named, day=_int(groups, "day"))))


def _numeric(ask: _Ask) -> Reading:
    """Read 05.09.2017; the day comes first unless only the month can."""
    day, month = int(ask.groups["day"]), int(ask.groups["month"])
    if month > 12 >= day:
        day, month = month, day
    moment = Moment(year=int(ask.groups["year"]), month=month, day=day)
    return Reading(moment=moment if month <= 12 and moment.exists() else None)


def _range(ask: _Ask) -> Reading:
    groups = ask.groups
    month2 = _month(groups.get("month2", groups["month"]))
    last = ask.year(Moment(year=_int(groups, "year"), month=month2, day=_int(groups, "day2")))
    first = Moment(year=_int(groups, "year1") or last.year, month=_month(groups["month"]), day=_int(groups, "day"))
    if "year1" in groups and "year" not in groups:
        last = replace(last, year=first.year)
    if first.year is not None and first.month is not None and first.month > month2 and "year1" not in groups:
        first = replace(first, year=first.year - 1)
    return Reading(moment=first, last=last)


def _year_range(ask: _Ask) -> Reading:
    first, last = ask.groups["year"], ask.groups["year2"]
    last = first[: 4 - len(last)] + last
    return Reading(moment=Moment(year=int(first)), last=Moment(year=int(last)) if last > first else None)


def _month_named(ask: _Ask) -> Reading:
    """Read "in May", "last May", "in May last year", "in May of that year"."""
    month = _month(ask.groups["month"])
    relation = ask.groups.get("rel") or ask.groups.get("pre", "")
    step = {"last": -1, "this": 0, "next": 1}.get(relation.removesuffix(" year"))
    if "year" in ask.groups or (step is None and "year" not in relation):
        return _absolute(ask)
    told, published = ask.story.told, ask.story.published
    if step is None:
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


def _season(ask: _Ask) -> Reading:
    code = read_date_words().seasons[ask.groups["season"]]
    if "year" in ask.groups:
        return Reading(moment=Moment(year=int(ask.groups["year"]), month=code))
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


def _weekday(ask: _Ask) -> Reading:
    """Read a weekday as the day of publication itself, else the nearest past one."""
    if "month" in ask.groups:
        return _absolute(ask)
    published = ask.story.published
    if "day" in ask.groups:
        return _the_nth(ask)
    if published is None:
        return Reading(moment=None, relative="published")
    wanted = read_date_words().weekdays[ask.groups["weekday"]]
    back = (published.weekday() - wanted) % 7
    relation = ask.groups.get("rel")
    if relation == "next":
        back -= 7
    elif relation == "last" and back == 0:
        back = 7
    return Reading(moment=Moment.of(published - dt.timedelta(days=back)), relative="published")


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


def _deictic(ask: _Ask) -> Reading:
    word = " ".join(ask.groups.get("word", "today").split())
    step = -2 if word.startswith("the day before") else _DEICTIC.get(word, 0)
    return _from_publication(ask, step, "day")


def _from_publication(ask: _Ask, count: int, unit: str) -> Reading:
    published = ask.story.published
    if published is None:
        return Reading(moment=None, relative="published")
    return Reading(moment=Moment.of(published).shifted(count, unit), relative="published")


def _period(ask: _Ask) -> Reading:
    """Read "last month", "early this year", "this week": a week is its seven days from Monday."""
    relation, period = " ".join(ask.groups["rel"].split()), ask.groups["period"]
    if period in read_date_words().seasons:
        return _season(replace_groups(ask, season=period))
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
        return Reading(moment=None, relative="published")
    return Reading(moment=Moment.of(published).shifted(step, period).cut_to(period), relative="published")


def _week(ask: _Ask, monday: dt.date, *, weekend: bool) -> Reading:
    published = ask.story.published
    first = monday + dt.timedelta(days=5 if weekend else 0)
    last = monday + dt.timedelta(days=6)
    if weekend and published is not None and first > published:
        first, last = first - dt.timedelta(weeks=1), last - dt.timedelta(weeks=1)
    if published is not None and first <= published < last:
        last = published
    return Reading(moment=Moment.of(first), last=Moment.of(last), relative="published")


def replace_groups(ask: _Ask, **groups: str) -> _Ask:
    """Return the same question with more groups."""
    return replace(ask, groups={**ask.groups, **groups})


def _told_period(ask: _Ask, step: int, period: str) -> Reading:
    told = ask.story.told
    if told is None:
        return Reading(moment=None, relative="told")
    if period in ("year", "month"):
        return Reading(moment=told.cut_to(period).shifted(step, period), relative="told")
    return _told_step(ask, step, period)


def _told_step(ask: _Ask, count: int, unit: str) -> Reading:
    """Reckon from the date told before."""
    told = ask.story.told
    if told is None:
        return Reading(moment=None, relative="told")
    if unit == "week" and told.day is not None and abs(count) == 1:
        first = told.shifted(count, "week")
        return Reading(moment=first.shifted(-3, "day"), last=first.shifted(3, "day"), relative="told")
    return Reading(moment=told.shifted(count, unit), relative="told")


def _counted(ask: _Ask) -> tuple[int, str] | None:
    """Return the number and unit of "two weeks", None when it does not count ("several days")."""
    number = _number(ask.groups.get("num"))
    unit = _unit(ask.groups["unit"])
    if number is None:
        return None
    unit = {"night": "day", "decade": "year"}.get(unit, unit)
    if ask.groups["unit"].startswith("decade"):
        number *= 10
    if unit in ("hour", "minute"):
        return (round(number / 24), "day") if unit == "hour" else (0, "day")
    if number == 0.5:
        return {"year": (6, "month"), "month": (2, "week")}.get(unit, (0, "day"))
    return int(number), unit


def _ago(ask: _Ask) -> Reading:
    counted = _counted(ask)
    if counted is None or ask.story.published is None:
        return Reading(moment=None, relative="published")
    reading = _from_publication(ask, -counted[0], counted[1])
    if counted[1] == "week" and reading.moment is not None:
        return replace(reading, approximate=True)
    return reading


def _recent(ask: _Ask) -> Reading:
    """Read "in the past two weeks" as the time from then to publication, "in recent weeks" as before it."""
    published = ask.story.published
    if published is None:
        return Reading(moment=None, relative="published")
    counted = _counted(ask)
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


def _duration(ask: _Ask) -> Reading:
    """Read "for over two years" as the time since before then, "for two weeks" as about since then."""
    counted, published = _counted(ask), ask.story.published
    if counted is None or published is None:
        return Reading(moment=None, relative="published", duration=True)
    since = Moment.of(_days_back(published, *counted))
    about = ask.groups.get("about", "").split()
    if about and about[0] in ("over", "more", "at"):
        return Reading(moment=since, relative="published", duration=True, open_start=True)
    coarse = since.cut_to("month") if counted[1] in ("month", "year") else since
    return Reading(moment=coarse, last=Moment.of(published), relative="published", duration=True, approximate=True)


def _later(ask: _Ask) -> Reading:
    counted = _counted(ask)
    return Reading(moment=None, relative="told") if counted is None else _told_step(ask, counted[0], counted[1])


def _earlier(ask: _Ask) -> Reading:
    counted = _counted(ask)
    return Reading(moment=None, relative="told") if counted is None else _told_step(ask, -counted[0], counted[1])


def _within(ask: _Ask) -> Reading:
    counted, told = _counted(ask), ask.story.told
    if counted is None or told is None:
        return Reading(moment=None, relative="told")
    last = told.shifted(*counted)
    return Reading(moment=told, last=last if last.edtf() else None, relative="told")


_DAYTIMES = (
    "morning",
    "afternoon",
    "evening",
    "night",
    "dawn",
    "noon",
    "midday",
    "midnight",
    "dusk",
    "nightfall",
    "weekend",
)


def _plain_unit(word: str) -> str:
    return "day" if word in _DAYTIMES else _unit(word)


def _next(ask: _Ask) -> Reading:
    number = _number(ask.groups.get("num"))
    unit = _plain_unit(ask.groups["unit"])
    if ask.groups["unit"].endswith("s") and unit != "day":
        number = number or None
    if ask.groups["unit"].endswith("s"):
        told = ask.story.told
        if told is None or number is None:
            return Reading(moment=None, relative="told")
        return Reading(moment=told, last=told.shifted(int(number), unit), relative="told")
    return _told_step(ask, 1, unit)


def _day_after(ask: _Ask) -> Reading:
    step = 1 if ask.groups["rel"] in ("after", "later") else -1
    return _told_step(ask, step, ask.groups["unit"])


def _previous(ask: _Ask) -> Reading:
    return _told_step(ask, -1, _plain_unit(ask.groups["unit"]))


def _same(ask: _Ask) -> Reading:
    unit = _plain_unit(ask.groups["unit"])
    if ask.story.told is None:
        return Reading(moment=None, relative="told")
    return Reading(moment=ask.story.told.cut_to(unit), relative="told")


def _nth_day(ask: _Ask) -> Reading:
    return _told_step(ask, 0, "day") if ask.groups["ord"] == "first" else Reading(moment=None, relative="told")


def _the_nth(ask: _Ask) -> Reading:
    """Read "on the 12th": of the month told before, else of the month of publication."""
    day = _int(ask.groups, "day")
    told, published = ask.story.told, ask.story.published
    if told is None or told.month is None or told.month > 12:
        told = None if published is None else Moment.of(published)
    if told is None:
        return Reading(moment=None, relative="told")
    moment = replace(told, day=day)
    if ask.story.told is not None and told.day is not None and day is not None and day < told.day - 20:
        moment = replace(told.shifted(1, "month"), day=day)
    return Reading(moment=moment if moment.exists() else None, relative="told")


_READERS: dict[str, Callable[[_Ask], Reading]] = {
    "iso": _absolute,
    "numeric": _numeric,
    "day_range": _range,
    "date_range": _range,
    "us_date_range": _range,
    "us_day_range": _range,
    "date": _absolute,
    "us_date": _absolute,
    "month_range": _range,
    "part_month": _absolute,
    "month_year": _absolute,
    "month": _month_named,
    "month_alone": _absolute,
    "season_year": _season,
    "season_relative": _season,
    "season": _season,
    "year_range": _year_range,
    "part_year": _absolute,
    "year": _absolute,
    "year_event": _absolute,
    "part_period": _period,
    "weekday": _weekday,
    "us_weekday": _absolute,
    "deictic": _deictic,
    "this_time": _deictic,
    "this_period": _period,
    "ago": _ago,
    "recent": _recent,
    "duration": _duration,
    "later": _later,
    "after_num": _later,
    "earlier": _earlier,
    "within": _within,
    "next": _next,
    "day_after": _day_after,
    "previous": _previous,
    "same": _same,
    "in_the_day": _same,
    "by_evening": _same,
    "nth_day": _nth_day,
    "the_nth": _the_nth,
}
