"""The days on which a layer changes, and the range and step that QGIS's temporal controller takes from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.layers import features_on
from tracker.model import Layer, LayerFeature
from tracker.model.layer import LayerLine

__all__ = ["Timeline", "holds_on", "layer_days", "layer_on", "records_of", "timeline_of"]

_ONE_DAY = dt.timedelta(days=1)


def holds_on(record: LayerFeature | LayerLine, day: dt.date) -> bool:
    """Return whether a record is true on a day; bounds are half-open, an open one always holds."""
    return (record.start is None or record.start <= day) and (record.end is None or day < record.end)


def records_of(layer: Layer) -> tuple[LayerFeature | LayerLine, ...]:
    """Return areas, then sieges and approaches."""
    return (*layer.features, *layer.lines)


def layer_on(layer: Layer, on: dt.date) -> Layer:
    """Return what of a span of days holds on one of them."""
    features = tuple(replace(feature, on=on) for feature in features_on(layer, on))
    lines = tuple(replace(line, on=on) for line in layer.lines if holds_on(line, on))
    return replace(layer, on=on, start=on, end=on, features=features, lines=lines)


def layer_days(layer: Layer) -> tuple[dt.date, ...]:
    """Return the days on which a state, siege or approach starts or ends, and the layer's own bounds, in order."""
    if layer.on is not None:
        return (layer.on,)
    days = {layer.start, layer.end}
    for record in records_of(layer):
        days.update((record.start, record.end))
    first, last = layer.start or dt.date.min, layer.end or dt.date.max
    return tuple(sorted(day for day in days if day is not None and first <= day <= last))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """
    What the temporal controller runs through.

    Attributes
    ----------
    start, stop
        First day, and the day after the last.
    last
        The last day on which anything changed.
    unit
        ``d``, ``mon`` or ``y``, as QGIS abbreviates a step.
    """

    start: dt.date
    stop: dt.date
    last: dt.date
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
    return Timeline(start=days[0], last=days[-1], stop=_after(days[-1], unit), unit=unit)


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
