"""Claims and judgements into states: who holds a place, over which days, on what grounds."""

from tracker.states.explaining import explain, faded, find_place
from tracker.states.fusion import fuse, fuse_place, states_at

__all__ = ["explain", "faded", "find_place", "fuse", "fuse_place", "states_at"]
