"""
What a report that looks back tells by its order, its spells and its silence.

News of the day breaks off where the day ends; a history goes on to what came of it. So
where a history ends with an entry and says nothing of a fight for the place or of a way
out, the place was taken; and what it says was so "from May until August" was over in August.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tracker.model import DateBounds, Kind
from tracker.states.evidence import Evidence, Says
from tracker.states.undated import narrative

__all__ = ["NEWS", "ended_spells", "goes_on", "historical_present", "settled_entries"]

NEWS = dt.timedelta(days=30)  # what a report tells of longer ago is history to it
ENTRY = 0.8  # share of its weight that an entry keeps where the history's silence makes it a capture
_STILL = re.compile(r"\bstill\b", re.IGNORECASE)
_LABELS = frozenset({"held", "own-town", "enclave"})
_DAY = dt.timedelta(days=1)
Bounds = Mapping[int, DateBounds]


def historical_present(evidence: Sequence[Evidence], bounds: Bounds) -> list[Evidence]:
    """
    Return what is told in the present tense of a story that lies in the past.

    Such a claim bears the day of its report, and yet stands between two dated
    changes that are in order and long over: it happened between them.
    """
    found = []
    for told in _by_report(evidence):
        for number, e in enumerate(told):
            published = e.claim.published
            if published is None or bounds[id(e)].start != published:
                continue
            before = [bounds[id(d)].start for d in told[:number] if d.event]
            after = [bounds[id(d)].start for d in told[number + 1 :] if d.event]
            past = [d for d in before if d is not None and d < published - NEWS]
            later = [d for d in after if d is not None and d < published - NEWS]
            if past and later and past[-1] < later[0]:
                found.append(e)
    return found


def settled_entries(evidence: Sequence[Evidence], bounds: Bounds) -> list[Evidence]:
    """Return the evidence, each entry of long ago that its history leaves at that read as a capture."""
    settled: set[int] = set()
    for told in _by_report(evidence):
        for number, e in enumerate(told):
            day = _day_of(bounds[id(e)])
            published = e.claim.published
            if e.says is not Says.REACHED or e.part is not None or day is None or published is None:
                continue
            fought = any(_fought(e, day, d, bounds) for d in told[number + 1 :])
            if day < published - NEWS and not fought and not any(_taken(e, d, bounds) for d in told[:number]):
                settled.add(id(e))
    return [replace(e, says=Says.HELD, weight=e.weight * ENTRY) if id(e) in settled else e for e in evidence]


def goes_on(e: Evidence) -> bool:
    """
    Tell whether a history says how things stood after what it told last: "It was then administered by the rebels".

    It has the day of that, for want of its own; a label ("the rebel-held town") may be of before, and what is still
    so is no news.
    """
    day, published = e.claim.valid_from, e.claim.published
    after = e.says is Says.HELD and e.claim.kind is Kind.HOLDS and e.claim.rule not in _LABELS
    after = after and _STILL.search(e.claim.quote) is None
    return after and day is not None and published is not None and day < published - NEWS


def ended_spells(evidence: Iterable[Evidence], bounds: Bounds) -> list[Evidence]:
    """Return word that a side had lost a place by the end of a spell: "held from May until August"."""
    found = []
    for e in evidence:
        start, stop = bounds[id(e)]
        lasting = e.says is Says.HELD and e.claim.kind is Kind.HOLDS and "/" in (e.claim.valid_time or "")
        if not lasting or start is None or stop is None or e.claim.published is None:
            continue
        if stop - _DAY < e.claim.published - NEWS:
            ended = replace(e, says=Says.LOST, day=stop - _DAY, rank=-1, event=True, fraction=None)
            found.append(ended)
    return found


def _fought(entry: Evidence, day: dt.date, later: Evidence, bounds: Bounds) -> bool:
    """Tell whether what is told after an entry says that the place was not taken by it."""
    on = _day_of(bounds[id(later)])
    if later.claim.kind is Kind.HOLDS and bounds[id(later)].start is None and on is not None and on <= day:
        return False  # who had it until then: "the army entered the town, which they had run until then"
    soon = on is None or day <= on <= day + NEWS
    against = later.actor != entry.actor and later.says in (Says.HELD, Says.GROUND, Says.SHARED)
    left = later.actor == entry.actor and later.says is Says.LOST
    return soon and (later.says is Says.CONTESTED or against or left)


def _taken(entry: Evidence, earlier: Evidence, bounds: Bounds) -> bool:
    """Tell whether somebody else was told to have taken the place at the time of an entry: an ally came along."""
    whole = earlier.says in (Says.HELD, Says.SHARED) and earlier.event
    at, entered = bounds[id(earlier)], bounds[id(entry)]
    same_day = at == entered and at.start is not None and at.stop == at.start + _DAY
    return whole and earlier.actor != entry.actor and same_day


def _day_of(bounds: DateBounds) -> dt.date | None:
    return bounds.start or (bounds.stop - _DAY if bounds.stop is not None else None)


def _by_report(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Return what each report tells, in the order of the telling."""
    by_report: dict[str, list[Evidence]] = defaultdict(list)
    for e in sorted(evidence, key=narrative):
        by_report[e.claim.report_id].append(e)
    return list(by_report.values())
