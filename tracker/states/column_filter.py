"""
The filter of `tracker.states.belief` over sorted claims, in machine code (numba; needs the extra ``fast``).

A claim that a side holds a place lessens all other sides by one factor. Odds are kept in
units of the product of these factors, so that a side's odds change only when it is named,
and grow: the two likeliest sides change only by the one that is named. Numbers that grow
large are scaled back by a power of two, which changes no digit.

What comes of a claim nobody can guess, and a processor that guesses wrong loses as much time
as a claim takes: sides are ranked and read by choosing among values, not by branches.
"""

from __future__ import annotations

from typing import NamedTuple

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
_SOON = 1024  # days of silence for which fading is worked out once for all places
_SETTLED = int(4 * CHANGE_HALF_LIFE)  # days after which an unreported change is as likely as a reported one
_compiled = compiled()
Real = npt.NDArray[np.float64]


class Belief(NamedTuple):
    """Odds that somebody holds a place and that nobody is known to; the two likeliest sides and theirs, -1 for none."""

    held: float
    unknown: float
    first: int
    most: float
    second: int
    next: float


class Fading(NamedTuple):
    """How many half-lives a day is; by days of silence, how belief fades and how likely an unreported change is."""

    rate: float
    fades: Real
    unreported: Real


@_compiled
def _side(key: int, layout: Layout) -> int:
    return (key >> layout.side_shift) & ((1 << layout.side_bits) - 1)


@_compiled
def _doubt(key: int, layout: Layout) -> float:
    top = (1 << layout.doubt_bits) - 1
    return (key & top) / top


@_compiled
def _fade(elapsed: int, rate: float) -> float:
    return float(np.exp2(min(elapsed * rate, _MOST_FADED)))


@_compiled
def _unreported() -> Real:
    """Return the chance that things changed without a report before word of how they stand, by days of silence."""
    chances = np.empty(_SETTLED + 1)
    for elapsed in range(chances.size):
        unreported = 1.0 - float(np.exp2(elapsed * (-1.0 / CHANGE_HALF_LIFE)))
        chances[elapsed] = min(EVENT_HAZARD, max(LEAST_HAZARD, unreported))
    return chances


@_compiled
def _hazard(key: int, layout: Layout, unreported: float) -> float:
    """Return the chance of a change: by its report, or unreported before word of how things stand."""
    return unreported if (key >> layout.doubt_bits) & 1 else EVENT_HAZARD


@_compiled
def _day_at(keys: Keys, at: int, end: int, layout: Layout, unreported: float) -> tuple[int, int, float]:
    """Return where a day's claims end, how many sides they name, and the chance of a change by all of them."""
    day, last = keys[at] >> layout.day_shift, -1
    sides, hazard = 0, 0.0
    while at < end and keys[at] >> layout.day_shift == day:
        side = _side(keys[at], layout)
        sides += side != last
        hazard += _hazard(keys[at], layout, unreported)
        last = side
        at += 1
    return at, sides, hazard


@_compiled
def _grown(side: int, before: float, after: float, belief: Belief) -> Belief:
    """Return what is believed once the odds of one side have grown."""
    same = side == belief.first
    leads = same | (after > belief.most) | ((after == belief.most) & (side < belief.first))
    follows = (side == belief.second) | (after > belief.next) | ((after == belief.next) & (side < belief.second))
    first, most = (side, after) if leads else (belief.first, belief.most)
    second, following = (side, after) if follows else (belief.second, belief.next)
    second, following = (belief.first, belief.most) if leads else (second, following)
    second, following = (belief.second, belief.next) if same else (second, following)
    return Belief(belief.held + (after - before), belief.unknown, first, most, second, following)


@_compiled
def _lessen(odds: Real, belief: Belief) -> Belief:
    """Scale back the odds of all sides, and what is believed."""
    for side in range(odds.size):  # as an array at once it would cost every claim half its time, executed or not
        odds[side] *= _LESS
    held, unknown, first, most, second, following = belief
    return Belief(held * _LESS, unknown * _LESS, first, most * _LESS, second, following * _LESS)


@_compiled
def _after_one(key: int, layout: Layout, hazard: float, loose: float, odds: Real, belief: Belief) -> Belief:
    """Take in a day's only claim, as `_after_some` would."""
    stay, side = 1.0 - hazard, _side(key, layout)
    loose /= stay
    after = (odds[side] + (belief.held / stay * hazard + loose * FIRST_WORD)) / _doubt(key, layout)
    belief = Belief(belief.held, loose * (1.0 - FIRST_WORD), belief.first, belief.most, belief.second, belief.next)
    if after > _MUCH:
        belief = _lessen(odds, belief)
        after *= _LESS
    before, odds[side] = odds[side], after
    return _grown(side, before, after, belief)


