"""Which town governs what lies in towns: quarters, hospitals, squares that a report names without saying where."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from tracker.places.mentions.spots import Spot
from tracker.places.ranking.facts import IN_TOWNS, Floats, Rows
from tracker.places.ranking.neighbours import EARTH_KM

if TYPE_CHECKING:
    from tracker.places.ranking.resolve import Referent

__all__ = ["govern", "governed_rows"]

_MOST = 6  # towns named before it that a quarter may belong to
_INSIDE = math.cos(12.0 / EARTH_KM)  # a quarter of a city lies within this distance of its middle
_FARTHEST = 60  # characters between a quarter and the town that is named behind it
_FIRST = 3  # candidates that tell whether a name is that of a town: the best known is often the area around it
_LEAST = 0.2  # share of a town's candidates that must have the quarter beside them
# what ties a quarter to the town behind it: "al-Zahra, a district of Homs", "the Old City in central Homs"
_BEHIND = re.compile(
    r",?\s(?:(?:an?|the|one)\s)?(?:[\w’'-]+\s){0,5}?(?:of|in|inside|within)(?:\s(?:the\s(?:city|town)\sof|\w+ern|central))?\s"
)


def govern(
    text: str,
    spots: Sequence[Spot],
    numbers: Sequence[int],
    referents: Sequence[Referent],
    everywhere: Collection[str],
) -> None:
    """
    Tell each referent that may lie in a town which towns the report names before it, the last one first.

    The town that it is said to lie in ("Homs's Old City", "al-Zahra, a district of Homs") comes before these.

    Parameters
    ----------
    text
        The page.
    spots, numbers
        The mentions of one report, and the number of the referent of each.
    everywhere
        Names of parts that every other town has, in lower case.
    """
    for referent in referents:
        referent.everywhere = referent.name.lower() in everywhere
    if not any(referent.everywhere or referent.candidates.in_towns for referent in referents):
        return
    towns: list[int] = []
    for place, (spot, number) in enumerate(zip(spots, numbers, strict=True)):
        referent = referents[number]
        part = referent.everywhere or referent.candidates.in_towns
        if part and not referent.containers and not referent.governors:
            behind = place + 1
            told: list[int] = []
            if behind < len(spots) and spots[behind].start - spot.full_end <= _FARTHEST:
                between = text[max(spot.end, spot.full_end) : spots[behind].start]
                if _BEHIND.fullmatch(between) and _is_town(referents[numbers[behind]]):
                    told.append(numbers[behind])
            listed = [*told, *reversed(towns)]
            referent.governors = tuple(dict.fromkeys(town for town in listed if town != number))[:_MOST]
        if not referent.everywhere and _is_town(referent):
            if number in towns:
                towns.remove(number)
            towns.append(number)


def _is_town(referent: Referent) -> bool:
    """Return whether a name is that of a town, or of an area that shares its name."""
    return any(code.startswith("PPL") and code not in IN_TOWNS for code in referent.candidates.features[:_FIRST])


def governed_rows(points: Floats, mass: Floats, mine: slice, towns: Sequence[slice]) -> Rows | None:
    """
    Return which candidates lie in the first of some towns that has any; None where none of them has.

    Parameters
    ----------
    points
        Unit vectors of all candidates.
    mass
        How likely each is meant where it is a town, else 0.
    mine, towns
        The rows of the quarter's candidates, and of those of each town.
    """
    here = points[mine]
    for town in towns:
        held = (here @ points[town].T > _INSIDE) @ mass[town]
        if held.max() >= _LEAST:
            rows: Rows = (held >= _LEAST).nonzero()[0] + mine.start
            return rows
    return None
