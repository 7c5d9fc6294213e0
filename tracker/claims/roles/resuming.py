"""
The place that a sentence leaves out because the text is telling of it, as in "The rebels left".

Only while the text has claimed nothing of another place since, and only where the sentence does not say where.
"""

from __future__ import annotations

from tracker.claims.frames import Frame
from tracker.claims.parsing.syntax import Tree
from tracker.claims.place_memory import PlaceRef, PlaceRole, SeenPlace
from tracker.claims.roles.ellipsis import goes_to, is_nowhere, is_time, on_the_way, phrases, says_where, stands_for_side
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.places import PlaceReader
from tracker.claims.words import words

__all__ = ["resumed"]

_BACK = 2  # sentences over which a text goes on about a place without naming it
_DOUBT = 2  # sentences farther than it stands, as far as belief goes: nothing in the sentence points to it
_LEAVING = frozenset({"withdraw", "fall-back", "abandon"})
_DRIVING = frozenset({"drive-out"})
_CONTROL = frozenset({"take-control"})
_IN_ONE = frozenset({"take-over", "the-capture-of"})  # what is told of a place of the same sentence
_WHEN = frozenset({"since", "after", "before", "when", "until", "as", "once", "following"})
_BACKWARDS = frozenset({"back", "off", "away"})
_FOILED = frozenset({"foiled", "repelled", "repulsed", "thwarted", "failed", "beaten"})
_POWERLESS = words("scope", "powerless")
_KEEPING = frozenset({"hold", "keep", "retain", "defend"})
_UPON = frozenset({"on", "upon", "onto", "with"})
_LINKS = frozenset({"from", "out", "to", "towards", "toward", "into", "through", "across", "for", "behind", "near"})


def resumed(tree: Tree, places: PlaceReader, frame: Frame, verb: int, noun: int | None) -> list[PlaceHit]:
    """Return the place that a verb of leaving, driving out or taking control leaves out."""
    if places.discourse.about_title or not places.discourse.trees or not _is_bare(tree, frame, verb, noun):
        return []
    found = _in_focus(tree, places, verb)
    if found is None:
        return []
    ref, back = found
    if back and frame.frame_id in _IN_ONE:
        return []
    return [PlaceHit(ref=ref, token=verb, head=verb, sentences_back=back + _DOUBT)]


def _is_bare(tree: Tree, frame: Frame, verb: int, noun: int | None) -> bool:
    """Tell whether a verb stands without any word for where: "the troops left", "they drove the rebels out"."""
    if tree.verb_base(verb) == "flee":
        return False  # who runs for his life leaves no place to anybody
    if frame.frame_id in _LEAVING:
        if tree.is_passive(verb) or any(tree[k].lower == "behind" for k in tree.kids(verb, "prt", "advmod", "prep")):
            return False
        objects = tree.objects(verb)
        if any(not is_nowhere(tree, k) for k in objects) or tree.kids(verb, "xcomp", "ccomp", "oprd", "acomp"):
            return False
    elif frame.frame_id in _DRIVING:
        words = {tree[k].lower for k in tree.kids(verb, "prt", "advmod", "prep")}
        if words & _BACKWARDS or tree.verb_base(verb) not in {"oust", "expel", "evict", "dislodge", "drive", "chase"}:
            return False
        if tree.verb_base(verb) in {"drive", "chase"} and not words & {"out", "off", "from"}:
            return False
    elif frame.frame_id in _CONTROL:
        if noun is None or tree[noun].lower != "control" or tree.kids(noun, "prep"):
            return False
    elif frame.frame_id in _IN_ONE:
        if not _is_told_when(tree, verb, noun):
            return False
    else:
        return False
    if {"back"} == {token.lower for token in tree.tokens[verb + 1 : verb + 2]} and any(
        token.lower in _UPON for token in tree.tokens[verb + 2 : verb + 3]
    ):
        return False  # "fell back on their old ways"
    upon = [k for k in tree.kids(verb, "prep") if tree[k].lower in _UPON]
    if any(not is_time(tree, m) and not tree[m].lower.endswith("day") for k in upon for m in tree.kids(k, "pobj")):
        return False
    links = [k for k in tree.kids(verb, "prep") if tree[k].lower in _LINKS]
    inner = [m for k in links for m in tree.kids(k, "prep")]
    return not any(tree.kids(k, "pobj", "pcomp") for k in (*links, *inner)) and not any(
        says_where(tree, k) for k in phrases(tree, verb)
    )


