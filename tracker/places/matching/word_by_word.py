"""
Where names stand in a short text, word by word: arrays cost more there than they hold.

What a word says to the table is worked out once and remembered, and so is what it says behind the words before it: a
text that speaks of what others spoke of is read with regular expressions and dictionaries alone. Texts with
characters that are read apart (scripts without spaces, Arabic, ligatures, loose marks) are left to arrays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from itertools import compress
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import numpy as np

from tracker.places.matching.name_columns import LONGEST_ACRONYM
from tracker.places.matching.openings import LONGEST_ABBREVIATION, LONGEST_PARTICLE
from tracker.places.matching.overlaps import free_spans
from tracker.places.matching.scan import LONGEST_ODD
from tracker.places.matching.sheet import Few, Sheet, Sight
from tracker.places.matching.word_patterns import patterns_of
from tracker.places.names.alphabet import Alphabet, gaps
from tracker.places.names.folding import exact_key
from tracker.places.names.numbers import MIX, SEED, UPPER_SEED, Numbers, Positions, letters_view, word_number
from tracker.places.names.odd_words import POSSESSIVE, Inner, read_odd
from tracker.places.names.tokens import APOSTROPHES, PARTICLES

__all__ = ["WordReader"]

_MOST = 100_000  # steps that are remembered
_MASK, _MIX = (1 << 64) - 1, int(MIX)
_BEFORE = 3  # characters before a name that tell whether a small article may stand there
_NO_NAME, _MORE = -1, -2  # of a word and the next one: it is no name; more than a name that ends with it may begin
_BACK = 2  # characters before an article that tell whether it is a word of its own
_REACH = LONGEST_PARTICLE + 3 + _BACK  # characters before a name in which the article begins, and those
Find: TypeAlias = tuple[int, int, int]


class _Step:
    """
    What the table says of a name so far.

    Attributes
    ----------
    entry, owned
        Of the name with its last word, and without that one's "'s"; -1 where there is none.
    onward
        What it says of the name with one more word, by that word; None where no name goes on.
    """

    __slots__ = ("entry", "onward", "owned")

    def __init__(self, entry: int, owned: int, onward: _Onward | None) -> None:
        self.entry = entry
        self.owned = owned
        self.onward = onward


class _Onward(dict[str, _Step]):
    """The steps that names go on with, by the word as it is spelt; what it does not hold it works out."""

    __slots__ = ("_number", "_reader")

    def __init__(self, reader: WordReader, number: int) -> None:
        super().__init__()
        self._reader = reader
        self._number = number

    def __missing__(self, word: str) -> _Step:
        number, bare, _ = self._reader.read(word)
        step = self[word] = self._reader.step(self._number, number, bare)
        return step


class _First(NamedTuple):
    """
    A word that a name may begin with.

    Attributes
    ----------
    plain
        Whether it begins one name at most, and none goes on from it.
    step
        What the table says of it.
    upper
        What it says of it as an acronym; None where it is none.
    inner
        Where in it names begin behind a small word, and what the table says of these.
    number
        Its own, 0 where it is more than a run of ASCII letters.
    """

    step: _Step
    upper: _Step | None
    inner: tuple[tuple[int, _Step], ...]
    number: int


class _Article(NamedTuple):
    """A small article: where it begins and ends, counted from the word behind it, and what the table says of it."""

    start: int
    end: int
    step: _Step


class _Seen(NamedTuple):
    """
    The capitalised words of a page.

    Attributes
    ----------
    opened
        Start and end of each.
    elided
        Start and end of those behind an apostrophe in words that begin in lower case.
    """

    opened: list[tuple[int, int]]
    elided: list[tuple[int, int]]


class _Unknown(dict[str, bool]):
    """Whether a word is none of some common words; what it does not hold it works out; see `scan.Page.unknown`."""

    __slots__ = ("_firsts", "_passed_over")

    def __init__(self, firsts: Mapping[str, _First], passed_over: Container[int]) -> None:
        super().__init__()
        self._firsts = firsts
        self._passed_over = passed_over

    def __missing__(self, word: str) -> bool:
        number = self._firsts[word].number
        unknown = not number or not (number in self._passed_over or len(word) == 1 or word[0].isdigit())
        self[word] = unknown
        return unknown


def _columns(spans: Sequence[tuple[int, int]]) -> tuple[Positions, Positions]:
    start, end = np.array(spans, np.int64).reshape(-1, 2).T
    return start, end


class WordReader:
    """
    Finds names word by word.

    Parameters
    ----------
    letters
        What each character is and becomes.
    value_of
        What a table says of a number; see `NameTable.value`.
    """

    def __init__(self, letters: Alphabet, value_of: Callable[[int], int]) -> None:
        self._letters = letters
        self._value_of = value_of
        self._passed_over = np.empty(0, np.uint64)
        self._size = 0
        self._firsts: dict[str, _First] = {}
        self._unknown = _Unknown(self._firsts, frozenset())
        self._said: dict[str, int] = {}
        self._articles: dict[str, _Article | None] = {}
        self._patterns = patterns_of(*[table.tobytes() for table in letters.tables()[:2]])

    def finds(self, text: str, seen: _Seen | None = None) -> list[Find] | None:
        """
        Return start, end and entry of the names on a page of texts (`page_of`), as `NameTable` finds them.

        None where the page has characters that are not read here.

        Parameters
        ----------
        seen
            Is told the capitalised words.
        """
        words = self._patterns.words_of(text)
        if words is None:
            return None
        if self._size > _MOST:
            self._size = 0
            self._firsts.clear()
            self._said.clear()
            self._articles.clear()
            self._unknown.clear()
        found: list[Find] = []
        known, plain = self._said.get, text.isascii()
        for match in words.finditer(text):
            start, end = match.span()
            words_here = text[start : match.end(1)]
            said = known(words_here)
            if said is None:
                said = self._read_words(words_here, end - start)
            if seen is not None:
                seen.opened.append((start, end))
            before = text[start - _BEFORE : start]
            if before in _ARTICLE_ENDS or not (plain or before.isascii()):
                self._with_article(text, start, found)
            if said > _NO_NAME:
                found.append((start, end, said))
            elif said < _NO_NAME:
                self._names_from(text, start, end, found)
        if apostrophes := self._patterns.elided(text):
            found += self._elided(text, apostrophes, [] if seen is None else seen.elided)
        return _without_overlaps(found)

    def sheet(self, text: str, starts: list[int], passed_over: Numbers) -> Sheet | None:
        """Return what is seen on a page of texts that begin at `starts`, as `NameTable.sheets` does; see `finds`."""
        seen = _Seen([], [])
        found = self.finds(text, seen)
        if found is None:
            return None
        if passed_over is not self._passed_over:
            self._passed_over = passed_over
            self._unknown = _Unknown(self._firsts, frozenset(passed_over.tolist()))
        unknown = self._unknown
        words = [span for span in seen.opened if unknown[text[span[0] : span[1]]]]
        if seen.elided:
            words = sorted(words + seen.elided, key=itemgetter(0))
        few = Few(seen.opened, words, bool(seen.elided))

        def look() -> Sight:
            kinds, folds, _ = self._letters.of(text)
            return Sight(_columns(few.capitals), _columns(few.words), gaps(text), kinds, letters_view(folds))

        return Sheet(text, starts, found, self._patterns.articles(text), look, few)

    def read(self, word: str) -> tuple[int, int, tuple[Inner, ...]]:
        """Return the number of a word, that without its "'s", and the names inside of it; see `scan.Page.read`."""
        self._size += 1
        if len(word) > LONGEST_ODD:
            return 0, 0, ()
        run = self._patterns.run(word)
        if run == len(word):
            return word_number(exact_key(word)), 0, ()
        if len(word) == run + POSSESSIVE and word[-1].islower() and exact_key(word[-1]) == "s":
            return word_number(exact_key(word[:run] + "s")), word_number(exact_key(word[:run])), ()
        return read_odd(word)

    def step(self, before: int, number: int, bare: int) -> _Step:
        """Return what the table says of a name that goes on with a word, by their numbers."""
        whole = (before + number) * _MIX & _MASK
        value = self._value_of(whole)
        owned = self._value_of((before + bare) * _MIX & _MASK) >> 1 if bare else 0
        if not (value or owned):
            return _NO_STEP
        return _Step((value >> 1) - 1, owned - 1, _Onward(self, whole) if value & 1 else None)

    def _read_words(self, words: str, length: int) -> int:
        """Return the entry of a word that is a name, which goes on with no word that stands behind it; see `_said`."""
        self._size += 1
        word = words[:length]
        step, upper, inner, _ = self._firsts.get(word) or self._first(word)
        after = None if step.onward is None else self._word_after(words, 0, length)
        onward = after is not None and step.onward is not None and step.onward[after[1]] is not _NO_STEP
        said = self._said[words] = _MORE if upper is not None or inner or onward or step.owned >= 0 else step.entry
        return said

    def _names_from(self, text: str, start: int, end: int, found: list[Find]) -> None:
        """Add the longest names from a word, as an acronym, as a word, and inside of it."""
        first = self._firsts[text[start:end]]
        for step in (first.upper, first.step):
            if step is not None:
                self._add(text, start, end, step, found)
        for offset, step in first.inner:
            self._add(text, start + offset, end, step, found)

    def _add(self, text: str, start: int, end: int, step: _Step, found: list[Find]) -> None:
        reach, entry = self._longest(text, start, end, step)
        if reach:
            found.append((start, reach, entry))

    def _first(self, word: str) -> _First:
        number, bare, inner = self.read(word)
        letters = len(word) - (POSSESSIVE if bare else 0)
        acronym = letters <= LONGEST_ACRONYM and self._patterns.capitals(word, 0, letters)
        plain = word.isascii() and word.isalnum()
        first = self._firsts[word] = _First(
            step=self.step(SEED, number, bare),
            upper=self.step(UPPER_SEED, number, bare) if acronym else None,
            inner=tuple([(offset, self.step(SEED, its_number, its_bare)) for offset, its_number, its_bare in inner]),
            number=number if plain else 0,
        )
        return first

    def _longest(self, text: str, start: int, end: int, step: _Step) -> tuple[int, int]:
        """Return end and entry of the longest name that begins with a word; 0 as its end when there is none."""
        reach, entry = 0, -1
        while True:
            if step.entry >= 0:
                reach, entry = end, step.entry
            elif step.owned >= 0:
                reach, entry = end - POSSESSIVE, step.owned
            if step.onward is None:
                return reach, entry
            word = self._word_after(text, start, end)
            if word is None:
                return reach, entry
            start, end = word.span(1)
            step = step.onward[word[1]]

    def _word_after(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Return the word that a name may go on with behind another one, as its first group."""
        patterns = self._patterns
        return (patterns.after_short if end - start <= LONGEST_ABBREVIATION else patterns.after)(text, end)

    def _read_article(self, near: str) -> _Article | None:
        """Read what stands before a word; None where it does not end in a small article."""
        self._size += 1
        article, found = self._patterns.article(near, _BACK), None
        if article is not None and exact_key(article[1]) in _PARTICLES:
            start, end = article.span(1)
            first = self._firsts.get(article[1]) or self._first(article[1])
            found = _Article(start - len(near), end - len(near), first.step)
        self._articles[near] = found
        return found

    def _with_article(self, text: str, after: int, found: list[Find]) -> None:
        """Add the name that begins with a small article before a capitalised word, and reaches beyond that's start."""
        near = text[after - _REACH : after]
        article = self._articles[near] if near in self._articles else self._read_article(near)
        if article is None:
            return
        start = after + article.start
        reach, entry = self._longest(text, start, after + article.end, article.step)
        if reach > after:
            found.append((start, reach, entry))

    def _elided(self, text: str, apostrophes: Sequence[int], words: list[tuple[int, int]]) -> list[Find]:
        """Return the names behind an apostrophe in words that begin in lower case ("d'Alep"), and add their words."""
        patterns, end = self._patterns, 0
        found: list[Find] = []
        for at in apostrophes:
            if at < end:
                continue
            begin = at
            while patterns.inside(text, begin - 1):
                begin -= 1
            word, capital = patterns.word(text, begin)
            end = begin + len(word)
            if capital:  # it was read
                continue
            words.append((at + 1, end))
            first = self._firsts.get(word) or self._first(word)
            for offset, step in first.inner:
                self._add(text, begin + offset, end, step, found)
        return found


