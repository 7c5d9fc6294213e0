"""
Statements that the writer sets aside, as in "Beta said it held X. This proved premature".

What somebody else denies or calls a lie stays a claim of who made it, but a hedged one. Read in the sentence itself
and in the one behind it, whether or not that was parsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from tracker.claims.frames import Frames
from tracker.claims.gate import Sentence
from tracker.claims.reader import Reading
from tracker.claims.words import words
from tracker.model import Claim, Modality

__all__ = ["set_aside"]

_ANNOUNCING = words("matching", "announcing")
_TOLD_FALSE = words("scope", "falsehoods") | words("scope", "evidence") | {"truth"}
_IN_DOUBT = re.compile(r"\b(?:no|only|nothing|still|contradict\w*|odds)\b")
_REFERRING = r"(?:this|that|it|them|these|those|both|the|such|his|her|their|its)"


def set_aside(readings: Sequence[Reading], sentences: Sequence[Sentence], text: str, frames: Frames) -> list[Reading]:
    """
    Return readings, those unreal that somebody tells and that prove untrue in the same sentence or the next one.

    Those that are only denied there are hedged.

    Parameters
    ----------
    sentences
        All sentences of the report, in order.
    text
        The text of the report.
    """
    denied = any(word in text for word in words("refuting", "denied"))
    false = any(word in text for word in _TOLD_FALSE)
    after = {one.span.start: two for one, two in pairwise(sentences)}
    behind: dict[int, str] = {}
    for reading in readings:
        start = reading.span.start
        if start not in behind:
            following = after.get(start)
            behind[start] = text[following.span.start : following.span.end] if following is not None else ""
    readings = [_of_untruth(one, text) for one in readings] if false else list(readings)
    return [_weighed(one, behind[one.span.start], text, frames, denied=denied) for one in readings]


def _of_untruth(reading: Reading, text: str) -> Reading:
    """Return what a report is about that is called untrue around it: "reports that X fell are false", "no truth in"."""
    if reading.claim.modality is Modality.UNREAL:
        return reading
    trigger = reading.tree[reading.finding.trigger]
    told, false, nothing_in = _around()
    lead = text[reading.span.start : trigger.start]
    found = nothing_in.search(lead)
    if found is None and told.search(lead):
        found = false.match(text, trigger.end, reading.span.end)
    return reading if found is None else _set(reading, Modality.UNREAL, found.group("cue"))


def _set(reading: Reading, modality: Modality, cue: str) -> Reading:
    standing = replace(reading.standing, modality=modality, cue=cue)
    return replace(reading, standing=standing, claim=replace(reading.claim, modality=modality, cue=cue))


def _weighed(reading: Reading, behind: str, text: str, frames: Frames, *, denied: bool) -> Reading:
    claim = reading.claim
    if claim.modality is Modality.UNREAL or not _is_statement(reading, frames):
        return reading
    trigger = reading.tree[reading.finding.trigger]
    rest = text[trigger.end : reading.span.end]
    refuted, refuted_here, denial, denial_here = _patterns()
    found = refuted_here.search(rest) or refuted.search(behind)
    modality = Modality.UNREAL
    if found is None and denied:
        found, modality = denial_here.search(rest) or denial.search(behind), Modality.HEDGED
    if found is None and claim.modality is not Modality.HEDGED and _IN_DOUBT.search(rest + behind):
        opposed_here, opposed = _opposed(
            claim.place.text, regular=_is_regular(claim, text[reading.span.start : trigger.start])
        )
        found, modality = opposed_here.search(rest) or opposed.search(behind), Modality.HEDGED
    if found is None or modality is claim.modality:
        return reading
    return _set(reading, modality, found.group(0).strip(" ,;"))


def _is_statement(reading: Reading, frames: Frames) -> bool:
    """Tell whether somebody in the text says so, not the writer."""
    if reading.standing.speaker is not None or reading.claim.modality is Modality.HEDGED:
        return True
    tree = reading.tree
    bases = (tree.verb_base(k) for k in tree.climb(reading.finding.governor) if tree.is_verb(k))
    return any(base in frames.scope.speech or base in _ANNOUNCING for base in bases)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """
    Return what sets a statement aside, and what denies it, each in a sentence of its own and behind it in the same.

    "The army denied this", "a claim that the army dismissed"; not "nobody denied it", "denied it had left".
    """
    statements = _any(words("refuting", "statements"))
    false = f"(?:not true|{_any(words('scope', 'falsehoods'))})"
    was = "(?:was|were|is|are|proved|proved to be|turned out|turned out to be)"
    later = r"(?:(?:later|soon|quickly|however|in fact|, however,) )?"
    verdict = rf"{later}{was} (?:\w+ )?(?:(?:shown|found|proven) to be )?(?:an? )?{false}(?= ?[,.;:)])"
    behind = rf"\A(?:But |Yet |However, )?(?:{_REFERRING} (?:[\w'’-]+ )?{statements}|this|that|it|these|both) {verdict}"
    shown = rf"(?:[\w'’-]+ ){{0,8}}?(?:found|proved|proven|shown|showed) to be (?:an? )?{false}(?= ?[,.;:)])"
    same = rf",? (?:which|(?:an? |the )?{statements} (?:that|which)) (?:{verdict}|{shown})"
    denied = rf"(?<!not )(?<!never )(?<!nobody )(?<!no one )\b{_any(words('refuting', 'denied'))}"
    end = r"(?= ?(?:[,.;:)]|\Z|(?:and|as|but|insisting|later|on|saying)\b))"
    object_ = rf"(?:this|that|it|these|both|{_REFERRING} (?:[\w'’-]+ )?{statements}){end}"
    denial = rf"{denied} {object_}|{_REFERRING} (?:[\w'’-]+ )?{statements} (?:was|were) {denied}"
    by_whom = rf"(?:which|(?:an? |the )?{statements} (?:that|which)) (?:[\w'’-]+ ){{0,8}}?(?:was )?{denied}{end}"
    return tuple(re.compile(one, re.IGNORECASE) for one in (behind, same, denial, f"{by_whom}|{denial}"))


def _is_regular(claim: Claim, lead: str) -> bool:
    """Tell whether a side is named as an army or a government: in its own words, or by who says so."""
    own, told = (
        [word.strip(",.'’") for word in words_of.lower().split()] for words_of in (claim.actor_text or "", lead)
    )
    armies, others = words("refuting", "armies"), words("refuting", "irregulars")
    return not armies.isdisjoint(own) or (not armies.isdisjoint(told) and others.isdisjoint(own + told))


@lru_cache(maxsize=256)
def _opposed(place: str, *, regular: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """
    Return what others on the spot say or saw against a statement, in its own sentence and at the start of the next.

    "Said it had taken X, but residents saw no soldiers", "… A reporter found only rebels in the centre".

    Parameters
    ----------
    place
        The name of the place.
    regular
        Whether who says so is an army, of which soldiers are seen, or none.
    """
    own, others = (_any(words("refuting", kind)) for kind in ("regulars", "irregulars"))
    if not regular:
        own, others = others, own
    who = rf"(?:[\w'’-]+ ){{0,6}}?{_any(words('refuting', 'bystanders'))}\b[^.;:]{{0,90}}?"
    tell = r"\b(?:said|say|saw|see|told|reported|report|found|described|insisted)\b[^.;:]{0,60}?"
    none = rf"\b(?:no (?:\w+ )?(?:{own}|sign of {own}|trace of {own})\b|only (?:\w+ )?{others}|nothing had changed)"
    there = rf"(?:it|the (?:airport|base|centre|center|city|district|place|town|village)|{re.escape(place)})\b"
    still = rf"\bstill (?:held|hold|holding|controlled|control|controlling|in control of|ruled|rule) {there}"
    against = rf"{who}{tell}(?:{none}|{still})|[^.;:]{{0,60}}?\bflags? (?:was|were|is|are) still (?:flying|up)"
    against += r"|(?:this |it |which )?(?:was )?(?:contradicted by|contradicting|at odds with) (?:[\w'’-]+ ){0,4}?"
    against += rf"(?:{_any(words('refuting', 'statements'))}|{_any(words('refuting', 'bystanders'))})"
    here = rf"(?:\b(?:but|although|though|however|while|yet),? |, (?=contradict|at odds))(?:{against})"
    return re.compile(here, re.IGNORECASE), re.compile(rf"\A(?:But |Yet |However, )?(?:{against})", re.IGNORECASE)


@cache
def _around() -> tuple[re.Pattern[str], ...]:
    """Return what tells of a report before a claim, what calls it false behind it, and what says that it is empty."""
    goes_on = r"(?:(?!, (?:while|but|although|though|whereas|and (?!of |that |from ))\b)[^;:]){0,200}"
    statements = _any(words("refuting", "statements"))
    told = rf"\b{statements}\b{goes_on}\Z"
    false = (
        rf"{goes_on}?\b(?:is|are|was|were|as) (?:\w+ )?(?P<cue>{_any(words('scope', 'falsehoods'))})(?= ?[,.;:)]|\Z)"
    )
    nothing = r"\b(?:no|little) (?:\w+ )?(?P<cue>evidence|proof|truth|substance|basis) (?:for|of|in|to|behind|that)\b"
    nothing_in = rf"{nothing} (?:\w+ )?(?:\w+ )?{statements}\b{goes_on}\Z"
    return tuple(re.compile(one, re.IGNORECASE) for one in (told, false, nothing_in))


def _any(listed: set[str] | frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, listed), key=lambda word: (-len(word), word)))})"
