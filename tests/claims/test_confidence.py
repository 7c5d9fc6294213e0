"""Belief in a claim falls with every doubt, and never leaves its range."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims.confidence import FACTORS, belief_of
from tracker.claims.parsing.model_loader import load_model

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DOUBTS = sorted(set(FACTORS) - {"trust"})


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
