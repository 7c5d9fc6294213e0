"""Vectors made once for each word, and in blocks of sentences, are those that spaCy makes for each token."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.claims.parsing import embedding
from tracker.claims.parsing.embedding import embed_once
from tracker.claims.parsing.encoding import encode_in_cache
from tracker.claims.parsing.model_loader import model_name


@pytest.fixture(scope="module")
def pipelines() -> tuple[Any, Any]:
    name = model_name()
    if name is None:
        pytest.skip("no English model is installed")
    import spacy  # noqa: PLC0415

    plain, thrifty = (spacy.load(name, exclude=["ner", "lemmatizer"]) for _ in range(2))
    embed_once(thrifty)
    encode_in_cache(thrifty)
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


def test_words_beyond_those_that_are_kept_have_the_same_vectors(
    pipelines: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, thrifty = pipelines
    monkeypatch.setattr(embedding, "_MOST", 6)
    for text in ["The army took the town.", "A convoy of nine trucks left for the eastern front.", "The army left."]:
        assert thrifty(text).tensor == pytest.approx(plain(text).tensor, abs=1e-4)


def test_many_sentences_are_put_into_their_context_as_each_would_be_alone(pipelines: tuple[Any, Any]) -> None:
    plain, thrifty = pipelines
    texts = ["The army took the town on Monday and lost it again. " * count for count in range(1, 12)]
    for one, other in zip(plain.pipe(texts), thrifty.pipe(texts), strict=True):
        assert one.tensor == pytest.approx(other.tensor, abs=1e-4)


def test_an_encoder_of_another_build_is_left_alone() -> None:
    name = model_name()
    if name is None:
        pytest.skip("no English model is installed")
    import spacy  # noqa: PLC0415

    nlp = spacy.load(name, exclude=["ner", "lemmatizer"])
    encoder = nlp.get_pipe("tok2vec").model.layers[1]
    next(part for part in encoder.walk() if part.name == "expand_window").attrs["window_size"] = 2
    encode_in_cache(nlp)
    assert nlp.get_pipe("tok2vec").model.layers[1] is encoder
