"""
Who took what nobody is named as taking, once the whole report is read.

Most reports tell of two camps: what falls, falls to the camp that does not hold it. Who holds a place is told by the
claims before, or else it is the state in whose country it lies. Where a report tells of more camps, only a side that
is alone on the move is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.claims.actors.camps import Camps
from tracker.claims.confidence import with_side
from tracker.claims.sameness import dates_agree, is_real, same_place
from tracker.model import Claim, Kind

__all__ = ["Setting", "by_nobody", "with_winners"]

_BOTH = 2  # camps
_MOVES = frozenset({Kind.GAINS, Kind.ENTERS, Kind.BESIEGES, Kind.APPROACHES})
_ADVANCING = frozenset({Kind.GAINS, Kind.ENTERS, Kind.BESIEGES, Kind.BREAKS_SIEGE})
_TAKING = frozenset({Kind.GAINS, Kind.BESIEGES})
_HAVING = frozenset({Kind.GAINS, Kind.HOLDS})
_LEAVING = frozenset({Kind.LOSES, Kind.WITHDRAWS})
_LOSING = frozenset({"lose", "lose-control"})
_ATTACK = re.compile(
    r"\b(?:(?P<whose>[A-Z]\w+|enemy)(?:['’]s?)? (?:[a-z-]+ ){0,2}"
    r"(?:advance|attack|offensive|assault|onslaught|push|thrust)|advancing|attacking|invading|invaders|invasion|incursion)"
)
_REGAINED = re.compile(r"(?:re(?:took|taken|tak|captur|claim|cover|gain|conquer|store)|liberat|free)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """
    What is known of sides beside what a report says.

    Attributes
    ----------
    camps
        Who fights for the same cause, and where.
    lands
        The country in which the place of a claim lies, by the start of its name in the text.
    named
        The sides that the report names, whatever it says of them.
    """

    camps: Camps = field(default_factory=Camps)
    lands: Mapping[int, str | None] = field(default_factory=dict)
    named: Sequence[str] = ()

    def camp(self, actor: str) -> str:
        """Return the camp of a side."""
        return self.camps.camp(actor)

    def home(self, claim: Claim) -> str | None:
        """Return the side that is the state of the country of a claim, None where nobody is known to be."""
        return self.camps.at_home(self.lands.get(claim.place.start))

    def from_abroad(self, actor: str, claim: Claim) -> bool:
        """Tell whether a side fights for a state other than that in which the place of a claim lies."""
        return self.camps.from_abroad(actor, self.lands.get(claim.place.start))

    def fights_there(self, actor: str, claim: Claim) -> bool:
        """Tell whether a side may act at the place of a claim."""
        land = self.lands.get(claim.place.start)
        return land is None or land in self.camps.grounds.get(actor, {land})


def with_winners(claims: Sequence[Claim], setting: Setting) -> list[Claim]:
    """Return claims with the side that took or surrounded what nobody is named as taking, where only one can be it."""
    sides = _sides(claims, setting)
    found: list[Claim] = []
    for k, claim in enumerate(claims):
        if _is_defender(claim, setting):
            found.append(replace(claim, actor=claim.counter_actor, actor_text=None, counter_actor=claim.actor))
            continue
        if claim.kind not in _TAKING or not by_nobody(claim) or not is_real(claim):
            found.append(claim)
            continue
        others = [*found, *claims[k + 1 :]]
        loser = _loser(claim, others, sides, setting) if claim.rule in _LOSING else None
        if loser is not None:
            found.append(replace(claim, kind=Kind.LOSES, actor=loser, confidence=with_side(claim.confidence)))
            continue
        winner = _winner(claim, others, sides, setting)
        if winner is None or winner == claim.counter_actor or not setting.fights_there(winner, claim):
            found.append(claim)
        else:
            found.append(replace(claim, actor=winner, confidence=with_side(claim.confidence)))
    return found


def _is_defender(claim: Claim, setting: Setting) -> bool:
    """Tell whether who is named as fighting fights off an attack from abroad: "the Ukrainians slowed the advance"."""
    if claim.kind is not Kind.CONTESTS or claim.actor is None or claim.counter_actor is None:
        return False
    home = setting.home(claim)
    at_home = home is not None and setting.camp(home) == setting.camp(claim.actor)
    attacks = [found["whose"] or "" for found in _ATTACK.finditer(claim.quote)]
    attacked = any(whose not in (claim.actor_text or "") or not whose for whose in attacks)
    return at_home and attacked and setting.from_abroad(claim.counter_actor, claim)


def _loser(claim: Claim, others: Sequence[Claim], sides: dict[str, list[str]], setting: Setting) -> str | None:
    """Return who had what "was lost"."""
    holder = _holder(claim, [other for other in others if same_place(claim, other)])
    home = setting.home(claim)
    return home if holder is None and home is not None and setting.camp(home) in sides else holder


def _sides(claims: Sequence[Claim], setting: Setting) -> dict[str, list[str]]:
    """Return the sides that act or suffer in a report, by camp."""
    sides: dict[str, list[str]] = {}
    for claim in claims:
        for side in (claim.actor, claim.counter_actor):
            if side is not None and side not in sides.setdefault(setting.camp(side), []):
                sides[setting.camp(side)].append(side)
    for side in setting.named if len(sides) < _BOTH else ():
        sides.setdefault(setting.camp(side), [side])
    return sides


def _winner(claim: Claim, others: Sequence[Claim], sides: dict[str, list[str]], setting: Setting) -> str | None:
    here = [other for other in others if same_place(claim, other)]
    if len(sides) == _BOTH and not any(_told_with_side(claim, other) for other in here):
        inside = claim.counter_actor if claim.kind is Kind.BESIEGES else None
        holder, home = inside or _holder(claim, here), setting.home(claim)
        at_home = home is not None and setting.camp(home) in sides
        if holder is None and at_home and _regained(claim):
            return None if _by_a_person(claim) else home  # whose "liberation" it is, depends on who he is
        if holder is None and home is not None and at_home:
            rivals = _against(home, sides, setting)
            if claim.kind is Kind.GAINS and _at_home_advances(claim, others, home, setting):
                return home
            if claim.kind is Kind.GAINS or any(setting.from_abroad(side, claim) for side in rivals):
                return rivals[0]  # but a state besieges rebels as often as they besiege its towns
        if holder is not None and setting.camp(holder) in sides:
            return _against(holder, sides, setting)[0]
    if claim.kind is Kind.BESIEGES and claim.counter_actor is not None:
        return setting.camps.against(claim.counter_actor, setting.named, setting.lands.get(claim.place.start))
    return _only_mover(claim, others) if claim.kind is Kind.GAINS else None


def _at_home_advances(claim: Claim, others: Sequence[Claim], home: str, setting: Setting) -> bool:
    """Tell whether what was told last is that who is at home went forward, or the others back."""
    told = [
        other for other in others if is_real(other) and other.actor is not None and _told_at(other) < _told_at(claim)
    ]
    last = max(told, key=_told_at, default=None)
    if last is None or last.actor is None:
        return False
    own = setting.camp(last.actor) == setting.camp(home)
    return last.kind in (_ADVANCING if own else _LEAVING)


def _against(side: str, sides: dict[str, list[str]], setting: Setting) -> list[str]:
    """Return the sides of the other camp."""
    return next(names for camp, names in sides.items() if camp != setting.camp(side))


def by_nobody(claim: Claim) -> bool:
    """Tell whether a claim names nobody at all: "government troops" are somebody, though the text tells not whose."""
    return claim.actor is None and claim.actor_text is None


def _regained(claim: Claim) -> bool:
    """Tell whether a claim's own word says that it was taken back: "was liberated", "the recapture of X"."""
    at = (claim.told_at or claim.quote_start) - claim.quote_start
    return _REGAINED.match(claim.quote, at) is not None


