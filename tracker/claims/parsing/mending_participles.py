"""
Participles that parsers take for the simple past or for adjectives: "was overrun", "declared X liberated".

Called by `mending` for one token at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.mending_heads import mend_lasting
from tracker.claims.parsing.tokens import Token
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["mend_participle"]

_HAVE = frozenset({"had", "has", "have", "having"})
_PROCLAIMING = words("mending", "proclaiming")
_THINKING = words("mending", "thinking")
_DONE_TO = frozenset({Kind.GAINS, Kind.BESIEGES})
_LASTING = frozenset({"on", "onto", "out"})  # behind "held"
_HAPPENED = frozenset({"ensued", "flared", "raged", "erupted"})  # nothing is done to anything


def mend_participle(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Tell participles from the simple past, and hang them on the name that they follow."""
    token = tokens[i]
    forms = {tag for _, tag in frames.verb_forms[token.lower]}
    kids = [t for t in tokens if t.head == i and t.i != i]
    deps = {t.dep for t in kids}
    subject = "nsubj" in deps or "nsubjpass" in deps
    if not token.tag.startswith("VB") and (
        "auxpass" in deps or ("aux" in deps and any(t.dep == "aux" and t.lower in _HAVE for t in kids))
    ):
        token.tag = "VBN"  # "was overrun", "had overrun"
    if token.dep in {"compound", "amod"} and i and tokens[i - 1].lower in _HAVE:
        _mend_perfect(tokens, i)
    if token.tag == "JJ" and token.dep == "advcl":
        token.tag = "VBN"  # "X, encircled since May, was shelled"
    if token.tag not in {"VBD", "VBN"}:
        return
    if token.lower in _HAPPENED and token.dep == "acl" and tokens[token.head].dep in {"ROOT", "conj"} and not subject:
        _mend_happening(tokens, i)
    agent = any(t.dep in {"agent", "prep"} and t.lower == "by" for t in kids)
    if (
        not subject
        and (agent or "VBD" not in forms or (token.dep == "acl" and tokens[i - 1].text == ","))
        and not any(t.dep == "dobj" for t in kids)
    ):
        token.tag = "VBN"
    if token.tag == "VBD" and token.dep == "conj" and not any("subj" in t.dep or t.dep == "dobj" for t in kids):
        _mend_shared_passive(tokens, i, frames)
    if token.dep == "conj" and subject and agent:
        _mend_second_passive(tokens, i, kids)
    if token.dep == "ccomp" and subject and _in_state(tokens, i, frames) and _only_subject(kids):
        token.tag = "VBN"  # "declared X liberated", "have the town of X surrounded"
        kids[0].dep = "nsubjpass"
    if token.dep == "advcl" and token.tag == "VBD" and subject and kids[0].lower == "with":
        token.tag = "VBN"  # "with X surrounded, they …"
    if token.tag == "VBN" and token.dep == "xcomp" and not subject:
        _mend_reported(tokens, i)
    if token.tag == "VBN" and token.dep == "advcl" and not subject:
        _mend_reduced(tokens, i, frames)
        _mend_beside(tokens, i, frames, agent=agent)
    if token.dep == "acl" and i + 1 < len(tokens) and tokens[i + 1].lower in _LASTING and not agent:
        mend_lasting(tokens, i)


def _mend_happening(tokens: Sequence[Token], i: int) -> None:
    """Make the verb of a sentence of what the parser hung on its subject: "A tank battle ensued at the station"."""
    verb, noun = tokens[i], tokens[tokens[i].head]
    above = tokens[noun.head]
    if noun.dep == "conj" and not above.tag.startswith("VB"):
        return
    for token in tokens:
        if token.head == noun.i and token.i > i:
            token.head = i
    verb.tag, verb.head, verb.dep = "VBD", i if noun.dep == "ROOT" else above.i, noun.dep
    noun.head, noun.dep = i, "nsubj"


