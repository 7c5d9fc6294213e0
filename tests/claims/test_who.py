"""Which side a claim is given to, where the words name it only by a detour: one such detour a test."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.gate import may_claim
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality, Report
from tracker.pipeline import Stages

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted, read

DAY = dt.date(2026, 1, 5)
ALPHA, BETA = "other:alpha", "other:beta"
SYRIA = frozenset(["SY"])
parsed = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def told(text: str, kind: Kind = Kind.GAINS) -> set[tuple[str | None, str | None, str]]:
    """Side, other side and place of each real claim of a kind."""
    claims = [c for c in read(text, published=DAY) if c.kind is kind and c.modality is not Modality.UNREAL]
    return {(c.actor, c.counter_actor, c.place.text) for c in claims}


@pytest.fixture(scope="module")
def actors() -> ActorIndex:
    return ActorIndex.load()


def named(actors: ActorIndex, text: str, *codes: str, on: dt.date | None = None) -> list[str | None]:
    return [mention.actor_id for mention in actors.find(text, on=on, countries=frozenset(codes))]


# -- names --------------------------------------------------------------------------------------------


def test_whoever_leads_forces_is_the_side_that_they_are(actors: ActorIndex) -> None:
    assert named(actors, "Tahrir al-Sham-led rebels took the hill.", "SY") == ["hts"]
    assert named(actors, "Hezbollah-led forces took the hill.", "SY") == ["hezbollah"]


def test_a_group_that_leads_others_is_the_side_that_they_are(actors: ActorIndex) -> None:
    text = "Insurgents primarily led by the militant group Hayat Tahrir al-Sham took the hill."
    assert named(actors, text, "SY", on=dt.date(2024, 12, 5)) == ["hts"]
    assert named(actors, "Rebels led by France took the hill.", "SY")[0] == "syrian_opposition"


def test_news_of_the_day_of_a_fall_speaks_of_the_old_army(actors: ActorIndex) -> None:
    assert named(actors, "The Syrian army left.", "SY", on=dt.date(2024, 12, 8)) == ["syrian_government"]
    assert named(actors, "The Syrian army left.", "SY", on=dt.date(2025, 1, 8)) == [
        "other:syrian transitional government"
    ]


def test_the_way_of_an_advance_is_not_the_axis(actors: ActorIndex) -> None:
    assert named(actors, "Kyiv Axis: Russian forces took Irpin.", "UA")[-1:] == ["russia"]
    assert "other:axis" not in named(actors, "On the Southern Axis they took Irpin.", "UA")
    assert named(actors, "Axis forces took Tobruk.", "LY") == ["other:axis"]


def test_a_sponsor_is_not_the_side_that_it_backs(actors: ActorIndex) -> None:
    assert "hezbollah" not in named(actors, "Hezbollah-backed troops took the hill.", "SY")[1:]


def test_a_unit_that_no_file_lists_is_of_the_side_that_it_is_said_to_be_loyal_to(actors: ActorIndex) -> None:
    text = "The Morla Desert Force, loyal to the Libyan National Army, took the airfield."
    assert named(actors, text, "LY")[0] == "other:libyan national army (lna)"


def test_a_numbered_unit_may_be_of_the_state_where_the_war_is(actors: ActorIndex) -> None:
    found = actors.find("The 104th Brigade took the hill.", countries=SYRIA)
    assert [(m.actor_id, m.candidates) for m in found] == [(None, ("syrian_government",))]


def test_a_ministry_of_another_country_does_not_tell_where_the_war_is(actors: ActorIndex) -> None:
    assert not actors.lands("Morocco's defence ministry spoke of the battle.", {"defence", "ministry", "battle"})
    assert actors.lands("Morocco's second city was calm.", {"city"}) == {"MA": 1}


@pytest.mark.parametrize(
    ("words", "country", "day", "side"),
    [
        ("The 5th Corps", "SY", dt.date(2019, 5, 1), "syrian_government"),
        ("The First Coastal Division", "SY", dt.date(2016, 5, 1), "syrian_opposition"),
        ("The Conquest Army", "SY", dt.date(2015, 5, 1), "syrian_opposition"),
        ("Jaysh al Fateh", "SY", dt.date(2015, 5, 1), "syrian_opposition"),
        ("The National Army", "SY", dt.date(2019, 5, 1), "sna"),
        ("The Deir Ezzor Military Council", "SY", dt.date(2018, 5, 1), "sdf"),
        ("The 9th Armoured Division", "IQ", dt.date(2017, 1, 1), "iraqi_government"),
        ("Shi'a militias", "IQ", dt.date(2015, 1, 1), "pmf"),
        ("Battlegroup Vostok", "UA", dt.date(2024, 1, 1), "russia"),
        ("North Korean troops", "UA", dt.date(2024, 12, 1), "russia"),
        ("The Carpathian Sich", "UA", dt.date(2022, 5, 1), "ukraine"),
        ("Strelkov's men", "UA", dt.date(2014, 5, 1), "separatists"),
        ("The Amaliqa Brigades", "YE", dt.date(2022, 1, 1), "other:yemen"),
        ("Qaddafi's troops", "LY", dt.date(2011, 5, 1), "other:gaddafi"),
        ("The Rapid Support militia", "SD", dt.date(2024, 1, 1), "other:rapid support forces (rsf)"),
    ],
)
def test_units_and_spellings_that_reports_use_are_known(
    actors: ActorIndex, words: str, country: str, day: dt.date, side: str
) -> None:
    assert named(actors, f"{words} took the hill.", country, on=day) == [side]


# -- sentences ----------------------------------------------------------------------------------------


@parsed
@pytest.mark.parametrize(
    "text",
    [
        "{C|The rebels} were tired. The recapture of {P|Dolna} was a great victory for {A|the army}.",
        "{C|The rebels} were tired. Retaking {P|Dolna} is a breakthrough for {A|the army}.",
        "{C|The rebels} were tired. The conquest of {P|Dolna}, a town dear to the mayor, by {A|the army} shook them.",
    ],
)
def test_who_won_is_told_behind_the_capture(text: str) -> None:
    assert {(side, place) for side, _, place in told(text)} == {(ALPHA, "Dolna")}


@parsed
def test_who_lost_is_told_by_what_the_fall_was_for_him() -> None:
    text = "{A|The army} went on. The fall of {P|Dolna} dealt a blow to {C|the rebels}."
    assert told(text, Kind.LOSES) == {(BETA, None, "Dolna")}


@parsed
def test_ground_without_a_name_tells_who_took_what_is_named_next() -> None:
    text = (
        "{A|The army} freed four villages from {C|the rebels}. {P|Dolna} and {P|Morla} were cleared of {C|the rebels}."
    )
    assert told(text) == {(ALPHA, BETA, "Dolna"), (ALPHA, BETA, "Morla")}


@parsed
def test_ground_that_was_only_to_be_taken_tells_nothing() -> None:
    text = "{A|The army} hoped to free four villages. {P|Dolna} was cleared of {C|the rebels}."
    assert told(text, Kind.LOSES) == {(BETA, None, "Dolna")}


@parsed
def test_who_tells_that_a_town_was_freed_freed_it() -> None:
    text = "{P|Dolna} was freed from {C|the rebels} in May, {A|the army} announced."
    assert told(text) == {(ALPHA, BETA, "Dolna")}


@parsed
def test_its_fighters_are_of_who_speaks_of_them() -> None:
    text = "{A|The front}, which {C|the council} calls a gang, said on Monday that its fighters had taken {P|Dolna}."
    assert told(text) == {(ALPHA, None, "Dolna")}


@parsed
def test_who_is_praised_did_it() -> None:
    text = (
        "{C|The council} congratulated {A|the army} on Monday for a victory in driving {O|the gunmen} from {P|Dolna}."
    )
    assert {(side, place) for side, _, place in told(text)} == {(ALPHA, "Dolna")}


@parsed
def test_who_holds_a_part_may_free_the_rest() -> None:
    text = "{A|The army} retook the eastern part of {P|Dolna} in May. The rest of {P|Dolna} was retaken in June."
    assert {side for side, _, _ in told(text)} == {ALPHA}


@parsed
def test_a_clause_belongs_to_the_name_it_follows_not_to_the_battle() -> None:
    text = (
        "It was a long battle that was begun by {A|the army} to retake {P|Dolna} from the "
        "{C|Beta Front} ({C|BF}), which had taken {P|Dolna} in May."
    )
    assert (BETA, "Dolna") in {(side, place) for side, _, place in told(text)}


@parsed
def test_an_alliance_is_the_one_that_was_named() -> None:
    text = (
        "The Arakan Army announced it. The Arakan Army is part of the Three Brotherhood Alliance. "
        "In August the alliance captured the town of Lashio in northern Myanmar."
    )
    report = Report(report_id="r", text=text, sha256="", published=dt.date(2024, 12, 21))
    assert {(c.actor, c.place.text) for c in Stages().extract(report)} == {
        ("other:three brotherhood alliance", "Lashio")
    }


@parsed
def test_an_operation_is_nobody() -> None:
    found = told("{C|The rebels} fled from the hills. Operation Anvil captured {P|Dolna} in May.")
    assert found == {(None, None, "Dolna")}


@parsed
def test_a_preposition_said_twice_goes_on_with_the_list() -> None:
    text = "{A|The army} regained control over the city of {P|Dolna}, and over the towns of {P|Morla} and {P|Vesna}."
    assert {place for _, _, place in told(text)} == {"Dolna", "Morla", "Vesna"}


def test_a_title_that_names_a_war_is_a_sign_of_one(actors: ActorIndex) -> None:
    text = "The Iraqi government regains control over the city of Kirkuk."
    plain = Report(report_id="r", text=text, sha256="", title="News in brief")
    assert not may_claim(plain, actors)
    assert may_claim(replace(plain, title="2017 Kirkuk conflict"), actors)
    assert may_claim(replace(plain, title="Second Battle of Kirkuk"), actors)
    assert not may_claim(replace(plain, title="The battle for the top job, and a price war"), actors)


@parsed
def test_who_owned_what_was_captured_did_not_capture_it() -> None:
    text = "{C|The rebels} were tired. The capture of {C|the rebels}' last stronghold, {P|Dolna}, was near its end."
    assert ALPHA not in {side for side, _, _ in told(text)}
    assert BETA not in {side for side, _, _ in told(text)}
    text = "{A|The army} took full control of {P|Dolna} with the capture of its eastern quarters."
    assert not told(text, Kind.LOSES)


@parsed
def test_who_is_backed_acts_himself() -> None:
    text = (
        "{C|The rebels} attacked. When {A|army} reinforcements, backed with artillery, arrived in the region, "
        "they pushed into {P|Dolna}."
    )
    assert {side for side, _, _ in told(text, Kind.ENTERS)} == {ALPHA}


@parsed
def test_what_stands_behind_a_comma_is_what_the_subject_does() -> None:
    text = "{A|The army} attacked positions of {C|the rebels} with tanks, seizing quarters in the south of {P|Dolna}."
    assert {side for side, _, _ in told(text)} == {ALPHA}


@pytest.mark.parametrize(
    "text",
    [
        "{C|The air force} supported {A|the army} in retaking {P|Dolna}.",
        "{C|Aircraft of the alliance} helped {A|the army} in recapturing {P|Dolna}.",
        "{C|The militia} joined {A|the army} in capturing {P|Dolna}.",
    ],
)
def test_who_is_supported_in_taking_a_place_takes_it(text: str) -> None:
    assert {claim.actor for claim in read(text) if claim.kind is Kind.GAINS} == {"other:alpha"}


# -- kept from it, praised or blamed for it -----------------------------------------------------------


@parsed
@pytest.mark.parametrize(
    "text",
    [
        "{C|The garrison} was unable to stop {A|the rebels} from taking {P|Dolna}.",
        "{C|The army} failed to prevent {A|the rebels} from taking {P|Dolna}.",
        "{C|The army} did not keep {A|the rebels} from taking {P|Dolna}.",
    ],
)
def test_who_could_not_be_kept_from_taking_a_place_took_it(text: str) -> None:
    assert {(side, place) for side, _, place in told(text)} == {(ALPHA, "Dolna")}


@parsed
@pytest.mark.parametrize(
    "text",
    [
        "{C|The army} blamed {A|the rebels} for the capture of {P|Dolna}.",
        "The president praised {A|the army} for the capture of {P|Dolna}.",
        "The president congratulated {A|the army} on the liberation of {P|Dolna}.",
        "{A|The army} was praised for the liberation of {P|Dolna}.",
    ],
)
def test_who_is_praised_or_blamed_for_a_capture_took_the_place(text: str) -> None:
    assert {(side, place) for side, _, place in told(text)} == {(ALPHA, "Dolna")}


@parsed
@pytest.mark.parametrize("noun", ["loss", "fall"])
def test_who_is_blamed_for_the_loss_of_a_place_lost_it(noun: str) -> None:
    text = f"Lawmakers blamed {{A|the army}} for the {noun} of {{P|Dolna}}."
    assert told(text, Kind.LOSES) == {(ALPHA, None, "Dolna")}


@parsed
def test_who_is_kept_from_a_place_did_not_take_it_in_the_next_sentence() -> None:
    text = "To keep Islamic State from retaking Baaj, the Iraqi army has dug a trench. Baaj was freed on 4 May."
    real = [c.actor for c in extracted(text, "2017-06-27") if c.modality is not Modality.UNREAL]
    assert real == ["iraqi_government"]


@parsed
def test_who_leaves_a_place_so_as_not_to_be_trapped_leaves_it() -> None:
    assert told("{A|The army} left {P|Dolna} so as not to be encircled there.", Kind.WITHDRAWS)
