"""The candidates of all names of many reports as one matrix: what the names of a report say about each other."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tracker.places.index.columns import spans
from tracker.places.ranking.codes import Codes, PairedCodes
from tracker.places.ranking.facts import FIXED, Facts, Floats, Marks, Rows
from tracker.places.ranking.governing import governed_rows
from tracker.places.ranking.neighbours import EARTH_KM, MOST_PAIRED, Neighbours, Sure

if TYPE_CHECKING:
    from tracker.places.ranking.resolve import Naming, Referent

__all__ = ["COLUMNS", "MOST_PAIRED", "Floats", "Stacked"]

CONTEXT = (
    "cue",
    "contained",
    "governed",
    "country_named",
    "admin1_named",
    "country_share",
    "admin1_share",
    "near",
    "at_war",
    "named_in_war",
    "fought_over",
)
COLUMNS = (*FIXED, *CONTEXT)
_CONTAINER = math.cos(60.0 / EARTH_KM)  # a part lies within this distance of the town that is said to hold it
_PARTS = ("quarter", "district")
_MOST_HELD = 1 << 20  # pairs of a part and what may hold it that are looked at at a time
_LONELY = 0.2  # nearness: one sure mention of the report about 200 km away
_AFAR = 0.01  # nearness to what else is named, on an average: 1,000 km
_FEW = 0.1  # share of what else is named
_HELD = 0.3  # containment from which the words have said where it lies
_SURE_SHARE = 0.5  # share of a candidate that may vouch for hamlets around it
_FIXED = len(FIXED)
_EXACT, _PEOPLE, _QUARTER = map(FIXED.index, ("exact", "log_population", "quarter"))
(
    _CUE, _CONTAINED, _GOVERNED, _COUNTRY_NAMED, _ADMIN1_NAMED, _COUNTRY_SHARE, _ADMIN1_SHARE, _NEAR, _AT_WAR,
    _NAMED_IN_WAR, _FOUGHT_OVER,
) = range(len(CONTEXT))  # fmt: skip
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
    rows
        Where the facts of each candidate are in the store.
    matrix
        Features, columns `COLUMNS`.
    compares
        Whether a report names more than one.
    """

    def __init__(self, namings: Sequence[Naming]) -> None:
        listed = [[referent for referent in naming.referents if referent.candidates.features] for naming in namings]
        self.live: list[Referent] = [referent for live in listed for referent in live]
        candidates = [referent.candidates for referent in self.live]
        self._book = candidates[0].book
        self.rows, self._sizes = self._book.store.rows(candidates)
        facts = self._book.store.columns
        self.bounds = np.zeros(len(candidates) + 1, np.int64)
        self._sizes.cumsum(out=self.bounds[1:])
        self._segment = np.arange(len(candidates)).repeat(self._sizes)
        counts = [len(live) for live in listed]
        self.compares = max(counts) > 1
        self._firsts = self.bounds[[0, *itertools.accumulate(counts)]]  # rows of each report
        self._report = np.arange(len(counts)).repeat(self._firsts[1:] - self._firsts[:-1])
        self.matrix = np.zeros((len(self._segment), len(COLUMNS)))
        self._fixed, self._context = self.matrix[:, :_FIXED], self.matrix[:, _FIXED:]
        self._fixed[:] = facts.fixed[self.rows]
        self._countries, self._areas = facts.country[self.rows], facts.area[self.rows]
        self._say(namings)
        if self.compares:
            self._relate(namings, listed, facts)

    def _say(self, namings: Sequence[Naming]) -> None:
        """Write what is known of each candidate by itself."""
        context = self._context
        for number, cue in [(number, referent.cue) for number, referent in enumerate(self.live)]:
            if cue is not None:
                features = self.live[number].candidates.features
                context[self.bounds[number] : self.bounds[number + 1], _CUE] = cue.of_kind(features)
        self._of_war = np.array([bool(naming.at_war) for naming in namings])
        self._in_theatre = self._among([naming.theatre for naming in namings])
        context[:, _COUNTRY_NAMED] = self._in_theatre
        context[:, _AT_WAR] = self._among([naming.at_war for naming in namings])
        if self._of_war.any():
            context[:, _FOUGHT_OVER] = self._book.fought_over(self._areas) & self._of_war[self._report]

    def _among(self, countries: Sequence[frozenset[str]]) -> Floats:
        """Return whether each candidate lies in one of some countries, of which there are some for each report."""
        sets = list(dict.fromkeys(countries))
        if sets == [frozenset()]:
            return np.zeros(len(self._countries))
        table = self._book.countries_among(sets)
        if len(sets) == 1:
            of_all: Floats = table[0][self._countries]
            return of_all
        which = np.array([sets.index(listed) for listed in countries])
        found: Floats = table[which[self._report], self._countries]
        return found

    def _relate(self, namings: Sequence[Naming], listed: Sequence[Sequence[Referent]], facts: Facts) -> None:
        """Prepare what `fill` needs to see each candidate in the light of the others."""
        self._points, areas = facts.point[self.rows], self._areas
        self._neighbours = near = Neighbours(self._points, self._segment, self._firsts)
        where = self._segment, self._report
        if near.all_paired:
            self._country: Codes = PairedCodes(self._countries, *where, near.mine, near.theirs)
            self._area: Codes = PairedCodes(areas, *where, near.mine, near.theirs)
        else:
            self._country, self._area = Codes(self._countries, *where), Codes(areas, *where)
        self._weight = np.array([referent.weight for referent in self.live])[self._segment]
        self._is_country = self._fixed[:, FIXED.index("country")]
        self._is_admin1 = self._fixed[:, FIXED.index("first_order")]
        self._no_area = 1 - (self._is_country + self._is_admin1)
        self._containers = self._all_held(list(_pairs(namings, listed)))
        self._governed = list(_governed(namings, listed, self.bounds.tolist()))

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
        context[:, _NEAR] = np.log1p(self._neighbours.near(outside))
        if self._containers is not None:
            rows, part, theirs, holds = self._containers
            contained = np.zeros(len(shares))
            held = np.bincount(part, holds * np.maximum(shares[theirs], 0.0), len(rows))
            np.maximum.at(contained, rows, held)
            context[:, _CONTAINED] = contained
        if self._governed:
            weights = mass * self._no_area * (self._fixed[:, _QUARTER] == 0)
            for mine, towns in self._governed:
                context[mine, _GOVERNED] = 0.0
                governed = governed_rows(self._points, weights, mine, towns)
                if governed is not None:
                    context[governed, _GOVERNED] = 1.0

    def doubt(self, shares: Floats) -> None:
        """
        Give up what only a likeness of spelling or a word such as "quarter" suggests, far from all else.

        A quarter lies in a town that the report names, or beside it, and a part such as every town has in none but
        these; an unknown spelling of a hamlet is that hamlet only near other places of the report, or inside the area
        that is said to hold it. Where nothing but countries is named, it is the one place of a named country that is
        spelt so.
        """
        inexact = self._fixed[:, _EXACT] == 0
        people, segment = self._fixed[:, _PEOPLE], self._segment
        parts = np.array([referent.cue is not None and referent.cue.kind in _PARTS for referent in self.live])[segment]
        quarters = (self._fixed[:, _QUARTER] > 0) & (people < _KNOWN) & (self._context[:, _CONTAINED] <= _HELD)
        common = np.array([referent.everywhere for referent in self.live])[segment]
        common &= (self._context[:, _CONTAINED] <= _HELD) & (self._context[:, _GOVERNED] == 0)
        afar = self._afar() | common
        if not (inexact | parts | quarters | afar).any():
            return
        town = np.maximum.reduceat(people, self.bounds[:-1]) > 0
        point = np.maximum.reduceat(people * self._no_area * (shares > _SURE_SHARE), self.bounds[:-1]) > 0
        untyped = np.array([referent.cue is None or not referent.cue.only for referent in self.live])[segment]
        likened = inexact & untyped & (self._context[:, _CONTAINED] <= _HELD)
        alone = (self._context[:, _NEAR] < _LONELY) & ((likened & (people < _KNOWN)) | parts)
        hamlets = (likened & (people == 0)) | quarters
        alone |= afar
        if hamlets.any():
            sure = Sure((shares > _SURE_SHARE) & (self._no_area > 0), ~inexact, shares * self._weight)
            alone |= hamlets & ~self._neighbours.vouched(hamlets, quarters, sure)
        single = likened & ~parts & ~quarters & ~afar & (self._context[:, _COUNTRY_NAMED] > _SURE_SHARE)
        single |= quarters & ~common & (self._context[:, _COUNTRY_NAMED] > _SURE_SHARE)
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

    def _all_held(self, pairs: Sequence[tuple[int, int]]) -> _Held | None:
        """Return of parts and of what is said to hold them which candidate lies in which; None where there are none."""
        if not pairs:
            return None
        inner, outer = np.array(pairs, np.int64).T
        count = self._sizes
        some = np.cumsum(count[inner] * count[outer]) // _MOST_HELD
        cuts = [0, *(np.diff(some).nonzero()[0] + 1).tolist(), len(some)]
        parts = [self._held(inner[first:last], outer[first:last]) for first, last in itertools.pairwise(cuts)]
        before = itertools.accumulate([len(part.rows) for part in parts], initial=0)
        moved = [part._replace(part=part.part + more) for part, more in zip(parts, before, strict=False)]
        return _Held(*map(np.concatenate, zip(*moved, strict=True)))

    def _held(self, inner: Rows, outer: Rows) -> _Held:
        first, count = self.bounds[:-1], self._sizes
        rows = spans(first[inner], count[inner])
        held = np.repeat(count[outer], count[inner])
        theirs = spans(np.repeat(first[outer], count[inner]), held)
        mine = np.repeat(rows, held)
        same_country = self._country.codes[mine] == self._country.codes[theirs]
        same_area = (self._area.codes[mine] == self._area.codes[theirs]) & (self._area.codes[theirs] > 0)
        near = np.einsum("ij,ij->i", self._points[mine], self._points[theirs]) > _CONTAINER
        country, area = self._is_country[theirs], self._is_admin1[theirs]
        holds = same_country * country + same_area * area + near * (1 - country - area)
        holds = np.clip(holds * (1 - self._is_country[mine]), 0, 1)
        kept = holds.nonzero()[0]
        return _Held(rows, np.repeat(np.arange(len(rows)), held)[kept], theirs[kept], holds[kept])