def _mend_shared_passive(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a participle of what shares the auxiliary of a passive: "X was entered in May and secured a day later"."""
    above = tokens[i].head
    subjects = [t for t in tokens[:i] if t.head == above and t.dep == "nsubjpass"]
    if not any(t.kind == "place" for t in subjects) or any(t.head == above and t.dep == "dobj" for t in tokens):
        return
    bases = {base for base, _ in frames.verb_forms.get(tokens[i].lower, ())}
    known = [frame for base in bases for frame in frames.by_verb.get(base, ()) if frame.shape == "verb"]
    if any(frame.kind in _DONE_TO and frame.place[0].start == "object" for frame in known):
        tokens[i].tag = "VBN"


def _mend_second_passive(tokens: Sequence[Token], i: int, kids: Sequence[Token]) -> None:
    """Make a passive of what is done to a second subject: "they were driven out and X retaken by the army"."""
    subject = next(t for t in kids if t.dep in {"nsubj", "nsubjpass"})
    by = {t.i for t in kids if t.lower == "by"}
    doer = any(t.head in by and t.kind == "actor" for t in tokens)
    if subject.kind in {"place", "name"} and doer and not any(t.dep in {"dobj", "aux", "auxpass"} for t in kids):
        tokens[i].tag, subject.dep = "VBN", "nsubjpass"


def _in_state(tokens: Sequence[Token], i: int, frames: Frames) -> bool:
    """Tell whether a clause only tells in which state something is said, thought or left to be."""
    above = tokens[tokens[i].head].lower
    return above in _PROCLAIMING | _HAVE or (above in _THINKING and _is_siege(tokens[i], frames))


def _is_siege(token: Token, frames: Frames) -> bool:
    """Tell whether a participle tells of a siege or a fight for a place: "thought X still contested"."""
    bases = {base for base, _ in frames.verb_forms.get(token.lower, ())}
    known = [frame for base in bases for frame in frames.by_verb.get(base, ()) if frame.shape == "verb"]
    return any(frame.kind in {Kind.BESIEGES, Kind.CONTESTS} and frame.place[0].start == "object" for frame in known)


def _only_subject(kids: Sequence[Token]) -> bool:
    """Tell whether a verb has only a subject and when: "declared it liberated on Monday"."""
    return kids[0].dep == "nsubj" and all(kid.dep in {"prep", "npadvmod", "punct", "advmod"} for kid in kids[1:])


def _mend_perfect(tokens: Sequence[Token], i: int) -> None:
    """Make a participle the verb where its object was taken for a compound: "had overrun X"."""
    have, verb, noun = tokens[i - 1], tokens[i], tokens[tokens[i].head]
    if noun.i < i or noun.head != have.i or noun.dep != "dobj":
        return
    root = have.head == have.i
    for token in tokens:
        if token.head == have.i and token.i != have.i:
            token.head = i
    verb.tag = "VBN"
    verb.head, verb.dep = (i, "ROOT") if root else (have.head, have.dep)
    have.head, have.dep = i, "aux"


def _mend_reported(tokens: Sequence[Token], i: int) -> None:
    """Give the subject to what is reported of it: "X was reported captured"."""
    above = tokens[i].head
    between = {t.lower for t in tokens[above + 1 : i]}
    if "to" in between or not any(t.head == above and t.dep == "auxpass" for t in tokens):
        return
    for token in tokens[:above]:
        if token.head == above and token.dep == "nsubjpass":
            token.head = i


def _mend_reduced(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang "X, recently retaken from the rebels," on X, and "parts of X district, once held by them," on those."""
    k = i - 1
    while k > 0 and tokens[k].tag == "RB":
        k -= 1
    if k < 2 or tokens[k].text != ",":
        return
    before = tokens[k - 1]
    kinds = frames.nouns.settlement | frames.nouns.quarter
    called = frames.singular(before.lower) in kinds and tokens[k - 2].kind == "place" and tokens[k - 2].head == before.i
    if before.kind in {"place", "name"} or called:
        tokens[i].head, tokens[i].dep = before.i, "acl"


def _mend_beside(tokens: Sequence[Token], i: int, frames: Frames, *, agent: bool) -> None:
    """Hang a participle on the names right before it: "the towns of X and Y besieged by the rebels"."""
    if not agent or not i or tokens[i - 1].kind not in {"place", "name"}:
        return
    name = tokens[i - 1]
    while name.dep == "conj" and tokens[name.head].kind in {"place", "name"}:
        name = tokens[name.head]
    kind = tokens[tokens[name.head].head]
    told = (
        name.dep == "pobj"
        and tokens[name.head].lower == "of"
        and frames.singular(kind.lower) in frames.nouns.settlement
    )
    tokens[i].head, tokens[i].dep = (kind.i if told else name.i), "acl"
