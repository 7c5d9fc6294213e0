"""Two sides that hold a place together: "the rebels and the brigade took the town"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from tracker.model import Kind
from tracker.states.evidence import Evidence, Says
from tracker.states.timing import claim_bounds

__all__ = ["with_joint_holders"]


def with_joint_holders(evidence: Iterable[Evidence]) -> list[Evidence]:
    """
    Turn what one sentence says of two sides alike into one vote that they share the place.

    The sides must be told to take or hold the same place at the same time in the
    same words, and neither from the other. The one named first leads.
    """
    alike: dict[tuple[object, ...], list[Evidence]] = defaultdict(list)
    found = []
    for e in evidence:
        if _may_be_joint(e):
            claim = e.claim
            words = (claim.quote_start, claim.quote_end, claim.told_at)
            alike[claim.report_id, words, claim.kind, claim.valid_time, e.part].append(e)
        else:
            found.append(e)
    for group in alike.values():
        found.extend(_joined(group))
    return found


def _may_be_joint(e: Evidence) -> bool:
    dated = claim_bounds(e.claim).start is not None or e.claim.kind is Kind.HOLDS
    return e.says is Says.HELD and e.claim.kind in (Kind.GAINS, Kind.HOLDS) and dated


def _joined(group: list[Evidence]) -> list[Evidence]:
    sides = {e.actor for e in group}
    if len(sides) < 2 or any(e.other in sides for e in group):
        return group
    ordered = sorted(group, key=_named_at)
    lead = ordered[0]
    second = next(e for e in ordered if e.actor != lead.actor)
    claims = {c.claim_id: c for e in ordered for c in e.claims}
    return [replace(lead, says=Says.SHARED, other=second.actor, claims=tuple(claims.values()))]


def _named_at(e: Evidence) -> tuple[int, str, str]:
    words = e.claim.actor_text
    at = e.claim.quote.find(words) if words else -1
    return (at if at >= 0 else len(e.claim.quote), e.actor or "", e.claim.claim_id)
