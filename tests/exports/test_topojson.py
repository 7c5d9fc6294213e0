"""TopoJSON: the same shapes from fewer points."""

import dataclasses
import json

import pyogrio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.exports import write_geojson, write_topojson


def decoded(path):
    """Return the areas of a file as shapes, worked out from the specification alone."""
    told = json.loads(path.read_text(encoding="utf-8"))
    (kx, ky), (tx, ty) = told["transform"]["scale"], told["transform"]["translate"]
    arcs = []
    for arc in told["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(x * kx + tx, 6), round(y * ky + ty, 6)))
        arcs.append(points)

    def ring(numbers):
        points = []
        for n in numbers:
            arc = arcs[n] if n >= 0 else arcs[~n][::-1]
            points += arc[1:] if points else arc
        return points

    shapes = {}
    for geometry in told["objects"]["areas"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        shapes[geometry["id"]] = shapely.MultiPolygon(
            [shapely.Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]]) for rings in polygons]
        )
    return told, shapes


def squares(layer, boxes):
    """Return the layer with one square for each box, in place of its own shapes."""
    first = layer.features[0]
    features = tuple(
        dataclasses.replace(first, place_id=f"p{n}", geometry=shapely.box(*box)) for n, box in enumerate(boxes)
    )
    return dataclasses.replace(layer, features=features, lines=())


def test_shapes_are_those_of_the_geojson(layer, tmp_path):
    _, shapes = decoded(write_topojson(layer, tmp_path / "x.topojson"))
    told = json.loads(write_geojson(layer, tmp_path / "x.geojson").read_text(encoding="utf-8"))
    assert len(shapes) == len(told["features"])
    for feature in told["features"]:
        assert shapes[feature["id"]].equals(shapely.geometry.shape(feature["geometry"]))
        assert shapes[feature["id"]].is_valid


def test_the_border_of_two_neighbours_stands_once(layer, tmp_path):
    told, _ = decoded(write_topojson(squares(layer, [(0, 0, 1, 1), (1, 0, 2, 1)]), tmp_path / "x.topojson"))
    assert len(told["arcs"]) == 3  # what each has alone, and the line between them
    used = [n for g in told["objects"]["areas"]["geometries"] for ring in g["arcs"] for n in ring]
    assert sorted(n if n >= 0 else ~n for n in used).count(used[0] if used[0] >= 0 else ~used[0]) in (1, 2)
    assert any(n < 0 for n in used)


def test_the_same_ground_on_two_days_is_one_arc(layer, tmp_path):
    told, _ = decoded(write_topojson(squares(layer, [(0, 0, 1, 1), (0, 0, 1, 1)]), tmp_path / "x.topojson"))
    assert len(told["arcs"]) == 1


def test_gdal_reads_areas_and_lines(layer, tmp_path):
    path = write_topojson(layer, tmp_path / "x.topojson")
    assert {name for name, _ in pyogrio.list_layers(path)} == {"areas", "lines"}
    assert pyogrio.read_info(path, layer="lines")["features"] == len(layer.lines)


def test_a_layer_without_features_is_still_a_topology(layer, tmp_path):
    told, shapes = decoded(write_topojson(squares(layer, []), tmp_path / "x.topojson"))
    assert (told["arcs"], shapes) == ([], {})


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
def test_any_ground_made_of_squares_comes_back(layer, tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("t") / "x.topojson"
    whole = shapely.union_all([shapely.box(x, y, x + 1, y + 1) for x, y in cells])
    rest = shapely.box(-1, -1, 6, 6).difference(whole)
    first = layer.features[0]
    features = (dataclasses.replace(first, place_id="a", geometry=whole), dataclasses.replace(first, geometry=rest))
    write_topojson(dataclasses.replace(layer, features=features, lines=()), path)
    _, shapes = decoded(path)
    one, other = shapes.values()
    assert one.equals(whole)
    assert other.equals(rest)
