"""
What stands beside a name and takes its place: verdicts, asides behind names, names behind a land or a source.

"Declared X free", "A, the capital of B, and C", "the largest city in a land, X", "according to Y, which was taken".
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.repairs import NAMES, Repair
from tracker.claims.parsing.tokens import Token
from tracker.claims.words import words

__all__ = ["ASIDES", "name_described"]

_PROCLAIMED = frozenset(
    {"clear", "free", "liberated", "freed", "cleared", "secured", "secure", "cleansed", "retaken", "recaptured"}
)
_DECLARING = frozenset(
    {"declare", "declared", "declares", "declaring", "proclaimed", "pronounced", "announced", "reported", "reports"}
)
_BASTIONS = words("mending_asides", "bastions")
_NEAR = 3  # tokens between a name and what is said of it


def _mend_verdict(tokens: Sequence[Token], i: int) -> None:
    """Make a passive of "declared X free of rebels": X was freed, as who declares it says."""
    verb = tokens[tokens[i].head]
    kids = [t for t in tokens if t.head == i and t.i != i]
    if (
        verb.lower not in _DECLARING
        or verb.i > i
        or any(t.dep in {"mark", "aux", "auxpass", "neg", "dobj"} for t in kids)
    ):
        return  # "rebels liberated X, the envoy reported"
    ground = next((t for t in kids if t.dep == "nsubj"), None)
    ground = ground or next((t for t in tokens[verb.i : i] if t.head == verb.i and t.dep == "dobj"), None)
    if ground is None or ground.i > i:
        return
    ground.head, ground.dep = i, "nsubjpass"
    tokens[i].tag, tokens[i].dep = "VBN", "ccomp"


def _mend_bastion(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Let "the rebel stronghold city of X" be the stronghold X."""
    kind = tokens[tokens[i].head]
    if kind.i != i + 1 or frames.singular(kind.lower) not in frames.nouns.settlement:
        return
    for token in tokens:
        if token.head == kind.i and token.i not in {i, kind.i}:
            token.head = i
    tokens[i].head, tokens[i].dep, tokens[i].tag = kind.head, kind.dep, "NN"
    kind.head, kind.dep = i, "nmod"


def _mend_of_event(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang what a place is on the place, not on what happens to it: "the siege of X, the last rebel base, went on"."""
    event = tokens[tokens[i].head]
    if event.i > i or event.entity is not None or frames.singular(event.lower) in _grounds(frames):
        return
    first = next((t.i for t in tokens[event.i + 1 : i + 1] if t.head == i and t.i < i), i)
    while first < i and tokens[first].text == ",":
        first += 1
    before = tokens[first - 2] if first > 1 and tokens[first - 1].text == "," else None
    if before is None or before.dep != "pobj" or tokens[tokens[before.i].head].head != event.i:
        return
    of = next((t for t in tokens[i + 1 : i + 3] if t.head == i and t.lower == "of"), None)
    one = next((t for t in tokens[i + 1 :] if of is not None and t.head == of.i and t.dep == "pobj"), None)
    noun = one if tokens[i].lower == "one" and one is not None else tokens[i]
    named = before.kind in {"place", "name"} or any(
        t.head == before.i and t.kind == "place" for t in tokens[: before.i]
    )
    if named and frames.singular(noun.lower) in _grounds(frames):
        tokens[i].head = before.i


def _grounds(frames: Frames) -> frozenset[str]:
    nouns = frames.nouns
    return _BASTIONS | nouns.settlement | nouns.facility | {"base", "capital", "headquarters", "outpost", "foothold"}


def _mend_behind_aside(tokens: Sequence[Token], i: int) -> None:
    """Join C to A in "A, the capital of B, and C, the capital of D"."""
    aside = tokens[tokens[i].head]
    name = tokens[aside.head]
    again = any(t.head == i and t.dep == "appos" and t.lower == aside.lower for t in tokens[i + 1 :])
    if again and aside.dep == "appos" and aside.entity is None and name.kind in {"place", "name"}:
        tokens[i].head = name.i


def _mend_named(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Give a town its own name: "the second city of the land, X", "another district, X"."""
    if i < _NEAR or tokens[i - 1].text != ",":
        return
    land = tokens[tokens[i].head]
    noun = tokens[tokens[land.head].head] if land.dep == "pobj" and land.i == i - 2 else land
    single = frames.singular(noun.lower)
    if noun.entity is not None or noun.i > i or single != noun.lower:
        return
    one = any(t.head == noun.i and (t.tag == "JJS" or t.lower == "another") for t in tokens[: noun.i])
    if one and single in frames.nouns.settlement | frames.nouns.quarter:
        tokens[i].head, tokens[i].dep = noun.i, "appos"


def _mend_source(tokens: Sequence[Token], i: int) -> None:
    """Hang what is held on the place, not on who says so: "fighters in X, according to Y, which was held by"."""
    source = tokens[tokens[i].head]
    to = tokens[source.head]
    pronoun = next((t for t in tokens if t.head == i and t.dep == "nsubjpass" and t.lower == "which"), None)
    if pronoun is None or source.dep != "pobj" or to.lower != "to" or tokens[to.head].lower != "according":
        return
    before = [t for t in tokens[: to.head] if t.kind == "place" or t.dep in {"dobj", "pobj"}]
    if before:
        tokens[i].head = before[-1].i


def name_described(tokens: Sequence[Token], i: int) -> int | None:
    """Return the name that a description ending in a place is of: "X, the gateway to Y, which they took"."""
    link = tokens[tokens[i].head]
    noun = tokens[link.head]
    name = tokens[noun.head]
    if tokens[i].dep != "pobj" or link.dep != "prep" or noun.dep != "appos":
        return None
    return name.i if noun.entity is None and name.kind in {"place", "name"} and name.i < noun.i else None


ASIDES = (
    Repair(_mend_of_event, deps="appos", kinds="None"),
    Repair(_mend_verdict, deps="ccomp oprd acomp xcomp", words=_PROCLAIMED),
    Repair(_mend_bastion, deps="compound nmod", words=_BASTIONS),
    Repair(_mend_behind_aside, deps="conj", kinds=NAMES),
    Repair(_mend_named, deps="appos npadvmod", kinds="place"),
    Repair(_mend_source, deps="relcl", tags="VBN"),
)
