"""The table of all readers of dates, by the pattern that was found."""

from __future__ import annotations

from collections.abc import Callable

from tracker.claims.dates.absolute import (
    absolute,
    decade,
    edge_day,
    feast,
    interval,
    month_named,
    numeric,
    season,
    season_about,
    the_nth,
    weekday,
    years,
)
from tracker.claims.dates.asking import Ask, Reading
from tracker.claims.dates.publication import ago, deictic, duration, recent, weekend
from tracker.claims.dates.scanning import Hit
from tracker.claims.dates.story import Story
from tracker.claims.dates.telling import (
    day_after,
    earlier,
    in_the_day,
    into,
    later,
    new_year,
    nth_day,
    opening,
    period,
    previous,
    same,
    since_then,
    the_next,
    within,
)  # fmt: skip

__all__ = ["read_hit"]


def read_hit(hit: Hit, story: Story, *, since: bool, initial: bool) -> Reading:
    """Return what a found pattern means at this point of the story."""
    return _READERS[hit.pattern](Ask(hit.groups, story, since, initial))


_READERS: dict[str, Callable[[Ask], Reading]] = {
    "iso": absolute,
    "numeric": numeric,
    "day_range": interval,
    "date_range": interval,
    "us_date_range": interval,
    "us_day_range": interval,
    "date": absolute,
    "us_date": absolute,
    "month_range": interval,
    "part_month": absolute,
    "month_year": absolute,
    "month": month_named,
    "month_event": absolute,
    "month_alone": absolute,
    "season_years": years,
    "season_year": season,
    "season_relative": season,
    "season": season,
    "season_about": season_about,
    "feast": feast,
    "year_range": years,
    "decade": decade,
    "part_year": absolute,
    "year": absolute,
    "year_event": absolute,
    "part_period": period,
    "weekday": weekday,
    "weekend": weekend,
    "us_weekday": absolute,
    "deictic": deictic,
    "this_time": deictic,
    "this_period": period,
    "ago": ago,
    "recent": recent,
    "duration": duration,
    "later": later,
    "after_num": later,
    "earlier": earlier,
    "since_clause": earlier,
    "within": within,
    "next": the_next,
    "day_after": day_after,
    "previous": previous,
    "same": same,
    "in_the_day": in_the_day,
    "by_evening": same,
    "since_then": since_then,
    "into": into,
    "opening": opening,
    "year_end": same,
    "new_year": new_year,
    "edge_day": edge_day,
    "nth_day": nth_day,
    "the_nth": the_nth,
}
