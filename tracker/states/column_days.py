"""Sorted claims put together by place and day, in the order in which the filter takes them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.states.column_keys import Index, Keys, Layout, Real, Whole

__all__ = ["Days", "Several", "days_of"]

_LEAST_LOG = -300.0  # of a doubt: no more sources are needed to be sure, and one over more would overflow


class Several(NamedTuple):
    """
    Days on which several claims speak of a place, as runs of the same side.

    Attributes
    ----------
    day
        Which day of `Days` each is.
    start
        Where each one's runs begin, with the end of the last.
    actor, claims, stand, log_doubt
        Of each run: its side, how many claims, how many of them tell how things stand, and the log of the
        chance that none of them may be relied upon.
    """

    day: Index
    start: Index
    actor: Index
    claims: Real
    stand: Real
    log_doubt: Real


@dataclass(frozen=True, slots=True)
class Days:
    """
    Claims by place and day.

    Attributes
    ----------
    day, actor, weight, stands
        Of the first claim of each place and day; `stands` is None when every claim tells of a change.
    several
        The days of which several claims speak.
    place, start, count
        Of each place: its number, where its days begin, how many there are.
    """

    day: Whole
    actor: Index
    weight: Real
    stands: npt.NDArray[np.bool_] | None
    several: Several
    place: Whole
    start: Index
    count: Index

    @property
    def named_several(self) -> Index:
        """Days on which claims name several sides."""
        return self.several.day[np.diff(self.several.start) > 1]


def days_of(keys: Keys, layout: Layout) -> Days:
    """Put sorted claims together by place and day."""
    place_day = keys >> np.uint64(layout.day_shift)
    begins = np.append(True, place_day[1:] != place_day[:-1])
    first = np.flatnonzero(begins)
    mine = keys[first]
    places = layout.place(mine)
    start = np.flatnonzero(np.append(True, places[1:] != places[:-1]))
    stands = layout.stands(mine) if bool(layout.stands(np.bitwise_or.reduce(keys, keepdims=True))[0]) else None
    return Days(
        day=layout.day(mine),
        actor=layout.actor(mine),
        weight=layout.weight(mine),
        stands=stands,
        several=_several(keys, layout, first),
        place=places[start],
        start=start,
        count=np.diff(np.append(start, first.size)),
    )


def _several(keys: Keys, layout: Layout, first: Index) -> Several:
    sizes = np.diff(np.append(first, keys.size))
    which = np.flatnonzero(sizes > 1)
    if not which.size:
        none, real = np.empty(0, np.int64), np.empty(0)
        return Several(none, np.zeros(1, np.int64), none, real, real, real)
    size = sizes[which]
    ends = np.cumsum(size)
    begins = ends - size
    mine = keys[np.arange(int(ends[-1])) + np.repeat(first[which] - begins, size)]
    side = mine >> np.uint64(1 + layout.weight_bits)  # place, day and side
    at = np.flatnonzero(np.append(True, side[1:] != side[:-1]))
    return Several(
        day=which,
        start=np.append(np.searchsorted(at, begins), at.size),
        actor=layout.actor(mine[at]),
        claims=np.diff(np.append(at, mine.size)).astype(np.float64),
        stand=np.add.reduceat(layout.stands(mine).astype(np.float64), at),
        log_doubt=np.maximum(np.add.reduceat(np.log1p(-layout.weight(mine)), at), _LEAST_LOG),
    )
