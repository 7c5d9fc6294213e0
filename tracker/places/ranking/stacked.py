"""The candidates of all names of many reports as one matrix: what the names of a report say about each other."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tracker.places.index.columns import spans
from tracker.places.ranking.codes import Codes, PairedCodes, Totals
from tracker.places.ranking.facts import FIXED, Facts, Floats, Marks, Rows
from tracker.places.ranking.governing import governed_rows, reach_of
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
_EXACT, _PEOPLE, _QUARTER, _STATE, _ADMIN1 = map(
    FIXED.index, ("exact", "log_population", "quarter", "country", "first_order")
)
(
    _CUE, _CONTAINED, _GOVERNED, _COUNTRY_NAMED, _ADMIN1_NAMED, _COUNTRY_SHARE, _ADMIN1_SHARE, _NEAR, _AT_WAR,
    _NAMED_IN_WAR, _FOUGHT_OVER,
) = range(len(CONTEXT))  # fmt: skip
_NO = np.zeros(1, bool)
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
        self.live: list[Referent] = listed[0] if len(listed) == 1 else list(itertools.chain.from_iterable(listed))
        candidates = [referent.candidates for referent in self.live]
        self._book = candidates[0].book
        first, self._sizes = self._book.store.firsts(candidates)
        facts = self._book.store.columns
        self.bounds = np.zeros(len(candidates) + 1, np.int64)
        self._sizes.cumsum(out=self.bounds[1:])
        self._starts = self.bounds[:-1]
        self._segment = np.arange(len(candidates)).repeat(self._sizes)
        self.rows = (first - self._starts)[self._segment]
        self.rows += np.arange(len(self.rows))
        counts = [len(live) for live in listed]
        self.compares = max(counts) > 1
        self._of_one = len(counts) == 1
        self._firsts = self.bounds[[0, *itertools.accumulate(counts)]]  # rows of each report
        self._report = np.arange(len(counts)).repeat(self._firsts[1:] - self._firsts[:-1])
        self.matrix = np.zeros((len(self._segment), len(COLUMNS)))
        self._fixed, self._context = self.matrix[:, :_FIXED], self.matrix[:, _FIXED:]
        self._fixed[:] = facts.fixed[self.rows]
        self._countries, self._areas = facts.country[self.rows], facts.area[self.rows]
        self._say(namings)
        if self.compares:
            self._relate(namings, listed, facts)

    def _of_report(self, values: Any) -> Any:
        """Return for each candidate the value of its report; of one report the one value, which does for all."""
        return values if self._of_one else values[self._report]

    def _of_name(self, values: Sequence[bool]) -> Marks:
        """Return for each candidate whether it is so of its referent; one value where it is so of none."""
        return np.array(values)[self._segment] if True in values else _NO

    def _say(self, namings: Sequence[Naming]) -> None:
        """Write what is known of each candidate by itself."""
        context = self._context
        for number, referent in enumerate(self.live):
            if (cue := referent.cue) is not None:
                rows = slice(self.bounds[number], self.bounds[number + 1])
                context[rows, _CUE] = cue.of_kind(referent.candidates.features)
        self._in_theatre: Floats | None = None
        if any(naming.theatre for naming in namings):
            self._in_theatre = self._among([naming.theatre for naming in namings])
            context[:, _COUNTRY_NAMED] = self._in_theatre
        self._of_war: Marks | None = None
        if any(naming.at_war for naming in namings):
            context[:, _AT_WAR] = self._among([naming.at_war for naming in namings])
            self._of_war = self._of_report(np.array([bool(naming.at_war) for naming in namings]))
            context[:, _FOUGHT_OVER] = self._book.fought_over(self._areas) & self._of_war

    def _among(self, countries: Sequence[frozenset[str]]) -> Floats:
        """Return whether each candidate lies in one of some countries, of which there are some for each report."""
        sets = list(dict.fromkeys(countries))
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
        if near.all_paired:
            totals = Totals(self._segment, self._report)
            self._country: Codes = PairedCodes(self._countries, totals, near.mine, near.theirs)
            self._area: Codes = PairedCodes(areas, totals, near.mine, near.theirs)
        else:
            where = self._segment, self._report
            self._country, self._area = Codes(self._countries, *where), Codes(areas, *where)
        self._weight = np.array([referent.weight for referent in self.live])[self._segment]
        self._is_country, self._is_admin1 = self._fixed[:, _STATE], self._fixed[:, _ADMIN1]
        self._countries_named = np.count_nonzero(self._is_country) > 0
        self._admin1s_named = np.count_nonzero(self._is_admin1) > 0
        self._no_country = 1 - self._is_country
        self._no_area = self._no_country
        if self._admin1s_named:
            self._no_area = 1 - (self._is_country + self._is_admin1)
        self._containers = self._all_held(list(_pairs(namings, listed)))
        governed = [reach_of(self._points, *one) for one in _governed(namings, listed, self.bounds.tolist())]
        self._governed = [reached for reached in governed if reached is not None]

    def softmax(self, utility: Floats, nil: float) -> Floats:
        """Return the share of each candidate in its referent, NIL standing beside them with its own utility."""
        starts, segment = self._starts, self._segment
        top = np.maximum(np.maximum.reduceat(utility, starts), nil)
        raised = np.exp(utility - top[segment])
        total = np.add.reduceat(raised, starts) + np.exp(nil - top)
        shares: Floats = raised / total[segment]
        return shares

    def fill(self, shares: Floats) -> None:
        """Write what the other referents of a report say about each candidate."""
        context, mass = self._context, shares * self._weight
        settled = outside = mass
        if self._countries_named:
            named = self._country.others(mass * self._is_country)
            context[:, _COUNTRY_NAMED] = named if self._in_theatre is None else np.maximum(named, self._in_theatre)
            if self._of_war is not None:
                context[:, _NAMED_IN_WAR] = named * self._of_war
            settled = outside = mass * self._no_country
        if self._admin1s_named:
            context[:, _ADMIN1_NAMED] = self._area.others(mass * self._is_admin1)
            outside = mass * self._no_area
        self._outside = outside
        context[:, _COUNTRY_SHARE] = self._country.share(settled)
        context[:, _ADMIN1_SHARE] = self._area.share(outside)
        context[:, _NEAR] = np.log1p(self._neighbours.near(outside))
        if self._containers is not None:
            rows, part, theirs, holds = self._containers
            contained = np.zeros(len(shares))
            held = np.bincount(part, holds * np.maximum(shares[theirs], 0.0), len(rows))
            np.maximum.at(contained, rows, held)
            context[:, _CONTAINED] = contained
        if self._governed:
            weights = outside * (self._fixed[:, _QUARTER] == 0)
            context[:, _GOVERNED] = 0.0
            for reached in self._governed:
                governed = governed_rows(reached, weights)
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
        doubtful = any(map(_is_doubtful, self.live))
        if not doubtful and self._of_war is None:
            return
        context, people = self._context, self._fixed[:, _PEOPLE]
        unheld, known = context[:, _CONTAINED] <= _HELD, people >= _KNOWN
        alone = afar = self._afar(unheld & ~known)
        if doubtful:
            parts = self._of_name([referent.cue is not None and referent.cue.kind in _PARTS for referent in self.live])
            everywhere = self._of_name([referent.everywhere for referent in self.live])
            typed = self._of_name([referent.cue is not None and referent.cue.only for referent in self.live])
            inexact = self._fixed[:, _EXACT] == 0
            quarters = (self._fixed[:, _QUARTER] > 0) & ~known & unheld
            common = everywhere & unheld & (context[:, _GOVERNED] == 0)
            likened = inexact & unheld & ~typed
            afar = afar | common
            in_area = (
                context[:, _ADMIN1_NAMED] > _SURE_SHARE
            )  # "Anaba district in Panjshir province" has no town beside it
            alone = (context[:, _NEAR] < _LONELY) & ((likened & ~known) | (parts & ~in_area))
            alone |= afar
            hamlets = (likened & (people == 0)) | quarters
            if hamlets.any():
                sure = Sure((shares > _SURE_SHARE) & (self._no_area > 0), ~inexact, shares * self._weight)
                alone |= hamlets & ~self._neighbours.vouched(hamlets, quarters, sure)
        if not alone.any():
            return
        town = np.maximum.reduceat(people, self._starts) > 0
        alone = alone & self._beside(town)
        if doubtful:
            point = np.maximum.reduceat(people * self._no_area * (shares > _SURE_SHARE), self._starts) > 0
            single = likened & ~parts & ~quarters & ~afar
            single |= quarters & ~common
            single &= (context[:, _COUNTRY_NAMED] > _SURE_SHARE) & (shares > _SURE_SHARE) & ~self._beside(point)
            alone &= ~single
        shares[alone] = 0.0

    def _beside(self, marked: Marks) -> Marks:
        """Return which candidates stand in a report that has a marked referent beside theirs."""
        count = np.bincount(self._report[self._starts], marked)
        beside: Marks = self._of_report(count) - marked[self._segment] > 0
        return beside

    def _afar(self, small: Marks) -> Marks:
        """Return which small places lie far from all else that a report of fighting names, in no country of it."""
        if self._of_war is None:
            return _NO
        context = self._context
        lost: Marks = small & self._of_war & (context[:, _COUNTRY_SHARE] < _FEW) & (context[:, _COUNTRY_NAMED] < _FEW)
        if self._countries_named:  # Malta, the isle or the state
            lost &= (np.maximum.reduceat(self._is_country, self._starts) <= 0)[self._segment]
        if lost.any():
            others = self._of_report(np.bincount(self._report, self._outside))
            lost &= np.expm1(context[:, _NEAR]) < _AFAR * np.maximum(others, 1.0)
        return lost

    def _all_held(self, pairs: Sequence[tuple[int, int]]) -> _Held | None:
        """Return of parts and of what is said to hold them which candidate lies in which; None where there are none."""
        if not pairs:
            return None
        inner, outer = np.array(pairs, np.int64).T
        count = self._sizes
        if int((count[inner] * count[outer]).sum()) < _MOST_HELD:
            return self._held(inner, outer)
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


def _is_doubtful(referent: Referent) -> bool:
    """Return whether what a referent may mean is suggested by a likeness of spelling, or is a part of a town."""
    candidates, cue = referent.candidates, referent.cue
    part = referent.everywhere or (cue is not None and cue.kind in _PARTS)
    return part or candidates.inexact or candidates.in_towns


def _governed(
    namings: Iterable[Naming], listed: Iterable[Sequence[Referent]], bounds: Sequence[int]
) -> Iterable[tuple[range, list[tuple[range, float]]]]:
    """Yield the rows of what may lie in or beside a town, and those of each such town with how far from it."""
    first = 0
    for naming, live in zip(namings, listed, strict=True):
        for number, referent in enumerate(live, start=first):
            if referent.governors:
                position = {id(other): place for place, other in enumerate(live, start=first)}
                towns = [(position[id(naming.referents[town])], within) for town, within in referent.governors]
                rows = [(range(bounds[place], bounds[place + 1]), within) for place, within in towns]
                yield range(bounds[number], bounds[number + 1]), rows
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
