"""
The town that an entry about it leaves out, as in "The rebels slipped away, and the army marched in".

Only in a text whose title is the town's name, only while the text stays there, and only
where nothing else in the sentence says where.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.parsing.syntax import Tree
from tracker.claims.place_memory import PlaceRole
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.places import PlaceReader
from tracker.claims.roles.sides import ActorReader
from tracker.claims.words import words

__all__ = [
    "COUNTRY",
    "DEPARTURES",
    "goes_to",
    "is_building",
    "is_nowhere",
    "is_time",
    "left_by_others",
    "left_out",
    "on_the_way",
    "own_ground",
    "phrases",
    "says_where",
    "stands_for_side",
    "witnessed",
]

_GOALS = ("to", "towards", "toward", "into", "for")
COUNTRY = words("ellipsis", "country")
_WHERE = (
    "from",
    "out of",
    "in",
    "inside",
    "at",
    "near",
    "around",
    "outside",
    "into",
    "within",
    "across",
    "through",
    "over",
    "onto",
    "along",
)
_WHEN = frozenset({"after", "before", "since", "following", "during"})
_WAYS = frozenset({"from", "through", "via", "across", "past"})
_BUILDINGS = words("ellipsis", "buildings")
_NOWHERE = _BUILDINGS | words("ellipsis", "things")
_NEAR = words("ellipsis", "near")
_LEAVING = words("filling", "moving_out") | {"abandon", "flee", "leave", "quit", "retreat", "vacate"}
DEPARTURES = frozenset(
    {"withdrawal", "retreat", "departure", "pullout", "pull-out", "pullback", "flight", "evacuation"}
)
_RESIDENTS = words("ellipsis", "residents")
_JUST = 2  # sentences over which a side is where it was told to be
_UNITS = frozenset({"minute", "hour", "day", "week", "month", "year"})
_DAYS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.day_name) if name)


def left_out(
    tree: Tree, places: PlaceReader, verb: int, heads: Sequence[int], particles: Sequence[str]
) -> list[PlaceHit]:
    """
    Return the town that a verb of coming or going leaves out; empty where something else is or may be meant.

    Parameters
    ----------
    heads
        Nouns that stand in the role of the place but name none.
    particles
        One of these must stand with the verb ("out"); empty: none need.
    """
    discourse = places.discourse
    title = discourse.title
    if title is None or not discourse.about_title or not _stays(places):
        return []
    beside = [k for k in tree.kids(verb, "prt", "advmod", "prep") if tree[k].lower in particles]
    if particles and all(any(is_time(tree, m) for m in tree.kids(k, "pobj")) for k in beside):
        return []  # "entered negotiations in July"
    if any(tree[head].kind is not None or not is_nowhere(tree, head) for head in heads if not is_time(tree, head)):
        return []
    if any(_is_ground(tree, k) for k in tree.kids(verb, "dobj")):
        return []  # "fighters who fled the fallen towns"
    if any(says_where(tree, k) for k in phrases(tree, verb)):
        return []
    before = [seen for seen in places.here if seen.position < verb and not stands_for_side(tree, seen.position)]
    here = [s.ref for s in before if not goes_to(tree, s.position) and not _tells_when(tree, s.position)]
    if any(ref.key != title.key and not _holds(places, ref.key) for ref in here):
        return []
    goals = [seen.ref.key for seen in places.here if seen.position > verb and goes_to(tree, seen.position)]
    if title.key in goals:
        return []
    return [PlaceHit(ref=title, token=verb, head=verb, sentences_back=1)]


def own_ground(
    tree: Tree, places: PlaceReader, sides: ActorReader, verb: int, losers: Sequence[int], particles: Sequence[str]
) -> list[PlaceHit]:
    """
    Return the place that a side was just told to have, where it leaves or is driven out and the text says not whence.

    "The rebels took the town in May. They were driven out in June."

    Parameters
    ----------
    losers
        Nouns for who goes.
    particles
        One of these must stand with the verb ("out").
    """
    away = [k for k in phrases(tree, verb) if _leads_off(tree, k)]  # "withdrew to the mountains"
    if (
        particles
        and not away
        and not {tree[k].lower for k in tree.kids(verb, "prt", "advmod", "prep")} & set(particles)
    ):
        return []
    told_where = [k for k in phrases(tree, verb) if k not in away]
    whence = [m for k in told_where for m in tree.kids(k, "pobj", "pcomp") if not is_time(tree, m)]
    whence += tree.prepositional(verb, ("from", "out of"))
    if whence or tree.kids(verb, "dobj") not in ([], list(losers)):
        return []
    doer = next((sides.actor(k) for k in tree.subjects(verb) if k not in losers), None)
    for loser in losers:
        side = sides.actor(loser, avoid=doer.actor_id if doer is not None else None)
        told = places.discourse.ground_of.get(side.actor_id) if side is not None and side.actor_id else None
        if told is None or places.sentence - told[1] > _JUST:
            continue
        claimed = [seen.ref for seen in places.discourse.seen_places if seen.role is PlaceRole.CLAIMED]
        here = {seen.ref.key for seen in places.here if not on_the_way(tree, seen.position)}
        if claimed and claimed[-1].key == told[0].key and here <= {told[0].key}:
            return [PlaceHit(ref=told[0], token=verb, head=verb, sentences_back=places.sentence - told[1])]
    return []


def witnessed(tree: Tree, places: PlaceReader, verb: int) -> list[PlaceHit]:
    """Return the town whose people say that somebody left or came: "residents of X said the army had gone"."""
    if not tree.says_any(_RESIDENTS) or any(says_where(tree, k) for k in phrases(tree, verb)):
        return []
    if tree.kids(verb, "dobj") or tree.prepositional(verb, ("from", "out of", "to")):
        return []
    for above in tree.climb(verb):
        if not tree.is_verb(above) or tree.verb_base(above) not in tree.frames.scope.speech:
            continue
        who = [k for k in tree.kids(above, "nsubj") if tree[k].lower in _RESIDENTS]
        homes = [m for k in who for m in tree.prepositional(k, ("of", "in")) if tree[m].kind in {"place", "name"}]
        return [replace(hit, token=verb, head=verb, sentences_back=0) for m in homes[:1] for hit in places.places(m)]
    return []


def left_by_others(tree: Tree, places: PlaceReader, verb: int, particles: Sequence[str]) -> list[PlaceHit]:
    """Return the place that a side has just left where others come in: "the army left X. The rebels moved in"."""
    beside = {tree[k].lower for k in tree.kids(verb, "prt", "advmod", "prep")}
    if tree.kids(verb, "dobj") or beside.isdisjoint(particles):
        return []
    if any(says_where(tree, k) for k in phrases(tree, verb)):
        return []
    told = _left_meanwhile(tree, places, verb)
    if told:
        return told
    left = places.discourse.left
    if left is None or places.sentence - left[1] > 1:
        return []
    here = {seen.ref.key for seen in places.here if seen.position < verb}
    if not here <= {left[0].key}:
        return []
    return [PlaceHit(ref=left[0], token=verb, head=verb, sentences_back=places.sentence - left[1])]


def _left_meanwhile(tree: Tree, places: PlaceReader, verb: int) -> list[PlaceHit]:
    """Return the place of a leaving that tells when others come in: "moved in after the army left X"."""
    for k in range(len(tree)):
        gone = tree.verb_base(k) in _LEAVING if tree.is_verb(k) else tree.singulars[k] in DEPARTURES
        if not gone or verb not in tree.climb(k):
            continue
        whence = [*tree.prepositional(k, ("from", "out of")), *tree.kids(k, "dobj")]
        found = [hit for m in whence for hit in places.places(m)]
        if len(found) == 1:
            return [replace(hit, token=verb, head=verb, sentences_back=0) for hit in found]
    return []


def _leads_off(tree: Tree, preposition: int) -> bool:
    """Tell whether a phrase says only that somebody goes off into the country around: "to the mountains"."""
    goals = [tree[m] for m in tree.kids(preposition, "pobj")]
    away = all(goal.entity is None and tree.frames.singular(goal.lower) in COUNTRY for goal in goals)
    return tree[preposition].lower in _GOALS and bool(goals) and away


def _stays(places: PlaceReader) -> bool:
    """Tell whether the last place that something was claimed of is the town itself."""
    title = places.discourse.title
    if title is None:
        return False
    claimed = [seen.ref for seen in places.discourse.seen_places if seen.role is PlaceRole.CLAIMED]
    claimed += [hit.ref for hit in places.claimed]
    own = title.text.lower().split()[-1]  # its crossing, its airport
    elsewhere = [ref for ref in claimed[-2:] if ref.key == title.key or own not in ref.text.lower()]
    return not elsewhere or elsewhere[-1].key == title.key


def phrases(tree: Tree, verb: int) -> list[int]:
    """Return the prepositions of a verb that may tell where, or where to."""
    return [k for k in tree.kids(verb, "prep") if tree[k].lower in _WHERE or tree[k].lower in _GOALS]


def says_where(tree: Tree, preposition: int) -> bool:
    """Tell whether a phrase says where: "from their base", but not "in June", "to Dolna", "over the town hall"."""
    for k in tree.kids(preposition, "pobj"):
        token = tree[k]
        if is_time(tree, k) or token.tag.startswith(("JJ", "RB")):  # "marched in unopposed"
            continue
        if token.kind == "actor" and tree[preposition].lower == "to":
            continue
        if tree[preposition].lower in _GOALS and tree.frames.singular(token.lower) not in _NEAR:
            continue
        if token.kind in {"place", "name"}:
            return True
        if not is_nowhere(tree, k):
            return True
    return False


def is_time(tree: Tree, k: int) -> bool:
    """Tell whether a word is a time."""
    token = tree[k]
    unit = token.lower.removesuffix("s") in _UNITS  # "moved in within hours"
    number = token.tag == "CD" or token.lower[:1].isdigit()  # "on the 11th"
    return token.kind == "date" or number or token.lower in _DAYS or unit


def is_building(tree: Tree, k: int) -> bool:
    """Tell whether a noun names a building that a town has: "took over the town hall"."""
    return tree[k].kind is None and tree.singulars[k] in _BUILDINGS


def is_nowhere(tree: Tree, k: int) -> bool:
    """Tell whether a noun names no other place: a building of the town, a time, a circumstance."""
    return tree.singulars[k] in _NOWHERE


def stands_for_side(tree: Tree, at: int) -> bool:
    """Tell whether a capital stands for its government: "Moscow pulled its soldiers out"."""
    entity = tree[at].entity
    return entity is not None and entity.actor is not None and tree[at].dep in {"nsubj", "poss"}


def goes_to(tree: Tree, at: int) -> bool:
    """Tell whether a place is where somebody goes, not whence he comes."""
    above = tree[tree[at].head]
    return tree[at].dep == "pobj" and above.lower in _GOALS


def _tells_when(tree: Tree, at: int) -> bool:
    """Tell whether a place only stands in what tells when: "after the rout at X, the rebels moved back in"."""
    for k in tree.climb(at):
        if tree.is_verb(k):
            return False
        if tree[k].dep == "prep" and tree[k].lower in _WHEN:
            return tree.is_verb(tree[k].head)
    return False


def on_the_way(tree: Tree, at: int) -> bool:
    """Tell whether somebody only comes from or through a place: "units that came through X drove them out"."""
    while tree[at].dep in {"compound", "nmod", "conj", "appos", "poss"}:
        at = tree[at].head
    above = tree[tree[at].head]
    comes = tree[above.head].dep in {"relcl", "acl"} or tree[above.head].kind == "actor"
    return tree[at].dep == "pobj" and above.lower in _WAYS and comes


def _holds(places: PlaceReader, key: str) -> bool:
    """Tell whether an area holds the town, or the town a quarter: "In Dolna province the army withdrew"."""
    title = places.discourse.title
    resolution = title.resolution if title is not None else None
    inside = [seen.ref.resolution for seen in places.here if seen.ref.key == key and seen.ref.resolution is not None]
    quarter = any(r.feature == "PPLX" and title is not None and r.parent == title.key for r in inside)
    return resolution is not None and (resolution.parent == key or quarter)


def _is_ground(tree: Tree, k: int) -> bool:
    """Tell whether a noun means ground other than the town."""
    nouns, noun = tree.frames.nouns, tree.singulars[k]
    grounds = (nouns.settlement, nouns.facility, nouns.quarter, nouns.part)
    return tree[k].kind is None and any(noun in kinds for kinds in grounds)
