"""Whether a sentence says that it is so: a table of sentences that are not, and of near-twins that are."""

from __future__ import annotations

import datetime as dt
import re
import sys
import tomllib
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2026, 1, 5)
TABLE = tomllib.loads(Path(__file__).with_name("standing_en.toml").read_text(encoding="utf-8"))
BACKENDS = {"dependency": "auto", "window": "window"}


def place_of(sentence: str) -> str:
    """The last place marked is the one that a sentence is judged by."""
    return re.findall(r"\{P\|([^}]*)\}", sentence)[-1]


def rows() -> list:
    found = []
    for backend in BACKENDS:
        beyond = TABLE["beyond"][backend]
        for wanted in ("unreal", "real", "hedged"):
            for sentence in TABLE[wanted]:
                miss = any(words in sentence for words in beyond)
                marks = [pytest.mark.xfail(reason="beyond this back end", strict=True)] if miss else []
                found.append(pytest.param(sentence, wanted, backend, marks=marks))
    return found


def as_wanted(sentence: str, wanted: str, backend: str) -> bool:
    said = {claim.modality for claim in claims_of(sentence, backend)}
    if wanted == "unreal":
        return said <= {Modality.UNREAL}
    if wanted == "hedged":
        return Modality.HEDGED in said and Modality.ASSERTED not in said
    return Modality.ASSERTED in said


def claims_of(sentence: str, backend: str) -> list[Claim]:
    claims = read(sentence, backend=BACKENDS[backend], published=DAY)
    return [c for c in claims if c.place.text == place_of(sentence) and c.kind is not Kind.APPROACHES]


@pytest.mark.parametrize(("sentence", "wanted", "backend"), rows())
def test_a_sentence_stands_as_a_careful_reader_takes_it(sentence: str, wanted: str, backend: str) -> None:
    if backend == "dependency" and load_model() is None:
        pytest.skip("no English model is installed")
    assert as_wanted(sentence, wanted, backend)


def test_who_no_longer_holds_a_place_has_lost_it() -> None:
    if load_model() is None:
        pytest.skip("no English model is installed")
    (claim,) = read("{A|The government} no longer controls {P|Bamako}.", published=DAY)
    assert (claim.kind, claim.modality, claim.valid_time) == (Kind.LOSES, Modality.ASSERTED, "../2026-01-05")


@pytest.mark.skipif(load_model() is None, reason="no English model is installed")
@pytest.mark.parametrize(
    "text",
    [
        "{C|The army} was within a day of capturing {P|Dolna}, the last town in {A|the rebels}' hands.",
        "{C|The army} failed to capture {P|Dolna}, a town still under the control of {A|the rebels}.",
        "If {C|the army} takes {P|Dolna}, a town in the hands of {A|the rebels}, the war will be over.",
    ],
)
def test_what_describes_a_place_is_so_though_what_happens_to_it_is_not(text: str) -> None:
    claims = {claim.kind: claim.modality for claim in read(text, published=DAY)}
    assert claims == {Kind.GAINS: Modality.UNREAL, Kind.HOLDS: Modality.ASSERTED}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} is retaking {P|Dolna}.",
        "{A|The army} continued to clear {P|Dolna}.",
        "{A|The army} made progress in recapturing {P|Dolna}.",
        "{A|The army} is encircling {P|Dolna}.",
        "{A|The army} has begun to retake {P|Dolna}.",
    ],
)
def test_what_is_under_way_is_not_done(text: str) -> None:
    assert {claim.modality for claim in read(text, published=DAY)} <= {Modality.UNREAL}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} began to besiege {P|Dolna} in May.",
        "{A|The army} was besieging {P|Dolna} in May.",
        "{A|The army} cut the road by capturing {P|Dolna}.",
        "{A|The army} made progress and recaptured {P|Dolna}.",
    ],
)
def test_what_lasts_or_was_done_is_so(text: str) -> None:
    assert Modality.ASSERTED in {claim.modality for claim in read(text, published=DAY)}


