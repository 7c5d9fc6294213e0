"""
Clauses that parsers hang on the wrong noun: relatives, absolutes with "with", names behind a fronted date.

What is captured or held must be ground, and who captures it a side: that tells which of the nouns
before a relative clause it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.repairs import NAMES, NOUNS, VERBS, Repair
from tracker.claims.parsing.tokens import Token
from tracker.model import Kind

__all__ = ["CLAUSES"]

_PRONOUNS = frozenset({"which", "that"})  # not who: persons are no ground
_GERUND = frozenset({"to", "with", "of", "in", "about", "despite", "from", "after", "before", "without"})
_STOPS = frozenset({",", ":", "-", "HYPH", "punct"})
_STATES = frozenset({"in", "under"})
_SINGLING = frozenset({"only", "last", "first", "final", "few"})
_UP = frozenset({"pobj", "prep", "appos", "compound", "nummod", "npadvmod", "dobj"})
_USING = frozenset({"use", "used", "uses", "using", "exploit", "exploited", "exploiting"})
_LEAVING = frozenset({"left", "leaving", "leaves", "leave"})
_WITH = frozenset({"with"})
_LONG = 12  # tokens: "leaving the rebels in the western part of X surrounded"
_HELPING = frozenset({"aux", "auxpass", "nsubjpass"})
_STEPS = 6  # heads climbed at most from a clause to the noun that it tells of


def _mend_using(tokens: Sequence[Token], i: int) -> None:
    """Hang what something is used for on who uses it: "they used the collapse of the rebel lines to seize X"."""
    above = tokens[tokens[i].head]
    while above.dep in {"pobj", "prep"} and above.head < above.i:
        above = tokens[above.head]
    verb = tokens[above.head]
    infinitive = any(t.head == i and t.lower == "to" for t in tokens[above.i : i])
    if above.lower in _USING and tokens[i].dep == "advcl":
        tokens[i].dep = "xcomp"
    elif infinitive and above.dep == "dobj" and verb.lower in _USING and verb.i < above.i:
        tokens[i].head, tokens[i].dep = verb.i, "xcomp"


def _mend_on_all_sides(tokens: Sequence[Token], i: int) -> None:
    """Hang where somebody is surrounded on the verb: "were surrounded from three sides in X"."""
    sides = tokens[tokens[i].head]
    link = tokens[sides.head]
    if sides.lower == "sides" and link.lower in {"from", "on"} and tokens[link.head].tag.startswith("VB"):
        tokens[i].head = link.head


def _mend_leaving(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang the siege in which a place, or who is there, is left on it: "left X surrounded"."""
    leave = tokens[i]
    end = min(i + _LONG, len(tokens))
    said = next((t for t in tokens[i + 1 : end] if t.text in _STOPS or (t.tag.startswith("VB") and not t.entity)), None)
    if said is None or said.tag not in {"VBN", "VBD"} or any(t.head == said.i and t.dep in _HELPING for t in tokens):
        return
    bases = {base for base, _ in frames.verb_forms.get(said.lower, ())}
    if not any(
        frame.kind is Kind.BESIEGES and frame.shape == "verb" for b in bases for frame in frames.by_verb.get(b, ())
    ):
        return
    left = next((t for t in tokens[i + 1 : said.i] if t.head in {i, said.i} and t.dep in {"dobj", "nsubj"}), None)
    if left is None:
        return
    if leave.head == said.i:
        leave.head, leave.dep = (said.head, "advcl") if said.head != said.i else (i, "ROOT")
    left.head, left.dep = i, "dobj"
    said.head, said.dep, said.tag = left.i, "acl", "VBN"


def _mend_semicolon(tokens: Sequence[Token], i: int) -> None:
    """Hang what is said before a semicolon on who says it: "the army said it took X; the rebels did not confirm it"."""
    for told in tokens[:i]:
        after = tokens[told.head]
        says = tokens[after.head]
        if told.dep == after.dep == "ccomp" and says.i < told.i and after.i > i and after.tag.startswith("VB"):
            told.head = says.i
            after.dep = "conj"


def _mend_singled(tokens: Sequence[Token], i: int) -> None:
    """Hang "the only towns of the province that they held" on the towns: "only" and "largest" ask for the clause."""
    inside = tokens[tokens[i].head]
    link = tokens[inside.head]
    upper = tokens[link.head]
    if inside.dep != "pobj" or link.lower not in {"of", "in"} or not upper.tag.startswith("NN") or upper.i > link.i:
        return
    singled = any(t.head == upper.i and (t.lower in _SINGLING or t.tag == "JJS") for t in tokens[: upper.i])
    if singled and upper.entity is None and not any(t.text == "," for t in tokens[inside.i : i]):
        tokens[i].head = upper.i


