"""Turns of dispatches: whose men fought, what was first to fall and what followed, bases there, days said and meant."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.dates.mentions import find_dates
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted, read

DAY = dt.date(2017, 9, 5)  # a Tuesday


pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def days(text: str) -> dict[str, str | None]:
    return {claim.place.text: claim.valid_time for claim in read(text, published=DAY) if claim.kind is Kind.GAINS}


@pytest.mark.parametrize("who", ["its men", "their men"])
def test_men_of_a_side_take_towns(who: str) -> None:
    text = f"The Rapid Support Forces said on Saturday that {who} had seized al-Malha."
    assert {(c.kind, c.actor) for c in extracted(text, "2025-03-22")} == {
        (Kind.GAINS, "other:rapid support forces (rsf)")
    }


@pytest.mark.parametrize("of", ["Dostum's fighters", "Ntaganda's militiamen"])
def test_who_has_fighters_of_his_own_is_a_side(of: str) -> None:
    claims = extracted(f"{of} captured Taloqan on Monday. The Taliban fled.", "2001-11-12")
    (gain,) = (c for c in claims if c.kind is Kind.GAINS)
    assert gain.actor is not None
    assert gain.actor.removeprefix("other:") in {"dostum", "ntaganda", "northern alliance"}


@pytest.mark.parametrize("of", ["Mosul's fighters", "Sunday's fighters"])
def test_no_town_and_no_day_is_one(of: str) -> None:
    claims = extracted(f"{of} captured Tikrit. The fighters came from Mosul on Sunday.", "2014-06-16")
    assert {c.actor for c in claims} <= {None, "iraqi_government", "islamic_state"}


def test_a_president_is_none_for_his_forces() -> None:
    text = "President Joseph Morla spoke. Morla's forces captured Goma on Monday."
    assert "other:morla" not in {c.actor for c in extracted(text, "2025-02-16")}


def test_local_fighters_are_a_side_of_their_own() -> None:
    text = (
        "The Libyan National Army has failed to take Derna, from which local fighters expelled Islamic State in 2015."
    )
    said = {(c.actor, c.counter_actor) for c in extracted(text, "2016-08-11") if c.modality is not Modality.UNREAL}
    assert said == {("other:local fighters", "islamic_state")}


def test_government_troops_are_the_governments_whoever_backs_them() -> None:
    text = "Government troops backed by Emirati air power seized Bayhan from the Houthis in Yemen on Monday."
    assert {c.actor for c in extracted(text, "2018-01-31")} == {"other:yemen"}


def test_towns_behind_followed_by_have_the_days_behind_them() -> None:
    text = "{A|The rebels} captured {P|Dolna} on Friday, followed by {P|Gorna} on Saturday and {P|Mala} on Sunday."
    assert days(text) == {"Dolna": "2017-09-01", "Gorna": "2017-09-02", "Mala": "2017-09-03"}


def test_so_have_those_behind_the_first_to_fall() -> None:
    text = (
        "{P|Dolna} was the first to fall to {A|the rebels}, followed by {P|Gorna} on Saturday and {P|Mala} a day later."
    )
    assert set(days(text)) == {"Dolna", "Gorna", "Mala"}
    assert (days(text)["Gorna"], days(text)["Mala"]) == ("2017-09-02", "2017-09-03")


def test_an_entry_with_a_counted_day_stands_in_its_list() -> None:
    text = "{A|The rebels} took {P|Dolna} on 14 August, {P|Gorna} four days later and {P|Mala} on Tuesday."
    assert days(text) == {"Dolna": "2017-08-14", "Gorna": "2017-08-18", "Mala": "2017-09-05"}


def test_who_is_bombed_behind_a_date_is_no_entry() -> None:
    claims = read("{A|The rebels} took {P|Dolna} on 14 August. {P|Gorna} on Monday was bombed.", published=DAY)
    assert {c.place.text for c in claims} == {"Dolna"}


def test_a_base_there_is_in_the_town_spoken_of() -> None:
    text = "{P|Gorna}, on the coast, was bombed on Monday. {A|Rebels} had captured the army's base there."
    (claim,) = read(text, published=DAY)
    assert (claim.kind, claim.place.text, claim.part) == (Kind.GAINS, "Gorna", "parts")


def test_a_house_that_soldiers_surround_is_no_siege() -> None:
    assert read("{A|Soldiers} surrounded his house in {P|Dolna} on Monday.", published=DAY) == []


def test_what_is_freed_from_a_threat_was_not_taken() -> None:
    assert read("{P|Dolna} was freed from the threat of {A|bandits} on Monday.", published=DAY) == []


def test_now_in_what_was_said_on_a_day_is_that_day() -> None:
    text = "{A|The rebels} said on Sunday that they were now in control of {P|Dolna}."
    (claim,) = read(text, published=DAY)
    assert (claim.kind, claim.valid_time) == (Kind.HOLDS, "2017-09-03")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("On Monday it was calm. It was seized in March 2015 and again in August of that year.", "2015-08"),
        ("The militia left the airport, which it had taken over the previous week.", "2017-08-28/2017-09-03"),
        ("It has fought over the past week.", "../2017-09-05"),
    ],
)
def test_days_that_are_reckoned(text: str, edtf: str) -> None:
    assert find_dates(text, published=DAY)[-1].edtf == edtf


def test_the_year_told_goes_before_the_first_hours_of_a_war() -> None:
    text = "{A|The army} retook {P|Dolna} on Monday, two years after losing it in the opening hours of the war."
    told = {c.kind: c.valid_time for c in read(text, published=DAY)}
    assert told[Kind.LOSES] == "2015"


def test_what_a_party_claimed_and_then_announced_are_two() -> None:
    text = "{A|The rebels} claimed on Sunday to have taken {P|Dolna}. {A|The rebels} captured {P|Dolna} on Monday."
    said = {(c.modality, c.valid_time) for c in read(text, published=DAY)}
    assert (Modality.ASSERTED, "2017-09-04") in said


def test_ten_days_after_that_is_later() -> None:
    dates = find_dates("The town fell on January 4. The next one fell ten days after that.", published=DAY)
    assert dates[-1].edtf == "2017-01-14"


def test_ten_days_after_it_fell_is_not() -> None:
    dates = find_dates("The army came back on January 14, ten days after that town fell.", published=DAY)
    assert dates[-1].edtf == "2017-01-04"


def test_a_base_of_their_own_is_none_that_was_told_of() -> None:
    claims = read("{A|Rebels} took {P|Dolna} airport. {C|Soldiers} held out in their base.", published=DAY)
    assert {(c.kind, c.actor) for c in claims} == {(Kind.GAINS, "other:alpha")}


def test_where_a_spokesman_sits_is_not_the_town_and_a_disputed_claim_no_fight() -> None:
    text = "{A|Rebels} took {P|Dolna}. A spokesman in {P|Gorna} said they had left the town, which a judge disputed."
    assert {c.place.text for c in read(text, published=DAY)} <= {"Dolna"}


def test_a_loss_that_others_confirm_is_the_gain_told_before() -> None:
    claims = read("{A|The rebels} took {P|Dolna}. Officials confirmed that {P|Dolna} was lost.", published=DAY)
    assert {(c.kind, c.actor) for c in claims} == {(Kind.GAINS, "other:alpha")}


def test_a_loss_told_later_is_one() -> None:
    claims = read("{A|The rebels} took {P|Dolna} in May. It was lost in June.", published=DAY)
    assert (Kind.LOSES, "other:alpha") in {(c.kind, c.actor) for c in claims}


def test_who_shoots_his_way_into_a_town_enters_it() -> None:
    (claim,) = read("{A|Rebels} shot their way into {P|Dolna} on Sunday.", published=DAY)
    assert (claim.kind, claim.place.text) == (Kind.ENTERS, "Dolna")


def test_who_drives_out_of_a_town_leaves_it_and_who_drives_others_out_does_not() -> None:
    (claim,) = read("{A|The army} drove out of {P|Dolna} on Sunday.", published=DAY)
    assert (claim.kind, claim.actor) == (Kind.WITHDRAWS, "other:alpha")
    claims = read("{A|The army} drove {C|the rebels} out of {P|Dolna} on Sunday.", published=DAY)
    assert {(c.kind, c.actor) for c in claims} == {(Kind.GAINS, "other:alpha")}


def test_a_time_before_the_next_entry_is_that_entrys() -> None:
    text = "Last week {A|the rebels} seized {P|Dolna}, and on Friday {P|Gorna} and {P|Mala}."
    assert days(text) == {"Dolna": "2017-08-28/2017-09-03", "Gorna": "2017-09-01", "Mala": "2017-09-01"}


def test_groups_that_make_up_a_side_are_that_side() -> None:
    text = "The groups that make up {A|the front} took up arms in May and captured {P|Dolna} in June."
    assert {(c.place.text, c.actor) for c in read(text, published=DAY)} == {("Dolna", "other:alpha")}


def test_towns_named_with_an_area_are_taken_with_it() -> None:
    text = "{A|The army} retook a third of the enclave with the towns of {P|Dolna} and {P|Gorna} in May."
    assert set(days(text)) == {"Dolna", "Gorna"}


def test_since_it_lost_a_town_looks_ahead_to_the_army() -> None:
    text = "{A|The rebels} attacked. Since it lost {P|Dolna} in May, {C|the army} has struggled."
    (claim,) = read(text, published=DAY)
    assert (claim.kind, claim.actor, claim.valid_time) == (Kind.LOSES, "other:beta", "2017-05")


def test_towns_that_went_after_one_that_fell_were_taken() -> None:
    first = "{A|The rebels} took {P|Sredna} in May."
    text = f"{first} {{P|Dolna}} went on 3 June, {{P|Gorna}} four days later and {{P|Mala}} on 9 June."
    assert days(text) == {"Sredna": "2017-05", "Dolna": "2017-06-03", "Gorna": "2017-06-07", "Mala": "2017-06-09"}


def test_a_town_that_goes_without_water_does_not() -> None:
    claims = read("{A|The rebels} captured {P|Sredna} in May. {P|Dolna} went without water in June.", published=DAY)
    assert {c.place.text for c in claims} == {"Sredna"}


def test_a_home_town_does_not_make_the_town_of_what_is_told_elsewhere() -> None:
    text = "{A|Rebels} boasted that {P|Gorna}, his home town, would be next. They spoke at the gate of {P|Dolna}. "
    claims = read(text + "The town was freed on 1 May.", published=DAY)
    assert {c.place.text for c in claims if c.valid_time == "2017-05-01"} == {"Dolna"}


def test_a_year_that_is_ended_in_which_they_ran_it_is_over() -> None:
    text = "{A|The army} entered {P|Dolna} on Sunday, ending a year in which {C|the rebels} ran it."
    said = {(c.kind, c.actor) for c in read(text, published=DAY)}
    assert said == {(Kind.ENTERS, "other:alpha"), (Kind.LOSES, "other:beta")}


@pytest.mark.parametrize("word", ["no", "little"])
def test_little_fighting_inside_a_town_is_none(word: str) -> None:
    claims = read(f"{{A|The army}} entered {{P|Dolna}}. There was {word} fighting inside the city.", published=DAY)
    assert {c.kind for c in claims if c.modality is not Modality.UNREAL} == {Kind.ENTERS}


def test_a_fall_that_others_concede_is_the_gain_told_before() -> None:
    text = "{A|The army} and {B|its allies} have seized {P|Dolna}. The authorities conceded that {P|Dolna} had fallen."
    assert {(c.kind, c.actor) for c in read(text, published=DAY)} == {(Kind.GAINS, "other:alpha")}
