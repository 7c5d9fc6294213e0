"""What histories of towns of many wars taught: who is left unsaid, what came of it, since when."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.extract import extract
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Report

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import NoPlaces, read, resolution_of

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model")
ENTRY = "Dolna (Gornland)"
LATER = dt.date(2020, 1, 1)


def entry(text: str) -> list[Claim]:
    return read(text, title=ENTRY, published=LATER)


def told(claims: list[Claim]) -> list[tuple[str, str | None, str | None, str | None, str]]:
    return [(str(c.kind), c.actor, c.part, c.valid_time, str(c.modality)) for c in claims]


def test_whose_offensive_it_was_is_who_took_the_town_in_it() -> None:
    claims = entry(
        "{P|Dolna} was recaptured during the first stages of the counteroffensive by {A|the army} in May 2016."
    )
    assert [(c.kind, c.actor) for c in claims] == [("gains", "other:alpha")]


def test_what_is_taken_along_with_another_place_is_taken() -> None:
    claims = entry("On 4 May 2016 {A|the army} captured {P|Morla}, along with the village of {P|Dolna}.")
    assert {(c.place.text, c.actor) for c in claims} == {("Morla", "other:alpha"), ("Dolna", "other:alpha")}


def test_who_is_pushed_back_at_the_gates_has_not_entered() -> None:
    claims = entry(
        "{A|The army} took {P|Dolna} in May 2016. In June {C|the rebels} entered the town, but were pushed back."
    )
    assert ("enters", "other:beta", None, "2016-06", "unreal") in told(claims)


def test_the_other_half_is_that_of_the_town() -> None:
    text = "The northern half of {P|Dolna} was captured by {A|the army} on 3 May 2016. The southern half was taken by "
    assert told(entry(text + "{A|the army} on 9 May 2016."))[1][2:4] == ("south", "2016-05-09")


def test_a_part_of_a_month_is_a_date_to_the_parser_too() -> None:
    claims = entry("Starting mid-May 2016 {A|the rebels} captured several towns, including {P|Dolna}.")
    assert told(claims) == [("gains", "other:alpha", None, "2016-05", "asserted")]


def test_what_a_ministry_announces_its_state_has_done() -> None:
    claims = entry(
        "{C|The rebels} took {P|Dolna} in 2015. On 4 May 2016 the {A|Gornish} Defence Ministry claimed its capture."
    )
    assert ("gains", "other:alpha", None, "2016-05-04", "hedged") in told(claims)


def test_what_a_staff_admits_as_lost_was_its_own() -> None:
    claims = entry("On 4 May 2016 the {A|Gornish} General Staff confirmed that {P|Dolna} had been lost.")
    assert told(claims) == [("loses", "other:alpha", None, "2016-05-04", "asserted")]


def test_what_is_lost_without_a_word_of_by_whom_is_lost_by_its_last_holder() -> None:
    claims = entry("{P|Dolna} was captured by {A|the rebels} on 26 March 2016 and lost on 30 March.")
    assert ("loses", "other:alpha", None, "2016-03-30", "asserted") in told(claims)


def test_who_is_expelled_needs_no_out() -> None:
    claims = entry("{C|The rebels} captured {P|Dolna} in May 2016. They were expelled by {A|the army} in August 2016.")
    assert [(c.kind, c.actor, c.counter_actor) for c in claims][1:] == [("gains", "other:alpha", "other:beta")]


def test_an_old_leaving_is_not_the_new_loss() -> None:
    text = "It was not until 12 June 2012 that {A|the army} won {P|Dolna} back from {C|the rebels}. "
    claims = entry(text + "{C|The rebels} captured it in December 2015 and were driven out on 14 August 2016.")
    assert ("loses", "other:beta", None, "2016-08-14", "asserted") in told(claims)


def test_who_leaves_a_town_as_part_of_a_withdrawal_leaves_it() -> None:
    claims = entry("As part of a withdrawal from the right bank, {A|the army} left {P|Dolna} on 11 November 2016.")
    assert told(claims) == [("withdraws", "other:alpha", None, "2016-11-11", "asserted")]


def test_what_is_told_with_only_to_came_to_pass() -> None:
    claims = entry("{A|The rebels} captured {P|Dolna} on 27 March 2016, only to lose it two days later.")
    assert ("loses", "other:alpha", None, "2016-03-29", "asserted") in told(claims)


def test_who_comes_back_the_next_day_is_in_the_town() -> None:
    claims = entry("{A|The army} took {P|Dolna} on 4 May 2016, but {C|the rebels} returned the next day.")
    assert ("enters", "other:beta", None, "2016-05-05", "asserted") in told(claims)


def test_who_returns_to_its_barracks_enters_no_town() -> None:
    claims = entry("{C|The rebels} took {P|Dolna} on 4 May 2016. {A|The army} returned to its barracks.")
    assert [c.kind for c in claims] == ["gains"]


def test_both_towns_are_the_two_that_were_taken() -> None:
    text = "{C|The rebels} took {P|Dolna} and {P|Morla} on 7 August 2016. "
    text += "Three days later {A|the army} recaptured both towns."
    assert {(c.place.text, c.valid_time) for c in entry(text) if c.actor == "other:alpha"} == {
        ("Dolna", "2016-08-10"),
        ("Morla", "2016-08-10"),
    }


def test_since_then_is_since_the_last_day_told() -> None:
    claims = entry("{C|The army} lost {P|Dolna} on 4 May 2016. It has been held by {A|the rebels} since then.")
    assert ("holds", "other:alpha", None, "2016-05-04/..", "asserted") in told(claims)


def test_ruling_for_a_year_in_a_story_of_long_ago_does_not_reach_to_the_telling() -> None:
    claims = entry("{A|The rebels} stormed {P|Dolna} on 2 April 2015 and governed the town for a year.")
    assert ("holds", "other:alpha", None, "2015-04-02", "asserted") in told(claims)


def test_a_season_with_its_year_gives_it_to_the_next_day() -> None:
    text = "{P|Dolna} fell to {A|the army} on 17 September 2015. {C|The rebels} entered it in the spring of 2016 and "
    assert ("gains", "other:beta", None, "2016-05-22", "asserted") in told(entry(text + "captured it on 22 May."))


def test_a_side_may_take_again_what_another_had_in_between() -> None:
    text = "{P|Dolna} was captured by {A|the rebels} in 2014. {C|The army} retook it in March 2015. "
    claims = entry(text + "{A|The rebels} have since captured it once more.")
    assert [c.actor for c in claims if c.kind == "gains"] == ["other:alpha", "other:beta", "other:alpha"]


def test_two_events_of_one_sentence_stand_in_the_order_of_its_words() -> None:
    claims = entry(
        "In October 2016 {C|the rebels} entered the centre of {P|Dolna} but were driven out after some days."
    )
    by_words = sorted(claims, key=lambda c: c.told_at or 0)
    assert [c.kind for c in by_words] == ["enters", "loses"]


def test_a_coalition_helps_whom_it_is_named_beside() -> None:
    text = "On 6 March 2015 coalition and Iraqi forces retook Dolna."
    report = Report(report_id="t", text=text, sha256="", published=LATER, title="Dolna (Anbar)")
    claims = extract(report, [resolution_of("Dolna", text.index("Dolna"))], NoPlaces(), actors=ActorIndex.load())
    assert [(c.kind, c.actor) for c in claims] == [("gains", "iraqi_government")]
