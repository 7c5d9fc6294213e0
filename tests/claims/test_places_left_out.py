"""Places that a sentence leaves unnamed, and that its neighbours name: one way of leaving out a test."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2026, 1, 5)
ALPHA, BETA = "other:alpha", "other:beta"

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def told(text: str, kind: Kind) -> set[tuple[str | None, str]]:
    """Side and place of each real claim of a kind."""
    claims = [c for c in read(text, published=DAY) if c.kind is kind and c.modality is not Modality.UNREAL]
    return {(c.actor, c.place.text) for c in claims}


# -- named in the next sentence -----------------------------------------------------------------------


def test_two_towns_are_those_that_the_next_sentence_names() -> None:
    text = "{A|The army} has recaptured two northern towns. Its men moved into {P|Dolna} and {P|Gora} at night."
    assert {(ALPHA, "Dolna"), (ALPHA, "Gora")} <= told(text, Kind.GAINS)


def test_two_towns_are_not_three_that_the_next_sentence_names() -> None:
    text = "{A|The army} has recaptured two towns. Shells fell on {P|Dolna}, {P|Gora} and {P|Morla} at night."
    assert not told(text, Kind.GAINS)


def test_two_other_towns_are_not_those_that_the_next_sentence_goes_on_about() -> None:
    text = "{A|The army} took two other towns. It had moved into {P|Dolna} and {P|Gora} a week ago."
    assert not told(text, Kind.GAINS)


def test_a_small_town_is_the_only_one_that_the_next_sentence_names() -> None:
    text = "{A|The militia} retook a small town on Friday. Fighting broke out in {P|Dolna} before dawn."
    assert (ALPHA, "Dolna") in told(text, Kind.GAINS)


def test_a_town_is_not_one_that_only_tells_where_others_lie_nor_one_elsewhere() -> None:
    assert not told("{A|The militia} retook a town on Friday. Shells fell north of {P|Dolna}.", Kind.GAINS)
    assert not told("{A|The militia} retook a town. Meanwhile, shells fell on {P|Dolna}.", Kind.GAINS)


# -- named before --------------------------------------------------------------------------------------


def test_the_towns_and_them_are_those_that_were_just_claimed() -> None:
    text = (
        "{C|The rebels} hold {P|Dolna} and {P|Gora}. "
        "{A|The army} pulled out of the towns last week, a day after seizing them from {C|the rebels}."
    )
    assert {(ALPHA, "Dolna"), (ALPHA, "Gora")} <= told(text, Kind.GAINS)
    assert {(ALPHA, "Dolna"), (ALPHA, "Gora")} <= told(text, Kind.WITHDRAWS)


def test_them_is_people_where_people_are_surrounded() -> None:
    text = "{C|The rebels} hold {P|Dolna} and {P|Gora}. {A|The army} surrounded them."
    assert not told(text, Kind.BESIEGES)


def test_who_leaves_without_a_word_for_where_leaves_what_the_text_is_about() -> None:
    text = "{A|The militia} took {P|Dolna} in May. On Monday {A|the militia} withdrew."
    assert told(text, Kind.WITHDRAWS) == {(ALPHA, "Dolna")}
    here = "A resident of the village of {P|Dolna} said {A|the militia} had left on Tuesday."
    assert told(here, Kind.WITHDRAWS) == {(ALPHA, "Dolna")}


@pytest.mark.parametrize(
    "end",
    [
        "They withdrew two weeks later.",
        "They left by dawn.",
        "Its men slipped away.",
        "{A|The militia} withdrew to {P|Gora} on Monday.",
        "In May {A|the militia} confirmed its withdrawal.",
    ],
)
def test_who_left_is_who_had_it_wherever_he_went(end: str) -> None:
    assert told("{A|The militia} took {P|Dolna}. " + end, Kind.WITHDRAWS) == {(ALPHA, "Dolna")}


def test_the_men_of_who_holds_a_place_leave_it_not_the_besiegers() -> None:
    text = "{C|The rebels} surrounded {P|Dolna}, which {A|the army} had held since 2014. Its men left during the night."
    assert told(text, Kind.WITHDRAWS) == {(ALPHA, "Dolna")}


def test_the_garrison_is_not_who_comes_in_as_it_leaves() -> None:
    text = "{C|The army} shelled {P|Gora}. {A|The rebels} entered {P|Dolna} when the garrison withdrew."
    assert (ALPHA, "Dolna") not in told(text, Kind.WITHDRAWS)


def test_one_man_who_leaves_leaves_no_place_to_anybody() -> None:
    assert not told("{A|The rebels} left {P|Dolna}. Their leader left {P|Gora} for {P|Morla}.", Kind.WITHDRAWS) - {
        (ALPHA, "Dolna")
    }


def test_who_withdraws_after_being_driven_out_does_not_leave_it_again() -> None:
    text = "{C|The army} drove {A|the rebels} out of {P|Dolna}; they withdrew to the hills."
    assert not told(text, Kind.WITHDRAWS)


def test_who_takes_control_takes_what_the_text_is_about() -> None:
    text = "Fighting broke out in {P|Dolna}. {C|The army} left and {A|the militia} seized control."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The militia} took {P|Dolna}. Shells fell on {P|Gora}. {A|The militia} withdrew on Monday.",
        "{A|The militia} took {P|Dolna} and {P|Gora}. {A|The militia} withdrew on Monday.",
        "{A|The militia} took {P|Dolna}. {A|The militia} fell back on their old tactics.",
        "{A|The militia} took {P|Dolna}. Weapons left behind by {C|the army} were burnt.",
    ],
)
def test_who_goes_elsewhere_or_may_leave_several_leaves_none(text: str) -> None:
    assert not told(text, Kind.WITHDRAWS)


# -- posts, lists and labels ---------------------------------------------------------------------------


def test_who_takes_the_last_post_in_a_town_has_the_town() -> None:
    assert told("{A|The rebels} seized the last army outpost in the town of {P|Dolna}.", Kind.GAINS) == {
        (ALPHA, "Dolna")
    }


def test_a_list_goes_on_behind_a_countryside_and_as_well_as() -> None:
    text = (
        "{C|The army} handed over the towns of {P|Dolna} and {P|Gora} in the northern countryside, "
        "as well as the {P|Morla} and {P|Bela} districts, to {A|the militia}."
    )
    assert {place for _, place in told(text, Kind.GAINS)} == {"Dolna", "Gora", "Morla", "Bela"}
    text = "{A|The rebels} pulled out of {P|Dolna} and {P|Gora} as well as the village of {P|Morla}."
    assert {place for _, place in told(text, Kind.WITHDRAWS)} == {"Dolna", "Gora", "Morla"}


def test_a_stronghold_is_the_town_before_the_day() -> None:
    text = "{C|The army} entered {P|Dolna} on Friday, the last major stronghold of {A|the rebels}."
    assert told(text, Kind.HOLDS) == {(ALPHA, "Dolna")}


def test_security_restored_by_a_side_is_ground_taken_by_it() -> None:
    text = "{A|The army} restored security to twelve villages, including {P|Dolna} and {P|Gora}."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna"), (ALPHA, "Gora")}


def test_a_road_cut_on_one_side_is_no_siege() -> None:
    assert not told("{P|Dolna} was cut off from the north by {A|the rebels}.", Kind.BESIEGES)
    assert told("{A|The rebels} cut off {P|Dolna}.", Kind.BESIEGES) == {(ALPHA, "Dolna")}


def test_a_label_that_was_taken_for_a_verb_is_a_label() -> None:
    text = "{C|The army} was attacking in the town of {P|Dolna}, a longtime {A|rebel} stronghold."
    assert (ALPHA, "Dolna") in told(text, Kind.HOLDS)


def test_a_share_is_what_was_taken() -> None:
    assert told("Reports say that {A|the army} has recaptured 95% of {P|Dolna} after a major push.", Kind.GAINS) == {
        (ALPHA, "Dolna")
    }


def test_a_place_comes_under_a_side_but_not_under_its_fire() -> None:
    assert told("Most parts of {P|Dolna} came under {A|the rebels} on Monday.", Kind.GAINS) == {(ALPHA, "Dolna")}
    assert not told("{P|Dolna} came under {A|rebel} fire.", Kind.GAINS)
    assert not told("{P|Dolna} came under sustained {A|Army} shelling.", Kind.GAINS)


def test_who_is_confined_to_a_district_holds_it_and_who_confines_does_not() -> None:
    text = "{A|The rebels} are still confined within the districts of {P|Dolna} and {P|Gora}."
    assert told(text, Kind.HOLDS) == {(ALPHA, "Dolna"), (ALPHA, "Gora")}
    assert not told("{A|The rebels} are confining {C|the government} to the palace in {P|Dolna}.", Kind.HOLDS)


def test_places_left_without_a_shot_are_left() -> None:
    text = "{A|The rebels} have left {P|Dolna}, {P|Gora} and {P|Morla} without firing a shot."
    assert {place for _, place in told(text, Kind.WITHDRAWS)} == {"Dolna", "Gora", "Morla"}


def test_a_bank_that_is_left_includes_the_town_on_it() -> None:
    text = "{A|The army} announced the withdrawal of its forces from the right bank of the river, including {P|Dolna}."
    assert told(text, Kind.WITHDRAWS) == {(ALPHA, "Dolna")}


def test_the_stronghold_is_the_town_that_was_told_of() -> None:
    text = (
        "{A|The army} captured the port of {P|Dolna}. It took control of an area in the east of the {C|rebel} bastion."
    )
    assert any("Dolna" in place for _, place in told(text, Kind.GAINS))


# -- who -----------------------------------------------------------------------------------------------


def test_the_group_is_the_subject_of_the_main_clause() -> None:
    text = (
        "{A|The militia} took {P|Gora} after {C|the army} left the area. The group was driven out of {P|Dolna} in 2011."
    )
    assert (ALPHA, "Dolna") in told(text, Kind.LOSES)


def test_who_also_takes_ground_is_who_took_some_before() -> None:
    text = "{A|Militants} seized {P|Dolna}. {C|The army} shelled the hills. They also seized parts of {P|Gora}."
    assert (ALPHA, "Gora") in told(text, Kind.GAINS)


def test_who_confirms_a_seizure_seized_it_and_who_confirms_a_withdrawal_left() -> None:
    assert told("{A|The militia} confirmed the seizure of {P|Dolna}.", Kind.GAINS) == {(ALPHA, "Dolna")}
    assert told("{A|The militia} confirmed a withdrawal from {P|Dolna}.", Kind.WITHDRAWS) == {(ALPHA, "Dolna")}
    text = "{C|The army} confirmed the withdrawal of {A|the militia} from {P|Dolna}."
    assert told(text, Kind.WITHDRAWS) == {(ALPHA, "Dolna")}


def test_a_participle_belongs_to_who_the_subject_is_said_to_be() -> None:
    text = "The second largest was {A|the front}, controlling much of {P|Dolna}, including the {P|Gora} district."
    assert told(text, Kind.HOLDS) == {(ALPHA, "Dolna"), (ALPHA, "Gora")}


def test_who_begins_its_retreat_retreats() -> None:
    text = "{C|Beta} took {P|Gora}, as {A|Alpha} said on Thursday it had begun its retreat from {P|Dolna}."
    assert (ALPHA, "Dolna") in told(text, Kind.WITHDRAWS)


def test_who_took_a_part_of_a_place_may_besiege_the_rest() -> None:
    text = (
        "{A|The army} took control of an area in the east of {P|Dolna}, a spokesman said, "
        "adding that {C|the rebels} are surrounded inside the city."
    )
    assert told(text, Kind.BESIEGES) <= {(ALPHA, "Dolna")}


def test_who_was_not_able_to_take_a_place_did_not() -> None:
    assert not told("Sources confirmed that {A|the rebels} were not able to recapture {P|Dolna}.", Kind.GAINS)
    assert told("{A|The rebels} were able to recapture {P|Dolna}.", Kind.GAINS) == {(ALPHA, "Dolna")}


def test_whence_somebody_came_is_not_where_he_drove_them_out() -> None:
    text = "{C|The rebels} held {P|Dolna}. {A|Army units} that came through {P|Gorna} pushed them out on Monday."
    said = {(claim.kind, claim.place.text) for claim in read(text, published=DAY)}
    assert (Kind.GAINS, "Dolna") in said
    assert not any(place == "Gorna" for _, place in said)


def test_the_city_is_not_the_one_whence_somebody_came() -> None:
    text = (
        "{C|The rebels} entered {P|Dolna} on 24 March. {A|Army units} from {P|Gorna} drove them out of the city "
        "two days later."
    )
    assert (Kind.GAINS, "Dolna") in {(claim.kind, claim.place.text) for claim in read(text, published=DAY)}