def test_what_would_be_done_next_is_not_done() -> None:
    text = (
        "{A|The army} announced the start of the operation, after which its troops would move along the river, "
        "capture {P|Dolna} and cut the road."
    )
    assert {claim.modality for claim in read(text, published=DAY)} <= {Modality.UNREAL}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} will rest once {P|Dolna} is retaken.",
        "People will return when {P|Dolna} is freed by {A|the army}.",
        "It is vital that {P|Dolna} is retaken by {A|the army}.",
        "The recapture of {P|Dolna} by {A|the army} is within reach.",
        "Work continues on the liberation of {P|Dolna} by {A|the army}.",
        "{A|The army} is committed to the liberation of {P|Dolna}.",
        "Progress towards the recapture of {P|Dolna} by {A|the army} has been slow.",
    ],
)
def test_what_is_waited_for_is_not_so(text: str) -> None:
    assert {claim.modality for claim in read(text, published=DAY)} <= {Modality.UNREAL}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} rested when {P|Dolna} was retaken.",
        "{P|Dolna} is retaken by {A|the army}.",
        "{A|The army} said that {P|Dolna} is fully retaken.",
        "The recapture of {P|Dolna} by {A|the army} was welcomed.",
    ],
)
def test_what_came_about_is_so(text: str) -> None:
    assert Modality.ASSERTED in {claim.modality for claim in read(text, published=DAY)}


@pytest.mark.parametrize(
    "text",
    [
        # what is under way, put off or depends on something
        "The recapture of {P|Dolna} by {A|the army} has begun.",
        "The recapture of {P|Dolna} by {A|the army} is under way.",
        "The recapture of {P|Dolna} by {A|the army} has been delayed.",
        "The recapture of {P|Dolna} by {A|the army} depends on the weather.",
        "The recapture of {P|Dolna} by {A|the army} was ruled out.",
        "The recapture of {P|Dolna} by {A|the army} is months away.",
        "The fall of {P|Dolna} to {A|the army} is not far off.",
        "{A|The army} launched the recapture of {P|Dolna} on Sunday.",
        "{P|Dolna} is being retaken by {A|the army} street by street.",
        "{A|The rebels} taking {P|Dolna} came under fire.",
        # who helps others to do it
        "{C|The allies} are helping {A|the army} to retake {P|Dolna}.",
        "{C|The allies} are assisting {A|the army} in retaking {P|Dolna}.",
        "{C|The allies} continue to help {A|the army} retake {P|Dolna}.",
        # what is made ready for it
        "{A|The army} massed its guns for the capture of {P|Dolna}.",
        "{A|The army} has been tasked with the capture of {P|Dolna}.",
        "{A|The army} turned its attention to capturing {P|Dolna}.",
        "{A|The army} spoke of capturing {P|Dolna} within a week.",
        "{A|The army} shelled the hills with a view to the capture of {P|Dolna}.",
        "{A|The army} moved one step closer to the capture of {P|Dolna}.",
        "Shells fell to pave the way for the capture of {P|Dolna} by {A|the army}.",
        # before it, and after it in what is to come
        "{A|The army} gathers its guns ahead of the capture of {P|Dolna}.",
        "{A|The army} must bridge the river before taking {P|Dolna}.",
        "{A|The army} needs bridges before it takes {P|Dolna}.",
        "People will return to {P|Dolna} after its liberation by {A|the army}.",
        "{A|The army} said that the war would end when {P|Dolna} was liberated.",
        "{A|The army} will stay until {P|Dolna} is free of {C|the rebels}.",
        # how it would end
        "The war will end with the capture of {P|Dolna} by {A|the army}.",
        "The campaign was to culminate in the capture of {P|Dolna} by {A|the army}.",
        # gaps, moods and other governors
        "{P|Dolna} could be cut off and then captured by {A|the army}.",
        "{A|The army} would go on to {P|Dolna}, capture it and turn east.",
        "The treaty stipulated that {P|Dolna} be handed over to {A|the army}.",
        "Talks over the handover of {P|Dolna} to {A|the army} continue.",
        "The plan was that {A|the army} captures {P|Dolna}.",
        "The plan included the capture of {P|Dolna} by {A|the army}.",
        "In the event of the capture of {P|Dolna} by {A|the army}, the dam will be blown up.",
        "At no time did {A|the army} capture {P|Dolna}.",
        "Nowhere has {A|the army} captured a town, not even {P|Dolna}.",
        "{P|Dolna}, still to be captured by {A|the army}, was shelled.",
        "{C|The rebels} opposed {A|the army} capturing {P|Dolna}.",
        "{C|The rebels} would not let {P|Dolna} fall to {A|the army}.",
        "Rather than capture {P|Dolna}, {A|the army} turned north.",
        "{A|The army} had no success in capturing {P|Dolna}.",
        "{P|Dolna} will be used by {A|the army} as a base.",
        "{A|The rebels} hoped to drive a wedge between the two towns and capture {P|Dolna}.",
        "The march on {P|Dolna}, in which {A|the army} would later take part, failed.",
    ],
)
def test_what_only_looks_like_control_is_not_so(text: str) -> None:
    assert {claim.modality for claim in read(text, published=DAY)} <= {Modality.UNREAL}


