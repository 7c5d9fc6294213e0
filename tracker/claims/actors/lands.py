"""In which countries a text says that its places lie: "in northern Morland", "Morland's capital"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from tracker.claims.actors.data import Form
from tracker.claims.actors.mentions import NounPhrase, Part
from tracker.claims.phrases import WordList
from tracker.claims.words import words as words_of

__all__ = ["lands_named"]

_INSIDE = frozenset({"in", "of", "across", "inside", "throughout", "within"})
_BETWEEN = words_of("lands", "between")  # "Morland's second largest city"
_OFFICES = frozenset({"ministry", "ministries", "minister"})  # "Morland's defence ministry" speaks from anywhere
# "the last British base in the city", "the Polish sector": whose they are, not where they lie.
_POSTS = words_of("lands", "posts")
_REACH = 4  # words from a country's name to the ground that it describes


def lands_named(words: WordList, phrases: Sequence[NounPhrase], ground: Collection[str]) -> Counter[str]:
    """
    Count by country how often a text places something in it; of countries with one demonym each counts.

    Parameters
    ----------
    ground
        Nouns for ground, singular and plural.
    """
    counts: Counter[str] = Counter()
    for phrase in phrases:
        for part in phrase.parts:
            countries = dict.fromkeys(sense.country for sense in part.senses if sense.country is not None)
            if countries and _describes_ground(words, part, ground):
                counts.update(countries.keys())
    return counts


def _describes_ground(words: WordList, part: Part, ground: Collection[str]) -> bool:
    if part.has(Form.STATE) and part.first:
        before = words.folds[max(part.first - 2, 0) : part.first]
        if before[-1] in _INSIDE or (before[0] in _INSIDE and _is_compass(before[-1])):
            return True
    reach = range(part.stop, min(part.stop + _REACH, len(words)))
    if (part.has(Form.STATE) and not part.possessive) or any(words.folds[index] in _OFFICES for index in reach):
        return False
    for index in reach:
        if not words.joined(index) or words.hyphenated(index):
            return False
        fold = words.folds[index]
        if fold in ground and not words.capitalised(index):
            return fold.removesuffix("s") not in _POSTS and fold not in _POSTS
        if fold not in _BETWEEN and not _is_compass(fold):
            return False
    return False


def _is_compass(fold: str) -> bool:
    return fold.endswith(("ern", "north", "south", "east", "west"))
