"""Takings told again under another date or in part: nobody takes a place twice unless it was another's in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker.claims.sameness import is_real, same_place
from tracker.model import Claim, Kind, Modality

__all__ = ["told_before"]

_A_DAY = len("2017-09-05")
_ONE_EVENT = 45  # days that reports give one taking: they date it by its start, its end or the day they heard of it


def told_before(claim: Claim, claims: Sequence[Claim]) -> Claim | None:
    """
    Return the taking that a taking tells again, None when it is new: "retook X on Friday … X was seized on Thursday".

    A part taken after another part, or all of it after a part, is a taking of its own.

    Parameters
    ----------
    claims
        All claims of the report, in the order of the text, `claim` among them.
    """
    if claim.kind is not Kind.GAINS or not is_real(claim) or claim.actor is None:
        return None
    for other in claims:
        if other is claim:
            return None
        taken = other.kind is Kind.GAINS and other.actor == claim.actor and is_real(other)
        taken = taken and other.told_at != claim.told_at  # "in 2015 and again in 2016" are two
        taken = taken and not (other.modality is Modality.HEDGED and claim.modality is Modality.ASSERTED)
        if taken and same_place(claim, other) and _covers(other, claim) and _near(other, claim):
            there = [one for one in claims if same_place(claim, one)]
            if not any(_changes(one, other, claim) for one in there):
                return other
    return None


def _covers(taken: Claim, claim: Claim) -> bool:
    """Tell whether a taking says all that a claim says of the extent; what is taken of a place days later is new."""
    alike = taken.part == claim.part and taken.fraction == claim.fraction
    whole = taken.part is None and taken.fraction is None
    return alike or (whole and not _days_later(taken, claim))


def _days_later(taken: Claim, claim: Claim) -> bool:
    """Tell whether a claim is told of a day after that of a taking: "said on Friday that X had fallen … on Sunday"."""
    days = [one.valid_time or "" for one in (taken, claim)]
    return all(len(day) == _A_DAY for day in days) and days[0] < days[1]


def _near(one: Claim, other: Claim) -> bool:
    first, second = _days(one), _days(other)
    if first is None or second is None:
        return True
    apart = max(second[0] - first[1], first[0] - second[1]).days
    longest = max(last - begin for begin, last in (first, second)).days
    return apart < 0 or (apart <= _ONE_EVENT and longest <= _ONE_EVENT)


def _days(claim: Claim) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of an event; one that is only bounded lies at its bound."""
    first, last = claim.valid_from or claim.valid_to, claim.valid_to or claim.valid_from
    return (first, last) if first is not None and last is not None else None


def _changes(one: Claim, taken: Claim, claim: Claim) -> bool:
    """Tell whether a claim says that the place went to another side between two takings, by its days or its words."""
    if one is taken or one is claim or not is_real(one):
        return False
    lost = one.kind in {Kind.LOSES, Kind.WITHDRAWS} and one.actor == claim.actor
    if not lost and not (one.kind is Kind.GAINS and one.actor not in {None, claim.actor}):
        return False
    days = [_days(told) for told in (one, taken, claim)]
    if any(day is None for day in days):
        return taken.quote_start <= one.quote_start <= claim.quote_start
    at, first, second = (day for day in days if day is not None)
    return min(first[0], second[0]) <= at[1] and at[0] <= max(first[1], second[1])
