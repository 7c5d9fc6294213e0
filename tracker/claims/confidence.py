"""How much belief a claim deserves: the record of its frame, lowered by each step that had to be guessed."""

from __future__ import annotations

from tracker.claims.matching import Finding
from tracker.model import Modality

__all__ = ["confidence_of"]

# Shares of right claims on the seen development passages against those of claims without the doubt in question;
# benchmarks/claims_dev.py prints the table of reliability.
_HEDGED = 0.85
_WINDOW = 0.85
_NO_ACTOR = 0.75
_PLACE_BACK = 0.95  # a sentence that a definite noun looks back
_ACTOR_BACK = 0.94
_UNRESOLVED = 0.9


def confidence_of(finding: Finding, modality: Modality, *, window: bool) -> float:
    """Return belief that a careful reader would make the same claim, 0 to 1, to two decimals."""
    belief = finding.frame.prior
    if modality is Modality.HEDGED:
        belief *= _HEDGED
    if window:
        belief *= _WINDOW
    if finding.actor is None and finding.counter is None:
        belief *= _NO_ACTOR
    elif finding.actor is not None and finding.actor.sentences_back is not None:
        belief *= _ACTOR_BACK ** min(finding.actor.sentences_back + 1, 6)
    if finding.place.sentences_back is not None:
        belief *= _PLACE_BACK ** min(finding.place.sentences_back + 1, 8)
    if finding.place.ref.resolution is None or finding.place.ref.resolution.place_id is None:
        belief *= _UNRESOLVED
    return round(belief, 2)
