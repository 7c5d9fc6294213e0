"""News that goes on with what it told: who left what he had, which day "the day before" is, what looks back."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Modality, Report
from tracker.pipeline import Stages

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages(backend="auto")


def claims(stages: Stages, text: str, published: str) -> list[Claim]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return stages.extract(Report(report_id="r", text=text, sha256=digest, published=dt.date.fromisoformat(published)))


def told(stages: Stages, text: str, published: str) -> set[tuple[str, str | None, str, str | None]]:
    found = claims(stages, text, published)
    return {(c.kind, c.actor, c.place.text, c.valid_time) for c in found if c.modality is not Modality.UNREAL}


def test_who_is_driven_out_leaves_what_he_was_told_to_have(stages: Stages) -> None:
    text = "Boko Haram seized the town of Gwoza in August last year. They were driven out in March by Nigerian troops."
    assert ("gains", "other:nigeria", "Gwoza", "2015-03") in told(stages, text, "2015-06-01")


def test_pulling_out_of_something_else_leaves_no_town(stages: Stages) -> None:
    text = "M23 fighters took the town of Sake in May. They pulled out of the negotiations on Monday."
    assert {kind for kind, *_ in told(stages, text, "2024-09-01")} == {"gains"}


def test_a_month_that_news_goes_on_with_is_the_last_one(stages: Stages) -> None:
    text = "In October last year the Taliban captured Qala-i-Zal. In February Afghan forces recaptured Qala-i-Zal."
    assert {date for *_, date in told(stages, text, "2017-06-01")} == {"2016-10", "2017-02"}


def test_the_day_before_news_that_names_no_day(stages: Stages) -> None:
    text = "M23 rebels have taken Kavumu airport. The M23 also seized Katana the day before."
    assert ("gains", "other:march 23 movement (m23)", "Katana", "2025-02-13") in told(stages, text, "2025-02-14")


def test_a_clause_with_since_does_not_date_what_follows(stages: Stages) -> None:
    text = "The M23 has pushed south since it took Goma in late January. Congolese soldiers abandoned Kamanyola."
    found = told(stages, text, "2025-02-20")
    assert ("gains", "other:march 23 movement (m23)", "Goma", "2025-01") in found
    assert ("withdraws", "other:congo", "Kamanyola", "2025-02-20~") in found


def test_days_after_losing_date_the_loss(stages: Stages) -> None:
    text = "Afghan troops recaptured most of Kunduz on Thursday, three days after losing control of the city."
    dates = {(c.kind, c.valid_time) for c in claims(stages, text, "2015-10-01")}
    assert ("gains", "2015-10-01") in dates
    assert not any(date == "../2015-09-28" for _, date in dates)


def test_statements_that_are_dismissed_are_unreal_to_the_last_verb(stages: Stages) -> None:
    text = "Ukraine dismissed statements that Russian forces had seized Kupiansk and controlled parts of Vovchansk."
    assert not told(stages, text, "2025-11-21")


def test_an_announcement_is_as_sure_as_who_makes_it(stages: Stages) -> None:
    text = "The army issued a statement that its troops had seized Kupiansk."
    assert {c.modality for c in claims(stages, text, "2025-11-21")} == {Modality.ASSERTED}


@pytest.mark.parametrize(
    "text",
    [
        "The army took the bridge, leaving Omdurman as the only way out of the capital for the RSF.",
        "Kismayo is quiet, but by nightfall it was not clear who was in control.",
    ],
)
def test_what_is_no_claim(stages: Stages, text: str) -> None:
    assert not {kind for kind, _, place, _ in told(stages, text, "2025-03-26") if place in {"Omdurman", "Kismayo"}}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Sri Lankan troops battling Tamil rebels Monday captured Paranthan.",
            ("gains", "other:sri lanka", "Paranthan"),
        ),
        (
            "Paranthan is the last LTTE stronghold on the road and its fall is near.",
            ("holds", "other:liberation tigers of tamil eelam (ltte)", "Paranthan"),
        ),
        (
            "N'DJAMENA, Chad, March 9 – An offensive by troops from Chad has retaken Damasak, an official said.",
            ("gains", "other:chad", "Damasak"),
        ),
        (
            "Forces loyal to Libyan leader Moammar Gadhafi have retaken Brega, witnesses said.",
            ("gains", "other:gaddafi", "Brega"),
        ),
        (
            "The RSF retains control over much of the Darfur region.",
            ("holds", "other:rapid support forces (rsf)", "Darfur region"),
        ),
        (
            "Libyan rebels fled. During the battle government troops managed to hold Zawiyah.",
            ("holds", "other:gaddafi", "Zawiyah"),
        ),
    ],
)
def test_who_did_what(stages: Stages, text: str, claim: tuple[str, str, str]) -> None:
    published = "2011-03-10" if "Libya" in text else "2015-03-10" if "Chad" in text else "2009-01-05"
    assert claim in {found[:3] for found in told(stages, text, "2025-03-10" if "RSF" in text else published)}


def test_they_in_a_quotation_are_not_the_speakers_side(stages: Stages) -> None:
    text = 'RSF fighters attacked Umm Rawaba. An army spokesman said: "They took Umm Rawaba after heavy fighting."'
    assert ("gains", "other:rapid support forces (rsf)", "Umm Rawaba") in {
        c[:3] for c in told(stages, text, "2025-03-10")
    }


def test_a_common_noun_beside_a_name_is_a_place_of_its_own(stages: Stages) -> None:
    text = "The Sudanese army took the airport and Shajara camp in Khartoum on Monday."
    assert any("Shajara" in place for _, _, place, _ in told(stages, text, "2025-03-10"))


def test_who_is_in_control_in_the_sentence_that_brought_him_there_holds_the_place(stages: Stages) -> None:
    text = "M23 rebels entered the town of Sake on Monday, and by Tuesday they were in full control."
    assert ("holds", "other:march 23 movement (m23)", "Sake") in {
        claim[:3] for claim in told(stages, text, "2024-09-06")
    }
    apart = "M23 rebels entered the town of Sake on Monday. The pilot said he was in full control."
    assert {kind for kind, *_ in told(stages, apart, "2024-09-06")} == {"enters"}


def test_a_taking_told_again_under_another_day_is_one(stages: Stages) -> None:
    text = (
        "M23 rebels have taken the town of Masisi. Residents fled to Sake. "
        "The rebels seized Masisi on Saturday after hours of fighting, said an official."
    )
    found = {fact for fact in told(stages, text, "2025-01-06") if fact[0] == "gains"}
    assert found == {("gains", "other:march 23 movement (m23)", "Masisi", "2025-01-04")}


def test_a_town_that_another_had_in_between_is_taken_twice(stages: Stages) -> None:
    text = (
        "The Taliban captured Khanabad on 3 August 2016. Afghan forces retook Khanabad on 10 August 2016. "
        "On 20 August 2016 the Taliban captured Khanabad."
    )
    days = sorted(str(date) for kind, actor, _, date in told(stages, text, "2016-09-01") if actor == "other:taliban")
    assert days == ["2016-08-03", "2016-08-20"]


def test_a_part_and_then_the_rest_are_two_takings(stages: Stages) -> None:
    text = (
        "Iraqi forces captured the eastern part of Ramadi on 10 May 2016. "
        "Iraqi forces captured the western part of Ramadi on 20 May 2016."
    )
    assert len([fact for fact in told(stages, text, "2016-06-01") if fact[0] == "gains"]) == 2


def test_an_ousting_of_another_year_is_no_gain_of_who_takes_ground_now(stages: Stages) -> None:
    text = (
        "African Union troops captured Baidoa on Monday. "
        "Al-Shabab was ousted from Mogadishu in 2011 and has lost much ground since."
    )
    found = told(stages, text, "2014-03-26")
    assert ("loses", "other:al-shabaab", "Mogadishu", "2011") in found
    assert not any(kind == "gains" and place == "Mogadishu" for kind, _, place, _ in found)


def test_who_leaves_a_town_for_another_has_not_given_it_up(stages: Stages) -> None:
    text = "A Malian army convoy of dozens of vehicles left Gao for Kidal on Monday. The army took Anefis on Saturday."
    assert not any(place == "Gao" for _, _, place, _ in told(stages, text, "2023-10-08"))


def test_a_faith_before_fighters_is_no_name_of_theirs(stages: Stages) -> None:
    text = "Iraqi soldiers retook Tikrit on Sunday. The city had been seized in June by Islamic militants."
    assert {actor for _, actor, _, _ in told(stages, text, "2014-10-27")} == {"iraqi_government", "islamic_state"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Russian forces took Soledar, they said; Kyiv stated that the battle was still going on.", "Soledar"),
        ("Islamic State seized Baiji. Officials denied it, saying that fighting was continuing.", "Baiji"),
        ("Turkish troops entered Ras al-Ayn. Clashes continued in the industrial quarter.", "Ras al-Ayn"),
        ("The army is tired. Officials said the battle for control of Avdiivka was far from over.", "Avdiivka"),
        ("The army is tired. The fighting for Toretsk has not ended.", "Toretsk"),
        ("The army is tired. A tank battle ensued in Vuhledar.", "Vuhledar"),
    ],
)
def test_fighting_that_goes_on_where_the_text_is(stages: Stages, text: str, place: str) -> None:
    found = {(kind, place) for kind, _, place, _ in told(stages, text, "2022-08-05")}
    assert ("contests", place) in found


@pytest.mark.parametrize(
    "text",
    [
        "Syrian troops seized Morek. Fighting continued the next day.",
        "Syrian troops seized Morek. An activist said fighting was under way south of the town.",
        "Syrian troops seized Morek, and an activist said that fighting was going on elsewhere.",
        "The army is tired. The battle for Morek is over.",
    ],
)
def test_fighting_that_goes_on_somewhere_else(stages: Stages, text: str) -> None:
    assert not {kind for kind, *_ in told(stages, text, "2022-08-05")} & {"contests"}
