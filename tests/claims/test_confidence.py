"""Belief in a claim falls with every doubt, and never leaves its range."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims.confidence import SIGNS, belief_of
from tracker.claims.parsing.model_loader import load_model

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DOUBTS = sorted(SIGNS)


@given(
    st.floats(0.01, 0.99),
    st.dictionaries(st.sampled_from(DOUBTS), st.integers(1, 6)),
    st.sampled_from(DOUBTS),
)
def test_a_further_doubt_never_raises_belief(prior, doubts, more) -> None:
    before = belief_of(prior, doubts)
    after = belief_of(prior, doubts | {more: doubts.get(more, 0) + 1})
    assert 0 < after <= before < 1


@pytest.mark.parametrize(
    ("surer", "doubtful"),
    [
        ("{A|The army} captured {P|Dolna}.", "{A|The army} reportedly captured {P|Dolna}."),
        ("{A|The army} captured {P|Dolna}.", "{P|Dolna} was recaptured."),
        ("{A|The army} captured {P|Dolna}.", "{A|The army} captured Zubri Hill."),
        ("{A|The army} captured {P|Dolna}.", "{A|The army} withdrew from {P|Dolna}."),
        (
            "{A|The army} reached {P|Dolna}. They captured it.",
            "{A|The army} reached {P|Dolna}. Rain fell. They captured it.",
        ),
    ],
)
def test_what_is_hedged_unsaid_or_far_back_is_believed_less(surer, doubtful) -> None:
    assert read(surer)[-1].confidence > read(doubtful)[-1].confidence


@pytest.mark.skipif(load_model() is None, reason="no parser to compare with")
def test_a_parsed_sentence_is_believed_more_than_a_window() -> None:
    text = "{A|The army} captured {P|Dolna}."
    assert read(text)[0].confidence > read(text, backend="window")[0].confidence


def test_a_side_that_is_inferred_is_believed_less_than_one_that_is_told_and_more_than_none() -> None:
    told = read("{A|The army} captured {P|Dolna}. {A|The army} then captured {P|Zubri}.")[-1]
    inferred = read("{A|The army} captured {P|Dolna}. {P|Zubri} was recaptured.")[-1]
    nobody = read("{P|Zubri} was recaptured.")[-1]
    assert told.actor == inferred.actor
    assert told.confidence > inferred.confidence > nobody.confidence


def test_the_town_that_an_entry_is_about_is_not_doubted_where_it_is_left_unsaid() -> None:
    text = "{A|The army} took {P|Dolna} in May 2013. {O|The rebels} marched into the town in June 2014."
    entry, story = read(text, title="Dolna (Gornland)")[-1], read(text)[-1]
    assert entry.place.text == story.place.text == "Dolna"
    assert entry.confidence > story.confidence
