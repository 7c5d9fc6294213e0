"""
Days of which several claims speak: there is no order among them, and the filter weighs them together.

The steps take in one claim of a place after the other. So all that a day's claims
move is moved by the first claim of each side, each from what was believed in the
morning; the others of that side only weigh; and the last one of the day writes
down how much is left to nobody known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.states.belief import CHANGE_HALF_LIFE, EVENT_HAZARD, FIRST_WORD, LEAST_HAZARD
from tracker.states.column_keys import Index, Layout, Real
from tracker.states.column_rows import ROUNDS, Block

__all__ = ["Crowds", "crowds_of"]


class Crowd(NamedTuple):
    """Claims of one round that are not alone: their places, what is left to nobody known, what their sides gain."""

    place: Index
    left: Real
    added: Real


@dataclass(frozen=True, slots=True)
class Crowds:
    """
    All claims of such days, by round.

    Attributes
    ----------
    bounds
        Where the claims of each round begin, with the end of the last.
    place, morning
        Of each claim: its place, and whether it is the first of its day.
    from_held, from_unknown, left
        What it adds to its side from what was held and from what was not, and the share of the latter that stays so,
        in units of what a side keeps that is not named.
    named_bounds, named
        Where the days on which several sides are named begin, by `ROUNDS` rounds; the round among these and the place
        of the last claim of each.
    row, settled
        Claims that are not the last of their day, and that last one.
    """

    bounds: list[int]
    place: Index
    morning: npt.NDArray[np.bool_]
    from_held: Real
    from_unknown: Real
    left: Real
    named_bounds: list[int]
    named: tuple[Index, Index]
    row: Index
    settled: Index

    def of(self, turn: int, held: Real, loose: Real, dawn: Real) -> Crowd | None:
        """
        Return what a round makes of claims that are not alone; None if there are none.

        Parameters
        ----------
        held, loose
            What was held of each place before, and what was not.
        dawn
            What was held in the morning of such days; written where one begins.
        """
        if turn + 1 >= len(self.bounds) or self.bounds[turn] == self.bounds[turn + 1]:
            return None
        rows = slice(self.bounds[turn], self.bounds[turn + 1])
        place = self.place[rows]
        added = loose.take(place)
        left = added * self.left[rows]
        added *= self.from_unknown[rows]
        morning = np.where(self.morning[rows], held.take(place), dawn.take(place))
        dawn[place] = morning
        morning *= self.from_held[rows]
        added += morning
        return Crowd(place, left, added)

    def named_in(self, stretch: int, width: int) -> Index:
        """Return where the ends of days on which several sides are named stand in `ROUNDS` rounds of so many places."""
        if stretch + 1 >= len(self.named_bounds):
            return np.empty(0, np.int64)
        rows = slice(self.named_bounds[stretch], self.named_bounds[stretch + 1])
        return self.named[0][rows] * width + self.named[1][rows]


def crowds_of(block: Block, layout: Layout) -> Crowds | None:
    """Return the days of which several claims speak; None if there are none."""
    repeats = block.repeats
    if not repeats.size:
        return None
    opens = np.flatnonzero(np.append(True, repeats[1:] != repeats[:-1] + 1))
    head = repeats[opens] - 1
    size = np.diff(np.append(opens, repeats.size)) + 1
    end = np.cumsum(size)
    row = np.arange(int(end[-1])) + np.repeat(head - (end - size), size)
    shares = _shares(block, layout, row, size)
    turn, place = _where(block, head, row, size)
    # Numbers of 16 bits are sorted by counting.
    by_round = np.argsort(turn.astype(np.uint16) if len(block.alive) < 1 << 16 else turn, kind="stable")
    several = (end - 1)[shares.sides > 1]
    several = several[np.argsort(turn[several], kind="stable")]
    morning, early = np.zeros(row.size, np.bool_), np.ones(row.size, np.bool_)
    morning[end - size], early[end - 1] = True, False
    turns = np.arange(int(turn.max()) + 2)
    return Crowds(
        bounds=np.searchsorted(turn[by_round], turns).tolist(),
        place=place[by_round],
        morning=morning[by_round],
        from_held=shares.from_held[by_round],
        from_unknown=shares.from_unknown[by_round],
        left=shares.left[by_round],
        named_bounds=np.searchsorted(turn[several] // ROUNDS, np.arange(turns.size // ROUNDS + 2)).tolist(),
        named=(turn[several] % ROUNDS, place[several]),
        row=row[early],
        settled=np.repeat(head + size - 1, size - 1),
    )


def _where(block: Block, head: Index, row: Index, size: Index) -> tuple[Index, Index]:
    """Return the round and the place of each claim."""
    days = np.diff(np.append(np.searchsorted(head, block.begins), head.size))
    which = np.repeat(np.repeat(np.arange(days.size), days), size)
    return row - block.begins[which], block.rank[which]


class _Shares(NamedTuple):
    """As in `Crowds`; `sides`: how many each day's claims name."""

    from_held: Real
    from_unknown: Real
    left: Real
    sides: Index


def _shares(block: Block, layout: Layout, row: Index, size: Index) -> _Shares:
    keys = block.keys[row]
    side = keys >> layout.code_shift  # with place and day
    run = np.flatnonzero(np.append(True, side[1:] != side[:-1]))
    day = np.repeat(np.arange(size.size), size)[run]
    claims = np.diff(np.append(run, row.size)).astype(np.float64)
    total = size[day].astype(np.float64)
    sides = np.bincount(day, minlength=size.size)
    found = 1.0 - (1.0 - FIRST_WORD) ** sides
    share = claims * EVENT_HAZARD
    if layout.standing:
        stand = np.add.reduceat((keys >> layout.doubt_bits) & 1, run)
        share -= stand * (EVENT_HAZARD - _quiet(block, layout, row, size)[day])
    share /= total
    stay = 1.0 - np.bincount(day, share, size.size)
    from_held, from_unknown, left = np.zeros(row.size), np.zeros(row.size), np.ones(row.size)
    from_held[run] = share / stay[day]
    from_unknown[run] = claims * (found / stay)[day] / total
    left[np.cumsum(size) - 1] = (1.0 - found) / stay
    return _Shares(from_held, from_unknown, left, sides)


def _quiet(block: Block, layout: Layout, row: Index, size: Index) -> Real:
    """Return the chance that things had changed unreported by each such day."""
    head = row[np.cumsum(size) - size]
    before = np.maximum(head - 1, 0)
    apart = block.keys[[head, before]] >> layout.day_shift
    elapsed = np.where((apart[0] ^ apart[1]) >> layout.day_bits == 0, apart[0] - apart[1], 0)
    found: Real = np.clip(1.0 - np.exp2(elapsed * (-1.0 / CHANGE_HALF_LIFE)), LEAST_HAZARD, EVENT_HAZARD)
    return found
