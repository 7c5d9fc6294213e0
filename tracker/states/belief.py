"""
Belief over who holds one place: a discrete Bayes filter over time.

The hidden state is one of: held by an actor, contested, or unknown. It is a
hidden Markov model read forwards (Rabiner, "A tutorial on hidden Markov
models", Proc. IEEE 77, 1989) with two additions. A report of a change raises the
chance that a change happened, towards what is reported. A source is either
relied upon, and then right, or tells nothing (the "knower or guesser" of
Dawid & Skene, Applied Statistics 28, 1979, and the discounting of Shafer, "A
Mathematical Theory of Evidence", 1976): a report of weight r multiplies what
contradicts it by 1 - r.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.states.evidence import Evidence, Says

__all__ = ["CONTESTED", "SHARED", "UNKNOWN", "Belief", "Ground", "combined_weight"]

CONTESTED = "*contested"
SHARED = "*shared"
UNKNOWN = "*unknown"

EVENT_HAZARD = 0.45  # chance of a change, before its report is weighed: nearly even, the report decides
FIRST_WORD = 0.5  # where nothing is known, even odds: any word is better than none
LEAST_HAZARD = 0.05  # chance that things changed since yesterday without a word
CHANGE_HALF_LIFE = 60.0  # days after which an unreported change is as likely as none, where things are in flux
SELF_SERVING = 0.6  # share of its weight that an uncorroborated claim of its own beneficiary keeps
ADMISSION = 0.5  # share of its doubt that a claim against its own source's interest keeps


@dataclass(frozen=True, slots=True)
class Ground:
    """What one side was last said to hold: which parts (``*``: unspecified), what share, since when."""

    parts: frozenset[str]
    day: dt.date
    fraction: tuple[float, float] | None = None
    votes: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class Belief:
    """
    Belief about one place on the day of the last evidence.

    Attributes
    ----------
    half_life
        Days in which belief halves when nothing is reported.
    p
        Probability by hidden state: an actor id, `CONTESTED`, `SHARED` or `UNKNOWN`.
    ground
        Sides that hold ground in it, as far as was told.
    near
        Sides that were said to be there, without a word of holding it.
    incumbent
        The side that held the whole before it became contested and has not lost it.
    """

    half_life: float
    p: dict[str, float] = field(default_factory=lambda: {UNKNOWN: 1.0})
    day: dt.date | None = None
    ground: dict[str, Ground] = field(default_factory=dict)
    near: dict[str, dt.date] = field(default_factory=dict)
    incumbent: str | None = None

    def step(self, day: dt.date, group: Sequence[Evidence]) -> None:
        """Take in all evidence of one day and rank; the order within it does not matter."""
        votes = independent_votes(group)
        took = {e.actor for e, _ in votes if e.says is Says.HELD and e.event}
        on_the_way = (Says.REACHED, Says.GROUND)  # who entered a town, took a part and then the whole has the whole
        holding = [
            (e, r)
            for e, r in votes
            if e.says is not Says.PRESENT and not (e.event and e.says in on_the_way and e.actor in took)
        ]
        if holding:
            elapsed = 0 if self.day is None or self.day == dt.date.min else (day - self.day).days
            prior = self.best()
            self._fade(elapsed)
            self._move(holding, elapsed)
            self._weigh(holding, prior)
            self.day = day
        self._remember(day, votes)

    def best(self) -> str:
        """Return the likeliest hidden state; a tie goes to the first in alphabetical order."""
        return min(self.p, key=lambda s: (-self.p[s], s))

    def main_side(self) -> str | None:
        """Return who holds most of a contested place: by the share told, the only one named, or who had it all."""
        most = {a: g.fraction for a, g in self.ground.items() if g.fraction is not None and g.fraction[0] >= 0.5}
        if most:
            return min(most, key=lambda a: (-sum(most[a]), a))
        if len(self.ground) == 1:
            return next(iter(self.ground))
        left = self.ground.get(self.incumbent) if self.incumbent is not None else None
        if left is None or (left.fraction is not None and left.fraction[1] <= 0.5):
            return None
        return self.incumbent

    def doubt(self) -> float:
        """Return the entropy of the belief, as a share of the most that it could be."""
        shares = [p for p in self.p.values() if p > 0]
        most = math.log(max(len(self.p), 2))
        return min(1.0, max(0.0, -sum(p * math.log(p) for p in shares) / most))

    def _fade(self, elapsed: int) -> None:
        kept = 0.5 ** (elapsed / self.half_life)
        for state in self.p:
            self.p[state] *= kept
        self.p[UNKNOWN] += 1.0 - kept

    def _move(self, votes: Sequence[tuple[Evidence, float]], elapsed: int) -> None:
        """Let each state pass to where the evidence says that it went, with the chance of a change."""
        unreported = min(EVENT_HAZARD, max(LEAST_HAZARD, 1.0 - 0.5 ** (elapsed / CHANGE_HALF_LIFE)))
        moved: dict[str, float] = defaultdict(float)
        for state, p in self.p.items():
            targets = [self._target(e, state) for e, _ in votes]
            for (e, _), target in zip(votes, targets, strict=True):
                if state == UNKNOWN:
                    hazard = 1.0 - (1.0 - FIRST_WORD) ** len(set(targets) - {UNKNOWN})
                elif e.event or state == CONTESTED:  # a contested place is in flux: any later word may settle it
                    hazard = EVENT_HAZARD
                else:
                    hazard = unreported
                moved[target] += p * hazard / len(votes)
                moved[state] += p * (1.0 - hazard) / len(votes)
        self.p = dict(moved)
        self.p.setdefault(UNKNOWN, 0.0)

    def _target(self, e: Evidence, state: str) -> str:
        """Return where a state goes when the evidence is right."""
        if e.says is Says.HELD:
            return e.actor or UNKNOWN
        if e.says is Says.SHARED:
            return SHARED
        if state == SHARED and e.actor in self.ground and e.says in (Says.GROUND, Says.REACHED):
            return state
        if e.says is Says.GROUND:
            return state if state == e.actor else self._after_ground(e)
        if e.says is Says.CONTESTED:
            return CONTESTED
        if e.says is Says.REACHED:
            return state if state in (e.actor, UNKNOWN) else CONTESTED
        if state == e.actor or e.actor is None:
            return UNKNOWN
        if state in (CONTESTED, SHARED) or (state == UNKNOWN and e.actor in self.ground):
            return self._left_after(e.actor)
        return state

    def _after_ground(self, e: Evidence) -> str:
        """Return who holds a place once a side has some of it: that side alone if nobody else has any left."""
        others = {a: g for a, g in self.ground.items() if a != e.actor}
        gone = e.event and e.part is not None and others and all(g.parts == {e.part} for g in others.values())
        return e.actor if gone and e.actor is not None and e.actor in self.ground else CONTESTED

    def _left_after(self, gone: str) -> str:
        left = sorted(a for a in self.ground if a != gone)
        if len(left) == 1:
            return left[0]
        return CONTESTED if left else UNKNOWN

    def _weigh(self, votes: Sequence[tuple[Evidence, float]], prior: str) -> None:
        """Weigh each state by what contradicts it; a source is reliable or not as a whole, so its worst word counts."""
        against: dict[tuple[str, str], float] = {}
        for e, weight in votes:
            for state in self.p:
                key = (state, _speaker(e))
                against[key] = max(against.get(key, 0.0), weight * self._contradiction(e, state, prior))
        for (state, _), weight in sorted(against.items()):
            self.p[state] *= 1.0 - weight
        total = sum(self.p.values())
        self.p = {state: p / total for state, p in sorted(self.p.items())}

    def _contradiction(self, e: Evidence, state: str, prior: str) -> float:
        """Return how far a state and the evidence exclude each other, 0 (not at all) to 1."""
        if e.says is Says.HELD:
            if state in (CONTESTED, SHARED) and not e.event:
                return 0.6  # "X holds the town" is loosely said where the other side still has a quarter
            return float(state != e.actor)
        if e.says is Says.SHARED:
            return float(state != SHARED)
        if e.says in (Says.GROUND, Says.REACHED) and self._target(e, state) == state:
            return 0.0
        if e.says is Says.GROUND:
            return 0.0 if state in (CONTESTED, e.actor, self._after_ground(e)) else 1.0
        if e.says is Says.CONTESTED:
            if state == CONTESTED:
                return 0.0
            return 0.7 if state == prior else 0.9  # fighting inside leaves a chance that the holder holds on
        if e.says is Says.REACHED:
            return 0.0 if state in (e.actor, UNKNOWN, CONTESTED) else 0.6
        if state in (CONTESTED, SHARED):
            return float(self._target(e, state) != state)
        return float(state == e.actor or (e.actor is None and state != UNKNOWN))

    def _remember(self, day: dt.date, votes: Sequence[tuple[Evidence, float]]) -> None:
        """Keep who holds ground in step with the belief."""
        best = self.best()
        for e, _ in votes:
            self._remember_one(day, e)
        if best == UNKNOWN:
            self.ground = {a: g for a, g in self.ground.items() if self.p.get(a, 0.0) > 0.1}
            self.incumbent = None
        elif best == SHARED:
            self._remember_shared(day, votes)
        elif best == CONTESTED and self.incumbent is None:
            whole = {e.actor for e, _ in votes if e.says is Says.HELD}
            pieces = {e.actor for e, _ in votes if e.says is Says.GROUND}
            self.incumbent = min(whole, key=str) if len(whole) == 1 and pieces <= whole else None
        elif best != CONTESTED:
            self.incumbent = best
            mine = self.ground.get(best, Ground(frozenset(), day))
            self.ground = {best: Ground(mine.parts | {"*"}, mine.day, None, mine.votes)}
            self.near = {}

    def _remember_shared(self, day: dt.date, votes: Sequence[tuple[Evidence, float]]) -> None:
        for e, _ in votes:
            if e.says is Says.SHARED and e.actor is not None and e.other is not None:
                self.ground = {side: Ground(frozenset({"*"}), day, None, (e,)) for side in (e.actor, e.other)}
                self.incumbent, self.near = e.actor, {}

    def _remember_one(self, day: dt.date, e: Evidence) -> None:
        if e.says in (Says.PRESENT, Says.REACHED):
            if e.actor is not None:
                self.near[e.actor] = day
                if e.says is Says.REACHED and self.best() == CONTESTED:
                    self._add_ground(e.actor, "*", day, e)
            return
        if e.says is Says.LOST:
            if e.actor is not None:
                self.ground.pop(e.actor, None)
                self.near.pop(e.actor, None)
            return
        if e.says is Says.GROUND and e.event and e.other is not None and self.incumbent is None:
            self.incumbent = e.other  # parts were taken from it: it had the rest
        if e.says is Says.GROUND and e.event and e.part is not None:
            self._take_from_others(e)
        if e.actor is not None:
            self._add_ground(e.actor, e.part or "*", day, e)
        if e.other is not None and e.says is not Says.HELD:
            self._add_ground(e.other, "*", day, e)

    def _take_from_others(self, e: Evidence) -> None:
        for actor, ground in list(self.ground.items()):
            if actor != e.actor and e.part in ground.parts:
                left = ground.parts - {e.part}
                if left:
                    self.ground[actor] = Ground(left, ground.day, ground.fraction, ground.votes)
                else:
                    del self.ground[actor]

    def _add_ground(self, actor: str, part: str, day: dt.date, e: Evidence) -> None:
        old = self.ground.get(actor)
        fraction = e.fraction if actor == e.actor and e.says in (Says.GROUND, Says.HELD) else None
        if old is None:
            self.ground[actor] = Ground(frozenset({part}), day, fraction, (e,))
            return
        self.ground[actor] = Ground(old.parts | {part}, day, _narrowed(old.fraction, fraction), (*old.votes, e))


def independent_votes(group: Sequence[Evidence]) -> list[tuple[Evidence, float]]:
    """
    Return one vote for each report and source that says the same, with its weight.

    Copies have been put together before; here a report that repeats itself, and a
    source that repeats itself on the same day, count once, at their best.
    """
    best: dict[tuple[object, ...], Evidence] = {}
    for e in sorted(group, key=lambda e: e.claim.claim_id):
        key = (e.says, e.actor, e.part, e.siege, e.implied, _speaker(e))
        if key not in best or e.weight > best[key].weight:
            best[key] = e
    votes = list(best.values())
    return [(e, _weight_beside(e, votes)) for e in votes]


def combined_weight(weights: Iterable[float]) -> float:
    """
    Return the chance that at least one of some independent reports may be relied upon.

    Examples
    --------
    >>> combined_weight([0.5, 0.5])
    0.75
    """
    doubt = 1.0
    for weight in sorted(weights):
        doubt *= 1.0 - weight
    return 1.0 - doubt


def _speaker(e: Evidence) -> str:
    return e.claim.source or e.claim.report_id


def _weight_beside(e: Evidence, votes: Sequence[Evidence]) -> float:
    weight = e.weight * (0.6 if e.implied else 1.0)  # "taken from X" tells in passing that X held it
    if e.against_interest:
        return 1.0 - ADMISSION * (1.0 - weight)
    if e.partisan:
        backed = any(v.says is e.says and v.actor == e.actor and not v.partisan for v in votes)
        return weight if backed else weight * SELF_SERVING
    return weight


def _narrowed(old: tuple[float, float] | None, new: tuple[float, float] | None) -> tuple[float, float] | None:
    """
    Return what two tellings of a share leave possible; the newer wins when they disagree.

    Examples
    --------
    >>> _narrowed((0.5, 1.0), (0.7, 0.7))
    (0.7, 0.7)
    >>> _narrowed((0.7, 0.7), (0.8, 0.8))
    (0.8, 0.8)
    """
    if old is None or new is None:
        return new or old
    low, high = max(old[0], new[0]), min(old[1], new[1])
    return (low, high) if low <= high else new