class _Held(NamedTuple):
    """
    Which candidates lie in which.

    Attributes
    ----------
    rows
        Candidates that are parts, one that is said to lie in several twice.
    part
        Which of these is held.
    theirs, holds
        By what, and how much.
    """

    rows: Rows
    part: Rows
    theirs: Rows
    holds: Floats


def _governed(
    namings: Iterable[Naming], listed: Iterable[Sequence[Referent]], bounds: Sequence[int]
) -> Iterable[tuple[slice, list[tuple[slice, float]]]]:
    """Yield the rows of what may lie in or beside a town, and those of each such town with how far from it."""
    first = 0
    for naming, live in zip(namings, listed, strict=True):
        for number, referent in enumerate(live, start=first):
            if referent.governors:
                position = {id(other): place for place, other in enumerate(live, start=first)}
                towns = [(position[id(naming.referents[town])], within) for town, within in referent.governors]
                rows = [(slice(bounds[place], bounds[place + 1]), within) for place, within in towns]
                yield slice(bounds[number], bounds[number + 1]), rows
        first += len(live)


def _pairs(namings: Iterable[Naming], listed: Iterable[Sequence[Referent]]) -> Iterable[tuple[int, int]]:
    """Yield the numbers of referents and of those that are said to hold them."""
    first = 0
    for naming, live in zip(namings, listed, strict=True):
        parts = [referent for referent in live if referent.containers]
        if parts:
            position = {id(referent): number for number, referent in enumerate(live, start=first)}
            for referent in parts:
                outer = [id(naming.referents[other]) for other in sorted(referent.containers)]
                yield from ((position[id(referent)], position[other]) for other in outer if other in position)
        first += len(live)
