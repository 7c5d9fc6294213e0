"""What is believed of a part of a place after the evidence of one day, read off belief and siege."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.model import ActorProbability, Status
from tracker.states.belief import CONTESTED, SHARED, UNKNOWN, Belief, doubt_of
from tracker.states.evidence import Evidence, Says
from tracker.states.siege import Siege

__all__ = ["Moment"]

SURE_ENOUGH = 0.5  # a holder must be likelier than not
RIVAL = 0.5  # a second side this near to the first, as a share of its belief, makes it one of the two
DISAGREEING = 0.4  # the two together, when one day's reports name both as the holder
REACHED_SHARE = 0.5  # a side that is there and of which nobody says that it holds the place: even odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """
    What is believed after the evidence of one day and rank; `status` None closes what stood before.

    Attributes
    ----------
    silent
        Whether nothing was told of the holder, only of a siege.
    grounds
        In words, what the holder is known by when nothing was told of it.
    """

    day: dt.date
    part: str | None = None
    group: tuple[Evidence, ...] = ()
    status: Status | None = None
    holder: str | None = None
    candidates: tuple[ActorProbability, ...] = ()
    fraction: tuple[float, float] | None = None
    besieged: bool = False
    besieger: str | None = None
    siege_votes: tuple[Evidence, ...] = ()
    ground_votes: tuple[Evidence, ...] = ()
    p: float = 0.0
    doubt: float = 1.0
    silent: bool = False
    grounds: str = ""

    @property
    def is_held(self) -> bool:
        """Whether somebody holds the place."""
        return self.status is Status.HELD

    @property
    def reading(self) -> tuple[object, ...]:
        """What a state says; moments that read the same make one state."""
        sides = tuple(sorted(c.actor for c in self.candidates))
        return (self.status, self.holder, sides, self.fraction, self.besieged, self.besieger)

    @classmethod
    def closing(cls, day: dt.date) -> Moment:
        """Return the moment from which nothing is said of a part any more."""
        return cls(day=day)

    @classmethod
    def of(cls, day: dt.date, group: Sequence[Evidence], belief: Belief, siege: Siege, part: str | None) -> Moment:
        """Read a belief and a siege."""
        best = belief.best()
        rivals = sorted((a for a in belief.p if not a.startswith("*")), key=lambda a: (-belief.p[a], a))
        first = rivals[0] if rivals else None
        second = rivals[1] if len(rivals) > 1 else None
        status, holder, p = Status.UNKNOWN, None, belief.p[UNKNOWN]
        if best == CONTESTED:
            status, holder, p = Status.CONTESTED, belief.main_side(), belief.p[CONTESTED]
        elif best == SHARED:
            status, holder, p = Status.SHARED, belief.incumbent, belief.p[SHARED]
        elif first and second and _is_one_of(belief.p[first], belief.p[second], group):
            status, p = Status.ONE_OF, belief.p[first] + belief.p[second]
        elif first and belief.p[first] >= SURE_ENOUGH:
            status, holder, p = Status.HELD, first, belief.p[first]
        candidates, fraction = _candidates(status, holder, belief, group)
        return cls(
            day=day,
            part=part,
            group=tuple(group),
            status=status,
            holder=holder,
            candidates=candidates,
            fraction=fraction,
            besieged=bool(siege.on),
            besieger=siege.besieger if siege.on else None,
            siege_votes=siege.votes,
            ground_votes=tuple(v for actor in sorted(belief.ground) for v in belief.ground[actor].votes),
            p=p,
            doubt=doubt_of(belief.p),
        )


def _candidates(
    status: Status, holder: str | None, belief: Belief, group: Sequence[Evidence]
) -> tuple[tuple[ActorProbability, ...], tuple[float, float] | None]:
    if status is Status.HELD and holder is not None:
        return (ActorProbability(actor=holder, p=round(belief.p[holder], 4)),), None
    if status in (Status.CONTESTED, Status.SHARED):
        return _sides(belief)
    actors = {a: p for a, p in belief.p.items() if not a.startswith("*")}
    if status is Status.ONE_OF:
        return _ordered(actors)[:2], None
    lost = {e.actor for e in group if e.says is Says.LOST}
    odds = {a: p for a, p in actors.items() if p >= 0.05 and a not in lost}
    for actor in belief.near:
        odds[actor] = max(odds.get(actor, 0.0), REACHED_SHARE / len(belief.near))
    return _ordered(odds), None


def _sides(belief: Belief) -> tuple[tuple[ActorProbability, ...], tuple[float, float] | None]:
    """Return the sides of a contested place by how much of it they are said to hold."""
    ground = belief.ground
    known = {a: sum(g.fraction) / 2 for a, g in ground.items() if g.fraction is not None}
    left = max(0.0, 1.0 - sum(known.values()))
    others = [a for a in ground if a not in known]
    share = {**known, **{a: left / len(others) for a in others}}
    total = sum(share.values()) or 1.0
    ordered = _ordered({a: s / total for a, s in share.items()})
    if not ordered or not known:
        return ordered, None
    first = ordered[0].actor
    fraction = ground[first].fraction
    if fraction is None and len(ordered) == 2:
        other = ground[ordered[1].actor].fraction
        fraction = None if other is None else (round(1 - other[1], 4), round(1 - other[0], 4))
    return ordered, fraction


def _ordered(odds: dict[str, float]) -> tuple[ActorProbability, ...]:
    return tuple(ActorProbability(actor=a, p=round(p, 4)) for a, p in sorted(odds.items(), key=lambda o: (-o[1], o[0])))


def _is_one_of(first: float, second: float, group: Sequence[Evidence]) -> bool:
    """Tell whether two sides are about as likely; sides named on one day need not outweigh that it is neither."""
    named = {e.actor for e in group if e.says is Says.HELD and not e.implied}
    if second < RIVAL * first:
        return False
    return first + second >= DISAGREEING if len(named) > 1 else first < SURE_ENOUGH <= first + second
