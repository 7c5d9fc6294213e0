"""Sides by one id each, where reports call them by a name, by its short form or by both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracker.model import Claim

__all__ = ["with_full_ids"]


def with_full_ids(claims: Sequence[Claim], beside: Iterable[str] = ()) -> Sequence[Claim]:
    """
    Return claims in which "other:rsf" and "other:rapid support forces" are "other:rapid support forces (rsf)".

    Only where somebody calls that side by both, and no other by the same half.

    Parameters
    ----------
    beside
        Ids of sides that other claims speak of.
    """
    told = {side for claim in claims for side in (claim.actor, claim.counter_actor) if side is not None}
    full = _full_ids(told.union(beside))
    if not full:
        return claims
    return [_called(claim, full) for claim in claims]


def _full_ids(sides: Iterable[str]) -> Mapping[str, str]:
    """
    Return the whole id of each half that stands for one side alone.

    Examples
    --------
    >>> _full_ids(["other:dolna army (da)", "other:da", "other:dolna army", "sdf"])
    {'other:dolna army': 'other:dolna army (da)', 'other:da': 'other:dolna army (da)'}
    >>> _full_ids(["other:dolna army (da)", "other:delta army (da)"])
    {'other:dolna army': 'other:dolna army (da)', 'other:delta army': 'other:delta army (da)'}
    """
    found: dict[str, set[str]] = {}
    for side in sides:
        name, opened, short = side.removesuffix(")").partition(" (")
        if opened and side.startswith("other:"):
            for half in (name, f"other:{short}"):
                found.setdefault(half, set()).add(side)
    return {half: whole for half, (whole, *others) in found.items() if not others}


def _called(claim: Claim, full: Mapping[str, str]) -> Claim:
    actor, counter = claim.actor or "", claim.counter_actor or ""
    if actor not in full and counter not in full:
        return claim
    return replace(claim, actor=full.get(actor, claim.actor), counter_actor=full.get(counter, claim.counter_actor))
