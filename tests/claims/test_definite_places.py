"""Places told by what they are: "its wards", "the provincial capital", "the towns in the district", who lives there."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted, read

DAY = dt.date(2026, 1, 5)
ALPHA, BETA = "other:alpha", "other:beta"

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def claims(text: str, kind: Kind) -> list[Claim]:
    """Return the real claims of a kind."""
    return [c for c in read(text, published=DAY) if c.kind is kind and c.modality is not Modality.UNREAL]


def told(text: str, kind: Kind) -> set[tuple[str | None, str, str | None]]:
    """Side, place and part of each real claim of a kind."""
    return {(c.actor, c.place.text, c.part) for c in claims(text, kind)}


def test_its_wards_are_those_of_the_town_not_of_the_side() -> None:
    text = "{P|Dolna} was the greatest prize. {A|The army} entered its northern wards in July."
    assert told(text, Kind.ENTERS) == {(ALPHA, "Dolna", "north")}


def test_its_camps_may_be_those_of_the_side() -> None:
    text = "{P|Dolna} was the greatest prize. {A|The army} entered its camps in July."
    assert not told(text, Kind.ENTERS)


def test_the_provincial_capital_is_what_the_text_has_called_a_capital() -> None:
    text = (
        "{A|The army} entered {P|Dolna}, the capital of the state. "
        "{C|The rebels} captured the provincial capital in 2023."
    )
    assert told(text, Kind.GAINS) == {(BETA, "Dolna", None)}


def test_the_towns_in_a_district_are_those_that_were_told_of() -> None:
    text = (
        "{A|The army} abandoned {P|Dolna} and {P|Gora} on Monday. "
        "The towns in {P|Morla} had been recaptured from {C|the rebels} in May."
    )
    assert {c.place.text for c in claims(text, Kind.LOSES) + claims(text, Kind.GAINS)} == {"Dolna", "Gora"}


def test_the_towns_near_another_are_not_those_that_were_told_of() -> None:
    text = (
        "{A|The army} abandoned {P|Dolna} and {P|Gora} on Monday. "
        "The towns near {P|Morla} had been recaptured from {C|the rebels} in May."
    )
    assert not claims(text, Kind.LOSES) + claims(text, Kind.GAINS)


def test_whose_residents_say_that_soldiers_left_is_what_they_left() -> None:
    text = "Residents of {P|Dolna} said {A|the army} had withdrawn at sunrise."
    assert told(text, Kind.WITHDRAWS) == {(ALPHA, "Dolna", None)}


def test_who_withdrew_from_elsewhere_did_not_leave_the_residents() -> None:
    text = "Residents of {P|Dolna} said {A|the army} had withdrawn from {P|Gora}."
    assert told(text, Kind.WITHDRAWS) == {(ALPHA, "Gora", None)}


def test_what_is_told_behind_a_day_of_the_month_is_the_next_of_the_list() -> None:
    text = "On 4 October {A|the army} took {P|Dolna}, the first town to fall, and on the 9th {P|Gora}."
    assert {(c.place.text, c.valid_time) for c in claims(text, Kind.GAINS)} == {
        ("Dolna", "2025-10-04"),
        ("Gora", "2025-10-09"),
    }


def test_what_follows_one_month_after_another_is_a_list() -> None:
    text = "{A|The army} took {P|Dolna} in May 2024. {P|Gora} followed in October, {P|Morla} the next January."
    assert {(c.place.text, c.valid_time) for c in claims(text, Kind.GAINS)} == {
        ("Dolna", "2024-05"),
        ("Gora", "2024-10"),
        ("Morla", "2025-01"),
    }


def test_who_moves_in_goes_where_others_have_just_left() -> None:
    text = "{A|The army} left {P|Dolna} on Monday, and {C|the rebels} moved in on Tuesday."
    assert told(text, Kind.ENTERS) == {(BETA, "Dolna", None)}


@pytest.mark.parametrize(
    "text",
    [
        "{C|The rebels} moved in on Tuesday after {A|the army} withdrew from {P|Dolna}.",
        "Following the withdrawal of {A|the army} from {P|Dolna}, {C|the rebels} moved in.",
        "{C|The rebels} marched in once {A|the army} had abandoned {P|Dolna}.",
        "{A|The army} withdrew from {P|Dolna} on Monday. {C|The rebels} moved in hours later.",
    ],
)
def test_who_moves_in_goes_where_others_leave_in_the_same_breath(text: str) -> None:
    assert ("enters", BETA, "Dolna") in {(c.kind, c.actor, c.place.text) for c in claims(text, Kind.ENTERS)}


def test_who_takes_over_where_others_have_left_has_the_place() -> None:
    text = "When {A|the army} pulled out of {P|Dolna}, {C|the rebels} took over."
    assert told(text, Kind.GAINS) == {(BETA, "Dolna", None)}


@pytest.mark.parametrize("what", ["Refugees moved in", "The weather closed in", "The opposition gave in"])
def test_what_comes_in_where_others_left_must_be_a_side(what: str) -> None:
    assert not told(f"{what} after {{A|the army}} left {{P|Dolna}}.", Kind.ENTERS)


def test_who_moves_in_where_nobody_left_goes_nowhere() -> None:
    text = "{A|The army} took {P|Dolna} on Monday, and {C|the rebels} moved in on Tuesday."
    assert not told(text, Kind.ENTERS)


def test_what_is_told_as_also_so_is_told_of_each() -> None:
    text = "The village of {P|Dolna} was taken by {A|the army}, as were neighbouring {P|Gora} and {P|Morla}."
    assert {c.place.text for c in claims(text, Kind.GAINS)} == {"Dolna", "Gora", "Morla"}
    assert {c.place.text for c in claims("{P|Dolna} fell to {A|the army}, as did {P|Gora}.", Kind.GAINS)} == {
        "Dolna",
        "Gora",
    }


def test_what_others_did_besides_is_no_list_of_places() -> None:
    text = "{P|Dolna} was taken by {A|the army}, as was said in {P|Gora}."
    assert {c.place.text for c in claims(text, Kind.GAINS)} == {"Dolna"}


def test_the_last_town_of_a_province_is_the_town() -> None:
    text = "The Iraqi army took Tikrit, the last town of Kirkuk province held by the Islamic State."
    held = [c.place.text for c in extracted(text, "2015-04-02") if c.kind is Kind.HOLDS]
    assert held == ["Tikrit"]


@pytest.mark.parametrize("backend", ["auto", "window"])
@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("{A|The army} attacked {P|Dolna} and {P|Gora}. Both towns were captured.", {"Dolna", "Gora"}),
        (
            "{A|The army} advanced on the villages of {P|Dolna}, {P|Gora} and {P|Sredna}. The villages were captured.",
            {"Dolna", "Gora", "Sredna"},
        ),
        (
            "{A|The army} advanced towards {P|Dolna} and {P|Gora}. The two towns were captured in May.",
            {"Dolna", "Gora"},
        ),
        ("{A|The army} drove on the road between {P|Dolna} and {P|Gora}. The villages were captured.", set()),
        ("{A|The army} shelled {P|Dolna} and {P|Gora}. The villages around the lake were captured.", set()),
        ("{A|The army} shelled {P|Dolna} and {P|Gora}. The three towns were captured.", set()),
        ("{A|The army} shelled {P|Dolna} and {P|Gora}. Some villages were captured.", set()),
    ],
)
def test_the_villages_are_those_that_were_just_named_together(text: str, towns: set[str], backend: str) -> None:
    found = {(c.actor, c.place.text) for c in read(text, published=DAY, backend=backend) if c.kind is Kind.GAINS}
    assert found == {(ALPHA, town) for town in towns}


@pytest.mark.parametrize(
    "aimed",
    [
        "On 8 May they launched an offensive to capture the town of {P|Gora}.",
        "They then planned to storm the town of {P|Gora}.",
        "They tried to enter the town of {P|Gora}, but were driven back.",
        "A month later they failed to seize the town of {P|Gora}.",
        "A week later they shelled the town of {P|Gora}.",
        "In June their guns bombarded the town of {P|Gora} for days.",
    ],
)
def test_the_town_is_the_one_that_was_meant_to_be_taken_not_the_one_taken_before(aimed: str) -> None:
    text = (
        f"{{A|The army}} captured the town of {{P|Dolna}} in early May. {aimed} The town was held by {{C|the rebels}}."
    )
    assert told(text, Kind.HOLDS) == {(BETA, "Gora", None)}


def test_the_town_is_not_one_that_a_bridge_was_hit_near() -> None:
    text = (
        "{A|The army} captured the town of {P|Dolna} in May. It hit a bridge near the town of {P|Gora}. "
        "The town had been held by {C|the rebels}."
    )
    assert told(text, Kind.HOLDS) == {(BETA, "Dolna", None)}


@pytest.mark.parametrize("backend", ["auto", "window"])
@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} controls two thirds of {P|Dolna}, while {C|the rebels} hold the rest.",
        "{A|The army} controls most of {P|Dolna}; the remainder is in the hands of {C|the rebels}.",
        "{A|The army} held a third of {P|Dolna}, the rest being held by {C|the rebels}.",
    ],
)
def test_the_rest_is_that_of_the_place_of_which_a_part_was_told(text: str, backend: str) -> None:
    found = {(c.actor, c.place.text) for c in read(text, published=DAY, backend=backend) if c.kind is Kind.HOLDS}
    assert found == {(ALPHA, "Dolna"), (BETA, "Dolna")}


def test_the_rest_of_nothing_that_was_told_in_parts_is_no_place() -> None:
    assert not told("{A|The army} bombed {P|Dolna}. {C|The rebels} hold the rest.", Kind.HOLDS)


@pytest.mark.parametrize(
    "text",
    [
        "While Baghdad has made gains around Hawija, the town is still held by Islamic State.",
        "Baghdad has been shelling Islamic State fighters near Hawija. The town remains in the group's hands.",
        "Baghdad bombed Islamic State for weeks at Hawija, but the town is still under the control of the militants.",
    ],
)
def test_a_capital_that_makes_war_stands_for_its_state_and_is_not_the_town(text: str) -> None:
    held = {(c.actor, c.place.text) for c in extracted(text, "2017-08-05") if c.kind is Kind.HOLDS}
    assert held == {("islamic_state", "Hawija")}


def test_a_capital_to_which_something_happens_is_the_city() -> None:
    text = "Damascus came under attack by rebels on Monday. The city is held by government troops."
    held = {(c.actor, c.place.text) for c in extracted(text, "2014-08-05") if c.kind is Kind.HOLDS}
    assert held == {("syrian_government", "Damascus")}
