"""
Which sentences are worth parsing: those with a trigger, a place and a side, or words that may stand for them.

The rest is skimmed for names and dates, which later sentences may refer to. A report
that names no armed side, or no trigger near one, is not read at all: ordinary news
passes in a fraction of the time that its places would take to find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum

from tracker.claims.actors.data import Form
from tracker.claims.actors.index import ActorIndex, ActorMention
from tracker.claims.dates.days import StoryDays
from tracker.claims.dates.mentions import DateMention, find_dates
from tracker.claims.entities import Entity, dated, familiar_names, gather, with_names
from tracker.claims.frames import Frames, load_frames
from tracker.claims.parsing.tokens import Token, tokenize
from tracker.claims.place_memory import PlaceRef
from tracker.claims.sentences import Span, split_sentences
from tracker.claims.topic import datelines, theatre_of
from tracker.claims.triggers import Triggers, words_of
from tracker.claims.words import words
from tracker.model import Report, Resolution

__all__ = ["LONGEST_REPORT", "Sentence", "kinds_told", "may_claim", "sentences_of"]

LONGEST_REPORT = (
    2_000_000  # characters, a shelf of four novels: what is longer is no report, and would hold up the rest
)
_BEFORE = 24  # characters before a name: "municipality of "
_REACH = 12  # sentences over which a side is remembered; `coref` looks no farther back
_MOST_TOKENS = 300  # of a sentence; the longest of the development texts has 160, and more is a table or a jumble
_MOST_DATES = 16  # of a sentence, likewise
_UNARMED = words("gate", "unarmed")
_WAR = words("gate", "war")
_FELL = re.compile(rf"[^\W\d_]\w+ (?:ha[sd] )?(?:{'|'.join(sorted(words('gate', 'fell')))})\b")
_ENTRY = re.compile(r"[^()]{2,60}\([^()]{2,120}\)\s*")  # a title such as "Lyman (Donetsk Oblast)": it is about that
_NEAR = 24  # characters between a country and what it does: " has since briefly "
_TAKING = "|".join(sorted(words("gate", "taking")))
_TAKES = re.compile(rf"(?: [a-z]{{2,10}}){{0,2}} (?:{_TAKING})\b")
_TAKEN = re.compile(rf"\b(?:{_TAKING})(?: up)? by (?:the )?\Z")
_UNDER = re.compile(r"\bunder (?:[a-z]{2,10} ){0,2}\Z")
_SEE_ALSO = re.compile(r"\W{0,9}see also\b", re.IGNORECASE)


@dataclass(slots=True)
class Sentence:
    """One sentence with what it names; tokens only when it is wanted: worth parsing."""

    number: int
    span: Span
    entities: list[Entity]
    dates: list[DateMention]
    tokens: list[Token] = field(default_factory=list)
    wanted: bool = False


class _Wish(Enum):
    """Whether a sentence is worth parsing."""

    NO = 0
    IF_NAMED = 1  # when it has a name that no gazetteer knows
    YES = 2


def may_claim(report: Report, actors: ActorIndex) -> bool:
    """
    Tell whether a report can make a claim at all, by its words alone, before its places are found.

    Examples
    --------
    >>> from tracker.claims import ActorIndex
    >>> council = Report(report_id="r", text="The council took control of the bus company in Leeds.", sha256="")
    >>> may_claim(council, ActorIndex.load())
    False
    """
    mentions = actors.find(report.text, on=report.published)
    return any(_worth(report, split_sentences(report.text), mentions, load_frames()))


def _worth(report: Report, spans: Sequence[Span], mentions: Sequence[ActorMention], frames: Frames) -> Iterator[bool]:
    """Yield for each sentence whether it has a trigger and a side that it may speak of; all False off the topic."""
    text = report.text
    war = not _WAR.isdisjoint(words_of(text)) or (bool(mentions) and _ENTRY.fullmatch(report.title or "") is not None)
    if not (war or any(map(_armed, mentions)) or _falls(text) or any(_takes(text, one) for one in mentions)):
        yield from (False for _ in spans)
        return
    triggers = Triggers.of(frames)
    last = -_REACH
    at = 0
    for number, span in enumerate(spans):
        while at < len(mentions) and mentions[at].start < span.end:
            last = number
            at += 1
        sentence = text[span.start : span.end]
        near = war or number - last < _REACH or _falls(sentence)
        yield near and triggers.fire(words_of(sentence))


def _falls(text: str) -> bool:
    """Tell whether something with a name fell, which needs no side beside it: "Dolna fell on Monday."."""
    return any(found.group()[0].isupper() for found in _FELL.finditer(text))


def _takes(text: str, mention: ActorMention) -> bool:
    """Tell whether a country or capital is said to take or hold, as only sides of a war do: "Russia captured Dolna"."""
    if mention.form not in {Form.STATE, Form.CAPITAL, Form.DEMONYM}:
        return False
    after = text[mention.end : mention.end + _NEAR]
    before = text[max(mention.start - _NEAR, 0) : mention.start]
    if _TAKES.match(after) is not None or _TAKEN.search(before) is not None:
        return True
    return _UNDER.search(before) is not None and after.startswith((" control", " occupation", " rule"))


def _armed(mention: ActorMention) -> bool:
    """Tell whether a side can hold ground by its name: an army or rebels, not a country, the police or a group."""
    if mention.form in {Form.STATE, Form.CAPITAL, Form.DEMONYM}:
        return False
    if mention.form is Form.NAME:
        return True
    return mention.text.lower().replace("-", " ").split()[-1] not in _UNARMED


def sentences_of(
    report: Report,
    resolutions: Sequence[Resolution],
    actors: ActorIndex,
    frames: Frames,
    title_places: Sequence[Resolution] = (),
) -> list[Sentence]:
    """Return the sentences of a report in order with what each names; those worth parsing have tokens."""
    text = report.text
    spans = split_sentences(text)
    dates = find_dates(text, published=report.published, title=report.title)
    days = StoryDays(spans, dates, report.published)
    groups = actors.groups(text, [place.text.lower() for place in resolutions if place.place_id])
    resolutions = [place for place in resolutions if place.text.lower() not in groups]
    theatre = theatre_of(resolutions, title_places, actors.lands(text, frames.noun_forms))
    mentions = actors.with_groups(text, actors.find(text, on=days.at, countries=theatre), groups)
    written = datelines(text)
    mentions = [m for m in mentions if not any(start <= m.start and m.end <= end for start, end in written)]
    worth = list(_worth(report, spans, mentions, frames))
    if not any(worth):
        return []
    known = gather(text, resolutions, mentions, held=frames.held_forms, ground=frames.noun_forms)
    openings = [next((b for a, b in written if span.start <= a and b < span.end), span.start) for span in spans]
    familiar = familiar_names(text, [(start, span.end) for start, span in zip(openings, spans, strict=True)])
    sentences = []
    k = d = 0
    for number, span in enumerate(spans):
        inside: list[Entity] = []
        while k < len(known) and known[k].start < span.end:
            if known[k].start >= span.start and known[k].end <= span.end:
                inside.append(known[k])
            k += 1
        told: list[DateMention] = []
        while d < len(dates) and dates[d].start < span.end:
            told.append(dates[d])
            d += 1
        sentence = Sentence(number, span, inside, told)
        if worth[number]:
            _prepare(sentence, text, frames, familiar, report.title or "", openings[number])
        sentences.append(sentence)
    return sentences


def _prepare(  # noqa: PLR0917
    sentence: Sentence, text: str, frames: Frames, familiar: frozenset[str], title: str, opening: int
) -> None:
    """Give a sentence its tokens where it is worth parsing."""
    span, inside = sentence.span, sentence.entities
    wish = _wish(text[span.start : span.end], inside, frames, title)
    if wish is _Wish.NO or len(sentence.dates) > _MOST_DATES:
        return
    days = [dated(date.start, date.end, date.text) for date in sentence.dates if _free(date, inside)]
    blocked = sorted([*inside, *days], key=lambda entity: entity.start)
    named = with_names(text, span.start, span.end, blocked, familiar, opening=opening)
    if wish is _Wish.IF_NAMED and not any(entity.kind == "name" for entity in named):
        return
    tokens = tokenize(text, span.start, span.end, named)
    if len(tokens) > _MOST_TOKENS:
        return
    plain = {token.lower for token in tokens if token.entity is None or not token.entity.stand_in}
    if Triggers.of(frames).fire(plain) or any(e.kind == "held" for e in inside):
        sentence.entities, sentence.tokens, sentence.wanted = named, tokens, True


def kinds_told(text: str, sentences: Sequence[Sentence], frames: Frames) -> list[tuple[int, str, PlaceRef]]:
    """Return where a place is called by its kind, "the town of X": number of the sentence, noun, place."""
    found = []
    for sentence in sentences:
        for entity in sentence.entities:
            if entity.kind != "place":
                continue
            words = text[max(sentence.span.start, entity.start - _BEFORE) : entity.start].lower().split()
            noun = frames.singular(words[-2]) if len(words) > 1 and words[-1] == "of" else ""
            if noun in frames.nouns.settlement and words[-2] == noun:
                ref = PlaceRef(entity.text, entity.start, entity.end, entity.resolution)
                found.append((sentence.number, noun, ref))
    return found


def _free(date: DateMention, entities: Sequence[Entity]) -> bool:
    return all(date.end <= entity.start or date.start >= entity.end for entity in entities)


def _wish(sentence: str, entities: Sequence[Entity], frames: Frames, title: str) -> _Wish:
    """
    Tell whether a sentence has a place, or a noun that may stand for one, or a side and a name.

    An entry about a town goes without saying which.
    """
    if _SEE_ALSO.match(sentence):
        return _Wish.NO
    if any(entity.kind == "place" for entity in entities):
        return _Wish.YES
    found = words_of(sentence)
    if title and found & {"control", "hands"}:
        return _Wish.YES
    if _stands_for_place(found, frames):
        return _Wish.YES
    if not any(entity.kind == "actor" for entity in entities):
        return _Wish.NO
    return _Wish.YES if _ENTRY.fullmatch(title) else _Wish.IF_NAMED


def _stands_for_place(found: AbstractSet[str], frames: Frames) -> bool:
    nouns = frames.nouns
    standing = (nouns.settlement, nouns.facility, nouns.quarter, nouns.part, nouns.province, frozenset({"it", "siege"}))
    singular = {frames.singular(word) for word in found}
    return any(not group.isdisjoint(singular) for group in standing)
