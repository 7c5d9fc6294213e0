"""
The town in which a nameless building, market or checkpoint is taken: who takes it has a part of the town.

"Stormed X, seizing a police station and the market", "took two government buildings in the east of X",
"captured the checkpoints of the town". What lies near a town, on a road or in a whole province is no part of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.parsing.syntax import Tree
from tracker.claims.place_memory import PlaceRole, SeenPlace
from tracker.claims.roles.belongings import is_area
from tracker.claims.roles.ellipsis import is_time, on_the_way, stands_for_side
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.places import PlaceReader
from tracker.claims.words import words

__all__ = ["FRAMES", "taken_inside"]

FRAMES = frozenset({"capture", "take-control", "take-over", "drive-out", "clear-of"})
_BUILDINGS = words("town_parts", "buildings")
_ENTRANCES = words("town_parts", "entrances")
_COMING = words("town_parts", "coming")
_WITHIN = ("in", "inside", "within", "at", "across", "throughout")
_BESIDE = ("near", "outside", "around", "between", "along", "on", "off", "towards", "toward", "from", "to", "beyond")
_DOUBT = 2  # sentences farther than it stands, as far as belief goes: the building is not said to stand there


def taken_inside(tree: Tree, places: PlaceReader, verb: int, heads: Sequence[int]) -> list[PlaceHit]:
    """
    Return the towns of which nameless buildings are taken by a verb, as parts of them; empty where that is not told.

    Parameters
    ----------
    heads
        Nouns for what is taken.
    """
    taken = [k for head in heads for k in (head, *tree.conjuncts(head))]
    taken = list(dict.fromkeys([*taken, *(k for head in taken for k in _spelt_out(tree, head))]))
    if not heads or any(tree[k].kind is not None for k in heads):
        return []
    whole = [hit for k in taken for hit in _owned(tree, places, k)]
    if whole:
        return _as_parts(whole, verb)
    built = [k for k in taken if tree[k].kind is None and _one(tree, k) in _BUILDINGS]
    if not built or (len(built) == 1 and _one(tree, built[0]) == tree[built[0]].lower):
        return []  # "gunmen seized a school in X"
    links = [*taken, verb, *(k for k in tree.kids(verb, "dobj") if k not in taken)]
    if any(_is_told(tree, k, _BESIDE, built[0]) for k in links):
        return []
    inside = [m for k in links for m in tree.prepositional(k, _WITHIN) if m > min(built) and not is_time(tree, m)]
    if inside:
        return _as_parts([hit for k in inside for hit in places.places(k, inner=True)], verb)
    return _as_parts(_stormed(tree, places, verb), verb)


def _one(tree: Tree, k: int) -> str:
    """Return a noun in the singular."""
    return tree.singulars[k].removesuffix("s")


def _as_parts(hits: Sequence[PlaceHit], verb: int) -> list[PlaceHit]:
    """Return towns, each once, as those of which a part is taken; whole areas are none."""
    once = {hit.ref.key: hit for hit in reversed(hits) if not is_area(hit)}
    return [replace(hit, head=verb, part=hit.part or "parts", fraction=None) for hit in reversed(once.values())]


def _spelt_out(tree: Tree, head: int) -> list[int]:
    """Return what is told of several: "key sites such as the market", "buildings including a school"."""
    links = [k for k in tree.kids(head, "prep") if tree[k].lower in {"as", "including", "like"}]
    behind = [m for k in links for m in tree.kids(k, "pobj")]
    return [k for m in behind for k in (m, *tree.conjuncts(m))]


def _owned(tree: Tree, places: PlaceReader, head: int) -> list[PlaceHit]:
    """Return the town whose buildings they are: "the town's checkpoints", "the towers of X's walls"."""
    nouns = tree.frames.nouns
    noun = _one(tree, head)
    owned = [head, *tree.prepositional(head, ("of",))]
    own = [k for k in owned if _one(tree, k) in _BUILDINGS | _ENTRANCES]
    if not own or noun not in _BUILDINGS | _ENTRANCES | nouns.inner:
        return []
    whose = [m for k in own for m in tree.kids(k, "poss")]
    whose += [m for k in owned for m in tree.prepositional(k, ("of",))] if noun in _ENTRANCES else []
    whose = [k for k in whose if tree[k].kind in {"place", "name"} or tree[k].lower in nouns.settlement]
    return [hit for k in whose for hit in places.places(k)]


def _is_told(tree: Tree, k: int, links: tuple[str, ...], after: int) -> bool:
    """Tell whether a phrase with one of some prepositions says where, behind a word."""
    return any(m > after and not is_time(tree, m) and tree[m].kind != "actor" for m in tree.prepositional(k, links))


def _stormed(tree: Tree, places: PlaceReader, verb: int) -> list[PlaceHit]:
    """Return the one town that the sentence has come to: "stormed X and seized", "the battle for X ended as they"."""
    if places.discourse.about_title:
        return []  # a town's own history tells of the whole town
    claimed = {hit.ref.key: hit for hit in places.claimed if hit.token < verb and not is_area(hit)}
    if claimed:
        last = list(claimed.values())[-1]
        town = last.ref.feature.startswith("PPL") or not last.ref.feature
        return [PlaceHit(ref=last.ref, token=verb, head=verb, sentences_back=0)] if town else []
    here = {seen.ref.key: seen for seen in places.here if seen.position < verb and _counts(tree, seen)}
    if len(here) != 1:
        return []
    (seen,) = here.values()
    above = [k for k in tree.climb(seen.position) if k < verb]
    coming = any(tree[k].lower in _COMING or tree.verb_base(k) in _COMING for k in above)
    return [PlaceHit(ref=seen.ref, token=verb, head=verb, sentences_back=_DOUBT)] if coming else []


def _counts(tree: Tree, seen: SeenPlace) -> bool:
    """Tell whether a town is told of, not only something beside it."""
    far = seen.role in {PlaceRole.ASIDE, PlaceRole.SPOKEN} or seen.ref.feature.startswith(("ADM", "PCL", "RGN", "CONT"))
    return not far and not stands_for_side(tree, seen.position) and not on_the_way(tree, seen.position)
