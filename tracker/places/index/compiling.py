"""Compile gazetteer rows into the columns of an `Index`."""

from __future__ import annotations

import gc
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.errors import GazetteerError
from tracker.places.index.columns import Arrays, Index, TextPacker, Texts, grouped, summed
from tracker.places.index.seats import share_spellings
from tracker.places.names.folding import folded_keys
from tracker.places.names.numbers import Numbers, key_numbers
from tracker.places.names.somali import press_spelling
from tracker.places.tables.rows import PlaceRow, parse_names

__all__ = [
    "AIR",
    "CODED",
    "AreaBook",
    "compile_index",
    "feature_group",
    "id_columns",
    "kilometres",
    "merge_rows",
    "name_columns",
    "patch",
    "spot_key",
    "take_in",
    "twin_of",
]

SAME_PLACE_KM = 5.0  # one folded name, one kind, no farther apart: two sources' words for one place
SAME_DISTRICT_KM = 60.0  # middles of one district: of its polygon, and of its towns
SAME_SOURCE_KM = 1.0  # the same within one source, which rarely lists a place twice
_BATCH = 4_000  # rows or names folded at a time: few, for there is little room beside the rows
_BETWEEN = "\n"  # stands in no cell of a table
CODED = ("feature", "country", "admin1", "admin2", "source")  # fields that many places share
AIR = frozenset({"AIRB", "AIRF", "AIRH", "AIRP", "AIRQ", "AIRS"})


def feature_group(feature: str) -> str:
    """
    Return the kind of thing a GeoNames code stands for, coarse enough to compare sources by.

    Examples
    --------
    >>> feature_group("PPLC"), feature_group("ADM1"), feature_group("AIRB"), feature_group("OILF")
    ('P', 'ADM1', 'AIR', 'OILF')
    """
    if feature.startswith("PPL"):
        return "Q" if feature == "PPLX" else "P"
    return "AIR" if feature in AIR else feature


