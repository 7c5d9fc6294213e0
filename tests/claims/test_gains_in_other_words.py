"""Gains told in other words, or in another order, than a side that takes a place; and what only looks like them."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2026, 1, 5)
SETTING = "The fighting goes on. "
ALPHA, BETA = "other:alpha", "other:beta"

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def told(text: str, kind: Kind = Kind.GAINS) -> set[tuple[str | None, str]]:
    """Side and place of each real claim of a kind."""
    claims = [c for c in read(SETTING + text, published=DAY) if c.kind is kind and c.modality is not Modality.UNREAL]
    return {(c.actor, c.place.text) for c in claims}


@pytest.mark.parametrize(
    "text",
    [
        # theirs
        "{A|The rebels} attacked at dawn, and by noon {P|Dolna} was theirs.",
        "{P|Dolna} was wholly theirs, {A|the rebels} said.",
        # what gains are
        "Recent {A|rebel} gains include {P|Dolna}.",
        "{A|The army} issued a statement listing gains over the past week that include {P|Dolna}.",
        "Among {A|the army}'s recent gains is {P|Dolna}.",
        "{A|The rebels} have made gains including {P|Dolna}.",
        "{A|The rebels} added {P|Dolna} to their gains.",
        "{A|The army} completed the clearing of {P|Dolna}.",
        "{A|The rebels} claimed the town of {P|Dolna} on Tuesday.",
        "{P|Dolna} was claimed by {A|the rebels} on 2 January.",
        # beside the story
        "With {P|Dolna} captured, {A|the army} turned south.",
        "With {P|Dolna} taken, {A|the army} plans to move south.",
        # in another order
        "Also captured by {A|the rebels} was {P|Dolna}.",
        "First to fall to {A|the rebels} was {P|Dolna}.",
        "To {A|the rebels} fell {P|Dolna}.",
        "In May it was {P|Dolna} that fell to {A|the rebels}.",
        # who says so
        "{A|The army} said {P|Dolna} had been retaken.",
        "{A|The army} said in a statement that {P|Dolna} was now fully secured.",
        "According to {A|the army}, {P|Dolna} has been liberated.",
        # what hangs on it
        "{P|Dolna}, whose capture by {A|the rebels} in May stunned the capital, is deserted.",
        "{P|Dolna}, which, according to the mayor, {A|the army} retook last week, is deserted.",
        "It took {A|the army} three weeks to capture {P|Dolna}.",
        "It took {A|the army} until 2 January to drive {C|the rebels} out of {P|Dolna}.",
        "{P|Dolna} has become the ninth town to be captured by {A|the rebels}.",
        "{A|The rebels} have captured nine towns in less than a week, the latest being {P|Dolna}.",
        "With the capture of {P|Dolna}, {A|the rebels} now hold nine towns.",
        "{C|The rebels} were driven out and {P|Dolna} retaken by {A|the army}.",
        "After failing twice, {A|the army} at last captured {P|Dolna} in March.",
        "{A|The rebels} sent {C|the army} fleeing from {P|Dolna}.",
        "{A|The rebels} emerged in control of {P|Dolna}.",
        "{A|The army} returned {P|Dolna} to government control.",
        "{A|The rebels} prised {P|Dolna} from {C|the army}'s grip.",
        # the place told beside it
        "Schools have been shut in {P|Dolna} since {A|the rebels} took over in May.",
        "Schools have been shut in {P|Dolna} since {A|the rebels}' takeover in May.",
        # a building in it
        "{A|The rebels} captured the police station in {P|Dolna}.",
        "{A|The rebels} captured the television tower in {P|Dolna}.",
        "{A|The army} secured the heights at {P|Dolna}.",
        "{A|The army} ended {C|the rebels}' 15-year hold on {P|Dolna}.",
        "{A|The army} ended a decade of {C|rebel} rule in {P|Dolna}.",
        "{A|The rebels} on Tuesday took, looted and burned the town of {P|Dolna}.",
        # back
        "{P|Dolna} was back in {A|the army}'s hands by Sunday.",
        "{A|The army} was back in control of {P|Dolna} by Sunday evening.",
        "{A|The army} regained the upper hand and by Sunday had {P|Dolna} back.",
        "{A|The army} has, for the second time this year, recaptured {P|Dolna}.",
        # the last of it
        "{A|The army} entered {P|Dolna} on 24 May and on the 27th the last houses were taken.",
    ],
)
def test_a_gain_is_read_in_other_words(text: str) -> None:
    assert told(text) == {(ALPHA, "Dolna")}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} took {P|Dolna}, and a week later {P|Gora}.",
        "{P|Dolna} fell to {A|the army}, then {P|Gora}.",
        "In the north {A|the army} took {P|Dolna}, in the south {P|Gora}.",
        "Captured by {A|the army} were {P|Dolna} and {P|Gora}.",
        "On Monday {P|Dolna} fell to {A|the army}, on Tuesday {P|Gora}.",
        "{P|Dolna} fell to {A|the army} on Monday, and so did {P|Gora}.",
        "{A|The army} seized {P|Dolna}, and {P|Gora} was next to fall.",
        "{A|The army}'s capture of {P|Dolna} was followed by that of {P|Gora} on 2 January.",
        "The capture of {P|Dolna} and that of {P|Gora} by {A|the army} shook the government.",
        "{A|The army} took {P|Dolna} on Monday. {P|Gora} went the same way two days later.",
    ],
)
def test_what_is_told_of_one_place_is_told_of_the_next(text: str) -> None:
    assert told(text) == {(ALPHA, "Dolna"), (ALPHA, "Gora")}


def test_a_day_between_two_places_is_that_of_the_second() -> None:
    claims = read("{A|The army} took {P|Dolna} in May and a month later {P|Gora}.", published=DAY)
    assert {(c.place.text, c.valid_time) for c in claims} == {("Dolna", "2025-05"), ("Gora", "2025-06")}


def test_each_place_of_a_list_has_the_day_before_it() -> None:
    text = "On 4 May {A|the army} took {P|Dolna}, on the 6th {P|Gora} and on the 9th {P|Morla}."
    days = {(c.place.text, c.valid_time) for c in read(text, published=DAY)}
    assert days == {("Dolna", "2025-05-04"), ("Gora", "2025-05-06"), ("Morla", "2025-05-09")}


def test_what_is_back_in_hands_is_held_and_what_was_back_was_taken() -> None:
    assert told("{P|Dolna} is back in {A|the army}'s hands.", Kind.HOLDS) == {(ALPHA, "Dolna")}
    assert told("The battle ended with {P|Dolna} in {A|rebel} hands.", Kind.HOLDS) == {(ALPHA, "Dolna")}


def test_who_says_what_they_hold_goes_on_as_they() -> None:
    text = "{A|The rebels} said they held {P|Dolna} after {C|the army} left. They have since taken {P|Gora}."
    assert (ALPHA, "Gora") in told(text)


def test_nobody_takes_what_is_left_out_of_the_whole() -> None:
    assert told("{A|The rebels} took all of {P|Dolna} but {P|Gora}.") == {(ALPHA, "Dolna")}


def test_who_goes_on_without_a_place_has_lost_it() -> None:
    assert told("With {P|Dolna} lost, {C|the army} fell back.") == set()


def test_what_remains_theirs_was_not_taken_then() -> None:
    assert told("{P|Dolna} remained theirs, {A|the rebels} said.") == set()
    assert told("{P|Dolna} remained theirs, {A|the rebels} said.", Kind.HOLDS) == {(ALPHA, "Dolna")}


@pytest.mark.parametrize(
    "text",
    [
        "The victory in {P|Dolna} was theirs, {A|the rebels} said.",
        "{A|The rebels} said {P|Dolna} would be theirs by Friday.",
        "{A|The army} hopes that its gains will include {P|Dolna}.",
        "{A|The army}'s gains near {P|Dolna} include two hills.",
        "{A|The army} added {P|Dolna} to the list of towns that were bombed.",
        "{A|The army} announced an operation for the clearing of {P|Dolna}.",
        "The clearing of mines in {P|Dolna} took weeks, {A|the army} said.",
        "{A|The rebels} claim {P|Dolna}.",
        "{A|The rebels} claimed an attack on {P|Dolna}.",
        "{P|Dolna} is claimed by both {A|the army} and {C|the rebels}.",
        "{A|The army} has long claimed {P|Dolna}.",
        "{A|The army} attacked {P|Dolna}, which was claimed by {C|the rebels}.",
        "With {P|Dolna} threatened, {A|the army} sent more troops.",
        "{P|Dolna} went without water on Monday, {A|the army} said.",
        "{A|Gunmen} seized a school in {P|Dolna}.",
        "{A|The army} took the bridge on {P|Highway 8}.",
        "{P|Dolna} is the next town to fall to {A|the rebels}.",
        "{A|The army}, whose capture of the hill near {P|Dolna} was announced, halted.",
        "{P|Dolna}, whose capture by {A|the army} is expected soon, is burning.",
        "{A|The army} sent aid from {P|Dolna}.",
    ],
)
def test_what_only_looks_like_a_gain_is_none(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "{C|The coalition} congratulated {A|the army} on the liberation of {P|Dolna}.",
        "The president praised {A|the army} for the recapture of {P|Dolna}.",
        "Actions by {A|the army} resulted in the liberation of {P|Dolna}.",
        "The raids of {A|the army} led in the end to the capture of {P|Dolna}.",
        "Officials thanked the commander and {A|the army} for the capture of {P|Dolna}.",
        "{C|The coalition} congratulates the governor of Gora and {A|the army} on the liberation of {P|Dolna}.",
    ],
)
def test_who_is_praised_for_a_capture_or_brought_it_about_made_it(text: str) -> None:
    assert told(text) == {(ALPHA, "Dolna")}


def test_who_is_left_in_control_takes_nothing_next() -> None:
    text = (
        "{A|The rebels} took {P|Gora}, which leaves {C|the army} in control of {P|Sela}. {P|Dolna} was lost on Friday."
    )
    assert (BETA, "Dolna") not in told(text)


@pytest.mark.parametrize(
    "list_of_two",
    [
        "the most important of them being {P|Dolna} and {P|Gora}",
        "the largest of which are {P|Dolna} and {P|Gora}",
        "the most important being {P|Dolna} and {P|Gora}",
    ],
)
def test_the_first_of_several_are_of_them(list_of_two: str) -> None:
    assert told(f"{{A|The army}} liberated dozens of villages, {list_of_two}.") == {(ALPHA, "Dolna"), (ALPHA, "Gora")}


def test_the_largest_of_several_that_others_hold_was_not_taken() -> None:
    assert (
        told("{A|The army} shelled five towns, the largest of which is held by {C|the rebels}, near {P|Dolna}.")
        == set()
    )


def test_what_is_left_as_the_last_town_is_held() -> None:
    text = "{A|The rebels} took {P|Gora}, which leaves {P|Dolna} and {P|Sela} as the last towns held by {C|the army}."
    assert told(text, Kind.HOLDS) == {(BETA, "Dolna"), (BETA, "Sela")}


def test_an_entry_before_a_taking_that_has_no_day_says_no_more() -> None:
    text = "{A|The rebels} have taken over half of {P|Dolna} since they entered it in June 2025."
    assert told(text) == {(ALPHA, "Dolna")}
    assert told(text, Kind.ENTERS) == set()
