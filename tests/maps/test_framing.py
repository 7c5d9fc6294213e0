"""A page opens where and when most of the news is."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from tracker.maps import MapOptions
from tracker.maps.framing import main_bounds, main_start
from tracker.maps.payload import payload_of
from tracker.model import Layer


def layer_of(samples, *spots):
    rows = [
        samples.feature(f"tk:p{n}", geometry=box(lon, lat, lon + 0.2, lat + 0.2), holder=samples.GOV)
        for n, (lon, lat) in enumerate(spots)
    ]
    return Layer(on=None, known_by=None, start=None, end=None, features=tuple(rows))


def test_a_namesake_on_another_continent_is_left_out_of_the_first_view(samples) -> None:
    twelve = [(40 + n / 10, 35.0) for n in range(12)]
    west, south, east, north = main_bounds(layer_of(samples, *twelve, (71.0, 20.0)))
    assert (west, south) == (40.0, 35.0)
    assert (round(east, 1), round(north, 1)) == (41.3, 35.2)


def test_two_fronts_of_one_war_are_both_shown(samples) -> None:
    south, north = [(32.5 + n / 10, 46.7) for n in range(5)], [(36.5 + n / 10, 49.5) for n in range(5)]
    bounds = main_bounds(layer_of(samples, *south, *north))
    assert (bounds[1], round(bounds[3], 1)) == (46.7, 49.7)


def test_nothing_has_no_bounds(samples) -> None:
    assert main_bounds(layer_of(samples)) is None


def test_places_that_all_lie_apart_are_all_shown(samples) -> None:
    bounds = main_bounds(layer_of(samples, *[(5.0 * n, 10.0) for n in range(15)]))
    assert (bounds[0], round(bounds[2], 1)) == (0.0, 70.2)


@given(st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2020, 1, 1)), min_size=2, max_size=60))
def test_a_slider_starts_within_its_days_and_leaves_out_a_twentieth_at_most(days) -> None:
    first, last = min(days), max(days)
    start = main_start(first, last, days)
    assert first <= start <= last
    assert sum(day < start for day in days) <= 0.05 * len(days)


def test_one_remark_on_the_past_does_not_stretch_the_slider(samples) -> None:
    layer = samples.eastern_syria()
    long_ago = samples.feature(
        "tk:tanf",
        geometry=box(38, 33, 38.1, 33.1),
        holder=samples.GOV,
        start="2009-01-01",
        end="2009-02-01",
        part="east",
    )
    stretched = dataclasses.replace(layer, start=long_ago.start, features=(*layer.features, long_ago))
    for given_layer, first in ((layer, "2017-05-01"), (stretched, "2017-04-26")):
        payload = payload_of(given_layer, actors=samples.ACTORS, base=(), title="x", options=MapOptions())
        assert payload.core["days"][0] == (samples.day(first) - dt.date(1970, 1, 1)).days


def test_a_page_opens_on_the_day_that_was_asked_for(samples) -> None:
    options = MapOptions(opens_on=samples.day("2017-09-05"))
    payload = payload_of(samples.eastern_syria(), actors=samples.ACTORS, base=(), title="x", options=options)
    assert payload.core["page"]["opensOn"] == (samples.day("2017-09-05") - dt.date(1970, 1, 1)).days
