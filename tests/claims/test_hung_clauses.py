"""Clauses and lists that a parser hangs on the wrong word, and what is told of a place by what it serves as."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")
ALPHA, BETA = "other:alpha", "other:beta"
SETTING = "The fighting goes on. "


def told(text: str, kind: Kind) -> set[tuple[str | None, str]]:
    """Side and place of each real claim of a kind."""
    claims = read(SETTING + text)
    return {(c.actor, c.place.text) for c in claims if c.kind is kind and c.modality is not Modality.UNREAL}


@pytest.mark.parametrize(
    "text",
    [
        "On 4 May, {P|Dolna}, lying ten kilometres north of {O|Sredna}, was seized by {A|the rebels}.",
        "{A|The army} surrounded {P|Gorna}, and on 4 May {P|Dolna}, a village nearby, was seized by {A|the rebels}.",
        "The road leads over a plain west of {P|Dolna}, which {A|the rebels} took in early May.",
        "{C|The army} lost men in a fight with {A|the rebels}, who had seized {P|Dolna} a week before.",
        "After the seizure of {O|Gorna} by {C|the army} on 4 May, {P|Dolna} fell to {A|the rebels}.",
    ],
)
def test_what_was_taken_is_the_place_that_its_clause_hangs_on(text: str) -> None:
    assert (ALPHA, "Dolna") in told(text, Kind.GAINS)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Jets struck {A|rebels}, backed by {C|the militia}, who seized {P|Dolna} in May.", ALPHA),
        ("{A|The rebels}, aided by {C|the militia}, who had seized {P|Dolna} in May, went on.", ALPHA),
        ("{A|The rebels} were joined by {C|the militia}, who had seized {P|Dolna} in May.", BETA),
        ("{A|The rebels}, helped by {C|the militia}, which had seized {P|Dolna} in May, went on.", BETA),
    ],
)
def test_who_is_helped_took_what_the_clause_behind_the_helper_tells(text: str, side: str) -> None:
    assert told(text, Kind.GAINS) == {(side, "Dolna")}


def test_the_only_towns_that_somebody_holds_are_those_that_are_named_as_such() -> None:
    text = "{P|Dolna} and {P|Gorna} were the only towns of the province that remained under {A|rebel} control."
    assert told(text, Kind.HOLDS) == {(ALPHA, "Dolna"), (ALPHA, "Gorna")}


def test_a_gerund_belongs_to_the_side_before_it() -> None:
    text = "{C|The army} shelled the hills in reply to {A|the rebels} seizing {P|Dolna}."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_a_second_capture_may_leave_its_noun_out() -> None:
    text = "{A|The rebels} advanced fast, beginning with the capture of {P|Dolna} on 10 June, and {P|Gorna} on 11 June."
    assert {place for _, place in told(text, Kind.GAINS)} == {"Dolna", "Gorna"}


def test_what_follows_a_capture_is_taken_unless_it_is_another_act() -> None:
    assert told("{A|The rebels} took {P|Dolna}, followed by {P|Gorna}.", Kind.GAINS) == {
        (ALPHA, "Dolna"),
        (ALPHA, "Gorna"),
    }
    assert told("{A|The rebels} took {P|Dolna}, followed by the shelling of {O|Gorna}.", Kind.GAINS) == {
        (ALPHA, "Dolna")
    }


def test_several_hills_are_taken_one_by_one() -> None:
    text = "{A|The rebels} captured the hills of {P|Dolna}, {P|Gorna} and {P|Sredna}."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna"), (ALPHA, "Gorna"), (ALPHA, "Sredna")}


def test_who_makes_another_leave_a_place_has_it_now() -> None:
    text = "{A|The rebels} captured {P|Dolna} base, forcing {C|the army} to retreat from {P|Dolna} to {O|Gorna}."
    assert told(text, Kind.WITHDRAWS) == set()
    assert {actor for actor, _ in told(text, Kind.GAINS)} == {ALPHA}
    assert len(told(text, Kind.GAINS)) == 1


def test_soldiers_that_are_surrounded_are_where_they_went() -> None:
    text = "{A|The army} entered {P|Dolna} in May, but its troops were soon encircled by {C|the rebels}."
    assert told(text, Kind.BESIEGES) == {(BETA, "Dolna")}
    text = "{A|The army} entered {P|Dolna} in May, but its troops were encircled between the river and the road."
    assert told(text, Kind.BESIEGES) == set()


def test_a_town_serves_as_a_capital_and_is_left_as_a_stronghold() -> None:
    assert told("{P|Dolna} served as {A|the rebels}' headquarters.", Kind.HOLDS) == {(ALPHA, "Dolna")}
    assert told("The advance left {P|Dolna} as the last {A|rebel} bastion.", Kind.HOLDS) == {(ALPHA, "Dolna")}
    assert told("{P|Dolna} served as a refuge for {A|the rebels}' families.", Kind.HOLDS) == set()


def test_a_place_occupied_since_a_day_is_held() -> None:
    assert told("{P|Dolna}, occupied by {A|the rebels} since May, is quiet.", Kind.HOLDS) == {(ALPHA, "Dolna")}
    assert told("{P|Dolna} was occupied by {A|the rebels} in May.", Kind.GAINS) == {(ALPHA, "Dolna")}


def test_a_city_is_rather_a_known_one_than_a_name_nobody_knows() -> None:
    text = (
        "{A|The army} broke into {P|Dolna}. Having captured the strategic Qalat Sura, "
        "{A|troops} entered the western edge of the city."
    )
    assert {place for _, place in told(text, Kind.ENTERS)} == {"Dolna"}


def test_who_took_a_town_is_not_forgotten_when_it_is_told_again() -> None:
    text = (
        "{A|The rebels} seized {P|Dolna} on 9 June. On 12 June {C|the army} took {P|Gorna}. "
        "The king spoke on 14 June after {P|Dolna} was captured."
    )
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna"), (BETA, "Gorna")}


def test_an_adverb_that_opens_a_sentence_is_no_side() -> None:
    claims = read(SETTING + "Additionally, the units of {A|the army} retook {P|Dolna}.")
    assert {c.actor for c in claims if c.kind is Kind.GAINS} == {ALPHA}


@pytest.mark.parametrize("several", ["both towns", "the two towns"])
def test_both_towns_are_the_two_told_of_last(several: str) -> None:
    text = f"Fighting raged in {{P|Dolna}} and {{P|Gorna}}. {{A|The army}} had taken {several} in May."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna"), (ALPHA, "Gorna")}
    text = f"Fighting raged in {{P|Dolna}}. {{A|The army}} had taken {several} in May."
    assert told(text, Kind.GAINS) == set()


def test_all_of_which_goes_back_to_the_whole_list() -> None:
    text = "{A|The army} reached {P|Dolna}, {P|Gorna} and {P|Sredna}, all of which were held by {C|the rebels}."
    assert told(text, Kind.HOLDS) == {(BETA, "Dolna"), (BETA, "Gorna"), (BETA, "Sredna")}


def test_what_lies_so_far_from_a_town_is_told_of_before_that_town() -> None:
    text = "Shells hit {P|Dolna}, five kilometers east of {O|Gorna}, which fell to {A|the rebels} at dawn."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_a_siege_is_by_whom_it_was_laid() -> None:
    assert told("The siege of {P|Dolna} was laid by {A|the army} in May.", Kind.BESIEGES) == {(ALPHA, "Dolna")}
    text = "The siege of {P|Dolna} and {P|Gorna} (both near the river), by {A|the army}, began in May."
    assert told(text, Kind.BESIEGES) == {(ALPHA, "Dolna"), (ALPHA, "Gorna")}


def test_a_deed_that_was_begun_is_done_by_who_began_it() -> None:
    text = "{A|The army} began to retake {P|Dolna} from {C|the rebels}. {P|Dolna} was fully recaptured in May."
    assert (BETA, "Dolna") not in told(text, Kind.GAINS)


def test_several_checkpoints_of_one_noun_have_names_of_their_own() -> None:
    text = "{A|The rebels} took hold of the {P|Dolna}, {P|Gorna} and {P|Sredna} checkpoints."
    assert {place.split()[0] for _, place in told(text, Kind.GAINS)} == {"Dolna", "Gorna", "Sredna"}
    assert not any("," in place for _, place in told(text, Kind.GAINS))


def test_the_villages_of_a_list_are_taken_each_by_its_own_name() -> None:
    text = "{A|The army} liberated the {P|Dolna} and {P|Gorna} villages in the north, {P|Sredna} village in the south."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna"), (ALPHA, "Gorna"), (ALPHA, "Sredna")}


def test_what_is_taken_in_the_north_and_in_the_south_is_one_list() -> None:
    text = "{A|The army} took {P|Dolna} in the north and {P|Gorna} in the south by 5 August."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna"), (ALPHA, "Gorna")}


def test_one_of_the_few_towns_under_control_is_the_town() -> None:
    text = "Shells hit {P|Dolna}, one of the few parts of the {O|Gornia} region still under {A|rebel} control."
    assert told(text, Kind.HOLDS) == {(ALPHA, "Dolna")}


def test_a_stronghold_in_a_town_is_the_town() -> None:
    assert told("{C|The army} attacked the {A|rebel} stronghold in the town of {P|Dolna}.", Kind.HOLDS) == {
        (ALPHA, "Dolna")
    }
    assert told("{C|The army} attacked a {A|rebel} stronghold in {P|Dolna}.", Kind.HOLDS) == set()


def test_a_place_occupied_for_years_was_held() -> None:
    assert told("{A|The army} occupied {P|Dolna} for eight years.", Kind.HOLDS) == {(ALPHA, "Dolna")}


def test_a_booby_trapped_town_is_not_besieged() -> None:
    text = "{A|The army} is clearing mines in the booby-trapped town of {P|Dolna}."
    assert told(text, Kind.BESIEGES) == set()


def test_the_city_is_not_the_neighbouring_one() -> None:
    text = (
        "The city of {P|Dolna} was a centre of trade. {P|Dolna} and the neighbouring city of {P|Gorna} were the only "
        "parts of the plain that remained under {C|army} control. "
        "By June {A|the rebels} had gained control of most of the city."
    )
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_a_town_which_was_occupied_was_held_and_one_occupied_on_a_day_was_taken() -> None:
    text = "{C|The army} regained control over {P|Dolna}, which was occupied by {A|the rebels}."
    assert (ALPHA, "Dolna") not in told(text, Kind.GAINS)
    assert (ALPHA, "Dolna") in told("Shells hit {P|Dolna}, which was occupied by {A|the rebels} in May.", Kind.GAINS)


def test_a_contested_town_that_is_taken_is_taken() -> None:
    text = "{A|The army} took control of the contested city of {P|Dolna} on Monday."
    assert told(text, Kind.CONTESTS) == set()
    assert told("{A|The army} left the disputed {P|Dolna} area.", Kind.CONTESTS) == set()


def test_what_somebody_left_is_the_town_not_its_people() -> None:
    text = "Shells hit {P|Dolna}, a city of one million people that {A|the army} abandoned in May."
    assert told(text, Kind.WITHDRAWS) == {(ALPHA, "Dolna")}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("On 28 March the mayor of {O|Gorna} said that {A|the army} had captured {P|Dolna}.", "the mayor"),
        ("In February 2024 Morla said that {A|the army} had captured {P|Dolna}.", "Morla"),
    ],
)
def test_who_says_so_is_not_called_by_the_day_before_him(text: str, speaker: str) -> None:
    assert {claim.attributed_to for claim in read(SETTING + text) if claim.place.text == "Dolna"} == {speaker}


def test_a_second_name_is_told_of_like_the_first_not_like_the_town_that_it_lies_in() -> None:
    text = "{A|The rebels} captured {P|Dolna} in the east of {O|Gorna} in May and {P|Sredna} in the west in June."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna"), (ALPHA, "Sredna")}


@pytest.mark.parametrize(
    "text",
    [
        "After failing to capture {P|Dolna}, {A|the rebels} withdrew.",
        "{A|The rebels} took {O|Gorna}, leaving only {P|Dolna} to be captured.",
    ],
)
def test_nobody_leaves_what_he_has_not_taken(text: str) -> None:
    assert not told(text, Kind.WITHDRAWS)


def test_who_can_not_hold_a_place_leaves_it() -> None:
    assert told("After failing to hold {P|Dolna}, {A|the rebels} withdrew.", Kind.WITHDRAWS) == {(ALPHA, "Dolna")}


@pytest.mark.parametrize(
    ("text", "taker"),
    [
        ("{A|The army} moved up near {O|Gorna}, after {C|a rebel} raid was fended off, and captured {P|Dolna}.", ALPHA),
        ("{A|The army} moved up when {C|a rebel} raid failed and captured {P|Dolna} the next day.", ALPHA),
        ("{A|The army} moved up as {C|the rebels} were driven off and captured {P|Dolna}.", ALPHA),
        ("{A|The army} crossed the river while {C|the rebels} were shelling it and captured {P|Dolna}.", ALPHA),
        ("{A|The army} waited until the fog had lifted and captured {P|Dolna}.", ALPHA),
        ("{A|The army} fled after {C|the rebels} stormed the hill and captured {P|Dolna}.", BETA),
        ("{A|The army} lost ground after {C|the rebels} were reinforced and captured {P|Dolna}.", BETA),
        ("{A|The army} looked on as {C|the rebels} crossed the river and captured {P|Dolna}.", BETA),
    ],
)
def test_what_is_joined_to_a_clause_whose_subject_can_not_do_it_is_the_deed_of_who_the_sentence_is_about(
    text: str, taker: str
) -> None:
    assert told(text, Kind.GAINS) == {(taker, "Dolna")}


@pytest.mark.parametrize(
    "text",
    [
        "The siege of {P|Dolna}, the last {A|rebel} stronghold in the province, went on.",
        "The siege of {P|Dolna}, one of the last {A|rebel} strongholds, went on.",
        "The bombing of {P|Dolna}, a {A|rebel} bastion on the coast, killed dozens.",
    ],
)
def test_what_a_place_is_said_to_be_behind_what_happens_to_it_is_said_of_the_place(text: str) -> None:
    assert told(text, Kind.HOLDS) == {(ALPHA, "Dolna")}


def test_a_verb_to_which_nothing_belongs_is_read_like_any_other() -> None:
    assert not told("Shelling of {P|Dolna}, the last ISIL stronghold in the province, continued.", Kind.GAINS)
