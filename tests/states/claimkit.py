"""Hand-made claims for the tests of states and ledger."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tracker.model import Claim, ClaimPlace, Kind, Modality, claim_id_of, edtf_bounds


def claim(
    kind: str,
    actor: str | None,
    place: str = "dolna",
    date: str | None = "2017-09-05",
    *,
    counter: str | None = None,
    part: str | None = None,
    fraction: tuple[float, float] | None = None,
    modality: str = "asserted",
    report: str = "r1",
    source: str | None = "AFP",
    published: str | None = "2017-09-05",
    quote: str | None = None,
    at: int = 0,
    confidence: float = 0.9,
    feature: str | None = "PPL",
    distance_m: float | None = None,
    attributed_to: str | None = None,
) -> Claim:
    start, stop = edtf_bounds(date) if date else (None, None)
    words = quote or f"{actor} {kind} {place} {part or ''} {date}"
    made = Claim(
        claim_id="", report_id=report, kind=Kind(kind), actor=actor, actor_text=actor, counter_actor=counter,
        place=ClaimPlace(
            place_id=f"tk:{place}", name=place.title(), text=place.title(), start=at, end=at + len(place),
            lat=35.3, lon=40.1, feature=feature, score=0.9,
        ),
        part=part, fraction=fraction, distance_m=distance_m, bearing_deg=None, valid_time=date,
        valid_from=start, valid_to=stop, modality=Modality(modality), cue=None, attributed_to=attributed_to,
        quote=words, quote_start=at, quote_end=at + len(words), rule="hand", backend="hand", extractor="hand",
        confidence=confidence, published=dt.date.fromisoformat(published) if published else None, source=source,
    )  # fmt: skip
    return replace(made, claim_id=claim_id_of(made))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
