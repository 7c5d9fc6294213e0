"""How fast word of a place goes stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.errors import UnknownPlaceError
from tracker.model import Claim, PlaceIndex

__all__ = ["half_life_days"]

# Days in which belief halves when nobody speaks of a place any more, by GeoNames feature code, the longest
# matching beginning first. Own choice, in the order of how long a side keeps what it has: a province or a big
# town makes news when it falls, so that silence says something; a hill, a checkpoint or a field changes hands unseen.
_HALF_LIFE: tuple[tuple[str, float], ...] = (
    ("ADM", 1460.0),
    ("PPLC", 1460.0),
    ("PPLA", 1460.0),
    ("PPLX", 365.0),
    ("PPL", 730.0),
    ("AIR", 730.0),
    ("MILB", 730.0),
    ("INSM", 730.0),
    ("DAM", 730.0),
    ("OILF", 365.0),
    ("HLL", 180.0),
    ("BDG", 180.0),
    ("RD", 180.0),
)
_DEFAULT = 365.0


def half_life_days(claims: Sequence[Claim], places: PlaceIndex | None) -> float:
    """
    Return the days in which belief about a place halves, by what kind of place it is.

    A place that the gazetteer lacks is judged by the feature code in its claims.
    """
    feature = _feature(claims, places)
    return next((days for start, days in _HALF_LIFE if feature.startswith(start)), _DEFAULT)


def _feature(claims: Sequence[Claim], places: PlaceIndex | None) -> str:
    if places is not None and claims and claims[0].place.place_id is not None:
        try:
            return places.get(claims[0].place.place_id).feature
        except UnknownPlaceError:
            pass
    said = Counter(c.place.feature for c in claims if c.place.feature)
    return min(said, key=lambda f: (-said[f], f)) if said else ""
