"""What a name was found to mean, written down as a `Resolution`."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from tracker.model import Candidate, Place, Report, Resolution
from tracker.places.mentions.recognise import Spot
from tracker.places.ranking.resolve import Referent
from tracker.places.ranking.scores import score

__all__ = ["Answer", "answer_of", "resolution", "resolved"]

_SHOWN = 5  # candidates that a resolution carries
_CLEAR = 0.9  # share of a candidate that needs no neighbours
_SAME_GROUND = math.cos(12.0 / 6371.0088)  # cosine of 12 km of the earth's round
_ARTICLE = re.compile(
    r"(?<![\w-])(?:[AaEe](?:[sdt]h|[lrsdznt])-|A(?:[sdt]h|[lrsdznt]) )['‘’ʿ`]?\Z"
)  # of "al-Muslimiyah", "Al Waer"
_ARTICLE_REACH, _ARTICLE_ENDS = 6, frozenset("- '‘’ʿ`")


class Answer(NamedTuple):
    """What a referent was found to mean, the same at each of its mentions."""

    place: Place | None
    share: float
    nil: float
    candidates: tuple[Candidate, ...]


def answer_of(referent: Referent) -> Answer:
    """Return what a referent, whose candidates have their shares, was found to mean."""
    shares = referent.shares.tolist()
    if len(shares) == 1:  # most often
        (share,), only = shares, referent.candidates.place(0)
        nil = 1.0 - share
        return Answer(None if share < nil else only, share, nil, (_candidate(only, share),))
    order = sorted(range(len(shares)), key=lambda row: (-shares[row], row))[:_SHOWN]
    nil = 1.0 - float(referent.shares.sum())
    best, share = _choice(referent, order)
    place = referent.candidates.place
    shown = tuple([_candidate(place(row), shares[row]) for row in order])
    return Answer(None if best is None or share < nil else place(best), share, nil, shown)


def resolution(
    report: Report, at: int, spot: Spot, answer: Answer, weights: Mapping[str, float], *, war: bool
) -> Resolution:
    """Write a mention down; `at` is where the text of `report` begins in the whole one."""
    text, place = report.text, answer.place
    start, end = spot.start, spot.full_end if spot.cue is not None and spot.cue.keep else spot.end
    if start and text[start - 1] in _ARTICLE_ENDS:
        article = _ARTICLE.search(text, max(0, start - _ARTICLE_REACH), start)
        start = start if article is None else article.start()
    if place is None:
        return Resolution(
            report_id=report.report_id,
            start=start + at,
            end=end + at,
            text=text[start:end],
            feature=(spot.cue.nil or None) if spot.cue is not None else None,
            score=round(spot.belief * answer.nil, 4),
            candidates=answer.candidates,
        )
    sure = round(score(spot.belief, answer.share, weights, war=war), 4)
    return resolved(place, report.report_id, start + at, text[start:end], sure=sure, candidates=answer.candidates)


def resolved(
    place: Place, report_id: str, start: int, text: str, *, sure: float, candidates: tuple[Candidate, ...] = ()
) -> Resolution:
    """Write down that words of a report mean a place."""
    return Resolution(
        report_id=report_id,
        start=start,
        end=start + len(text),
        text=text,
        place_id=place.place_id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        precision_m=place.precision_m,
        feature=place.feature,
        country=place.country,
        parent=place.parent,
        score=sure,
        candidates=candidates,
    )


def _choice(referent: Referent, order: Sequence[int]) -> tuple[int | None, float]:
    """Return the best row and its share, counting with it what lies within a few kilometres: sources double places."""
    if not order:
        return None, 0.0
    shares, points = referent.shares, referent.candidates.facts.point
    if shares[order[0]] > _CLEAR:
        return order[0], float(shares[order[0]])
    close = points[list(order)] @ points.T > _SAME_GROUND
    pooled = (close * shares).sum(axis=1)
    number = int(np.argmax(np.round(pooled, 6)))
    return order[number], min(1.0, float(pooled[number]))


def _candidate(place: Place, share: float) -> Candidate:
    return Candidate(place_id=place.place_id, name=place.name, lat=place.lat, lon=place.lon, score=round(share, 4))
