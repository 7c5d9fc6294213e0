"""The thread of dates through a text: what the next date without a year belongs to."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.dates.moments import Moment
from tracker.claims.dates.scanning import Hit
from tracker.claims.dates.words import read_date_words

__all__ = ["Story"]

_YEARS = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
# an event that is called by its year, unless what is told only comes after it: "since the 2011 uprising"
_EVENT = (
    r"(?:counter-?)?(?:offensives?|campaign|invasion|war|battle|siege|clashes|operations?|insurgency|conflict|fighting|assault"
    r"|incursion|rebellion|uprising|revolt|crisis|coup)\b"
)
_NAMED = r"(?:[\w'’–-]{1,24}\s{1,2}){0,4}?"
_CALLED = re.compile(
    rf"(?<![\w-])(?P<before>[\w-]{{1,24}})\s{{1,2}}(?:the\s{{1,2}})?"
    rf"(?P<year>(?:1[5-9]|20)\d\d)(?:[–-]\d\d)?\s{{1,2}}{_NAMED}{_EVENT}"
    rf"|\b{_EVENT}(?:\s{{1,2}}(?:of|for|in)\s{{1,2}}(?:[A-Z][\w'’-]{{1,24}}\s{{1,2}}){{1,3}})?\s{{0,2}}of\s{{1,2}}(?:1[5-9]|20)\d\d\b"
    rf"|\A(?:The\s{{1,2}})?(?:1[5-9]|20)\d\d\s{{1,2}}{_NAMED}{_EVENT}",
    re.IGNORECASE,
)
_LONG_OVER = frozenset({"since", "after", "before", "following", "from", "until", "unlike", "despite", "earlier"})
_ENDING = re.compile(r"\b(?:end|late)\b", re.IGNORECASE)
_OPENING = re.compile(r"\b(?:start|beginning|early)\b", re.IGNORECASE)
_MIDDLE, _LAST = 15, 28  # days of a month
_AHEAD = dt.timedelta(days=60)  # a report may announce a day; farther ahead, last year's day is meant
_SECOND_HALF = 7  # its first month
_TURN = 5  # months back: from here on, a month after another in the story belongs to the next year


class Story:
    """
    What the dates before tell about the next one.

    Attributes
    ----------
    published
        The day of publication, None when not known.
    told
        The last date of the story itself, back-references left out.
    named
        The last date of any precision.
    begun
        The day on which something was told to begin: an offensive, a battle.
    at
        Offset of the date that is being read.
    about_day
        The day that a month told last is counted on from: "at the end of April …, a few days later".
    behind
        What the sentence looked back to last, None where the story itself went on.
    in_sentence
        The last day, month or year that the sentence has named.
    within
        The year that the clause tells of: "last year, when …".
    """

    def __init__(
        self,
        *,
        published: dt.date | None,
        title: str | None,
        anchor: Moment | None,
        hits: Sequence[Hit],
        text: str = "",
    ) -> None:
        self.published = published
        self.told = anchor
        self.named: Moment | None = None
        self.begun: Moment | None = None
        self.at = 0
        self.behind: Moment | None = None
        self.in_sentence: Moment | None = None
        self.within: int | None = None
        self.hour = ""  # the time of day told with the last day
        self.about_day = _MIDDLE  # which day of it is meant where only a month was told
        self._ending = False  # whether the year told last was near its end
        self._around: Moment | None = None  # the last full date of any kind
        self.sentence = 0  # the number of the sentence that is being read
        self._told_in = 0  # that of the sentence which told the last date
        self._title_year = _year_of(title)
        self._year_called = _year_of_events(text)
        self._full = _full_dates(hits)
        self._body = text.find("\n\n")  # where a lead, which has told how it all ended, is over
        self._told_at = -1  # offset of the last date
        self._chronicle = published is None or _is_chronicle(hits, self._full, published)

    @property
    def tells_no_day(self) -> bool:
        """Whether no day was told yet, only perhaps a month shortly before publication."""
        if self.told is None:
            return True
        first = self.told.first_day if self.told.day is None else None
        recent = dt.timedelta(days=_RECENT)
        return first is not None and self.published is not None and dt.timedelta() <= self.published - first < recent

    def reach(self, moment: Moment | None, *, initial: bool, back: bool, words: str = "") -> None:
        """Move the story on to a date that it told in some words."""
        if moment is None or (moment.precision == "season" and moment.year is None):
            return
        if back and self.told is not None and not initial:
            return
        known = self.told is not None or self.published is not None
        if moment.precision == "year" and not initial and known and not self._moves_on(moment):
            return
        if not self._chronicle and not initial and moment.precision != "day" and self._long_ago(moment):
            return
        ends = _ENDING.search(words) is not None
        self._told_in, self._told_at = self.sentence, self.at
        self.told, self._ending = moment, moment.month is None and ends
        self.about_day = _LAST if ends else 1 if _OPENING.search(words) is not None else _MIDDLE

    def pass_by(self, moment: Moment | None) -> None:
        """Keep a full date that does not carry the story, such as "since June 2012"."""
        self.named = moment or self.named
        if moment is not None and moment.year is not None and moment.month is not None:
            self._around = moment
            if self._in_lead and moment.day is not None:  # "attacks took place from 28 February 2022"
                self.told, self._told_in, self._told_at = moment, self.sentence, self.at

    def begin(self, moment: Moment | None) -> None:
        """Keep the day on which something began, from which its days are counted."""
        if moment is not None and moment.day is not None:
            self.begun = moment

    @property
    def late_in_year(self) -> bool:
        """Whether the last date told lies in the second half of its year."""
        first = self.told.first_day if self.told is not None else None
        dated = first is not None and self.told is not None and self.told.month is not None
        return self._ending or (dated and first is not None and first.month >= _SECOND_HALF)

    def _moves_on(self, moment: Moment) -> bool:
        """Tell whether a history has come to a later year: "all this was reversed in 2020"."""
        at = self.told.year if self.told is not None else None
        return self._chronicle and at is not None and moment.year is not None and moment.year > at

    def goes_on(self, moment: Moment | None) -> bool:
        """Tell whether a day or month is no earlier than the last one told."""
        if moment is None or self.told is None or moment.month is None or self.told.month is None:
            return False
        if (moment.year is None) != (self.told.year is None):
            return False
        return moment.order >= self.told.cut_to(moment.precision).order

    def comes_to(self, moment: Moment | None) -> bool:
        """Tell whether a year alone is a later one than that told last: "was quiet until 1916, when"."""
        if moment is None or moment.year is None or moment.month is not None or self.told is None:
            return False
        return self.told.year is not None and moment.year > self.told.year

    def _long_ago(self, moment: Moment) -> bool:
        first = moment.first_day
        return first is not None and self.published is not None and (self.published - first).days > _YEAR

    def with_year(self, moment: Moment, *, since: bool = False, initial: bool = True) -> Moment:
        """Return a day and month, or a month, with the year that the story gives it."""
        if moment.year is not None or moment.month is None:
            return moment
        if self.within is not None:
            return replace(moment, year=self.within)
        before = self.told if self.told is not None and self.told.year is not None else None
        anew = self._begun_anew(before, moment) if before is not None and not since else None
        if before is not None and self._is_background(before):
            anew = self._title_year
        if anew is not None:
            return replace(moment, year=anew)
        if before is None and self._chronicle:  # "rose in 2011 and was taken in late August"
            named = self.named
            before = named if named is not None and named.precision == "year" else self._around
        if before is not None and before.year is not None:
            turn = self._turn(before, moment, since=since, initial=initial) or self._went_on(
                before, moment, since=since
            )
            return self._not_ahead(replace(moment, year=before.year + turn))
        if self.published is not None and not self._chronicle:
            return replace(moment, year=self._near_publication(moment, self.published))
        year = self._title_year or self._year_behind(moment) or self._year_called
        if year is None and self.published is not None:
            year = self._near_publication(moment, self.published)
        return replace(moment, year=year)

    def _is_background(self, told: Moment) -> bool:
        """Tell whether a year told sentences ago lies years before that of the title, which the text has come to."""
        if self._title_year is None or told.year is None or not self._chronicle:
            return False
        return told.year < self._title_year - 1 and self.sentence - self._told_in > 1

    @property
    def _in_lead(self) -> bool:
        """Whether a history is behind its lead, which has told the last date."""
        return self._chronicle and 0 <= self._told_at < self._body <= self.at

    def _begun_anew(self, told: Moment, moment: Moment) -> int | None:
        """
        Return the year of the first date behind a lead, in which the story begins anew.

        A lead that spans years has told when it all began; one whose last date is of the title's year, how it ended.
        """
        if not self._in_lead or told.year is None or told == self.begun:
            return None
        first = self._full[0][1] if self._full and self._full[0][0] < self._body else told
        years = range(first.year or told.year, told.year) if moment.month is not None else ()
        for year in years:
            if replace(moment, year=year).order >= first.cut_to(moment.precision).order:
                return year
        return told.year if self._title_year == told.year else None

    def _not_ahead(self, moment: Moment) -> Moment:
        """Return a moment of the year before where it would lie well ahead of publication."""
        first = moment.first_day
        if first is None or self.published is None or first <= self.published + _AHEAD:
            return moment
        return replace(moment, year=first.year - 1)

    def _year_behind(self, moment: Moment) -> int | None:
        """Return the year of the next full date of the text, the one before it when the months say so."""
        following = bisect.bisect_right(self._full, self.at, key=lambda item: item[0])
        if following == len(self._full) or moment.month is None:
            return None
        later = self._full[following][1]
        if later.year is None or later.month is None:
            return None
        return later.year - (moment.month - later.month >= _TURN)

    def _went_on(self, told: Moment, moment: Moment, *, since: bool) -> int:
        """Return 1 for a month of the last year that news goes on with: "in August last year …, in February"."""
        if since or self._chronicle or self.published is None or told.month is None or moment.month is None:
            return 0
        day = replace(moment, year=(told.year or 0) + 1).first_day if told.month > moment.month else None
        return int(day is not None and self.published - dt.timedelta(days=_YEAR) < day <= self.published)

    def _turn(self, told: Moment, moment: Moment, *, since: bool, initial: bool) -> int:
        """Return 1 when the story has gone over the turn of a year, -1 when it looks back over one."""
        month = 12 if self._ending else told.month
        if month is None or moment.month is None or month > 12 or moment.month > 12:
            return 0
        if since:
            return -1 if moment.month > month else 0
        return 1 if month - moment.month >= _TURN + (0 if initial else 3) else 0

    @staticmethod
    def _near_publication(moment: Moment, published: dt.date) -> int:
        this_year = replace(moment, year=published.year).first_day
        if this_year is None:
            return published.year
        return published.year - (this_year > published + _AHEAD)


def _year_of(title: str | None) -> int | None:
    """Return the year of a title that carries one year."""
    years = set(_YEARS.findall(title or ""))
    return int(years.pop()) if len(years) == 1 else None


def _year_of_events(text: str) -> int | None:
    """Return the only year of a text, where it is that of an event that it tells of: "the 2022 Dolna offensive"."""
    years = set(_YEARS.findall(text))
    if len(years) != 1:
        return None
    called = (
        found
        for found in _CALLED.finditer(text)
        if found["before"] is None or found["before"].lower() not in _LONG_OVER
    )
    return int(years.pop()) if next(called, None) is not None else None


def _full_dates(hits: Sequence[Hit]) -> list[tuple[int, Moment]]:
    """Return the dates that carry a year and a month, with their offsets."""
    months = read_date_words().months
    full = []
    for hit in hits:
        if "year" in hit.groups and "season" in hit.groups:
            season = Moment(year=int(hit.groups["year"]), month=read_date_words().seasons[hit.groups["season"]])
            begun = season.first_day
            full.append((hit.start, Moment(year=season.year, month=begun.month if begun is not None else None)))
        elif "year" in hit.groups and "month" in hit.groups:
            name = " ".join(hit.groups["month"].split()).strip(". ")
            month = int(name) if name.isdigit() else months[name]
            full.append((hit.start, Moment(year=int(hit.groups["year"]), month=month)))
    return full


def _is_chronicle(hits: Sequence[Hit], full: Sequence[tuple[int, Moment]], published: dt.date) -> bool:
    """Tell a history, whose dates follow one another, from news, whose dates hang on the day of publication."""
    news = any(
        hit.pattern == "this_time"
        or (hit.pattern == "weekday" and "day" not in hit.groups)
        or (hit.pattern == "deictic" and hit.groups.get("word") in _NEWS)
        for hit in hits
    )
    first = full[0][1].first_day if full else None
    return not news and first is not None and (published - first).days > _YEAR


_NEWS = frozenset(["today", "yesterday", "tonight", "tomorrow"])
_YEAR = 366  # days
_RECENT = 62  # days: this month and the last
