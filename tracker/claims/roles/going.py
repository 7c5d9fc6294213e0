"""Who leaves a place, and what looks like leaving one but isn't: "evacuated civilians", "had gone without pay"."""

from __future__ import annotations

from tracker.claims.frames import Frame
from tracker.claims.roles.acting import OFFICIALS, Acting
from tracker.claims.roles.ellipsis import COUNTRY, is_time
from tracker.claims.roles.side_words import CIVIL
from tracker.claims.roles.sides import ActorHit
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["LASTS", "SELF", "SIDEWAYS", "SOLDIERY", "UNHINDERED", "Going"]

SIDEWAYS = frozenset({"north", "south", "east", "west", "half", "part", "province", "region", "coast", "border"})
_GIVING_UP = words("filling", "giving_up")
UNHINDERED = words("filling", "unhindered")  # "left X without a fight"
SOLDIERY = words("filling", "soldiery")
_STORMING = frozenset({"enter", "storm", "penetrate", "breach", "invade", "infiltrate"})
_ON_THE_ROAD = frozenset({"column", "convoy", "delegation", "helicopter", "patrol", "plane", "reinforcements"})
_ONWARD = frozenset({"ahead", "back", "forward", "on", "over", "through"})
_LEFT_IN = words("filling", "left_in")
_RIDING = frozenset({"drive", "roll", "walk"})
_CLAUSES = ("xcomp", "relcl", "acl", "advcl")
LASTS = words("seats", "lasts")
SELF = frozenset({"itself", "themselves", "himself"})


