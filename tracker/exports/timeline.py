"""The range and the step of QGIS's temporal controller, from the days on which a layer changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.exports.rows import layer_days
from tracker.model import Layer

__all__ = ["Timeline", "timeline_of"]

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """
    What the temporal controller runs through.

    Attributes
    ----------
    start, stop
        First day, and the day after the last.
    unit
        ``d``, ``mon`` or ``y``, as QGIS abbreviates a step.
    """

    start: dt.date
    stop: dt.date
    unit: str


def timeline_of(layer: Layer) -> Timeline | None:
    """
    Return range and step; None for a layer without any day.

    The step is the longest of day, month and year on whose bounds all changes
    fall, so that no frame shows the states before and after a change at once.
    """
    days = layer_days(layer)
    if not days:
        return None
    unit = _step(days) if layer.on is None else "d"
    return Timeline(start=days[0], stop=_after(days[-1], unit), unit=unit)


def _step(days: Sequence[dt.date]) -> str:
    if all(day.day == 1 and day.month == 1 for day in days):
        return "y"
    return "mon" if all(day.day == 1 for day in days) else "d"


def _after(day: dt.date, unit: str) -> dt.date:
    if unit == "y":
        return day.replace(year=day.year + 1)
    if unit == "mon":
        return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return day + _ONE_DAY
