"""What a map is called when nobody says: where and when it speaks of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from tracker.errors import UnknownPlaceError
from tracker.model import Layer

if TYPE_CHECKING:
    from tracker.pipeline.stages import Stages

__all__ = ["title_of"]

_UNTITLED = "Who controls what"
_SHARE = 0.1  # of the places must lie in a country that the title names
_MOST = 3  # countries


def title_of(layer: Layer, stages: Stages, *, on: dt.date | None = None) -> str:
    """
    Return a title that says where the places of a layer lie and of which days its reports tell.

    Parameters
    ----------
    on
        Day of the newest report, for a layer without any day.
    """
    day = layer.on or (layer.end if layer.start == layer.end else None)
    where = _countries(layer, stages)
    if layer.end is None:
        day = day or on
    if day is not None or layer.end is None:
        return f"{_UNTITLED}{where}" + (f" on {_day(day)}" if day else "")
    told = [quote.published for feature in layer.features for quote in feature.claims if quote.published]
    first = max(min(told, default=layer.end), layer.start or dt.date.min)
    return f"{_UNTITLED}{where}, {_span(min(first, layer.end), layer.end)}"


def _countries(layer: Layer, stages: Stages) -> str:
    counts: Counter[str] = Counter()
    for place_id in {feature.place_id for feature in layer.features}:
        try:
            country = stages.gazetteer.get(place_id).country
        except UnknownPlaceError:
            continue
        if country is not None:
            counts[country] += 1
    named = stages.outlines.names(
        code
        for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if count >= _SHARE * counts.total()
    )[:_MOST]
    if not named:
        return ""
    return " in " + (named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}")


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _span(first: dt.date, last: dt.date) -> str:
    """
    Return two days as a title says them.

    Examples
    --------
    >>> _span(dt.date(2017, 5, 12), dt.date(2017, 11, 20))
    'May to November 2017'
    >>> _span(dt.date(2018, 6, 13), dt.date(2021, 11, 13))
    'June 2018 to November 2021'
    >>> _span(dt.date(2017, 9, 5), dt.date(2017, 9, 10))
    '5 to 10 September 2017'
    """
    if first == last:
        return _day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_day(last)}"
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B %Y}"
