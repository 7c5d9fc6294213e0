"""Claims and judgements into states: who holds a place, over which days, on what grounds."""

from tracker.states.changes import Change, Conflict, conflicts, diff_states
from tracker.states.decisions import check_decision, standing_reading, within
from tracker.states.explaining import explain, faded, find_place
from tracker.states.fusion import fuse, fuse_place, states_at, with_place_fused_again
from tracker.states.judgements import apply_judgements, claims_of_place
from tracker.states.reviewing import ReviewItem, review_queue
from tracker.states.sources import Source, SourceIndex
from tracker.states.timing import claim_bounds

__all__ = [
    "Change",
    "Conflict",
    "ReviewItem",
    "Source",
    "SourceIndex",
    "apply_judgements",
    "check_decision",
    "claim_bounds",
    "claims_of_place",
    "conflicts",
    "diff_states",
    "explain",
    "faded",
    "find_place",
    "fuse",
    "fuse_place",
    "review_queue",
    "standing_reading",
    "states_at",
    "with_place_fused_again",
    "within",
]
