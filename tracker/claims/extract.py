"""
From a report and its places to claims: what the report says about control, sentence by sentence.

Only sentences with a trigger and something that can be a place are parsed; the rest
is skimmed for names and dates, which later sentences may refer to.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from tracker.claims.actors import ActorIndex
from tracker.claims.confidence import confidence_of
from tracker.claims.coref import Discourse, PlaceRef
from tracker.claims.dates import DateMention, find_dates
from tracker.claims.dependency import parse_all
from tracker.claims.entities import Entity, dated, familiar_names, gather, only_kind, with_names
from tracker.claims.frames import Frames, load_frames
from tracker.claims.inference import Movers
from tracker.claims.matching import Finding, match
from tracker.claims.merging import merged
from tracker.claims.modality import cue_over, find_cues
from tracker.claims.model_loader import load_model
from tracker.claims.proximity import offset_of
from tracker.claims.roles import PlaceReader
from tracker.claims.scope import Standing, standing_of
from tracker.claims.sentences import Span, split_sentences
from tracker.claims.sides import ActorHit, ActorReader
from tracker.claims.syntax import Tree
from tracker.claims.timing import StoryTime, Timing, timing_of
from tracker.claims.tokens import Token, tokenize
from tracker.claims.window import parse_all_by_rule
from tracker.errors import DateError
from tracker.model import Claim, ClaimPlace, Kind, Modality, PlaceIndex, Report, Resolution, claim_id_of, edtf_bounds

__all__ = ["EXTRACTOR", "Reading", "extract", "read_report"]

EXTRACTOR = "frames-1"
_SHARE_OF_THEATRE = 0.15  # of a report's places: countries with as many tell which theatre it is about


@dataclass(frozen=True, slots=True)
class Reading:
    """
    One finding with all that was decided about it, for `--explain`.

    Attributes
    ----------
    veto
        Why no claim came of it, None when one did.
    """

    finding: Finding
    tree: Tree
    span: Span
    standing: Standing
    timing: Timing
    claim: Claim
    veto: str | None = None


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
    resolutions
        Of the places that the text names, ordered by start, as `locate` returns them.
    places
        Tells which places belong to another ("the town's airport").
    actors
        Finds the sides that the text names.
    backend
        ``auto``, ``dependency`` or ``window``; see `load_model`.
    title_places
        Of the places that the title names, spans into the title: what "the town" means
        in a text that never names it.

    Returns
    -------
    claims
        Unreal ones included and marked; each names its rule and its words.

    Raises
    ------
    MissingModelError
        If ``dependency`` is asked for without a model.
    """
    readings = read_report(report, resolutions, places, actors=actors, backend=backend, title_places=title_places)
    told = [_not_yet(reading.claim, report.published) for reading in readings if reading.veto is None]
    claims = merged(told)
    return [replace(claim, claim_id=claim_id_of(claim)) for claim in claims]


def _not_yet(claim: Claim, published: dt.date | None) -> Claim:
    """Return a claim whose date lies after the report's publication as unreal: nobody can know it yet."""
    if (
        published is None
        or claim.valid_from is None
        or claim.valid_from <= published
        or claim.modality is Modality.UNREAL
    ):
        return claim
    return replace(claim, modality=Modality.UNREAL, cue="dated after publication")


@dataclass(slots=True)
class _Sentence:
    number: int
    span: Span
    entities: list[Entity]
    dates: list[DateMention]
    tokens: list[Token] = field(default_factory=list)
    wanted: bool = False


