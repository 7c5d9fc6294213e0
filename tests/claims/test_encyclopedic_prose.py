"""How encyclopedias and press statements tell of towns that change hands: one habit of such prose a test."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.actors.index import ActorIndex
from tracker.claims.gate import may_claim
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Kind, Modality, Report

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")
DAY = dt.date(2026, 1, 5)
ALPHA, BETA = "other:alpha", "other:beta"


def told(text: str, kind: Kind) -> set[tuple[str | None, str]]:
    """Side and place of each real claim of a kind."""
    return {(c.actor, c.place.text) for c in read(text, published=DAY) if c.kind is kind and real(c)}


def real(claim: Claim) -> bool:
    return claim.modality is not Modality.UNREAL


def test_the_liberation_of_a_town_is_that_which_was_told_before() -> None:
    text = (
        "{A|The army} took {P|Dolna} from {C|the rebels}. "
        "While the liberation of {P|Dolna} was a relief, {C|the rebels} remain in the hills."
    )
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_who_took_a_town_did_not_liberate_it_afterwards() -> None:
    text = "{A|The army} was on the move. {P|Dolna}, captured by {C|the rebels} in May, was liberated in June."
    assert told(text, Kind.GAINS) == {(BETA, "Dolna"), (ALPHA, "Dolna")}


def test_who_holds_a_town_does_not_besiege_it() -> None:
    text = "{C|The rebels} had seized {P|Dolna}, but it was isolated during the winter by nobody knows whom."
    assert (BETA, "Dolna") not in told(text, Kind.BESIEGES)


def test_all_who_took_part_in_it_took_the_town() -> None:
    text = "{A|The army} took part in the liberation of {P|Dolna}."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_their_looks_ahead_to_the_subject_of_the_sentence() -> None:
    text = "{C|The rebels} are gone. Following their liberation of {P|Dolna}, {A|the army} rested."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_the_only_towns_that_remained_are_those_named_before() -> None:
    text = "{P|Dolna} and {P|Gorna} were the only towns that remained under {A|army} control."
    assert told(text, Kind.HOLDS) == {(ALPHA, "Dolna"), (ALPHA, "Gorna")}


def test_the_only_towns_still_held_are_those_named_behind() -> None:
    text = "The only towns still held by {A|the army} were {P|Dolna} and {P|Gorna}."
    assert told(text, Kind.HOLDS) == {(ALPHA, "Dolna"), (ALPHA, "Gorna")}


def test_to_manage_to_control_a_town_is_to_take_it() -> None:
    assert told("{A|The army} managed to control {P|Dolna} on Monday.", Kind.GAINS) == {(ALPHA, "Dolna")}
    assert told("{A|The army} controls {P|Dolna}.", Kind.GAINS) == set()


def test_a_battle_ends_with_the_capture_by_whoever_stands_behind_the_place() -> None:
    text = "The battle ended in the recapture of the town of {P|Dolna} by {A|the army}."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_both_armies_of_an_until_clause_take_the_town() -> None:
    text = "{C|The rebels} controlled {P|Dolna} until {A|Alphian} and {O|Gammian troops} retook it."
    assert (ALPHA, "Dolna") in told(text, Kind.GAINS)


def test_a_loss_told_again_as_a_gain_is_one_claim() -> None:
    text = "{P|Dolna} is no longer in the hands of {C|the rebels}. {A|The army} took back {P|Dolna}."
    (claim,) = [c for c in read(text, published=DAY) if real(c)]
    assert (claim.kind, claim.actor, claim.counter_actor) == (Kind.GAINS, ALPHA, BETA)


def test_the_largest_city_describes_a_town_and_refers_to_none() -> None:
    text = "{A|The army} captured {P|Dolna}. {C|The rebels} had controlled the largest city of the plain."
    assert told(text, Kind.HOLDS) == set()


def test_who_fights_where_is_told_by_a_relative_clause() -> None:
    text = "{A|The army} reached {P|Dolna}, where {C|the rebels} were fighting the police."
    assert "Dolna" in {place for _, place in told(text, Kind.CONTESTS)}


def test_a_unit_fights_for_the_coalition_that_its_state_belongs_to() -> None:
    text = "The British 7th Armoured Brigade entered Basra in Iraq."
    assert {m.actor_id for m in ActorIndex.load().find(text, countries=frozenset({"IQ"}))} >= {"us_coalition"}


def test_forces_against_somebody_are_not_his() -> None:
    mentions = ActorIndex.load().find("Anti-ISIL forces drove ISIL out of Tal Afar.")
    assert [(m.text, m.actor_id) for m in mentions] == [("Anti-ISIL forces", None), ("ISIL", "islamic_state")]


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("Russia captured Melitopol in March 2022.", True),
        ("Melitopol was occupied by Russia.", True),
        ("The town is fully under Ukrainian control.", True),
        ("Russia controls a third of the market and held talks in Geneva.", False),
    ],
)
def test_a_country_alone_is_a_side_where_it_is_said_to_take_a_place(text: str, worth: bool) -> None:
    assert may_claim(Report(report_id="r", text=text, sha256=""), ActorIndex.load()) is worth


def test_three_villages_are_those_named_behind_the_colon() -> None:
    text = "{A|The army} recaptured three villages in the plain: {P|Dolna}, {P|Gorna} and {P|Sredna}."
    assert {place for _, place in told(text, Kind.GAINS)} == {"Dolna", "Gorna", "Sredna"}


def test_what_is_almost_completely_surrounded_is_not_surrounded() -> None:
    assert told("{P|Dolna} was almost completely encircled by {A|the army}.", Kind.BESIEGES) == set()


def test_to_become_controlled_is_to_be_taken() -> None:
    assert told("{P|Dolna} became controlled by {A|the rebels} in April.", Kind.GAINS) == {(ALPHA, "Dolna")}


def test_the_town_that_an_entry_describes_is_the_town() -> None:
    text = "{P|Dolna} is a town in the {O|Gorna} region with 9,000 people. {A|The army} captured the town in May."
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_an_unknown_brigade_that_liberates_a_town_is_nobody_elses() -> None:
    text = "{A|The army} recaptured {P|Dolna} from {C|the rebels}. The brigade has liberated {P|Dolna}, a soldier said."
    assert (BETA, "Dolna") not in told(text, Kind.GAINS)


def test_while_others_ends_a_list_of_examples() -> None:
    text = "Some parts such as {P|Dolna} remain contested, while others such as {P|Gorna} are calm."
    assert {place for _, place in told(text, Kind.CONTESTS)} <= {"Dolna"}


def test_who_set_out_to_take_a_town_took_it_when_nobody_is_named() -> None:
    text = (
        "{A|The army} launched an offensive in a bid to recapture {P|Dolna}. {C|The rebels} shelled it. "
        "{P|Dolna} was recaptured on 27 March 2016."
    )
    assert told(text, Kind.GAINS) == {(ALPHA, "Dolna")}


def test_what_will_follow_a_capture_sets_the_capture_in_the_future() -> None:
    text = "After ousting {C|the rebels} from {P|Dolna}, {A|the army} will move on."
    assert told(text, Kind.GAINS) == set()


def test_towns_freed_from_a_side_were_freed_by_who_was_just_told_to_take_ground() -> None:
    text = "{A|The army} has regained {P|Sredna}. {P|Dolna} and {P|Gorna} have been liberated from {C|the rebels}, too."
    assert told(text, Kind.GAINS) == {(ALPHA, "Sredna"), (ALPHA, "Dolna"), (ALPHA, "Gorna")}


def test_its_outskirts_are_those_of_the_town_just_named() -> None:
    text = "{A|The army} advanced towards {P|Dolna} and reached its northern outskirts."
    assert told(text, Kind.ENTERS) == {(ALPHA, "Dolna")}


def test_who_moves_things_away_from_a_town_has_not_left_it() -> None:
    assert told("{A|The army} had moved its helicopters away from {P|Dolna}.", Kind.WITHDRAWS) == set()
