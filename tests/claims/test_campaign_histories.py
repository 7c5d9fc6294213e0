"""Turns of the histories of campaigns: lists that go on, what is left to a side, who holds out, what follows."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2017, 12, 20)

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def said(text: str) -> set[tuple[Kind, str, str | None]]:
    """Return kind, place and side of the claims of a text."""
    return {(claim.kind, claim.place.text, claim.actor) for claim in read(text, published=DAY)}


def places(claims: list[Claim], kind: Kind) -> set[str]:
    """Return the places of the claims of a kind."""
    return {claim.place.text for claim in claims if claim.kind is kind}


@pytest.mark.parametrize(
    "left",
    [
        "{A|The rebels} were left with only {P|Dolna} in May.",
        "{A|The rebels} were left with little more than {P|Dolna}.",
        "By June {A|the rebels} had been left with {P|Dolna}.",
        "This left {A|the rebels} with nothing but {P|Dolna}.",
        "{A|The rebels} controlled nothing but {P|Dolna}.",
        "{A|The rebels} were reduced to {P|Dolna}.",
        "The town of {P|Dolna} remained with {A|the rebels}.",
        "{P|Dolna} stayed with {A|the rebels} until the end.",
    ],
)
def test_what_is_left_to_a_side_it_holds(left: str) -> None:
    (claim,) = read(left, published=DAY)
    assert (claim.kind, claim.place.text, claim.actor) == (Kind.HOLDS, "Dolna", "other:alpha")


@pytest.mark.parametrize(
    "other",
    [
        "{P|Dolna} was reduced to rubble by {A|the army}.",
        "{A|The rebels} were left with nothing.",
        "{A|The rebels} were left with few friends in {P|Dolna}.",
        "{P|Dolna} remained on good terms with {A|the army}.",
        "Talks in {P|Dolna} stayed with the mediators.",
        "The workers in {P|Dolna} held out hope.",
    ],
)
def test_what_only_sounds_like_it_is_no_hold(other: str) -> None:
    assert not places(read(other, published=DAY), Kind.HOLDS)


@pytest.mark.parametrize(
    "passed",
    [
        "{P|Dolna} passed to {A|the rebels} in May.",
        "{P|Dolna} had gone to {A|the rebels} a month before.",
        "{P|Dolna} reverted to {A|the rebels}.",
    ],
)
def test_what_passes_to_a_side_it_gains(passed: str) -> None:
    assert said(passed) == {(Kind.GAINS, "Dolna", "other:alpha")}


def test_a_place_that_changes_hands_is_gained_by_somebody_and_often_by_nobody_in_the_end() -> None:
    assert said("{P|Dolna} changed hands on Monday, {C|the army} said.") == {(Kind.GAINS, "Dolna", None)}
    assert not said("{P|Dolna} changed hands three times in May, {C|the army} said.")


def test_places_follow_what_was_just_taken() -> None:
    text = "{A|The army} captured {P|Dolna} on 3 May. {P|Gorna} and {P|Morla} followed within days."
    assert (Kind.GAINS, "Gorna", "other:alpha") in said(text)
    assert (Kind.GAINS, "Morla", "other:alpha") in said(text)
    assert not said("{A|The army} arrived. Talks in {P|Dolna} followed.")
    assert not said("{A|The army} met the envoy. {P|Dolna} followed on Monday.")


def test_who_holds_out_in_a_place_that_does_is_the_side_that_is_not_on_the_move() -> None:
    text = "{C|The rebels} were attacked. {A|The army} captured {P|Gorna}, but {P|Dolna} itself held out."
    assert (Kind.HOLDS, "Dolna", "other:beta") in said(text)


@pytest.mark.parametrize(
    "siege",
    [
        "{A|The army} secured the road, leaving {P|Dolna} besieged from all sides.",
        "{A|The army} cut the road, thus leaving the border town of {P|Dolna} surrounded on three sides.",
        "{A|The army} took the heights, which left {P|Dolna} completely cut off.",
        "{A|The army} took the heights, leaving the defenders of {P|Dolna} encircled.",
    ],
)
def test_a_place_that_is_left_surrounded_is_besieged_and_not_left(siege: str) -> None:
    kinds = {(claim.kind, claim.place.text, claim.actor) for claim in read(siege, published=DAY)}
    assert kinds == {(Kind.BESIEGES, "Dolna", "other:alpha")}


def test_a_list_among_them_is_not_the_subject_of_the_next_clause() -> None:
    text = "{A|The army} overran ten hamlets, among them {P|Dolna}, {P|Gorna} and {P|Morla}, and reached the silos."
    assert said(text) == {(Kind.GAINS, name, "other:alpha") for name in ("Dolna", "Gorna", "Morla")}


def test_a_place_is_taken_that_is_only_introduced_before() -> None:
    text = "On 31 May {A|the army} set out from {P|Dolna}, a village it had wrested from {C|the rebels}."
    assert (Kind.GAINS, "Dolna", "other:alpha") in said(text)


def test_a_name_given_to_ground_is_the_place() -> None:
    assert said("{A|The army} captured a village called {P|Dolna}.") == {(Kind.GAINS, "Dolna", "other:alpha")}
    assert said("The headquarters, known as {P|Dolna}, fell to {A|the army}.") == {(Kind.GAINS, "Dolna", "other:alpha")}
    assert not said("{A|The army} captured a man known as {P|Dolna}.")


def test_a_place_behind_a_fronted_date_is_the_subject() -> None:
    text = "By 18 July {P|Dolna} had been encircled by {A|the army}."
    assert said(text) == {(Kind.BESIEGES, "Dolna", "other:alpha")}


def test_a_passive_is_shared_by_what_is_joined_to_it() -> None:
    claims = read("{P|Dolna} was entered by {A|the army} on 5 April and secured a day later.", published=DAY)
    assert Kind.GAINS in {claim.kind for claim in claims if claim.place.text == "Dolna"}


def test_who_had_taken_the_ground_before_is_not_on_the_move() -> None:
    text = (
        "{A|The army} moved into the villages along the river that {C|the rebels} had overrun in February. "
        "{P|Dolna} and {P|Gorna} were recovered by 17 May."
    )
    assert not [claim for claim in read(text, published=DAY) if claim.actor == "other:beta"]


def test_a_day_since_when_one_place_was_held_is_not_that_of_another_siege() -> None:
    text = (
        "{P|Gorna}, held by {C|the rebels} since they came in August 2014, was captured on 26 March 2017; "
        "{P|Morla} was entered by {A|the army} on 5 April, leaving {P|Dolna} besieged."
    )
    (siege,) = (claim for claim in read(text, published=DAY) if claim.kind is Kind.BESIEGES)
    assert siege.valid_time == "2017-04-05"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{A|The army} entered {P|Dolna} in May and had it under control by the evening.", "Dolna"),
        ("{A|The army} retained a bridgehead comprising {P|Dolna}.", "Dolna"),
        ("{A|The army} held a pocket consisting of {P|Dolna} and two hamlets.", "Dolna"),
        ("{P|Gorna} was shelled before {A|the army} dug in there.", "Gorna"),
        ("{P|Dolna}, the last town where {A|the rebels} still held sway, was quiet.", "Dolna"),
    ],
)
def test_turns_of_holding(text: str, wanted: str) -> None:
    assert (Kind.HOLDS, wanted, "other:alpha") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} attacked. {P|Dolna} surrendered on the 4th, {P|Gorna} the day after.",
        "{A|The army} took {P|Morla}. {P|Dolna} and {P|Gorna} came next, on 3 and 4 March.",
        "{C|The council} handed ten villages, {P|Dolna} and {P|Gorna} among them, to {A|the army}.",
        "{A|The army} laid hold of {P|Dolna} and {P|Gorna}.",
    ],
)
def test_lists_of_what_is_gained(text: str) -> None:
    assert {"Dolna", "Gorna"} <= places(read(text, published=DAY), Kind.GAINS)


@pytest.mark.parametrize(
    "text",
    [
        "What remained of {A|the rebels} pulled out of {P|Dolna} on 17 March.",
        "What was left of {A|the rebels} retreated from {P|Dolna}.",
        "{A|The rebels} abandoned their outposts in {P|Dolna}.",
        "{A|The rebels} have held {P|Dolna} since 2014. {P|Dolna} was abandoned on 10 November.",
        "By a deal with Washington {A|the rebels} withdrew from {P|Dolna}.",
    ],
)
def test_turns_of_leaving(text: str) -> None:
    assert (Kind.WITHDRAWS, "Dolna", "other:alpha") in said(text)


def test_a_village_that_its_people_left_is_left_by_no_side() -> None:
    assert not said("{A|The army} shelled the hills. {P|Dolna} was abandoned in the drought.")


def test_a_garrison_with_a_side_of_its_own_is_that_sides() -> None:
    text = "{A|The army} took {P|Dolna} and {P|Gorna}, driving out {C|a rebel garrison} that had held both since 2013."
    assert {(Kind.HOLDS, "Dolna", "other:beta"), (Kind.HOLDS, "Gorna", "other:beta")} <= said(text)


def test_the_day_after_at_the_end_of_a_clause_leads_on() -> None:
    claims = read("{P|Dolna} fell to {A|the army} on 4 September 2017, {P|Gorna} fell the day after.", published=DAY)
    assert [claim.valid_time for claim in claims] == ["2017-09-04", "2017-09-05"]


def test_who_is_surrounded_on_all_sides_in_a_place_is_besieged_in_it() -> None:
    text = "{C|The rebels} were surrounded from three sides in {P|Dolna} by {A|the army}."
    assert (Kind.BESIEGES, "Dolna", "other:alpha") in said(text)


def test_a_town_that_opens_a_sentence_nobody_parses_is_the_town() -> None:
    text = "{A|The army} entered {P|Dolna}. {P|Gorna} proved harder. {C|The rebels} still held half of the town in May."
    assert (Kind.HOLDS, "Gorna", "other:beta") in said(text)


def test_who_establishes_themselves_in_places_has_them() -> None:
    text = "{A|The rebels} had established themselves in {P|Dolna} and {P|Gorna} within a week."
    assert said(text) == {(Kind.GAINS, "Dolna", "other:alpha"), (Kind.GAINS, "Gorna", "other:alpha")}
    assert not said("{A|The army} established a field hospital in {P|Dolna}.")


def test_what_is_won_back_later_in_the_sentence_was_taken_by_the_other_side() -> None:
    text = "{C|The rebels} attacked. {P|Dolna} was captured on 3 May and retaken by {A|the army} on 5 May."
    gains = [(claim.actor, claim.valid_time) for claim in read(text, published=DAY)]
    assert ("other:alpha", "2017-05-05") in gains
    assert ("other:alpha", "2017-05-03") not in gains


def test_what_is_stormed_is_so_by_who_took_ground_before() -> None:
    text = "{A|The rebels} captured {P|Gorna} on 3 May. {P|Dolna} was stormed on 19 May."
    assert (Kind.ENTERS, "Dolna", "other:alpha") in said(text)
    assert not said("{C|The rebels} are many. {P|Dolna} was entered on 19 May.")


@pytest.mark.parametrize(
    "opening",
    ["{A|The army}'s plan was to cut the valley in two.", "{A|The army}, with its allies, launched a new offensive."],
)
def test_who_sets_out_takes_what_is_taken_by_nobody_named(opening: str) -> None:
    assert said(f"{opening} {{P|Dolna}} was taken in the first days of March.") == {
        (Kind.GAINS, "Dolna", "other:alpha")
    }


def test_a_list_goes_on_behind_a_month() -> None:
    text = (
        "{A|The army} attacked. {P|Dolna} and {P|Bor} were taken in the first days of March, "
        "{P|Gorna} and {P|Morla} on the 10th."
    )
    assert places(read(text, published=DAY), Kind.GAINS) == {"Dolna", "Bor", "Gorna", "Morla"}


def test_nobody_surrenders_who_is_only_called_on_to() -> None:
    assert not [
        claim
        for claim in read("{A|The army} called on {P|Dolna} to surrender.", published=DAY)
        if claim.kind is Kind.GAINS
    ]


def test_a_place_subjected_to_a_siege_is_besieged() -> None:
    assert said("{P|Dolna} was subjected to a siege by {A|the army}.") == {(Kind.BESIEGES, "Dolna", "other:alpha")}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} used the collapse of the {C|rebel lines} to seize {P|Dolna} and {P|Gorna}.",
        "{A|The army} exploited the withdrawal of {C|the rebels} to capture {P|Dolna} and {P|Gorna}.",
        "In September {A|the army} counterattacked: {P|Dolna} was recaptured on the 1st and {P|Gorna} on the 12th.",
    ],
)
def test_who_uses_a_chance_or_strikes_back_takes_what_follows(text: str) -> None:
    assert {(Kind.GAINS, "Dolna", "other:alpha"), (Kind.GAINS, "Gorna", "other:alpha")} <= said(text)


def test_who_plans_to_use_a_chance_takes_nothing() -> None:
    claims = read("{A|The rebels} planned to use the fog to seize {P|Dolna}.", published=DAY)
    assert all(claim.modality is Modality.UNREAL for claim in claims)


def test_what_was_followed_days_later_was_taken_too() -> None:
    text = "{P|Dolna} was taken by {A|the army} on 18 April, followed three days later by {P|Gorna} and {P|Morla}."
    assert {"Dolna", "Gorna"} <= places(read(text, published=DAY), Kind.GAINS)
    text = "{P|Dolna} was taken by {A|the army}, followed three days later by talks in {P|Gorna}."
    assert places(read(text, published=DAY), Kind.GAINS) == {"Dolna"}


def test_a_place_that_was_evacuated_was_left_by_who_is_told_to_have_held_it_and_by_nobody_else() -> None:
    text = "{A|The rebels} held {P|Dolna} for years. {P|Dolna} was evacuated in stages in May."
    assert (Kind.WITHDRAWS, "Dolna", "other:alpha") in said(text)
    text = "{A|The army} shelled the hills. {P|Dolna} was evacuated because of the floods."
    assert not places(read(text, published=DAY), Kind.WITHDRAWS)


def test_a_side_behind_a_gerund_is_the_subject_of_the_verb_after_it() -> None:
    text = "After five days of shelling {A|the army} pulled back from {P|Dolna} in May."
    assert said(text) == {(Kind.WITHDRAWS, "Dolna", "other:alpha")}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The rebels} held {P|Dolna} in May. On the 11th they withdrew to the mountains.",
        "{C|The army} besieged {A|the rebels} in {P|Dolna}. The last {A|rebels} pulled out to the desert.",
    ],
)
def test_who_goes_off_into_the_country_leaves_what_he_was_told_to_have(text: str) -> None:
    assert (Kind.WITHDRAWS, "Dolna", "other:alpha") in said(text)


def test_who_goes_to_another_place_or_had_none_leaves_none() -> None:
    assert not places(read("{A|The rebels} withdrew to the mountains near {P|Dolna}.", published=DAY), Kind.WITHDRAWS)
    text = "{A|The rebels} held {P|Dolna}. {C|The army} withdrew to the mountains."
    assert not places(read(text, published=DAY), Kind.WITHDRAWS)


def test_who_closes_in_takes_what_is_taken_next_by_nobody_named() -> None:
    text = "In April {A|the army} closed in on {P|Morla}. {P|Dolna} was taken on 18 April."
    assert (Kind.GAINS, "Dolna", "other:alpha") in said(text)


def test_those_two_towns_are_the_two_just_named() -> None:
    text = "{A|The army} captured {P|Dolna} and {P|Gorna}. Those two towns had been held by {C|the rebels} since 2014."
    assert {(Kind.HOLDS, "Dolna", "other:beta"), (Kind.HOLDS, "Gorna", "other:beta")} <= said(text)


def test_an_entry_with_a_day_of_its_own_is_told_beside_the_capture() -> None:
    told = said("{A|The army} entered {P|Dolna} on 3 May 2017 and captured it on 9 May.")
    assert {(Kind.ENTERS, "Dolna", "other:alpha"), (Kind.GAINS, "Dolna", "other:alpha")} <= told
    assert {kind for kind, _, _ in said("On 3 May 2017 {A|the army} entered and captured {P|Dolna}.")} == {Kind.GAINS}


def test_a_column_that_is_told_of_no_side_is_that_of_who_moved_before() -> None:
    told = said("{A|The rebels} advanced on {P|Dolna} on Monday. A first column reached {P|Vesna} on Tuesday.")
    assert (Kind.ENTERS, "Vesna", "other:alpha") in told


def taken(text: str) -> list[tuple[str | None, tuple[float, float] | None, str | None]]:
    """Return part, share and day of each taking."""
    return [(c.part, c.fraction, c.valid_time) for c in read(text, published=DAY) if c.kind is Kind.GAINS]


@pytest.mark.parametrize("backend", ["auto", "window"])
def test_a_part_that_is_taken_after_the_town_was_said_to_be_is_told_for_itself(backend: str) -> None:
    text = (
        "On 2 May 2017 {A|the army} announced the capture of {P|Dolna}. "
        "On 6 May {A|the army} seized the southern part of {P|Dolna}."
    )
    claims = read(text, published=DAY, backend=backend)
    assert [(c.part, c.valid_time) for c in claims] == [(None, "2017-05-02"), ("south", "2017-05-06")]


def test_a_part_that_was_taken_before_the_town_is_part_of_that() -> None:
    text = "{A|The army} took {P|Dolna} on 6 May 2017. {A|The army} seized the south of {P|Dolna} on 4 May 2017."
    assert taken(text) == [(None, None, "2017-05-06")]


def test_half_of_a_town_by_one_day_and_all_of_it_by_another_are_two_takings() -> None:
    text = "By 2 May 2017 {A|the army} had taken half of {P|Dolna}; by 6 May {A|the army} had taken all of {P|Dolna}."
    assert taken(text) == [(None, (0.5, 0.5), "../2017-05-02"), (None, None, "../2017-05-06")]


@pytest.mark.parametrize(
    ("text", "besieger"),
    [
        ("{A|The rebels} tried to lift the siege of {P|Dolna}.", None),
        ("An attack by {A|the rebels} aimed at lifting the siege of {P|Dolna} was beaten off.", None),
        ("{A|The rebels} came within two km of lifting the siege of {P|Dolna}.", None),
        ("{A|The rebels}, who hoped to end the siege of {P|Dolna}, pushed on.", None),
        ("{A|The rebels} were unable to lift the blockade of {P|Dolna}.", None),
        ("The envoy called on {A|the rebels} to lift the siege of {P|Dolna}.", "other:alpha"),
        ("{A|The rebels} refused to lift the siege of {P|Dolna}.", "other:alpha"),
        ("{A|The rebels} promised to end the siege of {P|Dolna}.", "other:alpha"),
    ],
)
def test_who_fights_to_lift_a_siege_did_not_lay_it(text: str, besieger: str | None) -> None:
    assert [c.actor for c in read(text, published=DAY) if c.kind is Kind.BESIEGES] == [besieger]


@pytest.mark.parametrize(
    ("title", "text", "day"),
    [
        (
            "Battle of Dolna (2022)",
            (
                "{P|Dolna} was freed by {C|the rebels} on 11 November 2022.\n\n"
                "On 24 February guns were heard. On 2 March {A|the army} captured {P|Gora}."
            ),
            "2022-03-02",
        ),
        (
            "Battle of Dolna (2022)",
            (
                "{C|The rebels} retook {P|Dolna} on 10 September 2022.\n\n"
                "It was shelled from 28 February 2022 on. On 6 March {A|the army} captured {P|Gora}."
            ),
            "2022-03-06",
        ),
        (
            "Siege of Dolna",
            (
                "The siege of {P|Dolna} was laid on 13 September 2014. {C|The rebels} broke it on 26 January 2015.\n\n"
                "On 16 September {A|the army} captured {P|Gora}."
            ),
            "2014-09-16",
        ),
        (
            "Battle of Dolna (2022)",
            "The battle was over by 11 November 2022. In February {A|the army} captured {P|Gora}.",
            "2023-02",
        ),
    ],
)
def test_behind_a_lead_that_has_told_the_end_a_history_begins_anew(title: str, text: str, day: str) -> None:
    (claim,) = (c for c in read(text, title=title) if c.place.text == "Gora")
    assert claim.valid_time == day


def test_a_town_is_taken_again_from_who_is_told_to_have_held_it_meanwhile() -> None:
    text = (
        "In March 2013 {A|the rebels} took {P|Dolna}. By November 2013 {C|the army} was in full control of {P|Dolna}. "
        "By 6 January 2014 {A|the rebels} had captured {P|Dolna}."
    )
    assert [day for _, _, day in taken(text)] == ["2013-03", "../2014-01-06"]
