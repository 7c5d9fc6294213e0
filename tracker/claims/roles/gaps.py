"""What a second clause says without its verb: "X is held by the army, Y by the rebels", "A took X and B the east"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.ellipsis import is_time
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.places import PlaceHit, PlaceReader
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.model import Kind

__all__ = ["with_gaps"]

_LINKS = frozenset({",", ";", "and", "while", "but"})
_ARTICLES = frozenset({"the", "its", "their"})
_SHARED = frozenset({Kind.GAINS, Kind.HOLDS, Kind.ENTERS, Kind.BESIEGES})
_PARTS = frozenset({"north", "south", "east", "west", "centre", "outskirts", "rest"})
_ENDS = frozenset({".", ",", ";", "and"})
_REACH = 6  # tokens from "by" or an article to its noun

_Readers = tuple[Tree, PlaceReader, ActorReader]


def with_gaps(tree: Tree, places: PlaceReader, sides: ActorReader, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with those of clauses without a verb, by the verb before them; a list may have joined them."""
    told = list(findings)
    last: dict[int, Finding] = {}  # by its verb: what several places share is told once
    for finding in findings:
        if finding.kind in _SHARED and finding.actor is not None and tree.is_verb(finding.governor):
            last.setdefault(finding.governor, finding)
    for verb, finding in last.items():
        passive = tree.is_passive(finding.trigger) or bool(tree.agents(verb))
        reader = (tree, places, sides)
        for place, actor in _clauses(reader, finding.place, after=max(finding.trigger, verb) + 1, passive=passive):
            if finding.actor is None or actor.actor_id == finding.actor.actor_id:
                continue  # a list of one side's
            told = [one for one in told if one.governor != verb or one.place.token != place.token]
            told.append(replace(finding, place=place, actor=actor, counter=None))
    return told


def _clauses(reader: _Readers, whole: PlaceHit, *, after: int, passive: bool) -> Iterator[tuple[PlaceHit, ActorHit]]:
    """Yield place and side of each clause without a verb, up to the next one that has one."""
    tree = reader[0]
    for i in range(after + 1, len(tree)):
        if tree[i].tag in {"VBD", "VBZ", "VBP", "MD"} and tree.is_verb(i):
            return
        if tree[i - 1].lower in _LINKS:
            found = _told_by(reader, i) if passive else _done_to(reader, whole, i)
            if found is not None:
                yield found


def _told_by(reader: _Readers, i: int) -> tuple[PlaceHit, ActorHit] | None:
    """Return place and side of "Y (in June) by the rebels" that begins at a token."""
    tree, places, sides = reader
    if tree[i].kind not in {"place", "name"}:
        return None
    by = i + 1
    while by < len(tree) and by - i < _REACH and tree[by].lower != "by" and (is_time(tree, by) or _is_adverb(tree, by)):
        by += 1
    if by >= len(tree) or tree[by].lower != "by":
        return None
    side = _side(tree, sides, by + 1)
    hits = places.places(i) if side is not None else []
    return (hits[0], side) if hits and side is not None else None


def _is_adverb(tree: Tree, i: int) -> bool:
    return tree[i].tag in {"RB", "IN", "CD"}


def _done_to(reader: _Readers, whole: PlaceHit, i: int) -> tuple[PlaceHit, ActorHit] | None:
    """Return place and side of "the rebels Y", "the rebels the east" that begins at a token."""
    tree, places, sides = reader
    at = i + (tree[i].lower in _ARTICLES)
    if at >= len(tree) or tree[at].kind != "actor":
        return None
    head = at + 1 + (at + 1 < len(tree) and tree[at + 1].lower in _ARTICLES)
    if head >= len(tree) or not (tree[head].kind == "place" or (head > at + 1 and tree[head].lower in _PARTS)):
        return None
    ends = head + 1 >= len(tree) or tree[head + 1].text in _ENDS or tree[head + 1].tag == "IN"
    side = _side(tree, sides, at) if ends else None
    if side is None:
        return None
    if tree[head].kind is None:
        part = "parts" if tree[head].lower == "rest" else tree[head].lower
        return replace(whole, part=part, fraction=None, token=head), side
    hits = places.places(head)
    return (hits[0], side) if hits else None


def _side(tree: Tree, sides: ActorReader, start: int) -> ActorHit | None:
    """Return the listed or named side that the noun phrase from a token on means."""
    for k in range(start, min(start + _REACH, len(tree))):
        if tree[k].kind == "actor":
            hit = sides.actor(k)
            return hit if hit is not None and hit.actor_id is not None and not hit.civil else None
        if tree[k].text in {",", ";", "."} or tree.is_verb(k):
            return None
    return None