def read_report(
    report: Report,
    resolutions: Sequence[Resolution],
    places: PlaceIndex,
    *,
    actors: ActorIndex,
    backend: str = "auto",
    title_places: Sequence[Resolution] = (),
) -> list[Reading]:
    """Return every finding of a report with what was decided about it; parameters as in `extract`."""
    frames = load_frames()
    nlp = load_model(backend)
    resolutions = [
        _as_in_title(resolution, title_places) for resolution in resolutions if not only_kind(resolution.text)
    ]
    sentences = _sentences(report, resolutions, actors, frames, title_places)
    wanted = [sentence for sentence in sentences if sentence.wanted]
    parse = (
        parse_all_by_rule(frames, [s.tokens for s in wanted])
        if nlp is None
        else parse_all(nlp, [s.tokens for s in wanted])
    )
    for _ in parse:
        pass
    title = _title_place(report, resolutions, title_places)
    alone = title is not None and (report.title or "").partition("(")[0].strip().lower().endswith(title.text.lower())
    alone = (
        alone
        and len((report.title or "").partition("(")[0].split()) <= 4
        and " of " not in (report.title or "").partition("(")[0]
    )
    discourse = Discourse(
        frames.nouns,
        places,
        title=title,
        first=_first_town(resolutions),
        about_title=alone,
        grounds=actors.grounds,
        states=actors.states,
    )
    reader = _ReportReader(report, frames, discourse, backend="window" if nlp is None else "dependency")
    return [reading for sentence in sentences for reading in reader.read(sentence)]


def _sentences(
    report: Report,
    resolutions: Sequence[Resolution],
    actors: ActorIndex,
    frames: Frames,
    title_places: Sequence[Resolution] = (),
) -> list[_Sentence]:
    text = report.text
    mentions = actors.find(text, on=report.published, countries=_theatre(resolutions, title_places))
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
        sentence = _Sentence(number, span, inside, told)
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


def _theatre(resolutions: Sequence[Resolution], title_places: Sequence[Resolution]) -> frozenset[str]:
    """Return the countries that a good share of the places lie in; the title's count thrice."""
    counts = Counter(
        place.country for place in [*resolutions, *title_places, *title_places, *title_places] if place.country
    )
    total = sum(counts.values())
    return frozenset(country for country, count in counts.items() if count >= _SHARE_OF_THEATRE * total)


def _as_in_title(resolution: Resolution, title_places: Sequence[Resolution]) -> Resolution:
    """Return a place as the title has it where the title has the same name: beside its province it is surer."""
    for place in title_places:
        if (
            place.place_id is not None
            and place.text.lower() == resolution.text.lower()
            and place.place_id != resolution.place_id
        ):
            return replace(place, start=resolution.start, end=resolution.end, text=resolution.text)
    return resolution


def _title_place(
    report: Report, resolutions: Sequence[Resolution], title_places: Sequence[Resolution]
) -> PlaceRef | None:
    """
    Return the settlement that the title names first, as the text names it where it does.

    "Damascus – Barzeh" is about Barzeh: behind a dash stands the quarter.
    """
    title = (report.title or "").partition("(")[0]
    towns = [
        p
        for p in title_places
        if (p.place_id or len(title.split()) < 4)
        and p.end <= len(title)
        and not (p.feature or "PPL").startswith(_AREAS)
        and p.text.lower() not in {"al", "el"}
    ]
    if towns:
        chosen = towns[0]
        for one, other in pairwise(towns):
            if one is chosen and title[one.end : other.start].strip() in {"–", "-", "—"}:
                chosen = other
        same = [
            r
            for r in resolutions
            if r.text.lower() == chosen.text.lower() or (r.place_id and r.place_id == chosen.place_id)
        ]
        if same:
            return PlaceRef(same[0].text, same[0].start, same[0].end, same[0])
        return PlaceRef(chosen.text, -1, -1, chosen)
    lower = title.lower()
    named = []
    for resolution in resolutions:
        at = lower.find(resolution.text.lower())
        after = lower[at + len(resolution.text) :].split()[:1]
        if (
            at >= 0
            and not (resolution.feature or "PPL").startswith(_AREAS)
            and not set(after) & {"governorate", "province", "district", "oblast"}
        ):
            named.append((at, -len(resolution.text), resolution.start, resolution))
    if not named:
        words = title.split()
        plain = (
            0 < len(words) <= 4
            and all(word[0].isupper() or "-" in word for word in words)
            and "(" in (report.title or "")
        )
        return PlaceRef(title.strip(), -1, -1, None) if plain else None
    found = min(named, key=operator.itemgetter(0, 1, 2))[3]
    return PlaceRef(found.text, found.start, found.end, found)


_AREAS = ("ADM", "PCL", "RGN", "CONT", "OCN", "SEA", "LK", "STM", "MT", "AIR", "MIL")


