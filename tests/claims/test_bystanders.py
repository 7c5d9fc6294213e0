"""What looks like a claim and is none: protests, people driven out, places beside others, one thing told twice."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2026, 1, 5)

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def real(text: str) -> list[Claim]:
    return [c for c in read(text, published=DAY) if c.modality is not Modality.UNREAL and c.kind is not Kind.APPROACHES]


@pytest.mark.parametrize(
    "text",
    [
        "Clashes between {A|the army} and protesters in {P|Dolna} grew worse in April.",
        "Demonstrators clashed with {A|the army} in {P|Dolna}.",
        "The largely Gornian population was expelled from {P|Dolna} by {A|the army}.",
        "Hundreds of families were driven out of {P|Dolna} by the flood.",
        "A bomb went off near {P|Dolna}, the provincial capital of {A|the rebels}' home.",
        "{A|The rebels} took a hill 12 km north-east {P|Dolna}.",
        "{A|The army} took the other villages, leaving only {P|Dolna} to the west.",
        "{A|The army} deployed additional troops to {P|Dolna}.",
        "{A|The rebels} hold the rest of it ({P|Dolna} Times, February 9; {P|Gora} Radio, 12 February 2025).",
    ],
)
def test_what_looks_like_a_claim_is_none(text: str) -> None:
    assert real(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{A|The army} clashed with {C|rebels} in {P|Dolna}.", Kind.CONTESTS),
        ("{C|The rebels} were expelled from {P|Dolna}.", Kind.LOSES),
        ("A bomb went off in {P|Dolna}, the de facto capital of {A|the rebels}.", Kind.HOLDS),
        ("{A|The army} left {P|Dolna} on Monday.", Kind.WITHDRAWS),
        ("{A|The army} deployed to {P|Dolna} on Monday.", Kind.ENTERS),
        ("{A|The rebels} hold {P|Dolna} (Gora Times, February 9).", Kind.HOLDS),
    ],
)
def test_and_its_near_twin_is_one(text: str, kind: Kind) -> None:
    assert [(c.kind, c.place.text) for c in real(text)] == [(kind, "Dolna")]


def test_an_entry_told_after_a_taking_of_that_day_is_the_taking_told_again() -> None:
    text = "{A|The army} retook {P|Dolna} on Saturday. The troops entered {P|Dolna} on Saturday from two sides."
    assert [c.kind for c in real(text)] == [Kind.GAINS]


def test_an_entry_of_another_day_is_told_for_itself() -> None:
    text = "{A|The army} retook {P|Dolna} on Saturday. {A|The army} entered {P|Dolna} on Thursday."
    assert [c.kind for c in real(text)] == [Kind.GAINS, Kind.ENTERS]


def test_who_flees_on_the_day_of_the_taking_is_not_told_again() -> None:
    text = "{A|The army} took {P|Dolna} on Saturday. {C|The rebels} withdrew from {P|Dolna} on Saturday."
    assert [c.kind for c in real(text)] == [Kind.GAINS]


@pytest.mark.parametrize(
    "text",
    [
        "{A|The rebels} took {P|Dolna} on Saturday. {P|Dolna} was the first town taken by {A|the rebels} since 2001.",
        "{A|The rebels} took {P|Dolna} on Saturday, the first city to fall since 2001.",
    ],
)
def test_what_is_the_first_since_a_year_was_not_taken_in_that_year(text: str) -> None:
    assert [(c.kind, c.valid_time) for c in real(text)] == [(Kind.GAINS, "2026-01-03")]


@pytest.mark.parametrize(
    "text",
    [
        "{A|Dolnan troops} entered the Second Morla War in 1998.",
        "{A|The army} entered Phase II of the operation on Monday.",
        "{A|The rebels} entered Ramadan with new weapons.",
        "{A|Soldiers} took Tramadol and Captagon in {P|Dolna}.",
        "{A|Dolnan forces} entered WWII in 1941.",
    ],
)
def test_wars_feasts_phases_and_drugs_are_no_ground(text: str) -> None:
    assert not real(text)
