"""
Frames laid over a parsed sentence: which trigger says what about which place and side.

One matcher serves both back ends; it sees only the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.claims.actor_data import Form
from tracker.claims.frames import Frame, RolePath
from tracker.claims.roles import PlaceHit, PlaceReader
from tracker.claims.sides import PEOPLE, ActorHit, ActorReader
from tracker.claims.syntax import Tree
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["Finding", "match"]

_BE = frozenset({"be", "remain", "become", "stay"})
_ANNOUNCING = words("matching", "announcing")
_ADMITTING = words("matching", "admitting")
_ENDINGS = words("matching", "endings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    A frame that found its place in a sentence.

    Attributes
    ----------
    trigger
        Index of the verb or noun that set the frame off.
    governor
        Index of the verb or noun from which truth and time are judged; the trigger or its light verb.
    actor, counter
        The sides in their roles, None when the sentence names none there.
    open_side
        Words that name the acting side without telling which it is: nobody may be put in its place.
    """

    frame: Frame
    trigger: int
    governor: int
    place: PlaceHit
    actor: ActorHit | None
    counter: ActorHit | None
    kind: Kind
    open_side: str | None = None


class _Matcher:
    def __init__(self, tree: Tree, places: PlaceReader, sides: ActorReader) -> None:
        self.tree = tree
        self.places = places
        self.sides = sides
        self.used: set[int] = set()  # nouns that a light verb has spoken for

    def run(self) -> Iterator[Finding]:
        frames = self.tree.frames
        for token in self.tree.tokens:
            if self.tree.is_verb(token.i) or (
                token.tag in {"JJ", "NN"} and token.lower in frames.verb_forms and token.entity is None
            ):
                yield from self._verb(token.i)
        for token in self.tree.tokens:
            if token.kind == "held":
                yield from self._held(token.i)
            if token.entity is not None:
                continue
            if (
                token.tag.startswith("NN")
                or token.lower in {"control", "siege"}
                or (token.tag == "VBG" and token.dep in {"nsubj", "pobj", "dobj"})
            ):
                yield from self._noun(token.i)

    # -- triggers ---------------------------------------------------------------------------------

    def _verb(self, i: int) -> Iterator[Finding]:
        frames = self.tree.frames
        bases = {base for base, _ in frames.verb_forms.get(self.tree[i].lower, ())}
        tried: set[str] = set()
        for base in sorted(bases):
            for frame in frames.by_verb.get(base, ()):
                if frame.frame_id in tried:
                    continue
                tried.add(frame.frame_id)
                if not self._particle_fits(i, frame):
                    continue
                if frame.shape == "light":
                    for noun in self._light_nouns(i, frame):
                        self.used.add(noun)
                        yield from self._filled(frame, i, i, noun)
                elif self.tree[i].dep == "amod" and frame.kind not in {Kind.BESIEGES, Kind.CONTESTS, Kind.HOLDS}:
                    continue
                elif self.tree.is_verb(i) or self.tree[i].dep in {"amod", "acomp", "oprd", "attr"}:
                    yield from self._filled(frame, i, i, None)

    def _particle_fits(self, i: int, frame: Frame) -> bool:
        if not frame.particles:
            return True
        near = {self.tree[k].lower for k in self.tree.kids(i, "prt", "advmod", "prep")}
        if i + 1 < len(self.tree):
            near.add(self.tree[i + 1].lower)
        return "" in frame.particles or bool(near & frame.particles)

    def _light_nouns(self, i: int, frame: Frame) -> list[int]:
        if frame.link_object:
            heads = self.tree.objects(i)
        else:
            heads = [p for k in self._linking(i, frame.link) for p in self.tree.kids(k, "pobj")]
        spread = [k for head in heads for k in (head, *self.tree.conjuncts(head))]
        return [k for k in spread if self._singular(k) in frame.nouns and self.tree[k].entity is None]

    def _linking(self, i: int, prepositions: Sequence[str]) -> list[int]:
        """Return the prepositions of a verb, wherever inside its objects or subjects the parser hung them."""
        found = []
        for token in self.tree.tokens:
            if token.lower not in prepositions or token.dep not in {"prep", "dative", "agent"}:
                continue
            above = next((k for k in self.tree.climb(token.i) if self.tree.is_verb(k)), None)
            if above == i:
                found.append(token.i)
        return found

    def _noun(self, i: int) -> Iterator[Finding]:
        noun = self._singular(i)
        for frame in self.tree.frames.by_noun.get(noun, ()):
            if i not in self.used or frame.shape == "label":
                yield from self._filled(self._ended(i, frame), i, i, i)
        if i in self.used:
            return
        head = self.tree[i].head
        carrier = self._carrier(head) if self.tree[i].dep == "pobj" else None
        if carrier is not None:
            for frame in self.tree.frames.frames:
                if (
                    frame.shape == "light"
                    and noun in frame.nouns
                    and self.tree[head].lower in frame.link
                    and _carried(frame)
                ):
                    yield from self._filled(frame, i, carrier, i, carrier=carrier)

    def _carrier(self, preposition: int) -> int | None:
        """Return the noun that a phrase hangs on, or describes behind a comma: "X, under siege since May, fell"."""
        above = self.tree[preposition].head
        if not self.tree.is_verb(above):
            return above
        aside = preposition > 1 and self.tree[preposition - 1].text == ","
        return preposition - 2 if aside and self.tree[preposition - 2].kind == "place" else None

    def _ended(self, i: int, frame: Frame) -> Frame:
        """Return the frame of the end of a siege for "the lifting of the siege"."""
        above = self.tree[i].head
        if frame.kind is not Kind.BESIEGES or self.tree[i].dep != "pobj" or self.tree[above].lower not in {"of", "to"}:
            return frame
        if self._singular(self.tree[above].head) not in _ENDINGS:
            return frame
        return replace(frame, kind=Kind.BREAKS_SIEGE)

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
        frame = next(frame for frame in self.tree.frames.frames if frame.shape == "held")
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
        return [head]

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

    # -- roles ------------------------------------------------------------------------------------

    def _filled(
        self, frame: Frame, trigger: int, governor: int, noun: int | None, *, carrier: int | None = None
    ) -> Iterator[Finding]:
        verb = trigger if frame.verbs and noun != trigger else None
        if (
            verb is not None
            and self.tree.verb_base(verb) == "take"
            and any(self._singular(k) == "position" for k in self.tree.objects(verb))
        ):
            return
        if verb is not None and frame.frame_id == "fall" and self.tree.kids(verb, "acomp", "oprd"):
            return  # "fell quiet"
        places = self._places(frame, verb, noun, carrier)
        if not places or self._own_capital(frame, noun):
            return
        if frame.whole:
            places = [hit for hit in places if self.tree[hit.head].kind == "place" or hit.sentences_back is not None]
        taken = {hit.token for hit in places}
        resolved = places[0].ref.resolution if places else None
        self.sides.country = resolved.country if resolved is not None else None
        counter = self._side(frame.counter, frame, verb, noun, taken, None)
        actor = self._side(frame.actor, frame, verb, noun, taken, counter)
        if frame.frame_id == "besiege" and verb is not None and self._without_object(verb):
            counter, actor = actor, None  # "the troops besieged in X"
        if actor is None and carrier is not None and any(path.start == "carrier" for path in frame.actor):
            actor = self.sides.actor(carrier)
        if (
            frame.frame_id in {"the-capture-of", "the-loss-of"}
            and noun is not None
            and actor is None
            and counter is None
        ):
            actor, counter = self._announcer(noun)
        if (
            frame.frame_id == "the-capture-of"
            and noun is not None
            and actor is None
            and counter is None
            and self._singular(noun) != "fall"
        ):
            actor = self._after_it(noun)
        if (
            (
                frame.kind is Kind.BESIEGES
                and actor is not None
                and actor.actor_id is None
                and verb is not None
                and not self.tree.is_passive(verb)
            )
            and frame.shape == "verb"
            and self.tree[verb].dep not in {"amod", "acomp", "oprd", "attr"}
        ):
            return  # woods and checkpoints surround towns, too
        if (
            frame.kind is Kind.BESIEGES
            and actor is not None
            and actor.actor_id is None
            and verb is not None
            and self.tree.agents(verb)
        ):
            return  # so do villages
        if (
            (actor is None or actor.actor_id is None)
            and frame.kind in {Kind.CONTESTS, Kind.BREAKS_SIEGE}
            and not frame.soldiers
        ):
            actor = self._leading(trigger, counter) or actor
        if frame.frame_id in {"capture", "clear-of"} and verb is not None and self._cleared_of_things(verb, counter):
            return
        if frame.soldiers and (actor is None or actor.civil or actor.actor_id is None):
            return
        if actor is not None and actor.civil and frame.kind is not Kind.BESIEGES:
            if counter is None or counter.actor_id is None:
                return
            actor = None
        if "actor" in frame.needs and (actor is None or actor.actor_id is None):
            return
        if "counter" in frame.needs and (counter is None or counter.actor_id is None):
            return
        if counter is not None and (
            counter.actor_id is None or (actor is not None and counter.actor_id == actor.actor_id)
        ):
            counter = None
        if frame.kind is Kind.BESIEGES and actor is None and counter is not None and counter.sentences_back is not None:
            counter = None  # "the garrison" is whoever is not the besieger, whom the text may name elsewhere
        kind = frame.kind
        if verb is not None and frame.frame_id == "capture" and self._occupied(verb):
            kind = Kind.HOLDS
        if (
            frame.frame_id == "control"
            and actor is not None
            and actor.actor_id is None
            and actor.text.lower() in {"sides", "parties"}
        ):
            kind = Kind.CONTESTS
        for hit in places:
            if frame.shape in {"verb", "light"}:
                self.places.claimed.append(hit)
            holder = counter or self._holder(hit)
            yield Finding(
                frame=frame,
                trigger=trigger,
                governor=governor,
                place=replace(hit, part=hit.part or frame.part),
                actor=actor if actor is not None and actor.actor_id is not None else None,
                counter=holder,
                kind=kind,
                open_side=self._open_side(actor),
            )

    def _occupied(self, verb: int) -> bool:
        """Tell whether a place is said to be occupied, not to have been taken: "has occupied X since"."""
        if self.tree.verb_base(verb) not in {"occupy", "reoccupy"}:
            return False
        auxiliaries = {self.tree[k].lower for k in self.tree.kids(verb, "aux", "auxpass")}
        since = any(self.tree[k].lower == "since" for k in self.tree.kids(verb, "prep", "mark", "advmod"))
        still = any(self.tree[k].lower in {"still", "currently", "now"} for k in self.tree.kids(verb, "advmod"))
        present = self.tree[verb].tag in {"VBZ", "VBP"} or auxiliaries & {"is", "are", "remains", "remain"}
        return bool(present) or (since and bool(auxiliaries & {"has", "have"})) or still

    def _leading(self, trigger: int, other: ActorHit | None) -> ActorHit | None:
        """Return the side that the sentence is about, unless it is the other one."""
        root = next((token.i for token in self.tree.tokens if token.head == token.i), trigger)
        later = [k for k in self.tree.kids(root, "advcl", "conj") if self.tree.is_verb(k)]
        for verb in (root, *later):
            says = self.tree.is_verb(verb) and self.tree.verb_base(verb) in self.tree.frames.scope.speech
            for head in self.tree.surface_subjects(verb) if self.tree.is_verb(verb) and not says else []:
                hit = self.sides.actor(head)
                if (
                    hit is not None
                    and hit.actor_id is not None
                    and not hit.civil
                    and (other is None or hit.actor_id != other.actor_id)
                ):
                    return hit
        return None

    def _without_object(self, verb: int) -> bool:
        """Tell whether a verb that needs an object has none though it looks active: it is a participle."""
        active = self.tree[verb].tag in {"VBD", "VBP"} and not self.tree.is_passive(verb)
        return active and not self.tree.kids(verb, "dobj", "dative", "xcomp") and not self.tree.objects(verb)

    def _open_side(self, actor: ActorHit | None) -> str | None:
        """Return the words of a side that stands there, but of which the text does not tell which it is."""
        if actor is None or actor.actor_id is not None or self.tree[actor.token].kind != "actor":
            return None
        return actor.text

    def _own_capital(self, frame: Frame, noun: int | None) -> bool:
        """Tell whether a noun only says which city is a country's capital, not who holds it."""
        if frame.shape != "label" or noun is None or self._singular(noun) != "capital":
            return False
        hit = self.sides.owner(noun)
        entity = self.tree[hit.token].entity if hit is not None else None
        if entity is None or entity.actor is None or entity.actor.form not in {Form.STATE, Form.DEMONYM}:
            return False
        return not any(
            self.tree[k].lower in {"facto", "self", "rebel", "declared"} for k in self.tree.kids(noun, "amod")
        )

    def _announcer(self, noun: int) -> tuple[ActorHit | None, ActorHit | None]:
        """Return who took and who lost by who tells it: sides announce captures and admit losses."""
        verb = self.tree[noun].head
        if self.tree[noun].dep != "dobj" or not self.tree.is_verb(verb):
            return None, None
        base = self.tree.verb_base(verb)
        heads = self.tree.surface_subjects(verb) if base in _ANNOUNCING | _ADMITTING else []
        hit = self.sides.actor(heads[0]) if heads else None
        if hit is None or hit.actor_id is None or hit.civil:
            return None, None
        lost = self._singular(noun) in {"fall", "loss"}
        if base in _ADMITTING:
            return (None, hit) if lost else (None, None)
        return (None, None) if lost else (hit, None)

    def _after_it(self, noun: int) -> ActorHit | None:
        """Return who goes on "after the capture of X": the subject of the clause took it."""
        above = self.tree[noun].head
        if self.tree[noun].dep != "pobj" or self.tree[above].lower not in {
            "after",
            "following",
            "since",
            "with",
            "upon",
            "by",
        }:
            return None
        verb = next((k for k in self.tree.climb(above) if self.tree.is_verb(k)), None)
        heads = self.tree.surface_subjects(verb) if verb is not None else []
        hit = self.sides.actor(heads[0]) if heads else None
        return hit if hit is not None and hit.actor_id is not None and not hit.civil else None

    def _cleared_of_things(self, verb: int, counter: ActorHit | None) -> bool:
        """Tell whether a place is cleared of what holds no ground: bombs, rubble."""
        behind = self.tree.prepositional(verb, ("of",))
        return (
            self.tree.verb_base(verb) in {"clear", "cleanse", "rid", "free"}
            and bool(behind)
            and (counter is None or counter.actor_id is None)
        )

    def _holder(self, hit: PlaceHit) -> ActorHit | None:
        """Return who is said to hold the place in the phrase itself ("the remaining rebel-held towns")."""
        for k in range(hit.head - 1, max(hit.head - 8, 0), -1):
            token = self.tree[k]
            if token.kind == "held":
                return self.sides.actor(k)
            if self.tree.is_verb(k) or token.text in {",", ";"}:
                break
        return None

    def _places(self, frame: Frame, verb: int | None, noun: int | None, carrier: int | None) -> list[PlaceHit]:
        for path in frame.place:
            heads = self._heads(path, verb, noun, carrier, frame)
            if path.start == "here" and frame.kind is Kind.BESIEGES:
                return self.places.focus(noun or 0) if verb is not None and self._people(verb) else []
            if path.start == "here":
                loose = noun is None or self.tree.prepositional(noun, ("of", "on", "around", "to", "in", "over"))
                if (
                    loose
                    or noun is None
                    or (frame.kind is not Kind.BREAKS_SIEGE and self.places.discourse.title is None)
                ):
                    return []
                return self.places.focus(noun)
            if path.start == "nearby":
                if verb is None or not self._out(verb):
                    return []
                found = self.places.focus(verb or 0, noun="it")
                return [hit for hit in found if hit.sentences_back == 0 and self.places.is_place(hit, frame.kind)]
            hits: list[PlaceHit] = []
            inner = frame.kind in {Kind.GAINS, Kind.HOLDS}
            if path.start == "object" and not path.prepositions and verb is not None:
                heads = [self._whole_phrase(verb, head) for head in heads]
            for head in heads:
                for hit in self.places.places(head, inner=inner):
                    if all(hit.ref.start != other.ref.start or hit.part != other.part for other in hits):
                        hits.append(hit)
            if not hits and not heads and path.start == "subject" and verb is not None and self.tree[verb].head == verb:
                hits = self._telegraphic(verb)
            if not hits and path.start == "object" and verb is not None:
                hits = self._inside_of(verb, heads)
            hits = [hit for hit in hits if self.places.is_place(hit, frame.kind)]
            if hits:
                return hits
        return []

    def _people(self, verb: int) -> bool:
        """Tell whether people are spoken of, not a place: "the garrison had been under siege"."""
        heads = self.tree.surface_subjects(verb)
        return any(self.tree[head].kind == "actor" or self.tree[head].lower in PEOPLE for head in heads)

    def _out(self, verb: int) -> bool:
        """Tell whether somebody is driven out, not just back."""
        words = {self.tree[k].lower for k in self.tree.kids(verb, "prt", "advmod", "prep")}
        return "out" in words or self.tree.verb_base(verb) in {"expel", "oust", "evict", "dislodge", "eject", "uproot"}

    def _telegraphic(self, verb: int) -> list[PlaceHit]:
        """Return the place of the title for a sentence without a subject: "Fell to the rebels in May."."""
        discourse = self.places.discourse
        if discourse.title is None or not discourse.about_title or self.tree.surface_subjects(verb):
            return []
        return self.places.focus(verb)

    def _inside_of(self, verb: int, heads: Sequence[int]) -> list[PlaceHit]:
        """Return the place in which an unnamed part lies: "the last area that they held in X"."""
        parts = self.tree.frames.nouns.part | self.tree.frames.nouns.inner
        where = any(self.tree[k].lower == "where" for k in self.tree.kids(verb, "advmod"))
        if where and self.tree[verb].dep == "relcl" and any(self._singular(head) in parts for head in heads):
            return [replace(hit, part=hit.part or "parts") for hit in self.places.places(self.tree[verb].head)]
        if self.tree[verb].dep not in {"acl", "relcl"} or not any(self._singular(head) in parts for head in heads):
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
                hit = self.sides.owner(noun) if noun is not None else None
                hits = [hit] if hit is not None else []
            else:
                heads = [head for head in self._heads(path, verb, noun, None, frame) if head not in taken]
                found = [self.sides.actor(head, avoid=other.actor_id if other else None) for head in heads]
                hits = [hit for hit in found if hit is not None]
            hits = [hit for hit in hits if hit.token not in taken]
            known = next((hit for hit in hits if hit.actor_id is not None), None)
            if known is not None:
                return known
            fallback = fallback or (hits[0] if hits else None)
        return fallback

    def _heads(
        self, path: RolePath, verb: int | None, noun: int | None, carrier: int | None, frame: Frame
    ) -> list[int]:
        tree = self.tree
        if path.start == "carrier":
            return [carrier] if carrier is not None else []
        if path.start == "equal":
            return self._equal(noun) if noun is not None else []
        if path.start in {"attacker", "nearby"}:
            return []
        if path.start == "noun":
            if noun is None:
                return []
            if path.prepositions:
                found = tree.prepositional(noun, path.prepositions) or self._next_to(noun, path.prepositions)
                if frame.kind is Kind.BESIEGES:  # "the encirclement of their troops at X"
                    found = found + [k for head in found for k in tree.prepositional(head, ("at", "in", "inside"))]
                return found
            grounds = tree.frames.nouns.settlement | tree.frames.nouns.facility
            return [
                k
                for k in tree.kids(noun, "poss", "compound", "nmod", "amod")
                if tree[k].kind == "place" or (tree[k].dep == "poss" and self._singular(k) in grounds)
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
        found = tree.prepositional(verb, path.prepositions)
        if not found and frame.kind is Kind.CONTESTS:
            with_whom = tree.prepositional(verb, ("with", "against"))
            found = [k for head in with_whom for k in tree.prepositional(head, path.prepositions)]
        if not found:
            found = [
                k for head in tree.objects(verb) if head > verb for k in tree.prepositional(head, path.prepositions)
            ]
        return found

    def _next_to(self, noun: int, prepositions: Sequence[str]) -> list[int]:
        """Return what stands behind a preposition right after "the fall of X", though hung on the verb above."""
        of = next((k for k in self.tree.kids(noun, "prep") if self.tree[k].lower == "of"), None)
        if of is None or not self.tree.kids(of, "pobj"):
            return []
        at = self.tree.kids(of, "pobj")[0] + 1
        if at < len(self.tree) and self.tree[at].lower in prepositions and self.tree[at].dep in {"prep", "dative"}:
            return self.tree.kids(at, "pobj")
        if "to" not in prepositions or at >= len(self.tree) or self.tree[at].text != ",":
            return []
        for token in self.tree.tokens[at + 1 :]:  # "the fall of X, their last base, to Y"
            if self.tree.is_verb(token.i) or token.text == ";":
                return []
            if token.lower == "to" and self.tree[token.i - 1].text == ",":
                return self.tree.kids(token.i, "pobj")
        return []

    def _on_verb_of(self, noun: int, prepositions: Sequence[str]) -> list[int]:
        """Return what stands behind the prepositions of the verb whose subject the noun is ("clashes erupted in X")."""
        if self.tree[noun].dep not in {"nsubj", "nsubjpass", "dobj"}:
            return []
        verb = self.tree[noun].head
        return self.tree.prepositional(verb, prepositions) if self.tree.is_verb(verb) else []

    def _equal(self, noun: int) -> list[int]:
        """Return what a noun is said to be the same as: apposition, or the other side of "is"."""
        tree = self.tree
        token = tree[noun]
        while (
            tree[noun].head == noun - 1 and tree[noun - 1].kind == "actor"
        ):  # "the last IS stronghold", hung on its owner
            noun -= 1
        token = tree[noun]
        found = tree.kids(noun, "appos")
        if token.dep == "appos":
            found.append(token.head)
        if token.dep in {"compound", "nmod"} and tree[token.head].kind == "place":
            found.append(token.head)
        if token.dep in {"attr", "oprd", "dobj"} and tree.verb_base(token.head) in _BE:
            found += tree.surface_subjects(token.head)
        upper = tree[tree[noun].head]
        if token.dep == "pobj" and upper.lower == "of" and tree[upper.head].lower in {"one", "part", "among"}:
            found += self._equal(upper.head)  # "X was one of their last strongholds"
        if token.dep in {"oprd", "ccomp", "dobj", "xcomp"} and tree.verb_base(token.head) in {
            "make",
            "declare",
            "proclaim",
        }:
            found += [k for k in tree.kids(noun, "nsubj") or tree.kids(token.head, "dobj") if k != noun]
        first = min([noun, *tree[noun].kids])
        if (
            first > 1
            and tree[first - 1].text == ","
            and tree[first - 2].kind == "place"
            and tree[first].lower in {"a", "an", "the", "its", "their"}
        ):
            found.append(first - 2)
        for above in tree.climb(noun):
            if tree[above].dep == "appos" and tree[above].tag.startswith("NN"):
                found.append(tree[above].head)
                break
            if tree[above].dep not in {"pobj", "prep"}:
                break
        return [k for k in found if k != noun]

    def _singular(self, i: int) -> str:
        return self.tree.frames.singular(self.tree[i].lower)


def _carried(frame: Frame) -> bool:
    return any(path.start == "carrier" for path in (*frame.place, *frame.actor))


def match(tree: Tree, places: PlaceReader, sides: ActorReader) -> list[Finding]:
    """Return every finding of a sentence, by trigger; several frames may find the same place."""
    return list(_Matcher(tree, places, sides).run())
