"""What the words around a name say is the same, however few of them are looked at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.places.lexicon import lexicon
from tracker.places.mentions.around import REACH, around
from tracker.places.mentions.cues import ContextReader, Look
from tracker.places.mentions.signs import SignBook
from tracker.places.mentions.spelling import Spelling, SpellingBook
from tracker.places.names.alphabet import gaps

WORDS = lexicon()
READER = ContextReader(WORDS, SignBook(WORDS.weights["mention"]))
SPELLINGS = SpellingBook(WORDS)
ROOM = "\0" * 80

around_a_name = st.lists(
    st.sampled_from(
        [" ", " ", " ", "\n", "\u00a0", "  ", "\u2003", ", ", ". ", "-", "'s ", "\0", "the", "The", "of", "in", "city",
         "village", "villages", "Lake", "province", "air", "base", "Military", "Council", "said", "General", "al-",
         "ez-", "St.", "“", "Ahmad", ", a", ", where", ", 25, ", "was", "has", "retaken", "junction", "siege", "for",
         "rebels", "took", "fell to", "lies", "Road", "road", "a-very-long-word-that-reaches-beyond-what-is-looked-at"]
    )
).map("".join)  # fmt: skip


def seen(before: str, name: str, behind: str) -> Look:
    page = f"{ROOM}{before}{name}{behind}{ROOM}"
    start, end = [len(ROOM + before)], [len(ROOM + before + name)]
    near = around(gaps(page), np.array(start), np.array(end))
    (look,) = READER.looks(*READER.read(page, start, end, near), [SPELLINGS[name]])
    assert READER.looks(*READER.read_few(page, start, end), [SPELLINGS[name]]) == [look]
    return look


def by_lines(before: str, name: Spelling, behind: str) -> Look:
    line = before[-REACH:]
    line = line[max(line.rfind("\n"), line.rfind("\0")) + 1 :]
    (look,) = READER.looks([READER.read_before(line)], [READER.read_behind(f"{behind}{ROOM}")], [name])
    return look


@given(around_a_name, around_a_name)
def test_a_name_looks_as_it_does_where_the_whole_line_is_read(before: str, behind: str) -> None:
    assert seen(before, "Homs", behind) is by_lines(before, SPELLINGS["Homs"], behind)


@pytest.mark.parametrize(
    ("before", "name", "behind", "kind", "signs"),
    [
        ("in the province of ", "Raqqa", ".", "adm1", ("cue",)),
        ("in the villages of ", "Raqqa", " and", "village", ("cue",)),
        ("at ", "Tabqa", " airbase", "airport", ("locative", "cue")),
        ("Ahmad al-", "Homsi", " said", None, ("given_before", "speech")),
        ("over.\n", "Homs", "'s streets", None, ("possessive", "sentence_start")),
        ("on ", "Dublin", " Road", "street", ("street",)),
        ("On Monday rebels took ", "Homs", " from", None, ("taken",)),
        ("while the army lost ", "Homs", " again", None, ("taken",)),
        ("The nurse took ", "Homs", " home", None, ()),
    ],
)
def test_words_around_a_name_tell_its_kind_or_that_it_is_none(before, name, behind, kind, signs) -> None:
    look = seen(before, name, behind)
    assert (look.cue and look.cue.kind, set(look.signs) & set(signs)) == (kind, set(signs))
