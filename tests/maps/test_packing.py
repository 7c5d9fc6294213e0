"""What the page unpacks is what was packed."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box

from tracker.errors import InputError
from tracker.maps.safe import escaped, hex_colour, script_json, visible_text, web_link
from tracker.maps.shapes import ShapeTable, lon_shift
from tracker.maps.spans import Numbers, look_of, packed_units, units_of
from tracker.maps.varints import pack_signed, pack_unsigned


def unpack(text):
    """Read LEB128 as the page's script does."""
    values, value, factor = [], 0, 1
    for byte in base64.b64decode(text):
        value += (byte & 127) * factor
        factor *= 128
        if byte < 128:
            values.append(value)
            value, factor = 0, 1
    return values


def signed(values):
    return [-(value + 1) // 2 if value % 2 else value // 2 for value in values]


def rings_of(table):
    """Rings per shape, in degrees, from a packed table."""
    xy = np.array(signed(unpack(table["xy"])), dtype=float).reshape(-1, 2).cumsum(axis=0) * table["step"]
    sizes, rings, at, shapes = iter(unpack(table["sizes"])), unpack(table["rings"]), 0, []
    for count in rings:
        shape = []
        for _ in range(count):
            size = next(sizes)
            shape.append(xy[at : at + size])
            at += size
        shapes.append(shape)
    return shapes


@given(st.lists(st.integers(0, 2**52)))
def test_unsigned_numbers_come_back(values) -> None:
    assert unpack(pack_unsigned(values)) == values


@given(st.lists(st.integers(-(2**51), 2**51)))
def test_signed_numbers_come_back(values) -> None:
    assert signed(unpack(pack_signed(values))) == values


def test_a_negative_number_is_refused_as_unsigned() -> None:
    with pytest.raises(ValueError, match="negative"):
        pack_unsigned([-1])


@given(
    st.lists(
        st.tuples(st.floats(-179, 178), st.floats(-84, 83), st.floats(0.01, 1), st.floats(0.01, 1)),
        min_size=1,
        max_size=8,
    )
)
def test_shapes_come_back_on_the_grid(corners) -> None:
    table = ShapeTable()
    shapes = [box(x, y, x + w, y + h) for x, y, w, h in corners]
    numbers = [table.add(shape, "it") for shape in shapes]
    packed = table.packed()
    back = rings_of(packed)
    for shape, number in zip(shapes, numbers, strict=True):
        (ring,) = back[number]
        assert shapely.hausdorff_distance(Polygon(ring), shape) <= packed["step"]


def test_equal_shapes_are_sent_once_and_a_hole_runs_the_other_way() -> None:
    table = ShapeTable()
    holed = Polygon(box(0, 0, 4, 4).exterior, [box(1, 1, 2, 2).exterior])
    numbers = [table.add(shape, "it") for shape in (holed, box(8, 8, 9, 9), Polygon(holed.exterior, holed.interiors))]
    assert numbers == [0, 1, 0]
    (shell, hole), _ = rings_of(table.packed())
    assert [shapely.linearrings(ring).is_ccw for ring in (shell, hole)] == [True, False]


def test_pieces_lines_points_and_empty_shapes_keep_their_places() -> None:
    table = ShapeTable()
    for shape in (
        Polygon(),
        MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)]),
        Point(5, 5),
        LineString([(0, 0), (1, 2), (3, 3)]),
        None,
    ):
        table.add(shape, "it")
    assert [len(shape) for shape in rings_of(table.packed())] == [0, 2, 0, 1]  # None is the empty polygon again
    assert rings_of(table.packed())[3][0].round(9).tolist() == [[0, 0], [1, 2], [3, 3]]


def test_neighbours_keep_their_shared_vertices() -> None:
    points = np.random.default_rng(3).uniform([36, 33], [42, 37], (50, 2))
    table = ShapeTable()
    for cell in shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points))):
        table.add(cell, "a cell")
    vertices = [
        tuple(vertex) for shape in rings_of(table.packed()) for ring in shape for vertex in ring.round(6).tolist()
    ]
    shared = sum(vertices.count(vertex) >= 3 for vertex in set(vertices))
    assert shared > 80  # of a Voronoi diagram's inner corners, each belongs to three cells


@pytest.mark.parametrize("shape", [box(0, 0, 1, 91), box(0, 0, 400, 1), LineString([(0, 0), (float("inf"), 1)])])
def test_coordinates_off_the_globe_are_refused_by_name(shape) -> None:
    with pytest.raises(InputError, match="the geometry of Raqqa"):
        ShapeTable().add(shape, "Raqqa")


def test_only_a_region_across_the_antimeridian_is_moved() -> None:
    assert lon_shift([(170.0, 0.0), (-170.0, 0.0)]) == 360.0
    assert lon_shift([(-120.0, 0.0), (30.0, 0.0)]) == 0.0
    assert lon_shift([]) == 0.0


def test_spans_of_a_place_follow_each_other(samples) -> None:
    # Raqqa: open start to 6 June 2017, to 17 October, then open; counted from 1 May 2017 (day 17287).
    rows = [f for f in samples.eastern_syria().features if f.name == "Raqqa"]
    looks = Numbers()
    packed = packed_units(units_of((row, 0, 0) for row in rows), looks, Numbers(), 17287)
    june, october = 17323, 17456
    values = unpack(packed["spans"])
    assert values[0] == 3
    assert values[1:] == [0, june - 17286 + 1, 0, 0, october - june + 1, 1, 0, 0, 2]
    assert [look[0] for look in looks.values] == [0, 1, 0]


def test_a_look_holds_siege_and_fraction(samples) -> None:
    actors = Numbers()
    row = samples.feature(
        "gn:172955",
        geometry=box(0, 0, 1, 1),
        status="contested",
        sides=("sdf", "is"),
        fraction=(0.5, 1.0),
        besieged=True,
        besieged_by="is",
    )
    assert look_of(row, actors) == (1, -1, (0, 1), 3, 8, 0.5, 1.0)
    assert actors.values == ["sdf", "is"]


@given(st.text())
def test_no_text_ends_a_data_block(text) -> None:
    packed = script_json({"quote": text})
    assert not set("<>&\u2028\u2029") & set(packed)
    back = json.loads(packed)["quote"]
    assert back == text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") or "\ufffd" in back


@given(st.text())
def test_no_text_leaves_its_attribute(text) -> None:
    assert not set("<>\"'") & set(escaped(text))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.org",
        "https://",
        "https://a@b.org/",
        "ftp://x.org",
        "https://x.org/ y",
        "https://[x",
        "",
        None,
    ],
)
def test_a_link_that_is_no_plain_web_address_is_dropped(url) -> None:
    assert web_link(url) is None


def test_controls_are_shown_and_marks_of_direction_kept() -> None:
    assert visible_text("a\u202eb\u200fc\x00\ud800") == "a[U+202E]b\u200fc\ufffd\ufffd"
    assert hex_colour("#12345", "#777777") == "#777777"
