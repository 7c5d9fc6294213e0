"""Who holds a place, over which days, on what grounds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["ActorProbability", "State", "Status"]


class Status(StrEnum):
    """How a place stands. `UNKNOWN` is a finding; silence is the absence of a state."""

    HELD = "held"
    CONTESTED = "contested"
    SHARED = "shared"
    UNKNOWN = "unknown"
    ONE_OF = "one_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorProbability:
    """One actor's share of belief."""

    actor: str
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """
    Status and holder of a place, or a part of it, over half-open valid time.

    Attributes
    ----------
    part
        None for the whole place, else as in `Claim.part`.
    holder
        Actor id when `status` is ``held``; when it is ``contested``, the side that holds most of it, if one is told
        to; when it is ``shared``, the side that is named first. Else None.
    candidates
        Actors that may hold it or fight for it, most likely first.
    fraction
        Share of the place that the first candidate is said to hold, (least, most); None when not said.
    besieged, besieger
        Siege is its own fluent beside the holder.
    valid_from, valid_to
        Half-open days; None is open.
    probability
        Of `status` and `holder` being right.
    confidence
        Weight of the evidence, 0 to 1.
    claim_ids, against_ids
        Claims for and against it, at least one for.
    reason
        Why, in words.
    newest_claim
        Publication day of the newest report behind it, else the newest day that it speaks of.
    n_reports, n_sources
        Reports behind it, and how many of them are independent of each other.
    doubt
        Entropy of the belief over who holds it, 0 (sure) to 1 (nothing known).
    stale_from
        First day on which, with no further word, the belief has faded to unknown; None when it is unknown anyhow.
    judgement_ids
        Judgements on the state itself that made it what it is.
    """

    place_id: str
    part: str | None = None
    status: Status
    holder: str | None = None
    candidates: tuple[ActorProbability, ...]
    fraction: tuple[float, float] | None = None
    besieged: bool
    besieger: str | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    probability: float
    confidence: float
    claim_ids: tuple[str, ...]
    against_ids: tuple[str, ...]
    reason: str
    newest_claim: dt.date | None = None
    n_reports: int = 0
    n_sources: int = 0
    doubt: float = 0.0
    stale_from: dt.date | None = None
    judgement_ids: tuple[str, ...] = ()
