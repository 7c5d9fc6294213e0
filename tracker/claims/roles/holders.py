"""
Who held a place that is lost, given up or held on to, where the sentence leaves it unsaid.

It is who was last told to hold it: "the garrison" is his, and what is retaken by nobody named was his.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.course import BACK, Course
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.opponents import rival as opponent
from tracker.claims.roles.retaking import reverses
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.roles.tellers import TELLING, teller
from tracker.model import Kind

__all__ = ["Holders"]

_DEFENDERS = frozenset({"garrison", "defenders", "defender"})
_ATTACKERS = frozenset({"attackers", "attacker", "besiegers", "assailants"})
_HOLDING_OUT = frozenset({"hold-on", "place-holds-out"})
_ATTACKS = frozenset({Kind.GAINS, Kind.ENTERS, Kind.CONTESTS})


class Holders(Course):
    """Tells who held the places of one report."""

    def _leaver(self, finding: Finding, sides: ActorReader, sentence: int) -> ActorHit | None:
        """Return who gave up a place: who was told to hold it, who left others before, who does not advance."""
        holder = next(reversed(self._holders.get(finding.place.ref.key, [])), None)
        if holder is not None:
            return replace(holder, sentences_back=1)
        mover = self._moves[-1] if self._moves else None
        moves = [(mover.actor, mover.sentence)] if mover is not None else []
        if self._left is not None:
            moves.append(self._left)
        hit, when = max(moves, key=lambda move: move[1], default=(None, 0))
        if hit is None or sentence - when > BACK:
            return None
        leaver = hit if self._left is not None and hit is self._left[0] else opponent(finding, hit, sides)
        return replace(leaver, sentences_back=sentence - when + 1) if leaver is not None else None

    def _loser(self, finding: Finding, tree: Tree, sides: ActorReader) -> ActorHit | None:
        """Return who lost a place of which only that is told: who admits it, else who was last told to hold it."""
        admitting = teller(finding, tree, sides, TELLING)
        if admitting is not None:
            return admitting
        going_on = beside(tree, finding.governor)
        told = [hit for k in going_on if (hit := sides.actor(k)) is not None and hit.actor_id is not None]
        if told and not told[0].civil:
            return told[0]
        holders = self._holders.get(finding.place.ref.key, [])
        return replace(holders[-1], sentences_back=1) if holders else None

    def _held_before(
        self, finding: Finding, others: Sequence[Finding], tree: Tree, sides: ActorReader
    ) -> ActorHit | None:
        """Return who, in an entry, was last told to hold what is retaken by nobody named: it is he who lost it."""
        if not sides.discourse.about_title or not reverses(tree, finding.trigger):
            return None
        key = finding.place.ref.key
        here = [
            other.actor
            for other in others
            if other.place.ref.key == key and other.kind is Kind.HOLDS and other.trigger < finding.trigger
        ]
        told = [*self._holders.get(key, []), *(hit for hit in here if hit is not None)]
        return replace(told[-1], sentences_back=1) if told and finding.place.part is None else None

    def _with_garrison(self, finding: Finding, sides: ActorReader, sentence: int) -> Finding:
        """Return a finding in which the garrison and the defenders are who was last told to hold the place."""
        holders = self._holders.get(finding.place.ref.key, [])

        # who leaves right after a part was taken is not who took it
        leaving = finding.kind is Kind.WITHDRAWS and bool(self._moves) and sentence - self._moves[-1].sentence <= 1

        def mended(hit: ActorHit | None) -> ActorHit | None:
            word = hit.text.lower().split()[-1] if hit is not None else ""
            named = hit is not None and len(hit.text.split()) > 1 and hit.sentences_back is None  # "rebel garrison"
            meant = (word in _DEFENDERS and not named) or (
                finding.frame.frame_id == "beat-back" and word in {"they", "them"}
            )
            if hit is not None and finding.frame.frame_id in _HOLDING_OUT and hit.sentences_back and self._moves:
                return self._other_than(hit, self._moves[-1].actor, sides)  # not who just took ground
            if hit is not None and word in _ATTACKERS:
                attacking = bool(holders) and finding.kind in _ATTACKS
                return self._other_than(hit, holders[-1], sides) if attacking else hit
            if hit is None or not meant:
                return hit
            if holders and leaving and self._moves and self._moves[-1].actor.actor_id == holders[-1].actor_id:
                return self._other_than(replace(hit, actor_id=holders[-1].actor_id), holders[-1], sides)
            if holders:
                return replace(hit, actor_id=holders[-1].actor_id)
            if finding.kind is Kind.BESIEGES:
                return None  # the side of a garrison is not whoever was named last
            if self._moves:
                return self._other_than(hit, self._moves[-1].actor, sides)
            return None if finding.frame.frame_id == "left-with" else hit

        actor, counter = mended(finding.actor), mended(finding.counter)
        if actor is finding.actor and counter is finding.counter:
            return finding
        return replace(finding, actor=actor, counter=counter)

    def _not_besieging(self, finding: Finding) -> Finding:
        """Return a finding in which no besieger leaves: "rebels surround X, which the army holds. Its men left"."""
        key, leaver = finding.place.ref.key, finding.actor
        left_out = finding.place.token == finding.trigger
        if finding.kind is not Kind.WITHDRAWS or not left_out or leaver is None or leaver.sentences_back is None:
            return finding
        besieger, holder = self._besiegers.get(key), next(reversed(self._holders.get(key, [])), None)
        if besieger is None or holder is None or not besieger.actor_id == leaver.actor_id != holder.actor_id:
            return finding
        return replace(finding, actor=replace(leaver, actor_id=holder.actor_id))

    def _not_taking(self, finding: Finding, others: Sequence[Finding], sides: ActorReader) -> Finding:
        """Return a finding in which not who comes leaves: "rebels took X when the garrison withdrew"."""
        leaver = finding.actor
        word = leaver.text.lower().split()[-1] if leaver is not None else ""
        if finding.kind is not Kind.WITHDRAWS or leaver is None or word not in _DEFENDERS:
            return finding
        for other in others:
            comes = other.kind in {Kind.GAINS, Kind.ENTERS} and other.actor is not None
            if comes and other.actor is not None and other.actor.actor_id == leaver.actor_id:
                return replace(finding, actor=self._other_than(leaver, other.actor, sides))
        return finding

    def _staying(self, finding: Finding, sides: ActorReader) -> Finding:
        """Return who holds out in a place that does: its last holder, else the one side that is not on the move."""
        holders = self._holders.get(finding.place.ref.key, [])
        mover = self._moves[-1].actor if self._moves else None
        holder = holders[-1] if holders else self._only_other(mover, sides) if mover is not None else None
        return finding if holder is None else replace(finding, actor=replace(holder, sentences_back=1))


def beside(tree: Tree, verb: int) -> list[int]:
    """Return the subject of what is told beside which a loss stands: "with X lost, the army fell back"."""
    link = tree[verb].head if tree[verb].dep == "pcomp" else verb
    marked = tree[link].lower == "with" or any(tree[k].lower == "with" for k in tree.kids(verb, "mark"))
    main = tree[link].head
    return tree.surface_subjects(main) if marked and tree.is_verb(main) else []
