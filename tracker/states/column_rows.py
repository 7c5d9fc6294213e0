"""Sorted claims as the filter takes them in: the first of every place, then the second of every place that has one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.states.column_keys import Index, Keys, Layout

__all__ = ["ROUNDS", "Block", "block_of", "lines"]

ROUNDS = 8  # claims of a place that are fetched at once: as many as a line of a processor's cache holds
_CHUNK = 1 << 15  # claims compared at once


@dataclass(frozen=True, slots=True)
class Block:
    """
    Sorted claims of some places. Places come with those of most claims first, so that a round is about the first few.

    Attributes
    ----------
    keys
        The claims.
    lines
        The `ROUNDS` claims from each on; at the end of a place others follow, and at the very end whatever is there.
    start, count
        Of each place: where its claims begin, and how many there are.
    alive
        Of each round: how many places have a claim in it.
    begins, rank
        The same places in the order of the claims: where each begins, and where it stands here.
    repeats
        Claims of the same place and day as the one before.
    """

    keys: Keys
    lines: npt.NDArray[np.void]
    start: Index
    count: Index
    alive: list[int]
    begins: Index
    rank: Index
    repeats: Index


def block_of(padded: Keys, layout: Layout) -> Block:
    """Find where places begin, and claims of one day, in sorted claims and `ROUNDS` numbers more."""
    keys = padded[:-ROUNDS]
    found, alike = [np.zeros(1, np.int64)], [np.empty(0, np.int64)]
    for start in range(0, keys.size - 1, _CHUNK):
        here = keys[start : start + _CHUNK + 1]
        change = here[1:] ^ here[:-1]
        found.append(np.flatnonzero(change >= 1 << layout.place_shift) + start + 1)
        alike.append(np.flatnonzero(change < 1 << layout.day_shift) + start + 1)
    begins, repeats = np.concatenate(found), np.concatenate(alike)
    count = np.diff(np.append(begins, keys.size))
    order = np.argsort(-count, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(order.size)
    count = count[order]
    alive = count.size - np.searchsorted(count[::-1], np.arange(int(count[0])), side="right")
    return Block(keys, lines(padded), begins[order], count, alive.tolist(), begins, rank, repeats)


def lines(numbers: Keys) -> npt.NDArray[np.void]:
    """Return `ROUNDS` numbers from each on, as one item that is fetched or written whole."""
    return np.ndarray((numbers.size - ROUNDS + 1,), f"V{8 * ROUNDS}", buffer=numbers, strides=(8,))
