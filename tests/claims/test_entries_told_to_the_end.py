"""Entries about a town told to their end: who came, who went, and who was left with it, without its name."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.claims.place_memory import PlaceRef
from tracker.claims.topic import is_about
from tracker.model import Report

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read, stages

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model")
ENTRY = "Dolna (Gornland)"
HELD = "{P|Dolna} was captured by {C|the rebels} on 1 May 2014. "
Row = tuple[str, str | None, str | None, str, str | None]


def told(text: str, *, title: str = ENTRY, published: dt.date = dt.date(2020, 1, 1)) -> list[Row]:
    claims = read(text, title=title, published=published)
    return [(str(c.kind), c.actor, c.counter_actor, c.place.text, c.valid_time) for c in claims]


def test_who_enters_enters_the_town_of_the_entry() -> None:
    assert ("enters", "other:alpha", None, "Dolna", "2014-07-03") in told(HELD + "{A|The army} entered on 3 July 2014.")


def test_a_deal_that_is_reached_is_no_town() -> None:
    assert len(told(HELD + "{A|The army} reached a deal in July 2014.")) == 1
    assert len(told(HELD + "{A|The army} entered the war in July 2014.")) == 1


def test_who_takes_over_takes_the_town() -> None:
    rows = told(HELD + "{C|The rebels} departed in March 2015, and {A|the army} took over.")
    assert ("gains", "other:alpha", "other:beta", "Dolna", "2015-03") in rows


def test_news_that_is_no_entry_takes_over_nothing() -> None:
    assert len(told(HELD + "{A|The army} took over in March 2015.", title="War in Gornland goes on")) == 1


def test_who_announces_its_withdrawal_leaves_the_town() -> None:
    rows = told(HELD + "{C|The rebels} announced their withdrawal on 4 June 2014.")
    assert ("withdraws", "other:beta", None, "Dolna", "2014-06-04") in rows


def test_nameless_allies_are_not_those_who_left() -> None:
    rows = told(HELD + "{C|The rebels} announced their withdrawal on 4 June 2014, and allied forces entered on 6 June.")
    assert not [row for row in rows if row[0] == "enters"]


def test_units_from_elsewhere_retake_the_town_not_where_they_came_from() -> None:
    rows = told(HELD + "Units of {A|the army} advancing from {P|Vesel} recaptured it on 3 July 2014.")
    assert ("gains", "other:alpha", None, "Dolna", "2014-07-03") in rows


def test_another_town_that_is_attacked_is_taken() -> None:
    rows = told(HELD + "On 3 July 2014 {A|the army} attacked {P|Vesel} and captured it.")
    assert ("gains", "other:alpha", None, "Vesel", "2014-07-03") in rows


def test_two_clauses_have_a_side_each() -> None:
    text = HELD + "{C|The rebels} left before the end of July as part of a general retreat, and {A|soldiers} returned."
    rows = [row[:4] for row in told(text)]
    assert ("enters", "other:alpha", None, "Dolna") in rows
    assert ("withdraws", "other:beta", None, "Dolna") in rows


def test_by_whom_they_were_driven_out_stands_behind_the_day() -> None:
    rows = told(HELD + "They were driven out on the following day by {A|the army}.")
    assert ("gains", "other:alpha", "other:beta", "Dolna", "2014-05-02") in rows


def test_the_other_side_of_the_fight_drove_them_out() -> None:
    rows = told(
        HELD
        + "A quarrel with {A|the brigade} ended in a fight in July 2014, in which {C|the rebels} were ousted from it."
    )
    assert ("gains", "other:alpha", "other:beta", "Dolna", "2014-07") in rows


def test_what_is_confirmed_lost_years_later_is_not_taken_by_its_holder() -> None:
    rows = told(HELD + "On 8 May 2017 the governor confirmed that the town had been lost.")
    assert ("loses", "other:beta", None, "Dolna", "2017-05-08") in rows


def test_the_capture_of_a_besieged_town_is_the_besiegers() -> None:
    rows = told(
        HELD + "{A|The army} besieged the town in June 2015. The capture of the town was announced on 6 February 2016."
    )
    assert ("gains", "other:alpha", None, "Dolna", "2016-02-06") in rows


def test_the_takeover_that_a_side_completes_is_its_own() -> None:
    text = (
        HELD
        + "On 3 July 2014 {A|the army} took the base of {C|the rebels}' brigade, completing its takeover of the town."
    )
    assert ("gains", "other:alpha", None, "Dolna", "2014-07-03") in told(text)


def test_a_population_that_flees_gives_up_nothing() -> None:
    assert len(told(HELD + "In July 2014 its {A|Gornish} population fled.")) == 1


def test_a_people_that_is_expelled_held_nothing() -> None:
    assert len(told(HELD + "{A|Gorns} were expelled or killed, and the mosques were blown up.")) == 1


def test_an_agreement_is_no_side() -> None:
    rows = told(HELD + "The Vesel Agreement left it to its people in 2015.")
    assert not [row for row in rows if row[0] == "withdraws"]


def test_who_held_the_town_until_it_fell_held_it_before() -> None:
    rows = told(
        "{P|Dolna} was the last large town held by {C|the rebels} before it fell to {A|the army} on 3 July 2014."
    )
    assert ("holds", "other:beta", None, "Dolna", "../2014-07-03") in rows


def test_a_day_inside_a_name_is_no_date() -> None:
    text = "On 20 November 2014 {P|Dolna} was captured by {A|the March 23 Movement}. {A|They} withdrew on 1 December."
    assert [row[4] for row in told(text)] == ["2014-11-20", "2014-12-01"]


def test_most_of_the_day_before_leaving_is_that_day() -> None:
    text = "On 11 May 2014 {A|the rebels} held {P|Dolna} for most of the day before leaving with their weapons."
    assert {row[4] for row in told(text)} == {"2014-05-11"}


def test_a_leader_is_known_with_his_title() -> None:
    text = (
        "Shusha was captured by Armenian forces in May 1992. "
        "On 8 November 2020 President Ilham Aliyev announced that the town had been taken."
    )
    entry = Report(
        report_id="r", text=text, sha256="", title="Shusha (Azerbaijan)", published=dt.date(2022, 1, 1),
        source="encyclopedia",
    )  # fmt: skip
    claims = stages().extract(entry)
    assert ("gains", "other:azerbaijan", "2020-11-08") in [(str(c.kind), c.actor, c.valid_time) for c in claims]


def test_what_is_left_years_later_was_not_left_to_who_took_it_first() -> None:
    text = (
        HELD + "They left it in June 2014. On 14 May 2018 {A|the militia} reached the outskirts, "
        "and two days later {O|the army} had abandoned the town."
    )
    assert ("withdraws", "other:gamma", None, "Dolna", "2018-05-16") in told(text)


def test_the_town_sides_with_a_general() -> None:
    assert ("gains", "other:alpha", None, "Dolna", "2018-04") in told(
        HELD + "It sided with {A|the army} in April 2018."
    )
    assert len(told(HELD + "The mayor of the town sided with {A|the army} in April 2018.")) == 1


def test_an_enclave_of_a_side_is_held_by_it() -> None:
    rows = told("From June 2014 {P|Dolna} was an enclave of {C|the rebels}, besieged by {A|the army}.")
    assert ("holds", "other:beta", None, "Dolna", "2014-06/..") in rows


def test_how_long_it_took_is_not_when_it_was() -> None:
    rows = told(HELD + "{A|The army} recaptured it within five hours on 17 November 2017.")
    assert ("gains", "other:alpha", None, "Dolna", "2017-11-17") in rows
    rows = told(HELD + "From January 2018 {A|the army} laid siege to it for nine months.")
    assert [row[4] for row in rows if row[0] == "besieges"] == ["2018-01"]


def test_who_moves_back_in_within_hours_of_a_rout_elsewhere_is_in_the_town() -> None:
    text = (
        HELD
        + "{C|They} pulled out in late August 2014 after the rout at Osla, and {A|the army} moved back in within hours."
    )
    assert ("enters", "other:alpha", None, "Dolna", "2014-08") in told(text)


def test_who_held_it_for_years_when_it_was_seized_held_it_before() -> None:
    rows = told(
        "{P|Dolna} had been controlled by {C|the rebels} for ten years when {A|the army} seized it on 3 July 2014."
    )
    assert ("holds", "other:beta", None, "Dolna", "../2014-07-03") in rows


def test_the_last_town_that_a_side_held_was_its_own_until_then() -> None:
    rows = told("On 3 July 2014 {A|the army} captured {P|Dolna}, the last town that {C|the rebels} held.")
    assert ("holds", "other:beta", None, "Dolna", "2014-07-03") not in rows


def test_an_operation_is_no_place() -> None:
    text = "{A|The army} laid siege to {P|Dolna} in May 2014. The siege was lifted on 5 August 2014 in Operation Vesel."
    assert ("breaks_siege", None, None, "Dolna", "2014-08-05") in told(text)


def test_a_headline_is_no_entry() -> None:
    dolna = PlaceRef("Dolna", 0, 5, None)
    assert is_about("Dolna (Gornland)", dolna)
    assert not is_about("Rebels enter Dolna", dolna)
