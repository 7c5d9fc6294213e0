"""
Signs of a war in a text, and which sentences stand near enough to one to be worth reading.

Signs are an armed side, a word that only war makes common, and something with a name that fell. Ordinary news is
full of what would be claims beside one: somebody takes, holds or leaves something in every third sentence. So the
everyday triggers count only close to a sign, and what may be one or else a party, a club or a fire ("Republicans",
"fighting") is one only beside a trigger that ordinary news seldom has, or where the text is full of such signs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from tracker.claims.actors.arms import is_armed
from tracker.claims.actors.data import Form
from tracker.claims.actors.index import ActorIndex, ActorMention
from tracker.claims.frames import Frames
from tracker.claims.phrases import lower_words
from tracker.claims.sentences import Span
from tracker.claims.triggers import Triggers
from tracker.claims.words import words
from tracker.model import Report

__all__ = ["is_entry", "may_show_war", "worth_reading"]

_REACH = 12  # sentences over which a side is remembered; `coref` looks no farther back
_CLOSE = 4  # sentences from a sign of war to a trigger that ordinary news is full of
_BESIDE = 1  # sentences from a word that may be a sign of war to a trigger that ordinary news seldom has
_DENSE = 3  # where each third sentence has a sign, however faint, the text is about a war
_WAR = words("gate", "war")
_NAMESAKES = words("gate", "namesakes")
_PLAIN = _WAR - _NAMESAKES
_FOUGHT = words("gate", "fought")
_OF_HOMES = frozenset({"invasion", "home"})
# "Second Battle of Dolna", "2031 Dolna conflict"; a "battle for the top" and a "price war" are none.
_TITLED = re.compile(
    r"\b(?:battle|siege|fall|liberation|invasion) of (?:the )?\w|\b(?:counter-?)?offensive\b|\bcivil war\b"
    r"|\b\d{4}\b.{0,60}\b(?:conflict|war|insurgency|campaign)\b|\b(?:conflict|war|insurgency|campaign) \(.{0,40}\d{4}",
    re.IGNORECASE,
)
_FELL_WORDS = words("gate", "fell")
_FELL = re.compile(rf"[^\W\d_]\w+ (?:ha[sd] )?(?:{'|'.join(sorted(_FELL_WORDS))})\b")
_FAR = 120  # characters behind it in which it may say so of itself
_NEAR = 24  # characters between a country and what it does: " has since briefly "
_TAKING = words("gate", "taking")
_ANY_TAKING = "|".join(sorted(_TAKING))
_LEAVING = words("gate", "states_leaving")
_ANY_LEAVING = "|".join(sorted(_LEAVING))
_SAYING = "|".join(sorted(words("gate", "states_saying")))
_ON = r"(?:,? (?:late |early )?on [A-Z][a-z]+| today| yesterday)?"
_NAMED = r"(?: the \w+ of)? [^\W\d_a-z]"
_OF_ITSELF = rf" (?:has )?(?:{_SAYING}){_ON},?(?: that)? (?:it|its [a-z]+)"
_BETWEEN = r"(?: [a-z]{2,10}){0,2} "
# "Russia has since seized X", "Russia said on Monday that its troops had left X", "Russia admitted the loss of X"
_TAKES = re.compile(
    rf"(?:{_OF_ITSELF})?{_BETWEEN}(?:{_ANY_TAKING})\b|{_OF_ITSELF}{_BETWEEN}(?:{_ANY_LEAVING}){_NAMED}"
    rf"|{_BETWEEN}(?:{_ANY_LEAVING}) the \w+ of [^\W\d_a-z]"
    rf"| (?:has )?(?:{_SAYING}){_ON} the (?:loss|fall|capture|recapture|liberation|seizure) of{_NAMED}"
)
_TOLD_OF = frozenset({"loss", "capture", "liberation", "seizure"})
_TELLS = re.compile(rf"(?:{_SAYING}){_ON} the (?:{'|'.join(sorted(_TOLD_OF))}) of")
_BOASTED = frozenset({"liberation", "control"})
# "We announce the full liberation of X", "the airport of X is under our complete control"
_BOAST = re.compile(
    r"\b(?:announce|declare)[sd]? (?:\w+ ){0,2}the (?:\w+ )?liberation of\b"
    r"|\bunder (?:our|their|its) (?:full|complete|total|firm) control\b"
)
_TAKEN = re.compile(rf"\b(?:{_ANY_TAKING})(?: up)? by (?:the )?\Z")
_UNDER = re.compile(r"\bunder (?:[a-z]{2,10} ){0,2}\Z")
_HELD = ("control", "occupation", "rule")
_HELD_BEHIND = tuple(f" {word}" for word in _HELD)
_ENTRY = re.compile(r"[^()]{2,60}\([^()]{2,120}\)\s*")  # a title such as "Lyman (Donetsk Oblast)": it is about that


def is_entry(title: str | None) -> bool:
    """Tell whether a title is that of an encyclopedia's entry about a place: "Lyman (Donetsk Oblast)"."""
    return _ENTRY.fullmatch(title or "") is not None


def _names_war(title: str | None) -> bool:
    """Tell whether a title names a war or a part of one: "Second Battle of Dolna", "2031 Dolna offensive"."""
    return title is not None and _TITLED.search(title) is not None


