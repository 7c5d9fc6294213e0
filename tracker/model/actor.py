"""Sides that can hold ground."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Actor", "ActorName", "plain_name"]

_SMALL = frozenset({"al", "and", "de", "el", "for", "in", "of", "on", "the", "to"})
_SHORT = frozenset({"abu", "bin", "ibn", "men", "new", "old", "red", "sea", "umm", "war"})  # as short as an acronym
_COMMON_NOUNS = frozenset({"army", "coalition", "council", "forces", "government", "opposition"})
_LONGEST_ACRONYM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorName:
    """
    One way in which texts name an actor.

    Attributes
    ----------
    theatres
        ISO 3166-1 alpha-2 codes of the countries in which the name means this actor; empty: everywhere.
    start, end
        Half-open days between which the name means this actor; None is open.
    """

    text: str
    theatres: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """
    A side that can hold ground.

    Attributes
    ----------
    actor_id
        Key such as ``syrian_government``; ``other:<lowercase name>`` for anyone not in the data.
    bloc
        Key of the camp it fights in, None when in none.
    parent
        Actor id of the side it is part of, None when it stands alone.
    colour
        ``#rrggbb`` for maps.
    state_of
        ISO 3166-1 alpha-2 code of the country whose state it is, None when it is no state.
    fights
        Actor id of the side that it is at war with above all, None when that is the state whose land it fights in.
    valid_from, valid_to
        Half-open days of its existence; None is open.
    """

    actor_id: str
    name: str
    colour: str
    bloc: str | None = None
    parent: str | None = None
    state_of: str | None = None
    fights: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    names: tuple[ActorName, ...] = ()


@lru_cache(1 << 12)
def plain_name(actor_id: str | None) -> str:
    """
    Return an actor id as words, for who has no other name: names with capitals, acronyms whole, common nouns small.

    Examples
    --------
    >>> plain_name("other:northern storm"), plain_name("other:movement for dolna freedom (mdf)")
    ('Northern Storm', 'Movement for Dolna Freedom (MDF)')
    >>> plain_name("other:rapid support forces (rsf)"), plain_name("other:tigrayan forces")
    ('Rapid Support Forces (RSF)', 'Tigrayan forces')
    >>> plain_name("islamic_state"), plain_name("syrian_government"), plain_name("sdf")
    ('Islamic State', 'Syrian government', 'SDF')
    """
    if not actor_id:
        return "somebody not named"
    words = actor_id.removeprefix("other:").replace("_", " ").split()
    titled = actor_id.startswith("other:") and len(words) > 2  # a name of its own, not a people and a noun
    return " ".join(_cased(word, first=not k, titled=titled) for k, word in enumerate(words))


def _cased(word: str, *, first: bool, titled: bool) -> str:
    if word.startswith("("):
        return word.upper()
    if (word in _SMALL and not first) or (word in _COMMON_NOUNS and not titled):
        return word
    acronym = len(word) <= _LONGEST_ACRONYM and word not in _SMALL | _SHORT
    return word.upper() if acronym else word[0].upper() + word[1:]
