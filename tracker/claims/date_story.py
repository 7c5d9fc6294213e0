"""The thread of dates through a text: what the next date without a year belongs to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.date_moments import Moment
from tracker.claims.date_words import Hit, read_date_words

__all__ = ["Story"]

_YEARS = re.compile(r"(?<!\d)(?:1[5-9]\d\d|20\d\d)(?!\d)")
_AHEAD = dt.timedelta(days=60)  # a report may announce a day; farther ahead, last year's day is meant
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
    """

    def __init__(
        self, *, published: dt.date | None, title: str | None, anchor: Moment | None, hits: Sequence[Hit]
    ) -> None:
        self.published = published
        self.told = anchor
        self._title_year, self._title_month = _of_title(title)
        self._later = _first_year(hits)

    def reach(self, moment: Moment | None, *, initial: bool, back: bool) -> None:
        """Move the story on to a date that it told."""
        if moment is None or moment.precision == "season":
            return
        if back and self.told is not None and not initial:
            return
        coarse = moment.precision == "year"
        if coarse and not initial and (self.told is not None or self.published is not None):
            return
        if self.published is not None and not initial and moment.precision != "day" and self._long_ago(moment):
            return
        self.told = moment

    def _long_ago(self, moment: Moment) -> bool:
        first = moment.first_day
        return first is not None and self.published is not None and (self.published - first).days > 366

    def with_year(self, moment: Moment, *, since: bool = False, initial: bool = True) -> Moment:
        """Return a day and month, or a month, with the year that the story gives it."""
        if moment.year is not None or moment.month is None:
            return moment
        told = self.told
        if told is not None and told.year is not None:
            return replace(moment, year=told.year + self._turn(told, moment, since=since, initial=initial))
        if self.published is not None:
            return replace(moment, year=self._near_publication(moment, self.published))
        if self._title_year is not None:
            return replace(moment, year=self._title_year)
        return replace(moment, year=self._later)

    def _turn(self, told: Moment, moment: Moment, *, since: bool, initial: bool) -> int:
        """Return 1 when the story has gone over the turn of a year, -1 when it looks back over one."""
        if told.month is None or moment.month is None or told.month > 12 or moment.month > 12:
            return 0
        if since:
            return -1 if moment.month > told.month else 0
        return 1 if told.month - moment.month >= _TURN + (0 if initial else 3) else 0

    @staticmethod
    def _near_publication(moment: Moment, published: dt.date) -> int:
        this_year = replace(moment, year=published.year).first_day
        if this_year is None:
            return published.year
        return published.year - (this_year > published + _AHEAD)


def _of_title(title: str | None) -> tuple[int | None, int | None]:
    """Return the year and month of a title that carries one year."""
    years = sorted(set(_YEARS.findall(title or "")))
    if len(years) != 1 or title is None:
        return None, None
    months = read_date_words().months
    named = [months[word] for word in re.findall(r"[^\W\d_]+", title.lower()) if word in months]
    return int(years[0]), named[0] if len(named) == 1 else None


def _first_year(hits: Sequence[Hit]) -> int | None:
    """Return the year of the first full date of the passage, for dates that stand before it."""
    for hit in hits:
        if "year" in hit.groups and "month" in hit.groups:
            return int(hit.groups["year"])
    return None
