"""What is joined to what was taken before it: "took X, followed by part of the Y road", "half of X and areas of Y"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.tokens import Token

__all__ = ["join_part", "mend_adjective_verb", "mend_noun_verb", "mend_parts_joined"]


_STEPS = 12  # heads climbed at most


def join_part(tokens: Sequence[Token], i: int, target: Token | None, name: Token, frames: Frames) -> bool:
    """
    Join what follows "followed by" to what was taken, where a noun governs its name; tell whether one does.

    Parameters
    ----------
    i
        Index of "followed".
    target
        What was taken.
    name
        The name behind it.
    """
    nouns = frames.nouns
    by = i + 1
    lead = next((t for t in tokens[by + 1 : name.i + 2] if t.dep == "pobj" and t.head == by), None)
    if lead is None or lead is name or target is None:
        return False
    noun = frames.singular(lead.lower)
    part = noun in nouns.part or noun in nouns.share or noun in nouns.plain
    bears = name.head == lead.i and name.dep in {"compound", "nmod"} and noun in nouns.facility
    if not (part or bears):
        return False
    lead.head, lead.dep = target.i, "conj"
    for token in tokens[lead.i + 1 :]:
        if token.head == i and token.dep in {"prep", "advmod", "npadvmod"}:
            token.head = lead.i
    return True


def mend_noun_verb(tokens: Sequence[Token], i: int) -> None:
    """Make a verb of a noun that has an object and is joined to one: "to recapture them and push A out of X"."""
    verb = tokens[tokens[i].head]
    bare = verb.tag == "VB" and verb.i < i and tokens[i - 1].lower == "and"
    if bare and any(t.head == i and t.dep == "dobj" and t.i > i for t in tokens[i + 1 :]):
        tokens[i].tag = "VB"


def mend_adjective_verb(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a verb of what was taken for an adjective though it has a subject: "they advanced towards X and reached"."""
    past = any(tag == "VBD" for _, tag in frames.verb_forms.get(tokens[i].lower, ()))
    own = [t for t in tokens if t.head == i and t.i != i]
    if past and any(t.dep == "nsubj" and t.i < i for t in own) and not any(t.dep in {"cop", "aux"} for t in own):
        tokens[i].tag = "VBD"


def mend_parts_joined(tokens: Sequence[Token], i: int) -> None:
    """Join a part that was hung on the verb to the part before it: "took control of half of X and areas of Y"."""
    verb = tokens[tokens[i].head]
    and_ = tokens[i - 1] if i else None
    if (
        and_ is None
        or and_.lower != "and"
        or not verb.tag.startswith("VB")
        or tokens[i - 2].kind not in {"place", "name"}
    ):
        return
    if not any(t.head == i and t.lower == "of" for t in tokens[i + 1 : i + 2]):
        return
    steps, k = 0, i - 2
    while tokens[k].head != verb.i and tokens[k].head != k and steps < _STEPS:
        below, k, steps = k, tokens[k].head, steps + 1
        if tokens[k].dep == "prep" and tokens[tokens[k].head].head == verb.i and tokens[k].lower in {"of", "over"}:
            tokens[i].head, tokens[i].dep = below, "conj"
            return
