"""
Relative clauses hung on the wrong noun by where they stand: behind a distance, a bracket, or who says so.

Called by `mending` for one token at a time. Those of which what they tell gives away the noun
are in `mending_clauses`.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.mending_asides import name_described
from tracker.claims.parsing.repairs import Repair
from tracker.claims.parsing.tokens import Token

__all__ = ["RELATIVES"]

_HELPED = frozenset({"backed", "supported", "aided", "assisted", "helped", "allied", "armed", "funded"})
_CLIMBED = 7  # words: "backed by troops loyal to the general, who"
_MEASURES = frozenset({"km", "kilometres", "kilometers", "miles", "mile", "metres", "meters", "hours", "kms"})
_MARKS = frozenset({"after", "before", "until", "since", "as"})
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_ASIDE = 9  # tokens: "about five kilometres to the east of"
_WAYS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
_AREAS = frozenset({"area", "district", "place"})
_WITHIN = frozenset({"in", "of", "near", "inside"})
_RANKED = frozenset({"last", "only", "remaining", "final", "sole"})
_RELATIVES = frozenset({"which", "that", "who", "whom", "whose", "where"})


def _mend_saying(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang a statement on who says it, where that was taken for a relative clause: "hold half of X, the envoy said"."""
    bases = {base for base, _ in frames.verb_forms.get(tokens[i].lower, ())}
    kids = [t for t in tokens if t.head == i and t.i != i]
    subject = next((t for t in kids if t.dep == "nsubj"), None)
    if subject is None or bases.isdisjoint(frames.scope.speech) or any(t.lower in _RELATIVES for t in kids):
        return
    first = min([subject.i, *(t.i for t in tokens if t.head == subject.i and t.i < subject.i)])
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None or root.i >= first or first == 0 or tokens[first - 1].text != ",":
        return
    root.head, root.dep = i, "ccomp"
    tokens[i].head, tokens[i].dep = i, "ROOT"


def _mend_relative(tokens: Sequence[Token], i: int) -> None:
    """Hang a relative clause on the name it follows, not on the distance: "110 km south of X, which they captured"."""
    pronoun = next((t for t in tokens if t.head == i and t.lower in {"which", "where"}), None)
    if pronoun is None or pronoun.i < 2 or tokens[pronoun.i - 1].text != "," or tokens[i].head > pronoun.i:
        return
    before = tokens[pronoun.i - 2]
    described = name_described(tokens, before.i)
    if described is not None and tokens[i].head == before.i and tokens[i].dep == "relcl":
        tokens[i].head = described
        return
    outer = _measured_from(tokens, before.i)
    if outer is not None and (before.kind == "place" or before.tag.startswith("NN")):
        tokens[i].head, tokens[i].dep = outer, "relcl"
        return
    loose = tokens[i].dep == "advcl" and pronoun.dep in {"dobj", "nsubj", "nsubjpass"}
    if before.text == ")" and pronoun.i > 3:  # "the Dolnan Front (DF), which had taken X"
        before = tokens[pronoun.i - 3]
    far = tokens[i].dep == "relcl" and tokens[tokens[i].head].entity is None
    if before.kind == "actor" and far and pronoun.dep == "nsubj" and tokens[tokens[i].head].i < before.i:
        tokens[i].head = before.head if before.dep == "appos" else before.i
    if before.kind == "place" and (loose or tokens[tokens[i].head].lower in _MEASURES):
        tokens[i].head, tokens[i].dep = before.i, "relcl"


def _mend_relative_object(tokens: Sequence[Token], i: int) -> None:
    """Give a relative clause the "it" that was made the next verb's subject: "after troops who guarded it had left"."""
    if i + 1 >= len(tokens):
        return
    it, side = tokens[i + 1], tokens[tokens[i].head]
    verb, link = tokens[it.head], tokens[side.head]
    own = any(t.head == i and t.dep == "dobj" for t in tokens)
    if own or it.lower not in {"it", "them"} or it.dep != "nsubj" or verb.i < it.i or side.dep != "pobj":
        return
    if link.head == verb.i and link.i < side.i and link.lower in _MARKS:
        it.head, it.dep = i, "dobj"
        side.head, side.dep = verb.i, "nsubj"
        link.dep = "mark"


def _mend_side_in_relative(tokens: Sequence[Token], i: int) -> None:
    """Make the verb of a relative clause whose side was taken for it: "X, which rebel forces left in May"."""
    pronoun = next((t for t in tokens[:i] if t.head == i and t.lower in {"which", "that"}), None)
    verb = next((t for t in tokens[i + 1 : i + 3] if t.head == i and t.dep == "acl"), None)
    if pronoun is None or verb is None or pronoun.dep != "nsubj" or verb.tag not in {"VBN", "VBD"}:
        return
    if any(t.tag != "RB" for t in tokens[i + 1 : verb.i]) or any(t.head == verb.i and t.lower == "by" for t in tokens):
        return
    verb.tag, verb.dep, verb.head = "VBD", "relcl", tokens[i].head
    tokens[i].dep, tokens[i].head = "nsubj", verb.i
    pronoun.dep, pronoun.head = "dobj", verb.i


def _measured_from(tokens: Sequence[Token], i: int) -> int | None:
    """Return the name before an aside that tells how far it is: "X, five km east of Y, which"."""
    for k in range(i - 1, max(i - _ASIDE, 0), -1):
        if tokens[k].text == ",":
            measured = any(t.lower in _MEASURES for t in tokens[k + 1 : i])
            return k - 1 if measured and tokens[k - 1].kind in {"place", "name"} else None
        if tokens[k].tag.startswith("VB"):
            return None
    return None


