"""Whose side the writer of a statement is on: who "we" are outside every quotation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from tracker.claims.actors.index import ActorIndex
from tracker.claims.entities import Entity

__all__ = ["writer_of"]

_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur)\b")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")


def writer_of(text: str, named: Iterable[Entity], actors: ActorIndex, lands: Collection[str]) -> str | None:
    """
    Return the state for which a statement speaks that says "we" of itself.

    It is the state named most often of those that the text's places do not lie in: who
    writes from the country of the war names more than his own side in it.

    Parameters
    ----------
    named
        Named things of the text.
    lands
        ISO 3166-1 alpha-2 codes of the countries that its places lie in.
    """
    if not _WE.search(_QUOTED.sub(" ", text)):
        return None
    sides = [entity.actor.actor_id for entity in named if entity.actor is not None]
    states = Counter(
        side for side in sides if side is not None and side in actors.states and actors[side].state_of not in lands
    )
    first, *others = [*states.most_common(2), ("", 0)]
    return first[0] if first[1] and (not others or others[0][1] < first[1]) else None
