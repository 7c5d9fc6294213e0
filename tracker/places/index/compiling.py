"""Compile gazetteer rows into the columns of an `Index`."""

from __future__ import annotations

import gc
import math
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.errors import GazetteerError
from tracker.places.index.columns import Arrays, Index, TextPacker, Texts, grouped, summed
from tracker.places.index.merging import texts_of
from tracker.places.names.folding import folded_keys
from tracker.places.names.numbers import key_numbers
from tracker.places.names.somali import press_spelling
from tracker.places.tables.rows import PlaceRow, parse_names

__all__ = ["CODED", "AreaBook", "compile_index", "id_columns", "name_columns"]

_BATCH = 4_000  # rows or names folded at a time: few, for there is little room beside the rows
_BETWEEN = "\n"  # stands in no cell of a table
CODED = ("feature", "country", "admin1", "admin2", "source")  # fields that many places share


def compile_index(rows: list[PlaceRow], version: str) -> Index:
    """
    Return the index of these rows, held in memory; the list of rows is emptied, for there is no room for both.

    Raises
    ------
    GazetteerError
        If a row's parent is no row, or a row has no coordinates.
    """
    ordered = sorted(rows, key=lambda row: row.place_id)
    coded: dict[str, dict[str, int]] = {name: {"": 0} for name in CODED}
    owners = _positions(rows, ordered)
    arrays: dict[str, NDArray[Any]] = {}
    arrays.update(_place_columns(ordered, coded))
    # one text each: thousands of words, strewn over what the rows take up, would keep all of that from being given back
    joined = {name: _BETWEEN.join(table) for name, table in coded.items()}
    del coded
    ids = _packed_ids(ordered)
    del ordered
    gc.collect()  # so would thousands of small tuples that Python keeps for later
    tables: dict[str, dict[str, int]] = {name: {"": 0} for name in ("language", "period")}
    arrays.update(name_columns(rows, tables, owners))
    arrays.update(_numbered_ids(ids))
    texts = {name: text.split(_BETWEEN) for name, text in joined.items()}
    return Index(version, texts | {name: list(table) for name, table in tables.items()}, arrays)


def _positions(rows: Sequence[PlaceRow], ordered: Sequence[PlaceRow]) -> NDArray[np.uint32]:
    """Return where in the same rows, ordered, each stands; told by their addresses, for which there is more room."""
    positions = np.empty(len(rows), np.uint32)
    positions[_by_address(rows)] = _by_address(ordered)
    return positions


def _by_address(rows: Sequence[PlaceRow]) -> NDArray[np.int64]:
    return np.argsort(np.fromiter(map(id, rows), np.uint64, len(rows)))


def _place_columns(rows: Sequence[PlaceRow], tables: dict[str, dict[str, int]]) -> Arrays:
    parents, districts = _holders(rows)
    coded = {
        name: np.array(
            [tables[name].setdefault(getattr(row, name), len(tables[name])) for row in rows], dtype=np.uint32
        )
        for name in CODED
    }
    order = np.argsort(parents, kind="stable").astype(np.uint32)  # roots, whose parent is -1, come first
    return {
        **{f"place_{name}": column for name, column in coded.items()},
        "place_lon": np.array([row.lon for row in rows], np.float64),
        "place_lat": np.array([row.lat for row in rows], np.float64),
        "place_population": np.array([row.population for row in rows], np.uint32),
        "place_radius": _metres(row.radius_m for row in rows),
        "place_precision": _metres(row.precision_m for row in rows),
        "place_parent": parents,
        "place_district": districts,
        "child_order": order,
        "child_parents": parents[order],
    }


def _metres(lengths: Iterable[float | None]) -> NDArray[np.float32]:
    return np.array([math.nan if length is None else length for length in lengths], np.float32)


class AreaBook:
    """
    Which countries, areas and districts there are, and so which place holds another.

    Parameters
    ----------
    ordinal_of
        Returns the ordinal of an id; None when there is no such place.
    """

    def __init__(self, ordinal_of: Callable[[str], int | None]) -> None:
        self._ordinal_of = ordinal_of
        self._countries: dict[str, int] = {}
        self._areas: dict[tuple[str, str], int] = {}
        self._districts: dict[tuple[str, str, str], int] = {}

    def add(self, feature: str, codes: tuple[str, str, str], ordinal: int) -> None:
        """Take in a place, whose codes are its country's, area's and district's, if it holds others."""
        if feature.startswith("PCL"):
            self._countries[codes[0]] = ordinal
        elif feature == "ADM1":
            self._areas[codes[:2]] = ordinal
        elif feature == "ADM2" and codes[2]:
            self._districts[codes] = ordinal

    def told(self, row: PlaceRow) -> int:
        """Return the ordinal of the area or country that a row's codes tell; -1 for none."""
        if row.feature.startswith("PCL"):
            return -1
        country, area = self._countries.get(row.country, -1), self._areas.get((row.country, row.admin1), -1)
        return country if row.feature == "ADM1" or area < 0 else area

    def holders(self, row: PlaceRow) -> tuple[int, int]:
        """
        Return the ordinals of the place and of the district that hold a row's; -1 for none.

        Raises
        ------
        GazetteerError
            If the row has no coordinates, or its parent is no place.
        """
        if math.isnan(row.lat) or math.isnan(row.lon):
            raise GazetteerError(
                f"{row.place_id} has no coordinates", path=row.path, line=row.line, cure="Give its lat and lon."
            )
        parent = self._ordinal_of(row.parent) if row.parent else self.told(row)
        if parent is None:
            raise GazetteerError(
                f"the parent {row.parent!r} of {row.place_id} is no place",
                path=row.path, line=row.line, cure="Name the id of a place in the gazetteer.",
            )  # fmt: skip
        district = self._districts.get((row.country, row.admin1, row.admin2), -1) if row.admin2 else -1
        return parent, -1 if row.feature == "ADM2" or row.feature.startswith("PCL") else district


