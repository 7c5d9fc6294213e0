"""What changed between two days, and where the reports leave doubt."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.model import State, Status
from tracker.states.explaining import faded
from tracker.states.fusion import states_at

__all__ = ["Change", "Conflict", "conflicts", "diff_states"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place or part that stands differently on two days; None: nothing was told of it."""

    place_id: str
    part: str | None
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """
    A state that wants a second look.

    Attributes
    ----------
    kind
        ``disagreement``: sources contradict each other; ``stale``: no word for long;
        ``single_source``: the holder changed on one source's word.
    on
        Day from which it is so; None is open.
    """

    kind: str
    place_id: str
    part: str | None
    on: dt.date | None
    state: State


def diff_states(states: Iterable[State], before: dt.date, after: dt.date) -> list[Change]:
    """
    Return the places and parts whose status, holder or siege differ between two days of valid time.

    Ordered by place id, the whole before its parts.
    """
    listed = list(states)
    then, now = states_at(listed, before), states_at(listed, after)
    keys = sorted(then.keys() | now.keys(), key=lambda key: (key[0], key[1] is not None, key[1] or ""))
    return [
        Change(place_id=key[0], part=key[1], before=then.get(key), after=now.get(key))
        for key in keys
        if _reading(then.get(key)) != _reading(now.get(key))
    ]


def conflicts(states: Iterable[State], *, on: dt.date) -> list[Conflict]:
    """
    Return what wants a second look on a day: disagreement, staleness, a change of holder on one source's word.

    Ordered by kind, then by how much is in doubt, then by place.
    """
    listed = list(states)
    earlier: dict[tuple[str, str | None], list[State]] = defaultdict(list)
    for state in listed:
        earlier[state.place_id, state.part].append(state)
    found: list[Conflict] = []
    for key, state in states_at(listed, on).items():
        if state.against_ids or state.status is Status.ONE_OF:
            found.append(_conflict("disagreement", state, state.valid_from))
        if faded(state, on) is not state:
            found.append(_conflict("stale", state, state.stale_from))
        if state.n_sources < 2 and _changed_hands(state, earlier[key]):
            found.append(_conflict("single_source", state, state.valid_from))
    return sorted(found, key=lambda c: (c.kind, -c.state.doubt, c.place_id, c.part or ""))


def _changed_hands(state: State, line: list[State]) -> bool:
    held_before = [s.holder for s in line if s.valid_to == state.valid_from and s.valid_to is not None]
    return state.holder is not None and any(h is not None and h != state.holder for h in held_before)


def _conflict(kind: str, state: State, on: dt.date | None) -> Conflict:
    return Conflict(kind=kind, place_id=state.place_id, part=state.part, on=on, state=state)


def _reading(state: State | None) -> tuple[object, ...] | None:
    if state is None:
        return None
    sides = tuple(sorted(c.actor for c in state.candidates)) if state.status is not Status.HELD else ()
    return (state.status, state.holder, sides, state.besieged, state.besieger)
