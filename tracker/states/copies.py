"""
Near-copies of one report, so that a wire story printed a thousand times counts once.

Two claims are copies when they say the same of the same place, come from
different reports published within a week of each other, and their quotes share
most of their word triples (Jaccard, after Broder, "On the resemblance and
containment of documents", 1997).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable

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
    return _alike(_shingles(quote), _shingles(other))


def _clusters(group: list[Claim]) -> list[list[Claim]]:
    """Give each claim, in order of age, to the first leader that it copies; leaders too old for copies are skipped."""
    clusters: list[list[Claim]] = []
    shingles: list[frozenset[tuple[str, ...]]] = []
    oldest = 0
    for claim in group:
        mine = _shingles(claim.quote)
        while oldest < len(clusters) and not _in_window(clusters[oldest][0], claim):
            oldest += 1
        for index in range(oldest, len(clusters)) if mine else ():
            if clusters[index][0].report_id != claim.report_id and _alike(mine, shingles[index]):
                clusters[index].append(claim)
                break
        else:
            clusters.append([claim])
            shingles.append(mine)
    return clusters


def _in_window(leader: Claim, claim: Claim) -> bool:
    if leader.published is None or claim.published is None:
        return leader.published is claim.published
    return claim.published - leader.published <= WINDOW


def _proposition(claim: Claim) -> tuple[object, ...]:
    return (claim.place.place_id, claim.kind, claim.actor, claim.counter_actor, claim.part, claim.fraction)


def _age(claim: Claim) -> tuple[dt.date, str]:
    return (claim.published or dt.date.max, claim.claim_id)


def _shingles(quote: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(quote.casefold())
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    if not one or not other:
        return False
    if one == other:
        return True
    common = len(one & other)
    return common >= RESEMBLANCE * (len(one) + len(other) - common)
