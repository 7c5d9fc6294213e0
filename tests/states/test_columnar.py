"""The filter on columns says what the filter on records says."""

from __future__ import annotations

import datetime as dt
import importlib
import sys

import numpy as np
import pytest
from claimkit import claim
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import MissingToolError, UsageError
from tracker.model import Claim, State, Status
from tracker.states import fuse
from tracker.states.columnar import HELD, ONE_OF, OPEN, Intervals, fuse_columns, holders_at

# Odd weights, so that no chance stands exactly on a threshold, where the last bit of a float would decide.
ROWS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 60), st.integers(0, 3),
        st.sampled_from([0.0531, 0.2713, 0.4877, 0.6139, 0.8317, 0.9713]), st.booleans(),
    ),
    max_size=24,
)  # fmt: skip
FIRST = dt.date(2012, 2, 20).toordinal()
STATUS = {Status.HELD: HELD, Status.ONE_OF: ONE_OF, Status.UNKNOWN: 2}
Row = tuple[int, int, int, float, bool]


def by_columns(rows: list[Row]) -> Intervals:
    place, day, actor, weight, event = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    return fuse_columns(
        np.array(place, np.int32), np.array(day, np.int32) * 7 + np.int32(FIRST), np.array(actor, np.int32),
        np.array(weight, np.float32), event=np.array(event, bool),
    )  # fmt: skip


def as_claims(rows: list[Row]) -> list[Claim]:
    """Each told by a source and a report of its own, its weight as graded."""
    return [
        claim(
            "gains" if event else "holds", f"side {actor}", place=f"town {place}",
            date=dt.date.fromordinal(FIRST + 7 * day).isoformat(), report=f"r{n:02}", source=f"paper {n}",
            published="2020-01-01", confidence=weight / (0.7 * 0.95), quote=f"{n}",
        )
        for n, (place, day, actor, weight, event) in enumerate(rows)
    ]  # fmt: skip


def told(status: int, first: int, second: int, start: int, stop: int) -> tuple[object, ...]:
    return (status, first, second, start, None if stop == OPEN else stop)


def from_columns(made: Intervals, place: int) -> list[tuple[object, ...]]:
    columns = (made.status, made.actor, made.other, made.start, made.stop)
    here = made.place == place
    return [told(*row) for row in zip(*(c[here].tolist() for c in columns), strict=True)]


def from_states(states: list[State], place: int) -> list[tuple[object, ...]]:
    """States as the columns put them: whoever may hold an unknown place makes no state of its own."""
    found: list[tuple[object, ...]] = []
    for s in (s for s in states if s.place_id == f"tk:town {place}"):
        sides = sorted(int(c.actor[-1]) for c in s.candidates) if s.status is not Status.UNKNOWN else []
        assert s.valid_from is not None
        stop = s.valid_to.toordinal() if s.valid_to else None
        read = (STATUS[s.status], sides[0] if sides else -1, sides[1] if len(sides) > 1 else -1)
        if found and found[-1][:3] == read:
            found[-1] = (*found[-1][:4], stop)
        else:
            found.append((*read, s.valid_from.toordinal(), stop))
    return found


@settings(max_examples=400, deadline=None)
@given(ROWS)
def test_columns_say_what_records_say(rows) -> None:
    made, states = by_columns(rows), fuse(as_claims(rows))
    for place in range(4):
        assert from_columns(made, place) == from_states(states, place)
    known = [s for s in states if s.status is not Status.UNKNOWN]
    said = made.probability[made.status < 2].tolist()
    assert said == pytest.approx([s.probability for s in known], abs=2e-4)


# Few days, so that most have many claims, of one side and of several.
CROWDED = st.lists(
    st.tuples(
        st.integers(0, 1), st.integers(0, 2), st.integers(0, 2),
        st.sampled_from([0.0531, 0.4877, 0.8317, 0.9713]), st.booleans(),
    ),
    min_size=8, max_size=40,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(CROWDED)
def test_days_of_many_claims_are_weighed_as_records_weigh_them(rows) -> None:
    # no two of one weight: between sides of the same weights the last bit of a float would decide
    rows = [(*row[:3], row[3] + n / 4096, row[4]) for n, row in enumerate(rows)]
    made, states = by_columns(rows), fuse(as_claims(rows))
    for place in range(2):
        assert from_columns(made, place) == from_states(states, place)
    known = [s.probability for s in states if s.status is not Status.UNKNOWN]
    assert made.probability[made.status < 2].tolist() == pytest.approx(known, abs=2e-4)


def test_columns_say_what_records_say_on_a_sample_of_a_long_war() -> None:
    random = np.random.default_rng(3)
    rows = [
        (int(p), int(d), int(a), float(0.05 + 0.9 * w), bool(e))
        for p, d, a, w, e in zip(
            random.integers(0, 4, 1200), random.integers(0, 300, 1200), random.integers(0, 4, 1200),
            random.random(1200), random.random(1200) < 0.7, strict=True,
        )
    ]  # fmt: skip
    made, states = by_columns(rows), fuse(as_claims(rows))
    for place in range(4):
        assert from_columns(made, place) == from_states(states, place)


def test_thousands_of_places_in_blocks_read_as_one_place_alone(monkeypatch) -> None:
    random = np.random.default_rng(5)
    rows = [(p, int(random.integers(60)), int(random.integers(3)), 0.7, True) for p in range(40) for _ in range(9)]
    at_once = by_columns(rows)
    monkeypatch.setattr("tracker.states.columnar._BLOCKS", 30)
    monkeypatch.setattr("tracker.states.columnar._STRETCH", 50)
    in_blocks = by_columns(list(reversed(rows)))
    for name in Intervals._fields:
        assert getattr(at_once, name).tolist() == getattr(in_blocks, name).tolist()
    alone = by_columns([row for row in rows if row[0] == 17])
    assert from_columns(alone, 17) == from_columns(at_once, 17)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.integers(0, 2**32 - 1))
