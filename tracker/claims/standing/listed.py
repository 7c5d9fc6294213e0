"""
What the last of a list shares with its first, wherever the parser hung them.

"Aimed to isolate X, capture Y, and clear Z"; "the aims were the capture of X, the relief of Y and the fall of Z";
"if they take X, free Y and surround Z": who reads only as far as the nearest comma takes the rest for done.
"""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.words import words

__all__ = ["event_before", "verb_before"]

_JOINING = frozenset({",", "and", "or", "then"})
_AND = frozenset({"and", "or"})
_TO = frozenset({"to"})
_MOOD = words("scope", "future") | {"do", "does", "did", "to"}
_OPEN = words("scope", "lasting") | {"if", "unless", "when", "after", "should"}
_ENDS = frozenset({";", ":", ".", "but", "which", "who", "where", "whose"})
_SUBJECTS = ("nsubj", "nsubjpass")
_PAST = frozenset({"VBD", "VBN"})


def verb_before(tree: Tree, verb: int) -> int | None:
    """
    Return the first verb of the list that a verb goes on with, None where it is in none.

    Of infinitives the one that has "to" or an auxiliary; of verbs of the present the one with a conjunction.
    """
    token = tree[verb]
    tags = {tag for _, tag in tree.frames.verb_forms.get(token.lower, ())}
    bare = "VB" in tags and tags.isdisjoint(_PAST)
    now = tags == {"VBZ"}
    if not (bare or now) or not _goes_on(tree, verb) or not _has_and(tree, verb):
        return None
    for k in range(verb - 2, -1, -1):
        if tree[k].lower in _ENDS:
            return None
        if bare and (_is_infinitive(tree, k) or _is_wanted(tree, k)):
            return None if _in_aside(tree, k, verb) else k
        if now and tree[k].tag == "VBZ" and any(tree[m].lower in _OPEN for m in tree.kids(k, "mark", "advmod")):
            return k
    return None


def _goes_on(tree: Tree, verb: int) -> bool:
    """Tell whether a comma or a conjunction stands before a verb, with no subject of its own between."""
    k = verb - 1
    while k > 0 and tree[k].lower.endswith("ly"):
        k -= 1
    return k > 0 and tree[k].lower in _JOINING and not any(k < s < verb for s in tree.kids(verb, *_SUBJECTS))


def _has_and(tree: Tree, verb: int) -> bool:
    """Tell whether a conjunction ends the list: right before the verb, or before a later one of its form."""
    if tree[verb - 1].lower in _AND or tree[verb - 2].lower in _AND:
        return True
    third = tree[verb].lower.endswith("s")
    for k in range(verb + 1, len(tree) - 1):
        if tree[k].lower in _ENDS:
            return False
        tags = {tree[k + 1].tag, *(tag for _, tag in tree.frames.verb_forms.get(tree[k + 1].lower, ()))}
        if tree[k].lower in _AND and tags & ({"VBZ"} if third else {"VB", "VBP"}):
            return True
    return False


def _is_infinitive(tree: Tree, k: int) -> bool:
    """Tell whether a verb is bare behind "to", a modal or "did": its mood is that of the list."""
    if "VB" not in {tag for _, tag in tree.frames.verb_forms.get(tree[k].lower, (("", tree[k].tag),))}:
        return False
    before = [token.lower for token in tree.tokens[max(k - 3, 0) : k]]
    if before and before[-1] not in _MOOD:
        before = before[:-1] if before[-1].endswith("ly") or before[-1] in {"not", "n't", "n’t"} else []
    return bool(before) and before[-1] in _MOOD


def _is_wanted(tree: Tree, k: int) -> bool:
    """Tell whether a verb tells what somebody wants: "demand that the army leave X, lift the siege and go home"."""
    marked = tree[k].dep == "ccomp" and any(tree[m].lower == "that" for m in tree.kids(k, "mark"))
    return marked and tree[k].tag in {"VB", "VBP"} and tree.verb_base(tree[k].head) in tree.frames.scope.irrealis


def _in_aside(tree: Tree, first: int, verb: int) -> bool:
    """Tell whether an infinitive stands in an aside that has ended: "the rebels, hoping to take X, hold Y"."""
    subjects = [s for s in tree.kids(verb, *_SUBJECTS) if s < first]
    if not subjects or tree[verb].tag == "VB":
        return False
    return tree[subjects[-1]].lower.endswith("s") and any(t.text == "," for t in tree.tokens[subjects[-1] : first])


def event_before(tree: Tree, noun: int) -> int | None:
    """Return the event that a list begins with whose next one the parser hung on its place: "of X, the relief of Y"."""
    head = tree[noun].head
    if tree[noun].dep not in {"conj", "appos"} or tree[head].dep != "pobj":
        return None
    of = tree[head].head
    own = any(tree[k].lower in {"of", "from"} for k in tree.kids(noun, "prep"))
    return tree[of].head if own and tree[of].lower in {"of", "from"} and not tree.is_verb(tree[of].head) else None
