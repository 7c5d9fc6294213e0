"""The patterns in which English writes dates, and the numbers in their words."""

from __future__ import annotations

import bisect
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.resources import data_path

__all__ = ["DateWords", "Hit", "read_date_words", "scan"]


@dataclass(frozen=True, slots=True)
class DateWords:
    """Vocabulary of ``data/claims/dates_en.toml``."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    numbers: dict[str, float]
    ordinals: dict[str, int]
    kinds: dict[str, str]
    back_reference: frozenset[str]
    short_months: frozenset[str]
    other_months: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """One pattern found: its name, span and named groups, in lower case."""

    pattern: str
    start: int
    end: int
    groups: dict[str, str]


@cache
def read_date_words() -> DateWords:
    """Read the vocabulary."""
    raw: dict[str, Any] = tomllib.loads(data_path("claims", "dates_en.toml").read_text(encoding="utf-8"))
    others = tomllib.loads(data_path("claims", "months_other.toml").read_text(encoding="utf-8"))
    elsewhere = {name: k for table in others.values() for k, name in enumerate(table["months"], start=1)}
    return DateWords(
        months={**elsewhere, **raw["months"], **raw["short_months"]},
        weekdays=raw["weekdays"],
        seasons=raw["seasons"],
        numbers=raw["numbers"],
        ordinals=raw["ordinals"],
        kinds={word: kind for kind, words in raw["kinds"].items() for word in words},
        back_reference=frozenset(raw["back_reference"]["words"]),
        short_months=frozenset(raw["short_months"]),
        other_months=frozenset(elsewhere),
    )


def _any(words: Any) -> str:
    return "|".join(sorted((re.escape(word).replace(r"\ ", r"\s+") for word in words), key=lambda w: (-len(w), w)))


def _pieces() -> dict[str, str]:
    words = read_date_words()
    long_months = [month for month in words.months if month not in words.short_months | words.other_months]
    units = "minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?"
    return {
        "MON": rf"(?:{_any(long_months)}|{_any(words.other_months)}|(?:{_any(words.short_months)})\b\.?)",
        "LONGMON": rf"(?:{_any(long_months)})",
        "DAY": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
        "YEAR": r"(?:1[5-9]\d\d|20\d\d)",
        "PART": r"(?:(?:the\s+)?(?:very\s+)?(?:start|beginning|end|middle|first\s+half|second\s+half"
        r"|first\s+days|last\s+days|first\s+weeks?|last\s+weeks?|first\s+months|final\s+days|final\s+weeks)\s+of|early\s+in|late\s+in|early|mid|late|middle)",
        "SEP": r"(?:\s*(?:-|–|—|to|and|or|until|till|through|&)\s*)",
        "WD": rf"(?:{_any(words.weekdays)})",
        "SEASON": rf"(?:{_any(words.seasons)})",
        "NUM": rf"(?:\d{{1,3}}|{_any(words.numbers)}|several|few|some|many|recent)",
        "ORD": rf"(?:{_any(words.ordinals)})",
        "UNIT": rf"(?:{units})",
        "DAYTIME": r"(?:morning|afternoon|evening|night|day|dawn|noon|midday|midnight|dusk|nightfall)",
        "PERIOD": r"(?:week|month|year|decade|weekend|spring|summer|autumn|fall|winter)",
        "ABOUT": r"(?:(?:about|around|nearly|almost|roughly|some|approximately|just|at\s+least|over"
        r"|more\s+than|less\s+than|fewer\s+than|under|only|the\s+(?:past|last|previous)|past|last|the)\s+)",
    }


# In order of preference where two begin at one place and are equally long. {X} is a piece above, (?P<..>) a group.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<year>{YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?:T[\d:]+Z?)?"),
    ("numeric", r"(?P<day>\d{{1,2}})(?P<sep>[./])(?P<month>\d{{1,2}})(?P=sep)(?P<year>{YEAR})"),
    ("day_range", r"(?P<day>{DAY}){SEP}(?P<day2>{DAY})\s+(?:of\s+)?(?P<month>{MON})(?:,?\s+(?P<year>{YEAR}))?"),
    (
        "date_range",
        r"(?P<day>{DAY})\s+(?P<month>{MON})(?:,?\s+(?P<year1>{YEAR}))?{SEP}(?P<day2>{DAY})\s+(?P<month2>{MON})(?:,?\s+(?P<year>{YEAR}))?",
    ),
    (
        "us_date_range",
        r"(?P<month>{MON})\s+(?P<day>{DAY})(?:,?\s+(?P<year1>{YEAR}))?{SEP}(?P<month2>{MON})\s+(?P<day2>{DAY})(?:,?\s+(?P<year>{YEAR}))?",
    ),
    ("us_day_range", r"(?P<month>{MON})\s+(?P<day>{DAY}){SEP}(?P<day2>{DAY})(?![\d:])(?:,?\s+(?P<year>{YEAR}))?"),
    (
        "date",
        r"(?:the\s+)?(?P<day>{DAY})\s+(?:of\s+)?(?P<month>{MON})(?:,?\s+(?:of\s+)?(?:(?P<year>{YEAR})|(?P<rel>last|this)\s+year))?",
    ),
    (
        "us_date",
        r"(?P<month>{MON})\s+(?:the\s+)?(?P<day>{DAY})(?![\d:])(?:,?\s+(?:of\s+)?(?:(?P<year>{YEAR})|(?P<rel>last|this)\s+year))?",
    ),
    (
        "month_range",
        r"(?P<month>{LONGMON})(?:\s+(?P<year1>{YEAR}))?{SEP}(?P<part>{PART}[\s-]+)?(?P<month2>{LONGMON})(?:,?\s+(?P<year>{YEAR}))?",
    ),
    ("part_month", r"(?P<part>{PART})[\s-]+(?P<month>{LONGMON})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?"),
    ("month_year", r"(?P<month>{MON}),?\s+(?:of\s+)?(?P<year>{YEAR})"),
    (
        "month",
        r"(?P<pre>in|by|since|until|till|during|through|throughout|of|from|last|this|next|before|after|late|early|mid|into|following|around|as\s+of)\s+(?P<month>{LONGMON})(?!\s+(?:the\s+)?{DAY}\b)(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?(?:\s+(?:of\s+)?(?P<rel>last\s+year|this\s+year|that\s+year|the\s+same\s+year|the\s+following\s+year|the\s+next\s+year|next\s+year))?",
    ),
    ("month_alone", r"(?P<month>{LONGMON})(?!\s+(?:the\s+)?{DAY}\b)"),
    (
        "season_year",
        r"(?:the\s+)?(?:(?P<part>{PART})[\s-]+(?:the\s+)?)?(?P<season>{SEASON})\s+(?:of\s+)?(?P<year>{YEAR})",
    ),
    (
        "season_relative",
        r"(?P<rel>last|this|next|that|the\s+same|the\s+following|the\s+previous)\s+(?P<season>{SEASON})",
    ),
    (
        "season",
        r"(?:in|during|by|since|until|of)\s+(?:the\s+)?(?:(?P<part>{PART})\s+(?:the\s+)?)?(?P<season>spring|summer|autumn|winter)(?!\s+(?:of\s+)?{YEAR})",
    ),
    ("decade", r"(?:the\s+)?(?:(?P<part>{PART})[\s-]+)?(?P<year>(?:1[5-9]|20)\d0)s"),
    ("year_range", r"(?P<year>{YEAR}){SEP}(?P<year2>{YEAR}|\d\d(?!\d))"),
    (
        "year_event",
        r"(?P<year>{YEAR})(?=(?:\s+[\w-]+){{0,4}}\s+(?:offensive|campaign|operation|battle|clashes|war|siege|uprising|insurrection|rebellion|revolt|insurgency|invasion|assault|coup)s?\b)",
    ),
    ("part_year", r"(?P<part>{PART})[\s-]+(?:of\s+)?(?P<year>{YEAR})"),
    ("year", r"(?P<year>{YEAR})"),
    (
        "part_period",
        r"(?P<part>{PART})\s+(?P<rel>this|last|next|that|the\s+same|the\s+following|the\s+next)\s+(?P<period>{PERIOD})",
    ),
    (
        "weekday",
        r"(?:(?P<rel>last|this|next|this\s+past|the\s+previous|the\s+following|the\s+next)\s+)?(?P<weekday>{WD})(?:\s+(?P<time>{DAYTIME}))?(?:\s+(?:of\s+)?(?P<week>last|this)\s+week)?(?:,?\s+(?:the\s+)?(?P<day>{DAY})(?:\s+(?:of\s+)?(?P<month>{MON}))?(?!\d)(?:,?\s+(?P<year>{YEAR}))?)?",
    ),
    ("us_weekday", r"(?P<weekday>{WD}),?\s+(?P<month>{MON})\s+(?P<day>{DAY})(?![\d:])(?:,?\s+(?P<year>{YEAR}))?"),
    (
        "deictic",
        r"(?P<word>the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|last\s+night|overnight|now|currently|at\s+present)(?:\s+(?P<time>{DAYTIME}))?",
    ),
    ("this_time", r"(?:earlier\s+|late\s+|early\s+|later\s+)?this\s+(?P<time>morning|afternoon|evening|night)"),
    (
        "this_period",
        r"(?:(?P<part>earlier|later|early|late)\s+)?(?P<rel>this|last|next|this\s+past|past)\s+(?P<period>{PERIOD})(?!\s*-?long)",
    ),
    ("weekend", r"(?:at|over|during|on)\s+the\s+weekend"),
    ("ago", r"(?P<about>{ABOUT})?(?:(?P<num>(?:a\s+)?few|{NUM})\s+)?(?P<unit>{UNIT})\s+ago"),
    (
        "recent",
        r"(?:in|over|during|within)\s+(?:the\s+)?(?:past|last|recent|previous|preceding)\s+(?:(?P<num>{NUM})\s+)?(?P<unit>{UNIT})",
    ),
    (
        "duration",
        r"for\s+(?:the\s+(?:last|past|previous)\s+(?=decade|year|month|week|day)|(?P<about>{ABOUT})?(?:(?P<num>{NUM})\s+))(?:long\s+|full\s+|whole\s+)?(?P<unit>{UNIT})(?:\s+(?P<now>now|already))?",
    ),
    ("later", r"(?:(?P<about>{ABOUT})?(?P<num>{NUM})\s+(?P<unit>{UNIT})\s+(?:later|afterwards?|after(?!\s+the\b)))"),
    (
        "after_num",
        r"after\s+(?P<about>{ABOUT})?(?P<num>{NUM})\s+(?P<unit>days?|weeks?|months?|years?)(?=\s+(?:of\b|on\b|,)|,)",
    ),
    ("earlier", r"(?P<about>{ABOUT})?(?P<num>{NUM})\s+(?P<unit>{UNIT})\s+(?:earlier|before|prior|previously)"),
    ("within", r"within\s+(?P<about>{ABOUT})?(?P<num>{NUM})\s+(?P<unit>{UNIT})"),
    (
        "next",
        r"(?:on\s+|by\s+|early\s+|late\s+|later\s+)?the\s+(?:very\s+)?(?P<rel>next|following|subsequent|ensuing)\s+(?:(?P<num>{NUM})\s+)?(?P<unit>{DAYTIME}|days|weeks?|weekend|months?|years?)",
    ),
    (
        "day_after",
        r"(?:on\s+|by\s+)?(?:the|a)\s+(?P<unit>day|night|evening|morning|week|month|year)\s+(?P<rel>after|later|before|earlier)",
    ),
    ("previous", r"(?:on\s+|by\s+)?the\s+(?P<rel>previous|preceding)\s+(?P<unit>{DAYTIME}|week|month|year)"),
    (
        "same",
        r"(?:(?P<part>earlier|later|late|early)\s+)?(?:on\s+|in\s+|by\s+|during\s+)?(?:the\s+same|that\s+same|that|this\s+same)\s+(?P<unit>{DAYTIME}|week|month|year)",
    ),
    (
        "in_the_day",
        r"(?:later|earlier|late|early|(?:at|by|since|towards?|from)\s+the\s+(?:end|start|beginning))\s+(?:in|on|of)\s+(?:the\s+)(?P<unit>day|night|morning|afternoon|evening|week|month|year)",
    ),
    (
        "by_evening",
        r"(?:by|in|during|at|before|until)\s+(?:the\s+)?(?P<unit>evening|nightfall|dawn|noon|midday|midnight|dusk|sunset|morning|afternoon|night)",
    ),
    ("nth_day", r"(?:on|by)\s+the\s+(?P<ord>{ORD})\s+day"),
    (
        "the_nth",
        r"(?:on|by|since|until|of)\s+the\s+(?P<day>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?!\s+(?:of\s+)?{MON}\b)(?!\s+(?!and\b|of\b)\w+\s+(?:brigade|division|regiment|battalion|army|corps))",
    ),
)


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    pieces = _pieces()
    return tuple((name, re.compile(_bounded(body.format(**pieces)), re.IGNORECASE)) for name, body in _PATTERNS)


def _bounded(pattern: str) -> str:
    """Return the pattern on word boundaries, with runs of white space bounded to keep its time linear."""
    return rf"\b(?:{pattern})\b".replace(r"\s+", r"\s{1,4}").replace(r"\s*", r"\s{0,3}")


# What each pattern can't be without; it is only tried around such words.
_NEEDS = {
    "month": "day_range date_range us_date_range us_day_range date us_date month_range part_month month_year month"
    " month_alone",
    "year": "decade iso numeric year_range part_year year_event year",
    "weekday": "weekday us_weekday",
    "season": "season_year season_relative season part_period this_period",
    "deictic": "deictic",
    "unit": "weekend this_time part_period this_period ago recent duration later after_num earlier within next"
    " day_after previous same in_the_day by_evening nth_day",
    "ordinal": "the_nth",
}
# Those of them that begin with a month are only tried where one stands,
_AT_MONTH = frozenset({"us_date_range", "us_day_range", "us_date", "month_range", "month_year", "month_alone"})
# others only where one of these stands around as well.
_ALSO = {
    "decade": ("0s",),
    "part_period": ("start", "beginning", "end", "middle", "half", "first", "last", "final", "early", "late", "mid"),
    "weekend": ("weekend",),
    "ago": ("ago",),
    "recent": ("past", "last", "recent", "previous", "preceding"),
    "later": ("later", "after"),
    "after_num": ("after",),
    "earlier": ("earlier", "before", "prior", "previously"),
    "within": ("within",),
    "next": ("next", "following", "subsequent", "ensuing"),
    "day_after": ("after", "later", "before", "earlier"),
    "previous": ("previous", "preceding"),
    "same": ("same", "that"),
}
_LEFT, _RIGHT = 90, 70  # characters around such a word; the longest date of each pattern is shorter


@cache
def _anchors() -> re.Pattern[str]:
    words = read_date_words()
    months = [form for month in words.months for form in (month.title(), month.upper())]
    return re.compile(
        rf"\b(?:(?P<month>(?:{_any(months)})\b)|(?P<year>(?:1[5-9]|20)\d\d(?!\d))|(?P<weekday>(?:{_any(words.weekdays)})\b)"
        rf"|(?P<season>(?:{_any(words.seasons)})\b)|(?P<deictic>(?:yesterday|today|tonight|tomorrow|now|currently|overnight)\b)"
        r"|(?P<unit>(?:minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|morning|afternoon|evening|dawn|noon|midday"
        r"|midnight|dusk|nightfall|sunset|weekend)\b)|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)|(?P<at>at\s{1,4}present\b))",
        re.IGNORECASE,
    )


_WORD = re.compile(r"\w+")
# What `_anchors` finds beside months, weekdays, seasons and figures.
_MOMENTS = ("yesterday", "today", "tonight", "tomorrow", "now", "currently", "overnight", "at")
_UNITS = ("minute", "hour", "day", "night", "week", "month", "year", "decade")
_TIMES = (
    "morning",
    "afternoon",
    "evening",
    "dawn",
    "noon",
    "midday",
    "midnight",
    "dusk",
    "nightfall",
    "sunset",
    "weekend",
)


@cache
def _first_words() -> frozenset[str]:
    """Return the words that what `_anchors` finds may begin with, but for figures."""
    words = read_date_words()
    names = [*words.months, *map(str.upper, words.months), *words.weekdays, *words.seasons]
    names += [*_MOMENTS, *_UNITS, *(f"{unit}s" for unit in _UNITS), *_TIMES]
    return frozenset(first.group().casefold() for name in names if (first := _WORD.match(name)))


def _anchored(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_anchors` finds, trying it only on words that could begin it, which is faster than to search."""
    firsts, match, after = _first_words(), _anchors().match, 0
    for word in _WORD.finditer(text):
        written = word.group()
        if (written.casefold() in firsts or written[0].isdigit()) and word.start() >= after:
            found = match(text, word.start())
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
    ranked = {name: (rank, name, pattern) for rank, (name, pattern) in enumerate(_compiled())}
    return tuple((need, tuple(ranked[name] for name in names.split())) for need, names in _NEEDS.items())


