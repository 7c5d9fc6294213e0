"""What claims say about a place, as weighed evidence that can be put on a time line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from tracker.model import Claim, Kind, Modality
from tracker.states.sources import SourceIndex

__all__ = ["FULL_SHARE", "Evidence", "Says", "fusible", "is_partial", "names_a_part", "of_its_part", "weigh"]

FULL_SHARE = 0.95  # a share said to be this large is the whole, but for pockets
PLACE_DOUBT = 0.5  # share of the doubt about the place that counts: reports that err here err together
HEDGED = 0.7  # "reportedly", "claimed": a third off; own choice, no study gives a number for news
ACCEPTED = 0.99  # a person has read the sentence and says that it is so
EVENTS = frozenset({Kind.GAINS, Kind.LOSES, Kind.WITHDRAWS, Kind.ENTERS, Kind.CONTESTS, Kind.BREAKS_SIEGE})
LOOSE_PARTS = frozenset({"parts"})  # "parts of the city": which, nobody can tell


class Says(StrEnum):
    """What a piece of evidence says about who holds a place."""

    HELD = "held"  # the whole of it, by the actor
    SHARED = "shared"  # the whole of it, by the actor and the other together
    GROUND = "ground"  # the actor holds some of it
    CONTESTED = "contested"  # two sides hold ground in it
    LOST = "lost"  # the actor holds it no longer
    REACHED = "reached"  # the actor is in it; nobody says that it holds it
    PRESENT = "present"  # nothing about the holder (sieges)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """
    One vote: a claim together with its near-copies.

    Attributes
    ----------
    claims
        The earliest claim first, then its copies.
    actor, other
        The side that it speaks of, and the side against it.
    part
        None for the whole place.
    weight
        Chance that it may be relied upon, 0 to 1; otherwise it tells nothing.
    partisan
        Whether it comes from a source that gains by it.
    against_interest
        Whether it comes from a source that loses by it.
    event
        Whether it tells of a change, not of how things stand.
    day, rank
        Where it stands on the time line; `rank` orders what one report tells of one day.
    open_start
        Whether it was so for some time before `day`.
    implied
        Whether it is only implied ("taken from X": X held it before).
    siege
        True: besieged; False: the siege is over; None: no word of a siege.
    besieger
        Who besieges.
    foreign
        Whether it speaks of the whole place in the time line of a part.
    """

    claims: tuple[Claim, ...]
    says: Says
    actor: str | None
    other: str | None
    part: str | None
    fraction: tuple[float, float] | None
    weight: float
    partisan: bool
    against_interest: bool
    event: bool
    siege: bool | None = None
    besieger: str | None = None
    day: dt.date = dt.date.min
    rank: int = 0
    open_start: bool = False
    implied: bool = False
    foreign: bool = False

    @property
    def claim(self) -> Claim:
        """The claim that leads the others."""
        return self.claims[0]

    @property
    def proposition(self) -> tuple[str, str | None, str | None]:
        """What it says, whoever says it and whenever."""
        return (self.says, self.actor, self.part)


def fusible(claims: Iterable[Claim], known_by: dt.date | None) -> list[Claim]:
    """
    Return the claims that may speak of control, each once, ordered by id.

    Left out are unreal ones, what was published after `known_by` (and what has
    no publication day when `known_by` is given: nobody can say that it was known),
    what is only near a place, and places that were not resolved.
    """
    kept = {}
    for claim in claims:
        late = known_by is not None and (claim.published is None or claim.published > known_by)
        near = claim.kind is Kind.APPROACHES or bool(claim.distance_m)
        if not (late or near or claim.modality is Modality.UNREAL or claim.place.place_id is None):
            kept[claim.claim_id] = claim
    return [kept[claim_id] for claim_id in sorted(kept)]


def weigh(cluster: tuple[Claim, ...], sources: SourceIndex, accepted: Collection[str] = ()) -> Evidence | None:
    """
    Turn a claim and its copies into evidence; None when it tells nothing.

    Parameters
    ----------
    cluster
        Near-copies of one claim, the earliest first: it alone gives the weight. Of several printed on the first day,
        the one whose source may be relied upon most leads: who copied whom that day nobody can tell.
    accepted
        Ids of claims that a person has confirmed.
    """
    claim = cluster[0]
    if len(cluster) > 1:
        claim = max((c for c in cluster if c.published == claim.published), key=lambda c: _reliance(c, sources))
        cluster = (claim, *(c for c in cluster if c is not claim))
    said = _says(claim)
    if said is None:
        return None
    says, actor, other = said
    leaning = sources.leaning(claim, *_gainer_and_loser(claim))
    weight = _reliance(claim, sources)
    is_accepted = any(c.claim_id in accepted for c in cluster)
    if is_accepted:
        weight = ACCEPTED
    return Evidence(
        claims=cluster,
        says=says,
        actor=actor,
        other=other if other != actor else None,
        part=claim.part,
        fraction=claim.fraction,
        weight=min(weight, ACCEPTED),
        partisan=not is_accepted and (leaning > 0 or _speaks_for_itself(claim)),
        against_interest=leaning < 0,
        event=claim.kind in EVENTS,
        siege={Kind.BESIEGES: True, Kind.BREAKS_SIEGE: False}.get(claim.kind),
        besieger=claim.actor if claim.kind is Kind.BESIEGES else None,
    )


def _reliance(claim: Claim, sources: SourceIndex) -> float:
    """Return the chance that a claim may be relied upon, whoever gains by it."""
    reliability, _ = sources.of(claim)
    weight = reliability * claim.confidence * (1.0 - PLACE_DOUBT * (1.0 - (claim.place.score or 1.0)))
    return weight * HEDGED if claim.modality is Modality.HEDGED else weight


def of_its_part(evidence: Evidence) -> Evidence | None:
    """Return the evidence as it reads in the time line of its own part: about the whole of that part."""
    said = _says(replace(evidence.claim, part=None))
    if said is None:
        return None
    says, actor, other = said
    return replace(evidence, says=says, actor=actor, other=other if other != actor else None)


def is_partial(claim: Claim) -> bool:
    """Tell whether only some of the place is meant."""
    return claim.part is not None or (claim.fraction is not None and claim.fraction[0] < FULL_SHARE)


def names_a_part(part: str | None) -> bool:
    """Tell whether a part can be drawn: a compass word, a quarter, but not just "parts"."""
    return part is not None and part not in LOOSE_PARTS


def _says(claim: Claim) -> tuple[Says, str | None, str | None] | None:
    kind, actor, counter = claim.kind, claim.actor, claim.counter_actor
    if kind is Kind.LOSES and counter is not None:
        kind, actor, counter = Kind.GAINS, counter, actor
    if kind is Kind.GAINS and actor is None:
        kind, actor, counter = Kind.LOSES, counter, None
    if kind in (Kind.GAINS, Kind.HOLDS):
        if actor is None:
            return None
        if claim.part == "outskirts":  # the suburbs of a town are not the town
            return (Says.REACHED if kind is Kind.GAINS else Says.PRESENT, actor, counter)
        return (Says.GROUND if is_partial(claim) else Says.HELD, actor, counter)
    if kind in (Kind.LOSES, Kind.WITHDRAWS):
        if not is_partial(claim):
            return (Says.LOST, actor, None)
        return None if claim.part == "outskirts" else (Says.CONTESTED, actor, None)
    if kind is Kind.ENTERS:
        reached = Says.PRESENT if claim.part == "outskirts" else Says.REACHED
        return (reached, actor, counter) if actor else None
    if kind is Kind.CONTESTS:
        return (Says.PRESENT if claim.part == "outskirts" else Says.CONTESTED, actor, counter)
    return (Says.PRESENT, counter if kind is Kind.BESIEGES else actor, None)


def _gainer_and_loser(claim: Claim) -> tuple[str | None, str | None]:
    if claim.kind in (Kind.LOSES, Kind.WITHDRAWS):
        return claim.counter_actor, claim.actor
    if claim.kind is Kind.CONTESTS:
        return None, None
    return claim.actor, claim.counter_actor


def _speaks_for_itself(claim: Claim) -> bool:
    """Tell whether the side that gains is the one that says so."""
    if not claim.attributed_to or not claim.actor_text or len(claim.actor_text) < 4:
        return False
    return claim.actor_text.casefold() in claim.attributed_to.casefold()
