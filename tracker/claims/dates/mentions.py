"""
When a text says that something was so: spans of dates with EDTF values.

A date is absolute ("5 September 2017"), relative to the day of publication
("on Tuesday", "last month"), or relative to the date told before ("the next
day", "two weeks later"). What is missing of a date is taken from the dates
before it, then from `published`, then from a title with one year in it; what
can't be told stays None. Dates are as precise as the words: "late 2012" is 2012.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from tracker.claims.dates.moments import Moment, span_of
from tracker.claims.dates.reading import read_hit
from tracker.claims.dates.scanning import Hit, scan
from tracker.claims.dates.story import Story
from tracker.claims.dates.words import any_of, read_date_words
from tracker.claims.sentences import split_sentences

__all__ = ["DateKind", "DateMention", "find_dates"]


class DateKind(StrEnum):
    """How a date bounds what is told."""

    POINT = "point"  # on, in, during
    SINCE = "since"  # true from then on: "since mid-2014"
    UNTIL = "until"  # true up to then
    BY = "by"  # became true then or before
    BEFORE = "before"
    AFTER = "after"
    DURATION = "duration"  # "for over two years": true since the start of that time
    ASIDE = "aside"  # dates something else: "for the first time since 2014"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """
    One date in a text: ``text[start:end]`` is how it is written.

    Attributes
    ----------
    edtf
        EDTF level 1 value with what the kind says of its bounds ("2014/..", "../2017-09-05");
        None when it can't be told.
    point
        The same without the kind: the day, month or year that is named.
    precision
        ``day``, ``month``, ``season``, ``year`` or ``interval``.
    relative
        ``published`` or ``told`` when the date was reckoned from the day of
        publication or from the date before, None when it stands for itself.
    back_reference
        Whether it looks back from the story: "which IS captured in 2014".
    """

    start: int
    end: int
    text: str
    edtf: str | None
    point: str | None
    kind: DateKind
    precision: str
    relative: str | None = None
    back_reference: bool = False


_BEFORE = 48  # characters looked at for a preposition and for words that look back


def find_dates(
    text: str, *, published: dt.date | None, title: str | None = None, anchor: str | None = None
) -> list[DateMention]:
    """
    Return the dates of a text in order, without overlaps.

    Parameters
    ----------
    text
        The text of a report, or a part of it.
    published
        The day that relative dates are reckoned from; without it they stay None.
    title
        A title that carries one year lends it to dates that have none.
    anchor
        An EDTF day, month or year that the story has reached before the text begins.

    Examples
    --------
    >>> dates = find_dates("IS took it in May 2015. The army came back the next March.", published=None)
    >>> [(date.text, date.edtf) for date in dates]
    [('May 2015', '2015-05'), ('next March', '2016-03')]
    """
    hits = scan(text)
    told = [hit for hit in hits if not text[max(0, hit.start - 8) : hit.start].lower().endswith("since ")]
    story = Story(published=published, title=title, anchor=Moment.parse(anchor), hits=told)
    if not hits:
        return []
    starts = [span.start for span in split_sentences(text)]
    firsts = [_sentence_of(hit, starts) for hit in hits]
    dated = Counter(first for hit, first in zip(hits, firsts, strict=True) if hit.pattern not in _LENGTHS)
    return [_mention(hit, text, first, story, alone=not dated[first]) for hit, first in zip(hits, firsts, strict=True)]


_ONWARD = frozenset({"next", "later", "same", "in_the_day", "by_evening"})  # they go on from what was told
_LENGTHS = frozenset({"after_num"})  # "after three months of siege": how long it lasted, where a date stands beside it


def _sentence_of(hit: Hit, starts: Sequence[int]) -> int:
    """Return where the sentence of a date begins."""
    before = bisect.bisect_right(starts, hit.start)
    return starts[before - 1] if before else 0


def _mention(hit: Hit, text: str, first: int, story: Story, *, alone: bool) -> DateMention:
    kind = _kind(hit, text, first)
    if hit.pattern in _LENGTHS and not alone:
        kind = DateKind.ASIDE
    lead = text[max(first, hit.start - 4 * _BEFORE) : hit.start]
    initial = hit.start - first <= len(lead) and len(lead.split()) <= 3
    looks_back = _looks_back(lead, kind) and hit.pattern not in _ONWARD
    story.at = hit.start
    behind = None if initial else _of_what_went_before(hit, text)
    hit = behind or hit
    if kind is DateKind.BY and _by_an_hour().fullmatch(text[hit.start : hit.end]):
        kind = DateKind.POINT
    since = kind is DateKind.SINCE and lead.rstrip().lower().endswith("since")
    news = behind is not None and story.told is None and story.published is not None
    if news and story.published is not None:
        story.told = Moment.of(story.published)  # "have retaken X, two days after they lost it"
    reading = read_hit(hit, story, since=since, initial=initial)
    if news:
        story.told = None
    if reading.duration:
        kind = DateKind.DURATION
    looks_back = behind is not None or (looks_back and not story.goes_on(reading.moment))
    if kind is DateKind.ASIDE:
        looks_back = True
    if kind in (DateKind.POINT, DateKind.BY, DateKind.AFTER) and not reading.open_start:
        story.reach(reading.last or reading.moment, initial=initial, back=looks_back)
    if kind not in (DateKind.ASIDE, DateKind.DURATION):
        story.pass_by(reading.last or reading.moment)
    point = span_of(reading.moment, reading.last, approximate=reading.approximate)
    return DateMention(
        start=hit.start,
        end=hit.end,
        text=text[hit.start : hit.end],
        edtf=_bounded(point, kind, reading.open_start),
        point=point,
        kind=kind,
        precision="interval" if reading.last is not None else reading.moment.precision if reading.moment else "none",
        relative=reading.relative,
        back_reference=looks_back,
    )


@cache
def _by_an_hour() -> re.Pattern[str]:
    return re.compile(rf"by\s+(?:the\s+)?(?:{any_of(read_date_words().times_of_day)})", re.IGNORECASE)


def _of_what_went_before(hit: Hit, text: str) -> Hit | None:
    """Return "a day after" behind the date of its sentence as "a day before": the day of what it names."""
    if not text[hit.start : hit.end].lower().endswith("after"):
        return None
    if hit.pattern == "day_after":
        return replace(hit, groups={**hit.groups, "rel": "before"})
    return replace(hit, pattern="earlier") if hit.pattern == "later" else None


def _bounded(point: str | None, kind: DateKind, open_start: bool) -> str | None:
    """Return the value with the open side that its kind gives it."""
    if point is None:
        return None
    if open_start:
        return f"../{point}"
    first, _, last = point.partition("/")
    if kind in (DateKind.UNTIL, DateKind.BY, DateKind.BEFORE):
        return f"../{last or first}"
    if kind is DateKind.SINCE or (kind is DateKind.AFTER and not last):
        return f"{first}/.."
    return point


_ASIDE = ("first time since", "first since", "largest since", "worst since", "biggest since", "deadliest since")


def _kind(hit: Hit, text: str, first: int) -> DateKind:
    """Return the kind that the words right before the date, or in it, give."""
    own = re.match(r"(by|since|until)\b", text[hit.start : hit.end], re.IGNORECASE)
    if own:
        return DateKind(own[1].lower())
    if "range" in hit.pattern:
        return DateKind.POINT
    before = text[max(first, hit.start - _BEFORE) : hit.start].rstrip(" ,-").lower()
    before = re.sub(r"\s+(?:the|about|around|early|late|mid|at least|around the)\Z", "", before)
    words = before.split()
    kinds = read_date_words().kinds
    if before.endswith(_ASIDE):
        return DateKind.ASIDE
    for count in (3, 2, 1):
        kind = kinds.get(" ".join(words[-count:])) if len(words) >= count else None
        if kind is not None:
            return DateKind(kind)
    return DateKind.POINT


def _looks_back(lead: str, kind: DateKind) -> bool:
    """Tell whether the date belongs to a clause that looks back from the story."""
    if kind in (DateKind.SINCE, DateKind.UNTIL, DateKind.BEFORE):
        return True
    clause = re.split(r"[,;:(]\s", lead)[-1].lower().split()
    words = read_date_words().back_reference
    return any(word.strip("'’.,") in words for word in clause[-12:])
