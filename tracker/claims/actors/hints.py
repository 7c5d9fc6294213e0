"""What the noun phrases of a text tell of all of it, before it is decided which sides they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from tracker.claims.actors.data import ActorData, Form
from tracker.claims.actors.mentions import NounPhrase

__all__ = ["Hints"]


class Hints:
    """
    What the noun phrases of one text tell of all of it, whatever the day and the theatre.

    Parameters
    ----------
    data
        Actors and senses.
    phrases
        All noun phrases of the text, in order.
    """

    def __init__(self, data: ActorData, phrases: Sequence[NounPhrase]) -> None:
        self.data = data
        self.phrases = phrases

    @cached_property
    def votes(self) -> Counter[str]:
        """How often names, demonyms and countries of the text speak of each theatre."""
        known = self.data.theatres
        votes: Counter[str] = Counter()
        for phrase in self.phrases:
            for part in phrase.parts:
                told = {sense.country for sense in part.senses if sense.country and sense.form is not Form.CAPITAL}
                for sense in part.senses:
                    if sense.form is Form.NAME:
                        told |= sense.theatre
                for country in told:
                    if country in known:
                        votes[country] += 1
        return votes

    @cached_property
    def peoples(self) -> frozenset[int]:
        """Where phrases start of which a people's adjective says whom they name: "Kurdish forces"."""
        return frozenset(phrase.start for phrase in self.phrases if _is_of_people(phrase))


def _is_of_people(phrase: NounPhrase) -> bool:
    """Tell whether a people's adjective says which side a phrase names: "Kurdish forces"."""
    return any({Form.PEOPLE, Form.ADJECTIVE} <= {sense.form for sense in part.senses} for part in phrase.parts)
