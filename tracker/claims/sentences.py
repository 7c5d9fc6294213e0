"""
Sentences of a text, by linear scanning: no pattern here can be made to hang.

A sentence ends at a full stop, question or exclamation mark with its closing
quotes, or at a line break that ends a paragraph, a list item or a headline.
Very long stretches are cut, so that what follows is bounded per sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tracker.claims.dates.words import read_date_words
from tracker.claims.words import words

__all__ = ["LONGEST", "Span", "split_sentences"]

LONGEST = 1400  # characters; the longest sentence of the development texts has 760


class Span(NamedTuple):
    """Half-open character offsets into a text."""

    start: int
    end: int


_MONTHS = "|".join(month.title() for month in sorted(read_date_words().months) if month.isascii() and len(month) > 4)
# A sentence whose full stop was lost: "… in the capital On 17 March the army …", "… was taken See also: …".
_LOST_STOP = (
    rf"(?<=[a-z\d\])])[ ](?=(?:On|In|By|Since)\ (?:\d{{1,2}}\ (?:{_MONTHS})|(?:early|late|mid|the\ end\ of)\b"
    rf"|(?:{_MONTHS})\ \d)"
    r"|See\ also\b)"
)
_STOP = re.compile(rf"[.!?…]{{1,4}}[\"'”’»)\]]{{0,3}}(?=\s|$)|\n|{_LOST_STOP}")
_ABBREVIATIONS = words("sentences", "abbreviations")
_BLANK = re.compile(r"[ \t\r\f\v\u00a0]*\n")
_BULLET = re.compile(r"[ \t]*(?:[-*•–—#>]|\d{1,3}[.)])\s")


def split_sentences(text: str) -> list[Span]:
    """
    Return the spans of the sentences of a text, in order and without white space around them.

    Examples
    --------
    >>> text = "Gen. Ali spoke. The town fell on Dec. 10."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Gen. Ali spoke.', 'The town fell on Dec. 10.']
    """
    return list(_split_lately(text) if len(text) < _SHORT else _split(text))


_SHORT = 50_000  # characters; of longer texts nothing is kept


@lru_cache(maxsize=96)  # the gate, its second look and the dates ask for the same texts, some reports at a time
def _split_lately(text: str) -> tuple[Span, ...]:
    return tuple(_split(text))


def _split(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    width = _line_width(text)
    for stop in _STOP.finditer(text):
        end = stop.end()
        if stop.group() == "\n":
            if not _breaks_here(text, stop.start(), start, width):
                continue
        elif not _ends_here(text, stop.start(), end):
            continue
        _add(spans, text, start, end)
        start = end
    _add(spans, text, start, len(text))
    return spans


def _line_width(text: str) -> int:
    """Return the width at which the text seems to be wrapped: the longest of its first lines."""
    return max((len(line) for line in text[:20_000].split("\n")), default=0)


def _ends_here(text: str, stop: int, end: int) -> bool:
    """Tell whether the mark at `stop` ends a sentence, by the word before and the sign behind it."""
    if end - stop > 2 or text[stop] != ".":  # words left out of a quotation do not end it
        return text[stop] not in ".…" or not text[end : end + 80].lstrip(" \t")[:1].islower()
    begin = stop
    while begin > 0 and stop - begin < 12 and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    word = text[begin:stop]
    after = text[end : end + 80].lstrip(" \t")[:2]
    if word.casefold() in _ABBREVIATIONS:
        return end - stop > 1 or after.startswith("\n")
    if len(word) == 1 and word.isalpha() and word.isupper():  # an initial
        return end - stop > 1
    if "." in word and len(word) <= 5 and not word[0].isdigit():  # U.S., p.m., e.g.
        return (
            bool(after) and (after[0].isupper() or after[0] in '\n“"') and word.casefold() not in {"u.s", "u.n", "u.k"}
        )
    if after and after[0].islower():
        return len(word) >= 4 and word.islower() and text[end : end + 1].isspace()
    return True


def _breaks_here(text: str, at: int, start: int, width: int) -> bool:
    """Tell whether the line break at `at` ends a paragraph, an item or a headline, not just a wrapped line."""
    if _BLANK.match(text, at + 1) or _BULLET.match(text, at + 1):
        return True
    line = text[max(start, text.rfind("\n", 0, at) + 1) : at].rstrip()
    if not line:
        return True
    following = text[at + 1 : at + 60].lstrip()
    if not following or following[0].islower():
        return False
    if line[-1] in '.!?…"”’:;':
        return True
    return len(line) < 0.7 * width and line[-1] != ","


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    """Append the stretch without its white space, cut where it is longer than `LONGEST`."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = _best_cut(text, start)
        spans.append(Span(start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        spans.append(Span(start, end))


def _best_cut(text: str, start: int) -> int:
    """Return where to cut a stretch that is too long: behind its last semicolon, comma or blank, else anywhere."""
    limit = start + LONGEST
    for sign in (";", ",", " "):
        at = text.rfind(sign, start + LONGEST // 2, limit)
        if at > 0:
            return at + 1
    return limit
