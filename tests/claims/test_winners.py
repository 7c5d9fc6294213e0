"""Who took what nobody is named as taking: the other of two camps."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality, Report
from tracker.pipeline import Stages

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages()


def said(stages: Stages, text: str, published: dt.date | None = None) -> set[tuple[str, str | None, str]]:
    report = Report(report_id="r", text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), published=published)
    claims = stages.extract(report)
    return {(claim.kind, claim.actor, claim.place.text) for claim in claims if claim.modality is not Modality.UNREAL}


def test_what_is_surrounded_in_a_land_at_war_is_surrounded_by_the_other_camp(stages: Stages) -> None:
    text = (
        "By 2 March 2022 Mariupol was surrounded. Moscow gave its defenders until 21 March to leave the city; "
        "Kyiv would not hear of it. Russian troops took the port on 12 April."
    )
    assert (Kind.BESIEGES, "russia", "Mariupol") in said(stages, text)


def test_what_falls_falls_to_who_did_not_hold_it(stages: Stages) -> None:
    text = (
        "Ukrainian troops took Izium from the Russians on 10 September 2022. "
        "Three years later the town was captured after a siege."
    )
    assert (Kind.GAINS, "russia", "Izium") in said(stages, text)


def test_what_is_freed_is_taken_back_by_the_state_whose_land_it_is(stages: Stages) -> None:
    text = (
        "Russian troops took Izium in April 2022. Ukrainian forces crossed the river in autumn. "
        "Snihurivka was freed on 10 November 2022."
    )
    assert (Kind.GAINS, "ukraine", "Snihurivka") in said(stages, text)


def test_what_was_lost_was_lost_by_who_had_it(stages: Stages) -> None:
    text = "The separatists attacked in January 2015. Vuhlehirsk was lost on 4 February, Kyiv said."
    assert (Kind.LOSES, "ukraine", "Vuhlehirsk") in said(stages, text)


def test_of_a_loss_the_text_tells_who_lost_not_who_won(stages: Stages) -> None:
    text = "Russian forces captured Lysychansk in July 2022 and moved on. Spirne was lost in the summer of 2024."
    assert {(k, a) for k, a, place in said(stages, text) if place == "Spirne"} == {(Kind.LOSES, "ukraine")}
    text = "The Taliban captured Kandahar on Thursday. American troops watched. Ghazni was lost the day before."
    assert {(k, a) for k, a, place in said(stages, text) if place == "Ghazni"} == {
        (Kind.LOSES, "other:afghan government")
    }
    text = "Russian forces captured Melitopol. Tokmak was lost by Ukraine in March 2022."
    assert {(k, a) for k, a, place in said(stages, text) if place == "Tokmak"} == {(Kind.LOSES, "ukraine")}


def test_a_leader_speaks_for_his_side_and_goes_about_alone(stages: Stages) -> None:
    text = (
        "Ukrainian soldiers fought on in Bakhmut. Zelensky arrived in Izium on 14 September 2022. "
        "Zelensky acknowledged that Lysychansk was lost. Putin's troops took Soledar."
    )
    claims = said(stages, text)
    assert (Kind.LOSES, "ukraine", "Lysychansk") in claims
    assert (Kind.GAINS, "russia", "Soledar") in claims
    assert not any(kind is Kind.ENTERS for kind, _, _ in claims)


def test_who_fights_off_an_advance_from_abroad_does_not_attack(stages: Stages) -> None:
    text = (
        "Ukrainian forces fought the Russian advance in Irpin on 3 March 2022. "
        "Ukrainian troops launched an assault and fought Russian forces in Robotyne."
    )
    claims = said(stages, text, dt.date(2023, 6, 1))
    assert (Kind.CONTESTS, "russia", "Irpin") in claims
    assert (Kind.CONTESTS, "ukraine", "Robotyne") in claims
