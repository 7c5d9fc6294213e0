"""
Steps of the filter for many places at once; the same arithmetic as `tracker.states.belief`.

A claim that a side holds a place lessens all other sides by one factor that is known
beforehand: what fades, moves away and is contradicted. Odds are kept in units of the
product of these factors, so that a side's odds change only when it is named:

    loose   = fade * unknown + (fade - 1) * held
    odds    = (odds + moved * held + found * loose) / doubt
    unknown = found * loose

where `held` is the sum of the odds of all sides. No step divides by what is believed,
none touches a side that isn't named, and the two likeliest change only by the one that
is. The numbers grow, and are scaled back by powers of two, which changes no digit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tracker.states.belief import CHANGE_HALF_LIFE, EVENT_HAZARD, FIRST_WORD, LEAST_HAZARD
from tracker.states.column_crowds import Crowds, crowds_of
from tracker.states.column_keys import Index, Layout, Real
from tracker.states.column_reading import Odds, read
from tracker.states.column_rows import ROUNDS, Block, lines

__all__ = ["believed"]

_MOST_FADED = 60.0  # half-lives: belief fades no further, a part in 10^18
# In a stretch odds grow by less than 10^160: a claim of weight 0.99 after `_MOST_FADED` half-lives by 10^20.
_MUCH = 1e100
_FAR = 2.0**60  # times the least difference from some odds is more than these
_MOVED, _FOUND = EVENT_HAZARD / (1.0 - EVENT_HAZARD), FIRST_WORD / (1.0 - EVENT_HAZARD)


def believed(block: Block, layout: Layout, half_life: Real) -> Index:
    """
    Run the filter over all claims of some places.

    Parameters
    ----------
    half_life
        Of each place of the block, in days.

    Returns
    -------
    readings
        What is believed after the day of each claim, as `tracker.states.column_reading.read` puts it.
    """
    found = np.empty(block.keys.size + ROUNDS, np.int64)
    put = lines(found)
    crowds = crowds_of(block, layout)
    beliefs = _Beliefs(block.count.size, layout, crowds)
    stretch = _Stretch(block, layout, half_life)
    first = np.empty((0, ROUNDS), np.int64)
    for turn in range(0, len(block.alive), ROUNDS):
        alive = block.alive[turn : turn + ROUNDS]
        stretch.fetch(turn)
        beliefs.take_in(stretch, alive)
        named = crowds.named_in(turn // ROUNDS, alive[0]) if crowds is not None else None
        read(stretch.odds, layout, named, stretch.cell)
        lasting = stretch.by_place()
        if turn:  # what goes beyond the end of a place is written over by the first line of the next
            put[block.start[: alive[0]] + turn] = lasting.view(put.dtype)[:, 0]
        else:
            first = lasting.copy()
        if turn + ROUNDS < len(block.alive):
            beliefs.scale(block.alive[turn + ROUNDS])
    inside = np.arange(ROUNDS) < block.count[:, None]
    found[(block.start[:, None] + np.arange(ROUNDS))[inside]] = first[inside]
    if crowds is not None:
        found[crowds.row] = found[crowds.settled]
    return found[:-ROUNDS]


class _Stretch:
    """
    `ROUNDS` rounds of claims, taken apart: arrays of rounds × places, made anew in the same memory.

    Attributes
    ----------
    cell, code
        Of each claim: where the odds of its side stand, and the side.
    fade, gap
        By how much what is unknown gains on what is known since the claim before, and that less one.
    doubt
        One less the weight.
    moved, found
        What its side gains of what was held and what was loose; None for the same of all.
    odds
        What is believed after each; in the memory of what is used up by then, so that all stays in a core's cache.
    """

    def __init__(self, block: Block, layout: Layout, half_life: Real) -> None:
        places = block.count.size
        self._block, self._layout = block, layout
        self._rate = 1.0 / half_life
        self._row = np.arange(places) << layout.side_bits
        self._day = np.empty(places, np.int64)
        self._whole = [np.empty(ROUNDS * places, np.int64) for _ in range(3)]
        self._real = [np.empty(ROUNDS * places) for _ in range(5 if layout.standing else 3)]

    def fetch(self, turn: int) -> None:
        """Fetch the claims of some rounds, of every place that has one in the first of them."""
        block, layout, here = self._block, self._layout, self._block.alive[turn]
        keys, self.cell, self.code = (room[: ROUNDS * here].reshape(ROUNDS, here) for room in self._whole)
        self.fade, self.gap, self.doubt, *rest = (room[: ROUNDS * here].reshape(ROUNDS, here) for room in self._real)
        self.moved: Real | None = rest[0] if layout.standing else None
        self.found: Real | None = rest[1] if layout.standing else None
        self.odds = Odds(self.code.view(np.float64), self.fade, self.gap, self.doubt)
        np.copyto(keys, block.lines[block.start[:here] + turn].view(np.int64).reshape(here, ROUNDS).T)
        self._reckon_time(keys, turn)
        np.right_shift(keys, layout.code_shift, out=self.code)
        self.code &= layout.top_code
        np.add(self.code, self._row[:here], out=self.cell)
        keys &= (1 << layout.doubt_bits) - 1
        np.copyto(self.doubt, keys)
        self.doubt *= 1.0 / ((1 << layout.doubt_bits) - 1)

    def _reckon_time(self, keys: Index, turn: int) -> None:
        here = keys.shape[1]
        np.right_shift(keys, self._layout.day_shift, out=self.cell)
        np.subtract(self.cell[1:], self.cell[:-1], out=self.code[1:])
        if turn:
            np.subtract(self.cell[0], self._day[:here], out=self.code[0])
        else:
            self.code[0] = 0
        self._day[:here] = self.cell[-1]
        np.copyto(self.gap, self.code)
        if self.moved is not None and self.found is not None:
            self._reckon_standing(keys)
        np.multiply(self.gap, self._rate[:here], out=self.fade)
        np.minimum(self.fade, _MOST_FADED, out=self.fade)
        np.exp2(self.fade, out=self.fade)
        np.subtract(self.fade, 1.0, out=self.gap)

    def _reckon_standing(self, keys: Index) -> None:
        """Where claims tell how things stand, things changed unreported with a chance that grows with time."""
        stand = (keys >> self._layout.doubt_bits) & 1
        quiet = np.clip(np.exp2(self.gap * (-1.0 / CHANGE_HALF_LIFE)), 1.0 - EVENT_HAZARD, 1.0 - LEAST_HAZARD)
        stay = np.where(stand, quiet, 1.0 - EVENT_HAZARD)
        np.divide(FIRST_WORD, stay, out=self.found)
        np.divide(1.0 - stay, stay, out=self.moved)

    def by_place(self) -> Index:
        """Return what was written in the place of the sides' cells, place by place."""
        here = self.cell.shape[1]
        turned = self._whole[0][: ROUNDS * here].reshape(here, ROUNDS)
        np.copyto(turned, self.cell.T)
        return turned


