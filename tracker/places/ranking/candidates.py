"""The places that a name may mean, with what ranking asks of them, remembered name by name."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

import numpy as np
import numpy.typing as npt

from tracker.model import Place
from tracker.places.gazetteer import Gazetteer
from tracker.places.lexicon import CueType
from tracker.places.matching.matcher import NameTable, name_key
from tracker.places.memo import Memo
from tracker.places.names.folding import folded_key, folded_keys

__all__ = ["CODES", "NONE", "CandidateBook", "Candidates"]

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
_REMEMBERED = 50_000  # names whose candidates are kept; about 100 MB at worst
_SEATS = ("PPLA", "PPLC")  # seats of government: the towns that areas are named after
_SEAT_NEAR = math.cos(150.0 / 6371.0088)  # cosine of 150 km of the earth's round
_WIDE = frozenset({"RGN", "CONT", "SEA", "OCN", "GULF", "DSRT", "PEN"})
_WIDE_PEOPLE = 100_000  # a region or sea of the supplements is as well known as a city
_TOWN_PEOPLE = 1_000  # GeoNames' list of towns leaves out what it knows to be below 500
_MANY = 1_000_000  # people of a country whose first-order areas count in full
_MOST = 60  # candidates of one name that are weighed; the rest are smaller places


class _Codes(dict[str, int]):
    """Numbers of the codes of countries and areas, given when a code is first asked for; that of no code is 0."""

    def __missing__(self, code: str) -> int:
        with _LOCK:
            return self.setdefault(code, len(self))

    def of(self, codes: Iterable[str]) -> Numbers:
        """Return the numbers of some codes."""
        return np.array([self[code] for code in codes], np.int64)


_LOCK = Lock()
CODES = _Codes({"": 0})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """
    Places that one name may mean.

    Attributes
    ----------
    places
        Best known first; without their other names and ids, which nothing here asks for.
    points
        Unit vectors from the earth's centre, one row a place.
    fixed
        What ranking knows without any context, one row a place, columns `CandidateBook.FIXED`.
    countries, admin1
        Country code and ``country.admin1`` of each, empty when not known.
    country_numbers, area_numbers
        The same as numbers, see `CODES`.
    best
        The first two columns of `fixed` of the best known, as numbers of Python.
    """

    places: tuple[Place, ...]
    points: Floats
    fixed: Floats
    countries: tuple[str, ...]
    admin1: tuple[str, ...]
    country_numbers: Numbers = field(init=False)
    area_numbers: Numbers = field(init=False)
    best: tuple[float, float] = field(init=False, default=(0.0, 0.0))

    def __post_init__(self) -> None:
        object.__setattr__(self, "country_numbers", CODES.of(self.countries))
        object.__setattr__(self, "area_numbers", CODES.of(self.admin1))
        if self.places:
            object.__setattr__(self, "best", tuple(self.fixed[0, :2].tolist()))

    def __len__(self) -> int:
        return len(self.places)

    def within(self, countries: frozenset[str]) -> Candidates:
        """Return those that lie in some countries, or in none."""
        return self._only([not code or code in countries for code in self.countries])

    def first(self, count: int) -> Candidates:
        """Return the best known."""
        return self._only([row < count for row in range(len(self.places))])

    def taken_by(self, cue: CueType) -> Candidates:
        """Return those of the kind that a cue names; an area among them no longer yields to its chief town."""
        taken = self._only(cue.of_kind(self.places))
        fixed = taken.fixed.copy()
        fixed[:, CandidateBook.FIXED.index("seat")] = 0.0
        return replace(taken, fixed=fixed)

    def all_taken_by(self, cue: CueType) -> bool:
        """Return whether all are of the kind that a cue names."""
        return all(cue.takes(place.feature) for place in self.places)

    def joined(self, others: Candidates) -> Candidates:
        """Return these and then those of `others` that are not among them."""
        known = {place.place_id for place in self.places}
        more = others._only([place.place_id not in known for place in others.places])
        if not len(more):
            return self
        return Candidates(
            places=self.places + more.places,
            points=np.vstack((self.points, more.points)),
            fixed=np.vstack((self.fixed, more.fixed)),
            countries=self.countries + more.countries,
            admin1=self.admin1 + more.admin1,
        )

    def _only(self, wanted: list[bool]) -> Candidates:
        if all(wanted):
            return self
        rows = [row for row, keep in enumerate(wanted) if keep]
        return Candidates(
            places=tuple(self.places[row] for row in rows),
            points=self.points[rows],
            fixed=self.fixed[rows],
            countries=tuple(self.countries[row] for row in rows),
            admin1=tuple(self.admin1[row] for row in rows),
        )


class CandidateBook:
    """Looks candidates up in a gazetteer and remembers them."""

    # seat: an area that shares its name with its chief town; without a type word the town is meant
    FIXED = (
        "log_population",
        "country",
        "first_order",
        "second_order",
        "quarter",
        "water",
        "main_name",
        "exact",
        "seat",
    )

    def __init__(self, gazetteer: Gazetteer, table: NameTable) -> None:
        self._gazetteer = gazetteer
        self._table = table
        self._people = gazetteer.people()
        self._places = Memo(gazetteer.sketch, _REMEMBERED)
        self._exact: dict[int, Candidates] = {}
        self._folded: dict[tuple[str, str | None], Candidates] = {}
        self._respelt = Memo(self._respell, _REMEMBERED)

    def exact(self, entry: int) -> Candidates:
        """Return the places that bear the name of an entry of the table."""
        known = self._exact.get(entry)
        if known is None:
            if len(self._exact) > _REMEMBERED:
                self._exact.clear()
            key = self._table.key(entry)
            places = [self._places[ordinal] for ordinal in self._table.ordinals(entry)]
            known = self._exact[entry] = _candidates(places, key, self._people, exact=True)
        return known

    def folded(self, name: str, cue: CueType | None = None) -> Candidates:
        """
        Return the places with a name that is `name` in another spelling.

        With a cue, the name is tried with each word for such a place too ("Tabqa" + "airbase"),
        and only such places are returned.
        """
        asked = (name, None if cue is None else cue.kind)
        known = self._folded.get(asked)
        if known is None:
            known = self._folded[asked] = self._search(_variants(name, cue), cue)
        return known

    def prepare(self, names: Iterable[str]) -> None:
        """Look many names up in their other spellings, which is faster than one by one when `folded` asks for them."""
        if len(self._folded) > _REMEMBERED:
            self._folded.clear()
        fresh = [name for name in dict.fromkeys(names) if (name, None) not in self._folded]
        if not fresh:
            return
        keys = folded_keys(fresh)
        held = self._gazetteer.index.holds(keys)
        for name, key, may_be in zip(fresh, keys, held, strict=True):
            self._folded[name, None] = self._by_keys([key], None) if may_be else NONE

    def respelt(self, name: str, countries: frozenset[str]) -> Candidates:
        """Return the places of some countries, or of none, with a name that is `name` in another spelling."""
        known = self.folded(name)
        return self._respelt[name, countries] if known.places else known

    def _respell(self, asked: tuple[str, frozenset[str]]) -> Candidates:
        return self.folded(asked[0]).within(asked[1])

    def _search(self, variants: Iterable[str], cue: CueType | None) -> Candidates:
        return self._by_keys(dict.fromkeys(folded_key(variant) for variant in variants), cue)

    def _by_keys(self, keys: Iterable[str], cue: CueType | None) -> Candidates:
        ordinals = {ordinal for key in keys for _, ordinal in self._gazetteer.lookup(key)}
        places = [self._places[ordinal] for ordinal in sorted(ordinals)]
        if cue is not None:
            places = [place for place, taken in zip(places, cue.of_kind(places), strict=True) if taken]
        return _candidates(places, "", self._people, exact=False) if places else NONE


def _variants(name: str, cue: CueType | None) -> list[str]:
    variants = [name]
    if cue is not None and cue.own:
        variants += [f"{name} {word}" for word in cue.after if not word.endswith("s")]
        variants += [f"{word} {name}" for word in cue.before if not word.endswith("s of")]
    return variants


def _candidates(places: Iterable[Place], key: str, people: Mapping[str, int], *, exact: bool) -> Candidates:
    """Weigh places without context and put the best known first; `people` live in each country."""
    ranked = sorted(places, key=lambda place: (-_prominence(place), place.place_id))[:_MOST]
    radians = np.radians(np.array([(place.lon, place.lat) for place in ranked], dtype=np.float64).reshape(-1, 2))
    lon, lat = radians[:, 0], radians[:, 1]
    points = np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
    near = points @ points.T > _SEAT_NEAR
    is_seat = np.array([place.feature.startswith(_SEATS) for place in ranked], dtype=bool)
    admin1 = tuple(f"{place.country}.{place.admin1}" if place.admin1 else "" for place in ranked)
    seats = {code for code, seat in zip(admin1, is_seat, strict=True) if seat and code}
    has_seat = (near & is_seat[None, :]).any(axis=1) if ranked else is_seat
    has_seat |= np.array([code in seats for code in admin1], dtype=bool)
    main = _main_names({place.name for place in ranked}, key)
    fixed = np.array(
        [
            _fixed(place, seat, people, main=place.name in main, exact=exact)
            for place, seat in zip(ranked, has_seat, strict=True)
        ],
        dtype=np.float64,
    )
    return Candidates(
        places=tuple(ranked),
        points=points,
        fixed=fixed.reshape(-1, len(CandidateBook.FIXED)),
        countries=tuple(place.country or "" for place in ranked),
        admin1=admin1,
    )


def _prominence(place: Place) -> float:
    bonus = 6.0 if place.feature.startswith("PCL") else 3.0 if place.feature == "ADM1" else 0.0
    return math.log10(place.population + 100) + bonus


def _unsaid(place: Place) -> int:
    """Return how many people make a place as well known as it is, where no number of inhabitants is given."""
    if place.feature in _WIDE:
        return _WIDE_PEOPLE
    return _TOWN_PEOPLE if place.place_id.startswith("gn:") and place.feature.startswith("PPL") else 0


def _main_names(names: Collection[str], key: str) -> frozenset[str]:
    """Return which of some names are spelt as a key is, or in another way."""
    folded = folded_key(key)
    return frozenset(name for name in names if key and (name_key(name) == key or folded_key(name) == folded))


def _fixed(place: Place, seat: bool, people: Mapping[str, int], *, main: bool, exact: bool) -> tuple[float, ...]:
    feature = place.feature
    return (
        math.log10((place.population or _unsaid(place)) + 100) - 2.0,
        float(feature.startswith("PCL")),
        # an area of a country with few people is known to few: Palmyra Atoll is not what Palmyra means
        min(1.0, math.log10(people.get(place.country or "", _MANY) + 1) / math.log10(_MANY)) * (feature == "ADM1"),
        float(feature.startswith("ADM") and feature != "ADM1"),
        float(feature == "PPLX"),
        float(feature.startswith(("LK", "STM", "SEA", "OCN"))),
        float(main),
        float(exact),
        float(feature.startswith("ADM") and bool(seat)),
    )


NONE = _candidates([], "", {}, exact=False)
