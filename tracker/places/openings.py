"""Where in a text a name may begin, and between which words it may go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.places.alphabet import Kind
from tracker.places.build_names import LONGEST_ACRONYM
from tracker.places.scan import POSSESSIVE, SEED, UPPER_SEED, Numbers, Positions, Words, read_keys, where
from tracker.places.tokens import PARTICLES

__all__ = ["JOINTS", "Openings", "joined", "openings"]

_LONGEST_ABBREVIATION = 4  # letters before a full stop inside a name: "St.", "Twp."
_LONGEST_PARTICLE = max(map(len, PARTICLES))


class Openings(NamedTuple):
    """Where names may begin: word, first character, seed, number of the first word, what a name must reach beyond."""

    at: Positions
    start: Positions
    seed: Numbers
    number: Numbers
    least: Positions


def openings(words: Words) -> Openings:
    """Return capitalised words, small articles before them, acronyms, and names behind an article and an apostrophe."""
    kinds = words.kinds.take(words.start)
    opening = where(kinds >= Kind.ODD_OPENING)
    particles = opening - 1 if not len(opening) or opening[0] else opening[1:] - 1
    particles = particles[kinds.take(particles) == Kind.LOWER]
    particles = particles[words.end.take(particles) - words.start.take(particles) <= _LONGEST_PARTICLE]
    number = words.number[particles]
    held = np.searchsorted(_PARTICLE_NUMBERS, number)
    particles = particles[_PARTICLE_NUMBERS[np.minimum(held, len(_PARTICLE_NUMBERS) - 1)] == number]
    particles = particles[joined(words, particles, _PARTICLE_JOINTS)]
    upper = _acronyms(words, opening)
    sizes = (len(opening), len(particles), len(upper), len(words.tail_word))
    at = np.concatenate((opening, particles, upper, words.tail_word))
    start, number = words.start[at], words.number[at]
    start[len(at) - sizes[3] :] = words.tail_start
    number[len(at) - sizes[3] :] = words.tail_number
    least = np.zeros(len(at), np.int64)
    least[sizes[0] : sizes[0] + sizes[1]] = words.start[particles + 1]
    return Openings(at, start, np.repeat(_SEEDS, sizes), number, least)


def _acronyms(words: Words, opening: Positions) -> Positions:
    """Return the words of few letters that are all capitals, their possessive "'s" aside."""
    end = words.end[opening]
    if words.bare is not None:
        end = end - POSSESSIVE * (words.bare[opening] != 0)
    start = words.start[opening]
    few = where(end - start <= LONGEST_ACRONYM)
    start, end = start[few], end[few]
    held: Positions = opening[few[_four(words.kinds, start, end) == _ALL_CAPITALS[end - start]]]
    return held


def joined(words: Words, at: Positions, joints: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return whether a name may go on from each word to the next."""
    last = len(words.start) - 1
    end = words.end.take(at)
    start = words.start.take(np.minimum(at + 1, last))
    fits: NDArray[np.bool_] = (start - end == 1) & (joints == _ALWAYS).take(
        words.kinds.take(end)
    )  # most often: one space
    fits &= at < last
    rest = where(~fits)
    fits[rest] = _joined_otherwise(words, at[rest], end[rest], start[rest], joints) & (at[rest] < last)
    return fits


def _joined_otherwise(
    words: Words, at: Positions, end: Positions, start: Positions, joints: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Return whether a name may go on over what stands between `end` of a word and `start` of the next."""
    joint = joints[_packed(_four(words.kinds, end, start))]
    if words.spaceless:
        side_by_side = (
            (start == end) & (words.kinds[end - 1] == Kind.SPACELESS) & (words.kinds[start] == Kind.SPACELESS)
        )
        joint[side_by_side] = _ALWAYS
    fits: NDArray[np.bool_] = (joint == _ALWAYS) | (
        (joint == _SHORT) & (end - words.start[at] <= _LONGEST_ABBREVIATION)
    )
    return fits


def _four(kinds: NDArray[np.uint8], start: Positions, end: Positions) -> NDArray[np.uint32]:
    """Return the kinds of up to four characters as one number; all breaks when there are more."""
    view = np.ndarray(len(kinds) - 3, "<u4", kinds.data, strides=(1,))
    length = (end - start).view(np.uint64)  # of what follows the last word, which is less than nothing: very large
    return np.where(length <= 4, view[start] & _FIRST[np.minimum(length, 4)], _BREAKS)


def _packed(four: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Pack four kinds below 8 into 12 bits."""
    masks = zip((0, 5, 10, 15), (0o7, 0o70, 0o700, 0o7000), strict=True)
    return sum((four >> np.uint32(by) & np.uint32(mask) for by, mask in masks), np.zeros_like(four))


_FIRST = np.array([0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF], np.uint32)
_BREAKS = np.uint32(int.from_bytes(bytes([Kind.BREAK] * 4), "little"))
_ALL_CAPITALS = np.array(
    [int.from_bytes(bytes([Kind.CAPITAL] * size), "little") for size in range(LONGEST_ACRONYM + 1)]
)
_SEEDS = np.array([SEED, SEED, UPPER_SEED, SEED], np.uint64)
_PARTICLE_NUMBERS = np.sort(read_keys(PARTICLES)[2])
_ALWAYS, _SHORT = 1, 2


def _joint_table(joints: Mapping[str, int]) -> NDArray[np.uint8]:
    table = np.zeros(1 << 12, np.uint8)
    for joint, value in joints.items():
        for kinds in (joint, joint + "'"):
            packed = [_JOINT_KINDS[kind] << 3 * place for place, kind in enumerate(kinds)]
            table[sum(packed)] = value
    return table


_JOINT_KINDS = {
    " ": Kind.SPACE, "\n": Kind.LINE, "\r": Kind.RETURN, "-": Kind.HYPHEN, ".": Kind.STOP, "'": Kind.APOSTROPHE,
}  # fmt: skip
# What may stand between two words of one name: spaces, a hyphen, a line end in the middle of a paragraph, or the
# full stop of "St."; then, perhaps, an apostrophe.
JOINTS = _joint_table(
    dict.fromkeys((" ", "  ", "-", " -", "- ", " - ", "\n", " \n", "\r\n", " \r\n"), _ALWAYS)
    | dict.fromkeys((".", ". "), _SHORT)
)
_PARTICLE_JOINTS = _joint_table(dict.fromkeys((" ", "  ", "-", " -", "- "), _ALWAYS))
