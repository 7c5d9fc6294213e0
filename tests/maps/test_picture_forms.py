"""Pictures use the page's forms and colours, start where the news starts, and name rivers along their course."""

import datetime as dt

import numpy as np
import pytest
from shapely.geometry import box

pytest.importorskip("matplotlib")

from tracker.maps.framing import first_shown
from tracker.maps.picture_ground import _ANGLES, _bands, outline_of, river_stretches
from tracker.maps.picture_style import LAND, Sides, standing_off
from tracker.model import Actor, Layer, Status


def test_shared_ground_has_level_bands_and_one_of_several_upright_ones() -> None:
    outline = outline_of(box(0, 0, 1, 1), 0.0)
    level, upright = (_bands(outline, _ANGLES[s], 0.2, 0.5, 0.5)[0] for s in (Status.SHARED, Status.ONE_OF))
    assert np.ptp(level[:, 0]) > np.ptp(level[:, 1])
    assert np.ptp(upright[:, 0]) < np.ptp(upright[:, 1])


def test_a_pale_side_is_darkened_until_it_stands_off_the_land(samples) -> None:
    pale = Actor(actor_id="pale", name="Pale", colour="#fff8c0")
    layer = Layer(on=None, known_by=None, start=None, end=None, features=())
    assert Sides({"pale": pale}, layer).colour("pale") == standing_off("#fff8c0") != "#fff8c0"
    assert standing_off(LAND) < LAND


def test_a_river_is_named_on_its_straight_stretches_alone() -> None:
    straight = np.array([[0.0, 0.0], [10.0, 0.0]])
    assert {(y, turn) for _, y, turn, _ in river_stretches(straight, 3.0)} == {(0.0, 0.0)}
    zigzag = np.array([[0.1 * k, float(k % 2)] for k in range(60)])
    assert list(river_stretches(zigzag, 3.0)) == []
    westward = list(river_stretches(np.array([[10.0, 0.0], [0.0, 0.0]]), 3.0))
    assert {turn for _, _, turn, _ in westward} == {0.0}  # never upside down


def test_films_start_where_the_news_starts(samples) -> None:
    assert first_shown(samples.eastern_syria()) == dt.date(2017, 5, 1)
    assert first_shown(Layer(on=None, known_by=None, start=None, end=None, features=())) is None
