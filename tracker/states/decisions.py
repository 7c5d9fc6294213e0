"""
What people decided about a state itself: that it was so, was otherwise, or was not so, over some days.

A decision stands over the days that it names and only where reports speak of
the place: silence is no state. Whatever the reports say stays cited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.errors import UsageError
from tracker.model import ActorProbability, DateBounds, Judgement, State, StateTarget, Status, Verdict, plain_name
from tracker.states.evidence import ACCEPTED

__all__ = ["DECIDABLE", "check_decision", "decided", "standing_reading", "within"]

DECIDABLE = ("besieged", "besieger", "holder", "status")
_ALONE = " The reports alone: "
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


def decided(states: Sequence[State], judgements: Iterable[Judgement]) -> list[State]:
    """
    Return the states of one place as judgements on them leave them, in the same order.

    Judgements are obeyed in the order given; a later one wins for the days that both name.

    Raises
    ------
    UsageError
        If a judgement names a field that can't be decided, or a value that it can't take.
    """
    line = list(states)
    for judgement in judgements:
        target = StateTarget.read(judgement.target)
        if target is None:
            continue
        check_decision(judgement)
        cut = [piece for state in line for piece in _cut(state, target)]
        line = [_judged(s, judgement) if s.part == target.part and _inside(s, target.bounds) else s for s in cut]
        line = _joined(line)
    return line


def within(states: Iterable[State], target: StateTarget) -> list[State]:
    """Return the states that a judgement on this target would touch."""
    return [
        piece
        for s in states
        if s.place_id == target.place_id and s.part == target.part
        for piece in _cut(s, target)
        if _inside(piece, target.bounds)
    ]


def standing_reading(state: State) -> dict[str, str | None]:
    """Return what a judgement notes of a state that is accepted or rejected as it stands."""
    noted: dict[str, str | None] = {"status": state.status.value, "holder": state.holder}
    if state.besieged:
        noted |= {"besieged": "true", "besieger": state.besieger}
    return noted


def check_decision(judgement: Judgement) -> None:
    """Raise `UsageError` when a judgement on a state says what no state can be."""
    said = judgement.corrections
    for name in sorted(said.keys() - set(DECIDABLE)):
        raise UsageError(
            f"judgement {judgement.judgement_id} decides {name!r}, which can't be. Decide: {', '.join(DECIDABLE)}."
        )
    status = said.get("status") or (Status.HELD.value if said.get("holder") else None)
    problem = None
    if status is not None and status not in set(Status):
        problem = f"status {status!r} is none of {', '.join(Status)}"
    elif status == Status.HELD and not said.get("holder"):
        problem = "who is held by somebody needs a holder"
    elif status in (Status.UNKNOWN, Status.ONE_OF) and said.get("holder"):
        problem = f"{status} names no holder"
    elif "besieged" in said and (said["besieged"] or "") not in _TRUTHS:
        problem = "besieged is true or false"
    elif judgement.verdict is Verdict.CORRECT and not said:
        problem = "nothing is decided; set holder, status or besieged"
    if problem:
        raise UsageError(f"judgement {judgement.judgement_id}: {problem}")


def _judged(state: State, judgement: Judgement) -> State:
    if judgement.verdict is Verdict.REJECT:
        return _rejected(state, judgement)
    said = judgement.corrections
    changes: dict[str, object] = {}
    if said.get("status") or said.get("holder"):
        status = Status(said.get("status") or Status.HELD)
        holder = said.get("holder")
        same = (status, holder) == (state.status, state.holder)
        sides = state.candidates if status is state.status and status is not Status.HELD else ()
        if holder and not sides:
            sides = (ActorProbability(actor=holder, p=ACCEPTED),)
        changes = {"status": status, "holder": holder, "candidates": sides, "doubt": 0.0}
        changes["fraction"] = state.fraction if same else None
    if "besieged" in said:
        besieged = _TRUTHS[said["besieged"] or ""]
        changes |= {"besieged": besieged, "besieger": said.get("besieger") if besieged else None}
    elif said.get("besieger"):
        changes |= {"besieged": True, "besieger": said["besieger"]}
    return _signed(state, judgement, changes)


def _rejected(state: State, judgement: Judgement) -> State:
    """Return a state of which somebody said that it is not so; another reading than the rejected one stands."""
    noted = judgement.corrections
    if noted and (noted.get("status"), noted.get("holder")) != (state.status.value, state.holder):
        return state
    changes: dict[str, object] = {
        "status": Status.UNKNOWN, "holder": None, "fraction": None, "doubt": 1.0,
        "candidates": tuple(c for c in state.candidates if c.actor != state.holder) if state.holder else (),
    }  # fmt: skip
    return _signed(state, judgement, changes)


def _signed(state: State, judgement: Judgement, changes: dict[str, object]) -> State:
    by = f"{judgement.judged_by} on {judgement.judged_on:%Y-%m-%d}"
    note = f": {judgement.note}" if judgement.note else ""
    earlier = () if "status" in changes else state.judgement_ids  # a later word on the holder takes the earlier's place
    made: State = replace(
        state,
        **changes,  # type: ignore[arg-type]
        probability=ACCEPTED,
        confidence=ACCEPTED,
        stale_from=None,
        judgement_ids=(*earlier, judgement.judgement_id),
    )
    alone = state.reason.rpartition(_ALONE)[2] if state.judgement_ids else state.reason
    what = _told(state) if judgement.verdict is Verdict.REJECT else _told(made)
    verb = "Not" if judgement.verdict is Verdict.REJECT else "Decided to be"
    return replace(made, reason=f"{verb} {what}, by {by}{note}.{_ALONE}{alone}")


def _told(state: State) -> str:
    holder = f" by {plain_name(state.holder)}" if state.holder else ""
    siege = f", besieged by {plain_name(state.besieger)}" if state.besieged and state.besieger else ""
    return f"{state.status}{holder}{siege or (', besieged' if state.besieged else '')}"


def _cut(state: State, target: StateTarget) -> list[State]:
    """Cut a state where the days of a judgement begin and end."""
    if state.part != target.part:
        return [state]
    pieces = [state]
    for day in target.bounds:
        if day is not None:
            pieces = [half for piece in pieces for half in _halves(piece, day)]
    return pieces


def _halves(state: State, day: dt.date) -> list[State]:
    if (state.valid_from is not None and day <= state.valid_from) or (
        state.valid_to is not None and state.valid_to <= day
    ):
        return [state]
    stale = state.stale_from if state.stale_from is not None and state.stale_from < day else None
    return [replace(state, valid_to=day, stale_from=stale), replace(state, valid_from=day)]


def _inside(state: State, bounds: DateBounds) -> bool:
    after = bounds.start is None or (state.valid_from is not None and state.valid_from >= bounds.start)
    return after and (bounds.stop is None or (state.valid_to is not None and state.valid_to <= bounds.stop))


def _joined(line: Sequence[State]) -> list[State]:
    """Put pieces that judgements made alike together."""
    joined: list[State] = []
    for state in line:
        last = joined[-1] if joined else None
        if last is not None and state.judgement_ids and _goes_on(last, state):
            joined[-1] = _both(last, state)
        else:
            joined.append(state)
    return joined


def _goes_on(one: State, other: State) -> bool:
    read = (one.part, one.status, one.holder, one.besieged, one.besieger, one.candidates, one.judgement_ids)
    same = read == (
        other.part, other.status, other.holder, other.besieged, other.besieger, other.candidates, other.judgement_ids,
    )  # fmt: skip
    return same and one.valid_to is not None and one.valid_to == other.valid_from


def _both(one: State, other: State) -> State:
    newest = max((day for day in (one.newest_claim, other.newest_claim) if day), default=None)
    claims = tuple(sorted({*one.claim_ids, *other.claim_ids}))
    return replace(
        one,
        valid_to=other.valid_to,
        claim_ids=claims,
        against_ids=tuple(sorted({*one.against_ids, *other.against_ids} - set(claims))),
        newest_claim=newest,
        n_reports=max(one.n_reports, other.n_reports),
        n_sources=max(one.n_sources, other.n_sources),
    )
