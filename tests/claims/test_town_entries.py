"""Entries about a town, which go without saying which town."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.extract import extract
from tracker.claims.frames import load_frames
from tracker.claims.parsing.model_loader import load_model
from tracker.claims.place_memory import PlaceMemory, PlaceRef, PlaceRole, SeenPlace
from tracker.claims.topic import as_settlements
from tracker.model import Candidate, Claim, Place, Report

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import NoPlaces, read, resolution_of

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model")
ENTRY = "Dolna (Gornland)"
HELD = "{P|Dolna} was captured by {C|the rebels} on 1 May 2014. "


def told(claims: list[Claim]) -> list[tuple[str, str | None, str | None, str]]:
    return [(str(c.kind), c.actor, c.counter_actor, c.place.text) for c in claims]


def test_who_slips_away_and_who_marches_in_leave_the_town_unnamed() -> None:
    claims = read(HELD + "In July {C|the rebels} slipped away, and {A|the army} marched in.", title=ENTRY)
    assert sorted(told(claims)[1:]) == [
        ("enters", "other:alpha", None, "Dolna"),
        ("withdraws", "other:beta", None, "Dolna"),
    ]


def test_a_flag_over_the_town_hall_flies_over_the_town() -> None:
    claims = read(HELD + "In July {A|the army} raised its flag over the town hall.", title=ENTRY)
    assert ("gains", "other:alpha", None, "Dolna") in told(claims)


def test_rebels_who_surrender_to_the_army_give_up_the_town() -> None:
    claims = read(HELD + "{C|The rebels} surrendered to {A|the army} in July.", title=ENTRY)
    assert ("gains", "other:alpha", "other:beta", "Dolna") in told(claims)


def test_who_withdraws_to_the_town_does_not_leave_it() -> None:
    claims = read(HELD + "In July {A|the army} withdrew to {P|Dolna}.", title=ENTRY)
    assert all(c.kind != "withdraws" for c in claims)


def test_who_withdraws_from_a_base_does_not_leave_the_town() -> None:
    claims = read(HELD + "In July {A|the army} withdrew from the base.", title=ENTRY)
    assert all(c.kind != "withdraws" for c in claims)


def test_news_that_is_no_entry_says_where() -> None:
    claims = read(HELD + "In July {C|the rebels} surrendered to {A|the army}.", title="Fighting goes on in Gornland")
    assert len(claims) == 1


def test_a_town_that_is_under_a_side_and_then_withdrew_stands_for_that_side() -> None:
    held = "{P|Dolna} was under the control of {C|the rebels} in 2013, "
    text = held + "but then withdrew after an offensive led by {A|the army}."
    assert ("gains", "other:alpha", "other:beta", "Dolna") in told(read(text, title=ENTRY))


def test_a_day_after_an_assault_is_no_subject() -> None:
    text = (
        "On 13 November 2015, a day after launching a major second offensive, {A|Gorn forces} and {A|Vesel militias} "
        "backed by airstrikes, entered the city of {P|Dolna} and fully regained its control from {C|the rebels}."
    )
    assert ("gains", "other:alpha", "other:beta", "Dolna") in told(read(text, title=ENTRY))


def test_an_entry_goes_on_with_it_though_a_province_stands_nearer() -> None:
    text = "{P|Dolna} is a town in {P|Gornland}. It was captured by {A|the army} in July 2014."
    assert ("gains", "other:alpha", None, "Dolna") in told(read(text, title=ENTRY))


def test_who_crosses_a_bridge_and_retakes_it_retakes_the_town() -> None:
    claims = read(HELD + "In July {A|the army} crossed the {P|Vesel bridge} and retook it.", title=ENTRY)
    assert ("gains", "other:alpha", None, "Dolna") in told(claims)


def test_the_southern_port_of_a_town_is_the_town() -> None:
    claims = read("{A|The army} captured the southern port of {P|Dolna} in July 2014.", title=ENTRY)
    assert ("gains", "other:alpha", None, "Dolna") in told(claims)


def test_the_garrison_is_who_held_the_town() -> None:
    claims = read(
        HELD + "{A|Troops} drove back in on 10 July, when the {A|garrison} fled without a fight.", title=ENTRY
    )
    assert ("withdraws", "other:beta", None, "Dolna") in told(claims)


def test_a_side_that_holds_the_town_and_is_forced_back_has_lost_it() -> None:
    claims = read(HELD + "In July they were forced back by {A|the army}.", title=ENTRY)
    assert ("gains", "other:alpha", "other:beta", "Dolna") in told(claims)


def test_an_attack_that_is_forced_back_takes_nothing() -> None:
    claims = read(HELD + "In July {A|the army} attacked and was forced back by {C|the rebels}.", title=ENTRY)
    assert len(claims) == 1


def test_what_is_occupied_from_one_day_until_another_is_held_over_those_days() -> None:
    (claim,) = read("{P|Dolna} was occupied by {A|the army} from 19 March 2014 until 10 May 2014.", title=ENTRY)
    assert (str(claim.kind), claim.valid_time) == ("holds", "2014-03-19/2014-05-10")


def test_all_that_a_side_held_in_the_province_is_lost_with_the_town() -> None:
    dolna = Place(place_id="tk:dolna", name="Dolna", lon=2.0, lat=1.0, feature="PPL", parent="tk:gornland")
    text = HELD + "In July {C|the rebels} handed over all their districts in {P|Gornland} to {A|the army}."
    claims = read(text, title=ENTRY, index=NoPlaces((dolna,)))
    assert ("gains", "other:alpha", "other:beta", "Dolna") in told(claims)


def test_some_districts_of_the_province_are_not_the_town() -> None:
    dolna = Place(place_id="tk:dolna", name="Dolna", lon=2.0, lat=1.0, feature="PPL", parent="tk:gornland")
    text = HELD + "In July {C|the rebels} handed over two districts in {P|Gornland} to {A|the army}."
    claims = read(text, title=ENTRY, index=NoPlaces((dolna,)))
    assert ("gains", "other:alpha", "other:beta", "Dolna") not in told(claims)


def test_a_town_taken_until_another_side_took_it_over_was_taken_before_that_day() -> None:
    text = "{P|Dolna} was seized by {C|the rebels} until it was taken over by {A|the army} on 21 February 2016."
    claims = read(text, title=ENTRY)
    assert [(c.actor, c.valid_time, str(c.modality)) for c in claims] == [
        ("other:beta", "../2016-02-21", "asserted"),
        ("other:alpha", "2016-02-21", "asserted"),
    ]


def test_the_fall_of_a_town_on_a_later_day_is_the_loss_of_who_held_it() -> None:
    claims = read(HELD + "The radio called the fall of {P|Dolna} on 10 September a rout.", title=ENTRY)
    assert ("loses", "other:beta", None, "Dolna") in told(claims)


def test_a_besieged_town_that_falls_falls_to_the_besieger() -> None:
    text = "{P|Dolna} was besieged for 87 days by {A|the army}. On 18 November 1991 the town fell."
    assert ("gains", "other:alpha", None, "Dolna") in told(read(text, title=ENTRY))


def test_who_captured_a_town_first_may_stand_behind_a_noun_that_only_is() -> None:
    text = "The first seizure of {P|Dolna} was in March 2012 by {A|the rebels}."
    assert ("gains", "other:alpha", None, "Dolna") in told(read(text, title=ENTRY))


def test_an_entry_named_like_its_district_is_about_the_town() -> None:
    town = Place(place_id="tk:dolna-town", name="Dolna", lon=2.0, lat=1.0, feature="PPLA", country="SY")
    area = replace(
        resolution_of("Dolna", 0, "ADM1"),
        candidates=(Candidate(place_id="tk:dolna-town", name="Dolna", lat=1.0, lon=2.0, score=0.5),),
    )
    (settled,) = as_settlements("Dolna (Dolna District)", [area], NoPlaces((town,)))
    assert (settled.place_id, settled.feature) == ("tk:dolna-town", "PPLA")


def test_who_takes_the_last_parts_of_a_town_has_it() -> None:
    (claim,) = read("{A|The army} captured the last parts of {P|Dolna} on 22 August 2011.", title=ENTRY)
    assert (claim.actor, claim.part) == ("other:alpha", None)


def test_fighters_who_fled_other_towns_have_not_left_this_one() -> None:
    claims = read(HELD + "In July fighters of {C|the rebels} fled the fallen towns.", title=ENTRY)
    assert all(c.kind != "withdraws" for c in claims)


def test_a_capture_told_again_with_its_date_is_the_same_capture() -> None:
    text = "{A|The army} captured many towns, including {P|Dolna}. {P|Dolna} itself was captured on 3 March 2014."
    assert told(read(text, title=ENTRY)) == [("gains", "other:alpha", None, "Dolna")]


def test_overnight_in_a_history_is_the_night_of_its_sentence() -> None:
    text = "On 23 March 2017 {A|the army} overran {P|Dolna} after {C|the rebels} had slipped out of it overnight."
    claims = read(text, title=ENTRY, published=dt.date(2020, 1, 1))
    assert {c.valid_time for c in claims} <= {"2017-03-23", "../2017-03-23"}


def test_the_district_centre_of_an_entry_is_its_town() -> None:
    claims = read(HELD + "On 3 July 2014 {A|the army} overran the district centre.", title=ENTRY)
    assert ("gains", "other:alpha", None, "Dolna") in told(claims)


def test_a_flag_above_the_government_complex_in_the_town_of_an_entry_flies_over_the_town() -> None:
    claims = read(HELD + "In July {A|the army} raised its flag above the main complex in {P|Dolna}.", title=ENTRY)
    assert ("gains", "other:alpha", None, "Dolna") in told(claims)


def test_forces_of_what_others_back_are_its_own() -> None:
    text = HELD + "On 26 July 2014 the town was retaken by the {O|forces} of the United Nations-backed {A|Gorn Accord}."
    assert ("loses", "other:beta", None, "Dolna") not in told(read(text, title=ENTRY))


def test_who_had_held_a_town_held_it_before_the_day_of_its_capture() -> None:
    text = "{P|Dolna} was overrun on 6 November 2013 by {A|the army}; {C|the rebels} who had held it surrendered."
    held = [c.valid_time for c in read(text, title=ENTRY) if c.kind == "holds"]
    assert held in ([], ["../2013-11-06"])


def test_who_loses_the_centre_and_then_withdraws_has_withdrawn() -> None:
    text = (
        "{P|Dolna} fell to {C|the rebels} on 28 September 2015. On 1 October {A|the army} pushed {C|the rebels} from "
        "the city centre. On 13 October {C|the rebels} withdrew from {P|Dolna}."
    )
    assert ("withdraws", "other:beta", None, "Dolna") in told(read(text, title=ENTRY))


def test_the_suburb_is_the_other_quarter_of_which_the_sentence_before_told() -> None:
    dolna = Place(place_id="tk:dolna", name="Dolna", lon=2.0, lat=1.0, feature="PPLX", parent="tk:vesel")
    memory = PlaceMemory(load_frames().nouns, NoPlaces((dolna,)), title=ref_of("Dolna"), about_title=True)
    memory.see_place(SeenPlace(ref=ref_of("Gorna"), sentence=3, position=4, role=PlaceRole.CLAIMED))
    assert memory.place_for("suburb", (), 4, 5) == (ref_of("Gorna"), 1)
    assert memory.place_for("suburb", (), 5, 5) == (ref_of("Dolna"), 1)


def test_one_district_in_a_town_is_a_part_of_it() -> None:
    (claim,) = read("On 14 March 2012 {A|the army} controlled at least one main district in {P|Dolna}.", title=ENTRY)
    assert claim.part == "parts"


def test_the_last_town_under_a_sides_control_was_so_until_it_was_taken() -> None:
    text = "{A|The army} captured {P|Dolna}, the last town under {C|rebel} control, on 17 November 2017."
    held = [c.valid_time for c in read(text, title=ENTRY) if c.kind == "holds"]
    assert held == ["../2017-11-17"]


def test_of_two_armies_that_take_a_town_the_first_named_has_it() -> None:
    text = "{A|The allies} and {C|the home army} retook {P|Dolna} on 28 January 2013."
    assert told(read(text, title=ENTRY)) == [("gains", "other:alpha", None, "Dolna")]
    owned = "{A|The allies} and their {C|home allies} retook {P|Dolna} on 28 January 2013."
    assert told(read(owned, title=ENTRY)) == [("gains", "other:alpha", None, "Dolna")]


def test_a_centre_and_capital_of_a_side_is_held_by_it() -> None:
    text = "{P|Dolna} was the administrative centre and de facto capital of {C|the rebels} until 2 January 2009."
    assert ("holds", "other:beta", None, "Dolna") in told(read(text, title=ENTRY))


def test_what_a_capital_pulls_out_is_its_governments() -> None:
    ukraine = "Lyman fell to Russian forces on 27 May 2022. In autumn the Ukrainian army surrounded the town. "
    text = ukraine + "Moscow pulled its soldiers out on 1 October."
    report = Report(report_id="t", text=text, sha256="", published=dt.date(2023, 3, 1), title="Lyman (Donetsk Oblast)")
    left = [
        c
        for c in extract(report, [resolution_of("Lyman", 0)], NoPlaces(), actors=ActorIndex.load())
        if c.kind == "withdraws"
    ]
    assert [c.actor for c in left] == ["russia"]


def ref_of(name: str) -> PlaceRef:
    return PlaceRef(name, 0, len(name), resolution_of(name, 0, "PPLX"))
