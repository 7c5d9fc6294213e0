"""Why a state is as it is, in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.model import Kind, Modality, State, Status, plain_name
from tracker.states.evidence import Evidence, Says
from tracker.states.moments import Moment

__all__ = ["listed", "reason_of", "told", "with_besieged_parts"]

_FULL_DATE = len("2017-09-05")

_VERBS = {
    Kind.GAINS: "taken by",
    Kind.HOLDS: "said to be held by",
    Kind.LOSES: "lost by",
    Kind.WITHDRAWS: "left by",
    Kind.ENTERS: "reached by",
    Kind.CONTESTS: "fought over by",
    Kind.BESIEGES: "besieged by",
    Kind.BREAKS_SIEGE: "relieved by",
}


def told(e: Evidence) -> str:
    """Return what a piece of evidence says: what, when, who says so."""
    claim = e.claim
    if e.implied and e.says is Says.HELD:
        return " ".join(("taken from", plain_name(e.actor), _when(e), f"({_who(e)})"))
    if claim.actor is None and claim.kind is Kind.GAINS:
        what = f"lost by {plain_name(claim.counter_actor)}"
    else:
        what = f"{_VERBS[claim.kind]} {plain_name(claim.actor)}"
        if e.says is Says.SHARED:
            what += f" and {plain_name(e.other)} together"
        elif claim.counter_actor and claim.kind in (Kind.GAINS, Kind.CONTESTS):
            what += f" {'from' if claim.kind is Kind.GAINS else 'and'} {plain_name(claim.counter_actor)}"
    if claim.modality is Modality.HEDGED:
        what = f"reportedly {what.removeprefix('said to be ')}"
    return " ".join(word for word in (_share(e), what, _when(e), f"({_who(e)})") if word)


def reason_of(moment: Moment, behind: Sequence[Evidence], against: Sequence[Evidence]) -> str:
    """Return the reason for a state in a few short sentences."""
    telling = [e for e in behind if e.says is not Says.PRESENT] or list(behind)
    said = list(dict.fromkeys(told(e) for e in _newest_first(telling)))
    sentences = [_opening(moment, telling)]
    if telling[0].says is not Says.PRESENT:
        sentences.append(_sentence("; ".join(said[:3])))
    if len(said) > 3:
        sentences[-1] = f"{sentences[-1][:-1]}; and {len(said) - 3} more."
    sentences.append(_siege(moment))
    if against:
        sentences.append(_sentence(f"against it: {told(_newest_first(against)[0])}, which weighs less"))
    return " ".join(s for s in sentences if s)


def with_besieged_parts(states: Sequence[State]) -> list[State]:
    """Add to the reason of a place that is no longer besieged which of its parts still are."""
    told_of = []
    for state in states:
        parts = [
            s.part for s in states if state.part is None and s.part is not None and s.besieged and _overlap(s, state)
        ]
        if parts and not state.besieged:
            named = listed([str(part) for part in parts])
            told_of.append(replace(state, reason=f"{state.reason} Still besieged: its part {named}."))
        else:
            told_of.append(state)
    return told_of


def _overlap(one: State, other: State) -> bool:
    starts_in_time = other.valid_to is None or one.valid_from is None or one.valid_from < other.valid_to
    return starts_in_time and (one.valid_to is None or other.valid_from is None or other.valid_from < one.valid_to)


def _opening(moment: Moment, telling: Sequence[Evidence]) -> str:
    sides = [plain_name(c.actor) for c in moment.candidates]
    if moment.status is Status.HELD:
        return f"Held by {plain_name(moment.holder)}{f', {moment.grounds}' if moment.grounds else ''}."
    if moment.status is Status.CONTESTED:
        if len(sides) < 2:
            return f"Contested: {sides[0]} holds some of it, the other side is not named." if sides else "Contested."
        most = f", {plain_name(moment.holder)} the most" if moment.holder else ""
        return f"Contested: {listed(sides)} hold ground in it{most}."
    if moment.status is Status.SHARED:
        return f"Shared by {listed(sides)}."
    if moment.status is Status.ONE_OF:
        told = {e.actor for e in telling if e.says is Says.HELD}
        why = "the reports disagree" if len(told) > 1 else "no report is sure enough"
        return f"One of {listed(sides)}: {why}."
    reached = sorted({plain_name(e.actor) for e in telling if e.says is Says.REACHED})
    if reached:
        return f"Reached by {listed(reached)}, not said to be taken: the holder is unknown."
    lost = sorted({plain_name(e.actor) for e in telling if e.says is Says.LOST and e.actor})
    if lost:
        return f"No longer {listed(lost)}; who holds it now is not said."
    return "The holder is unknown."


def _siege(moment: Moment) -> str:
    if not moment.siege_votes:
        return ""
    newest = _newest_first(moment.siege_votes)[0]
    if moment.besieged:
        by = f" by {plain_name(moment.besieger)}" if moment.besieger else ""
        when = _when(newest)
        return f"Besieged{by} {'since ' if when.startswith('no later') else ''}{when}.".replace(" .", ".")
    return f"The siege ended {_when(newest)}.".replace(" .", ".")


def _share(e: Evidence) -> str:
    claim = e.claim
    if claim.fraction is not None:
        low, high = (round(100 * f) for f in claim.fraction)
        if low == high:
            return f"{low} percent of it"
        return f"at least {low} percent of it" if high == 100 else f"{low} to {high} percent of it"
    if claim.part is not None:
        return f"{claim.part} of it" if claim.part == "parts" else f"its part {claim.part}"
    return ""


def _when(e: Evidence) -> str:
    said = e.claim.valid_time or ""
    if said.startswith("..") or (e.open_start and not e.implied):
        return "" if e.day == dt.date.min else f"no later than {e.day}"
    if said and said != e.day.isoformat():
        return f"{'on' if len(said) == _FULL_DATE else 'in'} {said}"
    return "" if e.day == dt.date.min else f"on {e.day}"


def _who(e: Evidence) -> str:
    by = [e.claim.source or "source not named"]
    if e.claim.attributed_to:
        by.append(f"quoting {e.claim.attributed_to}")
    copies = len({claim.report_id for claim in e.claims}) - 1
    if copies:
        by.append(f"and {copies} {'copy' if copies == 1 else 'copies'}")
    interest = ", against its own interest" if e.against_interest else ", in its own interest" if e.partisan else ""
    return " ".join(by) + ("" if e.implied else interest)


def _newest_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda e: (-e.day.toordinal(), -e.rank, -e.weight, e.claim.claim_id))


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""
