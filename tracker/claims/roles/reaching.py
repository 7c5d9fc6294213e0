"""
Claims about a whole that reach the town that an entry is about: "all rebel districts of the city", "the province".

Careful readers take such a claim for the town, too, when it is told in the town's own
history; a claim of the town's own that comes later overrides it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.parts import compass
from tracker.claims.roles.places import PlaceReader
from tracker.claims.roles.sides import ActorReader
from tracker.claims.words import words
from tracker.errors import UnknownPlaceError

__all__ = ["reached"]

_WHOLES = words("reaching", "wholes")
_ALL = words("reaching", "all")
_RESTS = frozenset({"rest", "remainder", "entirety", "remnants"})
_NEXT = 4  # tokens
_LONG_REACH = 3  # sentences back, as far as belief goes: the town itself is not named here
_AROUND_KM = 25.0  # "south of X" is hardly farther from the middle of X
_KM_OF_DEGREE = 111.2
_TURNS = {"north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
          "west": 270.0, "northwest": 315.0}  # fmt: skip
_ASIDE = 68.0  # degrees off a compass word that still are in that direction


def reached(
    tree: Tree, places: PlaceReader, sides: ActorReader, verb: int, found: Sequence[PlaceHit]
) -> list[PlaceHit]:
    """Return the town of the entry where what is done to a whole is done to it too; `found` are the places named."""
    title = places.discourse.title
    if title is None or not places.discourse.about_title or any(hit.ref.key == title.key for hit in found):
        return []
    hit = PlaceHit(ref=title, token=verb, head=verb, sentences_back=_LONG_REACH)
    if any(_is_whole_area(one) and one.ref.key in _above(places) for one in found):
        return [hit]
    heads = [k for head in tree.objects(verb) for k in (head, *tree.conjuncts(head))]
    return [hit] if any(_all_of_it(tree, places, sides, k) for k in heads) else []


def _is_whole_area(hit: PlaceHit) -> bool:
    feature = hit.ref.feature
    return feature.startswith("ADM") and hit.part is None and hit.fraction is None


def _above(places: PlaceReader) -> set[str]:
    """Return the ids of what the town lies in, the nearest areas first."""
    title = places.discourse.title
    place_id = title.resolution.place_id if title is not None and title.resolution is not None else None
    found: set[str] = set()
    while place_id is not None and len(found) < len(_TURNS):
        try:
            place_id = places.discourse.places.get(place_id).parent
        except UnknownPlaceError:
            break
        if place_id in found:
            break
        if place_id is not None:
            found.add(place_id)
    return found


def _all_of_it(tree: Tree, places: PlaceReader, sides: ActorReader, head: int) -> bool:
    """Tell whether a noun means all that a side had where the town lies: "their territory south of X"."""
    whole = {tree[k].lower for k in tree.kids(head, "det", "predet", "amod", "poss")} & _ALL
    if (tree[head].lower in _ALL or tree[head].lower in _RESTS) and tree.prepositional(head, ("of",)):
        whole, head = {"all"}, tree.prepositional(head, ("of",))[0]  # "all of their territory"
    if tree.singulars[head] not in _WHOLES or tree[head].kind is not None:
        return False
    if not whole or sides.owner(head) is None:
        return False
    near = [seen.ref.key for seen in places.here if head < seen.position <= head + _NEXT]  # "in X city and Y district"
    if _inside(tree, head) and near and near[0] in _above(places):
        return True
    where = [k for k in (head, *tree.kids(head, "advmod", "amod", "npadvmod", "prep")) if _beside(tree, k, head)]
    for k in where:
        for named in tree.prepositional(k, ("in", "of", "around", "inside")) if k != head else _inside(tree, head):
            for hit in places.places(named):
                turn = compass([tree[k]]) if k != head else None
                if hit.ref.key in _above(places) or (turn is not None and _lies(places, hit, turn)):
                    return True
    return False


def _beside(tree: Tree, k: int, head: int) -> bool:
    return k == head or compass([tree[k]]) is not None


def _inside(tree: Tree, head: int) -> list[int]:
    return tree.prepositional(head, ("in", "of", "around", "inside", "within"))


def _lies(places: PlaceReader, hit: PlaceHit, turn: str) -> bool:
    """Tell whether the town lies in a direction from another, near enough to be meant."""
    title = places.discourse.title
    there, here = hit.ref.resolution, title.resolution if title is not None else None
    if there is None or here is None or None in {there.lat, there.lon, here.lat, here.lon} or turn not in _TURNS:
        return False
    north = (float(here.lat or 0) - float(there.lat or 0)) * _KM_OF_DEGREE
    east = (
        (float(here.lon or 0) - float(there.lon or 0)) * _KM_OF_DEGREE * math.cos(math.radians(float(there.lat or 0)))
    )
    off = abs((math.degrees(math.atan2(east, north)) - _TURNS[turn] + 180) % 360 - 180)
    return math.hypot(north, east) <= _AROUND_KM and off <= _ASIDE
