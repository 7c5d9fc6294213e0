"""Who tells what happened, where he is a side himself: who boasts of it took the place, who admits it lost it."""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.roles.voices import side_of_speaker
from tracker.claims.words import words

__all__ = ["BOASTING", "CONCEDING", "TELLING", "admitted", "own_boast", "teller"]

BOASTING = words("matching", "announcing")
CONCEDING = frozenset({"admit", "acknowledge", "concede"})
TELLING = words("matching", "admitting") | words("matching", "announcing")
_ADMITTING = words("matching", "admitting")


def teller(finding: Finding, tree: Tree, sides: ActorReader, verbs: frozenset[str]) -> ActorHit | None:
    """Return the side that admits, or tells, what happened."""
    for k in tree.climb(finding.governor):
        if tree.is_verb(k) and tree.verb_base(k) in verbs:
            heads = tree.surface_subjects(k)
            telling = side_of_speaker(tree, sides, heads[0]) if heads else None
            if telling is not None:
                return telling
    return None


def own_boast(verb: int, tree: Tree, sides: ActorReader) -> ActorHit | None:
    """Return the side that tells what was taken by nobody named: "X was freed from the rebels, the army said"."""
    above = tree[verb].head
    if tree[verb].dep != "ccomp" or not tree.is_verb(above) or tree.verb_base(above) not in tree.frames.scope.speech:
        return None
    heads = tree.surface_subjects(above)
    hit = sides.actor(heads[0]) if heads else None
    if hit is not None and hit.actor_id is not None and not hit.civil:
        return hit
    proclaims = tree.verb_base(above) in BOASTING
    return sides.statesman(heads[0]) if heads and proclaims else None  # "the president declared X freed from them"


def admitted(tree: Tree, verb: int) -> bool:
    """Tell whether something is only confirmed: "officials admitted that X was lost"."""
    above = tree[verb].head
    return tree[verb].dep == "ccomp" and tree.is_verb(above) and tree.verb_base(above) in _ADMITTING
