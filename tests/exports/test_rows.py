"""A layer as tables: one row a state, one row a change, and days that say what they mean."""

import dataclasses
import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.exports.claim_rows import claim_links_frame, claims_frame
from tracker.exports.colours import category_of, colour_of
from tracker.exports.days import holds_on, layer_days, timeline_of
from tracker.exports.metadata import ExportMetadata, abstract_of, newest_day
from tracker.exports.rows import (
    CONTRACT_COLUMNS,
    areas_frame,
    changes_frame,
    dates_frame,
    places_frame,
    sieges_frame,
)
from tracker.model import Layer

DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2020, 12, 31))


def nothing(**bounds):
    bounds = {"on": None, "start": None, "end": None} | bounds
    return Layer(known_by=None, features=(), lines=(), **bounds)


def test_areas_carry_the_columns_of_the_contract_in_its_order(sample, layer):
    frame = areas_frame(layer, actors=sample.ACTORS)
    assert tuple(frame.columns[: len(CONTRACT_COLUMNS)]) == CONTRACT_COLUMNS
    assert len(frame) == 13


def test_an_open_bound_is_null_and_a_day_is_midnight_in_utc(sample, layer):
    frame = areas_frame(layer, actors=sample.ACTORS)
    mosul = frame[frame["name"] == "Mosul"].reset_index()
    assert mosul["start"].isna().tolist() == [True, False]
    assert mosul["end"].iloc[0] == pd.Timestamp("2017-07-10", tz="UTC")
    assert mosul["end"].isna().iloc[1]


def test_an_empty_layer_has_the_same_fields_of_the_same_types(sample, layer):
    full, empty = (areas_frame(each, actors=sample.ACTORS) for each in (layer, nothing()))
    assert full.dtypes.equals(empty.dtypes)
    assert sieges_frame(layer, actors=sample.ACTORS).dtypes.equals(sieges_frame(nothing(), actors=sample.ACTORS).dtypes)


def test_only_what_changed_hands_is_a_change(sample, layer):
    changes = changes_frame(layer, actors=sample.ACTORS)
    told = {(str(c.changed_on.date()), c.label): c.what for c in changes.itertuples()}
    assert len(changes) == 8
    assert told["2017-10-17", "Raqqa"] == (
        "contested: Syrian Democratic Forces, Islamic State → Syrian Democratic Forces"
    )
    assert told["2017-09-09", "Deir ez-Zor airport"] == "Syrian government, besieged → Syrian government"


def test_a_new_polygon_alone_is_no_change(sample):
    before, after = (
        sample.state(sample.RAQQA, start, end, holder="sdf")
        for start, end in (("2018-01-01", "2018-02-01"), ("2018-02-01", None))
    )
    layer = dataclasses.replace(nothing(), features=(before, after))
    assert [str(day.date()) for day in changes_frame(layer, actors=sample.ACTORS)["changed_on"]] == ["2018-01-01"]


def test_each_claim_is_listed_once_and_linked_as_often_as_it_is_quoted(layer):
    claims, links = claims_frame(layer), claim_links_frame(layer)
    assert claims["claim_id"].is_unique
    assert len(claims) == 5
    assert len(links) == sum(len(f.claims) for f in (*layer.features, *layer.lines))
    assert set(links["claim_id"]) == set(claims["claim_id"])
    assert set(links["stance"]) == {"for", "against"}


def test_only_links_of_the_web_can_be_clicked(sample):
    urls = ("file:///etc/passwd", "javascript:alert(1)", "HTTPS://example.org/a", None)
    quotes = tuple(dataclasses.replace(sample.quote(n, "q"), url=url) for n, url in enumerate(urls))
    layer = dataclasses.replace(
        nothing(), features=(sample.state(sample.RAQQA, None, None, holder="sdf", claims=quotes),)
    )
    assert [None if pd.isna(url) else url for url in claims_frame(layer)["url"]] == [
        None, None, "HTTPS://example.org/a", None
    ]  # fmt: skip


