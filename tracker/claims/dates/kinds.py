"""A date that a text names, and how it bounds what is told."""

from __future__ import annotations

from enum import StrEnum

from tracker.claims.records import record

__all__ = ["DateKind", "DateMention"]


class DateKind(StrEnum):
    """How a date bounds what is told."""

    POINT = "point"  # on, in, during
    SINCE = "since"  # true from then on: "since mid-2014"
    UNTIL = "until"  # true up to then
    BY = "by"  # became true then or before
    BEFORE = "before"
    AFTER = "after"
    DURATION = "duration"  # "for over two years": true since the start of that time
    ASIDE = "aside"  # dates something else: "for the first time since 2014"


@record()
class DateMention:
    """
    One date in a text: ``text[start:end]`` is how it is written.

    Attributes
    ----------
    edtf
        EDTF level 1 value with what the kind says of its bounds ("2014/..", "../2017-09-05");
        None when it can't be told.
    point
        The same without the kind: the day, month or year that is named.
    precision
        ``day``, ``month``, ``season``, ``year`` or ``interval``.
    relative
        ``published`` or ``told`` when the date was reckoned from the day of
        publication or from the date before, None when it stands for itself.
    back_reference
        Whether it looks back from the story: "which IS captured in 2014".
    onward
        Whether the story goes on from an end that it tells: "held it until May, when they left".
    """

    start: int
    end: int
    text: str
    edtf: str | None
    point: str | None
    kind: DateKind
    precision: str
    relative: str | None = None
    back_reference: bool = False
    onward: bool = False
