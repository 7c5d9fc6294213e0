"""
Old word fades: a state that nobody has spoken of for long is drawn fainter, then as unknown.

The states say from which day on belief in them is down to a half (`State.stale_from`).
Half of that time after the newest word it is down to 0.71, and the ground is drawn that
much fainter; from `stale_from` on the holder is unknown, as `tracker explain` tells it.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tracker.model import State, Status

__all__ = ["faded", "horizon_of"]

_AT_HALF_TIME = 0.71  # belief halves by `stale_from`: the square root of a half at half the time


def horizon_of(states: Iterable[State]) -> dt.date:
    """Return the last day that the states speak of: beyond it nothing fades in a layer of a span."""
    days = [d for s in states for d in (s.valid_from, s.valid_to, s.newest_claim) if d is not None]
    return max(days, default=dt.date.min)


def faded(state: State, horizon: dt.date) -> Iterator[State]:
    """
    Yield a state as it is believed day by day: fresh, fainter, unknown.

    Parameters
    ----------
    horizon
        Last day that the layer shows; later steps are left out.

    Returns
    -------
    pieces
        One to three states that follow each other over the same days; ``against`` and
        ``for`` stay, and what it was remains the candidate.
    """
    stale = state.stale_from
    if stale is None or state.status is Status.UNKNOWN or (state.valid_to is not None and stale >= state.valid_to):
        yield state
        return
    half = _half_time(state, stale)
    turns = [day for day in (half, stale) if day is not None and day <= horizon]
    turns = [day for day in turns if state.valid_from is None or day > state.valid_from]
    if not turns:
        # Its word was old before it began; else it is fresh as far as the layer goes.
        yield _unknown(state, stale) if stale <= (state.valid_from or dt.date.min) <= horizon else state
        return
    bounds = [state.valid_from, *turns, state.valid_to]
    for start, stop in itertools.pairwise(bounds):
        piece = replace(state, valid_from=start, valid_to=stop)
        if start is not None and start >= stale:
            piece = _unknown(piece, stale)
        elif start is not None and half is not None and start >= half:
            piece = replace(piece, confidence=round(state.confidence * _AT_HALF_TIME, 6))
        yield piece


def _half_time(state: State, stale: dt.date) -> dt.date | None:
    if state.newest_claim is None or state.newest_claim >= stale:
        return None
    return state.newest_claim + (stale - state.newest_claim) / 2


def _unknown(state: State, stale: dt.date) -> State:
    words = f"Stale: no word of it for so long that, from {stale}, the holder is unknown. {state.reason}"
    return replace(
        state,
        status=Status.UNKNOWN,
        holder=None,
        besieged=False,
        besieger=None,
        confidence=round(state.confidence / 2, 6),
        reason=words,
    )