def test_the_name_of_a_place_in_parts_is_given_to_one_part_at_a_time(sample, layer):
    places = places_frame(layer, actors=sample.ACTORS)
    city = places[places["name"] == "Deir ez-Zor"]
    assert set(city.loc[city["part"] == "north", "label_rank"]) == {0}
    assert set(city.loc[city["part"] == "south", "label_rank"]) >= {2}


def test_the_point_of_a_part_lies_in_the_part(sample, layer):
    places = places_frame(layer, actors=sample.ACTORS)
    areas = areas_frame(layer, actors=sample.ACTORS)
    parts = places["part"].notna()
    assert areas.geometry[parts].contains(places.geometry[parts]).all()


def test_an_atlas_has_a_page_for_each_day_of_change_and_counts_what_holds(layer, sample):
    dates = dates_frame(layer)
    assert list(dates["label"]) == [
        "2017-06-01", "2017-06-06", "2017-07-10", "2017-08-20", "2017-09-05", "2017-09-09", "2017-10-17", "2017-11-03",
        "2017-11-30",
    ]  # fmt: skip
    assert list(dates["n_areas"]) == [5, 5, 5, 5, 6, 6, 6, 6, 6]


def test_the_order_of_belief_makes_no_second_class(sample):
    one, other = (
        sample.state(sample.RAQQA, None, None, status="contested", sides=sides)
        for sides in (("sdf", "islamic_state"), ("islamic_state", "sdf"))
    )
    assert category_of(one) == category_of(other) == "contested: islamic_state, sdf"


def test_a_place_whose_holder_is_unknown_takes_no_sides_colour(sample):
    reached = sample.state(sample.BASE, "2017-09-05", None, status="unknown", sides=("syrian_government",))
    assert category_of(reached) == "unknown"


def test_a_side_that_the_data_does_not_know_keeps_one_colour():
    assert colour_of("other:tribal fighters", {}) == colour_of("other:tribal fighters", {})
    assert colour_of("other:tribal fighters", {}).startswith("#")


@pytest.mark.parametrize(
    ("days", "unit", "stop"),
    [
        (("2017-01-01", "2017-03-01"), "mon", "2017-04-01"),
        (("2015-01-01", "2017-01-01"), "y", "2018-01-01"),
        (("2017-01-01", "2017-03-02"), "d", "2017-03-03"),
    ],
)
def test_the_step_is_the_longest_that_never_straddles_a_change(sample, days, unit, stop):
    start, end = map(sample.day, days)
    timeline = timeline_of(nothing(start=start, end=end))
    assert (timeline.start, timeline.unit, timeline.stop) == (start, unit, sample.day(stop))


def test_a_layer_of_one_day_runs_through_that_day_alone(sample, layer):
    timeline = timeline_of(dataclasses.replace(layer, on=sample.day("2017-10-01")))
    assert (str(timeline.start), str(timeline.stop), timeline.unit) == ("2017-10-01", "2017-10-02", "d")
    assert timeline_of(nothing()) is None


def test_the_abstract_counts_places_days_and_reports(layer):
    said = abstract_of(layer, ExportMetadata())
    assert said.startswith("Who controlled 5 places from 2017-06-01 to 2017-11-30, read from 3 reports.")
    assert newest_day(layer) == dt.date(2017, 9, 5)


SPANS = st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=12)


@settings(max_examples=40, deadline=None)
@given(spans=SPANS)
def test_an_atlas_counts_what_holds_on_each_day(sample, spans):
    states = [
        dataclasses.replace(sample.state(sample.RAQQA, None, None, holder="sdf"), start=start, end=end)
        for start, end in spans
        if start is None or end is None or start < end
    ]
    layer = dataclasses.replace(nothing(start=dt.date(2015, 1, 1), end=dt.date(2016, 1, 1)), features=tuple(states))
    for row in dates_frame(layer).itertuples():
        assert row.n_areas == sum(holds_on(state, row.on.date()) for state in states)


@given(st.lists(DAYS, min_size=1))
def test_every_day_of_change_starts_a_frame(days):
    layer = nothing(start=min(days), end=max(days))
    timeline = timeline_of(layer)
    assert timeline.start <= min(layer_days(layer))
    assert timeline.stop > max(days)
    if timeline.unit != "d":
        assert {day.day for day in layer_days(layer)} == {1}
