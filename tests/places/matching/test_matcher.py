"""Names are found whole, longest first, wherever a naive search finds them."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.errors import GazetteerError
from tracker.places.index.columns import Index, TextPacker, write_columns
from tracker.places.matching import matcher, walking
from tracker.places.matching.matcher import NameTable
from tracker.places.matching.scan import BATCH
from tracker.places.names.folding import exact_key


@pytest.fixture(autouse=True, scope="module", params=["word by word", "arrays", "machine code"])
def _way(request):
    """Find names without machine code, short texts word by word or not, and in machine code from the first page on."""
    if request.param == "machine code":
        pytest.importorskip("numba")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "_LOADING", 1e-9 if request.param == "machine code" else 1e9)
        if request.param == "arrays":
            patch.setattr(matcher, "SHORT", -1)
        patch.setattr(walking, "_is_kept", lambda: True)
        yield


def names_in(text, *names):
    table = NameTable.build((name, number) for number, name in enumerate(names))
    return [text[found.start : found.end] for found in table.find(text)]


def test_the_longest_name_wins_and_no_word_is_cut():
    names = ("Homs", "Homs Airport", "Hom", "Port", "Aleppo")
    assert names_in("Near Homs Airport, not in Homstown or Aleppo.", *names) == ["Homs Airport", "Aleppo"]


def test_a_longer_name_that_breaks_off_hides_no_shorter_one():
    assert names_in("near Homs Airport", "Homs", "Homs A Side Road") == ["Homs"]


def test_small_articles_belong_to_the_name():
    names = ("Bab", "Al-Bab", "Bab al-Hawa", "Deir ez-Zor", "Zor")
    text = "from al-Bab to Bab al-Hawa and Deir ez-Zor"
    assert names_in(text, *names) == ["al-Bab", "Bab al-Hawa", "Deir ez-Zor"]


def test_lower_case_words_are_no_names():
    assert names_in("He split the deal near Split.", "Split", "Deal") == ["Split"]


def test_possessives_and_elisions_are_cut_off():
    assert names_in("Homs’s streets, Syria's north, l'Ukraine et d'Alep", "Homs", "Syria", "Ukraine", "Alep") == [
        "Homs",
        "Syria",
        "Ukraine",
        "Alep",
    ]


def test_apostrophes_inside_names_are_set_aside():
    assert names_in("Ma’arrat al-Nu'man and Ma`arrat al-Nu‘man", "Ma'arrat al-Nu'man") == [
        "Ma’arrat al-Nu'man",
        "Ma`arrat al-Nu‘man",
    ]


def test_a_sentence_end_parts_names_but_an_abbreviation_does_not():
    names = ("St. Louis", "Moscow Mills", "Moscow")
    assert names_in("Back in Moscow. Mills closed in St. Louis.", *names) == ["Moscow", "St. Louis"]


def test_acronyms_are_found_in_capitals_only():
    assert names_in("Help us, said the US. Us?", "US") == ["US"]
    assert names_in("the U.S. army", "U.S.") == ["U.S"]
    assert names_in("the US's army and us's", "US") == ["US"]


def test_a_name_behind_an_article_may_own_something():
    names = ("Ukraine", "Homs", "Land's End", "Land")
    assert names_in("l'Ukraine’s past, Land's End and Land's edge", *names) == ["Ukraine", "Land's End", "Land"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("دخل الجيش دير الزور أمس", "دير الزور"),
        ("Бої точаться під Бахмутом і в Бахмут", "Бахмут"),
        ("军队进入北京市", "北京"),
        ("entered Nis\u030c at dawn", "Niš"),
        ("in ZÜRICH today", "Zürich"),
        ("\u200fالرقة\u200f تحررت", "الرقة"),
        ("in New\nYork today", "New York"),
        ("आज मुंबई में", "मुंबई"),
        ("दिल्ली पर", "दिल्ली"),
        ("กรุงเทพที่ใหญ่", "ที่"),
    ],
)
def test_names_of_every_script_keep_their_offsets(text, name):
    (found,) = names_in(text, name)
    assert exact_key(found) == exact_key(name)


def test_a_written_table_is_read_back(tmp_path):
    table = NameTable.build([("Homs", 1), ("Homs", 7), ("Raqqa", 2)])
    table.write(tmp_path / "names.bin")
    again = NameTable.read(tmp_path / "names.bin")
    assert again.ordinals(again.entry("homs")) == (1, 7)
    assert again.entry("hom") is None
    assert len(again) == 2


@pytest.mark.parametrize("content", [b"", b"tknames2", b"x" * 200])
def test_a_damaged_table_is_refused(tmp_path, content):
    (tmp_path / "names.bin").write_bytes(content)
    with pytest.raises(GazetteerError, match="cut off"):
        NameTable.read(tmp_path / "names.bin")


WORDS = st.sampled_from(
    ["Al", "al", "Ba", "Bab", "bab", "Al-Ba", "Ru's", "Niš", "St.", "x", "Дон", "дон", "الرقة", "٣"]
)
JOINTS = st.sampled_from([" ", "-", " - ", ", ", ". ", "\n", "\n\n", " (", "’", "  "])
TEXTS = st.lists(st.tuples(WORDS, JOINTS), max_size=12).map(lambda pairs: "".join(a + b for a, b in pairs))
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6)


@settings(deadline=None)
@given(text=TEXTS, names=NAMES)
def test_whatever_is_found_is_a_whole_name_and_overlaps_nothing(text, names):
    keys = {exact_key(name) for name in names}
    reach = 0
    table = NameTable.build((name, 0) for name in names)
    for found in table.find(text):
        assert found.start >= reach
        reach = found.end
        assert exact_key(text[found.start : found.end]) in keys
        assert not text[found.start - 1 : found.start].isalnum() or not found.start
        assert not text[found.end : found.end + 1].isalnum()


@settings(deadline=None)
@given(text=TEXTS, names=NAMES)
@example(text="Al Al - Al ", names=["Al", "Al Al"])
def test_no_capitalised_name_that_a_naive_search_finds_is_missed(text, names):
    """The oracle: every substring that begins with a capital and holds words joined by single spaces or hyphens."""
    table = NameTable.build((name, 0) for name in names)
    keys = {exact_key(name) for name in names}
    covered = [(found.start, found.end) for found in table.find(text)]
    starts = [word.start() for word in re.finditer(r"(?<![^\W_])(?<!['’])[^\W_]", text) if word[0].isupper()]
    ends = [word.end() for word in re.finditer(r"[^\W_](?![\w'’])", text)]
    for start in starts:
        named = (end for end in ends if start < end and is_name(text[start:end]) and exact_key(text[start:end]) in keys)
        longest = max(
            named, default=None
        )  # a shorter name from the same word would be a scrap of it: "Los" of "Los Angeles"
        assert longest is None or any(first < longest and start < last for first, last in covered), text[start:longest]


def is_name(part: str) -> bool:
    return re.fullmatch(r"[^\W_]+(?:[ -][^\W_]+)*", part) is not None


def test_many_texts_read_at_once_are_read_as_one_by_one():
    table = NameTable.build((name, number) for number, name in enumerate(("Homs", "Homs Airport", "الرقة", "Niš")))
    texts = ["Homs", "", "Airport, Homs", "near Homs’s Airport", "in Niš", "الرقة", "Homs Airport"] * 3
    assert list(table.find_many(texts)) == [table.find(text) for text in texts]


@pytest.mark.parametrize("between", [" ", ", ", ". ", "\n", "-", "’s "])
def test_a_name_is_found_wherever_a_long_text_is_cut(between):
    table = NameTable.build((name, 0) for name in ("Deir ez-Zor", "Zor City", "Homs", "Homs Zor"))
    times = BATCH // 16
    for shift in (0, 3, 8):
        text = "x" * shift + " " + f"Deir ez-Zor{between}Homs{between}" * times
        assert len(text) > BATCH + 12
        (first, *_, last) = found = table.find(text)
        if between == " ":
            assert len(found) == 2 * times
        assert text[first.start : first.end] == "Deir ez-Zor"
        assert text[last.start : last.end] == "Homs"
        assert {text[one.start : one.end] for one in found} == {"Deir ez-Zor", "Homs"}


def test_a_word_longer_than_all_that_is_read_at_once_is_passed_over():
    table = NameTable.build([("Homs", 0)])
    for text, times in (
        ("A" * 3 * BATCH + " Homs", 1),
        ("Homs " + "a" * 3 * BATCH + " Homs", 2),
        ("Homs" * BATCH, 0),
    ):
        assert [text[one.start : one.end] for one in table.find(text)] == ["Homs"] * times


@settings(max_examples=20, deadline=None)
@given(text=TEXTS, names=NAMES, pieces=st.integers(1, 40))
def test_a_text_gives_the_same_names_wherever_it_is_cut(text, names, pieces):
    """Names, with the words between them, stand again and again: what is found must repeat itself."""
    table = NameTable.build((name, 0) for name in names)
    part = f"{text}; {'x ' * pieces}; "
    once = [(one.start, one.end) for one in table.find(part)]
    times = 2 * BATCH // len(part)
    expected = [
        (number * len(part) + start, number * len(part) + end) for number in range(times) for start, end in once
    ]
    assert [(one.start, one.end) for one in table.find(part * times)] == expected


def test_what_was_given_back_of_a_mapped_gazetteer_is_read_anew(tmp_path):
    columns = {}
    for kind, texts in (("id", ["a"]), ("name", ["Homs"] * 9_000), ("key", ["hims"])):
        packer = TextPacker()
        packer.add(texts)
        columns |= packer.columns(kind)
    write_columns(tmp_path / "x.idx", "1", {}, columns)
    index = Index.open(tmp_path / "x.idx")
    assert index.names[8_999] == "Homs"
    index.let_go()
    assert index.names[8_999] == "Homs"


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("دخل الجيش وحلب هادئة", "حلب", "حلب"),
        ("المعارك بحلب", "حلب", "حلب"),
        ("القتال بالرقة", "الرقة", "الرقة"),
        ("الطريق للرقة", "الرقة", "لرقة"),  # the alef of the article falls out behind "to"
        ("وللرقة طريق", "الرقة", "لرقة"),
        ("وبحلب، ولحمص", "حلب", "حلب"),
        ("وبدير الزور", "دير الزور", "دير الزور"),
        ("وَحَلَب", "حلب", "حَلَب"),  # with its vowels
        ("في بيروت", "بيروت", "بيروت"),
    ],
)
def test_small_words_that_arabic_writes_onto_a_name_are_no_part_of_it(text, name, found):
    assert names_in(text, name) == [found]


def test_a_whole_arabic_name_wins_over_one_inside_it():
    assert names_in("في بيروت وحمص", "بيروت", "يروت", "وحمص", "حمص") == ["بيروت", "وحمص"]


def test_no_small_word_is_cut_off_another_script_or_a_short_name():
    assert names_in("פחלב پحلب سحلب ببا وبب", "حلب", "با", "ب") == []
