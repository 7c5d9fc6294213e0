"""How a state is classed and coloured, the same in every file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from tracker.model import Actor, LayerFeature, Status, plain_name

__all__ = ["UNKNOWN_COLOUR", "actor_name", "category_of", "colour_of", "drawn_sides", "side_ids"]

UNKNOWN_COLOUR = "#9e9e9e"

# Okabe and Ito (2008), colours that most colour-blind readers tell apart; for sides that the actor data doesn't know.
_SPARE = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7")


def colour_of(actor_id: str | None, actors: Mapping[str, Actor]) -> str:
    """
    Return the ``#rrggbb`` of a side; one that the data doesn't know gets a fixed spare colour.

    Examples
    --------
    >>> colour_of(None, {})
    '#9e9e9e'
    >>> colour_of("other:tribal fighters", {}) == colour_of("other:tribal fighters", {})
    True
    """
    if actor_id is None:
        return UNKNOWN_COLOUR
    if actor_id in actors:
        return actors[actor_id].colour
    digest = hashlib.sha256(actor_id.encode("utf-8", "replace")).digest()
    return _SPARE[digest[0] % len(_SPARE)]


def actor_name(actor_id: str | None, actors: Mapping[str, Actor]) -> str | None:
    """Return the name of a side as a reader is shown it; who is in no file, by the id."""
    if actor_id is None:
        return None
    if actor_id in actors:
        return actors[actor_id].name
    return plain_name(actor_id)


def side_ids(feature: LayerFeature) -> tuple[str, ...]:
    """Return the sides of a feature, its holder first, each once."""
    sides: Sequence[str] = feature.sides
    if feature.holder is not None:
        sides = (feature.holder, *sides)
    return tuple(dict.fromkeys(sides))


def category_of(feature: LayerFeature) -> str:
    """
    Return the class by which a feature is drawn.

    That is the actor id when one side holds it, else the status with the sides in
    alphabetical order (``contested: a, b``), so that the order of belief makes no
    second class.
    """
    sides = drawn_sides(feature)
    if feature.status == Status.HELD and sides:
        return sides[0]
    return f"{feature.status}: {', '.join(sides)}" if sides else str(feature.status)


def drawn_sides(feature: LayerFeature) -> tuple[str, ...]:
    """Return the sides whose colours a feature is drawn in: its holder, or all by alphabet, none when it is unknown."""
    if feature.status == Status.UNKNOWN:
        return ()
    if feature.status == Status.HELD and feature.holder is not None:
        return (feature.holder,)
    return tuple(sorted(side_ids(feature)))