@_compiled
def _after_some(
    claims: Keys, layout: Layout, day: tuple[int, float], loose: float, unreported: float, odds: Real, belief: Belief
) -> Belief:
    """Take in a day's claims, of so many sides and with such a chance of a change, in units of how likely none is."""
    sides, hazard = day
    stay = 1.0 - hazard / claims.size
    found = 1.0 - (1.0 - FIRST_WORD) ** sides
    loose /= stay
    from_held, from_loose = belief.held / (stay * claims.size), loose * found / claims.size
    belief = Belief(belief.held, loose * (1.0 - found), belief.first, belief.most, belief.second, belief.next)
    at = 0
    while at < claims.size:
        side = _side(claims[at], layout)
        after, head = odds[side], at
        while at < claims.size and _side(claims[at], layout) == side:
            after += from_held * _hazard(claims[at], layout, unreported) + from_loose
            at += 1
        for one in range(head, at):
            after /= _doubt(claims[one], layout)
            if after > _MUCH:
                belief = _lessen(odds, belief)
                from_held, from_loose = from_held * _LESS, from_loose * _LESS
                after *= _LESS
        before, odds[side] = odds[side], after
        belief = _grown(side, before, after, belief)
    return belief


@_compiled
def _read(belief: Belief, sides: int) -> tuple[int, int, int, float]:
    """Return status, sides and chance, as `tracker.states.moments.Moment` reads a belief."""
    total = belief.held + belief.unknown
    likely, rival = belief.most / total, belief.next / total
    both, sure = likely + rival, likely >= SURE_ENOUGH
    near = (both >= DISAGREEING) if sides > 1 else ((likely < SURE_ENOUGH) & (both >= SURE_ENOUGH))
    either = near & (belief.second >= 0) & (rival >= RIVAL * likely)
    alone = (belief.most if sure else belief.unknown) / total
    status = ONE_OF if either else (HELD if sure else UNKNOWN)
    low, high = min(belief.first, belief.second), max(belief.first, belief.second)
    actor = low if either else (belief.first if sure else -1)
    return status, actor, high if either else -1, both if either else alone


@_compiled
def _fuse_place(
    keys: Keys, at: int, end: int, layout: Layout, fading: Fading, odds: Real, made: Intervals, row: int
) -> int:
    """Take in the claims of one place, and return the row after its last interval."""
    opening, place, day = row, keys[at] >> layout.place_shift, keys[at] >> layout.day_shift
    belief = Belief(0.0, 1.0, -1, -1.0, -1, -1.0)
    status, actor, other = -1, -1, -1
    while at < end:
        # The claims of a day have no order: all that they move is moved from what was held in the morning.
        elapsed = (keys[at] >> layout.day_shift) - day
        day += elapsed
        fade = fading.fades[elapsed] if elapsed < fading.fades.size else _fade(elapsed, fading.rate)
        loose = fade * belief.unknown + (fade - 1.0) * belief.held
        unreported = fading.unreported[min(elapsed, _SETTLED)]
        if at + 1 == end or keys[at + 1] >> layout.day_shift != day:
            sides = 1
            belief = _after_one(keys[at], layout, _hazard(keys[at], layout, unreported), loose, odds, belief)
            at += 1
        else:
            stop, sides, hazard = _day_at(keys, at, end, layout, unreported)
            belief = _after_some(keys[at:stop], layout, (sides, hazard), loose, unreported, odds, belief)
            at = stop
        was_status, was_actor, was_other = status, actor, other
        status, actor, other, chance = _read(belief, sides)
        changed = (status != was_status) | (actor != was_actor) | (other != was_other)
        # Written in any case: a row that nothing changed is written over by the next.
        start = layout.first_day + (day & ((1 << layout.day_bits) - 1))
        made.stop[max(row - 1, opening)] = start if changed else OPEN
        made.place[row], made.status[row], made.actor[row], made.other[row] = place, status, actor, other
        made.start[row], made.stop[row] = start, OPEN
        row += changed
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
    odds, unreported = np.zeros(1 << layout.side_bits), _unreported()
    fades = np.empty(_SOON if half_life.size == 1 else 0)
    for elapsed in range(fades.size):
        fades[elapsed] = _fade(elapsed, 1.0 / half_life[0])
    row = at = begin
    while at < end:
        place, head = keys[at] >> layout.place_shift, at
        while at < end and keys[at] >> layout.place_shift == place:
            at += 1
        rate = 1.0 / half_life[place if half_life.size > 1 else 0]
        row = _fuse_place(keys, head, at, layout, Fading(rate, fades, unreported), odds, made, row)
        for one in range(head, at):
            odds[_side(keys[one], layout)] = 0.0
    return row
