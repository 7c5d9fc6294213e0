"""Clauses and nouns of time that parsers hang wrongly: what fell, before whom, and in which summer."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.repairs import NOUNS, VERBS, Repair
from tracker.claims.parsing.tokens import Token
from tracker.claims.words import words

__all__ = ["TIMES"]

_TIMES = words("syntax", "times") | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_SPANS = frozenset({"hours", "days", "weeks", "months", "years"})
_BESIDE = frozenset({"before", "after", "earlier", "later", "previously"})
_WHICH = frozenset({"this", "that", "last", "next", "following", "same", "previous"})
_MARKS = frozenset({"before", "after", "until", "till", "since", "as"})
_BASES = frozenset({"fall", "succumb", "capitulate"})


def _mend_time(tokens: Sequence[Token], i: int) -> None:
    """Make a time of an object: "a town that they had recovered the summer before"."""
    verb = tokens[tokens[i].head]
    after = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    which = {t.lower for t in tokens[verb.i + 1 : i] if t.head == i}
    if verb.i > i or not (after in _BESIDE or which & _WHICH):
        return
    tokens[i].dep = "npadvmod"
    if verb.dep != "relcl":
        return
    for token in tokens[: verb.i]:
        if token.head == verb.i and token.lower in {"that", "which"} and token.dep == "mark":
            token.dep = "dobj"


def _mend_span(tokens: Sequence[Token], i: int) -> None:
    """Make a time of what was taken for a verb, and give its subject back: "retook it days later"."""
    if i + 1 == len(tokens):
        return
    after, before, verb = tokens[i + 1], tokens[i - 1], tokens[tokens[i].head]
    if after.lower not in _BESIDE | {"ago"} or not verb.tag.startswith("VB") or verb.i > i:
        return
    tokens[i].tag, tokens[i].dep = "NNS", "npadvmod"
    if before.head == i and before.dep == "nsubj" and before.i > verb.i:
        before.head, before.dep = verb.i, "dobj"
    after.head = i if after.head == i else after.head


def _mend_being(tokens: Sequence[Token], i: int) -> None:
    """Make a time of "for the time being", and hang what was hung on "being" on the verb above."""
    if [t.lower for t in tokens[max(i - 3, 0) : i]] != ["for", "the", "time"]:
        return
    link, time = tokens[i - 3], tokens[i - 1]
    for token in tokens[i + 1 :]:
        if token.head == i:
            token.head = link.head
    time.head, time.dep = link.i, "pobj"
    tokens[i].head, tokens[i].dep, tokens[i].tag = time.i, "amod", "JJ"


def _mend_fallen(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Give a verb the subject that one without objects took: "When X fell on 8 May the garrison of Y left"."""
    fell = tokens[tokens[i].head]
    main = tokens[fell.head]
    falls = any(base in _BASES for base, _ in frames.verb_forms.get(fell.lower, ()))
    if fell.i >= i or not falls or fell.dep != "advcl" or main.i < i or not main.tag.startswith("VB"):
        return
    if any(t.head == main.i and t.dep in {"nsubj", "nsubjpass"} for t in tokens):
        return
    passive = any(t.head == main.i and t.dep == "auxpass" for t in tokens)
    tokens[i].head, tokens[i].dep = main.i, "nsubjpass" if passive else "nsubj"
    if main.tag == "VBN" and not any(t.head == main.i and t.dep in {"aux", "auxpass"} for t in tokens):
        main.tag = "VBD"


def _mend_aside(tokens: Sequence[Token], i: int) -> None:
    """Make a clause of "before the army, coming up from X, took Y", where the side was hung on "before"."""
    if any(t.head == i and t.dep in {"nsubj", "nsubjpass", "mark", "cc"} for t in tokens):
        return
    before = i - 1
    while before > 0 and tokens[before].tag == "RB":
        before -= 1
    if tokens[before].text != "," or tokens[i].head == i:
        return
    link = next(
        (
            t
            for t in reversed(tokens[:before])
            if t.lower in _MARKS and t.dep == "prep" and t.head in {tokens[i].head, i} and t.i > tokens[i].head
        ),
        None,
    )
    if link is None:
        return
    side = next((t for t in tokens[link.i + 1 : before] if t.head == link.i and t.dep == "pobj"), None)
    if side is None or side.kind == "date" or side.i + 1 >= before or tokens[side.i + 1].text != ",":
        return
    link.head, link.dep = i, "mark"
    side.head, side.dep = i, "nsubj"
    tokens[i].dep = "advcl"


TIMES = (
    Repair(_mend_being, words=frozenset({"being"})),
    Repair(_mend_span, tags=VERBS, words=_SPANS),
    Repair(_mend_time, deps="dobj", words=_TIMES),
    Repair(_mend_fallen, deps="dobj", tags=NOUNS),
    Repair(_mend_aside, deps="dep conj advcl ccomp", tags="VBD"),
)
