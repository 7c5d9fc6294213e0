"""A person's verdict."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from tracker.errors import UsageError
from tracker.model.time import DateBounds, edtf_bounds

__all__ = ["Judgement", "StateTarget", "Verdict", "mention_target", "state_target"]

_STATE = re.compile(r"(?P<place>[^@\[\]]+)(?:\[(?P<part>[^\[\]]+)\])?@(?P<days>[0-9.][0-9X./?~%-]*)")
_MENTION = re.compile(r".+#\d+", re.DOTALL)


class Verdict(StrEnum):
    """What a person decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """
    A person's verdict on a claim, a resolution or a state: appended, never changed.

    Attributes
    ----------
    target
        Id of what is judged: a claim id, a mention (see `mention_target`), a
        state (see `state_target`), or a judgement id (to undo it).
    corrections
        Field name to new value. Empty for an undo and for an accepted or rejected claim or mention;
        for an accepted or rejected state, what the state was when it was judged.
    judged_by
        Who signs.
    judged_on
        When, in UTC, to the second.
    """

    judgement_id: str
    target: str
    verdict: Verdict
    judged_by: str
    judged_on: dt.datetime
    corrections: dict[str, str | None]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTarget:
    """
    The states of a place or a part of it over some days, as a judgement names them.

    Attributes
    ----------
    part
        None for the whole place.
    days
        EDTF day or interval, as written.
    bounds
        Its half-open days.
    """

    place_id: str
    part: str | None
    days: str
    bounds: DateBounds

    @classmethod
    def read(cls, target: str) -> StateTarget | None:
        """
        Read the target of a judgement; None when it names no state.

        Raises
        ------
        DateError
            If it does, but its days are none.

        Examples
        --------
        >>> StateTarget.read("tk:dolna[north]@2016-01-01/..").part
        'north'
        >>> StateTarget.read("c-0123456789abcdef") is None
        True
        """
        found = None if _MENTION.fullmatch(target) else _STATE.fullmatch(target)
        if found is None:
            return None
        days = found["days"]
        return cls(place_id=found["place"], part=found["part"], days=days, bounds=edtf_bounds(days))


def state_target(place_id: str, part: str | None, days: str) -> str:
    """
    Return how a judgement names the states of a place over some days.

    Examples
    --------
    >>> state_target("gn:170794", None, "2016-01-01/2016-06-30")
    'gn:170794@2016-01-01/2016-06-30'
    """
    target = f"{place_id}@{days}" if part is None else f"{place_id}[{part}]@{days}"
    if StateTarget.read(target) is None:
        raise UsageError(f"{target!r} names no state. Write PLACE_ID@DAYS or PLACE_ID[PART]@DAYS.")
    return target


def mention_target(report_id: str, start: int) -> str:
    """
    Return how a judgement names the place that was chosen for a mention: its report and where it starts.

    Examples
    --------
    >>> mention_target("r-1", 14)
    'r-1#14'
    """
    return f"{report_id}#{start}"
