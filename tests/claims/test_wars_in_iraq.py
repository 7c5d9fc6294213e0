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


def test_clashes_between_two_are_not_the_first_ones(stages: Stages) -> None:
    text = "Clashes between American and Iraqi troops were reported in Basra in March 2003."
    assert told(stages, text, Kind.CONTESTS) == {(None, "Basra")}


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
