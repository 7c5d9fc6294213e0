"""Sieges that a text tells only by what is done, asked or promised to end them: who lays them, and that they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.sameness import bare_day, is_real, same_place
from tracker.model import Claim, Kind, Modality

__all__ = ["still_besieged", "unbroken"]

_PRESUMED = 0.5  # belief in a siege that is only told of as one to be broken
_SIEGE_OF = re.compile(r"\b(?:siege|blockade|encirclement) (?:of|on|around)\b")
_BE = re.compile(r"\bbe(?:en)? \Z")
_LIFT = re.compile(r"lift|end\b|ease", re.IGNORECASE)  # what who besieges a place does when he is asked to
_ASKED = re.compile(
    r"call|urg|ask|appeal|demand|press|promis|pledg|agree|refus|declin|accus|not\b|never|w(?:ill|ould)\b", re.IGNORECASE
)


def unbroken(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Tell whether only that a siege is not lifted, or should be, tells of it: "called on them to lift the siege"."""
    if claim.kind is not Kind.BREAKS_SIEGE or is_real(claim) or _SIEGE_OF.search(claim.quote) is None:
        return False
    told = (other for other in claims if other.kind in {Kind.BESIEGES, Kind.BREAKS_SIEGE} and is_real(other))
    return not any(same_place(claim, other) for other in told)


def still_besieged(claim: Claim) -> Claim:
    """Return the siege that is there for somebody to break; who fights to lift it did not lay it."""
    at = (claim.told_at or claim.quote_start) - claim.quote_start
    asked = claim.actor_text is not None and _ASKED.match(claim.cue or "") is not None  # not "tried to"
    lifts = asked and _LIFT.match(claim.quote, at) and not _BE.search(claim.quote, 0, at)
    return replace(
        claim,
        kind=Kind.BESIEGES,
        rule="the-siege-of",
        modality=Modality.ASSERTED,
        cue=None,
        actor=claim.counter_actor or (claim.actor if lifts else None),
        actor_text=None,
        counter_actor=None if asked else claim.actor,
        valid_time=bare_day(claim) or None,
        valid_from=claim.valid_to,
        confidence=min(claim.confidence, _PRESUMED),
    )
