"""Where in a text dates are written: each pattern tried only where it can begin."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import cache

from tracker.claims.dates.patterns import date_patterns
from tracker.claims.dates.words import any_of, read_date_words
from tracker.claims.phrases import fold, word_list
from tracker.claims.records import record

__all__ = ["Hit", "scan"]


@record(kw_only=False)
class Hit:
    """One pattern found: its name, span and named groups, in lower case."""

    pattern: str
    start: int
    end: int
    groups: dict[str, str]


# What each pattern can't be without; it is only tried around such words.
_NEEDS = {
    "month": "day_range date_range us_date_range us_day_range date us_date month_range part_month month_year month"
    " month_event month_alone",
    "year": "decade iso numeric year_range part_year year_event year",
    "weekday": "weekday us_weekday",
    "season": "season_years season_year season_relative season_about season part_period this_period",
    "feast": "feast",
    "deictic": "deictic",
    "unit": "weekend this_time part_period this_period ago recent duration later after_num since_clause earlier within"
    " next day_after previous same in_the_day by_evening into year_end new_year nth_day edge_day opening",
    "ordinal": "the_nth",
    "told": "since_then",
}
_PARTS = ("start", "beginning", "end", "middle", "half", "first", "last", "final", "early", "late", "mid")
# Those of them that begin with a month are only tried where one stands,
_AT_MONTH = frozenset(
    {"us_date_range", "us_day_range", "us_date", "month_range", "month_year", "month_event", "month_alone"}
)
# others only where one of these stands around as well.
_ALSO = {
    "decade": ("0s",),
    "part_period": _PARTS,
    "part_month": _PARTS,
    "part_year": _PARTS,
    "year_event": (*read_date_words().undertaken, *read_date_words().brought_about),
    "month_event": read_date_words().brought_about,
    "this_time": ("this",),
    "this_period": ("this", "last", "next", "past"),
    "duration": ("for",),
    "in_the_day": ("later", "earlier", "late", "early", "end", "start", "beginning"),
    "weekend": ("weekend",),
    "ago": ("ago",),
    "recent": ("past", "last", "recent", "previous", "preceding"),
    "later": ("later", "after", " on,", "that followed"),
    "after_num": ("after", "following"),
    "since_clause": ("since",),
    "earlier": ("earlier", "before", "prior", "previously"),
    "within": ("within",),
    "opening": ("first", "opening", "early", "initial", "final", "last", "closing"),
    "next": ("next", "following", "subsequent", "ensuing"),
    "day_after": ("after", "later", "before", "earlier"),
    "previous": ("previous", "preceding"),
    "into": ("into",),
    "year_end": ("end",),
    "new_year": ("new",),
    "edge_day": ("first", "last", "final"),
    "same": ("same", "that"),
    "by_evening": tuple(read_date_words().times_of_day),
}
_LEFT, _RIGHT = 90, 70  # characters around such a word; the longest date of each pattern is shorter


@cache
def _anchors() -> re.Pattern[str]:
    words = read_date_words()
    months = [form for month in words.months for form in (month.title(), month.upper())]
    return re.compile(
        rf"\b(?:(?P<month>(?:{any_of(months)})\b)|(?P<year>(?:1[5-9]|20)\d\d(?!\d))|(?P<weekday>(?:{any_of(words.weekdays)})\b)"
        rf"|(?P<season>(?:{any_of(words.seasons)})\b)|(?P<deictic>(?:yesterday|today|tonight|tomorrow|now|currently|overnight)\b)"
        r"|(?P<unit>(?:minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|weekend"
        rf"|{any_of(words.times_of_day)})\b)"
        r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)|(?P<at>at\s{1,4}present\b)"
        r"|(?P<told>(?:(?<=since\s)|(?<=by\s)|(?<=until\s))then\b)"
        rf"|(?P<feast>(?:{any_of(words.feasts)})\b))",
        re.IGNORECASE,
    )


_WORD = re.compile(r"\w+")
# What `_anchors` finds beside months, weekdays, seasons and figures.
_MOMENTS = ("yesterday", "today", "tonight", "tomorrow", "now", "currently", "overnight", "at", "then")
_UNITS = ("minute", "hour", "day", "night", "week", "fortnight", "month", "year", "decade")


@cache
def _first_words() -> frozenset[str]:
    """Return the words that what `_anchors` finds may begin with, but for figures."""
    words = read_date_words()
    names = [*words.months, *map(str.upper, words.months), *words.weekdays, *words.seasons]
    names += [*words.feasts, *_MOMENTS, *_UNITS, *(f"{unit}s" for unit in _UNITS), *words.times_of_day, "weekend"]
    return frozenset(fold(first.group()) for name in names if (first := _WORD.match(name)))


def _anchored(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_anchors` finds, trying it only on words that could begin it, which is faster than to search."""
    words, firsts, match, after = word_list(text), _first_words(), _anchors().match, 0
    for index in [k for k, word in enumerate(words.folds) if word in firsts or word[:1].isdigit()]:
        start = words.starts[index]
        if start >= after:
            found = match(text, start)
            if found is not None:
                after = found.end()
                yield found


