"""
Sentences in another order than the usual: "captured by the rebels were X and Y", "it was X that fell".

Called by `mending` for one token at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.mending_lists import object_above
from tracker.claims.parsing.repairs import NAMES, Repair
from tracker.claims.parsing.tokens import Token

__all__ = ["ORDERS", "STANDING_FOR"]

_BE = frozenset({"is", "are", "was", "were", "be", "been"})
_HAVE = frozenset({"has", "have", "had"})
_FELL = frozenset({"fell", "fallen", "fall"})
_PRONOUNS = frozenset({"that", "which"})
_LATER = frozenset({"later", "after", "earlier"})
_THEN = frozenset({"then", "next", "finally", "lastly", "later", "afterwards"})
_PARTING = frozenset({",", ";", "and"})
_ENDS = frozenset({".", ",", ";", "and", "on", "in"})
_SIDES = frozenset(
    {"north", "south", "east", "west", "north-east", "north-west", "south-east", "south-west", "centre", "center"}
)
_NAMED = frozenset(NAMES.split())
_LONGEST_TIME = 5  # tokens of "some two and a half weeks later"


def _mend_passive(tokens: Sequence[Token], i: int) -> None:
    """Make a subject of what stands behind the verb: "also captured by the rebels were X and Y"."""
    be = tokens[tokens[i].head]
    verb = tokens[be.head]
    if be.lower not in _BE or not verb.i < be.i < i or any(t.head == verb.i and "subj" in t.dep for t in tokens):
        return
    if be.dep == "auxpass" and verb.tag == "VBN":
        tokens[i].head, tokens[i].dep = verb.i, "nsubjpass"
    elif be.dep == "aux" and verb.lower in _FELL:  # "first to fall to the rebels was X"
        tokens[i].head, tokens[i].dep = verb.i, "nsubj"


def _mend_fallen(tokens: Sequence[Token], i: int) -> None:
    """Make a subject of what falls behind its verb: "to the rebels fell X and Y"."""
    verb = tokens[tokens[i].head]
    if verb.lower in _FELL and verb.i < i and not any(t.head == verb.i and "subj" in t.dep for t in tokens):
        tokens[i].dep = "nsubj"


def _mend_inverted(tokens: Sequence[Token], i: int) -> None:
    """Make a subject of what stands behind a passive: "on 3 August was liberated X"."""
    verb = tokens[i].head
    own = tokens[verb].dep != "conj" and tokens[i].kind != "date"
    passive = verb < i and own and any(t.head == verb and t.dep == "auxpass" for t in tokens[:verb])
    if passive and not any(t.head == verb and "subj" in t.dep for t in tokens):
        tokens[i].dep = "nsubjpass"


def _mend_cleft(tokens: Sequence[Token], i: int) -> None:
    """Hang what is told of a name that is singled out on it: "it was X that fell", "it was there that X was taken"."""
    be = tokens[tokens[i].head]
    if be.lower not in _BE or be.i > i:
        return
    it = any(t.head == be.i and t.dep == "nsubj" and t.lower == "it" for t in tokens[: be.i])
    name = next((t for t in tokens[be.i + 1 : i] if t.head == be.i and t.dep == "attr"), None)
    pronoun = next((t for t in tokens[be.i + 1 : i] if t.head == i and t.lower in _PRONOUNS), None)
    if it and name is not None and pronoun is not None and pronoun.i == name.i + 1 and name.kind:
        tokens[i].head, tokens[i].dep = name.i, "relcl"
        if not any(t.head == i and "subj" in t.dep for t in tokens if t is not pronoun):
            pronoun.dep = "nsubjpass" if any(t.head == i and t.dep == "auxpass" for t in tokens) else "nsubj"
            pronoun.tag = "WDT"


def _mend_parted(tokens: Sequence[Token], i: int) -> None:
    """Make an object of the name behind a verb far from its auxiliary: "has, for the third time, taken X"."""
    verb = tokens[tokens[i].head]
    have = next((t for t in tokens[: verb.i] if t.head == verb.i and t.dep == "aux" and t.lower in _HAVE), None)
    side = next((t for t in tokens[: have.i] if t.head == have.i and t.dep == "nsubj"), None) if have else None
    if verb.i < i and side is not None and not any(t.head == verb.i and t.dep == "dobj" for t in tokens):
        tokens[i].dep, verb.tag = "dobj", "VBN"
        side.head = verb.i


def _mend_later(tokens: Sequence[Token], i: int) -> None:
    """Join "took X, and a week later Y": what stands between is Y's time."""
    if i < _LONGEST_TIME - 1 or tokens[i - 1].lower not in _LATER:
        return
    first = next((k for k in range(i - 2, max(i - 2 - _LONGEST_TIME, 0), -1) if tokens[k].lower in _PARTING), None)
    if first is None or not tokens[i].head < first:
        return
    target = object_above(tokens, tokens[i].head, first)
    if target is None or target.kind not in _NAMED:
        return
    for t in tokens[first + 1 : i]:
        if not first < t.head < i:
            t.head, t.dep = i, "npadvmod"
    tokens[i].head, tokens[i].dep = target.i, "conj"


