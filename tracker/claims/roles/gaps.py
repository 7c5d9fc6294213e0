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
_BY = frozenset({"by"})
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
        links = _links(tree, finding)
        reader = (tree, places, sides)
        for place, actor in _clauses(reader, finding.place, after=max(finding.trigger, verb) + 1, links=links):
            if finding.actor is None or actor.actor_id == finding.actor.actor_id:
                continue  # a list of one side's
            told = [one for one in told if one.governor != verb or one.place.token != place.token]
            told.append(replace(finding, place=place, actor=actor, counter=None))
    return told


def _links(tree: Tree, finding: Finding) -> frozenset[str]:
    """Return what may stand before the side of a clause whose verb is left out; nothing where a side comes first."""
    if tree.is_passive(finding.trigger) or tree.agents(finding.governor):
        return _BY
    frame = finding.frame
    if finding.kind is not Kind.HOLDS or not any(path.start == "subject" for path in frame.place):
        return frozenset()
    return frozenset(frame.link).union(*(path.prepositions for path in frame.actor)) - {"of"}


def _clauses(
    reader: _Readers, whole: PlaceHit, *, after: int, links: frozenset[str]
) -> Iterator[tuple[PlaceHit, ActorHit]]:
    """Yield place and side of each clause without a verb, up to the next one that has one."""
    tree = reader[0]
    for i in range(after + 1, len(tree)):
        if tree[i].tag in {"VBD", "VBZ", "VBP", "MD"} and tree.is_verb(i):
            return
        if tree[i - 1].lower in _LINKS:
            yield from _told_by(reader, whole, i, links) if links else _done_to(reader, whole, i)


def _told_by(reader: _Readers, whole: PlaceHit, i: int, links: frozenset[str]) -> Iterator[tuple[PlaceHit, ActorHit]]:
    """Yield place and side of "Y (in June) by the rebels", "the west under the army" that begins at a token."""
    tree, places, sides = reader
    at = i + (tree[i].lower in _ARTICLES)
    part = at > i and at < len(tree) and tree[at].lower in _PARTS
    named = i + (tree[i].kind is None and tree[i].tag == "JJ")  # "western Y"
    if not part and (named >= len(tree) or tree[named].kind not in {"place", "name"}):
        return
    by = (at if part else named) + 1
    while by < len(tree) and by - i < _REACH and tree[by].lower not in links:
        if not (is_time(tree, by) or _is_adverb(tree, by)):
            return
        by += 1
    side = _side(tree, sides, by + 1) if by < len(tree) and tree[by].lower in links else None
    if side is not None:
        hits = [_part_of(whole, tree, at)] if part else places.places(named)[:1]
        yield from ((hit, side) for hit in hits)


def _part_of(whole: PlaceHit, tree: Tree, k: int) -> PlaceHit:
    """Return a part of the place told of before: "the west", "the rest"."""
    part = "parts" if tree[k].lower == "rest" else tree[k].lower
    return replace(whole, part=part, fraction=None, token=k)


def _is_adverb(tree: Tree, i: int) -> bool:
    return tree[i].tag in {"RB", "IN", "CD"}


def _done_to(reader: _Readers, whole: PlaceHit, i: int) -> Iterator[tuple[PlaceHit, ActorHit]]:
    """Yield places and side of "the rebels Y and Z", "the rebels the east" that begins at a token."""
    tree, places, sides = reader
    at = i + (tree[i].lower in _ARTICLES)
    if at >= len(tree) or tree[at].kind != "actor":
        return
    head = at + 1 + (at + 1 < len(tree) and tree[at + 1].lower in _ARTICLES)
    if head >= len(tree) or not (tree[head].kind == "place" or (head > at + 1 and tree[head].lower in _PARTS)):
        return
    ends = head + 1 >= len(tree) or tree[head + 1].text in _ENDS or tree[head + 1].tag == "IN"
    side = _side(tree, sides, at) if ends else None
    if side is not None:
        hits = [_part_of(whole, tree, head)] if tree[head].kind is None else places.places(head)
        yield from ((hit, side) for hit in hits)


def _side(tree: Tree, sides: ActorReader, start: int) -> ActorHit | None:
    """Return the listed or named side that the noun phrase from a token on means."""
    for k in range(start, min(start + _REACH, len(tree))):
        if tree[k].kind == "actor":
            return sides.armed([k])
        if tree[k].text in {",", ";", "."} or tree.is_verb(k):
            return None
    return None
