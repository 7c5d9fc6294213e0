"""The last date that a text told, which what follows without a date of its own belongs to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tracker.claims.dates.mentions import DateKind, DateMention

__all__ = ["StoryTime", "first_told", "tells_history"]

_NOW = frozenset({"now", "currently", "at present"})  # tells no day, and never the story's
_SHORTLY = 2  # sentences before the first date that may speak of its time already
_YEAR = re.compile(r"(?:1[5-9]\d\d|20\d\d)(?<![\d.,]\d{4})(?![\d%])")  # looking back last is faster
_OF_A_DAY = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:today|yesterday|overnight|this (?:morning|week))\b"
)


def tells_history(text: str, published: dt.date | None) -> bool:
    """Tell whether a text is of years gone by: the first year that it names is long over, and it names no weekday."""
    first = _YEAR.search(text)
    if first is None or published is None:
        return False
    return int(first.group()) < published.year - 1 and _OF_A_DAY.search(text) is None


def first_told(dates: Iterable[tuple[int, DateMention]]) -> tuple[int, str] | None:
    """Return the first day or month that a text goes on from, with the number of its sentence."""
    for sentence, date in dates:
        if date.kind is DateKind.POINT and not date.back_reference and date.precision in {"day", "month"}:
            return (sentence, date.point) if date.point is not None and date.relative is None else None
    return None


def _of_years(mention: DateMention) -> bool:
    """Tell whether a date is reckoned back in years: "last year", "a year ago"."""
    return mention.precision == "year" or mention.text.lower().endswith("year ago")


@dataclass(slots=True)
class StoryTime:
    """The last date that the text told, and in which sentence."""

    edtf: str | None = None
    sentence: int = -99
    news: bool = False  # reckoned from the day of publication
    spoken: bool = False  # the day on which something was said, not done
    history: bool = False  # the text tells of years before its publication, not of its day
    ever_news: bool = False  # whether any date before was reckoned from the day of publication
    opening: tuple[int, str] | None = None  # the first day or month that the text tells, with its sentence

    @property
    def tells_day(self) -> bool:
        """Whether the last date told is a day."""
        return self.edtf is not None and len(self.edtf.rstrip("~")) == len("2017-09-05")

    def opens_at(self, sentence: int) -> str | None:
        """Return the month of the first date of the text, where that is told shortly after a sentence."""
        if self.opening is None or not 0 < self.opening[0] - sentence <= _SHORTLY:
            return None
        return self.opening[1][: len("2017-09")]

    def long_before(self, published: dt.date) -> bool:
        """Tell whether the story is history to the day of publication: more than a year before it."""
        if self.edtf is None or self.ever_news:
            return False
        end = self.edtf.rpartition("/")[2][:4]
        return end.isdigit() and int(end) < published.year - 1

    def reach(
        self, mentions: Sequence[DateMention], sentence: int, spoken: Callable[[DateMention], bool] | None = None
    ) -> None:
        """Move on to the last date of a sentence that does not look back; `spoken` tells days of saying."""
        for mention in mentions:
            self.ever_news |= mention.relative == "published"
            if (
                mention.point
                and mention.text.lower() not in _NOW
                and not mention.back_reference
                and not (mention.relative == "published" and _of_years(mention))
                and (mention.onward or mention.kind in {DateKind.POINT, DateKind.BY, DateKind.AFTER})
            ):
                whole = not mention.text.lower().startswith("within")  # what comes after "within a week" came after it
                self.edtf = mention.point if whole else mention.point.rpartition("/")[2]
                self.sentence, self.news = sentence, mention.relative == "published"
                self.spoken = spoken is not None and spoken(mention)
