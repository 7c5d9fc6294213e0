"""On every day each state has its ground, no two share any, and the day is a slice of the span."""

import datetime as dt
import itertools

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import OverlappingStatesError, UsageError
from tracker.layers import LayerMethod, build_layer, layer_dates, lines_to_frame, to_frame
from tracker.layers.areas import geodesic_km2
from tracker.model import Modality


def nothing(_place):
    return None


def build(land, states, *places, **options):
    options["method"] = LayerMethod(outline=options.pop("outline", nothing), **options.pop("ground", {}))
    claims = options.pop("claims", [])
    return build_layer(states, claims, land.atlas(*places), actors=land.actors, **options)


def overlap_km2(features) -> float:
    shapes = [f.geometry for f in features]
    return sum(geodesic_km2(a.intersection(b)) for a, b in itertools.combinations(shapes, 2) if a.intersects(b))


def shares_edges_exactly(shapes) -> bool:
    """
    Return whether every edge bounds one shape or is run once each way by two.

    GEOS 3.14's `coverage_is_valid` gives a false alarm where a hole touches its own shell at
    a corner that a neighbour has too; this tells such an alarm from a fault. Together
    with no overlap it means a coverage.
    """
    runs: dict[tuple, int] = {}
    for ring in shapely.get_rings(shapely.get_parts(shapely.orient_polygons(shapes))):
        corners = [tuple(c) for c in shapely.get_coordinates(ring)]
        for edge in itertools.pairwise(corners):
            runs[edge] = runs.get(edge, 0) + 1
    return max(runs.values(), default=1) == 1


def at(layer, on):
    return [f for f in layer.features if (f.start or dt.date.min) <= on < (f.end or dt.date.max)]


def test_a_lone_village_is_a_disc_of_its_reach(land) -> None:
    layer = build(land, [land.state("dolna", start="2017-01-01")], land.place("dolna", 40.0, 35.0))
    (feature,) = layer.features
    # reach 10 km: a disc of pi * 100 km², with 64 corners 0.16 % less
    assert feature.area_km2 == pytest.approx(314.2 * 0.9984, rel=0.002)
    assert feature.holder_name == "The Reds"
    assert (feature.start, feature.end, feature.on) == (dt.date(2017, 1, 1), None, None)
    assert feature.geometry.exterior.is_ccw


def test_no_states_make_an_empty_layer(land) -> None:
    layer = build(land, [])
    assert (layer.features, layer.lines, layer.start, layer.end) == ((), (), None, None)
    assert len(to_frame(layer)) == 0
    assert str(to_frame(layer)["end"].dtype) == "datetime64[ms, UTC]"


def test_a_day_without_states_is_blank(land) -> None:
    states = [land.state("dolna", start="2017-01-01", end="2017-02-01")]
    layer = build(land, states, land.place("dolna", 40.0, 35.0), on=dt.date(2017, 2, 1))
    assert layer.features == ()
    assert layer.start == layer.end == dt.date(2017, 2, 1)


def test_a_region_that_misses_every_place_leaves_nothing(land) -> None:
    far = shapely.box(0, 0, 1, 1)
    assert build(land, [land.state("dolna")], land.place("dolna", 40.0, 35.0), region=far).features == ()


def test_a_region_cuts_cells_at_its_edge(land) -> None:
    layer = build(land, [land.state("dolna")], land.place("dolna", 40.0, 35.0), region=shapely.box(40, 34, 41, 36))
    (feature,) = layer.features
    assert feature.geometry.bounds[0] == pytest.approx(40.0, abs=1e-4)
    assert feature.area_km2 == pytest.approx(314.2 / 2, rel=0.01)


def test_a_bow_tie_region_is_mended_to_both_its_wings(land) -> None:
    bow = shapely.Polygon([(39.8, 34.8), (40.2, 35.2), (40.2, 34.8), (39.8, 35.2)])
    (feature,) = build(land, [land.state("dolna")], land.place("dolna", 40.0, 35.0), region=bow).features
    assert feature.geometry.is_valid
    # a degree is 91.3 km of longitude and 110.9 of latitude here: each wing opens by 2 * atan(110.9 / 91.3) = 101.1°
    assert feature.area_km2 == pytest.approx(314.2 * 2 * 101.1 / 360, rel=0.01)


