"""Days, months, seasons and years, as far as they are known, and reckoning with them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace

from tracker.claims.records import record
from tracker.model.time import FIRST_YEAR, LAST_YEAR

__all__ = ["Moment", "span_of"]

_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?", re.ASCII)
_ANY_YEAR = 2001  # reckons a day and month of no known year; no leap year
_FIRST_SEASON = 21
_SEASON_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}  # first month, as `tracker.model.time` has it


@record()
class Moment:
    """
    A day, month, season or year, as far as it is known.

    Attributes
    ----------
    month
        1 to 12, or 21 to 24 for the seasons of EDTF level 1.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, edtf: str | None) -> Moment | None:
        """Read a single EDTF date; of an interval, its last known end."""
        if edtf is None:
            return None
        ends = [_EDTF.fullmatch(part) for part in reversed(edtf.split("/"))]
        for found in ends:
            if found:
                year, month, day = (None if group is None else int(group) for group in found.groups())
                return cls(year=year, month=month, day=day)
        return None

    @classmethod
    def of(cls, day: dt.date) -> Moment:
        """Return a calendar day."""
        return cls(year=day.year, month=day.month, day=day.day)

    @property
    def precision(self) -> str:
        """``day``, ``month``, ``season`` or ``year``."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "season" if self.month >= _FIRST_SEASON else "month"
        return "year"

    @property
    def first_day(self) -> dt.date | None:
        """The first day, None when the year is not known or the date does not exist."""
        if self.year is None:
            return None
        month = _SEASON_MONTH.get(self.month or 1, self.month or 1)
        try:
            return dt.date(self.year, month, self.day or 1)
        except ValueError:
            return None

    @property
    def order(self) -> tuple[int, int, int]:
        """What moments are ordered by: their first days, in any one year when it is not known."""
        return self.year or _ANY_YEAR, _SEASON_MONTH.get(self.month or 1, self.month or 1), self.day or 1

    def exists(self) -> bool:
        """Tell whether the calendar has this date; 29 February of no known year exists."""
        if self.month is None or self.month >= _FIRST_SEASON or self.day is None:
            return True
        if not 1 <= self.month <= 12:
            return False
        return 1 <= self.day <= calendar.monthrange(self.year or 2000, self.month)[1]

    def edtf(self) -> str | None:
        """Return the EDTF value, None when the year is not known or none of EDTF's, or there is no such date."""
        if self.year is None or not FIRST_YEAR <= self.year <= LAST_YEAR or not self.exists():
            return None
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text

    def shifted(self, count: int, unit: str) -> Moment:
        """
        Return the moment some days, weeks, months or years on (back when negative).

        The result is no finer than the unit allows: two months after 5 May is July.
        """
        if unit == "year":
            return Moment(year=None if self.year is None else self.year + count)
        if self.month is None or self.month >= _FIRST_SEASON:
            return Moment() if unit in ("day", "week") else Moment(year=self.year)
        if unit == "month":
            whole = (self.year or _ANY_YEAR) * 12 + self.month - 1 + count
            return self._known(Moment(year=whole // 12, month=whole % 12 + 1))
        if self.day is None:
            return Moment() if unit == "day" else Moment(year=self.year)
        step = dt.timedelta(days=count * (7 if unit == "week" else 1))
        try:
            day = dt.date(self.year or _ANY_YEAR, self.month, self.day) + step
        except (ValueError, OverflowError):
            return Moment()
        return self._known(Moment.of(day))

    def cut_to(self, unit: str) -> Moment:
        """Return the month or year that this moment lies in."""
        if unit == "year":
            return replace(self, month=None, day=None)
        if unit == "month":
            return replace(self, day=None)
        return self

    def _known(self, moment: Moment) -> Moment:
        return moment if self.year is not None else replace(moment, year=None)


def span_of(first: Moment | None, last: Moment | None, *, approximate: bool = False) -> str | None:
    """Return the EDTF value of a moment or of an interval, None when an end can't be told."""
    start = first.edtf() if first else None
    if start is None:
        return None
    if approximate:
        start += "~"
    if last is None:
        return start
    stop = last.edtf()
    if stop is None or (last.first_day and first and first.first_day and last.first_day < first.first_day):
        return start if stop is None else stop
    return start if stop == start else f"{start}/{stop}"
