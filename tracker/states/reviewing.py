"""Which claims a person should look at first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.model import Claim, Judgement, PlaceIndex, State, mention_target
from tracker.states.evidence import fusible, weigh
from tracker.states.fusion import fuse_place
from tracker.states.grading import credibilities
from tracker.states.judgements import apply_judgements, standing
from tracker.states.sources import SourceIndex, shipped_sources

__all__ = ["ReviewItem", "review_queue"]

NOWHERE = 0.3  # effect of a claim whose place was not found: it changes nothing yet, but might
_PAST = 0.5  # a claim that changes only what was once so matters half as much as one that changes what is so
_MOST_TRIED = 200  # claims of one place whose loss is tried out, the most doubtful first
_MOST_FUSED = 50_000  # claims fused for one place, at a few thousand a second


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """
    A claim that wants a decision.

    Attributes
    ----------
    effect
        How much hangs on it, 0 to 1: whether its loss changes what is so, or what once was so.
    doubt
        How unsure it is, 0 to 1.
    now, without
        What the place is, and what it would be without the claim, in words; `now` is empty where nothing is told.
    grade
        How analysts write it: the source's letter, the claim's number; see `tracker.states.grading`.
    """

    claim: Claim
    effect: float
    doubt: float
    without: str
    now: str = ""
    grade: str = ""

    @property
    def rank(self) -> float:
        """What the queue is ordered by."""
        return self.effect * self.doubt


def review_queue(
    claims: Iterable[Claim],
    *,
    judgements: Sequence[Judgement] = (),
    known_by: dt.date | None = None,
    places: PlaceIndex | None = None,
    sources: SourceIndex | None = None,
) -> list[ReviewItem]:
    """
    Return the claims that nobody has judged yet, those with the largest effect times doubt first.

    The effect is found by fusing the place again without the claim. Unreal
    claims and those that change nothing are left out.
    """
    index = sources or shipped_sources()
    told = list(claims)
    targets = {j.target for j in standing(judgements)}
    judged = {c.claim_id for c in told if {c.claim_id, mention_target(c.report_id, c.place.start)} & targets}
    verdicts = apply_judgements(told, judgements, places=places)
    by_place: dict[str, list[Claim]] = defaultdict(list)
    for claim in fusible(verdicts.claims, known_by):
        by_place[claim.place.place_id or ""].append(claim)
    items = []
    for place_id in sorted(by_place):
        mine = by_place[place_id]
        base = fuse_place(mine, places=places, verdicts=verdicts, sources=index)
        numbers = credibilities(mine, index, accepted=verdicts.accepted, against=_against(base))
        doubtful = sorted((c for c in mine if c.claim_id not in judged), key=lambda c: (-_doubt(c, index), c.claim_id))
        for claim in doubtful[: max(1, min(_MOST_TRIED, _MOST_FUSED // len(mine)))]:
            rest = fuse_place([c for c in mine if c is not claim], places=places, verdicts=verdicts, sources=index)
            effect = _effect(base, rest)
            if effect:
                items.append(
                    ReviewItem(
                        claim=claim, effect=effect, doubt=_doubt(claim, index), without=_last_words(rest),
                        now=_last_words(base), grade=f"{index.grade(claim)}{numbers[claim.claim_id]}",
                    )
                )  # fmt: skip
    items.extend(_nowhere(told, judged, index))
    return sorted(items, key=lambda item: (-item.rank, item.claim.claim_id))


def _against(states: Iterable[State]) -> set[str]:
    return {claim_id for state in states for claim_id in state.against_ids}


def _nowhere(claims: Iterable[Claim], judged: set[str], index: SourceIndex) -> list[ReviewItem]:
    return [
        ReviewItem(claim=c, effect=NOWHERE, doubt=1.0, without="its place is not in the gazetteer")
        for c in claims
        if c.place.place_id is None and c.claim_id not in judged and c.modality != "unreal" and weigh((c,), index)
    ]


def _doubt(claim: Claim, index: SourceIndex) -> float:
    evidence = weigh((claim,), index)
    return 1.0 - (evidence.weight if evidence else 0.0)


def _effect(base: Sequence[State], rest: Sequence[State]) -> float:
    if _readings(_now(base)) != _readings(_now(rest)):
        return 1.0
    return _PAST if _readings(base) != _readings(rest) else 0.0


def _now(states: Sequence[State]) -> list[State]:
    return [s for s in states if s.valid_to is None]


def _readings(states: Iterable[State]) -> list[tuple[object, ...]]:
    return [(s.part, s.status, s.holder, s.besieged, s.valid_from if s.valid_to else None) for s in states]


def _last_words(states: Sequence[State]) -> str:
    now = [s for s in _now(states) if s.part is None]
    return now[0].reason if now else "nothing would be told of the place"