@pytest.mark.parametrize(
    "text",
    [
        "{C|The allies} helped {A|the army} to retake {P|Dolna}.",
        "Shells fell on the hills, helping {A|the army} to retake {P|Dolna}.",
        "The recapture of {P|Dolna} by {A|the army} began in May and was completed in June.",
        "The recapture of {P|Dolna} by {A|the army} on Sunday will change the war.",
        "{A|The army} paid a high price for the capture of {P|Dolna}.",
        "{C|The king} commended {A|the army} for the capture of {P|Dolna}.",
        "{C|The king} congratulated {A|the army} for capturing {P|Dolna}.",
        "Before the capture of {P|Dolna} by {A|the army}, the bridge was blown up.",
        "Ahead of the fall of {P|Dolna} to {A|the army} in May 2025, the bridge was blown up.",
        "After the capture of {P|Dolna}, {A|the army} will turn north.",
        "{P|Dolna} will be rebuilt after its capture by {A|the army} on Sunday.",
        "The war ended with the capture of {P|Dolna} by {A|the army}.",
        "{P|Dolna} was cut off and then captured by {A|the army}.",
        "{A|The army} would go on to capture {P|Dolna}.",
        "{P|Dolna} did not fall to {A|the army} before October.",
        "{A|The army} let {P|Dolna} fall to {C|the rebels}.",
        "The plan worked, and {A|the army} captured {P|Dolna}.",
        "At no small cost {A|the army} captured {P|Dolna}.",
        "{A|The army} took parts of {P|Dolna}.",
    ],
)
def test_what_came_about_in_the_same_dress_is_so(text: str) -> None:
    assert Modality.ASSERTED in {claim.modality for claim in read(text, published=DAY)}


@pytest.mark.parametrize(
    "denial",
    [
        "{C|The rebels} denied this.",
        "A spokesman for {C|the rebels} dismissed the claim.",
        "{C|The rebels} rejected the report, saying their men were in the town.",
        "The claim was denied by {C|the rebels}.",
    ],
)
def test_what_others_deny_is_hedged(denial: str) -> None:
    text = "{A|The army} said on Sunday that it had captured {P|Dolna}. " + denial
    assert {claim.modality for claim in read(text, published=DAY) if claim.kind is Kind.GAINS} == {Modality.HEDGED}


@pytest.mark.parametrize(
    "behind",
    [
        "Nobody denied it.",
        "{C|The rebels} did not deny this.",
        "{C|The rebels} denied that they had fled.",
        "{C|The rebels} denied having fled.",
    ],
)
def test_what_nobody_denies_stays_asserted(behind: str) -> None:
    text = "{A|The army} said on Sunday that it had captured {P|Dolna}. " + behind
    assert {claim.modality for claim in read(text, published=DAY) if claim.kind is Kind.GAINS} == {Modality.ASSERTED}


def test_what_others_deny_in_the_same_sentence_is_hedged() -> None:
    text = "{A|The army} said that it had captured {P|Dolna}, which {C|the rebels} denied."
    assert {claim.modality for claim in read(text, published=DAY) if claim.kind is Kind.GAINS} == {Modality.HEDGED}


