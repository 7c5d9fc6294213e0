"""Parts and things that bear a name, joined to what was taken before them: "took X, followed by part of the Y road"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.tokens import Token

__all__ = ["join_part"]


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
