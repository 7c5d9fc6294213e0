"""Which place each name means, weighed within its report."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tracker.places.candidates import CandidateBook, Candidates
from tracker.places.lexicon import CueType

__all__ = ["COLUMNS", "Referent", "rank"]

Floats = npt.NDArray[np.float64]
CONTEXT = ("cue", "contained", "country_named", "admin1_named", "country_share", "admin1_share", "near", "at_war")
COLUMNS = (*CandidateBook.FIXED, *CONTEXT)
_PASSES = 2
_NEAR_KM = 100.0  # distance at which nearness has fallen to a half
_EARTH_KM = 6371.0088
_CONTAINER_KM = 60.0  # a part lies within this distance of the town that is said to hold it
_PARTS = ("quarter", "district")
_LONELY = 0.2  # nearness: one sure mention of the report about 200 km away
_HELD = 0.3  # containment from which the words have said where it lies
_SURE_SHARE = 0.5  # share of a candidate that may vouch for hamlets around it
_MARCH_KM = 60.0  # reports of fighting name a hamlet beside a place within this distance (dev: 9 of 10 within 40 km)
_EXACT = CandidateBook.FIXED.index("exact")
_KNOWN = 2.7  # log10 of inhabitants less 2: 50,000


@dataclass(slots=True, kw_only=True)
class Referent:
    """
    A name with one meaning throughout a report.

    Attributes
    ----------
    cue
        Kind of place that the words around it prefer.
    weight
        How much it counts as context for the others: belief times times named.
    containers
        Indices of the referents that are said to hold it.
    shares
        Belief in each candidate, filled by `rank`; what is missing to one is NIL.
    matrix
        The features of each candidate, columns `COLUMNS`, filled by `rank`.
    """

    name: str
    candidates: Candidates
    cue: CueType | None = None
    weight: float = 1.0
    containers: set[int] = field(default_factory=set)
    shares: Floats = field(default_factory=lambda: np.zeros(0))
    matrix: Floats = field(default_factory=lambda: np.zeros((0, 0)))


def rank(
    referents: Sequence[Referent],
    weights: Mapping[str, float],
    theatre: Collection[str] = frozenset(),
    at_war: Collection[str] = frozenset(),
) -> None:
    """
    Fill in the shares of every referent's candidates, each in the light of the others.

    The countries of `theatre` count as named, whether the report names them or not;
    those of `at_war` are where a report of fighting is likelier to lie.
    """
    live = [referent for referent in referents if len(referent.candidates)]
    if not live:
        return
    stacked = _Stacked(referents, live, theatre, at_war)
    vector = np.array([weights.get(name, 0.0) for name in COLUMNS])
    context = np.zeros((len(stacked.segment), len(CONTEXT)))
    context[:, 0] = stacked.cue
    context[:, 2] = stacked.in_theatre
    context[:, 7] = stacked.at_war
    matrix = np.hstack((stacked.fixed, context))
    shares = stacked.softmax(matrix @ vector, weights["nil"])
    for _ in range(_PASSES):
        stacked.fill(context, shares)
        matrix = np.hstack((stacked.fixed, context))
        shares = stacked.softmax(matrix @ vector, weights["nil"])
    stacked.doubt(live, matrix, shares)
    for referent, first, last in zip(live, stacked.bounds[:-1], stacked.bounds[1:], strict=True):
        referent.shares = shares[first:last]
        referent.matrix = matrix[first:last]


class _Stacked:
    """The candidates of all referents of a report, one below the other."""

    def __init__(
        self,
        referents: Sequence[Referent],
        live: Sequence[Referent],
        theatre: Collection[str],
        at_war: Collection[str],
    ) -> None:
        sizes = [len(referent.candidates) for referent in live]
        self.bounds = np.concatenate(([0], np.cumsum(sizes)))
        self.segment = np.repeat(np.arange(len(live)), sizes)
        self.fixed = np.vstack([referent.candidates.fixed for referent in live])
        self.points = np.vstack([referent.candidates.points for referent in live])
        countries = [code for referent in live for code in referent.candidates.countries]
        admin1 = [code for referent in live for code in referent.candidates.admin1]
        self.country, self.countries = _numbered(countries)
        self.in_theatre = np.array([float(code in theatre) for code in countries])
        self.at_war = np.array([float(code in at_war) for code in countries])
        self.area, self.areas = _numbered(admin1)
        self.weight = np.array([referent.weight for referent in live])[self.segment]
        self.cue = np.concatenate([_cue_column(referent) for referent in live])
        self.is_country = self.fixed[:, CandidateBook.FIXED.index("country")]
        self.is_admin1 = self.fixed[:, CandidateBook.FIXED.index("first_order")]
        position = {id(referent): index for index, referent in enumerate(live)}
        self.pairs = [
            (index, position[id(referents[other])])
            for index, referent in enumerate(live)
            for other in sorted(referent.containers)
            if id(referents[other]) in position
        ]
        self.nearness = self._nearness()

    def _nearness(self) -> Floats:
        cosine = np.clip(self.points @ self.points.T, -1.0, 1.0)
        kernel = 1.0 / (1.0 + (_EARTH_KM * np.arccos(cosine) / _NEAR_KM) ** 2)
        kernel[self.segment[:, None] == self.segment[None, :]] = 0.0
        return kernel

    def softmax(self, utility: Floats, nil: float) -> Floats:
        """Return the share of each candidate in its referent, NIL standing beside them with its own utility."""
        top = np.maximum(np.maximum.reduceat(utility, self.bounds[:-1]), nil)
        raised = np.exp(utility - top[self.segment])
        total = np.add.reduceat(raised, self.bounds[:-1]) + np.exp(nil - top)
        shares: Floats = raised / total[self.segment]
        return shares

    def fill(self, context: Floats, shares: Floats) -> None:
        """Write what the other referents say about each candidate."""
        mass = shares * self.weight
        area = self.is_country + self.is_admin1
        named = self._others(mass * self.is_country, self.country, self.countries)
        context[:, 2] = np.maximum(named, self.in_theatre)
        context[:, 3] = self._others(mass * self.is_admin1, self.area, self.areas)
        context[:, 4] = self._share(mass * (1 - self.is_country), self.country, self.countries)
        context[:, 5] = self._share(mass * (1 - area), self.area, self.areas)
        context[:, 6] = np.log1p(self.nearness @ (mass * (1 - area)))
        context[:, 1] = 0.0
        for inner, outer in self.pairs:
            self._contain(context, shares, inner, outer)

    def doubt(self, live: Sequence[Referent], matrix: Floats, shares: Floats) -> None:
        """
        Give up what only a likeness of spelling or a word such as "quarter" suggests, far from all else.

        A quarter lies in a town that the report names; an unknown spelling of a hamlet is that hamlet only near
        other places of the report, or inside the area that is said to hold it.
        """
        near = matrix[:, COLUMNS.index("near")]
        exact = matrix[:, COLUMNS.index("exact")]
        people = matrix[:, COLUMNS.index("log_population")]
        town = np.maximum.reduceat(people, self.bounds[:-1]) > 0
        quarter = np.array([referent.cue is not None and referent.cue.kind in _PARTS for referent in live])
        untyped = np.array([referent.cue is None or not referent.cue.only for referent in live])[self.segment]
        held = matrix[:, COLUMNS.index("contained")] > _HELD
        alone = (near < _LONELY) & (((exact == 0) & (people < _KNOWN) & untyped & ~held) | quarter[self.segment])
        alone |= (exact == 0) & (people == 0) & untyped & ~held & ~self._close_by(shares)
        others = town.sum() - town[self.segment]
        shares[alone & (others > 0)] = 0.0

    def _close_by(self, shares: Floats) -> npt.NDArray[np.bool_]:
        """Return which candidates have a sure place of another referent within a day's march."""
        areas = (self.is_country + self.is_admin1) > 0
        sure = (shares > _SURE_SHARE) & ~areas & (self.fixed[:, _EXACT] > 0)
        close = self.points @ self.points[sure].T > math.cos(_MARCH_KM / _EARTH_KM)
        close &= self.segment[:, None] != self.segment[sure][None, :]
        found: npt.NDArray[np.bool_] = np.logical_or.reduce(close, axis=1)
        return found

    def _others(self, mass: Floats, codes: npt.NDArray[np.int64], count: int) -> Floats:
        """Return min(1, mass of the other referents) with the same code; 0 for no code."""
        own = np.zeros((len(self.bounds) - 1, count))
        np.add.at(own, (self.segment, codes), mass)
        others = own.sum(axis=0)[codes] - own[self.segment, codes]
        return np.where(codes == 0, 0.0, np.clip(others, 0.0, 1.0))

    def _share(self, mass: Floats, codes: npt.NDArray[np.int64], count: int) -> Floats:
        """Return the share of the other referents' mass that has the same code."""
        own = np.zeros((len(self.bounds) - 1, count))
        np.add.at(own, (self.segment, codes), mass)
        others = own.sum(axis=0)[codes] - own[self.segment, codes]
        total = own.sum() - own.sum(axis=1)[self.segment]
        return np.where(codes == 0, 0.0, others / np.maximum(total, 1.0))

    def _contain(self, context: Floats, shares: Floats, inner: int, outer: int) -> None:
        """Raise the candidates that lie inside what is said to hold them."""
        mine = slice(self.bounds[inner], self.bounds[inner + 1])
        theirs = slice(self.bounds[outer], self.bounds[outer + 1])
        same_country = self.country[mine][:, None] == self.country[theirs][None, :]
        same_area = self.area[mine][:, None] == self.area[theirs][None, :]
        near = self.points[mine] @ self.points[theirs].T > np.cos(_CONTAINER_KM / _EARTH_KM)
        country, area = self.is_country[theirs], self.is_admin1[theirs]
        holds = same_country * country + same_area * (self.area[theirs] > 0) * area + near * (1 - country - area)
        holds = holds * (1 - self.is_country[mine])[:, None]
        context[mine, 1] = np.maximum(context[mine, 1], np.clip(holds, 0, 1) @ np.maximum(shares[theirs], 0.0))


def _numbered(codes: Sequence[str]) -> tuple[npt.NDArray[np.int64], int]:
    """Give codes numbers from 1 in order of appearance; the empty one is 0."""
    numbers: dict[str, int] = {"": 0}
    listed = [numbers.setdefault(code, len(numbers)) for code in codes]
    return np.array(listed, dtype=np.int64), len(numbers)


def _cue_column(referent: Referent) -> Floats:
    cue = referent.cue
    if cue is None:
        return np.zeros(len(referent.candidates))
    return np.array([1.0 if cue.takes(place.feature) else 0.0 for place in referent.candidates.places])
