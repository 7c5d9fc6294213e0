"""What a client may ask of a collection, read from a query string."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from tracker.errors import DateError, UsageError
from tracker.model import parse_day

__all__ = ["DEFAULT_LIMIT", "MOST", "Asked", "ProblemError", "asked_of", "refuse_unknown"]

DEFAULT_LIMIT, MOST = 100, 10_000  # features a page
_MOST_OFFSET = 10**9
Box = tuple[float, float, float, float]


class ProblemError(UsageError):
    """
    What a client asked for can't be answered.

    Attributes
    ----------
    status
        HTTP status.
    code
        A word for programs.
    """

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code, self.detail = status, code, detail
        super().__init__(detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    A read query.

    Attributes
    ----------
    boxes
        (west, south, east, north) in degrees, two when the box crosses the antimeridian; empty: everywhere.
    first, last
        Days, both included; None is open.
    timed
        Whether a time was asked for at all.
    """

    boxes: tuple[Box, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    timed: bool = False
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    known_by: dt.date | None = None

    def when(self, start: dt.date | None, end: dt.date | None) -> bool:
        """Return whether half-open days meet the days asked for; what has no bounds always does."""
        begun = start is None or self.last is None or start <= self.last
        return begun and (end is None or self.first is None or self.first < end)


def asked_of(params: QueryParams) -> Asked:
    """
    Read ``bbox``, ``datetime``, ``limit``, ``offset`` and ``known_by``.

    Raises
    ------
    ProblemError
        With status 400 if one of them can't be read, or another is given.
    """
    refuse_unknown(params, ("bbox", "datetime", "limit", "offset", "known_by", "f"))
    first, last = _days(params.get("datetime"))
    return Asked(
        boxes=_boxes(params.get("bbox")),
        first=first,
        last=last,
        timed="datetime" in params,
        limit=min(_whole(params, "limit", DEFAULT_LIMIT, least=1), MOST),
        offset=_whole(params, "offset", 0, least=0),
        known_by=_day(params["known_by"], "known_by") if "known_by" in params else None,
    )


def refuse_unknown(params: QueryParams, known: Collection[str]) -> None:
    """
    Stop at a parameter that nobody would look at, as the standard wants it (7.15.4), or one given twice.

    Raises
    ------
    ProblemError
        With status 400.
    """
    for name in params:
        if name not in known:
            raise ProblemError(400, "InvalidParameter", f"there is no parameter {name!r}; there are {', '.join(known)}")
        if len(params.getlist(name)) > 1:
            raise ProblemError(400, "InvalidParameter", f"{name} is given twice")
    if params.get("f", "json") not in ("json", "html"):
        raise ProblemError(400, "InvalidParameter", "f is json or html")


def _whole(params: QueryParams, name: str, default: int, *, least: int) -> int:
    text = params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and least <= int(text[:12]) <= _MOST_OFFSET):
        raise ProblemError(400, "InvalidParameter", f"{name} is a whole number from {least}, not {text[:40]!r}")
    return int(text)


def _boxes(text: str | None) -> tuple[Box, ...]:
    if text is None:
        return ()
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:  # with heights, which nothing here has
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)) or numbers[1] > numbers[3]:
        said = "bbox is west,south,east,north in degrees (CRS84), south not above north"
        raise ProblemError(400, "InvalidParameter", f"{said}, not {text[:80]!r}")
    west, south, east, north = numbers
    if west <= east:
        return ((west, south, east, north),)
    return (west, south, 180.0, north), (-180.0, south, east, north)


def _days(text: str | None) -> tuple[dt.date | None, dt.date | None]:
    if text is None:
        return None, None
    parts = text.split("/")
    if len(parts) == 1:
        day = _day(text, "datetime")
        return day, day
    if len(parts) != 2 or all(part in ("", "..") for part in parts):
        raise ProblemError(400, "InvalidParameter", f"datetime is a day, or two with / between them, not {text[:80]!r}")
    first, last = (None if part in ("", "..") else _day(part, "datetime") for part in parts)
    if first is not None and last is not None and first > last:
        raise ProblemError(400, "InvalidParameter", f"datetime ends before it begins: {text[:80]!r}")
    return first, last


def _day(text: str, name: str) -> dt.date:
    """Return the UTC day of a day or a moment (RFC 3339)."""
    try:
        if len(text) <= 10:
            return parse_day(text)
        moment = dt.datetime.fromisoformat(text)
        return (moment if moment.tzinfo is None else moment.astimezone(dt.UTC)).date()
    except (DateError, ValueError, OverflowError):
        raise ProblemError(400, "InvalidParameter", f"{name}: {text[:80]!r} is no day (YYYY-MM-DD) or moment") from None
