"""Other ways to share out the ground give the same kind of layer."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import MissingToolError, UsageError
from tracker.layers import LayerMethod, build_layer
from tracker.layers import hexagons as hexagons_module
from tracker.layers.areas import geodesic_km2
from tracker.layers.shaping import shaped, without_fragments

UNITS = (shapely.box(39.5, 34.5, 40.5, 35.5), shapely.box(40.5, 34.5, 41.5, 35.5))


def nothing(_place):
    return None


def build(land, states, *places, region=None, **method):
    chosen = LayerMethod(outline=nothing, **method)
    return build_layer(states, [], land.atlas(*places), actors=land.actors, region=region, method=chosen)


def overlap_km2(features) -> float:
    pairs = itertools.combinations([f.geometry for f in features], 2)
    return sum(geodesic_km2(a.intersection(b)) for a, b in pairs if a.intersects(b))


def test_hexagons_cover_about_the_same_ground_as_cells(land) -> None:
    pytest.importorskip("h3")
    states, places = [land.state("a"), land.state("b", "blues")], [land.place("a", 40, 35), land.place("b", 40.1, 35)]
    plain = build(land, states, *places).features
    hexed = build(land, states, *places, kind="hexagons", resolution=8).features
    assert shapely.coverage_is_valid([f.geometry for f in hexed])
    for a, b in zip(plain, hexed, strict=True):
        assert b.area_km2 == pytest.approx(a.area_km2, rel=0.05)
        assert len(shapely.get_coordinates(b.geometry)) > 6


def test_a_contested_town_smaller_than_a_hexagon_has_the_hexagon_of_its_point(land) -> None:
    pytest.importorskip("h3")
    states = [land.state("town", None, status="contested", sides=("reds", "blues"))]
    (town,) = build(land, states, land.place("town", 40, 35), kind="hexagons", resolution=6).features
    assert town.area_km2 == pytest.approx(36, rel=0.4)
    assert town.geometry.contains(shapely.Point(40, 35))


def test_a_base_smaller_than_a_hexagon_is_seated_in_the_hexagon_of_its_point(land) -> None:
    pytest.importorskip("h3")
    states = [land.state("town"), land.state("base", "blues")]
    places = [land.place("town", 40, 35, population=300_000), land.place("base", 40.03, 35.0, "BLDG")]
    base, town = build(land, states, *places, kind="hexagons", resolution=6).features
    assert base.area_km2 == pytest.approx(36, rel=0.4)  # H3 cells of resolution 6 have 36 km² on average
    assert overlap_km2([base, town]) < 1e-6


def test_hexagons_across_the_antimeridian_are_whole(land) -> None:
    pytest.importorskip("h3")
    (feature,) = build(land, [land.state("a")], land.place("a", 179.99, 60.0), kind="hexagons", resolution=7).features
    assert feature.geometry.is_valid
    assert feature.area_km2 == pytest.approx(314.2, rel=0.15)
    assert (feature.geometry.bounds[0], feature.geometry.bounds[2]) == (-180.0, 180.0)


def test_hexagons_without_h3_name_the_extra(land, monkeypatch) -> None:
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(hexagons_module.importlib, "import_module", missing)
    with pytest.raises(MissingToolError, match="hexagons"):
        build(land, [land.state("a")], land.place("a", 40, 35), kind="hexagons")


def test_too_fine_hexagons_are_refused(land) -> None:
    pytest.importorskip("h3")
    with pytest.raises(UsageError, match="too fine"):
        build(land, [land.state("a")], land.place("a", 40, 35), kind="hexagons", resolution=13)


def test_the_chief_town_has_its_unit_and_the_village_its_footprint(land) -> None:
    states = [land.state("town"), land.state("village", "blues"), land.state("other", "blues")]
    places = [
        land.place("town", 40.0, 35.0, population=50_000),
        land.place("village", 40.3, 35.3),
        land.place("other", 41.0, 35.0),
    ]
    other, town, village = build(land, states, *places, kind="units", units=UNITS).features
    assert village.area_km2 == pytest.approx(3.14159 * 0.8**2, rel=0.01)
    assert town.area_km2 + village.area_km2 == pytest.approx(geodesic_km2(UNITS[0]), rel=1e-3)
    assert other.area_km2 == pytest.approx(geodesic_km2(UNITS[1]), rel=1e-3)
    assert shapely.coverage_is_valid([f.geometry for f in (other, town, village)])


def test_a_unit_without_a_state_stays_blank(land) -> None:
    (town,) = build(land, [land.state("town")], land.place("town", 40.0, 35.0), kind="units", units=UNITS).features
    assert not town.geometry.contains(shapely.Point(41, 35))


def test_smoothing_rounds_corners_and_keeps_the_coverage(land) -> None:
    places = [land.place(f"p{k}", 40 + (k % 4) / 12, 35 + (k // 4) / 14) for k in range(12)]
    states = [land.state(p.place_id, "reds" if n % 2 else "blues") for n, p in enumerate(places)]
    plain, smooth = build(land, states, *places), build(land, states, *places, smoothing=2, simplify_m=60.0)
    assert shapely.coverage_is_valid([f.geometry for f in smooth.features])
    assert len(smooth.features) == 12
    total = [sum(f.area_km2 for f in layer.features) for layer in (plain, smooth)]
    assert total[1] == pytest.approx(total[0], rel=0.02)
    assert plain.features[5].geometry != smooth.features[5].geometry


def test_the_border_of_the_region_is_not_smoothed(land) -> None:
    region = shapely.Polygon([(39, 34), (40.02, 34), (40.02, 35.02), (41, 35.02), (41, 36), (39, 36)])
    (feature,) = build(
        land, [land.state("a")], land.place("a", 40.0, 35.0), region=region, smoothing=3, simplify_m=100.0
    ).features
    corner = shapely.Point(40.02, 35.02)
    assert shapely.distance(shapely.points(shapely.get_coordinates(feature.geometry)), corner).min() < 2e-5


def test_a_detached_fragment_goes_to_its_neighbour() -> None:
    # A strip of four squares: place 0 owns the first and the third, place 1 the second and the fourth.
    faces = [shapely.box(k * 1000, 0, (k + 1) * 1000, 1000) for k in range(3)] + [shapely.box(3000, 0, 9000, 1000)]
    assert without_fragments(faces, [[0], [1], [0], [1]], 0.5) == [[0], [1], [0], [1]]
    assert without_fragments(faces, [[0], [1], [0], [1]], 2.0)[2] == [1]
    assert without_fragments([faces[0]], [[0]], 2.0) == [[0]]


def test_arcs_that_would_cross_are_left_as_they_are() -> None:
    # A needle inside a narrow notch: cutting the corners of both would make them meet.
    box = shapely.LinearRing([(0, 0), (4000, 0), (4000, 3000), (2010, 3000), (2000, 5), (1990, 3000), (0, 3000)])
    noded = shapely.union_all([box], grid_size=1.0)
    assert shapely.coverage_is_valid(shaped(noded, LayerMethod(smoothing=4), []))


@pytest.mark.parametrize(
    "wrong", [{"kind": "voronoi"}, {"kind": "units"}, {"resolution": 16}, {"smoothing": 9}, {"simplify_m": -1.0}]
)
def test_values_out_of_range_are_refused(wrong) -> None:
    with pytest.raises(UsageError):
        LayerMethod(**wrong)


PLACES = st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from(["PPL", "PPLX", "MILB"]))
METHODS = st.sampled_from(
    [
        {"kind": "hexagons"},
        {"kind": "units", "units": UNITS},
        {"smoothing": 2},
        {"simplify_m": 150.0},
        {"least_km2": 3.0},
    ]
)


@given(st.lists(PLACES, min_size=1, max_size=8), METHODS, st.booleans())
@settings(max_examples=40, deadline=None)
def test_every_method_makes_a_coverage_in_which_areas_add_up(land, spots, method, parts) -> None:
    pytest.importorskip("h3")
    places = [
        land.place(f"p{k}", 40.3 + x / 15, 35 + y / 15, kind, population=k * 20_000)
        for k, (x, y, kind) in enumerate(spots)
    ]
    states = [land.state(p.place_id, "reds") for p in places]
    states += [land.state(p.place_id, "blues", part="north") for p in places if parts]
    region = shapely.box(40.2, 34.8, 40.6, 35.3)
    features = build(land, states, *places, region=region, **method).features
    shapes = [f.geometry for f in features]
    assert all(shape.is_valid and not shape.is_empty for shape in shapes)
    assert overlap_km2(features) < 1e-6
    union = geodesic_km2(shapely.union_all(shapes)) if shapes else 0.0
    assert union == pytest.approx(sum(f.area_km2 for f in features), rel=1e-6, abs=1e-6)
    assert np.isfinite([f.area_km2 for f in features]).all()
