"""The candidates of all names of many reports as one matrix: what the names of a report say about each other."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tracker.places.ranking.facts import FIXED, Floats, Rows

if TYPE_CHECKING:
    from tracker.places.ranking.resolve import Naming, Referent

__all__ = ["COLUMNS", "MOST_PAIRED", "Floats", "Stacked"]

Marks = npt.NDArray[np.bool_]
CONTEXT = (
    "cue",
    "contained",
    "country_named",
    "admin1_named",
    "country_share",
    "admin1_share",
    "near",
    "at_war",
    "named_in_war",
)
COLUMNS = (*FIXED, *CONTEXT)
_NEAR_KM = 100.0  # distance at which nearness has fallen to a half
_EARTH_KM = 6371.0088
_CONTAINER_KM = 60.0  # a part lies within this distance of the town that is said to hold it
_PARTS = ("quarter", "district")
_LONELY = 0.2  # nearness: one sure mention of the report about 200 km away
_AFAR = 0.01  # nearness to what else is named, on an average: 1,000 km
_FEW = 0.1  # share of what else is named
_HELD = 0.3  # containment from which the words have said where it lies
_SURE_SHARE = 0.5  # share of a candidate that may vouch for hamlets around it
_MARCH_KM = 60.0  # reports of fighting name a hamlet beside a place within this distance (dev: 9 of 10 within 40 km)
_FIXED = len(FIXED)
_EXACT, _PEOPLE, _QUARTER = map(FIXED.index, ("exact", "log_population", "quarter"))
_CUE, _CONTAINED, _COUNTRY_NAMED, _ADMIN1_NAMED, _COUNTRY_SHARE, _ADMIN1_SHARE, _NEAR, _AT_WAR, _NAMED_IN_WAR = range(
    len(CONTEXT)
)
MOST_PAIRED = 4_000  # candidates of one report of which each is held beside each, in 130 MB
_TOGETHER = 32  # candidates of several reports, held beside each other for less than the price of a step for each
_SUREST = 500  # of more, each is held beside so many
_KNOWN = 2.7  # log10 of inhabitants less 2: 50,000


class Stacked:
    """
    The candidates of all referents of some reports, one below the other.

    Attributes
    ----------
    live
        The referents that have candidates, in order.
    bounds
        The rows of each.
    matrix
        Features, columns `COLUMNS`.
    compares
        Whether a report names more than one.
    """

    def __init__(self, namings: Sequence[Naming]) -> None:
        listed = [[referent for referent in naming.referents if len(referent.candidates)] for naming in namings]
        self.live: list[Referent] = [referent for live in listed for referent in live]
        sizes = [len(referent.candidates) for referent in self.live]
        self.bounds = np.array([0, *itertools.accumulate(sizes)])
        self._segment = np.repeat(np.arange(len(sizes)), sizes)
        counts = [len(live) for live in listed]
        self.compares = max(counts) > 1
        self._firsts = self.bounds[[0, *itertools.accumulate(counts)]]  # rows of each report
        self._report = np.repeat(np.arange(len(counts)), np.diff(self._firsts))
        self.matrix = np.zeros((len(self._segment), len(COLUMNS)))
        self._fixed, self._context = self.matrix[:, :_FIXED], self.matrix[:, _FIXED:]
        np.concatenate([referent.candidates.facts.fixed for referent in self.live], out=self._fixed)
        self._countries = np.concatenate([referent.candidates.facts.country for referent in self.live])
        self._say(namings)
        if self.compares:
            self._relate(namings, listed)

    def _say(self, namings: Sequence[Naming]) -> None:
        """Write what is known of each candidate by itself."""
        context = self._context
        for number, referent in enumerate(self.live):
            if referent.cue is not None:
                context[self.bounds[number] : self.bounds[number + 1], _CUE] = referent.cue.of_kind(
                    referent.candidates.features
                )
        self._of_war = np.array([bool(naming.at_war) for naming in namings])
        self._in_theatre = self._among([naming.theatre for naming in namings])
        context[:, _COUNTRY_NAMED] = self._in_theatre
        context[:, _AT_WAR] = self._among([naming.at_war for naming in namings])

    def _among(self, countries: Sequence[frozenset[str]]) -> Floats:
        """Return whether each candidate lies in one of some countries, of which there are some for each report."""
        sets = list(dict.fromkeys(countries))
        if sets == [frozenset()]:
            return np.zeros(len(self._countries))
        table = self.live[0].candidates.book.countries_among(sets)
        which = np.array([sets.index(listed) for listed in countries])
        found: Floats = table[which[self._report], self._countries]
        return found

    def _relate(self, namings: Sequence[Naming], listed: Sequence[Sequence[Referent]]) -> None:
        """Prepare what `fill` needs to see each candidate in the light of the others."""
        self._points = np.concatenate([referent.candidates.facts.point for referent in self.live])
        areas = np.concatenate([referent.candidates.facts.area for referent in self.live])
        self._country = _Codes(self._countries, self._segment, self._report)
        self._area = _Codes(areas, self._segment, self._report)
        self._weight = np.array([referent.weight for referent in self.live])[self._segment]
        self._is_country = self._fixed[:, FIXED.index("country")]
        self._is_admin1 = self._fixed[:, FIXED.index("first_order")]
        self._no_area = 1 - (self._is_country + self._is_admin1)
        self._containers = [self._container(*pair) for pair in _pairs(namings, listed)]
        self._spans = list(_spans(self._firsts.tolist()))
        self._kernels = self._all_kernels()

    def _all_kernels(self) -> list[Floats | None]:
        """Return of each span how near the candidates of a report are to each other; None where it has too many."""
        spans = self._spans
        blocks = [self._points[span] @ self._points[span].T for span in spans if _size(span) <= MOST_PAIRED]
        if not blocks:
            return [None] * len(spans)
        kernel = _nearness(np.concatenate([block.ravel() for block in blocks]))
        found: list[Floats | None] = []
        at = 0
        for span in spans:
            size = _size(span)
            if size > MOST_PAIRED:
                found.append(None)
                continue
            block = kernel[at : at + size * size].reshape(size, size)
            segment, report = self._segment[span], self._report[span]
            block[(segment[:, None] == segment) | (report[:, None] != report)] = 0.0
            found.append(block)
            at += size * size
        return found

    def _near(self, mass: Floats) -> Floats:
        """Return the mass near each candidate; of very many candidates, that of the weightiest."""
        near = np.empty(len(mass))
        for span, kernel in zip(self._spans, self._kernels, strict=True):
            if kernel is not None:
                np.matmul(kernel, mass[span], out=near[span])
                continue
            points, here, segment = self._points[span], mass[span], self._segment[span]
            surest = np.sort(np.argsort(-here, kind="stable")[:_SUREST])
            beside = _nearness(points @ points[surest].T)
            beside[segment[:, None] == segment[surest]] = 0.0
            near[span] = beside @ here[surest]
        return near

    def softmax(self, utility: Floats, nil: float) -> Floats:
        """Return the share of each candidate in its referent, NIL standing beside them with its own utility."""
        top = np.maximum(np.maximum.reduceat(utility, self.bounds[:-1]), nil)
        raised = np.exp(utility - top[self._segment])
        total = np.add.reduceat(raised, self.bounds[:-1]) + np.exp(nil - top)
        shares: Floats = raised / total[self._segment]
        return shares

    def fill(self, shares: Floats) -> None:
        """Write what the other referents of a report say about each candidate."""
        mass = shares * self._weight
        context, outside = self._context, mass * self._no_area
        self._outside = outside
        named = self._country.others(mass * self._is_country)
        context[:, _COUNTRY_NAMED] = np.maximum(named, self._in_theatre)
        context[:, _NAMED_IN_WAR] = named * self._of_war[self._report]
        context[:, _ADMIN1_NAMED] = self._area.others(mass * self._is_admin1)
        context[:, _COUNTRY_SHARE] = self._country.share(mass * (1 - self._is_country))
        context[:, _ADMIN1_SHARE] = self._area.share(outside)
        context[:, _NEAR] = np.log1p(self._near(outside))
        context[:, _CONTAINED] = 0.0
        for mine, theirs, holds in self._containers:
            held = holds @ np.maximum(shares[theirs], 0.0)
            context[mine, _CONTAINED] = np.maximum(context[mine, _CONTAINED], held)

    def doubt(self, shares: Floats) -> None:
        """
        Give up what only a likeness of spelling or a word such as "quarter" suggests, far from all else.

        A quarter lies in a town that the report names, or beside it; an unknown spelling of a hamlet is that hamlet
        only near other places of the report, or inside the area that is said to hold it. Where nothing but
        countries is named, it is the one place of a named country that is spelt so.
        """
        inexact = self._fixed[:, _EXACT] == 0
        people, segment = self._fixed[:, _PEOPLE], self._segment
        parts = np.array([referent.cue is not None and referent.cue.kind in _PARTS for referent in self.live])[segment]
        quarters = (self._fixed[:, _QUARTER] > 0) & (people < _KNOWN) & (self._context[:, _CONTAINED] <= _HELD)
        afar = self._afar()
        if not (inexact.any() or parts.any() or quarters.any() or afar.any()):
            return
        town = np.maximum.reduceat(people, self.bounds[:-1]) > 0
        point = np.maximum.reduceat(people * self._no_area, self.bounds[:-1]) > 0
        untyped = np.array([referent.cue is None or not referent.cue.only for referent in self.live])[segment]
        likened = inexact & untyped & (self._context[:, _CONTAINED] <= _HELD)
        alone = (self._context[:, _NEAR] < _LONELY) & ((likened & (people < _KNOWN)) | parts)
        hamlets = np.flatnonzero((likened & (people == 0)) | quarters)
        alone |= afar
        bounds = np.searchsorted(hamlets, [0, *(span.stop for span in self._spans)]).tolist()
        for span, first, last in zip(self._spans, bounds[:-1], bounds[1:], strict=True):
            rows = hamlets[first:last]
            if len(rows):
                alone[rows] |= ~self._close_by(rows, shares, span, quarters[rows])
        single = likened & ~parts & ~quarters & ~afar & (self._context[:, _COUNTRY_NAMED] > _SURE_SHARE)
        single &= (shares > _SURE_SHARE) & ~self._beside(point)
        shares[alone & self._beside(town) & ~single] = 0.0

    def _beside(self, marked: Marks) -> Marks:
        """Return which candidates stand in a report that has a marked referent beside theirs."""
        count = np.bincount(self._report[self.bounds[:-1]], marked)
        beside: Marks = count[self._report] - marked[self._segment] > 0
        return beside

    def _afar(self) -> Marks:
        """Return which small places lie far from all else that a report of fighting names, in no country of it."""
        context = self._context
        others = np.bincount(self._report, self._outside)[self._report]
        lost = np.expm1(context[:, _NEAR]) < _AFAR * np.maximum(others, 1.0)
        lost &= (context[:, _COUNTRY_SHARE] < _FEW) & (context[:, _COUNTRY_NAMED] < _FEW)
        states = (
            np.maximum.reduceat(self._is_country, self.bounds[:-1])[self._segment] > 0
        )  # Malta, the isle or the state
        small = (self._fixed[:, _PEOPLE] < _KNOWN) & ~states
        afar: Marks = self._of_war[self._report] & lost & small & (context[:, _CONTAINED] <= _HELD)
        return afar

    def _close_by(self, rows: Rows, shares: Floats, span: slice, quarters: Marks) -> Marks:
        """
        Return which of some candidates in a span have a sure place of another referent within a day's march.

        A place that is only spelt alike is sure enough for quarters, for no other.
        """
        sure = np.flatnonzero((shares[span] > _SURE_SHARE) & (self._no_area[span] > 0)) + span.start
        if _size(span) > MOST_PAIRED:
            sure = np.sort(sure[np.argsort(-(shares * self._weight)[sure], kind="stable")[:_SUREST]])
        close = self._points[rows] @ self._points[sure].T > math.cos(_MARCH_KM / _EARTH_KM)
        close &= self._segment[rows][:, None] != self._segment[sure][None, :]
        close &= self._report[rows][:, None] == self._report[sure][None, :]
        close &= quarters[:, None] | (self._fixed[sure, _EXACT] > 0)
        found: Marks = np.logical_or.reduce(close, axis=1)
        return found

    def _container(self, inner: int, outer: int) -> tuple[slice, slice, Floats]:
        """Return the rows of a part and of what is said to hold it, and which candidate lies in which."""
        mine = slice(self.bounds[inner], self.bounds[inner + 1])
        theirs = slice(self.bounds[outer], self.bounds[outer + 1])
        same_country = self._country.codes[mine][:, None] == self._country.codes[theirs][None, :]
        same_area = self._area.codes[mine][:, None] == self._area.codes[theirs][None, :]
        near = self._points[mine] @ self._points[theirs].T > np.cos(_CONTAINER_KM / _EARTH_KM)
        country, area = self._is_country[theirs], self._is_admin1[theirs]
        holds = same_country * country + same_area * (self._area.codes[theirs] > 0) * area + near * (1 - country - area)
        holds = holds * (1 - self._is_country[mine])[:, None]
        return mine, theirs, np.clip(holds, 0, 1)


class _Codes:
    """Countries or areas of all candidates, as numbers; 0 is none."""

    def __init__(self, codes: Rows, segment: Rows, report: Rows) -> None:
        self.codes = codes
        self._none = codes == 0
        many = int(codes.max()) + 1
        # a cell holds what one referent has of one code; a group what one report has of one code
        cells, self._cell = _numbered(segment * many + codes)
        self._owner = cells // many
        _, self._group = _numbered(report * many + codes)
        self._cell_group = np.empty(len(cells), np.int64)
        self._cell_group[self._cell] = self._group
        of_cell = np.empty(len(cells), np.int64)
        of_cell[self._cell] = report
        self._firsts = np.flatnonzero(np.diff(of_cell, prepend=-1))
        self._segment, self._report = segment, report

    def _beside(self, mass: Floats) -> tuple[Floats, Floats]:
        """Return the mass in each cell, and for each candidate that of the other referents with the same code."""
        cells: Floats = np.bincount(self._cell, mass).astype(np.float64, copy=False)
        beside: Floats = np.bincount(self._cell_group, cells)[self._group] - cells[self._cell]
        return cells, beside

    def others(self, mass: Floats) -> Floats:
        """Return min(1, mass of the other referents) with the same code; 0 for no code."""
        _, beside = self._beside(mass)
        return np.where(self._none, 0.0, np.minimum(np.maximum(beside, 0.0), 1.0))

    def share(self, mass: Floats) -> Floats:
        """Return the share of the other referents' mass that has the same code."""
        cells, beside = self._beside(mass)
        total = np.add.reduceat(cells, self._firsts)[self._report] - np.bincount(self._owner, cells)[self._segment]
        return np.where(self._none, 0.0, beside / np.maximum(total, 1.0))


