"""
Who and what fills the roles of a frame in a sentence: the places and sides at the ends of its paths.

A path ("object", "noun.owner", "pp:from") is data; the first of a frame's paths that ends
at a place, or at a known side, is the one that counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.frames import Frame, RolePath
from tracker.claims.roles.belongings import is_area, is_river
from tracker.claims.roles.ellipsis import (
    is_building,
    is_time,
    left_by_others,
    left_out,
    on_the_way,
    own_ground,
    witnessed,
)
from tracker.claims.roles.heads import Heads
from tracker.claims.roles.ongoing import fought_where_told, goes_on
from tracker.claims.roles.places import PlaceHit
from tracker.claims.roles.resuming import left_before, resumed
from tracker.claims.roles.sides import PEOPLE, ActorHit
from tracker.claims.roles.town_parts import FRAMES as TAKING
from tracker.claims.roles.town_parts import taken_inside
from tracker.claims.roles.unnamed import POSTS
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["RolePaths"]

_GIVING_UP = frozenset({"abandon", "give-up"})  # whose posts in X are a part of it
_FORWARD = frozenset(
    {"advance", "push", "march", "roll", "drive", "thrust", "punch", "fight", "battle", "force", "get"}
)
_AFTER = frozenset({"after", "following", "during", "in", "despite"})
_OVER = ("for", "over")  # "the battle for X" only where it goes on
_FIGHTS = frozenset({"fighting-reaches", "fighting-in", "fight-in", "fight-battles-in"})
_GROUND = frozenset({"gain-ground", "advance-in"})  # of which a part is taken where it is a town or quarter
_WIDE = words("bystanders", "measures") | words("reaching", "wide")
_WARDS = frozenset({"area", "sector"})  # of a town they are a part of it
_NAMED_GOALS = frozenset({"fight-for", "get-as-far-as", "break-through-to"})
_WHITHER = {("to",), ("outside",)}  # what tells where somebody goes says nothing of whence
_EDGES = words("reaching", "edges")
_LIMITS = _EDGES | {"limit", "boundary", "gate"}
_LESSER = words("scope", "lesser_ground")
_LAST = words("roles", "ranks")
_SEATS = frozenset({"base", "capital", "headquarters", "stronghold", "bastion"})


class RolePaths(Heads):
    """Reads the places and sides to which the role paths of frames lead in one sentence."""

    def _places(self, frame: Frame, verb: int | None, noun: int | None, carrier: int | None) -> list[PlaceHit]:
        tried: list[int] = []
        for path in frame.place:
            heads = self._heads(path, verb, noun, carrier, frame)
            if path.start in {"here", "nearby"} and (parts := self._of_its_town(frame, verb, tried)):
                return parts
            if path.start == "town":
                return self._left_out(path, frame, verb, noun, tried) if verb is not None else []
            if (path.prepositions and path.prepositions not in _WHITHER) or path.start == "object":
                tried += heads
            if path.start == "here" and frame.kind is Kind.BESIEGES:
                return self._besieged_here(frame, verb, noun)
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
            inner = frame.kind in {Kind.GAINS, Kind.HOLDS, Kind.CONTESTS} and frame.frame_id != "raise-flag"
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
            if not hits and frame.kind is Kind.CONTESTS:
                hits = self._fought_for(frame, heads, noun if noun is not None else verb or 0)
            hits = [hit for hit in hits if self.places.is_place(hit, frame.kind)]
            hits = self._meant_by(frame, path, verb, noun, hits)
            if frame.frame_id == "stronghold" and path.prepositions == ("in", "at") and noun is not None:
                hits = [hit for hit in hits if self._is_seat(noun, hit)]
            if not hits and frame.kind is Kind.BESIEGES and verb is not None:
                hits = self._around_people(frame, path, verb, heads)
            behind = verb is not None and self.tree[verb].dep in {"relcl", "acl"} and self.tree[verb].head < verb
            if verb is not None and behind and self.tree[self.tree[verb].head].dep != "attr":  # "the first to fall"
                hits = [hit for hit in hits if hit.token < verb] or hits  # "X, which the army holds, and Y"
            if hits:
                return self._narrowest(hits)
        return self._unsaid(frame, verb, noun, tried)

    def _around_people(self, frame: Frame, path: RolePath, verb: int, heads: Sequence[int]) -> list[PlaceHit]:
        """Return where those are who are besieged: "laid siege to the rebels in X"."""
        if frame.frame_id == "besiege" and path.start == "object":
            return self._where_they_are(verb)
        people = [head for head in heads if self.sides.is_side(head)] if frame.frame_id == "lay-siege" else []
        inside = [k for head in people for k in self.tree.prepositional(head, ("in", "inside", "at"))]
        return [hit for k in inside for hit in self.places.places(k)]

    def _fought_for(self, frame: Frame, heads: Sequence[int], trigger: int) -> list[PlaceHit]:
        """Return where something unnamed is fought for: "for control of key points in X", "in the streets"."""
        if frame.frame_id == "fight-for":
            goals = [m for k in heads for m in (k, *self.tree.prepositional(k, ("of",)))]
            inside = [m for k in goals for m in self.tree.prepositional(k, ("in",))]
            return [replace(hit, head=heads[0]) for m in inside for hit in self.places.places(m)]
        if any(map(self._in_the_streets, heads)):
            return self._only_town() or self.places.focus(trigger)
        return []

    def _unsaid(self, frame: Frame, verb: int | None, noun: int | None, tried: Sequence[int]) -> list[PlaceHit]:
        """Return the place to which no role path leads: of an own post that is left, or what the text is telling of."""
        parts = self._of_its_town(frame, verb, tried)
        if parts:
            return parts
        start = verb if verb is not None else noun
        own = self._own_post(start, noun) if start is not None and frame.kind is Kind.WITHDRAWS else []
        if own:
            return own
        if noun is not None and frame.frame_id == "fighting-in":
            return fought_where_told(self.tree, self.places, noun)
        if noun is not None and frame.frame_id == "the-capture-of":
            return left_before(self.tree, self.places, noun) or resumed(self.tree, self.places, frame, noun, noun)
        return resumed(self.tree, self.places, frame, verb, noun) if verb is not None else []

    def _of_its_town(self, frame: Frame, verb: int | None, tried: Sequence[int]) -> list[PlaceHit]:
        """Return the town whose nameless buildings are taken."""
        takes = verb is not None and frame.frame_id in TAKING
        return taken_inside(self.tree, self.places, verb, tried) if takes and verb is not None else []

    def _meant_by(
        self, frame: Frame, path: RolePath, verb: int | None, noun: int | None, hits: list[PlaceHit]
    ) -> list[PlaceHit]:
        """Return the places that a move reaches, or a battle is for: "advanced to the centre of X", "fought for X"."""
        if frame.frame_id == "fighting-in" and path.prepositions == _OVER:
            return hits if noun is not None and goes_on(self.tree, noun) else []
        if frame.kind is Kind.CONTESTS and path.prepositions == ("on",):
            ways = verb is not None and any(self.tree[k].lower == "way" for k in self.tree.objects(verb))
            return [hit for hit in hits if hit.part == "outskirts" and not ways]  # not "fought their way in"
        if frame.frame_id in _GROUND:
            return [hit for hit in hits if not (self._is_land(hit) or self._is_wide(hit))]
        if frame.frame_id in _FIGHTS:
            hits = [hit for hit in hits if not self._is_land(hit)]
        if frame.frame_id == "fighting-in":  # not "ended with them in control of X"
            hits = [hit for hit in hits if self._singular(hit.head) not in {"control", "hand"}]
        if frame.frame_id == "land-on":
            return [hit for hit in hits if hit.ref.feature.startswith("ISL") or "island" in hit.ref.text.lower()]
        if frame.frame_id == "drive-out" and path.prepositions == ("beyond",):  # "pushed them back beyond X's limits"
            return [replace(hit, part=None) for hit in hits if self._singular(hit.head) in _LIMITS]
        if frame.frame_id == "sweep-across":  # only a part of a town: who sweeps across a land takes not all of it
            return [hit for hit in hits if (hit.part or hit.fraction) and not is_area(hit)]
        if frame.frame_id in _NAMED_GOALS:
            return [hit for hit in hits if self._is_goal(hit)]
        if frame.frame_id == "be-back-in":
            return [hit for hit in hits if self._is_on_ground(hit)]  # not "in control of X"
        if frame.kind is Kind.WITHDRAWS and path.prepositions == ("to",):  # "pulled back to the outskirts"
            return [replace(hit, part=None) for hit in hits if self._singular(hit.head) in _EDGES]
        if frame.frame_id not in {"push-into", "make-way-into"} or path.prepositions != ("to",):
            return hits
        base = self.tree.verb_base(verb) if verb is not None else ""
        if base == "return":
            return [hit for hit in hits if self._is_on_ground(hit)]
        parts = {"centre", "outskirts"} if base in _FORWARD else {"centre"}
        return [hit for hit in hits if hit.part in parts]

    def _is_land(self, hit: PlaceHit) -> bool:
        """Tell whether a place is a province or a larger land, which is not itself contested by a fight in it."""
        provinces = self.tree.frames.nouns.province
        words = {self._singular(hit.head), self.tree.frames.singular(hit.ref.text.lower().split(" ")[-1])}
        return hit.ref.feature.startswith(("ADM1", "RGN")) or not words.isdisjoint(provinces)

    def _is_wide(self, hit: PlaceHit) -> bool:
        """Tell whether a place only says around where: "the X countryside", but not "the X area of Y"."""
        noun = self._singular(hit.head)
        quarter = hit.head > hit.token and bool(self.tree.prepositional(hit.head, ("of", "in")))
        return noun in _WIDE and not (noun in _WARDS and (quarter or hit.part not in {None, "parts"}))

    def _besieged_here(self, frame: Frame, verb: int | None, noun: int | None) -> list[PlaceHit]:
        """Return the place of a siege of which the sentence doesn't say it."""
        if frame.frame_id == "the-siege-of":
            agents = self.tree.agents(self.tree[noun].head) if noun is not None else []
            if noun is not None and self.tree[noun].dep == "nsubjpass" and any(map(self.sides.is_side, agents)):
                return self.places.focus(noun)  # "the siege was carried out by the rebels"
            return self._fell_after(noun) or self._in_its_course(noun) if noun is not None else []
        if frame.frame_id == "cut-roads":
            behind = noun is None or self.tree.kids(noun, "prep", "acl", "relcl") or self.tree.kids(verb or 0, "prep")
            return [] if behind else [hit for hit in self.places.focus(noun or 0) if hit.sentences_back == 0]
        return self.places.focus(noun or 0) if verb is not None and self._people(verb) else []

    def _fell_after(self, siege: int) -> list[PlaceHit]:
        """Return what was taken, or held out, in the clause of a bare siege: "took X after a siege of ten weeks"."""
        link = self.tree[siege].head
        bare = any(self.tree[k].lower in {"a", "an"} for k in self.tree.kids(siege, "det"))
        if self.tree[siege].dep != "pobj" or self.tree[link].lower not in _AFTER or not bare:
            return []
        verb = next((k for k in self.tree.climb(link) if self.tree.is_verb(k)), None)
        heads = self.tree.objects(verb) or self.tree.surface_subjects(verb) if verb is not None else []
        return [hit for k in heads for hit in self.places.places(k)]

    def _in_its_course(self, siege: int) -> list[PlaceHit]:
        """Return the place that the clause is about during a siege: "during the rebel siege X was shelled"."""
        link = self.tree[self.tree[siege].head].lower
        behind = {self.tree[k].lower for k in self.tree.kids(siege, "prep")}
        of = behind - {"by", "in", "since", "from", "between"}
        definite = any(self.tree[k].lower in {"the", "its", "their"} for k in self.tree.kids(siege, "det", "poss"))
        whose = self.sides.owner(siege) is not None or "by" in behind
        if self.tree[siege].dep != "pobj" or link not in {"during", "amid", "throughout"} or of:
            return []
        if not definite and not whose:
            return []
        found = self.places.focus(siege)
        return [hit for hit in found if hit.sentences_back == 0 or whose]

    def _is_goal(self, hit: PlaceHit) -> bool:
        """Tell whether a phrase is headed by the name of what was reached or fought for, or by its control."""
        goals = {"control", "dominance", "supremacy", "street", "house", "inch"}
        named = self.tree[hit.head].kind in {"place", "name"} or self._singular(hit.head) in goals
        return named and not is_river(hit)

    def _is_on_ground(self, hit: PlaceHit) -> bool:
        """Tell whether a phrase is headed by a name or a noun of ground, as "control of X" is not."""
        nouns = self.tree.frames.nouns
        noun = self._singular(hit.head)
        named = self.tree[hit.head].kind in {"place", "name"}
        inside = (nouns.part | nouns.quarter) - {"gate", "area"}
        return named or noun in nouns.settlement or noun in nouns.facility or noun in inside

    def _own_post(self, verb: int, noun: int | None = None) -> list[PlaceHit]:
        """Return the place where who leaves had his own post: "left its base in X", "retreat from its camp there"."""
        posts = [*self.tree.kids(verb, "dobj"), *self.tree.prepositional(verb, ("from", "out of"))]
        posts += self.tree.prepositional(noun, ("from", "out of")) if noun is not None else []
        for post in posts:
            own = any(self.tree[k].lower in {"its", "their"} for k in self.tree.kids(post, "poss"))
            if self._singular(post) not in POSTS or not own:
                continue
            behind = [k for k in self.tree.prepositional(verb, ("in", "at", "inside")) if k > post]
            where = self.tree.prepositional(post, ("in", "at", "inside")) or behind
            hits = [hit for k in where if not is_time(self.tree, k) for hit in self.places.places(k)]
            if hits:
                return [hit for hit in hits if not is_area(hit)]  # not "its last stronghold in the province"
            there = [k for head in (post, verb) for k in self.tree.kids(head, "advmod") if k > post]
            if any(self.tree[k].lower == "there" for k in there):
                return self.places.focus(post)
        return []

    def _left_out(
        self, path: RolePath, frame: Frame, verb: int, noun: int | None, tried: Sequence[int]
    ) -> list[PlaceHit]:
        """Return the place that a verb leaves out: the town of an entry, or what the text is telling of."""
        post = self._own_post(verb, noun) if frame.kind is Kind.WITHDRAWS else []
        if post:
            return post
        leaving = frame.frame_id == "drive-out" and self._out(verb)  # "were expelled": no "out" is needed
        with_verb = () if leaving else path.prepositions
        if any(other.start == "object" for other in frame.place) and not all(map(self._holds_nothing, tried)):
            return []  # "reached an agreement"
        town = left_out(self.tree, self.places, verb, tried, with_verb) or witnessed(self.tree, self.places, verb)
        if not town and with_verb and (frame.kind is Kind.ENTERS or frame.frame_id == "take-over"):
            town = left_by_others(self.tree, self.places, verb, with_verb)
        if not town and frame.frame_id == "take-over":
            return resumed(self.tree, self.places, frame, verb, noun)
        if town or not (frame.kind is Kind.WITHDRAWS or frame.frame_id == "drive-out"):
            return town
        going = self.tree.objects(verb) if frame.frame_id == "drive-out" else self.tree.surface_subjects(verb)
        own = own_ground(self.tree, self.places, self.sides, verb, going, () if leaving else ("out",))
        return own or resumed(self.tree, self.places, frame, verb, noun)

    def _holds_nothing(self, head: int) -> bool:
        """Tell whether what stands in the role of the place is only a time, or a building of the town."""
        return is_time(self.tree, head) or is_building(self.tree, head)

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
        around = [
            k for by in self.tree.agents(verb) for k in self.tree.prepositional(by, ("in", "inside", "within", "at"))
        ]
        if around:
            return [hit for k in around for hit in self.places.places(k)]  # "was besieged by rebels in X"
        told = [hit for hit in self.places.claimed if hit.token < verb]
        return [replace(told[-1], part=None, fraction=None)] if told else []

    def _is_seat(self, noun: int, hit: PlaceHit) -> bool:
        """Tell whether a stronghold in a town is the town: "the insurgents' stronghold in the city of X"."""
        feature = hit.ref.feature
        single = self._singular(noun) == self.tree[noun].lower and not self.tree.prepositional(noun, ("of",))
        indefinite = any(self.tree[k].lower in {"a", "an"} for k in self.tree.kids(noun, "det"))
        town = feature.startswith("PPL") and feature != "PPLX"
        if self.tree[self.tree[noun].head].lower == "with" and self.tree.kids(noun, "poss"):
            return town and self._singular(noun) in _SEATS  # "the rebels, with their headquarters in X"
        if self.tree[noun].lower in {"headquarters", "hq"}:  # "the rebels' headquarters at X", not one of a ministry
            owners = self._owners(noun)
            at = self.tree[self.tree[hit.head].head].lower == "at"
            return town and at and not indefinite and bool(owners) and not any(map(self._is_of_state, owners))
        return town and single and not indefinite and self._singular(noun) in {"stronghold", "bastion"}

    def _is_of_state(self, k: int) -> bool:
        """Tell whether words name a state's own: "the army's"."""
        entity = self.tree[k].entity
        mention = entity.actor if entity is not None else None
        return mention is None or mention.actor_id is None or mention.actor_id in self.sides.discourse.states

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
        last = any(self.tree[k].lower in _LAST for k in self.tree.kids(upper, "amod"))
        town = last and noun in self.tree.frames.nouns.settlement  # "the last town of the province held by"
        return upper if of and (town or noun in self.tree.frames.nouns.part) else head

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
                if path.start == "object" and frame.frame_id == "withdraw":
                    heads = [head for head in heads if self.tree[head].lower != "it"]  # what is left is the place
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
