"""
The place that a sentence leaves out because the text is telling of it, as in "The rebels left".

Only while the text has claimed nothing of another place since, and only where the sentence does not say where.
"""

from __future__ import annotations

from tracker.claims.frames import Frame
from tracker.claims.parsing.syntax import Tree
from tracker.claims.place_memory import PlaceRef, PlaceRole, SeenPlace
from tracker.claims.roles.ellipsis import (
    DEPARTURES,
    goes_to,
    is_nowhere,
    is_time,
    on_the_way,
    phrases,
    says_where,
    stands_for_side,
)
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.places import PlaceReader
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["in_focus", "left_before", "resumed"]

_BACK = 2  # sentences over which a text goes on about a place without naming it
_DOUBT = 2  # sentences farther than it stands, as far as belief goes: nothing in the sentence points to it
_LEAVING = frozenset(
    {"withdraw", "fall-back", "abandon", "be-gone", "make-way-out", "carry-out-withdrawal", "confirm-withdrawal"}
)
_RETREATING = frozenset({"withdraw", "fall-back", "make-way-out"})  # wherever to
_DRIVING = frozenset({"drive-out"})
_CONTROL = frozenset({"take-control"})
_IN_ONE = frozenset({"take-over", "the-capture-of"})  # what is told of a place of the same sentence
_WHEN = frozenset({"since", "after", "before", "when", "until", "as", "once", "following"})
_BACKWARDS = frozenset({"back", "off", "away"})
_FOILED = frozenset({"foiled", "repelled", "repulsed", "thwarted", "failed", "beaten"})
_MOVING_OUT = words("filling", "moving_out")
_POWERLESS = words("scope", "powerless")
_FIGHTS = frozenset({"battle", "fight", "fighting", "struggle", "combat", "clash", "duel"})
_WHENCE = ("from", "out of")
_KEEPING = frozenset({"hold", "keep", "retain", "defend"})
_UPON = frozenset({"on", "upon", "onto", "with"})
_ONWARD = frozenset({"to", "towards", "toward", "into", "across", "through", "over", "along", "for"})
_LINKS = frozenset({"from", "out", "to", "towards", "toward", "into", "through", "across", "for", "behind", "near"})


def resumed(tree: Tree, places: PlaceReader, frame: Frame, verb: int, noun: int | None) -> list[PlaceHit]:
    """Return the place that a verb of leaving, driving out or taking control leaves out."""
    if places.discourse.about_title or not places.discourse.trees or not _is_bare(tree, frame, verb, noun):
        return []
    found = in_focus(tree, places, verb)
    if found is None or (found[1] == 0 and _driven_on(tree, verb)):
        return []
    ref, back = found
    goals = [seen for seen in places.here if seen.position > verb and goes_to(tree, seen.position)]
    goals = [seen for seen in goals if next(filter(tree.is_verb, tree.climb(seen.position)), None) == verb]
    if back == 0 and any(seen.ref.key == ref.key for seen in goals):
        return []  # "X was encircled, and the rest had to retreat into X"
    if back and frame.frame_id in _IN_ONE:
        return []
    return [PlaceHit(ref=ref, token=verb, head=verb, sentences_back=back + _DOUBT)]


def left_before(tree: Tree, places: PlaceReader, noun: int) -> list[PlaceHit]:
    """Return what others left before it was taken: "their withdrawal from X and the subsequent takeover by"."""
    taken = tree.prepositional(noun, ("by",)) or tree.kids(noun, "poss", "compound")
    left = next((k for k in range(noun - 1, -1, -1) if tree.singulars[k] in DEPARTURES), None)
    if left is None or not taken or any(map(tree.is_verb, range(left, noun))):
        return []
    heads = tree.prepositional(left, _WHENCE)
    behind = (token for token in tree.tokens[left:noun] if token.lower == "from")
    heads = heads or [k for token in behind for k in tree.kids(token.i, "pobj")]
    hits = [hit for k in heads if k < noun for hit in places.places(k) if hit.token < noun]
    joined = hits and "and" in {token.lower for token in tree.tokens[hits[-1].token : noun]}
    return hits if joined else []


def _is_bare(tree: Tree, frame: Frame, verb: int, noun: int | None) -> bool:
    """Tell whether a verb stands without any word for where: "the troops left", "they drove the rebels out"."""
    if tree.verb_base(verb) == "flee" and not any(tree[k].lower == "had" for k in tree.kids(verb, "aux")):
        return False  # who runs for his life leaves no place to anybody, but who "had fled" is gone
    if frame.frame_id in _LEAVING:
        moved = frame.frame_id in _RETREATING and tree.verb_base(verb) in _MOVING_OUT
        passive = tree.is_passive(verb) and not moved
        if passive or any(tree[k].lower == "behind" for k in tree.kids(verb, "prt", "advmod", "prep")):
            return False
        objects = [k for k in tree.objects(verb) if k != noun and not is_time(tree, k)]
        clauses = tree.kids(verb, "xcomp", "ccomp", "oprd", "acomp")
        if moved:
            objects = [k for k in objects if tree[k].kind != "actor"]
        if any(not is_nowhere(tree, k) for k in objects) or any(k > verb for k in clauses):
            return False  # a clause before it only stands beside it: "they entered; the army had left"
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
    if any(not is_time(tree, m) for k in upon for m in tree.kids(k, "pobj")):
        return False
    away = _ONWARD if frame.frame_id in _RETREATING else frozenset()
    links = [k for k in tree.kids(verb, "prep") if tree[k].lower in _LINKS - away]
    inner = [m for k in links for m in tree.kids(k, "prep")]
    if any(tree.kids(k, "pobj", "pcomp") for k in (*links, *inner)):
        return False
    where = [k for k in phrases(tree, verb) if tree[k].lower not in away and not _opens(tree, k, verb)]
    return not any(says_where(tree, k) for k in where)


