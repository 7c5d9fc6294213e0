"""
Sides that a sentence leaves unsaid but its surroundings tell.

"After the city's capture the rebels went on": whoever is on the move took it. Careful
readers name the side in such places; the claim's confidence is lowered for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.course import GOING_ON, LOSSES
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.holders import Holders
from tracker.claims.roles.opponents import OCCUPIED, by_the_word, not_the_holder
from tracker.claims.roles.opponents import rival as opponent
from tracker.claims.roles.retaking import reverses
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.roles.takers import Takers, helps
from tracker.claims.roles.tellers import CONCEDING, admitted, boaster, own_boast, teller
from tracker.model import Kind

__all__ = ["Movers"]

_AT_ONCE = 2  # sentences within which a gain told before tells the winner of what was lost


class Movers(Takers, Holders):
    """Names the sides that the sentences of one report leave unsaid."""

    def named(
        self, finding: Finding, others: Sequence[Finding], tree: Tree, sides: ActorReader, sentence: int
    ) -> Finding:
        """Return a finding with the side that it leaves unsaid, where its surroundings tell it."""
        finding = self._with_garrison(finding, sides, sentence)
        finding = self._winning_back(finding, tree, sides)
        finding = self._not_besieging(finding)
        finding = self._not_taking(finding, others, sides)
        if finding.kind is Kind.CONTESTS and finding.actor is not None and finding.counter is not None:
            attacker, _ = self._attacker(finding, {finding.place.ref.country}, tree, sides)
            if attacker is not None and attacker.actor_id == finding.counter.actor_id:
                return replace(finding, actor=finding.counter, counter=finding.actor)
        if finding.frame.frame_id in LOSSES and finding.actor is None and finding.counter is None:
            taker = self._takers.get(finding.place.ref.key)
            last = self._holders.get(finding.place.ref.key, [])[-1:]
            if last and sides.discourse.about_title and self._dated and admitted(tree, finding.governor):
                return replace(finding, counter=replace(last[0], sentences_back=1))  # "in May they confirmed its loss"
            if taker is not None and last == [taker] and admitted(tree, finding.governor):
                return replace(finding, actor=replace(taker, sentences_back=1))  # "they confirmed that X was lost"
            finding = replace(finding, counter=self._loser(finding, tree, sides))
        fell = finding.frame.frame_id == "fall" and finding.actor is None and finding.counter is None
        if fell and finding.place.ref.key in self._takers and admitted(tree, finding.governor):
            return replace(finding, actor=replace(self._takers[finding.place.ref.key], sentences_back=1))
        if fell:
            admitting = teller(finding, tree, sides, CONCEDING)
            other = opponent(finding, admitting, sides) if admitting is not None else None
            if other is not None:
                finding = replace(finding, actor=other, counter=admitting)
        if finding.kind is Kind.WITHDRAWS and finding.actor is None:
            held = finding.place.ref.key in self._holders or tree.verb_base(finding.trigger) != "evacuate"
            held &= all(tree[k].kind != "name" for k in tree.subjects(finding.trigger))  # "the Dolna Agreement left it"
            return replace(finding, actor=self._leaver(finding, sides, sentence)) if held else finding
        if finding.frame.frame_id == "place-holds-out":
            return self._staying(finding, sides)
        if finding.frame.frame_id in OCCUPIED and finding.actor is None:
            return replace(finding, actor=by_the_word(finding, tree, sides))
        if (
            finding.actor is not None
            or finding.open_side is not None
            or finding.frame.frame_id == "emerge-from-siege"
            or finding.frame.kind not in {Kind.GAINS, Kind.BESIEGES, Kind.CONTESTS, Kind.ENTERS}
        ):
            return finding
        if finding.kind is Kind.ENTERS:  # "was stormed on Monday": by who was on the move before
            stormer, back = self._on_the_move(finding, sides, sentence)
            return finding if stormer is None else replace(finding, actor=replace(stormer, sentences_back=back))
        if finding.frame.frame_id in LOSSES and finding.counter is not None:
            return finding  # "was lost by the army": that is what is told
        if finding.kind is Kind.GAINS and finding.counter is not None and finding.frame.shape != "noun":
            holder = _holder_since(finding, others, tree)
            if holder is not None:
                return replace(finding, actor=holder)
            return self._with_victor(finding, tree, sides, sentence)
        if finding.frame.frame_id in GOING_ON:
            recent = self._moves[-1] if self._moves and sentence - self._moves[-1].sentence <= 1 else None
            return finding if recent is None else replace(finding, actor=replace(recent.actor, sentences_back=1))
        if finding.frame.shape == "noun" and _is_helped(tree, finding.trigger):
            return finding
        told = self._boaster(finding, tree, sides) or by_the_word(finding, tree, sides)
        if told is not None:
            return replace(finding, actor=told)
        moved = self._with_mover(finding, others, tree, sides, sentence)
        if finding.frame.frame_id not in LOSSES or moved.actor is None or moved.counter is not None:
            return moved
        loser = opponent(finding, moved.actor, sides)  # of a loss the text tells who lost
        return moved if loser is None else replace(finding, counter=loser)

    def _with_mover(
        self, finding: Finding, others: Sequence[Finding], tree: Tree, sides: ActorReader, sentence: int
    ) -> Finding:
        """Return a finding with who is on the move, unless he held the place: then it is he who lost it."""
        hit, back = self._mover(finding, others, tree, sides, sentence)
        holders = {held.actor_id for held in self._holders.get(finding.place.ref.key, [])}
        known = finding.frame.shape == "noun" and hit == self._takers.get(finding.place.ref.key)
        freed = sides.discourse.about_title and reverses(tree, finding.trigger)  # not by who took it first
        known = known and (len(holders) > 1 or not freed)
        if tree[finding.trigger].dep == "amod" and hit is not None and hit.actor_id in holders:
            known = True  # "the liberated villages are X and Y", of which he was just told to have taken two
        back_again = reverses(tree, finding.trigger) and not known and not self._told_again(finding)
        within = finding.kind is Kind.BESIEGES and _others_inside(finding, hit)
        again = (finding.kind is not Kind.GAINS and not within) or back_again or self._later(finding, back, tree)
        if hit is not None and again:
            mover, hit = hit, self._not_its_own(hit, finding, others, tree, sides)
            if hit is None and finding.counter is None and finding.kind is Kind.GAINS:
                return replace(finding, counter=replace(mover, sentences_back=max(back, mover.sentences_back or 0)))
        if hit is None and finding.kind is Kind.GAINS and finding.counter is None:
            claimant = _only_claimant(finding, tree, sides)
            if claimant is not None:
                return replace(finding, actor=claimant)
            return replace(finding, counter=self._held_before(finding, others, tree, sides))
        if hit is None or (finding.counter is not None and finding.counter.actor_id == hit.actor_id):
            return finding
        return replace(finding, actor=replace(hit, sentences_back=max(back, hit.sentences_back or 0)))

    def _winning_back(self, finding: Finding, tree: Tree, sides: ActorReader) -> Finding:
        """Return a finding in which nobody wins back what he was told to hold; two frames of a verb tell one deed."""
        if finding.kind is not Kind.GAINS:
            return finding
        told = (finding.trigger, finding.actor.actor_id if finding.actor is not None else None)
        known = self._won_back.get(told)
        if known is not None and finding.actor is not None:
            return replace(finding, actor=replace(finding.actor, actor_id=known))
        holder = next(reversed(self._holders.get(finding.place.ref.key, [])), None)
        mended = not_the_holder(finding, holder, tree, sides)
        if mended.actor is not None and mended.actor.actor_id is not None:
            self._won_back[told] = mended.actor.actor_id
        return mended

    def _boaster(self, finding: Finding, tree: Tree, sides: ActorReader) -> ActorHit | None:
        """Return the side that declares a place captured, or says it freed, by nobody named, and didn't hold it."""
        lost = finding.frame.frame_id in LOSSES
        if lost or finding.kind not in {Kind.GAINS, Kind.BESIEGES}:
            return None
        hit = boaster(finding.trigger, tree, sides)
        holders = self._holders.get(finding.place.ref.key, [])
        return None if hit is None or (holders and holders[-1].actor_id == hit.actor_id) else hit

    def _with_victor(self, finding: Finding, tree: Tree, sides: ActorReader, sentence: int) -> Finding:
        """Return a loss as a gain by who was just told to take ground: "the towns were freed from the rebels"."""
        if not tree.is_verb(finding.trigger) or not tree.is_passive(finding.trigger):
            return finding
        last = self._moves[-1] if self._moves else None
        mover, moved = (last.actor, last.sentence) if last is not None else (None, 0)
        speaker = own_boast(finding.trigger, tree, sides)
        if speaker is not None:
            mover, moved = speaker, sentence
        elif self._long_ago and sentence != moved:
            # by somebody else than who takes ground now: "they were ousted from X in 2011"
            mover, moved = _adversary(finding, tree, sides), sentence
        if mover is None:
            return finding
        here = sides.discourse.fights_in(mover.actor_id or "", finding.place.ref.country)
        other = finding.counter is not None and mover.actor_id != finding.counter.actor_id
        if not here or not other or sentence - moved > _AT_ONCE:
            return finding
        return replace(finding, actor=replace(mover, sentences_back=sentence - moved))