def _is_told_when(tree: Tree, verb: int, noun: int | None) -> bool:
    """Tell whether a bare takeover tells when the rest was: "shut since the rebels took over"."""
    if noun is None:
        over = any(tree[k].lower == "over" for k in tree.kids(verb, "prt", "advmod", "prep"))
        marks = {tree[k].lower for k in tree.kids(verb, "mark", "advmod")}
        return over and not tree.objects(verb) and tree[verb].dep in {"advcl", "relcl"} and bool(marks & _WHEN)
    whose = any(tree[k].kind == "actor" or tree[k].lower == "their" for k in tree.kids(noun, "poss", "compound"))
    where = [k for k in tree.prepositional(noun, ("of", "in", "at")) if not is_time(tree, k)]
    return whose and not where and tree[noun].dep == "pobj" and tree[tree[noun].head].lower in _WHEN


def _in_focus(tree: Tree, places: PlaceReader, verb: int) -> tuple[PlaceRef, int] | None:
    """Return the one place that the text is telling of at a verb, and how many sentences ago it was claimed."""
    claimed = {hit.ref.key: hit.ref for hit in places.claimed if hit.token < verb or hit.sentences_back is None}
    if claimed:
        if any(_is_failed(tree, hit.head) for hit in places.claimed if hit.token < verb):
            return None  # "after failing to capture X, they withdrew": from where they stood before it
        return (next(iter(claimed.values())), 0) if len(claimed) == 1 else None
    here = [seen for seen in places.here if _counts(seen) and not goes_to(tree, seen.position)]
    here = [seen for seen in here if not stands_for_side(tree, seen.position)]
    here = [seen for seen in here if not on_the_way(tree, seen.position)]
    if here:
        known = {seen.ref.key for seen in here}
        foiled = any(token.lower in _FOILED for token in tree.tokens)
        if foiled and any(_is_attacked(tree, seen.position) for seen in here):
            return None  # "the attack on X was foiled, and they withdrew"
        return (here[0].ref, 0) if len(known) == 1 and here[0].position < verb else None
    seen_places = places.discourse.seen_places
    told = [seen for seen in seen_places if seen.role is PlaceRole.CLAIMED]
    if not told or places.sentence - told[-1].sentence > _BACK:
        return None
    last = {seen.ref.key for seen in told if seen.sentence == told[-1].sentence}
    since = {seen.ref.key for seen in seen_places if seen.sentence > told[-1].sentence and _counts(seen)}
    if len(last) != 1 or since - last:
        return None
    return told[-1].ref, places.sentence - told[-1].sentence


def _is_failed(tree: Tree, at: int) -> bool:
    """Tell whether somebody was not able to take a place, which he who can't hold it has had."""
    verbs = [k for k in tree.climb(at) if tree.is_verb(k) or tree[k].lower in _POWERLESS]
    keeps = bool(verbs) and tree.verb_base(verbs[0]) in _KEEPING
    return not keeps and any(tree[k].lower in _POWERLESS or tree.verb_base(k) in _POWERLESS for k in verbs[1:])


def _is_attacked(tree: Tree, at: int) -> bool:
    """Tell whether a place is where something goes: "the attack on the village of X"."""
    for k in tree.climb(at):
        if tree.is_verb(k):
            return False
        if tree[k].dep == "prep" and tree[k].lower in {"on", "against", "to", "for"}:
            return True
    return False


def _counts(seen: SeenPlace) -> bool:
    """Tell whether something may be claimed of what is mentioned: it does not only tell where another place lies."""
    return seen.role is not PlaceRole.ASIDE and not seen.ref.feature.startswith(("ADM", "PCL", "RGN", "CONT"))