def _windows(text: str) -> tuple[dict[str, list[tuple[int, int]]], list[int]]:
    """Return, by what a pattern needs, the stretches of text around it, merged; and where months stand."""
    windows: dict[str, list[tuple[int, int]]] = {}
    months = []
    for found in _anchored(text):
        kind = found.lastgroup or ""
        if kind == "month":
            months.append(found.start())
            if not _month_like(found.group()):
                continue
        kinds = ("season", "unit") if kind == "season" else ("deictic",) if kind == "at" else (kind,)
        if kind == "unit" and found.group().lower() == "night":
            kinds = ("unit", "deictic")  # "last night"
        for name in kinds:
            _widen(windows.setdefault(name, []), text, found.start(), found.end())
    return windows, months


def _month_like(word: str) -> bool:
    """Tell whether a month is written as its language does: in English with a capital."""
    return word[0].isupper() or " ".join(word.lower().split()) in read_date_words().other_months


def _widen(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add a stretch that begins and ends between words; one that touches the last is joined to it."""
    first, last = max(0, start - _LEFT), min(len(text), end + _RIGHT)
    while 0 < first < start and text[first - 1].isalnum():
        first += 1
    while last < len(text) and last > end and text[last].isalnum():
        last -= 1
    if spans and first <= spans[-1][1]:
        spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
    else:
        spans.append((first, last))


@cache
def _by_need() -> tuple[tuple[str, tuple[tuple[int, str, re.Pattern[str]], ...]], ...]:
    ranked = {name: (rank, name, pattern) for rank, (name, pattern) in enumerate(date_patterns())}
    return tuple((need, tuple(ranked[name] for name in names.split())) for need, names in _NEEDS.items())


_PART_OF_IT = frozenset({"last", "this", "next", "that", "late", "early", "mid", "the"})


def _start(match: re.Match[str]) -> int:
    """Return where a date starts: behind a preposition that its pattern asks for."""
    if "pre" not in match.re.groupindex:
        return match.start()
    before = match["pre"]
    if not before or before.split()[0].lower() in _PART_OF_IT:
        return match.start()
    return match.start("month")


def _matches(text: str) -> Iterator[tuple[int, str, re.Match[str]]]:
    """Yield what each pattern finds, with its rank and name."""
    windows, months = _windows(text)
    before = _words_before(text, months)
    for need, patterns in _by_need():
        for start, end in windows.get(need, ()):
            around = text[start:end].lower()
            for rank, name, pattern in patterns:
                if name in _AT_MONTH:
                    found = _found_at(months, pattern, text, start, end)
                elif name == "month":
                    found = _found_at(before, pattern, text, start, end)
                elif name == "date_range" and _between(months, start, end) < _MONTHS_OF_RANGE:
                    continue
                elif name not in _ALSO or any(map(around.__contains__, _ALSO[name])):
                    found = pattern.finditer(text, start, end)
                else:
                    continue
                for match in found:
                    yield rank, name, match


_MONTHS_OF_RANGE = 2


def _between(places: Sequence[int], start: int, end: int) -> int:
    """Count how many of some places, which are in order, lie in a stretch."""
    return bisect.bisect_left(places, end) - bisect.bisect_left(places, start)


def _words_before(text: str, places: Sequence[int]) -> list[int]:
    """Return where the last two words before each of some places begin: "in May", "as of May"."""
    words = word_list(text)
    found: set[int] = set()
    for place in places:
        at = bisect.bisect_left(words.starts, place)
        found.update(words.starts[max(at - 2, 0) : at])
    return sorted(found)


def _found_at(
    places: Sequence[int], pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """Yield what `finditer` would, of a pattern that can only begin at certain places."""
    for place in places[bisect.bisect_left(places, start) : bisect.bisect_left(places, end)]:
        if place >= start:
            match = pattern.match(text, place, end)
            if match is not None:
                start = match.end()
                yield match


def scan(text: str) -> list[Hit]:
    """Return the dates of a text: leftmost, then longest, then the earlier pattern; no overlaps."""
    found = {(_start(match), -match.end(), rank): (name, match) for rank, name, match in _matches(text)}
    hits: list[Hit] = []
    covered = 0
    for (start, minus_end, _), (name, match) in sorted(found.items(), key=lambda item: item[0]):
        if start < covered or not _plausible(name, match, text):
            continue
        groups = {key: value.lower() for key, value in match.groupdict().items() if value}
        hits.append(Hit(name, start, -minus_end, groups))
        covered = -minus_end
    return hits


_YEAR_BEFORE = re.compile(
    r"(?:^|[(\[,;–-]|\b(?:in|since|by|until|till|from|of|during|after|before|around|circa|early|late|mid|through|throughout|and|or|to|between|year|as\s+of))\s*-?\Z",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"\b(?:take|takes|took|taken|taking|hand|handed)\s+\Z")
_OPENING = re.compile(r"\b(?:In|Since|By)\s+\Z")  # "In 2013 rebels took X"
_COUNTED = re.compile(
    r"\s*(?:%|percent|per\s+cent|km|kilomet|m\b|met(?:er|re)|mile|people|civilian|fighter|soldier|troop|militant|men\b|famil|rebel|strong|square|hous|victim|refugee|wounded|dead|killed|°|\d|mm\b|house|housing|project|building)",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:\b(?:the|its|their|his|an?)|['’]s?)\s+\Z", re.IGNORECASE)
_EVENT_BEFORE = re.compile(r"\b(?:during|in|after|since|before|of)\s+(?:the|an?|its|their)\s+\Z", re.IGNORECASE)
_NAMED_BEHIND = re.compile(r"\s[A-Z]")
_MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|by|since|until|between|from|and|to|of|late|early|mid|,)|^|\()\s*\Z", re.IGNORECASE
)


def _plausible(name: str, match: re.Match[str], text: str) -> bool:
    """Tell a date from a number or a verb that looks like one."""
    before, behind = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
    if name in ("year", "year_range"):
        comma = bool(re.match(r",\d", behind)) or (before.endswith((",", ".")) and before[-2:-1].isdigit())
        counted = _COUNTED.match(behind) and not _OPENING.search(before)
        return bool(_YEAR_BEFORE.search(before)) and not counted and not comma
    if name == "year_event":
        return (_DETERMINED if _of_event(text, match) else _EVENT_BEFORE).search(before) is not None
    month = match.groupdict().get("month")
    taken_over = name == "recent" and match.group().lower().startswith("over") and _TAKEN.search(before)
    of_unit = name == "the_nth" and match.group()[:2].lower() == "of" and _NAMED_BEHIND.match(text, match.end())
    if taken_over or of_unit or (month is not None and not month.isdigit() and not _month_like(month)):
        return False  # "which it had taken over the previous week", "of the 4th Marines", "he may"
    if name in ("month", "month_alone") and month is not None and month.lower() in ("may", "march"):
        return name == "month" and not re.match(r"\s+(?:be|have|not|also|on|towards?|into|to)\b", behind, re.IGNORECASE)
    if name in ("month_event", "month_alone"):
        return (_DETERMINED if name == "month_event" else _MONTH_BEFORE).search(before) is not None
    return not (before[-1:].isdigit() or (before[-1:] in ".," and before[-2:-1].isdigit()))


def _of_event(text: str, year: re.Match[str]) -> bool:
    """Tell whether a year stands right before what came about: "the 2014 capture", "its 2014 fall"."""
    behind = text[year.end() : year.end() + 16].split()
    return bool(behind) and behind[0].lower().strip(".,;:") in read_date_words().brought_about
