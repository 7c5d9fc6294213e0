"""Frames whose trigger was found, filled: places and sides in their roles, and whether that is a claim at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tracker.claims.actors.data import Form
from tracker.claims.frames import Frame
from tracker.claims.place_memory import PlaceRole
from tracker.claims.records import record
from tracker.claims.roles.ellipsis import is_time
from tracker.claims.roles.going import Going
from tracker.claims.roles.places import PlaceHit
from tracker.claims.roles.reaching import reached
from tracker.claims.roles.sides import PEOPLE, ActorHit
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["Filling", "Finding"]

_LASTS = frozenset({"last", "final", "remaining", "sole", "only"})
_SIDEWAYS = frozenset({"north", "south", "east", "west", "half", "part", "province", "region", "coast", "border"})
_UNHINDERED = words("filling", "unhindered")  # "left X without a fight"
_HELD_AGAIN = frozenset({"under-control", "in-control-of"})
_IN_TURN = frozenset({"first", "next", "too", "likewise", "second", "last"})
_ENDING = frozenset({"end", "cease", "collapse", "crumble", "expire"})
_LEFT_IN = words("filling", "left_in")
_SOLDIERY = words("filling", "soldiery")
_GUARDS = words("roles", "guards")
_OFFICIALS = words("matching", "officials")
_VEHICLES = frozenset({"vehicle", "patrol", "detachment", "humvee", "gunman", "gunmen"})
_PEACEFUL = words("filling", "peaceful")
_PEACE = words("filling", "peace")
_COMING = frozenset(
    {"be-inside", "be-back-in", "be-in-the-streets", "push-into", "arrive-at", "enter", "get-as-far-as"}
)
_ALL_WAYS = frozenset({"all", "every", "last", "final", "only", "sole", "remaining"})
_BEING_IN = frozenset({"be-inside", "be-back-in", "be-in-the-streets"})
_OF_GROUND = frozenset({"follow", "come-next", "place-holds-out", "belong-to", "loyal-to"})
_OF_THEMSELVES = frozenset({"entrench", "ensconce", "barricade", "fortify", "hole"})
_OFFICIALS = words("matching", "officials")
_A_FEW = words("filling", "a_few")
_SELF = frozenset({"itself", "themselves", "himself"})
_OFTEN = frozenset({"times", "twice", "thrice", "repeatedly", "frequently", "often", "constantly", "regularly"})
_HARDLY = frozenset({"little", "no", "light", "scant", "minimal", "token", "sporadic", "negligible", "any"})
_CHANGES = frozenset({Kind.GAINS, Kind.LOSES, Kind.WITHDRAWS})


@record()
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
    inferred
        Whether its side stands in no role of the frame: what else is told says who it was.
    entry
        Whether the whole text is about its place.
    """

    frame: Frame
    trigger: int
    governor: int
    place: PlaceHit
    actor: ActorHit | None
    counter: ActorHit | None
    kind: Kind
    open_side: str | None = None
    inferred: bool = False
    entry: bool = False


_CLAUSES = ("xcomp", "relcl", "acl", "advcl")
_RIDING = frozenset({"drive", "roll", "walk"})
_HOUSES = frozenset(
    ["house", "home", "residence", "villa", "apartment", "flat", "office", "hotel", "mosque", "church", "school", "car"]
)
_ILLS = frozenset({"threat", "danger", "fear", "harassment", "scourge", "menace", "debt", "poverty", "tax"})


