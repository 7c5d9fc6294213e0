import pytest
import shapely

from tracker.errors import UnknownPlaceError, UsageError
from tracker.places.outlines import Outlines


def test_syria_is_as_large_as_it_is() -> None:
    syria = Outlines.load().country("SY")
    assert syria.is_valid
    assert 18.0 < syria.area < 19.0  # 185,180 km² at 35°N: 18.3 square degrees


def test_deir_ez_zor_lies_in_its_governorate_and_crimea_in_ukraine() -> None:
    outlines = Outlines.load()
    assert outlines.admin1("gn:170792").contains(shapely.Point(40.14, 35.33))
    assert outlines.country_at(34.1, 44.95) == "UA"
    assert outlines.near_country("SY", 40.14, 35.33)
    assert not outlines.near_country("SY", 35.33, 40.14)


def test_what_has_no_outline_is_an_error() -> None:
    with pytest.raises(UsageError, match="XX"):
        Outlines.load().country("XX")
    with pytest.raises(UnknownPlaceError):
        Outlines.load().admin1("gn:1")


def test_base_shapes_stay_inside_the_bounds_and_name_the_euphrates() -> None:
    bounds = (38.0, 34.0, 41.5, 37.0)
    shapes = Outlines.load().base_shapes(bounds)
    assert {"land", "border", "admin1", "river"} <= {shape.kind for shape in shapes}
    assert ("river", "Euphrates") in {(shape.kind, shape.name) for shape in shapes}
    window = shapely.box(*bounds).buffer(1e-9)
    assert all(window.contains(shape.geometry) for shape in shapes)
