"""Who says so inside a text."""

import pytest

from tracker.claims.sources import find_sources, source_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The town fell, state news agency SANA said.", "state news agency SANA"),
        ("According to the Morla Monitor, the town fell.", "the Morla Monitor"),
        ("Jan Doral, a monitor, said the town had fallen.", "Jan Doral"),
        ("“We took the town,” said Jan Doral.", "Jan Doral"),
        ("A military source told reporters that the town fell.", "A military source"),
        ("The speaker of the army, Jan Doral, stated that the town fell.", "Jan Doral"),
    ],
)
def test_a_source_is_named_by_the_words_of_the_text(text: str, name: str) -> None:
    (source,) = find_sources(text)
    assert (source.named, text[source.start : source.end]) == (name, name)


def test_a_pronoun_takes_the_name_before_it() -> None:
    text = "“We took it,” Doral said. The town is calm, he said."
    assert [source.named for source in find_sources(text)] == ["Doral", "Doral"]


def test_a_claiming_source_leaves_it_open() -> None:
    (source,) = find_sources("The rebels claimed that the town fell.")
    assert source.hedged


def test_a_sentence_without_a_source_has_none() -> None:
    text = "The monitor said so. The town fell."
    start = text.index("town")
    assert source_of(find_sources(text), start, start + 4) is None
