"""Turns of newspapers and press statements, read with marked places and sides."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.claims.merging import merged
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality, Report
from tracker.pipeline import Stages

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2017, 9, 5)


pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def test_a_half_named_by_its_side_is_a_part_and_no_measure() -> None:
    (claim,) = read("{A|The army} broke the siege of the northern half of {P|Dolna} on Tuesday.", published=DAY)
    assert (claim.kind, claim.part, claim.fraction) == (Kind.BREAKS_SIEGE, "north", None)


def test_a_bound_belongs_to_its_measure_and_the_date_of_a_since_clause_to_that_clause() -> None:
    claims = read("{A|The army} have taken over half of {P|Dolna} since they entered the city in June.", published=DAY)
    gain = next(claim for claim in claims if claim.kind is Kind.GAINS)
    assert (gain.fraction, gain.valid_time) == ((0.5, 1.0), "../2017-09-05")


def test_a_pocket_in_the_south_of_a_town_is_that_part_of_it() -> None:
    text = "The {A|rebel}-held pocket in the south of {P|Dolna} remains surrounded by {C|the army}."
    said = {(claim.kind, claim.part) for claim in read(text, published=DAY)}
    assert said == {(Kind.HOLDS, "south"), (Kind.BESIEGES, "south")}


def test_what_lies_at_the_heart_of_a_besieged_part_is_besieged() -> None:
    text = "The pocket in the south of {P|Dolna}, with {P|Gorna} at its heart, remains surrounded by {C|the army}."
    said = {(claim.place.text, claim.part) for claim in read(text, published=DAY) if claim.kind is Kind.BESIEGES}
    assert said == {("Dolna", "south"), ("Gorna", None)}


def test_people_under_siege_are_besieged_where_the_text_is() -> None:
    text = "{A|The rebels} besiege {P|Dolna}. Some ten thousand civilians had been under siege for more than two years."
    (claim,) = read(text, published=DAY)
    assert (claim.kind, claim.place.text, claim.valid_time) == (Kind.BESIEGES, "Dolna", "../2015-09-05")


def test_what_is_dated_after_publication_is_not_so() -> None:
    (claim,) = read("{A|The army} captured {P|Dolna} on 12 October 2017.", published=DAY)
    assert (claim.modality, claim.cue) == (Modality.UNREAL, "dated after publication")


def test_what_is_told_as_past_was_known_on_the_day_of_publication_however_its_date_was_reckoned() -> None:
    claims = read("Fighting began on Monday. {P|Dolna} fell to {A|the army} two weeks later.", published=DAY)
    (claim,) = (claim for claim in claims if claim.kind is Kind.GAINS)
    assert (claim.modality, claim.valid_time) == (Modality.ASSERTED, f"../{DAY.isoformat()}")


def test_a_siege_that_somebody_calls_on_to_be_lifted_stands() -> None:
    claims = read("{A|The rebels} called on Monday for the siege of {P|Dolna} to be lifted.", published=DAY)
    assert all(claim.modality is Modality.UNREAL for claim in claims if claim.kind is Kind.BREAKS_SIEGE)


def test_a_list_goes_on_behind_an_aside() -> None:
    claims = read("{A|The army} still holds {P|Dolna}, the colonel's home town, and {P|Gorna}.", published=DAY)
    assert {claim.place.text for claim in claims if claim.kind is Kind.HOLDS} == {"Dolna", "Gorna"}


def test_the_quarters_of_a_town_may_stand_in_a_relative_clause() -> None:
    claims = read("{P|Dolna}, whose southern suburbs {A|the army} had held for a year, lay in ruins.", published=DAY)
    assert [(claim.kind, claim.place.text) for claim in claims] == [(Kind.HOLDS, "Dolna")]


@pytest.mark.parametrize("share", ["all", "most"])
def test_who_controlled_a_share_of_a_town_is_its_subject(share: str) -> None:
    (claim,) = read(f"{{A|British forces}} controlled {share} of {{P|Dolna}}.", published=DAY)
    assert (claim.kind, claim.actor) == (Kind.HOLDS, "other:alpha")


def test_who_retreats_after_the_fall_of_a_town_did_not_take_it() -> None:
    claims = read("After the fall of {P|Dolna}, {A|the army} retreated across the river.", published=DAY)
    assert "other:alpha" not in {claim.actor for claim in claims if claim.kind is Kind.GAINS}


def test_taking_up_positions_in_a_town_enters_it() -> None:
    (claim,) = read("{A|The army} took up positions in {P|Dolna}.", published=DAY)
    assert (claim.kind, claim.actor) == (Kind.ENTERS, "other:alpha")


def test_a_governors_region_is_not_the_town_that_he_speaks_of() -> None:
    text = (
        "{A|The army} reached {P|Dolna}. {P|Gorna} governor Morla confirmed the withdrawal of {C|the rebels} from it."
    )
    claims = [claim for claim in read(text, published=DAY) if claim.kind is Kind.WITHDRAWS]
    assert [claim.place.text for claim in claims] == ["Dolna"]


def test_the_town_is_where_the_text_was_not_where_a_march_leads() -> None:
    text = (
        "{A|The army} passed through {P|Dolna} and drove on towards {P|Gorna}. {A|The army} secured the city on Monday."
    )
    claims = [claim for claim in read(text, published=DAY) if claim.kind is Kind.GAINS]
    assert [claim.place.text for claim in claims] == ["Dolna"]


def test_northern_suburbs_are_those_of_the_town_spoken_of() -> None:
    text = "{A|The army} attacked {P|Dolna}. {C|The rebels} had been pushed out of its northern suburbs."
    claims = [claim for claim in read(text, published=DAY) if claim.kind is Kind.LOSES]
    assert [(claim.place.text, claim.actor) for claim in claims] == [("Dolna", "other:beta")]


def test_the_last_fighters_leave_for_whom_a_place_was_taken_from() -> None:
    # "Alpha captured X from beta. The last fighters of the group withdrew from X.", the group read as alpha
    (taken,) = read("{A|The army} captured {P|Dolna} from {C|the rebels} on Wednesday.", published=DAY)
    left = replace(
        taken, kind=Kind.WITHDRAWS, actor_text="fighters", counter_actor=None, rule="withdraw",
        quote="The last fighters of the group withdrew.", quote_start=taken.quote_end + 1,
    )  # fmt: skip
    assert merged([taken, left]) == [taken]  # that the loser left is said by the gain
    named = replace(left, actor_text="Alpha")
    assert [c.actor for c in merged([taken, named])] == [taken.actor, taken.actor]


def test_a_time_behind_a_side_takes_nothing_from_it() -> None:
    (claim,) = read("{P|Dolna}, east of the city, was captured by the {A|army} days later.", published=DAY)
    assert (claim.kind, claim.actor) == (Kind.GAINS, "other:alpha")


def test_places_counted_and_then_named_are_whole() -> None:
    text = "{A|The rebels} control two of the region's three state capitals: {P|Dolna} and {P|Gorna}."
    said = {(claim.place.text, claim.kind, claim.part) for claim in read(text, published=DAY)}
    assert said == {("Dolna", Kind.HOLDS, None), ("Gorna", Kind.HOLDS, None)}


def test_what_an_office_calls_its_own_is_its_states_whatever_is_said_behind_a_semicolon() -> None:
    text = (
        "{C|The defenders} still hold {P|Gorna}. {A|Alpha}'s defence ministry said its units had taken the villages of "
        "{P|Dolna} and {P|Sredna}; {C|the defenders} did not confirm it."
    )
    gains = {(claim.actor, claim.place.text) for claim in read(text, published=DAY) if claim.kind is Kind.GAINS}
    assert gains == {("other:alpha", "Dolna"), ("other:alpha", "Sredna")}


def test_the_city_is_the_one_just_called_a_capital() -> None:
    text = (
        "{A|The rebels} captured {P|Gorna}. {A|They} have failed to dislodge {C|troops} from {P|Dolna}, the capital of "
        "the region. {C|The army} regained most of the city in July."
    )
    last = read(text, published=DAY)[-1]
    assert (last.kind, last.place.text, last.fraction) == (Kind.GAINS, "Dolna", (0.5, 1.0))


def test_a_verb_that_its_day_took_for_the_name_behind_it_is_a_verb() -> None:
    text = "The {A|army} on Monday liberated {P|Runirgod}, a town in the north."
    (claim,) = read(text, published=DAY)
    assert (claim.kind, claim.place.text, claim.valid_time) == (Kind.GAINS, "Runirgod", "2017-09-04")


def test_a_rank_before_a_name_is_no_place() -> None:
    text = "{A|The army} hold {P|Dolna} and cleared the city's northern neighborhoods, Col. Tom Doe told reporters."
    assert {claim.place.text for claim in read(text, published=DAY)} == {"Dolna"}


@pytest.mark.parametrize(
    ("words", "fraction"),
    [
        ("one-third of", (0.33, 0.33)),
        ("more than a third of", (0.33, 1.0)),
        ("two-thirds of", (0.67, 0.67)),
        ("three quarters of", (0.75, 0.75)),
        ("the third-largest city,", None),
        ("two quarters of", None),
    ],
)
def test_thirds_and_quarters_are_shares_only_where_they_measure(words: str, fraction: tuple[float, float]) -> None:
    (claim,) = read(f"{{A|The rebels}} hold {words} {{P|Dolna}}.", published=DAY)
    assert claim.fraction == fraction


def test_what_is_included_in_a_share_of_the_land_is_whole() -> None:
    text = "{C|The militia} have lost 90 percent of the territory they once held, including the city of {P|Dolna}."
    lost = next(claim for claim in read(text, published=DAY) if claim.kind is Kind.LOSES)
    assert (lost.place.text, lost.fraction) == ("Dolna", None)


@pytest.mark.parametrize("verb", ["held on to", "held out in"])
def test_who_holds_on_or_out_is_the_subject(verb: str) -> None:
    (claim,) = read(f"The {{A|rebels}} {verb} {{P|Dolna}}.", published=DAY)
    assert (claim.kind, claim.actor) == (Kind.HOLDS, "other:alpha")


def test_districts_named_one_by_one_are_meant_and_not_their_province() -> None:
    text = "{A|The brigades} captured {P|Dolna}, {P|Gorna} and {P|Sredna} districts of {O|Morland}."
    assert {claim.place.text for claim in read(text, published=DAY)} == {"Dolna", "Gorna", "Sredna"}


def test_who_is_on_the_move_stays_so_when_what_he_had_done_by_then_is_told() -> None:
    text = (
        "{C|The militia} overran {P|Gorna} in May. In December {A|the army} stormed {P|Dolna}; by the end of the month "
        "{A|the army} had taken {P|Sredna}. The suburbs of {P|Dolna} were cleared by February."
    )
    last = read(text, published=DAY)[-1]
    assert (last.kind, last.actor) == (Kind.GAINS, "other:alpha")


def test_so_many_of_a_provinces_towns_are_parts_of_it() -> None:
    text = "The junta has left Sittwe. The Arakan Army now holds 14 of Rakhine State's 17 townships."
    report = Report(report_id="t", text=text, sha256="", published=DAY)
    claim = next(claim for claim in Stages().extract(report) if claim.kind is Kind.HOLDS)
    assert (claim.actor, claim.place.text, claim.part) == ("other:arakan army (aa)", "Rakhine State", "parts")
