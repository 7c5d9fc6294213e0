"""
Who acts, where no role path leads to a side: who announces it, whom the sentence is about, who goes on after it.

Also what a frame may look like without saying it: an occupied place, a capital that only is one.
"""

from __future__ import annotations

import calendar

from tracker.claims.actors.data import Form
from tracker.claims.frames import Frame
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.contending import Contending
from tracker.claims.roles.places import PlaceHit
from tracker.claims.roles.sides import ActorHit
from tracker.claims.roles.voices import side_of_speaker, voice_over
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["OFFICIALS", "Acting", "is_left_with"]

_ANNOUNCING = words("matching", "announcing")
_ADMITTING = words("matching", "admitting")
_SPANS = frozenset({"year", "years", "month", "months", "week", "weeks", "decade", "decades"})
_BRIEF = frozenset({"day", "days", "hour", "hours"})
_MONTHS = frozenset(month.lower() for month in calendar.month_name if month)
_TIMING = frozenset({"after", "when", "later", "then", "soon", "before", "during", "following", "again"})
OFFICIALS = words("matching", "officials")
_PARTAKING = words("matching", "partaking")
_FOR_WINNER = words("matching", "for_winner")
_FOR_LOSER = words("matching", "for_loser")
_AMOUNTING = words("matching", "amounting")
_PRAISING = words("syntax", "praising")
_PRAISED_FOR = frozenset({"for", "on", "over", "upon", "with"})
_FORCING = words("matching", "forcing")
_DEFENDING = frozenset({"repel", "repulse", "resist", "defend", "remain", "thwart", "foil", "withstand", "lose"})
_RESULTING = frozenset({"result", "lead", "culminate", "end"})

_SO_TO_SPEAK = frozenset(
    {"facto", "self", "rebel", "declared", "proclaimed", "styled", "called", "so-called", "wartime"}
)
_QUOTES = frozenset({'"', "“", "'", "‘", "``"})
_AREAS = frozenset({"canton", "county", "department", "district", "governorate", "municipality", "oblast", "raion"})
_OF_AREAS = frozenset({"county", "district", "national", "provincial", "regional", "state"})


