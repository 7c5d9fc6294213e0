"""Claims are packed and put in order as sorting them would, and fused as they would be one by one."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_filter import plainly

from tracker.errors import UsageError
from tracker.states.column_intervals import Intervals
from tracker.states.columnar import fuse_columns

pytest.importorskip("numba")
FIRST = dt.date(2012, 2, 20).toordinal()
Columns = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float32]]


@st.composite
def tables(draw):
    """Few claims or some thousand; places side by side, far apart or in clusters; days crowded or not."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = draw(st.sampled_from([1, 2, 5, 60, 700, 3000]))
    places = draw(st.sampled_from([1, 3, 40, 500]))
    place = random.integers(0, places, size, dtype=np.int32)
    if draw(st.booleans()):
        place = np.sort(random.integers(0, 2 ** draw(st.sampled_from([9, 17, 30])), places, dtype=np.int32))[place]
    days, sides = draw(st.sampled_from([1, 4, 400, 9000])), draw(st.sampled_from([1, 2, 9, 400]))
    weights = (
        random.choice([0.0, 0.0531, 0.4877, 0.8317, 0.9713, 1.0], size) if draw(st.booleans()) else random.random(size)
    )
    return (
        place,
        random.integers(FIRST, FIRST + days, size, dtype=np.int32),
        random.integers(0, sides, size, dtype=np.int32),
        weights.astype(np.float32),
        random.random(size) < draw(st.sampled_from([0.0, 0.5, 1.0])),
    )


def in_small_stretches(monkeypatch) -> None:
    monkeypatch.setattr("tracker.states.columnar._STRETCH", 30)
    monkeypatch.setattr("tracker.states.columnar._CELL_BITS", 6)


def same(one: Intervals, other: Intervals) -> bool:
    return all(a.dtype == b.dtype and a.tolist() == b.tolist() for a, b in zip(one, other, strict=True))


@pytest.fixture
def keys_as_fused(monkeypatch):
    """Keep the numbers in the order in which the filter takes them in."""
    from tracker.states import column_filter  # noqa: PLC0415 - needs numba

    kept = []
    fuse = column_filter.fuse_sorted

    def fuse_sorted(keys, begin, end, *rest):
        kept.append((begin, keys[begin:end].copy()))
        return fuse(keys, begin, end, *rest)

    monkeypatch.setattr(column_filter, "fuse_sorted", fuse_sorted)
    return kept


@pytest.mark.parametrize("small", [False, True])
def test_claims_come_in_the_order_of_place_day_side_and_weight(small, monkeypatch, keys_as_fused) -> None:
    if small:
        in_small_stretches(monkeypatch)

    @settings(max_examples=60, deadline=None)
    @given(tables())
    def ordered(columns) -> None:
        keys_as_fused.clear()
        place, day, actor, weight, event = columns
        fuse_columns(place, day, actor, weight, event=event)
        keys = np.concatenate([keys for _, keys in sorted(keys_as_fused, key=lambda block: block[0])])
        assert keys.size == place.size
        assert (keys[1:] >= keys[:-1]).all()
        bits = 63 - max(1, int(np.ptp(day)).bit_length()) - max(1, int(actor.max()).bit_length())
        doubt = min(24, bits - int(place.max()).bit_length() - 1)
        top = np.float32((1 << doubt) - 1)
        doubts = (top - np.rint(np.clip(weight, np.float32(0), np.float32(0.99)) * top)).astype(np.int64)
        told = sorted(
            zip(
                place.tolist(),
                (day - day.min()).tolist(),
                actor.tolist(),
                (~event).tolist(),
                doubts.tolist(),
                strict=True,
            )
        )
        assert (keys & int(top)).tolist() == [one[4] for one in told]
        assert ((keys >> doubt) & 1).tolist() == [one[3] for one in told]

    ordered()


@settings(max_examples=120, deadline=None)
@given(tables(), st.sampled_from([30.0, 730.0]), st.booleans())
def test_machine_code_says_to_the_last_bit_what_the_plain_filter_says(columns, half_life, by_place) -> None:
    place, day, actor, weight, event = (column[:700] for column in columns)
    place %= 2000  # so that doubt has all its bits
    if max(np.unique(place, return_counts=True)[1]) > 100:
        place = np.arange(place.size, dtype=np.int32) % 50
    lives = np.full(int(place.max()) + 1, half_life) if by_place else half_life
    made = fuse_columns(place, day, actor, weight, event=event, half_life=lives)
    rows = zip(place.tolist(), day.tolist(), actor.tolist(), weight.tolist(), event.tolist(), strict=True)
    assert same(made, plainly(list(rows), half_life))


def test_crowds_of_one_side_on_one_day_are_ordered_by_weight(keys_as_fused) -> None:
    weight = np.random.default_rng(2).random(5000).astype(np.float32)
    nought = np.zeros(5000, np.int32)
    fuse_columns(nought, nought + np.int32(FIRST), nought, weight)
    ((_, keys),) = keys_as_fused
    assert (np.diff(keys) >= 0).all()


@settings(max_examples=30, deadline=None)
@given(tables(), st.integers(0, 2**32 - 1))
def test_the_order_in_which_claims_are_given_changes_nothing(columns, seed) -> None:
    place, day, actor, weight, event = columns
    shuffled = np.random.default_rng(seed).permutation(place.size)
    mixed = fuse_columns(place[shuffled], day[shuffled], actor[shuffled], weight[shuffled], event=event[shuffled])
    assert same(mixed, fuse_columns(place, day, actor, weight, event=event))


def test_columns_of_other_sizes_and_strides_are_taken() -> None:
    rows = np.array([[0, FIRST, 1], [0, FIRST + 9, 2], [3, FIRST, 2]])
    made = fuse_columns(rows[:, 0], rows[:, 1], rows[:, 2], np.array([0.9, 0.9, 0.9]))
    as_told = fuse_columns(*(rows.T.astype(np.int32)), np.array([0.9, 0.9, 0.9], np.float32))
    assert same(made, as_told)
    with pytest.raises(UsageError, match="a place is above"):
        fuse_columns(rows[:, 0] + 2**31, rows[:, 1], rows[:, 2], np.array([0.9, 0.9, 0.9]))


def test_what_is_no_weight_and_places_without_a_half_life_are_refused() -> None:
    place, day, actor = np.array([0, 2], np.int32), np.array([FIRST, FIRST], np.int32), np.array([0, 1], np.int32)
    with pytest.raises(UsageError, match="a weight is not a number"):
        fuse_columns(place, day, actor, np.array([0.5, np.nan], np.float32))
    with pytest.raises(UsageError, match="a place has no half-life"):
        fuse_columns(place, day, actor, np.array([0.5, 0.5], np.float32), half_life=np.array([10.0, 20.0]))
