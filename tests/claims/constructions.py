"""The table of constructions, constructions.txt, and whether a row of it is read rightly."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import MARK, SIDES, read

from tracker.model import Claim, Modality

SETTING = "The fighting goes on. "  # so that a sentence without a side is about a war
TABLE = Path(__file__).with_name("constructions.txt")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the kinds that are right, the construction, the marked sentence."""

    kinds: tuple[str, ...]
    construction: str
    marked: str

    @property
    def places(self) -> set[str]:
        """The places that each must have a claim."""
        return {words for mark, words in MARK.findall(self.marked) if mark == "P"}

    @property
    def side(self) -> str | None:
        """The side that each claim must name; None when the sentence names none."""
        mark = "C" if self.kinds == ("loses",) else "A"
        return SIDES[mark] if any(found == mark for found, _ in MARK.findall(self.marked)) else None


def rows() -> Iterator[Row]:
    """Yield the rows of the table."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kinds, construction, marked = line.split(" | ", 2)
            yield Row(tuple(kinds.split("/")), construction, marked)


def real(claims: list[Claim]) -> list[Claim]:
    """Return the claims that say that something is so; nearness counts as nothing."""
    return [claim for claim in claims if claim.modality is not Modality.UNREAL]


def verdict(row: Row, backend: str) -> tuple[bool, bool]:
    """Tell whether a row is found, and whether it is found with the right side."""
    claims = real(read(SETTING + row.marked, backend=backend))
    if row.kinds == ("none",):
        silent = all(claim.kind == "approaches" for claim in claims)
        return silent, silent
    fitting = [claim for claim in claims if claim.kind in row.kinds]
    sides = {row.side, SIDES["C"], None} if row.kinds == ("contests",) else {row.side}  # who attacks is often left open
    sided = [claim for claim in fitting if claim.actor in sides]
    return _cover(fitting, row.places), _cover(sided, row.places)


def _cover(claims: list[Claim], places: set[str]) -> bool:
    """Tell whether each place has a claim, be it as part of a longer name ("the airport of X")."""
    return all(any(place in claim.place.text for claim in claims) for place in places)
