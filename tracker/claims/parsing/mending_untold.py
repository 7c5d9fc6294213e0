"""Names of which nothing but a time is told, joined to the name of which more is: "X fell on Monday, Y a day later"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.mending_dated import is_time
from tracker.claims.parsing.mending_lists import SIDES, object_above
from tracker.claims.parsing.tokens import Token

__all__ = ["mend_untold"]

_PARTING = frozenset({",", ";", "and", "while", "then"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TIMES = frozenset({"earlier", "after", "before", "year", "th", "st", "nd", "rd"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_TOLD = 14  # tokens from a name to its time: "the political capital, with hardly a shot on the 30th"
_NOT_IN_NAMES = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD", "IN", "PRP"})
_ALSO = 5  # tokens from "as were" to the name: "as were the nearby villages of Y"
_LEAST_ALSO = 4  # tokens before "did" in "X fell, as did Y"
_STEPS = 30  # heads climbed at most: a tree that is no tree must end, too


def mend_untold(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Join Y to X where nothing but a time is told of it: "X fell on Monday, Y and Z the day after"."""
    end = _where_it_begins(tokens, i, frames)
    if end is None or not _only_time_behind(tokens, i):
        return
    timed = False
    for k in range(end, max(end - _TOLD, -1), -1):
        before = tokens[k]
        timed |= _is_time(before)
        if before.kind == "place" and timed and _is_told_of(tokens, k):
            tokens[i].head, tokens[i].dep = k, "conj"
            return
        if before.tag in _FINITE or before.tag == "VBN":
            target = object_above(tokens, k, i)
            if timed and target is not None and target.i < k and target.kind == "place":
                tokens[i].head, tokens[i].dep = target.i, "conj"
            return


def mend_also(tokens: Sequence[Token], i: int) -> None:
    """Join Y to X where what is told of X is told of it: "X fell to them, as did Y", "X was taken, and so was Y"."""
    as_well = i >= _LEAST_ALSO and tokens[i - 1].lower == "as" and tokens[i - 2].text == ","
    if not as_well and (i < _LEAST_ALSO or tokens[i - 1].lower != "so" or tokens[i - 2].lower != "and"):
        return
    name = next((t for t in tokens[i + 1 : i + _ALSO] if t.kind in {"place", "name"}), None)
    verb = next((t for t in reversed(tokens[: i - 2]) if t.tag in _FINITE or t.tag == "VBN"), None)
    between = tokens[i + 1 : name.i] if name is not None else ()
    if name is None or verb is None or any(t.tag in _NOT_IN_NAMES and t.lower != "of" for t in between):
        return
    subject = next((t for t in tokens[: verb.i] if t.head == verb.i and t.dep in {"nsubj", "nsubjpass"}), None)
    behind = [t for t in tokens[subject.i : verb.i] if t.kind in {"place", "name"}] if subject is not None else []
    if behind and (behind[0] is subject or tokens[behind[0].head].lower == "of"):
        name.head, name.dep = behind[0].i, "conj"


def _where_it_begins(tokens: Sequence[Token], i: int, frames: Frames) -> int | None:
    """Return the last token before the comma or word that parts a name from what is told before it, None without."""
    k = i - 1
    while k > 0 and (tokens[k].tag in {"DT", "JJ"} or tokens[k].lower == "of" or _is_kind(tokens[k], frames)):
        k -= 1
    if tokens[k].text not in _PARTING:
        return None
    return k - 2 if tokens[k - 1].text in {",", ";"} else k - 1


def _is_kind(token: Token, frames: Frames) -> bool:
    """Tell whether a token is a noun for ground: "(town of) Y"."""
    nouns, noun = frames.nouns, frames.singular(token.lower)
    return noun in nouns.settlement or noun in nouns.quarter or noun in nouns.facility


def _only_time_behind(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a time stands behind a name, with nothing but other names and what they are between."""
    for k in range(i + 1, min(i + _TOLD, len(tokens))):
        token = tokens[k]
        if token.tag in _FINITE or token.tag == "WDT" or token.text == ";":
            return False
        if _is_time(token):
            rest = tokens[k + 1 : k + 3]
            return not any(t.tag in _FINITE for t in rest)
    return False


def _is_time(token: Token) -> bool:
    """Tell whether a token is a date or the last word of one: "on 6 August", "on the 29th", "two days later"."""
    return is_time(token) or token.lower in _TIMES or _ORDINAL.fullmatch(token.lower) is not None


def _is_told_of(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a place is what is taken or falls, not where that was seen from."""
    first = tokens[i]
    for _ in range(_STEPS):
        if first.dep not in {"conj", "appos"}:
            break
        first = tokens[first.head]
    link = tokens[first.head]
    aside = tokens[link.head].lower in SIDES  # "X in the east of Y"
    told = first.dep == "pobj" and link.lower in {"of", "over"} and not aside
    return told or first.dep in {"dobj", "nsubj", "nsubjpass"}
