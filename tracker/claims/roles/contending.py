"""Who fights whom where both are told together: "clashes between A and B", "split between A and B"."""

from __future__ import annotations

from tracker.claims.roles.paths import RolePaths
from tracker.claims.roles.sides import ActorHit

__all__ = ["Contending"]


class Contending(RolePaths):
    """Finds the two sides of a fight, and tells which fight is a siege."""

    def _between(self, trigger: int) -> list[ActorHit]:
        """Return the two sides between which there is fighting, in their order, where both are known."""
        hits: list[ActorHit] = []
        for k in self._parties(trigger):
            hit = self.sides.actor(k, avoid=hits[0].actor_id if hits else None)
            known = hit is not None and hit.actor_id is not None and not hit.civil
            if hit is not None and known and all(hit.actor_id != other.actor_id for other in hits):
                hits.append(hit)
        return hits[:2] if len(hits) > 1 else []

    def _parties(self, trigger: int) -> list[int]:
        """Return the heads behind "between" of a fight, wherever in its clause the parser hung it."""
        tree = self.tree
        own = {trigger, tree[trigger].head}
        for token in tree.tokens[trigger + 1 :]:
            if tree.is_verb(token.i) and token.i not in own and token.dep not in {"aux", "auxpass"}:
                return []
            heads = tree.kids(token.i, "pobj") if token.lower == "between" else []
            if heads and not own.isdisjoint(tree.climb(token.i)):
                return [k for head in heads for k in (head, *tree.conjuncts(head))]
        return []

    def _said_to_be(self, noun: int) -> list[int]:
        """Return what a noun is said to be: "the siege of X was (a battle)"."""
        verb = self.tree[noun].head
        told = self.tree[noun].dep == "nsubj" and self.tree.verb_base(verb) == "be"
        return self.tree.kids(verb, "attr") if told else []

    def _is_a_siege(self, noun: int) -> bool:
        """Tell whether a fight is what a siege is said to be."""
        verb = self.tree[noun].head
        subjects = self.tree.surface_subjects(verb) if self.tree[noun].dep == "attr" and self.tree.is_verb(verb) else []
        return any(self._singular(k) in {"siege", "blockade"} for k in subjects)
