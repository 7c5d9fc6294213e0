"""The patterns in which English writes dates."""

from __future__ import annotations

import re
from functools import cache

from tracker.claims.dates.words import any_of, read_date_words

__all__ = ["date_patterns"]


def _pieces() -> dict[str, str]:
    words = read_date_words()
    long_months = [month for month in words.months if month not in words.short_months | words.other_months]
    units = "minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?"
    return {
        "MON": rf"(?:{any_of(long_months)}|{any_of(words.other_months)}|(?:{any_of(words.short_months)})\b\.?)",
        "LONGMON": rf"(?:{any_of(long_months)})",
        "DAY": r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?",
        "YEAR": r"(?:1[5-9]\d\d|20\d\d)",
        "PART": r"(?:(?:the\s+)?(?:very\s+)?(?:start|beginning|end|middle|first\s+half|second\s+half"
        r"|first\s+days|last\s+days|first\s+weeks?|last\s+weeks?|first\s+months|final\s+days|final\s+weeks)\s+of|early\s+in|late\s+in|early|mid|late|middle)",
        "SEP": r"(?:\s*(?:-|–|—|/|to|and|or|until|till|through|&)\s*)",
        "WD": rf"(?:{any_of(words.weekdays)})",
        "SEASON": rf"(?:{any_of(words.seasons)})",
        "NUM": rf"(?:\d{{1,3}}|{any_of(words.numbers)}|several|few|some|many|recent)",
        "ORD": rf"(?:{any_of(words.ordinals)})",
        "UNIT": rf"(?:{units})",
        "MANY": "(?:days|weeks|months|years)",
        "EVENT": rf"(?:{any_of((*words.undertaken, *words.brought_about))})",
        "OUTCOME": rf"(?:{any_of(words.brought_about)})",
        "HOUR": rf"(?:{any_of(words.times_of_day)})",
        "FEAST": rf"(?:{any_of(words.feasts)})",
        "OF_YEAR": r"last|this|that|(?:the\s+)?(?:same|following|next|previous|preceding)",
        "DAYTIME": rf"(?:{any_of([*words.times_of_day, 'day'])})",
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
    ("us_day_range", r"(?P<month>{MON})\s+(?P<day>{DAY}){SEP}(?P<day2>{DAY})(?!\d|:\d)(?:,?\s+(?P<year>{YEAR}))?"),
    (
        "date",
        r"(?:the\s+)?(?P<day>{DAY})\s+(?:of\s+)?(?P<month>{MON})(?:,?\s+(?:of\s+)?(?:(?P<year>{YEAR})|(?P<rel>{OF_YEAR})\s+year))?",
    ),
    (
        "us_date",
        r"(?P<month>{MON})\s+(?:the\s+)?(?P<day>{DAY})(?!\d|:\d)(?:,?\s+(?:of\s+)?(?:(?P<year>{YEAR})|(?P<rel>{OF_YEAR})\s+year))?",
    ),
    (
        "month_range",
        r"(?P<month>{LONGMON})(?:\s+(?P<year1>{YEAR}))?{SEP}(?P<part>{PART}[\s-]+)?(?P<month2>{LONGMON})(?:,?\s+(?P<year>{YEAR}))?",
    ),
    (
        "part_month",
        r"(?P<part>{PART})[\s-]+(?P<month>{LONGMON})(?:,?\s+(?:of\s+)?(?:(?P<year>{YEAR})|(?P<rel>{OF_YEAR})\s+year))?",
    ),
    (
        "edge_day",
        r"(?:(?:on|by|since|until)\s+the\s+)?(?P<ord>first|last|final)\s+day\s+of\s+(?:that\s+)?(?:(?P<month>{LONGMON})(?:,?\s+(?P<year>{YEAR}))?|(?P<whole>{YEAR}|the\s+(?:month|year)))",
    ),
    ("month_year", r"(?P<month>{MON}),?\s+(?:of\s+)?(?P<year>{YEAR})"),
    (
        "month",
        r"(?P<pre>the\s+(?:following|next|previous|preceding)|in|by|since|until|till|during|through|throughout|of|from|last|this|next|before|after|late|early|mid|into|following|around|as\s+of|that(?:\s+same)?)\s+(?P<month>{LONGMON})(?!\s+(?:the\s+)?{DAY}\b)(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?(?:\s+(?:of\s+)?(?P<rel>last\s+year|this\s+year|that\s+year|the\s+same\s+year|the\s+following\s+year|the\s+next\s+year|the\s+previous\s+year|the\s+preceding\s+year|next\s+year))?",
    ),
    ("month_event", r"(?P<month>{LONGMON})(?=(?:\s+[\w-]+){{0,2}}\s+{OUTCOME}\b)"),
    ("month_alone", r"(?P<month>{LONGMON})(?!\s+(?:the\s+)?{DAY}\b)"),
    (
        "season_years",
        r"(?:the\s+)?(?P<season>{SEASON})\s+(?:of\s+)?(?P<year>{YEAR}){SEP}(?P<year2>{YEAR}|\d\d(?!\d))",
    ),
    (
        "season_year",
        r"(?:the\s+)?(?:(?P<part>{PART})[\s-]+(?:the\s+)?)?(?P<season>{SEASON})\s+(?:of\s+)?(?P<year>{YEAR})",
    ),
    (
        "season_relative",
        r"(?P<rel>last|this|next|that|the\s+same|the\s+following|the\s+previous)\s+(?P<season>{SEASON})",
    ),
    ("season_about", r"the\s+(?P<season>{SEASON})\s+(?P<rel>before|after)(?=\s*(?:[,.;:)]|$))"),
    (
        "season",
        (
            r"(?:in|during|by|since|until|of)\s+(?:the\s+)?(?:(?P<part>{PART})\s+(?:the\s+)?)?"
            r"(?P<season>spring|summer|autumn|winter)(?!\s+(?:of\s+)?{YEAR})"
            r"(?:\s+(?:of\s+)?(?P<of>(?:last|this|that|the\s+same|the\s+following|the\s+next)\s+year)"
            r"|\s+(?P<rel>before|after)(?=\s*(?:[,.;:)]|$)))?"
        ),
    ),
    ("decade", r"(?:the\s+)?(?:(?P<part>{PART})[\s-]+)?(?P<year>(?:1[5-9]|20)\d0)s"),
    ("year_range", r"(?P<year>{YEAR}){SEP}(?P<year2>{YEAR}|\d\d(?!\d))"),
    (
        "year_event",
        r"(?P<year>{YEAR})(?=(?:\s+[\w-]+){{0,4}}\s+{EVENT}s?\b)",
    ),
    ("part_year", r"(?P<part>{PART})[\s-]+(?:of\s+)?(?P<year>{YEAR})"),
    ("year", r"(?P<year>{YEAR})"),
    (
        "part_period",
        r"(?P<part>{PART})\s+(?P<rel>this|last|next|that|the\s+same|the\s+following|the\s+next)\s+(?P<period>{PERIOD})",
    ),
    (
        "weekday",
        r"(?:(?P<rel>last|this|next|this\s+past|the\s+previous|the\s+following|the\s+next)\s+)?(?P<weekday>{WD})(?:\s+(?P<time>{DAYTIME}))?(?:\s+(?:of\s+)?(?P<week>last|this)\s+week)?(?:,?\s+(?=the\s+\d|\d+(?:st|nd|rd|th)\b|\d+\s+(?:of\s+)?{MON}\b)(?:the\s+)?(?P<day>{DAY})(?:\s+(?:of\s+)?(?P<month>{MON}))?(?!\d)(?:,?\s+(?P<year>{YEAR}))?)?",
    ),
    ("us_weekday", r"(?P<weekday>{WD}),?\s+(?P<month>{MON})\s+(?P<day>{DAY})(?!\d|:\d)(?:,?\s+(?P<year>{YEAR}))?"),
    (
        "deictic",
        r"(?P<word>the\s+day\s+before\s+yesterday|yesterday|today|tonight|tomorrow|last\s+night|overnight|now|currently|at\s+present)(?:\s+(?P<time>{DAYTIME}))?",
    ),
    ("this_time", r"(?:earlier\s+|late\s+|early\s+|later\s+)?this\s+(?P<time>morning|afternoon|evening|night)"),
    (
        "this_period",
        r"(?:(?P<part>earlier|later|early|late)\s+)?(?P<rel>this|last|next|this\s+past|past)\s+(?P<period>{PERIOD})(?!\s*-?long)",
    ),
    ("weekend", r"(?:at|over|during|on|since|by|until)\s+the\s+weekend"),
    ("ago", r"(?P<about>{ABOUT})?(?:(?P<num>(?:a\s+)?few|{NUM})\s+)?(?P<unit>{UNIT})\s+ago"),
    (
        "recent",
        r"(?:in|over|during|within)\s+(?:the\s+)?(?:past|last|recent|previous|preceding)\s+(?:(?P<num>{NUM})\s+)?(?P<unit>{UNIT})(?!\s+of\b)",
    ),
    (
        "duration",
        r"for\s+(?:the\s+(?:last|past|previous)\s+(?=decade|year|month|week|day)|(?P<about>{ABOUT})?(?:(?P<num>{NUM})\s+))(?:long\s+|full\s+|whole\s+)?(?P<unit>{UNIT})(?:\s+(?P<now>now|already))?",
    ),
    (
        "later",
        (
            r"(?:(?P<about>{ABOUT})?(?:(?P<num>{NUM})\s+|(?={MANY}\b))(?P<unit>{UNIT})\s+(?:to\s+the\s+day\s+)?"
            r"(?:later|afterwards?|after|that\s+followed|on(?=,)))"
        ),
    ),
    (
        "into",
        r"(?P<about>{ABOUT})?(?P<num>{NUM})\s+(?P<unit>days?|weeks?|months?)\s+into(?=\s+(?:the|its|their|an?)\b)",
    ),
    (
        "after_num",
        r"(?:after|following)\s+(?P<about>{ABOUT})?(?P<num>{NUM})\s+(?P<unit>days?|weeks?|months?|years?)(?=\s+(?:of\b|on\b|,)|,)",
    ),
    (
        "earlier",
        r"(?P<about>{ABOUT})?(?:(?P<num>{NUM})\s+|(?={MANY}\b))(?P<unit>{UNIT})\s+(?:earlier|before|prior|previously)",
    ),
    (
        "since_clause",
        r"(?P<about>{ABOUT})?(?P<num>{NUM})\s+(?P<unit>{UNIT})\s+since(?=\s+(?!then\b|{MON}|{YEAR})[\w’'-]+\s)",
    ),
    ("within", r"within\s+(?P<about>{ABOUT})?(?P<num>{NUM})\s+(?P<unit>{UNIT})"),
    (
        "next",
        r"(?:on\s+|by\s+|early\s+|late\s+|later\s+)?the\s+(?:very\s+|(?P<count>{NUM})\s+)?(?P<rel>next|following|subsequent|ensuing)\s+(?:(?P<num>{NUM})\s+)?(?P<unit>{DAYTIME}|days|weeks?|weekend|months?|years?)",
    ),
    (
        "day_after",
        r"(?:on\s+|by\s+)?(?:the|a)\s+(?P<unit>day|night|evening|morning|week|month|year)\s+(?P<rel>after|later|before(?!\s+\w+ing\b)|earlier)",
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
        r"(?:by|in|during|at|before|until)\s+(?:the\s+)?(?P<unit>{HOUR})",
    ),
    (
        "opening",
        (
            r"(?:in|during|within)\s+(?:the|its|their)\s+(?:(?P<whose>\w+['’]s)\s+)?"
            r"(?P<ord>first|opening|early|initial|final|last|closing)\s+(?:(?P<num>{NUM})\s+)?"
            r"(?P<unit>hours|days?|weeks?|months?)"
            r"(?(whose)|\s+of\s+(?:the|this|that|its|their)\b(?!\s+(?:day|week|month|year)))"
        ),
    ),
    ("feast", r"(?P<feast>{FEAST})(?:,?\s+(?P<year>{YEAR}))?"),
    ("since_then", r"(?:(?<=since\s)|(?<=by\s)|(?<=until\s))then"),
    ("new_year", r"(?:(?:early|late)\s+)?(?:in|at\s+the\s+start\s+of|by|since|with)\s+the\s+new\s+(?P<unit>year)"),
    ("year_end", r"(?:at|by|before|until|towards?)\s+(?:the\s+)?(?P<unit>year|month|week)['’]s\s+end"),
    ("nth_day", r"(?:on|by)\s+(?:the|its|their)\s+(?P<ord>{ORD})\s+day(?P<of>\s+of\s+(?:the|this|that|its|their))?"),
    (
        "the_nth",
        r"(?:on|by|since|until|of)\s+the\s+(?P<day>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?!\s+(?:of\s+)?{MON}\b)(?!\s+(?:(?!and\b|of\b|an?\b|the\b)\w+\s+)?(?:brigade|division|regiment|battalion|army|corps|fleet|company|squadron|cavalry|infantry|platoon|battery|marines?|guards?|legion|airborne|commando))",
    ),
)


@cache
def date_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the compiled patterns by name, in order of preference."""
    pieces = _pieces()
    return tuple((name, re.compile(_bounded(body.format(**pieces)), re.IGNORECASE)) for name, body in _PATTERNS)


def _bounded(pattern: str) -> str:
    """Return the pattern on word boundaries, with runs of white space bounded to keep its time linear."""
    return rf"\b(?:{pattern})\b".replace(r"\s+", r"\s{1,4}").replace(r"\s*", r"\s{0,3}")