def _by_a_person(claim: Claim) -> bool:
    """Tell whether somebody says it of whom only the name is told."""
    return claim.attributed_to is not None and all(word[:1].isupper() for word in claim.attributed_to.split())


def _told_with_side(claim: Claim, other: Claim) -> bool:
    """Tell whether another claim says the same of a side."""
    return other.kind is claim.kind and other.actor is not None and is_real(other) and dates_agree(claim, other)


def _holder(claim: Claim, here: Sequence[Claim]) -> str | None:
    """Return who is told to hold a place until it is taken."""
    holder = told_later = None
    for other in here:
        if not is_real(other) or other.actor is None:
            continue
        if _told_at(other) > _told_at(claim):
            beside = claim.kind is Kind.BESIEGES and other.kind is Kind.HOLDS and other.quote_start == claim.quote_start
            told_later = told_later or (other.actor if beside else None)  # "the siege of X, a rebel stronghold"
        elif other.kind in _LEAVING or (other.kind in _HAVING and other.part is None):
            holder = other.actor
    return holder or told_later


def _told_at(claim: Claim) -> tuple[int, int]:
    return claim.quote_start, claim.told_at or claim.quote_start


def _only_mover(claim: Claim, others: Sequence[Claim]) -> str | None:
    """Return the one side that is on the move in the whole report."""
    moving = {other.actor for other in others if other.kind in _MOVES and other.actor is not None}
    if len(moving) != 1:
        return None
    (actor,) = moving
    for other in others:  # nobody takes twice without a loss: it was taken before by whom he took it from
        told = other.kind is Kind.GAINS and other.actor == actor and is_real(other)
        if told and other.counter_actor and same_place(claim, other) and _before(claim, other):
            return other.counter_actor
    return actor


def _before(one: Claim, other: Claim) -> bool:
    ends, begins = one.valid_to, other.valid_from
    return not dates_agree(one, other) and ends is not None and begins is not None and ends <= begins
