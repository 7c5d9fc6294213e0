"""Turns of agencies' articles that parsers hang wrongly, and sides and places that their background leaves unsaid."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.dates.mentions import find_dates
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted, read

DAY = dt.date(2017, 9, 5)  # a Tuesday


pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def gains(text: str) -> set[tuple[str, str | None]]:
    return {(c.place.text, c.actor) for c in read(text, published=DAY) if c.kind is Kind.GAINS}


@pytest.mark.parametrize("aside", ["the gateway to {P|Gorna}", "a town in {P|Gorna}", "some 30 km from {P|Gorna}"])
def test_which_behind_a_description_is_what_is_described(aside: str) -> None:
    text = f"{{C|The army}} was heading for {{P|Dolna}}, {aside}, which {{A|the rebels}} overran in April 2000."
    assert gains(text) == {("Dolna", "other:alpha")}


def test_which_behind_a_name_alone_is_that_name() -> None:
    text = "{C|The army} was heading from {P|Dolna} for {P|Gorna}, which {A|the rebels} overran in April 2000."
    assert gains(text) == {("Gorna", "other:alpha")}


def test_a_day_may_stand_between_control_and_of_what() -> None:
    (claim,) = read("{A|The army} took control on Monday of {P|Dolna}.", published=DAY)
    assert (claim.kind, claim.place.text, claim.valid_time) == (Kind.GAINS, "Dolna", "2017-09-04")


def test_of_a_month_stays_with_its_day() -> None:
    (claim,) = read("{A|The army} took {P|Dolna} on the Monday of last week.", published=DAY)
    assert claim.place.text == "Dolna"


def test_a_year_counts_no_rebels() -> None:
    (claim,) = read("In 2013 {A|rebels} occupied parts of {P|Dolna} for three weeks.", published=DAY)
    assert (claim.actor, claim.place.text, claim.valid_time) == ("other:alpha", "Dolna", "2013")


def test_a_number_of_rebels_is_no_year() -> None:
    assert [date.edtf for date in find_dates("They killed 2013 rebels in May.", published=DAY)] == ["2017-05"]


def test_months_part_the_entries_of_a_list_also_behind_an_apposition() -> None:
    text = "{A|The army} retook {P|Dolna} in June and {P|Gorna}, a choke point, in July."
    assert {(c.place.text, c.valid_time) for c in read(text, published=DAY)} == {
        ("Dolna", "2017-06"),
        ("Gorna", "2017-07"),
    }


def test_its_streets_are_those_of_the_town() -> None:
    claims = read(
        "{A|The rebels} stormed {P|Dolna} on Monday. They were in control of its main streets.", published=DAY
    )
    assert (Kind.HOLDS, "Dolna", "parts") in {(c.kind, c.place.text, c.part) for c in claims}


def test_what_the_next_clause_includes_is_not_of_the_first() -> None:
    text = "{A|The rebels} lost {P|Dolna}, yet they control most of the region, including the towns of {P|Gorna}."
    assert {(c.kind, c.place.text) for c in read(text, published=DAY)} == {
        (Kind.LOSES, "Dolna"),
        (Kind.HOLDS, "Gorna"),
    }


def test_towns_behind_a_list_are_those_of_the_list() -> None:
    text = "{C|The army} vowed to march on {P|Dolna} and {P|Gorna}, strategic towns that fell to {A|the rebels} in May."
    assert gains(text) == {("Dolna", "other:alpha"), ("Gorna", "other:alpha")}


def test_what_stands_among_them_is_left_too() -> None:
    text = "{A|Soldiers} withdrew from several towns, among them {P|Dolna} and {P|Gorna}, on Monday."
    assert {(c.kind, c.place.text) for c in read(text, published=DAY)} == {
        (Kind.WITHDRAWS, "Dolna"),
        (Kind.WITHDRAWS, "Gorna"),
    }


def test_who_ends_a_rule_has_taken_what_was_ruled() -> None:
    claims = read(
        "{C|The army} entered {P|Dolna} on Monday, ending a year of {A|rebel} rule over the city.", published=DAY
    )
    assert {(c.kind, c.actor, c.counter_actor) for c in claims} == {(Kind.GAINS, "other:beta", "other:alpha")}


def test_a_rule_that_goes_on_is_held() -> None:
    claims = read("{C|The army} attacked on Monday despite a year of {A|rebel} rule over {P|Dolna}.", published=DAY)
    assert Kind.LOSES not in {c.kind for c in claims}


def test_what_is_said_now_to_have_been_taken_is_not_of_the_month_told_before() -> None:
    text = (
        "{C|The army} spoke on Monday. {P|Dolna} was seized by {A|the rebels} in May. "
        "{C|The army} said it had also taken {P|Gorna}."
    )
    told = {c.place.text: c.valid_time for c in read(text, published=DAY)}
    assert told == {"Dolna": "2017-05", "Gorna": "../2017-09-05"}


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in the first week of the offensive", "2017-08-01/2017-08-07"),
        ("in the first two weeks of their offensive", "2017-08-01/2017-08-14"),
        ("in the last days of the war", "../2017-09-05"),
    ],
)
def test_the_first_week_of_an_offensive_is_counted_from_its_beginning(words: str, edtf: str) -> None:
    dates = find_dates(f"The offensive began on 1 August. They took the town {words}.", published=DAY)
    assert dates[-1].edtf == edtf


def test_what_was_long_before_what_is_looked_back_to_is_counted_from_that() -> None:
    text = "On Friday it fell. The army lost it in September 1998, two years after it had first taken it."
    assert find_dates(text, published=DAY)[-1].edtf == "1996"


def test_drones_of_a_country_are_no_side_that_a_pronoun_means() -> None:
    text = (
        "Forces of the Government of National Accord took Tarhuna on Friday. With Turkish drones overhead, it seized "
        "al-Watiya air base last month."
    )
    actors = {c.place.text: c.actor for c in extracted(text, "2020-06-06")}
    assert actors["al-Watiya air base"] == "other:government of national accord (gna)"


def test_rebels_of_a_front_are_that_front() -> None:
    text = "Rebels of the Moro National Liberation Front took Zamboanga City on Monday."
    assert {c.actor for c in extracted(text, "2013-09-10")} == {"other:moro national liberation front (mnlf)"}


def test_who_drove_another_from_villages_took_those_that_are_named_next() -> None:
    text = (
        "Somali government troops have driven al-Shabab from a dozen villages in Hiran region. The governor said the "
        "villages of Yasooman and Aborey were captured on Monday."
    )
    assert {c.actor for c in extracted(text, "2022-09-21") if c.kind is Kind.GAINS} == {"other:somali government"}


def test_who_overran_a_town_years_ago_did_not_take_the_next() -> None:
    text = (
        "The Sri Lankan army took Kilinochchi on Friday. It was heading for Elephant Pass, which the Tamil Tigers "
        "overran in April 2000. Paranthan was taken on Thursday."
    )
    taken = {c.place.text: c.actor for c in extracted(text, "2009-01-03")}
    assert taken["Paranthan"] == "other:sri lanka"


def test_a_president_declares_for_the_state_at_war() -> None:
    text = "The Maute group stormed Marawi on May 23. President Rodrigo Duterte declared Marawi liberated on Tuesday."
    said = {(c.kind, c.actor) for c in extracted(text, "2017-10-17")}
    assert said == {(Kind.ENTERS, "other:maute group"), (Kind.GAINS, "other:philippines")}


@pytest.mark.parametrize("who", ["Gunmen from the Viv Ansanm gang coalition", "The Gran Grif gang", "Gangs"])
def test_gangs_of_haiti_are_a_side(who: str) -> None:
    claims = extracted(f"{who} took over the town of Mirebalais in central Haiti on Monday.", "2025-04-01")
    assert {(c.kind, c.actor) for c in claims} == {(Kind.GAINS, "other:viv ansanm")}


def test_a_gang_elsewhere_is_none() -> None:
    assert extracted("The gang robbed a bank in Manchester on Tuesday and took the road to Leeds.", "2025-04-01") == []


def test_hundreds_behind_a_dateline_are_whose_fighters_they_are() -> None:
    text = "OUAGADOUGOU — Hundreds of fighters from the al-Qaeda affiliate JNIM overran Djibo at the weekend."
    assert {c.actor for c in extracted(text, "2025-05-16")} == {"other:jama'at nusrat al-islam wal-muslimin (jnim)"}
