"""Capitalised names that the gazetteer does not hold, and Arabic compounds that are one name."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from tracker.places.lexicon import Lexicon
from tracker.places.matching.matcher import Found
from tracker.places.memo import Memo
from tracker.places.names.numbers import word_number
from tracker.places.names.tokens import word_start

__all__ = ["NameRuns", "Run", "Span", "run_end"]

Span: TypeAlias = tuple[int, int]
_JOINTS = frozenset(" \u00a0-‐‑")  # one of them stands between two words of a name
_ARTICLE = r"[ -](?:[Aa]l|[Ee]l|a[nrstdz]|ash|ath|adh|e[rsz]|esh)[- ]['‘’ʿ`]?[^\W\d_a-z]"
_ARTICLES = re.compile(rf"(?={_ARTICLE})[ -]")
_HEAD = re.compile(r"(?<![\w-])[^\W\d_a-z][\w'’‘`]{1,20}\Z")
_REST = re.compile(rf"{_ARTICLE}[\w'’‘`]{{1,20}}(?![\w-])")
_LONGEST_HEAD = 21
_MOST_JOINED = 4  # words that are added to the first of a name


class Run(tuple[int, int, int]):
    """A capitalised name that the gazetteer does not hold: (start, end, -1)."""

    __slots__ = ()


class NameRuns:
    """Finds the capitalised names of a text that are no names of the gazetteer."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._opens = Memo(self._may_open)
        common = [word for word in words.common | words.never if word.isascii() and word.isalnum()]
        self.passed_over = np.sort(np.array([word_number(word) for word in common], np.uint64))

    def free(
        self, text: str, words: Sequence[Span], found: Sequence[Found | Run], covered: Sequence[Span]
    ) -> list[Run]:
        """Return the capitalised names that are free of matches and masks; they begin with one of some words."""
        blocked = sorted([*((start, end) for start, end, _ in found), *covered])
        starts = [start for start, _ in blocked]
        opens = self._opens
        runs: list[Run] = []
        reach = before = 0  # before: how many blocked spans begin before the end of the word
        for start, end in words:
            if start < reach or not opens[text[start:end]]:
                continue
            while before < len(starts) and starts[before] < end:
                before += 1
            if before and _reach_beyond(blocked, before, start):
                continue
            reach = run_end(text, end, blocked, starts)
            if text[reach : reach + 1] != "-" or text[start:reach].lower() not in self._words.particles:
                runs.append(Run((start, reach, -1)))
        return runs

    def whole_compounds(
        self, text: str, articles: Sequence[int], found: list[Found | Run], covered: Sequence[Span]
    ) -> list[Found | Run]:
        """Read an Arabic compound as one name: neither Bab nor al-Jadid is what "Bab al-Jadid" means."""
        words = self._words
        starts = [match[0] for match in found] if articles else []
        begun = [start for start, _ in covered] if articles else []
        runs: list[Run] = []
        dropped: set[int] = set()
        for start, article, end in _compounds(text, articles):
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
            runs.append(Run((start, end, -1)))
        if not runs:
            return found
        return sorted([*(match for number, match in enumerate(found) if number not in dropped), *runs])

    def _may_open(self, word: str) -> bool:
        """Return whether a name may begin with a word."""
        lowered = word.lower().replace("’", "'")
        words = self._words
        return word[0].isalpha() and not (lowered in words.common or lowered in words.never or len(lowered) == 1)


def run_end(text: str, end: int, blocked: Sequence[Span], starts: Sequence[int]) -> int:
    """Return where the capitalised words end of which one ends at `end`; they stop before a blocked span."""
    pattern = word_start()
    for _ in range(_MOST_JOINED):
        if text[end : end + 1] not in _JOINTS or "a" <= text[end + 1 : end + 2] <= "z":
            return end
        word = pattern.match(text, end + 1)
        if word is None:
            return end
        start, last = word.span()
        before = bisect.bisect_left(starts, last)
        if before and _reach_beyond(blocked, before, start):
            return end
        end = last
    return end


def _within(found: Sequence[Found | Run], starts: Sequence[int], start: int, end: int) -> range:
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
