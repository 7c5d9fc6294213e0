"""The day of which a text speaks at each of its words: that of its sentence, else of the last date before."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Sequence

from tracker.claims.dates.mentions import DateMention
from tracker.claims.sentences import Span
from tracker.errors import DateError
from tracker.model import edtf_bounds

__all__ = ["StoryDays"]

_LONG_AGO = dt.timedelta(days=90)  # what a text tells of the months before its publication, sides of today tell


class StoryDays:
    """
    Days of the story by offset, so that "the government" is that of the time told of, not that of today.

    Parameters
    ----------
    spans, dates
        Sentences and dates of the text, in order.
    published
        The day that counts where the text has told none yet, or none that is long ago; without one the text's
        own days are all there is.
    """

    def __init__(self, spans: Sequence[Span], dates: Sequence[DateMention], published: dt.date | None) -> None:
        self._published = published
        self._starts: list[int] = []
        self._days: list[dt.date] = []
        told = 0
        for span in spans:
            while told < len(dates) and dates[told].start < span.end:
                day = _middle(dates[told].point)
                told += 1
                if day is not None and not dates[told - 1].back_reference:
                    self._starts.append(span.start)
                    self._days.append(day)
                    break
            while told < len(dates) and dates[told].start < span.end:
                told += 1

    def at(self, offset: int) -> dt.date | None:
        """Return the day that the text speaks of at an offset."""
        k = max(bisect.bisect_right(self._starts, offset), 1)  # before its first date a text speaks of that date
        if not self._days or (self._published is not None and self._days[k - 1] > self._published - _LONG_AGO):
            return self._published
        return self._days[k - 1]


def _middle(point: str | None) -> dt.date | None:
    """Return the middle of a date's days, None when there is none."""
    try:
        start, stop = edtf_bounds(point) if point else (None, None)
    except DateError:
        return None
    return start + (stop - start) / 2 if start is not None and stop is not None else None
