"""Sides of wars that no file lists: names of organisations, their short forms, who is named only later, the state."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.actors.leaders import leaders_told
from tracker.claims.parsing.model_loader import load_model

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted, stages

from tracker.model import Report

DAY = "2001-06-12"
parsed = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


@pytest.fixture(scope="module")
def actors() -> ActorIndex:
    return ActorIndex.load()


def told(text: str, day: str = DAY) -> set[tuple[str, str | None, str]]:
    return {(claim.kind, claim.actor, claim.place.text) for claim in extracted(text, day)}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The Zorlan People's Liberation Front spoke.", "other:zorlan people's liberation front"),
        ("The Alliance of Zorlan Forces spoke.", "other:alliance of zorlan forces"),
        ("The Bolivian National Movement spoke.", "other:bolivian national movement"),
        ("The United Hill Front for Zorla spoke.", "other:united hill front for zorla"),
        ("When the Popular Front for the Rebirth of Zorla left.", "other:popular front for the rebirth of zorla"),
    ],
)
def test_a_name_is_read_to_its_first_word(actors: ActorIndex, text: str, side: str) -> None:
    assert [mention.actor_id for mention in actors.find(text)] == [side]


def test_a_name_that_a_file_lists_for_another_war_is_a_name_of_its_own(actors: ActorIndex) -> None:
    text = "The National Resistance Army took the town."
    found = actors.find(text, countries=frozenset({"UG"}))
    assert [mention.actor_id for mention in found] == ["other:national resistance army"]


def test_a_name_of_its_own_leaves_its_land_before_it(actors: ActorIndex) -> None:
    found = actors.find("Sierra Leone's Revolutionary United Front left.", countries=frozenset({"SL"}))
    assert [mention.actor_id for mention in found] == ["other:revolutionary united front (ruf)"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Machar's men left.", "other:sudan people's liberation movement in opposition (splm-io)"),
        ("General Dostum’s men left.", "other:northern alliance"),
    ],
)
def test_fighters_are_their_leaders(actors: ActorIndex, text: str, side: str) -> None:
    assert actors.may_be_armed(text)
    assert [mention.actor_id for mention in actors.find(text)] == [side]


def test_a_capital_of_two_words_has_fighters(actors: ActorIndex) -> None:
    text = "Addis Ababa's troops left."
    assert not actors.groups(text, ())
    assert [mention.actor_id for mention in actors.find(text, countries=frozenset({"ET"}))] == ["other:ethiopia"]


def test_a_leaders_name_alone_is_no_side_in_arms(actors: ActorIndex) -> None:
    assert actors.find("Machar and two other men voted.") == []


@parsed
def test_a_capital_speaks_for_its_army_wherever_it_fights() -> None:
    text = "Al-Shabaab left Dolna. Nairobi said that its troops had taken Kamen."
    assert ("gains", "other:kenya", "Kamen") in told(text)
    text = "The Chechen rebels left Dolna, and Moscow said that it controlled Kamen."
    assert ("holds", "russia", "Kamen") in told(text)


def test_a_word_for_fighters_opens_no_name(actors: ActorIndex) -> None:
    text = "Rebels of the Zorla Front left."
    assert "other:zorla front" in [mention.actor_id for mention in actors.find(text)]


def test_a_state_is_no_movement_by_its_peoples_name(actors: ActorIndex) -> None:
    assert [mention.actor_id for mention in actors.find("Bolivian rebels spoke.")] == ["other:bolivian rebels"]


@parsed
def test_first_letters_mean_the_name_that_the_text_tells_first() -> None:
    text = "The Zorlan National Movement said it had taken Sucre. Oruro surrendered to the ZNM. ZNM rebels hold Tarija."
    assert {side for _, side, _ in told(text)} == {"other:zorlan national movement"}


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
        ("An armed group known as the Invisible Zorla holds it.", {"invisible zorla": "other:invisible zorla"}),
        ("The dish known as the Invisible Zorla is hot.", {}),
        ("The ZRC said that its staff had left.", {}),
        ("Local rebels took it. The town is said to be theirs.", {}),
        ("Ada Zorla, the town's largest shopkeeper, left.", {}),
    ],
)
def test_fighters_are_told_by_what_is_said_of_a_name(actors: ActorIndex, text: str, groups: dict[str, str]) -> None:
    assert actors.groups(text, []) == groups


@parsed
def test_guerrillas_are_the_group_that_is_named_next() -> None:
    text = (
        "Leftist guerrillas captured the town of Tarija on Sunday. The ZRC, the country's largest rebel force, left "
        "Sucre. In the south, gunmen of the ZUC have driven the guerrillas from Oruro."
    )
    claims = told(text)
    assert ("gains", "other:zrc", "Tarija") in claims
    assert ("gains", "other:zuc", "Oruro") in claims


@parsed
def test_fighters_of_no_state_are_not_the_states_that_the_title_names() -> None:
    text = "Ethnic minority fighters have wrested Tarija from Bolivia's army. The Zorla Front still holds Sucre."
    day = dt.date.fromisoformat(DAY)
    report = Report(report_id="r", title="Bolivia's army loses a town", text=text, sha256="", published=day)
    sides = {claim.actor for claim in stages().extract(report) if claim.place.text == "Tarija"}
    assert sides == {"other:zorla front"}


@parsed
def test_a_unit_or_a_union_of_states_is_not_who_rebels_are() -> None:
    text = "Rebels took Tarija on Sunday. UN troops left Sucre. The Zorla Brigade held Oruro."
    assert ("gains", "other:rebels", "Tarija") in told(text)


@parsed
def test_the_alliance_is_the_one_so_called() -> None:
    text = "Northern Alliance troops swept into Kabul. The alliance has captured Bamiyan."
    assert ("gains", "other:northern alliance", "Bamiyan") in told(text)


@parsed
@pytest.mark.parametrize("force", ["The armed forces", "The junta", "The security forces"])
def test_a_states_forces_are_the_one_lands_that_is_told_of(force: str) -> None:
    text = f"Zorla rebels took Sucre in Bolivia on Sunday. {force} said on Monday that they had recaptured Sucre."
    assert ("gains", "other:bolivia", "Sucre") in told(text)


@parsed
def test_what_neither_side_has_is_held_by_nobody() -> None:
    text = "The Zorla rebels took Sucre. Tarija was under the control of neither side by nightfall."
    assert told(text) == {("gains", "other:zorla", "Sucre")}


@parsed
def test_a_leaders_fighters_are_of_his_side() -> None:
    text = "Ismail Khan's fighters took Herat from the Taliban."
    assert told(text) == {("gains", "other:northern alliance", "Herat")}


@pytest.mark.parametrize(("year", "side"), [(1991, None), (2012, "other:al-shabaab")])
def test_common_nouns_mean_nobody_who_was_not_there_yet(actors: ActorIndex, year: int, side: str | None) -> None:
    found = actors.find("Insurgents took the town.", on=dt.date(year, 2, 1), countries=frozenset({"SO"}))
    assert [mention.actor_id for mention in found] == [side]


SYRIA = "2016-06-14"


@parsed
@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "South Sudan's army said that Malakal is held by the army, Mayom by the rebels.",
            {
                ("holds", "other:south sudan", "Malakal"),
                ("holds", "other:sudan people's liberation movement in opposition (splm-io)", "Mayom"),
            },
        ),
        (
            "Mariupol was taken by Russian forces, Kharkiv by the Ukrainian army.",
            {("gains", "russia", "Mariupol"), ("gains", "ukraine", "Kharkiv")},
        ),
        (
            "Syrian government troops took Rastan on Monday and the rebels Talbiseh.",
            {("gains", "syrian_government", "Rastan"), ("gains", "syrian_opposition", "Talbiseh")},
        ),
        (
            "The Syrian army captured Rastan, the rebels' last stronghold.",
            {("gains", "syrian_government", "Rastan"), ("holds", "syrian_opposition", "Rastan")},
        ),
    ],
)
def test_a_clause_without_a_verb_has_that_of_the_one_before(
    text: str, claims: set[tuple[str, str | None, str]]
) -> None:
    assert told(text, SYRIA) == claims


@parsed
def test_a_part_is_told_without_a_verb_as_well() -> None:
    text = "The Syrian army holds the west of Aleppo and the rebels the east."
    found = {(claim.actor, claim.part) for claim in extracted(text, SYRIA)}
    assert found == {("syrian_government", "west"), ("syrian_opposition", "east")}


@parsed
def test_the_alliance_goes_on_as_it() -> None:
    text = (
        "Rebels of the Alliance of Zorlan Forces were near Kinshasa on Friday. The army would not fight. The alliance, "
        "which began its march with the capture of Uvira, now has most of Zaire. Kisangani fell to it in March."
    )
    sides = {side for _, side, _ in told(text, "1997-05-16")}
    assert sides == {"other:alliance of zorlan forces"}


@parsed
def test_a_side_that_says_so_means_its_own_fighters() -> None:
    text = "The army holds Oruro in Bolivia. The ZRC guerrillas left Sucre and said their fighters had taken Tarija."
    assert ("gains", "other:zrc", "Tarija") in told(text)


@parsed
def test_invaders_come_from_abroad() -> None:
    text = (
        "Syrian government troops rolled into Tal Tamr on Monday. The Turkish army took Ras al-Ain on Sunday from the "
        "SDF, which runs the north-east. Tal Abyad was in the invaders' hands by Sunday evening."
    )
    assert ("holds", "turkey", "Tal Abyad") in told(text, "2019-10-14")


@parsed
def test_a_listed_name_beside_a_peoples_militia_says_which_it_is() -> None:
    text = "Kiseljak in Bosnia is in the hands of the Herzegovinian militia, the HVO."
    assert ("holds", "other:croatian defence council (hvo)", "Kiseljak") in told(text, "1993-10-22")


@pytest.mark.parametrize(
    ("land", "side"), [("MZ", "other:islamic state - mozambique province"), ("SY", "islamic_state")]
)
def test_the_branch_that_fights_there_is_meant(actors: ActorIndex, land: str, side: str) -> None:
    found = actors.find("Militants of the Islamic State left.", countries=frozenset({land}))
    assert found[-1].actor_id == side


@parsed
def test_who_leaves_without_a_fight_leaves() -> None:
    text = "Somali government troops left Tiyeglow without notice. They left Bardere without water."
    assert told(text, SYRIA) == {("withdraws", "other:somali government", "Tiyeglow")}


@parsed
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Zorlata, seized by the rebels in May, was quiet when the Syrian army left Homs.", {"Zorlata", "Homs"}),
        ("Weakened, the Syrian army left Homs.", {"Homs"}),
        ("Snow fell over the hills as the Syrian army left Homs.", {"Homs"}),
    ],
)
def test_a_first_word_is_a_name_by_what_is_said_behind_it(text: str, places: set[str]) -> None:
    assert {place for _, _, place in told(text, SYRIA)} == places


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Papua New Guinea troops left.", "other:papua new guinea"),
        ("The Zorla Lord's Resistance Army left.", "other:zorla lord's resistance army"),
    ],
)
def test_longer_names_of_lands_and_armies_win(actors: ActorIndex, text: str, side: str) -> None:
    assert [mention.actor_id for mention in actors.find(text)] == [side]


@parsed
def test_a_flag_is_that_of_who_plants_it_first() -> None:
    text = "Mali's army and its Russian partners of Wagner planted their flag in Kidal, held by Tuareg separatists."
    claims = told(text, "2024-02-20")
    assert ("gains", "other:mali", "Kidal") in claims
    assert ("gains", "russia", "Kidal") not in claims


@parsed
def test_a_base_that_is_captured_is_not_its_takers_own() -> None:
    text = "The Syrian army was beaten near Homs. The rebels captured its base in Rastan."
    assert ("gains", "syrian_opposition", "Rastan") in told(text, SYRIA)


@parsed
def test_they_are_those_whom_the_sentence_before_goes_on_about() -> None:
    text = (
        "The ZRC guerrillas of Bolivia held Sucre within three weeks. They halted when Peru sent soldiers. Last week "
        "they seized Tarija."
    )
    assert ("gains", "other:zrc", "Tarija") in told(text)


@parsed
def test_guerrillas_overran_what_the_army_took_back() -> None:
    text = (
        "The army had taken Paranthan in Sri Lanka and with it severed the guerrillas from Elephant Pass, the causeway "
        "which they overran in April 2000."
    )
    assert ("gains", "other:liberation tigers of tamil eelam (ltte)", "Elephant Pass") in told(text, "2009-01-03")


@pytest.mark.parametrize(("land", "side"), [("IN", "other:india"), ("LK", "other:indian peace keeping force (ipkf)")])
def test_a_people_that_one_war_lists_is_itself_in_others(actors: ActorIndex, land: str, side: str) -> None:
    found = actors.find("Indian troops left the town.", countries=frozenset({land}))
    assert [mention.actor_id for mention in found] == [side]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("The Third Zorla Commando Division left.", True), ("The Third Zorla Liberation Movement left.", False)],
)
def test_a_unit_may_be_numbered_in_words(actors: ActorIndex, text: str, unit: bool) -> None:
    (found,) = actors.find(text)
    assert (found.actor_id is None) is unit


@parsed
def test_a_unit_numbered_in_words_is_the_states_that_the_text_is_about() -> None:
    text = "Tarija in Bolivia was overrun last month by the Second Infantry Division. Rebels left Sucre."
    assert ("gains", "other:bolivia", "Tarija") in told(text)


@parsed
def test_intruders_come_from_abroad() -> None:
    text = "Indian soldiers drove Pakistan's army out of Drass in India on Monday. Kargil was taken by the intruders."
    assert ("gains", "other:pakistan", "Kargil") in told(text, "1999-06-02")


@parsed
@pytest.mark.parametrize(
    "led",
    [
        "The Zorla Front, led by General John Morla, took Dolna. Morla's men hold Kamen.",
        "Zorla Front leader John Morla fled. Morla's fighters hold Kamen.",
        "John Morla, who leads the Zorla Front, fled. His fighters hold Kamen.",
        "John Morla, the leader of the Zorla Front, fled. Fighters loyal to him hold Kamen.",
        "Rebels took Dolna. Zorla Front commander John Morla said that his men held Kamen.",
    ],
)
def test_whose_men_they_are_is_told_by_whom_their_leader_leads(led: str) -> None:
    assert ("holds", "other:zorla front", "Kamen") in told(led)


def test_who_leads_others_is_no_side_that_leads(actors: ActorIndex) -> None:
    text = "Rebels led by the Zorla Front took Dolna. The Zorla Front, led by the army, left."
    assert leaders_told(text, actors.find(text)) == {}


@parsed
def test_his_forces_are_those_of_the_leader_named_last() -> None:
    text = "The GNA took Dolna on Friday. Khalifa Haftar flew to Cairo. His men left Kamen the same day."
    assert ("withdraws", "other:libyan national army (lna)", "Kamen") in told(text, "2020-06-06")
    text = "Khalifa Haftar flew to Cairo. A GNA spokesman said that his men had taken Kamen."
    assert ("gains", "other:government of national accord (gna)", "Kamen") in told(text, "2020-06-06")


@parsed
def test_a_capital_that_takes_a_town_goes_on_as_it() -> None:
    text = "Armenian forces lost Dolna. Baku took Kamen on Saturday. Its troops entered Borek on Tuesday."
    assert ("enters", "other:azerbaijan", "Borek") in told(text, "2020-10-20")


@parsed
@pytest.mark.parametrize(
    ("text", "day", "claim"),
    [
        # what "its troops" are is told by whom the text goes on about, though another is a state
        (
            "The Bolivian army took Dolna. The Zorla Front seized Borek. Its troops hold Kamen.",
            DAY,
            ("holds", "other:zorla front", "Kamen"),
        ),
        # who sends soldiers is who goes on as "they"
        (
            "Mozambique's army left Dolna. Kigali sent 900 soldiers last month. In their first battle they took Kamen.",
            "2021-08-09",
            ("gains", "other:rwanda", "Kamen"),
        ),
        # and a militia that leaves is who took what it leaves
        (
            "Ethiopian troops drove Fano militiamen out of Dolna. The militia withdrew from Kamen, which it had taken.",
            "2023-08-09",
            ("withdraws", "other:amhara militias", "Kamen"),
        ),
    ],
)
def test_the_text_goes_on_about_who_acted(text: str, day: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text, day)


def test_what_a_country_gives_to_a_mission_is_the_missions(actors: ActorIndex) -> None:
    text = "The Ugandan contingent of the Zorla Peace Force left."
    assert [mention.actor_id for mention in actors.find(text)] == ["other:zorla peace force"]


def test_first_letters_that_take_a_town_are_a_sides(actors: ActorIndex) -> None:
    assert actors.groups("The ZLF had seized Dolna.", ()) == {"zlf": "other:zlf"}
    assert actors.groups("The ZLF controls Dolna.", ()) == {"zlf": "other:zlf"}
    assert actors.groups("The ZLF had met in Dolna.", ()) == {}


@parsed
@pytest.mark.parametrize(
    "moving",
    [
        "Zorla Front rebels are advancing in the north.",
        "The Zorla Front has swept across the plain.",
        "The Zorla Front, officials said on Friday, crossed the river.",
        "Fighters of the Zorla Front are on the march again.",
    ],
)
def test_what_falls_while_one_side_advances_falls_to_it(moving: str) -> None:
    assert ("gains", "other:zorla front", "Kamen") in told(f"{moving} Kamen was captured on Monday.")


@parsed
def test_who_is_attacked_is_not_on_the_move() -> None:
    text = "The Zorla Front was attacked in the north. Kamen was captured on Monday."
    assert ("gains", "other:zorla front", "Kamen") not in told(text)


@parsed
def test_what_the_only_side_says_was_taken_it_took_unless_it_is_a_state() -> None:
    assert ("gains", "other:zorla front", "Kamen") in told("The Zorla Front said that Kamen had been seized.")
    assert ("gains", None, "Kamen") in told("The army said that Kamen had been seized.")
    assert ("gains", "other:zorla front", "Kamen") not in told("The Zorla Front said that Kamen had fallen.")
