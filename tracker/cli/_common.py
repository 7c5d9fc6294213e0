"""What several verbs share: parameter types, options, and how records come in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tracker.errors import DateError
from tracker.jsonl import open_lines as input_lines
from tracker.model import parse_day

__all__ = ["DAY", "input_lines", "known_by_option", "on_option", "size_of"]


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


def size_of(path: Path) -> str:
    """Return the size of a file in words, e.g. ``12 kB``."""
    n_bytes = path.stat().st_size
    return f"{n_bytes / 1000:,.0f} kB" if n_bytes < 1_000_000 else f"{n_bytes / 1_000_000:,.1f} MB"
