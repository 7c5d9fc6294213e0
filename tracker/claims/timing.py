"""
When a finding was so: the date that belongs to its clause, else the story's, else what its tense says.

"Holds" without a date is true on the day of publication; "has lost" became true some
time before it; a past event without a date belongs to the last date that the text told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.claims.dates import DateKind, DateMention
from tracker.claims.matching import Finding
from tracker.claims.syntax import Tree
from tracker.model import Kind

__all__ = ["StoryTime", "Timing", "timing_of"]

_EVENTS = frozenset({Kind.GAINS, Kind.LOSES, Kind.ENTERS, Kind.WITHDRAWS, Kind.BREAKS_SIEGE})
_CARRIED = 4  # sentences over which a date of the story holds for what follows
_NONE = 99


@dataclass(frozen=True, slots=True)
class Timing:
    """
    An EDTF date and where it comes from.

    Attributes
    ----------
    source
        ``clause``, ``sentence``, ``story``, ``tense`` or ``none``.
    """

    edtf: str | None
    source: str


@dataclass(slots=True)
class StoryTime:
    """The last date that the text told, and in which sentence."""

    edtf: str | None = None
    sentence: int = -_NONE

    def reach(self, mentions: Sequence[DateMention], sentence: int) -> None:
        """Move on to the last date of a sentence that does not look back."""
        for mention in mentions:
            if (
                mention.point
                and not mention.back_reference
                and mention.kind in {DateKind.POINT, DateKind.BY, DateKind.AFTER}
            ):
                self.edtf, self.sentence = mention.point, sentence


def timing_of(
    tree: Tree,
    finding: Finding,
    verb: int | None,
    dates: Sequence[DateMention],
    *,
    story: StoryTime,
    sentence: int,
    published: dt.date | None,
) -> Timing:
    """
    Return when a finding was so.

    Parameters
    ----------
    verb
        Index of the verb of its clause, None for a verbless one.
    dates
        The dates of its sentence.
    """
    usable = [date for date in dates if date.kind is not DateKind.ASIDE and not _of_since(tree, finding, date)]
    ranked = sorted(
        (_rank(tree, finding, verb, date), abs(_distance(tree, finding, date)), k) for k, date in enumerate(usable)
    )
    tense = _tense(tree, finding, verb)
    if ranked and ranked[0][0] < _NONE:
        chosen = usable[ranked[0][2]]
        value = _value(chosen, finding.kind)
        if value and "/" not in value and _comes_before(tree, finding, chosen):
            value = f"../{value}"
        return Timing(value, "clause" if ranked[0][0] < 20 else "sentence")
    if tense == "present" and published is not None and finding.kind not in _EVENTS:
        return Timing(published.isoformat(), "tense")
    if tense == "perfect" and published is not None:
        return Timing(f"../{published.isoformat()}", "tense")
    if story.edtf is not None and sentence - story.sentence <= _CARRIED:
        return Timing(story.edtf, "story")
    if published is None:
        return Timing(None, "none")
    if finding.kind in _EVENTS:
        now = tense == "present" and finding.frame.kind in _EVENTS
        return Timing(published.isoformat() if now else f"../{published.isoformat()}", "tense")
    return Timing(published.isoformat(), "tense")


def _of_since(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether a date is that of a clause with "since": "have taken X since they came in June"."""
    first = next((token.i for token in tree.tokens if token.start < date.end and token.end > date.start), None)
    above = [first, *tree.climb(first)] if first is not None else []
    clause = next((k for k in above if tree.is_verb(k)), None)
    if clause is None or clause in (finding.governor, *tree.climb(finding.governor)) or tree[clause].dep != "advcl":
        return False
    return "since" in {tree[k].lower for k in tree.kids(clause, "mark", "advmod")}


def _comes_before(tree: Tree, finding: Finding, date: DateMention) -> bool:
    """Tell whether the date is that of a clause which the finding came before: "after taking X, on Monday"."""
    token = tree[finding.governor]
    words = {tree[k].lower for k in tree.kids(token.i, "mark")}
    if token.dep == "pcomp":
        words.add(tree[token.head].lower)
    if "after" not in words:
        return False
    inside = [t.i for t in tree.tokens if t.start < date.end and t.end > date.start]
    return all(finding.governor not in tree.climb(k) for k in inside)


def _value(date: DateMention, kind: Kind) -> str | None:
    """Return the date as the kind of claim wants it: an event has a point, a state may have an open end."""
    if kind in _EVENTS and date.kind in {DateKind.SINCE, DateKind.AFTER, DateKind.DURATION}:
        return date.point
    return date.edtf


def _rank(tree: Tree, finding: Finding, verb: int | None, date: DateMention) -> int:
    """Return how far up a date hangs from a finding, `_NONE` when it belongs to another clause."""
    inside = [token.i for token in tree.tokens if token.start < date.end and token.end > date.start]
    if not inside:
        return _NONE
    top = next((k for k in inside if tree[k].head not in inside or tree[k].head == k), inside[0])
    chain = [top, *tree.climb(top)]
    if finding.trigger in chain and chain.index(finding.trigger) <= 3:
        return 0
    clause = next((k for k in chain if tree.is_verb(k)), chain[-1])
    place_chain = [finding.place.head, finding.place.token]
    if any(k in chain[:4] for k in place_chain):
        return 2
    own = [finding.governor, *tree.climb(finding.governor)]
    if clause in own:
        return 1 + own.index(clause)
    if top <= 3 and not date.back_reference:
        return 20
    if verb is not None and any(verb in (k, *tree.climb(k)) and tree[k].dep == "conj" for k in [clause]):
        return 40
    if inside[0] < finding.trigger and not date.back_reference:
        return 30
    return _NONE if date.back_reference else 50


def _distance(tree: Tree, finding: Finding, date: DateMention) -> int:
    return date.start - tree[finding.trigger].start


def _tense(tree: Tree, finding: Finding, verb: int | None) -> str:
    """Return ``present``, ``perfect`` or ``past`` of the clause."""
    start = verb if verb is not None else finding.governor
    for k in (start, *tree.climb(start)):
        if not tree.is_verb(k):
            continue
        words = {tree[kid].lower for kid in tree.kids(k, "aux", "auxpass")}
        present = any(tree[kid].tag in {"VBZ", "VBP"} for kid in tree.kids(k, "auxpass"))
        if words & {"has", "have", "'ve", "’ve"}:
            return "perfect"
        if words & {"had", "was", "were", "did"} or tree[k].tag == "VBD":
            return "past"
        if present or tree[k].tag in {"VBZ", "VBP"} or words & {"is", "are", "'s", "’s", "'re", "does", "do"}:
            return "present"
        if tree[k].dep in {"relcl", "ROOT"} and tree[k].tag == "VBD":
            return "past"
    return "past"
