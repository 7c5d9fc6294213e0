"""Whose fighters are that a sentence names by no side of their own: "his forces", "rebels of the Morla Front"."""

from __future__ import annotations

from dataclasses import replace

from tracker.claims.actors.data import Form
from tracker.claims.actors.index import ActorMention
from tracker.claims.roles.side_words import ActorHit, SideWords
from tracker.claims.roles.voices import voice_over
from tracker.claims.words import words

__all__ = ["Fighters"]

_BACKED = frozenset({"backed", "supported", "recognised", "recognized", "aligned"})
_LED = frozenset(
    {
        "led",
        "commanded",
        "headed",
        "loyal",
        "backing",
        "supporting",
        "allied",
        "faithful",
        "following",
        "back",
        "support",
        "follow",
    }
)
_FAR = 4  # sentences back to whom "him" may mean
_LONG_PHRASE = 14  # tokens
_GROUPS = words("fighters", "groups")
_LOCALS = frozenset({"fighters", "gunmen", "militias", "militiamen", "tribesmen", "rebels", "insurgents"})


class Fighters(SideWords):
    """Reads whose the fighters of one sentence are, by what stands around them."""

    def _whose(self, i: int, mention: ActorMention) -> ActorHit | None:
        """Return whose fighters are by their phrase, before what their own words tell counts."""
        hit: ActorHit | None = None
        if mention.form in {Form.UNKNOWN, Form.BARE, Form.NOUN}:
            hit = self._ours(i)
        if hit is None and (mention.generic or mention.form is Form.BARE):
            hit = self._told_by_name(i)
        if hit is None and mention.form is Form.BARE:
            hit = self._local(i)
        if hit is None and mention.generic:
            hit = self._behind_attack(i) or self._called(i) or self._of_named(i) or self._beside(i)
        if hit is None and (mention.generic or mention.form is Form.BARE):
            hit = self._of_leader(i)
        if hit is None and (mention.generic or mention.form in {Form.UNKNOWN, Form.UNIT, Form.BARE}):
            hit = self._whose_unit(i)
        return hit

    def _told_by_name(self, i: int) -> ActorHit | None:
        """Return the side whose name tells which group is meant: "by another armed group, the Morla Front"."""
        if self.tree[i].lower.split(" ")[-1] not in _GROUPS:
            return None
        one = any(self.tree[k].lower in {"a", "an", "another"} for k in self.tree.kids(i, "det"))
        for k in self.tree.kids(i, "appos", "conj") if one else self.tree.kids(i, "appos"):
            entity = self.tree[k].entity
            named = entity is not None and entity.actor is not None and entity.actor.form in {Form.NAME, Form.UNKNOWN}
            more = any(self.tree[m].kind == "actor" for m in self.tree.kids(k, "conj"))
            if named and not more and self.tree[i + 1].text in {",", "(", "–", "—"}:
                hit = self._entity(k)
                return replace(hit, token=i) if hit is not None and hit.actor_id is not None else None
        return None

    def _of_title(self, i: int, avoid: str | None) -> str | None:
        """Return the side that the title names where it fights in the country of the place: whose "marines" are."""
        side = self.discourse.title_side()
        if side is None or side == avoid or (self._is_group(i) and side in self.discourse.states):
            return None
        return side if self.discourse.fights_in(side, self.country) else None

    def _later(self, i: int, avoid: str | None) -> str | None:
        """Return who fighters of no state are whom the text names only later: "ethnic fighters … the DLF said"."""
        if not self._is_group(i) or not self.discourse.trees:
            return None
        before = sum(token.entity is not None for token in self.tree.tokens[:i])
        seen = self.discourse.side_named_later(self.sentence, before, self.country, avoid)
        return seen.actor_id if seen is not None else None

    def _ours(self, i: int) -> ActorHit | None:
        """Return whose "our" or "his forces" are: the side of who says it, else the one state named so far."""
        if not any(self.tree[k].lower in {"our", "his", "her"} for k in self.tree.kids(i, "poss")):
            return None
        voice = self._leads(i)
        states = self._known_states()
        armed = self.tree[i].lower.split(" ")[-1] in {"forces", "army", "troops", "units", "men", "soldiers"}
        if voice is None and states and armed:
            seen = self.discourse.actor_for(self.here, sentence=self.sentence, position=i, among=states)
            whose = seen.actor_id if seen is not None else states[0]
            return ActorHit(actor_id=whose, text=self.tree[i].text, token=i, sentences_back=1)
        return replace(voice, text=self.tree[i].text, token=i, sentences_back=1) if voice is not None else None

    def _leads(self, i: int) -> ActorHit | None:
        """Return the side of whom "his" or "him" means: who says it, the leader named last or who spoke last."""
        said = any(self._speaks(k) for k in self.tree.climb(i))
        of_another = self.tree[i].lower == "him"  # who speaks calls nobody loyal to himself
        voice = None if of_another else voice_over(self.tree, self, i)
        side = self.discourse.leader_before(self.sentence - (_FAR if of_another else 1), self.tree[i].start)
        if side is None or (said and voice is not None):
            return replace(voice, text=self.tree[i].text, token=i) if voice is not None else None
        return ActorHit(actor_id=side, text=self.tree[i].text, token=i)

    def _of_leader(self, i: int) -> ActorHit | None:
        """Return whose fighters are by who leads them: "troops under General Morla", "forces backing Morla"."""
        led = [k for k in self.tree.kids(i, "acl", "amod", "relcl") if self.tree[k].lower in _LED]
        behind = self.tree.prepositional(i, ("under", "of"))
        for k in led:
            behind += [
                *self.tree.kids(k, "dobj"),
                *self.tree.agents(k),
                *self.tree.prepositional(k, ("to", "with", "by")),
            ]
        behind += [m for k in behind for m in self.tree.kids(k, "appos")]  # "loyal to the former president, Morla"
        hits = (self.led_by(k) for k in behind if self.tree[k].kind in {"name", None})
        hit = next((hit for hit in hits if hit is not None), None)
        return hit and replace(hit, token=i)

    def _local(self, i: int) -> ActorHit | None:
        """Return people of a place under arms as a side of their own: "local fighters drove them from X"."""
        text = self.tree[i].lower.removeprefix("the ")
        local = text.startswith("local ") or any(self.tree[k].lower == "local" for k in self.tree.kids(i, "amod"))
        word = text.split(" ")[-1]
        if not local or word not in _LOCALS:
            return None
        return ActorHit(actor_id=f"other:local {word}", text=self.tree[i].text, token=i)

    def _of_named(self, i: int) -> ActorHit | None:
        """Return the side whose name stands behind a common noun: "rebels of (another group,) the Morla Front"."""
        heads = self.tree.prepositional(i, ("of", "from"))
        after = self.tree[min(i + 1, len(self.tree) - 1)]
        if not heads and after.lower == "from" and after.dep == "prep":  # hung on the verb: "fell to fighters from X"
            heads = self.tree.kids(after.i, "pobj")
        groups = [m for m in heads if self.tree[m].lower.split(" ")[-1] in _GROUPS]
        for k in [*heads, *(n for m in groups for n in self.tree.kids(m, "appos"))]:
            entity = self.tree[k].entity
            mention = entity.actor if entity is not None else None
            if mention is not None and mention.form in {Form.NAME, Form.ATTRIBUTIVE, Form.UNKNOWN}:
                return ActorHit(actor_id=mention.actor_id, text=self.tree[i].text, token=i)
        return None

    def _beside(self, i: int) -> ActorHit | None:
        """Return the side whose name stands before a word for fighters: "the Dolnan Front (DF) forces"."""
        for k in self.tree.kids(i, "compound", "nmod"):
            entity = self.tree[k].entity
            if k < i and entity is not None and entity.actor is not None and entity.actor.form is Form.NAME:
                hit = self._entity(k)
                return replace(hit, token=i) if hit is not None else None
        return None

    def _whose_unit(self, i: int) -> ActorHit | None:
        """Return whose a unit is that no file lists: "the rebels' 3rd Division", "the council's Desert Force"."""
        for k in self.tree.kids(i, "poss"):
            entity = self.tree[k].entity
            if entity is not None and entity.actor is not None and entity.actor.form in {Form.NAME, Form.NOUN}:
                hit = self._entity(k)
                return replace(hit, token=i) if hit is not None and hit.actor_id is not None else None
        return None

    def _behind_attack(self, i: int) -> ActorHit | None:
        """Return whose attack a "military offensive by troops from Morland" is."""
        if self.tree.frames.singular(self.tree[i].lower.split(" ")[-1]) not in self.tree.frames.scope.effort:
            return None
        inside = self.tree.prepositional(i, ("by",))
        return self._at(inside[0], None, 2) if inside else None

    def _backed_ahead(self, i: int) -> ActorHit | None:
        """Return the side that others back in the same phrase: "forces of the United Nations (U.N.)-backed X"."""
        following = self.tree.tokens[i + 1 : i + _LONG_PHRASE]
        if not following or following[0].lower != "of":
            return None
        backed = False
        for token in following[1:]:
            backed |= token.lower in _BACKED
            if token.text in {",", ";"} or (token.tag in {"VBD", "VBZ", "VBP", "MD"} and not backed):
                return None
            if backed and token.kind == "actor":
                return self._entity(token.i)
        return None
