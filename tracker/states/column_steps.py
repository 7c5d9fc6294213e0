"""
Steps of the filter for many places at once; the same arithmetic as `tracker.states.belief`.

All that doesn't depend on what was believed before is reckoned for all days in
one go; then the k-th day of every place is taken in, for k = 0, 1, 2 …
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tracker.states.belief import CHANGE_HALF_LIFE, EVENT_HAZARD, FIRST_WORD, LEAST_HAZARD
from tracker.states.column_days import Days
from tracker.states.column_keys import Index, Keys, Layout, Real, Whole

__all__ = ["Believed", "believed"]

Scalar = TypeVar("Scalar", bound=np.generic)

_LEAST_FACTOR = 1e-100  # the common factor is worked into the odds before it gets near the smallest number
_LEAST_KEPT = 1e-90  # belief fades no further than that
_ALL = slice(None)
_SIDE = np.uint64(0x7FFF)  # lowest bits of odds that carry their side (the lower number the higher): 1 part in 10^11


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed after each day: the two likeliest sides, their chances, and the chance of nobody known."""

    position: Index
    noted: tuple[Real, Real, Real]

    def first(self, days: Index | slice = _ALL) -> tuple[Whole, Real]:
        """Return the likeliest side after some days, and its chance."""
        return _told_apart(self.noted[0][self.position[days]])

    def second(self, days: Index | slice = _ALL) -> tuple[Whole, Real]:
        """Return the next likeliest side after some days, and its chance."""
        return _told_apart(self.noted[1][self.position[days]])

    def unknown(self, days: Index | slice = _ALL) -> Real:
        """Return the chance after some days that nobody is known to hold the place."""
        return self.noted[2][self.position[days]]


def believed(days: Days, layout: Layout, half_life: Real) -> Believed:
    """
    Run the filter over all days of some places.

    Parameters
    ----------
    half_life
        Of each place, in days.
    """
    turns = _Turns(days, half_life)
    crowds = _Crowds(days, turns, layout.sides)
    beliefs = _Beliefs(days.place.size, layout.sides)
    noted = (np.empty(days.day.size), np.empty(days.day.size), np.empty(days.day.size))
    for turn in range(turns.offset.size - 1):
        span = slice(int(turns.offset[turn]), int(turns.offset[turn + 1]))
        crowd = crowds.of(turn)
        before = beliefs.of(crowd.place) if crowd is not None else None
        beliefs.one(turns, span)
        if crowd is not None and before is not None:
            beliefs.several(crowd, before)
        beliefs.note(noted, span)
    return Believed(turns.position, noted)


