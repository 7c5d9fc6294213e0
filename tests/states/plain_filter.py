"""The filter on columns as one would write it down, claim by claim: what machine code must say to the last bit."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from tracker.states.belief import CHANGE_HALF_LIFE, EVENT_HAZARD, FIRST_WORD, LEAST_HAZARD
from tracker.states.column_intervals import HELD, ONE_OF, OPEN, UNKNOWN, Intervals
from tracker.states.moments import DISAGREEING, RIVAL, SURE_ENOUGH

Row = tuple[int, int, int, float, bool]  # place, day, actor, weight, whether it tells of a change
TOP = np.float32((1 << 24) - 1)


def doubt_of(weight: float) -> float:
    return int(TOP - np.rint(np.clip(np.float32(weight), np.float32(0.0), np.float32(0.99)) * TOP)) / int(TOP)


def plainly(rows: Sequence[Row], half_life: float) -> Intervals:
    """Return who held which place when. Of fewer than some hundred claims a place: odds are not scaled back."""
    told = sorted((place, day, side, not event, doubt_of(weight)) for place, day, side, weight, event in rows)
    made: list[list[float]] = []
    for place, claims in itertools.groupby(told, key=lambda claim: claim[0]):
        here: list[list[float]] = []
        for day, status, actor, other, chance in moments([claim[1:] for claim in claims], half_life):
            if here and [status, actor, other] == here[-1][1:4]:
                here[-1][6] = chance
                continue
            if here:
                here[-1][5] = day
            here.append([place, status, actor, other, day, OPEN, chance])
        made += here
    kinds = [np.int32, np.int8, np.int32, np.int32, np.int32, np.int32, np.float32]
    columns = zip(*made, strict=True) if made else [()] * len(kinds)
    return Intervals(*(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)))


def moments(
    claims: Sequence[tuple[int, int, bool, float]], half_life: float
) -> Iterator[tuple[int, int, int, int, float]]:
    odds: dict[int, float] = defaultdict(float)
    held, unknown, before = 0.0, 1.0, claims[0][0]
    for day, grouped in itertools.groupby(claims, key=lambda claim: claim[0]):
        group = [
            (side, EVENT_HAZARD if not standing else word_after(day - before), d) for _, side, standing, d in grouped
        ]
        sides = len({side for side, _, _ in group})
        hazard = 0.0
        for _, one, _ in group:
            hazard += one
        stay, found = 1.0 - hazard / len(group), 1.0 - (1.0 - FIRST_WORD) ** sides
        fade = math.exp2(min((day - before) * (1.0 / half_life), 60.0))
        loose = (fade * unknown + (fade - 1.0) * held) / stay
        from_held, from_loose = held / (stay * len(group)), loose * found / len(group)
        unknown = loose * (1.0 - found)
        for side, its in itertools.groupby(group, key=lambda claim: claim[0]):
            words, after = list(its), odds[side]
            for _, one, _ in words:
                after += from_held * one + from_loose
            for _, _, doubt in words:
                after /= doubt
            held += after - odds[side]
            odds[side] = after
        before = day
        yield (day, *read(odds, held, unknown, sides))


def word_after(elapsed: int) -> float:
    return min(EVENT_HAZARD, max(LEAST_HAZARD, 1.0 - math.exp2(elapsed * (-1.0 / CHANGE_HALF_LIFE))))


def read(odds: dict[int, float], held: float, unknown: float, sides: int) -> tuple[int, int, int, float]:
    first, second, *_ = [*sorted(odds, key=lambda side: (-odds[side], side)), None]
    total = held + unknown
    assert first is not None
    likely = odds[first] / total
    if second is not None:
        rival = odds[second] / total
        both = likely + rival
        near = both >= DISAGREEING if sides > 1 else likely < SURE_ENOUGH <= both
        if near and rival >= RIVAL * likely:
            return ONE_OF, min(first, second), max(first, second), both
    return (HELD, first, -1, likely) if likely >= SURE_ENOUGH else (UNKNOWN, -1, -1, unknown / total)
