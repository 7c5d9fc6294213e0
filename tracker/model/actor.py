"""Sides that can hold ground."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = ["Actor", "ActorName"]


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
    valid_from, valid_to
        Half-open days of its existence; None is open.
    """

    actor_id: str
    name: str
    colour: str
    bloc: str | None = None
    parent: str | None = None
    state_of: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    names: tuple[ActorName, ...] = ()
