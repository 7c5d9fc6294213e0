"""Who holds what is only said to be besieged: the side besieged in it, else whoever holds the whole of it."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.model import ActorProbability, Status
from tracker.states.belief import FIRST_WORD, UNKNOWN, doubt_of
from tracker.states.evidence import Evidence, Says
from tracker.states.moments import Moment
from tracker.states.siege import Siege
from tracker.states.votes import combined_weight, surest_by_voice

__all__ = ["as_the_whole", "held_by_the_besieged", "held_until_relieved"]

_BESIEGED, _WAS_BESIEGED = "besieged in it", "which was besieged in it"


def held_by_the_besieged(moment: Moment, siege: Siege, besieged: Mapping[str, str]) -> Moment:
    """
    Return a moment of which only a siege is told, held by the side besieged there.

    That is who is named as such, else the besieger's foe, or the state whose land it is (`besieged`, by the besieger).
    Where nothing else is known the odds are even before the word of the siege is weighed, as for any first word.
    """
    inside = siege.inside or (besieged.get(siege.besieger) if siege.on and siege.besieger is not None else None)
    if inside is None:
        return moment
    p = FIRST_WORD / (1.0 - (1.0 - FIRST_WORD) * combined_weight(surest_by_voice(siege.votes)))
    return replace(
        moment, status=Status.HELD, holder=inside, candidates=(ActorProbability(actor=inside, p=round(p, 4)),), p=p,
        doubt=doubt_of({inside: p, UNKNOWN: 1.0 - p}), grounds=_BESIEGED if siege.on else _WAS_BESIEGED,
    )  # fmt: skip


def held_until_relieved(line: Sequence[Moment]) -> list[Moment]:
    """Return the moments, each siege of which only its end tells who was besieged held by that side from its start."""
    found = list(line)
    for at in range(len(found) - 2, -1, -1):
        moment, later = found[at], found[at + 1]
        relieved = later.silent and later.is_held and later.grounds in {_BESIEGED, _WAS_BESIEGED}
        if moment.silent and moment.besieged and not moment.is_held and relieved and moment.besieger != later.holder:
            relief = (replace(e, siege=None, says=Says.HELD) for e in later.group if e.siege is False)
            found[at] = replace(
                moment, status=Status.HELD, holder=later.holder, candidates=later.candidates, p=later.p,
                doubt=later.doubt, grounds=_BESIEGED,
                group=(*moment.group, *relief),
            )  # fmt: skip
    return found


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
