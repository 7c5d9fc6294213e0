"""How much belief a claim deserves: the record of its frame, lowered by each step that had to be guessed."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.claims.roles.filling import Finding
from tracker.model import Modality

__all__ = ["FACTORS", "belief_of", "confidence_of", "doubts_of"]

# Half way between our estimates and what benchmarks/claims_calibration.py --fit finds on the passages that may be
# looked at: the rules were made on these, which flatters what is guessed most. `no_actor` is as fitted. `trust` is the
# power to which a frame's prior, an estimate, is raised; each other factor lowers belief for one doubt, or for each
# sentence looked back.
FACTORS: Mapping[str, float] = {
    "trust": 1.0,
    "hedged": 0.9,
    "window": 0.9,
    "no_actor": 0.47,
    "actor_back": 0.94,
    "place_back": 0.95,
    "unresolved": 0.9,
}
_FARTHEST = 6  # sentences: what is farther back is no less sure
_LEAST, _MOST = 0.05, 0.97  # no rule is always wrong, none always right


def doubts_of(finding: Finding, modality: Modality, *, window: bool) -> dict[str, int]:
    """Return how often each doubt weighs on a finding; doubts that don't are left out."""
    actor, place = finding.actor, finding.place
    resolved = place.ref.resolution is not None and place.ref.resolution.place_id is not None
    doubts = {
        "hedged": int(modality is Modality.HEDGED),
        "window": int(window),
        "no_actor": int(actor is None and finding.counter is None),
        "actor_back": _steps(None if actor is None else actor.sentences_back),
        "place_back": _steps(place.sentences_back),
        "unresolved": int(not resolved),
    }
    return {name: count for name, count in doubts.items() if count}


def _steps(sentences_back: int | None) -> int:
    return 0 if sentences_back is None else min(sentences_back + 1, _FARTHEST)


def belief_of(prior: float, doubts: Mapping[str, int], factors: Mapping[str, float] = FACTORS) -> float:
    """
    Return belief in a claim of a frame with this prior.

    Examples
    --------
    >>> belief_of(0.8, {"place_back": 2}, {"trust": 1.0, "place_back": 0.5})
    0.2
    """
    belief: float = prior ** factors["trust"]
    for name, count in doubts.items():
        belief *= factors[name] ** count
    return min(max(belief, _LEAST), _MOST)


def confidence_of(finding: Finding, modality: Modality, *, window: bool) -> float:
    """Return belief that a careful reader would make the same claim, 0 to 1, to two decimals."""
    return round(belief_of(finding.frame.prior, doubts_of(finding, modality, window=window)), 2)
