"""Seats of government and the areas that are named after them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tracker.places.names.alphabet import exact_keys
from tracker.places.names.folding import folded_keys
from tracker.places.tables.rows import PlaceRow

__all__ = ["share_spellings"]

_SEATS = frozenset({"PPLA", "PPLC"})


def share_spellings(rows: Iterable[PlaceRow]) -> None:
    """
    Give the seat of a first-order area each spelling of its own name that the area bears.

    Sources spell the two in different ways: where only the area is "Diwaniyah" and the town
    "Al Diwaniyah", a report of the town would be one of the area.

    Examples
    --------
    >>> place = {"lat": 32.0, "lon": 45.0, "country": "IQ", "admin1": "05"}
    >>> town = PlaceRow(place_id="gn:1", name="Al Diwaniyah", feature="PPLA", **place)
    >>> area = PlaceRow(place_id="gn:2", name="Qadisiyah", feature="ADM1", cell="Diwaniyah@en|Kadissia", **place)
    >>> share_spellings([town, area])
    >>> town.cell
    'Diwaniyah@en'
    """
    areas: dict[tuple[str, str], list[PlaceRow]] = defaultdict(list)
    seats: list[PlaceRow] = []
    for row in rows:
        if row.feature == "ADM1":
            areas[row.country, row.admin1].append(row)
        elif row.feature in _SEATS:
            seats.append(row)
    for seat in seats:
        own = _spellings(seat)
        lent = [part for area in areas.get((seat.country, seat.admin1), ()) for part in _spellings(area)]
        if not lent:
            continue
        texts = [_text(part) for part in (*own, *lent)]
        alike, exact = folded_keys(texts), exact_keys(texts)
        names, spelt = set(alike[: len(own)]), set(exact[: len(own)])
        for part, key, text in zip(lent, alike[len(own) :], exact[len(own) :], strict=True):
            if key in names and text not in spelt:
                spelt.add(text)
                seat.cell = f"{seat.cell}|{part}" if seat.cell else part


def _spellings(row: PlaceRow) -> list[str]:
    """Return the names of a row as its cell holds them, its own first."""
    return [row.name, *filter(None, row.cell.split("|"))]


def _text(part: str) -> str:
    return part.partition("@")[0].partition("[")[0]
