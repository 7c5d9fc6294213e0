"""Names in a text, gazetteer entries, and the choice that ties one to the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Candidate", "Mention", "Place", "PlaceIndex", "PlaceName", "Resolution"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """
    One name of a place.

    Attributes
    ----------
    language
        ISO 639-1 code, None when not known.
    script
        ISO 15924 code, e.g. ``Latn``, ``Arab``, ``Cyrl``; None when not known.
    start, end
        EDTF years or days between which the name was in use; None is open.
    """

    text: str
    language: str | None = None
    script: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    One gazetteer entry.

    Attributes
    ----------
    place_id
        ``gn:<geonameid>``, ``osm:…``, ``ne:…`` or ``tk:<slug>``.
    lon, lat
        WGS 84 degrees of a point inside.
    feature
        GeoNames feature code: ``PPL``, ``PPLC``, ``PPLX`` (quarter), ``ADM1``, ``AIRB``, ``MILB``, ``OILF`` …
    country
        ISO 3166-1 alpha-2 code, None for what lies in none or in several.
    parent
        Id of the place that holds this one (a quarter's town, a town's admin-1 area), None at the top.
    population
        Inhabitants, 0 when not known.
    radius_m
        Radius of its footprint when known better than by its kind, else None.
    precision_m
        How near the true position the point lies, in metres; None: as near as its source has it, which is
        within the place for towns and airfields.
    source
        Where the row comes from, in words.
    admin2
        Id of the admin-2 area (district, county, raion) it lies in, None when not known.
    other_ids
        Ids under which other sources know the same place.
    """

    place_id: str
    name: str
    lon: float
    lat: float
    feature: str
    country: str | None = None
    admin1: str | None = None
    parent: str | None = None
    population: int = 0
    radius_m: float | None = None
    precision_m: float | None = None
    names: tuple[PlaceName, ...] = ()
    source: str | None = None
    admin2: str | None = None
    other_ids: tuple[str, ...] = ()


class PlaceIndex(Protocol):
    """What later stages may ask of a gazetteer, whichever made it."""

    def get(self, place_id: str) -> Place:
        """Return one place; raise `UnknownPlaceError` when there is none."""

    def children(self, place_id: str) -> Iterable[Place]:
        """Return the places whose parent is this one, ordered by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place name standing in a text: ``report.text[start:end] == text``."""

    report_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention may mean, with the share of belief it was given."""

    place_id: str
    name: str
    lat: float
    lon: float
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """
    The place chosen for a mention; NIL when `place_id` is None.

    Attributes
    ----------
    report_id, start, end, text
        The mention: ``report.text[start:end] == text``.
    lat, lon
        WGS 84 degrees, None for NIL.
    precision_m
        How near the true position the point is known to lie, in metres; None: as near as the place's source has it.
    feature, country, parent
        Of the chosen place; for NIL, `feature` is what the cue words say, if they do.
    score
        Belief in the choice, 0 to 1.
    candidates
        What else it could be, best first, the chosen one included.
    """

    report_id: str
    start: int
    end: int
    text: str
    place_id: str | None = None
    name: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision_m: float | None = None
    feature: str | None = None
    country: str | None = None
    parent: str | None = None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
