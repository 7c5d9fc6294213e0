"""The straight way through a pipeline says what its parts say in turn, and is left where the parts are others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from constructions import rows
from stand_ins import MARK

from tracker.claims.parsing.model_loader import load_model, model_name
from tracker.claims.parsing.multiplying import on_one_thread
from tracker.claims.parsing.straight import Words, in_turn, straight_way

SENTENCES: list[Words] = [[(word, True) for word in MARK.sub(r"\2", row.marked).split()] for row in rows()]


@pytest.fixture(scope="module")
def nlp() -> Any:
    model = load_model()
    if model is None or straight_way(model) is None:
        pytest.skip("no English model with a straight way through is installed")
    return model


@pytest.mark.parametrize("together", [1, 9, len(SENTENCES)])
def test_the_straight_way_says_what_the_parts_say_in_turn(nlp: Any, together: int) -> None:
    way = straight_way(nlp)
    assert way is not None
    for start in range(0, min(len(SENTENCES), 40 * together), together):
        some = SENTENCES[start : start + together]
        with on_one_thread():
            assert way.rows(some) == in_turn(nlp, some)


@pytest.mark.parametrize("sentences", [[], [[]], [[], [("Rebels", True), ("fled", False)], []]])
def test_sentences_without_words_get_no_rows(nlp: Any, sentences: list[Words]) -> None:
    way = straight_way(nlp)
    assert way is not None
    found = way.rows(sentences)
    assert [len(row.steps) for row in found] == [len(words) for words in sentences]
    assert found == in_turn(nlp, sentences)


def test_a_pipeline_with_other_parts_is_gone_through_in_turn() -> None:
    name = model_name()
    if name is None:
        pytest.skip("no English model is installed")
    import spacy  # noqa: PLC0415

    assert straight_way(spacy.load(name, exclude=["ner", "lemmatizer"])) is None
    assert straight_way(spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])) is None
