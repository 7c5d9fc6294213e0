"""
Last credible claim, for tens of millions of claims at once.

Where each place has one holder at a time and claims are many, the full filter
is more than is needed for a first look. Here every claim is packed into one
64-bit number and sorted once; the heaviest claim of a place and day decides, and
runs of the same holder become half-open intervals.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.errors import UsageError

__all__ = ["CREDIBLE", "Intervals", "fuse_columns", "holders_at"]

CREDIBLE = 0.2  # below this weight a claim decides nothing; as in the siege of `tracker.states.siege`
OPEN = np.iinfo(np.int32).max

# Bits of one claim: place 24, day 20, weight 8, actor 12.
_PLACE, _DAY, _WEIGHT, _ACTOR = 24, 20, 8, 12

Whole = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Intervals:
    """
    Who held which place when: parallel arrays, ordered by place and first day.

    Attributes
    ----------
    place, actor
        As numbered by the caller.
    start, stop
        Half-open, in days as counted by `datetime.date.toordinal`; `stop` of what is still so is `OPEN`.
    """

    place: Whole
    actor: Whole
    start: Whole
    stop: Whole


def fuse_columns(place: Whole, day: Whole, actor: Whole, weight: npt.NDArray[np.float32]) -> Intervals:
    """
    Return intervals of the last credible claim for each place.

    Parameters
    ----------
    place, actor
        Numbers from 0, below 2**24 and 2**12.
    day
        Days as counted by `datetime.date.toordinal`, below 2**20.
    weight
        0 to 1; claims below `CREDIBLE` are left out, and of one place and day the heaviest decides
        (compared in steps of 1/255; of equal ones the higher actor number).

    Raises
    ------
    UsageError
        If the columns differ in length or a number is out of range.

    Examples
    --------
    >>> import numpy as np
    >>> made = fuse_columns(
    ...     np.array([0, 0, 0], np.int32), np.array([10, 20, 30], np.int32),
    ...     np.array([1, 1, 2], np.int32), np.array([0.9, 0.9, 0.9], np.float32))
    >>> made.actor.tolist(), made.start.tolist(), made.stop.tolist() == [30, OPEN]
    ([1, 2], [10, 30], True)
    """
    keys = _packed(place, day, actor, weight)
    keys.sort()
    if not keys.size:
        none = np.empty(0, np.int32)
        return Intervals(none, none, none, none)
    # The last of each place and day is its heaviest.
    place_day = keys >> np.uint64(_WEIGHT + _ACTOR)
    last = np.empty(keys.size, bool)
    np.not_equal(place_day[1:], place_day[:-1], out=last[:-1])
    last[-1] = True
    keys = keys[last]
    where = (keys >> np.uint64(_DAY + _WEIGHT + _ACTOR)).astype(np.int32)
    who = (keys & np.uint64((1 << _ACTOR) - 1)).astype(np.int32)
    turn = np.empty(keys.size, bool)
    turn[0] = True
    turn[1:] = (where[1:] != where[:-1]) | (who[1:] != who[:-1])
    when = ((keys[turn] >> np.uint64(_WEIGHT + _ACTOR)) & np.uint64((1 << _DAY) - 1)).astype(np.int32)
    where, who = where[turn], who[turn]
    stop = np.full(when.size, OPEN, np.int32)
    goes_on = where[1:] == where[:-1]
    stop[:-1][goes_on] = when[1:][goes_on]
    return Intervals(where, who, when, stop)


def holders_at(intervals: Intervals, on: dt.date) -> tuple[Whole, Whole]:
    """Return the places that have a holder on a day, and who that is."""
    day = on.toordinal()
    now = (intervals.start <= day) & (day < intervals.stop)
    return intervals.place[now], intervals.actor[now]


def _packed(place: Whole, day: Whole, actor: Whole, weight: npt.NDArray[np.float32]) -> npt.NDArray[np.uint64]:
    if not place.size == day.size == actor.size == weight.size:
        raise UsageError("the columns differ in length")
    for name, column, bits in (("place", place, _PLACE), ("day", day, _DAY), ("actor", actor, _ACTOR)):
        if column.size and (int(column.min()) < 0 or int(column.max()) >= 1 << bits):
            raise UsageError(f"a {name} is not between 0 and {(1 << bits) - 1}")
    keys = place.astype(np.uint64)
    for column, bits in ((day, _DAY), ((weight * 255).astype(np.int32), _WEIGHT), (actor, _ACTOR)):
        keys <<= np.uint64(bits)
        keys |= column.astype(np.uint64)
    credible = weight >= CREDIBLE
    return keys if bool(credible.all()) else keys[credible]
