"""
Where evidence stands on the time line of its place.

A dated claim stands on its first day. A coarser date ("in 2014") that covers a
precisely dated report of the same thing is that thing told again. What was true
"some time before" is placed by the order in which its report tells things, else
by who is said to have lost the place to whom, else at its last possible day,
without making an event of that day. Ordering by the text follows the narrative
assumption of temporal anchoring (Reimers, Dehghani & Gurevych, "Temporal
Anchoring of Events for the TimeBank Corpus", ACL 2016).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.errors import DateError
from tracker.model import Claim, DateBounds, edtf_bounds
from tracker.states.evidence import Evidence, Says
from tracker.states.retrospect import ended_spells, goes_on, historical_present, settled_entries
from tracker.states.undated import TELLS_OF_CHANGE, Changes, in_time, narrative, told_in_turn

__all__ = ["claim_bounds", "put_on_time_line"]

_DAY = dt.timedelta(days=1)
_A_DAY = len("2017-09-05")


def claim_bounds(claim: Claim) -> DateBounds:
    """
    Return the half-open days of a claim: its own bounds, else those of its EDTF date.

    What starts after its report was published is a mistake of dating: it then
    counts as so by the day of publication.
    """
    start, stop = claim.valid_from, claim.valid_to
    if start is None and stop is None and claim.valid_time:
        try:
            start, stop = edtf_bounds(claim.valid_time)
        except DateError:
            start, stop = None, None
    # One day of grace: a report stamped before midnight UTC may tell of a local tomorrow.
    if start is not None and claim.published is not None and start > _day_after(claim.published):
        start, stop = None, None
    if start is None and stop is None and claim.published is not None:
        stop = _day_after(claim.published)
    return DateBounds(start, stop)


def _day_after(day: dt.date) -> dt.date:
    return day + _DAY if day < dt.date.max else day


def put_on_time_line(evidence: Sequence[Evidence]) -> list[Evidence]:
    """
    Give every piece of evidence about one place its day and rank, and return them in that order.

    Evidence that a place was taken from somebody brings along evidence that this
    side held it until then; see `_all_implied`.
    """
    told = {id(e): claim_bounds(e.claim) for e in evidence}
    evidence = settled_entries(evidence, told)
    bounds = {id(e): claim_bounds(e.claim) for e in evidence}
    for e in historical_present(evidence, bounds):
        bounds[id(e)] = DateBounds(None, bounds[id(e)].stop)
    dated = _dated([e for e in evidence if bounds[id(e)].start is not None], bounds)
    placed = list(dated)
    changes = Changes(dated)
    undated = [e for e in evidence if bounds[id(e)].start is None]
    placed.extend(told_in_turn([changes.place(e, bounds[id(e)].stop) for e in undated]))
    placed.extend(_all_implied(dated, placed))
    placed.extend(ended_spells(evidence, bounds))
    return sorted(placed, key=in_time)


def _dated(evidence: list[Evidence], bounds: dict[int, DateBounds]) -> list[Evidence]:
    precise = _Precise(e for e in evidence if _is_precise(bounds[id(e)]))
    days = {id(e): _first_day(bounds[id(e)]) for e in evidence if _is_precise(bounds[id(e)])}
    precise.sort_days(days)
    for e in evidence:
        if id(e) not in days:
            days[id(e)] = _day_of_coarse(e, bounds[id(e)], precise, bounds)
    by_report: dict[str, list[Evidence]] = defaultdict(list)
    for e in sorted(evidence, key=narrative):
        by_report[e.claim.report_id].append(e)
    placed = []
    for told in by_report.values():
        placed.extend(_ranked(told, days, bounds))
    return placed


class _Precise:
    """Evidence dated to the day, by report, and its days by what it says."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self.by_report: dict[str, list[Evidence]] = defaultdict(list)
        self.days: dict[tuple[str, str | None, str | None], list[dt.date]] = defaultdict(list)
        for e in evidence:
            self.by_report[e.claim.report_id].append(e)

    def sort_days(self, days: dict[int, dt.date]) -> None:
        """Note the days, in order."""
        for told in self.by_report.values():
            for e in told:
                self.days[e.proposition].append(days[id(e)])
        for line in self.days.values():
            line.sort()


