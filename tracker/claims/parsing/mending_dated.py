"""
What parsers hang on a time that stands between: "took control on Tuesday of X", "in 2013 rebels took X".

Called by `mending` for one token at a time.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from tracker.claims.parsing.repairs import Repair
from tracker.claims.parsing.tokens import Token

__all__ = ["DATED", "TIMES", "is_time"]

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})
_NTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_WEEKDAYS = frozenset(day.lower() for day in calendar.day_name)
_MONTHS = frozenset(month.lower() for month in calendar.month_name[1:])
TIMES = frozenset({"day", "days", "week", "weeks", "month", "months", "later"}) | _MONTHS | _WEEKDAYS
_PARTING = frozenset({"and", ",", ";", "then"})
_SPANS = frozenset({"year", "years", "decade", "century", "week", "month"})  # "on Tuesday of last week"


def is_time(token: Token) -> bool:
    """Tell whether a token is a day, a month, a number or a measure of time."""
    return token.kind == "date" or token.lower in TIMES


def _mend_of(tokens: Sequence[Token], i: int) -> None:
    """Hang "of X" on the noun before a time: "took control on Tuesday of X"."""
    time = tokens[tokens[i].head]
    if not is_time(time):
        return
    link = tokens[time.head]
    noun = tokens[link.i - 1] if time.dep == "pobj" and link.i else None
    inside = next((t for t in tokens[i + 1 :] if t.head == i and t.dep == "pobj"), None)
    if noun is None or inside is None or time.i != i - 1 or not noun.tag.startswith("NN"):
        return
    if not is_time(inside) and inside.lower not in _SPANS and inside.tag != "CD":
        tokens[i].head = noun.i


def _mend_agent(tokens: Sequence[Token], i: int) -> None:
    """Hang "by the army" on the passive verb before a time: "they were driven out on the following day by the army"."""
    time = tokens[tokens[i].head]
    if not is_time(time):
        return
    verb = tokens[time.head]
    verb = tokens[verb.head] if verb.dep == "prep" else verb
    side = next((t for t in tokens[i + 1 :] if t.head == i and t.dep == "pobj"), None)
    kids = {t.dep for t in tokens if t.head == verb.i}
    if side is not None and side.kind == "actor" and verb.tag == "VBN" and "auxpass" in kids and "agent" not in kids:
        tokens[i].head, tokens[i].dep = verb.i, "agent"


def _mend_year(tokens: Sequence[Token], i: int) -> None:
    """Give a verb the side that a year took in: "in 2013 rebels of the front occupied X"."""
    if i == 0 or tokens[i - 1].lower not in {"in", "since"}:
        return
    link, noun = tokens[i - 1], tokens[tokens[i].head]
    verb = tokens[link.head]
    if _YEAR.fullmatch(tokens[i].text) is None or noun.i != i + 1 or noun.head != link.i or noun.dep != "pobj":
        return
    if not verb.tag.startswith("VB") or verb.i < noun.i or any(t.head == verb.i and "subj" in t.dep for t in tokens):
        return
    tokens[i].head, tokens[i].dep = link.i, "pobj"
    passive = any(t.head == verb.i and t.dep == "auxpass" for t in tokens)
    noun.head, noun.dep = verb.i, "nsubjpass" if passive else "nsubj"


def _mend_gap(tokens: Sequence[Token], i: int) -> None:
    """Part a time from the name that it was read into: "seized X, and on Friday Y", "X fell, and on the 9th Y"."""
    if i < 2 or tokens[i - 1].lower not in _PARTING:
        return
    article = i + 3 < len(tokens) and tokens[i + 1].lower == "the"
    time = tokens[i + 1 + article] if i + 2 < len(tokens) else None
    name = tokens[time.head] if time is not None else None
    if time is None or name is None:
        return
    nth = article and time.dep in {"amod", "nummod"} and _NTH.fullmatch(time.lower) is not None
    nth |= article and time.dep == "compound" and time.lower in _SEASONS
    if not nth and not (is_time(time) and time.dep in {"compound", "nmod"}):
        return
    verb = tokens[tokens[i].head]
    first = tokens[verb.head] if verb.tag == "IN" else verb  # "on the 6th X and on the 9th Y"
    target = first if first.kind == "place" and first.dep == "conj" else None
    target = target or next((t for t in tokens[verb.i : i] if t.head == verb.i and t.dep == "dobj"), None)
    target = target or next((t for t in tokens[:i] if t.head == verb.i and t.dep in {"nsubj", "nsubjpass"}), None)
    if name.head != i or name.kind != "place" or target is None or target.kind not in {"place", "name"}:
        return
    time.head, time.dep = i, "pobj"
    if article:
        tokens[i + 1].head = time.i
    name.head, name.dep = target.i, "conj"
    tokens[i].head, tokens[i].dep = name.i, "prep"


DATED = (
    Repair(_mend_of, deps="prep", words=frozenset({"of"})),
    Repair(_mend_agent, deps="prep", words=frozenset({"by"})),
    Repair(_mend_gap, deps="conj prep", tags="IN"),
    Repair(_mend_year, deps="nummod", tags="CD"),
)
