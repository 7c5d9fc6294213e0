"""
Ground that has a number for a name: "hill 402", "the 1070 apartment project", "80th Street", "the 30 July district".

A number before a plural counts ("12 villages"), and one before a measure measures ("camp 3 km away"); neither names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tracker.claims.dates.words import any_of, read_date_words
from tracker.claims.words import words

__all__ = ["numbered_ground"]

_LONGEST_WORD = 32  # characters looked at before a number
_FIGURE = re.compile(r"(?<!\w)\d")
_WORD = re.compile(r"\b\w")
_MOST_WORDS = 3  # before a number: "phase line no. (5)"
_MEASURES = (
    r"(?:km|kms|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?|yards?|hectares?|days?|weeks?|months?|years?|hours?|minutes?"
    r"|percent|per cent|people|men|soldiers|fighters|civilians)"
)


@cache
def _pattern() -> re.Pattern[str]:
    """Return one pattern for the three ways of naming by number; each is bounded, so that it takes linear time."""
    after = any_of(words("numbered", "before_number"))
    before = any_of(words("numbered", "behind_number"))
    quarter = any_of(words("numbered", "behind_day"))
    months = any_of(month for month in read_date_words().months)
    plural = any_of(f"{noun}s" for noun in words("numbered", "before_number") if noun[-1] not in "sy")
    number = rf"\d{{1,4}}[A-Z]?(?![\d.,:%-]*\d)(?!%|[- ]?{_MEASURES}\b)"
    return re.compile(
        rf"\b(?:(?i:{after}) (?:no\. ?)?{number}"
        rf"|(?i:{plural}) {number}(?=,| and )"
        rf"|(?:\d{{1,4}}|\d{{1,3}}(?:st|nd|rd|th)) (?:[A-Z]\w{{2,14}} )?(?i:{before})\b"
        rf"|(?<=\bthe )\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?i:{months}) (?i:{quarter})\b)"
        rf"|[\"“]\d{{1,4}}[\"”] (?i:{before}|{after})\b"
    )


def numbered_ground(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of ``text[start:end]`` that name ground by a number, in order."""
    found: list[tuple[int, int]] = []
    after = start
    for opening in _openings(text, start, end):
        one = _pattern().match(text, opening, end) if opening >= after else None
        if one is not None:
            after = one.end()
            if not _is_year(one.group()) and not _ends_name(text, one):
                found.append(one.span())
    return found


def _openings(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where such a name may begin: at a number, at the quote before it, or at one of the words before."""
    for figure in _FIGURE.finditer(text, start, end):
        at = figure.start()
        before = _WORD.finditer(text, max(at - _LONGEST_WORD, start), at)
        yield from [word.start() for word in before][-_MOST_WORDS:]
        if at > start and text[at - 1] in '"“':
            yield at - 1
        yield at


def _ends_name(text: str, found: re.Match[str]) -> bool:
    """Tell whether a number ends the name before it: "the Salam 1 neighbourhood"."""
    words = text[max(found.start() - _LONGEST_WORD, 0) : found.start()].split()
    return found.group()[0].isdigit() and bool(words) and not words[-1].islower() and words[-1] != "The"


def _is_year(name: str) -> bool:
    """Tell whether the number of a name may be a year: "the camp 2014"."""
    last = name.rsplit(" ", 1)[-1]
    return len(last) == len("2014") and last.isdigit() and last.startswith(("19", "20"))
