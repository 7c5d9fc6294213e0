"""Vectors made once for each word are those that are made for each token."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.claims.parsing.embedding import embed_once
from tracker.claims.parsing.model_loader import model_name


@pytest.fixture(scope="module")
def pipelines() -> tuple[Any, Any]:
    name = model_name()
    if name is None:
        pytest.skip("no English model is installed")
    import spacy  # noqa: PLC0415

    plain, thrifty = (spacy.load(name, exclude=["ner", "lemmatizer"]) for _ in range(2))
    embed_once(thrifty)
    return plain, thrifty


def test_a_word_that_comes_again_has_the_vector_that_its_token_would_have(pipelines: tuple[Any, Any]) -> None:
    texts = ["The army took the town. The town fell.", "The town", "the army, the town", ""]
    plain, thrifty = (list(nlp.pipe(texts)) for nlp in pipelines)
    for one, other in zip(plain, thrifty, strict=True):
        assert one.tensor == pytest.approx(other.tensor, abs=1e-4)
        assert [(t.tag_, t.dep_, t.head.i) for t in one] == [(t.tag_, t.dep_, t.head.i) for t in other]


def test_no_words_have_no_vectors(pipelines: tuple[Any, Any]) -> None:
    _, thrifty = pipelines
    assert len(thrifty("")) == 0