def _start(match: re.Match[str]) -> int:
    """Return where a date starts: behind a preposition that its pattern asks for."""
    groups = match.groupdict()
    if (groups.get("pre") or "last").lower() in ("last", "this", "next", "late", "early", "mid"):
        return match.start()
    return match.start("month")


def _matches(text: str) -> Iterator[tuple[int, str, re.Match[str]]]:
    """Yield what each pattern finds, with its rank and name."""
    windows, months = _windows(text)
    for need, patterns in _by_need():
        for start, end in windows.get(need, ()):
            around = text[start:end].lower()
            for rank, name, pattern in patterns:
                if name in _AT_MONTH:
                    found = _found_at(months, pattern, text, start, end)
                elif name not in _ALSO or any(word in around for word in _ALSO[name]):
                    found = pattern.finditer(text, start, end)
                else:
                    continue
                for match in found:
                    yield rank, name, match


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
_COUNTED = re.compile(
    r"\s*(?:%|percent|per\s+cent|km|kilomet|m\b|met(?:er|re)|mile|people|civilian|fighter|soldier|troop|militant|men\b|famil|rebel|strong|square|hous|victim|refugee|wounded|dead|killed|°|\d|mm\b|house|housing|project|building)",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    r"(?:\b(?:in|by|since|until|between|from|and|to|of|late|early|mid|,)|^|\()\s*\Z", re.IGNORECASE
)


def _plausible(name: str, match: re.Match[str], text: str) -> bool:
    """Tell a date from a number or a verb that looks like one."""
    before, behind = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
    if name in ("year", "year_range"):
        comma = bool(re.match(r",\d", behind)) or (before.endswith((",", ".")) and before[-2:-1].isdigit())
        return bool(_YEAR_BEFORE.search(before)) and not _COUNTED.match(behind) and not comma
    if name == "year_event":
        return bool(
            re.search(r"\b(?:during|in|after|since|before|of)\s+(?:the|an?|its|their)\s+\Z", before, re.IGNORECASE)
        )
    month = match.groupdict().get("month")
    if month is not None and not month.isdigit() and not _month_like(month):
        return False
    if name in ("month", "month_alone") and month is not None and month.lower() in ("may", "march"):
        return name == "month" and not re.match(r"\s+(?:be|have|not|also|on|towards?|into|to)\b", behind, re.IGNORECASE)
    if name == "month_alone":
        return bool(_MONTH_BEFORE.search(before))
    return not (before[-1:].isdigit() or (before[-1:] in ".," and before[-2:-1].isdigit()))