def _spans(firsts: Sequence[int]) -> Iterator[slice]:
    """Yield the rows of reports whose candidates are held beside each other: short reports together, others alone."""
    start = 0
    for first, last in itertools.pairwise(firsts):
        if last - start > _TOGETHER and first > start:
            yield slice(start, first)
            start = first
    yield slice(start, firsts[-1])


def _numbered(values: Rows) -> tuple[Rows, Rows]:
    """Return the different values, ascending, and the number of each one's; `numpy.unique` takes a while to load."""
    order = np.argsort(values)
    first = np.diff(values[order], prepend=-1) > 0
    number = np.empty(len(values), np.int64)
    number[order] = np.cumsum(first) - 1
    return values[order[first]], number


def _pairs(namings: Iterable[Naming], listed: Iterable[Sequence[Referent]]) -> Iterable[tuple[int, int]]:
    """Yield the numbers of referents and of those that are said to hold them."""
    first = 0
    for naming, live in zip(namings, listed, strict=True):
        if any(referent.containers for referent in live):
            position = {id(referent): number for number, referent in enumerate(live, start=first)}
            for number, referent in enumerate(live, start=first):
                outer = [id(naming.referents[other]) for other in sorted(referent.containers)]
                yield from ((number, position[other]) for other in outer if other in position)
        first += len(live)


def _nearness(cosine: Floats) -> Floats:
    """Return how near points are to each other: 1 for the same place, a half at 100 km."""
    held = np.minimum(np.maximum(cosine, -1.0), 1.0)
    kernel: Floats = 1.0 / (1.0 + (_EARTH_KM * np.arccos(held) / _NEAR_KM) ** 2)
    return kernel


def _size(span: slice) -> int:
    return int(span.stop - span.start)
