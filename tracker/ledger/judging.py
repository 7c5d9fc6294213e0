"""Judgements, signed and dated."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

from tracker.errors import UsageError
from tracker.model import Judgement, Verdict

__all__ = ["make_judgement"]


def make_judgement(
    target: str,
    verdict: Verdict,
    *,
    by: str,
    on: dt.datetime,
    corrections: Mapping[str, str | None] | None = None,
    note: str | None = None,
) -> Judgement:
    """
    Return a judgement whose id is the hash of what it is made of.

    Parameters
    ----------
    by
        Who signs.
    on
        When, with its time zone; kept in UTC to the second.

    Raises
    ------
    UsageError
        If nobody signs.

    Examples
    --------
    >>> made = make_judgement("c-1", Verdict.REJECT, by="Anna", on=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    >>> made.judgement_id
    'j-4182fbab8a6d7033'
    """
    if not by.strip():
        raise UsageError("a judgement is signed: name who judges")
    when = on.astimezone(dt.UTC).replace(microsecond=0)
    changes = dict(sorted((corrections or {}).items()))
    packed = json.dumps([target, verdict, by, when.isoformat(), changes, note], separators=(",", ":"))
    return Judgement(
        judgement_id="j-" + hashlib.sha256(packed.encode("ascii")).hexdigest()[:16],
        target=target,
        verdict=verdict,
        judged_by=by,
        judged_on=when,
        corrections=changes,
        note=note,
    )
