"""
Whose side a speaker is on: "our" in a quotation is the side of who is quoted.

A speaker's side stands with the name ("M23 spokesman X", "X, a commander of the army") or was
told with it before; "he" is who spoke last. Residents, doctors and monitors speak for no side.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.claims.actors.data import Form
from tracker.claims.parsing.syntax import Tree

if TYPE_CHECKING:
    from tracker.claims.roles.side_words import ActorHit, SideWords

__all__ = ["Voices", "hear", "in_quotation", "side_of_speaker", "voice_over"]

_HE = frozenset({"he", "she"})
_FOR = ("of", "for", "from", "with", "in")


@dataclass(slots=True)
class Voices:
    """
    Who has spoken in a report so far.

    Attributes
    ----------
    last
        The side of who spoke last, None when it was nobody's.
    sides
        Actor ids by the last name of who spoke for them.
    writer
        The side of who writes, where he says "we"; see `writer_of`.
    """

    last: ActorHit | None = None
    writer: str | None = None
    sides: MutableMapping[str, ActorHit] = field(default_factory=dict)


def voice_over(tree: Tree, sides: SideWords, i: int) -> ActorHit | None:
    """Return the side of who says what a word stands in; outside every clause of saying, of who spoke last."""
    for k in tree.climb(i):
        if _says(tree, k):
            heads = tree.surface_subjects(k)
            if heads[:1] == [i]:
                continue  # "we declare the liberation of X, the army said"
            return side_of_speaker(tree, sides, heads[0]) if heads else None
    return sides.discourse.voices.last


def in_quotation(tree: Tree, i: int) -> bool:
    """Tell whether a word stands behind a quotation mark that is not closed before it."""
    marks = [token.text for token in tree.tokens[:i] if token.text in {'"', "“", "”", "``", "''"}]
    return len(marks) % 2 == 1


def hear(tree: Tree, sides: SideWords) -> None:
    """Remember who speaks in a sentence."""
    voices = sides.discourse.voices
    for verb in tree.verbs:
        if not _says(tree, verb):
            continue
        for head in tree.surface_subjects(verb)[:1]:
            voices.last = side_of_speaker(tree, sides, head)
            entity = tree[head].entity
            if voices.last is not None and entity is not None and entity.kind == "name":
                voices.sides[entity.text.split()[-1].lower()] = voices.last


def side_of_speaker(tree: Tree, sides: SideWords, head: int) -> ActorHit | None:
    """Return the side that a speaker speaks for, None for one of no side."""
    if head in sides.asked:
        return None  # "our spokesman said": whose he is, what he says can't tell
    sides.asked.add(head)
    try:
        return _spoken_for(tree, sides, head)
    finally:
        sides.asked.remove(head)


def _spoken_for(tree: Tree, sides: SideWords, head: int) -> ActorHit | None:
    voices = sides.discourse.voices
    if tree[head].lower in _HE:
        return voices.last
    capital = _of_capital(tree, [head])
    if capital is not None:
        return replace(capital, token=head)
    for k in (head, *tree.kids(head, "appos", "compound", "nmod")):
        token = tree[k]
        own = sides.actor(k) if token.kind == "actor" else sides.owner(k)
        if own is None or own.actor_id is None:
            of = tree.prepositional(k, _FOR)
            of += [m for j in of if tree[j].kind == "name" for m in tree.prepositional(j, _FOR)]  # "Ministry of X of Y"
            behind = (
                sides.actor(m) if tree[m].kind == "actor" else sides.owner(m)  # "an official in the X party"
                for m in of
                if tree[m].kind in {"actor", None}
            )
            own = next((hit for hit in behind if hit is not None), None) or _of_capital(tree, of)
        if own is not None and own.actor_id is not None and not own.civil and not _is_name(tree, own):
            return replace(own, token=head)
    entity = tree[head].entity
    known = voices.sides.get(entity.text.split()[-1].lower()) if entity is not None else None
    return known or sides.led_by(head) or sides.statesman(head) or sides.office_at_home(head)


def _of_capital(tree: Tree, heads: Sequence[int]) -> ActorHit | None:
    """Return the government of a capital in which a speaker sits: "the ministry in X said"."""
    for k in heads:
        entity = tree[k].entity
        mention = entity.actor if entity is not None and tree[k].kind == "place" else None
        if mention is not None and mention.form is Form.CAPITAL and (mention.actor_id or mention.candidates):
            return _hit(mention.actor_id or mention.candidates[0], tree, k)
    return None


def _hit(actor_id: str, tree: Tree, i: int) -> ActorHit:
    from tracker.claims.roles.side_words import ActorHit as Hit  # noqa: PLC0415 - which needs this module

    return Hit(actor_id=actor_id, text=tree[i].text, token=i)


def _says(tree: Tree, verb: int) -> bool:
    return tree.is_verb(verb) and tree.verb_base(verb) in tree.frames.scope.speech


def _is_name(tree: Tree, hit: ActorHit) -> bool:
    """Tell whether a side is only a name that nobody lists: of who speaks, it is a person's."""
    names = {token.entity.text for token in tree.tokens if token.kind == "name" and token.entity is not None}
    return hit.text in names
