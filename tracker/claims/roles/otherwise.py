"""What a trigger says where it looks like its frame's but isn't: "took up positions", "fell quiet", "dug wells"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import ClassVar

from tracker.claims.actors.data import Form
from tracker.claims.frames import Frame
from tracker.claims.roles.acting import OFFICIALS
from tracker.claims.roles.ellipsis import is_time
from tracker.claims.roles.going import LASTS, SELF, SIDEWAYS, SOLDIERY, UNHINDERED
from tracker.claims.roles.seats import Seats
from tracker.claims.roles.sides import PEOPLE
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["Otherwise"]

_IN_TURN = frozenset({"first", "next", "too", "likewise", "second", "last"})
_GUARDS = words("roles", "guards")
_PEACEFUL = words("filling", "peaceful")
_PEACE = words("filling", "peace")
_COMING = frozenset(
    {"be-inside", "be-back-in", "be-in-the-streets", "push-into", "arrive-at", "enter", "get-as-far-as"}
)
_ALL_WAYS = LASTS | {"all", "every"}
_OF_THEMSELVES = frozenset({"entrench", "ensconce", "barricade", "fortify", "hole"})
_ZONES = frozenset({"half", "halves", "part", "sector", "two", "zone"})
_A_FEW = words("filling", "a_few")
_OFTEN = frozenset({"times", "twice", "thrice", "repeatedly", "frequently", "often", "constantly", "regularly"})
_MORE = frozenset({"additional", "more", "further", "extra", "fresh"})
_REINFORCEMENTS = frozenset({"reinforcement", "reinforcements", "supplies"})
_HARDLY = frozenset({"little", "no", "light", "scant", "minimal", "token", "sporadic", "negligible", "any"})
_FIGHTING = frozenset({"fighting", "war", "battle", "fight", "combat"})
_FEW = frozenset({"no", "little", "scant"})
_BACKWARDS = frozenset({"back", "away", "off"})
_HOUSES = frozenset(
    ["house", "home", "residence", "villa", "apartment", "flat", "office", "hotel", "mosque", "church", "school", "car"]
)
_NOT_DOWN = frozenset({"behind", "out", "short", "apart", "foul"})
_ILLS = frozenset({"threat", "danger", "fear", "harassment", "scourge", "menace", "debt", "poverty", "tax"})


class Otherwise(Seats):
    """Tells of triggers whether they say something else than their frames do; `_asked` says what to ask of which."""

    def _noun_says_else(self, frame: Frame, trigger: int, noun: int | None) -> bool:
        """Tell whether a noun of the frame says something else here: "little fighting", "a road to X", "no front"."""
        if frame.kind is Kind.CONTESTS and {self.tree[k].lower for k in self.tree.kids(trigger, "det", "amod")} & _FEW:
            return True
        asked = self._asked_of_nouns.get(frame.frame_id) if noun is not None else None
        return asked is not None and noun is not None and asked(self, noun)

    def _says_else(self, frame: Frame, verb: int) -> bool:
        """Tell whether a verb of the frame says something else here: "took up positions", "fell quiet"."""
        if frame.shape == "verb" and self.tree.verb_base(verb) == "take":
            return any(self._singular(k) == "position" for k in self.tree.objects(verb))
        objects = self.tree.objects(verb) if frame.kind is Kind.BESIEGES else []
        if objects and all(self._singular(k) in _HOUSES for k in objects):
            return True  # "soldiers surrounded his house in X"
        behind = self.tree.prepositional(verb, ("from",)) if frame.kind is Kind.GAINS else []
        if any(self._singular(k) in _ILLS for k in behind):  # "freed from the threat of bandits"
            return True
        if frame.frame_id in _COMING and self._comes_in_peace(verb):
            return True
        if frame.kind is Kind.WITHDRAWS or frame.frame_id == "lose-control":
            return self._leaves_nothing(frame, verb)
        asked = self._asked.get(frame.frame_id)
        return asked is not None and asked(self, verb)

    # -- nouns ------------------------------------------------------------------------------------

    def _leaves_ways(self, noun: int) -> bool:
        """Tell whether other ways are left: not "all roads to X", "the last road into X", "the roads out of X"."""
        left = {self.tree[k].lower for k in self.tree.kids(noun, "det", "amod", "predet", "nummod")} & _ALL_WAYS
        several = self._singular(noun) != self.tree[noun].lower
        out = self.tree.prepositional(noun, ("out of",)) or self.tree.prepositional(self.tree[noun].head, ("out of",))
        return not left and not (several and out)

    def _is_no_front(self, noun: int) -> bool:
        """Tell whether a line is none between two sides, but a railway or a second line of one of them."""
        if self._singular(noun) != "line":
            return False
        return not any(self.tree[k].lower == "front" for k in self.tree.kids(noun, "amod", "compound", "nmod"))

    def _hardly(self, noun: int) -> bool:
        """Tell whether there was hardly any: "met little resistance", "pockets of resistance"."""
        if noun > 1 and self.tree[noun - 1].lower == "of" and self.tree[noun - 2].lower in {"pocket", "pockets"}:
            return True
        return any(self.tree[k].lower in _HARDLY for k in self.tree.kids(noun, "amod", "det", "advmod"))

    def _is_no_fight(self, noun: int) -> bool:
        """Tell whether a fight is only what a siege is said to be."""
        return self._is_a_siege(noun)

    def _is_no_town_of_theirs(self, noun: int) -> bool:
        """Tell whether a town or a centre is not called a side's own."""
        return self._is_nobodys(noun)

    # -- verbs ------------------------------------------------------------------------------------

    def _is_not_all(self, verb: int) -> bool:
        """Tell whether something that a side has or leaves is not told to be the last of its own."""
        return not self._is_all_they_have(verb)

    def _is_not_where(self, verb: int) -> bool:
        """Tell whether ground that is held is not told to be the only one, or one of few: "hold ground in X"."""
        return not self._is_last_of_all(verb)

    def _comes_in_peace(self, verb: int) -> bool:
        """Tell whether a side's envoys or prisoners come to a place, or its people for talks or a burial."""
        purposes = self.tree.prepositional(verb, ("for",))
        heads = self.tree.surface_subjects(verb)
        return any(self.tree[k].lower in _PEACE for k in purposes) or any(
            self.tree[k].lower.split(" ")[-1] in _PEACEFUL for k in heads
        )

    def _only_reinforces(self, verb: int) -> bool:
        """Tell whether those who come join their own: "sent more troops to X", "reinforcements arrived in X"."""
        sent = self.tree.kids(verb, "dobj") or self.tree.surface_subjects(verb)
        more = {self.tree[m].lower for k in sent for m in self.tree.kids(k, "amod", "det", "nummod")}
        last = {self.tree[k].lower.split(" ")[-1] for k in sent}
        return not more.isdisjoint(_MORE) or not last.isdisjoint(_REINFORCEMENTS)

    def _contests_nothing(self, verb: int) -> bool:
        """Tell whether something is claimed or disputed by others than two sides: "a report which X disputed"."""
        base = self.tree.verb_base(verb)
        into = self.tree.prepositional(verb, ("into",))
        if into and not any(self._singular(k) in _ZONES for k in into):
            return True  # "the town is divided into three wards"
        if base == "claim":
            return not any(self.tree[k].lower in {"sides", "both"} for k in self.tree.agents(verb))
        doers = self.tree.kids(verb, "nsubj") if base == "dispute" else []
        return bool(doers) and not any(self.sides.is_side(k) for k in doers)

    def _hands_to_somebody(self, verb: int) -> bool:
        """Tell whether it is told who is handed a place, or who hands over something."""
        return not self.tree.is_passive(verb) or bool(self.tree.prepositional(verb, ("to",)))

    def _is_cut_off_from_elsewhere(self, verb: int) -> bool:
        """Tell whether a place is only cut off from another: "cut off from the north"."""
        behind = self.tree.prepositional(verb, ("from",))
        return any(self.tree[k].kind == "place" or self._singular(k) in SIDEWAYS for k in behind)

    def _relieves_no_town(self, verb: int) -> bool:
        """Tell whether no garrison or town is relieved: "relieved the colonel in X"."""
        heads = self.tree.objects(verb)
        return not any(self.tree[k].kind in {"place", "name"} or self._may_be_relieved(k) for k in heads)

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

    def _hems_in_nobody(self, verb: int) -> bool:
        """Tell whether nobody is cut off: "cut off the power in X"."""
        return not any(self.sides.is_side(k) or self.tree[k].lower in PEOPLE for k in self.tree.objects(verb))

    def _sends_no_soldiers(self, verb: int) -> bool:
        """Tell whether something else is sent than soldiers: "sent aid into X"."""
        sent = [k for head in self.tree.kids(verb, "dobj") for k in (head, *self.tree.conjuncts(head))]
        return not any(self.sides.is_side(k) or self._one(k) in SOLDIERY for k in sent)

    def _changes_often(self, verb: int) -> bool:
        """Tell whether a place changes hands again and again, which is nobody's gain: "changed hands several times"."""
        return not _OFTEN.isdisjoint(token.lower for token in self.tree.tokens[verb + 1 :])

    def _follows_nothing(self, verb: int) -> bool:
        """Tell whether what goes or follows is no place that goes as others did: "followed the talks"."""
        if self.tree.verb_base(verb) == "go" and not self._went(verb):
            return True
        return self._is_no_ground(verb)

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
        return is_time(self.tree, k) or self.tree[k].lower in UNHINDERED

    def _belongs_to_a_state(self, verb: int) -> bool:
        """Tell whether no ground is said to be a side's: "the town belongs to Morland", "a house belongs to them"."""
        return any(self._is_state(k) for k in self.tree.prepositional(verb, ("to",))) or self._is_no_ground(verb)

    def _is_state(self, k: int) -> bool:
        """Tell whether a side is a country, or named by its capital."""
        entity = self.tree[k].entity
        return entity is not None and entity.actor is not None and entity.actor.form in {Form.STATE, Form.CAPITAL}

    def _is_no_ground(self, verb: int) -> bool:
        """Tell whether a verb of ground is told of something else: "held out hope", "a house in X"."""
        done = [k for k in self.tree.kids(verb, "dobj") if self.tree[k].lower not in {"suit", "way"}]
        return bool(done) or not self._is_ground(verb) or self.tree.is_passive(verb)

    def _is_ground(self, verb: int) -> bool:
        """Tell whether the subject of a verb is a place, or a part of one."""
        nouns = self.tree.frames.nouns
        grounds = nouns.settlement | nouns.quarter | nouns.province | SIDEWAYS | {"remainder", "rest", "it"}
        heads = self.tree.surface_subjects(verb)
        return any(self.tree[k].kind in {"place", "name"} or self._singular(k) in grounds for k in heads)

    def _only_stays(self, verb: int) -> bool:
        """Tell whether who is in a place still does not hold it by that: "some stayed in X", "and stayed there"."""
        if self.tree.verb_base(verb) == "remain" and not self._is_last_of_all(verb):
            return True
        heads = self.tree.surface_subjects(verb)
        words = (self.tree[m] for k in heads for m in (k, *self.tree.kids(k, "amod", "det", "nummod", "quantmod")))
        there = any(self.tree[k].lower == "there" for k in self.tree.kids(verb, "advmod"))
        return there or any(token.lower in _A_FEW or token.tag == "CD" for token in words)

    def _is_last_of_all(self, verb: int) -> bool:
        """Tell whether a clause tells of the only place or the last: "X was the only town where they remained"."""
        where = any(self.tree[k].lower == "where" for k in self.tree.kids(verb, "advmod"))
        head = self.tree[verb].head
        ranked = any(
            self.tree[k].lower in LASTS or self.tree[k].tag == "CD" or self.tree[k].lower == "few"
            for k in self.tree.kids(head, "amod", "nummod")
        )
        return where and self.tree[verb].dep == "relcl" and ranked

    def _claims_as_its_own(self, verb: int) -> bool:
        """Tell whether ground is not claimed as taken: "claims X as its own", "long claimed X", "claimed by both"."""
        doers = self.tree.subjects(verb)
        both = any(self.tree[k].lower in {"both", "sides"} for d in doers for k in (d, *self.tree.kids(d)))
        beside = {self.tree[k].lower for k in self.tree.kids(verb, "prep", "advmod")} & {"as", "for", "long", "always"}
        when = self.tree.kids(verb, "npadvmod", "prep") or not self.tree.is_passive(verb)
        grounds = self.tree.objects(verb)
        named = [k for head in grounds for k in (head, *self.tree.prepositional(head, ("of",)))]
        named = [k for k in named if self.tree[k].kind in {"place", "name"}]
        return not (when and named) or both or bool(beside) or self.tree[verb].tag not in {"VBD", "VBN", "VBG"}

    def _establishes_something(self, verb: int) -> bool:
        """Tell whether something is set up, not somebody himself: "established a court in X"."""
        return not any(self.tree[k].lower in SELF for k in self.tree.kids(verb, "dobj"))

    def _comes_under_something(self, verb: int) -> bool:
        """Tell whether a place comes under something of a side, not under the side: "came under rebel fire"."""
        under = [k for k in self.tree.prepositional(verb, ("under",)) if self.tree[k].kind == "actor"]
        after = [token for k in under for token in self.tree.tokens[k + 1 : k + 2]]
        return not under or any(token.tag.startswith(("NN", "VBG")) and token.kind != "date" for token in after)

    def _confines_others(self, verb: int) -> bool:
        """Tell whether others are confined, or an official is based somewhere: neither holds anything by it."""
        if self.tree.verb_base(verb) in _OF_THEMSELVES:
            return False
        done_to = self.tree.is_passive(verb) or self.tree[verb].dep == "acomp"
        return not done_to or any(self._singular(k) in OFFICIALS for k in self.tree.surface_subjects(verb))

    def _has_an_object(self, verb: int) -> bool:
        """Tell whether a verb that needs none has an object: "in the north they rule the countryside"."""
        return bool(self.tree.kids(verb, "dobj"))

    def _digs_something(self, verb: int) -> bool:
        """Tell whether something is dug: "dug wells"."""
        return any(not self.sides.is_side(k) for k in self.tree.kids(verb, "dobj"))

    def _returns_elsewhere(self, verb: int) -> bool:
        """Tell whether something is returned, or somebody goes elsewhere: "returned fire", "returned from exile"."""
        return bool(self.tree.kids(verb, "dobj") or self.tree.prepositional(verb, ("to", "from", "into", "with")))

    def _is_there_anyhow(self, verb: int) -> bool:
        """Tell whether what is in a place is no side that came: its mayor, those who were "left inside of X"."""
        within = [k for k in self.tree.kids(verb, "prep") if self.tree[k].lower == "inside"]
        held = any(self.tree[m].lower == "of" for k in within for m in self.tree.kids(k, "prep"))
        return held or any(map(self._stays_put, self.tree.surface_subjects(verb)))

    def _stays_put(self, head: int) -> bool:
        """Tell whether a noun is of a building or an official, who may be in a town without their side's entry."""
        noun = self._singular(head).split(" ")[-1]
        nouns = self.tree.frames.nouns
        return noun in nouns.facility or noun in nouns.inner or noun in nouns.centre or noun in OFFICIALS

    def _slips_away(self, verb: int) -> bool:
        """Tell whether somebody goes away, or something is brought: "slipped away", "carried the war into X"."""
        if any(self._singular(k) in _FIGHTING for k in self.tree.objects(verb)):
            return True
        brings = self.tree.verb_base(verb) == "return" and self._has_an_object(verb)
        return brings or any(self.tree[k].lower in {"away", "off"} for k in self.tree.kids(verb, "prt", "advmod"))

    def _drives_only_back(self, verb: int) -> bool:
        """Tell whether somebody is kept off a place: "pushed them away from X", "driven back from the city"."""
        behind = self.tree.tokens[verb + 1 :]
        return any(
            before.lower in _BACKWARDS and after.lower == "from" and before.head in {verb, after.i, after.head}
            for before, after in pairwise(behind)
        )

    def _gets_something(self, verb: int) -> bool:
        """Tell whether something is got or carried somewhere."""
        return self._has_an_object(verb) or self._slips_away(verb)

    def _falls_somewhere(self, verb: int) -> bool:
        """Tell whether a town stands for who falls back from another, or behind: "Morograd fell back from X"."""
        where = {self.tree[k].lower for k in self.tree.kids(verb, "prt", "advmod")}
        if "back" in where:
            return not any(self.sides.is_side(k) for k in self.tree.prepositional(verb, ("to",)))
        return not where.isdisjoint(_NOT_DOWN)

    def _falls_otherwise(self, verb: int) -> bool:
        """Tell whether what falls is not taken: "fell quiet", "surrendered its arms"."""
        if self.tree.verb_base(verb) != "surrender":
            return bool(self.tree.kids(verb, "acomp", "oprd")) or self._falls_somewhere(verb)
        own = self.tree.kids(verb, "nsubj") and not self.tree.is_passive(verb)
        return bool(self.tree.kids(verb, "dobj")) or not own

    _asked_of_nouns: ClassVar[Mapping[str, Callable[[Otherwise, int], bool]]] = {
        "cut-roads": _leaves_ways,
        "fighting-in": _is_no_fight,
        "front-runs-through": _is_no_front,
        "meet-resistance": _hardly,
        "own-town": _is_no_town_of_theirs,
        "resistance-in": _hardly,
        "seat-of": _is_no_town_of_theirs,
    }
    _asked: ClassVar[Mapping[str, Callable[[Otherwise, int], bool]]] = {
        "all-they-have": _is_not_all,
        "arrive-at": _only_reinforces,
        "be-back-in": _is_there_anyhow,
        "be-in-the-streets": _is_there_anyhow,
        "be-inside": _is_there_anyhow,
        "be-under": _comes_under_something,
        "belong-to": _belongs_to_a_state,
        "change-hands": _changes_often,
        "claim-place": _claims_as_its_own,
        "come-back": _returns_elsewhere,
        "come-next": _is_no_ground,
        "come-under": _comes_under_something,
        "contest": _contests_nothing,
        "cut-off": _is_cut_off_from_elsewhere,
        "cut-off-in": _hems_in_nobody,
        "dig-in": _digs_something,
        "drive-out": _drives_only_back,
        "entrenched": _confines_others,
        "establish-in": _establishes_something,
        "fall": _falls_otherwise,
        "follow": _follows_nothing,
        "get-as-far-as": _gets_something,
        "handed-over": _hands_to_somebody,
        "hem-in": _hems_in_nobody,
        "hold-ground-where": _is_not_where,
        "loyal-to": _is_no_ground,
        "place-holds-out": _is_no_ground,
        "push-into": _slips_away,
        "relieve": _relieves_no_town,
        "return": _returns_elsewhere,
        "rule-in": _has_an_object,
        "send-into": _sends_no_soldiers,
        "stay-in": _only_stays,
    }
