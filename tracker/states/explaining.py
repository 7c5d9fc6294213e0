"""What a state rests on, in words: the sentences for and against it, and what would change it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.errors import UnknownPlaceError
from tracker.model import (
    Claim,
    Judgement,
    Kind,
    Modality,
    PlaceIndex,
    State,
    StateTarget,
    Status,
    mention_target,
    plain_name,
)
from tracker.states.evidence import Evidence, fusible, weigh
from tracker.states.fusion import fuse, states_at
from tracker.states.grading import CONFIRMED, credibilities
from tracker.states.judgements import apply_judgements, claims_of_place, standing
from tracker.states.reasons import listed
from tracker.states.sources import SourceIndex, shipped_sources
from tracker.states.votes import weight_beside

__all__ = ["explain", "faded", "find_place", "printable"]

_MOST_TRIED = 40  # claims whose loss is tried out
_MOST_FUSED = 20_000  # claims fused for it, at a few thousand a second, so that a place with many still answers


def find_place(asked: str, claims: Iterable[Claim]) -> str:
    """
    Return the id of the place that is meant by an id or a name, as the claims have it.

    Raises
    ------
    UnknownPlaceError
        If no claim speaks of such a place; the message offers the likest names.
    """
    wanted = asked.casefold().strip()
    hits: dict[str, int] = {}
    names: dict[str, str] = {}
    for claim in claims:
        place = claim.place
        if place.place_id is None:
            continue
        names.setdefault(place.place_id, place.name or place.text)
        if place.place_id == asked:
            return asked
        if wanted in ((place.name or "").casefold(), place.text.casefold()):
            hits[place.place_id] = hits.get(place.place_id, 0) + 1
    if hits:
        return min(hits, key=lambda place_id: (-hits[place_id], place_id))
    near = sorted((name, i) for i, name in names.items() if wanted[:4] and wanted[:4] in name.casefold())
    raise UnknownPlaceError(asked, suggestions=tuple(f"{i} ({name})" for name, i in near[:5]))


def faded(state: State, on: dt.date) -> State:
    """
    Return a state as it is believed on a day long after its last evidence.

    Belief halves in the time between the newest evidence and `stale_from`; from
    then on the holder is unknown and what it was becomes a candidate.
    """
    if state.stale_from is None or on < state.stale_from or state.status is Status.UNKNOWN:
        return state
    words = f"Stale: no word of it for so long that, from {state.stale_from}, the holder is unknown. {state.reason}"
    return replace(
        state, status=Status.UNKNOWN, holder=None, valid_from=state.stale_from, stale_from=None, reason=words
    )


def explain(
    place_id: str,
    states: Iterable[State],
    claims: Iterable[Claim],
    *,
    on: dt.date,
    known_by: dt.date | None = None,
    judgements: Sequence[Judgement] = (),
    places: PlaceIndex | None = None,
    sources: SourceIndex | None = None,
) -> str:
    """
    Return the states of a place on a day, with the sentences for and against each.

    Parameters
    ----------
    place_id
        Id of the place, as in the claims; see `find_place`.
    states
        As fused from `claims`; of other places too.
    on
        Day of valid time.
    known_by
        Day of known time with which the states were fused.
    judgements
        What people decided; shown where it touches the place.
    places, sources
        With which the states were fused.
    """
    told = claims_of_place(claims, judgements, place_id, places=places)
    verdicts = apply_judgements(told, judgements, places=places)
    mine = [c for c in verdicts.claims if c.place.place_id == place_id]
    index = sources or shipped_sources()
    name = next((c.place.name or c.place.text for c in mine or told), None) or _listed_name(place_id, places)
    there = states_at((s for s in states if s.place_id == place_id), on)
    against = {i for state in there.values() for i in state.against_ids}
    known_then = [c for c in mine if not _later(c, known_by)]
    numbers = credibilities(known_then, index, accepted=verdicts.accepted, against=against)
    grounds = _Grounds({c.claim_id: c for c in mine}, index, verdicts.accepted, numbers)
    known = f", as known by {known_by}" if known_by else ""
    lines = [f"{printable(name)} ({place_id}) on {on}{known}"]
    if not there:
        lines.append(f"  No report speaks of it{' on this day' if mine else ''}.")
    for (_, part), state in there.items():
        lines.extend(grounds.of_state(faded(state, on), part))
    if there:
        trial = _Trial(told, on, {"known_by": known_by, "judgements": judgements, "places": places, "sources": sources})
        lines.extend(trial.what_would_change(there))
    lines.extend(grounds.not_fused(known_by))
    lines.extend(_judged(judgements, told, place_id))
    return "\n".join(lines)


def _listed_name(place_id: str, places: PlaceIndex | None) -> str:
    try:
        return place_id if places is None else places.get(place_id).name
    except UnknownPlaceError:
        return place_id


def printable(text: str) -> str:
    """
    Return text that is safe on a terminal: no control, format or private characters, one line.

    Examples
    --------
    >>> printable("Raqqa" + chr(27) + "[2J fell" + chr(10) + "today")
    'Raqqa[2J fell today'
    """
    spaced = " ".join(text.split())
    return "".join(c for c in spaced if unicodedata.category(c)[0] != "C")


@dataclass(frozen=True, slots=True)
class _Grounds:
    """Sentences about one place, as people left them, with what they weigh."""

    by_id: Mapping[str, Claim]
    sources: SourceIndex
    accepted: frozenset[str]
    credibility: Mapping[str, int]

    def of_state(self, state: State, part: str | None) -> list[str]:
        until = state.valid_to or "now"
        title = "the whole" if part is None else f"part: {part}"
        numbers = (
            f"probability {state.probability:.2f}, confidence {state.confidence:.2f}, doubt {state.doubt:.2f}; "
            f"{state.n_reports} report(s), {state.n_sources} independent; newest {state.newest_claim or 'undated'}"
        )
        lines = [
            f"  {title}: {_standing(state)}, from {state.valid_from or 'some time before'} to {until}",
            f"    {numbers}",
            f"    {printable(state.reason)}",
        ]
        for word, ids in (("for", state.claim_ids), ("against", state.against_ids)):
            found = sorted((self.by_id[i] for i in ids if i in self.by_id), key=_by_day)
            lines.extend(f"    {word + ':':8} {self.quoted(claim)}" for claim in found)
        return lines

    def quoted(self, claim: Claim) -> str:
        evidence = weigh((claim,), self.sources, self.accepted)
        weight = f", {self.weighed(claim, evidence)}" if evidence else ""
        source = printable(claim.source or "source not named")
        when = f", valid {claim.valid_time}" if claim.valid_time else ""
        said = f"{printable(claim.attributed_to)} says so; " if claim.attributed_to else ""
        loser = f" from {plain_name(claim.counter_actor)}" if claim.counter_actor and claim.kind is Kind.GAINS else ""
        return (
            f"“{printable(claim.quote)}” [{source}, {claim.published or 'undated'}; {said}"
            f"{claim.kind} {plain_name(claim.actor)}{loser}{when}, {claim.modality}{weight}; {claim.claim_id}]"
        )

    def weighed(self, claim: Claim, evidence: Evidence) -> str:
        """Return the grade and the weight of a claim: that of a boast which another confirms is not lessened."""
        credibility = self.credibility.get(claim.claim_id, 6)
        alone = weight_beside(evidence, [evidence])
        weight = evidence.weight if credibility == CONFIRMED and not evidence.against_interest else alone
        return f"graded {self.sources.grade(claim)}{credibility}, weight {weight:.2f}{_interest(evidence)}"

    def not_fused(self, known_by: dt.date | None) -> list[str]:
        claims = sorted(self.by_id.values(), key=_by_day)
        used = {c.claim_id for c in fusible(claims, known_by)}
        left = [c for c in claims if c.claim_id not in used and not _later(c, known_by)]
        lines = [f"    not so:  {self.quoted(c)}" for c in left if c.modality is Modality.UNREAL]
        lines += [f"    near:    {self.quoted(c)}" for c in left if c.modality is not Modality.UNREAL]
        return ["  said, but never counted:", *lines] if lines else []


def _standing(state: State) -> str:
    """Return who stands how in a place, in a few words."""
    siege = f", besieged{f' by {plain_name(state.besieger)}' if state.besieger else ''}" if state.besieged else ""
    sides = [plain_name(c.actor) for c in state.candidates]
    if state.status is Status.CONTESTED and len(sides) == 1:
        sides.append("a side not named")
    if state.status is Status.HELD:
        return f"held by {plain_name(state.holder)}{siege}"
    if state.status is Status.UNKNOWN or not sides:
        return f"{state.status}{siege}"
    by = "" if state.status is Status.ONE_OF else " by"
    return f"{state.status}{by} {listed(sides)}{siege}"


def _interest(evidence: Evidence) -> str:
    if evidence.against_interest:
        return ", against its own interest"
    return ", in its own interest" if evidence.partisan else ""


@dataclass(frozen=True, slots=True)
class _Trial:
    """Fuses a place again without one claim, to tell what hangs on it."""

    claims: Sequence[Claim]
    on: dt.date
    how: Mapping[str, Any]

    def what_would_change(self, there: Mapping[tuple[str, str | None], State]) -> list[str]:
        cited = sorted({i for state in there.values() for i in state.claim_ids})
        lines = []
        for claim_id in cited[: max(1, min(_MOST_TRIED, _MOST_FUSED // len(self.claims)))]:
            rest = [c for c in self.claims if c.claim_id != claim_id]
            without = states_at(fuse(rest, **self.how), self.on)
            for key, state in there.items():
                now, then = _short(state), _short(without.get(key))
                if now != then:
                    where = "" if key[1] is None else f" (part {key[1]})"
                    lines.append(f"    without {claim_id}: {then}{where}, instead of {now}")
        return ["  what would change it:", *lines] if lines else ["  no single claim's loss would change it"]


def _short(state: State | None) -> str:
    return _standing(state) if state is not None else "nothing told"


def _later(claim: Claim, known_by: dt.date | None) -> bool:
    return known_by is not None and (claim.published is None or claim.published > known_by)


def _by_day(claim: Claim) -> tuple[str, str, str]:
    return (str(claim.valid_from or claim.valid_to or ""), str(claim.published or ""), claim.claim_id)


def _judged(judgements: Sequence[Judgement], told: Sequence[Claim], place_id: str) -> list[str]:
    """Return the standing judgements that touch a place: its claims, their mentions, its states."""
    targets = {c.claim_id for c in told} | {mention_target(c.report_id, c.place.start) for c in told}
    lines = []
    for j in standing(judgements):
        if j.target not in targets and not _is_of(j.target, place_id):
            continue
        what = ", ".join(f"{name}={value or 'none'}" for name, value in sorted(j.corrections.items()))
        said = f"{j.verdict} {j.target}{f' ({what})' if what else ''} by {j.judged_by} on {j.judged_on:%Y-%m-%d}"
        lines.append(f"    {printable(said)}{f': {printable(j.note)}' if j.note else ''} [{j.judgement_id}]")
    return ["  judgements:", *lines] if lines else []


def _is_of(target: str, place_id: str) -> bool:
    state = StateTarget.read(target)
    return state is not None and state.place_id == place_id
