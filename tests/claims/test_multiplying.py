"""A parser that multiplies by numpy's library makes the trees that it makes by spaCy's, and takes no threads away."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from constructions import rows
from stand_ins import MARK

from tracker.claims.parsing import multiplying
from tracker.claims.parsing.model_loader import load_model, model_name
from tracker.claims.parsing.multiplying import multiply_by_numpy, on_one_thread

TEXTS = [MARK.sub(r"\2", row.marked) for row in rows()]


@pytest.fixture(scope="module")
def plain() -> Any:
    name = model_name()
    if name is None:
        pytest.skip("no English model is installed")
    import spacy  # noqa: PLC0415

    return spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler"])


@pytest.fixture
def threads() -> Any:
    found = multiplying._threads()
    if found is None:
        pytest.skip("numpy's library can't be told how many threads it may use")
    return found


def test_the_trees_of_all_constructions_are_the_same(plain: Any) -> None:
    ours = load_model()
    with on_one_thread():
        made = list(ours.pipe(TEXTS)) if ours is not None else []
    for one, other in zip(plain.pipe(TEXTS), made, strict=True):
        assert [(t.tag_, t.dep_, t.head.i) for t in one] == [(t.tag_, t.dep_, t.head.i) for t in other]


def test_all_parts_of_a_pipeline_multiply_alike(threads: Any, plain: Any) -> None:
    del threads
    multiply_by_numpy(plain)
    parts = [node for _, pipe in plain.pipeline if hasattr(pipe, "model") for node in pipe.model.walk()]
    assert parts
    assert {node.ops.use_blis for node in parts} == {False}


def test_threads_come_back_even_after_an_error(threads: Any) -> None:
    before = threads.asked()
    with pytest.raises(LookupError, match="1 thread"), on_one_thread():
        raise LookupError(f"{threads.asked()} thread")
    assert threads.asked() == before


def test_without_such_a_library_a_pipeline_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipeline:
        @property
        def pipeline(self) -> Any:
            raise AssertionError("nothing is to be changed")

    monkeypatch.setattr(multiplying, "_threads", lambda: None)
    multiply_by_numpy(Pipeline())
    with on_one_thread():
        pass
