"""Lists that a noun introduces, short forms of sides, initials: what the statements of armies are full of."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.actors.acronyms import named_in_full, with_acronyms
from tracker.claims.actors.index import ActorIndex
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted, read

DAY = dt.date(2026, 1, 5)
ALPHA, BETA = "other:alpha", "other:beta"
THREE = "{P|Dolna}, {P|Gora} and {P|Morla}"

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def told(text: str, kind: Kind) -> set[tuple[str | None, str]]:
    """Side and place of each real claim of a kind."""
    claims = [c for c in read(text, published=DAY) if c.kind is kind and c.modality is not Modality.UNREAL]
    return {(c.actor, c.place.text) for c in claims}


def by(actor: str, *names: str) -> set[tuple[str | None, str]]:
    """Return the same side beside each name."""
    return {(actor, name) for name in names}


# -- lists ---------------------------------------------------------------------------------------------


def test_villages_behind_a_colon_are_those_that_were_taken() -> None:
    text = "Within five days, {A|the army} has liberated 11 villages, including the largest ones: " + THREE + "."
    assert told(text, Kind.GAINS) == by(ALPHA, "Dolna", "Gora", "Morla")


def test_villages_behind_a_colon_and_a_verb_are_others() -> None:
    text = "{A|The army} has liberated 11 villages and shells fell on three more: " + THREE + "."
    assert not told(text, Kind.GAINS)


def test_the_liberated_villages_are_those_that_are_named() -> None:
    text = "{A|The army} liberated three villages on Monday. The liberated villages are " + THREE + "."
    assert told(text, Kind.GAINS) == by(ALPHA, "Dolna", "Gora", "Morla")
    assert not told(text, Kind.LOSES)


def test_the_liberated_villages_near_a_town_are_not_the_town() -> None:
    text = "{A|The army} liberated three villages on Monday. The liberated villages are near {P|Dolna}."
    assert not told(text, Kind.GAINS)


def test_villages_controlled_from_somebody_are_named_in_the_next_sentence() -> None:
    text = (
        "{A|The army} controlled three more villages from {C|the militia}. The villages of " + THREE + " were cleared."
    )
    assert told(text, Kind.GAINS) == by(ALPHA, "Dolna", "Gora", "Morla")


def test_another_port_is_the_name_beside_it() -> None:
    text = "{A|The army} captured {P|Dolna} and another oil port, {P|Gora}."
    assert told(text, Kind.GAINS) == by(ALPHA, "Dolna", "Gora")


def test_what_is_freed_from_occupation_is_the_town_behind_it() -> None:
    assert told("{A|The army} has liberated from occupation {P|Dolna} city.", Kind.GAINS) == by(ALPHA, "Dolna")


# -- sides ---------------------------------------------------------------------------------------------


def test_a_short_form_beside_a_name_names_its_side() -> None:
    text = "{A|The Defence Brigades} (DDB) entered {P|Dolna}. A day later the DDB captured {P|Gora}."
    assert told(text, Kind.GAINS) == by(ALPHA, "Gora")


def test_a_side_that_nobody_lists_has_its_short_form_in_its_id() -> None:
    actors = ActorIndex.load()
    text = "The Movement for Morla Freedom (MMF) came. The MMF and the Rapid Support Forces (RSF) left."
    named = named_in_full(text, with_acronyms(text, actors.find(text)), actors.listed)
    freedom, rapid = "other:movement for morla freedom (mmf)", "other:rapid support forces (rsf)"
    assert {m.text.removeprefix("The "): m.actor_id for m in named} == {
        "Movement for Morla Freedom": freedom,
        "MMF": freedom,
        "Rapid Support Forces": rapid,
        "RSF": rapid,
    }
    assert actors[freedom].name == "Movement for Morla Freedom (MMF)"


def test_a_short_form_of_other_words_names_somebody_else() -> None:
    text = "{A|The Defence Brigades} (XYZ) entered {P|Dolna}. A day later the XYZ captured {P|Gora}."
    assert (ALPHA, "Gora") not in told(text, Kind.GAINS)


def test_units_act_and_not_the_commander_whose_initial_looks_like_an_end() -> None:
    text = "Units of {A|the army} under the command of Colonel A. Karim blocked {P|Dolna} from the south."
    assert told(text, Kind.BESIEGES) == by(ALPHA, "Dolna")


def test_a_name_behind_a_full_stop_is_no_initial() -> None:
    text = "Units of {A|the army} passed {P|Dolna} on line A. {C|The militia} blocked {P|Gora} from the south."
    assert told(text, Kind.BESIEGES) == by(BETA, "Gora")


def test_blocking_a_road_is_no_siege() -> None:
    assert not told("{A|The army} blocked the road to {P|Dolna}.", Kind.BESIEGES)


# -- leaving -------------------------------------------------------------------------------------------


def test_who_is_beaten_off_leaves_nothing_that_it_held() -> None:
    text = "{A|The army} said {C|the militia}'s attack on {P|Dolna} was foiled and it was forced to withdraw."
    assert not told(text, Kind.WITHDRAWS)


def test_who_took_a_village_and_was_forced_to_withdraw_leaves_it() -> None:
    text = "{C|The militia} took the village of {P|Dolna} at dawn. A day later it was forced to withdraw."
    assert told(text, Kind.WITHDRAWS) == by(BETA, "Dolna")


def test_names_of_which_only_a_day_is_told_fell_like_the_one_before() -> None:
    text = (
        "{A|The rebels} swept south in March 2017: {P|Dolna} fell on 29 March, {P|Gorna} and {P|Sela} the day after, "
        "and {P|Luka}, the old capital, on 2 April with hardly a shot."
    )
    said = {claim.place.text: claim.valid_time for claim in read(text, published=DAY) if claim.kind is Kind.GAINS}
    assert said == {"Dolna": "2017-03-29", "Gorna": "2017-03-30", "Sela": "2017-03-30", "Luka": "2017-04-02"}


def test_each_name_of_a_list_has_the_day_behind_it() -> None:
    text = (
        "{A|The rebels} seized control of {P|Dolna} on 4 May, {P|Gorna} the following day and the villages of {P|Sela} "
        "and {P|Luka} on 7 May."
    )
    said = {(claim.place.text, claim.valid_time) for claim in read(text, published=DAY)}
    assert said == {
        ("Dolna", "2025-05-04"), ("Gorna", "2025-05-05"), ("Sela", "2025-05-07"), ("Luka", "2025-05-07"),
    }  # fmt: skip


def test_a_name_with_a_verb_of_its_own_is_in_no_list() -> None:
    said = read("{A|The army} took {P|Dolna} on 4 May, {P|Gorna} was quiet on Monday.", published=DAY)
    assert {claim.place.text for claim in said} == {"Dolna"}


def test_initials_with_stops_are_no_names() -> None:
    text = "{A|Fighters} loyal to the U.N.-recognised government stormed {P|Dolna} on Wednesday."
    assert told(text, Kind.ENTERS) == by(ALPHA, "Dolna")


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} took a few towns, like {P|Dolna} and {P|Gora}.",
        "{A|The army} captured several villages like {P|Dolna} and {P|Gora}.",
        "{P|Dolna} and {P|Gora} were amongst the towns seized by {A|the army}.",
        "{P|Dolna} and {P|Gora} were among a dozen of settlements captured by {A|the army}.",
        "Both {P|Dolna}, the nearby town of {P|Gora} and six other villages were seized by {A|the army}.",
        "{A|The army} attacked {P|Dolna} and {P|Gora} and captured both.",
        "{A|The army} attacked the town of {P|Dolna} and the village of {P|Gora}, capturing them within a day.",
        "{A|The army} pushed towards {P|Dolna} and {P|Gora} and took them by Monday.",
    ],
)
def test_all_of_a_list_is_taken_whatever_introduces_it_or_stands_for_it(text: str) -> None:
    assert told(text, Kind.GAINS) == by(ALPHA, "Dolna", "Gora")


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} attacked soldiers in {P|Dolna} and {P|Gora} and captured them.",
        "{A|The army} shelled two villages near {P|Dolna} and {P|Gora} and captured both.",
    ],
)
def test_who_was_captured_is_no_list_of_places(text: str) -> None:
    assert not told(text, Kind.GAINS)


@pytest.mark.parametrize("before", ["After capturing", "A week after taking", "Before seizing"])
def test_two_sides_behind_a_fronted_taking_do_what_the_sentence_tells(before: str) -> None:
    text = f"{before} {{P|Dolna}}, {{A|Alphan}} and {{A|Alphan troops}} entered {{P|Gora}} in May."
    assert told(text, Kind.ENTERS) == by(ALPHA, "Gora")


def test_the_republican_guard_in_syria_is_the_governments() -> None:
    claims = extracted("In 2017 the Republican Guard captured Mayadin.", "2017-12-05")
    assert [claim.actor for claim in claims] == ["syrian_government"]
