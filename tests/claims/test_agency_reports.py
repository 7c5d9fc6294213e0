"""What agencies' reports are full of: quotations, datelines, speakers, several events in a sentence."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.actors.persons import is_person, only_speaks
from tracker.claims.dates.mentions import find_dates
from tracker.claims.extract import extract
from tracker.claims.parsing.model_loader import load_model
from tracker.claims.sentences import split_sentences
from tracker.claims.topic import datelines
from tracker.model import Kind, Report

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import NoPlaces, read, resolution_of

DAY = dt.date(2017, 9, 5)
parsed = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def said(text: str, kind: Kind) -> set[tuple[str | None, str]]:
    return {(claim.actor, claim.place.text) for claim in read(text, published=DAY) if claim.kind is kind}


@parsed
def test_the_speaker_behind_a_quotation_is_no_part_of_it() -> None:
    text = (
        "“{A|The army} took the whole of {P|Dolna},” the operation’s commander, Lieutenant General Zoltan Morl, said."
    )
    assert said(text, Kind.GAINS) == {("other:alpha", "Dolna")}


@parsed
def test_our_forces_are_those_of_who_is_quoted() -> None:
    text = (
        "{C|The army} withdrew from {P|Dolna}. “The town is now under our control,” Morl Zoltan, "
        "the {A|militia}’s spokesman, told reporters by telephone."
    )
    assert said(text, Kind.HOLDS) == {("other:alpha", "Dolna")}


@parsed
def test_who_spoke_last_goes_on_speaking() -> None:
    text = (
        "{C|The army} lost {P|Gorna}. Morl Zoltan, spokesman for the {A|militia}, said it had taken {P|Morla}. "
        "“{C|The army} has fled from {P|Morla},” he said. “We control {P|Dolna}.”"
    )
    assert ("other:alpha", "Dolna") in said(text, Kind.HOLDS)


def test_words_left_out_of_a_quotation_do_not_end_its_sentence() -> None:
    text = "“Dolna, Gorna and Morla... were freed,” he said. It was late... Nobody slept."
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "“Dolna, Gorna and Morla... were freed,” he said.",
        "It was late...",
        "Nobody slept.",
    ]


def test_the_capital_of_a_dateline_is_no_side() -> None:
    text = "MOGADISHU (Reuters) - Fighters took a town.\nKABUL: Rebels left.\nThe Morla Army (MA) claims a town."
    assert [text[start:end].strip() for start, end in datelines(text)] == ["MOGADISHU (Reuters)", "KABUL:"]


def test_persons_and_bodies_that_speak_are_neither_ground_nor_sides() -> None:
    assert is_person("Lieutenant General Morl")
    assert is_person("John Morla")
    assert not is_person("Morla Heights")
    assert only_speaks("UN")
    assert not only_speaks("Morla")


@parsed
def test_who_says_so_in_the_middle_of_a_sentence_dates_his_saying_alone() -> None:
    text = "{A|The army} holds 45 percent of {P|Dolna}, the envoy to the alliance said on Monday, fewer than in May."
    assert [claim.valid_time for claim in read(text, published=DAY)] == ["2017-09-04"]


@parsed
def test_what_a_clause_holds_does_not_go_on_behind_it() -> None:
    text = "The road runs between {P|Dolna}, which is held by {C|the militia}, and {A|army}-controlled {P|Gorna}."
    assert said(text, Kind.HOLDS) == {("other:beta", "Dolna"), ("other:alpha", "Gorna")}


@parsed
def test_a_town_that_fell_into_hands_fell_once() -> None:
    text = "{A|The army} drove {C|the militia} out of {P|Dolna}, which fell into {C|militia} hands in January."
    claims = [(claim.actor, claim.valid_time) for claim in read(text, published=DAY)]
    assert sorted(claims) == [("other:alpha", "2017-09-05~"), ("other:beta", "2017-01")]


@parsed
def test_in_control_of_names_what_is_held_not_who_holds_it() -> None:
    claims = read("{A|The army} said it was back in full control of {P|Dolna}.", published=DAY)
    assert {(claim.actor, claim.place.text) for claim in claims} == {("other:alpha", "Dolna")}
    (claim,) = read("In May {P|Dolna} was in control of {A|the army}.", published=DAY)
    assert (claim.actor, claim.place.text) == ("other:alpha", "Dolna")


@parsed
def test_who_is_left_with_little_after_a_liberation_did_not_liberate() -> None:
    text = "With the liberation of {P|Dolna}, {A|the militia} holds only {P|Gorna}."
    assert said(text, Kind.HOLDS) == {("other:alpha", "Gorna")}
    assert ("other:alpha", "Dolna") not in said(text, Kind.GAINS)
    assert said("With the loss of {P|Dolna}, {A|the militia} holds only {P|Gorna}.", Kind.LOSES) == {
        ("other:alpha", "Dolna")
    }


@parsed
def test_two_years_of_one_verb_are_two_events() -> None:
    claims = read("{A|The army} overran {P|Dolna} in 2015 and again in 2016.", published=DAY)
    assert [claim.valid_time for claim in claims] == ["2015", "2016"]


@parsed
def test_a_loss_told_again_is_no_claim_of_its_own() -> None:
    text = "{A|The army} has retaken {P|Dolna} from {C|the militia}. {C|The militia} has been driven from {P|Dolna}."
    assert {claim.kind for claim in read(text, published=DAY)} == {Kind.GAINS}


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It was a stronghold during a 2012 insurrection.", "2012"),
        ("They retook the town, 11 days after they had lost it.", "2017-08-25"),
    ],
)
def test_the_year_of_an_event_and_the_days_since_another_are_dates(text: str, edtf: str) -> None:
    assert [date.edtf for date in find_dates(text, published=DAY)] == [edtf]


def test_an_army_that_takes_from_rebels_is_not_theirs() -> None:
    text = "Mekelle was retaken by the Ethiopian army from Tigrayan rebels."
    sides = [mention.actor_id for mention in ActorIndex.load().find(text, countries=frozenset(["ET"]))]
    assert sides[-2:] == ["other:ethiopia", "other:tigrayan forces (tplf)"]


def test_of_two_countries_with_one_demonym_the_one_that_the_text_is_about_is_meant() -> None:
    (mention,) = ActorIndex.load().find("The Congolese military said so.", countries=frozenset(["CD"]))
    assert mention.actor_id == "other:congo"


def of_real_sides(text: str, *places: str) -> set[tuple[str | None, Kind, str]]:
    report = Report(report_id="t", text=text, sha256="", published=dt.date(2016, 11, 12))
    found = [resolution_of(place, text.index(place)) for place in places]
    claims = extract(report, found, NoPlaces(), actors=ActorIndex.load())
    return {(claim.actor, claim.kind, claim.place.text) for claim in claims}


@parsed
def test_its_hands_are_those_of_the_government_whose_capital_speaks() -> None:
    text = "Islamic State entered Palmyra on Friday. Damascus insisted that Sukhna remained in its hands."
    assert ("syrian_government", Kind.HOLDS, "Sukhna") in of_real_sides(text, "Palmyra", "Damascus", "Sukhna")


@parsed
def test_the_border_of_a_country_is_no_side_that_it_may_mean() -> None:
    text = "Islamic State entered Manbij. They reached Jarablus, on the Turkish border. Al-Bab was in their hands."
    assert ("islamic_state", Kind.HOLDS, "Al-Bab") in of_real_sides(text, "Manbij", "Jarablus", "Al-Bab")
