"""One long report, as a careful reader would chart it: a relieved city, its base, its airport, and towns far away."""

from __future__ import annotations

import pytest
from claimkit import claim, day

from tracker.model import State, Status
from tracker.states import fuse, states_at

GOV, IS = "syrian_government", "islamic_state"
ON = "2017-09-05"


@pytest.fixture(scope="module")
def states() -> list[State]:
    told = [
        claim("breaks_siege", GOV, "city", counter=IS, quote="The troops ended the blockade of the city", at=10),
        claim("besieges", IS, "city", "../2015-09-05", counter=GOV, quote="encircled for more than two years", at=50),
        claim("holds", GOV, "city", part="parts", quote="in quarters that the government kept", at=90),
        claim("holds", IS, "city", part="parts", quote="in quarters that the group kept", at=130),
        claim("breaks_siege", GOV, "city", part="north", quote="which opens the road to the north of the city", at=170),
        claim("holds", GOV, "city", part="north", quote="the government's northern pocket", at=210),
        claim("holds", GOV, "city", part="south", quote="a southern pocket of the government", at=250),
        claim("besieges", IS, "city", part="south", counter=GOV, quote="the southern pocket is still cut off", at=290),
        claim(
            "breaks_siege", GOV, "city", part="south", modality="unreal", quote="has yet to relieve the south", at=330
        ),
        claim("loses", IS, "city", None, modality="unreal", quote="losing it would leave the group little", at=370),
        claim("approaches", GOV, "city", part="south", distance_m=15000.0, quote="a day's march away", at=410),
        claim("enters", GOV, "brigade 137", quote="arrived inside the base in the afternoon", at=450, feature="MILB"),
        claim("holds", GOV, "airport", quote="its airport", at=490, feature="AIRB"),
        claim("besieges", IS, "airport", counter=GOV, quote="its airport, cut off", at=530, feature="AIRB"),
        claim("gains", "sdf", "raqqa", f"../{ON}", counter=IS, part="parts", fraction=(0.5, 1.0), at=570),
        claim("loses", IS, "mosul", f"../{ON}", at=610),
    ]
    return fuse(told)


def at(states: list[State], place: str, part: str | None = None, on: str = ON) -> State:
    return states_at(states, day(on))[f"tk:{place}", part]


def test_the_city_is_contested_between_the_two_that_hold_quarters_of_it(states: list[State]) -> None:
    city = at(states, "city")
    assert city.status is Status.CONTESTED
    assert {c.actor for c in city.candidates} == {GOV, IS}
    assert not city.besieged


def test_the_siege_ends_that_day_in_the_north_and_goes_on_in_the_south(states: list[State]) -> None:
    north, south = at(states, "city", "north"), at(states, "city", "south")
    assert (north.holder, north.besieged) == (GOV, False)
    assert (south.holder, south.besieged, south.besieger) == (GOV, True, IS)
    before = at(states, "city", None, "2017-09-04")
    assert (before.besieged, before.besieger, before.valid_from) == (True, IS, None)
    assert "Still besieged: its part south" in at(states, "city").reason


def test_a_base_that_was_reached_is_not_held(states: list[State]) -> None:
    base = at(states, "brigade 137")
    assert base.status is Status.UNKNOWN
    assert base.holder is None
    assert [c.actor for c in base.candidates] == [GOV]
    assert base.valid_from == day(ON)
    assert "not said to be taken" in base.reason


def test_the_airport_is_held_and_besieged(states: list[State]) -> None:
    airport = at(states, "airport")
    assert (airport.status, airport.holder, airport.besieged, airport.besieger) == (Status.HELD, GOV, True, IS)


def test_a_half_lost_town_is_contested_from_some_time_before(states: list[State]) -> None:
    raqqa = at(states, "raqqa")
    assert raqqa.status is Status.CONTESTED
    assert [c.actor for c in raqqa.candidates] == ["sdf", IS]
    assert raqqa.fraction == (0.5, 1.0)
    assert raqqa.valid_from is None


def test_a_town_that_was_lost_to_nobody_named_has_no_holder(states: list[State]) -> None:
    mosul = at(states, "mosul")
    assert (mosul.status, mosul.holder, mosul.candidates, mosul.valid_from) == (Status.UNKNOWN, None, (), None)
    assert mosul.reason.startswith("No longer Islamic State")


def test_nothing_that_is_not_so_or_only_near_is_cited(states: list[State]) -> None:
    assert {s.place_id for s in states} == {"tk:city", "tk:brigade 137", "tk:airport", "tk:raqqa", "tk:mosul"}
    assert all(s.claim_ids for s in states)
    assert sum(len(s.claim_ids) for s in states if s.part is None and s.place_id == "tk:city") == 8


def test_a_siege_told_to_be_old_goes_on_where_the_same_days_reports_still_speak_of_it() -> None:
    told = [
        claim("breaks_siege", GOV, "city", counter=IS, quote="The troops ended the blockade of the city", at=10),
        claim(
            "besieges", IS, "city", "../2015-09-05", counter=GOV, part="south", quote="the south stays cut off", at=50
        ),
        claim("besieges", IS, "city", "../2015-09-05", counter=GOV, part="east", report="old", published="2016-01-01"),
    ]
    states = fuse(told)
    assert at(states, "city", "south").besieged
    assert not at(states, "city", "east").besieged
