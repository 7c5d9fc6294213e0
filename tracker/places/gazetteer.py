"""The gazetteer: places by id, by parent and by name, over a compiled index."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np

from tracker.errors import UnknownPlaceError
from tracker.model import Place, PlaceName
from tracker.places.index.columns import Index
from tracker.places.index.shelf import open_index
from tracker.places.names.folding import bare_key, exact_key, folded_key, script_of, unjoined

__all__ = ["Brief", "Gazetteer", "NameHit", "NameRow"]

_MAIN = 10  # a place called so mainly is meant before one ten times its size that is called so as well


_STRETCH = 50_000  # names turned into strings at a time


# What a mention tells of its place: id, name, lat, lon, precision_m, feature, country and parent.
Brief: TypeAlias = tuple[str, str, float, float, float | None, str, str | None, str | None]


class NameRow(NamedTuple):
    """One name of one place; `ordinal` is the place's position, see `Gazetteer.at`."""

    key: str
    text: str
    ordinal: int


class NameHit(NamedTuple):
    """A place found by name, with the name that was found; `exact` when case and accents are all that differs."""

    place: Place
    name: str
    exact: bool


class Gazetteer:
    """
    Places by id, by parent and by name; made by `load`.

    Places are numbered from 0 to ``len(gazetteer) - 1`` in the order of their ids, those of the user's own behind them;
    `Place` objects are made when they are asked for.

    Attributes
    ----------
    version
        Hash of the data and of the code that compiled it.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.version = index.version
        self._at = lru_cache(maxsize=1 << 16)(self._make)

    @classmethod
    def load(cls, *, countries: Collection[str] | None = None, extra: Sequence[Path] = ()) -> Gazetteer:
        """
        Load the shipped gazetteer.

        Parameters
        ----------
        countries
            ISO 3166-1 alpha-2 codes: only these countries, and what lies in none; None is the world.
        extra
            Files of the user's own, read after the shipped ones: a row with a
            known id adds to that place.

        Raises
        ------
        GazetteerError
            If a file breaks the rules; the message names file and line.
        """
        scope = None if countries is None else frozenset(code.upper() for code in countries)
        return cls(open_index(countries=scope, extra=tuple(map(Path, extra))))

    def __len__(self) -> int:
        return len(self.index)

    def at(self, ordinal: int) -> Place:
        """Return the place at a position, 0 to ``len(gazetteer) - 1``."""
        return self._at(int(ordinal))

    def sketches(self, ordinals: Sequence[int]) -> list[Place]:
        """Return the places at some positions without their other names and ids, which takes a tenth of the time."""
        index, arrays, wanted = self.index, self.index.arrays, np.array(ordinals, np.int64)
        lons, lats, people, radii, precisions, parents, districts = (
            arrays[f"place_{column}"][wanted].tolist()
            for column in ("lon", "lat", "population", "radius", "precision", "parent", "district")
        )
        features, countries, areas, sources = (
            [index.tables[column][number] for number in arrays[f"place_{column}"][wanted].tolist()]
            for column in ("feature", "country", "admin1", "source")
        )
        names = index.own_names(wanted).tolist()
        return [
            Place(
                place_id=index.id_of(ordinal),
                name=index.names[names[row]],
                lon=lons[row],
                lat=lats[row],
                feature=features[row],
                country=countries[row] or None,
                admin1=areas[row] or None,
                parent=index.id_of(parents[row]) if parents[row] >= 0 else None,
                population=people[row],
                radius_m=None if math.isnan(radii[row]) else radii[row],
                precision_m=None if math.isnan(precisions[row]) else precisions[row],
                source=sources[row] or None,
                admin2=index.id_of(districts[row]) if districts[row] >= 0 else None,
            )
            for row, ordinal in enumerate(ordinals)
        ]

    def briefs(self, ordinals: Sequence[int]) -> list[Brief]:
        """Return what a mention tells of the places at some positions; many at a time, in a fifth of the time."""
        index, arrays, wanted = self.index, self.index.arrays, np.array(ordinals, np.int64)
        lats, lons, precisions, parents = (
            arrays[f"place_{column}"][wanted].tolist() for column in ("lat", "lon", "precision", "parent")
        )
        features, countries = (
            [index.tables[column][number] for number in arrays[f"place_{column}"][wanted].tolist()]
            for column in ("feature", "country")
        )
        names = [index.names[position] for position in index.own_names(wanted).tolist()]
        return list(
            zip(
                map(index.id_of, ordinals),
                names,
                lats,
                lons,
                [None if math.isnan(precision) else precision for precision in precisions],
                features,
                [country or None for country in countries],
                [index.id_of(parent) if parent >= 0 else None for parent in parents],
                strict=True,
            )
        )

    def ordinal(self, place_id: str) -> int:
        """
        Return the position of a place, asked for by its own id or by one it has in another source.

        Raises
        ------
        UnknownPlaceError
            If there is none.
        """
        found = self.index.find_id(place_id)
        if found is None:
            raise UnknownPlaceError(place_id, suggestions=self._suggestions(place_id))
        return found

    def get(self, place_id: str) -> Place:
        """Return one place; raise `UnknownPlaceError` when there is none."""
        return self.at(self.ordinal(place_id))

    def children(self, place_id: str) -> list[Place]:
        """Return the places whose parent is this one, ordered by id."""
        ordinal = self.ordinal(place_id)
        first, last = np.searchsorted(self.index.arrays["child_parents"], [ordinal, ordinal + 1])
        children = map(self.at, self.index.arrays["child_order"][first:last].tolist())
        return sorted(children, key=lambda place: place.place_id)

    def ancestors(self, place_id: str) -> list[str]:
        """Return the ids of the places that hold this one, the nearest first: quarter, town, admin-1 area, country."""
        found: list[str] = []
        parent = self.get(place_id).parent
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self.get(parent).parent
        return found

    def people(self) -> dict[str, int]:
        """Return the population of each country by its code."""
        arrays, tables = self.index.arrays, self.index.tables
        codes = [number for number, feature in enumerate(tables["feature"]) if feature.startswith("PCL")]
        rows = np.flatnonzero(np.isin(arrays["place_feature"], codes))
        countries = (tables["country"][number] for number in arrays["place_country"][rows].tolist())
        return dict(zip(countries, arrays["place_population"][rows].tolist(), strict=True))

    def names(self) -> Iterator[NameRow]:
        """Yield every name of every place once a place, with its folded key, in order of the places."""
        for index in self.index.layers:
            for first, last, owners in _stretches(index):
                numbers = index.arrays["name_key"][first:last].tolist()
                for number, text, ordinal in zip(numbers, index.names.stretch(first, last), owners, strict=True):
                    yield NameRow(index.keys[number], text, ordinal)

    def texts(self) -> Iterator[tuple[str, int]]:
        """Yield every name with the position of its place, in order of the places; faster than `names`."""
        for index in self.index.layers:
            for first, last, owners in _stretches(index):
                yield from zip(index.names.stretch(first, last), owners, strict=True)
                index.let_go()

    def lookup(self, key: str) -> list[tuple[str, int]]:
        """Return (name, ordinal) of all names whose folded key is `key`."""
        owners = self.index.arrays["name_place"]
        return [(self.index.names[name], int(owners[name])) for name in self.index.find_key(key).tolist()]

    def search(self, name: str, limit: int = 10, *, countries: Iterable[str] | None = None) -> list[NameHit]:
        """
        Return the places of a name, in any of its spellings.

        The same spelling comes first, then the same but for the Arabic article, then
        the larger population (tenfold where it is the main name), then the id. An Arabic name with a small word written
        onto it ("in Raqqa") is found without it when nothing bears the whole.
        """
        wanted = None if countries is None else frozenset(countries)
        asked, bare = exact_key(name), bare_key(name)
        same: set[int] = set()
        best: dict[int, NameHit] = {}
        for text, ordinal in self.lookup(folded_key(name)):
            place = self.at(ordinal)
            if wanted is not None and place.country not in wanted:
                continue
            exact = exact_key(text) == asked
            if exact or bare_key(text) == bare:
                same.add(ordinal)
            if ordinal not in best or (exact and not best[ordinal].exact):
                best[ordinal] = NameHit(place, text, exact)

        def rank(found: tuple[int, NameHit]) -> tuple[bool, bool, int, str]:
            ordinal, hit = found
            known = hit.place.population * (_MAIN if exact_key(hit.place.name) == asked else 1)
            return not hit.exact, ordinal not in same, -known, hit.place.place_id

        if not best:
            variants = (self.search(bare, limit, countries=wanted) for bare in unjoined(name))
            return next((hits for hits in variants if hits), [])
        return [hit for _, hit in sorted(best.items(), key=rank)[:limit]]

    def _make(self, ordinal: int) -> Place:
        (sketch,) = self.sketches([ordinal])
        _, *others = self.index.names_of(ordinal)
        return replace(sketch, names=tuple(map(self._name, others)), other_ids=self.index.other_ids(ordinal))

    def _name(self, position: int) -> PlaceName:
        arrays, tables = self.index.arrays, self.index.tables
        start, _, end = tables["period"][arrays["name_period"][position]].partition("/")
        text = self.index.names[position]
        return PlaceName(
            text=text,
            language=tables["language"][arrays["name_language"][position]] or None,
            script=script_of(text),
            start=start or None,
            end=end or None,
        )

    def _suggestions(self, asked: str) -> tuple[str, ...]:
        with contextlib.suppress(ValueError):
            return tuple(
                f"{hit.place.place_id} ({hit.place.name})" for hit in self.search(asked.partition(":")[2] or asked, 3)
            )
        return ()


def _stretches(index: Index) -> Iterator[tuple[int, int, list[int]]]:
    """Yield the bounds of stretches of names, with the places of each name."""
    for first in range(0, len(index.names), _STRETCH):
        last = min(first + _STRETCH, len(index.names))
        yield first, last, index.arrays["name_place"][first:last].tolist()