def _ranked(told: list[Evidence], days: dict[int, dt.date], bounds: dict[int, DateBounds]) -> list[Evidence]:
    """
    Order what one report tells of one day: each change of side comes after the one told before it.

    In a month or a year they are spread over it, so that each has its time.
    """
    last: dict[tuple[dt.date, bool], tuple[int, str, int]] = {}
    placed = []
    for e in told:
        key = (days[id(e)], _is_precise(bounds[id(e)]) or _is_since_day(e))
        before = last.get(key)
        rank = _next_rank(e, before, precise=key[1])
        if rank is not None:
            last[key] = (rank, _side(e), e.claim.quote_start)
        late = goes_on(e) and (rank is not None if key[1] else key[0] != _first_day(bounds[id(e)]))
        if late:  # a change that came of the one told before it, or was that: "they left it. It has been ours since"
            left = before is not None and before[1].startswith("not ")
            placed.append(
                replace(e, day=key[0] if left else _day_after(key[0]), rank=(rank or 0) if left else 0, event=True)
            )
        else:
            placed.append(replace(e, day=key[0], rank=rank or 0))
    turns = {key: rank // 2 + 1 for key, (rank, _, _) in last.items()}
    return [_spread(e, bounds[id(was)], turns) for was, e in zip(told, placed, strict=True)]


def _next_rank(e: Evidence, before: tuple[int, str, int] | None, *, precise: bool) -> int | None:
    """Return the rank of what is told next; None for what has no turn of its own."""
    if e.says is Says.PRESENT or (precise and not (e.event and e.says in TELLS_OF_CHANGE)):
        came_of_it = before is not None and before[2] < e.claim.quote_start and goes_on(e)
        return before[0] + 2 if before is not None and came_of_it and before[1] != _side(e) else None
    if before is None:
        return 0
    rank, side, _ = before
    if not e.event:
        return rank + 2 if rank and e.says is Says.HELD and side != _side(e) else None
    return rank + 2 if side != _side(e) else rank


def _side(e: Evidence) -> str:
    if e.says is Says.CONTESTED:
        return ""
    return f"not {e.actor}" if e.says is Says.LOST else e.actor or "?"


def _spread(e: Evidence, bounds: DateBounds, turns: dict[tuple[dt.date, bool], int]) -> Evidence:
    if not e.rank or _is_precise(bounds) or bounds.stop is None or e.day != bounds.start:
        return e
    turn, n_turns = e.rank // 2, turns[e.day, False]
    return replace(e, day=e.day + (bounds.stop - e.day) * turn // n_turns, rank=0)


def _day_of_coarse(e: Evidence, bounds: DateBounds, precise: _Precise, all_bounds: dict[int, DateBounds]) -> dt.date:
    """Return the day of the same thing told precisely, else the first day that the text's order allows."""
    first, stop = _first_day(bounds), bounds.stop
    if stop is None or not (e.event or goes_on(e)):
        return first
    same = precise.days[e.proposition]
    at = bisect_left(same, first)
    if at < len(same) and same[at] < stop:
        return same[at]
    told_before = [
        _first_day(all_bounds[id(p)])
        for p in precise.by_report[e.claim.report_id]
        if p.event and narrative(p) < narrative(e) and first <= _first_day(all_bounds[id(p)]) < stop
    ]
    if told_before:
        latest = max(told_before)
        return latest + (stop - latest) / 2
    return first


def _all_implied(dated: Sequence[Evidence], placed: Sequence[Evidence]) -> list[Evidence]:
    """
    Return that those from whom a place was taken had held it.

    They held it just before. Where another side was the last that is known to have
    held it, they took it unreported in the time between: on the day on which that
    side lost it, else at the middle, for want of a better day.
    """
    told = sorted((e for e in placed if e.says in (Says.HELD, Says.LOST)), key=in_time)
    days = [e.day for e in told]
    found = []
    for e in dated:
        if e.says is Says.HELD and e.event and e.other is not None:
            at = bisect_left(days, e.day)
            found.append(_implied(e, told[at - 1] if at else None))
    return found


def _implied(e: Evidence, last: Evidence | None) -> Evidence:
    day, rank = e.day, e.rank - 1
    if last is not None and last.actor != e.other and last.day != dt.date.min:
        lost = last.says is Says.LOST
        between = last.day if lost else last.day + max((e.day - last.day) / 2, _DAY)
        day, rank = between, (last.rank + 1 if lost else rank if between == e.day else 0)
    return replace(
        e, says=Says.HELD, actor=e.other, other=None, day=day, rank=rank, open_start=True, implied=True, event=False,
        siege=None, besieger=None, fraction=None,
    )  # fmt: skip


def _is_precise(bounds: DateBounds) -> bool:
    return bounds.start is not None and bounds.stop is not None and bounds.stop - bounds.start <= _DAY


def _is_since_day(e: Evidence) -> bool:
    """Tell whether something is said to be so since a day: "held since 5 May", not "since May"."""
    since, slash, until = (e.claim.valid_time or "").partition("/")
    return not e.event and bool(slash) and until == ".." and len(since) == _A_DAY


def _first_day(bounds: DateBounds) -> dt.date:
    return bounds.start or dt.date.min
