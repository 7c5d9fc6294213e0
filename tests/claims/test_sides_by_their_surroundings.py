"""Sides told by what stands around them: a name behind a group, who leads whom, whose attack it was, who says so."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.parsing.model_loader import load_model

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def told(text: str, day: str) -> set[tuple[str, str | None, str]]:
    return {(claim.kind, claim.actor, claim.place.text) for claim in extracted(text, day)}


@pytest.mark.parametrize(
    ("text", "day", "claim"),
    [
        (
            "Atarib is held by another militant faction, Hayat Tahrir al-Sham (HTS), which fights the Islamic State.",
            "2023-02-03",
            ("holds", "hts", "Atarib"),
        ),
        (
            "The MNLA seized Kidal. Timbuktu is held by a rival group, Ansar Dine, and Gao by another faction, MUJAO.",
            "2012-05-03",
            ("holds", "other:ansar dine", "Timbuktu"),
        ),
        (
            "A Kurdish-led alliance, the Syrian Democratic Forces, surrounded Manbij.",
            "2016-06-03",
            ("besieges", "sdf", "Manbij"),
        ),
        (
            "The army, Hezbollah and the National Defence Forces took Qusayr.",
            "2013-06-03",
            ("gains", "syrian_government", "Qusayr"),
        ),
    ],
)
def test_a_group_is_whose_name_stands_behind_it(text: str, day: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text, day)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Insurgents led by Hayat Tahrir al-Sham entered Aleppo. On Sunday the insurgents took Khan Shaykhun.",
            ("gains", "hts", "Khan Shaykhun"),
        ),
        (
            "HTS-led rebels took Hama on Thursday, days after the rebels had taken Aleppo.",
            ("gains", "hts", "Aleppo"),
        ),
        (
            "The insurgents, the army said, hold Atarib. Rebels led by Hayat Tahrir al-Sham left Saraqib.",
            ("holds", "syrian_opposition", "Atarib"),  # others than those who are led
        ),
    ],
)
def test_the_rebels_are_those_of_whom_a_text_told_who_leads_them(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text, "2024-12-05")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Kunduz was captured on Monday in a surprise attack by hundreds of Taliban fighters.",
            ("gains", "other:taliban", "Kunduz"),
        ),
        (
            "Kunduz was captured in an offensive launched by more than a thousand Taliban fighters.",
            ("gains", "other:taliban", "Kunduz"),
        ),
    ],
)
def test_a_town_falls_to_whose_attack_it_was(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text, "2015-10-01")


@pytest.mark.parametrize(
    ("text", "day", "claim"),
    [
        (
            "Azerbaijan's president Ilham Aliyev said that Zangilan had been liberated from Armenian occupation.",
            "2020-10-21",
            ("gains", "other:azerbaijan", "Zangilan"),
        ),
        (
            "President Volodymyr Zelensky said that Balakliia had been liberated from Russian occupation.",
            "2022-09-12",
            ("gains", "ukraine", "Balakliia"),
        ),
    ],
)
def test_a_state_frees_what_its_president_says_was_freed(text: str, day: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text, day)


@pytest.mark.parametrize(
    ("text", "day", "claim"),
    [
        (
            "The Turkish army and its Syrian allies have seized Jinderes.",
            "2018-03-19",
            ("gains", "turkey", "Jinderes"),
        ),
        (
            "Ethiopian troops and allied Amhara militias captured Humera.",
            "2020-11-19",
            ("gains", "other:ethiopia", "Humera"),
        ),
    ],
)
def test_of_allies_the_first_one_is_who_acts(text: str, day: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text, day)


@pytest.mark.parametrize(
    ("text", "day", "claim"),
    [
        (
            "BEIRUT, March 5 Government troops surrounded Rastan and shelled it for a week, activists said.",
            "2012-03-06",
            ("besieges", "syrian_government", "Rastan"),
        ),
        (
            "AMMAN Government soldiers took Rastan on Friday.",
            "2012-03-06",
            ("gains", "syrian_government", "Rastan"),
        ),
    ],
)
def test_where_a_report_was_written_tells_no_side(text: str, day: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text, day)


@pytest.mark.parametrize(
    ("text", "day", "claim"),
    [
        (
            "Prime Minister Haider al-Abadi told his troops to free all Kurdish-held areas. They reached Kirkuk.",
            "2017-10-17",
            ("enters", "iraqi_government", "Kirkuk"),
        ),
        (
            "The army advanced through rebel-held suburbs. It then took Douma.",
            "2018-04-14",
            ("gains", "syrian_government", "Douma"),
        ),
        (
            "Shells fell on rebel-held Aleppo. They still hold Anadan.",
            "2014-06-12",
            ("holds", "syrian_opposition", "Anadan"),
        ),
    ],
)
def test_they_are_rather_who_does_something_than_whose_ground_it_is(
    text: str, day: str, claim: tuple[str, str, str]
) -> None:
    assert claim in told(text, day)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("The port was seized by the houthis on Friday.", "other:houthis"),
        ("The town was captured by the taliban.", "other:taliban"),
        ("The village was recovered by the wazalendo.", "other:wazalendo"),
    ],
)
def test_some_names_are_written_small(text: str, side: str) -> None:
    assert [mention.actor_id for mention in ActorIndex.load().find(text)] == [side]


@pytest.mark.parametrize(
    ("text", "day", "claim"),
    [
        (
            "The Rapid Support Forces launched an assault on El Obeid. Fighting continued inside El Obeid on Sunday.",
            "2023-05-22",
            ("contests", "other:rapid support forces (rsf)", "El Obeid"),
        ),
        (
            "The army repelled an attack by the RSF on El Obeid. Clashes continued in the city.",
            "2023-05-22",
            ("contests", "other:rapid support forces (rsf)", "El Obeid"),
        ),
        (
            "M23 rebels seized Nyabibwe on Wednesday. Heavy clashes broke out in Ihusi on Thursday.",
            "2025-02-10",
            ("contests", "other:march 23 movement (m23)", "Ihusi"),
        ),
        (
            "Heavy fighting continues in Rubizhne, a key goal of Russian forces, but Ukrainian troops hold the centre.",
            "2022-03-20",
            ("contests", "russia", "Rubizhne"),
        ),
        (
            "Fighting erupted in Nyala between the army and the Rapid Support Forces after the RSF attacked the city.",
            "2023-05-22",
            ("contests", "other:rapid support forces (rsf)", "Nyala"),
        ),
        (  # where the text tells of no attack, it is the first one's
            "Clashes between the army and rebels were reported in Homs.",
            "2012-05-22",
            ("contests", "syrian_government", "Homs"),
        ),
        (
            "The offensive by the Syrian Democratic Forces has begun. Fighting takes place in Raqqa.",
            "2017-06-06",
            ("contests", "sdf", "Raqqa"),
        ),
        (
            "M23 rebels seized Nyabibwe on Wednesday. On Thursday heavy clashes broke out in Kibuye, Katovu and Ihusi.",
            "2025-02-10",
            ("contests", "other:march 23 movement (m23)", "Kibuye"),  # a namesake abroad is found for it
        ),
        ("Rebels took Azaz on Friday. Aleppo is contested.", "2012-07-22", ("contests", None, "Aleppo")),
    ],
)
def test_who_attacks_is_told_by_whose_attack_the_text_is_about(
    text: str, day: str, claim: tuple[str, str | None, str]
) -> None:
    assert claim in told(text, day)


def test_the_council_is_the_one_that_the_text_named() -> None:
    text = "The Manbij Military Council entered Manbij in June 2016. By August the council held the whole town."
    assert ("holds", "sdf", "Manbij") in told(text, "2016-09-01")


def test_men_dressed_as_soldiers_are_none() -> None:
    sides = {
        side for _, side, _ in told("A group of men disguised as soldiers entered Toribio on Monday.", "2010-05-04")
    }
    assert "other:colombia" not in sides


@pytest.mark.parametrize(
    ("text", "day", "claim"),
    [
        (
            "Its capture of Kidal in April 2012 made the MNLA the strongest of the rebel movements.",
            "2012-05-03",
            ("gains", "other:national movement for the liberation of azawad (mnla)", "Kidal"),
        ),
        (
            "Aden has been the government's base since the Houthi militia - which hails from the north - took Sanaa.",
            "2018-02-01",
            ("gains", "other:houthis", "Sanaa"),
        ),
        (
            "A platoon of British soldiers was besieged by Taliban men inside the town of Sangin.",
            "2006-09-01",
            ("besieges", "other:taliban", "Sangin"),
        ),
        (
            "The siege of Homs set the Syrian army against the opposition in Homs, a major rebel stronghold.",
            "2013-09-01",
            ("besieges", "syrian_government", "Homs"),
        ),
        (
            "In August 1943 the Steppe Front liberated Kharkov.",
            "1943-09-01",
            ("gains", "other:soviet union", "Kharkov"),
        ),
    ],
)
def test_sides_are_read_over_what_stands_between(text: str, day: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(text, day)


@pytest.mark.parametrize(
    ("text", "day", "claims"),
    [
        (
            'Trucks could not reach the towns of Zamalka and Arbin besieged by "Jaish al-Fateh" terrorists.',
            "2015-12-20",
            {("besieges", "syrian_opposition", "Zamalka"), ("besieges", "syrian_opposition", "Arbin")},
        ),
        (
            "The siege of Bihać was a siege of a town, Bihać. The siege was carried out by the Bosnian Serbs.",
            "1995-12-20",
            {("besieges", "other:bosnian serbs", "Bihać")},
        ),
        (
            "Transitional government fighters took Herawa from Gaddafi's forces.",
            "2011-09-18",
            {("gains", "other:libyan rebels (ntc)", "Herawa")},
        ),
        (
            "The army entered Jarjanaz in Idlib. Terrorists still hold Maarat al-Numan, the agency said.",
            "2019-12-22",
            {("holds", "syrian_opposition", "Maarat al-Numan")},
        ),
        (
            "Malakal is in Salva Kiir's hands. Troops loyal to the former president, Riek Machar, took Bentiu.",
            "2013-12-20",
            {("gains", "other:sudan people's liberation movement in opposition (splm-io)", "Bentiu")},
        ),
        (
            "Gharyan was taken without a fight by troops under Khalifa Haftar.",
            "2019-04-05",
            {("gains", "other:libyan national army (lna)", "Gharyan")},
        ),
        (
            "The Sea Tigers' base at Nachchikuda in Sri Lanka was captured by troops of the 57 Division.",
            "2008-09-21",
            {("gains", "other:sri lanka", "Nachchikuda")},
        ),
        (
            "Yemeni forces backed by the Saudi-led coalition captured Hodeidah airport from the Houthis.",
            "2018-06-14",
            {("gains", "other:yemen", "Hodeidah airport")},
        ),
        (
            "Militants took Mukalla. The rebels, known as Houthis, advanced in Aden. The rebels captured Mualla.",
            "2015-04-04",
            {("gains", "other:houthis", "Mualla")},
        ),
        (
            "Government forces ended the attack on Rastan by pushing out most of the opposition fighters.",
            "2012-07-14",
            {("gains", "syrian_government", "Rastan")},
        ),
    ],
)
def test_sides_in_other_words(text: str, day: str, claims: set[tuple[str, str, str]]) -> None:
    assert claims <= told(text, day)


def test_a_district_holds_nothing() -> None:
    text = "Ajdabiya was the capital of Ajdabiya District until 2007. Rebels took it in 2011."
    assert not [claim for claim in told(text, "2013-06-20") if claim[0] == "holds"]


def test_who_defends_himself_took_nothing() -> None:
    text = "The Iraqi army attempted to defend Tikrit but suffered from the fall of Mosul."
    assert ("gains", "iraqi_government", "Mosul") not in told(text, "2014-06-20")