def _mend_then(tokens: Sequence[Token], i: int) -> None:
    """Join "X fell to the rebels, then Y": with nothing told of Y it shares what was told of X."""
    behind = tokens[i + 1].lower if i + 1 < len(tokens) else "."
    if i < _LONGEST_TIME - 1 or tokens[i - 1].lower not in _THEN or tokens[i - 2].lower not in _PARTING:
        return
    target = object_above(tokens, tokens[i].head, i - 1) if behind in _ENDS and tokens[i].head < i else None
    if target is not None and target.kind in _NAMED and target.i != i:
        tokens[i].head, tokens[i].dep = target.i, "conj"
        tokens[i - 1].head, tokens[i - 1].dep = i, "advmod"


def _mend_there(tokens: Sequence[Token], i: int) -> None:
    """Part a side of the compass from the name behind it: "in the north they took X, in the south Y"."""
    side = tokens[i - 1] if i > _LONGEST_TIME else tokens[i]
    if side.lower not in _SIDES or tokens[i - 2].lower != "the" or tokens[i].head != i - 3:
        return
    link = tokens[i - 3]
    behind = tokens[i + 1].lower if i + 1 < len(tokens) else "."
    if link.lower != "in" or tokens[i - 4].lower not in _PARTING or behind not in _ENDS:
        return
    target = object_above(tokens, link.head, i - 4)
    if target is None or target.kind not in _NAMED:
        return
    tokens[i - 2].head = side.i
    side.head, side.dep, side.tag = link.i, "pobj", "NN"
    tokens[i].head, tokens[i].dep = target.i, "conj"
    link.head = i


def _mend_that_of(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Join "the capture of X was followed by that of Y", "the fall of X and that of Y": the noun stands for both."""
    of = next((t for t in tokens[i + 1 : i + 2] if t.lower == "of" and t.head == i), None)
    name = next((t for t in tokens[i + 2 : i + _LONGEST_TIME] if of is not None and t.head == of.i), None)
    if name is None or name.kind not in _NAMED:
        return
    for t in reversed(tokens[:i]):
        link = tokens[t.head]
        known = frames.by_noun.get(frames.singular(tokens[link.head].lower), ()) if link.lower == "of" else ()
        if t.dep == "pobj" and t.kind in _NAMED and any(f.frame_id == "the-capture-of" for f in known):
            name.head, name.dep = t.i, "conj"
            return


ORDERS = (
    Repair(_mend_parted, deps="nsubj", kinds=NAMES),
    Repair(_mend_passive, deps="attr"),
    Repair(_mend_fallen, deps="dobj", kinds=NAMES),
    Repair(_mend_inverted, deps="dobj"),
    Repair(_mend_cleft, deps="ccomp", tags="VBD VBN VBZ VBP"),
    Repair(_mend_later, deps="npadvmod dep appos", kinds=NAMES),
    Repair(_mend_then, deps="npadvmod dep appos", kinds=NAMES),
    Repair(_mend_there, deps="pobj", kinds=NAMES),
)
STANDING_FOR = (Repair(_mend_that_of, words=frozenset({"that"})),)  # once "followed by" has been looked at
