"""How much belief a claim deserves: the record of its frame, lowered by each step that had to be guessed."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tracker.claims.roles.filling import Finding
from tracker.model import Kind, Modality

__all__ = ["SIGNS", "WEIGHTS", "belief_of", "confidence_of", "signs_of", "with_side"]

# Log-odds, fitted by benchmarks/claims_calibration.py --fit: `bias`, `prior` times the log-odds of the frame's prior,
# and each sign once, or once for each sentence looked back.
WEIGHTS: Mapping[str, float] = {
    "bias": 0.07,
    "prior": 0.95,
    "hedged": -0.1,
    "window": -0.2,
    "no_side": -2.18,
    "side_back": -0.28,
    "side_inferred": -0.42,
    "place_back": -0.37,
    "unresolved": -0.46,
    "area": -0.83,
    "loses": -1.46,
    "withdraws": -0.82,
    "enters": -0.22,
    "besieges": -0.1,
    "contests": -0.1,
}
SIGNS = frozenset(WEIGHTS) - {"bias", "prior"}
_KINDS = frozenset({Kind.LOSES, Kind.WITHDRAWS, Kind.ENTERS, Kind.BESIEGES, Kind.CONTESTS})
_AREAS = ("ADM", "RGN")
_FARTHEST = 6  # sentences: what is farther back is no less sure
_LEAST, _MOST = 0.05, 0.97  # no rule is always wrong, none always right


def signs_of(finding: Finding, kind: Kind, modality: Modality, *, window: bool) -> dict[str, int]:
    """
    Return how often each sign of doubt weighs on a finding; signs that don't are left out.

    `kind` is that of the claim, which may be another than that of the finding.
    """
    actor, counter, place = finding.actor, finding.counter, finding.place
    side = counter if kind is Kind.LOSES and actor is None else actor
    resolved = place.ref.resolution is not None and place.ref.resolution.place_id is not None
    signs = {
        "hedged": int(modality is Modality.HEDGED),
        "window": int(window),
        "no_side": int(side is None),
        "side_back": _steps(None if side is None else side.sentences_back),
        "side_inferred": int(finding.inferred and side is not None),
        "place_back": 0 if finding.entry else _steps(place.sentences_back),
        "unresolved": int(not resolved),
        "area": int(place.ref.feature.startswith(_AREAS)),
        kind.value: int(kind in _KINDS),
    }
    return {name: count for name, count in signs.items() if count}


def _steps(sentences_back: int | None) -> int:
    return 0 if sentences_back is None else min(sentences_back + 1, _FARTHEST)


def belief_of(prior: float, signs: Mapping[str, int], weights: Mapping[str, float] = WEIGHTS) -> float:
    """
    Return belief in a claim of a frame with this prior.

    Examples
    --------
    >>> weights = {"bias": 0.0, "prior": 1.0, "place_back": math.log(0.5)}
    >>> round(belief_of(0.8, {"place_back": 2}, weights), 6)
    0.5
    """
    odds = weights["bias"] + weights["prior"] * _log_odds(prior)
    odds += sum(weights[name] * count for name, count in signs.items())
    return min(max(1 / (1 + math.exp(-odds)), _LEAST), _MOST)


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


def confidence_of(finding: Finding, kind: Kind, modality: Modality, *, window: bool) -> float:
    """Return belief that a careful reader would make the same claim, 0 to 1, to two decimals."""
    return round(belief_of(finding.frame.prior, signs_of(finding, kind, modality, window=window)), 2)


def with_side(confidence: float) -> float:
    """Return the confidence of a claim by nobody named once its side is inferred from the other claims."""
    odds = _log_odds(confidence) - WEIGHTS["no_side"] + WEIGHTS["side_inferred"]
    return round(min(max(1 / (1 + math.exp(-odds)), _LEAST), _MOST), 2)
