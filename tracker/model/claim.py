"""What one report says about control of one place."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from tracker.model.time import FIRST_YEAR, LAST_YEAR

__all__ = ["Claim", "ClaimPlace", "Kind", "Modality", "claim_id_of"]


class Kind(StrEnum):
    """What a claim says; `docs/method` tells each kind's meaning."""

    GAINS = "gains"
    LOSES = "loses"
    HOLDS = "holds"
    CONTESTS = "contests"
    BESIEGES = "besieges"
    BREAKS_SIEGE = "breaks_siege"
    ENTERS = "enters"
    WITHDRAWS = "withdraws"
    APPROACHES = "approaches"


class Modality(StrEnum):
    """Whether the text says that it is so."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    UNREAL = "unreal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPlace:
    """
    The place that a claim speaks of, as the text names it and as it was resolved.

    `place_id`, `name`, `lat`, `lon` and `feature` are None when the resolution is NIL.
    """

    place_id: str | None = None
    name: str | None = None
    text: str
    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """
    What one report says about control of one place.

    Attributes
    ----------
    claim_id
        Hash of what the claim is made of; see `claim_id_of`.
    part
        None for the whole, a compass word, ``centre``, ``outskirts``, ``parts`` or a named quarter.
    fraction
        Share of the place, (least, most) in 0..1; None when not said.
    distance_m, bearing_deg
        Offset from the place said in the text: proximity, never control.
    valid_time
        EDTF level 1; `valid_from` and `valid_to` are its half-open bounds.
    cue
        The words that made the claim hedged or unreal, None when it is asserted.
    attributed_to
        Who says so inside the text, None when the writer does.
    quote
        ``report.text[quote_start:quote_end]``, the sentence or clause.
    published, source
        Of the report, carried along so that claims can be fused alone.
    told_at
        Offset in the report's text of the words that make the claim, None when it has none: what one sentence
        tells stands in this order.
    confidence
        Belief that a careful reader would make the same claim, 0 to 1.
    """

    claim_id: str
    report_id: str
    kind: Kind
    actor: str | None = None
    actor_text: str | None = None
    counter_actor: str | None = None
    place: ClaimPlace
    part: str | None = None
    fraction: tuple[float, float] | None = None
    distance_m: float | None = None
    bearing_deg: float | None = None
    valid_time: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    modality: Modality
    cue: str | None = None
    attributed_to: str | None = None
    quote: str
    quote_start: int
    quote_end: int
    rule: str
    backend: str
    extractor: str
    confidence: float
    published: dt.date | None = None
    source: str | None = None
    url: str | None = None
    title: str | None = None
    told_at: int | None = None

    def problem(self) -> str | None:
        """Return what of a claim that somebody else wrote can't be, None when nothing is."""
        if not 0.0 <= self.confidence <= 1.0:
            return f"confidence {self.confidence:g} is not between 0 and 1"
        if self.fraction is not None and not 0.0 <= self.fraction[0] <= self.fraction[1] <= 1.0:
            return f"fraction {list(self.fraction)} is no share (least, most) between 0 and 1"
        if self.valid_from is not None and self.valid_to is not None and self.valid_to <= self.valid_from:
            return f"valid_to {self.valid_to} is not after valid_from {self.valid_from}"
        for name, day in (("published", self.published), ("valid_from", self.valid_from), ("valid_to", self.valid_to)):
            if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR + (name == "valid_to"):
                return f"{name} {day} is not in the years {FIRST_YEAR} to {LAST_YEAR}"
        return "part is empty: write null for the whole" if self.part == "" else None


_PACKED = json.JSONEncoder(separators=(",", ":"))


def claim_id_of(claim: Claim) -> str:
    """
    Return the content id of a claim: what it says, on which words, read by what.

    Numbers that a rebuilt gazetteer may nudge (coordinates, scores, confidence)
    are left out, so that the id stays while the meaning does.
    """
    parts = (
        claim.report_id,
        claim.kind,
        claim.actor,
        claim.counter_actor,
        claim.place.place_id,
        claim.place.text,
        claim.place.start,
        claim.place.end,
        claim.part,
        claim.fraction,
        claim.distance_m,
        claim.bearing_deg,
        claim.valid_time,
        claim.modality,
        claim.attributed_to,
        claim.quote_start,
        claim.quote_end,
        claim.rule,
        claim.extractor,
    )
    return "c-" + hashlib.sha256(_PACKED.encode(parts).encode("ascii")).hexdigest()[:16]
