"""
Words that say that something is not so, not yet so, or not sure, and what they govern.

The cues are data (``data/claims/modality_en.toml``), each with its scope as a
number of words and the marks that end it. A back end with a parse may take the
cues alone and follow the tree; one without asks `cue_over`.
"""

from __future__ import annotations

import bisect
import itertools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tracker.claims.frames import load_frames
from tracker.claims.phrases import PhraseTree, WordList
from tracker.claims.words import words as listed_words
from tracker.model import Modality
from tracker.resources import data_path

__all__ = ["Cue", "cue_over", "find_cues"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    cue_class: str
    modality: Modality
    scope: str
    reach: int
    base: bool
    blocked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """
    Words that bear on the truth of what they govern: ``text[start:end]``.

    Attributes
    ----------
    cue_class
        ``negated``, ``prevented``, ``verge``, ``planned``, ``attempted``, ``hypothetical``, ``conditional``,
        ``denied``, ``fire_control``, ``hedge``, or ``achieved``, which undoes an attempt ("managed to").
    modality
        What a claim governed by it becomes; asserted for ``achieved``.
    scope
        ``after``, ``before`` or ``clause``: on which side the governed words stand.
    reach
        Words between cue and governed word, at most.
    base
        Whether it governs only base and -ing forms, and nouns.
    blocked
        ``comma`` or ``clause``: which marks end the scope.
    """

    start: int
    end: int
    text: str
    cue_class: str
    modality: Modality
    scope: str
    reach: int
    base: bool
    blocked: str


_INVERTED = _Rule(
    cue_class="conditional", modality=Modality.UNREAL, scope="after", reach=14, base=False, blocked="comma"
)
_BARRIER = re.compile(r"[;:]|[.!?](?=\s)|\n\s*\n|\b(?:but|however|although|though|whereas|despite)\b", re.IGNORECASE)
_COMMA = re.compile(r",(?!\s*\d)|[“”\"]|\b(?:after|before|when|while|which|who)\b|[—–]", re.IGNORECASE)
_SUBCLAUSE = re.compile(r"\b(?:which|who|whom|whose|after|before|when|while|where)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_PAST = re.compile(
    r"\w+ed|took|retook|fell|won|rewon|broke|drove|lost|held|left|gave|fled|withdrew|overran|got|came|went|beat|met|cut|set",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
_STILL_TO_BE = re.compile(r"\b(?:is|are|has|have|has been|have been)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
# What is inserted right behind a cue, right before one, or before the "to" of one: "unable, so far, to".
_INSERTED_BEHIND = re.compile(r"\A\s*,[^,;:.!?“”\"]{2,90},")
_INSERTED_BEFORE = re.compile(r",[^,;:.!?“”\"]{2,90},\s*\Z")
_INSERTED_IN = re.compile(r",[^,;:.!?“”\"]{2,90},(?=\s+to\b)")
_CUE = 24  # characters: half a cue at most
_FARTHEST = 400  # characters; the widest reach of any cue lies within


def find_cues(text: str) -> list[Cue]:
    """
    Return the cues of a text in order of where they begin.

    Examples
    --------
    >>> [(cue.text, cue.cue_class) for cue in find_cues("The army vowed to retake the town.")]
    [('vowed to', 'planned')]
    """
    tree = _rules()
    words = WordList(text)
    cues: list[Cue] = []
    index = 0
    while index < len(words):
        found = tree.longest(words, index)
        if found is None:
            index += 1
            continue
        length, rules = found
        start, end = words.starts[index], words.ends[index + length - 1]
        cues.extend(_cue(rule, start, end, text) for rule in rules)
        index += length
    if text.startswith("Had "):  # "Had they captured X, the war would have ended"
        cues.insert(0, _cue(_INVERTED, 0, len("Had"), text))
    inserted = _INSERTED_IN.search(text)
    return cues if inserted is None else sorted([*cues, *_around(inserted, text)], key=lambda cue: cue.start)


def _around(inserted: re.Match[str], text: str) -> Iterator[Cue]:
    """Yield the cues that something is inserted in: "planned, it was said, to"."""
    first, last = inserted.span()
    near = text[max(first - _CUE, 0) : first] + text[last : last + _CUE]
    offset = max(first - _CUE, 0)
    for cue in find_cues(near):
        if cue.start + offset < first < cue.end + offset:
            start, end = cue.start + offset, cue.end + offset + last - first
            yield replace(cue, start=start, end=end, text=text[start:end])


def cue_over(cues: Sequence[Cue], text: str, start: int, end: int) -> Cue | None:
    """
    Return the cue that governs a trigger by the words between them, None when it is asserted.

    Of several, an unreal one comes before a hedge. "Managed to" lifts what stands
    farther off ("tried for days and managed to take").

    Parameters
    ----------
    cues
        From `find_cues` on the same text.
    start, end
        Span of the word that carries the claim.
    """
    first = bisect.bisect_left(cues, start - _FARTHEST, key=lambda cue: cue.start)
    last = bisect.bisect_right(cues, end + _FARTHEST, key=lambda cue: cue.start)
    word = text[start:end]
    governing = [cue for cue in cues[first:last] if _governs(cue, text, start, end, word)]
    achieved = max((cue.start for cue in governing if cue.modality is Modality.ASSERTED), default=-1)
    kept = [
        cue
        for cue in governing
        if cue.modality is not Modality.ASSERTED
        and (cue.start > achieved or cue.modality is Modality.HEDGED or cue.cue_class in _BEYOND)
    ]
    unreal = [cue for cue in kept if cue.modality is Modality.UNREAL]
    strongest = unreal or kept
    return strongest[-1] if strongest else None


_BEYOND = frozenset(["hypothetical", "conditional", "denied", "negated"])  # "if they manage to", "did not manage to"


def _governs(cue: Cue, text: str, start: int, end: int, word: str) -> bool:
    if cue.end <= start and cue.scope in ("after", "clause"):
        between = text[cue.end : start]
        if cue.cue_class == "hypothetical" and _PAST.fullmatch(word) and _SUBCLAUSE.search(between):
            return False  # "will rebuild the town, which it recaptured"
        open_end = not cue.base or not _PAST.fullmatch(word) or _TO.search(between) or _STILL_TO_BE.search(between)
        return bool(open_end) and _near(cue, _INSERTED_BEHIND.sub(" ", between))
    if cue.start >= end and cue.scope in ("before", "clause"):
        if (cue.cue_class == "hypothetical" or cue.base) and _PAST.fullmatch(word):
            return False
        return _near(cue, _INSERTED_BEFORE.sub(" ", text[end : cue.start]))
    return cue.cue_class == "fire_control" and cue.start <= start and end <= cue.end


def _near(cue: Cue, between: str) -> bool:
    if _BARRIER.search(between) or (cue.blocked == "comma" and _COMMA.search(between)):
        return False
    return sum(1 for _ in itertools.islice(_WORD.finditer(between), cue.reach + 1)) <= cue.reach


def _cue(rule: _Rule, start: int, end: int, text: str) -> Cue:
    return Cue(
        start=start,
        end=end,
        text=text[start:end],
        cue_class=rule.cue_class,
        modality=rule.modality,
        scope=rule.scope,
        reach=rule.reach,
        base=rule.base,
        blocked=rule.blocked,
    )


@cache
def _rules() -> PhraseTree[_Rule]:
    raw: dict[str, Any] = tomllib.loads(data_path("claims", "modality_en.toml").read_text(encoding="utf-8"))
    entries = []
    for table in raw["cue"]:
        rule = _Rule(
            cue_class=table["class"],
            modality=Modality(table["modality"]),
            scope=table["scope"],
            reach=table["reach"],
            base=table.get("base", False),
            blocked=table["blocked"],
        )
        entries += [(phrase, rule) for words in table["words"] for phrase in _spelled(words)]
    return PhraseTree(entries)


def _spelled(words: str) -> Iterator[str]:
    """Return the phrases that a pattern stands for: "vow|vowed to" gives "vow to" and "vowed to"."""
    for choice in itertools.product(*(_choices(word) for word in words.split())):
        yield " ".join(word for word in choice if word != "_")


def _choices(word: str) -> list[str]:
    """Return what stands at one place of a pattern: its alternatives, or every form of a list of `[scope]`."""
    if not word.startswith("@"):
        return word.split("|")
    frames, name = load_frames(), word[1:]
    listed = getattr(frames.scope, name, None)
    if listed is None:
        listed = listed_words("scope", name)
    forms = {form for form, known in frames.verb_forms.items() if any(base in listed for base, _ in known)}
    if name == "effort":
        forms = {f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s" for noun in listed}
    return sorted(listed | forms)
