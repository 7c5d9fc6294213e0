"""
Fighting that goes on, and where: "the battle for X is not over", "said that fighting was still ongoing".

Who says that there is still fighting, without a word for where, says it of the place that the text tells of.
"""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.ellipsis import is_time
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.places import PlaceReader
from tracker.claims.roles.resuming import in_focus
from tracker.claims.words import words

__all__ = ["fought_where_told", "goes_on"]

_GOING_ON = words("roles", "raging")
_UNDER_WAY = words("roles", "under_way")
_OVER = frozenset({"over", "finished", "ended"})
_ENDING = frozenset({"end", "finish", "cease", "stop"})
_WITH_WHOM = frozenset({"between", "with", "against", "of", "for", "since", "after", "despite", "until", "by", "under"})
_BESIDE = frozenset({"elsewhere", "nearby", "north", "south", "east", "west", "outside", "near"})
_NEXT = 5  # tokens behind a verb that may tell where else: "was under way south of the town"
_DOUBT = 2  # sentences farther than it stands, as far as belief goes: nothing in the sentence points to it


def goes_on(tree: Tree, noun: int) -> bool:
    """Tell whether fighting is said to be under way: "the battle for X raged", "is ongoing", "is not over"."""
    verb = tree[noun].head
    if tree[noun].dep not in {"nsubj", "nsubjpass"} or not tree.is_verb(verb):
        return False
    base = tree.verb_base(verb)
    if base == "be":
        told = {tree[k].lower for k in tree.kids(verb, "acomp", "advmod", "prep", "attr", "prt")}
        far = [k for k in tree.kids(verb, "advmod", "acomp") if tree[k].lower == "far"]  # "far from over"
        behind = {tree[m].lower for k in far for link in tree.kids(k, "prep") for m in tree.below[link]}
        denied = bool(tree.kids(verb, "neg"))
        return bool((told if denied else behind) & _OVER) or (not denied and bool(told & _UNDER_WAY))
    if base in _ENDING and tree.kids(verb, "neg"):
        return True
    took_place = base == "take" and any(tree[k].lower == "place" for k in tree.kids(verb, "dobj"))
    return base in _GOING_ON or took_place or (base in {"fight", "wage"} and tree.is_passive(verb))


def fought_where_told(tree: Tree, places: PlaceReader, noun: int) -> list[PlaceHit]:
    """Return the place that the text tells of, where somebody says of it that fighting goes on, or in a quarter."""
    if not places.discourse.trees or not goes_on(tree, noun):
        return []
    verb = tree[noun].head
    links = [*tree.kids(noun, "prep"), *tree.kids(verb, "prep")]
    inside = [m for k in links for m in tree.kids(k, "pobj") if not is_time(tree, m) and not _is_free(tree, k)]
    quarters = [k for k in inside if _is_quarter(tree, k)]
    if len(quarters) != len(inside) or (not quarters and not _is_said(tree, verb)):
        return []
    if any(token.lower in _BESIDE for token in tree.tokens[verb + 1 : verb + _NEXT]):
        return []
    found = in_focus(tree, places, noun)
    if found is None:
        return []
    part = "parts" if quarters else None
    return [PlaceHit(ref=found[0], token=noun, head=noun, sentences_back=found[1] + _DOUBT, part=part)]


def _is_free(tree: Tree, link: int) -> bool:
    """Tell whether a phrase says no where: "fighting between the two sides", "of the war"."""
    return tree[link].lower in _WITH_WHOM


def _is_said(tree: Tree, verb: int) -> bool:
    """Tell whether a clause is what somebody says."""
    above = tree[verb].head
    return tree[verb].dep == "ccomp" and tree.is_verb(above) and tree.verb_base(above) in tree.frames.scope.speech


def _is_quarter(tree: Tree, k: int) -> bool:
    """Tell whether a noun is a definite quarter without a name: "in the industrial district", "in its streets"."""
    nouns, noun = tree.frames.nouns, tree.frames.singular(tree[k].lower)
    own = any(tree[m].lower in {"the", "its"} for m in tree.kids(k, "det", "poss"))
    ground = noun in nouns.quarter or noun in nouns.centre or noun in nouns.inner
    return tree[k].kind is None and ground and own and tree[tree[k].head].lower in {"in", "inside", "within"}
