"""Which place each name means, weighed within its report."""

from __future__ import annotations

import itertools
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
_FIXED = len(CandidateBook.FIXED)
_EXACT, _PEOPLE = CandidateBook.FIXED.index("exact"), CandidateBook.FIXED.index("log_population")
_CONTAINED, _NEAR = CONTEXT.index("contained"), CONTEXT.index("near")
# Where a text is a list of thousands of names, time and memory stay within bounds; reports have a tenth of as many.
_MOST_CANDIDATES = 20_000
_MOST_PAIRED = 4_000  # candidates of which each is held beside each, in 130 MB
_SUREST = 500  # of more, each is held beside so many
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
    _bound(live)
    stacked = _Stacked(referents, live, theatre, at_war)
    vector = np.array([weights.get(name, 0.0) for name in COLUMNS])
    matrix = stacked.matrix
    shares = stacked.softmax(matrix @ vector, weights["nil"])
    if len(live) > 1:  # one name alone has nothing to be seen in the light of
        for _ in range(_PASSES):
            stacked.fill(shares)
            shares = stacked.softmax(matrix @ vector, weights["nil"])
        stacked.doubt(live, shares)
    for referent, first, last in zip(live, stacked.bounds[:-1], stacked.bounds[1:], strict=True):
        referent.shares = shares[first:last]
        referent.matrix = matrix[first:last]


