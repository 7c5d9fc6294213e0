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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.states.evidence import Evidence, Says
from tracker.states.votes import decisive, independent_votes, voice

__all__ = ["CONTESTED", "FIRST_WORD", "SHARED", "UNKNOWN", "Belief", "Ground", "doubt_of"]

CONTESTED = "*contested"
SHARED = "*shared"
UNKNOWN = "*unknown"

# Chance of a change, before its report is weighed: near enough to even that one fair report decides, and far enough
# that a hedged boast alone leaves a well reported holder in doubt, not replaced.
EVENT_HAZARD = 0.4
FIRST_WORD = 0.5  # where nothing is known, even odds: any word is better than none
LEAST_HAZARD = 0.05  # chance that things changed since yesterday without a word
_LEAST_TOTAL = 1e-200  # below it products of doubts lose digits
_ARRIVING = (Says.PRESENT, Says.REACHED)
_OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}
RETURN = dt.timedelta(days=3 * 365)  # a side that lost a place longer ago is not who is left with it
CHANGE_HALF_LIFE = 60.0  # days after which an unreported change is as likely as none, where things are in flux


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
    heirs
        Who is left with the place when a side leaves it to nobody that is known, by the side that leaves.
    p
        Probability by hidden state: an actor id, `CONTESTED`, `SHARED` or `UNKNOWN`.
    ground
        Sides that hold ground in it, as far as was told.
    near
        Sides that were said to be there, without a word of holding it.
    incumbent
        The side that held the whole before it became contested and has not lost it.
    besiegers
        Sides that besiege the place, since it last had a new holder.
    former
        Sides that have held it, by the last day on which they did.
    """

    half_life: float
    heirs: Mapping[str, str] = field(default_factory=dict)
    p: dict[str, float] = field(default_factory=lambda: {UNKNOWN: 1.0})
    day: dt.date | None = None
    ground: dict[str, Ground] = field(default_factory=dict)
    near: dict[str, dt.date] = field(default_factory=dict)
    incumbent: str | None = None
    besiegers: dict[str, dt.date] = field(default_factory=dict)
    former: dict[str, dt.date] = field(default_factory=dict)
    _today: dt.date | None = None

    def step(self, day: dt.date, group: Sequence[Evidence]) -> None:
        """Take in all evidence of one day and rank; the order within it does not matter."""
        votes = independent_votes(group)
        self.near |= {e.actor: day for e, _ in votes if e.says in _ARRIVING and e.actor is not None}
        holding = decisive([(e, r) for e, r in votes if not (e.says is Says.PRESENT or self._known(e))])
        self._today = day
        if holding:
            held = self.side()
            if held is not None:
                self.former[held] = day
            elapsed = 0 if self.day is None or self.day == dt.date.min else (day - self.day).days
            prior = self.best()
            self._fade(elapsed)
            self._move(holding, elapsed)
            self._weigh(holding, prior)
            self.day = day
        self._remember(day, votes)

    def best(self) -> str:
        """Return the likeliest hidden state; a tie goes to the first in alphabetical order."""
        most = max(self.p.values())
        return min(s for s, p in self.p.items() if p == most)

    def side(self) -> str | None:
        """Return the likeliest holder; None when it is disputed, shared or not known."""
        best = self.best()
        return None if best in {CONTESTED, SHARED, UNKNOWN} else best

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

    def _known(self, e: Evidence) -> bool:
        """Tell whether what is only implied ("taken from X") is known already."""
        return e.implied and e.says is Says.HELD and e.actor in self.ground

    def _fade(self, elapsed: int) -> None:
        kept = 0.5 ** (elapsed / self.half_life)
        for state in self.p:
            self.p[state] *= kept
        self.p[UNKNOWN] += 1.0 - kept

    def _move(self, votes: Sequence[tuple[Evidence, float]], elapsed: int) -> None:
        """Let each state pass to where the evidence says that it went, with the chance of a change."""
        unreported = min(EVENT_HAZARD, max(LEAST_HAZARD, 1.0 - 0.5 ** (elapsed / CHANGE_HALF_LIFE)))
        moved: dict[str, float] = defaultdict(float)
        if len(votes) == 1 and votes[0][0].says is Says.HELD and CONTESTED not in self.p and SHARED not in self.p:
            self._move_to(votes[0][0], unreported)
            return
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

    def _move_to(self, e: Evidence, unreported: float) -> None:
        """Move as `_move` does for the commonest case, one report that a side took or holds the whole."""
        target = e.actor or UNKNOWN
        hazard = EVENT_HAZARD if e.event else unreported
        moved: dict[str, float] = {}
        for state, p in self.p.items():
            share = (FIRST_WORD if target != UNKNOWN else 0.0) if state == UNKNOWN else hazard
            moved[target] = moved.get(target, 0.0) + p * share
            moved[state] = moved.get(state, 0.0) + p * (1.0 - share)
        self.p = moved
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
            return state if state == e.actor or (state == UNKNOWN and not self.ground.keys() - {e.actor}) else CONTESTED
        if e.actor is None:  # "the town fell": whoever had it has it no longer
            return UNKNOWN if state in self.ground else state
        if state == e.actor or (state == UNKNOWN and not self.ground):
            return self._taker(e.actor)
        if state in (CONTESTED, SHARED) or (state == UNKNOWN and e.actor in self.ground):
            return self._left_after(e.actor)
        return state

    def _after_ground(self, e: Evidence) -> str:
        """Return who holds a place once a side has some of it: that side alone if nobody else has any left."""
        if self._rounds_off(e):
            return e.actor or CONTESTED
        others = {a: g for a, g in self.ground.items() if a != e.actor}
        gone = e.event and e.part is not None and others and all(g.parts == {e.part} for g in others.values())
        return e.actor if gone and e.actor is not None and e.actor in self.ground else CONTESTED

    def _rounds_off(self, e: Evidence) -> bool:
        """Tell whether a side takes the other half of what it has: north and south, or east and west, are the whole."""
        mine = self.ground.get(e.actor) if e.actor is not None and e.event else None
        half = mine is not None and _OPPOSITE.get(e.part or "") in mine.parts
        held = {part for actor, g in self.ground.items() if actor != e.actor for part in g.parts}
        return half and held <= {"*", e.part}

    def _left_after(self, gone: str) -> str:
        left = sorted(a for a in self.ground if a != gone)
        if len(left) == 1:
            return left[0]
        return CONTESTED if left else self._taker(gone)

    def _taker(self, gone: str | None) -> str:
        """Return who has a place that another left: the one side in or around it or that had it before, or its heir."""
        since = self._lately()
        waiting = {*self.near, *self.besiegers} - {gone} or {a for a, d in self.former.items() if d >= since} - {gone}
        heir = self.heirs.get(gone) if gone is not None and not waiting else None
        return min(waiting) if len(waiting) == 1 else heir or UNKNOWN

    def _lately(self) -> dt.date:
        """Return the day from which on a former holder may be the one to whom a place is left again."""
        today = self._today
        return today - RETURN if today is not None and today > dt.date.min + RETURN else dt.date.min

    def _weigh(self, votes: Sequence[tuple[Evidence, float]], prior: str) -> None:
        """Weigh each state by what contradicts it; a source is reliable or not as a whole, so its worst word counts."""
        against: dict[tuple[str, str], float] = {}
        if len(votes) == 1:
            e, weight = votes[0]
            single = {s: p * (1.0 - weight * self._contradiction(e, s, prior)) for s, p in sorted(self.p.items())}
            total = sum(single[s] for s in self.p)
            if total >= _LEAST_TOTAL:
                self.p = {s: p / total for s, p in single.items()}
                return
        for e, weight in votes:
            for state in self.p:
                key = (state, voice(e))
                against[key] = max(against.get(key, 0.0), weight * self._contradiction(e, state, prior))
        weighed = dict(self.p)
        for (state, _), weight in sorted(against.items()):
            weighed[state] *= 1.0 - weight
        total = sum(weighed.values())
        if total < _LEAST_TOTAL:
            weighed = _weighed_by_logs(self.p, against)
            total = sum(weighed.values())
        self.p = {state: p / total for state, p in sorted(weighed.items())}

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
            after = self._after_ground(e)  # who takes the rest has all: then it is contested no longer
            return 0.0 if state in (e.actor, after) else 1.0
        if e.says is Says.CONTESTED:
            if state == CONTESTED:
                return 0.0
            return 0.7 if state == prior else 0.9  # fighting inside leaves a chance that the holder holds on
        if e.says is Says.REACHED:
            return 0.0 if state in (e.actor, UNKNOWN, CONTESTED) else 0.6
        if state in (CONTESTED, SHARED):
            return float(self._target(e, state) != state)
        return float(state == e.actor or (e.actor is None and state == prior))

    def _remember(self, day: dt.date, votes: Sequence[tuple[Evidence, float]]) -> None:
        """Keep who holds ground in step with the belief."""
        best = self.best()
        for e, _ in votes:
            self._remember_siege(day, e)
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
            if best in self.besiegers or self.incumbent not in {None, best}:
                self.besiegers = {}
            self.incumbent = best
            self.former[best] = day
            mine = self.ground.get(best, Ground(frozenset(), day))
            self.ground = {best: Ground(mine.parts | {"*"}, mine.day, None, mine.votes)}
            self.near = {}

    def _remember_shared(self, day: dt.date, votes: Sequence[tuple[Evidence, float]]) -> None:
        for e, _ in votes:
            if e.says is Says.SHARED and e.actor is not None and e.other is not None:
                self.ground = {side: Ground(frozenset({"*"}), day, None, (e,)) for side in (e.actor, e.other)}
                self.incumbent, self.near = e.actor, {}

    def _remember_siege(self, day: dt.date, e: Evidence) -> None:
        if e.siege and e.besieger is not None:
            self.besiegers[e.besieger] = day
        elif e.siege is False:
            self.besiegers = {}

    def _remember_one(self, day: dt.date, e: Evidence) -> None:
        if e.says in _ARRIVING:
            if e.says is Says.REACHED and e.actor is not None and self.best() == CONTESTED:
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


def doubt_of(p: Mapping[str, float]) -> float:
    """
    Return the entropy of a belief, as a share of the most that it could be.

    What is unknown may be any of the states named, or one that is not: it is
    spread evenly over them.

    Examples
    --------
    >>> doubt_of({UNKNOWN: 1.0}), doubt_of({"army": 1.0, UNKNOWN: 0.0})
    (1.0, 0.0)
    """
    named = [chance for state, chance in p.items() if state != UNKNOWN and chance > 0]
    if not named:
        return 1.0
    each = max(0.0, 1.0 - sum(named)) / (len(named) + 1)
    shares = [chance + each for chance in named] + [each]
    entropy = -sum(share * math.log(share) for share in shares if share > 0)
    return min(1.0, max(0.0, entropy / math.log(len(shares))))


def _weighed_by_logs(p: Mapping[str, float], against: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """Weigh as `Belief` does where hundreds of sources contradict each other and the products leave the floats."""
    logs = {state: math.log(chance) for state, chance in p.items() if chance > 0}
    for (state, _), weight in sorted(against.items()):
        if state in logs:
            logs[state] += math.log1p(-weight) if weight < 1 else -math.inf
    top = max(logs.values())
    return {state: math.exp(logs[state] - top) if state in logs else 0.0 for state in p}


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