class Acting(Contending):
    """Finds the sides of a sentence that stand outside the roles of its frames."""

    def _occupied(self, verb: int) -> bool:
        """Tell whether a place is said to be occupied, not to have been taken: "has occupied X since"."""
        if self.tree.verb_base(verb) not in {"occupy", "reoccupy"}:
            return False
        auxiliaries = {self.tree[k].lower for k in self.tree.kids(verb, "aux", "auxpass")}
        above = self.tree[verb].head
        if self.tree[verb].dep == "xcomp" and self.tree.is_verb(above) and self.tree.verb_base(above) == "continue":
            return True  # "they continue to occupy X"
        if any(self.tree[k].lower in {"until", "till"} for k in self.tree.kids(verb, "prep")):
            return True
        lasting = [
            k for p in self.tree.kids(verb, "prep") if self.tree[p].lower == "for" for k in self.tree.kids(p, "pobj")
        ]
        if any(self.tree[k].lower in _SPANS | _BRIEF for k in lasting):
            return True  # "occupied it for eight years"
        by = any(self.sides.is_side(k) for k in self.tree.agents(verb))
        if by and any(self._is_day(k) for k in self.tree.prepositional(verb, ("from",))):
            return True  # "X was occupied by them from 1 March"
        since = any(self.tree[k].lower == "since" for k in self.tree.kids(verb, "prep", "mark", "advmod"))
        still = any(self.tree[k].lower in {"still", "currently", "now"} for k in self.tree.kids(verb, "advmod"))
        if self.tree[verb].tag == "VBG" and self.tree[verb].dep == "acl":
            return True  # "the rebels occupying X"
        present = self.tree[verb].tag in {"VBZ", "VBP"} or auxiliaries & {"is", "are", "remains", "remain"}
        passive = self.tree.is_passive(verb)  # "a town occupied by them since May"
        if passive and self.tree[verb].dep in {"acl", "relcl"} and not self._timed(verb):
            return True  # "the town, which was occupied by them"
        return bool(present) or (since and (passive or bool(auxiliaries & {"has", "have", "had"}))) or still

    def _timed(self, verb: int) -> bool:
        """Tell whether a verb says when it happened: "in May", "a day later", "after the siege"."""
        for token in self.tree.tokens:
            if verb not in self.tree.climb(token.i):
                continue
            timed = token.kind == "date" or token.tag == "CD" or token.lower in _TIMING | _SPANS
            if timed or token.lower.endswith("day") or (token.text.istitle() and token.lower in _MONTHS):
                return True
        return False

    def _leading(self, trigger: int, other: ActorHit | None, *, defending: bool = True) -> ActorHit | None:
        """Return the side that the sentence is about, unless it is the other one, or only defends itself."""
        root = next((token.i for token in self.tree.tokens if token.head == token.i), trigger)
        later = [k for k in self.tree.kids(root, "advcl", "conj") if self.tree.is_verb(k)]
        for verb in (root, *later):
            says = self.tree.is_verb(verb) and self.tree.verb_base(verb) in self.tree.frames.scope.speech
            if not defending and self.tree.is_verb(verb) and self._defends(verb):
                continue
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

    def _defends(self, verb: int) -> bool:
        """Tell whether a verb says of its subject that others attack: "the army repelled them", "still held X"."""
        base = self.tree.verb_base(verb)
        kinds = {frame.kind for frame in self.tree.frames.by_verb.get(base, ()) if frame.shape == "verb"}
        return base in _DEFENDING or (Kind.HOLDS in kinds and Kind.GAINS not in kinds)

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
        if frame.shape != "label" or noun is None:
            return False
        if self._is_a_meaning(noun):
            return True
        if self._singular(noun) != "capital":
            return False
        hit = self.sides.owner(noun)
        of = self.tree.prepositional(noun, ("of",))
        told = {self.tree[k].lower for k in self.tree.kids(noun, "amod", "compound")}
        if told & _SO_TO_SPEAK:
            return False
        if told & _OF_AREAS or any(self._is_of_area(k) for k in of):
            return True
        at = hit.token if hit is not None else of[0] if of else None
        entity = self.tree[at].entity if at is not None else None
        if entity is None or entity.actor is None:
            return False
        people = entity.actor.form is Form.ADJECTIVE and entity.text[:1].isupper()  # "the Kurdish capital"
        return people or entity.actor.form in {Form.STATE, Form.DEMONYM}

    def _is_a_meaning(self, noun: int) -> bool:
        """Tell whether a noun tells what a name means: "Dolna ("the fortress of Moses")"."""
        before = [token.text for token in self.tree.tokens[max(0, noun - 4) : noun]]
        opening = next((k for k, text in enumerate(before) if text in _QUOTES), None)
        return opening is not None and opening > 0 and before[opening - 1] == "("

    def _is_of_area(self, k: int) -> bool:
        """Tell whether a noun, or a name, is that of a province: "the capital of Dolna District"."""
        province = self.tree.frames.nouns.province | _AREAS
        return not province.isdisjoint({self._singular(k), self.tree[k].lower.split(" ")[-1]})

    def _announcer(self, noun: int) -> tuple[ActorHit | None, ActorHit | None]:
        """Return who took and who lost by who tells it: sides announce captures and admit losses."""
        verb = self.tree[noun].head
        if self.tree[noun].dep != "dobj" or not self.tree.is_verb(verb):
            return None, None
        base = self.tree.verb_base(verb)
        heads = self.tree.surface_subjects(verb) if base in _ANNOUNCING | _ADMITTING else []
        hit = self.sides.actor(heads[0]) if heads else None
        official = bool(heads) and self._singular(heads[0]) in OFFICIALS
        if heads and self.tree[heads[0]].lower == "i":
            hit = voice_over(self.tree, self.sides, heads[0])  # "I announce the liberation of X, the minister said"
        elif hit is None or hit.actor_id is None or (hit.civil and official):
            hit = side_of_speaker(self.tree, self.sides, heads[0]) if heads else None
        if hit is None or hit.actor_id is None or hit.civil:
            return None, None
        lost = self._singular(noun) in {"fall", "loss"}
        if base in _ADMITTING:
            return (None, hit) if lost else (hit if base == "confirm" else None, None)
        return (None, None) if lost else (hit, None)

    def _meant_for(self, trigger: int) -> tuple[ActorHit | None, ActorHit | None]:
        """Return who won and who lost by what a capture was for them: "X's fall was a blow to Y", "a victory for Z"."""
        token = self.tree[trigger]
        judged = [*self.tree.kids(trigger, "appos")]
        above = token.head
        if token.dep in {"nsubj", "csubj"} and self._amounts(above):
            judged += [*self.tree.kids(above, "attr", "oprd"), *self.tree.objects(above)]
            judged += [
                k
                for p in self.tree.kids(above, "prep")
                if self.tree[p].lower == "as"
                for k in self.tree.kids(p, "pobj")
            ]
        dealing = [k for k in self.tree.kids(trigger, "advcl") if self._amounts(k)]
        judged += [k for verb in dealing for k in self.tree.objects(verb)]
        winner = loser = None
        for k in judged:
            noun = self._singular(k)
            if noun not in _FOR_WINNER | _FOR_LOSER:
                continue
            heads = self.tree.prepositional(k, ("for", "to", "of")) or self._recipients(k)
            hit = next((one for one in map(self.sides.actor, heads) if one is not None and one.actor_id), None)
            if noun in _FOR_WINNER:
                winner = winner or hit
            else:
                loser = loser or hit
        return winner, loser

    def _amounts(self, verb: int) -> bool:
        return self.tree.is_verb(verb) and not {self.tree[verb].lower, self.tree.verb_base(verb)}.isdisjoint(_AMOUNTING)

    def _recipients(self, noun: int) -> list[int]:
        """Return who is dealt a blow: "dealt the rebels a blow", "a blow for" hung on the verb."""
        verb = self.tree[noun].head
        if not self.tree.is_verb(verb):
            return []
        return [*self.tree.kids(verb, "dative"), *self.tree.prepositional(verb, ("for", "to"))]

    def _reporter(self, noun: int) -> ActorHit | None:
        """Return the side that tells what befell the other: "the army reported the encirclement of rebels in X"."""
        verb = self.tree[noun].head
        if self.tree[noun].dep != "dobj" or not self.tree.is_verb(verb):
            return None
        if self.tree.verb_base(verb) not in _ANNOUNCING | {"report", "confirm", "acknowledge", "admit"}:
            return None
        heads = self.tree.surface_subjects(verb)
        return self.sides.armed(heads[:1])

    def _forcing(self, verb: int, leaver: ActorHit) -> ActorHit | None:
        """Return the side that makes another leave: "A forced B to withdraw from X"."""
        above = self.tree[verb].head
        sent = self.tree[verb].dep == "advcl" and self.tree[verb].tag == "VBG"  # "sent them fleeing"
        if not (sent or self.tree[verb].dep in {"xcomp", "ccomp"}) or not self.tree.is_verb(above):
            return None
        if (self.tree.verb_base(above) == "send") != sent or self.tree.verb_base(above) not in _FORCING:
            return None
        for head in self.tree.subjects(above):
            hit = self.sides.actor(head)
            if hit is not None and hit.actor_id not in {None, leaver.actor_id} and not hit.civil:
                return hit
        return None

    def _claims_so(self, verb: int) -> bool:
        """Tell whether somebody says of himself that he did it: "officials claim to have taken X"."""
        above = self.tree[verb].head
        done = any(self.tree[k].lower == "have" for k in self.tree.kids(verb, "aux"))
        says = self.tree.is_verb(above) and self.tree.verb_base(above) in self.tree.frames.scope.speech
        return self.tree[verb].dep == "xcomp" and done and says

    def _partaker(self, noun: int) -> ActorHit | None:
        """Return who took part in it: "all branches of the army took part in the liberation of X"."""
        token = self.tree[noun]
        verb = token.head
        if token.dep == "pobj":
            verb = self.tree[token.head].head if self.tree[token.head].lower == "in" else noun
            if self.tree[verb].lower == "part":
                verb = self.tree[verb].head
        if not self.tree.is_verb(verb) or self.tree.verb_base(verb) not in _PARTAKING:
            return None
        heads = self.tree.surface_subjects(verb)
        return self.sides.armed(heads[:1])

    def _became(self, verb: int) -> bool:
        """Tell whether something came to be so: "became controlled by"."""
        token = self.tree[verb]
        above = token.head if token.dep in {"acomp", "attr", "oprd"} else verb
        auxiliaries = {self.tree.verb_base(k) for k in self.tree.kids(verb, "aux", "auxpass")}
        return self.tree.verb_base(above) == "become" or "become" in auxiliaries

    def _achieved(self, verb: int) -> bool:
        """Tell whether something was brought about: "managed to control", "was able to control"."""
        token, above = self.tree[verb], self.tree[self.tree[verb].head]
        if token.dep == "pcomp":
            above = self.tree[above.head]
        if token.dep not in {"xcomp", "pcomp"} or self.tree.verb_base(verb) in {"hold", "keep", "retain"}:
            return False
        base = self.tree.verb_base(above.i) if self.tree.is_verb(above.i) else above.lower
        return base in {"manage", "succeed", "able"}

    def _after_it(self, noun: int) -> ActorHit | None:
        """Return who goes on "after the capture of X": the subject of the clause took it, or lost it after its loss."""
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
        if verb is not None and is_left_with(self.tree, verb) != (self._singular(noun) == "loss"):
            return None
        heads = self.tree.surface_subjects(verb) if verb is not None else []
        return self.sides.armed(heads[:1])

    def _praised_for(self, noun: int) -> ActorHit | None:
        """Return whose deed it is by who is praised or blamed: "blamed the rebels for the capture of X"."""
        link = self.tree[noun].head
        if self.tree[noun].dep != "pobj" or self.tree[link].lower not in _PRAISED_FOR:
            return None
        verb = next((k for k in self.tree.climb(link) if self.tree.is_verb(k)), link)
        if self.tree[verb].lower not in _PRAISING:
            return None
        heads = self.tree.surface_subjects(verb) if self.tree.is_passive(verb) else self.tree.objects(verb)
        return self.sides.armed(k for head in heads for k in (head, *self.tree.conjuncts(head)))  # "the governor and X"

    def _brought_about(self, noun: int) -> ActorHit | None:
        """Return whose deeds ended in something: "actions by the army resulted in the liberation of X"."""
        link = self.tree[noun].head
        verb = self.tree[link].head
        if self.tree[noun].dep != "pobj" or self.tree[link].lower not in {"in", "to", "with"}:
            return None
        if not self.tree.is_verb(verb) or self.tree.verb_base(verb) not in _RESULTING:
            return None
        deeds = self.tree.surface_subjects(verb)
        doers = [m for k in deeds for m in (*self.tree.prepositional(k, ("by", "of")), *self.tree.kids(k, "poss"))]
        return self.sides.armed((*doers, *deeds))

    def _cleared_of_things(self, verb: int, counter: ActorHit | None) -> bool:
        """Tell whether a place is cleared of what holds no ground: bombs, rubble."""
        behind = self.tree.prepositional(verb, ("of",))
        return (
            self.tree.verb_base(verb) in {"clear", "cleanse", "rid", "free"}
            and any(self.tree[k].lower != "terrorism" for k in behind)
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


def is_left_with(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says what is left to its subject: "after the loss of X the rebels hold only Y"."""
    base = tree.verb_base(verb)
    kinds = {frame.kind for frame in tree.frames.by_verb.get(base, ()) if frame.shape == "verb"}
    adverbs = {tree[k].lower for k in tree.kids(verb, "advmod")}
    if "now" in adverbs and adverbs.isdisjoint({"only", "just", "still"}) and Kind.WITHDRAWS not in kinds:
        return base == "lose"  # "with the capture of X the rebels now hold the province"
    return base in {"be", "have", "lose"} or bool(kinds & {Kind.HOLDS, Kind.WITHDRAWS})
