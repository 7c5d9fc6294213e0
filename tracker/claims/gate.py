"""
Which sentences are worth parsing: those with a trigger and a place, or a noun that may stand for one.

The rest is skimmed for names and dates, which later sentences may refer to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from tracker.claims.actors import ActorIndex
from tracker.claims.dates import DateMention, find_dates
from tracker.claims.entities import Entity, dated, familiar_names, gather, with_names
from tracker.claims.frames import Frames
from tracker.claims.sentences import Span, split_sentences
from tracker.claims.tokens import Token, tokenize
from tracker.claims.topic import theatre_of
from tracker.model import Report, Resolution

__all__ = ["Sentence", "sentences_of"]


@dataclass(slots=True)
class Sentence:
    """One sentence with what it names; tokens only when it is wanted: worth parsing."""

    number: int
    span: Span
    entities: list[Entity]
    dates: list[DateMention]
    tokens: list[Token] = field(default_factory=list)
    wanted: bool = False


def sentences_of(
    report: Report,
    resolutions: Sequence[Resolution],
    actors: ActorIndex,
    frames: Frames,
    title_places: Sequence[Resolution] = (),
) -> list[Sentence]:
    """Return the sentences of a report in order with what each names; those worth parsing have tokens."""
    text = report.text
    mentions = actors.find(text, on=report.published, countries=theatre_of(resolutions, title_places))
    known = gather(text, resolutions, mentions, held=frames.held_forms, ground=frames.noun_forms)
    dates = find_dates(text, published=report.published, title=report.title)
    spans = split_sentences(text)
    familiar = familiar_names(text, spans)
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
        wish = _may_claim(text, span, inside, frames, about=bool(report.title))
        if wish is not _Wish.NO:
            days = [dated(date.start, date.end, date.text) for date in told if _free(date, inside)]
            blocked = sorted([*inside, *days], key=lambda entity: entity.start)
            sentence.entities = with_names(text, span.start, span.end, blocked, familiar)
            if wish is _Wish.IF_NAMED and not any(entity.kind == "name" for entity in sentence.entities):
                sentence.entities = inside
                sentences.append(sentence)
                continue
            sentence.tokens = tokenize(text, span.start, span.end, sentence.entities)
            sentence.wanted = True
        sentences.append(sentence)
    return sentences


def _free(date: DateMention, entities: Sequence[Entity]) -> bool:
    return all(date.end <= entity.start or date.start >= entity.end for entity in entities)


def _may_claim(text: str, span: Span, entities: Sequence[Entity], frames: Frames, *, about: bool) -> _Wish:
    """Tell whether a sentence has a trigger and a place, or a noun that may stand for one, or a side and a name."""
    words = text[span.start : span.end].lower().replace("-", " ").replace("–", " ").split()
    cleaned = [word.strip(".,;:!?\"'“”’()[]") for word in words]
    if cleaned[:2] == ["see", "also"]:
        return _Wish.NO
    if not any(frames.is_trigger(word) for word in cleaned) and not any(entity.kind == "held" for entity in entities):
        return _Wish.NO
    if any(entity.kind == "place" for entity in entities):
        return _Wish.YES
    nouns = frames.nouns
    if about and set(cleaned) & {"control", "hands"}:
        return _Wish.YES
    standing = nouns.settlement | nouns.facility | nouns.quarter | nouns.part | nouns.province | {"it", "siege"}
    if any(frames.singular(word.removesuffix("'s").removesuffix("’s")) in standing for word in cleaned):
        return _Wish.YES
    return _Wish.IF_NAMED if any(entity.kind == "actor" for entity in entities) else _Wish.NO


class _Wish(Enum):
    """Whether a sentence is worth parsing."""

    NO = 0
    IF_NAMED = 1  # when it has a name that no gazetteer knows
    YES = 2
