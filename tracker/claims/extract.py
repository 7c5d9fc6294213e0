"""
From reports and their places to claims: what each report says about control, sentence by sentence.

Three steps: `tracker.claims.gate` tells which sentences are worth parsing, a back end
parses those of several reports at once, `tracker.claims.reader` reads each report in order.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from tracker.claims.actors.data import Form
from tracker.claims.actors.index import ActorIndex
from tracker.claims.actors.leaders import leaders_told
from tracker.claims.coref import Discourse, SeenActor
from tracker.claims.entities import only_kind
from tracker.claims.frames import load_frames
from tracker.claims.gate import Sentence, kinds_told, lists_told, may_claim, named_together, sentences_of, towns_told
from tracker.claims.making import EXTRACTOR, told_too_early
from tracker.claims.merging import merged
from tracker.claims.parsing.dependency import parse_all
from tracker.claims.parsing.model_loader import load_model
from tracker.claims.parsing.quotations import parsed_apart
from tracker.claims.parsing.window import parse_all_by_rule
from tracker.claims.reader import Reading, ReportReader
from tracker.claims.refuting import set_aside
from tracker.claims.sieges import siege_starts
from tracker.claims.story_time import first_told
from tracker.claims.topic import as_in_title, as_settlements, first_town, is_about, is_dateline, title_place
from tracker.claims.winners import Setting
from tracker.claims.writers import writer_of
from tracker.model import Claim, PlaceIndex, Report, Resolution, claim_id_of
from tracker.resting import collector_at_rest

__all__ = ["EXTRACTOR", "Located", "Reading", "extract", "extract_all", "read_report"]

T = TypeVar("T")

_ACTING = frozenset({Form.NAME, Form.DEMONYM, Form.UNKNOWN})
_HIS = re.compile(r"\b[Hh](?:is|im|er)\b")
_TOGETHER = 32  # reports whose sentences are parsed in one go: each step of a parser costs as much as ten sentences
_MOST_WAITING = 1_000_000  # characters of reports that wait for others to be parsed with
_WEIGHED = 256  # claims held against each other, pair by pair; the densest report known makes 60


@dataclass(frozen=True, slots=True)
class Located:
    """
    A report with the places that it names.

    Attributes
    ----------
    resolutions
        Of the places that the text names, ordered by start, as `locate` returns them.
    title_places
        Of the places that the title names, spans into the title: what "the town" means
        in a text that never names it.
    off_topic
        Whether `may_claim` has said no: nothing is read then. None where nobody has asked.
    """

    report: Report
    resolutions: Sequence[Resolution]
    title_places: Sequence[Resolution] = ()
    off_topic: bool | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A report whose sentences wait for the parser."""

    reader: ReportReader
    sentences: list[Sentence]

    def readings(self) -> list[Reading]:
        readings = [reading for sentence in self.sentences for reading in self.reader.read(sentence)]
        report = self.reader.report
        readings = set_aside(readings, self.sentences, report.text, self.reader.frames)
        named = self.reader.discourse.named_after_all()
        return [_with_sides(reading, named) for reading in readings] if named else readings

    def sides_named(self) -> list[str]:
        """Return the sides that the text names, in its order."""
        return list(dict.fromkeys(actor.actor_id for actor in self.reader.discourse.seen_actors))


def _with_sides(reading: Reading, named: Mapping[str, str]) -> Reading:
    """Return a reading with the sides that the text names only later."""
    claim = reading.claim
    actor, counter = (named.get(side or "", side) for side in (claim.actor, claim.counter_actor))
    if actor is not None and actor == counter:
        return reading  # nobody stands against himself
    return replace(reading, claim=replace(claim, actor=actor, counter_actor=counter))


def extract(
    report: Report,
    resolutions: Sequence[Resolution],
    places: PlaceIndex,
    *,
    actors: ActorIndex,
    backend: str = "auto",
    title_places: Sequence[Resolution] = (),
) -> list[Claim]:
    """
    Return what a report says about control of places, in the order of the text.

    Parameters
    ----------
    report
        Whose text is read; all spans count its code points.
    resolutions, title_places
        See `Located`.
    places
        Tells which places belong to another ("the town's airport").
    actors
        Finds the sides that the text names.
    backend
        ``auto``, ``dependency`` or ``window``; see `load_model`.

    Returns
    -------
    claims
        Unreal ones included and marked; each names its rule and its words.

    Raises
    ------
    MissingModelError
        If ``dependency`` is asked for without a model.
    """
    located = Located(report, resolutions, title_places)
    return next(extract_all([located], places, actors=actors, backend=backend))


def extract_all(
    reports: Iterable[Located], places: PlaceIndex, *, actors: ActorIndex, backend: str = "auto"
) -> Iterator[list[Claim]]:
    """
    Yield the claims of each report, in the order given; parameters and errors as in `extract`.

    The sentences of several reports are parsed in one go, which is faster than one
    report at a time; what is claimed is the same.
    """
    yield from _read_all(reports, places, partial(_claims, actors), actors=actors, backend=backend)


def read_report(
    located: Located, places: PlaceIndex, *, actors: ActorIndex, backend: str = "auto"
) -> tuple[list[Reading], list[Claim]]:
    """Return every finding of a report with what was decided about it, and the claims that came of them."""

    def both(report: Report, readings: list[Reading], named: Sequence[str]) -> tuple[list[Reading], list[Claim]]:
        return readings, _claims(actors, report, readings, named)

    return next(_read_all([located], places, both, actors=actors, backend=backend))