def kilometres(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the distance of two points on a plane that touches the sphere between them: right to 1 % below 50 km."""
    east = ((lon_a - lon_b + 180.0) % 360.0 - 180.0) * math.cos(math.radians((lat_a + lat_b) / 2))
    return 111.195 * math.hypot(east, lat_a - lat_b)


def merge_rows(rows: Iterable[PlaceRow]) -> list[PlaceRow]:
    """
    Return one row a place: rows of one id are put together, and so are two sources' rows of one place.

    Rows are taken in order. A row whose id came before adds its names and
    overrides what it states. A row of another source with the same folded name,
    of the same kind and within `SAME_PLACE_KM` adds its name and its id. A seat takes spellings over from its area.
    """
    merged: dict[str, PlaceRow] = {}
    for row in rows:
        before = merged.get(row.place_id)
        if before is None:
            merged[row.place_id] = row
        elif math.isnan(before.lat) and not math.isnan(row.lat):  # names came before their place
            merged[row.place_id] = row
            patch(row, before)
        else:
            patch(before, row)
    listed = list(merged.values())
    del merged  # there is no room for what tells twins beside it
    whole = _without_twins(listed)
    share_spellings(whole)
    return whole


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


def patch(before: PlaceRow, row: PlaceRow) -> None:
    """Let a later row of the same id override what it states, and add its names."""
    if not math.isnan(row.lat) and not math.isnan(row.lon):
        before.lat, before.lon = row.lat, row.lon
    for field in ("feature", "country", "admin1", "admin2", "parent", "population", "radius_m", "precision_m"):
        value = getattr(row, field)
        if value:
            setattr(before, field, value)
    before.cell = "|".join(filter(None, (before.cell, before.name if row.name != before.name else "", row.cell)))
    before.name = row.name
    if row.source and row.source not in before.source:
        before.source = f"{before.source}; {row.source}" if before.source else row.source


def _without_twins(rows: list[PlaceRow]) -> list[PlaceRow]:
    """Put rows of several sources together where they tell of one place; towns first, then airfields."""
    village_countries = {row.country for row in rows if row.place_id.startswith("osm:")}
    grouped: dict[str, list[PlaceRow]] = defaultdict(list)
    for row in rows:
        group = feature_group(row.feature)
        if group == "AIR" or (group == "P" and row.country in village_countries):
            grouped[group].append(row)
    taken = {id(row) for listed in grouped.values() for row in _twins(listed)}
    taken |= {id(row) for row in _district_twins(row for row in rows if row.feature == "ADM2")}
    return [row for row in rows if id(row) not in taken]


def _district_twins(rows: Iterable[PlaceRow]) -> Iterator[PlaceRow]:
    """Yield the districts that an earlier row tells of: one name in one admin-1 area (British counties)."""
    listed = list(rows)
    held: dict[tuple[str, str, str], PlaceRow] = {}
    for row, key in zip(listed, folded_keys(row.name for row in listed), strict=True):
        twin = held.setdefault((row.country, row.admin1, key), row)
        if twin is row or twin.admin2 or not row.admin2:
            continue
        if kilometres(row.lat, row.lon, twin.lat, twin.lon) <= SAME_DISTRICT_KM:
            twin.admin2 = row.admin2
            twin.other_ids = (*twin.other_ids, row.place_id)
            twin.cell = "|".join(filter(None, (twin.cell, row.name, row.cell)))
            yield row


def take_in(row: PlaceRow, twin: PlaceRow) -> None:
    """Add to a row the id and the names of another row of the same place."""
    row.other_ids += (twin.place_id,)
    row.cell = "|".join(filter(None, (row.cell, twin.name, twin.cell)))
    row.population = row.population or twin.population


def _twins(rows: Sequence[PlaceRow]) -> Iterator[PlaceRow]:
    """Yield the rows that an earlier row took in."""
    held: dict[int | str, tuple[PlaceRow, ...]] = {}
    alone: dict[int | str, PlaceRow] = {}  # the first of each key; a tuple of one would take as much room as the row
    for row, own in _with_keys(rows):
        if row.feature in AIR:
            own[spot_key(row.lat, row.lon)] = None
        twin = twin_of(row, [(alone[key], *held.get(key, ())) for key in own if key in alone])
        if twin is None:
            for key in own:
                if alone.setdefault(key, row) is not row:
                    held[key] = (*held.get(key, ()), row)
        else:
            take_in(twin, row)
            yield row


def _with_keys(rows: Sequence[PlaceRow]) -> Iterator[tuple[PlaceRow, dict[int | str, None]]]:
    """Yield each row with the folded keys of its names that other rows have as well, by number: few of all."""
    numbers, counts = [np.empty(0, np.uint64)], array("I")
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        names = [[row.name] if row.place_id.startswith("osm:") else [row.name, *_texts(row.cell)] for row in part]
        numbers.append(key_numbers(folded_keys(text for texts in names for text in texts)))
        counts.extend(map(len, names))
    joined = np.concatenate(numbers)
    numbers.clear()
    shared = _repeated(joined)
    bounds = summed(shared)[summed(np.frombuffer(counts, np.uint32))]
    keys = joined[shared]
    del joined, shared
    for start in range(0, len(rows), _BATCH):
        ends = bounds[start : start + _BATCH + 1].tolist()
        for row, first, last in zip(rows[start : start + _BATCH], ends[:-1], ends[1:], strict=True):
            yield row, dict.fromkeys(keys[first:last].tolist())


def _repeated(numbers: Numbers) -> NDArray[np.bool_]:
    """Return which numbers stand there more than once."""
    ascending = np.sort(numbers)
    common = ascending[1:][ascending[1:] == ascending[:-1]]
    del ascending
    if not len(common):
        return np.zeros(len(numbers), bool)
    repeated: NDArray[np.bool_] = common.take(common.searchsorted(numbers), mode="clip") == numbers
    return repeated


def spot_key(lat: float, lon: float) -> str:
    """Return the key of a spot: two airfields at one are one, whatever their names."""
    return f"{lat:.2f} {lon:.2f}"


def twin_of(row: PlaceRow, candidates: Iterable[Sequence[PlaceRow]]) -> PlaceRow | None:
    """Return the nearest of some rows with a common name that tells of the same place as a row; None for none."""
    if row.place_id.startswith(("gn:", "ne:")):
        return None
    best: tuple[float, str, PlaceRow] | None = None
    scheme = row.place_id.partition(":")[0]
    for other in (other for listed in candidates for other in listed):
        same_source = other.place_id.startswith(scheme + ":") and row.feature not in AIR
        distance = kilometres(row.lat, row.lon, other.lat, other.lon)
        limit = SAME_SOURCE_KM if same_source else SAME_PLACE_KM
        if distance <= limit and (best is None or (distance, other.place_id) < best[:2]):
            best = (distance, other.place_id, other)
    return best[2] if best else None


def _texts(cell: str) -> list[str]:
    return [part.partition("@")[0].partition("[")[0] for part in cell.split("|")] if cell else []


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
        texts = [row.name, *_texts(row.cell)]
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
