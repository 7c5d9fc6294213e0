"""Sides of wars that no file lists: names of organisations, their short forms, who is named only later, the state."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Report
from tracker.pipeline import Stages

DAY = dt.date(2001, 6, 12)
parsed = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


@pytest.fixture(scope="module")
def actors() -> ActorIndex:
    return ActorIndex.load()


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages(backend="auto")


def told(stages: Stages, text: str, day: dt.date = DAY) -> set[tuple[str, str | None, str]]:
    report = Report(report_id="r", text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), published=day)
    return {(claim.kind, claim.actor, claim.place.text) for claim in stages.extract(report)}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Zorlan People's Liberation Front spoke.", "other:zorlan people's liberation front"),
        ("The Alliance of Zorlan Forces spoke.", "other:alliance of zorlan forces"),
        ("The Bolivian National Movement spoke.", "other:bolivian national movement"),
    ],
)
def test_a_name_is_read_to_its_first_word(actors: ActorIndex, text: str, side: str) -> None:
    assert [mention.actor_id for mention in actors.find(text)] == [side]


def test_a_name_that_a_file_lists_for_another_war_is_a_name_of_its_own(actors: ActorIndex) -> None:
    text = "The National Resistance Army took the town."
    found = actors.find(text, countries=frozenset({"UG"}))
    assert [mention.actor_id for mention in found] == ["other:national resistance army"]


def test_a_word_for_fighters_opens_no_name(actors: ActorIndex) -> None:
    text = "Rebels of the Zorla Front left."
    assert "other:zorla front" in [mention.actor_id for mention in actors.find(text)]


def test_a_state_is_no_movement_by_its_peoples_name(actors: ActorIndex) -> None:
    assert [mention.actor_id for mention in actors.find("Bolivian rebels spoke.")] == ["other:bolivian rebels"]


@parsed
def test_first_letters_mean_the_name_that_the_text_tells_first(stages: Stages) -> None:
    text = "The Zorlan National Movement said it had taken Sucre. Oruro surrendered to the ZNM. ZNM rebels hold Tarija."
    assert {side for _, side, _ in told(stages, text)} == {"other:zorlan national movement"}


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Zorlo Rouge troops walked into the town.", {"zorlo rouge": "other:zorlo rouge"}),
        (
            "Zorlist rebels took it. The Zorlists held it.",
            {"zorlist": "other:zorlist", "zorlists": "other:zorlist"},
        ),
        ("It was held by guerrillas of the ZRC.", {"zrc": "other:zrc"}),
        ("The ZRC, the country's largest rebel force, left.", {"zrc": "other:zrc"}),
        ("The ZRC said that it was in control of the port.", {"zrc": "other:zrc"}),
        ("The ZRC said that its staff had left.", {}),
        ("Local rebels took it. The town is said to be theirs.", {}),
        ("Ada Zorla, the town's largest shopkeeper, left.", {}),
    ],
)
def test_fighters_are_told_by_what_is_said_of_a_name(actors: ActorIndex, text: str, groups: dict[str, str]) -> None:
    assert actors.groups(text, []) == groups


@parsed
def test_guerrillas_are_the_group_that_is_named_next(stages: Stages) -> None:
    text = (
        "Leftist guerrillas captured the town of Tarija on Sunday. The ZRC, the country's largest rebel force, left "
        "Sucre. In the south, gunmen of the ZUC have driven the guerrillas from Oruro."
    )
    claims = told(stages, text)
    assert ("gains", "other:zrc", "Tarija") in claims
    assert ("gains", "other:zuc", "Oruro") in claims


@parsed
def test_fighters_of_no_state_are_not_the_states_that_the_title_names(stages: Stages) -> None:
    text = "Ethnic minority fighters have wrested Tarija from Bolivia's army. The Zorla Front still holds Sucre."
    report = Report(report_id="r", title="Bolivia's army loses a town", text=text, sha256="", published=DAY)
    sides = {claim.actor for claim in stages.extract(report) if claim.place.text == "Tarija"}
    assert sides == {"other:zorla front"}


@parsed
def test_a_unit_or_a_union_of_states_is_not_who_rebels_are(stages: Stages) -> None:
    text = "Rebels took Tarija on Sunday. UN troops left Sucre. The Zorla Brigade held Oruro."
    assert ("gains", "other:rebels", "Tarija") in told(stages, text)


@parsed
def test_the_alliance_is_the_one_so_called(stages: Stages) -> None:
    text = "Northern Alliance troops swept into Kabul. The alliance has captured Bamiyan."
    assert ("gains", "other:northern alliance", "Bamiyan") in told(stages, text)


@parsed
@pytest.mark.parametrize("force", ["The armed forces", "The junta", "The security forces"])
def test_a_states_forces_are_the_one_lands_that_is_told_of(stages: Stages, force: str) -> None:
    text = f"Zorla rebels took Sucre in Bolivia on Sunday. {force} said on Monday that they had recaptured Sucre."
    assert ("gains", "other:bolivia", "Sucre") in told(stages, text)


@parsed
def test_what_neither_side_has_is_held_by_nobody(stages: Stages) -> None:
    text = "The Zorla rebels took Sucre. Tarija was under the control of neither side by nightfall."
    assert told(stages, text) == {("gains", "other:zorla", "Sucre")}


@parsed
def test_a_leaders_fighters_are_of_his_side(stages: Stages) -> None:
    text = "Ismail Khan's fighters took Herat from the Taliban."
    assert told(stages, text) == {("gains", "other:northern alliance", "Herat")}


@pytest.mark.parametrize(("year", "side"), [(1991, None), (2012, "other:al-shabaab")])
def test_common_nouns_mean_nobody_who_was_not_there_yet(actors: ActorIndex, year: int, side: str | None) -> None:
    found = actors.find("Insurgents took the town.", on=dt.date(year, 2, 1), countries=frozenset({"SO"}))
    assert [mention.actor_id for mention in found] == [side]