def may_show_war(report: Report, actors: ActorIndex) -> bool:
    """Tell by its words alone whether a report may have a sign of war; a yes is not sure, a no is."""
    lower = lower_words(report.text)
    return (
        not _WAR.isdisjoint(lower)
        or not _FELL_WORDS.isdisjoint(lower)
        or not _TAKING.isdisjoint(lower)
        or any(phrase in report.text for phrase in _LEAVING)
        or (not _TOLD_OF.isdisjoint(lower) and _TELLS.search(report.text) is not None)
        or ("liberation" in lower and _BOAST.search(report.text) is not None)
        or "hands" in lower
        or ("under" in lower and any(word in lower for word in _HELD))
        or is_entry(report.title)
        or _names_war(report.title)
        or actors.may_be_armed(report.text, lower)
    )


def worth_reading(
    report: Report,
    spans: Sequence[Span],
    found: Sequence[AbstractSet[str]],
    mentions: Sequence[ActorMention],
    frames: Frames,
) -> Iterator[bool]:
    """
    Yield for each sentence whether it has a trigger near a sign of war, and a side that it may speak of.

    `found` are the words of each sentence, see `words_of`.
    """
    entry = bool(mentions) and (is_entry(report.title) or _names_war(report.title))
    signs = _signs(report.text, spans, mentions, found)
    if not (signs.all or entry):
        yield from (False for _ in spans)
        return
    triggers = Triggers.of(frames)

    def worth(number: int) -> bool:
        if not (
            entry or signs.of_war or number in signs.falls or _near(signs.sides, number, _REACH - 1, after=_BESIDE)
        ):
            return False
        if entry or _near(signs.plain, number, _CLOSE):
            return triggers.fire(found[number])
        near = _near(signs.plain, number, _REACH) or _near(signs.all, number, _BESIDE)
        return near and triggers.fire(found[number], loud=True)

    yield from map(worth, range(len(spans)))


class _Signs(NamedTuple):
    """
    Numbers of sentences, in order: with what only war brings, with that or what may come of it, with sides.

    `of_war` tells whether a word of war stands anywhere, `falls` where something with a name fell.
    """

    plain: Sequence[int]
    all: Sequence[int]
    sides: Sequence[int]
    of_war: bool
    falls: frozenset[int]


def _signs(
    text: str, spans: Sequence[Span], mentions: Sequence[ActorMention], found: Sequence[AbstractSet[str]]
) -> _Signs:
    numbered = list(enumerate(found))
    falls = frozenset(
        k for k, ws in numbered if not _FELL_WORDS.isdisjoint(ws) and _falls(text[spans[k].start : spans[k].end])
    )
    told = {k for k, ws in numbered if not _WAR.isdisjoint(ws) and not _is_peaceful(ws)}
    boasts = {k for k, ws in numbered if not _BOASTED.isdisjoint(ws) and _BOAST.search(text, *spans[k][:2])}
    sides: list[int] = []
    plain = {k for k in told if not found[k].isdisjoint(_PLAIN)} | falls | boasts
    faint = set(told)
    number = 0
    for mention in mentions:
        while number < len(spans) - 1 and spans[number].end <= mention.start:
            number += 1
        sides.append(number)
        if _takes(text, mention):
            plain.add(number)
        elif is_armed(mention):
            (faint if _is_namesake(mention.text) else plain).add(number)
    every = sorted(plain | faint)
    dense = _DENSE * len(every) >= len(spans)
    return _Signs(every if dense else sorted(plain), every, sides, bool(told or boasts), falls)


@lru_cache(maxsize=4096)  # a text speaks of few sides, again and again
def _is_namesake(name: str) -> bool:
    """Tell whether parties, clubs and offices share the noun that a name is headed by: "the Division of Highways"."""
    words = name.lower().replace("-", " ").split()
    if words == ["forces"]:
        return True  # mostly a verb: "a slide forces the road to close"
    return words[-1] in _NAMESAKES or (words[1:2] == ["of"] and words[0] in _NAMESAKES)


def _is_peaceful(found: AbstractSet[str]) -> bool:
    """Tell whether the one word of war in a sentence is of no war: "fighting the flood", "a home invasion"."""
    of_war = found & _WAR
    return (of_war == {"fighting"} and not found.isdisjoint(_FOUGHT)) or (len(of_war) == 1 and found >= _OF_HOMES)


def _near(numbers: Sequence[int], number: int, reach: int, *, after: int | None = None) -> bool:
    """Tell whether one of some numbers, which are in order, lies within reach: before, and after unless told else."""
    at = bisect_left(numbers, number - reach)
    return at < len(numbers) and numbers[at] <= number + (reach if after is None else after)


def _falls(text: str) -> bool:
    """Tell whether something with a name fell, which needs no side beside it: "Dolna fell on Monday."."""
    return any(found.group()[0].isupper() for found in _FELL.finditer(text))


def _takes(text: str, mention: ActorMention) -> bool:
    """Tell whether a country or capital is said to take or hold, as only sides of a war do: "Russia captured Dolna"."""
    if mention.form not in {Form.STATE, Form.CAPITAL, Form.DEMONYM}:
        return False
    after = text[mention.end : mention.end + _FAR]
    before = text[max(mention.start - _NEAR, 0) : mention.start]
    if _TAKES.match(after) is not None:
        return True
    if before.removesuffix("the ").endswith(" by ") and _TAKEN.search(before) is not None:
        return True
    if after.startswith(" hands"):
        return before.endswith(" in ")
    return after.startswith(_HELD_BEHIND) and _UNDER.search(before) is not None
