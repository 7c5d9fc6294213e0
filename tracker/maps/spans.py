"""
States over time as a page carries them.

A *unit* is what one drawn piece of ground is: a place, a part of it, and one
geometry. A *look* is all that decides how a unit is drawn on a day. A *span*
says from which day to which a unit has a look. Everything that only a reader
who asks needs to see (reasons, quotes) is kept apart, as *details*.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.maps.safe import web_link
from tracker.maps.varints import pack_unsigned
from tracker.model import ClaimQuote, LayerFeature, LayerLine

__all__ = [
    "Numbers",
    "Unit",
    "date_of",
    "day_number",
    "details_of",
    "line_details",
    "line_rows",
    "look_of",
    "packed_units",
    "units_of",
]

_EPOCH = dt.date(1970, 1, 1).toordinal()
STATUSES = ("held", "contested", "shared", "unknown", "one_of")
STANCES = ("for", "against", "unreal")


class Numbers:
    """Values numbered in the order in which they first come."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self._known: dict[object, int] = {}

    def of(self, value: object) -> int:
        """Return the number of a hashable value."""
        number = self._known.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


@dataclass(slots=True)
class Unit:
    """One piece of ground with all its spans."""

    place: int
    part: str | None
    shape: int
    area_km2: float
    features: list[LayerFeature] = field(default_factory=list)


def day_number(day: dt.date | None) -> int | None:
    """Return days since 1970-01-01, as JavaScript counts them."""
    return None if day is None else day.toordinal() - _EPOCH


def date_of(number: int) -> dt.date:
    """Return the day of a number of `day_number`."""
    return dt.date.fromordinal(number + _EPOCH)


def units_of(features: Iterable[tuple[LayerFeature, int, int]]) -> list[Unit]:
    """Return the units of features that come with their place and shape numbers; spans ordered by start."""
    units: dict[tuple[int, str | None, int], Unit] = {}
    for feature, place, shape in features:
        key = (place, feature.part, shape)
        unit = units.get(key)
        if unit is None:
            unit = units[key] = Unit(place, feature.part, shape, feature.area_km2)
        unit.features.append(feature)
    for unit in units.values():
        unit.features.sort(key=lambda feature: (feature.start or dt.date.min, feature.end or dt.date.max))
    return [units[key] for key in sorted(units, key=lambda key: (key[0], key[1] or "", key[2]))]


def look_of(feature: LayerFeature, actors: Numbers) -> tuple[object, ...]:
    """Return what decides how a feature is drawn: status, holder, sides, siege, confidence in tenths, fraction."""
    status = STATUSES.index(feature.status) if feature.status in STATUSES else STATUSES.index("unknown")
    holder = -1 if feature.holder is None else actors.of(feature.holder)
    sides = tuple(actors.of(side) for side in feature.sides)
    siege = 0
    if feature.besieged or feature.besieged_by is not None:
        siege = 1 if feature.besieged_by is None else 2 + actors.of(feature.besieged_by)
    least, most = feature.fraction or (-1, -1)
    tenths = round(10 * min(1.0, max(0.0, feature.confidence)))
    return (status, holder, sides, siege, tenths, round(least, 2), round(most, 2))


def packed_units(units: Sequence[Unit], looks: Numbers, actors: Numbers, base_day: int) -> dict[str, object]:
    """
    Return the units for the page, column by column.

    ``spans`` holds, per unit, how many there are, then for each: days from the
    end of the one before (zigzag; 0 for an open start of the first, else days
    since `base_day` plus 1), days that it lasts (0: open), and its look.
    ``reports`` holds, per unit, how many days have a published report, then
    the steps from one to the next.
    """
    spans: list[int] = []
    published: list[int] = []
    for unit in units:
        spans.append(len(unit.features))
        before = base_day - 1
        for feature in unit.features:
            start, end = day_number(feature.start), day_number(feature.end)
            first = base_day - 1 if start is None else start
            gap = first - before
            spans += ((gap << 1) ^ (gap >> 63), 0 if end is None else max(1, end - first + 1))
            spans.append(looks.of(look_of(feature, actors)))
            before = first if end is None else end
        _add_report_days(published, unit, base_day)
    parts = Numbers()
    return {
        "place": [unit.place for unit in units],
        "part": [parts.of(unit.part) for unit in units],
        "parts": parts.values,
        "shape": pack_unsigned([unit.shape for unit in units]),
        "area": pack_unsigned([max(0, round(unit.area_km2 * 100)) for unit in units]),
        "spans": pack_unsigned(spans),
        "reports": pack_unsigned(published),
    }


def _add_report_days(published: list[int], unit: Unit, base_day: int) -> None:
    days = {quote.published for feature in unit.features for quote in feature.claims if quote.published}
    numbers = sorted(max(base_day, day.toordinal() - _EPOCH) for day in days)
    published.append(len(numbers))
    before = base_day
    for number in numbers:
        published.append(number - before)
        before = number


def details_of(units: Sequence[Unit], actors: Numbers) -> dict[str, object]:
    """
    Return reasons and quotes of some units: ``spans`` per unit, ``quotes`` and ``reasons`` that they number.

    A span's detail is [reason, probability, confidence, newest claim, reports,
    sources, start, end, [quote number, stance], …].
    """
    quotes, reasons = Numbers(), Numbers()
    spans = [[_detail(feature, quotes, reasons, actors) for feature in unit.features] for unit in units]
    return {"spans": spans, "quotes": quotes.values, "reasons": reasons.values}


def _detail(feature: LayerFeature, quotes: Numbers, reasons: Numbers, actors: Numbers) -> list[object]:
    cited = [[quotes.of(_quote(quote, actors)), _stance(quote)] for quote in feature.claims]
    return [
        reasons.of(feature.reason),
        round(feature.probability, 3),
        round(feature.confidence, 3),
        day_number(feature.newest_claim),
        feature.n_reports,
        feature.n_sources,
        *cited,
    ]


def _stance(quote: ClaimQuote) -> int:
    return STANCES.index(quote.stance) if quote.stance in STANCES else 0


def _quote(quote: ClaimQuote, actors: Numbers) -> tuple[object, ...]:
    actor = -1 if quote.actor is None else actors.of(quote.actor)
    return (
        quote.quote,
        quote.kind,
        actor,
        quote.source,
        day_number(quote.published),
        quote.valid_time,
        web_link(quote.url),
        quote.report_id,
    )


def line_rows(lines: Iterable[tuple[LayerLine, int, int]], actors: Numbers) -> list[list[object]]:
    """Return sieges and approaches, each [kind, place, part, actor, target, start, end, shape, tenths, metres]."""
    return [
        [
            line.kind,
            place,
            line.part,
            -1 if line.actor is None else actors.of(line.actor),
            -1 if line.target is None else actors.of(line.target),
            day_number(line.start),
            day_number(line.end),
            shape,
            round(10 * min(1.0, max(0.0, line.confidence))),
            line.distance_m,
        ]
        for line, place, shape in lines
    ]


def line_details(lines: Iterable[LayerLine], actors: Numbers) -> dict[str, object]:
    """Return the quotes of sieges and approaches: ``lines``, per line its [quote number, stance], and ``quotes``."""
    quotes = Numbers()
    cited = [[[quotes.of(_quote(quote, actors)), _stance(quote)] for quote in line.claims] for line in lines]
    return {"lines": cited, "quotes": quotes.values}
