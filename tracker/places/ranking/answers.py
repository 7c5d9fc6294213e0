"""What a name was found to mean, written down as a `Resolution`."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from tracker.model import Candidate, Place, Resolution
from tracker.model.making import maker
from tracker.places.mentions.spots import Spot
from tracker.places.ranking.facts import Floats, Rows
from tracker.places.ranking.resolve import Referent
from tracker.places.ranking.scores import score

__all__ = ["Answer", "Setting", "answers_of", "resolution", "resolved"]

_SHOWN = 5  # candidates that a resolution carries
_CLEAR = 0.9  # share of a candidate that needs no neighbours
_SAME_GROUND = math.cos(12.0 / 6371.0088)  # cosine of 12 km of the earth's round
_ARTICLE = re.compile(
    r"(?<![\w-])(?:[AaEe](?:[sdt]h|[lrsdznt])-|A(?:[sdt]h|[lrsdznt]) )['‘’ʿ`]?\Z"
)  # of "al-Muslimiyah", "Al Waer"
_ARTICLE_REACH, _ARTICLE_ENDS = 6, frozenset("- '‘’ʿ`")


_PLACE = ("place_id", "name", "lat", "lon", "precision_m", "feature", "country", "parent")
_new_resolution = maker(Resolution, "report_id", "start", "end", "text", *_PLACE, "score", "candidates")
_new_nil = maker(Resolution, "report_id", "start", "end", "text", "feature", "score", "candidates")
_new_candidate = maker(Candidate, "place_id", "name", "lat", "lon", "score")
_of_place = attrgetter(*_PLACE)


class Answer(NamedTuple):
    """What a referent was found to mean, the same at each of its mentions."""

    place: Place | None
    share: float
    nil: float
    candidates: tuple[Candidate, ...]


_UNKNOWN = Answer(None, 0.0, 1.0, ())


def answers_of(referents: Sequence[Referent]) -> list[Answer]:
    """Return what referents, whose candidates have their shares, were found to mean."""
    live = [referent for referent in referents if len(referent.candidates)]
    found = iter(_answers(live) if live else ())
    return [next(found) if len(referent.candidates) else _UNKNOWN for referent in referents]


def _answers(live: Sequence[Referent]) -> Iterator[Answer]:
    count = np.array([len(referent.shares) for referent in live])
    first = np.cumsum(count) - count
    shares = np.concatenate([referent.shares for referent in live])
    order = np.lexsort((-shares, np.repeat(np.arange(len(live)), count)))
    nil = (1.0 - np.add.reduceat(shares, first)).tolist()
    pooled = _pooled(live, order, first, count, shares)
    rows = order[np.arange(len(order)) - np.repeat(first, count) < _SHOWN]
    ordinals = np.concatenate([referent.candidates.facts.ordinal for referent in live])[rows]
    places, share_of = live[0].candidates.book.places(ordinals.tolist()), shares[rows].tolist()
    shown = list(map(_candidate, places, share_of))
    bounds = itertools.accumulate(np.minimum(count, _SHOWN).tolist(), initial=0)
    for number, (start, end) in enumerate(itertools.pairwise(bounds)):
        best, share = pooled.get(number) or (0, share_of[start])
        place = places[start + best] if share >= nil[number] else None
        yield Answer(place, share, nil[number], tuple(shown[start:end]))


def _pooled(
    live: Sequence[Referent], order: Rows, first: Rows, count: Rows, shares: Floats
) -> dict[int, tuple[int, float]]:
    """
    Return of referents without a clear candidate which of those shown is best, and its share.

    Counted with it is what lies within a few kilometres: sources double places.
    """
    unclear = ((count > 1) & (shares[order[first]] <= _CLEAR)).nonzero()[0]
    found: dict[int, tuple[int, float]] = {}
    for number in unclear.tolist():
        rows = slice(first[number], first[number] + count[number])
        points = live[number].candidates.facts.point
        close = points[order[rows][:_SHOWN] - first[number]] @ points.T > _SAME_GROUND
        pooled = (close * shares[rows]).sum(axis=1)
        best = int(np.argmax(np.round(pooled, 6)))
        found[number] = best, min(1.0, float(pooled[best]))
    return found


class Setting(NamedTuple):
    """
    Where mentions stand.

    Attributes
    ----------
    page
        The text of the page.
    shift
        Added to positions on the page it gives those in the report.
    war
        Whether the report tells of fighting.
    weights
        Of scores; see ``data/places/weights.toml``.
    """

    report_id: str
    page: str
    shift: int
    war: bool
    weights: Mapping[str, float]


def resolution(spot: Spot, answer: Answer, setting: Setting) -> Resolution:
    """Write a mention down."""
    report_id, page, shift, war, weights = setting
    place, start, end = answer.place, spot.start, spot.end
    if spot.cue is not None and spot.cue.keep:
        end = spot.full_end
    if page[start - 1] in _ARTICLE_ENDS:
        article = _ARTICLE.search(page, start - _ARTICLE_REACH, start)
        start = start if article is None else article.start()
    mention = report_id, start + shift, end + shift, page[start:end]
    if place is None:
        kind = (spot.cue.nil or None) if spot.cue is not None else None
        return _new_nil(*mention, kind, round(spot.belief * answer.nil, 4), answer.candidates)
    sure = round(score(spot.belief, answer.share, weights, war=war), 4)
    return _new_resolution(*mention, *_of_place(place), sure, answer.candidates)


def resolved(place: Place, report_id: str, start: int, text: str, *, sure: float) -> Resolution:
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
    )


def _candidate(place: Place, share: float) -> Candidate:
    return _new_candidate(place.place_id, place.name, place.lat, place.lon, round(share, 4))