def test_a_place_reads_the_same_beside_places_of_any_number_of_claims_in_any_order(sizes, seed) -> None:
    random = np.random.default_rng(seed)
    rows = [
        (place, int(random.integers(60)), int(random.integers(5)), float(random.random()), bool(random.integers(2)))
        for place, size in enumerate(sizes)
        for _ in range(size)
    ]
    elsewhere = (99, 0, 4, 0.5, True)  # so that sides are written alike
    rows.append(elsewhere)
    together = by_columns([rows[i] for i in random.permutation(len(rows))])
    for place in range(len(sizes)):
        alone = by_columns([row for row in rows if row[0] in (place, 99)])
        for name in Intervals._fields:
            here, there = getattr(together, name), getattr(alone, name)
            assert here[together.place == place].tolist() == there[alone.place == place].tolist()


def test_each_place_fades_by_its_own_half_life() -> None:
    claims = (
        np.array([0, 1, 0, 1], np.int32), np.array([10, 10, 210, 210], np.int32),
        np.array([0, 0, 1, 1], np.int32), np.array([0.9, 0.9, 0.1, 0.1], np.float32),
    )  # fmt: skip
    both = fuse_columns(*claims, half_life=np.array([4000.0, 100.0]))
    for place, life in enumerate((4000.0, 100.0)):
        alone = fuse_columns(*(column[place::2] for column in claims), half_life=life)
        assert alone.probability.tolist() == both.probability[both.place == place].tolist()
    assert (both.actor[both.place == 0].tolist(), both.actor[both.place == 1].tolist()) == ([0], [0, 1])


def test_a_thousand_sources_on_one_day_and_a_thousand_years_of_silence_are_reckoned() -> None:
    crowd = [(0, 0, int(n > 20), 0.98, True) for n in range(1000)]
    late = (0, 52_000, 0, 0.9, False)
    made = by_columns([*crowd, late])
    assert (made.status.tolist(), made.actor.tolist()) == ([HELD, HELD], [1, 0])
    assert np.isfinite(made.probability).all()
    many = by_columns([(0, n, n % 3, 0.98, True) for n in range(3000)])
    assert np.isfinite(many.probability).all()
    assert (many.actor == np.arange(3000) % 3).all()


def test_word_of_how_things_stand_turns_a_place_more_slowly_than_a_capture() -> None:
    before = (0, 0, 0, 0.9, True)
    capture, standing = by_columns([before, (0, 1, 1, 0.8, True)]), by_columns([before, (0, 1, 1, 0.8, False)])
    assert capture.status.tolist() == [HELD, HELD]
    assert standing.status.tolist() == [HELD]


def test_a_day_is_read_from_intervals() -> None:
    made = by_columns([(0, 0, 1, 0.9, True), (0, 10, 2, 0.9, True), (1, 5, 3, 0.9, True)])
    places, actors = holders_at(made, dt.date.fromordinal(FIRST + 28))
    assert (places.tolist(), actors.tolist()) == ([0], [1])
    places, actors = holders_at(made, dt.date.fromordinal(FIRST + 70))
    assert (places.tolist(), actors.tolist()) == ([0, 1], [2, 3])


def test_numbers_out_of_range_are_refused() -> None:
    one = (np.array([0], np.int32), np.array([FIRST], np.int32), np.array([1], np.int32), np.array([0.9], np.float32))
    with pytest.raises(UsageError, match="actor is not between"):
        fuse_columns(one[0], one[1], one[2] + 40_000, one[3])
    with pytest.raises(UsageError, match="differ in length"):
        fuse_columns(one[0], one[1], one[2][:0], one[3])
    with pytest.raises(UsageError, match="a place is negative"):
        fuse_columns(one[0] - 1, *one[1:])


def test_without_the_extra_the_error_names_it(monkeypatch) -> None:
    for module in ("tracker.states.column_filter", "tracker.states.column_order", "tracker.machine_code"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "numba", None)
    with pytest.raises(MissingToolError, match=r"tracker\[fast\]"):
        by_columns([(0, 0, 1, 0.9, True)])


def test_machine_code_is_made_anew_where_none_can_be_kept(monkeypatch) -> None:
    def refuse(*_args: object, cache: bool = False, **options: object):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return made(**options)

    machine_code = importlib.import_module("tracker.machine_code")
    made = machine_code.numba.njit
    monkeypatch.setattr(machine_code.numba, "njit", refuse)
    assert machine_code.compiled()(lambda number: number + 1)(2) == 3


def test_sides_of_equal_odds_come_in_the_order_of_their_numbers() -> None:
    for first, second in ((1, 2), (2, 1)):
        made = by_columns([(0, 0, first, 0.8, True), (0, 0, second, 0.8, True)])
        assert (made.status.tolist(), made.actor.tolist(), made.other.tolist()) == ([ONE_OF], [1], [2])
