"""What reports say about control, read into claims."""

from tracker.claims.actors import ActorIndex, ActorMention
from tracker.claims.dates import find_dates
from tracker.claims.explain import explain_claims
from tracker.claims.extract import Located, extract, extract_all
from tracker.claims.gate import may_claim

__all__ = [
    "ActorIndex",
    "ActorMention",
    "Located",
    "explain_claims",
    "extract",
    "extract_all",
    "find_dates",
    "may_claim",
]
