"""
Who takes, enters or besieges a place, where the sentence leaves it unsaid: whoever is on the move.

He can't be who is told to hold it; a capture that was told before was whose it was then.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.acting import is_left_with
from tracker.claims.roles.attackers import Attackers
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.opponents import rival as opponent
from tracker.claims.roles.retaking import retold, reverses, won_back
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.standing.scope import standing_of
from tracker.claims.words import words
from tracker.model import Kind, Modality

__all__ = ["Takers", "helps"]

_MOVES = frozenset({Kind.GAINS, Kind.ENTERS, Kind.BESIEGES, Kind.APPROACHES})
_HELPING = words("syntax", "supporting")  # others took it
_DEFENDING = words("takers", "defending")


class Takers(Attackers):
    """Tells who takes the places of one report."""

    def _later(self, finding: Finding, back: int, tree: Tree) -> bool:
        """Tell whether a place is taken on another day than by who is told to hold it since a day."""
        if retold(tree, finding.trigger):
            return False
        falls = finding.frame.frame_id == "fall" or tree[finding.trigger].lower in {"fall", "loss"}
        if not falls and (finding.frame.shape == "noun" or back <= 1):
            return False
        return finding.place.ref.key in self._since and self._dated

    def _told_again(self, finding: Finding) -> bool:
        """Tell whether a noun without a date speaks of what was told: "the army retook X. Its recapture cost …"."""
        holders = {hit.actor_id for hit in self._holders.get(finding.place.ref.key, [])}
        return finding.frame.shape == "noun" and len(holders) > 1

    def _not_its_own(
        self, hit: ActorHit, finding: Finding, others: Sequence[Finding], tree: Tree, sides: ActorReader
    ) -> ActorHit | None:
        """
        Return who takes or besieges a place: not who is told to hold it, but who held it before ("was recaptured").

        Where nobody is told to have held it before, it is the one other side that the text has named.
        """
        key = finding.place.ref.key
        told = [
            other.actor
            for other in (others if finding.frame.shape == "verb" else ())
            if other.actor is not None
            and other.place.ref.key == key
            and other.kind in {Kind.GAINS, Kind.HOLDS}
            and other.place.part is None
            and standing_of(tree, other.governor, other.trigger, state=False).modality is not Modality.UNREAL
        ]
        holders = [*self._holders.get(key, []), *told]
        if not holders or holders[-1].actor_id != hit.actor_id:
            return hit
        before = next((held for held in reversed(holders) if held.actor_id != hit.actor_id), None)
        return before or self._only_other(hit, sides)

    def _mover(
        self, finding: Finding, others: Sequence[Finding], tree: Tree, sides: ActorReader, sentence: int
    ) -> tuple[ActorHit | None, int]:
        if finding.kind is Kind.BESIEGES:
            known = self._sieges.get(finding.place.ref.key)
            if known is not None:
                return known.actor, 2
        if finding.kind is Kind.GAINS and (finding.frame.shape == "noun" or retold(tree, finding.trigger)):
            taker = self._takers.get(finding.place.ref.key)
            rival = self._rival(finding, tree)
            if taker is not None and rival is not None and rival.actor_id != taker.actor_id:
                return rival, 2
            besieger = self._besiegers.get(finding.place.ref.key) if self._dated else None
            if besieger is not None:
                return besieger, 2
            if taker is not None:
                return taker, 2  # "the capture of X" that was told before
        for other in others:
            apart = not _in_one_country(finding, other)
            if won_back(finding, other, tree) and other.actor is not None:
                return opponent(finding, other.actor, sides), 1  # "was overrun, but recovered by the army"
            if other.actor is not None and other.kind in _MOVES and other.kind is not Kind.APPROACHES and not apart:
                return other.actor, 1
        if finding.kind is Kind.CONTESTS:
            lands = {other.place.ref.country for other in others if other.trigger == finding.trigger}
            return self._attacker(finding, lands, tree, sides)
        attacker = self._attackers.get(finding.place.ref.key) if finding.kind is Kind.GAINS else None
        if attacker is not None:
            return attacker, 2
        assailant = self._assailants.get(finding.place.ref.key) if finding.kind is Kind.GAINS else None
        if assailant is not None and _falls(finding, tree):
            return assailant, 2  # "the town was attacked by them. It fell two days later."
        leading = self._leading(tree, sides)
        if leading is not None:
            return leading, 1
        if finding.kind is Kind.BESIEGES and "" in self._sieges:
            return self._sieges[""].actor, 2
        hit, back = self._on_the_move(finding, sides, sentence)
        if hit is not None:
            return hit, back
        siege = self._sieges.get(finding.place.ref.key)
        if siege is not None and finding.kind is Kind.GAINS:
            return siege.actor, 2  # "was besieged for 87 days. On 18 November the town fell."
        by_nobody = tree.is_passive(finding.trigger) and not tree.agents(finding.trigger)
        return (assailant, 2) if assailant is not None and by_nobody else (None, 0)

    def _rival(self, finding: Finding, tree: Tree) -> ActorHit | None:
        """Return who else came to a place that is retaken: "IS had seized X. The army entered it. Its liberation …"."""
        key = finding.place.ref.key
        return (self._entrants.get(key) or self._attackers.get(key)) if reverses(tree, finding.trigger) else None

    @staticmethod
    def _leading(tree: Tree, sides: ActorReader) -> ActorHit | None:
        """Return the side that is the subject of the sentence, unless it only speaks."""
        for token in tree.tokens:
            if (
                not _leads(tree, token.i)
                or not tree.is_verb(token.i)
                or tree.verb_base(token.i) in tree.frames.scope.speech
                or is_left_with(tree, token.i)
                or helps(tree, token.i)
                or _defends(tree, token.i)
            ):
                continue
            for head in tree.surface_subjects(token.i):
                hit = sides.actor(head) if sides.is_side(head) else None
                if hit is not None and hit.actor_id is not None and not hit.civil and not tree.is_passive(token.i):
                    return hit
        return None


def _leads(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is that of the sentence, or says before a colon what the sentence is about."""
    above = tree[verb].head
    before = tree[verb].dep == "ccomp" and tree[above].head == above > verb
    return above == verb or (before and any(token.text == ":" for token in tree.tokens[verb:above]))


def _falls(finding: Finding, tree: Tree) -> bool:
    """Tell whether a place is said to fall, which tells that it was attacked."""
    return finding.frame.frame_id == "fall" or tree[finding.trigger].lower == "fall"


def _defends(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says of its subject that others attack it: "they had massed to fend off the advance"."""
    deeds = (verb, *tree.kids(verb, "xcomp", "advcl"))
    return any(tree.verb_base(k) in _DEFENDING for k in deeds if tree.is_verb(k))


def _in_one_country(finding: Finding, other: Finding) -> bool:
    """Tell whether two findings may be in one country."""
    return len({finding.place.ref.country, other.place.ref.country} - {None}) < 2


def helps(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says that somebody only helped what others did."""
    return tree[verb].lower in _HELPING
