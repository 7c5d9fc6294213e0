"""
Where the roles of a frame lead in a sentence: from its verb or noun to the heads of places and sides.

A path ("object", "noun.owner", "pp:from") is data; here it is walked on the tree, and
around what parsers hang on the wrong word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.frames import Frame, RolePath
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.belongings import is_area
from tracker.claims.roles.ellipsis import left_out, on_the_way, own_ground
from tracker.claims.roles.equating import Equating
from tracker.claims.roles.places import PlaceHit, PlaceReader
from tracker.claims.roles.resuming import resumed
from tracker.claims.roles.sides import PEOPLE, ActorHit, ActorReader
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["RolePaths"]

_DOING = words("roles", "doing")
_GIVING_UP = frozenset({"abandon", "give-up"})  # whose posts in X are a part of it
_GUARDS = words("roles", "guards")
_FORWARD = frozenset({"advance", "push", "march", "roll", "drive", "thrust", "punch"})
_LESSER = words("scope", "lesser_ground")


class RolePaths(Equating):
    """Walks the role paths of frames in one sentence."""

    def __init__(self, tree: Tree, places: PlaceReader, sides: ActorReader) -> None:
        super().__init__(tree)
        self.places = places
        self.sides = sides

    def _places(self, frame: Frame, verb: int | None, noun: int | None, carrier: int | None) -> list[PlaceHit]:
        tried: list[int] = []
        for path in frame.place:
            heads = self._heads(path, verb, noun, carrier, frame)
            if path.start == "town":
                return self._left_out(path, frame, verb, noun, tried) if verb is not None else []
            if path.prepositions or path.start == "object":
                tried += heads
            if path.start == "here" and frame.kind is Kind.BESIEGES:
                return self.places.focus(noun or 0) if verb is not None and self._people(verb) else []
            if path.start == "here":
                if noun is None or self.tree.prepositional(noun, ("of", "on", "around", "to", "in", "over")):
                    return []
                other = self.tree.prepositional(verb, ("of", "over")) if verb is not None else []
                if any(self.tree[k].lower.removesuffix("s") in _LESSER for k in other):
                    return []  # "took control of a ridge"
                found = self.places.focus(noun)
                if frame.kind is Kind.BREAKS_SIEGE or self.places.discourse.title is not None:
                    return found
                # "entered X, and by night they were in control"
                own = [hit for hit in found if hit.sentences_back == 0]
                return own or (resumed(self.tree, self.places, frame, verb, noun) if verb is not None else [])
            if path.start == "nearby":
                if verb is None or not self._out(verb) or (tried and frame.frame_id == "drive-out"):
                    return []
                found = self.places.focus(verb or 0, noun="it")
                near = [hit for hit in found if hit.sentences_back == 0 and self.places.is_place(hit, frame.kind)]
                passed = {seen.ref.start for seen in self.places.here if on_the_way(self.tree, seen.position)}
                near = [hit for hit in near if hit.ref.start not in passed]
                if near:
                    return near
                continue
            hits: list[PlaceHit] = []
            if path.end == "owner" and frame.frame_id == "the-capture-of" and noun is not None and not heads:
                hits = self._its(noun)
            inner = frame.kind in {Kind.GAINS, Kind.HOLDS} and frame.frame_id != "raise-flag"
            if path.start == "object" and not path.prepositions and verb is not None:
                heads = [self._whole_phrase(verb, head) for head in heads]
            for head in heads:
                post = (frame.kind in {Kind.ENTERS, Kind.BESIEGES} and self.places.is_post(head)) or (
                    frame.frame_id in _GIVING_UP and self._singular(head) != self.tree[head].lower
                )
                for hit in self.places.places(head, inner=inner or post):
                    if all(hit.ref.start != other.ref.start or hit.part != other.part for other in hits):
                        hits.append(hit)
            if not hits and not heads and path.start == "subject" and verb is not None and self.tree[verb].head == verb:
                hits = self._telegraphic(verb)
            if not hits and path.start == "object" and verb is not None:
                hits = self._inside_of(verb, heads)
            if not hits and frame.frame_id == "raise-flag" and self.places.discourse.about_title:
                # "above the government complex in X": news says no more by it, a history that the town was taken
                inside = [k for head in heads for k in self.tree.prepositional(head, ("in", "of", "at", "inside"))]
                hits = [hit for k in inside for hit in self.places.places(k)] or self._seat(heads)
            if not hits and frame.kind is Kind.CONTESTS and any(map(self._in_the_streets, heads)):
                hits = self._only_town() or self.places.focus(noun if noun is not None else verb or 0)
            hits = [hit for hit in hits if self.places.is_place(hit, frame.kind)]
            hits = self._arrived_at(frame, path, verb, hits)
            if frame.frame_id == "stronghold" and path.prepositions == ("in",) and noun is not None:
                hits = [hit for hit in hits if self._is_seat(noun, hit)]
            if not hits and frame.frame_id == "besiege" and path.start == "object" and verb is not None:
                hits = self._where_they_are(verb)
            behind = verb is not None and self.tree[verb].dep in {"relcl", "acl"} and self.tree[verb].head < verb
            if verb is not None and behind and self.tree[self.tree[verb].head].dep != "attr":  # "the first to fall"
                hits = [hit for hit in hits if hit.token < verb] or hits  # "X, which the army holds, and Y"
            if hits:
                return self._narrowest(hits)
        return resumed(self.tree, self.places, frame, verb, noun) if verb is not None else []

    def _arrived_at(self, frame: Frame, path: RolePath, verb: int | None, hits: list[PlaceHit]) -> list[PlaceHit]:
        """Return the places that a move reaches: "advanced to the centre of X", "landed on the island"."""
        if frame.frame_id == "land-on":
            return [hit for hit in hits if hit.ref.feature.startswith("ISL") or "island" in hit.ref.text.lower()]
        if frame.frame_id != "push-into" or path.prepositions != ("to",):
            return hits
        forward = verb is not None and self.tree.verb_base(verb) in _FORWARD
        parts = {"centre", "outskirts"} if forward else {"centre"}
        return [hit for hit in hits if hit.part in parts]

    def _left_out(
        self, path: RolePath, frame: Frame, verb: int, noun: int | None, tried: Sequence[int]
    ) -> list[PlaceHit]:
        """Return the place that a verb leaves out: the town of an entry, or what the text is telling of."""
        leaving = frame.frame_id == "drive-out" and self._out(verb)  # "were expelled": no "out" is needed
        with_verb = () if leaving else path.prepositions
        town = left_out(self.tree, self.places, verb, tried, with_verb)
        if town or not (frame.kind is Kind.WITHDRAWS or frame.frame_id == "drive-out"):
            return town
        going = self.tree.objects(verb) if frame.frame_id == "drive-out" else self.tree.surface_subjects(verb)
        own = own_ground(self.tree, self.places, self.sides, verb, going, () if leaving else ("out",))
        return own or resumed(self.tree, self.places, frame, verb, noun)

    def _seat(self, heads: Sequence[int]) -> list[PlaceHit]:
        """Return the town of an entry for a nameless building in it: "the flag was raised over the town hall"."""
        title = self.places.discourse.title
        nouns = self.tree.frames.nouns
        houses = nouns.facility | nouns.inner | words("roles", "houses")
        bare = [k for k in heads if self.tree[k].kind is None and self._singular(k) in houses]
        return (
            [PlaceHit(ref=title, token=bare[0], head=bare[0], sentences_back=1)] if bare and title is not None else []
        )

    def _narrowest(self, hits: list[PlaceHit]) -> list[PlaceHit]:
        """Return places without the area that one only lies in: "laid siege to the city in northern Gornland"."""
        towns = [hit for hit in hits if not is_area(hit)]
        if not towns or len(towns) == len(hits):
            return hits
        return [hit for hit in hits if not is_area(hit) or self.tree[self.tree[hit.head].head].lower != "in"]

    def _where_they_are(self, verb: int) -> list[PlaceHit]:
        """Return the place that the sentence has brought them to: "they entered X, but were soon surrounded"."""
        inside = self.tree.prepositional(
            verb, ("in", "inside", "within", "at", "near", "on", "between", "around", "along")
        )
        if inside or not self.tree.is_passive(verb) or not self._people(verb):
            return []
        told = [hit for hit in self.places.claimed if hit.token < verb]
        return [replace(told[-1], part=None, fraction=None)] if told else []

    def _is_seat(self, noun: int, hit: PlaceHit) -> bool:
        """Tell whether a stronghold in a town is the town: "the insurgents' stronghold in the city of X"."""
        feature = hit.ref.feature
        single = self._singular(noun) == self.tree[noun].lower and not self.tree.prepositional(noun, ("of",))
        indefinite = any(self.tree[k].lower in {"a", "an"} for k in self.tree.kids(noun, "det"))
        town = feature.startswith("PPL") and feature != "PPLX"
        return town and single and not indefinite and self._singular(noun) in {"stronghold", "bastion"}

    def _its(self, noun: int) -> list[PlaceHit]:
        """Return what "its capture" is the capture of: the town that its clause is about, else what "it" means."""
        its = next((k for k in self.tree.kids(noun, "poss") if self.tree[k].lower == "its"), None)
        if its is None or self.tree.prepositional(noun, ("of",)):
            return []
        for above in self.tree.climb(noun):
            if not self.tree.is_verb(above):
                continue
            for head in self.tree.surface_subjects(above):
                if self.tree[head].kind == "place" or self._singular(head) in self.tree.frames.nouns.settlement:
                    return self.places.places(head)
        return self.places.focus(its, noun="it")

    def _people(self, verb: int) -> bool:
        """Tell whether people are spoken of, not a place: "the garrison had been under siege"."""
        heads = self.tree.surface_subjects(verb)
        return any(self.tree[head].kind == "actor" or self.tree[head].lower in PEOPLE for head in heads)

    def _out(self, verb: int) -> bool:
        """Tell whether somebody is driven out, not just back."""
        words = {self.tree[k].lower for k in self.tree.kids(verb, "prt", "advmod", "prep")}
        return "out" in words or self.tree.verb_base(verb) in {"expel", "evict", "dislodge", "eject", "uproot"}

    def _telegraphic(self, verb: int) -> list[PlaceHit]:
        """Return the place of the title for a sentence without a subject: "Fell to the rebels in May."."""
        discourse = self.places.discourse
        if discourse.title is None or not discourse.about_title or self.tree.surface_subjects(verb):
            return []
        return self.places.focus(verb)

    def _inside_of(self, verb: int, heads: Sequence[int]) -> list[PlaceHit]:
        """Return the place in which an unnamed part lies: "the last area that they held in X"."""
        if self.tree[verb].dep not in {"acl", "relcl"}:
            return []
        nouns = self.tree.frames.nouns
        partial = any(self._singular(head) in nouns.part or self._singular(head) in nouns.inner for head in heads)
        where = any(self.tree[k].lower == "where" for k in self.tree.kids(verb, "advmod"))
        if where and self.tree[verb].dep == "relcl" and partial:
            return [replace(hit, part=hit.part or "parts") for hit in self.places.places(self.tree[verb].head)]
        if not partial:
            return []
        found = self.tree.prepositional(verb, ("in", "inside", "at"))
        return [replace(hit, part=hit.part or "parts") for head in found for hit in self.places.places(head)]

    def _whole_phrase(self, verb: int, head: int) -> int:
        """Return the part noun above a place that a participle hangs on: "parts of the city held by"."""
        token = self.tree[verb]
        if token.dep not in {"acl", "relcl"} or token.head != head or self.tree[head].dep != "pobj":
            return head
        upper = self.tree[self.tree[head].head].head
        noun = self._singular(upper)
        of = self.tree[self.tree[head].head].lower == "of"
        return upper if of and noun in self.tree.frames.nouns.part else head

    def _side(
        self,
        paths: Sequence[RolePath],
        frame: Frame,
        verb: int | None,
        noun: int | None,
        taken: set[int],
        other: ActorHit | None,
    ) -> ActorHit | None:
        fallback = None
        for path in paths:
            if path.start == "attacker":
                continue
            if path.end == "owner":
                own = frame.frame_id == "carry-out-withdrawal" and noun is not None and verb is not None
                if own and any(self.tree[k].lower in {"its", "their"} for k in self.tree.kids(noun or 0, "poss")):
                    continue  # "begun its retreat": the subject's
                hit = self.sides.owner(noun) if noun is not None else None
                hits = [hit] if hit is not None else []
            else:
                heads = [head for head in self._heads(path, verb, noun, None, frame) if head not in taken]
                if path.prepositions == ("of",):  # "most of the Syrian city of X" is no loss of Syria's
                    heads = [head for head in heads if self._singular(head) not in self.tree.frames.nouns.settlement]
                if path.start == "subject" and verb is not None and not any(map(self.sides.is_side, heads)):
                    heads = self._same_as_subject(verb) or heads
                found = [self.sides.actor(head, avoid=other.actor_id if other else None) for head in heads]
                hits = [hit for hit in found if hit is not None]
                if path.start == "subject" and frame.going_away and verb is not None and self._grounds(heads):
                    hits = self._last_side(verb)
            hits = [hit for hit in hits if hit.token not in taken]
            known = next((hit for hit in hits if hit.actor_id is not None), None)
            if known is not None:
                return known
            fallback = fallback or (hits[0] if hits else None)
        return fallback

    def _grounds(self, heads: Sequence[int]) -> bool:
        """Tell whether all that stands as a subject is a place, which goes nowhere itself."""
        grounds = self.tree.frames.nouns.settlement
        return bool(heads) and all(self.tree[k].kind == "place" or self._singular(k) in grounds for k in heads)

    def _last_side(self, verb: int) -> list[ActorHit]:
        """Return the side named last before a verb that leaves it out: "X was under them, but then withdrew"."""
        before = [seen for seen in self.sides.here if seen.position < verb]
        hit = self.sides.actor(before[-1].position) if before else None
        return [hit] if hit is not None else []

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
            if noun is None:
                return []
            if path.prepositions:
                found = tree.prepositional(noun, path.prepositions) or self._next_to(noun, path.prepositions)
                after = tree[min(noun + 1, len(tree) - 1)]
                if not found and path.prepositions == ("in",) and after.lower == "in" and after.dep == "prep":
                    found = tree.kids(after.i, "pobj")  # hung on the verb: "attacked their stronghold in X"
                if not found and "of" in path.prepositions:  # "the recapture by the army of X"
                    by = tree.prepositional(noun, ("by",))
                    found = [k for head in by for k in tree.prepositional(head, ("of",)) if tree[k].kind == "place"]
                if not found and frame.kind is Kind.CONTESTS:  # "clashes between A and B in X"
                    between = [
                        k for head in tree.prepositional(noun, ("between",)) for k in (head, *tree.conjuncts(head))
                    ]
                    found = [k for head in between for k in tree.prepositional(head, path.prepositions)]
                found = found or self._on_being(noun, path.prepositions)
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
            ]
        if verb is None:
            if path.start == "verb" and noun is not None:
                return self._on_verb_of(noun, path.prepositions)
            return []
        if path.start == "recipient":
            return [k for k in tree.kids(verb, "dative") if tree[k].tag not in {"IN", "TO"}]
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
        found = [k for k in tree.prepositional(verb, path.prepositions) if not self._is_day(k)]
        if not found and (frame.kind is Kind.CONTESTS or frame.frame_id == "victory-in"):
            with_whom = tree.prepositional(verb, ("with", "against"))
            with_whom += tree.prepositional(noun, ("with", "against", "over", "from")) if noun is not None else []
            found = [k for head in with_whom for k in tree.prepositional(head, path.prepositions)]
        if not found:
            found = [
                k for head in tree.objects(verb) if head > verb for k in tree.prepositional(head, path.prepositions)
            ]
        if found or "in" not in path.prepositions:
            return found
        there = [k for k in tree.kids(verb, "advmod") if tree[k].lower == "there"]
        return self._where(verb) or (there if frame.kind in {Kind.HOLDS, Kind.ENTERS} else [])

    def _garrisoned(self, verb: int) -> list[int]:
        """Return the place whose garrison leaves: "the garrison of X fled"."""
        heads = self.tree.surface_subjects(verb)
        heads += [m for k in heads for m in self.tree.prepositional(k, ("of",))]  # "the last of the defenders of X"
        guards = [k for k in heads if self.tree[k].lower.split(" ")[-1] in _GUARDS]
        return [m for k in guards for m in self.tree.prepositional(k, ("of", "at"))]

    def _only_town(self) -> list[PlaceHit]:
        """Return the one place that the sentence names, and nothing where it names several."""
        named = [token.i for token in self.tree.tokens if token.kind == "place"]
        return self.places.places(named[0]) if len(named) == 1 else []

    def _in_the_streets(self, head: int) -> bool:
        """Tell whether somebody fights "in the streets", of the town that the text is about."""
        if self.tree[head].lower not in {"streets", "alleys"} or self.tree.prepositional(head, ("of", "in")):
            return False
        verbs = (k for k in self.tree.climb(head) if self.tree.is_verb(k))
        return all(self.tree[m].tag != "MD" for k in verbs for m in self.tree.kids(k, "aux"))

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
        while self.tree[head].kind is None and self.tree[head].dep in {"appos", "conj"}:
            head = self.tree[head].head
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
        if "to" not in prepositions or at >= len(self.tree) or self.tree[at].text != ",":
            return []
        for token in self.tree.tokens[at + 1 :]:  # "the fall of X, their last base, to Y"
            if self.tree.is_verb(token.i) or token.text == ";":
                return []
            if token.lower == "to" and self.tree[token.i - 1].text == ",":
                return self.tree.kids(token.i, "pobj")
        return []

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
        return found or (self._where(verb) if "in" in prepositions else [])
