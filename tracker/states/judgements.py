"""What people decided, applied to claims before they are fused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.errors import UsageError
from tracker.model import Claim, Judgement, Kind, Modality, Verdict, edtf_bounds

__all__ = ["CORRECTABLE", "Verdicts", "apply_judgements", "standing"]

CORRECTABLE = ("actor", "counter_actor", "kind", "modality", "part", "place_id", "valid_time")


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
    """

    claims: tuple[Claim, ...]
    accepted: frozenset[str] = frozenset()


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


def apply_judgements(claims: Iterable[Claim], judgements: Sequence[Judgement]) -> Verdicts:
    """
    Return the claims with every standing judgement applied; the last one on a claim wins.

    A corrected claim keeps its id, so that a judgement on it can be undone.

    Raises
    ------
    UsageError
        If a correction names a field that can't be corrected, or a value that it can't take.
    """
    last = {j.target: j for j in standing(judgements)}
    if not last:
        return Verdicts(claims=tuple(claims))
    kept, accepted = [], set()
    for claim in claims:
        judgement = last.get(claim.claim_id)
        if judgement is None:
            kept.append(claim)
        elif judgement.verdict is not Verdict.REJECT:
            kept.append(_corrected(claim, judgement))
            accepted.add(claim.claim_id)
    return Verdicts(claims=tuple(kept), accepted=frozenset(accepted))


def _corrected(claim: Claim, judgement: Judgement) -> Claim:
    for field, value in sorted(judgement.corrections.items()):
        claim = _with(claim, field, value, judgement.judgement_id)
    return claim


def _with(claim: Claim, field: str, value: str | None, judgement_id: str) -> Claim:
    if field not in CORRECTABLE:
        known = ", ".join(CORRECTABLE)
        raise UsageError(f"judgement {judgement_id} corrects {field!r}, which can't be. Correct one of: {known}.")
    changes: dict[str, Any] = {field: value}
    try:
        if field == "kind":
            changes = {"kind": Kind(value or "")}
        elif field == "modality":
            changes = {"modality": Modality(value or "")}
        elif field == "place_id":
            changes = {"place": replace(claim.place, place_id=value, score=1.0 if value else 0.0)}
        elif field == "valid_time":
            start, stop = edtf_bounds(value) if value else (None, None)
            changes = {"valid_time": value, "valid_from": start, "valid_to": stop}
    except ValueError as error:
        raise UsageError(f"judgement {judgement_id} corrects {field} to {value!r}: {error}") from None
    return replace(claim, **changes)