class Going(Acting):
    """Tells of verbs of leaving whether they leave a place, and whose post it was."""

    def _leaves_nothing(self, frame: Frame, verb: int) -> bool:
        """Tell whether a verb of leaving says here that somebody goes elsewhere, or that others go."""
        if frame.frame_id == "abandon" and self.tree.verb_base(verb) == "leave":
            return self._leaves_it_so(verb)
        if frame.frame_id == "fall-back" and self.tree.verb_base(verb) in _RIDING:  # "drove out of X", "drove them out"
            return bool(self.tree.objects(verb)) or not self.tree.prepositional(verb, ("out of",))
        if frame.frame_id in {"withdraw", "fall-back"} and self._stays_within(verb):
            return True
        if frame.frame_id == "withdraw" and self._takes_others(verb):
            return True  # "evacuated civilians from X"
        if frame.frame_id == "lay-down-arms":  # "surrendered its weapons"
            return any(self.tree[k].lower not in SELF for k in self.tree.kids(verb, "dobj"))
        if frame.frame_id == "get-out-of" and not self._leads_out(verb):
            return True
        if frame.frame_id == "no-longer-in":  # "was no longer safe in X"
            return bool(self.tree.kids(verb, "acomp", "attr", "oprd", "xcomp"))
        if frame.frame_id == "be-gone":
            return not self._is_gone(verb)
        if frame.frame_id == "confirm-withdrawal":  # with a place it is told by the noun
            return any(self.tree.prepositional(k, ("from", "out of")) for k in self.tree.objects(verb))
        if frame.frame_id == "lose-control":  # by who gives it up to nobody: he leaves
            return self._gives_up(verb)
        if frame.frame_id == "withdraw" and self.tree[verb].lower == "leaving":
            return bool(self.tree.kids(verb, "dobj"))  # "leaving their weapons behind"; who leaves X abandons it
        if frame.frame_id == "fall-back":
            return not self._leads_out(verb)  # "moved the helicopters away"
        return False

    def _leaves_it_so(self, verb: int) -> bool:
        """Tell whether a place is left in some state, or for others: "left X cut off", "leaving Y as the last"."""
        phrases = (k for k in self.tree.kids(verb, "prep") if k > verb)
        phrases = (k for k in phrases if not any(self._goes_off(k, m) for m in self.tree.kids(k, "pobj")))
        links = {self.tree[k].lower for k in phrases if not self.tree.kids(k, "pcomp")}  # "left X without firing"
        cut_off = any(self._besieged(k) for head in self.tree.kids(verb, "dobj") for k in self.tree.kids(head, "acl"))
        left_in = {self._one(k) for k in self.tree.prepositional(verb, ("in",))}
        return (
            cut_off
            or not left_in.isdisjoint(_LEFT_IN)
            or self._is_still_to_be(verb)
            or self._leaves_over(verb)
            or self._is_all_they_have(verb)
            or bool(self.tree.kids(verb, "oprd", "acomp", "ccomp") or links & {"as", "without", "for", "under"})
        )

    def _leaves_over(self, verb: int) -> bool:
        """Tell whether a place is what is left over, not left: "took the other towns, leaving only X"."""
        behind = {token.lower for token in self.tree.tokens[verb + 1 : verb + 3]}
        return self.tree[verb].lower == "leaving" and bool(behind & {"only", "just", "merely", "solely"})

    def _is_all_they_have(self, verb: int) -> bool:
        """Tell whether a clause tells of the last that a side has: "the last town they have left"."""
        token = self.tree[verb]
        if token.dep != "relcl" or not any(self.tree[k].lower in LASTS for k in self.tree.kids(token.head, "amod")):
            return False
        auxiliaries = {self.tree[k].lower for k in self.tree.kids(verb, "aux")}
        left = self.tree.verb_base(verb) == "have" or not auxiliaries.isdisjoint({"has", "have", "had"})
        return left and not self.tree.is_passive(verb)

    def _besieged(self, verb: int) -> bool:
        """Tell whether a verb tells of a siege: "left X surrounded"."""
        frames = self.tree.frames.by_verb.get(self.tree.verb_base(verb), ()) if self.tree.is_verb(verb) else ()
        return any(frame.kind is Kind.BESIEGES and frame.shape == "verb" for frame in frames)

    def _is_still_to_be(self, verb: int) -> bool:
        """Tell whether something is left for others to do to a place: "leaving only X to be captured"."""
        clauses = [k for head in (verb, *self.tree.kids(verb, "dobj")) for k in self.tree.kids(head, *_CLAUSES)]
        clauses = [k for k in clauses if not self.tree.kids(k, "mark")]  # "left X so as not to be trapped"
        return any({"to", "be"} <= {self.tree[m].lower for m in self.tree.kids(k)} for k in clauses)

    def _stays_within(self, verb: int) -> bool:
        """Tell whether who goes back goes to another part of where he is: "fell back to the southern districts"."""
        if self.tree.prepositional(verb, ("from", "out of")):
            return False
        inner = (self.tree.frames.nouns.part | self.tree.frames.nouns.quarter | {"centre", "center"}) - SIDEWAYS
        heads = self.tree.prepositional(verb, ("to", "into", "inside", "within"))
        return any(self._singular(k) in inner and not self.tree.prepositional(k, ("of",)) for k in heads)

    def _takes_others(self, verb: int) -> bool:
        """Tell whether a verb of leaving has people or things as its object that are no soldiers."""
        taken = [k for k in self.tree.kids(verb, "dobj") if k > verb] or self.tree.kids(verb, "nsubjpass")
        taken = [m for k in taken for m in (k, *self.tree.conjuncts(k))]
        taken += [m for k in taken for m in self.tree.prepositional(k, ("of",))]
        return any(self.tree[k].lower in CIVIL for k in taken) and not any(
            self.sides.is_side(k) or self._one(k) in SOLDIERY for k in taken
        )

    def _is_gone(self, verb: int) -> bool:
        """Tell whether somebody is said to be away, not to have gone somewhere or on: "the defenders had gone"."""
        if self.tree[verb].lower != "gone" or self.tree.kids(verb, "prt", "acomp", "oprd", "dobj", "xcomp", "dative"):
            return False
        if any(self.tree[k].lower in _ONWARD for k in self.tree.kids(verb, "advmod")):
            return False
        links = [k for k in self.tree.kids(verb, "prep") if self.tree[k].lower != "from"]
        told = [m for k in links for m in self.tree.kids(k, "pobj", "pcomp", "prep")]
        return all(is_time(self.tree, m) or self.tree[m].lower in {"time", "then", "now"} for m in told)

    def _goes_off(self, link: int, noun: int) -> bool:
        """Tell whether a phrase tells how or whither somebody leaves: "without a fight", "for the coast", "for X"."""
        away = self._singular(noun) in COUNTRY or self.tree[noun].kind in {"place", "name"}
        if self.tree[noun].lower in UNHINDERED or not away or self.tree[link].lower != "for":
            return self.tree[noun].lower in UNHINDERED
        heads = self.tree.surface_subjects(self.tree[link].head)
        return all(self.tree[k].lower.rpartition(" ")[2] not in _ON_THE_ROAD for k in heads)

    def _leads_out(self, verb: int) -> bool:
        """Tell whether what somebody brings out are soldiers: "brought its men out of X"."""
        led = self.tree.kids(verb, "dobj")
        return all(self.sides.is_side(k) or self._one(k) in SOLDIERY for k in led)

    def _gives_up(self, verb: int) -> bool:
        """Tell whether a side gives up control itself, to nobody named."""
        base = self.tree.verb_base(verb)
        if base not in _GIVING_UP or self.tree.is_passive(verb) or self.tree.prepositional(verb, ("to",)):
            return False
        up = any(self.tree[k].lower == "up" for k in self.tree.kids(verb, "prt", "prep", "advmod"))
        return (up or base != "give") and not self.tree.kids(verb, "dative")

    def _whose_post(self, verb: int) -> ActorHit | None:
        """Return whose post is left: "the army's camp there was abandoned"."""
        posts = [k for k in self.tree.objects(verb) if self.tree[k].kind is None]
        hits = (self.sides.owner(k) for k in posts if not any(self.tree[m].lower == "its" for m in self.tree.kids(k)))
        return next((hit for hit in hits if hit is not None and hit.actor_id is not None), None)

    def _is_a_person(self, verb: int) -> bool:
        """Tell whether one man leaves, whoever he leads: "its leader left X"."""
        heads = self.tree.objects(verb) if self.tree.is_passive(verb) else self.tree.surface_subjects(verb)
        return any(self.tree[k].kind is None and self.tree[k].lower in OFFICIALS for k in heads)

    def _left_by_somebody(self, frame: Frame, verb: int) -> bool:
        """Tell whether soldiers of whom the text must tell left or stormed a place: "X was given up", "was entered"."""
        known = {"abandon": _GIVING_UP | {"evacuate"}, "give-up": _GIVING_UP, "enter": _STORMING}.get(
            frame.frame_id, frozenset()
        )
        if self.tree.verb_base(verb) not in known:
            return False
        return self.tree.is_passive(verb) and not self.tree.agents(verb)

    def _one(self, k: int) -> str:
        """Return a noun as one of its kind: "tanks" as "tank"."""
        return self.tree[k].lower.removesuffix("s")
