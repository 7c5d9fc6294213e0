"""Where undated evidence stands: by the order of the telling, else by who is said to have lost the place."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from tracker.model import Modality
from tracker.states.evidence import Evidence, Says

__all__ = ["TELLS_OF_CHANGE", "Changes", "in_time", "narrative", "told_in_turn"]

TELLS_OF_CHANGE = frozenset({Says.HELD, Says.SHARED, Says.LOST, Says.GROUND})

_DAY = dt.timedelta(days=1)


def in_time(e: Evidence) -> tuple[dt.date, int, str, bool]:
    """Return what evidence on a time line is ordered by."""
    return (e.day, e.rank, e.claim.claim_id, e.implied)


def narrative(e: Evidence) -> tuple[int, int, int, str]:
    """Return where in its report a piece of evidence is told."""
    claim = e.claim
    at = claim.quote_start if claim.told_at is None else claim.told_at
    return (claim.quote_start, at, claim.place.start, claim.claim_id)


class Changes:
    """Dated changes of one place, found by report, by loser and by what they say."""

    def __init__(self, dated: Iterable[Evidence]) -> None:
        self._by_report: dict[tuple[str | None, str], list[Evidence]] = defaultdict(list)
        self._lost: dict[tuple[str | None, str | None], list[Evidence]] = defaultdict(list)
        self._told: dict[tuple[str | None, str | None, Says], list[dt.date]] = defaultdict(list)
        for d in sorted((d for d in dated if d.event and d.says in TELLS_OF_CHANGE), key=in_time):
            self._by_report[d.part, d.claim.report_id].append(d)
            self._lost[d.part, d.actor if d.says is Says.LOST else d.other].append(d)
            self._told[d.part, d.actor, d.says].append(d.day)

    def place(self, e: Evidence, stop: dt.date | None) -> Evidence:
        """Place what was so "some time before" `stop`, the day after its last possible one."""
        as_of = stop - _DAY if stop is not None else dt.date.min
        told = _by_its_own_report(e, as_of, self._by_report[e.part, e.claim.report_id])
        if told is not None:
            return told
        days = self._told[e.part, e.actor, e.says]
        told_by_then = bisect_right(days, as_of)
        told_later = days[told_by_then - 1] if told_by_then else None
        lost = self._lost[e.part, e.actor] if e.actor is not None else []
        lost_by_then = bisect_right(lost, as_of, key=lambda d: d.day)
        if lost_by_then and e.says is Says.LOST:  # the same loss, told again
            return replace(e, day=lost[lost_by_then - 1].day, rank=lost[lost_by_then - 1].rank)
        if lost_by_then and (told_later is None or told_later <= lost[lost_by_then - 1].day):
            return replace(e, day=lost[0].day, rank=lost[0].rank - 1, open_start=True)
        if told_later is not None and e.event:
            return replace(e, day=told_later, open_start=False)
        return replace(e, day=as_of, open_start=True)


def _by_its_own_report(e: Evidence, as_of: dt.date, changes: list[Evidence]) -> Evidence | None:
    """Place by the order of the telling: after the change told before it, before the one told after it."""
    of_sentence = [d for d in changes if d.claim.quote_start == e.claim.quote_start and _led_to(e, d)]
    if of_sentence:  # "retook it in August, months after it was handed over": so before that change
        return replace(e, day=of_sentence[0].day, rank=of_sentence[0].rank - 1, open_start=True)
    # "By June", when June is not just the day of the report, is a date to go by: only its lower end is open.
    vague = e.claim.published is None or as_of >= e.claim.published or as_of == dt.date.min
    before = [d for d in changes if narrative(d) < narrative(e) and (vague or d.day <= as_of)]
    after = [d for d in changes if narrative(d) > narrative(e)]
    last = max(before, key=narrative, default=None)
    following = min(after, key=narrative, default=None)
    if last is None:
        if following is None or not vague:
            return None
        return replace(e, day=following.day, rank=following.rank - 1, open_start=True)
    doubted = last.claim.modality is Modality.HEDGED and not vague
    if last.proposition == e.proposition and not doubted:  # "they claimed it on the 9th. By the 16th they held it."
        return replace(e, day=last.day, rank=last.rank)
    if vague and following is not None and following.day > last.day:
        return replace(e, day=last.day + max((following.day - last.day) / 2, _DAY), open_start=True)
    later = max(as_of, last.day)
    return replace(e, day=later, rank=last.rank + 2 if later == last.day else 0, open_start=True)


def _led_to(e: Evidence, change: Evidence) -> bool:
    """Tell whether a sentence says that something was so before the change that it tells."""
    return e.claim.valid_time == f"../{change.claim.valid_time}" and e.proposition != change.proposition


def told_in_turn(placed: list[Evidence]) -> list[Evidence]:
    """Order undated changes of one report that landed on one day as the report tells them."""
    ranked = []
    turns: dict[tuple[str, dt.date, str | None], tuple[int, str | None]] = {}
    for e in sorted(placed, key=narrative):
        if not e.event or e.says not in TELLS_OF_CHANGE or e.rank:
            ranked.append(e)
            continue
        key = (e.claim.report_id, e.day, e.part)
        rank, side = turns.get(key, (0, e.actor))
        rank += 2 * (side != e.actor)
        turns[key] = (rank, e.actor)
        ranked.append(replace(e, rank=rank))
    return ranked
