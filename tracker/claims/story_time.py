"""The last date that a text told, which what follows without a date of its own belongs to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.claims.dates.mentions import DateKind, DateMention

__all__ = ["StoryTime", "tells_history"]

_NOW = frozenset({"now", "currently", "at present"})  # tells no day, and never the story's
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]\d\d|20\d\d)(?![\d%])")
_OF_A_DAY = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:today|yesterday|overnight|this (?:morning|week))\b"
)


def tells_history(text: str, published: dt.date | None) -> bool:
    """Tell whether a text is of years gone by: the first year that it names is long over, and it names no weekday."""
    first = _YEAR.search(text)
    if first is None or published is None:
        return False
    return int(first.group()) < published.year - 1 and _OF_A_DAY.search(text) is None


@dataclass(slots=True)
class StoryTime:
    """The last date that the text told, and in which sentence."""

    edtf: str | None = None
    sentence: int = -99
    news: bool = False  # reckoned from the day of publication
    spoken: bool = False  # the day on which something was said, not done
    history: bool = False  # the text tells of years before its publication, not of its day
    ever_news: bool = False  # whether any date before was reckoned from the day of publication

    @property
    def tells_day(self) -> bool:
        """Whether the last date told is a day."""
        return self.edtf is not None and len(self.edtf.rstrip("~")) == len("2017-09-05")

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
                and not (mention.relative == "published" and mention.precision == "year")
                and (mention.onward or mention.kind in {DateKind.POINT, DateKind.BY, DateKind.AFTER})
            ):
                self.edtf, self.sentence, self.news = mention.point, sentence, mention.relative == "published"
                self.spoken = spoken is not None and spoken(mention)