class _Turns:
    """Days in the order of the filter: the first of every place, the second of every place that has one."""

    def __init__(self, days: Days, half_life: Real) -> None:
        self.rank = np.empty(days.place.size, np.int64)
        self.rank[np.argsort(-days.count, kind="stable")] = np.arange(days.place.size)
        turn = np.arange(days.day.size) - np.repeat(days.start, days.count)
        self.offset = np.append(0, np.cumsum(np.bincount(turn)))
        self.position = self.offset[turn] + np.repeat(self.rank, days.count)
        elapsed = np.diff(days.day, prepend=days.day[:1]).astype(np.float64)
        elapsed[days.start] = 0.0
        kept = np.maximum(np.exp2(elapsed * np.repeat(-1.0 / half_life, days.count)), _LEAST_KEPT)
        self.kept = self._turned(kept)
        self.doubt = self._turned(1.0 - days.weight)
        self.side = self._turned(days.actor)
        self.quiet: Real | None = None  # chance that things changed unreported, where claims tell how things stand
        self.stay: Real | None = None
        if days.stands is not None:
            quiet = np.clip(1.0 - np.exp2(elapsed * (-1.0 / CHANGE_HALF_LIFE)), LEAST_HAZARD, EVENT_HAZARD)
            self.quiet = self._turned(quiet)
            self.stay = self._turned(1.0 - np.where(days.stands, quiet, EVENT_HAZARD))

    def _turned(self, column: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        turned = np.empty_like(column)
        turned[self.position] = column
        return turned


@dataclass(frozen=True, slots=True)
class _Crowd:
    """
    Days of one turn of which several claims speak: by day, and by run (what they say of one side).

    Attributes
    ----------
    place
        Where each day's place stands.
    start, owner
        Where each day's runs begin, and the day that each run is of.
    cell, code
        Of each run: where its side's odds stand, and the side's lowest bits.
    from_held, from_unknown, gain
        What a run adds to its side's chance from all sides and from nobody known, and by what
        the sum is multiplied, in units of the factor of the sides not named.
    stay, no_word
        Of each day: the share of belief that doesn't move, and of nobody known that stays so.
    """

    place: Index
    kept: Real
    start: Index
    owner: Index
    cell: Index
    code: Keys
    from_held: Real
    from_unknown: Real
    gain: Real
    stay: Real
    no_word: Real


class _Crowds:
    """All days of which several claims speak, in the order of the filter."""

    def __init__(self, days: Days, turns: _Turns, sides: int) -> None:
        runs = days.several
        at = turns.position[runs.day]
        order = np.argsort(at, kind="stable")
        self._at, self._turns = at[order], turns
        count = np.diff(runs.start)[order]
        self._start = np.append(0, np.cumsum(count))
        self._owner = np.repeat(np.arange(order.size), count)
        run = np.arange(self._owner.size) + np.repeat(runs.start[:-1][order] - self._start[:-1], count)
        self._bounds = np.searchsorted(self._at, turns.offset)
        turn = np.searchsorted(turns.offset, self._at, side="right") - 1
        self._place = self._at - turns.offset[turn]
        claims, stand = runs.claims[run], runs.stand[run]
        total = np.bincount(self._owner, claims, order.size)
        quiet = EVENT_HAZARD if turns.quiet is None else turns.quiet[self._at][self._owner]
        share = (claims - stand) * EVENT_HAZARD + stand * quiet
        found = 1.0 - (1.0 - FIRST_WORD) ** count
        side = runs.actor[run]
        self._cell = self._place[self._owner] * sides + side
        self._code = _SIDE - side.astype(np.uint64)
        self._from_held = share / total[self._owner]
        self._from_unknown = claims * (found / total)[self._owner]
        # A side is contradicted by all claims but its own: in units of all doubts, that is one over its own.
        self._gain = np.exp(-runs.log_doubt[run])
        self._stay: Real = np.subtract(1.0, np.bincount(self._owner, self._from_held, order.size), dtype=np.float64)
        self._no_word = 1.0 - found

    def of(self, turn: int) -> _Crowd | None:
        """Return those of one turn; None when there are none."""
        first, last = int(self._bounds[turn]), int(self._bounds[turn + 1])
        if first == last:
            return None
        d, r = slice(first, last), slice(int(self._start[first]), int(self._start[last]))
        return _Crowd(
            place=self._place[d], kept=self._turns.kept[self._at[d]], start=self._start[d] - r.start,
            owner=self._owner[r] - first, cell=self._cell[r], code=self._code[r], from_held=self._from_held[r],
            from_unknown=self._from_unknown[r], gain=self._gain[r], stay=self._stay[d], no_word=self._no_word[d],
        )  # fmt: skip


class _Beliefs:
    """Belief about some places, in the order of how many days they have, most first."""

    def __init__(self, places: int, sides: int) -> None:
        self._row = np.arange(places) * sides
        self._odds = np.zeros((places, sides))  # in units of `_factor`
        self._flat = self._odds.reshape(-1)
        self._factor = np.ones(places)
        self._unknown = np.ones(places)
        self._first = np.zeros(places)  # odds of the likeliest side, which stands in their lowest bits
        self._second = np.zeros(places)

    def of(self, place: Index) -> tuple[Real, Real, Real, Real, Real]:
        """Return what is believed of some places."""
        columns = (self._factor, self._unknown, self._first, self._second)
        return (self._odds[place], *(column[place] for column in columns))  # type: ignore[return-value]

    def one(self, turns: _Turns, span: slice) -> None:
        """Take in one claim a place: the odds of all sides but its own shrink alike."""
        here = span.stop - span.start
        kept, doubt, side = turns.kept[span], turns.doubt[span], turns.side[span]
        stay: Real | float = 1.0 - EVENT_HAZARD if turns.stay is None else turns.stay[span]
        factor, unknown = self._factor[:here], self._unknown[:here]
        cell = self._row[:here] + side
        factor *= kept
        held = kept * (1.0 - unknown)
        rest = self._flat[cell]
        rest *= factor
        np.subtract(held, rest, out=rest)
        rest *= stay
        fresh = 1.0 - held
        fresh *= FIRST_WORD
        now = held - rest
        now += fresh
        rest += fresh
        rest *= doubt
        rest += now
        np.divide(doubt, rest, out=rest)  # doubt over the sum of all chances
        np.multiply(fresh, rest, out=unknown)
        now /= doubt
        now /= factor
        now /= stay
        factor *= rest
        factor *= stay
        self._flat[cell] = now
        code = _SIDE - side.view(np.uint64)
        self._first[:here], self._second[:here] = _ranked(self._first[:here], self._second[:here], now, code)
        self._reckon_again(slice(0, here))

    def several(self, crowd: _Crowd, before: tuple[Real, Real, Real, Real, Real]) -> None:
        """Take in several claims a place, told of one day: no order among them; undo what `one` made of the first."""
        odds, factor, unknown, first, second = before
        self._odds[crowd.place] = odds
        factor = factor * crowd.kept
        held = crowd.kept * (1.0 - unknown)
        fresh = 1.0 - held
        owner = crowd.owner
        old = self._flat[crowd.cell] * factor[owner]
        now = old * crowd.stay[owner] + crowd.from_held * held[owner] + crowd.from_unknown * fresh[owner]
        now *= crowd.gain
        rest = (held - np.add.reduceat(old, crowd.start)) * crowd.stay
        fresh *= crowd.no_word
        total = np.add.reduceat(now, crowd.start) + rest + fresh
        now /= (factor * crowd.stay)[owner]
        self._flat[crowd.cell] = now
        left = np.diff(np.append(crowd.start, now.size))
        for turn in range(int(left.max())):
            has = np.flatnonzero(left > turn)
            run = crowd.start[has] + turn
            first[has], second[has] = _ranked(first[has], second[has], now[run], crowd.code[run])
        for column, value in (
            (self._factor, factor * crowd.stay / total), (self._unknown, fresh / total),
            (self._first, first), (self._second, second),
        ):  # fmt: skip
            column[crowd.place] = value
        self._reckon_again(crowd.place)

    def note(self, noted: tuple[Real, Real, Real], span: slice) -> None:
        """Write down what is believed now."""
        here = span.stop - span.start
        for row, odds in ((0, self._first[:here]), (1, self._second[:here])):
            noted[row][span] = _with_side(odds * self._factor[:here], odds.view(np.uint64) & _SIDE)
        noted[2][span] = self._unknown[:here]

    def _reckon_again(self, at: Index | slice) -> None:
        """Work the common factors into the odds when one gets too small."""
        factor = self._factor[at]
        if float(factor.min()) < _LEAST_FACTOR:
            self._odds[at] *= factor[:, None]
            for column in (self._first, self._second):
                column[at] = _with_side(column[at] * factor, column[at].view(np.uint64) & _SIDE)
            self._factor[at] = 1.0


def _ranked(first: Real, second: Real, now: Real, code: Keys) -> tuple[Real, Real]:
    """Return the two likeliest sides once one has risen: only the one named can."""
    now = _with_side(now, code)
    lesser = np.minimum(first, now)
    lesser[(first.view(np.uint64) & _SIDE) == code] = 0.0
    return np.maximum(first, now), np.maximum(second, lesser)


def _with_side(odds: Real, code: Keys) -> Real:
    found: Real = ((odds.view(np.uint64) & ~_SIDE) | code).view(np.float64)
    return found


def _told_apart(odds: Real) -> tuple[Whole, Real]:
    return (_SIDE - (odds.view(np.uint64) & _SIDE)).astype(np.int32), odds
