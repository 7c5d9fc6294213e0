"""
Who took a place by the word for it, where two camps fight: who frees it is at home there, who occupies it is not.

Also whom a unit without a side can't belong to: nobody wins back what he holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.coref import SeenActor
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.sides import ActorHit, ActorReader
from tracker.claims.roles.voices import side_of_speaker
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["OCCUPIED", "by_the_word", "not_the_holder", "rival"]

OCCUPIED = frozenset({"occupied-land", "occupiers-in"})
_AHEAD = 3  # sentences, as far as belief goes: the text names the side only later
_FREEING = words("opponents", "freeing")
_OCCUPYING = words("opponents", "occupying")
_LOCAL = words("opponents", "local")
_WINNING_BACK = words("opponents", "winning_back")


def by_the_word(finding: Finding, tree: Tree, sides: ActorReader) -> ActorHit | None:
    """Return who "liberated", or "occupied", a place of a country that another state has invaded."""
    verb = finding.trigger
    if finding.frame.frame_id in OCCUPIED:
        fighting = sides.discourse.camps.invaded(_named(sides), finding.place.ref.country)
        return _hit(fighting[1], finding, sides) if fighting is not None else None
    bare = tree[verb].dep == "amod" and tree[verb].tag == "VBN"  # "the liberated town"
    if finding.kind is not Kind.GAINS or not (bare or (tree.is_verb(verb) and tree.is_passive(verb))):
        return None
    base = tree.verb_base(verb)
    if base not in _FREEING | _OCCUPYING:
        return None
    fighting = sides.discourse.camps.invaded(_named(sides), finding.place.ref.country)
    if fighting is None:
        return None
    home, foreign = fighting
    speaker = _speaker(tree, sides, verb)
    if isinstance(speaker, str):
        freed = home if speaker == home or sides.discourse.camps.camp(speaker) != _camp(sides, foreign) else foreign
    elif speaker:
        return None
    else:
        freed = home
    taker = freed if base in _FREEING else foreign
    if finding.counter is not None and _camp(sides, finding.counter.actor_id) == _camp(sides, taker):
        return None
    return _hit(taker, finding, sides)


def not_the_holder(finding: Finding, holder: ActorHit | None, tree: Tree, sides: ActorReader) -> Finding:
    """Return a finding in which a side that only the text around tells wins back no place that it holds."""
    hit = finding.actor
    if hit is None or holder is None or hit.sentences_back is None or finding.place.part is not None:
        return finding
    if finding.kind is not Kind.GAINS or not tree.is_verb(finding.trigger):
        return finding
    verb = finding.trigger
    back = any(tree[k].lower == "back" for k in tree.kids(verb, "prt", "advmod"))
    if not (back or tree.verb_base(verb) in _FREEING | _WINNING_BACK):
        return finding
    if hit.actor_id is None or _camp(sides, hit.actor_id) != _camp(sides, holder.actor_id):
        return finding
    fighting = sides.discourse.camps.invaded(_named(sides), finding.place.ref.country)
    if fighting is None or tree[hit.token].lower in {"they", "it", "who"}:
        return finding
    other = next(side for side in fighting if _camp(sides, side) != _camp(sides, hit.actor_id))
    return replace(finding, actor=replace(hit, actor_id=other))


def rival(finding: Finding, hit: ActorHit, sides: ActorReader) -> ActorHit | None:
    """Return who stands against a side where the place of a finding lies."""
    other = sides.discourse.camps.against(hit.actor_id or "", _named(sides), finding.place.ref.country)
    return _hit(other, finding, sides) if other is not None else None


def _named(sides: ActorReader) -> Sequence[str]:
    """Return the sides that the text names, those that it has named so far last."""
    return [actor.actor_id for actor in _told(sides)]


def _told(sides: ActorReader) -> Sequence[SeenActor]:
    discourse = sides.discourse
    return [*reversed(discourse.told_of), *discourse.seen_actors, *sides.here]


def _camp(sides: ActorReader, actor_id: str | None) -> str | None:
    return sides.discourse.camps.camp(actor_id) if actor_id is not None else None


def _hit(actor_id: str, finding: Finding, sides: ActorReader) -> ActorHit:
    """Return the last mention of a side as who did what a finding says."""
    seen = next((actor for actor in reversed(_told(sides)) if actor.actor_id == actor_id), None)
    back = sides.sentence - seen.sentence if seen is not None else 0
    return ActorHit(
        actor_id=actor_id,
        text=seen.text if seen is not None else "",
        token=finding.trigger,
        sentences_back=back if back > 0 else _AHEAD,
    )


def _speaker(tree: Tree, sides: ActorReader, verb: int) -> str | bool:
    """Return the side of who says it, True for one whose side nobody knows, False where nobody says it."""
    for k in tree.climb(verb):
        if tree.is_verb(k) and tree.verb_base(k) in tree.frames.scope.speech:
            heads = tree.surface_subjects(k)
            if not heads:
                return False
            hit = side_of_speaker(tree, sides, heads[0])
            if hit is not None and hit.actor_id is not None:
                return hit.actor_id
            about = {tree[m].lower for m in (heads[0], *tree.kids(heads[0], "compound", "nmod", "appos"))}
            person = tree[heads[0]].tag.startswith(("NNP", "PRP"))
            return person and _LOCAL.isdisjoint(about)  # a mayor speaks for those who are at home
    return False
