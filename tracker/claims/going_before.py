"""What was so before the day that stands beside it, or before what the text goes on about."""

from __future__ import annotations

from tracker.claims.attaching import EVENTS, tokens_of
from tracker.claims.dates.mentions import DateMention
from tracker.claims.parsing.syntax import Tree
from tracker.claims.roles.filling import Finding
from tracker.model import Kind

__all__ = ["came_before", "had_been", "is_former", "went_along", "went_before"]

_AFTER = frozenset({"after", "following"})
_ENDS = frozenset({"until", "till", "before"})
_ALREADY = frozenset({"already", "earlier", "previously"})
_HOURS = frozenset({"hours", "hour", "minutes", "moments"})
_BREAKS = frozenset({"punct", "nsubj", "nsubjpass"})
_OVER = frozenset({"once", "former", "formerly", "erstwhile", "previously", "hitherto", "then"})


def came_before(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether what was found was so before the day that dates it: that of what followed, or of who shows it."""
    if _comes_before(tree, finding, date) or _had_held(tree, finding, date) or _of_evidence(tree, finding, date):
        return True
    return _of_those_met(tree, finding, date) or _led_to(tree, finding, date)


def went_before(tree: Tree, finding: Finding) -> bool:
    """Tell whether what was found came before what the text was telling of: "before moving on", "had already"."""
    return _before_it_went_on(tree, finding) or _already(tree, finding)


def went_along(tree: Tree, finding: Finding) -> bool:
    """Tell whether an event is told as what another thing came after: "is marching on Y after taking X"."""
    return not _AFTER.isdisjoint(_leading(tree, finding.governor))


def is_former(tree: Tree, finding: Finding) -> bool:
    """Tell whether a state is called over: "once the capital of", "the former stronghold of"."""
    if finding.kind in EVENTS:
        return False
    return any(tree[k].lower in _OVER for k in tree.kids(finding.trigger, "advmod", "amod"))


def had_been(tree: Tree, finding: Finding) -> bool:
    """Tell whether a verb stands in the past perfect."""
    return any(tree[k].lower == "had" for k in tree.kids(finding.governor, "aux"))


def _comes_before(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether the date is that of a clause which the finding came before: "after taking X, on Monday"."""
    token = tree[finding.governor]
    if _until(tree, finding, date):
        return True
    if date.text.lower().endswith((" after", " before", " since")):
        return False  # "three days after losing X" dates the losing
    words = {tree[k].lower for k in tree.kids(token.i, "mark")}
    if any(tree[k].lower == "having" for k in tree.kids(token.i, "aux")):
        words.add("after")
    if finding.kind is Kind.HOLDS and token.dep == "advcl" and token.tag == "VBN" and token.i < token.head:
        words.add("after")  # "held by the rebels for years, the town fell on Monday"
    if token.dep == "pcomp" or (token.dep == "pobj" and not _beside(tree, token.i, date)):
        words.add(tree[token.head].lower)
    if words.isdisjoint(_AFTER) or _hours_after(tree, finding) or _of_perfect(tree, finding, date):
        return False
    return all(finding.governor not in tree.climb(k) for k in tokens_of(tree, date))


def _leading(tree: Tree, k: int) -> set[str]:
    """Return the words that lead to a clause or noun: "after", "while", "since"."""
    words = {tree[mark].lower for mark in tree.kids(k, "mark")}
    if any(tree[a].lower == "having" for a in tree.kids(k, "aux")):
        words.add("after")  # "having taken X, they moved on"
    if tree[k].dep in {"pcomp", "pobj"}:
        words.add(tree[tree[k].head].lower)
    return words


def _of_perfect(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a date behind a finding hangs on a perfect, which has none: "has gone on after taking X, in May"."""
    first = next(iter(tokens_of(tree, date)), 0)
    clause = next((k for k in tree.climb(first) if tree.is_verb(k)), None)
    if first < finding.governor or clause is None or clause > finding.governor:
        return False
    return any(tree[k].lower in {"has", "have", "'ve", "’ve"} for k in tree.kids(clause, "aux"))


def _hours_after(tree: Tree, finding: Finding) -> bool:
    """Tell whether a clause is only hours older than what follows it: "hours after the army had left"."""
    after = next((k for k in tree.kids(finding.governor, "mark") if tree[k].lower == "after"), 0)
    return after > 0 and tree[after - 1].lower in _HOURS


def _beside(tree: Tree, noun: int, date: DateMention) -> bool:
    """Tell whether a date stands with a noun, wherever the parser hung it: "after the city's capture on 11 May"."""
    first = next(iter(tokens_of(tree, date)), noun)
    between = range(noun + 1, first)
    return first > noun and not any(tree.is_verb(k) or tree[k].dep in _BREAKS for k in between)


def _before_it_went_on(tree: Tree, finding: Finding) -> bool:
    """Tell whether something was so before what the text goes on about: "before moving on, they surrounded X"."""
    for k in tree.kids(finding.governor, "prep", "advcl"):
        marks = {tree[k].lower, *(tree[m].lower for m in tree.kids(k, "mark"))}
        if k < finding.governor and "before" in marks and any(tree.is_verb(v) for v in (k, *tree.kids(k, "pcomp"))):
            return True
    return False


def _already(tree: Tree, finding: Finding) -> bool:
    """Tell whether something had come about before what the text tells: "had already been cleared"."""
    return had_been(tree, finding) and any(tree[k].lower in _ALREADY for k in tree.kids(finding.governor, "advmod"))


def _had_held(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether who "had held" or surrounded a place did so before the day that another clause tells."""
    if finding.kind not in {Kind.HOLDS, Kind.BESIEGES} or not any(
        tree[k].lower == "had" for k in tree.kids(finding.governor, "aux")
    ):
        return False
    return all(finding.governor not in tree.climb(k) for k in tokens_of(tree, date))


def _of_evidence(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether the date is that of what shows an event: "footage released on Monday shows that they took X"."""
    if finding.kind not in EVENTS:
        return False
    speech = tree.frames.scope.speech
    telling = [k for k in tree.climb(finding.governor) if tree.is_verb(k) and tree.verb_base(k) in speech]
    shown = [s for k in telling for s in tree.kids(k, "nsubj") if s not in tree.climb(finding.governor)]
    return any(s < k and s in tree.climb(k) for s in shown for k in tokens_of(tree, date))


def _of_those_met(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether an event only tells who it was that was met on a day: "on Monday fought rebels who took X"."""
    verb = finding.governor
    if finding.kind not in EVENTS or tree[verb].dep != "relcl":
        return False
    met = tree[verb].head
    if tree[met].kind != "actor" or tree[met].dep not in {"dobj", "pobj"} or tree[met + 1].text == ",":
        return False
    return all(verb not in tree.climb(k) for k in tokens_of(tree, date))


def _led_to(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a day is that of what followed an event: "took X, followed by Y on Monday"."""
    if finding.kind not in EVENTS:
        return False
    above = [k for first in tokens_of(tree, date)[:1] for k in tree.climb(first)]
    led = next((k for k in above if tree.is_verb(k)), None)
    if led in {finding.governor, finding.trigger}:
        return False
    return led is not None and tree[led].lower == "followed" and tree[led].tag == "VBN" and led > finding.place.token


def _until(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether the date is that of a clause which came then: "took X, until they lost it on Monday"."""
    for k in tokens_of(tree, date):
        for above in tree.climb(k):
            if tree[above].lower in {"until", "till"} and tree[above].dep == "prep" and finding.kind is Kind.HOLDS:
                return tree[above].head in (finding.governor, *tree.climb(finding.governor))  # "until its fall in May"
            if above == finding.governor or not tree.is_verb(above):
                continue
            ends = _leading(tree, above) & _ENDS
            if (ends or _by_the_time(tree, above)) and finding.governor in tree.climb(above):
                return True
    return False


def _by_the_time(tree: Tree, clause: int) -> bool:
    """Tell whether a clause stands behind "by the time"."""
    noun = tree[clause].head
    return tree[noun].lower == "time" and tree[tree[noun].head].lower == "by"
