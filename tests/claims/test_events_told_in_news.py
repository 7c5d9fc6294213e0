"""Events as dispatches tell them: parts of a town by its buildings, one event in two sentences, who left, who came."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import extracted, read

DAY = dt.date(2026, 1, 5)
SETTING = "The fighting goes on. "
ALPHA, BETA = "other:alpha", "other:beta"

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def told(text: str, setting: str = SETTING) -> set[tuple[str, str | None, str, str | None]]:
    """Kind, side, place and part of each real claim."""
    claims = [c for c in read(setting + text, published=DAY) if c.modality is not Modality.UNREAL]
    return {(c.kind.value, c.actor, c.place.text, c.part) for c in claims}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{A|The rebels} captured a hospital and a market in the eastern half of {P|Dolna}.", "east"),
        ("{A|The rebels} seized a bank, a market and two schools in {P|Dolna}.", "parts"),
        ("{A|The rebels} stormed {P|Dolna}, seizing key sites such as the market and a prison.", "parts"),
        ("{A|The rebels} attacked {P|Dolna} and took the railway station and the post office.", "parts"),
        ("{A|The rebels} attacked {P|Dolna} and took control of several government buildings.", "parts"),
        ("{P|Dolna} was attacked by {A|the rebels}, who overran the government buildings.", "parts"),
        ("{A|The army} drove {C|the rebels} from mosques and hotels in the west of {P|Dolna}.", "west"),
    ],
)
def test_buildings_of_a_town_are_parts_of_it(text: str, part: str) -> None:
    assert ("gains", ALPHA, "Dolna", part) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "{A|The rebels} seized a bank near {P|Dolna}.",
        "{A|The rebels} took two hotels on the road from {P|Dolna} to {O|Velm}.",
        "{A|The rebels} attacked {P|Dolna} and took several hostages.",
        "{A|Gunmen} seized a school in {P|Dolna}.",
        "{A|The rebels} attacked {P|Dolna} and seized weapons and two vehicles.",
        "The president visited {P|Dolna} as {A|the rebels} seized schools and markets.",
    ],
)
def test_what_is_taken_elsewhere_or_is_no_ground_is_no_part(text: str) -> None:
    assert not {claim for claim in told(text) if claim[0] == "gains"}


def test_a_flight_told_behind_a_taking_by_nobody_known_tells_who_had_the_place() -> None:
    text = "Our forces captured {P|Dolna} on Saturday. {A|The rebels} withdrew from {P|Dolna} on Saturday."
    assert ("withdraws", ALPHA, "Dolna", None) in told(text)


def test_an_entry_told_after_the_taking_is_the_same_event() -> None:
    text = "{A|The army} retook {P|Dolna} on Saturday. {A|The troops} entered {P|Dolna} from two sides."
    assert told(text) == {("gains", ALPHA, "Dolna", None)}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} entered {P|Dolna} on Saturday. {A|The army} captured {P|Dolna} on Sunday.",
        "{A|The army} captured {P|Dolna}. {A|The Falcon Brigade} entered {P|Dolna} from the south.",
        "{A|The army} captured most of {P|Dolna}. {A|The troops} entered {P|Dolna} from the south.",
    ],
)
def test_an_entry_of_its_own_day_or_into_a_town_half_taken_stays(text: str) -> None:
    assert ("enters", ALPHA, "Dolna") in {claim[:3] for claim in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The withdrawal of {C|the army} from {P|Dolna} and the subsequent takeover by {A|the rebels} changed the war.",
        "{C|The army}'s retreat from {P|Dolna} and {A|the rebels}' takeover alarmed the capital.",
    ],
)
def test_who_takes_over_what_is_left_has_it(text: str) -> None:
    (claim,) = (c for c in read(SETTING + text, published=DAY) if c.modality is not Modality.UNREAL)
    assert (claim.kind, claim.actor, claim.counter_actor) == (Kind.GAINS, ALPHA, BETA)


@pytest.mark.parametrize(
    "text",
    [
        "The attack led to {A|the rebels}' control of {P|Dolna}.",
        "The offensive ended with {A|the army}'s full control over {P|Dolna}.",
        "{A|The army} pushed {C|the rebels} back beyond the limits of {P|Dolna}.",
        "{A|The army} claimed full dominance over {P|Dolna}.",
    ],
)
def test_outcomes_are_gains(text: str) -> None:
    assert ("gains", ALPHA, "Dolna", None) in told(text)


def test_control_that_leads_to_something_is_held() -> None:
    assert ("holds", ALPHA, "Dolna", None) in told("{A|The rebels}' control of {P|Dolna} led to protests.")


def test_square_kilometres_of_a_region_are_a_part_of_it() -> None:
    text = "{A|The army} has freed some 250 square kilometres of the {P|Dolna region}."
    assert ("gains", ALPHA, "Dolna region", "parts") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} completed its withdrawal of all soldiers from its base in {P|Dolna} on 3 January.",
        "The battle for {P|Dolna} lasted until 2 January, when {A|the army} was forced to withdraw.",
        "Heavy fighting for {P|Dolna} went on until Sunday, when {A|the army} was forced to retreat.",
    ],
)
def test_the_place_left_is_that_of_the_post_or_of_the_battle(text: str) -> None:
    assert ("withdraws", ALPHA, "Dolna", None) in told(text)


def test_who_falls_back_into_a_town_does_not_leave_it() -> None:
    text = "{P|Dolna} was encircled by {A|the army}, and {C|the rebels} had to retreat into {P|Dolna} itself."
    assert "withdraws" not in {claim[0] for claim in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} deployed additional troops to {P|Dolna}.",
        "Fresh {A|army units} arrived in {P|Dolna}.",
    ],
)
def test_reinforcements_are_no_entry(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    ("lead", "follows", "place"),
    [
        (
            "Iraqi troops seized a town near the Syrian border on Thursday.",
            "A spokesman said the army was now in control of Rutba, 110 km from the frontier.",
            "Rutba",
        ),
        (
            "Iraqi troops captured the last stronghold of Islamic State in the west on Thursday.",
            "Officials said the jihadists had withdrawn from the town of Rawa.",
            "Rawa",
        ),
    ],
)
def test_what_a_lead_leaves_unnamed_the_next_sentence_names(lead: str, follows: str, place: str) -> None:
    claims = {(c.kind, c.actor, c.place.text) for c in extracted(f"{lead} {follows}", "2017-11-17")}
    assert {claim for claim in claims if claim[0] is not Kind.HOLDS} == {(Kind.GAINS, "iraqi_government", place)}


def test_a_village_near_a_town_is_not_the_next_town_named() -> None:
    text = "The M23 rebels took a village near Goma on Monday. The army said it had killed ten rebels in Masisi."
    assert not {c for c in extracted(text, "2025-02-16") if c.kind is Kind.GAINS}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} seized {P|Dolna}, followed by part of the {P|Velm} road on 3 January.",
        "{A|The army} took control of {P|Dolna}, followed by parts of {P|Velm}.",
        "{A|The army} took {P|Dolna}, followed by the {P|Velm} bridge.",
    ],
)
def test_a_part_or_a_road_that_follows_is_taken_too(text: str) -> None:
    gains = {(side, place) for kind, side, place, _ in told(text) if kind == "gains"}
    assert {side for side, _ in gains} == {ALPHA}
    assert {place.split()[0] for _, place in gains} == {"Dolna", "Velm"}


@pytest.mark.parametrize(
    "text",
    [
        "On 3 January was liberated {P|Dolna} by {A|the army}.",
        "After taking key towns in the west, {P|Dolna} and {P|Velm}, {A|the army} halted.",
        "{A|The army} took two key towns in the west, {P|Dolna} and {P|Velm}.",
        "{A|The army} has recaptured more towns in the west. The towns include {P|Dolna} and {P|Velm}.",
        "{A|The army} took several villages on Monday. They are {P|Dolna} and {P|Velm} in the west.",
        "{A|The army} lost several bases. Among them are {P|Dolna} and {P|Velm}.",
    ],
)
def test_lists_told_apart_are_read(text: str) -> None:
    places = {place for kind, _, place, _ in told(text) if kind in {"gains", "loses"}}
    assert places == ({"Dolna", "Velm"} if "Velm" in text else {"Dolna"})


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} shelled several towns. They include {P|Dolna} and {P|Velm}.",
        "{A|The army} seized weapons. The villages include {P|Dolna} and {P|Velm}.",
        "{A|The army} took the town. The district's towns include {P|Dolna} and {P|Velm}.",
    ],
)
def test_lists_of_what_nobody_took_are_no_gains(text: str) -> None:
    assert not {place for kind, _, place, _ in told(text) if kind == "gains"} & {"Velm"}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The rebels} took {P|Dolna} in May, leaving only {P|Velm} in the valley.",
        "{P|Dolna} was taken by {A|the rebels}, leaving just the stronghold of {P|Velm}.",
    ],
)
def test_what_is_left_to_others_is_not_left(text: str) -> None:
    assert told(text) & {("gains", ALPHA, "Dolna", None)}
    assert "withdraws" not in {claim[0] for claim in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The rebels} swept across the northern half of {P|Dolna}.",
        "{A|The rebels} made quick progress, sweeping across the north of {P|Dolna}.",
    ],
)
def test_who_sweeps_across_a_part_of_a_town_has_it(text: str) -> None:
    assert ("gains", ALPHA, "Dolna", "north") in told(text)


def test_who_sweeps_across_a_border_or_a_land_has_nothing_by_it() -> None:
    assert not told("{A|The rebels} swept across the border on Monday.")
    assert not extracted("IS fighters swept across northern Iraq in 2014.", "2017-09-05")


def test_half_of_one_town_and_areas_of_another_are_taken() -> None:
    text = "{A|The rebels} seized half of the town of {P|Dolna} and areas of the regional centre {P|Velm}."
    assert {(place, part) for _, _, place, part in told(text)} == {("Dolna", None), ("Velm", "parts")}


def test_a_verb_behind_another_drives_out_too() -> None:
    text = "{A|The army} was able to recapture {P|Dolna} and push {C|the rebels} out of {P|Velm}."
    assert {claim[:3] for claim in told(text)} == {("gains", ALPHA, "Dolna"), ("gains", ALPHA, "Velm")}


def test_most_of_the_other_towns_of_an_area_are_a_part_of_it() -> None:
    text = "HTS captured Atarib and most of the other towns in the Jabal Saman area of Aleppo province on Monday."
    gains = {(c.actor, c.place.text) for c in extracted(text, "2020-01-05") if c.kind is Kind.GAINS}
    assert gains == {("hts", "Atarib"), ("hts", "Jabal Saman")}


def test_a_last_stronghold_in_a_land_is_not_the_land() -> None:
    text = "Al-Shabaab has withdrawn from its last stronghold in southern Somalia, following attacks by Kenyan troops."
    assert not extracted(text, "2012-09-29")


def test_most_of_the_fighters_are_driven_out_of_a_place_that_they_held() -> None:
    text = "{A|The army} drove most of the {C|opposition fighters} out of {P|Dolna}."
    assert ("gains", ALPHA, "Dolna", None) in told(text)


@pytest.mark.parametrize("what", ["palace", "airport", "refinery"])
def test_what_a_town_has_one_of_is_its_own(what: str) -> None:
    (claim,) = told(f"{{A|The army}} recaptured the {what} in {{P|Dolna}} on Friday.")
    assert claim[:2] == ("gains", ALPHA)
    assert what in claim[2]


def test_who_takes_one_town_before_another_is_surrounded_is_who_surrounds_it() -> None:
    text = "After taking {P|Dolna}, the town of {P|Velm} was surrounded by {A|the army}."
    assert ("gains", ALPHA, "Dolna", None) in told(text)


def test_who_advanced_and_reached_the_edge_of_a_town_is_there() -> None:
    text = "The following day, {A|the army} advanced towards {P|Dolna} and reached its northern outskirts."
    assert {claim[:3] for claim in told(text)} >= {("enters", ALPHA, "Dolna")}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} pushed {C|the rebels} back from {P|Dolna}.",
        "{A|The army} has forced {C|the rebels} further away from {P|Dolna}.",
        "{C|The rebels}, driven off from {P|Dolna} by {A|the army}, fled north.",
    ],
)
def test_who_keeps_others_off_a_place_does_not_take_it(text: str) -> None:
    assert not {claim for claim in told(text) if claim[0] in {"gains", "loses"}}


def test_who_drives_others_back_and_then_out_of_a_place_has_it() -> None:
    text = "{C|The rebels} were pushed back and driven from {P|Dolna} by {A|the army}."
    assert ("gains", ALPHA, "Dolna", None) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Buses carrying the last {A|rebels} left {P|Dolna} on Thursday.",
        "A convoy of {A|rebels} departed from {P|Dolna}.",
    ],
)
def test_who_leaves_aboard_buses_leaves_the_place(text: str) -> None:
    assert {claim[:3] for claim in told(text)} == {("withdraws", ALPHA, "Dolna")}


def test_civilians_aboard_buses_leave_nothing() -> None:
    assert not told("Buses carrying wounded civilians left {P|Dolna} as {O|rebels} looked on.")
