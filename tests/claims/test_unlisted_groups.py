"""Sides that no file lists, told by the words for fighters beside their names, by acronyms, by whom they follow."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.parsing.model_loader import load_model

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted

DAY = "2003-07-29"
parsed = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


@pytest.fixture(scope="module")
def actors() -> ActorIndex:
    return ActorIndex.load()


def told(text: str) -> set[tuple[str, str | None, str]]:
    return {(claim.kind, claim.actor, claim.place.text) for claim in extracted(text, DAY)}


def test_a_name_beside_fighters_is_a_group_everywhere_in_the_text(actors: ActorIndex) -> None:
    text = "The army fought Zorla rebels. By Monday the town was held by Zorla."
    groups = actors.groups(text, [])
    sides = [mention.actor_id for mention in actors.with_groups(text, actors.find(text), groups)]
    assert groups == {"zorla": "other:zorla"}
    assert sides[-2:] == ["other:zorla", "other:zorla"]


def test_a_name_that_stands_where_places_stand_is_no_group(actors: ActorIndex) -> None:
    assert actors.groups("Troops entered Zorla. In Zorla city, the Zorla rebels had fled.", ["zorla"]) == {}


def test_the_first_word_of_a_sentence_is_no_name(actors: ActorIndex) -> None:
    assert actors.groups("Jubilant rebels danced. Weary troops left.", []) == {}


def test_an_acronym_is_the_group_that_it_stands_behind(actors: ActorIndex) -> None:
    text = "The Union for Peace in Morla (UPM) said nothing. UPM rebels took a town."
    assert actors.groups(text, []) == {
        "union for peace in morla": "other:union for peace in morla",
        "upm": "other:union for peace in morla",
    }


def test_forces_are_of_whom_they_are_loyal_to(actors: ActorIndex) -> None:
    text = "Forces loyal to former president Ada Zorlan took a town, Zorlan's men said."
    mentions = actors.with_groups(text, actors.find(text), actors.groups(text, []))
    assert mentions[0].text == "Forces loyal to former president Ada Zorlan"
    assert {mention.actor_id for mention in mentions if "Zorlan" in mention.text} == {"other:zorlan"}


def test_a_text_says_where_its_places_lie(actors: ActorIndex) -> None:
    ground = {"city", "town", "province"}
    assert actors.lands("In northern Mali the Chadian town of X and Iraq's second city fell.", ground) == {
        "ML": 1,
        "TD": 1,
        "IQ": 1,
    }
    assert actors.lands("Russian troops took the town; Turkey protested.", ground) == {}


@parsed
def test_government_troops_are_those_of_the_land_that_the_text_names() -> None:
    text = (
        "Government troops took the Angolan city of Huambo from Unita rebels on Monday. The Unita movement holds Kuito."
    )
    assert told(text) == {("gains", "other:angola", "Huambo"), ("holds", "other:unita", "Kuito")}


@parsed
def test_rebels_are_the_one_group_that_the_text_names_later() -> None:
    text = "Rebels captured Buchanan on Monday. The ZOFL rebels had fought in Liberia for a year."
    assert told(text) == {("gains", "other:zofl", "Buchanan")}


@parsed
def test_who_says_that_it_took_a_town_took_it() -> None:
    text = "The army withdrew from Palmyra, while Islamic State said it had seized Sukhnah on Monday."
    assert ("gains", "islamic_state", "Sukhnah") in told(text)


@parsed
def test_what_lies_some_way_from_a_town_is_not_what_was_taken() -> None:
    text = "Hama is 110 km south of Aleppo, which the Syrian rebels captured on Monday."
    assert told(text) == {("gains", "syrian_opposition", "Aleppo")}