def _mend_two_subjects(tokens: Sequence[Token], i: int) -> None:
    """Make an object of a pronoun where another does it: "X, which, according to the mayor, the army retook"."""
    clause = tokens[i].head
    doer = next((t for t in tokens[i + 1 : clause] if t.head == clause and t.dep == "nsubj"), None)
    if doer is not None and not any(t.head == clause and t.dep in {"dobj", "nsubjpass", "ccomp"} for t in tokens):
        tokens[i].dep = "dobj"


def _mend_side(tokens: Sequence[Token], i: int) -> None:
    """Make a subject of a side that was made a part of the verb: "X, which the rebels control"."""
    verb = tokens[tokens[i].head]
    if verb.i != i + 1 or verb.tag not in _FINITE or any(t.head == verb.i and "subj" in t.dep for t in tokens[:i]):
        return
    tokens[i].dep = "nsubj"
    if i and tokens[i - 1].dep == "det" and tokens[i - 1].head == verb.i:
        tokens[i - 1].head = i


def _mend_sideways(tokens: Sequence[Token], i: int) -> None:
    """Hang a clause on the name before a direction: "X to the north, which remains under the army's control"."""
    way = tokens[tokens[i].head]
    link = tokens[way.head]
    name = tokens[link.i - 1] if link.i else link
    first = next((t for t in tokens if t.head == i and t.dep in {"nsubj", "nsubjpass", "dobj", "advmod"}), None)
    told = first is not None and first.lower in {"which", "where"} and tokens[first.i - 1].text == ","
    if (
        told
        and way.lower in _WAYS
        and way.dep == "pobj"
        and link.lower in {"to", "in"}
        and name.kind in {"place", "name"}
    ):
        tokens[i].head = name.i


def _mend_helped(tokens: Sequence[Token], i: int) -> None:
    """Hang what somebody did on who is helped, not on the helper: "rebels, backed by Morland, who took X"."""
    verb = tokens[i]
    who = next((t for t in tokens[:i] if t.head == i and t.lower == "who"), None)
    if who is None or not who.i or tokens[who.i - 1].text != ",":
        return
    above = tokens[verb.head]
    for _ in range(_CLIMBED):
        if above.lower in _HELPED and above.tag == "VBN":
            break
        above = tokens[above.head]
    side = tokens[above.head]
    if side.kind != "actor" and above.i > 1 and tokens[above.i - 1].text == ",":
        side = tokens[above.i - 2]  # whatever the parser hung the participle on
    if above.lower in _HELPED and above.dep in {"acl", "advcl", "relcl"} and side.kind == "actor" and side.i < above.i:
        verb.head = side.i


def _mend_last_where(tokens: Sequence[Token], i: int) -> None:
    """Hang a clause on what is the last of a land, not on the land: "the last town in Morland where rebels rule"."""
    where = next((t for t in tokens if t.head == i and t.lower == "where"), None)
    land = tokens[tokens[i].head]
    link = tokens[land.head]
    if where is None or land.dep != "pobj" or link.lower not in _WITHIN or tokens[where.i - 1].text == ",":
        return
    if any(t.head == link.head and (t.lower in _RANKED or t.tag == "CD") for t in tokens[: link.head]):
        tokens[i].head = link.head


def _mend_listed(tokens: Sequence[Token], i: int) -> None:
    """Give a noun the names that a clause lists: "seized three towns, which are X, Y and Z"."""
    which = next((t for t in tokens[:i] if t.head == i and t.dep == "nsubj" and t.lower == "which"), None)
    names = next((t for t in tokens[i + 1 :] if t.head == i and t.dep in {"attr", "dobj"}), None)
    if which is not None and names is not None and names.kind in {"place", "name"} and tokens[i].head < which.i:
        names.head, names.dep = tokens[i].head, "appos"


def _mend_ranked(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang on a name what else it is: "moved on X, one of two towns where rebels rule", "on X and Y, the last two"."""
    first = min([i, *(t.i for t in tokens[:i] if t.head == i)])
    behind = tokens[i].lower == "one" and i + 1 < len(tokens) and tokens[i + 1].lower == "of"
    ground = frames.singular(tokens[i].lower) in frames.nouns.settlement | _AREAS
    ranked = ground and any(t.head == i and t.lower in _RANKED for t in tokens[first:i])
    if not (behind or ranked) or first < 2 or tokens[first - 1].text != "," or tokens[first - 2].kind != "place":
        return
    name = tokens[first - 2]
    while name.dep == "conj" and tokens[name.head].kind == "place":
        name = tokens[name.head]
    tokens[i].head, tokens[i].dep = name.i, "appos"


RELATIVES = (
    Repair(_mend_last_where, deps="relcl"),
    Repair(_mend_listed, deps="relcl", words=frozenset({"are", "were", "include", "included"})),
    Repair(_mend_ranked, deps="npadvmod", kinds="None"),
    Repair(_mend_sideways, deps="relcl"),
    Repair(_mend_side, deps="compound nmod", kinds="actor"),
    Repair(_mend_side_in_relative, deps="relcl", kinds="actor"),
    Repair(_mend_two_subjects, deps="nsubj", words=frozenset({"which", "that"})),
    Repair(_mend_saying, deps="relcl", kinds="None"),
    Repair(_mend_relative, deps="relcl advcl", kinds="None"),
    Repair(_mend_relative_object, deps="relcl", kinds="None"),
    Repair(_mend_helped, deps="relcl", kinds="None"),
)
