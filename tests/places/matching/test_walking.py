"""In machine code the same names are found as with arrays, and it is loaded when it pays."""

import sys

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.places.matching import matcher, walking
from tracker.places.matching.matcher import NameTable
from tracker.places.matching.overlaid import OverlaidTable
from tracker.places.matching.scan import BATCH
from tracker.places.mentions.runs import few_runs, runs
from tracker.places.names.alphabet import Kind
from tracker.places.names.numbers import word_number

WORDS = st.sampled_from([
    "Al", "al", "Ba", "Bab", "bab", "Al-Ba", "Ru's", "Niš", "St.", "x", "Дон", "дон", "الرقة", "٣", "d'Alep", "Alep",
    "US", "U.S.", "us", "وحلب", "حلب", "وللرقة", "北京", "市", "Homs’s", "el", "ez-Zor", "Zor", "Nis\u030c", "ß", "Æ",
    "A" * 60, "b" * 70, "X'" + "c" * 205, "_x", "🚀", "O'", "'", "d'北京", "حلب'Bab", "A's's", "a\u0301'B", "\ufeedحلب",
    "HOMS'S", "don't", "O'Bab", "A'b",
])  # fmt: skip
JOINTS = st.sampled_from([" ", "-", " - ", ", ", ". ", "\n", "\n\n", " (", "’", "  ", "", "\0", " \r\n", "-'", "'"])
TEXTS = st.lists(st.tuples(WORDS, JOINTS), max_size=30).map(lambda pairs: "".join(a + b for a, b in pairs))
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=12)


@pytest.fixture(autouse=True)
def _numba():
    pytest.importorskip("numba")


def table_of(names, own=()):
    table = NameTable.build((name, number) for number, name in enumerate(names))
    return OverlaidTable(table, NameTable.build((name, number) for number, name in enumerate(own))) if own else table


@settings(deadline=None, max_examples=300)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), names=NAMES, own=st.just([]) | NAMES)
def test_the_same_names_are_found_in_machine_code(texts, names, own):
    slow, fast = table_of(names, own), table_of(names, own)
    assert fast.hasten()
    expected = [slow.find(text) for text in texts]
    assert [fast.find(text) for text in texts] == list(fast.find_many(texts)) == expected
    for finds, listed in zip(fast.find_columns(texts), expected, strict=True):
        assert np.array_equal(np.array(finds).T, np.array(listed).reshape(-1, 3))


@settings(deadline=None, max_examples=300)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), names=NAMES)
@example(texts=["d'北京 al’Al "], names=["北京 Al"])
def test_the_same_is_seen_on_a_page_in_machine_code(texts, names):
    slow, fast = table_of(names), table_of(names)
    assert fast.hasten()
    passed_over = np.sort(np.array([word_number(word) for word in ("al", "bab", "x", "us", "st")], np.uint64))
    (expected,), (seen,) = slow.sheets(texts, passed_over), fast.sheets(texts, passed_over)
    for name in ("text", "starts", "found", "articles"):
        assert getattr(seen, name) == getattr(expected, name)
    arrays = slow._sheet(seen.text, seen.starts, passed_over)
    for taken in ([], [(start, end) for start, end, _ in seen.found]):
        assert list(few_runs(seen.text, seen.few, taken)) == list(runs(arrays, taken))
    seen, expected = seen.sight, expected.sight
    letters = expected.kinds >= Kind.LOWER
    begins = [begin for begin in seen.gaps.begun.tolist() if letters[begin : begin + 4].all()]
    assert np.array_equal(seen.heads[begins], expected.heads[begins])
    assert np.array_equal(seen.kinds, expected.kinds)
    for column, other in zip((*seen.capitals, *seen.gaps), (*expected.capitals, *expected.gaps), strict=True):
        assert np.array_equal(column, other)
    assert sorted(np.transpose(seen.words).tolist()) == sorted(np.transpose(expected.words).tolist())


@settings(deadline=None, max_examples=10)
@given(text=TEXTS, names=NAMES)
def test_a_long_text_is_cut_into_other_stretches_and_read_the_same(text, names):
    slow, fast = table_of(names), table_of(names)
    assert fast.hasten()
    long = text * (3 * BATCH // 2 // max(1, len(text)))
    assert fast.find(long) == slow.find(long)


def test_many_names_that_overlap_are_told_apart_the_same():
    names = ["Al Al", "Al Ba Al", "Ba Al Al Ba", "Al"]
    text = "Al Al Ba Al Al Ba Al Ba Al " * 50
    slow, fast = table_of(names), table_of(names)
    assert fast.hasten()
    assert fast.find(text) == slow.find(text)


@pytest.mark.parametrize("kept", [True, False])
def test_machine_code_is_loaded_when_so_much_was_read_that_it_pays(monkeypatch, kept):
    monkeypatch.setattr(walking, "_is_kept", lambda: kept)
    monkeypatch.setattr(walking, "_LOADING", 3.5 * matcher._SHORT_PAGE)
    monkeypatch.setattr(walking, "_COMPILING", 5.5 * matcher._SHORT_PAGE)
    table = table_of(["Homs"])
    for _ in range(3 if kept else 5):
        table.find("in Homs")
        assert table._walker is None
    assert [len(table.find("in Homs")) for _ in range(2)] == [1, 1]
    assert table._walker is not None


def test_what_was_compiled_is_known_to_be_kept():
    assert table_of(["Homs"]).hasten()
    assert walking._is_kept() or not walking.machine().walk.stats.cache_path


def test_without_numba_names_are_found_all_the_same(monkeypatch):
    monkeypatch.setattr(walking, "machine", lambda: None)
    monkeypatch.setattr(matcher, "machine", lambda: None)
    monkeypatch.setattr(walking, "_LOADING", 1e-9)
    table = table_of(["Homs"])
    assert [len(table.find("in Homs")) for _ in range(3)] == [1, 1, 1]
    assert not table.hasten()


def test_what_cannot_be_loaded_is_none(monkeypatch):
    walking.machine.cache_clear()
    monkeypatch.setitem(sys.modules, "tracker.places.matching.machine", None)
    assert walking.machine() is None
    walking.machine.cache_clear()
