"""Word by word the same names are found as with arrays."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.places.matching import word_by_word
from tracker.places.matching.matcher import NameTable
from tracker.places.matching.overlaid import OverlaidTable
from tracker.places.matching.scan import page_of
from tracker.places.mentions.runs import few_runs, runs
from tracker.places.names.numbers import word_number

WORDS = st.sampled_from([
    "Al", "al", "Ba", "Bab", "bab", "Al-Ba", "Ru's", "Niš", "St.", "x", "Дон", "дон", "d'Alep", "Alep", "US", "U.S.",
    "us", "Homs’s", "el", "ez-Zor", "Zor", "A" * 60, "b" * 70, "X'" + "c" * 205, "O'", "'", "A's's", "HOMS'S", "don't",
    "O'Bab", "A'b", "tEll", "a'b'Bab", "Al'š", "b" * 250 + "'Bab", "Ål", "ál", "7", "Îles", "İs", "l’Ålep’s",
])  # fmt: skip
JOINTS = st.sampled_from([
    " ", "-", " - ", ", ", ". ", "\n", "\n\n", " (", "’", "  ", "", "\0", " \r\n", "-'", "'", "‑", "\u00a0", ".",
    "- '", "–", "\u2003",
])  # fmt: skip
TEXTS = st.lists(st.tuples(WORDS, JOINTS), max_size=30).map(lambda pairs: "".join(a + b for a, b in pairs))
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=12)


def table_of(names, own=()):
    table = NameTable.build((name, number) for number, name in enumerate(names))
    return OverlaidTable(table, NameTable.build((name, number) for number, name in enumerate(own))) if own else table


def with_arrays(table, text):
    """Return what arrays find."""
    return list(zip(*(column.tolist() for column in table._finds_on(page_of([text]))), strict=True))


@settings(deadline=None, max_examples=300)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), names=NAMES, own=st.just([]) | NAMES)
@example(texts=["the al-Bab and tell Bab"], names=["Al Bab", "Tell Bab"], own=[])
@example(texts=["d'Alep et d'Alep Bab"], names=["Alep", "Alep Bab"], own=["Bab"])
def test_the_same_names_are_found_word_by_word(texts, names, own):
    table = table_of(names, own)
    table._pace.pays = lambda *_: False
    for text in texts * 2:
        assert table._reader.finds(page_of([text])) == with_arrays(table, text)


@pytest.mark.parametrize("text", ["in Nis\u030c", "حلب", "北京", "Gießen", "snake_case", "🚀", "ʼBab"])
def test_texts_of_which_characters_are_read_apart_are_left_to_arrays(text):
    assert table_of(["Homs"])._reader.finds(page_of([text])) is None


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(word_by_word, "_MOST", 50)
    table = table_of(["Homs"])
    for number in range(200):
        assert len(table.find(f"Homs and Town{number}a")) == 1
        assert len(table._reader._firsts) <= 60


@settings(deadline=None, max_examples=200)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), names=NAMES)
def test_the_same_is_seen_on_a_page_word_by_word(texts, names):
    table = table_of(names)
    table._pace.pays = lambda *_: False
    passed_over = np.sort(np.array([word_number(word) for word in ("al", "bab", "x", "us", "st")], np.uint64))
    (seen,) = table.sheets(texts, passed_over)
    expected = table._sheet(seen.text, seen.starts, passed_over)
    if seen.few is not None:
        for taken in ([], [(start, end) for start, end, _ in seen.found]):
            assert list(few_runs(seen.text, seen.few, taken)) == list(runs(expected, taken))
    for name in ("text", "starts", "found", "articles"):
        assert getattr(seen, name) == getattr(expected, name)
    seen, expected = seen.sight, expected.sight
    columns = (seen.kinds, seen.heads, *seen.capitals, *seen.words, *seen.gaps)
    others = (expected.kinds, expected.heads, *expected.capitals, *expected.words, *expected.gaps)
    for column, other in zip(columns, others, strict=True):
        assert np.array_equal(column, other)
