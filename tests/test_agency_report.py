"""What a careful reader takes from the agency report of 5 September 2017, and what not."""

import datetime as dt
from pathlib import Path

import pytest

from tracker.model import Kind, Modality, Status
from tracker.pipeline import Stages
from tracker.reports import read_reports
from tracker.states import states_at

REPORT = Path(__file__).parents[2] / "shared" / "articles" / "deir-ezzor-2017-09-05.txt"
DAY = dt.date(2017, 9, 5)
CITY, AIRPORT, BRIGADE = "gn:170794", "tk:sy-dez-airbase", "tk:sy-dez-brigade-137"
RAQQA, MOSUL = "gn:172955", "gn:99072"

pytestmark = pytest.mark.skipif(not REPORT.exists(), reason="the agency report is not beside this checkout")


@pytest.fixture(scope="module")
def read():
    stages = Stages()
    (report,) = read_reports([REPORT], published=DAY)
    claims = stages.extract(report)
    return report, claims, states_at(stages.fuse(claims), DAY)


def test_the_city_is_contested_and_its_governorate_has_no_state(read) -> None:
    _, _, states = read
    city = states[CITY, None]
    assert city.status is Status.CONTESTED
    assert {c.actor for c in city.candidates} == {"syrian_government", "islamic_state"}
    assert {place for place, _ in states} == {CITY, AIRPORT, BRIGADE, RAQQA, MOSUL}


def test_the_siege_is_broken_in_the_north_that_day_and_still_on_in_the_south(read) -> None:
    _, claims, states = read
    assert not states[CITY, "north"].besieged
    assert states[CITY, "south"].besieged
    assert states[CITY, "south"].besieger == "islamic_state"
    broken = [c for c in claims if c.kind is Kind.BREAKS_SIEGE and c.modality is not Modality.UNREAL]
    assert {c.valid_time for c in broken} == {"2017-09-05"}
    assert {c.actor for c in broken} == {"syrian_government"}


def test_brigade_137_is_reached_that_day_and_not_captured(read) -> None:
    _, claims, states = read
    state = states[BRIGADE, None]
    assert state.holder is None
    assert [c.actor for c in state.candidates] == ["syrian_government"]
    assert state.valid_from == DAY
    kinds = {c.kind for c in claims if c.place.place_id == BRIGADE and c.modality is not Modality.UNREAL}
    assert kinds == {Kind.ENTERS}


def test_the_airport_is_held_and_besieged(read) -> None:
    _, _, states = read
    state = states[AIRPORT, None]
    assert (state.holder, state.besieged, state.besieger) == ("syrian_government", True, "islamic_state")


def test_over_half_of_raqqa_was_taken_some_time_before(read) -> None:
    _, claims, states = read
    state = states[RAQQA, None]
    assert state.status is Status.CONTESTED
    shares = [c.fraction for c in claims if c.place.place_id == RAQQA and c.actor == "sdf" and c.fraction]
    assert shares
    assert all(least >= 0.5 for least, _ in shares)
    assert state.valid_from is None or state.valid_from < DAY


def test_mosul_is_no_longer_islamic_states_and_its_holder_is_not_known(read) -> None:
    _, _, states = read
    state = states[MOSUL, None]
    assert state.holder is None
    assert state.status is Status.UNKNOWN
    assert "islamic_state" not in {c.actor for c in state.candidates}


def test_nothing_comes_from_hopes_conditions_and_distance(read) -> None:
    _, claims, _ = read
    real = [c for c in claims if c.modality is not Modality.UNREAL and c.kind is not Kind.APPROACHES]
    not_so = ("still faces a", "15 kilometres away", "heading towards")
    assert not [c for c in real if any(words in c.quote for words in not_so) and c.kind is not Kind.HOLDS]
    told_of_the_city = [c.kind for c in real if "would leave it" in c.quote and c.place.place_id == CITY]
    assert told_of_the_city == []


def test_far_words_are_no_towns(read) -> None:
    report, _, _ = read
    texts = [(m.text, m.place_id, m.feature) for m in Stages().locate(report)]
    assert all(feature == "ADM1" for text, _, feature in texts if text in ("Raqa province", "Homs province"))
    assert not [text for text, _, _ in texts if text.startswith(("western", "Syrian"))]
