"""Turns of agencies' articles: days told by what went before, lists with a day for each, headquarters in a town."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.dates.mentions import find_dates
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Report
from tracker.pipeline import Stages

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2017, 9, 5)  # a Tuesday


pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def days(text: str, kind: Kind = Kind.GAINS) -> dict[str, str | None]:
    return {claim.place.text: claim.valid_time for claim in read(text, published=DAY) if claim.kind is kind}


def dates(text: str) -> dict[str, str | None]:
    return {date.text: date.edtf for date in find_dates(text, published=DAY)}


@pytest.mark.parametrize(
    "after",
    [
        "three days after the {C|rebels} seized {P|Gorna}",
        "three days after the {C|rebels} had seized {P|Gorna}",
        "three days after {C|the rebels} scored a great victory by seizing {P|Gorna}",
        "three days after the capture of {P|Gorna} by {C|the rebels}",
    ],
)
def test_what_went_days_before_is_dated_by_it(after: str) -> None:
    assert days(f"{{A|The army}} retook {{P|Dolna}} on Monday, {after}.") == {
        "Dolna": "2017-09-04",
        "Gorna": "2017-09-01",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Three days after {C|the rebels} took {P|Gorna} on 1 May 2016, {A|the army} retook {P|Dolna}.",
        "{A|The army} retook {P|Dolna} three days after {C|the rebels} took {P|Gorna} on 1 May 2016.",
        "{A|The army} retook {P|Dolna} three days after the fall of {P|Gorna} to {C|the rebels} on 1 May 2016.",
    ],
)
def test_days_after_what_has_a_day_of_its_own_are_counted_from_it(text: str) -> None:
    assert days(text) == {"Dolna": "2016-05-04", "Gorna": "2016-05-01"}


def test_a_month_of_that_year_is_of_the_year_named_last() -> None:
    told = dates("The rebels held it in early 2015. Soldiers freed it that March. Later that August it was lost.")
    assert [told["that March"], told["that August"]] == ["2015-03", "2015-08"]


def test_that_is_no_date_before_a_verb() -> None:
    assert "that may" not in {text.lower() for text in dates("An offensive that may take months began in June 2015.")}


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in the spring of last year", "2016-21"),
        ("in the autumn of that year", "2014-23"),
        ("in the summer of the following year", "2015-22"),
    ],
)
def test_a_season_has_the_year_that_is_said_with_it(words: str, edtf: str) -> None:
    told = dates(f"In May 2014 the army took one town. It took the next {words}.")
    assert edtf in told.values()


def test_months_behind_when_are_of_the_year_before_it() -> None:
    told = days("{A|The army} went up the coast last year, when they captured {P|Dolna} in February.")
    assert told == {"Dolna": "2016-02"}


def test_months_before_when_are_not() -> None:
    assert days("{A|The army} captured {P|Dolna} in February, when the river froze.") == {"Dolna": "2017-02"}


def test_what_came_a_few_weeks_after_what_the_text_looked_back_to_was_long_ago() -> None:
    text = "On Sunday it met {A|the rebels}, who took {P|Dolna} in May 2013 and {P|Gorna} two months later."
    assert days(text) == {"Dolna": "2013-05", "Gorna": "2013-07"}


@pytest.mark.parametrize("time", ["two days later", "on 17 February"])
def test_each_entry_of_a_list_has_the_day_behind_it(time: str) -> None:
    text = (
        "{A|The army} took {P|Dolna} on 10 February, {P|Gorna} on 15 February and the villages of {P|Mala} and {P|Vela}"
    )
    assert days(f"{text} {time}.") == {
        "Dolna": "2017-02-10", "Gorna": "2017-02-15", "Mala": "2017-02-17", "Vela": "2017-02-17",
    }  # fmt: skip


@pytest.mark.parametrize("time", ["two days later", "on 17 February", "on Friday 17 February"])
def test_an_entry_behind_a_time_between_commas_is_of_the_list(time: str) -> None:
    text = f"{{A|The army}} took {{P|Dolna}} on 15 February and, {time}, {{P|Gorna}} and {{P|Mala}}."
    assert days(text) == {"Dolna": "2017-02-15", "Gorna": "2017-02-17", "Mala": "2017-02-17"}


def test_a_month_between_commas_is_of_the_entry_behind_it() -> None:
    text = "{A|The army} captured {P|Dolna} in February and, in July, {P|Gorna}."
    assert days(text) == {"Dolna": "2017-02", "Gorna": "2017-07"}


def test_who_left_a_town_named_behind_a_time_took_nothing() -> None:
    claims = read("{A|The army} took {P|Dolna} in May and, in July, {P|Gorna} was bombed.", published=DAY)
    assert {claim.place.text for claim in claims} == {"Dolna"}


def test_a_day_in_a_clause_about_who_speaks_is_that_of_the_clause() -> None:
    text = "{A|The rebels}, who took {P|Dolna} in early July, said on Monday that they were tired."
    assert days(text) == {"Dolna": "2017-07"}


@pytest.mark.parametrize(
    "post",
    [
        "the headquarters of {C|the 22nd Division} in {P|Dolna}",
        "the base of {C|the rebels} in {P|Dolna}",
        "{C|the rebels}' headquarters in {P|Dolna}",
    ],
)
def test_headquarters_in_a_town_are_a_part_of_it(post: str) -> None:
    said = {(claim.kind, claim.place.text, claim.part) for claim in read(f"{{A|The army}} seized {post}.")}
    assert said == {(Kind.GAINS, "Dolna", "parts")}


def test_a_regional_command_in_a_town_is_a_part_of_it_and_no_side() -> None:
    text = "The Arakan Army seized the military's Western Regional Command in Ann on Monday, the group said."
    report = Report(report_id="r", text=text, sha256="0" * 64, published=dt.date(2024, 12, 24))
    (claim,) = Stages().extract(report)
    assert (claim.kind, claim.place.text, claim.part) == (Kind.GAINS, "Ann", "parts")
    assert claim.counter_actor in {None, "other:myanmar"}


def test_a_known_post_is_entered_and_not_any_house() -> None:
    known = read("{A|The rebels} stormed the garrison in {P|Dolna} on Monday.", published=DAY)
    assert [(claim.kind, claim.part) for claim in known] == [(Kind.ENTERS, "parts")]
    assert read("{A|The rebels} stormed a house in {P|Dolna} on Monday.", published=DAY) == []


def test_where_an_official_speaks_is_not_the_city_spoken_of() -> None:
    text = "{A|The army} attacked {P|Dolna}. In {P|Gorna}, a spokeswoman said that fighting in the city was continuing."
    assert [claim.place.text for claim in read(text, published=DAY)] == ["Dolna"]


def test_where_residents_speak_may_be() -> None:
    text = "{A|The army} attacked. In {P|Gorna}, residents said that fighting in the city was continuing."
    assert [claim.place.text for claim in read(text, published=DAY)] == ["Gorna"]
