"""
Which sentences are worth parsing: those with a trigger, a place and a side, or words that may stand for them.

The rest is skimmed for names and dates, which later sentences may refer to. A report
that names no armed side, or no trigger near one, is not read at all: ordinary news
passes in a fraction of the time that its places would take to find.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum

from tracker.claims.actors.acronyms import named_in_full, with_acronyms
from tracker.claims.actors.data import Form
from tracker.claims.actors.index import ActorIndex
from tracker.claims.dates.days import StoryDays
from tracker.claims.dates.mentions import DateMention, find_dates
from tracker.claims.entities import Entity, dated, familiar_names, gather, with_names
from tracker.claims.frames import Frames, load_frames
from tracker.claims.parsing.tokens import Token, tokenize
from tracker.claims.place_memory import PlaceRef, Together
from tracker.claims.sentences import Span, split_sentences
from tracker.claims.topic import datelines, theatre_of
from tracker.claims.triggers import BESIDE, Triggers, words_of_each
from tracker.claims.war_signs import is_entry, may_show_war, worth_reading
from tracker.claims.words import words
from tracker.model import Report, Resolution

__all__ = [
    "LONGEST_REPORT",
    "Sentence",
    "kinds_told",
    "lists_told",
    "may_claim",
    "named_together",
    "sentences_of",
    "towns_told",
]

LONGEST_REPORT = (
    2_000_000  # characters, a shelf of four novels: what is longer is no report, and would hold up the rest
)
_BEFORE = 24  # characters before a name: "municipality of "
_GOING = frozenset({"drove", "driven", "pulled", "pushed", "forced", "kicked", "chased", "thrown", "flushed", "moved"})
_LEAVING = words("gate", "leaving")
_COMING, _IN = words("gate", "coming"), frozenset({"in", "over"})  # "moved in", "took over"
_THEY = words("gate", "leavers")
_BACK = 2  # sentences over which a text goes on about a place without naming it
_MOST_TOKENS = 300  # of a sentence; the longest of the development texts has 160, and more is a table or a jumble
_MOST_DATES = 16  # of a sentence, likewise
_GOES_ON = re.compile(r"\W{0,3}(?:Elsewhere|Meanwhile|Separately|In a separate|Also|Earlier|Previously|Last)\b")
_LIES = re.compile(
    r"\b(?:near|from|towards?|outside|around|between|behind|beyond|road to|capital,?"
    r"|(?:(?:north|south)?-?(?:east|west)|north|south)(?:ern)? of)"
    r" (?:the (?:\w+ )?(?:city|town|village|capital) of )?\Z"
)
_PEOPLE = re.compile(
    r"[- ](?:[a-z]+ ){0,2}(?:fighters|forces|troops|soldiers|militias?|militiamen|tribes?|clans?|brigade)\b"
)
_LISTS = re.compile(
    r"\W{0,3}(?:They|These|Those|Among (?:them|these)|(?:The|These|Those) (?:[a-z-]+ ){0,2}"
    r"(?:towns|villages|settlements|areas|localities|communities|places|cities|bases|districts|quarters)"
    r"(?: [a-z]+){0,2})"
    r" (?:include|included|are|were|comprise)[: ]"
)
_PLURAL = re.compile(
    r"\b(?:the|these|those|both|all)(?: of the)?(?: (?:two|three|four|five|six))? ([a-z]+s)\b", re.IGNORECASE
)
_JOINS = re.compile(
    r"(?: [a-z]+s?)?(?:, (?:and |then )?| and | as well as )(?:(?:in|on|at|of) )?(?:the )?(?:[a-z]+s? of )?"
)
_KINDS_OF = re.compile(r"\b([a-z]+) (?:of |at |called )?(?:the )?\Z")
_KINDS = re.compile(r" ([a-z]+)\b")
_LIST_ENDS = re.compile(r"[ ,](?:in|near|all|which|where|located|that|on)\b|;")
_DAY_INSIDE = re.compile(r"[A-Z]\w+ \d{1,2}\b|\b\d{1,2} [A-Z]\w+")
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
    if not may_show_war(report, actors):
        return False
    spans = split_sentences(report.text)
    words = words_of_each(report.text, spans)
    return any(worth_reading(report, spans, words, actors.spotted(report.text), load_frames()))


def sentences_of(
    report: Report,
    resolutions: Sequence[Resolution],
    actors: ActorIndex,
    frames: Frames,
    title_places: Sequence[Resolution] = (),
) -> list[Sentence]:
    """
    Return the sentences of a report in order with what each names; those worth parsing have tokens.

    The report is one that `may_claim`.
    """
    text = report.text
    spans = split_sentences(text)
    dates = find_dates(text, published=report.published, title=report.title)
    days = StoryDays(spans, dates, report.published)
    written = datelines(text)
    told = _without(text, written)
    groups = actors.groups(told, [place.text.lower() for place in resolutions if place.place_id])
    resolutions = [
        place
        for place in resolutions
        if place.text.lower() not in groups and not any(d.start <= place.start and place.end <= d.end for d in dates)
    ]
    theatre = theatre_of(resolutions, title_places, actors.lands(text, frames.noun_forms))
    mentions = actors.with_groups(told, actors.find(told, on=days.at, countries=theatre), groups)
    mentions = named_in_full(text, with_acronyms(text, mentions), actors.listed)
    called = [m for m in mentions if m.form is Form.NAME and _DAY_INSIDE.search(m.text)]
    if called:  # "the March 23 Movement" is of no day
        dates = find_dates(
            _without(text, [(m.start, m.end) for m in called]), published=report.published, title=report.title
        )
    mentions = [m for m in mentions if not any(start <= m.start and m.end <= end for start, end in written)]
    words = words_of_each(text, spans)
    worth = list(worth_reading(report, spans, words, mentions, frames))
    if not any(worth):
        return []
    known = gather(text, resolutions, mentions, held=frames.held_forms, ground=frames.noun_forms)
    openings = [next((b for a, b in written if span.start <= a and b < span.end), span.start) for span in spans]
    familiar = familiar_names(text, [(start, span.end) for start, span in zip(openings, spans, strict=True)])
    sentences: list[Sentence] = []
    k = d = 0
    for number, span in enumerate(spans):
        inside: list[Entity] = []
        while k < len(known) and known[k].start < span.end:
            if known[k].start >= span.start and known[k].end <= span.end:
                inside.append(known[k])
            k += 1
        inside_dates: list[DateMention] = []
        while d < len(dates) and dates[d].start < span.end:
            inside_dates.append(dates[d])
            d += 1
        sentence = Sentence(number, span, inside, inside_dates)
        if worth[number]:
            wish = _wish(text[span.start : span.end], words[number], inside, frames, report.title or "")
            if wish is not _Wish.YES and _goes_on(words[number], inside, sentences[-_BACK:]):
                wish = _Wish.YES
            _prepare(sentence, wish, text, frames, familiar, openings[number])
        sentences.append(sentence)
    return sentences


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with blanks for some stretches of it, as long as it was."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _prepare(  # noqa: PLR0917
    sentence: Sentence, wish: _Wish, text: str, frames: Frames, familiar: frozenset[str], opening: int
) -> None:
    """Give a sentence its tokens where it is worth parsing."""
    span, inside = sentence.span, sentence.entities
    if wish is _Wish.NO or len(sentence.dates) > _MOST_DATES:
        return
    days = [dated(date.start, date.end, date.text) for date in sentence.dates if _free(date, inside)]
    blocked = sorted([*inside, *days], key=lambda entity: entity.start)
    named = with_names(text, span.start, span.end, blocked, familiar, opening=opening)
    names = [entity for entity in named if entity.kind == "name"]
    sentence.dates = [date for date in sentence.dates if _free(date, names)]  # "the 30 July district"
    if wish is _Wish.IF_NAMED and not any(entity.kind == "name" for entity in named):
        return
    if not any(entity.start < opening and _is_town(entity) for entity in named):
        named = [entity for entity in named if entity.start >= opening]  # who wrote it where is no part of what it says
        tokens = tokenize(text, opening, span.end, named)
    else:
        tokens = tokenize(text, span.start, span.end, named)
    if len(tokens) > _MOST_TOKENS:
        return
    plain = {token.lower for token in tokens if token.entity is None or not token.entity.stand_in}
    plain |= BESIDE.intersection(word for e in inside if e.kind == "actor" for word in e.text.lower().split())
    if Triggers.of(frames).fire(plain) or any(e.kind == "held" for e in inside):
        sentence.entities, sentence.tokens, sentence.wanted = named, tokens, True


def _is_town(entity: Entity) -> bool:
    known = entity.resolution
    return entity.kind == "place" and not (known is not None and (known.feature or "").startswith("PCL"))


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


def towns_told(text: str, sentences: Sequence[Sentence]) -> dict[int, list[PlaceRef]]:
    """Return the towns that each sentence names, but for those that only tell where others lie."""
    lands = Counter(known.country for s in sentences for e in s.entities if (known := e.resolution) and known.country)
    land = max(lands, key=lambda code: (lands[code], code), default=None)
    found: dict[int, list[PlaceRef]] = {}
    for sentence in sentences:
        if _GOES_ON.match(text, sentence.span.start):
            continue
        for entity in sentence.entities:
            known = entity.resolution
            feature = (known.feature if known is not None else None) or "PPL"
            elsewhere = known is not None and known.country not in {None, land}
            if entity.kind != "place" or not feature.startswith("PPL") or elsewhere or _PEOPLE.match(text, entity.end):
                continue
            if not _LIES.search(text[max(sentence.span.start, entity.start - _BEFORE) : entity.start]):
                ref = PlaceRef(entity.text, entity.start, entity.end, known)
                found.setdefault(sentence.number, []).append(ref)
    return found


def lists_told(text: str, sentences: Sequence[Sentence]) -> dict[int, list[PlaceRef]]:
    """Return the places of each sentence that lists what the one before has told of: "The towns include X and Y"."""
    found: dict[int, list[PlaceRef]] = {}
    for sentence in sentences:
        begins = _LISTS.match(text, sentence.span.start, sentence.span.end)
        if begins is None:
            continue
        ends = _LIST_ENDS.search(text, begins.end(), sentence.span.end)
        end = ends.start() if ends is not None else sentence.span.end
        named = [e for e in sentence.entities if e.kind in {"place", "name"} and begins.end() <= e.start < end]
        if len(named) > 1:
            found[sentence.number] = [PlaceRef(e.text, e.start, e.end, e.resolution) for e in named]
    return found


def named_together(text: str, sentences: Sequence[Sentence], frames: Frames) -> dict[int, Together]:
    """
    Return the last list of names of each sentence, which the next may call by its kind: "the villages of X and Y".

    Looked for only in a text that says "the villages", "both towns" or the like.
    """
    nouns = frames.nouns
    kinds = nouns.settlement | nouns.facility | nouns.quarter
    if not any(frames.singular(found.group(1).lower()) in kinds for found in _PLURAL.finditer(text)):
        return {}
    found: dict[int, Together] = {}
    for sentence in sentences:
        run: list[Entity] = []
        for entity in sentence.entities:
            if entity.kind not in {"place", "name"} or entity.actor is not None:
                continue
            if run and not _JOINS.fullmatch(text, run[-1].end, entity.start):
                run = []
            run.append(entity)
            between = text[max(sentence.span.start, run[0].start - _BEFORE) : run[0].start].endswith(
                (" between ", " links ")
            )
            if len(run) > 1 and not between and any(one.kind == "place" for one in run):
                called = _kind_of(text, sentence.span, run, frames, kinds)
                if called is not None or all(one.kind == "place" for one in run):
                    refs = tuple(PlaceRef(e.text, e.start, e.end, e.resolution) for e in run)
                    found[sentence.number] = Together(called, refs)
    return found


def _kind_of(text: str, span: Span, run: Sequence[Entity], frames: Frames, kinds: AbstractSet[str]) -> str | None:
    """Return what stands before or behind a list as that which its names are of: "hills", "the villages of"."""
    before = _KINDS_OF.search(text[max(span.start, run[0].start - _BEFORE) : run[0].start])
    behind = _KINDS.match(text, run[-1].end)
    own = run[-1].text.rsplit(" ", 1)[-1].lower()
    for word in (before.group(1) if before else "", behind.group(1) if behind else "", own):
        noun = frames.singular(word)
        if noun != word and noun in kinds:
            return noun
    return None


def _free(date: DateMention, entities: Sequence[Entity]) -> bool:
    return all(date.end <= entity.start or date.start >= entity.end for entity in entities)


def _wish(sentence: str, found: AbstractSet[str], entities: Sequence[Entity], frames: Frames, title: str) -> _Wish:
    """
    Tell whether a sentence has a place, or a noun that may stand for one, or a side and a name.

    An entry about a town goes without saying which.
    """
    if _SEE_ALSO.match(sentence):
        return _Wish.NO
    if any(entity.kind == "place" for entity in entities):
        return _Wish.YES
    if title and found & {"control", "hands"}:
        return _Wish.YES
    if not Triggers.of(frames).places.isdisjoint(found) or ("out" in found and found & _GOING):
        return _Wish.YES  # "They were driven out": of what they were told to have
    if not any(entity.kind == "actor" for entity in entities):
        return _Wish.NO
    return _Wish.YES if is_entry(title) else _Wish.IF_NAMED


def _goes_on(found: AbstractSet[str], entities: Sequence[Entity], before: Sequence[Sentence]) -> bool:
    """Tell whether a side leaves, comes in or takes control where one of the last sentences was: "The rebels left"."""
    if found.isdisjoint(_LEAVING) and (found.isdisjoint(_COMING) or found.isdisjoint(_IN)):
        return False
    if found.isdisjoint(_THEY) and not any(entity.kind == "actor" for entity in entities):
        return False
    return any(entity.kind == "place" for sentence in before for entity in sentence.entities)
