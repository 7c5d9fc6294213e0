"""The fast path agrees with the filter where both apply, and with a plain loop everywhere."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from claimkit import claim
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import UsageError
from tracker.states import fuse
from tracker.states.columnar import CREDIBLE, OPEN, fuse_columns, holders_at

ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(700_000, 700_020), st.integers(0, 3), st.integers(0, 255)), max_size=30
)


def columns(rows: list[tuple[int, int, int, int]]):
    table = np.array(rows, np.int32).reshape(-1, 4)
    weight = (table[:, 3] / 255 + 1e-6).astype(np.float32)
    return table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy(), np.minimum(weight, 1)


def by_hand(rows: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    found: list[list[int]] = []
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for place, day, actor, weight in rows:
        if weight / 255 + 1e-6 >= CREDIBLE:
            best[place, day] = max(best.get((place, day), (-1, -1)), (weight, actor))
    for (place, day), (_, actor) in sorted(best.items()):
        if found and found[-1][0] == place:
            if found[-1][1] == actor:
                continue
            found[-1][3] = day
        found.append([place, actor, day, OPEN])
    return [tuple(row) for row in found]


@settings(deadline=None)
@given(ROWS)
def test_columns_agree_with_a_plain_loop(rows) -> None:
    made = fuse_columns(*columns(rows))
    assert list(zip(*(c.tolist() for c in (made.place, made.actor, made.start, made.stop)), strict=True)) == by_hand(
        rows
    )


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(730_000, 733_000), st.integers(0, 2), min_size=1, max_size=6))
def test_columns_agree_with_the_filter_on_well_sourced_captures(captures) -> None:
    claims = [
        claim("gains", f"side {actor}", date=str(dt.date.fromordinal(day)), report=str(day), published="2010-01-01")
        for day, actor in captures.items()
    ]
    states = [(s.holder, s.valid_from, s.valid_to) for s in fuse(claims)]
    made = fuse_columns(*columns([(0, day, actor, 200) for day, actor in captures.items()]))
    fast = [
        (f"side {actor}", dt.date.fromordinal(start), None if stop == OPEN else dt.date.fromordinal(stop))
        for actor, start, stop in zip(made.actor.tolist(), made.start.tolist(), made.stop.tolist(), strict=True)
    ]
    assert states == fast


def test_a_day_is_read_from_intervals() -> None:
    made = fuse_columns(*columns([(0, 700_000, 1, 255), (0, 700_010, 2, 255), (1, 700_005, 3, 255)]))
    places, actors = holders_at(made, dt.date.fromordinal(700_004))
    assert (places.tolist(), actors.tolist()) == ([0], [1])
    places, actors = holders_at(made, dt.date.fromordinal(700_010))
    assert (places.tolist(), actors.tolist()) == ([0, 1], [2, 3])


def test_numbers_out_of_range_are_refused() -> None:
    place, day, actor, weight = columns([(0, 700_000, 1, 255)])
    with pytest.raises(UsageError, match="actor is not between"):
        fuse_columns(place, day, actor + 5000, weight)
    with pytest.raises(UsageError, match="differ in length"):
        fuse_columns(place, day, actor[:0], weight)
