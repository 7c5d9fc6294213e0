"""Old word fades, near neighbours meet, and names are spelled as the reports spell them."""

import datetime as dt
import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.layers import LayerMethod, build_layer
from tracker.layers.cells import MOST_STRETCH, met_reaches
from tracker.layers.fading import faded, horizon_of
from tracker.model import ClaimPlace, PlaceName

JAN_2017 = dt.date(2017, 1, 1)
JAN_2018 = dt.date(2018, 1, 1)
JAN_2019 = dt.date(2019, 1, 1)


def build(land, states, *places, claims=(), **options):
    method = LayerMethod(outline=lambda _: None)
    return build_layer(states, claims, land.atlas(*places), actors=land.actors, method=method, **options)


def old(land, **more):
    return land.state("dolna", start="2017-01-01", newest_claim=JAN_2017, stale_from=JAN_2019, **more)


def test_a_town_of_which_nobody_speaks_grows_fainter_and_then_unknown(land) -> None:
    # Newest word on 1 January 2017, half believed on 1 January 2019: at half the time, 1 January 2018, 0.71 of it.
    states = [old(land), land.state("gorna", "blues", "2019-06-01")]
    layer = build(land, states, land.place("dolna", 40.0, 35.0), land.place("gorna", 45.0, 35.0))
    fresh, faint, lost = (f for f in layer.features if f.place_id == "dolna")
    assert [(f.status, f.holder, f.confidence, f.start) for f in (fresh, faint, lost)] == [
        ("held", "reds", 1.0, JAN_2017),
        ("held", "reds", 0.71, JAN_2018),
        ("unknown", None, 0.5, JAN_2019),
    ]
    assert lost.reason.startswith("Stale: no word of it")
    assert lost.sides == ("reds",)
    assert fresh.geometry is faint.geometry


def test_nothing_fades_beyond_the_days_that_the_layer_shows(land) -> None:
    (only,) = build(land, [old(land)], land.place("dolna", 40.0, 35.0)).features
    assert (only.start, only.end, only.confidence) == (JAN_2017, None, 1.0)


def test_a_layer_of_a_late_day_shows_what_is_stale_by_then(land) -> None:
    (feature,) = build(land, [old(land)], land.place("dolna", 40.0, 35.0), on=dt.date(2020, 1, 1)).features
    assert feature.status == "unknown"


def test_an_old_siege_is_no_longer_drawn(land) -> None:
    states = [old(land, besieged=True, besieger="blues"), land.state("gorna", "blues", "2019-06-01")]
    layer = build(land, states, land.place("dolna", 40.0, 35.0), land.place("gorna", 45.0, 35.0))
    assert {line.end for line in layer.lines} == {JAN_2018, JAN_2019}


@given(
    st.dates(dt.date(2010, 1, 1), dt.date(2020, 1, 1)),
    st.integers(1, 900),
    st.integers(0, 900),
    st.one_of(st.none(), st.integers(1, 900)),
)
def test_the_pieces_follow_each_other_over_the_same_days(land, start, until_stale, newest, lasts) -> None:
    state = land.state(
        "dolna",
        start=start.isoformat(),
        end=None if lasts is None else (start + dt.timedelta(lasts)).isoformat(),
        newest_claim=start + dt.timedelta(newest),
        stale_from=start + dt.timedelta(until_stale),
    )
    pieces = list(faded(state, horizon_of([state]) + dt.timedelta(2000)))
    assert (pieces[0].valid_from, pieces[-1].valid_to) == (state.valid_from, state.valid_to)
    for before, after in itertools.pairwise(pieces):
        assert before.valid_to == after.valid_from > before.valid_from
        assert after.confidence <= before.confidence


def test_neighbours_that_can_meet_share_a_line(land) -> None:
    # 26 km apart, each reaching 10 km: they go 15.6 km towards each other and meet halfway.
    states = [land.state("dolna"), land.state("gorna", "blues")]
    west, east = build(land, states, land.place("dolna", 40.0, 0.0), land.place("gorna", 40.2336, 0.0)).features
    shared = west.geometry.intersection(east.geometry)
    assert shared.length * 111 == pytest.approx(2 * (15.6**2 - 13**2) ** 0.5, rel=0.02)


def test_places_too_far_apart_stay_islands() -> None:
    assert met_reaches(np.array([[0.0, 0.0], [41.0, 0.0]]), np.array([10.0, 10.0])).tolist() == [10.0, 10.0]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(1, 30)), max_size=30))
def test_a_reach_grows_to_twice_itself_at_most(rows) -> None:
    xy = np.array([row[:2] for row in rows], dtype=float).reshape(-1, 2)
    reaches = np.array([row[2] for row in rows], dtype=float)
    met = met_reaches(xy, reaches)
    assert ((reaches <= met) & (met <= MOST_STRETCH * reaches)).all()


def test_a_scholarly_name_is_spelled_as_the_reports_spell_it(land) -> None:
    def said(claim_id, text):
        where = ClaimPlace(place_id="dolna", name="x", text=text, start=0, end=len(text))
        return replace(land.claim(claim_id, "dolna"), place=where)

    place = land.place("dolna", 40.0, 35.0, names=(PlaceName(text="al Buşayrah"),))
    scholarly = replace(place, name="Al Buşayrah")
    claims = [said("c-1", "al-Busayrah"), said("c-2", "al-Busayrah"), said("c-3", "the town"), said("c-4", "Busaira")]
    (feature,) = build(land, [land.state("dolna")], scholarly, claims=claims).features
    assert feature.name == "Al-Busayrah"
    (plain,) = build(land, [land.state("dolna")], place, claims=claims).features
    assert plain.name == "Dolna"
