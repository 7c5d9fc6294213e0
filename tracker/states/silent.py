"""Who holds what is only said to be besieged: the side besieged in it, else whoever holds the whole of it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tracker.model import ActorProbability, Status
from tracker.states.belief import UNKNOWN, doubt_of
from tracker.states.evidence import Evidence, Says
from tracker.states.moments import SURE_ENOUGH, Moment
from tracker.states.siege import Siege
from tracker.states.votes import combined_weight, surest_by_voice

__all__ = ["as_the_whole", "held_by_the_besieged"]


def held_by_the_besieged(moment: Moment, siege: Siege) -> Moment:
    """Return a moment of which only a siege is told, held by the side besieged there when that is named."""
    if siege.inside is None:
        return moment
    p = combined_weight(surest_by_voice(siege.votes))
    likely = (ActorProbability(actor=siege.inside, p=round(p, 4)),)
    if p < SURE_ENOUGH:
        return replace(moment, candidates=likely)
    return replace(
        moment, status=Status.HELD, holder=siege.inside, candidates=likely, p=p,
        doubt=doubt_of({siege.inside: p, UNKNOWN: 1.0 - p}),
        grounds="besieged in it" if siege.on else "which was besieged in it",
    )  # fmt: skip


def as_the_whole(line: Sequence[Moment], whole: Sequence[Moment]) -> list[Moment]:
    """
    Return the moments of a part, held as the whole is where nobody says who holds the part.

    Where the whole changes while nothing more is told of the part, the part changes with it.
    """
    days = [w.day for w in whole]
    found = []
    for number, moment in enumerate(line):
        if not moment.silent or moment.is_held:
            found.append(moment)
            continue
        until = line[number + 1].day if number + 1 < len(line) else dt.date.max
        first, stop = bisect_right(days, moment.day), bisect_left(days, until)
        found.append(_as(moment, whole, first - 1))
        found += [_as(replace(moment, day=whole[at].day), whole, at) for at in range(first, stop)]
    return found


def _as(moment: Moment, whole: Sequence[Moment], at: int) -> Moment:
    """Return a moment of a part, held as the whole is after the moment at a position; as it is when nobody holds it."""
    now = whole[at] if at >= 0 else None
    if now is None or not now.is_held:
        return moment
    grounds = _grounds(whole, at)
    return replace(
        moment, status=now.status, holder=now.holder, candidates=now.candidates, p=now.p, doubt=now.doubt,
        group=(*moment.group, *(e for e in grounds if e not in moment.group)), grounds="as the whole of it",
    )  # fmt: skip


def _grounds(whole: Sequence[Moment], at: int) -> tuple[Evidence, ...]:
    """Return the newest evidence that whoever holds the whole after the moment at a position does so."""
    for back in range(at, -1, -1):
        group = whole[back].group
        told = tuple(e for e in group if e.actor == whole[at].holder and e.says in (Says.HELD, Says.GROUND))
        if told:
            return told
    return ()
