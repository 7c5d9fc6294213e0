"""Days named in a quotation: they are counted from the day on which it was said, not from that of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.dates.kinds import DateKind, DateMention
from tracker.claims.dates.moments import Moment
from tracker.claims.frames import load_frames

__all__ = ["as_said", "speaks"]

_QUOTATION = re.compile(r"“[^”]{1,800}”|\"[^\"]{1,800}\"")
_TODAY = re.compile(
    r"(?:today|tonight|yesterday|tomorrow|last night|overnight|now|currently"
    r"|(?:earlier |late |early |later )?this (?:morning|afternoon|evening|night))\b",
    re.IGNORECASE,
)
_NEAR = 90  # characters between a quotation and the day on which it was said


def as_said(dates: Sequence[DateMention], text: str) -> list[DateMention]:
    """
    Return dates with the days of quotations moved to the day of saying, where the text tells it.

    “We took it today,” a colonel said on Monday: on Monday, whenever that was published.
    """
    deictic = [k for k, date in enumerate(dates) if date.relative == "published" and _TODAY.match(date.text)]
    moved = list(dates)
    if not deictic:
        return moved
    for quotation in _QUOTATION.finditer(text):
        inside = [k for k in deictic if quotation.start() < dates[k].start and dates[k].end < quotation.end()]
        said = _day_of_saying(dates, text, quotation) if inside else None
        today = Moment.parse(said.point) if said is not None else None
        for k in inside if today is not None else []:
            word = dates[k].text.lower()
            step = -1 if word.startswith(("yesterday", "last night")) else 1 if word.startswith("tomorrow") else 0
            day = today.shifted(step, "day").edtf() if today is not None else None
            moved[k] = replace(dates[k], edtf=day, point=day)
    return moved


def _day_of_saying(dates: Sequence[DateMention], text: str, quotation: re.Match[str]) -> DateMention | None:
    """Return the day named with the verb of saying right behind a quotation, or right before it."""
    for date in dates:
        if date.relative != "published" or date.precision != "day" or date.kind is not DateKind.POINT:
            continue
        behind = text[quotation.end() : date.start] if date.start >= quotation.end() else None
        before = text[date.end : quotation.start()] if date.end <= quotation.start() else None
        if behind is not None and len(behind) <= _NEAR and "." not in behind and speaks(behind):
            return date
        if before is not None and len(before) <= _NEAR // 4 and before.rstrip().endswith((":", ",", "that")):
            lead = text[max(0, date.start - _NEAR) : date.start]
            if speaks(lead.rpartition(". ")[2]):
                return date
    return None


def speaks(words: str) -> bool:
    """Tell whether a verb of saying stands among some words."""
    frames = load_frames()
    forms = (base for word in words.lower().split() for base, _ in frames.verb_forms.get(word.strip(",;:"), ()))
    return any(base in frames.scope.speech for base in forms)
