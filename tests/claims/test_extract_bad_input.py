"""Texts that nobody wrote for reading: a result with exact spans, in time that grows with the text and no faster."""

from __future__ import annotations

import re
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import LONGEST_REPORT, ActorIndex, extract, may_claim
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim, Report
from tracker.pipeline import Stages

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import NoPlaces, resolution_of

ACTORS = ActorIndex.load()
BACKENDS = ["window"] + (["dependency"] if load_model() is not None else [])
OPENING = "The Syrian army captured Dolna. "
PIECES = {
    "the same sentence again and again": "The Syrian army captured Dolna from Islamic State. ",
    "no full stop": "the syrian army captured Dolna and then the rebels ",
    "capitals": "THE SYRIAN ARMY CAPTURED DOLNA AND TOOK CONTROL OF THE CITY ",
    "dates": "The army took Dolna on 5 May 2016, a day after 3 March 2015 and on Monday and ",
    "quotation marks": "\"'“ said the army “ ” captured ’s 's ",
    "hyphens": "army-held-army-held-",
    "names": "Army Brigade Division Front Liwa al-",
    "figures": "1,2.3:4-5/6 ",
    "surrogates and bidi marks": "The army\ud800 captured\x00 Dolna\u202e \u200f",
    "lines": "army\n\ncaptured\n",
    "blanks": "            \t ",
    "full stops": ". . ... ! ? ",
    "scripts": "Армия взяла город captured Dolna army استعاد الجيش المدينة ",
    "one word": "armycaptured",
    "a list": "Dolna, ",
    "conjunctions": "the army and the rebels and ",
    "prepositions": "of the army of ",
    "apostrophes": "a'b’",
    "accents": "e\u0301\u0301",
}


def claims_of(text: str, backend: str) -> list[Claim]:
    places = [resolution_of("Dolna", found.start()) for found in re.finditer("Dolna", text)]
    return extract(Report(report_id="x", text=text, sha256=""), places, NoPlaces(), actors=ACTORS, backend=backend)


def assert_exact(text: str, claims: list[Claim]) -> None:
    for claim in claims:
        assert text[claim.quote_start : claim.quote_end] == claim.quote
        assert text[claim.place.start : claim.place.end] == claim.place.text
        assert len(claim.quote) <= 1400


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", sorted(PIECES))
def test_strange_text_gives_exact_spans(name, backend) -> None:
    text = OPENING + PIECES[name] * (4000 // len(PIECES[name]))
    assert_exact(text, claims_of(text, backend))


@pytest.mark.parametrize("name", sorted(PIECES))
def test_four_times_the_text_takes_about_four_times_as_long(name) -> None:
    short, long = (OPENING + PIECES[name] * (size // len(PIECES[name])) for size in (8_000, 32_000))
    # The fastest of several, for a busy machine only ever adds; what is over in three tenths says nothing.
    # Quadratic time would be sixteen times.
    assert fastest_of(3, long) < max(0.3, 10 * fastest_of(3, short))


def fastest_of(times: int, text: str) -> float:
    """Return the least processor time, in seconds, that several readings of a text took."""
    seconds = []
    for _ in range(times):
        started = time.process_time()
        claims_of(text, "window")
        seconds.append(time.process_time() - started)
    return min(seconds)


def test_a_sentence_of_a_megabyte_is_read_in_stretches() -> None:
    text = OPENING + "So it was, " + "and the rebels went on " * 44_000
    assert len(text) > 1_000_000
    started = time.process_time()
    claims = claims_of(text, "window")
    assert_exact(text, claims)
    assert claims
    assert time.process_time() - started < 60


def test_a_report_longer_than_any_is_quarantined_and_the_next_one_read() -> None:
    stages = Stages(backend="window")
    giant = Report(report_id="giant", text="The army. " * (LONGEST_REPORT // 10 + 1), sha256="")
    after = Report(report_id="after", text="The Syrian army captured Palmyra on 2 March 2017.", sha256="")
    none, some = stages.extract_all([giant, after])
    assert none == []
    assert [claim.place.name for claim in some] == ["Palmyra"]
    (rejection,) = stages.rejected
    assert "report giant: not read" in str(rejection)


def test_memory_grows_with_the_text_and_no_faster() -> None:
    peaks = []
    for size in (12_000, 48_000):
        text = OPENING + PIECES["no full stop"] * (size // len(PIECES["no full stop"]))
        tracemalloc.start()
        claims_of(text, "window")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 8 * peaks[0]


@pytest.mark.skipif(load_model() is None, reason="no English model is installed")
@pytest.mark.parametrize(
    "text",
    [
        "We came for days to see our unit and the garrison of Dolna says, 'No, you can't hold it', a rebel said.",
        "Dolna fell to the army his troops it said.",
        "The rebels left Dolna. Dolna fell his troops it said",
    ],
)
def test_for_whom_a_speaker_speaks_is_asked_once(text: str) -> None:
    assert_exact(text, claims_of(text, "dependency"))


def test_a_report_off_the_topic_is_told_by_its_words() -> None:
    def may(text: str) -> bool:
        return may_claim(Report(report_id="x", text=text, sha256=""), ACTORS)

    assert not may("")
    assert not may("The council took control of the buses in Leeds.")
    assert not may("The Syrian army issued a statement about wheat prices.")
    assert may("The Syrian army took the town.")
    assert may("Darayya has been besieged since 2012.")
    assert may("Dolna fell on Monday.")


MARKS = st.text(
    st.one_of(
        st.sampled_from("\x00\u202e\u200f\ud800\n\t .,;'’“-–"), st.characters(), st.sampled_from("DolnaarmycapturedIS")
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(MARKS, st.sampled_from([" captured ", "Dolna", " the army ", " on Monday ", ". "])), max_size=25)
)
def test_whatever_stands_in_a_text_spans_are_exact(parts) -> None:
    text = OPENING + "".join(parts)
    assert_exact(text, claims_of(text, "window"))


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_group_that_stands_beside_what_stands_behind_it_is_asked_for_once(backend: str) -> None:
    held = (
        "Ali was held for a state jail charge of possession of a forbidden powder, penalty group one, under two grams."
    )
    text = OPENING + held
    report = Report(report_id="r", text=text, sha256="")
    places = [resolution_of("Dolna", text.index("Dolna"))]
    claims = extract(report, places, NoPlaces(), actors=ACTORS, backend=backend)
    assert [claim.place.text for claim in claims] == ["Dolna"]
