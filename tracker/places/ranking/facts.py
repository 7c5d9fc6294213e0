"""What ranking asks of the places of many names, before it looks at the text around them: columns, one row a place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.places.gazetteer import Gazetteer
from tracker.places.index.columns import spans
from tracker.places.lexicon import lexicon
from tracker.places.names.alphabet import Alphabet, exact_keys
from tracker.places.names.folding import folded_keys
from tracker.places.names.numbers import key_numbers
from tracker.places.names.tokens import parted

__all__ = ["FIXED", "IN_TOWNS", "FactBook", "Facts", "Floats", "Marks", "Rows"]

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
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
_SEATS = ("PPLA", "PPLC")  # seats of government: the towns that areas are named after
_SEAT_NEAR = math.cos(150.0 / 6371.0088)  # cosine of 150 km of the earth's round
# What lies in a town and is rarely spoken of where the town is not: quarters, hospitals, palaces, squares, schools.
IN_TOWNS = frozenset({"PPLX", "HSP", "FCL", "BLDG", "MSQE", "SQR", "UNIV", "STDM"})
_WIDE = frozenset({"RGN", "CONT", "SEA", "OCN", "GULF", "DSRT", "PEN"})
_WIDE_PEOPLE = 100_000  # a region or sea of the supplements is as well known as a city
_SEAT_PEOPLE = 5_000  # the seat of a district or township, which is known by its name
_TOWN_PEOPLE = 1_000  # GeoNames' list of towns leaves out what it knows to be below 500
_MANY = 1_000_000  # people of a country whose first-order areas count in full
_MOST = 60  # candidates of one name that are weighed; the rest are smaller places
_MOST_ALIKE = 20  # in each country besides, of what is only spelt alike: those of one country are asked for later


class Facts(NamedTuple):
    """
    The places of some names, those of one name together, the best known first.

    Attributes
    ----------
    name
        The number of the name that a place bears.
    ordinal
        Position in the gazetteer.
    point
        Unit vector from the earth's centre.
    fixed
        What is known without any context, columns `FIXED`.
    country, area
        Numbers of the country and of its first-order area; 0 for none.
    """

    name: Rows
    ordinal: Rows
    point: Floats
    fixed: Floats
    country: Rows
    area: Rows

    def rows(self, wanted: slice | list[int]) -> Facts:
        """Return some rows."""
        return _new_facts([column[wanted] for column in self])

    def and_then(self, more: Facts) -> Facts:
        """Return these rows and then others."""
        return _new_facts([np.concatenate(columns) for columns in zip(self, more, strict=True)])


_new_facts = partial(tuple.__new__, Facts)


class FactBook:
    """
    Reads the facts of places from a gazetteer.

    Attributes
    ----------
    country_numbers
        The numbers of countries by their codes, that of none 0.
    fought_over
        The numbers of first-order areas where most of the fighting in their countries was, ascending.
    """

    def __init__(self, gazetteer: Gazetteer, letters: Alphabet) -> None:
        self._letters = letters
        self._index = index = gazetteer.index
        self._features = index.tables["feature"]
        self._countries = ["", *filter(None, index.tables["country"])]
        self.country_numbers = {code: number for number, code in enumerate(self._countries)}
        self._country = np.array([self.country_numbers[code] for code in index.tables["country"]], np.int64)
        areas = index.tables["admin1"]
        self._area = np.array([number + 1 if code else 0 for number, code in enumerate(areas)], np.int64)
        parts = [code.partition(".")[::2] for code in sorted(lexicon().fought_over)]
        pairs = [
            (land, areas.index(code) + 1) for land, code in parts if code in areas and land in self.country_numbers
        ]
        fought_over = [self._area_number(self.country_numbers[land], area) for land, area in pairs]
        self.fought_over = np.array(sorted(fought_over), np.int64)
        people = gazetteer.people()
        # an area of a country with few people is known to few: Palmyra Atoll is not what Palmyra means
        known = [math.log10(people.get(code, _MANY) + 1) / math.log10(_MANY) for code in self._countries]
        self._known = np.minimum(1.0, np.array(known))
        self._state = self._mark("PCL")
        self._seat = self._mark(*_SEATS)
        self._town = self._mark("PPL")
        self._seat_of_less = self._mark("PPLA2", "PPLA3")
        self._area_of_any = self._mark("ADM")
        self._first = np.array([code == "ADM1" for code in self._features])
        self._quarter = np.array([code in IN_TOWNS for code in self._features])
        self._water = self._mark("LK", "STM", "SEA", "OCN")
        self._wide = np.array([code in _WIDE for code in self._features])

    def _area_number(self, country: Any, area: Any) -> Any:
        """Return the number of the first-order area that has a number among those of its country."""
        return area + country * (len(self._area) + 1)

    def _mark(self, *beginnings: str) -> Marks:
        return np.array([code.startswith(beginnings) for code in self._features])

    def features_of(self, ordinal: Rows) -> list[str]:
        """Return the feature codes of places."""
        features = self._features
        return [features[number] for number in self._index.arrays["place_feature"][ordinal].tolist()]

    def countries_of(self, country: Rows) -> list[str]:
        """Return the codes of countries by their numbers."""
        countries = self._countries
        return [countries[number] for number in country.tolist()]

    def of(self, name: Rows, ordinal: Rows, keys: Sequence[str] = ()) -> Facts:
        """
        Return the facts of places.

        Parameters
        ----------
        name, ordinal
            Numbers of names, ascending, and places that bear them.
        keys
            The exact keys by which the names were found; empty for names that are only spelt alike.
        """
        arrays = self._index.arrays
        feature, people = arrays["place_feature"][ordinal], arrays["place_population"][ordinal]
        prominence = np.log10(people + 100.0) + 6.0 * self._state[feature] + 3.0 * self._first[feature]
        order = np.lexsort((ordinal, -prominence, name))
        country = self._country[arrays["place_country"][ordinal]]
        kept = _rank_within(name) < _MOST
        if not len(keys) and not kept.all():
            kept |= _rank_in_groups(name[order] * (len(self._countries) + 1) + country[order]) < _MOST_ALIKE
        order = order[kept]
        name, ordinal, feature, people = name[order], ordinal[order], feature[order], people[order]
        country = country[order]
        area = self._area[arrays["place_admin1"][ordinal]]
        held = area > 0
        area[held] = self._area_number(country[held], area[held])
        lon, lat = np.radians(arrays["place_lon"][ordinal]), np.radians(arrays["place_lat"][ordinal])
        point = np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
        first, areas = self._first[feature], self._area_of_any[feature]
        fixed = np.column_stack(
            (
                np.log10(np.where(people > 0, people, self._unsaid(ordinal, feature, people)) + 100.0) - 2.0,
                self._state[feature],
                first * self._known[country],
                areas & ~first,
                self._quarter[feature],
                self._water[feature],
                self._main(name, ordinal, keys) if len(keys) else np.zeros(len(name)),
                np.full(len(name), float(len(keys) > 0)),
                _seated(name, where(areas), where(self._seat[feature]), point, area),
            )
        )
        return Facts(name, ordinal, point, fixed, country, area)

    def _unsaid(self, ordinal: Rows, feature: Rows, people: Rows) -> Rows:
        """Return how many people make a place as well known as it is, where no number of inhabitants is given."""
        unsaid = np.where(self._wide[feature], _WIDE_PEOPLE, np.where(self._seat_of_less[feature], _SEAT_PEOPLE, 0))
        towns = where(self._town[feature] & ~self._seat_of_less[feature] & (people == 0))
        ids = map(self._index.id_of, ordinal[towns].tolist())
        unsaid[towns] = [_TOWN_PEOPLE * place_id.startswith(("gn:", "tk:")) for place_id in ids]
        return unsaid

    def _main(self, name: Rows, ordinal: Rows, keys: Sequence[str]) -> Marks:
        """Return which places are called so first of all: their own name is spelt as the key is, or in another way."""
        own = self._index.own_names(ordinal)
        main: Marks = self._index.key_numbers_of(own) == key_numbers(folded_keys(keys))[name]
        rest = where(~main)
        texts = [self._index.names[position] for position in own[rest].tolist()]
        listed = zip(exact_keys(texts, self._letters), name[rest].tolist(), strict=True)
        main[rest] = [parted(key) == keys[number] for key, number in listed]
        return main


def where(condition: Marks) -> Rows:
    """Return the positions that are true."""
    return condition.nonzero()[0]


def _rank_within(name: Rows) -> Rows:
    """Return of each row of sorted names how many of the same name stand before it."""
    first = np.searchsorted(name, name)
    ranks: Rows = np.arange(len(name)) - first
    return ranks


def _rank_in_groups(group: Rows) -> Rows:
    """Return of each row how many of the same group stand before it."""
    order = np.argsort(group, kind="stable")
    ranks = np.empty_like(order)
    ranks[order] = _rank_within(group[order])
    return ranks


def _seated(name: Rows, areas: Rows, seats: Rows, point: Floats, area: Rows) -> Marks:
    """Return which areas share their name with their chief town."""
    first, last = (np.searchsorted(name[seats], name[areas], side) for side in ("left", "right"))
    mine = np.repeat(areas, last - first)
    town = seats[spans(first, last - first)]
    held = np.einsum("ij,ij->i", point[mine], point[town]) > _SEAT_NEAR
    held |= (area[mine] == area[town]) & (area[mine] > 0)
    seated = np.zeros(len(name), bool)
    seated[mine[held]] = True
    return seated
