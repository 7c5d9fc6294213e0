"""
Statements that the writer sets aside, as in "Beta said it held X. This proved premature".

What the other side denies or calls a lie stays a claim of who made it. Read in the sentence itself and in the one
behind it, whether or not that was parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from tracker.claims.frames import Frames
from tracker.claims.gate import Sentence
from tracker.claims.reader import Reading
from tracker.claims.words import words
from tracker.model import Modality

__all__ = ["set_aside"]

_REFERRING = r"(?:this|that|it|them|these|those|both|the|such|his|her|their|its)"


def set_aside(readings: Sequence[Reading], sentences: Sequence[Sentence], text: str, frames: Frames) -> list[Reading]:
    """
    Return readings, those unreal that somebody tells and that prove untrue in the same sentence or the next one.

    Parameters
    ----------
    sentences
        All sentences of the report, in order.
    text
        The text of the report.
    """
    behind, in_sentence = _patterns()
    after = {one.span.start: two for one, two in pairwise(sentences)}
    told: dict[int, str | None] = {}
    for reading in readings:
        start = reading.span.start
        if start not in told:
            following = after.get(start)
            words_behind = text[following.span.start : following.span.end] if following is not None else ""
            found = behind.search(words_behind)
            told[start] = found.group(0).strip() if found is not None else None
    return [_weighed(reading, told[reading.span.start], in_sentence, text, frames) for reading in readings]


def _weighed(reading: Reading, refusal: str | None, in_sentence: re.Pattern[str], text: str, frames: Frames) -> Reading:
    claim = reading.claim
    if claim.modality is Modality.UNREAL or not _is_statement(reading, frames):
        return reading
    rest = text[reading.tree[reading.finding.trigger].end : reading.span.end]
    found = in_sentence.search(rest)
    cue = found.group(0).strip(" ,;") if found is not None else refusal
    if cue is None:
        return reading
    standing = replace(reading.standing, modality=Modality.UNREAL, cue=cue)
    return replace(reading, standing=standing, claim=replace(claim, modality=Modality.UNREAL, cue=cue))


def _is_statement(reading: Reading, frames: Frames) -> bool:
    """Tell whether somebody in the text says so, not the writer."""
    if reading.standing.speaker is not None or reading.claim.modality is Modality.HEDGED:
        return True
    tree = reading.tree
    speech = frames.scope.speech | words("matching", "announcing")
    return any(tree.is_verb(k) and tree.verb_base(k) in speech for k in tree.climb(reading.finding.governor))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what sets a statement aside in a sentence of its own, and behind it in the same sentence."""
    statements = _any(words("refuting", "statements"))
    false = f"(?:not true|{_any(words('scope', 'falsehoods'))})"
    was = "(?:was|were|is|are|proved|proved to be|turned out|turned out to be)"
    later = r"(?:(?:later|soon|quickly|however|in fact|, however,) )?"
    verdict = rf"{later}{was} (?:\w+ )?(?:(?:shown|found|proven) to be )?(?:an? )?{false}(?= ?[,.;:)])"
    behind = rf"\A(?:But |Yet |However, )?(?:{_REFERRING} (?:[\w'’-]+ )?{statements}|this|that|it|these|both) {verdict}"
    same = rf",? (?:which|(?:an? |the )?{statements} (?:that|which)) {verdict}"
    return re.compile(behind, re.IGNORECASE), re.compile(same, re.IGNORECASE)


def _any(listed: set[str] | frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, listed), key=lambda word: (-len(word), word)))})"