def _first_town(resolutions: Sequence[Resolution]) -> PlaceRef | None:
    for resolution in resolutions:
        if (resolution.feature or "PPL").startswith("PPL"):
            return PlaceRef(resolution.text, resolution.start, resolution.end, resolution)
    return None


class _ReportReader:
    def __init__(self, report: Report, frames: Frames, discourse: Discourse, *, backend: str) -> None:
        self.report = report
        self.frames = frames
        self.discourse = discourse
        self.backend = backend
        self.story = StoryTime()
        self.movers = Movers()

    def read(self, sentence: _Sentence) -> Iterator[Reading]:
        """Yield the readings of a sentence and remember what it names."""
        if not sentence.wanted:
            self._skim(sentence)
            return
        tree = Tree(sentence.tokens, self.frames)
        places = PlaceReader(tree, self.discourse, sentence.number)
        sides = ActorReader(tree, self.discourse, sentence.number)
        claimed = []
        told = StoryTime(self.story.edtf, self.story.sentence)
        findings = match(tree, places, sides)
        for found in findings:
            finding = self.movers.named(found, findings, tree, sides, sentence.number)
            reading = self._reading(found, finding, tree, sentence, told)
            yield reading
            if reading.veto is None and reading.claim.modality is not Modality.UNREAL:
                if finding.frame.shape not in {"held", "label"}:
                    claimed.append(finding.place)
                self.movers.moved(finding, sentence.number)
        for ref, at in places.here:
            self.discourse.see_place(ref, sentence.number, at, called=places.called(at))
        for actor in sides.here:
            self.discourse.see_actor(actor)
        for hit in claimed:
            self.discourse.claim_place(hit.ref, sentence.number, hit.token)
        self.story.reach(sentence.dates, sentence.number)

    def _skim(self, sentence: _Sentence) -> None:
        """Remember the names and dates of a sentence that is not parsed."""
        for k, entity in enumerate(sentence.entities):
            if entity.kind == "place":
                self.discourse.see_place(
                    PlaceRef(entity.text, entity.start, entity.end, entity.resolution), sentence.number, k
                )
            elif entity.actor is not None and entity.actor.actor_id is not None:
                self.discourse.see_named(entity, sentence.number, k)
        self.story.reach(sentence.dates, sentence.number)

    def _reading(self, found: Finding, finding: Finding, tree: Tree, sentence: _Sentence, story: StoryTime) -> Reading:
        state = finding.frame.shape in {"held", "label"}
        standing = standing_of(tree, finding.governor, finding.trigger, state=state)
        if self.backend == "window" and not state:
            standing = self._checked(standing, finding, tree, sentence)
        timing = timing_of(
            tree,
            finding,
            standing.verb,
            sentence.dates,
            story=story,
            sentence=sentence.number,
            published=self.report.published,
        )
        timing = self.movers.timed(found, finding, timing)
        if _kept(finding, standing, tree):
            holder = finding.counter
            finding = replace(finding, kind=Kind.HOLDS, actor=holder, counter=None)
            standing = replace(standing, modality=Modality.ASSERTED, cue=None)
        claim = self._claim(finding, tree, sentence, standing, timing)
        return Reading(finding, tree, sentence.span, standing, timing, claim, _veto(finding, claim))

    def _checked(self, standing: Standing, finding: Finding, tree: Tree, sentence: _Sentence) -> Standing:
        """Return a standing that the cues before the trigger agree with: a tree from windows misses what governs it."""
        token = tree[finding.trigger]
        start = sentence.span.start
        text = self.report.text[start : sentence.span.end]
        cues = [cue for cue in find_cues(text) if cue.end <= token.start - start and cue.text != "May"]
        cue = cue_over(cues, text, token.start - start, token.end - start)
        if cue is None or standing.modality is Modality.UNREAL or cue.modality is not Modality.UNREAL:
            return standing
        return replace(standing, modality=Modality.UNREAL, cue=text[cue.start : cue.end])

    def _claim(self, finding: Finding, tree: Tree, sentence: _Sentence, standing: Standing, timing: Timing) -> Claim:
        kind, actor, counter = _settled(finding)
        bounds = _bounds(timing.edtf)
        start, end = self._quote(finding, tree, sentence)
        distance, bearing = offset_of(self.report.text[start:end]) if kind is Kind.APPROACHES else (None, None)
        place = finding.place
        return Claim(
            claim_id="",
            report_id=self.report.report_id,
            kind=kind,
            actor=actor.actor_id if actor else None,
            actor_text=actor.text if actor else None,
            counter_actor=counter.actor_id if counter else None,
            place=_claim_place(place.ref, self.report.text),
            part=place.part,
            fraction=place.fraction,
            distance_m=distance,
            bearing_deg=bearing,
            valid_time=timing.edtf if bounds is not None else None,
            valid_from=bounds[0] if bounds else None,
            valid_to=bounds[1] if bounds else None,
            modality=standing.modality,
            cue=standing.cue,
            attributed_to=_speaker(tree, standing.speaker),
            quote=self.report.text[start:end],
            quote_start=start,
            quote_end=end,
            rule=finding.frame.frame_id,
            backend=self.backend,
            extractor=EXTRACTOR,
            confidence=confidence_of(finding, standing.modality, window=self.backend == "window"),
            published=self.report.published,
            source=self.report.source,
            url=self.report.url,
            title=self.report.title,
        )

    def _quote(self, finding: Finding, tree: Tree, sentence: _Sentence) -> tuple[int, int]:
        del finding, tree
        return sentence.span.start, sentence.span.end


