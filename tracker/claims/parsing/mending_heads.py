"""
Finite verbs that parsers hang on a noun of their own: "the army secured control", "the rebels held on to X".

The verb is made the head of its clause, and the noun its subject or its object. Called by
`mending` for one token at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.tokens import Token

__all__ = ["mend_lasting", "mend_second_verb", "mend_taken_in", "mend_verb"]


def mend_verb(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a finite verb the head of its clause where its object was: "the army routed rebels from X"."""
    if tokens[i].dep in {"amod", "compound"} and _is_finite(tokens, i, frames):
        _mend_before_object(tokens, i)


def _is_finite(tokens: Sequence[Token], i: int, frames: Frames) -> bool:
    """Tell whether what stands before a noun is a finite verb, by its tag or by what stands beside it."""
    if tokens[i].tag == "VBN":
        return _has_subject(tokens, i) or _is_light(tokens, i, frames)
    return tokens[i].tag in {"VBD", "VBZ", "VBP"}


def _has_subject(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a participle before a noun has a side as its subject: "the army secured control" is a sentence."""
    return any(t.head == i and t.i < i and t.dep == "nsubj" and t.kind == "actor" for t in tokens)


def _is_light(tokens: Sequence[Token], i: int, frames: Frames) -> bool:
    """Tell whether a participle before its own noun is a verb: "the militia laid siege to X"."""
    side, noun = tokens[i - 1] if i else None, tokens[tokens[i].head]
    if side is None or side.kind != "actor" or side.head != noun.i or noun.i != i + 1:
        return False
    bases = {base for base, tag in frames.verb_forms.get(tokens[i].lower, ()) if tag == "VBD"}
    light = (frame for base in bases for frame in frames.by_verb.get(base, ()) if frame.shape == "light")
    return any(frames.singular(noun.lower) in frame.nouns for frame in light)


def _mend_before_object(tokens: Sequence[Token], i: int) -> None:
    verb, noun = tokens[i], tokens[tokens[i].head]
    own = next((t for t in tokens[:i] if t.head == i and t.dep == "nsubj"), None)
    subject = own or next((t for t in tokens[:i] if t.head == noun.i and t.dep in {"nsubj", "nmod", "compound"}), None)
    if subject is None and i and tokens[i - 1].kind == "actor" and tokens[i - 1].head == noun.i:
        subject = tokens[i - 1]
    if noun.i < i or subject is None or (subject.dep != "nsubj" and subject.kind is None):
        return
    root = noun.head == noun.i
    for token in tokens:
        if (
            token.head == noun.i
            and token.i != noun.i
            and (token.i <= subject.i or token.dep in {"prep", "punct", "advcl"})
        ):
            token.head = i
    verb.head, verb.dep = (i, "ROOT") if root else (noun.head, noun.dep)
    verb.tag = "VBD" if verb.tag == "VBN" else verb.tag
    subject.dep = "nsubj"
    noun.head, noun.dep = i, "dobj"


def mend_second_verb(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a verb of what was hung on its object: "went in on Monday and fought rebels in the streets"."""
    verb, noun = tokens[i], tokens[tokens[i].head]
    finite = any(tag == "VBD" for _, tag in frames.verb_forms.get(verb.lower, ()))
    joined = i > 0 and tokens[i - 1].dep == "cc" and noun.dep == "conj" and tokens[noun.head].tag in {"VBD", "VBN"}
    if not finite or not joined or noun.i != i + 1 or noun.kind != "actor" or noun.head > i:
        return
    verb.head, verb.dep, verb.tag = noun.head, "conj", "VBD"
    noun.head, noun.dep = i, "dobj"
    for token in tokens[noun.i + 1 :]:
        if token.head == noun.i and token.dep == "prep":
            token.head = i


def mend_taken_in(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a verb of what was hung on the name behind it, beside its side: "the army on Monday liberated X, a town"."""
    verb, place = tokens[i], tokens[tokens[i].head]
    if place.kind not in {"place", "name"}:
        return
    link = tokens[place.head] if place.dep == "pobj" else None
    side = tokens[place.head if link is None else link.head]
    finite = "VBD" in {tag for _, tag in frames.verb_forms.get(verb.lower, ())}
    if not finite or place.dep not in {"appos", "pobj"} or side.kind != "actor" or not side.i < i < place.i:
        return
    if link is not None:
        idiom = link.lower == "at" and tokens[link.i + 1].lower in {"last", "once"}  # "the army at last captured X"
        if idiom:
            tokens[link.i + 1].head, tokens[link.i + 1].dep = link.i, "pobj"
        dates = [t for t in tokens[link.i : i] if t.head == place.i and t.dep in {"nmod", "compound"}]
        if not idiom and (not dates or not side.i < link.i < dates[0].i):
            return
        if not idiom:
            dates[-1].head, dates[-1].dep = link.i, "pobj"
    _put_above(verb, side)
    place.head, place.dep = i, "dobj"
    for token in tokens[place.i + 1 :]:
        if token.head == side.i and token.dep in {"punct", "prep", "advcl", "cc", "conj"}:
            token.head = i


def mend_lasting(tokens: Sequence[Token], i: int) -> None:
    """Make a verb of what was hung on the side that does it: "the rebels held on to X", "held out in X"."""
    side = tokens[tokens[i].head]
    if side.kind != "actor" or side.dep != "ROOT" or side.i > i:
        return
    _put_above(tokens[i], side)
    for token in tokens[i + 1 :]:
        if token.head == side.i:
            token.head = i


def _put_above(verb: Token, side: Token) -> None:
    """Make a verb the head of a clause in the stead of the side that is its subject."""
    verb.head, verb.dep, verb.tag = (verb.i if side.dep == "ROOT" else side.head), side.dep, "VBD"
    side.head, side.dep = verb.i, "nsubj"
