"""Trees made in machine code are those that spaCy's own transitions make."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from constructions import rows
from stand_ins import MARK

from tracker.claims.parsing import arcs, straight
from tracker.claims.parsing.model_loader import load_model
from tracker.claims.parsing.multiplying import on_one_thread
from tracker.claims.parsing.straight import StraightWay, Words, straight_way

SENTENCES: list[Words] = [[(word, True) for word in MARK.sub(r"\2", row.marked).split()] for row in rows()]
ASKED = "Whom did they say that the army , of which most had fled , would hand the town over to ?"
HELD = [*SENTENCES, [(word, True) for word in ASKED.split()], [("x", True)] * 300, [("Rebels", False)]]


@pytest.fixture(scope="module")
def ways() -> Iterator[tuple[StraightWay, StraightWay]]:
    """Yield a way by spaCy's transitions and one in machine code."""
    pytest.importorskip("numba")
    model = load_model()
    if model is None or straight_way(model) is None:
        pytest.skip("no English model with a straight way through is installed")
    with on_one_thread():
        plain, hasty = StraightWay(model), StraightWay(model)
        assert hasty.hasten()
        yield plain, hasty


@pytest.mark.parametrize("together", [1, 9, len(HELD)])
def test_machine_code_says_of_all_constructions_what_spacy_says(
    ways: tuple[StraightWay, StraightWay], together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(straight, "_ENOUGH", 1_000_000)
    plain, hasty = ways
    for start in range(0, len(HELD), together):
        some = HELD[start : start + together]
        assert hasty.rows(some) == plain.rows(some)


def test_spacy_alone_tells_where_a_word_belongs_that_the_parser_could_not_hang_there(
    ways: tuple[StraightWay, StraightWay], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, hasty = ways
    assert hasty._arcs is not None
    asked = []
    monkeypatch.setattr(hasty._arcs, "_decorated", hasty._arcs._decorated | True)
    monkeypatch.setattr(hasty, "_stepped", lambda *of: asked.append(of[1]) or StraightWay._stepped(hasty, *of))
    some = SENTENCES[:5]
    assert hasty.rows(some) == plain.rows(some)
    assert asked == [[len(words)] for words in some]


def test_a_way_goes_on_in_machine_code_after_enough_sentences(
    ways: tuple[StraightWay, StraightWay], monkeypatch: pytest.MonkeyPatch
) -> None:
    del ways
    way = StraightWay(load_model())
    monkeypatch.setattr(straight, "_ENOUGH", 7)
    way.rows(SENTENCES[:6])
    assert way._arcs is None
    way.rows(SENTENCES[6:8])
    assert way._arcs is not None


def test_without_numba_spacy_goes_on(ways: tuple[StraightWay, StraightWay], monkeypatch: pytest.MonkeyPatch) -> None:
    plain, _ = ways
    monkeypatch.setattr(straight, "machine", lambda: None)
    way = StraightWay(load_model())
    assert not way.hasten()
    assert way.rows(SENTENCES[:3]) == plain.rows(SENTENCES[:3])


def test_loops_that_come_to_something_else_are_not_used(
    ways: tuple[StraightWay, StraightWay], monkeypatch: pytest.MonkeyPatch
) -> None:
    del ways
    loops: Any = arcs.machine()
    monkeypatch.setattr(loops, "MOVES", "SDRLB")
    way = StraightWay(load_model())
    assert not way.hasten()
    assert way._arcs is None


def test_one_short_report_does_not_wait_for_machine_code() -> None:
    code = (
        "import sys; from tracker.model import Report; from tracker.pipeline import Stages; "
        "report = Report(report_id='r', text='The army captured Palmyra on Monday.', sha256=''); "
        "assert Stages().extract(report); assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
