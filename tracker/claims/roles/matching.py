"""
Frames laid over a parsed sentence: which trigger says what about which place and side.

One matcher serves both back ends; it sees only the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.claims.frames import Frame
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.acting import Acting
from tracker.claims.roles.places import PlaceHit, PlaceReader
from tracker.claims.roles.reaching import reached
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["Finding", "match"]

_LASTS = frozenset({"last", "final", "remaining"})
_CHANGES = frozenset({Kind.GAINS, Kind.LOSES, Kind.WITHDRAWS})
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


class _Matcher(Acting):
    def __init__(self, tree: Tree, places: PlaceReader, sides: ActorReader) -> None:
        super().__init__(tree, places, sides)
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
        carried = False  # a light verb says all by its noun: "fell into the hands of" is no fall besides
        for base in sorted(bases):
            for frame in sorted(frames.by_verb.get(base, ()), key=lambda frame: frame.shape != "light"):
                if frame.frame_id in tried or (carried and frame.frame_id == "fall"):
                    continue
                tried.add(frame.frame_id)
                if not self._particle_fits(i, frame):
                    continue
                if frame.shape == "light":
                    for noun in self._light_nouns(i, frame):
                        self.used.add(noun)
                        carried = True
                        yield from self._filled(frame, i, i, noun)
                elif self.tree[i].tag == "JJ" and self.tree.kids(i, "ccomp", "xcomp", "csubj"):
                    continue  # "it was not clear who"
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
        found = [k for k in spread if self._singular(k) in frame.nouns and self.tree[k].entity is None]
        return [k for k in found if frame.frame_id != "under-control" or not self._in_control_of(k)]

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

    def _part(self, hit: PlaceHit, kind: Kind) -> str | None:
        """Return the part that is meant; who takes or leaves the last parts has or leaves the whole."""
        lasts = {self.tree[k].lower for k in self.tree.kids(hit.head, "amod")} & _LASTS
        return None if hit.part == "parts" and lasts and kind in _CHANGES else hit.part

    # -- roles ------------------------------------------------------------------------------------

    def _filled(
        self, frame: Frame, trigger: int, governor: int, noun: int | None, *, carrier: int | None = None
    ) -> Iterator[Finding]:
        verb = trigger if frame.verbs and noun != trigger else None
        if (
            verb is not None
            and frame.shape == "verb"
            and self.tree.verb_base(verb) == "take"
            and any(self._singular(k) == "position" for k in self.tree.objects(verb))
        ):
            return
        if verb is not None and frame.frame_id == "fall" and self.tree.kids(verb, "acomp", "oprd"):
            return  # "fell quiet"
        places = self._places(frame, verb, noun, carrier)
        if frame.kind is Kind.GAINS and frame.shape == "verb" and verb is not None:
            places = [*places, *reached(self.tree, self.places, self.sides, verb, places)]
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
            if counter is None and frame.frame_id == "the-loss-of":
                counter = self._after_it(noun)  # "with the loss of X, the rebels hold Y only"
        if (
            frame.frame_id == "the-capture-of"
            and noun is not None
            and actor is None
            and counter is None
            and self._singular(noun) != "fall"
        ):
            actor = self._after_it(noun)
        if frame.frame_id == "the-loss-of" and noun is not None and actor is None and counter is None:
            counter = self._after_it(noun)
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
            if frame.shape in {"verb", "light"} and kind is not Kind.APPROACHES:
                self.places.claimed.append(hit)
            holder = counter or self._holder(hit)
            yield Finding(
                frame=frame,
                trigger=trigger,
                governor=governor,
                place=replace(hit, part=self._part(hit, kind) or frame.part),
                actor=actor if actor is not None and actor.actor_id is not None else None,
                counter=holder,
                kind=kind,
                open_side=self._open_side(actor),
            )


def _carried(frame: Frame) -> bool:
    return any(path.start == "carrier" for path in (*frame.place, *frame.actor))


def match(tree: Tree, places: PlaceReader, sides: ActorReader) -> list[Finding]:
    """Return every finding of a sentence, by trigger; several frames may find the same place."""
    return list(_Matcher(tree, places, sides).run())
