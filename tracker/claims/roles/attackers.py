"""
Who attacks a place that is fought for, where the sentence leaves it unsaid.

It is who was told to attack or besiege it, else who was last told to attack or take ground; of two sides that are named
as fighting each other, the one of them. Where the text tells of no attack nobody is the attacker.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.course import Course
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.places import PlaceReader
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["Attackers"]

_ATTACKING = words("attackers", "verbs")
_ATTACKS = words("attackers", "nouns")
_LAUNCHING = words("attackers", "launching")
_GOALS = words("attackers", "goals")
_ON = ("on", "against", "at", "into", "in", "towards", "toward")
_FIGHTING = frozenset({"fighting-in", "fighting-reaches", "fighting-spreads", "see-fighting"})
_FAR = 3  # sentences


class Attackers(Course):
    """Tells who attacks the places of one report."""

    def __init__(self) -> None:
        super().__init__()
        self._assailants: dict[str, ActorHit] = {}  # who was last told to attack each place
        self._last_attack: tuple[ActorHit, int] | None = None  # wherever it was

    def attacks(self, tree: Tree, places: PlaceReader, sides: ActorReader) -> None:
        """Remember who is told to attack which places in a sentence, whether or not he took them."""
        for hit, heads in _told(tree, sides):
            self._last_attack = hit, sides.sentence
            for head in heads:
                for place in places.places(head):
                    self._assailants[place.ref.key] = hit

    def assails(self, side: str, text: str, sentence: int, keys: Sequence[str]) -> None:
        """Remember who is told to attack, and which places, in a sentence that is not parsed."""
        hit = ActorHit(actor_id=side, text=text, token=0)
        self._last_attack = hit, sentence
        self._assailants.update(dict.fromkeys(keys, hit))

    def _attacker(
        self, finding: Finding, lands: Collection[str | None], tree: Tree, sides: ActorReader
    ) -> tuple[ActorHit | None, int]:
        """
        Return who attacks a place that is fought for, and how many sentences back that is told.

        He fights in one of the countries in which the places of one list lie.
        """
        if finding.frame.frame_id not in _FIGHTING:
            return None, 0  # what is contested or divided tells of no attack
        fighting = _between(finding, tree, sides)
        camps = sides.discourse.camps
        own = {camps.camp(side) for side in fighting}
        for hit, back in self._likely(finding, tree, sides, told=bool(fighting)):
            camp = camps.camp(hit.actor_id or "")
            fits = camp in own or (
                not fighting and any(sides.discourse.fights_in(hit.actor_id or "", land) for land in lands)
            )
            if fits:
                return hit, back
        return None, 0

    def _likely(
        self, finding: Finding, tree: Tree, sides: ActorReader, *, told: bool
    ) -> Iterator[tuple[ActorHit, int]]:
        """Yield who may attack the place of a finding, the surest first."""
        key, sentence = finding.place.ref.key, sides.sentence
        goal = _whose_goal(finding, tree, sides)
        if goal is not None:
            yield goal, 1
        if not told and (key in self._takers or key in self._holders):
            return  # who has it now is what the text tells, or what others deny
        for known in (self._assailants, self._attackers, self._entrants, self._besiegers):
            if key in known:
                yield known[key], 1
        if self._last_attack is not None and sentence - self._last_attack[1] <= _FAR:
            yield self._last_attack[0], sentence - self._last_attack[1] + 1
        moves = [move for move in reversed(self._moves) if sentence - move.sentence <= _FAR]
        if moves:
            yield moves[0].actor, sentence - moves[0].sentence + 1


def _told(tree: Tree, sides: ActorReader) -> Iterator[tuple[ActorHit, Sequence[int]]]:
    """Yield the sides that a sentence tells to attack, and the nouns of what they attack."""
    verbs = [i for i in tree.verbs if tree.verb_base(i) in _ATTACKING]
    nouns = [i for i, noun in enumerate(tree.singulars) if noun in _ATTACKS and tree[i].kind is None]
    for i in sorted({*verbs, *nouns}):
        if i in verbs:
            hit = sides.armed(tree.subjects(i)[:2])
            if hit is not None:
                yield hit, tree.objects(i)
            continue
        hit = _whose_attack(tree, i, sides)
        if hit is not None:
            verb = tree[i].head
            behind = tree.prepositional(verb, _ON) if tree[i].dep == "dobj" and tree.is_verb(verb) else []
            yield hit, [*tree.prepositional(i, _ON), *behind]


def _whose_attack(tree: Tree, noun: int, sides: ActorReader) -> ActorHit | None:
    """Return whose attack a noun is: "the rebels' assault", "an attack by", "A launched an offensive"."""
    by = [k for k in tree.prepositional(noun, ("by",)) if sides.is_side(k)]
    verb = tree[noun].head
    launched = tree[noun].dep == "dobj" and tree.is_verb(verb) and tree.verb_base(verb) in _LAUNCHING
    hit = sides.armed(by)
    if hit is None and launched:
        hit = sides.armed(tree.surface_subjects(verb)[:2])
    if hit is None and not launched:
        owner = sides.owner(noun)
        hit = owner if owner is not None and owner.actor_id is not None and not owner.civil else None
    return hit


def _between(finding: Finding, tree: Tree, sides: ActorReader) -> set[str]:
    """Return the two sides between whom there is fighting, empty where they are not named."""
    if finding.frame.kind is not Kind.CONTESTS:
        return set()
    for start in (finding.trigger, tree[finding.trigger].head):
        named = map(sides.actor, tree.between_whom(start))
        found = {hit.actor_id for hit in named if hit is not None and hit.actor_id is not None}
        if len(found) > 1:
            return found
    return set()


def _whose_goal(finding: Finding, tree: Tree, sides: ActorReader) -> ActorHit | None:
    """Return the side whose goal a place is said to be: "X, a key objective of the rebels"."""
    for k in tree.kids(finding.place.token, "appos"):
        if tree.singulars[k] in _GOALS:
            return sides.armed(tree.prepositional(k, ("of", "for"))) or sides.owner(k)
    return None
