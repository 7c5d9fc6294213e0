"""What is joined to what was taken before it: "took X, followed by part of the Y road", "half of X and areas of Y"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.tokens import Token

__all__ = [
    "join_part",
    "mend_adjective_verb",
    "mend_both",
    "mend_kinds",
    "mend_kinds_named",
    "mend_next_town",
    "mend_noun_verb",
    "mend_parts_joined",
    "mend_rest",
    "mend_share_joined",
]


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


def mend_next_town(tokens: Sequence[Token], i: int) -> None:
    """Join "X, the nearby town of Y and Z" as a list: a town that has a name of its own is no other name of X."""
    of = next((t for t in tokens[i + 1 : i + 2] if t.head == i and t.lower == "of"), None)
    name = next((t for t in tokens[i + 1 : i + 4] if of is not None and t.head == of.i and t.kind == "place"), None)
    if name is None or tokens[tokens[i].head].kind not in {"place", "name"} or tokens[i].head > i:
        return
    listed = next((t for t in tokens[name.i + 1 :] if t.head in {i, name.i} and t.dep == "conj"), None)
    if listed is not None:
        tokens[i].dep, listed.head = "conj", i


def mend_kinds(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Join "the city of X, the village of Y" as a list: Y is no other name of X."""
    if not any(t.head == i and t.lower == "of" for t in tokens[i + 1 : i + 3]):
        return
    above = tokens[tokens[i].head]
    if above.dep == "pobj" and above.kind in {"place", "name"} and tokens[above.head].lower == "of":
        above = tokens[tokens[above.head].head]
    of = any(t.head == above.i and t.lower == "of" for t in tokens[above.i + 1 : above.i + 3])
    if of and above.i < i and frames.singular(above.lower) in frames.nouns.settlement:
        tokens[i].head, tokens[i].dep = above.i, "conj"


def mend_kinds_named(tokens: Sequence[Token], i: int) -> None:
    """Join "the X and Y villages in the north, Z village in the south" as a list: each noun has a name of its own."""
    above = tokens[i].head
    named = {t.head for t in tokens if t.kind in {"place", "name"} and t.dep in {"compound", "nmod"} and t.i < t.head}
    if above < i and {i, above} <= named:
        tokens[i].dep = "conj"


def mend_both(tokens: Sequence[Token], i: int) -> None:
    """Give a verb "both" for its object, where a time follows: "attacked X and Y, capturing both within a week"."""
    verb = tokens[i - 1]
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    bare = i > 0 and verb.tag.startswith("VB") and not any(t.head == verb.i and t.dep == "dobj" for t in tokens)
    if bare and behind is not None and behind.tag in {"IN", ".", ",", "NNP", "TO"} and behind.kind != "place":
        tokens[i].head, tokens[i].dep = verb.i, "dobj"


def mend_share_joined(tokens: Sequence[Token], i: int) -> None:
    """Join a share that was hung on a side to what that has: "with them in control of X and much of Y"."""
    of = i + 1 < len(tokens) and tokens[i + 1].lower == "of"
    before = i - 2 - (tokens[i - 2].text == ",")
    if not of or before < 1 or tokens[i - 1].lower != "and" or tokens[i].head > before:
        return
    name, above = tokens[before], tokens[tokens[i].head]
    link = tokens[name.head]
    held = tokens[link.head].lower in {"control", "charge", "possession"} and link.lower in {"of", "over"}
    if name.dep == "pobj" and held and (above.kind == "actor" or above.tag.startswith("VB")):
        tokens[i].head = name.i


def mend_rest(tokens: Sequence[Token], i: int) -> None:
    """Join the rest of a list to its object: "took ten villages, including X, and the centre of Y"."""
    verb = tokens[i].head
    if (
        verb > i
        or not tokens[verb].tag.startswith("VB")
        or not any(t.head == i and t.lower == "of" for t in tokens[i:])
    ):
        return
    target = next((t for t in tokens[verb + 1 : i] if t.head == verb and t.dep == "dobj"), None)
    if target is not None and any(t.head == target.i and t.lower in {"including", "like"} for t in tokens[:i]):
        tokens[i].head = target.i
