"""Pronouns and definite nouns: whom and what they mean inside a report."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Place

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import NoPlaces, read

BACKENDS = ["window"] + (["dependency"] if load_model() is not None else [])


@pytest.fixture(params=BACKENDS)
def backend(request) -> str:
    return request.param


def test_the_town_is_the_one_just_named_and_the_span_is_that_of_its_name(backend) -> None:
    text = "{A|The army} advanced on {P|Dolna}. {A|The army} captured the town on Monday."
    claim = read(text, backend=backend)[-1]
    assert (claim.kind, claim.place.text, claim.place.place_id) == (Kind.GAINS, "Dolna", "tk:dolna")
    assert claim.place.start == len("The army advanced on ")


def test_it_is_the_place_of_the_clause_before(backend) -> None:
    claims = read("{A|Rebels} entered {P|Dolna} and captured it.", backend=backend)
    assert [(c.kind, c.actor, c.place.text) for c in claims] == [(Kind.GAINS, "other:alpha", "Dolna")]


def test_they_are_the_subject_of_the_sentence_before(backend) -> None:
    claims = read("{A|Rebels} attacked {C|the army} near {P|Gorna}. They captured {P|Dolna}.", backend=backend)
    assert [(c.kind, c.actor) for c in claims if c.place.text == "Dolna"] == [(Kind.GAINS, "other:alpha")]


def test_an_airport_without_a_name_is_the_towns_own_where_the_index_knows_one(backend) -> None:
    airport = Place(
        place_id="tk:dolna-airport", name="Dolna Airport", lon=2.0, lat=1.0, feature="AIRP", parent="tk:dolna"
    )
    text = "{A|The army} holds {P|Dolna}. {C|The rebels} seized the airport on Monday."
    claims = read(text, backend=backend, index=NoPlaces((airport,)))
    assert [(c.actor, c.place.text, c.place.place_id) for c in claims if c.kind is Kind.GAINS] == [
        ("other:beta", "airport", "tk:dolna-airport")
    ]


def test_a_village_or_two_hills_mean_no_place_of_the_text(backend) -> None:
    claims = read("{A|The army} holds {P|Dolna}. {C|The rebels} captured a village and two hills.", backend=backend)
    assert [c.kind for c in claims] == [Kind.HOLDS]


def test_a_lead_without_a_name_is_about_the_town_that_the_next_sentence_names() -> None:
    text = "{A|Rebels} captured a strategic town on Monday. The town of {P|Dolna} lies on the river, the army said."
    assert ("gains", "Dolna") in {(str(c.kind), c.place.text) for c in read(text)}


@pytest.mark.skipif(load_model() is None, reason="no English model is installed")
def test_it_is_the_place_that_the_sentence_has_claimed_already() -> None:
    text = (
        "{A|The army} retook {P|Dolna} from {C|the rebels} near {O|Gorna} a week after it had fallen to {C|the rebels}."
    )
    gains = {(c.actor, c.place.text) for c in read(text) if str(c.kind) == "gains"}
    assert ("other:beta", "Dolna") in gains


@pytest.mark.skipif(load_model() is None, reason="no English model is installed")
def test_the_city_is_what_the_text_goes_on_about_not_what_only_tells_where_it_lies() -> None:
    text = (
        "{P|Dolna} is a city between {O|Gorna} and {O|Sredna}. {C|The rebels} were strong there. "
        "{A|The army} captured the city in May."
    )
    gains = {(c.actor, c.place.text) for c in read(text) if c.kind is Kind.GAINS}
    assert gains == {("other:alpha", "Dolna")}


@pytest.mark.skipif(load_model() is None, reason="no English model is installed")
def test_the_city_goes_on_meaning_what_it_meant_before() -> None:
    text = (
        "{C|The rebels} held {P|Dolna}. {A|The army} failed to storm the city from the side of {O|Gorna}. "
        "{A|The army} captured the city a week later."
    )
    gains = {(c.actor, c.place.text) for c in read(text) if c.kind is Kind.GAINS}
    assert gains == {("other:alpha", "Dolna")}