def _claims(actors: ActorIndex, report: Report, readings: list[Reading], named: Sequence[str]) -> list[Claim]:
    lands = {reading.claim.place.start: reading.finding.place.ref.country for reading in readings}
    setting = Setting(camps=actors.camps, lands=lands, named=named)
    told = [told_too_early(reading.claim, report.published) for reading in readings if reading.veto is None]
    kept = [
        claim for start in range(0, len(told), _WEIGHED) for claim in merged(told[start : start + _WEIGHED], setting)
    ]
    found = (replace(claim, claim_id=claim_id_of(claim)) for claim in kept)
    return list({claim.claim_id: claim for claim in found}.values())


def _read_all(
    reports: Iterable[Located],
    places: PlaceIndex,
    told: Callable[[Report, list[Reading], Sequence[str]], T],
    *,
    actors: ActorIndex,
    backend: str,
) -> Iterator[T]:
    """Yield what is told of each report's readings; of a batch nothing else is left when the collector wakes."""
    frames = load_frames()
    nlp = load_model(backend)
    name = "window" if nlp is None else "dependency"
    parse = partial(parse_all_by_rule, frames) if nlp is None else partial(parse_all, nlp)

    def read(batch: list[Located]) -> Iterator[T]:
        drafts = [None if one.off_topic else _draft(one, places, actors, name) for one in batch]
        tokens = [s.tokens for draft in drafts if draft is not None for s in draft.sentences if s.wanted]
        for _ in parsed_apart(parse, tokens, frames):
            pass
        for one, draft in zip(batch, drafts, strict=True):
            yield told(one.report, [], []) if draft is None else told(one.report, draft.readings(), draft.sides_named())

    asked = (one if one.off_topic is not None else _asked(one, actors) for one in reports)
    for batch in _batches(asked):
        with collector_at_rest():
            made = list(read(batch))
        yield from made


def _asked(located: Located, actors: ActorIndex) -> Located:
    return replace(located, off_topic=not may_claim(located.report, actors))


def _batches(reports: Iterable[Located]) -> Iterator[list[Located]]:
    """Yield reports with those that are on the topic in handfuls; of what waits for them there is never much."""
    batch: list[Located] = []
    on_topic = size = 0
    for located in reports:
        batch.append(located)
        on_topic += not located.off_topic
        size += len(located.report.text)
        if on_topic == _TOGETHER or size > _MOST_WAITING:
            yield batch
            batch, on_topic, size = [], 0, 0
    if batch:
        yield batch


def _title_side(title: str, actors: ActorIndex) -> str | None:
    """Return the one side that a title names as acting: not a land or a capital, which may be where it happens."""
    sides = {found.actor_id for found in actors.find(title) if found.form in _ACTING} if title else set()
    return next(iter(sides)) if len(sides) == 1 else None


def _leaders(
    text: str, sentences: Sequence[Sentence], actors: ActorIndex
) -> tuple[Mapping[str, str], list[tuple[int, int, str]]]:
    """Return who leads which side, and where the text names him; looked for only where it says "his" or "him"."""
    told = leaders_told(text, (e.actor for s in sentences for e in s.entities if e.actor is not None))
    leaders = {**actors.leaders, **told} if told else actors.leaders
    if _HIS.search(text) is None:
        return leaders, []
    named = [(start, leaders[name]) for start, name in actors.leaders_in(text)]
    for name in told:
        named += [(found.start(), told[name]) for found in re.finditer(rf"(?i)\b{re.escape(name)}\b", text)]
    starts = [sentence.span.start for sentence in sentences]
    return leaders, sorted((bisect.bisect_right(starts, start) - 1, start, side) for start, side in named)


def _draft(located: Located, places: PlaceIndex, actors: ActorIndex, backend: str) -> _Draft:
    frames = load_frames()
    report = located.report
    title_places = as_settlements(report.title or "", located.title_places, places)
    resolutions = [as_in_title(known, title_places) for known in located.resolutions if not only_kind(known.text)]
    resolutions = [known for known in resolutions if not is_dateline(report.text, known)]
    title = title_place(report, resolutions, title_places)
    discourse = Discourse(
        frames.nouns,
        places,
        title=title,
        first=first_town(resolutions),
        about_title=title is not None and is_about(report.title or "", title, title_places),
        grounds=actors.grounds,
        states=actors.states,
        camps=actors.camps,
        leaders=actors.leaders,
        title_side=partial(_title_side, report.title or "", actors),
        trees=backend == "dependency",
    )
    reader = ReportReader(report, frames, discourse, backend=backend)
    sentences = sentences_of(report, resolutions, actors, frames, title_places)
    lands = {place.country for place in resolutions if place.country}
    discourse.voices.writer = writer_of(report.text, (e for s in sentences for e in s.entities), actors, lands)
    discourse.leaders, discourse.persons = _leaders(report.text, sentences, actors)
    discourse.later = kinds_told(report.text, sentences, frames)
    discourse.ahead = towns_told(report.text, sentences)
    discourse.lists = lists_told(report.text, sentences)
    discourse.together = named_together(report.text, sentences, frames)
    discourse.told_of = [
        SeenActor(entity.actor.actor_id, entity.text, sentence.number, k, subject=False)
        for sentence in sentences
        for k, entity in enumerate(sentence.entities)
        if entity.actor is not None and entity.actor.actor_id is not None
    ]
    reader.sieges = siege_starts(report.text, ((s.number, s.span.start, s.dates) for s in sentences))
    if report.published is None:
        reader.story.opening = first_told((s.number, date) for s in sentences for date in s.dates)
    return _Draft(reader, sentences)