class _Beliefs:
    """Belief about some places. A side's code stands in the lowest bits of its odds."""

    def __init__(self, places: int, layout: Layout, crowds: Crowds | None) -> None:
        self._crowds, self._turn = crowds, 0
        self._odds = np.zeros(places << layout.side_bits)
        self._top_code = layout.top_code
        # What is held, by the two likeliest sides and in the morning of a day of several claims; what is unknown.
        self._now = np.zeros((5, places))
        self._now[3] = 1.0
        self._room = np.empty((3, places))

    def take_in(self, stretch: _Stretch, alive: Sequence[int]) -> None:
        """Take in some rounds of claims, each of so many places."""
        held, first, second, unknown, _ = self._now
        after = stretch.odds
        for i, here in enumerate(alive):
            self._round(stretch, i, (held[:here], first[:here], second[:here], unknown[:here]))
            held, unknown, first, second = (column[i] for column in after)
        for column, last in zip(self._now, (held, first, second, unknown), strict=False):
            column[: last.size] = last

    def _round(self, stretch: _Stretch, i: int, now: tuple[Real, Real, Real, Real]) -> None:
        """Take in one claim a place."""
        held, first, second, unknown = now
        here = held.size
        added, before, spare = self._room[:, :here]
        loose, gap, doubt = stretch.fade[i, :here], stretch.gap[i, :here], stretch.doubt[i, :here]
        cell, code = stretch.cell[i, :here], stretch.code[i, :here]
        loose *= unknown
        gap *= held
        loose += gap
        crowd = None if self._crowds is None else self._crowds.of(self._turn, held, loose, self._now[4])
        self._turn += 1
        left = np.multiply(loose, _FOUND if stretch.found is None else stretch.found[i, :here], out=loose)
        np.multiply(held, _MOVED if stretch.moved is None else stretch.moved[i, :here], out=added)
        added += left
        if crowd is not None:
            left[crowd.place], added[crowd.place] = crowd.left, crowd.added
        self._odds.take(cell, out=before, mode="clip")
        added += before
        added /= doubt
        coded = added.view(np.int64)
        coded &= ~self._top_code
        coded |= code
        self._odds[cell] = added
        np.subtract(added, before, out=spare)
        np.add(held, spare, out=stretch.odds.held[i, :here])
        # The second likeliest is the lesser of the first and this one, unless this one was the first.
        np.subtract(first, before, out=spare)
        spare *= _FAR
        np.minimum(spare, first, out=spare)
        np.minimum(spare, added, out=spare)
        np.maximum(second, spare, out=stretch.odds.second[i, :here])
        np.maximum(first, added, out=stretch.odds.first[i, :here])

    def scale(self, here: int) -> None:
        """Make the numbers of the places that go on small again, when some are large."""
        held, unknown = self._now[0, :here], self._now[3, :here]
        if max(float(held.max()), float(unknown.max())) > _MUCH:
            scale = np.ldexp(1.0, -np.frexp(held + unknown)[1])
            self._now[:, :here] *= scale
            rows = self._odds.reshape(-1, self._top_code + 1)[:here]
            rows *= scale[:, None]
