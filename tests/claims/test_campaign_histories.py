"""Turns of the histories of campaigns: lists that go on, what is left to a side, who holds out, what follows."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Kind

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2017, 12, 20)

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def said(text: str) -> set[tuple[Kind, str, str | None]]:
    """Return kind, place and side of the claims of a text."""
    return {(claim.kind, claim.place.text, claim.actor) for claim in read(text, published=DAY)}


def places(claims: list[Claim], kind: Kind) -> set[str]:
    """Return the places of the claims of a kind."""
    return {claim.place.text for claim in claims if claim.kind is kind}


@pytest.mark.parametrize(
    "left",
    [
        "{A|The rebels} were left with only {P|Dolna} in May.",
        "{A|The rebels} were left with little more than {P|Dolna}.",
        "By June {A|the rebels} had been left with {P|Dolna}.",
        "This left {A|the rebels} with nothing but {P|Dolna}.",
        "{A|The rebels} controlled nothing but {P|Dolna}.",
        "{A|The rebels} were reduced to {P|Dolna}.",
        "The town of {P|Dolna} remained with {A|the rebels}.",
        "{P|Dolna} stayed with {A|the rebels} until the end.",
    ],
)
def test_what_is_left_to_a_side_it_holds(left: str) -> None:
    (claim,) = read(left, published=DAY)
    assert (claim.kind, claim.place.text, claim.actor) == (Kind.HOLDS, "Dolna", "other:alpha")


@pytest.mark.parametrize(
    "other",
    [
        "{P|Dolna} was reduced to rubble by {A|the army}.",
        "{A|The rebels} were left with nothing.",
        "{A|The rebels} were left with few friends in {P|Dolna}.",
        "{P|Dolna} remained on good terms with {A|the army}.",
        "Talks in {P|Dolna} stayed with the mediators.",
        "The workers in {P|Dolna} held out hope.",
    ],
)
def test_what_only_sounds_like_it_is_no_hold(other: str) -> None:
    assert not places(read(other, published=DAY), Kind.HOLDS)


@pytest.mark.parametrize(
    "passed",
    [
        "{P|Dolna} passed to {A|the rebels} in May.",
        "{P|Dolna} had gone to {A|the rebels} a month before.",
        "{P|Dolna} reverted to {A|the rebels}.",
    ],
)
def test_what_passes_to_a_side_it_gains(passed: str) -> None:
    assert said(passed) == {(Kind.GAINS, "Dolna", "other:alpha")}


def test_a_place_that_changes_hands_is_gained_by_somebody_and_often_by_nobody_in_the_end() -> None:
    assert said("{P|Dolna} changed hands on Monday, {C|the army} said.") == {(Kind.GAINS, "Dolna", None)}
    assert not said("{P|Dolna} changed hands three times in May, {C|the army} said.")


def test_places_follow_what_was_just_taken() -> None:
    text = "{A|The army} captured {P|Dolna} on 3 May. {P|Gorna} and {P|Morla} followed within days."
    assert (Kind.GAINS, "Gorna", "other:alpha") in said(text)
    assert (Kind.GAINS, "Morla", "other:alpha") in said(text)
    assert not said("{A|The army} arrived. Talks in {P|Dolna} followed.")
    assert not said("{A|The army} met the envoy. {P|Dolna} followed on Monday.")


def test_who_holds_out_in_a_place_that_does_is_the_side_that_is_not_on_the_move() -> None:
    text = "{C|The rebels} were attacked. {A|The army} captured {P|Gorna}, but {P|Dolna} itself held out."
    assert (Kind.HOLDS, "Dolna", "other:beta") in said(text)


@pytest.mark.parametrize(
    "siege",
    [
        "{A|The army} secured the road, leaving {P|Dolna} besieged from all sides.",
        "{A|The army} cut the road, thus leaving the border town of {P|Dolna} surrounded on three sides.",
        "{A|The army} took the heights, which left {P|Dolna} completely cut off.",
        "{A|The army} took the heights, leaving the defenders of {P|Dolna} encircled.",
    ],
)
def test_a_place_that_is_left_surrounded_is_besieged_and_not_left(siege: str) -> None:
    kinds = {(claim.kind, claim.place.text, claim.actor) for claim in read(siege, published=DAY)}
    assert kinds == {(Kind.BESIEGES, "Dolna", "other:alpha")}


def test_a_list_among_them_is_not_the_subject_of_the_next_clause() -> None:
    text = "{A|The army} overran ten hamlets, among them {P|Dolna}, {P|Gorna} and {P|Morla}, and reached the silos."
    assert said(text) == {(Kind.GAINS, name, "other:alpha") for name in ("Dolna", "Gorna", "Morla")}


def test_a_place_is_taken_that_is_only_introduced_before() -> None:
    text = "On 31 May {A|the army} set out from {P|Dolna}, a village it had wrested from {C|the rebels}."
    assert (Kind.GAINS, "Dolna", "other:alpha") in said(text)


def test_a_name_given_to_ground_is_the_place() -> None:
    assert said("{A|The army} captured a village called {P|Dolna}.") == {(Kind.GAINS, "Dolna", "other:alpha")}
    assert said("The headquarters, known as {P|Dolna}, fell to {A|the army}.") == {(Kind.GAINS, "Dolna", "other:alpha")}
    assert not said("{A|The army} captured a man known as {P|Dolna}.")


def test_a_place_behind_a_fronted_date_is_the_subject() -> None:
    text = "By 18 July {P|Dolna} had been encircled by {A|the army}."
    assert said(text) == {(Kind.BESIEGES, "Dolna", "other:alpha")}


def test_a_passive_is_shared_by_what_is_joined_to_it() -> None:
    claims = read("{P|Dolna} was entered by {A|the army} on 5 April and secured a day later.", published=DAY)
    assert Kind.GAINS in {claim.kind for claim in claims if claim.place.text == "Dolna"}


def test_who_had_taken_the_ground_before_is_not_on_the_move() -> None:
    text = (
        "{A|The army} moved into the villages along the river that {C|the rebels} had overrun in February. "
        "{P|Dolna} and {P|Gorna} were recovered by 17 May."
    )
    assert not [claim for claim in read(text, published=DAY) if claim.actor == "other:beta"]


def test_a_day_since_when_one_place_was_held_is_not_that_of_another_siege() -> None:
    text = (
        "{P|Gorna}, held by {C|the rebels} since they came in August 2014, was captured on 26 March 2017; "
        "{P|Morla} was entered by {A|the army} on 5 April, leaving {P|Dolna} besieged."
    )
    (siege,) = (claim for claim in read(text, published=DAY) if claim.kind is Kind.BESIEGES)
    assert siege.valid_time == "2017-04-05"