def _bound(live: Sequence[Referent]) -> None:
    """Leave of each name its best known candidates only where a text names thousands of places."""
    if sum(len(referent.candidates) for referent in live) > _MOST_CANDIDATES:
        each = max(1, _MOST_CANDIDATES // len(live))
        for referent in live:
            referent.candidates = referent.candidates.first(each)


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
        self.bounds = np.array([0, *itertools.accumulate(sizes)])
        self.segment = np.repeat(np.arange(len(live)), sizes)
        self.matrix = np.zeros((len(self.segment), len(COLUMNS)))
        self.fixed = self.matrix[:, :_FIXED]
        np.concatenate([referent.candidates.fixed for referent in live], out=self.fixed)
        self.points = np.concatenate([referent.candidates.points for referent in live])
        countries = [code for referent in live for code in referent.candidates.countries]
        self.in_theatre = np.array([float(code in theatre) for code in countries])
        context = self.context = self.matrix[:, _FIXED:]
        context[:, 0] = [cue for referent in live for cue in _cue_column(referent)]
        context[:, 2] = self.in_theatre
        if at_war:
            context[:, 7] = [float(code in at_war) for code in countries]
        if len(live) > 1:
            self._relate(referents, live, countries)

    def _relate(self, referents: Sequence[Referent], live: Sequence[Referent], countries: Sequence[str]) -> None:
        """Prepare what `fill` needs to see each candidate in the light of the others."""
        admin1 = [code for referent in live for code in referent.candidates.admin1]
        self.country, self.area = _Codes(countries, self.segment), _Codes(admin1, self.segment)
        self.weight = np.array([referent.weight for referent in live])[self.segment]
        self.is_country = self.fixed[:, CandidateBook.FIXED.index("country")]
        self.is_admin1 = self.fixed[:, CandidateBook.FIXED.index("first_order")]
        self.no_area = 1 - (self.is_country + self.is_admin1)
        position = {id(referent): index for index, referent in enumerate(live)}
        self.pairs = [
            (index, position[id(referents[other])])
            for index, referent in enumerate(live)
            for other in sorted(referent.containers)
            if id(referents[other]) in position
        ]
        self.nearness = self._nearness(np.arange(len(self.points))) if len(self.points) <= _MOST_PAIRED else None

    def _nearness(self, others: npt.NDArray[np.int64]) -> Floats:
        """Return how near each candidate is to some of those of other names: 1 for the same place, a half at 100 km."""
        cosine = np.minimum(np.maximum(self.points @ self.points[others].T, -1.0), 1.0)
        kernel: Floats = 1.0 / (1.0 + (_EARTH_KM * np.arccos(cosine) / _NEAR_KM) ** 2)
        kernel[self.segment[:, None] == self.segment[others][None, :]] = 0.0
        return kernel

    def _near(self, mass: Floats) -> Floats:
        """Return the mass near each candidate; of very many candidates, that of the weightiest."""
        if self.nearness is not None:
            near: Floats = self.nearness @ mass
            return near
        surest = np.sort(np.argsort(-mass, kind="stable")[:_SUREST])
        return self._nearness(surest) @ mass[surest]

    def softmax(self, utility: Floats, nil: float) -> Floats:
        """Return the share of each candidate in its referent, NIL standing beside them with its own utility."""
        top = np.maximum(np.maximum.reduceat(utility, self.bounds[:-1]), nil)
        raised = np.exp(utility - top[self.segment])
        total = np.add.reduceat(raised, self.bounds[:-1]) + np.exp(nil - top)
        shares: Floats = raised / total[self.segment]
        return shares

    def fill(self, shares: Floats) -> None:
        """Write what the other referents say about each candidate."""
        mass = shares * self.weight
        context, outside = self.context, mass * self.no_area
        if self.is_country.any():
            context[:, 2] = np.maximum(self.country.others(mass * self.is_country), self.in_theatre)
        if self.is_admin1.any():
            context[:, 3] = self.area.others(mass * self.is_admin1)
        context[:, 4] = self.country.share(mass * (1 - self.is_country))
        context[:, 5] = self.area.share(outside)
        context[:, 6] = np.log1p(self._near(outside))
        context[:, 1] = 0.0
        for inner, outer in self.pairs:
            self._contain(shares, inner, outer)

    def doubt(self, live: Sequence[Referent], shares: Floats) -> None:
        """
        Give up what only a likeness of spelling or a word such as "quarter" suggests, far from all else.

        A quarter lies in a town that the report names; an unknown spelling of a hamlet is that hamlet only near
        other places of the report, or inside the area that is said to hold it.
        """
        inexact = self.fixed[:, _EXACT] == 0
        parts = [referent.cue is not None and referent.cue.kind in _PARTS for referent in live]
        if not (inexact.any() or any(parts)):
            return
        people = self.fixed[:, _PEOPLE]
        town = np.maximum.reduceat(people, self.bounds[:-1]) > 0
        quarter = np.array(parts)[self.segment]
        untyped = np.array([referent.cue is None or not referent.cue.only for referent in live])[self.segment]
        likened = inexact & untyped & (self.context[:, _CONTAINED] <= _HELD)
        alone = (self.context[:, _NEAR] < _LONELY) & ((likened & (people < _KNOWN)) | quarter)
        hamlets = np.flatnonzero(likened & (people == 0))
        if len(hamlets):
            alone[hamlets] |= ~self._close_by(hamlets, shares)
        others = town.sum() - town[self.segment]
        shares[alone & (others > 0)] = 0.0

    def _close_by(self, rows: npt.NDArray[np.int64], shares: Floats) -> npt.NDArray[np.bool_]:
        """Return which of some candidates have a sure place of another referent within a day's march."""
        sure = np.flatnonzero((shares > _SURE_SHARE) & (self.no_area > 0) & (self.fixed[:, _EXACT] > 0))
        if len(self.points) > _MOST_PAIRED:
            sure = np.sort(sure[np.argsort(-(shares * self.weight)[sure], kind="stable")[:_SUREST]])
        close = self.points[rows] @ self.points[sure].T > math.cos(_MARCH_KM / _EARTH_KM)
        close &= self.segment[rows][:, None] != self.segment[sure][None, :]
        found: npt.NDArray[np.bool_] = np.logical_or.reduce(close, axis=1)
        return found

    def _contain(self, shares: Floats, inner: int, outer: int) -> None:
        """Raise the candidates that lie inside what is said to hold them."""
        mine = slice(self.bounds[inner], self.bounds[inner + 1])
        theirs = slice(self.bounds[outer], self.bounds[outer + 1])
        same_country = self.country.codes[mine][:, None] == self.country.codes[theirs][None, :]
        same_area = self.area.codes[mine][:, None] == self.area.codes[theirs][None, :]
        near = self.points[mine] @ self.points[theirs].T > np.cos(_CONTAINER_KM / _EARTH_KM)
        country, area = self.is_country[theirs], self.is_admin1[theirs]
        holds = same_country * country + same_area * (self.area.codes[theirs] > 0) * area + near * (1 - country - area)
        holds = holds * (1 - self.is_country[mine])[:, None]
        context = self.context
        context[mine, 1] = np.maximum(context[mine, 1], np.clip(holds, 0, 1) @ np.maximum(shares[theirs], 0.0))


class _Codes:
    """Countries or areas of all candidates, as numbers from 1; 0 is none."""

    def __init__(self, codes: Sequence[str], segment: npt.NDArray[np.int64]) -> None:
        numbers: dict[str, int] = {"": 0}
        self.codes = np.array([numbers.setdefault(code, len(numbers)) for code in codes], dtype=np.int64)
        self._none = self.codes == 0
        # a cell holds what one referent has of one code
        cells, self._cell = np.unique(segment * len(numbers) + self.codes, return_inverse=True)
        self._owner, self._code = np.divmod(cells, len(numbers))
        self._segment = segment

    def _beside(self, mass: Floats) -> tuple[Floats, Floats]:
        """Return the mass in each cell, and for each candidate that of the other referents with the same code."""
        cells: Floats = np.bincount(self._cell, mass).astype(np.float64, copy=False)
        beside: Floats = np.bincount(self._code, cells)[self.codes] - cells[self._cell]
        return cells, beside

    def others(self, mass: Floats) -> Floats:
        """Return min(1, mass of the other referents) with the same code; 0 for no code."""
        _, beside = self._beside(mass)
        return np.where(self._none, 0.0, np.minimum(np.maximum(beside, 0.0), 1.0))

    def share(self, mass: Floats) -> Floats:
        """Return the share of the other referents' mass that has the same code."""
        cells, beside = self._beside(mass)
        total = cells.sum() - np.bincount(self._owner, cells)[self._segment]
        return np.where(self._none, 0.0, beside / np.maximum(total, 1.0))


def _cue_column(referent: Referent) -> list[float]:
    cue, places = referent.cue, referent.candidates.places
    return [0.0] * len(places) if cue is None else [float(cue.takes(place.feature)) for place in places]
