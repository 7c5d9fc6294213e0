"""What stands beside a name: verdicts on it, its kind, its capital, who says so."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def told(claims: list[Claim]) -> set[tuple[str, str | None, str]]:
    return {(c.kind, c.actor, c.place.text) for c in claims if c.modality is not Modality.UNREAL}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} declared {P|Dolna} free of {C|the rebels}.",
        "{A|The army} declared the city of {P|Dolna} fully liberated.",
        "{A|The army} declared the town of {P|Dolna} clear of terrorism on Saturday.",
    ],
)
def test_who_declares_a_town_free_has_freed_it(text) -> None:
    assert told(read(text)) == {("gains", "other:alpha", "Dolna")}


def test_a_list_goes_on_behind_what_its_names_are() -> None:
    text = (
        "{A|The army} captured two provincial capitals: {P|Dolna}, the capital of {P|Gornland} province, "
        "and {P|Vesel}, the capital of {P|Morland} province."
    )
    assert told(read(text)) == {("gains", "other:alpha", "Dolna"), ("gains", "other:alpha", "Vesel")}


def test_the_largest_city_of_a_land_has_a_name() -> None:
    text = "{A|The army} captured the second biggest city in {P|Gornland}, {P|Dolna}, after six days."
    assert told(read(text)) == {("gains", "other:alpha", "Dolna")}


def test_who_says_so_is_not_what_was_held() -> None:
    text = (
        "{A|The rebels} have fighters in {P|Dolna}, according to the monitor, which has been held by them since 2014."
    )
    assert ("holds", "other:alpha", "Dolna") in told(read(text))


def test_who_is_confident_of_taking_a_town_has_not_taken_it() -> None:
    assert not told(read("{A|The army} is confident of retaking {P|Dolna} within days."))


def test_a_fall_that_could_change_the_war_has_happened_and_one_that_would_has_not() -> None:
    assert told(read("The fall of {P|Dolna} to {A|the rebels} could mark a turning point."))
    assert not told(read("The fall of {P|Dolna} to {A|the rebels} would mark a turning point."))
    assert not told(read("Relief workers warn that the loss of {P|Dolna} to {A|the rebels} could drive thousands out."))
    assert not told(read("The eventual fall of {P|Dolna} to {A|the rebels} could drive thousands out."))


def test_whose_town_it_is_stands_though_it_is_fought_for() -> None:
    text = "Twelve men were killed in the fight for {P|Dolna}, under {A|rebel} control since January."
    assert told(read(text)) == {("holds", "other:alpha", "Dolna")}


def test_operations_that_have_begun_have_taken_nothing() -> None:
    assert not told(read("Operations have begun to liberate {P|Dolna}, said a spokesman of {A|the army}."))
    assert not told(read("{A|The army} began to retake {P|Dolna} on Monday."))
    assert told(read("{A|The army} began the day in {P|Gorna} and retook {P|Dolna} on Monday."))
