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
