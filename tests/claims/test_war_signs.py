"""Ordinary news is let pass by its words; what may speak of a war is read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import ActorIndex, may_claim
from tracker.claims.actors.arms import is_armed
from tracker.claims.actors.data import read_actor_data, read_words
from tracker.model import Report

sys.path.insert(0, str(Path(__file__).parent))
from constructions import SETTING, rows
from stand_ins import MARK

ACTORS = ActorIndex.load()
OTHER = "The council met again about the new school. "


def may(text: str, title: str | None = None) -> bool:
    return may_claim(Report(report_id="r", text=text, sha256="", title=title), ACTORS)


@pytest.mark.parametrize(
    "text",
    [
        "The army took Dolna. ",
        "Troops arrived. " + 3 * OTHER + "They took the town. ",
        "Troops arrived. " + 10 * OTHER + "They captured the town. ",
        20 * OTHER + "Dolna fell on Monday. ",
        20 * OTHER + "The Republicans captured Teruel. ",
        "The fighting goes on. Dolna was taken. ",
        "The Republicans took Teruel. ",
        20 * OTHER + "Heavy fighting goes on in Dolna. " + 20 * OTHER,
        20 * OTHER + "The gang seized Dolna. " + 20 * OTHER,
    ],
)
def test_a_text_with_a_sign_of_war_near_a_trigger_may_claim(text: str) -> None:
    assert may(text)


@pytest.mark.parametrize(
    "text",
    [
        "Troops came home. " + 8 * OTHER + "The mayor took the train to Dolna. ",
        10 * OTHER + "Republicans took the floor in Dolna. " + 10 * OTHER,
        10 * OTHER + "The vote was contested. " + OTHER + "They left the town. " + 10 * OTHER,
        "The government took control of the bank. The police left the town. ",
        10 * OTHER + "The gang made off and kept the cash. " + 10 * OTHER,
        10 * OTHER + "Crews were fighting the flood in Dolna. They held the town. " + 10 * OTHER,
        10 * OTHER + "A home invasion was reported. The men entered the town. " + 10 * OTHER,
        10 * OTHER + "The Division of Highways closed the road. They left the town. " + 10 * OTHER,
        10 * OTHER + "A slide forces the road to close. They took the town. " + 10 * OTHER,
    ],
)
def test_ordinary_news_may_not(text: str) -> None:
    assert not may(text)


def test_each_construction_of_a_claim_is_read() -> None:
    for row in rows():
        if row.kinds != ("none",):
            assert may(SETTING + MARK.sub(r"\2", row.marked)), row.marked


PHRASES = sorted({phrase for phrase, _ in read_actor_data().phrases})
WORDS = read_words()
BETWEEN = [*WORDS.heads, *WORDS.modifiers, *WORDS.bare, *sorted(WORDS.held), *sorted(WORDS.organisation_heads)]
LINKS = ["the", "of", "'s", "-", "backed by", "a", "Sultan", "for", ".", "80th", "is", "US", "anti-"]
PIECES = st.one_of(st.sampled_from(PHRASES), st.sampled_from(BETWEEN), st.sampled_from(LINKS))


@settings(max_examples=400)
@given(st.lists(st.tuples(PIECES, st.booleans()), max_size=8))
def test_a_look_at_its_words_never_denies_the_armed_side_that_a_text_names(pieces: list[tuple[str, bool]]) -> None:
    text = " ".join(piece.title() if capital else piece for piece, capital in pieces)
    if any(map(is_armed, ACTORS.find(text))):
        assert ACTORS.may_be_armed(text)
