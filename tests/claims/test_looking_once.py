"""What is looked at once for all who ask says what each would see for himself."""

from __future__ import annotations

import gc
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims import ActorIndex
from tracker.claims.frames import load_frames
from tracker.claims.phrases import PhraseTree, WordList
from tracker.claims.roles.firing import Firing
from tracker.claims.sentences import split_sentences
from tracker.claims.triggers import words_of, words_of_each
from tracker.resting import collector_at_rest

ACTORS = ActorIndex.load()
PIECES = [
    "The army",
    "took",
    "Dolna",
    "B-52s",
    "İzmir’s",
    "mid_2014",
    "3rd",
    "ﬁve",
    "rebel-held",
    ". ",
    "\n",
    " ",
    "’",
    "…",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(1, 7))
def test_words_of_stretches_are_those_of_each_stretch_alone(text: str, width: int) -> None:
    cut = [(start, min(start + width, len(text))) for start in range(0, len(text), width)]
    for spans in (split_sentences(text), cut):
        assert words_of_each(text, spans) == [words_of(text[start:end]) for start, end in spans]


@pytest.mark.parametrize(
    "text",
    [
        "Iraqi forces and the Peshmerga took Dolna from IS, said the African Union.",
        "Rebels of the Falcons Brigade left; troops loyal to Haftar came, backed by Russia.",
        "The council met in Leeds.",
    ],
)
def test_every_side_that_is_found_was_spotted(text: str) -> None:
    spotted = [(one.start, one.end) for one in ACTORS.spotted(text)]
    for side in ACTORS.find(text):
        assert any(side.start < end and start < side.end for start, end in spotted)
    assert spotted == sorted(spotted)


def test_a_form_sets_off_each_frame_of_its_bases_once_light_verbs_first() -> None:
    frames = load_frames()
    for form, tried in Firing.of(frames).by_form.items():
        bases = {base for base, _ in frames.verb_forms[form]}
        names = [frame.frame_id for frame in tried]
        assert sorted(names) == sorted({frame.frame_id for base in bases for frame in frames.by_verb.get(base, ())})
        if len(bases) == 1:
            assert [frame.shape == "light" for frame in tried] == sorted(
                (f.shape == "light" for f in tried), reverse=True
            )


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_as_it_was_even_after_an_error(was_on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        with pytest.raises(LookupError, match="False"), collector_at_rest():
            raise LookupError(str(gc.isenabled()))
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if before else gc.disable)()


@given(st.text(st.one_of(st.characters(), st.sampled_from(" -'_İß’é𝔸\ud800"))))
def test_words_told_for_all_characters_at_once_are_those_that_a_pattern_finds(text: str) -> None:
    words = WordList(text)
    assert list(zip(words.starts, words.ends, strict=True)) == [found.span() for found in re.finditer(r"\w+", text)]
    assert words.lower == [text[start:end].lower() for start, end in zip(words.starts, words.ends, strict=True)]


def test_a_phrase_may_begin_only_where_its_capital_and_its_second_word_stand() -> None:
    tree = PhraseTree([("IS", 1), ("Free Syrian Army", 2), ("rebels", 3)])
    words = WordList("It is IS; the free one, the Free Syrian Army and rebels. Free")
    begun = [words.word(index) for index in range(len(words)) if tree.may_begin(words, index)]
    found = [words.word(index) for index in range(len(words)) if tree.longest(words, index)]
    assert begun == found == ["IS", "Free", "rebels"]