def _mend_ground(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang what is taken or held on ground: "a town of 20,000 that had been occupied", "west of X, which"."""
    taken = (t for t in tokens if t.head == i and t.dep in {"nsubjpass", "dobj"} and t.lower in _PRONOUNS)
    pronoun = next(taken, None)
    head = tokens[tokens[i].head]
    if pronoun is None or pronoun.i < 2 or not _is_taken(tokens[i], frames) or _is_ground(head, frames):
        return
    before = tokens[pronoun.i - 2]
    if tokens[pronoun.i - 1].text == "," and before.kind == "place":
        tokens[i].head = before.i
        return
    k = head.i
    for _ in range(_STEPS):
        if tokens[k].dep not in _UP or tokens[k].head == k:
            return
        k = tokens[k].head
        if _is_ground(tokens[k], frames):
            tokens[i].head = k
            return


def _is_taken(token: Token, frames: Frames) -> bool:
    bases = {base for base, _ in frames.verb_forms.get(token.lower, ())}
    found = [frame for base in bases for frame in frames.by_verb.get(base, ()) if frame.shape == "verb"]
    return any(
        frame.kind in {Kind.GAINS, Kind.HOLDS, Kind.WITHDRAWS} and frame.place[0].start == "object" for frame in found
    )


def _is_ground(token: Token, frames: Frames) -> bool:
    nouns = frames.nouns
    noun = frames.singular(token.lower)
    known = (
        noun in nouns.settlement
        or noun in nouns.facility
        or noun in nouns.quarter
        or noun in nouns.part
        or noun in nouns.province
    )
    return token.kind in {"place", "name"} or known or noun in {"ground", "territory", "stronghold", "bastion"}


def _mend_doer(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Hang ", which had taken X" on the side before it, not on the battle: "in a battle with the rebels, which …"."""
    pronoun = next((t for t in tokens if t.head == i and t.dep == "nsubj" and t.lower in {"which", "who"}), None)
    head = tokens[tokens[i].head]
    if pronoun is None or pronoun.i < 2 or tokens[pronoun.i - 1].text != "," or not _is_taken(tokens[i], frames):
        return
    before = tokens[pronoun.i - 2]
    if before.text == ")":
        before = next((t for t in reversed(tokens[: before.i]) if t.text == "("), before)
        before = tokens[max(before.i - 1, 0)]
    if before.kind == "actor" and head.entity is None and head.i < before.i:
        tokens[i].head = before.i


def _mend_gerund(tokens: Sequence[Token], i: int) -> None:
    """Give a gerund the side right before it as who does it: "in response to the rebels controlling X"."""
    k = i - 1
    while k > 0 and tokens[k].tag == "RB":
        k -= 1
    side, link = tokens[max(k, 0)], tokens[tokens[max(k, 0)].head]
    if side.kind != "actor" or side.dep != "pobj" or link.lower not in _GERUND or link.i > k:
        return
    tokens[i].head, tokens[i].dep = link.i, "pcomp"


def _mend_all_of_which(tokens: Sequence[Token], i: int) -> None:
    """Hang "all of which were held by rebels" on the list of places before it."""
    link = tokens[tokens[i].head]
    amount = tokens[link.head]
    verb = tokens[amount.head]
    last = tokens[amount.i - 2] if amount.i > 1 and tokens[amount.i - 1].tag in _STOPS else None
    if link.lower != "of" or amount.lower not in {"all", "both", "most", "many", "some"}:
        return
    if last is None or last.kind not in {"place", "name"}:
        return
    if amount.dep not in {"nsubj", "nsubjpass", "dobj"} or not verb.tag.startswith("VB"):
        return
    first = last.i
    while tokens[first].dep == "conj" and tokens[first].head < first and tokens[tokens[first].head].kind:
        first = tokens[first].head
    verb.head, verb.dep = first, "relcl"


def _mend_absolute(tokens: Sequence[Token], i: int) -> None:
    """Hang a state on the place that it is said of: "with X in rebel hands, the road was closed"."""
    place = next((t for t in tokens[i + 1 :] if t.head == i and t.dep == "pobj"), None)
    state = next((t for t in tokens[i + 1 :] if t.head == i and t.dep == "prep" and t.lower in _STATES), None)
    behind = tokens[place.i + 1] if place is not None and place.i + 1 < len(tokens) else None
    if state is None and behind is not None and behind.lower in _STATES and behind.head == tokens[i].head:
        state = behind  # "the battle ended with X in rebel hands"
    if place is not None and state is not None and place.i < state.i and place.kind in {"place", "name"}:
        state.head = place.i


def _mend_taken(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a passive of what is said beside the story: "with X lost, the army regrouped"."""
    for verb in tokens[i + 1 : i + _STEPS]:
        kids = [t for t in tokens if t.head == verb.i and t.i != verb.i]
        place = next((t for t in kids if t.dep == "nsubj" and i < t.i < verb.i), None)
        loose = verb.dep in {"relcl", "acl"} and not any(t.head == i for t in tokens)  # "the day ended with X taken"
        hangs = tokens[i].head == verb.i or verb.head == i or loose
        done = verb.tag == "VBN" or (verb.tag == "VBD" and verb.lower in frames.participles)
        if done and hangs and place is not None and not any(t.dep in {"aux", "dobj"} for t in kids):
            if place.kind in {"place", "name"}:
                place.dep, verb.tag = "nsubjpass", "VBN"
            return


def _mend_behind_date(tokens: Sequence[Token], i: int) -> None:
    """Make a subject of the name behind a fronted date: "On 4 May X, a small town on the river, was taken"."""
    date = tokens[tokens[i].head]
    link = tokens[date.head]
    verb = tokens[link.head]
    if date.dep != "pobj" or date.kind != "date" or verb.i < i or not verb.tag.startswith("VB"):
        return
    if any(t.head == verb.i and t.dep in {"nsubj", "nsubjpass"} for t in tokens):
        return
    finite = verb
    bare = i + 2 == verb.i and tokens[i + 1].text == ","  # "X, located on the river, was taken"
    if bare:
        later = [t for t in tokens[verb.i + 1 :] if t.head == verb.i and t.dep == "conj" and t.tag.startswith("VB")]
        if not later:
            return
        finite = later[0]
        finite.head, finite.dep = (finite.i, "ROOT") if verb.head == verb.i else (verb.head, verb.dep)
        verb.head, verb.dep, verb.tag = i, "acl", "VBN"
        link.head = finite.i
    passive = any(t.head == finite.i and t.dep == "auxpass" for t in tokens)
    tokens[i].head, tokens[i].dep = finite.i, "nsubjpass" if passive else "nsubj"


def _mend_that(tokens: Sequence[Token], i: int) -> None:
    """Make a relative clause of "they left X, that is now under rebel control, and …"."""
    if i + 2 >= len(tokens) or tokens[i + 1].text != "," or tokens[i + 2].lower not in _PRONOUNS:
        return
    that = tokens[i + 2]
    verb = tokens[that.head]
    if that.dep not in {"nsubj", "nsubjpass"} or verb.dep != "ccomp" or verb.i < i:
        return
    if tokens[i].dep == "npadvmod" and tokens[i].head == verb.i < verb.head:
        tokens[i].head, tokens[i].dep = verb.head, "nsubj"
    verb.head, verb.dep = i, "relcl"


def _mend_causing(tokens: Sequence[Token], i: int) -> None:
    """Give a participle its object: "they have X surrounded"."""
    if i < 3 or tokens[i - 1].kind != "place" or tokens[i - 2].lower not in {"has", "have", "had"}:
        return
    side = next((t for t in tokens[: i - 2] if t.head == i and t.dep == "nsubj" and t.kind == "actor"), None)
    if side is not None and tokens[i - 1].head == i and tokens[i - 1].dep == "nsubj":
        tokens[i - 1].dep = "dobj"
        return
    have, place = tokens[i - 2], tokens[i - 1]
    side = next((t for t in tokens[: i - 2] if t.head == have.i and t.dep == "nsubj" and t.kind == "actor"), None)
    if side is None or tokens[i].head != have.i or tokens[i].dep != "ccomp" or place.head != i:
        return
    for token in tokens:
        if token.head == have.i and token.i != i:
            token.head = i
    tokens[i].head, tokens[i].dep = (i if have.dep == "ROOT" else have.head), have.dep
    have.head, have.dep = i, "aux"
    place.dep = "dobj"


def _mend_infinitive(tokens: Sequence[Token], i: int, frames: Frames) -> None:
    """Make a verb of what was taken for a noun: "the day saw the army retake X"."""
    forms = {tag for _, tag in frames.verb_forms.get(tokens[i].lower, ())}
    side = tokens[i - 1] if i else None
    owns = any(t.head == i and t.dep == "dobj" for t in tokens[i + 1 :])
    if "VB" not in forms or not owns or side is None or side.kind != "actor" or side.head != i:
        return
    tokens[i].tag = "VB"
    for token in tokens[: side.i]:
        if token.head == i and token.dep in {"det", "amod", "compound"}:
            token.head = side.i
    side.dep = "nsubj"


CLAUSES = (
    Repair(_mend_singled, deps="relcl acl", tags=VERBS),
    Repair(_mend_ground, deps="relcl acl", tags=VERBS),
    Repair(_mend_doer, deps="relcl acl", tags=VERBS),
    Repair(_mend_gerund, deps="advcl acl", tags="VBG"),
    Repair(_mend_all_of_which, deps="pobj", words=frozenset({"which"})),
    Repair(_mend_semicolon, words=frozenset({";"})),
    Repair(_mend_absolute, deps="prep", words=_WITH),
    Repair(_mend_taken, deps="mark prep", words=_WITH),
    Repair(_mend_behind_date, deps="appos", kinds=NAMES),
    Repair(_mend_that, kinds=NAMES),
    Repair(_mend_causing, tags="VBN", kinds="None"),
    Repair(_mend_on_all_sides, deps="prep", words=frozenset({"in"})),
    Repair(_mend_using, deps="relcl acl advcl", tags="VB"),
    Repair(_mend_leaving, words=_LEAVING),
    Repair(_mend_infinitive, deps="ccomp xcomp", tags=NOUNS, kinds="None"),
)
