"""A run told in a few lines on the terminal."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from tracker.model import Actor, Claim, Kind, Modality, PlaceIndex, State, Status, plain_name
from tracker.states import faded

__all__ = ["printable", "summary_lines"]

_BETWEEN = {Status.ONE_OF: " or ", Status.UNKNOWN: " or "}
_EVENTS = frozenset((Kind.GAINS, Kind.LOSES, Kind.ENTERS, Kind.WITHDRAWS, Kind.BREAKS_SIEGE))
_LISTED = 12  # lines of one section; the files hold the rest
_DOUBT = 0.65  # below this probability a state is named as doubtful; one report of an unnamed source gives about 0.73


def printable(text: str) -> str:
    r"""
    Return text that can't steer a terminal: control and bidi characters become visible escapes.

    Examples
    --------
    >>> printable("a\x1b[31mb\u202e")
    'a\\x1b[31mb\\u202e'
    """
    return "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else c.encode("unicode_escape").decode()
        for c in text
    )


def summary_lines(
    states: Sequence[State],
    claims: Sequence[Claim],
    *,
    on: dt.date | None,
    places: PlaceIndex,
    actors: Mapping[str, Actor],
) -> Iterator[str]:
    """Yield the summary: who holds what on the day, what changed on it, what is in doubt."""
    unreal = sum(c.modality is Modality.UNREAL for c in claims)
    nowhere = sum(c.place.place_id is None for c in claims)
    yield (
        f"{_count(len(claims), 'claim')}, {unreal} of them not real (planned, denied, failed), "
        f"{nowhere} of places not in the gazetteer"
    )
    if on is None:
        yield "No report is dated and no claim either, so there is no day to sum up. Give --published."
        return
    telling = _Telling(places, actors, on)
    now = [s for s in states if _covers(s, on)]
    if not now:
        yield f"\nNo report tells how any place stood on {on}."
    yield from _section(f"On {on}", sorted(now, key=telling.importance), telling.state)
    events = {c.claim_id for c in claims if c.kind in _EVENTS and c.valid_from == on}
    changed = [s for s in now if s.valid_from == on and events.intersection(s.claim_ids)]
    yield from _section(f"Changed on {on}", changed, telling.state)
    doubtful = sorted((s for s in now if s.probability < _DOUBT), key=lambda s: s.probability)
    yield from _section("In doubt", doubtful, telling.doubt)


def _covers(state: State, on: dt.date) -> bool:
    return (state.valid_from is None or state.valid_from <= on) and (state.valid_to is None or on < state.valid_to)


def _section(title: str, states: Sequence[State], tell: Callable[[State], str]) -> Iterator[str]:
    if not states:
        return
    yield ""
    yield title
    for state in states[:_LISTED]:
        yield f"  {tell(state)}"
    if len(states) > _LISTED:
        yield f"  … and {len(states) - _LISTED} more in states.jsonl"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


class _Telling:
    """States in words, with the names that readers know."""

    def __init__(self, places: PlaceIndex, actors: Mapping[str, Actor], on: dt.date) -> None:
        self._places = places
        self._actors = actors
        self._on = on

    def importance(self, state: State) -> tuple[int, str, str]:
        order = (Status.CONTESTED, Status.SHARED, Status.HELD, Status.ONE_OF, Status.UNKNOWN)
        return order.index(faded(state, self._on).status), state.place_id, state.part or ""

    def state(self, state: State) -> str:
        now = faded(state, self._on)
        what = f"{now.status:<10} {self._where(state)}"
        sides = _BETWEEN.get(now.status, ", ").join(self._actor(c.actor) for c in now.candidates)
        if now.holder and now.status is Status.HELD:
            what += f": {self._actor(now.holder)}"
        elif sides:
            what += f": {'perhaps ' if now.status is Status.UNKNOWN else ''}{sides}"
        if now.fraction and now.candidates:
            least, most = now.fraction
            share = f"{least:.0%}" if least == most else f"{least:.0%}–{most:.0%}"
            what += f" ({share} {self._actor(now.candidates[0].actor)})"
        if now.besieged:
            what += f", besieged by {self._actor(now.besieger)}" if now.besieger else ", besieged"
        return what if now is state else f"{what}, no word since {state.newest_claim or state.stale_from}"

    def doubt(self, state: State) -> str:
        return f"{state.probability:4.0%}  {self._where(state)}: {printable(state.reason)}"

    def _where(self, state: State) -> str:
        name = self._places.get(state.place_id).name
        return printable(f"{name} ({state.part})" if state.part else name)

    def _actor(self, actor_id: str) -> str:
        actor = self._actors.get(actor_id)
        return printable(actor.name if actor else plain_name(actor_id))