def _only_claimant(finding: Finding, tree: Tree, sides: ActorReader) -> ActorHit | None:
    """Return the only side of a text, no state's, who says that a place was taken: "X was seized, the DLF said"."""
    if finding.frame.frame_id != "capture" or not tree.is_verb(finding.trigger):
        return None
    told = own_boast(finding.trigger, tree, sides)
    named = {seen.actor_id for seen in (*sides.discourse.seen_actors, *sides.here)}
    alone = told is not None and named == {told.actor_id} and told.actor_id not in sides.discourse.states
    return told if alone else None


def _adversary(finding: Finding, tree: Tree, sides: ActorReader) -> ActorHit | None:
    """Return the one other side of which an entry tells in the sentence: "in a fight with A, B were driven out"."""
    loser = finding.counter.actor_id if finding.counter is not None else None
    if not sides.discourse.about_title:
        return None
    camps = sides.discourse.camps
    others = [
        seen
        for seen in sides.here
        if seen.position < finding.trigger
        and camps.camp(seen.actor_id) != camps.camp(loser or "")
        and (tree[seen.position].dep == "nsubj" or tree[tree[seen.position].head].lower in {"with", "against"})
    ]
    if len({seen.actor_id for seen in others}) != 1:
        return None
    return ActorHit(actor_id=others[0].actor_id, text=others[0].text, token=others[0].position)


def _holder_since(finding: Finding, others: Sequence[Finding], tree: Tree) -> ActorHit | None:
    """Return who is said to hold a place since he took it: "held by A since 2014, when it was retaken from B"."""
    marks = {tree[k].lower for k in tree.kids(finding.trigger, "advmod", "mark")}
    if "when" not in marks or not tree.is_passive(finding.trigger):
        return None
    for other in others:
        same = other.place.ref.key == finding.place.ref.key and other.kind is Kind.HOLDS
        between = {token.lower for token in tree.tokens[other.trigger : finding.trigger]}
        if same and other.actor is not None and "since" in between:
            return other.actor
    return None


def _others_inside(finding: Finding, besieger: ActorHit | None) -> bool:
    """Tell whether others are named as encircled in a place, part of which their besieger may have already."""
    inside = finding.counter
    return inside is not None and besieger is not None and inside.actor_id not in {None, besieger.actor_id}


def _is_helped(tree: Tree, noun: int) -> bool:
    """Tell whether somebody only helped what others did: "they supported the liberation of X"."""
    verb = tree[noun].head
    return tree[noun].dep == "dobj" and tree.is_verb(verb) and helps(tree, verb)