class Filling(Going):
    """Fills the frames of one sentence."""

    def _filled(
        self, frame: Frame, trigger: int, governor: int, noun: int | None, *, carrier: int | None = None
    ) -> Iterator[Finding]:
        """Yield what a frame says, a finding for each place."""
        verb = trigger if frame.verbs and noun != trigger else None
        if verb is not None and self._says_else(frame, verb):
            return
        few = {self.tree[k].lower for k in self.tree.kids(trigger, "det", "amod")} & {"no", "little", "scant"}
        if frame.kind is Kind.CONTESTS and few:
            return  # "there was little fighting inside the city"
        if frame.frame_id == "cut-roads" and noun is not None and not self._are_all(noun):
            return
        if frame.frame_id == "front-runs-through" and noun is not None and not self._is_front(noun):
            return
        if frame.frame_id in {"meet-resistance", "resistance-in"} and noun is not None and self._hardly(noun):
            return
        places = self._places(frame, verb, noun, carrier)
        if frame.kind is Kind.GAINS and frame.shape == "verb" and verb is not None:
            places = [*places, *reached(self.tree, self.places, self.sides, verb, places)]
        taking = frame.kind is Kind.GAINS or (
            frame.frame_id == "control" and verb is not None and bool(self.tree.prepositional(verb, ("from",)))
        )  # "controlled seven more villages from them"
        if not places and taking and frame.shape == "verb" and verb is not None:
            self._unplaced(frame, verb)
        if not places or self._own_capital(frame, noun):
            return
        if frame.whole:
            places = [hit for hit in places if self.tree[hit.head].kind == "place" or hit.sentences_back is not None]
        actor, counter = self._both_sides(frame, verb, noun, carrier, places)
        if self._is_no_siege(frame, verb, actor):
            return
        if actor is None or actor.actor_id is None:
            actor = self._understood(frame, trigger, counter) or actor
        if actor is not None and actor.civil and verb is not None and self._claims_so(verb):
            actor = replace(actor, civil=False)  # "Ukrainian officials claim to have recaptured X"
        if self._is_about_others(frame, verb, actor, counter):
            return
        if actor is not None and actor.civil and frame.kind is not Kind.BESIEGES:
            actor = None
        if not _needs_met(frame, actor, counter):
            return
        kind = self._kind(frame, verb, noun, actor)
        if kind is Kind.WITHDRAWS and verb is not None and actor is not None and actor.actor_id is not None:
            forcing = self._forcing(verb, actor)
            if forcing is not None:  # "A forced B to withdraw from X" tells who has it now
                kind, counter, actor = Kind.GAINS, actor, forcing
        for hit in places:
            if frame.shape in {"verb", "light"} and kind is not Kind.APPROACHES:
                self.places.claimed.append(hit)
            if kind is Kind.WITHDRAWS:
                self.places.discourse.left = (hit.ref, self.places.sentence)
            yield Finding(
                frame=frame,
                trigger=trigger,
                governor=governor,
                place=replace(hit, part=self._part(hit, kind) or frame.part),
                actor=actor if actor is not None and actor.actor_id is not None else None,
                counter=_other(frame, actor, counter) or self._holder(hit),
                kind=kind,
                open_side=self._open_side(actor),
            )

    def _unplaced(self, frame: Frame, verb: int) -> None:
        """Note who takes ground that the sentence does not name: "the army captured eight villages"."""
        nouns = self.tree.frames.nouns
        grounds = nouns.settlement | nouns.facility | nouns.quarter | nouns.part
        links = tuple({word for path in frame.place for word in path.prepositions})
        heads = [*self.tree.objects(verb), *(self.tree.prepositional(verb, links) if links else ())]
        if any(self._singular(k) in grounds for k in heads):  # "drove the rebels from a dozen villages"
            actor = self._side(frame.actor, frame, verb, None, set(), None)
            if actor is not None and actor.actor_id is not None and not actor.civil:
                self.sides.unplaced.append((verb, actor))

    def _part(self, hit: PlaceHit, kind: Kind) -> str | None:
        """Return the part that is meant; who takes or leaves the last parts has or leaves the whole."""
        lasts = {self.tree[k].lower for k in self.tree.kids(hit.head, "amod")} & _LASTS
        return None if hit.part == "parts" and lasts and kind in _CHANGES else hit.part

    def _claims_as_taken(self, verb: int) -> bool:
        """Tell whether ground is claimed as taken: not "claims X as its own", "long claimed X", "claimed by both"."""
        doers = self.tree.subjects(verb)
        both = any(self.tree[k].lower in {"both", "sides"} for d in doers for k in (d, *self.tree.kids(d)))
        beside = {self.tree[k].lower for k in self.tree.kids(verb, "prep", "advmod")} & {"as", "for", "long", "always"}
        when = self.tree.kids(verb, "npadvmod", "prep") or not self.tree.is_passive(verb)
        grounds = self.tree.objects(verb)
        named = [k for head in grounds for k in (head, *self.tree.prepositional(head, ("of",)))]
        named = [k for k in named if self.tree[k].kind in {"place", "name"}]
        return bool(when and named) and not (both or beside) and self.tree[verb].tag in {"VBD", "VBN", "VBG"}

    def _went(self, verb: int) -> bool:
        """Tell whether a place is said to have gone as others did: "X fell, Y went on 31 October", "went first"."""
        beside = self.tree.kids(verb, "dobj", "npadvmod", "acomp", "xcomp", "oprd", "prt")
        if any(self.tree[k].lower == "way" and self._is_same(k) for k in beside):
            return True  # "Y went the same way"
        finite = self.tree[verb].tag == "VBD" and not self.tree.kids(verb, "dobj", "acomp", "xcomp", "oprd", "prt")
        links = self.tree.kids(verb, "prep")
        told = [k for k in links if any(self._tells_how(m) for m in self.tree.kids(k, "pobj"))]
        ordered = any(self.tree[k].lower in _IN_TURN for k in self.tree.kids(verb, "advmod"))
        return finite and bool(told or ordered) and links == told

    def _is_same(self, k: int) -> bool:
        return any(self.tree[m].lower == "same" for m in self.tree.kids(k, "amod"))

    def _tells_how(self, k: int) -> bool:
        """Tell whether a noun says when or how easily a place went: "on 31 October", "without a fight"."""
        return is_time(self.tree, k) or self.tree[k].lower in _UNHINDERED

    def _says_else(self, frame: Frame, verb: int) -> bool:
        """Tell whether a verb of the frame says something else here: "took up positions", "fell quiet"."""
        if frame.shape == "verb" and self.tree.verb_base(verb) == "take":
            return any(self._singular(k) == "position" for k in self.tree.objects(verb))
        if frame.frame_id == "abandon" and self.tree.verb_base(verb) == "leave":  # "left X cut off", "leaving Y as"
            phrases = (k for k in self.tree.kids(verb, "prep") if k > verb)
            phrases = (k for k in phrases if not any(self._goes_off(k, m) for m in self.tree.kids(k, "pobj")))
            links = {self.tree[k].lower for k in phrases if not self.tree.kids(k, "pcomp")}  # "left X without firing"
            cut_off = any(
                self._besieged(k) for head in self.tree.kids(verb, "dobj") for k in self.tree.kids(head, "acl")
            )
            left_in = {self._one(k) for k in self.tree.prepositional(verb, ("in",))}
            return (
                cut_off
                or not left_in.isdisjoint(_LEFT_IN)
                or self._is_still_to_be(verb)
                or bool(self.tree.kids(verb, "oprd", "acomp", "ccomp") or links & {"as", "without", "for", "under"})
            )
        objects = self.tree.objects(verb) if frame.kind is Kind.BESIEGES else []
        if objects and all(self._singular(k) in _HOUSES for k in objects):
            return True  # "soldiers surrounded his house in X"
        behind = self.tree.prepositional(verb, ("from",)) if frame.kind is Kind.GAINS else []
        if any(self._singular(k) in _ILLS for k in behind):  # "freed from the threat of bandits"
            return True
        if frame.frame_id == "fall-back" and self.tree.verb_base(verb) in _RIDING:  # "drove out of X", "drove them out"
            return bool(self.tree.objects(verb)) or not self.tree.prepositional(verb, ("out of",))
        if frame.frame_id == "contest" and self.tree.verb_base(verb) == "claim":  # "is claimed by both sides"
            return not any(self.tree[k].lower in {"sides", "both"} for k in self.tree.agents(verb))
        if frame.frame_id == "contest" and self.tree.verb_base(verb) == "dispute":  # "a claim which X disputed"
            doers = self.tree.kids(verb, "nsubj")
            return bool(doers) and not any(self.sides.is_side(k) for k in doers)
        if frame.frame_id == "handed-over":  # to nobody named
            return not self.tree.is_passive(verb) or bool(self.tree.prepositional(verb, ("to",)))
        if frame.frame_id == "cut-off":  # "cut off from the north"
            behind = self.tree.prepositional(verb, ("from",))
            return any(self.tree[k].kind == "place" or self._singular(k) in _SIDEWAYS for k in behind)
        if frame.frame_id == "relieve":  # "relieved the colonel in X"
            return not any(
                self.tree[k].kind in {"place", "name"} or self._may_be_relieved(k) for k in self.tree.objects(verb)
            )
        if frame.frame_id in {"cut-off-in", "hem-in"}:  # "cut off the power in X"
            return not any(self.sides.is_side(k) or self.tree[k].lower in PEOPLE for k in objects)
        if frame.frame_id == "send-into":  # "sent aid into X"
            sent = self.tree.kids(verb, "dobj")
            sent = [k for head in sent for k in (head, *self.tree.conjuncts(head))]
            return not any(self.sides.is_side(k) or self._one(k) in _SOLDIERY for k in sent)
        if frame.frame_id == "change-hands":  # "changed hands several times" tells of nobody's gain
            return not _OFTEN.isdisjoint(token.lower for token in self.tree.tokens[verb + 1 :])
        if frame.frame_id == "follow" and self.tree.verb_base(verb) == "go" and not self._went(verb):
            return True
        if frame.frame_id == "belong-to" and any(self._is_state(k) for k in self.tree.prepositional(verb, ("to",))):
            return True  # "the town belongs to Morland"
        if frame.frame_id in _OF_GROUND:  # "followed the talks", "held out hope", "a house in X belongs to"
            done = [k for k in self.tree.kids(verb, "dobj") if self.tree[k].lower not in {"suit", "way"}]
            return bool(done) or not self._is_ground(verb) or self.tree.is_passive(verb)
        if frame.frame_id == "stay-in":
            return not self._holds_by_staying(verb)
        if frame.frame_id == "claim-place":
            return not self._claims_as_taken(verb)
        if frame.frame_id == "establish-in":  # "established a court in X"
            return not any(self.tree[k].lower in _SELF for k in self.tree.kids(verb, "dobj"))
        if frame.frame_id in {"come-under", "be-under"}:  # "came under rebel fire"
            under = [k for k in self.tree.prepositional(verb, ("under",)) if self.tree[k].kind == "actor"]
            after = [token for k in under for token in self.tree.tokens[k + 1 : k + 2]]
            return not under or any(token.tag.startswith(("NN", "VBG")) and token.kind != "date" for token in after)
        if frame.frame_id == "entrenched" and self.tree.verb_base(verb) not in _OF_THEMSELVES:
            done_to = self.tree.is_passive(verb) or self.tree[verb].dep == "acomp"
            official = any(self._singular(k) in _OFFICIALS for k in self.tree.surface_subjects(verb))
            return not done_to or official  # who confines others holds nothing by it; "the spokesman is based in X"
        if frame.frame_id == "rule-in":  # "in the north they rule the countryside"
            return bool(self.tree.kids(verb, "dobj"))
        if frame.frame_id == "dig-in":
            return any(not self.sides.is_side(k) for k in self.tree.kids(verb, "dobj"))  # "dug wells"
        if frame.frame_id in {"return", "come-back"}:  # "returned to base", "returned fire", "returned from exile"
            return bool(self.tree.kids(verb, "dobj") or self.tree.prepositional(verb, ("to", "from", "into", "with")))
        if frame.kind is Kind.ENTERS and self._comes_in_peace(frame, verb):
            return True
        if frame.frame_id in _BEING_IN:  # "the army's headquarters are in the centre of X", "were left inside of X"
            within = [k for k in self.tree.kids(verb, "prep") if self.tree[k].lower == "inside"]
            held = any(self.tree[m].lower == "of" for k in within for m in self.tree.kids(k, "prep"))
            return held or any(map(self._stays_put, self.tree.surface_subjects(verb)))
        if frame.frame_id in {"push-into", "get-as-far-as"}:  # "slipped away", "returned the bodies to X"
            back = self.tree.verb_base(verb) == "return" or frame.frame_id != "push-into"
            return (back and bool(self.tree.kids(verb, "dobj"))) or any(
                self.tree[k].lower in {"away", "off"} for k in self.tree.kids(verb, "prt", "advmod")
            )
        if frame.kind is Kind.WITHDRAWS or frame.frame_id == "lose-control":
            return self._leaves_nothing(frame, verb)
        if frame.frame_id == "fall" and self.tree.verb_base(verb) == "surrender":  # "surrendered its arms", "told to"
            own = self.tree.kids(verb, "nsubj") and not self.tree.is_passive(verb)
            return bool(self.tree.kids(verb, "dobj")) or not own
        return frame.frame_id == "fall" and bool(self.tree.kids(verb, "acomp", "oprd"))

    def _is_state(self, k: int) -> bool:
        """Tell whether a side is a country, or named by its capital."""
        entity = self.tree[k].entity
        return entity is not None and entity.actor is not None and entity.actor.form in {Form.STATE, Form.CAPITAL}

    def _is_ground(self, verb: int) -> bool:
        """Tell whether the subject of a verb is a place, or a part of one."""
        nouns = self.tree.frames.nouns
        grounds = nouns.settlement | nouns.quarter | nouns.province | _SIDEWAYS | {"remainder", "rest", "it"}
        heads = self.tree.surface_subjects(verb)
        return any(self.tree[k].kind in {"place", "name"} or self._singular(k) in grounds for k in heads)

    def _holds_by_staying(self, verb: int) -> bool:
        """Tell whether a side has a place by being in it still: not "some stayed in X", "took X and stayed there"."""
        if self.tree.verb_base(verb) == "remain" and not self._is_last_of_all(verb):
            return False
        heads = self.tree.surface_subjects(verb)
        words = (self.tree[m] for k in heads for m in (k, *self.tree.kids(k, "amod", "det", "nummod", "quantmod")))
        there = any(self.tree[k].lower == "there" for k in self.tree.kids(verb, "advmod"))
        return not there and not any(token.lower in _A_FEW or token.tag == "CD" for token in words)

    def _is_last_of_all(self, verb: int) -> bool:
        """Tell whether a clause tells of the only place or the last: "X was the only town where they remained"."""
        where = any(self.tree[k].lower == "where" for k in self.tree.kids(verb, "advmod"))
        head = self.tree[verb].head
        ranked = any(self.tree[k].lower in _LASTS for k in self.tree.kids(head, "amod"))
        return where and self.tree[verb].dep == "relcl" and ranked

    def _is_still_to_be(self, verb: int) -> bool:
        """Tell whether something is left for others to do to a place: "leaving only X to be captured"."""
        clauses = [k for head in (verb, *self.tree.kids(verb, "dobj")) for k in self.tree.kids(head, *_CLAUSES)]
        clauses = [k for k in clauses if not self.tree.kids(k, "mark")]  # "left X so as not to be trapped"
        return any({"to", "be"} <= {self.tree[m].lower for m in self.tree.kids(k)} for k in clauses)

    def _may_be_relieved(self, head: int) -> bool:
        """Tell whether a noun is a garrison, or means a town: "relieved the garrison of X", "the besieged city"."""
        nouns = self.tree.frames.nouns
        word = self.tree[head].lower.split(" ")[-1]
        return (
            word in _GUARDS
            or word in nouns.settlement
            or word in nouns.facility
            or word in nouns.quarter
            or word == "it"
        )

    def _are_all(self, noun: int) -> bool:
        """Tell whether no other way is left: "all roads to X", "the last road into X", "the roads out of X"."""
        left = {self.tree[k].lower for k in self.tree.kids(noun, "det", "amod", "predet", "nummod")} & _ALL_WAYS
        several = self._singular(noun) != self.tree[noun].lower
        out = self.tree.prepositional(noun, ("out of",)) or self.tree.prepositional(self.tree[noun].head, ("out of",))
        return bool(left) or (several and bool(out))

    def _are_soldiers(self, verb: int) -> bool:
        """Tell whether soldiers of whom the text must tell are the subject of a verb: "a first column reached X"."""
        heads = self.tree.subjects(verb)
        return bool(heads) and all(
            self.tree[k].kind is None and (self._one(k) in _SOLDIERY or self._one(k) in _VEHICLES) for k in heads
        )

    def _comes_in_peace(self, frame: Frame, verb: int) -> bool:
        """Tell whether a side's envoys or prisoners come to a place, or its people for talks or a burial."""
        if frame.frame_id not in _COMING:
            return False
        purposes = self.tree.prepositional(verb, ("for",))
        heads = self.tree.surface_subjects(verb)
        return any(self.tree[k].lower in _PEACE for k in purposes) or any(
            self.tree[k].lower.split(" ")[-1] in _PEACEFUL for k in heads
        )

    def _stays_put(self, head: int) -> bool:
        """Tell whether a noun is of a building or an official, who may be in a town without their side's entry."""
        noun = self._singular(head).split(" ")[-1]
        nouns = self.tree.frames.nouns
        return noun in nouns.facility or noun in nouns.inner or noun in nouns.centre or noun in _OFFICIALS

    def _is_front(self, noun: int) -> bool:
        """Tell whether a line is the one between two sides, no railway and no second line of one of them."""
        front = self._singular(noun) != "line"
        return front or any(self.tree[k].lower == "front" for k in self.tree.kids(noun, "amod", "compound", "nmod"))

    def _hardly(self, noun: int) -> bool:
        """Tell whether there was hardly any: "met little resistance", "pockets of resistance"."""
        if noun > 1 and self.tree[noun - 1].lower == "of" and self.tree[noun - 2].lower in {"pocket", "pockets"}:
            return True
        return any(self.tree[k].lower in _HARDLY for k in self.tree.kids(noun, "amod", "det", "advmod"))

    def _besieged(self, verb: int) -> bool:
        """Tell whether a verb tells of a siege: "left X surrounded"."""
        frames = self.tree.frames.by_verb.get(self.tree.verb_base(verb), ()) if self.tree.is_verb(verb) else ()
        return any(frame.kind is Kind.BESIEGES and frame.shape == "verb" for frame in frames)

    def _both_sides(
        self, frame: Frame, verb: int | None, noun: int | None, carrier: int | None, places: list[PlaceHit]
    ) -> tuple[ActorHit | None, ActorHit | None]:
        """Return who acts and who stands against it, as the roles of the frame and the words around a noun tell."""
        taken = {hit.token for hit in places}
        resolved = places[0].ref.resolution if places else None
        self.sides.country = resolved.country if resolved is not None else None
        counter = self._side(frame.counter, frame, verb, noun, taken, None)
        actor = self._side(frame.actor, frame, verb, noun, taken, counter)
        if actor is None and verb is not None and self._left_by_somebody(frame, verb):
            actor = self._whose_post(verb)
        if frame.frame_id == "besiege" and verb is not None and self._without_object(verb):
            counter, actor = actor, None  # "the troops besieged in X"
        if actor is None and carrier is not None and any(path.start == "carrier" for path in frame.actor):
            actor = self.sides.actor(carrier)
        if noun is not None and actor is None and frame.frame_id == "gains-are":
            actor = self._leading(noun, counter)  # "the army listed gains that include X"
        if noun is not None and actor is not None and actor.civil and frame.frame_id == "the-capture-of":
            actor = None  # "reported the capture of X to the president"
        if noun is not None and counter is None and frame.frame_id == "the-capture-of":
            counter = self._robbed(noun)
            actor = None if counter is not None and actor is not None and actor.actor_id == counter.actor_id else actor
        if actor is None and frame.kind is Kind.GAINS:
            trigger = noun if noun is not None else verb
            winner, loser = self._meant_for(trigger) if trigger is not None else (None, None)
            if winner is not None and (counter is None or counter.actor_id != winner.actor_id):
                actor = winner
            if counter is None and not self._told_of(places):  # else it is that loss told again
                counter = loser
        if noun is not None and actor is None and frame.frame_id == "the-siege-of" and counter is None:
            return self._after_it(noun), counter  # "their thrust began with the encirclement of X"
        if noun is not None and actor is None and frame.frame_id == "the-siege-of" and counter is not None:
            told = self._reporter(noun)
            return (told if told is not None and told.actor_id != counter.actor_id else None), counter
        if noun is not None and actor is None and frame.frame_id == "the-withdrawal-from":
            return self._reporter(noun), counter  # "the army confirmed a withdrawal from X"
        if noun is None or actor is not None or frame.frame_id not in {"the-capture-of", "the-loss-of"}:
            return actor, counter
        praised = self._praised_for(noun) or self._brought_about(noun)
        blamed = (
            frame.frame_id == "the-loss-of" or self._singular(noun) == "fall"
        )  # "blamed the army for the fall of X"
        told, lost = self._announcer(noun) if praised is None else (None, praised) if blamed else (praised, None)
        if told is None and lost is None and frame.frame_id == "the-loss-of":
            lost = self._after_it(noun)
        elif told is None and lost is None:
            told = self._partaker(noun) or (self._after_it(noun) if self._singular(noun) != "fall" else None)
        if told is not None and counter is not None and told.actor_id == counter.actor_id:
            told = None
        return told, counter or lost

    def _told_of(self, places: list[PlaceHit]) -> bool:
        """Tell whether the text has told before who has one of the places now."""
        seen = self.places.discourse.seen_places
        claimed = {place.ref.key for place in seen if place.role is PlaceRole.CLAIMED}
        return any(hit.ref.key in claimed for hit in places)

    def _robbed(self, noun: int) -> ActorHit | None:
        """Return who had what was taken: "the capture of the rebels' capital, X"."""
        heads = [k for k in self.tree.prepositional(noun, ("of",)) if self.tree[k].kind is None]
        owners = (k for head in heads for k in self.tree.kids(head, "poss") if self.tree[k].kind == "actor")
        hits = map(self.sides.actor, owners)
        return next((hit for hit in hits if hit is not None and hit.actor_id is not None), None)

    def _understood(self, frame: Frame, trigger: int, counter: ActorHit | None) -> ActorHit | None:
        """Return who fights or breaks a siege where only the sentence tells it."""
        if frame.kind not in {Kind.CONTESTS, Kind.BREAKS_SIEGE} or frame.soldiers:
            return None
        return self._leading(trigger, counter)

    def _is_no_siege(self, frame: Frame, verb: int | None, actor: ActorHit | None) -> bool:
        """Tell whether what surrounds a place is no side: woods, checkpoints and villages do so, too."""
        if frame.kind is not Kind.BESIEGES or verb is None or actor is None or actor.actor_id is not None:
            return False
        attribute = self.tree[verb].dep in {"amod", "acomp", "oprd", "attr"}
        active = frame.shape == "verb" and not self.tree.is_passive(verb) and not attribute
        return active or bool(self.tree.agents(verb))

    def _is_about_others(
        self, frame: Frame, verb: int | None, actor: ActorHit | None, counter: ActorHit | None
    ) -> bool:
        """Tell whether people or things are spoken of that hold no ground."""
        if frame.frame_id in {"capture", "clear-of"} and verb is not None and self._cleared_of_things(verb, counter):
            return True
        if actor is None and verb is not None and self._left_by_somebody(frame, verb):
            return False
        if frame.kind is Kind.WITHDRAWS and verb is not None and self._is_a_person(verb):
            return True
        if frame.kind is Kind.ENTERS and actor is None and verb is not None and self._are_soldiers(verb):
            return False
        if frame.soldiers and (actor is None or actor.civil or actor.actor_id is None):
            return True
        civil = actor is not None and actor.civil and frame.kind is not Kind.BESIEGES
        return civil and (counter is None or counter.actor_id is None)

    def _came_back(self, verb: int) -> bool:
        """Tell whether it is told that a place came back: "was back in their hands on the 18th", but not "is back"."""
        adverbs = {self.tree[k].lower for k in self.tree.kids(verb, "advmod", "prt", "acomp")}
        return self.tree[verb].lower in {"was", "were"} and "back" in adverbs

    def _still(self, noun: int) -> bool:
        """Tell whether something goes on to be so: "remained theirs", "was already theirs"."""
        verb = self.tree[noun].head
        adverbs = {self.tree[m].lower for k in (verb, noun) for m in self.tree.kids(k, "advmod")}
        return self.tree.verb_base(verb) in {"remain", "stay"} or not adverbs.isdisjoint({"still", "already"})

    def _ends(self, noun: int) -> bool:
        """Tell whether something is said to end."""
        verb = self.tree[noun].head
        ends = self.tree.is_verb(verb) and self.tree.verb_base(verb) in _ENDING
        return ends and self.tree[noun].dep in {"nsubj", "nsubjpass"} and not self.tree.kids(verb, "neg")

    def _kind(self, frame: Frame, verb: int | None, noun: int | None, actor: ActorHit | None) -> Kind:
        """Return what a frame says here: to have occupied is to hold, to manage to control is to take."""
        if verb is not None and frame.frame_id == "capture" and self._occupied(verb):
            return Kind.HOLDS
        if frame.frame_id == "control-over" and noun is not None and self._ends(noun):
            return Kind.LOSES  # "their control of X ended in May"
        if frame.frame_id in _HELD_AGAIN and verb is not None and self._came_back(verb):
            return Kind.GAINS
        if frame.frame_id == "theirs" and noun is not None and self._still(noun):
            return Kind.HOLDS
        if frame.frame_id != "control" or verb is None:
            return frame.kind
        if actor is not None and actor.actor_id is None and actor.text.lower() in {"sides", "parties"}:
            return Kind.CONTESTS
        return Kind.GAINS if self._achieved(verb) or self._became(verb) else frame.kind


def _needs_met(frame: Frame, actor: ActorHit | None, counter: ActorHit | None) -> bool:
    sides = {"actor": actor, "counter": counter}
    found = {name for name, side in sides.items() if side is not None and side.actor_id is not None}
    return frame.needs <= found


def _other(frame: Frame, actor: ActorHit | None, counter: ActorHit | None) -> ActorHit | None:
    """Return the other side where it is one, and another."""
    if counter is None or counter.actor_id is None or (actor is not None and counter.actor_id == actor.actor_id):
        return None
    if frame.kind is Kind.BESIEGES and actor is None and counter.sentences_back is not None:
        return None  # "the garrison" is whoever is not the besieger, whom the text may name elsewhere
    return counter
