"""Which part of a place is meant, and what share of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.claims.frames import Nouns
from tracker.claims.parsing.tokens import Token

__all__ = ["compass", "noun_part", "share"]

_COMPASS = re.compile(r"(north|south|east|west)(?:-?(east|west))?(?:ern|ernmost|wards?|erly)?", re.ASCII)
_CENTRAL = frozenset({"central", "inner", "downtown"})
_FEWEST = frozenset({"at", "least", "over", "than", "more", "above", "exceeding"})
_MOST = frozenset({"up", "under", "below", "less", "almost", "nearly"})
_ONE = frozenset({"a", "one", "-", "two", "another", "remaining", "last", "final"})
_PERCENT = frozenset({"%", "percent", "percents", "pc", "cent"})
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?", re.ASCII)
_NUMBERS = {
    "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_PARTS = {"thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5, "sixths": 6, "eighths": 8, "tenths": 10}
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}


def compass(tokens: Sequence[Token]) -> str | None:
    """
    Return the part that compass words among the tokens name: ``north``, ``southwest``, ``centre``.

    Two that are joined ("western and southern suburbs") name no single part.
    """
    found = []
    for k, token in enumerate(tokens):
        word = token.lower
        if word in _CENTRAL:
            found.append("centre")
            continue
        matched = _COMPASS.fullmatch(word)
        if not matched:
            continue
        part = matched.group(1) + (matched.group(2) or "")
        joined = k > 1 and tokens[k - 1].text in {"-", "–"} and found and _COMPASS.fullmatch(tokens[k - 2].lower)
        if joined:
            found[-1] += part
        else:
            found.append(part)
    return found[0] if len(found) == 1 else None


def noun_part(noun: str, modifiers: Sequence[Token], nouns: Nouns) -> str:
    """
    Return the part that a noun with its modifiers names: a compass word, ``centre``, ``outskirts`` or ``parts``.

    Parameters
    ----------
    noun
        Singular, lower case.
    modifiers
        The tokens before it.
    """
    if noun in nouns.outskirts:
        return "outskirts"
    if noun in nouns.centre:
        return "centre"
    return compass(modifiers) or "parts"


def share(tokens: Sequence[Token], nouns: Nouns) -> tuple[float, float] | None:
    """
    Return the share that words of quantity say, as least and most.

    Examples
    --------
    >>> from tracker.claims.frames import load_frames
    >>> from tracker.claims.parsing.tokens import tokenize
    >>> words = "at least 40 percent"
    >>> share(tokenize(words, 0, len(words), []), load_frames().nouns)
    (0.4, 1.0)
    >>> words = "one-third"
    >>> share(tokenize(words, 0, len(words), []), load_frames().nouns)
    (0.33, 0.33)
    >>> words = "some four fifths"
    >>> share(tokenize(words, 0, len(words), []), load_frames().nouns)
    (0.8, 0.8)
    """
    words = [token.lower for token in tokens]
    for k, word in enumerate(words):
        before = set(words[max(0, k - 5) : k])
        if word in _PERCENT:
            return _percent(words[:k], before)
        if word == "third" and not (k and words[k - 1] in _ONE):
            continue  # "the third-largest city", "their third town"
        key = word
        several = _several(word, words[max(0, k - 2) : k])
        if several is not None:
            return _widened(several, before)
        if word == "thirds" or (word == "third" and "two" in words[max(0, k - 2) : k]):
            key = "two-thirds"
        if word == "quarter" or key not in nouns.share:
            continue
        if k and _COMPASS.fullmatch(words[k - 1]):
            continue  # "the northern half" is a part, not a measure
        least, most = nouns.share[key]
        if least == most:
            return _widened(least, before)
        return (least, most)
    if ("almost" in words and "all" in words) or ("nearly" in words and "all" in words):
        return (0.9, 1.0)
    return None


def _several(word: str, before: Sequence[str]) -> float | None:
    """Return what "four fifths" and the like are of one."""
    counts = [_COUNTS[one] for one in before if one in _COUNTS]
    part = _PARTS.get(word)
    if word == "quarters" and "two" in before:
        return None  # parts of a town
    return round(counts[-1] / part, 2) if part is not None and counts and counts[-1] < part else None


def _percent(words: Sequence[str], before: set[str]) -> tuple[float, float] | None:
    numbers = []
    for word in words[-6:]:
        if _NUMBER.fullmatch(word):
            numbers.append(float(word))
        elif word in _NUMBERS:
            numbers.append(float(_NUMBERS[word]))
    if not numbers or max(numbers) > 100:
        return None
    if len(numbers) > 1:
        return (round(numbers[-2] / 100, 4), round(numbers[-1] / 100, 4))
    return _widened(round(numbers[-1] / 100, 4), before)


def _widened(value: float, before: set[str]) -> tuple[float, float]:
    if before & {"least", "over", "than", "above", "exceeding"} and "less" not in before:
        return (value, 1.0)
    if before & {"up", "under", "below", "less"}:
        return (0.0, value)
    return (value, value)
