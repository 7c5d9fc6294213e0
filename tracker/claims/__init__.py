"""What reports say about control, read into claims."""

from tracker.claims.actors.index import ActorIndex, ActorMention
from tracker.claims.dates.mentions import find_dates
from tracker.claims.door import BatchExtractor, Extractor, ExtractorContext, extractor_names, load_extractor
from tracker.claims.explain import explain_claims
from tracker.claims.extract import Located, extract, extract_all
from tracker.claims.gate import LONGEST_REPORT, may_claim
from tracker.claims.rejections import Rejection

__all__ = [
    "LONGEST_REPORT",
    "ActorIndex",
    "ActorMention",
    "BatchExtractor",
    "Extractor",
    "ExtractorContext",
    "Located",
    "Rejection",
    "explain_claims",
    "extract",
    "extract_all",
    "extractor_names",
    "find_dates",
    "load_extractor",
    "may_claim",
]