def test_the_whole_world_as_region_cuts_nothing(land) -> None:
    places = [land.place("dolna", 40.0, 35.0), land.place("edge", 179.99, 60.0), land.place("pole", 0.0, 89.99)]
    states = [land.state(p.place_id) for p in places]
    plain, clipped = (build(land, states, *places, region=r) for r in (None, shapely.box(-180, -90, 180, 90)))
    for a, b in zip(plain.features, clipped.features, strict=True):
        assert b.area_km2 == pytest.approx(a.area_km2, rel=1e-4)
        assert b.geometry.is_valid


@pytest.mark.parametrize("region", [shapely.Polygon(), shapely.Point(40, 35), shapely.box(0, 0, 500_000, 4_000_000)])
def test_what_is_no_region_in_degrees_is_refused(land, region) -> None:
    with pytest.raises(UsageError, match="region"):
        build(land, [land.state("dolna")], land.place("dolna", 40.0, 35.0), region=region)


def test_two_states_on_one_day_are_refused(land) -> None:
    states = [land.state("dolna", start="2017-01-01"), land.state("dolna", "blues", start="2017-03-01")]
    with pytest.raises(OverlappingStatesError):
        build(land, states, land.place("dolna", 40.0, 35.0))


def test_a_handover_keeps_the_ground(land) -> None:
    states = [
        land.state("dolna", "reds", "2017-01-01", "2017-05-01"),
        land.state("dolna", "blues", "2017-05-01"),
    ]
    before, after = build(land, states, land.place("dolna", 40.0, 35.0)).features
    assert before.geometry is after.geometry
    assert (before.end, after.start) == (dt.date(2017, 5, 1), dt.date(2017, 5, 1))


def test_the_north_is_cut_out_of_the_whole_from_its_day_on(land) -> None:
    states = [
        land.state("town", None, "2017-01-01", status="contested", sides=("reds", "blues")),
        land.state("town", "reds", "2017-03-01", part="north"),
    ]
    layer = build(land, states, land.place("town", 40.0, 35.0, population=60_000))
    whole, rest, north = layer.features
    assert (whole.part, rest.part, north.part) == (None, None, "north")
    assert (whole.end, rest.start) == (dt.date(2017, 3, 1), dt.date(2017, 3, 1))
    assert north.area_km2 == pytest.approx(5.0, rel=0.01)  # half of a footprint of 10 km²
    # Fighting in a town is drawn to one and a half footprints; beside a part that is told apart, in the town alone.
    assert whole.area_km2 == pytest.approx(10.0 * 1.5**2, rel=0.01)
    assert rest.area_km2 == pytest.approx(5.0, rel=0.01)
    assert north.geometry.centroid.y > 35.0
    assert whole.holder_name == "The Reds / The Blues"


def test_what_is_said_of_a_town_whose_parts_take_all_of_it_shows_as_a_ring_around_them(land) -> None:
    states = [
        land.state("town", None, status="contested", sides=("reds", "blues")),
        land.state("town", "reds", part="north"),
        land.state("town", "blues", part="south"),
    ]
    ring, north, south = build(land, states, land.place("town", 40.0, 35.0, population=60_000)).features
    assert (ring.status, ring.part) == ("contested", None)
    assert north.area_km2 + south.area_km2 == pytest.approx(10.0, rel=0.01)  # the footprint
    assert ring.area_km2 == pytest.approx(10.0 * (1.5**2 - 1), rel=0.02)


def test_fighting_inside_a_town_says_nothing_of_the_country_around_it(land) -> None:
    states = [
        land.state("town", "reds", "2016-01-01", "2017-01-01"),
        land.state("town", None, "2017-01-01", status="contested", sides=("reds", "blues")),
    ]
    held, contested = build(land, states, land.place("town", 40.0, 35.0, population=60_000)).features
    assert held.area_km2 == pytest.approx(804.2 * 0.9984, rel=0.002)  # a town of 60,000 reaches 16 km
    assert contested.area_km2 == pytest.approx(10.0 * 1.5**2, rel=0.01)  # a footprint of 10 km², half as far again


