"""
Near-copies of one report, so that a wire story printed a thousand times counts once.

Two claims are copies when they say the same of the same place, come from
different reports published within a week of each other, and their quotes share
most of their word triples (Jaccard, after Broder, "On the resemblance and
containment of documents", 1997). Which quotes to compare at all is found by their
rarest triples: two that resemble each other share one of them (prefix filtering,
Chaudhuri, Ganti & Kaushik, "A primitive operator for similarity joins in data
cleaning", ICDE 2006). Nothing is missed, unlike with MinHash.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.model import Claim

__all__ = ["cluster_copies", "same_words"]

SHINGLE = 3  # words
RESEMBLANCE = 0.8  # as in Broder 1997 and the usual threshold for near-duplicate news
LEAST_WORDS = 6  # shorter quotes agree by chance: "the army took Dolna on Monday"
WINDOW = dt.timedelta(days=7)  # wire copy is printed within days; the same sentence a month later is a new report

_WORD = re.compile(r"\w+")


def cluster_copies(claims: Iterable[Claim]) -> list[tuple[Claim, ...]]:
    """
    Group claims into copies, the earliest of each group first.

    The answer does not depend on the order of the claims. Claims of one report
    are never copies of each other.
    """
    by_proposition: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=_age):
        by_proposition[_proposition(claim)].append(claim)
    clusters: list[list[Claim]] = []
    for group in by_proposition.values():
        clusters.extend(_clusters(group))
    return sorted((tuple(cluster) for cluster in clusters), key=lambda cluster: _age(cluster[0]))


def same_words(quote: str, other: str) -> bool:
    """
    Tell whether two quotes are copies of each other.

    Examples
    --------
    >>> same_words("The army took the town of Dolna on Monday.", "THE ARMY took the town of Dolna on Monday")
    True
    >>> same_words("The army took Dolna.", "The army took Dolna.")
    False
    """
    return _alike(frozenset(_triples(quote)), frozenset(_triples(other)))


def _clusters(group: list[Claim]) -> list[list[Claim]]:
    """Give each claim, in order of age, to the first leader that it copies; leaders too old for copies are skipped."""
    if len(group) == 1:
        return [group]
    clusters: list[list[Claim]] = []
    leaders = _Leaders(group)
    oldest = 0
    for position, claim in enumerate(group):
        while oldest < len(clusters) and not _in_window(clusters[oldest][0], claim):
            oldest += 1
        for index in leaders.like(position, oldest):
            if clusters[index][0].report_id != claim.report_id:
                clusters[index].append(claim)
                break
        else:
            leaders.add(position, len(clusters))
            clusters.append([claim])
    return clusters


class _Leaders:
    """Quotes that lead a cluster, found by the rarest of their word triples."""

    def __init__(self, group: list[Claim]) -> None:
        numbers: dict[tuple[str, ...], int] = {}
        self._shingles = [
            frozenset(numbers.setdefault(triple, len(numbers)) for triple in _triples(claim.quote)) for claim in group
        ]
        self._common = Counter(number for shingles in self._shingles for number in shingles)
        self._by_triple: dict[int, list[int]] = defaultdict(list)
        self._quotes: list[frozenset[int]] = []

    def like(self, position: int, oldest: int) -> Iterator[int]:
        """Yield the leaders, from `oldest` on and in order, that the quote at a position resembles."""
        mine = self._shingles[position]
        near: set[int] = set()
        for triple in self._rarest(mine):
            known = self._by_triple.get(triple, ())
            near.update(known[bisect_left(known, oldest) :])
        for index in sorted(near):
            if _alike(mine, self._quotes[index]):
                yield index

    def add(self, position: int, index: int) -> None:
        """Take in a new leader."""
        self._quotes.append(self._shingles[position])
        for triple in self._rarest(self._shingles[position]):
            self._by_triple[triple].append(index)

    def _rarest(self, shingles: frozenset[int]) -> list[int]:
        """Return so many of the rarest triples that two quotes that resemble each other share one."""
        if not shingles:
            return []
        enough = len(shingles) - math.ceil(RESEMBLANCE * len(shingles) - 1e-9) + 1
        return sorted(shingles, key=lambda number: (self._common[number], number))[:enough]


def _in_window(leader: Claim, claim: Claim) -> bool:
    if leader.published is None or claim.published is None:
        return leader.published is claim.published
    return claim.published - leader.published <= WINDOW


def _proposition(claim: Claim) -> tuple[object, ...]:
    return (claim.place.place_id, claim.kind, claim.actor, claim.counter_actor, claim.part, claim.fraction)


def _age(claim: Claim) -> tuple[dt.date, str]:
    return (claim.published or dt.date.max, claim.claim_id)


def _triples(quote: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(quote.casefold())
    if len(words) < LEAST_WORDS:
        return []
    return [tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]


def _alike(one: frozenset[Any], other: frozenset[Any]) -> bool:
    if not one or not other:
        return False
    if one == other:
        return True
    common = len(one & other)
    return common >= RESEMBLANCE * (len(one) + len(other) - common)
