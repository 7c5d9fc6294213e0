"""Turns of ministries, spokesmen and agencies: who announces, what states say of themselves, the last that is held."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted

DAY = "2024-02-27"

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def told(text: str, kind: Kind) -> set[tuple[str | None, str]]:
    return {(claim.actor, claim.place.text) for claim in extracted(text, DAY) if claim.kind is kind}


@pytest.mark.parametrize(
    ("text", "kind", "actor"),
    [
        ("Ukraine said on Monday that it had withdrawn from the settlement of {}.", Kind.WITHDRAWS, "ukraine"),
        ("Kyiv said that it had pulled back from {} to better lines.", Kind.WITHDRAWS, "ukraine"),
        ("Kyiv confirmed on Friday the loss of {}.", Kind.LOSES, "ukraine"),
        ("Moscow announced the capture of {}.", Kind.GAINS, "russia"),
        ('"The station of {} is under our full control," the Ukrainian minister said.', Kind.HOLDS, "ukraine"),
    ],
)
def test_what_a_state_says_of_itself_is_read_though_nothing_else_tells_of_a_war(
    text: str, kind: Kind, actor: str
) -> None:
    ((who, place),) = told(text.format("Robotyne"), kind)
    assert who == actor
    assert place.endswith("Robotyne")


@pytest.mark.parametrize(
    "text", ["Spain withdrew from Eurovision in Malmo.", "Britain pulled out of the talks in Geneva."]
)
def test_a_state_that_leaves_a_contest_leaves_no_town(text: str) -> None:
    assert not extracted(text, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "The rebels liberated Tafas, the monitor reported.",
        "Rebels freed Tafas, activists declared.",
        "Rebels took Tafas, Syria's Observatory for Human Rights said.",
        '"Today we announce the liberation of Tafas," the rebels said.',
        '"We announce the capture of Tafas from Daesh," said the Free Syrian Army.',
    ],
)
def test_who_tells_it_behind_the_sentence_is_neither_taker_nor_place(text: str) -> None:
    assert told(text, Kind.GAINS) == {("syrian_opposition", "Tafas")}


@pytest.mark.parametrize(
    "text",
    [
        "Units of the West group of forces have liberated the settlement of Robotyne, the defence ministry said.",
        "The Zapad grouping of troops liberated the settlement of Robotyne, Russia's Defence Ministry said.",
        "Units of the East grouping of troops liberated Robotyne, the Russian Ministry of Defence reported.",
    ],
)
def test_groups_of_forces_are_the_attackers(text: str) -> None:
    assert told(text, Kind.GAINS) == {("russia", "Robotyne")}


@pytest.mark.parametrize(
    "text",
    [
        "Hawija and Rawa are the last two towns in Iraq where Islamic State holds ground.",
        "Troops moved on Hawija and Rawa, the last two places in Iraq where Islamic State holds territory.",
    ],
)
def test_the_last_places_where_somebody_holds_ground_are_held(text: str) -> None:
    assert told(text, Kind.HOLDS) == {("islamic_state", "Hawija"), ("islamic_state", "Rawa")}


def test_ground_in_a_place_is_not_the_place() -> None:
    assert not told("The rebels hold ground in Idlib.", Kind.HOLDS)


@pytest.mark.parametrize("text", ["Kyiv had fallen back from Robotyne.", "Moscow fell behind in Robotyne."])
def test_a_capital_that_stands_for_its_state_falls_to_nobody(text: str) -> None:
    assert not told(text, Kind.GAINS)


@pytest.mark.parametrize(
    "text",
    [
        "Hezbollah laid siege to the rebels in Madaya.",
        "Hezbollah said that it had completed its siege of the rebels inside Madaya.",
        "Hezbollah sealed off the rebels in Madaya.",
    ],
)
def test_a_siege_of_people_is_one_of_where_they_are(text: str) -> None:
    assert told(text, Kind.BESIEGES) == {("hezbollah", "Madaya")}


def test_a_clause_may_list_the_places_of_a_noun() -> None:
    text = (
        "The SDF fights on in the remaining towns, which are Hajin and Gharanij, and took two villages, which are {}."
    )
    claims = extracted(text.format("Markadah and Suwar"), DAY)
    assert {c.place.text for c in claims if c.kind is Kind.GAINS} == {"Markadah", "Suwar"}


@pytest.mark.parametrize(
    ("text", "real", "unreal"),
    [
        ("The SDF is on the verge of taking Tabqa after capturing Karama from IS.", "Karama", "Tabqa"),
        ("Rebels tried to take Idlib after seizing Ariha.", "Ariha", "Idlib"),
        ("Iraqi troops are about to enter Hawija after capturing Rashad.", "Rashad", "Hawija"),
    ],
)
def test_what_is_tried_does_not_reach_what_was_done_before(text: str, real: str, unreal: str) -> None:
    assert {c.place.text: c.modality for c in extracted(text, DAY)} == {real: "asserted", unreal: "unreal"}


def test_what_is_planned_for_afterwards_is_not_so() -> None:
    (claim,) = extracted("The army plans to go home after taking Idlib.", DAY)
    assert claim.modality == "unreal"


def test_what_was_planned_and_is_completed_is_so() -> None:
    (claim,) = extracted("The army completed the planned liberation of Palmyra.", DAY)
    assert claim.modality == "asserted"


@pytest.mark.parametrize("capital", ["Kyiv", "Moscow"])
def test_the_town_is_not_the_capital_that_stands_for_its_army(capital: str) -> None:
    text = f"While {capital} has advanced around Bakhmut, the town remains in Russian hands."
    assert told(text, Kind.HOLDS) == {("russia", "Bakhmut")}


@pytest.mark.parametrize(
    "text",
    [
        "The army captured the village of Tafas over the weekend and Bosra on Monday, SANA said.",
        "The army seized ten villages, including Tafas, and the town of Bosra, SANA said.",
    ],
)
def test_the_rest_of_a_list_behind_a_time_or_an_aside_is_taken_too(text: str) -> None:
    assert {c.place.text for c in extracted(text, DAY) if c.kind is Kind.GAINS} == {"Tafas", "Bosra"}
