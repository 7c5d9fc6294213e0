"""Sides, ridges, ships and sectors of wars near and far, told as histories tell them; names that are no places."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.entities import gather, with_names
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

SETTING = "The fighting goes on. "
ALPHA = "other:alpha"
parsed = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def names(text: str) -> list[str]:
    """Names that nobody knows, in a sentence by itself."""
    found = with_names(text, 0, len(text), gather(text, [], [], held=frozenset(), ground=()), frozenset(), opening=0)
    return [entity.text for entity in found if entity.kind == "name"]


@pytest.mark.parametrize(
    "text",
    [
        "While HMS Resolute and Amber bombarded the port, the brigade rested.",
        "The port was shelled by USS Cole, Amber and Resolute.",
        "The destroyers Amber and Resolute shelled the port.",
        "“Sadly, dozens of our soldiers were taken,” he said.",
        'He said: "Regrettably, we lost the town."',
        "The Western Sector was held by the brigade.",
        "The pass (Greek: Στενό της Δόλνας) was taken.",
    ],
)
def test_ships_adverbs_sectors_and_other_tongues_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The cruiser shelled Amber and the hills.", "Amber"),
        ("The pass (held by Amber Company) was taken.", "Amber Company"),
        ("Troops entered the “Amber” camp.", "Amber"),
        ("The fighters of the Amber Sector fled.", "Amber Sector"),
    ],
)
def test_what_only_stands_near_a_ship_or_in_quotes_is_a_name(text: str, name: str) -> None:
    assert name in names(text)


def told(text: str) -> set[tuple[str | None, str]]:
    claims = [c for c in read(SETTING + text) if c.kind is Kind.GAINS and c.modality is not Modality.UNREAL]
    return {(c.actor, c.place.text) for c in claims}


@parsed
@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} turned {C|the rebels} out of {P|Dolna} after a bloody struggle.",
        "{C|The rebels} were turned out of {P|Dolna} by {A|the army} in May.",
        "{A|The army} tore {P|Dolna} from {C|the rebels}.",
        "{P|Dolna} was wrenched from {C|the rebels} by {A|the army}.",
        "The loss of {P|Dolna} in the north of the country, to {A|the army}, was a blow.",
        "{A|The army} captured the {C|rebel} positions on {P|Dolna Ridge}.",
        "{A|The army} captured the {C|rebel} trenches in {P|Dolna}.",
    ],
)
def test_places_are_taken_in_the_words_of_histories(text: str) -> None:
    assert {(actor, place.removesuffix(" Ridge")) for actor, place in told(text)} == {(ALPHA, "Dolna")}


@parsed
@pytest.mark.parametrize(
    "text",
    [
        "{P|Dolna} was attacked by {A|the brigade} on 1 May. The town fell two days later.",
        "{A|The rebels} assaulted {P|Dolna}. {C|Soldiers} had massed to fend off the advance, but the town fell.",
        "{P|Dolna} was the site of an old fort. In bitter fighting {A|the marines} seized the {C|Gornish} position.",
        "{P|Dolna} was lightly held. {A|The marines} captured the {C|Gornish} positions at dawn.",
    ],
)
def test_what_falls_falls_to_who_attacked_it_and_posts_are_where_the_text_was(text: str) -> None:
    assert told(text) == {(ALPHA, "Dolna")}


@parsed
@pytest.mark.parametrize(
    "text",
    [
        "{A|The rebels} fled {P|Dolna}. {C|The army} seized {A|rebel} positions on Monday.",
        "{P|Dolna} was lightly held. {A|The marines} captured the {C|Gornish} position near the river.",
    ],
)
def test_posts_that_may_be_anywhere_are_no_place(text: str) -> None:
    assert told(text) == set()


def held(text: str) -> set[tuple[str | None, str]]:
    claims = [c for c in read(SETTING + text) if c.kind is Kind.HOLDS and c.modality is not Modality.UNREAL]
    return {(c.actor, c.place.text) for c in claims}


@parsed
def test_a_side_holds_the_town_of_its_headquarters_and_none_by_an_office() -> None:
    assert held("Jets struck the {A|rebel} headquarters at {P|Dolna}.") == {(ALPHA, "Dolna")}
    assert held("{C|The army} planned an assault on the {A|rebel} headquarters at {P|Dolna}.") == {(ALPHA, "Dolna")}
    assert held("Jets struck a {A|rebel} headquarters near {P|Dolna}.") == set()
    assert held("Jets struck the party headquarters at {P|Dolna}.") == set()


@parsed
def test_who_stays_in_control_is_not_what_he_repels() -> None:
    text = "{A|The army} remains in control of {P|Dolna} and had repulsed two {C|rebel} attacks."
    assert held(text) == {(ALPHA, "Dolna")}
    assert held("Once {P|Dolna} was in {A|rebel} hands, they intended to march on the capital.") == set()


@parsed
def test_the_area_of_a_capital_is_not_taken_with_it() -> None:
    text = "{A|The rebels} took {P|Dolna}. Later they seized {P|Gornland} state capital {P|Gora}."
    assert (ALPHA, "Gora") in told(text)
    assert (ALPHA, "Gornland") not in told(text)


@parsed
def test_a_title_is_not_about_where_an_advance_leads() -> None:
    text = SETTING + "{A|The rebels} crossed the river near {P|Gora} and captured the city. {P|Dolna} was in panic."
    for title in ("Advance towards Dolna", "The road to Dolna"):
        assert ("other:alpha", "Dolna") not in {(c.actor, c.place.text) for c in read(text, title=title)}
