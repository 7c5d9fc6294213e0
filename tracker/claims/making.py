"""A claim out of a finding: kind and sides settled, words quoted, vetoes heard."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

from tracker.claims.confidence import confidence_of
from tracker.claims.parsing.mending_dated import is_time
from tracker.claims.parsing.syntax import Tree
from tracker.claims.place_memory import PlaceRef
from tracker.claims.proximity import offset_of
from tracker.claims.roles.filling import Finding
from tracker.claims.roles.sides import ActorHit
from tracker.claims.sentences import Span
from tracker.claims.standing.scope import Standing
from tracker.claims.timing import Timing
from tracker.errors import DateError
from tracker.model import Claim, ClaimPlace, Kind, Modality, Report, Resolution, edtf_bounds

__all__ = ["EXTRACTOR", "bounds_of", "claim_of", "claim_place", "kept_after_all", "told_too_early", "veto_of"]

EXTRACTOR = "frames-2"
_HAVE = frozenset({"have", "has", "had"})


def claim_of(
    report: Report, finding: Finding, tree: Tree, span: Span, *, standing: Standing, timing: Timing, backend: str
) -> Claim:
    """Return the claim that a finding makes, without its id; it quotes its whole sentence."""
    kind, actor, counter = _settled(finding)
    bounds = bounds_of(timing.edtf)
    quote = report.text[span.start : span.end]
    distance, bearing = offset_of(quote) if kind is Kind.APPROACHES else (None, None)
    place = finding.place
    return Claim(
        claim_id="",
        report_id=report.report_id,
        kind=kind,
        actor=actor.actor_id if actor else None,
        actor_text=(actor.text or None) if actor else finding.open_side,
        counter_actor=counter.actor_id if counter else None,
        place=_place_of(place.ref, report.text),
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
        quote=quote,
        quote_start=span.start,
        quote_end=span.end,
        rule=finding.frame.frame_id,
        backend=backend,
        extractor=EXTRACTOR,
        confidence=confidence_of(finding, kind, standing.modality, window=backend == "window"),
        published=report.published,
        source=report.source,
        url=report.url,
        title=report.title,
        told_at=tree[finding.trigger].start,
    )


def _place_of(ref: PlaceRef, text: str) -> ClaimPlace:
    start, end = (ref.start, ref.end) if ref.start >= 0 else (0, 0)
    name = text[start:end] if ref.start >= 0 else ref.text
    return claim_place(name, start, end, ref.resolution)


def claim_place(text: str, start: int, end: int, resolution: Resolution | None) -> ClaimPlace:
    """Return a place as the text names it, with what it was resolved to."""
    if resolution is None:
        return ClaimPlace(place_id=None, name=None, text=text, start=start, end=end)
    return ClaimPlace(
        place_id=resolution.place_id,
        name=resolution.name,
        text=text,
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


def kept_after_all(finding: Finding, standing: Standing, tree: Tree) -> bool:
    """Tell whether a loss is denied for good: who "would never give up X" holds it."""
    if standing.modality is not Modality.UNREAL:
        return False
    verb = finding.governor
    negations = [tree[k].lower for k in tree.kids(verb) if tree[k].dep == "neg"]
    if finding.frame.frame_id in {"abandon", "give-up"}:  # "never gave X up", "has yet to yield X"
        above = tree[verb].head
        still_to = tree[verb].dep == "xcomp" and tree[above].lower in _HAVE
        yet = still_to and any(tree[k].lower == "yet" for k in tree.kids(above, "advmod"))
        return yet or "never" in negations
    if finding.frame.frame_id not in {"lose", "lose-control", "leave-control", "hand-over"} or finding.counter is None:
        return False
    return bool(negations)


@lru_cache(maxsize=1024)  # the few dates of a report, asked for by each of its claims
def bounds_of(edtf: str | None) -> tuple[dt.date | None, dt.date | None] | None:
    """Return the half-open bounds of a time, None when it is none."""
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
    while first < head and is_time(tree[first]):
        first += 1  # "on 28 March Dolna's mayor said"
    tokens = tree.tokens[first : head + 1]
    return "".join(token.text + (" " if token.spaced and token.i != head else "") for token in tokens)


def veto_of(finding: Finding, claim: Claim) -> str | None:
    """Return why a finding makes no claim, None when it does."""
    feature = claim.place.feature or ""
    if finding.frame.frame_id == "gain-ground" and (feature.startswith("ADM") or feature == "RGN"):
        return "ground gained somewhere in an area is no control of it"
    if claim.kind is Kind.HOLDS and claim.actor is None:
        return "nobody is said to hold it"
    if claim.kind is Kind.LOSES and claim.actor is None:
        return "nobody is said to lose it"
    if claim.kind is Kind.WITHDRAWS and claim.actor is None:
        return "nobody is said to leave it"
    return None


def told_too_early(claim: Claim, published: dt.date | None) -> Claim:
    """
    Return a claim whose date lies after its report's publication as one that can be known.

    With the year in its own words it speaks of the future: unreal. Otherwise the date was reckoned wrongly
    ("after two weeks of fighting"), and what is told as past happened at the latest on the day of publication.
    """
    if (
        published is None
        or claim.valid_from is None
        or claim.valid_from <= published
        or claim.modality is Modality.UNREAL
    ):
        return claim
    if str(claim.valid_from.year) in claim.quote:
        return replace(claim, modality=Modality.UNREAL, cue="dated after publication")
    lasting = claim.kind in {Kind.HOLDS, Kind.CONTESTS, Kind.BESIEGES}
    told = published.isoformat() if lasting else f"../{published.isoformat()}"
    bounds = bounds_of(told) or (None, None)
    return replace(claim, valid_time=told, valid_from=bounds[0], valid_to=bounds[1])
