"""Who acts in a country that another state has invaded, where the words for it tell and no name does."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from tracker.claims import ActorIndex
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Modality, Report
from tracker.pipeline import Stages

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages(backend="auto")


def told(stages: Stages, text: str, published: str = "2022-12-01") -> set[tuple[str, str | None, str]]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    report = Report(report_id="r", text=text, sha256=digest, published=dt.date.fromisoformat(published))
    return {
        (c.kind, c.actor, c.place.text)
        for c in stages.extract(report)
        if c.modality is not Modality.UNREAL and c.kind != "approaches"
    }


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Russian troops held Bucha. On 28 March 2022 the mayor declared Irpin liberated.", ("ukraine", "Irpin")),
        ("Ukrainian troops pushed on. Ruska Lozova was freed at the end of April 2022.", ("ukraine", "Ruska Lozova")),
        ("Russian troops fought Ukrainian soldiers. Governor Haidai said Popasna was freed.", ("ukraine", "Popasna")),
        (
            "Russian troops fought Ukrainian soldiers. The Russian defence ministry said that Mariupol was liberated.",
            ("russia", "Mariupol"),
        ),
        ("Robotyne was de-occupied by Ukrainian forces.", ("ukraine", "Robotyne")),
        ("Ukrainian troops left. Trostianets was occupied on 1 March 2022 and shelled.", ("russia", "Trostianets")),
        (
            "Trostianets was occupied on 1 March 2022 by the enemy. It was won back by the 93rd Brigade in spring.",
            ("ukraine", "Trostianets"),
        ),
    ],
)
def test_who_frees_a_place_is_at_home_and_who_occupies_it_is_not(
    stages: Stages, text: str, claim: tuple[str, str]
) -> None:
    gains = {(actor, place) for kind, actor, place in told(stages, text) if kind == "gains"}
    assert claim in gains
    assert len({actor for actor, place in gains if place == claim[1]}) == (2 if "won back" in text else 1)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Russian troops dug in. Shops in occupied Melitopol and Berdiansk take only roubles.",
            {"Melitopol", "Berdiansk"},
        ),
        ("Russian troops fired. Residents of temporarily occupied Henichesk were given passports.", {"Henichesk"}),
        (
            "Russian troops fired. Schools in the occupied parts of Zaporizhia Oblast were closed.",
            {"Zaporizhia Oblast"},
        ),
        ("Russian troops fired. Occupation authorities in Enerhodar announced a curfew.", {"Enerhodar"}),
        ("Russian troops fired. The Russian-installed mayor of Tokmak fled on Monday.", {"Tokmak"}),
        ("Russian troops fired. The Kherson occupation administration banned a film.", {"Kherson"}),
        ("Russian troops fired. The Russian occupation head of Skadovsk was wounded.", {"Skadovsk"}),
        ("Russian troops fled. Occupation officials left formerly occupied Izyum.", set()),
        ("Russian troops fled. Occupation officials ran away from Kherson.", set()),
        ("Russian troops fired on the occupied buildings in Kharkiv.", set()),
    ],
)
def test_an_occupied_place_is_held_by_its_occupiers(stages: Stages, text: str, places: set[str]) -> None:
    assert {(actor, place) for kind, actor, place in told(stages, text) if kind == "holds"} == {
        ("russia", place) for place in places
    }


def test_nobody_knows_who_freed_a_place_of_which_an_unknown_person_speaks(stages: Stages) -> None:
    text = "Russian troops fought Ukrainian soldiers. Petrov told reporters that Mariupol had been liberated."
    assert ("gains", "ukraine", "Mariupol") not in told(stages, text)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Russian forces captured Popasna. Zolote and Hirske were given up without a fight.", {"Zolote", "Hirske"}),
        ("Ukrainian forces withdrew from Popasna. Hirske was abandoned on 24 June 2022.", {"Popasna", "Hirske"}),
        ("Ukrainian forces held Hirske. The village was abandoned on 24 June 2022.", {"Hirske"}),
        ("Russian forces captured Popasna. Hirske was abandoned by its people.", set()),
        ("Many villages were shelled by Russian and Ukrainian forces. Hirske was abandoned long ago.", set()),
        ("The Ukrainian garrison of Lysychansk fled on 3 July 2022.", {"Lysychansk"}),
        ("The last of the Ukrainian defenders of Lysychansk left on 3 July 2022.", {"Lysychansk"}),
    ],
)
def test_what_is_given_up_was_held_by_who_does_not_advance(stages: Stages, text: str, places: set[str]) -> None:
    assert {claim for claim in told(stages, text) if claim[0] == "withdraws"} == {
        ("withdraws", "ukraine", place) for place in places
    }


@pytest.mark.parametrize(
    ("text", "attacker"),
    [
        ("Russian troops attacked the army. Fighting reached the outskirts of Irpin on 27 May 2022.", "russia"),
        ("Fighting between Russian and Ukrainian troops spread to the centre of Irpin.", "russia"),
        ("Irpin was fought over street by street between Russian and Ukrainian troops.", "russia"),
    ],
)
def test_fighting_that_reaches_a_town_is_in_it(stages: Stages, text: str, attacker: str | None) -> None:
    assert ("contests", attacker, "Irpin") in told(stages, text)


def test_fighting_that_reaches_a_peak_is_nowhere(stages: Stages) -> None:
    assert told(stages, "The fighting between Russian and Ukrainian troops reached a peak near Irpin.") == set()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The Antonivka bridge changed hands before the Russian troops, coming up from Crimea, finally secured it.",
            ("gains", "russia", "Antonivka bridge"),
        ),
        (
            "Russian forces attacked Debaltseve, a junction that Ukrainian troops had recovered the summer before.",
            ("gains", "ukraine", "Debaltseve"),
        ),
        (
            "When Balakliia fell on 8 September the Russian garrison of Izium left in haste.",
            ("withdraws", "russia", "Izium"),
        ),
    ],
)
def test_clauses_of_time_keep_their_sides(stages: Stages, text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(stages, text)


def test_the_bridges_to_a_town_are_not_the_town(stages: Stages) -> None:
    text = (
        "Russian forces attacked Sievierodonetsk. By June all bridges to Lysychansk were down and "
        "the Russians held four fifths of the city."
    )
    assert ("holds", "russia", "Sievierodonetsk") in told(stages, text)


def test_camps_tell_who_stands_against_whom() -> None:
    camps = ActorIndex.load().camps
    assert camps.camp("separatists") == camps.camp("russia")
    assert camps.against("separatists", [], "UA") == "ukraine"
    assert camps.against("ukraine", [], "UA") == "russia"
    assert camps.against("syrian_government", [], "SY") is None
    assert camps.invaded(["russia", "ukraine"], "UA") == ("ukraine", "russia")
    assert camps.invaded(["russia"], "UA") == ("ukraine", "russia")
    assert camps.invaded(["islamic_state", "iraqi_government"], "IQ") is None
    assert camps.invaded(["other:poland", "russia", "ukraine"], "UA") is None


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Marinka had been held by Ukraine since August 2014, when it was retaken from the DPR.",
            ("gains", "ukraine", "Marinka"),
        ),
        ("Russian forces attacked, but Vuhledar remained Ukrainian until 2024.", ("holds", "ukraine", "Vuhledar")),
        (
            "The General Staff said that Ukrainian soldiers went on holding the northern part of Pokrovsk.",
            ("holds", "ukraine", "Pokrovsk"),
        ),
        ("Izium became a stronghold of the Russian army.", ("holds", "russia", "Izium")),
        (
            "Russian troops fought Ukrainian soldiers. Shoigu told the president that Mariupol had been liberated.",
            ("gains", "russia", "Mariupol"),
        ),
        (
            "The spokeswoman of the Luhansk operational group said that Russian troops had entered Toretsk.",
            ("enters", "russia", "Toretsk"),
        ),
        (
            "Russian troops attacked Chasiv Yar. The defence ministry in Moscow stated that the town was liberated.",
            ("gains", "russia", "Chasiv Yar"),
        ),
    ],
)
def test_who_is_meant_in_statements_of_both_sides(stages: Stages, text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(stages, text, "2025-12-01")


@pytest.mark.parametrize(
    "text",
    [
        "Izium was to become a stronghold of the Russian army.",
        "Izium will become a stronghold of the Russian army, officials said.",
        "There was no question of Kupiansk being lost by Ukrainian forces.",
        "Many residents of Kherson remained Ukrainian at heart.",
        "By August Luhansk was all but surrounded by Ukrainian forces, and its fall to the army seemed imminent.",
        "Ukrainian forces pressed on, and the fall of Donetsk to the army seemed a matter of weeks.",
        "Russian forces pressed on and came within two kilometres of capturing Pokrovsk.",
        "Russian forces pressed on, but the Russian advance on Sumy petered out before reaching the city.",
        "Russian troops attacked Hostomel airport with a view to capturing it.",
        "Ukrainian forces considered abandoning Bakhmut in January, and Russian troops knew it.",
        "Russian media reported that Lyptsi had fallen to Russian troops. This proved premature.",
        "Russian troops were said to have taken Kupiansk, a claim that turned out to be false.",
        "The Ukrainian army said that it had retaken Kupiansk. The report was later shown to be wrong.",
    ],
)
def test_what_is_still_to_come_or_proves_untrue_is_no_claim(stages: Stages, text: str) -> None:
    assert told(stages, text, "2025-12-01") == set()


@pytest.mark.parametrize(
    "text",
    [
        "The Ukrainian army said that it had retaken Kupiansk. This was a turning point.",
        "The Ukrainian army said that it had retaken Kupiansk. Moscow called this a lie.",
        "Ukrainian troops captured Kupiansk. This was wrong, a priest said.",
    ],
)
def test_what_the_other_side_denies_stays_a_claim(stages: Stages, text: str) -> None:
    assert ("gains", "ukraine", "Kupiansk") in told(stages, text, "2025-12-01")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Bilohorivka is a village that Russian forces failed to capture until 2025.",
            ("gains", "russia", "Bilohorivka"),
        ),
        (
            "Russian troops attacked Bakhmut, where fighting with Ukrainian forces goes on.",
            ("contests", "russia", "Bakhmut"),
        ),
        (
            "Ukraine's thrust began on 6 September with the encirclement of Balakliia, whose Russian defenders fled.",
            ("besieges", "ukraine", "Balakliia"),
        ),
        (
            "Ukraine's thrust began on 6 September with the encirclement of Balakliia, whose Russian defenders fled.",
            ("withdraws", "russia", "Balakliia"),
        ),
        (
            "Savur-Mohyla has been handed by the invaders to the so-called Donetsk republic.",
            ("gains", "separatists", "Savur-Mohyla"),
        ),
        (
            "Ukrainian troops captured Balakliia. Part of Kupiansk remained for the time being in the enemy's hands.",
            ("holds", "russia", "Kupiansk"),
        ),
        ("With Bakhmut captured by Wagner, Russian troops turned to Chasiv Yar.", ("gains", "russia", "Bakhmut")),
        (
            "Robotyne, retaken by Ukraine in August 2023, was captured again by Russia in May 2024.",
            ("gains", "ukraine", "Robotyne"),
        ),
        ("Popasna, seized by Wagner in May, became a base for the Russian army.", ("gains", "russia", "Popasna")),
        ("Russian troops had Mariupol surrounded by 2 March 2022.", ("besieges", "russia", "Mariupol")),
        (
            "Russian forces fought Ukrainian troops. Ukraine's counteroffensive liberated Makarivka.",
            ("gains", "ukraine", "Makarivka"),
        ),
        (
            "Russian forces fought Ukrainian troops. Russian assault groups penetrated into Pokrovsk.",
            ("enters", "russia", "Pokrovsk"),
        ),
        (
            "Ukrainian and Russian forces fought. The Russian occupation of Kherson ended in 2022.",
            ("loses", "russia", "Kherson"),
        ),
        (
            "Ukrainian and Russian forces fought. The Russian occupation of Kherson lasted eight months.",
            ("holds", "russia", "Kherson"),
        ),
        ("Russian troops attacked. Kyiv admitted that Soledar had fallen.", ("gains", "russia", "Soledar")),
        ("Russia invaded. Ukrainian Special Forces landed on Snake Island.", ("enters", "ukraine", "Snake Island")),
        (
            "Ukrainian troops recaptured Makariv on 2 March, but Russian forces retook it days later.",
            ("gains", "russia", "Makariv"),
        ),
        (
            "The encirclement of Ukrainian troops at Ilovaisk by the Russian army cost hundreds of lives.",
            ("besieges", "russia", "Ilovaisk"),
        ),
        ("Russian forces advanced to the outskirts of Kherson and fought there.", ("enters", "russia", "Kherson")),
        (
            "Russian forces captured Melitopol. Berdiansk was entered without resistance on 27 February 2022.",
            ("enters", "russia", "Berdiansk"),
        ),
        (
            "At Donetsk airport a group of militants was driven out the same day by the Ukrainian army.",
            ("gains", "ukraine", "Donetsk airport"),
        ),
        (
            "Ukrainian troops besieged Balakliia in September 2022. Verbivka, held by the Russians, fell the same day.",
            ("gains", "ukraine", "Verbivka"),
        ),
    ],
)
def test_turns_of_histories(stages: Stages, text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(stages, text, "2025-12-01")


@pytest.mark.parametrize(
    ("text", "claim"),
    [],
)
def test_turns_of_assessments(stages: Stages, text: str, claim: tuple[str, str, str]) -> None:
    assert claim in told(stages, text, "2025-12-01")


def test_who_evacuates_civilians_does_not_leave(stages: Stages) -> None:
    text = "Russian authorities evacuated civilians from Kherson while Ukrainian troops shelled the bridges."
    assert told(stages, text, "2022-12-01") == set()


def test_buildings_that_are_entered_are_no_towns(stages: Stages) -> None:
    text = "Russian troops were near. The museum in Melitopol was entered at night."
    assert told(stages, text, "2025-12-01") == set()


def test_who_is_at_home_takes_what_falls_while_he_advances(stages: Stages) -> None:
    advancing = "Ukrainian troops drove the Russian army out of Balakliia. Verbivka fell the next day."
    retreating = "Ukrainian troops withdrew from Popasna before the Russian army. Hirske fell the next day."
    assert ("gains", "ukraine", "Verbivka") in told(stages, advancing)
    assert ("gains", "russia", "Hirske") in told(stages, retreating)


def test_units_of_nobody_named_are_those_of_the_title(stages: Stages) -> None:
    text = "After months in the minefields the 47th Brigade entered Robotyne on 22 August 2023."
    digest = hashlib.sha256(text.encode()).hexdigest()
    title = "2023 Ukrainian counteroffensive"
    report = Report(report_id="r", text=text, sha256=digest, title=title, published=dt.date(2024, 1, 1))
    assert {(c.actor, c.place.text) for c in stages.extract(report)} == {("ukraine", "Robotyne")}
