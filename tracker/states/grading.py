"""Each claim graded as analysts write it: the source's letter, the claim's number (NATO AJP-2.1, 2016)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from tracker.model import Claim, Modality
from tracker.states.copies import cluster_copies
from tracker.states.evidence import Evidence, fusible, weigh
from tracker.states.sources import SourceIndex
from tracker.states.timing import claim_bounds
from tracker.states.votes import voice

__all__ = ["CONFIRMED", "credibilities"]

CONFIRMED = 1
_SAME_TIME = dt.timedelta(days=7)  # two reports of one change are printed within a week


def credibilities(
    claims: Iterable[Claim],
    sources: SourceIndex,
    *,
    accepted: Collection[str] = (),
    against: Collection[str] = (),
) -> Mapping[str, int]:
    """
    Return the Admiralty credibility of the claims about one place, 1 to 6, by claim id.

    1 confirmed: a person accepted it, or another source says the same of that time
    that is no copy of it. 2 probably true: asserted. 3 possibly true: hedged.
    4 doubtful: told by the side that gains, or a source that favours it, alone.
    5 improbable: `against` what the others make likelier. 6 can't be judged: not
    real, or not about who holds the place.
    """
    told = list(claims)
    found = {claim.claim_id: 6 for claim in told}
    weighed = [e for cluster in cluster_copies(fusible(told, None)) if (e := weigh(cluster, sources, accepted))]
    alike: dict[tuple[object, ...], list[Evidence]] = defaultdict(list)
    for e in weighed:
        alike[e.proposition].append(e)
    for e in weighed:
        confirmed = any(_confirms(other, e) for other in alike[e.proposition])
        for claim in e.claims:
            found[claim.claim_id] = _grade(claim, e, confirmed, accepted, against)
    return found


def _grade(claim: Claim, e: Evidence, confirmed: bool, accepted: Collection[str], against: Collection[str]) -> int:
    if confirmed or claim.claim_id in accepted:
        return CONFIRMED
    if claim.claim_id in against:
        return 5
    if e.partisan and not e.against_interest:
        return 4
    return 3 if claim.modality is Modality.HEDGED else 2


def _confirms(other: Evidence, e: Evidence) -> bool:
    if other is e or voice(other) == voice(e):
        return False
    if other.partisan and e.partisan:
        return False
    one, two = claim_bounds(other.claim), claim_bounds(e.claim)
    if one.start is None or two.start is None:
        return False
    return abs(one.start - two.start) <= _SAME_TIME
