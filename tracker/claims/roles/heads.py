"""
The nouns that a path leads to in a sentence: "object", "noun.owner", "pp:from", walked on the tree.

Where a parser hung a phrase on the wrong word, it is looked for next to the right one.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frame, RolePath
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.equating import Equating
from tracker.claims.roles.places import PlaceReader
from tracker.claims.roles.sides import ActorReader
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["Heads"]

_DOING = words("roles", "doing")
_GUARDS = words("roles", "guards")
_STAYING = frozenset({"be", "remain", "stay"})
_SUPPORT = frozenset(
    {"support", "sympathy", "loyalty", "supporters", "loyalists", "sympathisers", "sympathizers", "backers"}
)


class Heads(Equating):
    """Walks the role paths of frames in one sentence to the heads of noun phrases."""

    def __init__(self, tree: Tree, places: PlaceReader, sides: ActorReader) -> None:
        super().__init__(tree)
        self.places = places
        self.sides = sides

    def _heads(
        self, path: RolePath, verb: int | None, noun: int | None, carrier: int | None, frame: Frame
    ) -> list[int]:
        tree = self.tree
        if path.start == "carrier":
            return [carrier] if carrier is not None else []
        if path.start == "equal":
            if noun is None or (frame.frame_id == "fighting-in" and tree[noun].dep != "pobj"):
                return []  # "the scene of fighting", but not "it was a battle"
            return self._equal(noun)
        if path.start == "garrison" and verb is not None:
            return self._garrisoned(verb)
        if path.start == "complement" and verb is not None:
            return [k for k in tree.kids(verb, "acomp", "attr", "oprd") if tree[k].kind == "actor"]
        if path.start in {"attacker", "nearby", "town", "garrison", "complement"}:
            return []
        if path.start == "noun":
            return self._of_noun(path, noun, frame) if noun is not None else []
        if verb is None:
            if path.start == "verb" and noun is not None:
                return self._on_verb_of(noun, path.prepositions)
            return []
        if path.start == "recipient":
            return [k for k in tree.kids(verb, "dative") if tree[k].tag not in {"IN", "TO"}]
        if path.start == "object" and frame.frame_id == "in-control-of" and tree.verb_base(verb) in _STAYING:
            return []  # "remains in control of X and repelled an attack" has the object of the second verb
        if path.start in {"subject", "object"}:
            heads = tree.subjects(verb) if path.start == "subject" else tree.objects(verb)
            if path.start == "subject" and (
                (frame.shape == "light" and not frame.link_object) or frame.frame_id == "fall"
            ):
                heads = tree.objects(verb) if tree.is_passive(verb) else tree.surface_subjects(verb)
            if path.prepositions:
                spread = [k for head in heads for k in (head, *tree.conjuncts(head))]
                spread += [k for head in list(spread) for k in tree.kids(head, "acl") if tree[k].tag == "VBN"]
                return [k for head in spread for k in tree.prepositional(head, path.prepositions)]
            return heads
        found = [k for k in tree.prepositional(verb, path.prepositions) if k != noun and not self._is_day(k)]
        if not found and frame.kind is Kind.BESIEGES:  # "were besieged by rebels inside X"
            found = [k for head in tree.agents(verb) for k in tree.prepositional(head, path.prepositions)]
        if not found and frame.particles:  # "remained loyal to the government"
            being = (k for k in tree.kids(verb, "acomp") if tree[k].lower in frame.particles)
            found = [m for k in being for m in tree.prepositional(k, path.prepositions)]
        if not found and (frame.kind is Kind.CONTESTS or frame.frame_id == "victory-in"):
            with_whom = tree.prepositional(verb, ("with", "against"))
            with_whom += tree.prepositional(noun, ("with", "against", "over", "from")) if noun is not None else []
            with_whom += [m for head in (*with_whom, *tree.objects(verb)) for m in tree.conjuncts(head)]
            found = [k for head in with_whom for k in tree.prepositional(head, path.prepositions)]
        if not found:
            found = [
                k for head in tree.objects(verb) if head > verb for k in tree.prepositional(head, path.prepositions)
            ]
        if found or "in" not in path.prepositions:
            return found
        there = [k for k in tree.kids(verb, "advmod") if tree[k].lower == "there"]
        return self._where(verb) or (there if frame.kind in {Kind.HOLDS, Kind.ENTERS} else [])

    def _owners(self, noun: int) -> list[int]:
        """Return the names of sides before a noun whose it is: "the army's base", "the rebel base"."""
        return [k for k in self.tree.kids(noun, "poss", "compound", "amod", "nmod") if self.tree[k].kind == "actor"]

    def _of_noun(self, path: RolePath, noun: int, frame: Frame) -> list[int]:
        """Return what stands behind a preposition on a noun, or as its possessor."""
        tree = self.tree
        if path.prepositions:
            found = tree.prepositional(noun, path.prepositions) or self._next_to(noun, path.prepositions)
            if not found and frame.frame_id == "cut-roads":  # "all roads leading to X"
                leading = tree.kids(noun, "acl", "relcl")
                found = [k for clause in leading for k in tree.prepositional(clause, path.prepositions)]
            after = tree[min(noun + 1, len(tree) - 1)]
            if (
                not found
                and path.prepositions[0] == "in"
                and after.lower in path.prepositions[:2]
                and after.dep == "prep"
            ):
                found = tree.kids(after.i, "pobj")  # hung on the verb: "attacked their stronghold in X"
            if not found and "of" in path.prepositions:  # "the recapture by the army of X"
                by = tree.prepositional(noun, ("by",))
                found = [k for head in by for k in tree.prepositional(head, ("of",)) if tree[k].kind == "place"]
            if not found and frame.kind is Kind.CONTESTS:  # "clashes between A and B in X"
                found = [k for head in tree.between_whom(noun) for k in tree.prepositional(head, path.prepositions)]
            found = found or self._on_being(noun, path.prepositions)
            if frame.frame_id == "stronghold":  # "a bastion of support for them"
                support = [k for k in found if tree[k].lower in _SUPPORT]
                found = found + [k for head in support for k in tree.prepositional(head, ("for", "of"))]
            if frame.kind is Kind.BESIEGES:  # "the encirclement of their troops at X"
                found = found + [k for head in found for k in tree.prepositional(head, ("at", "in", "inside"))]
            return found
        nouns = tree.frames.nouns
        return [
            k
            for k in tree.kids(noun, "poss", "compound", "nmod", "amod")
            if tree[k].kind == "place"
            or (tree[k].dep == "poss" and self._singular(k) in nouns.settlement)
            or (tree[k].dep == "poss" and self._singular(k) in nouns.facility)
            or (tree[k].dep == "poss" and tree[k].lower == "whose")
        ]

    def _garrisoned(self, verb: int) -> list[int]:
        """Return the place whose garrison leaves: "the garrison of X fled"."""
        heads = self.tree.surface_subjects(verb)
        heads += [m for k in heads for m in self.tree.prepositional(k, ("of",))]  # "the last of the defenders of X"
        guards = [k for k in heads if self.tree[k].lower.split(" ")[-1] in _GUARDS]
        return [m for k in guards for m in self.tree.prepositional(k, ("of", "at"))]

    def _is_day(self, k: int) -> bool:
        """Tell whether a noun is a date or a year."""
        token = self.tree[k]
        return token.kind == "date" or (token.entity is None and token.lower[:1].isdigit())

    def _where(self, verb: int) -> list[int]:
        """Return what "where" stands for in a relative clause: "X, where rebels were fighting the army"."""
        where = next((k for k in self.tree.kids(verb, "advmod") if self.tree[k].lower == "where"), None)
        if where is None or self.tree[verb].dep != "relcl":
            return []
        head = self.tree[verb].head  # "X, the last town where", "X, the seat of Y and the last town where"
        of = self.tree[head].head
        if self.tree[head].dep == "pobj" and self.tree[of].lower == "of" and self.tree[self.tree[of].head].tag == "CD":
            head = self.tree[of].head  # "X, one of two towns where"
        while self.tree[head].kind is None and self.tree[head].dep in {"appos", "conj"}:
            head = self.tree[head].head
        if self.tree[head].kind is None and self.tree[head].dep == "attr":  # "X was the only town where"
            head = next(iter(self.tree.surface_subjects(self.tree[head].head)), head)
        return [head] if self.tree[head].kind == "place" else []

    def _next_to(self, noun: int, prepositions: Sequence[str]) -> list[int]:
        """Return what stands behind a preposition right after "the fall of X", though hung on the verb above."""
        of = next((k for k in self.tree.kids(noun, "prep") if self.tree[k].lower == "of"), None)
        if of is None or not self.tree.kids(of, "pobj"):
            return []
        at = self.tree.kids(of, "pobj")[0] + 1
        for k in (at, self.places.phrase_stop(of)):
            linked = k < len(self.tree) and self.tree[k].dep in {"prep", "dative", "agent"}
            if linked and self.tree[k].lower in prepositions:
                return self.tree.kids(k, "pobj")
        if "by" in prepositions and (by := self._by_behind(at)):
            return by
        if "to" in prepositions:
            at = self._behind_area(at)
        if "to" not in prepositions or at >= len(self.tree) or self.tree[at].text != ",":
            return []
        for token in self.tree.tokens[at + 1 :]:  # "the fall of X, their last base, to Y"
            if self.tree.is_verb(token.i) or token.text == ";":
                return []
            if token.lower == "to" and self.tree[token.i - 1].text == ",":
                return self.tree.kids(token.i, "pobj")
        return []

    def _behind_area(self, at: int) -> int:
        """Return where the phrase ends that tells where a place lies: "the fall of X in Y province, to Z"."""
        if at < len(self.tree) and self.tree[at].lower in {"in", "near"} and self.tree.kids(at, "pobj"):
            return self.places.phrase_stop(at)
        return at

    def _by_behind(self, at: int) -> list[int]:
        """Return the side behind "by" and a list or an aside: "the siege of X and Y (near Z), by the rebels"."""
        for token in self.tree.tokens[at:]:
            if self.tree.is_verb(token.i) or token.text in {";", ":"}:
                return []
            if token.lower == "by" and token.dep in {"prep", "agent"}:
                return [k for k in self.tree.kids(token.i, "pobj") if self.tree[k].kind == "actor"]
        return []

    def _on_being(self, noun: int, prepositions: Sequence[str]) -> list[int]:
        """Return who stands behind "by" where a noun only is: "the first seizure of X was in March by Y"."""
        verb = self.tree[noun].head
        if "by" not in prepositions:
            return []
        done = self.tree[noun].dep == "nsubjpass" and self.tree.verb_base(verb) in _DOING
        if not done and (self.tree[noun].dep != "nsubj" or self.tree.verb_base(verb) not in {"be", "come"}):
            return []
        return [k for k in self.tree.prepositional(verb, ("by",)) if self.tree[k].kind == "actor"]

    def _on_verb_of(self, noun: int, prepositions: Sequence[str]) -> list[int]:
        """Return what stands behind the prepositions of the verb whose subject the noun is ("clashes erupted in X")."""
        if self.tree[noun].dep not in {"nsubj", "nsubjpass", "dobj"}:
            return []
        verb = self.tree[noun].head
        if not self.tree.is_verb(verb):
            return []
        found = self.tree.prepositional(verb, prepositions)
        if not found:  # "clashes resumed between A and B in X"
            found = [k for head in self.tree.between_whom(verb) for k in self.tree.prepositional(head, prepositions)]
        return found or (self._where(verb) if "in" in prepositions else [])
