"""Ground is shared out between places and their parts by rule."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.layers.cells import settlement_cells, site_cells, wedge
from tracker.layers.extents import Tier, footprint_m, reach_m, tier_of, yields_to_parent
from tracker.layers.parts import Anatomy, normal_part
from tracker.layers.plane import GRID_M, Plane
from tracker.model import Place


def place(feature: str, **fields) -> Place:
    return Place(place_id="x", name="X", lon=0.0, lat=0.0, feature=feature, **fields)


@pytest.mark.parametrize(
    ("feature", "tier"),
    [
        ("PPL", Tier.SETTLEMENT),
        ("PPLA", Tier.SETTLEMENT),
        ("PPLX", Tier.SITE),
        ("AIRB", Tier.SITE),
        ("ADM1", Tier.AREA),
    ],
)
def test_a_kind_of_place_has_its_tier(feature: str, tier: Tier) -> None:
    assert tier_of(place(feature)) is tier


def test_a_towns_footprint_is_the_disc_that_holds_its_people() -> None:
    # 60,000 at 6,000 a km² are 10 km²: a radius of sqrt(10 / pi) km
    assert footprint_m(place("PPL", population=60_000)) == pytest.approx(1000 * math.sqrt(10 / math.pi))


def test_a_known_radius_beats_the_kind() -> None:
    assert footprint_m(place("AIRB", radius_m=900.0)) == 900.0


def test_better_evidence_reaches_further_but_a_base_never_past_its_fence() -> None:
    assert reach_m(place("PPL"), 1.0) == 2 * reach_m(place("PPL"), 0.0)
    assert reach_m(place("MILB"), 1.0) == footprint_m(place("MILB"))


def test_a_quarter_shows_its_town_but_a_base_stays_blank() -> None:
    assert yields_to_parent(place("PPLX"))
    assert not yields_to_parent(place("MILB"))


def test_two_villages_meet_half_way() -> None:
    xy = np.array([[0.0, 0.0], [6000.0, 0.0]])
    west, east = settlement_cells(xy, np.full(2, 500.0), np.full(2, 5000.0))
    assert west.bounds[2] == pytest.approx(3000)
    assert east.bounds[0] == pytest.approx(3000)
    assert west.area == pytest.approx(east.area, rel=1e-3)


def test_a_village_does_not_halve_the_city_beside_it() -> None:
    # the city's footprint ends at 6 km, the village stands at 8 km: plain Voronoi would cut the city at 4 km
    xy = np.array([[0.0, 0.0], [8000.0, 0.0]])
    city, village = settlement_cells(xy, np.array([6000.0, 800.0]), np.array([16000.0, 7000.0]))
    assert city.contains(shapely.Point(5500, 0))
    assert village.contains(shapely.Point(7500, 0))
    assert city.intersection(village).area < 1


def test_three_places_on_one_point_get_a_third_each() -> None:
    cells = settlement_cells(np.zeros((3, 2)), np.full(3, 500.0), np.full(3, 5000.0))
    areas = [c.area for c in cells]
    assert min(areas) == pytest.approx(max(areas), rel=0.02)
    assert shapely.union_all(cells).area == pytest.approx(sum(areas))


def test_a_base_on_the_very_point_of_a_town_leaves_the_town_its_rim() -> None:
    (base,) = site_cells(np.zeros((1, 2)), np.array([3000.0]), np.zeros((1, 2)), np.array([2000.0]))
    assert base.bounds[2] == pytest.approx(1000)


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=25),
    st.integers(0, 3),
)
@example(spots=[(0, 0)] * 5 + [(2, 1), (10, 4), (12, 10)], seed=1)
@settings(max_examples=60, deadline=None)
def test_cells_never_overlap_and_none_is_empty(spots, seed) -> None:
    xy = np.array(spots, dtype=float) * 1000
    rng = np.random.default_rng(seed)
    prints = rng.choice([800.0, 2500.0, 6000.0], len(xy))
    cells = settlement_cells(xy, prints, prints * 2)
    assert not any(c.is_empty for c in cells)
    # to the millimetre: GEOS 3.14 may lose a piece where edges all but lie on each other
    assert shapely.union_all(cells, grid_size=0.001).area == pytest.approx(sum(c.area for c in cells), rel=1e-6)


def test_a_wedge_to_the_east_lies_east() -> None:
    assert wedge(np.zeros(2), 10.0, 45.0, 135.0).contains(shapely.Point(5, 0))


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("northern", "north"), ("North-East", "northeast"), ("south western", "southwest"), ("city", "city"),
        ("center", "centre"), ("west bank", "west"), ("eastern half", "east"), ("outskirts", "outskirts"),
        ("parts", "parts"),
    ],
)  # fmt: skip
def test_words_for_parts_have_one_name(said: str, part: str) -> None:
    assert normal_part(said) == part


def test_the_north_alone_is_a_half_and_beside_the_east_gives_way_at_northeast() -> None:
    anatomy = Anatomy.of({"north", "east"})
    at = anatomy.part_at
    assert at(80, 0.5, (), {"north"}) == "north"
    assert at(80, 0.5, (), {"north", "east"}) == "east"
    assert at(40, 0.5, (), {"north", "east"}) == "north"
    assert at(200, 0.5, (), {"north", "east"}) is None


def test_the_centre_comes_before_the_compass() -> None:
    anatomy = Anatomy.of({"north", "centre", "outskirts"})
    named = {"north", "centre", "outskirts"}
    assert [anatomy.part_at(0, share, (), named) for share in (0.2, 0.6, 0.9, 1.1)] == [
        "centre", "north", "outskirts", None,
    ]  # fmt: skip


def test_unlocated_parts_take_the_stated_share_all_around() -> None:
    anatomy = Anatomy.of({"parts"}, shares={"parts": 0.4})
    hits = [anatomy.part_at(d / 10, 0.5, (), {"parts"}) for d in range(3600)]
    assert hits.count("parts") / 3600 == pytest.approx(0.4, abs=0.01)
    assert all("parts" in hits[k : k + 900] for k in range(0, 3600, 900))


@given(
    st.sets(
        st.sampled_from(["north", "south", "east", "west", "northeast", "southwest", "centre", "parts", "Q1", "Q2"])
    )
)
@settings(deadline=None)
def test_every_part_that_is_named_has_ground(named) -> None:
    anatomy = Anatomy.of(named)
    got = {anatomy.part_at(d / 4 + 0.01, share, (), named) for d in range(1440) for share in (0.3, 0.6, 0.9)}
    assert named <= got


@given(
    st.sets(st.sampled_from(["north", "south", "east", "northwest", "southeast", "parts", "Q"]), min_size=1), st.data()
)
@settings(deadline=None)
def test_parts_change_only_at_the_directions_given(named, data) -> None:
    anatomy = Anatomy.of(named)
    turns = anatomy.directions()
    today = data.draw(st.sets(st.sampled_from(sorted(named))))
    for start, stop in zip(turns, [*turns[1:], turns[0] + 360], strict=True):
        inside = {anatomy.part_at((start + (stop - start) * k / 7) % 360, 0.6, (), today) for k in range(1, 7)}
        assert len(inside) == 1


@pytest.mark.parametrize(("lon", "lat"), [(35.0, 48.0), (179.0, -17.0), (20.0, 84.0), (-120.0, -40.0)])
def test_ground_cut_to_what_is_of_interest_is_the_same_there(lon, lat) -> None:
    rng = np.random.default_rng(3)
    turns = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    reach = 4 + rng.random(400)
    rim = np.column_stack([lon + reach * np.cos(turns), np.clip(lat + reach * np.sin(turns), -90, 90)])
    land = shapely.box(-180, -90, 180, 90).intersection(shapely.Polygon(rim).buffer(0.01))
    islands = shapely.MultiPolygon([land, shapely.box(lon - 30, lat - 30, lon - 29, lat - 29)])
    plane = Plane(lon, lat)
    here = shapely.box(-500_000, -20_000, 60_000, 500_000)
    whole, cut = (plane.polygons(islands, within).intersection(here) for within in (None, here))
    assert whole.area > 0
    assert (
        whole.symmetric_difference(cut).area <= whole.length * GRID_M
    )  # several polygons are snapped, a lone one is not
