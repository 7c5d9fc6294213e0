"""
What people decided, applied to claims before they are fused.

A judgement on a claim or on a mention changes how the report was read; one on a
state (see `tracker.states.decisions`) is applied to what fusion says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.errors import UnknownPlaceError, UsageError
from tracker.model import (
    Claim,
    Judgement,
    Kind,
    Modality,
    PlaceIndex,
    StateTarget,
    Verdict,
    edtf_bounds,
    mention_target,
)

__all__ = ["CORRECTABLE", "Verdicts", "apply_judgements", "claims_of_place", "standing"]

CORRECTABLE = ("actor", "counter_actor", "kind", "modality", "part", "place_id", "valid_time")
_OF_MENTIONS = ("place_id",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """
    Claims as people left them.

    Attributes
    ----------
    claims
        Without what was rejected, with what was corrected.
    accepted
        Ids of claims that somebody confirmed or corrected.
    on_states
        Judgements on states by place id, in the order in which they were signed.
    """

    claims: tuple[Claim, ...]
    accepted: frozenset[str] = frozenset()
    on_states: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict)


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """
    Return the judgements that are not undone, in the order in which they were signed.

    An undo may itself be undone: the first judgement then stands again.
    """
    ordered = sorted({j.judgement_id: j for j in judgements}.values(), key=lambda j: (j.judged_on, j.judgement_id))
    undone: set[str] = set()
    for judgement in reversed(ordered):
        if judgement.verdict is Verdict.UNDO and judgement.judgement_id not in undone:
            undone.add(judgement.target)
    return [j for j in ordered if j.verdict is not Verdict.UNDO and j.judgement_id not in undone]


def apply_judgements(
    claims: Iterable[Claim], judgements: Sequence[Judgement], *, places: PlaceIndex | None = None
) -> Verdicts:
    """
    Return the claims with every standing judgement applied, in the order in which they were signed.

    Corrections of one claim add up, the later one winning for a field; to accept a
    claim leaves what was corrected, and to reject it holds until it is accepted or
    corrected again. A judgement on a mention reaches all claims that rest on it, and
    yields to one on the claim itself. A corrected claim keeps its id, so that the
    judgement on it can be undone.

    Parameters
    ----------
    places
        Gazetteer to take the name and coordinates of a corrected place from.

    Raises
    ------
    UsageError
        If a correction names a field that can't be corrected, or a value that it can't take.
    """
    stand = standing(judgements)
    if not stand:
        return Verdicts(claims=tuple(claims))
    by_target: dict[str, list[Judgement]] = defaultdict(list)
    on_states: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in stand:
        by_target[judgement.target].append(judgement)
    kept, accepted, judged = [], set(), set()
    for claim in claims:
        mention = mention_target(claim.report_id, claim.place.start)
        judged |= {claim.claim_id, mention} & by_target.keys()
        read = _reread(claim, by_target.get(mention, ()), places)
        if claim.claim_id not in by_target:
            kept.append(read)
            continue
        decided = _decided(read, by_target[claim.claim_id], places)
        if decided is not None:
            kept.append(decided)
            accepted.add(claim.claim_id)
    for judgement in stand:
        if judgement.target not in judged and (state := StateTarget.read(judgement.target)) is not None:
            on_states[state.place_id].append(judgement)
    found = {place_id: tuple(on_states[place_id]) for place_id in sorted(on_states)}
    return Verdicts(claims=tuple(kept), accepted=frozenset(accepted), on_states=found)


def claims_of_place(
    claims: Iterable[Claim], judgements: Sequence[Judgement], place_id: str, *, places: PlaceIndex | None = None
) -> list[Claim]:
    """Return the claims that speak of a place as they were read, or as people corrected them; uncorrected."""
    told = list(claims)
    now = {c.claim_id for c in apply_judgements(told, judgements, places=places).claims if c.place.place_id == place_id}
    return [c for c in told if c.place.place_id == place_id or c.claim_id in now]


def _reread(claim: Claim, on_mention: Sequence[Judgement], places: PlaceIndex | None) -> Claim:
    """Return a claim whose place is what people say that the mention means."""
    for judgement in on_mention:
        if judgement.verdict is Verdict.REJECT:
            claim = _at(claim, None, places)
        elif judgement.verdict is Verdict.ACCEPT:
            claim = _at(claim, claim.place.place_id, places)
        else:
            for name, value in sorted(judgement.corrections.items()):
                if name not in _OF_MENTIONS:
                    raise UsageError(
                        f"judgement {judgement.judgement_id} corrects {name!r} of a mention. Only place_id can be."
                    )
                claim = _at(claim, value, places)
    return claim


def _decided(claim: Claim, on_claim: Sequence[Judgement], places: PlaceIndex | None) -> Claim | None:
    rejected = False
    for judgement in on_claim:
        rejected = judgement.verdict is Verdict.REJECT
        if judgement.verdict is Verdict.CORRECT:
            for name, value in sorted(judgement.corrections.items()):
                claim = _with(claim, name, value, judgement.judgement_id, places)
    return None if rejected else claim


def _with(claim: Claim, name: str, value: str | None, judgement_id: str, places: PlaceIndex | None) -> Claim:
    if name not in CORRECTABLE:
        known = ", ".join(CORRECTABLE)
        raise UsageError(f"judgement {judgement_id} corrects {name!r}, which can't be. Correct one of: {known}.")
    if name == "place_id":
        return _at(claim, value, places)
    changes: dict[str, Any] = {name: value}
    try:
        if name == "kind":
            changes = {"kind": Kind(value or "")}
        elif name == "modality":
            changes = {"modality": Modality(value or "")}
        elif name == "valid_time":
            start, stop = edtf_bounds(value) if value else (None, None)
            changes = {"valid_time": value, "valid_from": start, "valid_to": stop}
    except ValueError as error:
        raise UsageError(f"judgement {judgement_id} corrects {name} to {value!r}: {error}") from None
    return replace(claim, **changes)


def _at(claim: Claim, place_id: str | None, places: PlaceIndex | None) -> Claim:
    """Return a claim about a place that a person named, as sure as can be; None: about none that is known."""
    place = replace(claim.place, place_id=place_id, score=1.0 if place_id else 0.0)
    if place_id != claim.place.place_id:
        place = replace(place, name=None, lat=None, lon=None, feature=None)
        if place_id is not None and places is not None:
            try:
                known = places.get(place_id)
            except UnknownPlaceError:
                pass
            else:
                place = replace(place, name=known.name, lat=known.lat, lon=known.lon, feature=known.feature)
    return replace(claim, place=place)
