"""Ground is counted once, and what changes hands adds up."""

import datetime as dt
import itertools

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.layers import LayerMethod, area_by_actor, area_series, build_layer, diff_layers, diff_to_frame
from tracker.layers.areas import geodesic_km2

MAY = dt.date(2017, 5, 1)
JUNE = dt.date(2017, 6, 1)


def build(land, states, *places):
    return build_layer(states, [], land.atlas(*places), actors=land.actors, method=LayerMethod(outline=lambda _: None))


def test_an_equatorial_degree_square_has_the_area_of_the_textbook() -> None:
    assert geodesic_km2(shapely.box(0, 0, 1, 1)) == pytest.approx(12308.8, abs=0.1)  # Karney's GeographicLib


def test_orientation_and_halves_do_not_change_an_area() -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1).reverse()
    both = shapely.MultiPolygon([left, right])
    assert geodesic_km2(both) == pytest.approx(geodesic_km2(left) + geodesic_km2(right))


def test_areas_and_places_are_counted_by_side(land) -> None:
    states = [
        land.state("a", "reds"),
        land.state("b", "reds", part="north"),
        land.state("b", "blues", part="south"),
        land.state("c", None, status="contested", sides=("reds", "blues")),
    ]
    places = [land.place(k, 40 + n, 35.0, population=60_000) for n, k in enumerate("abc")]
    held = area_by_actor(build(land, states, *places))
    assert {k: h.places for k, h in held.items()} == {"reds": 2, "blues": 1, "contested": 1}
    assert held["blues"].km2 == pytest.approx(5.0, rel=0.01)


def test_a_town_that_changes_hands_is_gained_by_one_and_lost_by_the_other(land) -> None:
    states = [
        land.state("a", "reds", "2017-01-01", "2017-05-15"),
        land.state("a", "blues", "2017-05-15"),
        land.state("b", "reds", "2017-01-01"),
    ]
    layer = build(land, states, land.place("a", 40.0, 35.0), land.place("b", 40.05, 35.0))
    diff = diff_layers(layer, layer, from_day=MAY, to_day=JUNE)
    (change,) = diff.changes
    assert (change.what, change.before, change.after, change.name) == ("gained", "reds", "blues", "A")
    reds, blues = diff.balance["reds"], diff.balance["blues"]
    assert reds.lost_km2 == blues.gained_km2 == pytest.approx(change.area_km2)
    assert reds.after.km2 == pytest.approx(reds.before.km2 - change.area_km2)
    assert (reds.before.places, reds.after.places, blues.after.places) == (2, 1, 1)
    assert (reds.ceded_km2, blues.won_km2, blues.news_km2) == (reds.lost_km2, blues.gained_km2, 0.0)
    assert diff_to_frame(diff)["area_km2"].tolist() == [change.area_km2]


def test_first_word_of_a_place_is_gained_from_nobody_and_the_last_falls_silent(land) -> None:
    states = [land.state("a", "reds", "2017-05-10"), land.state("b", "blues", "2017-01-01", "2017-05-10")]
    layer = build(land, states, land.place("a", 40.0, 35.0), land.place("b", 41.0, 35.0))
    diff = diff_layers(layer, layer, from_day=MAY, to_day=JUNE)
    first, last = diff.changes
    assert (first.what, first.before, first.after) == ("gained", None, "reds")
    assert (last.what, last.before, last.after) == ("silent", "blues", None)
    reds, blues = diff.balance["reds"], diff.balance["blues"]
    assert (reds.won_km2, blues.ceded_km2) == (0.0, 0.0)  # nobody took anything from anybody
    assert reds.news_km2 == pytest.approx(first.area_km2)
    assert blues.news_km2 == pytest.approx(-last.area_km2)


def test_a_broken_siege_is_a_change_without_ground(land) -> None:
    states = [
        land.state("a", "reds", "2017-01-01", "2017-05-10", besieged=True, besieger="blues"),
        land.state("a", "reds", "2017-05-10"),
    ]
    layer = build(land, states, land.place("a", 40.0, 35.0))
    diff = diff_layers(layer, layer, from_day=MAY, to_day=JUNE)
    assert diff.changes == ()
    (siege,) = diff.sieges
    assert (siege.place_id, siege.begun, siege.besieger) == ("a", False, "blues")


def test_nothing_differs_from_itself(land) -> None:
    layer = build(land, [land.state("a")], land.place("a", 40.0, 35.0))
    diff = diff_layers(layer, layer)
    assert (diff.changes, diff.sieges) == ((), ())
    assert len(diff_to_frame(diff)) == 0


def test_two_empty_layers_differ_in_nothing(land) -> None:
    assert diff_layers(build(land, []), build(land, [])).balance == {}


@st.composite
def histories(draw):
    told = []
    for k in range(draw(st.integers(1, 5))):
        for part in draw(st.sets(st.sampled_from([None, "north", "parts"]), min_size=1)):
            cut = sorted(draw(st.sets(st.integers(1, 28), min_size=1, max_size=4)))
            holders = [draw(st.sampled_from(["reds", "blues", None])) for _ in cut]
            told += [(k, part, h, a, b) for h, a, b in zip(holders, cut, [*cut[1:], None], strict=True)]
    return told


@given(histories(), st.integers(1, 28), st.integers(1, 28))
@settings(max_examples=25, deadline=None)
def test_before_plus_gains_minus_losses_is_after(land, told, first, last) -> None:
    month = [f"2017-05-{d:02}" for d in range(32)]
    states = [land.state(f"p{k}", h, month[a], month[b] if b else None, part=p) for k, p, h, a, b in told]
    places = [land.place(f"p{k}", 40 + k / 15, 35.0, population=50_000) for k in range(5)]
    layer = build(land, states, *places)
    diff = diff_layers(layer, layer, from_day=dt.date(2017, 5, first), to_day=dt.date(2017, 5, last))
    for balance in diff.balance.values():
        net = balance.gained_km2 - balance.lost_km2
        assert balance.after.km2 == pytest.approx(balance.before.km2 + net, abs=1e-3)
    pairs = itertools.combinations([c.geometry for c in diff.changes], 2)
    assert sum(geodesic_km2(a.intersection(b)) for a, b in pairs if a.intersects(b)) < 1e-6
    series = area_series(layer)
    assert [day for day, _ in series] == sorted({d for f in layer.features for d in (f.start, f.end) if d})
    for day, holdings in series:
        assert holdings == area_by_actor(layer, day)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans(), st.booleans()), min_size=2, max_size=25),
       st.sampled_from([0.0, 1e-6, 1e-5, 1e-3]))  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_ground_adds_up_between_layers_whose_places_were_moved_a_little(land, told, moved) -> None:
    """Edges that nearly coincide are what overlays get wrong, if any."""
    layers = []
    for shift, side in ((0.0, 2), (moved, 3)):
        places = [
            land.place(f"p{k}", 40 + round(x, 4) + shift * (k % 3), 35 + round(y, 4), population=9_000 * (1 + k % 5))
            for k, (x, y, _, _) in enumerate(told)
        ]
        states = [land.state(f"p{k}", "reds" if row[side] else "blues") for k, row in enumerate(told)]
        layers.append(build(land, states, *places))
    for balance in diff_layers(*layers).balance.values():
        net = balance.gained_km2 - balance.lost_km2
        assert balance.after.km2 == pytest.approx(balance.before.km2 + net, rel=1e-4, abs=1e-2)
