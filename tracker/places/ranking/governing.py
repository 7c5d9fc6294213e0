"""Which town governs what lies in it or beside it: quarters without their town, villages told of by a neighbour."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tracker.places.mentions.spots import Spot
from tracker.places.ranking.facts import IN_TOWNS, Floats, Marks, Rows
from tracker.places.ranking.neighbours import EARTH_KM

if TYPE_CHECKING:
    from tracker.places.ranking.resolve import Referent

__all__ = ["Governor", "Reach", "govern", "governed_rows", "reach_of"]

_MOST = 6  # towns named before it that a quarter may belong to
_INSIDE_KM = 12.0  # a quarter of a city lies within this distance of its middle
_NEAR_KM = 25.0  # a village near a town, or outside it
_AWAY_KM = 40.0  # a village north of a town
_ABOUT = 1.3  # what is said to be 20 km away is no farther than 26
_MILE_KM = 1.6
_APART = math.cos(0.05 / EARTH_KM)  # what lies nearer is the town itself, by another name
_FARTHEST = 60  # characters between a name and the town that is named behind it
_FIRST = 3  # candidates that tell whether a name is that of a town: the best known is often the area around it
_LEAST = 0.2  # share of a town's candidates that must have the quarter beside them
_SIDE = r"(?:north|south|east|west)"
_APPOSED = r",?\s(?:(?:an?|the|one|which\sis|lying|located|situated)\s)?(?:[\w’'-]+\s){0,5}?"
_TOWN = r"(?:\s(?:the\s)?(?:city|town|village)\sof)?\s"
# what ties a quarter to the town behind it: "al-Zahra, a district of Homs", "the Old City in central Homs"
_BEHIND = re.compile(_APPOSED + rf"(?:of|in|inside|within)(?:\s(?:{_SIDE}(?:{_SIDE})?ern|central))?{_TOWN}")
# what ties a village to the town beside it: "Orlivka, a village 5 km west of Avdiivka", "Petrivka near Toretsk"
_BESIDE = re.compile(
    _APPOSED + r"(?:(?P<far>\d{1,3})\s?-?(?:(?P<miles>miles?)|km|kilomet\w+)\s(?:[\w-]+\s){0,2}?)?"
    rf"(?:(?P<near>near|outside|beside|(?:edge|outskirts)\sof)|(?:to\sthe\s)?{_SIDE}-?{_SIDE}?\sof|from|away\sfrom){_TOWN}"
)
_ENDS = (" of ", " in ", " near ", " from ", " inside ", " within ", " outside ", " beside ", "ern ", " central ")


class Governor(NamedTuple):
    """A town, by the number of its referent, and how far from it what it governs may lie."""

    town: int
    within_km: float


def govern(
    text: str,
    spots: Sequence[Spot],
    numbers: Sequence[int],
    referents: Sequence[Referent],
    everywhere: Collection[str],
) -> None:
    """
    Tell each referent that may lie in a town which towns the report names before it, the last one first.

    The town that it is said to lie in ("Homs's Old City", "al-Zahra, a district of Homs") comes before these. Names of
    several places are told the town that they are said to lie beside ("Orlivka, a village west of Avdiivka").

    Parameters
    ----------
    text
        The page.
    spots, numbers
        The mentions of one report, and the number of the referent of each.
    everywhere
        Names of parts that every other town has, in lower case.
    """
    parts = False
    for referent in referents:
        referent.everywhere = referent.name.lower() in everywhere
        parts |= referent.everywhere or referent.candidates.in_towns
    for place in range(len(spots) - 1):
        spot, number = spots[place], numbers[place]
        if len(referents[number].candidates) > 1 and spots[place + 1].start - spot.full_end <= _FARTHEST:
            between = text[spot.full_end : spots[place + 1].start]
            if between.endswith(_ENDS):
                _tie(referents, number, numbers[place + 1], between)
    if parts:
        _look_back(numbers, referents)


def _tie(referents: Sequence[Referent], number: int, other: int, between: str) -> None:
    """Tell a referent the town behind it, by the words between the two."""
    referent = referents[number]
    if number == other or referent.containers or referent.governors or not _is_town(referents[other]):
        return
    if _is_part(referent) and _BEHIND.fullmatch(between):
        referent.governors = (Governor(other, _INSIDE_KM),)
    elif beside := _BESIDE.fullmatch(between):
        far = float(beside["far"] or 0.0) * (_MILE_KM if beside["miles"] else 1.0)
        within = _INSIDE_KM + far * _ABOUT if far else _NEAR_KM if beside["near"] else _AWAY_KM
        referent.governors = (Governor(other, within),)


def _look_back(numbers: Sequence[int], referents: Sequence[Referent]) -> None:
    """Tell parts of towns the towns named before them, behind the one that they are said to lie in."""
    towns: list[int] = []
    seen: set[int] = set()
    for number in numbers:
        referent = referents[number]
        if number not in seen and _is_part(referent) and not referent.containers:
            before = [Governor(town, _INSIDE_KM) for town in reversed(towns) if town != number]
            referent.governors = (*referent.governors, *before)[:_MOST]
        seen.add(number)
        if not referent.everywhere and _is_town(referent):
            if number in towns:
                towns.remove(number)
            towns.append(number)


def _is_part(referent: Referent) -> bool:
    """Return whether a name may be that of a part of a town."""
    return referent.everywhere or referent.candidates.in_towns


def _is_town(referent: Referent) -> bool:
    """Return whether a name is that of a town, or of an area that shares its name."""
    return any(code.startswith("PPL") and code not in IN_TOWNS for code in referent.candidates.features[:_FIRST])


class Reach(NamedTuple):
    """
    What some towns may govern of the candidates of a name.

    Attributes
    ----------
    rows
        The candidates near one of the towns' candidates.
    theirs
        The rows of these, town by town.
    firsts
        Where each town's begin in `theirs`.
    near
        Whether each of `rows` is near each of `theirs`.
    """

    rows: Rows
    theirs: Rows
    firsts: list[int]
    near: Marks


def reach_of(points: Floats, mine: range, towns: Sequence[tuple[range, float]]) -> Reach | None:
    """
    Return which candidates lie near which of some towns; None where none of them does.

    Parameters
    ----------
    points
        Unit vectors of all candidates.
    mine
        The rows of the candidates.
    towns
        The rows of each town's candidates, and how far from it what it governs may lie.
    """
    theirs = np.array(list(itertools.chain.from_iterable(town for town, _ in towns)))
    sizes = [len(town) for town, _ in towns]
    limit = np.array([math.cos(within_km / EARTH_KM) for _, within_km in towns]).repeat(sizes)
    cosine = points[mine.start : mine.stop] @ points[theirs].T
    near = (cosine > limit) & (cosine < _APART)
    rows = np.logical_or.reduce(near, axis=1).nonzero()[0]
    if not len(rows):
        return None
    return Reach(rows + mine.start, theirs, [0, *itertools.accumulate(sizes[:-1])], near[rows])


def governed_rows(reached: Reach, mass: Floats) -> Rows | None:
    """
    Return which candidates lie in the first town that has any; None where none of them has.

    Parameters
    ----------
    mass
        How likely each candidate is meant where it is a town, else 0.
    """
    rows, theirs, firsts, near = reached
    held = np.add.reduceat(near * mass[theirs], firsts, axis=1) >= _LEAST
    of_town = np.logical_or.reduce(held, axis=0).nonzero()[0]
    return rows[held[:, of_town[0]]] if len(of_town) else None
