"""What names were found to mean, written down as `Resolution`s."""

from __future__ import annotations

import itertools
import math
import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from tracker.model import Candidate, Place, Resolution
from tracker.model.making import records
from tracker.places.gazetteer import Brief
from tracker.places.mentions.spots import Spot
from tracker.places.ranking.facts import Floats, Rows
from tracker.places.ranking.resolve import Ranking, Referent
from tracker.places.ranking.scores import DIGITS, scores

__all__ = ["Answer", "Setting", "answers_of", "resolutions", "resolved"]

_SHOWN = 5  # candidates that a resolution carries
_CLEAR = 0.9  # share of a candidate that needs no neighbours
_SAME_GROUND = math.cos(12.0 / 6371.0088)  # cosine of 12 km of the earth's round
_ARTICLE = re.compile(
    r"(?<![\w-])(?:[AaEe](?:[sdt]h|[lrsdznt])-|A(?:[sdt]h|[lrsdznt]) )['‘’ʿ`]?\Z"
)  # of "al-Muslimiyah", "Al Waer"
_ARTICLE_REACH, _ARTICLE_ENDS = 6, frozenset("- '‘’ʿ`")
_PLACE = ("place_id", "name", "lat", "lon", "precision_m", "feature", "country", "parent")  # as in `Brief`
_NO_PLACE = (None,) * len(_PLACE)


class Answer(NamedTuple):
    """What a referent was found to mean, the same at each of its mentions."""

    place: Brief | None
    share: float
    nil: float
    candidates: tuple[Candidate, ...]


_new_answer = partial(tuple.__new__, Answer)
_UNKNOWN = Answer(None, 0.0, 1.0, ())


def answers_of(referents: Iterable[Referent], rankings: Sequence[Ranking]) -> list[Answer]:
    """Return what referents were found to mean; those of them that have candidates were ranked, in that order."""
    found = iter(_answers(rankings) if rankings else ())
    return [next(found) if referent.candidates.features else _UNKNOWN for referent in referents]


def _answers(rankings: Sequence[Ranking]) -> list[Answer]:
    count, shares, rows = (
        _joined([ranking.bounds[1:] - ranking.bounds[:-1] for ranking in rankings]),
        _joined([ranking.shares for ranking in rankings]),
        _joined([ranking.rows for ranking in rankings]),
    )
    first = count.cumsum() - count
    order = np.lexsort((-shares, np.arange(len(count)).repeat(count)))
    nil = (1.0 - np.add.reduceat(shares, first)).tolist()
    book = rankings[0].live[0].candidates.book
    facts, counts = book.store.columns, count.tolist()
    pooled = _pooled(facts.point, rows, order, first, count, shares)
    shown = order
    if max(counts) > _SHOWN:
        shown = order[np.arange(len(order)) - first.repeat(count) < _SHOWN]
        counts = [min(size, _SHOWN) for size in counts]
    of_shown = shares[shown]
    places, share_of = book.briefs(facts.ordinal[rows[shown]].tolist()), of_shown.tolist()
    ids, names, lats, lons, *_ = zip(*places, strict=True)
    candidates = records(
        Candidate,
        len(places),
        place_id=ids,
        name=names,
        lat=lats,
        lon=lons,
        score=of_shown.round(DIGITS).tolist(),
    )
    found: list[Answer] = []
    start = 0
    for number, (none, size) in enumerate(zip(nil, counts, strict=True)):
        best, share = pooled[number] if number in pooled else (0, share_of[start])
        place = places[start + best] if share >= none else None
        found.append(_new_answer((place, share, none, tuple(candidates[start : start + size]))))
        start += size
    return found


def _joined(columns: Sequence[Any]) -> Any:
    return columns[0] if len(columns) == 1 else np.concatenate(columns)


def _pooled(  # noqa: PLR0917
    points: Floats, rows: Rows, order: Rows, first: Rows, count: Rows, shares: Floats
) -> dict[int, tuple[int, float]]:
    """
    Return of referents without a clear candidate which of those shown is best, and its share.

    Counted with it is what lies within a few kilometres: sources double places.
    """
    unclear = ((count > 1) & (shares[order[first]] <= _CLEAR)).nonzero()[0]
    found: dict[int, tuple[int, float]] = {}
    for number in unclear.tolist():
        span = slice(first[number], first[number] + count[number])
        here = points[rows[span]]
        close = here[order[span][:_SHOWN] - first[number]] @ here.T > _SAME_GROUND
        pooled = (close * shares[span]).sum(axis=1)
        best = int(pooled.round(6).argmax())
        found[number] = best, min(1.0, float(pooled[best]))
    return found


class Setting(NamedTuple):
    """
    Where mentions stand.

    Attributes
    ----------
    shift
        Added to positions on the page it gives those in the report.
    war
        Whether the report tells of fighting.
    mentions
        How many stand there.
    """

    report_id: str
    shift: int
    war: bool
    mentions: int


def resolutions(
    page: str, settings: Sequence[Setting], spots: Sequence[Spot], meant: Sequence[Answer], weights: Mapping[str, float]
) -> list[Resolution]:
    """
    Write the mentions of a page down.

    Parameters
    ----------
    settings
        Of the reports, in the order of their mentions.
    spots, meant
        The mentions, and what each means.
    weights
        Of scores; see ``data/places/weights.toml``.
    """
    if not spots:
        return []
    start = [_with_article(page, spot.start) for spot in spots]
    end = [spot.full_end if spot.cue is not None and spot.cue.keep else spot.end for spot in spots]
    where = list(itertools.chain.from_iterable(itertools.repeat(setting, setting.mentions) for setting in settings))
    shift = [setting.shift for setting in where]
    columns = dict(zip(_PLACE, zip(*[answer.place or _NO_PLACE for answer in meant], strict=True), strict=True))
    features = list(columns["feature"])
    sure = scores(
        [spot.belief for spot in spots],
        [answer.share for answer in meant],
        weights,
        war=[setting.war for setting in where],
    )
    for number in [number for number, answer in enumerate(meant) if answer.place is None]:
        spot = spots[number]
        features[number] = (spot.cue.nil or None) if spot.cue is not None else None
        sure[number] = round(spot.belief * meant[number].nil, DIGITS)
    return records(
        Resolution,
        len(spots),
        report_id=[setting.report_id for setting in where],
        start=map(operator.add, start, shift),
        end=map(operator.add, end, shift),
        text=[page[first:last] for first, last in zip(start, end, strict=True)],
        **(columns | {"feature": features}),
        score=sure,
        candidates=[answer.candidates for answer in meant],
    )


# What opens an English sentence, and is an Arabic article only before the letter that it ends in: "At Ramadi".
_ENGLISH = re.compile(r"At (?![Tt])|As (?![Ss])|An (?![Nn])")


def _with_article(page: str, start: int) -> int:
    """Return where the article of a name begins, without one the name itself."""
    mark = page[start - 1]
    if mark not in _ARTICLE_ENDS or (mark == " " and "A" not in page[start - 4 : start - 2]):
        return start
    article = _ARTICLE.search(page, start - _ARTICLE_REACH, start)
    if article is None or _ENGLISH.match(page, article.start()):
        return start
    return article.start()


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
