"""
Subjects that parsers lose: taken in by a gerund, a deal or a date before them, or told of only as a rest.

Called by `mending` for one token at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.repairs import Repair
from tracker.claims.parsing.tokens import Token

__all__ = ["DATED_SUBJECTS", "LOST_SUBJECTS"]

_TIMES = frozenset({"days", "weeks", "hours", "months", "years", "minutes", "day", "week", "month", "year", "hour"})
_PHRASE = 6  # tokens of a name: "Ministry of Defence", "Observatory for Human Rights"
_OF = frozenset({"of", "for", "in", "and"})
_LEFT = frozenset({"remained", "remains", "left", "survived"})


def _mend_taken_side(tokens: Sequence[Token], i: int) -> None:
    """Give a verb the side right before it, which a gerund or a name took: "after days of shelling the army left"."""
    k = i - 1
    while k > 0 and (tokens[k].tag in {"RB", "MD"} or tokens[k].lower in {"has", "have", "had"}):
        k -= 1
    side = tokens[k]
    if k < 2 or side.kind != "actor" or any(t.head == i and "subj" in t.dep for t in tokens):
        return
    told = tokens[side.head]
    if side.dep == "dobj" and told.tag == "VBG" and told.dep == "pcomp" and told.i < k:
        side.head, side.dep = i, "nsubj"
    elif side.dep == "appos":
        _mend_joined_side(tokens, i, k)
    elif side.dep == "conj":
        _mend_joined_sides(tokens, i, k)


def _mend_joined_side(tokens: Sequence[Token], i: int, side: int) -> None:
    """Give a finite verb the side that was joined to the name before it: "by a deal with Morland the army withdrew"."""
    name = tokens[tokens[side].head]
    between = tokens[name.i + 1 : side]
    if name.dep == "pobj" and name.i < side and between and all(t.tag == "DT" and t.head == side for t in between):
        tokens[side].head, tokens[side].dep = i, "nsubj"


def _mend_joined_sides(tokens: Sequence[Token], i: int, side: int) -> None:
    """Give a verb the sides that were joined to a place behind a gerund: "after taking X, A and B troops entered Y"."""
    first = tokens[side]
    while first.dep == "conj" and tokens[first.head].kind == "actor":
        first = tokens[first.head]
    place = tokens[first.head]
    gerund = next((t for t in (tokens[place.head], tokens[tokens[place.head].head]) if t.tag == "VBG"), None)
    fronted = gerund is not None and gerund.dep in {"pcomp", "advcl"} and gerund.i < place.i < first.i
    if first.dep == "conj" and place.kind == "place" and fronted and tokens[first.i - 1].text == ",":
        first.head, first.dep = i, "nsubj"


def _mend_second_object(tokens: Sequence[Token], i: int) -> None:
    """Give a verb the side behind a date, of which both were read as a time: "on 3 May rebels posed in X"."""
    date = tokens[i]
    side = next((t for t in tokens[i + 1 : i + 3] if t.kind in {"actor", "place"}), None)
    if side is None or side.dep != "pobj" or side.head != date.head:
        return
    verb = next((t for t in tokens[side.i + 1 : side.i + 3] if t.head == side.i and t.dep == "acl"), None)
    if verb is None or verb.tag not in {"VBN", "VBD"}:
        return
    link = tokens[date.head]
    verb.tag, verb.dep, verb.head = "VBD", "ccomp", link.head
    link.head = verb.i
    side.head, side.dep = verb.i, "nsubj"


def _mend_remains(tokens: Sequence[Token], i: int) -> None:
    """Give a verb the side of which only a rest is told of: "what was left of the army withdrew"."""
    clause = tokens[i]
    what = next((t for t in tokens[:i] if t.head == i and t.lower == "what"), None)
    of = next((t for t in tokens[i + 1 : i + 3] if t.head == i and t.lower == "of"), None)
    side = next(
        (t for t in tokens[i + 1 : clause.head] if of is not None and t.head == of.i and t.kind == "actor"), None
    )
    if what is None or side is None or clause.head < side.i:
        return
    side.head, side.dep = clause.head, "nsubj"
    clause.head, clause.dep = side.i, "relcl"


def _mend_first_of_two(tokens: Sequence[Token], i: int) -> None:
    """Give a verb the side before it, which a second clause took: "the rebels left in May, and the army returned"."""
    first, verb = tokens[tokens[i].head], tokens[tokens[tokens[i].head].head]
    if first.dep != "nsubj":
        return
    second = next((t for t in tokens[i + 1 : verb.i] if t.head == verb.i and t.dep == "nsubj"), None)
    between = tokens[i + 1 : second.i] if second is not None else []
    links = [t for t in between if t.dep == "cc" and t.head in {i, first.i}]
    if first.kind == "actor" and first.i < i < verb.i and verb.tag in {"VBD", "VBZ", "VBP"} and links:
        tokens[i].head, tokens[i].dep = (i, "ROOT") if verb.dep == "ROOT" else (verb.head, verb.dep)
        verb.head, verb.dep = i, "conj"
        first.head = i


def _mend_day_after(tokens: Sequence[Token], i: int) -> None:
    """Give a verb the side before it as its subject, not the time: "a day after the assault, the army entered X"."""
    verb = tokens[i].head
    if verb < i or any(t.head == verb and t.dep in {"nsubj", "nsubjpass"} and t.i != i for t in tokens):
        return
    if not any(t.head == i and t.lower in {"after", "before", "later"} for t in tokens[i + 1 : verb]):
        return
    side = next((t for t in tokens[i + 1 : verb] if t.kind == "actor" and tokens[t.i - 1].text == ","), None)
    side = side or next((t for t in tokens[i + 2 : verb] if t.kind == "actor" and tokens[t.i - 2].text == ","), None)
    if side is not None:
        tokens[i].dep = "npadvmod"
        side.head, side.dep = verb, "nsubj"


def _mend_named_seat(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Give a verb the first of two names: "X, 40 km north of the provincial capital Y has been under the army"."""
    noun, verb = tokens[i - 1], tokens[tokens[i].head]
    if i < 3 or noun.dep != "pobj" or frames.singular(noun.lower) not in frames.nouns.settlement or verb.i < i:
        return
    first = next((t for t in tokens[: noun.i] if t.dep in {"nsubj", "nsubjpass"} and t.head == verb.i), None)
    if first is None and verb.dep == "relcl" and verb.head == noun.i:
        first = next((t for t in tokens[: noun.i] if t.dep == "ROOT" and t.kind in {"place", "name"}), None)
        if first is not None:
            first.head, first.dep = verb.i, tokens[i].dep
            verb.head, verb.dep = verb.i, "ROOT"
    if first is not None:
        tokens[i].head, tokens[i].dep = noun.i, "appos"


