"""Who tells what happened, where he is a side himself: who boasts of it took the place, who admits it lost it."""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.roles.voices import side_of_speaker
from tracker.claims.words import words

__all__ = ["CONCEDING", "TELLING", "admitted", "boaster", "own_boast", "teller"]

_BOASTING = words("matching", "announcing")
_ONES_OWN = words("opponents", "freeing") | words("opponents", "winning_back") | words("tellers", "securing")
CONCEDING = frozenset({"admit", "acknowledge", "concede"})
TELLING = words("matching", "admitting") | words("matching", "announcing")
_SAYING = frozenset({"say", "tell", "state", "report", "confirm", "add", "write", "post"})
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
    hit = sides.armed(heads[:1])
    if hit is not None:
        return hit
    proclaims = tree.verb_base(above) in _BOASTING
    if heads and tree.verb_base(verb) in _ONES_OWN and (proclaims or tree.verb_base(above) in _SAYING):
        return side_of_speaker(tree, sides, heads[0])  # "Morland's president said X had been freed from them"
    return sides.statesman(heads[0]) if heads and proclaims else None  # "the president declared X freed from them"


def boaster(verb: int, tree: Tree, sides: ActorReader) -> ActorHit | None:
    """Return the side that declares a place taken by nobody named, or only says that it was freed or won back."""
    state = tree[verb].tag == "JJ" and tree[verb].dep == "acomp"  # "said that X was secure"
    if not tree.is_verb(verb) and not state:
        return None
    if not state and (not tree.is_passive(verb) or tree.agents(verb)):
        return None
    clause = tree[verb].head if tree[verb].dep == "acomp" else verb
    according = [k for k in tree.prepositional(clause, ("according to",)) if tree[k].kind != "place"]
    own = tree.verb_base(verb) in _ONES_OWN
    above = tree[clause].head
    if tree[clause].dep == "acl" and any(tree[k].lower == "that" for k in tree.kids(clause, "mark")):
        above = next((k for k in tree.climb(clause) if tree.is_verb(k)), above)  # "said in a statement that"
    if above != clause and tree[clause].dep in {"ccomp", "acl"} and tree.is_verb(above):
        base = tree.verb_base(above)
        heads = tree.surface_subjects(above)[:1] if base in _BOASTING or (own and base in _SAYING) else []
    else:
        heads = according[:1] if own else []
    return side_of_speaker(tree, sides, heads[0]) if heads else None


def admitted(tree: Tree, verb: int) -> bool:
    """Tell whether something is only confirmed: "officials admitted that X was lost"."""
    above = tree[verb].head
    return tree[verb].dep == "ccomp" and tree.is_verb(above) and tree.verb_base(above) in _ADMITTING
