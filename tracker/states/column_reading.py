"""What is said of a place, read off the odds of its sides, and put into one number with its chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.states.column_keys import Index, Layout, Real
from tracker.states.moments import DISAGREEING, RIVAL, SURE_ENOUGH

__all__ = ["Odds", "bits_of", "read"]


class Odds(NamedTuple):
    """Of all sides together, of nobody known, of the two likeliest sides: their codes stand in the lowest bits."""

    held: Real
    unknown: Real
    first: Real
    second: Real


def read(odds: Odds, layout: Layout, named: Index | None, out: Index) -> None:
    """
    Write down what odds say, as a chance whose lowest bits tell whose it is.

    These bits are the code of the side, or one more than all codes for nobody; above them the number of the other
    side plus one where it is one of two. The odds are lost.

    Parameters
    ----------
    named
        Where claims of one day name several sides.
    """
    share = np.add(odds.held, odds.unknown, out=odds.held)
    np.divide(1.0, share, out=share)
    chance = np.multiply(odds.first, share, out=out.view(np.float64))
    unsure = np.flatnonzero(chance < SURE_ENOUGH)
    few = [(unsure, _doubtful(odds, layout, unsure, SURE_ENOUGH)[1])]
    if named is not None and named.size:
        near, told = _doubtful(odds, layout, named, DISAGREEING)
        few.append((named[near], told[near]))
    out &= ~bits_of(layout)
    out |= np.bitwise_and(odds.first.view(np.int64), layout.top_code, out=share.view(np.int64))
    for at, told in few:
        out.reshape(-1)[at] = told


def bits_of(layout: Layout) -> int:
    """Return the bits of a reading that tell whose its chance is."""
    return (1 << 2 * layout.side_bits + 2) - 1


def _doubtful(odds: Odds, layout: Layout, at: Index, together: float) -> tuple[npt.NDArray[np.bool_], Index]:
    """Return where it is one of two sides, together as likely as this at least, and what is read there or if not."""
    share, unknown, first, second = (column.reshape(-1).take(at) for column in odds)
    codes = [side.view(np.int64) & layout.top_code for side in (first, second)]
    first *= share
    second *= share
    unknown *= share
    near = second >= RIVAL * first
    first += second
    near &= first >= together
    found = np.where(near, first, unknown).view(np.int64)
    found &= ~bits_of(layout)
    nobody = layout.top_code + 1
    pair = nobody - np.minimum(*codes)
    pair <<= layout.side_bits + 1
    pair |= np.maximum(*codes)
    found |= np.where(near, pair, nobody)
    return near, found
