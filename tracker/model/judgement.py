"""A person's verdict."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Judgement", "Verdict"]


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
        Id of what is judged: a claim id, a judgement id (to undo it), or a
        place id with a part and a day for a state.
    corrections
        Field name to new value, empty unless the verdict is `CORRECT`.
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
