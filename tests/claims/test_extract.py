"""What a report says about control, end to end inside the room, on both back ends."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims.actors.index import ActorIndex
from tracker.claims.explain import explain_claims
from tracker.claims.extract import Located, extract
from tracker.claims.parsing.model_loader import load_model
from tracker.errors import UsageError
from tracker.model import Claim, Kind, Modality, Report

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import MarkedActors, NoPlaces, read, resolution_of, unmarked

BACKENDS = ["window"] + (["dependency"] if load_model() is not None else [])
PARSED = load_model() is not None
ACTORS = ActorIndex.load()


def told(claims: list[Claim]) -> set[tuple[str, str | None, str]]:
    return {(str(c.kind), c.actor, c.place.text) for c in claims if c.modality is not Modality.UNREAL}


@pytest.fixture(params=BACKENDS)
def backend(request) -> str:
    return request.param


def test_a_list_of_places_gives_one_claim_each(backend) -> None:
    claims = read("{A|The army} captured {P|Dolna}, {P|Gorna} and {P|Ravna} on Monday.", backend=backend)
    assert told(claims) == {("gains", "other:alpha", place) for place in ("Dolna", "Gorna", "Ravna")}


def test_a_back_reference_is_a_dated_claim_of_its_own(backend) -> None:
    text = "{P|Dolna}, which {C|the rebels} had captured in 2014, was retaken by {A|the army} in May 2016."
    claims = {(c.kind, c.actor): c.valid_time for c in read(text, backend=backend)}
    assert claims[Kind.GAINS, "other:alpha"] == "2016-05"
    assert claims[Kind.GAINS, "other:beta"] == "2014"


@pytest.mark.parametrize(
    "text",
    [
        "{A|The army} vowed to retake {P|Dolna}.",
        "{A|The army} is fighting a battle to retake {P|Dolna}.",
        "{A|The army} failed to capture {P|Dolna}.",
        "If {A|the army} captures {P|Dolna}, the road is open.",
        "{A|The army} will capture {P|Dolna} soon.",
        "{A|The rebels} denied that {C|the army} had captured {P|Dolna}.",
        "{A|The army} is on the verge of capturing {P|Dolna}.",
        "{A|The army} has not captured {P|Dolna}.",
        "{A|The army} launched an operation aimed at retaking {P|Dolna}.",
        "{A|The rebels} were ordered to withdraw from {P|Dolna}.",
    ],
)
def test_what_is_not_so_comes_out_marked_with_its_cue(text, backend) -> None:
    claims = read(text, backend=backend)
    assert told(claims) == set()
    if PARSED and backend == "dependency":
        assert claims
    assert all(c.cue for c in claims)


def test_what_succeeded_is_real_though_it_was_an_effort(backend) -> None:
    assert told(read("{A|The army} managed to capture {P|Dolna}.", backend=backend)) == {
        ("gains", "other:alpha", "Dolna")
    }


def test_a_claimed_capture_is_hedged_and_a_reported_one_attributed(backend) -> None:
    claimed = read("{A|The army} claimed to have captured {P|Dolna}.", backend=backend)
    assert [c.modality for c in claimed] == [Modality.HEDGED] or backend == "window"
    said = read("The monitor said that {A|the army} had captured {P|Dolna}.", backend=backend)
    assert [(c.modality, c.attributed_to) for c in said] == [(Modality.ASSERTED, "The monitor")]


def test_nearness_is_no_control(backend) -> None:
    text = "{A|The army} is heading towards {P|Dolna} and is now 15 kilometres away."
    claims = read(text, backend=backend)
    assert [(c.kind, c.distance_m) for c in claims] == [(Kind.APPROACHES, 15000.0)]


def test_a_share_and_a_part_are_read(backend) -> None:
    most = read("{A|The army} captured most of {P|Dolna}.", backend=backend)
    assert [(c.part, c.fraction) for c in most] == [(None, (0.5, 1.0))]
    part = read("{A|The army} captured the northern part of {P|Dolna}.", backend=backend)
    assert [(c.part, c.fraction) for c in part] == [("north", None)]
    percent = read("{A|The army} controls 80 percent of {P|Dolna}.", backend=backend)
    assert [c.fraction for c in percent] == [(0.8, 0.8)]


def test_the_present_holds_on_the_day_of_publication_and_the_perfect_came_before_it(backend) -> None:
    day = dt.date(2017, 9, 5)
    assert read("{A|The army} controls {P|Dolna}.", backend=backend, published=day)[0].valid_time == "2017-09-05"
    assert read("{A|The army} has lost {P|Dolna}.", backend=backend, published=day)[0].valid_time == "../2017-09-05"


def test_without_a_day_of_publication_nothing_is_guessed(backend) -> None:
    assert [c.valid_time for c in read("{A|The army} controls {P|Dolna}.", backend=backend)] == [None]


def test_the_same_claim_told_twice_is_one(backend) -> None:
    text = "{A|The army} captured {P|Dolna} on 5 May 2016. After the capture of {P|Dolna}, calm returned."
    claims = read(text, backend=backend)
    assert [(c.kind, c.actor, c.valid_time) for c in claims] == [(Kind.GAINS, "other:alpha", "2016-05-05")]


def test_the_holder_of_what_is_taken_is_the_loser_not_a_holder(backend) -> None:
    claims = read("{A|The army} captured {C|rebel}-held {P|Dolna}.", backend=backend)
    assert [(c.kind, c.actor, c.counter_actor) for c in claims] == [(Kind.GAINS, "other:alpha", "other:beta")]


def test_countries_and_unnamed_villages_make_no_claim(backend) -> None:
    report, _, mentions = unmarked("{A|The army} captured Ruritania and two villages near {P|Dolna}.")
    country = resolution_of("Ruritania", report.text.index("Ruritania"), "PCLI")
    assert extract(report, [country], NoPlaces(), actors=MarkedActors(mentions), backend=backend) == []


def test_a_place_that_no_gazetteer_knows_is_still_claimed(backend) -> None:
    report, _, mentions = unmarked("{A|The army} captured Zubri Hill on Monday.")
    claims = extract(report, [], NoPlaces(), actors=MarkedActors(mentions), backend=backend)
    assert [(c.place.text, c.place.place_id) for c in claims] == [("Zubri Hill", None)]


def test_a_guess_is_believed_less_than_plain_words() -> None:
    plain = read("{A|The army} captured {P|Dolna}.")[0]
    hedged = read("{A|The army} reportedly captured {P|Dolna}.")[0]
    windows = read("{A|The army} captured {P|Dolna}.", backend="window")[0]
    told_by_pronoun = read("{A|The army} reached {P|Dolna}. They captured the town.")[-1]
    assert plain.confidence > hedged.confidence
    assert plain.confidence > windows.confidence or not PARSED
    assert plain.confidence > told_by_pronoun.confidence


def test_explain_shows_frame_roles_and_cue_without_control_characters() -> None:
    report, places, mentions = unmarked("{A|The army} vowed to retake {P|Dolna}\x1b[31m.")
    shown = explain_claims(Located(report, places), NoPlaces(), actors=MarkedActors(mentions))
    assert "capture: gains on “retake”" in shown
    assert "unreal" in shown
    assert "\x1b" not in shown


def test_an_unknown_back_end_is_refused_with_the_choice() -> None:
    with pytest.raises(UsageError, match="auto, dependency, window"):
        read("{A|The army} captured {P|Dolna}.", backend="magic")


@pytest.mark.parametrize(
    "text",
    [
        "THE ARMY CAPTURED DOLNA AND TOOK CONTROL OF THE CITY",
        "the army captured dolna and then it took control of the town and then " * 300,
        "\x00\x07The army captured\x1b Dolna\u200f\u202e.",
        "Армия взяла город. The army captured Dolna. استعاد الجيش المدينة",
        "....!!!???\n\n\n...",
        "",
        "’s 's n't -held -held of of of",
    ],
)
def test_odd_texts_are_read_without_wrong_offsets(text, backend) -> None:
    at = text.find("Dolna")
    places = [resolution_of("Dolna", at)] if at >= 0 else []
    report = Report(report_id="odd", text=text, sha256="")
    for claim in extract(report, places, NoPlaces(), actors=ACTORS, backend=backend):
        assert text[claim.quote_start : claim.quote_end] == claim.quote
        assert text[claim.place.start : claim.place.end] == claim.place.text


JUMBLE = (
    "Dolna captured the army rebels town held by of in from was has IS siege broke , . “ ” control over to and which"
)
WORDS = st.sampled_from([*JUMBLE.split(), "\n"])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_any_jumble_gives_exact_spans_and_the_same_claims_twice(words) -> None:
    text = " ".join(words)
    places = []
    at = text.find("Dolna")
    while at >= 0:
        places.append(resolution_of("Dolna", at))
        at = text.find("Dolna", at + 1)
    report = Report(report_id="jumble", text=text, sha256="", published=dt.date(2020, 1, 1))
    first = extract(report, places, NoPlaces(), actors=ACTORS, backend="window")
    assert first == extract(report, places, NoPlaces(), actors=ACTORS, backend="window")
    for claim in first:
        assert text[claim.quote_start : claim.quote_end] == claim.quote
        assert text[claim.place.start : claim.place.end] == claim.place.text
        assert 0 < claim.confidence < 1
