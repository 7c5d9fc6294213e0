"""Which verb a sentence is about: one that a participle was taken for, or one that was taken for a participle."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.tokens import Token

__all__ = ["mend_main_verb"]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_GROUND = frozenset({"place", "name"})
_THEN = frozenset({"then", "now"})
_BEEN = frozenset({"was", "were", "is", "are", "been"})
_AUXILIARIES = _BEEN | {"had", "has", "have"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def mend_main_verb(tokens: Sequence[Token], frames: Frames) -> None:
    """Put the main verb of a sentence right."""
    if tokens and not any(token.tag in _FINITE and token.dep != "acl" for token in tokens):
        _mend_verbless(tokens, frames)
    for token in tokens:
        if token.tag in {"VBD", "VBN", "JJ"} and token.lower in frames.participles:
            _mend_by_then(tokens, token.i)
            if _stands_behind_comma(tokens, token.i):
                _mend_between(tokens, token.i, frames)


def _mend_by_then(tokens: Sequence[Token], i: int) -> None:
    """Make the verb of a participle that "by" took for its noun: "the defenders had by then gone"."""
    by = tokens[tokens[i].head]
    aux = tokens[by.head]
    if tokens[i].dep != "pobj" or by.lower != "by" or tokens[i - 1].lower not in _THEN or aux.i != by.i - 1:
        return
    if aux.lower not in _AUXILIARIES:
        return
    tokens[i].dep, tokens[i].head = aux.dep, i if aux.head == aux.i else aux.head
    for token in tokens:
        if token.head == aux.i and token.i != aux.i:
            token.head = i
    passive = aux.lower in _BEEN
    aux.dep, aux.head = "auxpass" if passive else "aux", i
    tokens[i - 1].dep, tokens[i - 1].head, by.head = "pcomp", by.i, i
    for token in tokens:
        if passive and token.head == i and token.dep == "nsubj":
            token.dep = "nsubjpass"


def _stands_behind_comma(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether only adverbs stand between a comma and a token."""
    k = i - 1
    while k > 0 and tokens[k].text != "," and (tokens[k].tag == "RB" or tokens[k].lower == "itself"):
        k -= 1
    return k > 0 and tokens[k].text == ","


def _mend_between(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang a participle between commas on the place before it: "X, retaken by A in May, was captured again by B"."""
    kids = [t for t in tokens if t.head == i and t.i != i]
    place = next((t for t in kids if t.dep in _SUBJECTS and t.i < i), None)
    if place is None or not _is_ground(place, frames) or any(t.dep in {"aux", "auxpass", "dobj"} for t in kids):
        return
    before = [t for t in tokens[place.i + 1 : i] if t.lower != "itself"]
    if not before or before[0].text != "," or any(t.tag != "RB" for t in before[1:]):
        return
    later = [t for t in kids if t.i > i and t.dep == "conj" and t.tag.startswith("VB")]
    above = tokens[i].dep == "advcl" and tokens[i].head > i  # "X, encircled since May, was stormed"
    if not later and not above:
        return
    finite = later[0] if later else tokens[tokens[i].head]
    own = [t for t in tokens if t.head == finite.i and t.i < finite.i]
    first = min([finite.i, *(t.i for t in own)])
    if any(t.dep in _SUBJECTS or t.dep == "cc" for t in own) or tokens[first - 1].text != ",":
        return
    if any(t.dep == "cc" and t.head == i and t.i < finite.i for t in tokens):
        return
    passive = any(t.dep == "auxpass" for t in own)
    if later:
        finite.head, finite.dep = (finite.i, "ROOT") if tokens[i].head == i else (tokens[i].head, tokens[i].dep)
    for token in kids:
        if token.i > finite.i:
            token.head = finite.i
    place.head, place.dep = finite.i, "nsubjpass" if passive else "nsubj"
    tokens[i].head, tokens[i].dep, tokens[i].tag = place.i, "acl", "VBN"


def _is_ground(token: Token, frames: Frames) -> bool:
    """Tell whether a subject is a place, or a noun that means one: "the town itself"."""
    return token.kind in _GROUND or (token.kind is None and token.lower in frames.nouns.settlement)


def _mend_verbless(tokens: Sequence[Token], frames: Frames) -> None:
    """Make a verb of what stands between a side and a place: "Assault groups of the army penetrated into X."."""
    for token in tokens[1:]:
        forms = {tag for _, tag in frames.verb_forms.get(token.lower, ())}
        side = tokens[token.i - 1]
        if "VBD" not in forms or token.dep not in {"acl", "amod"} or token.entity is not None:
            continue
        armed = side.kind == "actor" or any(t.head == side.i and t.kind == "actor" for t in tokens[: side.i])
        by = any(t.head == token.i and t.lower == "by" for t in tokens)
        root = tokens[token.head]
        if not armed or by or root.dep != "ROOT" or root.i not in {side.i, side.head}:
            continue
        if root.i > token.i and root.kind not in _GROUND:
            continue
        ahead = root.i > token.i
        for other in tokens:
            if other.head == root.i and other.i != root.i and other.i > token.i:
                other.head = other.head if ahead and other.dep in {"prep", "appos", "cc", "conj"} else token.i
        token.head, token.dep, token.tag = token.i, "ROOT", "VBD"
        side.head, side.dep = token.i, "nsubj"
        if ahead:
            root.head, root.dep = token.i, "dobj"
        return
