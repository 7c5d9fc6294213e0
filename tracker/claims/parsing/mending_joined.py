"""
Verbs that parsers join to the clause before them, though the subject of the whole sentence does what they tell.

In "the army advanced after an attack was repelled and captured X" nobody but the army can have captured it: what is
repelled captures nothing. Called by `mending` for one token at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.parsing.repairs import Repair
from tracker.claims.parsing.tokens import Token
from tracker.claims.words import words

__all__ = ["JOINED"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BE = frozenset({"was", "were", "is", "are", "been", "being"})
_HAVE = frozenset({"had", "has", "have"})
_FAILING = words("mending_joined", "failing")
_STRENGTHENED = words("mending_joined", "strengthened")
_GIVING_UP = words("mending_joined", "giving_up")
_ATTACKS = words("attackers", "nouns")
_PERSONS = words("mending_joined", "persons")


def _mend_joined(tokens: Sequence[Token], i: int) -> None:
    """Hang a verb on the main clause whose subject does it: "advanced after an attack was repelled, and took X"."""
    inner = tokens[tokens[i].head]
    main = tokens[inner.head]
    if inner.dep != "advcl" or not main.i < inner.i < i or not main.tag.startswith("VB") or not _is_finite(tokens, i):
        return
    own = _subject(tokens, inner.i)
    subject = _subject(tokens, main.i)
    if own is None or subject is None or own.i < main.i or subject.i > main.i or subject.dep != "nsubj":
        return
    if _subject(tokens, i) is not None or main.lower in _GIVING_UP:
        return
    behind_comma = any(t.text == "," for t in tokens[inner.i + 1 : i] if t.dep == "punct")
    before_comma = any(t.text == "," for t in tokens[main.i + 1 : own.i])
    if (behind_comma and before_comma) or _does_nothing_more(tokens, inner, own):
        for token in tokens[inner.i + 1 : i]:
            if token.head == inner.i and token.dep == "cc":
                token.head = main.i
        tokens[i].head = main.i


def _does_nothing_more(tokens: Sequence[Token], inner: Token, own: Token) -> bool:
    """Tell whether the subject of a clause can't be who does what is joined to it in the active past."""
    helped = {t.lower for t in tokens[own.i : inner.i] if t.head == inner.i and t.dep in {"aux", "auxpass"}}
    passive = any(t.head == inner.i and t.dep == "auxpass" for t in tokens) or own.dep == "nsubjpass"
    if passive:
        return inner.lower not in _STRENGTHENED
    if inner.tag == "VBG" and helped & _BE:
        return True  # "while they were shelling it and took X"
    if own.kind == "actor" or own.tag == "PRP" or own.lower in _PERSONS:
        return False
    return own.lower not in _ATTACKS or inner.lower in _FAILING


def _is_finite(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a joined verb is in the active past and has an object, or goes somewhere."""
    kids = [t for t in tokens if t.head == i and t.i != i]
    if any(t.dep in {"auxpass", "aux"} for t in kids):
        return False
    return any(t.i > i and t.dep in {"dobj", "prep"} for t in kids)


def _subject(tokens: Sequence[Token], verb: int) -> Token | None:
    return next((t for t in tokens if t.head == verb and t.dep in _SUBJECTS), None)


JOINED = (Repair(_mend_joined, deps="conj", tags="VBD VBN", kinds="None"),)
