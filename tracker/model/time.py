"""
Days, and dates that are not sure to the day.

An uncertain date is written in EDTF level 1 (Extended Date/Time Format, Library
of Congress, 2019; part of ISO 8601-2:2019) and read here as half-open bounds.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from tracker.errors import DateError

__all__ = ["FIRST_YEAR", "LAST_YEAR", "DateBounds", "edtf_bounds", "parse_day"]

FIRST_YEAR, LAST_YEAR = 1000, 9998  # EDTF's, less the last one, after which Python has no first day

_ONE_DAY = dt.timedelta(days=1)
_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?[?~%]?", re.ASCII)
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # EDTF 2019 level 1 seasons, by their first month in the north


class DateBounds(NamedTuple):
    """Half-open bounds of a date: from `start` (None: no lower bound) up to, not with, `stop`."""

    start: dt.date | None
    stop: dt.date | None


def parse_day(text: str) -> dt.date:
    """
    Read one ISO 8601 calendar day of the years 1000 to 9998; a time behind it is dropped.

    Raises
    ------
    DateError
        If the text is not such a day, or the day does not exist.

    Examples
    --------
    >>> parse_day("2017-09-05")
    datetime.date(2017, 9, 5)
    >>> parse_day("2017-09-05T13:00:00Z")
    datetime.date(2017, 9, 5)
    """
    try:
        if len(text) > 10 and text[10] in "T ":
            day = dt.datetime.fromisoformat(text).date()
        elif len(text) == 10 and text[4] == "-":
            day = dt.date.fromisoformat(text)
        else:
            day = None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateError(f"{text[:40]!r} is not a day", cure="Write it as YYYY-MM-DD, e.g. 2017-09-05.")
    return day


def edtf_bounds(edtf: str) -> DateBounds:
    """
    Return the half-open bounds of an EDTF level 1 date or interval.

    A qualifier (``?`` ``~`` ``%``) doesn't move the bounds. A season is three
    months from its first in the northern hemisphere.

    Raises
    ------
    DateError
        If the text is no EDTF level 1 date of years 1000 to 9998, or the
        interval ends before it starts.

    Examples
    --------
    >>> edtf_bounds("2017-09")
    DateBounds(start=datetime.date(2017, 9, 1), stop=datetime.date(2017, 10, 1))
    >>> edtf_bounds("../2017-09-05")
    DateBounds(start=None, stop=datetime.date(2017, 9, 6))
    """
    if "/" not in edtf:
        return _single(edtf)
    first, _, last = edtf.partition("/")
    start = None if first in ("", "..") else _single(first).start
    stop = None if last in ("", "..") else _single(last).stop
    if start is not None and stop is not None and stop <= start:
        raise DateError(f"the interval {edtf!r} ends before it starts")
    return DateBounds(start, stop)


def _single(edtf: str) -> DateBounds:
    found = _DATE.fullmatch(edtf)
    if not found:
        raise DateError(f"{edtf[:40]!r} is not an EDTF level 1 date", cure="Write e.g. 2017-09-05, 2017-09 or ../2017.")
    year, month, day = found.groups()
    try:
        return _bounds(year, month, day)
    except ValueError:
        raise DateError(f"the date {edtf!r} does not exist") from None


def _bounds(year: str, month: str | None, day: str | None) -> DateBounds:
    if "X" in year or month in (None, "XX"):
        step = 10 ** year.count("X")
        first = int(year.replace("X", "0"))
        return DateBounds(dt.date(first, 1, 1), dt.date(first + step, 1, 1))
    y, m = int(year), int(month or 1)
    if m in _SEASONS:
        start = _SEASONS[m]
        return DateBounds(dt.date(y, start, 1), _first_of_month(y, start + 3))
    if day in (None, "XX"):
        return DateBounds(dt.date(y, m, 1), _first_of_month(y, m + 1))
    on = dt.date(y, m, int(day or 1))
    return DateBounds(on, on + _ONE_DAY)


def _first_of_month(year: int, month: int) -> dt.date:
    """Return the first of a month; months past December run into the next year."""
    return dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
