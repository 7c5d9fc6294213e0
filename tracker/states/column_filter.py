"""
The filter of `tracker.states.belief` over sorted claims, in machine code (numba; needs the extra ``columns``).

A claim that a side holds a place lessens all other sides by one factor. Odds are kept in
units of the product of these factors, so that a side's odds change only when it is named,
and grow: the two likeliest sides change only by the one that is named. Numbers that grow
large are scaled back by a power of two, which changes no digit.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tracker.machine_code import compiled
from tracker.states.belief import CHANGE_HALF_LIFE, EVENT_HAZARD, FIRST_WORD, LEAST_HAZARD
from tracker.states.column_intervals import HELD, ONE_OF, OPEN, UNKNOWN, Intervals
from tracker.states.column_keys import Keys, Layout
from tracker.states.moments import DISAGREEING, RIVAL, SURE_ENOUGH

__all__ = ["fuse_sorted"]

_MOST_FADED = 60.0  # half-lives: belief fades no further, a part in 10^18
_MUCH, _LESS = 1e100, 2.0**-300  # one claim makes odds less than 10^21 times as large, whatever came before
_compiled = compiled()
Real = npt.NDArray[np.float64]


@_compiled
def _side(key: int, layout: Layout) -> int:
    return (key >> layout.side_shift) & ((1 << layout.side_bits) - 1)


@_compiled
def _doubt(key: int, layout: Layout) -> float:
    top = (1 << layout.doubt_bits) - 1
    return (key & top) / top


@_compiled
def _hazard(key: int, layout: Layout, elapsed: int) -> float:
    """Return the chance of a change: by its report, or unreported before word of how things stand."""
    if not (key >> layout.doubt_bits) & 1:
        return EVENT_HAZARD
    unreported = 1.0 - float(np.exp2(elapsed * (-1.0 / CHANGE_HALF_LIFE)))
    return min(EVENT_HAZARD, max(LEAST_HAZARD, unreported))


@_compiled
def _day_at(keys: Keys, at: int, end: int, layout: Layout, elapsed: int) -> tuple[int, int, float]:
    """Return where a day's claims end, how many sides they name, and the chance of a change by all of them."""
    day, last = keys[at] >> layout.day_shift, -1
    sides, hazard = 0, 0.0
    while at < end and keys[at] >> layout.day_shift == day:
        side = _side(keys[at], layout)
        sides += side != last
        hazard += _hazard(keys[at], layout, elapsed)
        last = side
        at += 1
    return at, sides, hazard


@_compiled
def _read(odds: Real, first: int, second: int, held: float, unknown: float, sides: int) -> tuple[int, int, int, float]:
    """Return status, sides and chance, as `tracker.states.moments.Moment` reads a belief."""
    total = held + unknown
    likely = odds[first] / total
    rival = odds[second] / total if second >= 0 else 0.0
    both = likely + rival
    near = both >= DISAGREEING if sides > 1 else likely < SURE_ENOUGH <= both
    if near and second >= 0 and rival >= RIVAL * likely:
        return ONE_OF, min(first, second), max(first, second), both
    if likely >= SURE_ENOUGH:
        return HELD, first, -1, likely
    return UNKNOWN, -1, -1, unknown / total


@_compiled
def _lessen(odds: Real) -> None:
    for side in range(odds.size):  # as an array at once it would cost every claim half its time, executed or not
        odds[side] *= _LESS


@_compiled
def _fuse_place(
    keys: Keys, at: int, end: int, layout: Layout, rate: float, odds: Real, made: Intervals, row: int
) -> int:
    """Take in the claims of one place, and return the row after its last interval."""
    opening, place, day = row, keys[at] >> layout.place_shift, keys[at] >> layout.day_shift
    held, unknown = 0.0, 1.0
    first, second = -1, -1
    while at < end:
        # The claims of a day have no order: all that they move is moved from what was held in the morning.
        elapsed = (keys[at] >> layout.day_shift) - day
        day += elapsed
        stop, sides, hazard = _day_at(keys, at, end, layout, elapsed)
        stay = 1.0 - hazard / (stop - at)
        found = 1.0 - (1.0 - FIRST_WORD) ** sides
        fade = np.exp2(min(elapsed * rate, _MOST_FADED))
        loose = (fade * unknown + (fade - 1.0) * held) / stay
        from_held, from_loose = held / (stay * (stop - at)), loose * found / (stop - at)
        unknown = loose * (1.0 - found)
        while at < stop:
            side = _side(keys[at], layout)
            before = after = odds[side]
            head = at
            while at < stop and _side(keys[at], layout) == side:
                after += from_held * _hazard(keys[at], layout, elapsed) + from_loose
                at += 1
            for one in range(head, at):
                after /= _doubt(keys[one], layout)
                if after > _MUCH:
                    _lessen(odds)
                    held, unknown = held * _LESS, unknown * _LESS
                    from_held, from_loose = from_held * _LESS, from_loose * _LESS
                    before, after = before * _LESS, after * _LESS
            held += after - before
            odds[side] = after
            if first < 0 or (side != first and (after, -side) > (odds[first], -first)):
                first, second = side, first
            elif side != first and (second < 0 or (after, -side) > (odds[second], -second)):
                second = side
        status, actor, other, chance = _read(odds, first, second, held, unknown, sides)
        last = row - 1
        if row == opening or (status, actor, other) != (made.status[last], made.actor[last], made.other[last]):
            start = layout.first_day + (day & ((1 << layout.day_bits) - 1))
            if row > opening:
                made.stop[last] = start
            made.place[row], made.status[row], made.actor[row], made.other[row] = place, status, actor, other
            made.start[row], made.stop[row] = start, OPEN
            row += 1
        made.probability[row - 1] = chance
    return row


@_compiled
def fuse_sorted(keys: Keys, begin: int, end: int, layout: Layout, half_life: Real, made: Intervals) -> int:
    """
    Run the filter over sorted claims of whole places.

    Parameters
    ----------
    keys
        Claims, of which those from `begin` to `end` are taken in.
    half_life
        Days in which belief halves: one for all places, or by place number.
    made
        Where intervals are written, from row `begin` on: at most one a claim.

    Returns
    -------
    stop
        The row after the last that was written.
    """
    odds = np.zeros(1 << layout.side_bits)
    row = at = begin
    while at < end:
        place, head = keys[at] >> layout.place_shift, at
        while at < end and keys[at] >> layout.place_shift == place:
            at += 1
        rate = 1.0 / half_life[place if half_life.size > 1 else 0]
        row = _fuse_place(keys, head, at, layout, rate, odds, made, row)
        for one in range(head, at):
            odds[_side(keys[one], layout)] = 0.0
    return row
