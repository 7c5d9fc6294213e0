"""What reports say about control, read into claims."""

from tracker.claims.actors import ActorIndex, ActorMention
from tracker.claims.dates import find_dates
from tracker.claims.explain import explain_claims
from tracker.claims.extract import extract

__all__ = ["ActorIndex", "ActorMention", "explain_claims", "extract", "find_dates"]
