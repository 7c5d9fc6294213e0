"""How much of what a report names lies in the country, or in the area, of each candidate."""

from __future__ import annotations

import numpy as np

from tracker.places.ranking.facts import Floats, Rows

__all__ = ["Codes", "PairedCodes", "Totals"]


class Codes:
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


def _numbered(values: Rows) -> tuple[Rows, Rows]:
    """Return the different values, ascending, and the number of each one's; `numpy.unique` takes a while to load."""
    order = np.argsort(values)
    first = np.diff(values[order], prepend=-1) > 0
    number = np.empty(len(values), np.int64)
    number[order] = np.cumsum(first) - 1
    return values[order[first]], number


class Totals:
    """What other referents of its report count beside each candidate; what was last asked for is remembered."""

    def __init__(self, segment: Rows, report: Rows) -> None:
        self._segment, self._report = segment, report
        self._mass: Floats | None = None
        self._beside: Floats

    def beside(self, mass: Floats) -> Floats:
        """Return the mass of the other referents, 1 where it is less."""
        if mass is not self._mass:
            of_all, own = np.bincount(self._report, mass), np.bincount(self._segment, mass)
            self._mass, self._beside = mass, np.maximum(of_all[self._report] - own[self._segment], 1.0)
        return self._beside


class PairedCodes(Codes):
    """
    The same where there are few candidates: of pairs of them, which is faster then.

    Parameters
    ----------
    mine, theirs
        All pairs of candidates of two referents of one report.
    """

    def __init__(self, codes: Rows, totals: Totals, mine: Rows, theirs: Rows) -> None:
        self.codes = codes
        self._totals = totals
        same = codes[mine]
        same = ((same == codes[theirs]) & (same > 0)).nonzero()[0]
        self._mine, self._theirs = mine[same], theirs[same]

    def _same(self, mass: Floats) -> Floats:
        return np.bincount(self._mine, mass[self._theirs], len(mass)).astype(np.float64, copy=False)

    def others(self, mass: Floats) -> Floats:
        """Return min(1, mass of the other referents) with the same code; 0 for no code."""
        return np.minimum(self._same(mass), 1.0)

    def share(self, mass: Floats) -> Floats:
        """Return the share of the other referents' mass that has the same code."""
        share: Floats = self._same(mass) / self._totals.beside(mass)
        return share