def _without_overlaps(found: list[Find]) -> list[Find]:
    """Order finds, and keep of those that overlap what `overlaps.without_overlaps` keeps."""
    reach = 0
    for start, end, _ in found:
        if start < reach:
            break
        reach = end
    else:
        return found
    found.sort(key=_by_start)
    kept: list[Find] = []
    first = 0
    while first < len(found):
        reach, last = found[first][1], first + 1
        while last < len(found) and found[last][0] < reach:
            reach = max(reach, found[last][1])
            last += 1
        if found[first][1] == reach:
            kept.append(found[first])
        else:
            starts, ends, _ = zip(*found[first:last], strict=True)
            kept += compress(found[first:last], free_spans(starts, ends))
        first = last
    return kept


def _by_start(find: Find) -> tuple[int, int]:
    """Order by start, then the longest first."""
    return find[0], -find[1]


def _article_ends() -> frozenset[str]:
    """Return the last `_BEFORE` ASCII characters of small articles and what may stand between these and their names."""
    marks = [mark for mark in APOSTROPHES if mark.isascii()]
    gaps = [gap + mark for gap in (" ", "  ", "-", " -", "- ") for mark in ("", *marks)]
    lasts = {letter + particle[-1] for particle in PARTICLES for letter in {particle[-2], particle[-2].upper()}}
    return frozenset((last + gap)[-_BEFORE:] for last in lasts for gap in gaps)


_NO_STEP = _Step(-1, -1, None)
_PARTICLES = frozenset(PARTICLES)
_ARTICLE_ENDS = _article_ends()
