"""How far off and in which direction: "15 kilometres away", "3 km north of X"; proximity, never control."""

from __future__ import annotations

import re

__all__ = ["offset_of"]

_DISTANCE = re.compile(
    r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,3})?)(?:\s|-|\u00a0)?(kilomet(?:re|er)s?|km|miles?|mi|met(?:re|er)s?|m)\b",
    re.IGNORECASE,
)
_BEARING = re.compile(r"\b(north|south|east|west)(?:-?(east|west))?(?:ern)?\s+of\b", re.IGNORECASE)
_METRES = {"k": 1000.0, "mi": 1609.344}  # the international mile
_DEGREES = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0,
}  # fmt: skip


def offset_of(text: str) -> tuple[float | None, float | None]:
    """
    Return the distance in metres and the bearing in degrees that a stretch of text says.

    The bearing is that of the side from the place: "north of X" is 0.

    Examples
    --------
    >>> offset_of("are now 15 kilometres south-east of the town")
    (15000.0, 135.0)
    """
    distance = None
    found = _DISTANCE.search(text)
    if found:
        unit = found.group(2).lower()
        factor = _METRES["k"] if unit.startswith("k") else _METRES["mi"] if unit.startswith("mi") else 1.0
        distance = round(float(found.group(1).replace(",", ".")) * factor, 1)
    side = _BEARING.search(text)
    bearing = _DEGREES.get((side.group(1) + (side.group(2) or "")).lower()) if side else None
    return distance, bearing
