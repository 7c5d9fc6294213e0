"""Towns that are a side's by what they are called: "the rebel garrison town of X", "their political hub, X"."""

from __future__ import annotations

from tracker.claims.actors.data import Form
from tracker.claims.actors.persons import is_people
from tracker.claims.roles.going import Going
from tracker.claims.words import words

__all__ = ["Seats"]

_RANKS = words("seats", "ranks")
_HUBS = words("seats", "hubs")
_OFFICES = words("seats", "offices")
_POWER = words("seats", "power")
_REBELS = words("actor_groups", "rebel")
_OF_STATE = words("seats", "of_state")
_CENTRES = frozenset({"hub", "centre", "center"})


class Seats(Going):
    """Tells whether a town or a centre is called a side's own."""

    def _is_nobodys(self, noun: int) -> bool:
        """Tell whether a noun of ground does not say whose it is: "Morland's largest city", "the town's centre"."""
        beside = {self.tree[k].lower for k in self.tree.kids(noun, "amod", "compound", "nmod")}
        kind = self._singular(noun)
        if kind == "seat":
            return not self._is_seat_of_power(noun)
        garrison = any(word.split(" ")[-1] == "garrison" for word in beside)
        owners = [k for k in self._owners(noun) if self.tree[k].lower != "garrison"]
        inside = [k for k in self.tree.prepositional(noun, ("in",)) if self.tree[k].kind == "actor"]
        central = kind in _CENTRES
        if central and not (beside & _HUBS or self._is_of_power(noun)):
            bare = kind == "hub" and any(self.tree[k].dep != "poss" for k in owners)  # "the rebel hub of X"
            return not bare or not all(map(self._is_armed, owners))
        ranked = bool(beside & _RANKS)
        if not central and not owners and inside:
            return not ranked or not all(map(self._is_armed, inside))
        if not central and not owners and not garrison:
            return True  # "the city of the army's defeat"
        behind = [k for k in self.tree.prepositional(noun, ("of", "for")) if self.tree[k].kind == "actor"]
        whose = owners or behind or inside
        if not central and not garrison and not ranked:  # "the rebel town of X", not "the rebels' town"
            return not all(self.tree[k].dep != "poss" and self.tree[k].lower in _REBELS for k in owners)
        if garrison or "command" in beside:
            return not whose and not self._is_of_power(noun)
        return not all(map(self._is_armed, whose))

    def _is_seat_of_power(self, noun: int) -> bool:
        """Tell whether somebody sits there: "the seat of the rebels' government"."""
        heads = self.tree.prepositional(noun, ("of",))
        return any(self.tree[k].kind == "actor" and self._is_armed(k) for k in heads) or any(
            self.tree[k].lower.split(" ")[-1] in _OFFICES and all(map(self._is_armed, self._owning(k))) for k in heads
        )

    def _owning(self, k: int) -> list[int]:
        """Return the side that a word names, or those whose it is."""
        return [k] if self.tree[k].kind == "actor" else self._owners(k)

    def _is_of_power(self, noun: int) -> bool:
        """Tell whether a centre is one of power, of resistance or the like."""
        return any(self.tree[k].lower in _POWER for k in self.tree.prepositional(noun, ("of",)))

    def _is_armed(self, k: int) -> bool:
        """Tell whether words name a side that is neither a state nor a people: its towns are what it holds."""
        entity = self.tree[k].entity
        mention = entity.actor if entity is not None else None
        text = self.tree[k].lower.removeprefix("the ")
        if mention is None or is_people(text) or text.split(" ")[-1] in _OF_STATE:
            return False
        if mention.form is Form.ADJECTIVE:
            return text in _REBELS
        return mention.form in {Form.NAME, Form.NOUN} and mention.actor_id not in self.sides.discourse.states