def test_a_quarter_with_a_state_is_carved_out_of_its_town_and_given_back(land) -> None:
    town = land.place("town", 40.0, 35.0, population=200_000)
    quarter = land.place("quarter", 40.015, 35.01, "PPLX", parent="town")
    states = [land.state("town", start="2016-01-01"), land.state("quarter", "blues", "2017-01-01", "2017-02-01")]
    layer = build(land, states, town, quarter)
    carved, *whole = layer.features
    assert carved.place_id == "quarter"
    areas = [f.area_km2 for f in whole]
    assert areas[0] == pytest.approx(areas[2])
    assert areas[1] == pytest.approx(areas[0] - carved.area_km2)


def test_a_base_never_shows_the_colour_of_the_town_around_it(land) -> None:
    town = land.place("town", 40.0, 35.0, population=200_000)
    base = land.place("base", 40.05, 35.0, "MILB", parent="town")
    states = [land.state("town", start="2016-01-01"), land.state("base", "blues", "2017-01-01")]
    (own,) = build(land, states, town, base, on=dt.date(2016, 6, 1)).features
    assert own.place_id == "town"
    assert not own.geometry.contains(shapely.Point(40.05, 35.0))


def test_a_quarter_named_as_a_part_stands_where_the_gazetteer_has_it(land) -> None:
    town = land.place("town", 40.0, 35.0, population=500_000)
    quarter = land.place("old-quarter", 40.02, 35.0, "PPLX", parent="town", radius_m=600.0)
    states = [land.state("town"), land.state("town", "blues", part="Old-Quarter")]
    whole, part = build(land, states, town, quarter).features
    assert part.geometry.contains(shapely.Point(40.02, 35.0))
    assert part.area_km2 == pytest.approx(1.13, rel=0.02)
    assert not whole.geometry.contains(shapely.Point(40.02, 35.0))


def test_a_province_gives_way_to_towns_with_states_of_their_own(land) -> None:
    province = land.place("province", 40.0, 35.0, "ADM1")
    town = land.place("town", 40.2, 35.2)
    shape = shapely.box(39.5, 34.5, 40.5, 35.5)
    states = [land.state("province", "blues", "2016-01-01"), land.state("town", "reds", "2017-01-01")]
    layer = build(land, states, province, town, outline=lambda _: shape)
    whole, rest, own = layer.features
    assert whole.area_km2 == pytest.approx(geodesic_km2(shape), rel=1e-3)
    assert whole.area_km2 == pytest.approx(rest.area_km2 + own.area_km2)


def test_an_unknown_province_stays_blank(land) -> None:
    province = land.place("province", 40.0, 35.0, "ADM1")
    layer = build(land, [land.state("province", None)], province, outline=lambda _: shapely.box(39, 34, 41, 36))
    assert layer.features == ()


def test_a_district_is_carved_out_of_its_province(land) -> None:
    province, district = land.place("province", 40.0, 35.0, "ADM1"), land.place("district", 40.2, 35.2, "ADM2")
    shapes = {"province": shapely.box(39, 34, 41, 36), "district": shapely.box(40, 35, 41, 36)}
    layer = build(
        land, [land.state("province"), land.state("district", "blues")], province, district,
        outline=lambda p: shapes[p.place_id],
    )  # fmt: skip
    inner, outer = layer.features
    assert inner.area_km2 == pytest.approx(geodesic_km2(shapes["district"]), rel=1e-3)
    assert outer.area_km2 == pytest.approx(geodesic_km2(shapes["province"]) * 3 / 4, rel=0.02)


def test_the_siege_of_the_south_is_an_arc_in_the_south(land) -> None:
    states = [
        land.state("town", None, status="contested", sides=("reds", "blues")),
        land.state("town", part="north"),
        land.state("town", part="south", besieged=True, besieger="blues"),
    ]
    layer = build(land, states, land.place("town", 40.0, 35.0, population=60_000))
    (line,) = layer.lines
    assert (line.kind, line.actor, line.actor_name, line.target) == ("siege", "blues", "The Blues", "reds")
    assert line.geometry.bounds[3] == pytest.approx(35.0, abs=1e-5)
    assert line.geometry.coords[0][0] < line.geometry.coords[-1][0]  # from west by south to east: anticlockwise


