"""Claims and judgements into states: who holds a place, over which days, on what grounds."""

from tracker.states.changes import Change, Conflict, conflicts, diff_states
from tracker.states.explaining import explain, faded, find_place
from tracker.states.fusion import fuse, fuse_place, states_at, with_place_fused_again
from tracker.states.reviewing import ReviewItem, review_queue
from tracker.states.sources import Source, SourceIndex

__all__ = [
    "Change",
    "Conflict",
    "ReviewItem",
    "Source",
    "SourceIndex",
    "conflicts",
    "diff_states",
    "explain",
    "faded",
    "find_place",
    "fuse",
    "fuse_place",
    "review_queue",
    "states_at",
    "with_place_fused_again",
]