def _mend_trailing(tokens: Sequence[Token], i: int) -> None:
    """Give a last participle the subject right before it: "X stayed loyal, while Y rose up, emerging from a siege"."""
    above = tokens[i].head
    if tokens[i - 1].text != "," or above > i:
        return
    clauses = [t for t in tokens[above + 1 : i] if t.head == above and t.dep in {"advcl", "conj"}]
    for clause in reversed(clauses):
        marks = {t.lower for t in tokens[above:i] if t.head == clause.i and t.dep in {"mark", "advmod"}}
        if marks & {"while", "whereas"} and any(t.head == clause.i and t.dep == "nsubj" for t in tokens):
            tokens[i].head = clause.i
            return


def _mend_speaker(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a speaker of who was joined to the last name before: "rebels took X, Morland's Ministry of Defence said"."""
    first = min([i, *(t.i for t in tokens[:i] if t.head == i and t.dep in {"poss", "det", "compound", "amod"})])
    if first < 2 or tokens[first - 1].text != "," or tokens[i].head >= first:
        return
    verb = next((t for t in tokens[i + 1 : i + _PHRASE] if t.tag == "VBD"), None)
    if verb is None or any(t.head == verb.i and "subj" in t.dep for t in tokens):
        return
    says = {base for base, _ in frames.verb_forms.get(verb.lower, ())} & frames.scope.speech
    told = any(t.head == verb.i and t.dep == "ccomp" for t in tokens[:first])
    if says and told and all(t.tag.startswith("NN") or t.lower in _OF for t in tokens[i + 1 : verb.i]):
        tokens[i].head, tokens[i].dep = verb.i, "nsubj"


LOST_SUBJECTS = (
    Repair(_mend_speaker, deps="conj appos", tags="NN NNP NNPS"),
    Repair(_mend_trailing, deps="advcl", tags="VBG"),
    Repair(_mend_named_seat, deps="nsubj nsubjpass", kinds="place"),
    Repair(_mend_taken_side, deps="conj ROOT ccomp", tags="VBD VBZ VBP"),
    Repair(_mend_day_after, deps="nsubj npadvmod", words=_TIMES),
    Repair(_mend_first_of_two, deps="acl", tags="VBD"),
    Repair(_mend_remains, deps="csubj", words=_LEFT),
)
DATED_SUBJECTS = (Repair(_mend_second_object, deps="pobj", kinds="date"),)  # once lists are whole
