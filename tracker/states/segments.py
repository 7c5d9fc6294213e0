"""Moments of belief into states over half-open days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracker.model import State, Status
from tracker.states.evidence import Evidence, Says
from tracker.states.moments import Moment
from tracker.states.reasons import reason_of
from tracker.states.votes import combined_weight, surest_by_voice, voice

__all__ = ["states_of"]


def states_of(moments: Sequence[Moment], *, part: str | None, half_life: float) -> list[State]:
    """Return the states that a line of moments makes: half-open, in order, without overlaps."""
    spans = _spans(moments)
    states = []
    stint: list[Moment] = []
    heard: dict[str, tuple[Evidence, ...]] = {}
    for index, (start, run) in enumerate(spans):
        if run[0].status is None:
            stint = []
            continue
        goes_on = bool(stint) and (stint[-1].status, stint[-1].holder) == (run[0].status, run[0].holder)
        stint = [*stint, *run] if goes_on else list(run)
        end = spans[index + 1][0] if index + 1 < len(spans) else None
        states.append(_state(_with_rivals(stint, heard), (start, end), part, half_life))
        for moment in run:
            heard.update(_holders_told(moment, heard))
    return states


def _spans(moments: Sequence[Moment]) -> list[tuple[dt.date | None, list[Moment]]]:
    """Put moments that read the same together; of several readings of one day the last stands."""
    spans: list[tuple[dt.date | None, list[Moment]]] = []
    for moment in moments:
        begins = moment.day if spans or not _began_before(moment) else None
        if spans and spans[-1][1][-1].reading == moment.reading:
            spans[-1][1].append(moment)
            continue
        if spans and spans[-1][0] == begins:
            spans.pop()
            if spans and spans[-1][1][-1].reading == moment.reading:
                spans[-1][1].append(moment)
                continue
        spans.append((begins, [moment]))
    return spans


def _began_before(moment: Moment) -> bool:
    said = [e for e in moment.group if not e.foreign]
    telling = [e for e in said if _stance(e, moment) > 0] or said
    return bool(telling) and all(e.open_start or e.day == dt.date.min for e in telling)


def _state(
    stint: Sequence[Moment], days: tuple[dt.date | None, dt.date | None], part: str | None, half_life: float
) -> State:
    last = stint[-1]
    behind, against = _for_and_against(stint)
    strength = combined_weight(surest_by_voice(behind))
    p = strength if last.status is Status.UNKNOWN else last.p
    claims = {c.claim_id: c for e in behind for c in e.claims}
    newest = max((c.published for c in claims.values() if c.published), default=None)
    status = last.status or Status.UNKNOWN
    return State(
        place_id=behind[0].claim.place.place_id or "",
        part=part,
        status=status,
        holder=last.holder,
        candidates=last.candidates,
        fraction=last.fraction,
        besieged=last.besieged,
        besieger=last.besieger,
        valid_from=days[0],
        valid_to=days[1],
        probability=round(p, 4),
        confidence=round(strength, 4),
        claim_ids=tuple(sorted(claims)),
        against_ids=tuple(sorted({c.claim_id for e in against for c in e.claims} - set(claims))),
        reason=reason_of(last, behind, against),
        newest_claim=newest or _newest_day(behind),
        n_reports=len({c.report_id for c in claims.values()}),
        n_sources=len({voice(e) for e in behind}),
        doubt=round(last.doubt, 4),
        stale_from=_stale_from(status, behind, days[1], half_life),
    )


def _with_rivals(stint: Sequence[Moment], heard: Mapping[str, tuple[Evidence, ...]]) -> Sequence[Moment]:
    """Return a stint of one of two sides with what was last heard of either as the holder, if that was before."""
    last = stint[-1]
    if last.status is not Status.ONE_OF:
        return stint
    named = {e.actor for m in stint for e in m.group if e.says is Says.HELD and not e.implied}
    found = [e for side in sorted({c.actor for c in last.candidates} - named) for e in heard.get(side, ())]
    return [*stint[:-1], replace(last, group=(*found, *last.group))] if found else stint


def _holders_told(moment: Moment, heard: Mapping[str, tuple[Evidence, ...]]) -> dict[str, tuple[Evidence, ...]]:
    """Return what a moment tells of each holder; what is only implied gives way to what was said outright before."""
    told: dict[str, list[Evidence]] = defaultdict(list)
    for e in moment.group:
        if e.says is Says.HELD and e.actor is not None and (not e.implied or e.actor not in heard):
            told[e.actor].append(e)
    return {side: tuple(evidence) for side, evidence in told.items()}


def _for_and_against(stint: Sequence[Moment]) -> tuple[list[Evidence], list[Evidence]]:
    """Return the evidence of a stint that bears the state out, in order of time, and what speaks against it."""
    last = stint[-1]
    behind: dict[tuple[str, bool], Evidence] = {}
    against: dict[tuple[str, bool], Evidence] = {}
    pool = [e for m in stint for e in m.group if e.siege is None or _fits_siege(e, last)]
    denied = [e for e in last.group if e.siege is not None and not _fits_siege(e, last)]
    pool_has_ground = last.status in (Status.CONTESTED, Status.SHARED)
    if pool_has_ground:
        pool = [*last.ground_votes, *pool]
    for e in pool:
        key = (e.claim.claim_id, e.implied)
        stance = 1 if pool_has_ground and e in last.ground_votes else _stance(e, last)
        if stance >= 0:
            behind.setdefault(key, e)
        else:
            against.setdefault(key, e)
    for e in last.siege_votes:
        behind.setdefault((e.claim.claim_id, e.implied), e)
    against.update({(e.claim.claim_id, e.implied): e for e in denied})
    if not behind:
        behind, against = against, {}
    return _in_time(behind.values()), _in_time(e for key, e in against.items() if key not in behind)


def _fits_siege(e: Evidence, moment: Moment) -> bool:
    """Tell whether word of a siege agrees with a reading; word of another part never disagrees."""
    return e.siege == moment.besieged or (e.part != moment.part and not e.foreign)


def _stance(e: Evidence, moment: Moment) -> int:
    """Return 1 for evidence that bears a reading out, -1 for what speaks against it, 0 for neither."""
    if e.says is Says.PRESENT:
        return 0
    sides = {c.actor for c in moment.candidates}
    if moment.status is Status.HELD:
        if e.says is Says.LOST:
            return 0 if e.actor != moment.holder else -1
        return 1 if e.actor == moment.holder and e.says is not Says.CONTESTED else -1
    if moment.status is Status.CONTESTED:
        if e.says in (Says.CONTESTED, Says.GROUND, Says.REACHED):
            return 1
        return -1
    if moment.status is Status.SHARED:
        return 1 if e.says is Says.SHARED or (e.actor in sides and e.says in (Says.HELD, Says.GROUND)) else -1
    if moment.status is Status.ONE_OF:
        return 1 if e.says is Says.HELD and e.actor in sides else -1
    return 1 if e.says in (Says.LOST, Says.REACHED) else -1


def _newest_day(evidence: Sequence[Evidence]) -> dt.date | None:
    newest = max(e.day for e in evidence)
    return None if newest == dt.date.min else newest


def _stale_from(status: Status, behind: Sequence[Evidence], end: dt.date | None, half_life: float) -> dt.date | None:
    newest = _newest_day(behind)
    if newest is None or status is Status.UNKNOWN or newest > dt.date.max - dt.timedelta(days=half_life + 1):
        return None
    stale = newest + dt.timedelta(days=round(half_life))
    return stale if end is None or stale < end else None


def _in_time(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda e: (e.day, e.rank, e.claim.claim_id))
