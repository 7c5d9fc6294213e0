"""What a reader of dates is asked and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker.claims.dates.moments import Moment
from tracker.claims.dates.story import Story
from tracker.claims.dates.words import read_date_words
from tracker.claims.records import record

__all__ = ["Ask", "Reading", "count_of", "month_of", "number_of", "with_groups"]


@record()
class Reading:
    """
    What a date means.

    Attributes
    ----------
    moment, last
        The moment, or the first and last moment of an interval; None when it can't be told.
    relative
        ``published``, ``told`` or None.
    duration
        Whether it is a length of time up to now.
    open_start
        Whether it was so earlier too: "for over two years".
    approximate
        Whether the words say "about".
    """

    moment: Moment | None
    last: Moment | None = None
    relative: str | None = None
    duration: bool = False
    open_start: bool = False
    approximate: bool = False


@record(kw_only=False)
class Ask:
    """
    A found pattern's groups, and where the story stands.

    Attributes
    ----------
    since
        Whether "since" stands before the date.
    initial
        Whether the date opens its sentence.
    """

    groups: Mapping[str, str]
    story: Story
    since: bool
    initial: bool

    def year(self, moment: Moment) -> Moment:
        """Return the moment with the year that the story gives it."""
        return self.story.with_year(moment, since=self.since, initial=self.initial)


def month_of(word: str) -> int:
    """Return the number of a month by its name."""
    return read_date_words().months[" ".join(word.split()).strip(". ")]


def number_of(word: str | None) -> float | None:
    """Return what a numeral or number word counts, None when it does not count."""
    if word is None:
        return None
    if word[0].isdigit():
        return float("".join(char for char in word if char.isdigit()))
    return read_date_words().numbers.get(" ".join(word.split()))


def count_of(groups: Mapping[str, str], key: str) -> int | None:
    """Return the whole number of one group."""
    number = number_of(groups.get(key))
    return None if number is None else int(number)


def with_groups(ask: Ask, **groups: str) -> Ask:
    """Return the same question with more groups."""
    return replace(ask, groups={**ask.groups, **groups})
