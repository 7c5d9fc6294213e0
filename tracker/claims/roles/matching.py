"""
Frames laid over a parsed sentence: which trigger says what about which place and side.

One matcher serves both back ends; it sees only the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.claims.frames import Frame
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.equating import made_into
from tracker.claims.roles.filling import Filling, Finding
from tracker.claims.roles.firing import Firing
from tracker.claims.roles.gaps import with_gaps
from tracker.claims.roles.going import LASTS
from tracker.claims.roles.occupiers import occupiers
from tracker.claims.roles.places import PlaceReader
from tracker.claims.roles.sides import ActorReader
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["match"]

_AS_NOUNS = frozenset({"control", "siege", "theirs", "ours"})  # whatever a parser takes them for
_ONCE = frozenset({"previously", "formerly", "once", "long", "earlier"})
_LATELY = frozenset({"newly", "recently", "freshly", "just", "lately"})
_CALLED = frozenset({"called", "named", "dubbed", "codenamed", "termed"})
_STILL = frozenset({"still", "now", "currently"})
_ASIDE = 4  # tokens of time between a comma and "in their hands"
_NO_GROUND = words("matching", "no_ground")
_NOUN_TELLS_TOO = frozenset({"confirm-withdrawal", "fight-battles-in"})
_ENDINGS = words("matching", "endings")
_LANDS = frozenset({"territory", "land", "part", "ground", "hands", "enclave", "pocket", "salient"})
_PUT_THERE = tuple(words("occupiers", "put_there"))
_INSIDE = frozenset(
    {"building", "position", "post", "house", "office", "headquarters", "checkpoint"}
)  # may be occupied
_FORMING = frozenset({"form", "make", "constitute", "represent"})
_LYING = frozenset({"be", "lie", "remain", "sit", "stand", "stay", "locate", "situate"})


class _Matcher(Filling):
    def __init__(self, tree: Tree, places: PlaceReader, sides: ActorReader) -> None:
        super().__init__(tree, places, sides)
        self.firing = Firing.of(tree.frames)
        self.used: set[int] = set()  # nouns that a light verb has spoken for
        self._near: dict[int, set[str]] = {}  # words with which each verb may form a phrase
        self.nouns = {noun for noun, token in zip(tree.singulars, tree.tokens, strict=True) if token.entity is None}

    def run(self) -> Iterator[Finding]:
        by_form = self.firing.by_form
        for token in self.tree.tokens:
            if token.lower in by_form and (
                self.tree.is_verb(token.i) or (token.tag in {"JJ", "NN"} and token.entity is None)
            ):
                yield from self._verb(token.i)
        for token in self.tree.tokens:
            if token.kind == "held":
                yield from self._held(token.i)
            if token.entity is not None:
                yield from self._label_in_name(token.i)
                continue
            if (
                token.tag.startswith("NN")
                or token.lower in _AS_NOUNS
                or (token.tag == "VBG" and token.dep in {"nsubj", "pobj", "dobj"})
            ):
                yield from self._noun(token.i)

    # -- triggers ---------------------------------------------------------------------------------

    def _verb(self, i: int) -> Iterator[Finding]:
        token = self.tree[i]
        carried = False  # a light verb says all by its noun: "fell into the hands of" is no fall besides
        for frame in self.firing.by_form[token.lower]:
            if (carried and frame.frame_id == "fall") or not self._may_fill(frame) or not self._particle_fits(i, frame):
                continue
            if frame.shape == "light":
                for noun in self._light_nouns(i, frame):
                    found = list(self._filled(frame, i, i, noun))
                    if found or frame.frame_id not in _NOUN_TELLS_TOO:
                        self.used.add(noun)
                    carried = True
                    yield from found
            elif i > 1 and self.tree[i - 2].lower == "booby":
                continue  # "booby-trapped"
            elif token.lower == "disputed" and token.dep == "amod":
                continue  # "the disputed areas": by states and parties, not in arms
            elif self._takes_no_ground(i):
                continue  # "a campaign in which they took part"
            elif token.tag == "JJ" and self._tells_more(i):
                continue  # "it was not clear who"
            elif token.dep == "amod" and not self._tells_by_itself(i, frame):
                continue
            elif self.tree.is_verb(i) or token.dep in {"amod", "acomp", "oprd", "attr"}:
                yield from self._filled(frame, i, i, None)

    def _takes_no_ground(self, i: int) -> bool:
        """Tell whether a verb and its bare object are one word: "take part", "took shape", not "took part of X"."""
        behind = [token.lower for token in self.tree.tokens[i + 1 : i + 3]]
        return bool(behind) and behind[0] in _NO_GROUND and behind[1:] != ["of"]

    def _tells_by_itself(self, i: int, frame: Frame) -> bool:
        """Tell whether an adjective makes a claim: "besieged X", "newly liberated X", but not "captured tanks"."""
        if frame.kind in {Kind.BESIEGES, Kind.CONTESTS, Kind.HOLDS}:
            return True
        head = self.tree[self.tree[i].head]
        named = head.dep == "nsubj" and self._singular(head.i) in self.tree.frames.nouns.settlement
        links = {self.tree[k].lower for k in self.tree.kids(head.i, "det")} & {"the", "these"}
        if frame.frame_id == "capture" and named and links and self.tree.verb_base(head.head) in {"be", "include"}:
            return True  # "the liberated villages are X, Y and Z"
        lately = any(self.tree[k].lower in _LATELY for k in self.tree.kids(i, "advmod"))
        return frame.frame_id == "capture" and lately and self.tree[i].tag == "VBN"

    def _may_fill(self, frame: Frame) -> bool:
        """Tell whether the sentence has a preposition that the place of a frame may stand behind, where it must."""
        links = self.firing.links.get(frame.frame_id)
        return links is None or self.tree.says_any(links)

    def _is_occupied_land(self, i: int) -> bool:
        """Tell whether an adjective says of ground that it is occupied: "occupied X", not "the occupied buildings"."""
        token = self.tree[i]
        past = any(self.tree[k].lower in _ONCE | _LATELY for k in self.tree.kids(i, "advmod", "npadvmod"))
        return (
            token.lower == "occupied" and token.dep == "amod" and not past and self._singular(token.head) not in _INSIDE
        )

    def _particle_fits(self, i: int, frame: Frame) -> bool:
        if frame.frame_id == "occupied-land":
            return self._is_occupied_land(i)
        if not frame.particles or "" in frame.particles:
            return True
        near = self._near.get(i)
        if near is None:
            beside = (*self.tree.kids(i, "prt", "advmod", "prep", "acomp"), *range(i + 1, len(self.tree))[:1])
            near = self._near[i] = {self.tree[k].lower for k in beside}
        return not near.isdisjoint(frame.particles)

    def _light_nouns(self, i: int, frame: Frame) -> list[int]:
        if self.nouns.isdisjoint(frame.nouns):
            return []
        if frame.link_object:
            heads = self.tree.objects(i)
            if frame.frame_id == "end-rule":  # "ended a decade of rebel rule"
                heads += [k for head in heads for k in self.tree.prepositional(head, ("of",))]
        elif frame.link_subject:
            reached = frame.kind is Kind.CONTESTS  # "fighting reached X"
            heads = self.tree.surface_subjects(i) if reached or not self.tree.kids(i, "dobj") else []
            if reached and self.tree.is_passive(i):
                heads = self.tree.agents(i)  # "was rocked by clashes"
        else:
            links = [k for k in self._linking(i, frame.link) if not self._said_beside(k)]
            heads = [p for k in links for p in self.tree.kids(k, "pobj")]
        spread = [k for head in heads for k in (head, *self.tree.conjuncts(head))]
        found = [k for k in spread if self._singular(k) in frame.nouns and self.tree[k].entity is None]
        return [k for k in found if frame.frame_id != "under-control" or not self._in_control_of(k)]

    def _said_beside(self, preposition: int) -> bool:
        """Tell whether a state is that of a place beside the verb: "the battle ended with X in rebel hands"."""
        place = self.tree[self.tree[preposition].head]
        beside = place.kind == "place" and place.dep == "pobj" and self.tree[place.head].lower == "with"
        return beside or self._beside_with(preposition) is not None or self._still_so(preposition) is not None

    def _beside_with(self, preposition: int) -> int | None:
        """Return of whom a state is told behind "with": "the battle ended with them firmly in control of X"."""
        before = preposition - 1
        while before > 0 and self.tree[before].tag == "RB":
            before -= 1
        told = before > 0 and self.tree[before].dep == "pobj" and self.tree[self.tree[before].head].lower == "with"
        return before if told and self.tree[before].kind in {"actor", "place"} else None

    def _in_control_of(self, noun: int) -> bool:
        """Tell whether a noun is that of "in control of X", whose "of" names what is held, not who holds it."""
        bare = not self.tree.kids(noun, "det", "poss", "compound")
        inside = self.tree[self.tree[noun].head].lower == "in"
        held = [k for k in self.tree.prepositional(noun, ("of",)) if self.tree[k].kind != "actor"]
        return inside and bare and self._singular(noun) == "control" and bool(held)

    def _linking(self, i: int, prepositions: Sequence[str]) -> list[int]:
        """Return the prepositions of a verb, wherever inside its objects or subjects the parser hung them."""
        found = []
        for token in self.tree.tokens:
            if token.lower not in prepositions:
                continue
            joined = token.dep == "conj" and token.tag == "IN"  # "outside their control and under siege"
            if not (joined or token.dep in {"prep", "dative", "agent"}):
                continue
            above = next((k for k in self.tree.climb(token.i) if self.tree.is_verb(k)), None)
            if above == i:
                found.append(token.i)
        return found

    def _noun(self, i: int) -> Iterator[Finding]:
        noun = self._singular(i)
        above = self.tree[self.tree[i].head]
        if above.lower in _CALLED and self.tree[i].text[0].isupper():
            return  # "also called the Fall of X"
        for frame in self.tree.frames.by_noun.get(noun, ()):
            if frame.frame_id == "occupiers-in":
                continue  # read by whose they are
            if i not in self.used or frame.shape == "label" or frame.frame_id == "gains-are":
                yield from self._filled(self._ended(i, frame), i, self._said_of(i, frame), i)
        if i in self.used:
            return
        head = self.tree[i].head
        carrier = self._carrier(head) if self.tree[i].dep == "pobj" else None
        if carrier is not None:
            for frame in self.firing.by_carried.get(noun, ()):
                if self.tree[head].lower in frame.link:
                    yield from self._filled(frame, i, carrier, i, carrier=carrier)

    def _said_of(self, i: int, frame: Frame) -> int:
        """Return from where the truth of what a noun says is judged: "their gains will include X" by its verb."""
        told = frame.frame_id == "gains-are" and self.tree[i].dep == "nsubj" and self.tree.is_verb(self.tree[i].head)
        return self.tree[i].head if told else i

    def _carrier(self, preposition: int) -> int | None:
        """Return the noun that a phrase hangs on, or describes behind a comma: "X, under siege since May, fell"."""
        named = self._still_so(preposition)
        if named is not None:
            return named
        above = self.tree[preposition].head
        if not self.tree.is_verb(above):
            return self._last_of(above)
        whose = self._beside_with(preposition)
        if whose is not None and self.tree[whose].kind == "actor":
            return whose
        first = preposition
        while first > preposition - _ASIDE and self._tells_when(first - 1):
            first -= 1  # "X, at that time in their hands"
        aside = first > 1 and self.tree[first - 1].text == ","
        return first - 2 if aside and self.tree[first - 2].kind == "place" else None

    def _still_so(self, preposition: int) -> int | None:
        """Return the first name of which a phrase tells: "X and Y still in their hands", "X and Y, both under them"."""
        before = preposition - (preposition > 0 and self.tree[preposition - 1].lower in _STILL)
        all_of = before > 1 and self.tree[before - 1].lower in {"both", "all"}
        named = before - all_of - 1
        if named > 0 and all_of and self.tree[named].text == ",":
            named -= 1
        if named < 0 or before - all_of == preposition or self.tree[named].kind != "place":
            return None
        first = self.tree[named].head
        return first if self.tree[named].dep == "conj" and self.tree[first].kind == "place" else named

    def _last_of(self, land: int) -> int:
        """Return the town that is the last of a land in such a state: "the last town of the land in rebel hands"."""
        link = self.tree[self.tree[land].head]
        town = self.tree[link.head]
        if self.tree[land].dep != "pobj" or link.lower not in {"of", "in"} or town.kind is not None:
            return land
        ranked = any(self.tree[k].lower in LASTS for k in self.tree.kids(town.i, "amod"))
        return town.i if ranked and self._singular(town.i) in self.tree.frames.nouns.settlement else land

    def _tells_when(self, i: int) -> bool:
        return i > 0 and (self.tree[i].tag == "RB" or self.tree[i].lower in {"at", "that", "the", "time"})

    def _ended(self, i: int, frame: Frame) -> Frame:
        """Return the frame of the end of a siege for "the lifting of the siege"."""
        above = self.tree[i].head
        if frame.kind is not Kind.BESIEGES or self.tree[i].dep != "pobj" or self.tree[above].lower not in {"of", "to"}:
            return frame
        if self._singular(self.tree[above].head) not in _ENDINGS:
            return frame
        return replace(frame, kind=Kind.BREAKS_SIEGE)

    def _label_in_name(self, i: int) -> Iterator[Finding]:
        """Read "left X as the last rebel holdout", "rebel holdouts include X": words for a side that have the noun."""
        token, link = self.tree[i], self.tree[self.tree[i].head]
        left = token.dep == "pobj" and link.lower == "as" and self.tree.is_verb(link.head)
        listed = token.dep == "nsubj" and link.lower in {"include", "includes", "included"}
        if token.kind != "actor" or not (left or listed):
            return
        noun = self.tree.frames.singular(token.lower.split()[-1])
        frame = next((f for f in self.tree.frames.by_noun.get(noun, ()) if f.frame_id == "stronghold"), None)
        actor = self.sides.actor(i) if frame is not None else None
        if frame is None or actor is None or actor.actor_id is None:
            return
        for head in made_into(self.tree, link.head) if left else self.tree.kids(link.i, "dobj"):
            for hit in self.places.places(head):
                yield Finding(
                    frame=frame,
                    trigger=i,
                    governor=link.head if left else link.i,
                    place=hit,
                    actor=actor,
                    counter=None,
                    kind=frame.kind,
                )

    def _held(self, i: int) -> Iterator[Finding]:
        """Read "rebel-held X": the place stands in the phrase that the word belongs to."""
        token = self.tree[i]
        if token.dep in {"acomp", "oprd", "attr"} or self.tree[token.head].lower in {
            "be",
            "been",
            "is",
            "are",
            "was",
            "were",
            "remains",
            "remained",
        }:
            heads = self.tree.surface_subjects(token.head)
        else:
            head = self._phrase_head(i)
            heads = self._apposed(head) if head is not None else []
        frame = self.firing.held
        for head in heads:
            for hit in self.places.places(head, inner=False):
                unknown = hit.ref.resolution is None or hit.ref.resolution.place_id is None
                if unknown and self.tree[i].lower.endswith("run"):
                    continue  # stations and papers are run, too
                if self.places.is_place(hit, frame.kind):
                    resolved = hit.ref.resolution
                    self.sides.country = resolved.country if resolved is not None else None
                    actor = self.sides.actor(i)
                    yield Finding(
                        frame=frame, trigger=i, governor=head, place=hit, actor=actor, counter=None, kind=frame.kind
                    )

    def _apposed(self, head: int) -> list[int]:
        """Return the head of a phrase, or the name that it only describes: "X, a rebel-held enclave near Y"."""
        plain = any(self.tree[k].lower in {"a", "an"} for k in self.tree.kids(head, "det"))
        above = self.tree[head].head
        if plain and self.tree[head].dep == "appos" and self.tree[above].kind in {"place", "name"}:
            return [above]
        return [*self._lying_there(head), head]

    def _lying_there(self, head: int) -> list[int]:
        """Return what lies on ground that is somebody's, or makes it up: "X lies in a rebel-held salient"."""
        if self._singular(head) not in self.tree.frames.nouns.quarter | _LANDS:
            return []
        link = self.tree[self.tree[head].head]
        if self.tree[head].dep == "dobj" and self.tree.verb_base(link.i) in _FORMING:
            heads = self.tree.surface_subjects(link.i)  # "X is a hub that forms a rebel-held salient"
            heads += [
                m for k in heads if self.tree[k].dep == "attr" for m in self.tree.surface_subjects(self.tree[k].head)
            ]
            return [k for k in heads if self.tree[k].kind == "place"]
        if self.tree[head].dep == "dobj":
            at = [k for k in self.tree.prepositional(link.i, ("at", "around")) if head < k]
            return [k for k in at if self.tree[k].kind == "place"]  # "shelled the rebel-held salient at X"
        if self.tree[head].dep != "pobj" or link.lower not in {"in", "inside", "within"}:
            return []
        lying = self.tree[link.head]
        if lying.dep == "appos":
            lying = self.tree[lying.head]  # "X, a town in rebel-held territory"
        if lying.kind == "place":
            return [lying.i]
        if link.i > 1 and self.tree[link.i - 1].text == "," and self.tree[link.i - 2].kind == "place":
            return [link.i - 2]
        lies = self.tree.is_verb(link.head) and self.tree.verb_base(link.head) in _LYING
        return [k for k in self.tree.surface_subjects(link.head) if self.tree[k].kind == "place"] if lies else []

    def _phrase_head(self, i: int) -> int | None:
        for above in self.tree.climb(i):
            token = self.tree[above]
            if (
                above > i
                and token.dep not in {"compound", "nmod"}
                and (token.tag.startswith("NN") or token.entity is not None)
            ):
                return above
            if above < i:
                break
        for token in self.tree.tokens[i + 1 : i + 6]:
            if token.tag.startswith("NN") or token.kind == "place":
                following = self.tree[token.head]
                return following.i if following.i == token.i + 1 and token.dep in {"compound", "amod"} else token.i
            if token.tag not in {"JJ", "CD", "DT", "HYPH", "RB", "VBN"}:
                break
        return None

    def _tells_more(self, adjective: int) -> bool:
        """Tell whether an adjective is about a clause, wherever the parser hung it: "it was not clear who"."""
        above = self.tree[adjective].head if self.tree[adjective].dep == "acomp" else adjective
        return bool(self.tree.kids(adjective, "ccomp", "xcomp", "csubj") or self.tree.kids(above, "ccomp", "csubj"))


def match(tree: Tree, places: PlaceReader, sides: ActorReader) -> list[Finding]:
    """Return every finding of a sentence, by trigger; several frames may find the same place."""
    found = list(_Matcher(tree, places, sides).run())
    if any("occup" in token.lower or token.lower.endswith(_PUT_THERE) for token in tree.tokens):
        found += occupiers(tree, places, sides)
    return with_gaps(tree, places, sides, found) if found else found
