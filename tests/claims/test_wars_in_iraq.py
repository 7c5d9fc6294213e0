"""Who is meant in accounts of the wars in Iraq: joined armies, units, defenders and attackers; one turn a test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality, Report
from tracker.pipeline import Stages

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")
ALPHA, BETA = "other:alpha", "other:beta"


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages()


@pytest.fixture(scope="module")
def actors() -> ActorIndex:
    return ActorIndex.load()


def told(stages: Stages, text: str, kind: Kind) -> set[tuple[str | None, str]]:
    """Side and place of each real claim of a kind."""
    claims = stages.extract(Report(report_id="r", text=text, sha256=""))
    return {(c.actor, c.place.text) for c in claims if c.kind is kind and c.modality is not Modality.UNREAL}


def marked(text: str, kind: Kind) -> set[tuple[str | None, str]]:
    return {(c.actor, c.place.text) for c in read(text) if c.kind is kind and c.modality is not Modality.UNREAL}


def test_of_joined_soldiers_the_first_named_are_the_side(stages: Stages) -> None:
    by_then = "By 10 November 2004 American and Iraqi troops held most of Fallujah."
    assert told(stages, by_then, Kind.HOLDS) == {("us_coalition", "Fallujah")}
    allies = "In 2007 the Americans and their Iraqi allies controlled nearly all of Ramadi."
    assert told(stages, allies, Kind.HOLDS) == {("us_coalition", "Ramadi")}
    swept = "In 2005 Marines and Iraqi soldiers swept into Ramadi and secured the city."
    assert told(stages, swept, Kind.GAINS) == {("us_coalition", "Ramadi")}
    other_way = "Iraqi and American soldiers entered Tal Afar in September 2005."
    assert told(stages, other_way, Kind.ENTERS) == {("iraqi_government", "Tal Afar")}


def test_a_coalition_still_helps_whom_it_is_named_beside(stages: Stages) -> None:
    text = "Coalition and Iraqi forces captured Tal Afar from ISIS in August 2017."
    assert told(stages, text, Kind.GAINS) == {("iraqi_government", "Tal Afar")}


def test_clashes_between_two_are_told_as_the_first_ones(stages: Stages) -> None:
    text = "Clashes between American and Iraqi troops were reported in Basra in March 2003."
    assert told(stages, text, Kind.CONTESTS) == {("us_coalition", "Basra")}


def test_a_brigade_combat_team_is_its_armys(stages: Stages) -> None:
    text = "In 2008 the American 3rd Brigade Combat Team seized Ramadi."
    assert told(stages, text, Kind.GAINS) == {("us_coalition", "Ramadi")}


def test_the_militia_is_not_the_army_that_fights_it(stages: Stages) -> None:
    text = (
        "In 2008 the Iraqi army attacked the Mahdi Army. The army moved into Basra, the last bastion of the militia, "
        "in April 2008."
    )
    assert told(stages, text, Kind.HOLDS) == {("other:mahdi army", "Basra")}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("In 2007 Shia militiamen seized Basra.", "other:mahdi army"),
        ("In 2016 Shia militiamen seized Tikrit.", "pmf"),
        ("In 2004 militants seized Samarra.", "other:insurgents"),
    ],
)
def test_common_words_mean_the_side_of_their_time_where_no_day_of_publication_is_known(
    stages: Stages, text: str, side: str
) -> None:
    assert {actor for actor, _ in told(stages, text, Kind.GAINS)} == {side}


def test_the_sadrists_are_the_mahdi_army(actors: ActorIndex) -> None:
    found = actors.find("Sadrist fighters and the Mehdi Army fought.", countries=frozenset(["IQ"]))
    assert {mention.actor_id for mention in found} == {"other:mahdi army"}


def test_the_defenders_are_not_those_who_attack() -> None:
    text = "{A|The army} took {P|Gorna} from {C|the rebels} and moved on. The defenders still held {P|Dolna}."
    assert (ALPHA, "Dolna") not in marked(text, Kind.HOLDS)


def test_a_town_is_liberated_by_who_entered_it_not_by_who_had_seized_it() -> None:
    text = (
        "{C|The rebels}, who had seized {P|Dolna} in 2014, fled. On Monday {A|the army} entered {P|Dolna}. "
        "The president announced the liberation of {P|Dolna}."
    )
    assert (BETA, "Dolna") in marked(text, Kind.GAINS)
    assert (ALPHA, "Dolna") in marked(text, Kind.GAINS)


def test_who_falls_back_to_another_part_of_a_town_has_not_left_it() -> None:
    text = "{C|The rebels} held {P|Dolna}. {C|The rebels} fell back to the southern districts."
    assert marked(text, Kind.WITHDRAWS) == set()
    assert marked("{C|The rebels} fell back from {P|Dolna} to the hills.", Kind.WITHDRAWS) == {(BETA, "Dolna")}


def test_who_cordons_off_a_town_besieges_it() -> None:
    assert marked("{A|The army} cordoned off {P|Dolna} on Monday.", Kind.BESIEGES) == {(ALPHA, "Dolna")}
    assert marked("{A|The army} cordoned off the road to {P|Dolna}.", Kind.BESIEGES) == set()


# -- units and names ----------------------------------------------------------------------------------


def test_a_unit_of_a_unit_is_its_armys(stages: Stages) -> None:
    text = "On 31 March 2003 a company of the 3rd Battalion, 75th Ranger Regiment seized Haditha Dam."
    assert told(stages, text, Kind.GAINS) == {("us_coalition", "Haditha Dam")}
    crossed = "In May 2005 the 3rd Battalion, 2nd Marines swept through Ramadi."
    assert told(stages, crossed, Kind.ENTERS) == {("us_coalition", "Ramadi")}


def test_the_corps_of_a_state_is_not_that_of_another_of_the_same_number(stages: Stages) -> None:
    text = "The Iraqi V Corps abandoned Mosul on 11 April 2003."
    assert told(stages, text, Kind.WITHDRAWS) == {("iraqi_government", "Mosul")}


def test_a_task_force_takes_its_name_along(stages: Stages) -> None:
    text = "In March 2003 Task Force Tarawa captured Nasiriyah."
    assert told(stages, text, Kind.GAINS) == {("us_coalition", "Nasiriyah")}


def test_battle_groups_are_an_armys(stages: Stages) -> None:
    text = "British troops ringed Basra in 2003. On 6 April three battle groups drove into the city."
    assert told(stages, text, Kind.ENTERS) == {("us_coalition", "Basra")}


def test_counter_terrorism_units_are_the_governments(stages: Stages) -> None:
    text = "ISIL held Fallujah. On 30 May 2016 counter-terrorism units entered Fallujah."
    assert told(stages, text, Kind.ENTERS) == {("iraqi_government", "Fallujah")}


def test_resistance_that_no_file_knows_here_is_no_side(actors: ActorIndex) -> None:
    assert actors.find("The Marines met fierce resistance.", countries=frozenset(["IQ"]))[-1].text == "Marines"
    assert actors.find("The resistance took it.", countries=frozenset(["MM"]))[-1].text == "resistance"


# -- sentences ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "In 2007 {A|the army} fought {C|the rebels} in the streets of {P|Dolna}.",
        "{A|The army} fought {C|the rebels} in {P|Dolna} in May 2007.",
        "In 2007 {A|soldiers} engaged {C|rebels} inside {P|Dolna}.",
        "{A|The army} met fierce resistance in {P|Dolna}.",
        "{A|The army} exchanged fire with {C|the rebels} in {P|Dolna}.",
    ],
)
def test_whoever_fights_in_a_town_contests_it(text: str) -> None:
    assert marked(text, Kind.CONTESTS) == {(ALPHA, "Dolna")}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} met little resistance in {P|Dolna}.",
        "{A|The army} met no resistance in {P|Dolna}.",
        "{A|The army} exchanged fire near {P|Dolna}.",
        "{A|The army} fought {C|the rebels} north of {P|Dolna} in May 2007.",
    ],
)
def test_who_meets_little_resistance_or_fights_elsewhere_does_not(text: str) -> None:
    assert marked(text, Kind.CONTESTS) == set()


def test_of_a_list_behind_a_date_the_first_is_the_side() -> None:
    text = "By February 2016 {A|the army}, {C|the police} and {C|the militias} had surrounded {P|Dolna}."
    assert marked(text, Kind.BESIEGES) == {(ALPHA, "Dolna")}
    named = "In Operation Anvil {A|American} and {C|Iraqi soldiers} captured {P|Dolna}."
    assert marked(named, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_who_declares_a_town_secure_has_taken_it() -> None:
    assert marked("{A|The army} declared {P|Dolna} secure on Monday.", Kind.GAINS) == {(ALPHA, "Dolna")}
    assert marked("{P|Dolna} was declared secure by {A|the army}.", Kind.GAINS) == {(ALPHA, "Dolna")}


def test_who_has_a_town_surrounded_besieges_it() -> None:
    assert marked("In 2016 {A|the army} have {P|Dolna} surrounded.", Kind.BESIEGES) == {(ALPHA, "Dolna")}


def test_most_districts_among_them_a_and_b_are_those_two() -> None:
    text = "{A|The rebels} remained in control of most districts, among them {P|Dolna} and {P|Gorna}."
    assert marked(text, Kind.HOLDS) == {(ALPHA, "Dolna"), (ALPHA, "Gorna")}


def test_who_holds_a_town_is_the_side_next_to_it() -> None:
    assert marked("{A|The army} attacked {C|the rebels} holding {P|Dolna}.", Kind.HOLDS) == {(BETA, "Dolna")}


def test_who_takes_charge_of_a_town_takes_it() -> None:
    assert marked("{A|The army} took charge of {P|Dolna}.", Kind.GAINS) == {(ALPHA, "Dolna")}


def test_who_guarded_a_place_is_who_withdrew() -> None:
    text = "{C|The rebels} were near. {P|Dolna} fell silent after {A|the troops} who guarded it had withdrawn."
    assert marked(text, Kind.WITHDRAWS) == {(ALPHA, "Dolna")}


def test_a_day_of_the_month_takes_no_side_in(stages: Stages) -> None:
    text = (
        "Peshmerga left their positions in October 2017, and by noon on the 16th federal forces had taken the K1 base."
    )
    assert told(stages, text, Kind.GAINS) == {("iraqi_government", "K1 base")}


def test_fighting_in_the_streets_is_in_the_town_that_is_told_of() -> None:
    text = "{A|The army} entered {P|Dolna} on Monday. {A|The army} fought {C|the rebels} in the streets."
    assert marked(text, Kind.CONTESTS) == {(ALPHA, "Dolna")}
    feared = "{A|The army} entered {P|Dolna} on Monday. {A|The army} would fight {C|the rebels} in the streets."
    assert marked(feared, Kind.CONTESTS) == set()


def test_a_town_that_surrenders_is_gained_and_one_that_surrenders_its_arms_is_not() -> None:
    assert marked("{P|Dolna} surrendered to {A|the army}.", Kind.GAINS) == {(ALPHA, "Dolna")}
    assert marked("{P|Dolna} surrendered its weapons.", Kind.GAINS) == set()


def test_a_ring_that_closes_around_a_town_besieges_it() -> None:
    assert marked("{A|The army}'s ring around {P|Dolna} closed in June.", Kind.BESIEGES) == {(ALPHA, "Dolna")}


def test_what_is_called_a_step_was_done_and_the_next_step_was_not() -> None:
    text = "The capture of {P|Dolna} by {A|the army} is an important step."
    assert marked(text, Kind.GAINS) == {(ALPHA, "Dolna")}
    assert marked("The next step is the capture of {P|Dolna} by {A|the army}.", Kind.GAINS) == set()


def test_who_holds_out_is_not_who_just_took_ground(stages: Stages) -> None:
    text = (
        "The Russians took Belbek on 22 March 2014 from its Ukrainian garrison. "
        "At Feodosia the marines held out two days longer."
    )
    assert told(stages, text, Kind.HOLDS) == {("ukraine", "Feodosia")}


def test_the_capital_is_that_of_a_land_where_the_text_has_named_it(stages: Stages) -> None:
    text = "Baghdad fell on 9 April 2003. Tikrit lies to the north. The Marines left the capital on 12 April 2003."
    assert ("us_coalition", "Baghdad") in told(stages, text, Kind.WITHDRAWS)


def test_an_operation_is_no_town(stages: Stages) -> None:
    report = Report(
        report_id="r",
        title="Operation Ashura",
        text="ISIL held Jurf al-Sakhar in 2014. In October the Iraqi army surrounded the town and took it.",
        sha256="",
    )
    assert all("Ashura" not in claim.place.text for claim in stages.extract(report))


def test_the_first_side_of_a_sentence_is_whom_it_is_about(stages: Stages) -> None:
    text = (
        "Amirli was cut off by ISIL in June 2014. At the end of August Iraqi special forces and Kurdish peshmerga "
        "came closer, while American aircraft bombed the besiegers. On 31 August the soldiers drove into Amirli."
    )
    assert told(stages, text, Kind.ENTERS) == {("iraqi_government", "Amirli")}


def test_a_base_of_the_british_does_not_lie_in_britain(stages: Stages) -> None:
    text = "In 2007 the British held Basra Palace, the last British base in the city of Basra."
    assert ("us_coalition", "Basra Palace") in told(stages, text, Kind.HOLDS)


def test_regiments_are_named_by_number_and_arm(stages: Stages) -> None:
    text = (
        "On 5 October 2005 Haditha was taken from insurgents by the US Army's 3rd Battalion, 504th Parachute Infantry."
    )
    assert told(stages, text, Kind.GAINS) == {("us_coalition", "Haditha")}
    regiment = "In November 2004 the US Army's 2nd Battalion, 2nd Infantry Regiment captured Fallujah."
    assert told(stages, regiment, Kind.GAINS) == {("us_coalition", "Fallujah")}


def test_the_enemy_is_whom_the_coalition_fought(stages: Stages) -> None:
    text = "American officers said the enemy held Karabilah in 2005."
    assert told(stages, text, Kind.HOLDS) == {("other:insurgents", "Karabilah")}


def test_what_a_side_does_not_hold_any_more_it_has_lost() -> None:
    assert marked("{A|The rebels} don't hold {P|Dolna} any more.", Kind.LOSES) == {(ALPHA, "Dolna")}
    assert marked("{A|The rebels} don't hold {P|Dolna}.", Kind.LOSES) == set()


def test_counted_towns_are_those_named_behind_where_they_lie() -> None:
    text = "Two towns on the {O|Morla}, {P|Dolna} and {P|Gorna}, had been ruled by {A|the rebels}."
    assert marked(text, Kind.HOLDS) == {(ALPHA, "Dolna"), (ALPHA, "Gorna")}


def test_clashes_between_two_in_a_town_contest_it() -> None:
    text = "Clashes between {A|the army} and {C|the rebels} in {P|Dolna} began in May."
    assert {place for _, place in marked(text, Kind.CONTESTS)} == {"Dolna"}


def test_a_town_under_a_side_is_held_by_it_and_one_under_its_fire_is_not() -> None:
    assert marked("{P|Dolna} had been under {A|the rebels} since May.", Kind.HOLDS) == {(ALPHA, "Dolna")}
    assert marked("{P|Dolna} was under {A|rebel} fire.", Kind.HOLDS) == set()


def test_raiders_are_no_states(stages: Stages) -> None:
    text = "The Iraqi army entered Rutba in May 2016. ISIL held Qaim. In October raiders held Rutba for a day."
    assert ("islamic_state", "Rutba") in told(stages, text, Kind.HOLDS)


def test_we_of_a_statement_are_whose_it_is(stages: Stages) -> None:
    text = (
        "We have supported the Iraqi army and driven Daesh from Sinjar. "
        "As a large contributor to the Coalition the UK has flown 800 missions over Iraq."
    )
    assert told(stages, text, Kind.GAINS) == {("us_coalition", "Sinjar")}


def test_who_supports_a_liberation_takes_nothing() -> None:
    text = "{A|The army} and {O|the tribes} left. {C|The rebels} supported the liberation of {P|Dolna}."
    assert (BETA, "Dolna") not in marked(text, Kind.GAINS)


def test_we_of_a_quotation_are_who_is_quoted(stages: Stages) -> None:
    text = '"We captured Mosul," an ISIS spokesman said in June 2014. American officials denied it.'
    assert ("us_coalition", "Mosul") not in told(stages, text, Kind.GAINS)


def test_who_was_helped_to_take_a_town_took_it(stages: Stages) -> None:
    text = "With our partners we have helped Iraqi forces to liberate Ramadi from Daesh, British officers said in 2016."
    assert told(stages, text, Kind.GAINS) == {("iraqi_government", "Ramadi")}
    flown = (
        "Since 2014 our aircraft have flown, and we have helped Iraqi forces to liberate Ramadi, British officers said."
    )
    assert told(stages, flown, Kind.GAINS) == {("iraqi_government", "Ramadi")}
    planned = "British officers ordered Iraqi forces to liberate Ramadi from Daesh in 2016."
    assert told(stages, planned, Kind.GAINS) == set()


def test_a_people_left_to_its_fate_is_no_place(stages: Stages) -> None:
    text = "ISIL came near Sinjar in August 2014. The peshmerga pulled out, leaving the Yazidis to their fate."
    assert all("Yazidi" not in place for kind in Kind for _, place in told(stages, text, kind))
