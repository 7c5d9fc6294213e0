"""How near the candidates of a report lie to each other."""

from __future__ import annotations

import itertools
import math
from typing import NamedTuple

import numpy as np

from tracker.places.index.columns import spans
from tracker.places.ranking.facts import Floats, Marks, Rows

__all__ = ["EARTH_KM", "MOST_PAIRED", "Neighbours", "Sure"]

EARTH_KM = 6371.0088
_NEAR_KM = 100.0  # distance at which nearness has fallen to a half
_BESIDE = 1.0  # what lies within a few kilometres counts twice as near: namesakes of one war zone are told apart
_SHARPER = 25.0  # the square of 5: beside is nearer than 20 km
_MARCH_KM = 60.0  # reports of fighting name a hamlet beside a place within this distance (dev: 9 of 10 within 40 km)
_MARCH = math.cos(_MARCH_KM / EARTH_KM)
MOST_PAIRED = 4_000  # candidates of one report of which each is held beside each, in 130 MB
_FEW = 32  # candidates of one report whose pairs are listed with those of others, for less than the price of a matrix
_AT_ONCE = 1 << 16  # pairs that are worked on while the processor holds them near
_OF_ONE = 2  # bounds of one report
_SUREST = 500  # of more than can be paired, each is held beside so many


class Sure(NamedTuple):
    """
    What may vouch for hamlets and quarters around it.

    Attributes
    ----------
    sure
        Which candidates are likely to be meant, and have a spot.
    exact
        Which are spelt as the text spells them; others vouch for quarters alone.
    mass
        What each counts.
    """

    sure: Marks
    exact: Marks
    mass: Floats


class Neighbours:
    """
    The candidates of some reports, beside those of other names of the same report.

    Parameters
    ----------
    points
        Unit vectors.
    segment
        The number of each one's name.
    firsts
        Where the candidates of each report begin, and last the count of all.

    Attributes
    ----------
    mine, theirs
        Pairs of candidates of two names of one report, of reports with few candidates.
    all_paired
        Whether these are all pairs.
    """

    def __init__(self, points: Floats, segment: Rows, firsts: Rows) -> None:
        self._points, self._segment = points, segment
        self._blocks: list[tuple[slice, Floats | None]] = []
        self.all_paired = True
        if len(firsts) == _OF_ONE and len(points) <= _FEW:
            self.mine, self.theirs = (segment[:, None] != segment).nonzero()
        else:
            first, size = firsts[:-1], firsts[1:] - firsts[:-1]
            few = size <= _FEW
            self.all_paired = bool(few.all())
            self.mine, self.theirs = _paired(first[few], size[few])
            apart = (segment[self.mine] != segment[self.theirs]).nonzero()[0]
            self.mine, self.theirs = self.mine[apart], self.theirs[apart]
            bounds = zip(first[~few].tolist(), firsts[1:][~few].tolist(), strict=True)
            self._blocks = [(slice(*bound), self._block(slice(*bound))) for bound in bounds]
        self._cosine = np.einsum("ij,ij->i", points[self.mine], points[self.theirs])
        self._kernel = _nearness(self._cosine.copy())

    def _block(self, span: slice) -> Floats | None:
        """Return how near the candidates of a report are to each other; None where it has too many."""
        if _size(span) > MOST_PAIRED:
            return None
        points, segment = self._points[span], self._segment[span]
        count = len(points)
        kernel = np.empty((count, count))
        rows = max(1, _AT_ONCE // count)
        for first in range(0, count, rows):  # what is near the one is near the other: a half is copied
            last = min(first + rows, count)
            part = kernel[first:last, first:]
            part[:] = _nearness(points[first:last] @ points[first:].T)
            kernel[last:, first:last] = part[:, last - first :].T
        bounds = [0, *((segment[1:] != segment[:-1]).nonzero()[0] + 1).tolist(), count]
        for first, last in itertools.pairwise(bounds):
            kernel[first:last, first:last] = 0.0
        return kernel

    def near(self, mass: Floats) -> Floats:
        """Return the mass near each candidate; of very many candidates, that of the weightiest."""
        near = np.bincount(self.mine, self._kernel * mass[self.theirs], len(mass)).astype(np.float64, copy=False)
        for span, kernel in self._blocks:
            if kernel is not None:
                np.matmul(kernel, mass[span], out=near[span])
                continue
            points, here, segment = self._points[span], mass[span], self._segment[span]
            surest = np.sort(np.argsort(-here, kind="stable")[:_SUREST])
            beside = _nearness(points @ points[surest].T)
            beside[segment[:, None] == segment[surest]] = 0.0
            near[span] = beside @ here[surest]
        return near

    def vouched(self, hamlets: Marks, quarters: Marks, known: Sure) -> Marks:
        """
        Return which hamlets have a sure place of another name within a day's march.

        A place that is only spelt alike is sure enough for quarters, for no other.
        """
        mine, theirs = self.mine, self.theirs
        held = (self._cosine > _MARCH) & known.sure[theirs] & (quarters[mine] | known.exact[theirs])
        vouched = np.bincount(mine[held], minlength=len(hamlets)) > 0
        for span, _ in self._blocks:
            rows = hamlets[span].nonzero()[0] + span.start
            if len(rows):
                vouched[rows] = self._vouched(rows, quarters[rows], span, known)
        return vouched

    def _vouched(self, rows: Rows, quarters: Marks, span: slice, known: Sure) -> Marks:
        sure = known.sure[span].nonzero()[0] + span.start
        if _size(span) > MOST_PAIRED:
            sure = np.sort(sure[np.argsort(-known.mass[sure], kind="stable")[:_SUREST]])
        close = self._points[rows] @ self._points[sure].T > _MARCH
        close &= self._segment[rows][:, None] != self._segment[sure][None, :]
        close &= quarters[:, None] | known.exact[sure]
        found: Marks = np.logical_or.reduce(close, axis=1)
        return found


def _paired(first: Rows, size: Rows) -> tuple[Rows, Rows]:
    """Return all pairs of rows of which both are of one report, by the first rows of reports and how many each has."""
    count = size.repeat(size)
    return spans(first, size).repeat(count), spans(first.repeat(size), count)


def _nearness(cosine: Floats) -> Floats:
    """Make of the cosines between points how near they are to each other: 1 for the same place, a half at 100 km."""
    np.minimum(np.maximum(cosine, -1.0, out=cosine), 1.0, out=cosine)
    np.arccos(cosine, out=cosine)
    cosine *= EARTH_KM / _NEAR_KM
    np.square(cosine, out=cosine)
    cosine += 1.0
    np.reciprocal(cosine, out=cosine)
    cosine += _BESIDE * cosine / (_SHARPER - (_SHARPER - 1.0) * cosine)
    return cosine


def _size(span: slice) -> int:
    return int(span.stop - span.start)
