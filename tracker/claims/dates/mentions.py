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
from dataclasses import replace
from functools import cache

from tracker.claims.dates.asking import Reading, number_of
from tracker.claims.dates.kinds import DateKind, DateMention
from tracker.claims.dates.moments import Moment, span_of
from tracker.claims.dates.neighbours import as_spans, tells_again, tidy
from tracker.claims.dates.quoted import as_said, speaks
from tracker.claims.dates.reading import read_hit
from tracker.claims.dates.scanning import Hit, scan
from tracker.claims.dates.story import Story
from tracker.claims.dates.words import any_of, read_date_words
from tracker.claims.sentences import split_sentences

__all__ = ["DateKind", "DateMention", "find_dates"]


_ENDS = re.compile(r"\s*[,.;:!?)]|\s*\Z|\s+and\b")
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
    [('May 2015', '2015-05'), ('the next March', '2016-03')]
    """
    hits = tidy(scan(text), text)
    told = [hit for hit in hits if not text[max(0, hit.start - 8) : hit.start].lower().endswith("since ")]
    story = Story(published=published, title=title, anchor=Moment.parse(anchor), hits=told, text=text)
    if not hits:
        return []
    starts = [span.start for span in split_sentences(text)]
    firsts = [_sentence_of(hit, starts) for hit in hits]
    dated = Counter(first for hit, first in zip(hits, firsts, strict=True) if hit.pattern not in _LENGTHS)
    years = _years_by_sentence(hits, firsts)
    dates = []
    for k, (hit, first) in enumerate(zip(hits, firsts, strict=True)):
        ahead = hits[k + 1] if k + 1 < len(hits) and firsts[k + 1] == first else None
        before = hits[k - 1] if k and firsts[k - 1] == first else None
        story.sentence = bisect.bisect_right(starts, first)
        if before is None:
            story.within = story.behind = story.in_sentence = None
            if k and "\n" in text[hits[k - 1].end : hit.start]:
                story.named = story.told or story.named  # what the last paragraph looked back to is over
        elif _WHEN.match(text, before.end) and story.named is not None and story.named.precision == "year":
            story.within = story.named.year  # "last year, when they took X in February"
        length = hit.pattern in _LENGTHS and not (_joined(hit, text) and hit.start > first)
        aside = (length and dated[first] > 0) or (hit.pattern in _LENGTHS and number_of(hit.groups["num"]) is None)
        aside = aside or _told_twice(hit, years.get(first, ()), published) or tells_again(hit, ahead, text)
        dates.append(_mention(hit, text, first, story, aside=aside, ahead=ahead))
    return as_said(as_spans(dates, text), text)


_ONWARD = frozenset({"next", "later", "same", "in_the_day", "by_evening", "within"})  # they go on from what was told
_BACKWARD = frozenset({"earlier", "previous", "day_after"})
_NAMED = frozenset({"iso", "numeric", "date", "us_date", "month_year", "month", "part_month", "weekday", "us_weekday"})
_PREVIOUS = ("previous", "preceding")
_NOW = frozenset({"now", "currently", "at present"})  # tell no day of the story
_WHEN = re.compile(r",?\s{1,4}(?:when\b|the\s{1,4}day\s{1,4}(?:on\s{1,4}which|when|that)\b)")
_BEGINNING = re.compile(r"\b(?:began|begun|starte?d?|launche?[sd]?|commenced|broke out)\b")
_THAT = re.compile(r"\s{1,4}(?:that|this)(?:[.,;:]|\s{1,4}(?:and|but)\b|\Z)")
_AND = re.compile(r"\band,?\s{1,2}\Z")
_IT_TOOK = re.compile(r"\b(?:was|were|be|took|takes?)\s{1,3}(?:\w{1,9}\s{1,3})?\Z", re.IGNORECASE)
_ROUNDED = 2  # years by which a round age may miss the year beside it
_LENGTHS = frozenset({"after_num"})  # "after three months of siege": how long it lasted, where a date stands beside it


def _sentence_of(hit: Hit, starts: Sequence[int]) -> int:
    """Return where the sentence of a date begins."""
    before = bisect.bisect_right(starts, hit.start)
    return starts[before - 1] if before else 0


def _years_by_sentence(hits: Sequence[Hit], firsts: Sequence[int]) -> dict[int, list[int]]:
    """Return the years that each sentence names, by where it begins."""
    years: dict[int, list[int]] = {}
    for hit, first in zip(hits, firsts, strict=True):
        if "year" in hit.groups:
            years.setdefault(first, []).append(int(hit.groups["year"]))
    return years


def _joined(hit: Hit, text: str) -> bool:
    """Tell whether a length of time leads on to what came then: "attacked on 24 May, and after four days took it"."""
    return _AND.search(text, max(0, hit.start - len(", and  ")), hit.start) is not None


def _told_twice(hit: Hit, years: Sequence[int], published: dt.date | None) -> bool:
    """Tell whether an age only repeats a year that stands in its sentence: "twelve years ago …, in 1996"."""
    if hit.pattern != "ago" or not hit.groups["unit"].startswith("year") or published is None:
        return False
    number = number_of(hit.groups.get("num"))
    return number is not None and any(abs(published.year - number - year) <= _ROUNDED for year in years)


def _mention(hit: Hit, text: str, first: int, story: Story, *, aside: bool, ahead: Hit | None) -> DateMention:
    kind = DateKind.ASIDE if aside else _kind(hit, text, first)
    lead = text[max(first, hit.start - 4 * _BEFORE) : hit.start]
    initial = hit.start - first <= len(lead) and len(lead.split()) <= 3
    back = not initial and hit.groups.get("rel", "").endswith(_PREVIOUS)  # "won the previous winter"
    looks_back = back or (_looks_back(lead, kind) and hit.pattern not in _ONWARD)
    story.at = hit.start
    later_named = ahead if ahead is not None and ahead.pattern in _NAMED else None
    dated = later_named is not None and "," not in text[hit.end : later_named.start] and _is_after(hit, text)
    of_news = story.told is None and story.published is not None  # which counts from the day of publication
    looks = not initial or later_named is not None or of_news
    behind = _of_what_went_before(hit, text) if not dated and looks else None
    behind = behind or _of_what_came_then(hit, text, lead, follows=story.in_sentence is not None)
    hit = behind or hit
    if kind is DateKind.BY and _by_an_hour().fullmatch(text[hit.start : hit.end]):
        kind = DateKind.POINT
    since = kind is DateKind.SINCE and lead.rstrip().lower().endswith("since")
    told = story.told
    later_named = later_named if looks_back or initial or behind is not None else None
    story.told = _reckoned_from(hit, story, ahead if dated else later_named, of_before=behind is not None, dated=dated)
    reading = read_hit(hit, story, since=since, initial=initial)
    story.told = told
    if reading.duration:
        kind = DateKind.DURATION
    looks_back = behind is not None or (looks_back and not story.goes_on(reading.moment))
    ended = kind is DateKind.UNTIL and _WHEN.match(text, hit.end) is not None
    if ended and (told is None or story.goes_on(reading.moment) or story.comes_to(reading.moment)):
        looks_back = False  # "held it until May, when they left": the story is in May
    opens = kind is DateKind.SINCE and _opens(lead, reading, story, initial=initial)
    looks_back = (looks_back and not opens) or kind is DateKind.ASIDE
    word = hit.groups.get("word")
    passing = word in _NOW or (word == "overnight" and story.in_sentence is not None)
    tells = kind in (DateKind.POINT, DateKind.BY, DateKind.AFTER) and not passing
    if (tells or ended or opens) and not reading.open_start:
        reading = _the_morning_after(hit, reading, story, back=looks_back)
        story.reach(reading.last or reading.moment, initial=initial, back=looks_back, words=text[hit.start : hit.end])
        if not looks_back:
            story.hour = _hour_of(hit, lead)
    if kind is DateKind.POINT and not looks_back and _begins(text, first, hit):
        story.begin(reading.moment)
    of_before = behind is not None and story.in_sentence is not None
    if kind not in (DateKind.ASIDE, DateKind.DURATION) and not passing and not of_before:
        story.pass_by(reading.last or reading.moment)
    if kind is DateKind.POINT and not of_before:
        story.in_sentence = reading.last or reading.moment
        story.behind = reading.last or reading.moment if looks_back else None
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
        onward=(ended or opens) and not looks_back,
    )


def _opens(lead: str, reading: Reading, story: Story, *, initial: bool) -> bool:
    """Tell whether the story goes on from what begins on a day: "From May", "was without power from 2 May"."""
    if initial:
        return lead.strip().lower() == "from"
    moment = reading.moment
    day = moment is not None and moment.day is not None and reading.last is None
    return day and lead.rstrip().endswith(" from") and (story.told is None or story.goes_on(moment))


def _hour_of(hit: Hit, lead: str) -> str:
    """Return the time of day that a date tells, empty where somebody only speaks then."""
    hour = hit.groups.get("time") or hit.groups.get("unit", "")
    return "" if speaks(lead[-_BEFORE:]) else hour


def _the_morning_after(hit: Hit, reading: Reading, story: Story, *, back: bool) -> Reading:
    """Return "at dawn" behind "on Monday evening" as that of the day after."""
    words = read_date_words()
    early = hit.pattern == "by_evening" and hit.groups["unit"] in words.early_hours
    if not early or back or story.hour not in words.late_hours or reading.moment is None or reading.moment.day is None:
        return reading
    return replace(reading, moment=reading.moment.shifted(1, "day"))


def _begins(text: str, first: int, hit: Hit) -> bool:
    """Tell whether something is said to begin near a date of its sentence."""
    behind = text[hit.end : hit.end + _BEFORE].split(". ", maxsplit=1)[0]
    return _BEGINNING.search(text[max(first, hit.start - 2 * _BEFORE) : hit.start] + behind) is not None


def _of_long_before(hit: Hit) -> bool:
    """Tell whether a date reckons back months or years, which news that has told no day counts from its own."""
    return hit.pattern == "earlier" and hit.groups["unit"].startswith(("month", "year"))


def _reckoned_from(hit: Hit, story: Story, named: Hit | None, *, of_before: bool, dated: bool = False) -> Moment | None:
    """
    Return the day that a date is reckoned from: one that its sentence names behind it, else the last one told.

    Parameters
    ----------
    dated
        Whether what the date follows has a day of its own: "three days after X fell on Monday".
    """
    if named is not None and (dated or (hit.pattern in _BACKWARD and not (of_before and story.in_sentence))):
        return read_hit(named, story, since=False, initial=False).moment or story.told
    of_an_hour = hit.pattern == "by_evening" and story.behind is not None and story.behind.day is None
    if hit.pattern in _ONWARD and story.behind is not None and not of_before and not of_an_hour:
        return story.behind  # "which took X in 2023 and Y a few weeks later"
    if of_before and story.in_sentence is not None:
        return story.in_sentence  # "lost X in 1998, two years after they took it"
    if story.told is None and story.published is not None and (of_before or _of_long_before(hit)):
        return Moment.of(story.published)  # "have retaken X, two days after they lost it"
    named_day = story.named if story.named is not None and story.named.day is not None else None
    if story.told is None and hit.pattern in _ONWARD and story.published is None:
        return named_day  # "was without power since 2 May. The next day"
    return story.told


@cache
def _by_an_hour() -> re.Pattern[str]:
    hour = any_of(read_date_words().times_of_day)
    return re.compile(rf"by\s+(?:the\s+)?(?:(?:next|following)\s+)?(?:{hour})", re.IGNORECASE)


def _is_after(hit: Hit, text: str) -> bool:
    """Tell whether a date dates what follows it, "ten days after X fell", not "ten days after that"."""
    after = text[hit.start : hit.end].lower().endswith("after")
    return after and _THAT.match(text, hit.end) is None


def _of_what_went_before(hit: Hit, text: str) -> Hit | None:
    """Return "a day after" behind the date of its sentence as "a day before": the day of what it names."""
    if hit.pattern == "since_clause":
        return replace(hit, pattern="earlier")  # "nearly a month since they took X"
    if not _is_after(hit, text) or _ENDS.match(text, hit.end):
        return None  # "X fell on Monday, Y the day after, and"
    if hit.pattern == "day_after":
        return replace(hit, groups={**hit.groups, "rel": "before"})
    return replace(hit, pattern="earlier") if hit.pattern == "later" else None


def _of_what_came_then(hit: Hit, text: str, lead: str, *, follows: bool) -> Hit | None:
    """
    Return "two weeks before" as "two weeks later" where it dates what came then: "it was two weeks before they left".

    Parameters
    ----------
    follows
        Whether its sentence has told a date of its own: "took X on 5 May, two weeks before Y fell".
    """
    if not text[hit.start : hit.end].lower().endswith(" before") or _ENDS.match(text, hit.end):
        return None
    counted = hit.pattern == "day_after" or number_of(hit.groups.get("num")) is not None
    if not counted or _THAT.match(text, hit.end) or not (follows or _IT_TOOK.search(lead)):
        return None
    if hit.pattern == "day_after":
        return replace(hit, groups={**hit.groups, "rel": "after"})
    return replace(hit, pattern="later") if hit.pattern == "earlier" else None


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


# "the first capital to fall since 2001": since when nothing like it was so, not when it was
_FIRST_SINCE = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth)\b[^,;:]*\b(?:to|that|have|had|has|been)\b[^,;:]*\bsince\Z"
)
_RANKED = re.compile(r"\b(?:biggest|largest|worst|deadliest|fiercest|heaviest|greatest|first)(?: [\w-]+){1,5}\Z")
_PERIODS = frozenset({"this_period", "recent"})
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
    if hit.pattern in _PERIODS and _RANKED.search(before):
        return DateKind.ASIDE  # "in what would be its biggest gain this year"
    if before.endswith(_ASIDE) or _FIRST_SINCE.search(text[max(first, hit.start - 3 * _BEFORE) : hit.start].rstrip()):
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
