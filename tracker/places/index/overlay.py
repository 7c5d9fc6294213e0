"""
The user's own rows laid over a compiled index: nothing of that is compiled anew.

A row that tells of a place of the index (by its id, or by a name, a kind and a spot)
changes that place, which keeps its position; others get positions behind it. The rows
come out as `merge_rows` and `compile_index` would have made them of all rows at once,
but that a town with a twin is put together with it in every country.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.places.index.columns import Arrays, Index, Texts
from tracker.places.index.compiling import CODED, AreaBook, id_columns, name_columns
from tracker.places.index.merging import AIR, feature_group, patch, spot_key, take_in, twin_of
from tracker.places.names.folding import folded_keys
from tracker.places.tables.rows import PlaceRow

__all__ = ["OverlaidIndex", "overlaid"]

_HOLDING = ("PCL", "ADM1", "ADM2")  # beginnings of the kinds that hold others
_SPOT = 0.01  # degrees: as far apart may two points of one `spot_key` lie


class _JoinedTexts(Texts):
    """The strings of an index, and behind them those of another."""

    def __init__(self, first: Texts, then: Texts) -> None:
        self._first, self._then = first, then

    def __len__(self) -> int:
        return len(self._first) + len(self._then)

    def __getitem__(self, position: int) -> str:
        count = len(self._first)
        return self._first[position] if position < count else self._then[position - count]


class OverlaidIndex(Index):
    """
    An index with the user's rows over it.

    Attributes
    ----------
    base
        The compiled index.
    own
        The changed and new places alone; their names' places are positions in the whole.
    """

    def __init__(self, version: str, base: Index, own: Index, ordinals: Sequence[int], columns: Arrays) -> None:
        self.version = version
        self.tables = own.tables
        self.base, self.own = base, own
        self.names = _JoinedTexts(base.names, own.names)
        self._own_at = {ordinal: number for number, ordinal in enumerate(ordinals)}
        self._ordinals = ordinals
        joined = ("name_place", "name_language", "name_period")
        self.arrays = {**columns, **{name: np.append(base.arrays[name], own.arrays[name]) for name in joined}}

    @property
    def layers(self) -> tuple[Index, ...]:
        """The compiled index, and that of the user's rows."""
        return self.base, self.own

    def id_of(self, ordinal: int) -> str:
        """Return the own id of the place at a position."""
        number = self._own_at.get(ordinal)
        return self.base.id_of(ordinal) if number is None else self.own.ids[number]

    def other_ids(self, ordinal: int) -> tuple[str, ...]:
        """Return the ids that a place has in other sources."""
        number = self._own_at.get(ordinal)
        return self.base.other_ids(ordinal) if number is None else self.own.other_ids(number)

    def names_of(self, ordinal: int) -> range:
        """Return the positions of a place's names, the own one first."""
        number = self._own_at.get(ordinal)
        if number is None:
            return self.base.names_of(ordinal)
        held, count = self.own.names_of(number), len(self.base.names)
        return range(held.start + count, held.stop + count)

    def find_id(self, place_id: str) -> int | None:
        """Return the ordinal of the place with this id, own or other."""
        number = self.own.find_id(place_id)
        return self.base.find_id(place_id) if number is None else self._ordinals[number]

    def find_key(self, key: str) -> NDArray[np.uint32]:
        """Return the positions of all names whose folded key this is; those of changed places stand twice."""
        own = self.own.find_key(key) + np.uint32(len(self.base.names))
        return np.append(self.base.find_key(key), own)

    def find_keys(self, keys: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the positions of all names whose folded key is one of some; see `Index.find_keys`."""
        below, above = self.base.find_keys(keys), self.own.find_keys(keys)
        return np.append(below[0], above[0]), np.append(below[1], above[1] + len(self.base.names))

    def own_names(self, ordinals: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the positions of the own names of places."""
        return np.array([self.names_of(ordinal).start for ordinal in ordinals.tolist()], np.int64)

    def key_numbers_of(self, names: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Return the numbers of the folded keys of names."""
        count = len(self.base.names)
        found = np.empty(len(names), np.uint64)
        for index, held, less in ((self.base, names < count, 0), (self.own, names >= count, count)):
            found[held] = index.key_numbers_of(names[held] - less)
        return found

    def let_go(self) -> None:
        """Give back the memory of what was read of the mapped index."""
        self.base.let_go()


def overlaid(base: Index, rows: Iterable[PlaceRow], version: str) -> OverlaidIndex:
    """
    Return an index with further rows over it, in the order in which they come.

    Raises
    ------
    GazetteerError
        If a row's parent is no place, or a row has no coordinates.
    """
    sheet = _Sheet(base)
    sheet.add(list(rows))
    listed = [sheet.rows[ordinal] for ordinal in sorted(sheet.rows)]
    ordinals = sorted(sheet.rows)
    tables = {name: {value: number for number, value in enumerate(values)} for name, values in base.tables.items()}
    columns = _columns(base, sheet, listed, ordinals, tables)
    own: dict[str, NDArray[Any]] = {**id_columns(listed), "place_lon": np.zeros(len(listed))}
    own.update(name_columns(list(listed), tables))
    own["name_place"] = np.array(ordinals, np.uint32)[own["name_place"]]
    compiled = Index(version, {name: list(table) for name, table in tables.items()}, own)
    return OverlaidIndex(version, base, compiled, ordinals, columns)


class _Sheet:
    """The rows that differ from the index, by ordinal, while further rows are put together with them."""

    def __init__(self, base: Index) -> None:
        self._base = base
        self.rows: dict[int, PlaceRow] = {}
        self._new: dict[str, int] = {}  # ordinals by id
        self._keys: dict[str, list[int]] = defaultdict(list)
        self.areas = AreaBook(self._ordinal)
        for ordinal, kind, codes in _holding(base):
            self.areas.add(kind, codes, ordinal)

    def add(self, rows: Sequence[PlaceRow]) -> None:
        """Put rows together with the places that they tell of, the others behind the last place."""
        names = [[row.name, *(name.text for name in row.names)] for row in rows]
        keys = iter(folded_keys(text for texts in names for text in texts))
        for row, texts in zip(rows, names, strict=True):
            own = dict.fromkeys(next(keys) for _ in texts)
            known = self._ordinal(row.place_id)
            if known is not None:
                before = self._row(known)
                if before.place_id == row.place_id:
                    patch(before, row)
                else:
                    take_in(before, row)
            else:
                self._place(row, own)

    def _place(self, row: PlaceRow, keys: dict[str, None]) -> None:
        group = feature_group(row.feature)
        if group in {"P", "AIR"}:
            near = self._alike(row, keys, group)
            twin = twin_of(row, [list(near.values())])
            if twin is not None:
                ordinal = next(number for number, other in near.items() if other is twin)
                take_in(self.rows.setdefault(ordinal, twin), row)
                self._new[row.place_id] = ordinal
                return
        ordinal = max(len(self._base), 1 + max(self.rows, default=0))
        self.rows[ordinal] = row
        self._new[row.place_id] = ordinal
        for key in keys:
            self._keys[key].append(ordinal)
        self.areas.add(row.feature, (row.country, row.admin1, row.admin2), ordinal)

    def _alike(self, row: PlaceRow, keys: Iterable[str], group: str) -> dict[int, PlaceRow]:
        """Return the places of a kind with one of some keys, and the airfields at an airfield's spot."""
        base = self._base
        owners = (base.arrays["name_place"][base.find_key(key)].tolist() for key in keys)
        ordinals = dict.fromkeys([*chain.from_iterable(owners), *(o for key in keys for o in self._keys[key])])
        if group == "AIR":
            spot = spot_key(row.lat, row.lon)
            near = np.hypot(base.arrays["place_lat"] - row.lat, base.arrays["place_lon"] - row.lon) < 2 * _SPOT
            ordinals |= dict.fromkeys(
                ordinal
                for ordinal in np.flatnonzero(near).tolist()
                if spot_key(base.arrays["place_lat"][ordinal], base.arrays["place_lon"][ordinal]) == spot
            )
        rows = {ordinal: self.rows.get(ordinal) or _row_of(base, ordinal, self.areas) for ordinal in ordinals}
        if group == "AIR":
            return {ordinal: other for ordinal, other in rows.items() if other.feature in AIR}
        return {ordinal: other for ordinal, other in rows.items() if feature_group(other.feature) == group}

    def _row(self, ordinal: int) -> PlaceRow:
        if ordinal not in self.rows:
            self.rows[ordinal] = _row_of(self._base, ordinal, self.areas)
        return self.rows[ordinal]

    def _ordinal(self, place_id: str) -> int | None:
        found = self._new.get(place_id)
        return self._base.find_id(place_id) if found is None else found


def _holding(index: Index) -> Iterator[tuple[int, str, tuple[str, str, str]]]:
    """Yield the places that hold others: ordinal, kind, codes of country, area and district."""
    arrays, tables = index.arrays, index.tables
    kinds = [number for number, feature in enumerate(tables["feature"]) if feature.startswith(_HOLDING)]
    rows = np.flatnonzero(np.isin(arrays["place_feature"], kinds))
    kind, *codes = (
        [tables[name][code] for code in arrays[f"place_{name}"][rows].tolist()]
        for name in ("feature", "country", "admin1", "admin2")
    )
    return zip(rows.tolist(), kind, zip(*codes, strict=True), strict=True)


def _row_of(index: Index, ordinal: int, areas: AreaBook) -> PlaceRow:
    """Return a place of an index as the row that it was."""
    arrays, tables = index.arrays, index.tables
    own, *others = index.names_of(ordinal)
    radius, precision = (float(arrays[f"place_{name}"][ordinal]) for name in ("radius", "precision"))
    parent = int(arrays["place_parent"][ordinal])
    row = PlaceRow(
        place_id=index.id_of(ordinal),
        name=index.names[own],
        lat=float(arrays["place_lat"][ordinal]),
        lon=float(arrays["place_lon"][ordinal]),
        population=int(arrays["place_population"][ordinal]),
        radius_m=None if np.isnan(radius) else radius,
        precision_m=None if np.isnan(precision) else precision,
        cell="|".join(_written(index, name) for name in others),
        other_ids=index.other_ids(ordinal),
        **{name: tables[name][arrays[f"place_{name}"][ordinal]] for name in CODED},
    )
    if parent >= 0 and parent != areas.told(row):
        row.parent = index.id_of(parent)
    return row


def _written(index: Index, position: int) -> str:
    """Return a name as a row's cell has it."""
    arrays, tables = index.arrays, index.tables
    language = tables["language"][arrays["name_language"][position]]
    period = tables["period"][arrays["name_period"][position]]
    return index.names[position] + (f"@{language}" if language else "") + (f"[{period}]" if period else "")


def _columns(
    base: Index, sheet: _Sheet, rows: Sequence[PlaceRow], ordinals: Sequence[int], tables: dict[str, dict[str, int]]
) -> dict[str, NDArray[Any]]:
    """Return what is told of each place, those of the index and behind them the new ones."""
    holders = [sheet.areas.holders(row) for row in rows]
    told: dict[str, list[Any]] = {
        name: [tables[name].setdefault(getattr(row, name), len(tables[name])) for row in rows] for name in CODED
    }
    told |= {name: [getattr(row, name) for row in rows] for name in ("lon", "lat", "population")}
    for name in ("radius", "precision"):
        lengths = [getattr(row, f"{name}_m") for row in rows]
        told[name] = [np.nan if length is None else length for length in lengths]
    told["parent"], told["district"] = [parent for parent, _ in holders], [district for _, district in holders]
    size = max(len(base), 1 + max(ordinals, default=0))
    columns: dict[str, NDArray[Any]] = {}
    for name, values in told.items():
        before = base.arrays[f"place_{name}"]
        column = np.zeros(size, before.dtype)
        column[: len(before)] = before
        column[list(ordinals)] = values
        columns[f"place_{name}"] = column
    order = np.argsort(columns["place_parent"], kind="stable").astype(np.uint32)
    return {**columns, "child_order": order, "child_parents": columns["place_parent"][order]}
