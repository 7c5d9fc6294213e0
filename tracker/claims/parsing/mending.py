"""
What parsers get wrong as a rule, put right before anybody looks at the tree.

Each repair is one habit of small English models on reports of war: a participle behind
a comma taken for the simple past, a list hung on a date, a subject joined to the object before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tracker.claims.frames import Frames, load_frames
from tracker.claims.parsing.mending_asides import ASIDES
from tracker.claims.parsing.mending_clauses import CLAUSES
from tracker.claims.parsing.mending_dated import DATED
from tracker.claims.parsing.mending_heads import mend_second_verb, mend_taken_in, mend_verb
from tracker.claims.parsing.mending_joined import JOINED
from tracker.claims.parsing.mending_lists import LISTS, mend_subject
from tracker.claims.parsing.mending_nouns import NOUN_PHRASES
from tracker.claims.parsing.mending_order import ORDERS, STANDING_FOR
from tracker.claims.parsing.mending_participles import mend_participle
from tracker.claims.parsing.mending_relatives import RELATIVES
from tracker.claims.parsing.mending_subjects import DATED_SUBJECTS, LOST_SUBJECTS
from tracker.claims.parsing.mending_times import TIMES
from tracker.claims.parsing.mending_untold import mend_also, mend_untold
from tracker.claims.parsing.mending_verbs import mend_main_verb
from tracker.claims.parsing.repairs import NOUNS, Repair, Walk
from tracker.claims.parsing.tokens import Token

__all__ = ["mend"]

_HAVE = frozenset({"had", "has", "have", "having"})
_TIMES = frozenset({"days", "weeks", "hours", "months", "years", "minutes", "day", "week", "month", "year", "hour"})
_FINITE = "conj ROOT ccomp"
_YEAR = 4  # digits
_ALSO = frozenset({"did", "was", "were", "had"})
_RELATIVES = frozenset({"which", "that", "who", "whom", "whose", "where"})


def mend(tokens: Sequence[Token], frames: Frames) -> None:
    """Hang again, and tag again, what parsers get wrong as a rule."""
    first, second, third = _shipped() if frames is load_frames() else _walks(frames)
    mend_main_verb(tokens, frames)
    first(tokens)
    _mend_infinitives(tokens)
    second(tokens)
    third(tokens)


def _mend_noun(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a noun of what was taken for a verb: "X is the last rebel stronghold"."""
    noun, be = tokens[i], tokens[tokens[i].head]
    before = next((t for t in tokens[:i] if t.head == i and t.dep == "nsubj"), None)
    if (
        before is None
        or before.i != i - 1
        or be.i > i
        or noun.lower not in frames.noun_forms
        or noun.entity is not None
    ):
        return
    if noun.lower in frames.verb_forms or not any(t.head == before.i and t.dep == "det" for t in tokens[be.i : i]):
        return
    for token in tokens[be.i + 1 : before.i]:
        if token.head == before.i:
            token.head = i
    before.dep = "compound"
    noun.tag, noun.dep = "NN", "attr"
    for token in tokens[i + 1 :]:  # what is told beside it is told beside the whole
        if token.head == i and token.dep in {"cc", "conj"} and (token.dep == "cc" or token.tag.startswith("VB")):
            token.head = be.i


def _mend_fighting(tokens: Sequence[Token], i: int) -> None:
    """Give a verb who fights as its subject, not whom he fights: "troops battling rebels Monday captured X"."""
    rival = tokens[tokens[i].head]
    side = tokens[i - 1] if i else None
    if side is None or side.kind != "actor" or side.head != rival.i or side.dep not in {"compound", "nmod", "amod"}:
        return
    if rival.kind != "actor" or rival.i < i or rival.dep not in {"nsubj", "nsubjpass"}:
        return
    side.head, side.dep = rival.head, rival.dep
    for token in tokens[: side.i]:
        if token.head == rival.i:
            token.head = side.i
    tokens[i].head, tokens[i].dep = side.i, "acl"
    rival.head, rival.dep = i, "dobj"


