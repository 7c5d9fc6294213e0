"""Capitalised names that the gazetteer does not hold, and Arabic compounds that are one name."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tracker.places.lexicon import Lexicon
from tracker.places.matching.sheet import Few, Sheet
from tracker.places.mentions.spelling import Spelling, SpellingBook
from tracker.places.names.alphabet import Kind
from tracker.places.names.numbers import Positions, word_number

__all__ = ["NameRuns", "Named", "Onward", "Span", "Spelt", "few_runs", "run_end", "runs"]

Span: TypeAlias = tuple[int, int]
Named: TypeAlias = tuple[int, int, int]  # start, end and entry of a name; -1 for one that the gazetteer does not hold
Spelt: TypeAlias = tuple[int, int, int, Spelling]  # the same with how it is spelt
Onward: TypeAlias = dict[int, int]  # start and end of the words that a run may go on with
_JOINTS = frozenset(" \u00a0-‐‑")  # one of them stands between two words of a name
_ARTICLE = r"[ -](?:[Aa]l|[Ee]l|a[nrstdz]|ash|ath|adh|e[rsz]|esh)[- ]['‘’ʿ`]?[^\W\d_a-z]"
_ARTICLES = re.compile(rf"(?={_ARTICLE})[ -]")
_HEAD = re.compile(r"(?<![\w-])[^\W\d_a-z][\w'’‘`]{1,20}\Z")
_REST = re.compile(rf"{_ARTICLE}[\w'’‘`]{{1,20}}(?![\w-])")
_LONGEST_HEAD = 21
_MOST_JOINED = 4  # words that are added to the first of a name


class NameRuns:
    """Finds the capitalised names of a text that are no names of the gazetteer."""

    def __init__(self, words: Lexicon, spellings: SpellingBook) -> None:
        self._words = words
        self._spellings = spellings
        common = [word for word in words.common | words.never if word.isascii() and word.isalnum()]
        self.passed_over = np.sort(np.array([word_number(word) for word in common], np.uint64))

    def free(self, sheet: Sheet, found: Sequence[Named], covered: Sequence[Span]) -> list[Spelt]:
        """Return the capitalised names of a page that are free of matches and masks."""
        text, spellings, particles = sheet.text, self._spellings, self._words.particles
        taken = [(start, end) for start, end, _ in found]
        if covered:
            taken = sorted([*taken, *covered])
        named: list[Spelt] = []
        reach = 0
        for start, end, run in few_runs(text, sheet.few, taken) if sheet.few is not None else runs(sheet, taken):
            if start < reach:
                continue
            name = spellings[text[start:end]]
            if not name.opens:
                continue
            reach = run
            if text[run] == "-" and text[start:run].lower() in particles:
                continue
            named.append((start, run, -1, name if run == end else spellings[text[start:run]]))
        return named

    def whole_compounds(self, sheet: Sheet, found: list[Named], covered: Sequence[Span]) -> list[Named]:
        """Read an Arabic compound as one name: neither Bab nor al-Jadid is what "Bab al-Jadid" means."""
        words, text = self._words, sheet.text
        compounds = _compounds(text, sheet.articles)
        starts = [match[0] for match in found] if compounds else []
        begun = [start for start, _ in covered] if compounds else []
        compound: list[Named] = []
        dropped: set[int] = set()
        for start, article, end in compounds:
            head = text[start:article].lower()
            heads = head in words.heads
            if (head in words.common or head in words.titles or head in words.never) and not heads:
                continue
            before = bisect.bisect_left(begun, end)
            if before and _reach_beyond(covered, before, start):
                continue
            here = _within(found, starts, start, end)
            matches = [found[number] for number in here]
            if any(match[0] <= start and end <= match[1] for match in matches):
                continue
            if any(match[0] < start or end < match[1] for match in matches):
                continue
            worded = any(head in listed for listed in (words.dictionary, words.given, words.surnames))
            if worded and not heads and any(match[0] == article + 1 for match in matches):
                continue  # "Rebels al-Bab": the name with its article is known, what stands before it is another word
            dropped.update(here)
            compound.append((start, end, -1))
        if not compound:
            return found
        return sorted([*(match for number, match in enumerate(found) if number not in dropped), *compound])


def run_end(text: str, end: int, onward: Onward) -> int:
    """Return where the capitalised words end of which one ends at `end`; it goes on with words of `onward` alone."""
    for _ in range(_MOST_JOINED):
        last = onward.get(end + 1) if text[end] in _JOINTS else None
        if last is None:
            return end
        end = last
    return end


def few_runs(text: str, few: Few, taken: Sequence[Span]) -> list[tuple[int, int, int]]:
    """Return what `runs` does, one by one."""
    onward = dict(_few_apart(few.capitals, taken))
    words = _few_apart(few.words, taken) if few.elided else [word for word in few.words if word[0] in onward]
    return [(start, end, run_end(text, end, onward)) for start, end in words]


def _few_apart(words: Iterable[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """Yield the words that overlap no span; both are ordered."""
    number = reach = 0
    for start, end in words:
        while number < len(taken) and taken[number][0] < end:
            reach = max(reach, taken[number][1])
            number += 1
        if reach <= start:
            yield start, end


def runs(sheet: Sheet, taken: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
    """Return the words of a page that overlap no span: start, end, and where the capitalised words from there end."""
    sight = sheet.sight
    begun, ended = np.array(taken, np.int64).reshape(-1, 2).T
    reach_of = np.zeros(len(ended) + 1, np.int64)
    np.maximum.accumulate(ended, out=reach_of[1:])
    first, last = _apart(sight.words, begun, reach_of)
    reaches = _run_ends(sight.kinds, last, *_apart(sight.capitals, begun, reach_of))
    return zip(first.tolist(), last.tolist(), reaches.tolist(), strict=True)


def _run_ends(kinds_of: NDArray[np.uint8], end: Positions, starts: Positions, ends: Positions) -> Positions:
    """Return what `run_end` does of words that end somewhere, by start and end of the words that a run goes on with."""
    reach = end.copy()
    rest = np.arange(len(end)) if len(starts) else np.empty(0, np.int64)
    for _ in range(_MOST_JOINED):
        here = reach[rest]
        beyond = starts.searchsorted(here + 1)
        kinds = kinds_of.take(here)
        onward = starts.take(beyond, mode="clip") == here + 1
        onward &= (kinds == Kind.SPACE) | (kinds == Kind.HYPHEN)
        rest, beyond = rest[onward], beyond[onward]
        if not len(rest):
            break
        reach[rest] = ends[beyond]
    return reach


def _apart(words: tuple[Positions, Positions], begun: Positions, reach: Positions) -> tuple[Positions, Positions]:
    """Return start and end of the words that overlap no span, by where spans begin and how far the first ones reach."""
    start, end = words
    apart = reach[begun.searchsorted(end)] <= start
    return start[apart], end[apart]


def _within(found: Sequence[Named], starts: Sequence[int], start: int, end: int) -> range:
    """Return the numbers of those, ordered and without overlaps, that reach into a span."""
    first = bisect.bisect_right(starts, start)
    first -= first > 0 and found[first - 1][1] > start
    return range(first, bisect.bisect_left(starts, end))


def _compounds(text: str, articles: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return start, article and end of each word in capitals with an Arabic article and another such word behind it."""
    listed: list[tuple[int, int, int]] = []
    free = 0
    for article in articles:
        if article < free or not _ARTICLES.match(text, article):
            continue
        head = _HEAD.search(text, max(free, article - _LONGEST_HEAD), article)
        rest = None if head is None else _REST.match(text, article)
        if head is not None and rest is not None:
            free = rest.end()
            listed.append((head.start(), article, free))
    return listed


def _reach_beyond(blocked: Sequence[Span], before: int, start: int) -> bool:
    """Return whether one of the last spans before a position of `blocked` ends behind the start of a word."""
    near = blocked[max(0, before - 3) : before]
    return near[-1][1] > start or near[0][1] > start or near[len(near) // 2][1] > start
