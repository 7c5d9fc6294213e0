"""Which place each name means, weighed within its report; many reports are weighed at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from tracker.places.lexicon import CueType
from tracker.places.ranking.candidates import Candidates
from tracker.places.ranking.facts import Rows
from tracker.places.ranking.governing import Governor
from tracker.places.ranking.stacked import COLUMNS, MOST_PAIRED, Floats, Stacked

__all__ = ["COLUMNS", "Naming", "Ranking", "Referent", "Weighing", "rank_all", "weighing"]

_PASSES = 2
# Where a text is a list of thousands of names, time and memory stay within bounds; reports have a tenth of as many.
_MOST_CANDIDATES = 20_000
_MOST_PAIRS = MOST_PAIRED**2 // 8  # pairs of candidates of one report that are held at a time, of many reports
_NOTHING = np.zeros(0)
_NONE: frozenset[int] = frozenset()


class Referent:
    """
    A name with one meaning throughout a report.

    Attributes
    ----------
    cue
        Kind of place that the words around it prefer.
    everywhere
        Whether it is a part that every other town has, such as an old city.
    weight
        How much it counts as context for the others: belief times times named.
    containers
        Indices of the referents that are said to hold it.
    governors
        The towns that it may lie in or beside, the likeliest first.
    shares
        Belief in each candidate, filled by `Ranking.hand_out`; what is missing to one is NIL.
    matrix
        The features of each candidate, columns `COLUMNS`, filled by `Ranking.hand_out`.
    """

    __slots__ = ("candidates", "containers", "cue", "everywhere", "governors", "matrix", "name", "shares", "weight")

    def __init__(self, name: str, candidates: Candidates, cue: CueType | None, weight: float) -> None:
        self.name = name
        self.candidates = candidates
        self.cue = cue
        self.weight = weight
        self.everywhere = False
        self.containers: frozenset[int] = _NONE
        self.governors: tuple[Governor, ...] = ()
        self.shares: Floats = _NOTHING
        self.matrix: Floats = _NOTHING


class Naming(NamedTuple):
    """
    What one report names.

    Attributes
    ----------
    theatre
        Countries that count as named, whether the report names them or not.
    at_war
        Countries where the report, which is one of fighting, is likelier to lie.
    """

    referents: Sequence[Referent]
    theatre: frozenset[str] = frozenset()
    at_war: frozenset[str] = frozenset()


class Ranking(NamedTuple):
    """
    The candidates of some reports' referents, ranked.

    Attributes
    ----------
    live
        The referents that have candidates.
    bounds
        The rows of each.
    rows
        Where the facts of each candidate are in the store.
    shares, matrix
        As those of a `Referent`, of all of them.
    """

    live: list[Referent]
    bounds: Rows
    rows: Rows
    shares: Floats
    matrix: Floats

    def hand_out(self) -> None:
        """Give each referent its shares and its matrix."""
        bounds = self.bounds.tolist()
        for referent, first, last in zip(self.live, bounds[:-1], bounds[1:], strict=True):
            referent.shares = self.shares[first:last]
            referent.matrix = self.matrix[first:last]


class Weighing(NamedTuple):
    """The weights of `COLUMNS`, and the utility of NIL; see ``data/places/weights.toml``."""

    of_columns: Floats
    nil: float


def weighing(weights: Mapping[str, float]) -> Weighing:
    """Return weights as they are used."""
    return Weighing(np.array([weights.get(name, 0.0) for name in COLUMNS]), weights["nil"])


def rank_all(namings: Iterable[Naming], weights: Weighing) -> list[Ranking]:
    """Rank every referent's candidates, each in the light of the others of its report; of reports none sees another."""
    rankings: list[Ranking] = []
    batch: list[Naming] = []
    pairs = 0
    for naming in namings:
        live = [referent for referent in naming.referents if referent.candidates.features]
        if not live:
            continue
        size = _bound(live)
        if batch and pairs + size * size > _MOST_PAIRS:
            rankings.append(_rank(batch, weights))
            batch, pairs = [], 0
        batch.append(naming)
        pairs += size * size
    if batch:
        rankings.append(_rank(batch, weights))
    return rankings


def _rank(namings: Sequence[Naming], weights: Weighing) -> Ranking:
    stacked, (vector, nil) = Stacked(namings), weights
    matrix = stacked.matrix
    shares = stacked.softmax(matrix @ vector, nil)
    if stacked.compares:  # one name alone has nothing to be seen in the light of
        for _ in range(_PASSES):
            stacked.fill(shares)
            shares = stacked.softmax(matrix @ vector, nil)
        stacked.doubt(shares)
    return Ranking(stacked.live, stacked.bounds, stacked.rows, shares, matrix)


def _bound(live: Sequence[Referent]) -> int:
    """Leave of each name its best known candidates only where a text names thousands of places; count them."""
    size = sum([len(referent.candidates.features) for referent in live])
    if size > _MOST_CANDIDATES:
        each = max(1, _MOST_CANDIDATES // len(live))
        for referent in live:
            referent.candidates = referent.candidates.first_ones(each)
        size = sum([len(referent.candidates.features) for referent in live])
    return size