def _mend_holding(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang who holds a place on the side right before it: "attacked the troops holding X"."""
    side = tokens[i - 1] if i else tokens[i]
    bases = {base for base, tag in frames.verb_forms.get(tokens[i].lower, ()) if tag == "VBG"}
    holds = any(frame.frame_id == "control" for base in bases for frame in frames.by_verb.get(base, ()))
    if holds and side.kind == "actor" and side.dep == "dobj" and side.head == tokens[i].head:
        tokens[i].head, tokens[i].dep = side.i, "acl"


def _mend_infinitives(tokens: Sequence[Token]) -> None:
    """Join an infinitive to the one before it: "operations to encircle and retake", "would move on, take X and cut"."""
    infinitive: int | None = None
    for token in tokens:
        begins = token.tag == "VB" and any(
            (t.lower == "to" and t.dep == "aux") or t.tag == "MD" for t in tokens[max(0, token.i - 3) : token.i]
        )
        if begins:
            infinitive = token.i
        elif infinitive is not None and token.dep in {"conj", "dep"} and token.head != infinitive:
            head = tokens[token.head]
            if token.head > infinitive and not head.tag.startswith("NN") and (head.tag, head.dep) != ("VBD", "conj"):
                continue
            misread = token.tag == "VBP" and head.tag == "VBD" and not _has_own_subject(tokens, token.i)
            if (token.tag == "VB" and head.tag != "VB") or misread:
                token.head, token.tag = infinitive, "VB"


def _has_own_subject(tokens: Sequence[Token], i: int) -> bool:
    return any(t.head == i and t.dep.startswith("nsubj") for t in tokens[:i])


def _mend_fronted(tokens: Sequence[Token], i: int) -> None:
    """
    Give a finite verb the side before it that a preposition took: "across the border Iraqi forces captured X".

    Without a comma the ground and the side are read as one phrase; the noun before the side is where
    it was, the side is who did it.
    """
    if tokens[i].tag == "VBN" and tokens[i - 1].lower not in _HAVE:
        return
    k = i - 1
    while k > 0 and (tokens[k].tag in {"RB", "MD"} or tokens[k].lower in {"has", "have", "had"}):
        k -= 1
    side, ground = tokens[k], tokens[k - 1]
    if k < 2 or side.kind != "actor" or side.dep != "pobj" or any(t.head == i and "subj" in t.dep for t in tokens):
        return
    link = tokens[side.head]
    first = link.i  # of "south of the river", "for eighty days in the summer"
    while tokens[first].head < first:
        first = tokens[first].head
    fronted = first == 0 or tokens[first - 1].dep in {"punct", "cc", "mark"}
    year = ground.dep == "nummod" and ground.text.isdigit() and len(ground.text) == _YEAR
    year |= ground.dep == "amod" and ground.lower[:1].isdigit() and link.lower in {"on", "by"}  # "on the 16th"
    if not fronted or ground.head != k or ground.kind == "actor" or link.i >= ground.i:
        return
    if not year and (ground.dep not in {"compound", "nmod", "amod"} or not ground.tag.startswith("NN")):
        return
    for token in tokens[link.i + 1 : k - 1]:
        if token.head == k:
            token.head = ground.i
    ground.head, ground.dep = link.i, "pobj"
    side.head, side.dep = i, "nsubj"


def _mend_dated_subject(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Give a verb the side that a date took in: "in August 2008 the rebels and allied clans overran X"."""
    date = tokens[i]
    k = i + 2 if i + 1 < len(tokens) and tokens[i + 1].tag == "DT" else i + 1
    side = tokens[k] if k < len(tokens) else date
    link = tokens[side.head if date.head == side.i else date.head]
    taken_in = date.head == side.i and side.dep == "pobj" and side.i == i + 1
    beside = side.head == date.i and side.dep == "appos" and k == i + 2  # "on 23 October the army, with guns, took"
    loose = date.dep == "pobj" and ((side.head == link.i and side.dep in {"dep", "pobj"}) or beside)
    if side.kind is None or not (taken_in or loose) or link.i > i or link.tag not in {"IN", "TO"}:
        return
    verb = tokens[link.head]
    if verb.dep == "pobj":  # "by the evening of 18 July X had fallen"
        verb = tokens[tokens[verb.head].head]
    alone = date.kind == "date" and (taken_in or beside) and verb.i > side.i
    if alone and not any(t.head == verb.i and "subj" in t.dep for t in tokens):  # "by 18 July X had fallen"
        date.head, date.dep = side.head, "pobj"
        passive = any(t.head == verb.i and t.dep == "auxpass" for t in tokens)
        side.head, side.dep = verb.i, "nsubjpass" if passive else "nsubj"
        return
    if side.kind != "actor":
        return
    second = next((t for t in tokens[side.i + 1 :] if t.dep in {"nsubj", "nsubjpass"}), None)
    if second is None or not _are_joined(tokens, side.i, second.i, frames):
        return
    date.head, date.dep = link.i, "pobj"
    side.head, side.dep = second.head, second.dep
    for token in tokens[side.i + 1 : second.i]:
        if token.dep == "cc":
            token.head = side.i
    for token in tokens[link.i + 1 : side.i]:
        if token.tag == "DT":
            token.head = side.i
    second.head, second.dep = side.i, "conj"


def _are_joined(tokens: Sequence[Token], first: int, second: int, frames: Frames) -> bool:
    """Tell whether nothing but "and", or a list that goes on, stands between two sides."""
    between = tokens[first + 1 : second]
    if not between or any(t.head != second and t.dep not in {"punct", "cc"} for t in between[1:]):
        return False
    if between[0].dep == "cc":
        return True
    goes_on = any(t.head == second and t.dep == "conj" for t in tokens[second + 1 :])  # "the army, police and militias"
    says = {base for base, _ in frames.verb_forms.get(tokens[tokens[second].head].lower, ())} & frames.scope.speech
    return between[0].text == "," and tokens[second].kind == "actor" and goes_on and not says


def _mend_state(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Give "have X surrounded" its side and its place: the parser makes X the subject."""
    place = tokens[i - 1] if i else None
    if place is None or place.head != i or place.dep != "nsubj":
        return
    have = next((t for t in tokens[:i] if t.head == i and t.dep == "aux" and t.lower in _HAVE), None)
    if have is None or have.i != i - 2 or (place.kind not in {"place", "name"} and place.lower != "it"):
        return
    bases = {base for base, _ in frames.verb_forms[tokens[i].lower]}
    if not any(frame.frame_id == "besiege" for base in bases for frame in frames.by_verb.get(base, ())):
        return
    place.dep = "dobj"
    side = tokens[have.i - 1] if have.i else have
    if (side.kind == "actor" or side.lower in _RELATIVES) and not any(t.head == i and t.dep == "nsubj" for t in tokens):
        side.head, side.dep = i, "nsubj"


def _mend_object(tokens: Sequence[Token], i: int) -> None:
    """Give a preposition or a verb its object back from a time: "taken by them days later", "left X days ago"."""
    noun, time = tokens[i], tokens[i].head
    if tokens[time].lower not in _TIMES:
        return
    first = i
    while (
        first and tokens[first - 1].head in {i, time} and tokens[first - 1].dep in {"det", "amod", "compound", "poss"}
    ):
        first -= 1
    before = tokens[first - 1] if first else None
    if before is not None and before.tag in {"IN", "TO"} and not any(t.head == before.i for t in tokens):
        for token in tokens[first:i]:
            token.head = i
        noun.head, noun.dep = before.i, "pobj"
        return
    verb = next((t for t in reversed(tokens[:i]) if t.tag.startswith("VB")), None)
    if noun.kind == "place" and verb is not None and not any(t.head == verb.i and t.dep == "dobj" for t in tokens):
        noun.head, noun.dep = verb.i, "dobj"


_FIRST = (
    Repair(mend_verb, deps="amod compound"),
    Repair(_mend_object, deps="compound", tags=NOUNS),
    Repair(mend_taken_in, deps="amod"),
    Repair(mend_participle, kinds="None", words=lambda frames: frames.participles),
    Repair(_mend_noun, deps="ccomp", tags="VB"),
    Repair(_mend_fighting, deps="amod", tags="VBG"),
    *RELATIVES,
    Repair(mend_second_verb, deps="amod", tags="VBN VBD", kinds="None"),
    Repair(_mend_holding, deps="advcl", tags="VBG"),
    *NOUN_PHRASES,
    *DATED,
)
_SECOND = (
    Repair(mend_subject, deps=_FINITE, tags="VBD VBZ VBP"),
    Repair(_mend_fronted, deps=_FINITE, tags="VBD VBZ VBP VBN"),
    *LOST_SUBJECTS,
    Repair(mend_untold, kinds="place"),
    Repair(mend_also, words=_ALSO),
    *ORDERS,
    *LISTS,
    *STANDING_FOR,
    *CLAUSES,
    *ASIDES,
    *TIMES,
)
_THIRD = (
    Repair(_mend_dated_subject, deps="compound nmod pobj", kinds="date name place"),
    Repair(_mend_state, tags="VBN VBD", words=lambda frames: frames.verb_forms.keys()),
    *DATED_SUBJECTS,
    *JOINED,
)


def _walks(frames: Frames) -> tuple[Walk, Walk, Walk]:
    return Walk(_FIRST, frames), Walk(_SECOND, frames), Walk(_THIRD, frames)


@cache
def _shipped() -> tuple[Walk, Walk, Walk]:
    return _walks(load_frames())