def test_the_siege_of_a_whole_base_is_a_closed_ring(land) -> None:
    layer = build(land, [land.state("base", besieged=True, besieger="blues")], land.place("base", 40.0, 35.0, "AIRB"))
    (line,) = layer.lines
    assert line.geometry.is_ring
    assert shapely.LinearRing(line.geometry).is_ccw


def test_an_approach_is_an_arrow_from_the_bearing_that_was_said(land) -> None:
    claim = land.claim(
        "c-9", "town", "approaches", "blues", distance_m=15_000.0, bearing_deg=270.0, published=dt.date(2017, 1, 2)
    )
    (line,) = build(land, [land.state("town")], land.place("town", 40.0, 35.0), claims=[claim]).lines
    tail, head = line.geometry.coords
    assert tail[0] == pytest.approx(40 - 15 / 91.3, abs=0.001)  # a degree of longitude at 35° is 91.3 km
    assert tail[0] < head[0] < 40
    assert (line.start, line.end) == (dt.date(2017, 1, 2), dt.date(2017, 1, 16))
    assert (line.actor_name, line.target, line.distance_m) == ("The Blues", "reds", 15_000.0)


def test_an_approach_from_nowhere_known_is_not_drawn_and_from_the_nearest_held_place_is(land) -> None:
    claim = land.claim("c-9", "town", "approaches", "blues")
    town, camp = land.place("town", 40.0, 35.0), land.place("camp", 40.0, 35.5)
    assert build(land, [land.state("town")], town, claims=[claim]).lines == ()
    (line,) = build(land, [land.state("town"), land.state("camp", "blues")], town, camp, claims=[claim]).lines
    assert line.geometry.coords[0][1] > line.geometry.coords[1][1] > 35.0


@pytest.mark.parametrize(
    "parts", [("northeast", "southwest"), ("parts", "north", "Lost Quarter"), ("centre", "outskirts", "west", "parts")]
)
def test_a_town_in_parts_is_a_coverage(land, parts) -> None:
    states = [land.state("town"), *(land.state("town", "blues", part=part) for part in parts)]
    layer = build(land, states, land.place("town", 40.0, 35.0, population=60_000))
    assert len(layer.features) == len(states)
    assert shapely.coverage_is_valid([f.geometry for f in layer.features])


def test_quotes_stand_for_against_and_beside(land) -> None:
    claims = [
        land.claim("c-1", "town"),
        land.claim("c-2", "town", actor="blues"),
        land.claim("c-3", "town", "gains", "blues", modality=Modality.UNREAL),
        land.claim("c-4", "town", published=dt.date(2018, 1, 1)),
    ]
    state = land.state("town", claim_ids=("c-1", "c-4"), against_ids=("c-2",))
    (feature,) = build(land, [state], land.place("town", 40, 35), claims=claims, known_by=dt.date(2017, 6, 1)).features
    assert [(q.claim_id, q.stance) for q in feature.claims] == [("c-1", "for"), ("c-2", "against"), ("c-3", "unreal")]


def test_the_days_of_change_are_the_ends_of_states(land) -> None:
    states = [land.state("a", start="2017-01-01", end="2017-02-01"), land.state("b", start="2017-02-01")]
    assert layer_dates(states) == [dt.date(2017, 1, 1), dt.date(2017, 2, 1)]


def test_a_cell_across_the_antimeridian_has_two_halves_of_its_disc(land) -> None:
    layer = build(land, [land.state("wrangel")], land.place("wrangel", 179.99, 60.0))
    (feature,) = layer.features
    assert feature.geometry.geom_type == "MultiPolygon"
    assert feature.geometry.is_valid
    west, east = sorted(part.bounds for part in feature.geometry.geoms)
    assert west[0] == -180.0
    assert east[2] == 180.0
    assert east[0] > 179.8
    assert feature.area_km2 == pytest.approx(314.2, rel=0.005)


