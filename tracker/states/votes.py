"""One vote for each voice, and what it weighs beside the others of its day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.states.evidence import Evidence, Says

__all__ = ["combined_weight", "decisive", "independent_votes", "surest_by_voice", "voice", "weight_beside"]

SELF_SERVING = 0.6  # share of its weight that an uncorroborated claim of its own beneficiary keeps
ADMISSION = 0.5  # share of its doubt that a claim against its own source's interest keeps


def decisive(votes: list[tuple[Evidence, float]]) -> list[tuple[Evidence, float]]:
    """
    Leave out what a capture told of the same day makes superfluous.

    Who entered a town, took a part of it and then the whole has the whole; that the
    other side lost it is told already; and who came along, the same source says, came along.
    """
    if len(votes) < 2:
        return votes
    votes = _replaced(votes)
    took = {e.actor for e, _ in votes if e.says is Says.HELD and e.event}
    holding = {e.actor for e, _ in votes if e.says is Says.HELD and not e.implied}
    telling = {voice(e) for e, _ in votes if e.says is Says.HELD and e.event}
    kept = []
    for e, weight in votes:
        on_the_way = e.event and e.says in (Says.REACHED, Says.GROUND) and e.actor in took
        told_already = e.says is Says.LOST and holding and e.actor not in holding
        came_along = e.says is Says.REACHED and voice(e) in telling
        if not (on_the_way or told_already or came_along):
            kept.append((e, weight))
    return kept


def _replaced(votes: list[tuple[Evidence, float]]) -> list[tuple[Evidence, float]]:
    """Read the arrival of the only other side on the day that one lost or left a place as its taking."""
    lost = {e.actor for e, _ in votes if e.says is Says.LOST}
    arrived = {e.actor for e, _ in votes if e.says is Says.REACHED} - lost
    if not lost or len(arrived) != 1 or any(e.says is Says.HELD for e, _ in votes):
        return votes
    return [(replace(e, says=Says.HELD) if e.says is Says.REACHED else e, weight) for e, weight in votes]


def independent_votes(group: Sequence[Evidence]) -> list[tuple[Evidence, float]]:
    """
    Return one vote for each report and source that says the same, with its weight.

    Copies have been put together before; here a report that repeats itself, and a
    source that repeats itself on the same day, count once, at their best.
    """
    if len(group) == 1:
        return [(group[0], weight_beside(group[0], group))]
    best: dict[tuple[object, ...], Evidence] = {}
    for e in sorted(group, key=lambda e: e.claim.claim_id):
        key = (e.says, e.actor, e.part, e.siege, e.implied, voice(e))
        if key not in best or e.weight > best[key].weight:
            best[key] = e
    votes = list(best.values())
    return [(e, weight_beside(e, votes)) for e in votes]


def combined_weight(weights: Iterable[float]) -> float:
    """
    Return the chance that at least one of some independent reports may be relied upon.

    Examples
    --------
    >>> combined_weight([0.5, 0.5])
    0.75
    """
    doubt = 1.0
    for weight in sorted(weights):
        doubt *= 1.0 - weight
    return 1.0 - doubt


def surest_by_voice(evidence: Iterable[Evidence]) -> list[float]:
    """Return what the surest word of each voice weighs beside the others."""
    told = list(evidence)
    backed = {(e.says, e.actor) for e in told if not e.partisan}
    best: dict[str, float] = {}
    for e in told:
        best[voice(e)] = max(best.get(voice(e), 0.0), _weight(e, backed=(e.says, e.actor) in backed))
    return list(best.values())


def voice(e: Evidence) -> str:
    """Return who speaks: the source, or the report itself when its source is not named."""
    return e.claim.source or e.claim.report_id


def weight_beside(e: Evidence, votes: Sequence[Evidence]) -> float:
    """Return what evidence weighs beside the rest that is told: interest counts, and whether others say the same."""
    backed = e.partisan and any(v.says is e.says and v.actor == e.actor and not v.partisan for v in votes)
    return _weight(e, backed=backed)


def _weight(e: Evidence, *, backed: bool) -> float:
    weight = e.weight * (0.6 if e.implied else 1.0)  # "taken from X" tells in passing that X held it
    if e.against_interest:
        return 1.0 - ADMISSION * (1.0 - weight)
    return weight * SELF_SERVING if e.partisan and not backed else weight