def _claim_place(ref: PlaceRef, text: str) -> ClaimPlace:
    resolution = ref.resolution
    start, end = (ref.start, ref.end) if ref.start >= 0 else (0, 0)
    name = text[start:end] if ref.start >= 0 else ref.text
    if resolution is None:
        return ClaimPlace(place_id=None, name=None, text=name, start=start, end=end)
    return ClaimPlace(
        place_id=resolution.place_id,
        name=resolution.name,
        text=name,
        start=start,
        end=end,
        lat=resolution.lat,
        lon=resolution.lon,
        feature=resolution.feature,
        score=resolution.score,
    )


def _settled(finding: Finding) -> tuple[Kind, ActorHit | None, ActorHit | None]:
    """Return kind and sides; a gain by nobody named from somebody is a loss."""
    if finding.kind is Kind.GAINS and finding.actor is None and finding.counter is not None:
        return Kind.LOSES, finding.counter, None
    return finding.kind, finding.actor, finding.counter


def _kept(finding: Finding, standing: Standing, tree: Tree) -> bool:
    """Tell whether a loss is denied for good: who "would never give up X" holds it."""
    if (
        finding.frame.frame_id not in {"lose", "lose-control", "hand-over"}
        or finding.counter is None
        or standing.modality is not Modality.UNREAL
    ):
        return False
    return any(tree[k].dep == "neg" for k in tree.kids(finding.governor))


def _bounds(edtf: str | None) -> tuple[dt.date | None, dt.date | None] | None:
    if edtf is None:
        return None
    try:
        return tuple(edtf_bounds(edtf))  # type: ignore[return-value]
    except DateError:
        return None


def _speaker(tree: Tree, head: int | None) -> str | None:
    """Return who says so, with what stands before the name."""
    if head is None:
        return None
    first = head
    for k in tree.kids(head, "compound", "amod", "nmod", "poss", "det"):
        first = min(first, k, *tree.kids(k, "compound", "amod", "det", "poss"))
    tokens = tree.tokens[first : head + 1]
    return "".join(token.text + (" " if token.spaced and token.i != head else "") for token in tokens)


def _veto(finding: Finding, claim: Claim) -> str | None:
    """Return why a finding makes no claim, None when it does."""
    feature = claim.place.feature or ""
    if finding.frame.frame_id == "gain-ground" and (feature.startswith("ADM") or feature == "RGN"):
        return "ground gained somewhere in an area is no control of it"
    if claim.kind is Kind.HOLDS and claim.actor is None:
        return "nobody is said to hold it"
    if claim.kind is Kind.LOSES and claim.actor is None:
        return "nobody is said to lose it"
    return None
