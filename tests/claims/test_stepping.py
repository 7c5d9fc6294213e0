"""A parser that takes all its sentences on at once makes the trees that it makes of one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from constructions import rows
from stand_ins import MARK

from tracker.claims.parsing.model_loader import load_model
from tracker.claims.parsing.multiplying import on_one_thread
from tracker.claims.parsing.stepping import can_step, parse_in_step

TEXTS = [MARK.sub(r"\2", row.marked) for row in rows()]


@pytest.fixture(scope="module")
def nlp() -> Any:
    model = load_model()
    if model is None or not can_step(model.get_pipe("parser")):
        pytest.skip("no English model whose parser can be stepped is installed")
    return model


def trees(nlp: Any, texts: list[str], parse: Callable[[list[Any]], object]) -> list[list[tuple[int, str]]]:
    docs = [nlp.make_doc(text) for text in texts]
    with on_one_thread():
        for name, pipe in nlp.pipeline:
            if name == "parser":
                parse(docs)
            else:
                list(pipe.pipe(docs))
    return [[(token.head.i, token.dep_) for token in doc] for doc in docs]


@pytest.mark.parametrize("together", [1, 7, len(TEXTS)])
def test_sentences_parsed_in_step_have_the_trees_that_the_parser_makes(nlp: Any, together: int) -> None:
    parser = nlp.get_pipe("parser")
    for start in range(0, len(TEXTS), together):
        texts = TEXTS[start : start + together]
        assert trees(nlp, texts, lambda docs: parse_in_step(parser, docs)) == trees(
            nlp, texts, lambda docs: list(parser.pipe(docs))
        )
        if together == 1 and start > 40:
            break


@pytest.mark.parametrize("texts", [[], [""], ["", "The town fell.", ""]])
def test_texts_without_words_are_parsed_in_step_with_others(nlp: Any, texts: list[str]) -> None:
    parser = nlp.get_pipe("parser")
    assert list(map(len, trees(nlp, texts, lambda docs: parse_in_step(parser, docs)))) == [
        len(nlp.make_doc(text)) for text in texts
    ]


def test_a_tagger_and_a_parser_that_weighs_several_trees_are_not_stepped(nlp: Any) -> None:
    assert not can_step(nlp.get_pipe("tagger"))
    parser = nlp.get_pipe("parser")
    parser.cfg["beam_width"] = 4
    try:
        assert not can_step(parser)
    finally:
        parser.cfg["beam_width"] = 1
