"""The gazetteer: places by id, by parent and by name."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tracker.errors import UnknownPlaceError
from tracker.model import Place, PlaceName
from tracker.places.folding import exact_key, folded_key, script_of
from tracker.resources import data_path

__all__ = ["Gazetteer", "NameHit", "NameRow"]


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
    """Places by id, by parent and by name; made by `load`."""

    def __init__(self, places: Sequence[Place], version: str) -> None:
        self.version = version
        self._places = tuple(places)
        self._ordinals = {place.place_id: ordinal for ordinal, place in enumerate(self._places)}
        self._by_key: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._children: dict[str, list[int]] = defaultdict(list)
        for row in self.names():
            self._by_key[row.key].append((row.text, row.ordinal))
        for ordinal, place in enumerate(self._places):
            if place.parent:
                self._children[place.parent].append(ordinal)

    @classmethod
    def load(cls, *, countries: Collection[str] | None = None, extra: Sequence[Path] = ()) -> Gazetteer:
        """Load the shipped gazetteer, or the part of it that lies in `countries`, and the user's own files."""
        del extra
        path = data_path("gazetteer", "first.csv")
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        places = [_place(row) for row in rows if row["lat"] and (countries is None or row["country"] in countries)]
        return cls(places, hashlib.sha256(path.read_bytes()).hexdigest()[:16])

    def __len__(self) -> int:
        return len(self._places)

    def at(self, ordinal: int) -> Place:
        """Return the place at a position, 0 to ``len(gazetteer) - 1``."""
        return self._places[ordinal]

    def ordinal(self, place_id: str) -> int:
        """Return the position of a place; raise `UnknownPlaceError` when there is none."""
        try:
            return self._ordinals[place_id]
        except KeyError:
            raise UnknownPlaceError(place_id) from None

    def get(self, place_id: str) -> Place:
        """Return one place; raise `UnknownPlaceError` when there is none."""
        return self._places[self.ordinal(place_id)]

    def children(self, place_id: str) -> list[Place]:
        """Return the places whose parent is this one, ordered by id."""
        found = [self._places[ordinal] for ordinal in self._children.get(place_id, ())]
        return sorted(found, key=lambda place: place.place_id)

    def names(self) -> Iterator[NameRow]:
        """Yield every name of every place once a place, with its folded key, in order of the places."""
        for ordinal, place in enumerate(self._places):
            for text in dict.fromkeys([place.name, *(name.text for name in place.names)]):
                yield NameRow(folded_key(text), text, ordinal)

    def lookup(self, key: str) -> Sequence[tuple[str, int]]:
        """Return (name, ordinal) of all names whose folded key is `key`."""
        return self._by_key.get(key, ())

    def search(self, name: str, limit: int = 10, *, countries: Iterable[str] | None = None) -> list[NameHit]:
        """Return the places of a name: same spelling first, then larger population."""
        wanted = None if countries is None else frozenset(countries)
        asked = exact_key(name)
        best: dict[int, NameHit] = {}
        for text, ordinal in self.lookup(folded_key(name)):
            place = self._places[ordinal]
            hit = NameHit(place, text, exact_key(text) == asked)
            if (wanted is None or place.country in wanted) and (ordinal not in best or hit.exact):
                best[ordinal] = hit
        ranked = sorted(best.values(), key=lambda hit: (not hit.exact, -hit.place.population, hit.place.place_id))
        return ranked[:limit]


def _place(row: dict[str, str]) -> Place:
    names = tuple(PlaceName(text=text, script=script_of(text)) for text in row["names"].split("|") if text)
    return Place(
        place_id=row["place_id"],
        name=row["name"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        feature=row["feature"],
        country=row["country"] or None,
        admin1=row["admin1"] or None,
        parent=row["parent"] or None,
        population=int(row["population"]),
        names=names,
        source="GeoNames",
    )