def _holders(rows: Sequence[PlaceRow]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    named = {row.parent for row in rows}
    book = AreaBook({row.place_id: ordinal for ordinal, row in enumerate(rows) if row.place_id in named}.get)
    for ordinal, row in enumerate(rows):
        book.add(row.feature, (row.country, row.admin1, row.admin2), ordinal)
    held = np.fromiter(chain.from_iterable(map(book.holders, rows)), np.int32, 2 * len(rows)).reshape(-1, 2)
    return held[:, 0].copy(), held[:, 1].copy()


def id_columns(rows: Iterable[PlaceRow]) -> Arrays:
    """Ids in place order, then the other ids; `id_hash` is sorted and `id_record` says whose hash it is."""
    return _numbered_ids(_packed_ids(rows))


def _packed_ids(rows: Iterable[PlaceRow]) -> Arrays:
    """Return the ids, and whose they are."""
    packer, others, count = TextPacker(), [], 0
    for count, row in enumerate(rows, start=1):
        packer.add((row.place_id,))
        others += [(other, count - 1) for other in sorted(row.other_ids)]
    packer.add(other for other, _ in others)
    owners = np.array([ordinal for _, ordinal in others], np.uint32)
    return {**packer.columns("id"), "id_place": np.concatenate((np.arange(count, dtype=np.uint32), owners))}


def _numbered_ids(ids: Arrays) -> Arrays:
    """Add the numbers by which ids are found."""
    texts = Texts(ids["id_blob"], ids["id_text_ends"])
    numbers = np.empty(len(texts), np.uint64)
    for start in range(0, len(texts), _BATCH):
        numbers[start : start + _BATCH] = key_numbers(texts.stretch(start, min(start + _BATCH, len(texts))))
    order = np.argsort(numbers, kind="stable").astype(np.uint32)
    return {**ids, "id_hash": numbers[order], "id_record": order}


def name_columns(
    rows: list[PlaceRow], tables: dict[str, dict[str, int]], ordinals: NDArray[np.uint32] | None = None
) -> Arrays:
    """
    Names in the order of their places, and their folded keys; the list of rows is emptied.

    Rows go as their names are taken, those first that were read last: they have few other names, so that more is given
    back than names take up. Names are folded some at a time: never are all in memory as text.

    Parameters
    ----------
    ordinals
        Of the place of each row; None: rows are in the order of their places.
    """
    packer = TextPacker()
    owners, languages, periods = array("I"), array("H"), array("H")
    places = np.arange(len(rows), dtype=np.uint32) if ordinals is None else ordinals
    for ordinal in places.data[::-1]:  # no list of them, which would take as much room as the names do
        listed = names_of(rows.pop())
        packer.add([text for text, _, _ in listed])
        for _, language, period in listed:
            owners.append(ordinal)
            languages.append(tables["language"].setdefault(language, len(tables["language"])))
            periods.append(tables["period"].setdefault(period, len(tables["period"])))
    owner = np.frombuffer(owners, np.uint32)
    order = np.argsort(owner, kind="stable")
    names = packer.columns("name", only=order)
    del packer
    return {
        **names,
        **_key_columns(Texts(names["name_blob"], names["name_text_ends"])),
        "name_place": owner[order],
        "name_language": np.frombuffer(languages, np.uint16)[order],
        "name_period": np.frombuffer(periods, np.uint16)[order],
        "place_names": summed(np.bincount(owner, minlength=len(places))),
    }


def _key_columns(names: Texts) -> Arrays:
    """Return the folded keys of names: each once, by number, with the names that have it."""
    keys = TextPacker()
    numbers = np.empty(len(names), np.uint64)
    for start in range(0, len(names), _BATCH):
        folded = folded_keys(names.stretch(start, min(start + _BATCH, len(names))))
        keys.add(folded)
        numbers[start : start + len(folded)] = key_numbers(folded)
    unique, order, ends, name_key = grouped(numbers)
    del numbers
    return {
        **keys.columns("key", only=order[ends[:-1]]),
        "key_hash": unique,
        "key_names": order,
        "key_ends": ends,
        "name_key": name_key,
    }


def names_of(row: PlaceRow) -> list[tuple[str, str, str]]:
    """Name, language and period of each name, the place's own name first, none twice."""
    found = {row.name: (row.name, "", "")}
    if row.country == "SO":
        texts = [row.name, *texts_of(row.cell)]
        found |= {text: (text, "", "") for text in map(press_spelling, texts) if text and text not in texts}
    if "@" not in row.cell and "[" not in row.cell:
        for text in row.cell.split("|"):
            if text:
                found.setdefault(text, (text, "", ""))
        return list(found.values())
    for name in parse_names(row.cell, path=row.path, line=row.line):
        period = f"{name.start or ''}/{name.end or ''}" if name.start or name.end else ""
        before = found.get(name.text)
        if before is None or (not before[1] and not before[2]):
            found[name.text] = (name.text, name.language or "", period)
    return list(found.values())
