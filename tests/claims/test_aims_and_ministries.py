"""What was aimed at and then taken, who does what is joined to a leaving, and whose ministry says what it did."""

from __future__ import annotations

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality, Report
from tracker.pipeline import Stages

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages()


def told(stages: Stages, text: str, kind: Kind = Kind.GAINS) -> set[tuple[str | None, str]]:
    """Side and place of each real claim of a kind."""
    claims = stages.extract(Report(report_id="r", text=text, sha256=""))
    return {(c.actor, c.place.text) for c in claims if c.kind is kind and c.modality is not Modality.UNREAL}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The rebels advanced toward Rastan from Homs, subsequently capturing it on 5 May.",
            ("syrian_opposition", "Rastan"),
        ),
        (
            "Opposition forces entered Idlib. Then they pushed on toward Saraqib, capturing it.",
            ("syrian_opposition", "Saraqib"),
        ),
        (
            "The rebels left Goma and marched on Bukavu, taking it on 14 February.",
            ("other:march 23 movement (m23)", "Bukavu"),
        ),
        ("Government troops attacked Rastan from Homs, capturing it on 5 May.", ("syrian_government", "Rastan")),
    ],
)
def test_what_was_made_for_is_what_was_taken(stages: Stages, text: str, claim: tuple[str, str]) -> None:
    assert told(stages, text) == {claim}


@pytest.mark.parametrize(
    "text",
    [
        "Rutba was evacuated in May 2015 and then seized by the Islamic State.",
        "Palmyra was abandoned and taken by the Islamic State in 2015.",
    ],
)
def test_who_takes_what_was_left_did_not_leave_it(stages: Stages, text: str) -> None:
    assert told(stages, text) == {("islamic_state", text.split(maxsplit=1)[0])}
    assert not told(stages, text, Kind.WITHDRAWS)


def test_one_doer_of_two_deeds_does_both(stages: Stages) -> None:
    assert told(stages, "Izium was attacked and captured by Russian troops.") == {("russia", "Izium")}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Fighting went on with Boko Haram. The Ministry of Defence said it had retaken Bama.",
            ("other:nigeria", "Bama"),
        ),
        (
            "Clashes go on between security forces and the Taliban; the Interior Ministry said it had retaken Sangin.",
            ("other:afghan government", "Sangin"),
        ),
        ("Boko Haram fled. “We have recaptured Bama,” the Defence Ministry said.", ("other:nigeria", "Bama")),
        (
            "Serbian forces left. The Ministry of Defence of Croatia said it had retaken Knin.",
            ("other:croatia", "Knin"),
        ),
    ],
)
def test_a_ministry_at_war_speaks_for_the_state_of_the_land(stages: Stages, text: str, claim: tuple[str, str]) -> None:
    assert told(stages, text) == {claim}


def test_partners_of_a_coalition_fought_for_themselves_before_it(stages: Stages) -> None:
    assert told(stages, "In May 1941 British troops captured Baghdad.") == {("other:united kingdom", "Baghdad")}
    assert told(stages, "In 2003 British troops captured Basra.") == {("us_coalition", "Basra")}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Nigerian troops cleared out the last Boko Haram fighters in Bama.", ("other:nigeria", "Bama")),
        ("Somali soldiers flushed out al-Shabaab fighters in Barawe.", ("other:somali government", "Barawe")),
        (
            "British troops transferred security responsibility for Maysan Province to Iraqi forces in April 2007.",
            ("iraqi_government", "Maysan Province"),
        ),
        (
            "Coalition forces handed over security of Lashkar Gah to Afghan forces on Wednesday.",
            ("other:afghan government", "Lashkar Gah"),
        ),
    ],
)
def test_a_place_cleared_of_fighters_or_handed_over_to_guard_is_gained(
    stages: Stages, text: str, claim: tuple[str, str]
) -> None:
    assert told(stages, text) == {claim}


@pytest.mark.parametrize(
    "text",
    [
        "Nigerian police cleared out squatters in Bama.",
        "The Taliban claimed responsibility for the attack in Herat.",
        "The army gave security guards in Bama money. Boko Haram fled.",
    ],
)
def test_other_clearing_and_other_responsibility_gains_nothing(stages: Stages, text: str) -> None:
    assert not told(stages, text)


def test_both_places_are_the_two_told_of_last(stages: Stages) -> None:
    text = "The rebels took Bama and Gwoza in Nigeria. In May the army recaptured both places."
    assert {("other:nigeria", "Bama"), ("other:nigeria", "Gwoza")} <= told(stages, text)


@pytest.mark.parametrize("group", ["West military group", "Dnepr army group", "Northern grouping of troops"])
def test_a_group_of_an_invaders_forces_is_the_invaders(stages: Stages, group: str) -> None:
    text = (
        f"Russian officials told Ukraine's neighbours that units of the {group} had freed the settlement of Kamianske."
    )
    assert {actor for actor, _ in told(stages, text)} == {"russia"}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("The fall of Salqin means that rebels now hold Saraqib.", True),
        ("Its capture meant that rebels held Saraqib.", True),
        ("Two wins in a week prompted the monitors to declare that rebels held Saraqib.", True),
        ("This does not mean that rebels hold Saraqib.", False),
        ("A defeat would mean that rebels hold Saraqib.", False),
        ("If Salqin falls, it means that rebels hold Saraqib.", False),
    ],
)
def test_what_something_means_or_prompts_to_be_declared_is_so(stages: Stages, text: str, *, holds: bool) -> None:
    assert told(stages, text, Kind.HOLDS) == ({("syrian_opposition", "Saraqib")} if holds else set())
