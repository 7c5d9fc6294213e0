"""What several verbs share: parameter types, options, and how records come in."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from tracker.errors import DateError, InputError
from tracker.model import parse_day

__all__ = ["DAY", "input_lines", "known_by_option", "on_option"]


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


DAY = _Day()
on_option = click.option("--on", type=DAY, help="Day of valid time: what was so in the world on this day.")
known_by_option = click.option("--known-by", type=DAY, help="Day of known time: reports published later are left out.")


@contextlib.contextmanager
def input_lines(path: str) -> Iterator[IO[str]]:
    """
    Open a file of JSON Lines, or standard input for ``-``.

    Raises
    ------
    InputError
        If the file is missing or can't be read.
    """
    if path == "-":
        yield sys.stdin
        return
    try:
        lines = Path(path).open(encoding="utf-8")
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise InputError(f"can't be read ({problem})", path=path, cure="Check the name.") from None
    with lines:
        yield lines
