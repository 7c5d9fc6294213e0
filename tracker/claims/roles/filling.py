"""Frames whose trigger was found, filled: places and sides in their roles, and whether that is a claim at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tracker.claims.frames import Frame
from tracker.claims.place_memory import PlaceRole
from tracker.claims.records import record
from tracker.claims.roles.bystanders import are_driven_out, are_visitors, is_beside, is_denied, is_goal, of_protests
from tracker.claims.roles.going import LASTS, SOLDIERY
from tracker.claims.roles.otherwise import Otherwise
from tracker.claims.roles.places import PlaceHit
from tracker.claims.roles.reaching import reached
from tracker.claims.roles.sides import ActorHit
from tracker.model import Kind

__all__ = ["Filling", "Finding"]

_HELD_AGAIN = frozenset({"under-control", "in-control-of"})
_OUTCOMES = frozenset({"lead", "result", "end", "culminate", "conclude"})
_ENDING = frozenset({"end", "cease", "collapse", "crumble", "expire"})
_LAYING = frozenset(
    {"lay", "impose", "carry", "conduct", "wage", "mount", "enforce", "maintain", "begin", "start", "launch"}
)
_VEHICLES = frozenset({"vehicle", "patrol", "detachment", "humvee", "gunman", "gunmen"})
_CHANGES = frozenset({Kind.GAINS, Kind.LOSES, Kind.WITHDRAWS})


_DRIVING = frozenset({"drive-out", "beat-back", "clear-of"})


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


class Filling(Otherwise):
    """Fills the frames of one sentence."""

    def _filled(
        self, frame: Frame, trigger: int, governor: int, noun: int | None, *, carrier: int | None = None
    ) -> Iterator[Finding]:
        """Yield what a frame says, a finding for each place."""
        verb = trigger if frame.verbs and noun != trigger else None
        if verb is not None and self._says_else(frame, verb):
            return
        if self._noun_says_else(frame, trigger, noun):
            return
        if frame.kind is Kind.CONTESTS and of_protests(self.tree):
            return
        if frame.kind is Kind.BESIEGES and verb is not None and are_visitors(self.tree, verb):
            return
        if frame.frame_id in _DRIVING and verb is not None and are_driven_out(self.tree, verb):
            return
        places = self._places(frame, verb, noun, carrier)
        if frame.kind is Kind.GAINS and frame.shape == "verb" and verb is not None:
            places = [*places, *reached(self.tree, self.places, self.sides, verb, places)]
        taking = frame.kind is Kind.GAINS or (
            frame.frame_id == "control" and verb is not None and bool(self.tree.prepositional(verb, ("from",)))
        )  # "controlled seven more villages from them"
        if not places and taking and frame.shape == "verb" and verb is not None:
            self._unplaced(frame, verb)
        if frame.kind is not Kind.APPROACHES:
            places = [hit for hit in places if not (is_beside(self.tree, hit) or is_denied(self.tree, hit))]
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
        if kind is Kind.WITHDRAWS and verb is not None:
            places = [hit for hit in places if not is_goal(self.tree, verb, hit)]
        for hit in places:
            if frame.shape in {"verb", "light"} and kind is not Kind.APPROACHES:
                self.places.claimed.append(hit)
            if kind is Kind.WITHDRAWS:
                self.places.discourse.left = (hit.ref, self.places.sentence)
            yield Finding(
                frame=frame,
                trigger=trigger,
                governor=governor,
                place=self._with_part(hit, self._part(hit, kind) or frame.part),
                actor=actor if actor is not None and actor.actor_id is not None else None,
                counter=_other(frame, actor, counter) or self._holder(hit),
                kind=kind,
                open_side=self._open_side(actor),
            )

    def _unplaced(self, frame: Frame, verb: int) -> None:
        """Note who takes ground that the sentence does not name: "the army captured eight villages"."""
        links = tuple({word for path in frame.place for word in path.prepositions})
        heads = [*self.tree.objects(verb), *(self.tree.prepositional(verb, links) if links else ())]
        if any(map(self._means_ground, heads)):  # "drove the rebels from a dozen villages"
            actor = self._side(frame.actor, frame, verb, None, set(), None)
            if actor is not None and actor.actor_id is not None and not actor.civil:
                self.sides.unplaced.append((verb, actor))

    @staticmethod
    def _with_part(hit: PlaceHit, part: str | None) -> PlaceHit:
        return hit if hit.part == part else replace(hit, part=part)

    def _means_ground(self, i: int) -> bool:
        """Tell whether a noun is one of ground, or of a part of it."""
        nouns, noun = self.tree.frames.nouns, self._singular(i)
        return any(noun in kinds for kinds in (nouns.settlement, nouns.facility, nouns.quarter, nouns.part))

    def _part(self, hit: PlaceHit, kind: Kind) -> str | None:
        """Return the part that is meant; who takes or leaves the last parts has or leaves the whole."""
        lasts = {self.tree[k].lower for k in self.tree.kids(hit.head, "amod")} & LASTS
        return None if hit.part == "parts" and lasts and kind in _CHANGES else hit.part

    def _are_soldiers(self, verb: int) -> bool:
        """Tell whether soldiers of whom the text must tell are the subject of a verb: "a first column reached X"."""
        heads = self.tree.subjects(verb)
        return bool(heads) and all(
            self.tree[k].kind is None and (self._one(k) in SOLDIERY or self._one(k) in _VEHICLES) for k in heads
        )

    def _both_sides(
        self, frame: Frame, verb: int | None, noun: int | None, carrier: int | None, places: list[PlaceHit]
    ) -> tuple[ActorHit | None, ActorHit | None]:
        """Return who acts and who stands against it, as the roles of the frame and the words around a noun tell."""
        taken = {hit.token for hit in places}
        resolved = places[0].ref.resolution if places else None
        self.sides.country = resolved.country if resolved is not None else None
        counter = self._side(frame.counter, frame, verb, noun, taken, None)
        actor = self._side(frame.actor, frame, verb, noun, taken, counter)
        if frame.kind is Kind.CONTESTS:
            both = self._between(noun if noun is not None else verb or 0)
            if both and (frame.frame_id != "contest" or self.tree.verb_base(verb or 0) == "contest"):
                return both[0], both[1]  # of a divided town neither is said to attack
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
        if noun is not None and actor is None and frame.kind is Kind.BESIEGES:
            laid = self._laid_by(noun)
            if laid is not None:
                return laid, counter  # "the siege was laid by the rebels"
        if noun is not None and actor is None and frame.frame_id == "the-siege-of" and counter is None:
            both = [hit for k in self._said_to_be(noun) for hit in self._between(k)]
            if both:
                return both[0], both[1]  # "the siege of X was a battle between A and B"
            return self._after_it(noun), counter  # "their thrust began with the encirclement of X"
        if noun is not None and actor is None and frame.frame_id == "the-siege-of" and counter is not None:
            told = self._reporter(noun)
            return (told if told is not None and told.actor_id != counter.actor_id else None), counter
        if noun is not None and actor is None and frame.frame_id == "the-withdrawal-from":
            return self._reporter(noun), counter  # "the army confirmed a withdrawal from X"
        if noun is None or actor is not None or frame.frame_id not in {"the-capture-of", "the-loss-of"}:
            return actor, counter
        praised = self._praised_for(noun) or self._brought_about(noun)
        blamed = frame.frame_id == "the-loss-of" or self._singular(noun) == "fall"  # for X's fall
        told, lost = self._announcer(noun) if praised is None else (None, praised) if blamed else (praised, None)
        if told is None and lost is None and frame.frame_id == "the-loss-of":
            lost = self._after_it(noun)
        elif told is None and lost is None:
            told = self._partaker(noun) or (self._after_it(noun) if self._singular(noun) != "fall" else None)
        if told is not None and counter is not None and told.actor_id == counter.actor_id:
            told = None
        return told, counter or lost

    def _laid_by(self, siege: int) -> ActorHit | None:
        """Return who is said to have laid a siege: "the blockade was imposed by the rebels", "carried out by them"."""
        verb = self.tree[siege].head
        passive = self.tree[siege].dep == "nsubjpass" and self.tree.is_verb(verb)
        doing = [verb] if passive and self.tree.verb_base(verb) in _LAYING else []
        doing += self.tree.kids(siege, "acl")
        return self.sides.armed([agent for k in doing for agent in self.tree.agents(k)])

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
        return self._leading(trigger, counter, defending=frame.kind is not Kind.CONTESTS)

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

    def _is_outcome(self, noun: int) -> bool:
        """Tell whether something came of an attack: "the attack led to their control of X", "ended with their rule"."""
        link = self.tree[noun].head
        verb = self.tree[link].head
        came = self.tree[noun].dep == "pobj" and self.tree.is_verb(verb) and self.tree.verb_base(verb) in _OUTCOMES
        return came and self.tree[link].lower in {"to", "in", "with"}

    def _kind(self, frame: Frame, verb: int | None, noun: int | None, actor: ActorHit | None) -> Kind:
        """Return what a frame says here: to have occupied is to hold, to manage to control is to take."""
        if verb is not None and frame.frame_id == "capture" and self._occupied(verb):
            return Kind.HOLDS
        if frame.frame_id == "control-over" and noun is not None and self._ends(noun):
            return Kind.LOSES  # "their control of X ended in May"
        if frame.frame_id == "control-over" and noun is not None and self._is_outcome(noun):
            return Kind.GAINS
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