def _driven_on(tree: Tree, verb: int) -> bool:
    """Tell whether it is told how those fared who were driven out: "drove them from X; they withdrew to the hills"."""
    onward = any(tree[k].lower in _ONWARD and tree.kids(k, "pobj") for k in tree.kids(verb, "prep"))
    return onward and any(tree[k].lower in {"they", "who"} for k in tree.kids(verb, "nsubj"))


def _opens(tree: Tree, preposition: int, verb: int) -> bool:
    """Tell whether a phrase says where all of a clause happens, before its subject: "in X, the rebels withdrew"."""
    subjects = tree.surface_subjects(verb)
    return tree[preposition].lower in {"in", "at"} and all(preposition < k for k in subjects)


def _is_told_when(tree: Tree, verb: int, noun: int | None) -> bool:
    """Tell whether a bare takeover tells when the rest was: "shut since the rebels took over"."""
    if noun is None:
        over = any(tree[k].lower == "over" for k in tree.kids(verb, "prt", "advmod", "prep"))
        marks = {tree[k].lower for k in tree.kids(verb, "mark", "advmod")}
        return over and not tree.objects(verb) and tree[verb].dep in {"advcl", "relcl"} and bool(marks & _WHEN)
    whose = any(tree[k].kind == "actor" or tree[k].lower == "their" for k in tree.kids(noun, "poss", "compound"))
    where = [k for k in tree.prepositional(noun, ("of", "in", "at")) if not is_time(tree, k)]
    return whose and not where and tree[noun].dep == "pobj" and tree[tree[noun].head].lower in _WHEN


def in_focus(tree: Tree, places: PlaceReader, verb: int) -> tuple[PlaceRef, int] | None:
    """Return the one place that the text is telling of at a verb, and how many sentences ago it was claimed."""
    claimed = {hit.ref.key: hit.ref for hit in places.claimed if hit.token < verb or hit.sentences_back is None}
    if claimed:
        if any(_is_failed(tree, hit.head) for hit in places.claimed if hit.token < verb):
            return None  # "after failing to capture X, they withdrew": from where they stood before it
        return (next(iter(claimed.values())), 0) if len(claimed) == 1 else None
    here = [seen for seen in places.here if _counts(seen)]
    here = [seen for seen in here if not goes_to(tree, seen.position) or _is_fought_for(tree, seen.position)]
    here = [seen for seen in here if not stands_for_side(tree, seen.position)]
    here = [seen for seen in here if not on_the_way(tree, seen.position)]
    if here:
        known = {seen.ref.key for seen in here}
        foiled = any(token.lower in _FOILED for token in tree.tokens)
        if foiled and any(_is_attacked(tree, seen.position) for seen in here):
            return None  # "the attack on X was foiled, and they withdrew"
        if len(known) != 1:
            return None
        return (here[0].ref, 0) if here[0].position < verb else _entered_next(tree, here[0], verb)
    later = [seen for seen in places.here if seen.position > verb and goes_to(tree, seen.position)]
    into = _entered_next(tree, later[0], verb) if later else None
    if into is not None:
        return into
    seen_places = places.discourse.seen_places
    told = [seen for seen in seen_places if seen.role is PlaceRole.CLAIMED]
    if not told or places.sentence - told[-1].sentence > _BACK:
        return None
    last = {seen.ref.key for seen in told if seen.sentence == told[-1].sentence}
    since = {seen.ref.key for seen in seen_places if seen.sentence > told[-1].sentence and _counts(seen)}
    if len(last) != 1 or since - last:
        return None
    return told[-1].ref, places.sentence - told[-1].sentence


def _entered_next(tree: Tree, seen: SeenPlace, verb: int) -> tuple[PlaceRef, int] | None:
    """Return the place that others come into as a side leaves: "the army left, and rebels marched into X"."""
    into = next((k for k in tree.climb(seen.position) if tree.is_verb(k)), None)
    if into is None or not tree.kids(into, "nsubj") or tree.kids(into, "neg") or not _side_by_side(tree, verb, into):
        return None
    kinds = {frame.kind for frame in tree.frames.by_verb.get(tree.verb_base(into), ())}
    entered = tree[tree[seen.position].head].lower == "into" or tree[seen.position].head == into
    return (seen.ref, 0) if entered and kinds & {Kind.ENTERS, Kind.GAINS} else None


def _side_by_side(tree: Tree, left: int, into: int) -> bool:
    """Tell whether two verbs stand beside each other, or one tells when the other was."""
    beside = {"conj", "advcl", "ccomp", "parataxis"}
    return (tree[into].head == left and tree[into].dep in beside) or (
        tree[left].head == into and tree[left].dep in beside
    )


def _is_failed(tree: Tree, at: int) -> bool:
    """Tell whether somebody was not able to take a place, which he who can't hold it has had."""
    verbs = [k for k in tree.climb(at) if tree.is_verb(k) or tree[k].lower in _POWERLESS]
    keeps = bool(verbs) and tree.verb_base(verbs[0]) in _KEEPING
    return not keeps and any(tree[k].lower in _POWERLESS or tree.verb_base(k) in _POWERLESS for k in verbs[1:])


def _is_fought_for(tree: Tree, at: int) -> bool:
    """Tell whether a place is what was fought for: "the battle for X lasted until May, when they withdrew"."""
    link = tree[tree[at].head] if tree[at].dep == "pobj" else tree[tree[tree[at].head].head]
    return link.lower == "for" and tree.singulars[link.head] in _FIGHTS


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
