"""Places whose occupiers are named, which are theirs: "the Russian occupation authorities in X", "occupiers in Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.places import PlaceReader
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["occupiers"]

_OCCUPYING = words("occupiers", "occupying")
_PUT_THERE = words("occupiers", "put_there")
_OFFICES = words("occupiers", "offices")
_THERE = ("in", "of", "at")
_NAMING = ("compound", "amod", "nmod", "poss")


def occupiers(tree: Tree, places: PlaceReader, sides: ActorReader) -> Iterator[Finding]:
    """Yield what a sentence says by naming those who occupy a place, or whom they put over it."""
    frame = next(frame for frame in tree.frames.frames if frame.frame_id == "occupiers-in")
    told: set[int] = set()
    for token in tree.tokens:
        head = _office(tree, token.i)
        if head is None or head in told:
            continue
        told.add(head)
        names = [k for k in tree.kids(head, *_NAMING) if tree[k].kind == "place"]
        named = (token.i, head, *tree.kids(token.i, "npadvmod"), *tree.kids(head, *_NAMING))
        whose = [k for k in named if tree[k].kind == "actor"]
        for k in (*tree.prepositional(head, _THERE), *names):
            for hit in places.places(k):
                if places.is_place(hit, frame.kind):
                    actor = _occupier(sides, whose, hit.ref.country)
                    yield Finding(
                        frame=frame,
                        trigger=token.i,
                        governor=head,
                        place=hit,
                        actor=actor,
                        counter=None,
                        kind=Kind.HOLDS,
                    )


def _occupier(sides: ActorReader, whose: Sequence[int], country: str | None) -> ActorHit | None:
    """Return the side that is named, unless it is the one at home, whom "the authorities" else mean."""
    sides.country = country
    camps = sides.discourse.camps
    home = camps.at_home(country)
    for side in map(sides.actor, whose):
        if side is not None and side.actor_id and (home is None or camps.camp(side.actor_id) != camps.camp(home)):
            return side
    return None


def _office(tree: Tree, i: int) -> int | None:
    """Return the noun of who occupies a place: that of "occupation (authorities)", "Russian-installed (mayor)"."""
    token = tree[i]
    named = set(token.lower.replace("-", " ").split())
    head = i
    while tree[head].dep in _NAMING and tree[head].head > head:
        head = tree[head].head
    put_there = token.i > 1 and token.lower in _PUT_THERE and tree[i - 1].text == "-" and tree[i - 2].kind == "actor"
    if put_there or (token.kind == "actor" and named & _PUT_THERE):
        return head if _is_office(tree, head) else None
    if named.isdisjoint(_OCCUPYING) or token.kind not in {None, "actor"}:
        return None
    if (
        token.kind is None
        and token.lower not in {"occupier", "occupiers"}
        and not (head > i and _is_office(tree, head))
    ):
        return None  # "the occupation of X"
    return head


def _is_office(tree: Tree, i: int) -> bool:
    return tree.frames.singular(tree[i].lower) in _OFFICES or tree[i].lower.removesuffix("s") in _OFFICES
