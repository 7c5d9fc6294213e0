"""
Claims packed into numbers and put in order, in machine code (numba; needs the extra ``fast``).

Place codes are small: claims are counted by cells of neighbouring places, dealt out to
where stretches of some thousand claims begin, and packed on the way. A stretch fits into
a core's cache, where two digits of place, day and side put it in order. Every claim is
moved three times, however many there are; in what order they were given makes no
difference, since what place, day and side leave equal is ordered by the rest of the number.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.machine_code import compiled
from tracker.states.column_keys import HIGHEST, Keys, Layout, Table

__all__ = ["Stretches", "count", "deal", "order"]

_DIGIT = 12  # bits at most: counters of two digits fit into a core's nearest cache
_FEW = 24  # claims of one place, day and side that are ordered by moving each past those above it
_compiled = compiled()
Counts = npt.NDArray[np.uint32]
Rows = npt.NDArray[np.int64]


class Stretches(NamedTuple):
    """
    Where the claims of neighbouring places go.

    Attributes
    ----------
    cell_bits
        A cell is this many of the last bits of a place, less the first place.
    of_cell
        The stretch of each cell.
    cells
        The first cell of each stretch, and at the end the number of cells.
    begins
        The first row of each stretch, and at the end the number of rows.
    """

    cell_bits: int
    of_cell: Rows
    cells: Rows
    begins: Rows


@_compiled
def count(table: Table, start: int, stop: int, layout: Layout, cell_bits: int, counts: Counts) -> None:
    """Count claims by cell, those from `start` to `stop`."""
    for row in range(start, stop):
        counts[(table.place[row] - layout.first_place) >> cell_bits] += np.uint32(1)


@_compiled
def deal(table: Table, start: int, stop: int, layout: Layout, stretches: Stretches, heads: Rows, keys: Keys) -> None:
    """
    Pack claims, those from `start` to `stop`, each into the next row of its stretch.

    Parameters
    ----------
    heads
        The next row of each stretch; moved on.
    """
    top, most = np.float32((1 << layout.doubt_bits) - 1), np.float32(HIGHEST)
    for row in range(start, stop):
        place = np.int64(table.place[row])
        key = place << layout.day_bits | (table.day[row] - layout.first_day)
        key = (key << layout.side_bits | table.actor[row]) << 1
        if table.event.size:
            key |= not table.event[row]
        weight = min(max(table.weight[row], np.float32(0.0)), most)
        key = key << layout.doubt_bits | np.int64(top - np.rint(weight * top))
        stretch = stretches.of_cell[(place - layout.first_place) >> stretches.cell_bits]
        keys[heads[stretch]] = key
        heads[stretch] += 1


@_compiled
def order(keys: Keys, layout: Layout, stretches: Stretches, first: int, last: int) -> None:
    """Put the claims of some stretches in order, those from `first` to the one before `last`."""
    largest = 0
    for one in range(first, last):
        largest = max(largest, stretches.begins[one + 1] - stretches.begins[one])
    room = np.empty(largest, np.int64)
    for one in range(first, last):
        claims = keys[stretches.begins[one] : stretches.begins[one + 1]]
        place = layout.first_place + (stretches.cells[one] << stretches.cell_bits)
        bits, span = layout.place_shift, ((stretches.cells[one + 1] - stretches.cells[one]) << stretches.cell_bits) - 1
        while span:
            bits, span = bits + 1, span >> 1
        _by_bits(claims, place << layout.place_shift, layout.side_shift, bits, room)
        _by_rest(claims, layout.side_shift, room)


@_compiled
def _by_bits(keys: Keys, least: int, low: int, high: int, room: Keys) -> None:
    """Put numbers in the order of those bits of what they have above the least, equal ones in the order they had."""
    rounds = (high - low + 2 * _DIGIT - 1) // (2 * _DIGIT)
    width = (high - low + 2 * rounds - 1) // (2 * rounds)
    for _ in range(rounds):
        _by_digits(keys, least, low, width, room)
        low += 2 * width


@_compiled
def _by_digits(keys: Keys, least: int, low: int, width: int, room: Keys) -> None:
    """Put numbers in the order of two neighbouring digits: into the room by the lower one, and back by the other."""
    high, mask = low + width, (1 << width) - 1
    lower, higher = np.zeros(1 << width, np.uint32), np.zeros(1 << width, np.uint32)
    for key in keys:
        lower[((key - least) >> low) & mask] += np.uint32(1)
        higher[((key - least) >> high) & mask] += np.uint32(1)
    _to_heads(lower)
    _to_heads(higher)
    for key in keys:
        digit = ((key - least) >> low) & mask
        room[lower[digit]] = key
        lower[digit] += np.uint32(1)
    for key in room[: keys.size]:
        digit = ((key - least) >> high) & mask
        keys[higher[digit]] = key
        higher[digit] += np.uint32(1)


@_compiled
def _to_heads(counts: Counts) -> None:
    """Turn how many there are of each into where the first of them goes."""
    head = np.uint32(0)
    for one in range(counts.size):
        many = counts[one]
        counts[one] = head
        head += many


@_compiled
def _by_rest(keys: Keys, side_shift: int, room: Keys) -> None:
    """Order claims of one place, day and side, which stand together, by the rest of their numbers."""
    at = 1
    while at < keys.size:
        if keys[at] < keys[at - 1]:
            same, head = keys[at] >> side_shift, at - 1
            while head > 0 and keys[head - 1] >> side_shift == same:
                head -= 1
            while at < keys.size and keys[at] >> side_shift == same:
                at += 1
            if at - head > _FEW:
                _by_bits(keys[head:at], 0, 0, side_shift, room)
            else:
                _by_moving(keys[head:at])
        at += 1


@_compiled
def _by_moving(keys: Keys) -> None:
    for at in range(1, keys.size):
        key, to = keys[at], at
        while to > 0 and keys[to - 1] > key:
            keys[to] = keys[to - 1]
            to -= 1
        keys[to] = key