@pytest.mark.parametrize(
    "text",
    [
        "Taking {P|Dolna} is a condition of victory, {A|the army} said.",
        "The capture of {P|Dolna} by {A|the army} was to be brought about by a thrust along the coast.",
        "{C|The rebels} would have gone and left {P|Dolna} to {A|the army}.",
        "{C|The king} had no answer to questions about the recapture of {P|Dolna} by {A|the army}.",
        "The raids had been meant as steps before the capture of {P|Dolna} by {A|the army}.",
        "{A|The army} said that it had taken {P|Dolna}, a report that reporters there found to be false.",
    ],
)
def test_what_is_a_condition_or_turns_out_false_is_not_so(text: str) -> None:
    assert {claim.modality for claim in read(text, published=DAY)} <= {Modality.UNREAL}


@pytest.mark.parametrize(
    "text",
    [
        "{C|The king} congratulated {A|the army} on retaking {P|Dolna}.",
        "Taking {P|Dolna} was a success for {A|the army}.",
        "{A|The army} said that it would leave {P|Dolna}, a day after capturing it.",
        "{C|The rebels} would have stayed but left {P|Dolna} to {A|the army}.",
        "The report says that {A|the army} has captured {P|Dolna}.",
    ],
)
def test_what_is_told_beside_what_is_to_come_is_so(text: str) -> None:
    assert Modality.ASSERTED in {claim.modality for claim in read(text, published=DAY)}


@pytest.mark.parametrize(
    "text",
    [
        "Unconfirmed reports say that {A|the army} has captured {P|Dolna}.",
        "{P|Dolna} had fallen to {A|the army}, rumours said.",
        "If reports are to be believed, {P|Dolna} has fallen to {A|the army}.",
        "{P|Dolna}, it seems, has fallen to {A|the army}.",
        "{A|The army} boasted of having captured {P|Dolna}.",
        "{A|The army}'s claim to have captured {P|Dolna} was met with doubt.",
    ],
)
def test_what_people_tell_each_other_is_hedged(text: str) -> None:
    assert {claim.modality for claim in read(text, published=DAY)} == {Modality.HEDGED}


@pytest.mark.parametrize(
    "text",
    [
        "{C|The allies} support the liberation of {P|Dolna} by {A|the army}.",
        "{C|The allies} are supporting {A|the army} in the liberation of {P|Dolna}.",
        "{A|The army} has made gains in recapturing {P|Dolna}.",
        "{A|The army} is in the middle of recapturing {P|Dolna}.",
        "The recapture of {P|Dolna} by {A|the army} is in its final phase.",
        "The recapture of {P|Dolna} by {A|the army} is nearing its end.",
        "The recapture of {P|Dolna} has to be done by {A|the army} alone.",
        "There will be no peace without the recapture of {P|Dolna} by {A|the army}.",
    ],
)
def test_what_others_support_or_is_in_its_last_phase_is_not_done(text: str) -> None:
    assert {claim.modality for claim in read(text, published=DAY)} <= {Modality.UNREAL}


def test_what_others_supported_is_done() -> None:
    text = "{C|The allies} supported the liberation of {P|Dolna} by {A|the army} in May."
    assert Modality.ASSERTED in {claim.modality for claim in read(text, published=DAY)}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} tried to encircle the militants, cut them off and so win {P|Dolna}.",
        "{C|The king} said that {P|Dolna} had to be taken by {A|the army}.",
        "{C|The allies} would support {A|the army} in the capture of {P|Dolna}.",
        "{C|The king} rejected their participation in the capture of {P|Dolna} by {A|the army}.",
        "{A|The army} set no date for the capture of {P|Dolna}.",
        "The job of capturing {P|Dolna} fell to {A|the army}.",
        "{C|The king} warned against letting {A|the army} capture {P|Dolna}.",
    ],
)
def test_what_is_to_be_done_or_supported_is_not_so(text: str) -> None:
    assert {claim.modality for claim in read(text, published=DAY)} <= {Modality.UNREAL}


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} had to take {P|Dolna} twice.",
        "{C|The king} welcomed their participation in the capture of {P|Dolna} by {A|the army}.",
        "Taking {P|Dolna} is a breakthrough for {A|the army}.",
    ],
)
def test_what_was_done_and_is_spoken_of_is_so(text: str) -> None:
    assert Modality.ASSERTED in {claim.modality for claim in read(text, published=DAY)}
