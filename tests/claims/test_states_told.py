"""How places are told to stand: whose seat a town is, fought for between whom, cut off by whom."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import SIDES, read

DAY = dt.date(2026, 1, 5)
A, C = SIDES["A"], SIDES["C"]
pytestmark = pytest.mark.skipif(load_model() is None, reason="needs the parser")

HELD = """
The convoy left {P|Dolna}, {A|the rebels}' political hub, on Friday.
{C|The army} bombed the {A|rebel} hub of {P|Dolna}.
{A|The rebels}' prize city, {P|Dolna}, was bombed by {C|the army}.
Jets struck {P|Dolna}, the seat of {A|the rebels}' leadership.
{C|The army} is advancing on {P|Dolna}, {A|the rebels}' last centre of resistance.
The road links {A|the rebels}' main towns: {P|Dolna} in the north and {P|Gora} in the west.
{P|Dolna} and {P|Gora}, the largest towns in {A|the Free Zone}, were bombed.
Jets struck {P|Dolna}, the last town that {A|the rebels} have left in the province.
Jets struck {P|Dolna}, the last town {A|the rebels} have in the east.
Jets struck {P|Dolna}, the last town remaining to {A|the rebels}.
{C|The army} attacked {P|Dolna}, a bastion of support for {A|the rebels}.
Planes bombed one of the main strongholds of {A|the rebels}, the border town of {P|Dolna}.
{P|Dolna}, about 70 km north of the provincial capital {P|Gora} has been under {A|the rebels} since 2024. ~ Gora
The battle ended with {A|the rebels} firmly in control of {P|Dolna}.
The fall of the hill marked the dominance of {A|the army} at {P|Dolna}.
{P|Dolna}, one of the biggest towns held by {A|the rebels}, was bombed.
{A|The rebels} continue to occupy {P|Dolna}.
He spoke of {P|Dolna} to the north, which remains under {A|the rebels}' control.
{C|The army} pushed into new areas of {P|Dolna} district, previously held by {A|the rebels}.
{P|Dolna} is a rail hub that forms a {A|rebel}-held salient in {P|Gora} province. ~ Gora
Fighting intensified in {P|Dolna}, the last town of the district in {A|rebel} hands.
{C|The army} shelled the towns of {P|Dolna} and {P|Gora} still under {A|rebel} control.
Planes bombed {P|Dolna} and {P|Gora}, both still in the hands of {A|the rebels}.
{C|The army} has been shelling {P|Dolna} and {P|Gora}, all now in {A|rebel} hands.
There are still some quarters of {P|Dolna} under the control of {A|the rebels}.
There is now only a small area of {P|Dolna} in {A|rebel} hands.
{A|The rebels} control 70% of {P|Dolna}, and some 90% of the neighbouring {P|Gora}.
The split leaves {A|the rebels} in control of {P|Dolna} and much of {P|Gora} to the south.
"""
NOT_HELD = """
{O|The rebels} attacked {P|Dolna}, which is the capital of the Dolna District.
{P|Dolna} ("the fortress of Morla") is a small town, and {O|the rebels} shelled it.
{O|The rebels} shelled the city centre of {P|Dolna}.
{O|The rebels}' home town, {P|Dolna}, was shelled.
The town council of {P|Dolna} called on {O|the rebels} to leave.
The commercial hub of {P|Dolna} was shelled by {O|the rebels}.
{P|Dolna} is the last town that {O|the rebels} have spared.
{P|Dolna} is a garrison town, {O|the rebels} said.
There is no part of {P|Dolna} under {O|rebel} control.
There are 200 {O|rebels} in {P|Dolna}.
"""


def places(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{P|")[1:]}


def kinds(text: str, kind: Kind) -> list[Claim]:
    found = read(text, published=DAY)
    return [claim for claim in found if claim.kind is kind and claim.modality is Modality.ASSERTED]


@pytest.mark.parametrize("line", HELD.strip().splitlines())
def test_a_town_that_is_called_a_sides_own_is_held_by_it(line: str) -> None:
    text, _, other = line.partition(" ~ ")
    found = {(claim.actor, claim.place.text) for claim in kinds(text, Kind.HOLDS)}
    assert found == {(A, place) for place in places(text) - {other}}


@pytest.mark.parametrize("text", NOT_HELD.strip().splitlines())
def test_a_town_of_a_sort_is_nobodys(text: str) -> None:
    assert kinds(text, Kind.HOLDS) == []


@pytest.mark.parametrize(
    "text",
    [
        "Street battles raged in {P|Dolna} between {A|the rebels} and {C|the army}.",
        "Clashes between {A|the rebels} and {C|the army} resumed on Wednesday in {P|Dolna} and {P|Gora}.",
        "Clashes resumed on Wednesday between {A|the rebels} and {C|the army} in {P|Dolna}.",
        "Fighting erupted on Monday in the town of {P|Dolna} between {A|the rebels} and {C|the army}.",
        "Fighting broke out on the outskirts of {P|Dolna} between {A|the rebels} and {C|the army}.",
        "{P|Dolna} saw fierce battles between {A|the rebels} and {C|the army} in May.",
        "{A|The rebels} fought {C|the army} for control of key points in {P|Dolna}.",
        "{A|The rebels} and their allies fought {C|the army} for control of key hills in {P|Dolna}.",
        "{A|The rebels} clashed with {C|the army} and the police in {P|Dolna} before fleeing.",
    ],
)
def test_a_fight_between_two_is_the_first_ones_against_the_other(text: str) -> None:
    found = {(claim.actor, claim.counter_actor, claim.place.text) for claim in kinds(text, Kind.CONTESTS)}
    assert found == {(A, C, place) for place in places(text)}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("{O|The rebels} are tired; fighting continued in and around {P|Dolna}.", None),
        ("A counter-attack by {A|the rebels} pushed the fighting into {P|Dolna}.", A),
        ("{A|The rebels} and {C|the army} are vying for control of {P|Dolna}.", A),
        ("A battle for control of {P|Dolna} took place in March; {A|the rebels} tried to capture {P|Dolna}.", A),
        ("{A|The rebels} entered {P|Dolna} in May. Fighting inside {P|Dolna} is costly.", A),
        ("{A|The rebels} tried to capture {P|Dolna} on Monday. Fighting went on in {P|Dolna} on Tuesday.", A),
    ],
)
def test_a_fight_is_told_by_what_it_is_for_and_who_attacks(text: str, side: str | None) -> None:
    assert {(claim.actor, claim.place.text) for claim in kinds(text, Kind.CONTESTS)} == {(side, "Dolna")}


@pytest.mark.parametrize(
    "text",
    [
        "Clashes between {O|police} and protesters erupted in {P|Dolna}.",
        "{O|The army} is tired; heavy fighting went on in {P|Dolna} province.",
        "The battle ended with {O|the rebels} in control of {P|Dolna}.",
        "The siege of {P|Dolna} was a battle between {O|the rebels} and {C|the army}.",
        "{P|Dolna} is divided into three wards; {O|the rebels} left it in May.",
    ],
)
def test_unrest_a_fight_in_a_land_and_one_that_was_a_siege_contest_no_town(text: str) -> None:
    assert kinds(text, Kind.CONTESTS) == []


@pytest.mark.parametrize(
    "text",
    [
        "{A|The rebels} shelled {P|Dolna} and cut all roads leading to it.",
        "{A|The rebels} attacked {P|Dolna}, shelling the town and blocking all supply routes.",
        "{A|The rebels} have cut off all access to {P|Dolna}.",
        "{A|The rebels} block all movement in and out of {P|Dolna}.",
        "It was a siege of {P|Dolna} carried out by {A|the rebels}.",
        "{P|Dolna} is subject to a siege by {A|the rebels}.",
        "{P|Dolna} was subjected to a blockade imposed by {A|the rebels}.",
        "{P|Dolna} had been under a siege imposed by {A|the rebels}.",
        "{P|Dolna} emerged from a siege of four months by {A|the rebels}.",
        "{P|Dolna} was one of three towns, along with {P|Gora}, besieged by {A|the rebels}.",
        "Some 200 soldiers were encircled by {A|the rebels} inside the centre of {P|Dolna}.",
        "Aid teams were kept from entering the towns of {P|Dolna} and {P|Gora} besieged by {A|the rebels}.",
        "During the {A|rebel} siege {P|Dolna} went hungry.",
        "The bombing of {P|Dolna} during the blockade by {A|the rebels} killed a hundred.",
        "The siege of {P|Dolna} was a battle between {A|the rebels} and {C|the army}.",
    ],
)
def test_a_siege_is_told_by_roads_that_are_cut_and_in_passing(text: str) -> None:
    found = {(claim.actor, claim.place.text) for claim in kinds(text, Kind.BESIEGES)}
    assert found == {(A, place) for place in places(text)}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The rebels} are near; two journalists who were trapped in {P|Dolna} have left.",
        "{A|The rebels} shelled {P|Dolna} and blocked a road.",
        "{A|The rebels} came home; they emerged from the siege of {P|Gora} with few losses in {P|Dolna}.",
    ],
)
def test_visitors_and_one_road_make_no_siege_of_a_town(text: str) -> None:
    assert {claim.place.text for claim in kinds(text, Kind.BESIEGES)} <= {"Gora"}


def test_a_siege_of_a_districts_centre_is_one_of_the_district() -> None:
    text = "{A|The rebels} took the district of {P|Dolna} when they had laid siege to the district centre for a week."
    assert {(claim.actor, claim.place.text) for claim in kinds(text, Kind.BESIEGES)} == {(A, "Dolna")}


def test_a_name_before_a_seat_is_not_that_seat() -> None:
    text = "After taking {P|Gora}, the capital of {C|the rebels}, {P|Dolna}, was surrounded by {A|the army}."
    assert {(claim.actor, claim.place.text) for claim in kinds(text, Kind.HOLDS)} == {(C, "Dolna")}


@pytest.mark.parametrize("backend", ["auto", "window"])
@pytest.mark.parametrize(
    ("text", "besieger", "besieged"),
    [
        ("{A|The army} tried to lift the siege of {P|Dolna}. {C|The rebels} repelled it.", C, A),
        ("{A|The army} launched an offensive to break the siege of {P|Dolna}. {C|The rebels} repelled it.", C, A),
        ("{A|The army} failed to relieve the siege of {P|Dolna} by {C|the rebels}.", C, A),
        ("{A|The army} refused to lift the siege of {P|Dolna}. {C|The rebels} were angry.", A, None),
        ("The elders called on {A|the army} to lift the siege of {P|Dolna}. {C|The rebels} agreed.", A, None),
    ],
)
def test_who_wants_to_break_a_siege_by_force_has_not_laid_it(
    text: str, besieger: str, besieged: str | None, backend: str
) -> None:
    sieges = [claim for claim in read(text, backend=backend) if claim.kind is Kind.BESIEGES]
    assert [(claim.actor, claim.counter_actor) for claim in sieges] == [(besieger, besieged)]


def test_who_has_taken_half_of_a_town_may_encircle_the_others_in_it() -> None:
    text = "{A|The army} took the western half of {P|Dolna}. On 4 May {C|the rebels} were encircled in the town."
    sieges = [claim for claim in read(text) if claim.kind is Kind.BESIEGES]
    assert [(claim.actor, claim.counter_actor) for claim in sieges] == [(A, C)]
