"""Who held which place when, in columns."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.states.column_keys import Whole

__all__ = ["HELD", "ONE_OF", "OPEN", "UNKNOWN", "Intervals"]

OPEN = int(np.iinfo(np.int32).max)
HELD, ONE_OF, UNKNOWN = 0, 1, 2
_KINDS = (np.int32, np.int8, np.int32, np.int32, np.int32, np.int32, np.float32)


class Intervals(NamedTuple):
    """
    Who held which place when: parallel arrays, ordered by place and first day.

    Attributes
    ----------
    place, actor, other
        As numbered by the caller. `actor` is the holder, or with `other` one of the two that may be; -1 is nobody.
    status
        0 held, 1 one of two, 2 unknown.
    start, stop
        Half-open, in days as counted by `datetime.date.toordinal`; `stop` of what is still so is `OPEN`.
    probability
        As in `State.probability`; of an unknown holder the odds that it is none.
    """

    place: Whole
    status: npt.NDArray[np.int8]
    actor: Whole
    other: Whole
    start: Whole
    stop: Whole
    probability: npt.NDArray[np.float32]

    @classmethod
    def room(cls, size: int) -> Intervals:
        """Return arrays of this size, not filled."""
        made: list[Any] = [np.empty(size, kind) for kind in _KINDS]
        return cls(*made)
