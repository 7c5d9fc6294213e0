"""What several verbs share: parameter types, options, and how records come in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tracker.errors import DateError
from tracker.jsonl import open_lines as input_lines
from tracker.model import edtf_bounds, parse_day

__all__ = ["DAY", "MOMENT", "input_lines", "known_by_option", "on_option", "size_of"]


class _Day(click.ParamType[dt.date]):
    """A calendar day, written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return parse_day(value)
        except DateError as error:
            self.fail(str(error), param, ctx)


class _Moment(click.ParamType[dt.date]):
    """A day, or an EDTF month, year or interval, which stands for its last day."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return _last_day(value.strip())
        except DateError as error:
            self.fail(str(error), param, ctx)


def _last_day(text: str) -> dt.date:
    """
    Return the day that a moment on the command line stands for.

    Examples
    --------
    >>> _last_day("2017-09-05"), _last_day("2017-09")
    (datetime.date(2017, 9, 5), datetime.date(2017, 9, 30))
    """
    try:
        return parse_day(text)
    except DateError:
        try:
            stop = edtf_bounds(text).stop
        except DateError:
            stop = None
        if stop is None:
            cure = "Write it as YYYY-MM-DD, YYYY-MM or YYYY, e.g. 2017-09-05."
            raise DateError(f"{text[:40]!r} is not a day, a month or a year", cure=cure) from None
        return stop - dt.timedelta(days=1)


DAY = _Day()
MOMENT = _Moment()
on_option = click.option(
    "--on", type=MOMENT, help="Day of valid time: what was so in the world on this day (a month or year: its last day)."
)
known_by_option = click.option(
    "--known-by",
    type=MOMENT,
    help="Day of known time: reports published later are left out (a month or year: its last day).",
)


def size_of(path: Path) -> str:
    """Return the size of a file in words, e.g. ``12 kB``."""
    n_bytes = path.stat().st_size
    return f"{n_bytes / 1000:,.0f} kB" if n_bytes < 1_000_000 else f"{n_bytes / 1_000_000:,.1f} MB"