@pytest.mark.parametrize("lat", [90.0, -90.0, 89.99, -89.97])
def test_a_cell_at_a_pole_is_whole(land, lat) -> None:
    layer = build(land, [land.state("station")], land.place("station", 30.0, lat))
    (feature,) = layer.features
    assert feature.geometry.is_valid
    assert feature.geometry.bounds[0] == -180.0
    assert feature.geometry.bounds[2] == 180.0
    assert feature.area_km2 == pytest.approx(314.2, rel=0.01)


def test_places_all_over_the_globe_each_get_their_disc(land) -> None:
    spots = [(0, 0), (90, 45), (-120, -30), (179.99, -17), (10, 89.99), (0.05, 0.0)]
    places = [land.place(f"p{k}", lon, lat) for k, (lon, lat) in enumerate(spots)]
    layer = build(land, [land.state(p.place_id) for p in places], *places)
    assert len(layer.features) == 6
    assert overlap_km2(layer.features) < 1e-6
    for k in (1, 2, 3, 4):
        assert layer.features[k].area_km2 == pytest.approx(314.2, rel=0.01)


def test_frames_hold_utc_days_and_json(land) -> None:
    states = [land.state("base", start="2017-01-01", besieged=True, besieger="blues")]
    layer = build(land, states, land.place("base", 40.0, 35.0, "AIRB"), claims=[land.claim("c-1", "base")])
    frame, lines = to_frame(layer), lines_to_frame(layer)
    assert frame.crs.to_epsg() == 4326
    assert frame["start"][0].isoformat() == "2017-01-01T00:00:00+00:00"
    assert frame["end"].isna().all()
    assert '"quote":"c-1 says so."' in frame["claims"][0]
    assert frame["part"][0] is None
    assert lines["kind"].tolist() == ["siege"]


PARTS = st.sampled_from([None, None, "north", "south", "eastern", "centre", "outskirts", "parts", "Some Quarter"])
KINDS = st.sampled_from(["PPL", "PPL", "PPLA", "PPLX", "MILB", "ADM1"])


@st.composite
def countries(draw):
    count = draw(st.integers(1, 7))
    spots = [(draw(st.integers(0, 8)) / 20, draw(st.integers(0, 8)) / 20) for _ in range(count)]
    kinds = [draw(KINDS) for _ in range(count)]
    told = []
    for k in range(count):
        for part in draw(st.sets(PARTS, min_size=1, max_size=4)):
            cut = sorted(draw(st.sets(st.integers(1, 28), min_size=1, max_size=3)))
            told += [(k, part, a, b) for a, b in zip(cut, [*cut[1:], None], strict=True)]
    return spots, kinds, told, draw(st.randoms(use_true_random=False))


@given(countries())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_day_is_a_coverage_and_the_order_of_states_does_not_matter(land, country) -> None:
    spots, kinds, told, random = country
    places = [land.place(f"p{k}", 40 + x, 35 + y, kinds[k], population=30_000 * k) for k, (x, y) in enumerate(spots)]
    month = [f"2017-01-{d:02}" for d in range(32)]
    states = [
        land.state(f"p{k}", random.choice(["reds", "blues"]), month[a], month[b] if b else None, part=part)
        for k, part, a, b in told
    ]
    options = {"outline": lambda p: shapely.box(39.9, 34.9, 40.2, 35.5), "region": shapely.box(39.8, 34.8, 40.35, 36)}
    layer = build(land, states, *places, **options)
    shuffled = random.sample(states, len(states))
    assert build(land, shuffled, *places, **options) == layer
    for on in layer_dates(states):
        features = at(layer, on)
        shapes = [f.geometry for f in features]
        assert shapely.coverage_is_valid(shapes) or shares_edges_exactly(shapes)
        assert all(shape.is_valid and not shape.is_empty for shape in shapes)
        assert overlap_km2(features) < 1e-6
        union = shapely.union_all(shapes)
        assert geodesic_km2(union) == pytest.approx(sum(f.area_km2 for f in features), rel=1e-6, abs=1e-6)
        keys = [(f.place_id, f.part) for f in features]
        assert len(keys) == len(set(keys))
    day = build(land, states, *places, on=on, **options)
    assert [(f.place_id, f.part, f.geometry) for f in day.features] == [
        (f.place_id, f.part, f.geometry) for f in features
    ]
