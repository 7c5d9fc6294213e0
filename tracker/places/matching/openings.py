"""Where in a text a name may begin, and between which words it may go on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.places.matching.name_columns import LONGEST_ACRONYM
from tracker.places.matching.scan import Page, Reading, Tail, four_kinds, packed, where
from tracker.places.names.alphabet import Kind
from tracker.places.names.numbers import SEED, UPPER_SEED, Numbers, Positions
from tracker.places.names.odd_words import POSSESSIVE
from tracker.places.names.tokens import PARTICLES

__all__ = ["Openings", "onward", "openings"]

LONGEST_ABBREVIATION = 4  # letters before a full stop inside a name: "St.", "Twp."
LONGEST_PARTICLE = max(map(len, PARTICLES))


class Openings(NamedTuple):
    """
    Where names may begin.

    Attributes
    ----------
    start, words
        The first word.
    seed
        Of its kind of name.
    least
        What a name must reach beyond.
    opening, capitals
        The capitalised words of the page.
    """

    start: Positions
    seed: Numbers
    least: Positions
    words: Reading
    opening: Positions
    capitals: Reading


def openings(page: Page) -> Openings:
    """Return capitalised words, small articles before them, acronyms, and names behind an article and an apostrophe."""
    opening = page.starts()
    words = page.read(opening)
    particles, after = _particles(page, opening)
    upper = _acronyms(page, opening, words)
    articles = page.read(particles) if len(particles) else _NO_WORDS
    tails = page.tails(words)
    sizes = [len(opening), len(particles), len(upper), len(tails)]
    inner = Tail(*zip(*tails, strict=True)) if tails else Tail((), (), (), ())
    start = np.concatenate((opening, particles, opening[upper], np.array(inner.start, np.int64)))
    end = np.concatenate((words.end, articles.end, words.end[upper], np.array(inner.end, np.int64)))
    number = np.concatenate((words.number, articles.number, words.number[upper], np.array(inner.number, np.uint64)))
    least = np.zeros(len(start), np.int64)
    least[sizes[0] : sizes[0] + sizes[1]] = after
    bare = np.zeros(len(start), np.uint64)
    bare[words.odd] = words.bare
    bare[sizes[0] + sizes[1] : len(start) - sizes[3]] = bare[upper]
    bare[len(start) - sizes[3] :] = np.array(inner.bare, np.uint64)
    odd = where(bare)
    first = Reading(end, number, odd, bare[odd], words.alone)
    return Openings(start, np.repeat(_SEEDS, sizes), least, first, opening, words)


def _particles(page: Page, opening: Positions) -> tuple[Positions, Positions]:
    """Return where small articles begin, and the words behind them."""
    gap = BEHIND_ARTICLE.take(packed(four_kinds(page.kinds, opening - 4)))
    behind = where(gap)
    after = opening[behind]
    end = after - gap[behind]
    length = page.back(end)
    short = where((length >= 2) & (length <= LONGEST_PARTICLE))
    start, length, after = end[short] - length[short], length[short], after[short]
    letters = page.first_four(start, length)
    place = np.minimum(np.searchsorted(PARTICLE_LETTERS, letters), len(PARTICLE_LETTERS) - 1)
    held = where(
        (PARTICLE_LETTERS[place] == letters) & (page.kinds.take(start) == Kind.LOWER) & ~page.inside.take(start - 1)
    )
    return start[held], after[held]


def _acronyms(page: Page, opening: Positions, words: Reading) -> Positions:
    """Return which words are of few letters that are all capitals, their possessive "'s" aside."""
    length = words.end - opening
    length[words.odd] -= POSSESSIVE * (words.bare != 0)
    few = where(length <= LONGEST_ACRONYM)
    length = length[few]
    held: Positions = few[four_kinds(page.kinds, opening[few]) & _FIRST.take(length) == _ALL_CAPITALS.take(length)]
    return held


def onward(page: Page, start: Positions, end: Positions) -> tuple[Positions, Positions]:
    """Return which words a name may go on from, and where the words after these begin."""
    joint = JOINTS.take(packed(four_kinds(page.kinds, end)))
    gap = joint & GAP
    fits = (joint != 0) & ((joint < SHORT) | (end - start <= LONGEST_ABBREVIATION))
    if page.spaceless:
        fits |= (page.kinds.take(end - 1) == Kind.SPACELESS) & (page.kinds.take(end) == Kind.SPACELESS)
    after = end + gap
    fits &= page.inside.take(after)
    held = where(fits)
    return held, after[held]


_NONE, _NO_NUMBERS = np.empty(0, np.int64), np.empty(0, np.uint64)
_NO_WORDS = Reading(_NONE, _NO_NUMBERS, _NONE, _NO_NUMBERS, _NONE)
_SEEDS = np.array([SEED, SEED, UPPER_SEED, SEED], np.uint64)
_FIRST = np.array([0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF], np.uint32)
_ALL_CAPITALS = np.array(
    [int.from_bytes(bytes([Kind.CAPITAL] * size), "little") for size in range(LONGEST_ACRONYM + 1)], np.uint32
)
PARTICLE_LETTERS = np.array(
    sorted(int.from_bytes(particle.encode("utf-16-le"), "little") for particle in PARTICLES), np.uint64
)
GAP, SHORT = 7, 8
_JOINT_KINDS = {
    " ": Kind.SPACE, "\n": Kind.LINE, "\r": Kind.RETURN, "-": Kind.HYPHEN, ".": Kind.STOP, "'": Kind.APOSTROPHE,
}  # fmt: skip
_KINDS = 16
_IN_WORD = slice(Kind.LOWER, None)


def _with_apostrophe(joints: Iterable[str]) -> list[list[int]]:
    return [[_JOINT_KINDS[kind] for kind in joint + last] for joint in joints for last in ("", "'")]


def _joints(always: Iterable[str], short: Iterable[str]) -> NDArray[np.int64]:
    """Return for each four kinds how many of them join two words, `SHORT` more behind an abbreviation; 0 for none."""
    table = np.zeros((_KINDS,) * 4, np.int64)  # the last kind comes first
    for listed, more in ((always, 0), (short, SHORT)):
        for kinds in _with_apostrophe(listed):
            where_it_ends = (_IN_WORD,) if len(kinds) < 4 else ()
            table[(..., *where_it_ends, *reversed(kinds))] = len(kinds) + more
    return table.reshape(-1)


def _article_gaps(joints: Iterable[str]) -> NDArray[np.int64]:
    """Return for each four kinds how many of the last join a small article to its name; 0 for none."""
    table = np.zeros((_KINDS,) * 4, np.int64)
    for kinds in _with_apostrophe(joints):
        table[(*reversed(kinds), Kind.LOWER)] = len(kinds)
    return table.reshape(-1)


# What may stand between two words of one name: spaces, a hyphen, a line end in the middle of a paragraph, or the
# full stop of "St."; then, perhaps, an apostrophe.
JOINTS = _joints((" ", "  ", "-", " -", "- ", " - ", "\n", " \n", "\r\n", " \r\n"), (".", ". "))
BEHIND_ARTICLE = _article_gaps((" ", "  ", "-", " -", "- "))
