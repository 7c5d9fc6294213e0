"""Rows of several files put together: one row a place, whichever sources tell of it."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tracker.places.index.columns import summed
from tracker.places.index.seats import share_spellings
from tracker.places.names.folding import folded_keys
from tracker.places.names.numbers import Numbers, key_numbers
from tracker.places.tables.rows import PlaceRow

__all__ = ["AIR", "feature_group", "kilometres", "merge_rows", "patch", "spot_key", "take_in", "texts_of", "twin_of"]

SAME_PLACE_KM = 5.0  # one folded name, one kind, no farther apart: two sources' words for one place
SAME_DISTRICT_KM = 60.0  # middles of one district: of its polygon, and of its towns
SAME_SOURCE_KM = 1.0  # the same within one source, which rarely lists a place twice
_BATCH = 4_000  # rows whose names are folded at a time: few, for there is little room beside the rows
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
        names = [[row.name] if row.place_id.startswith("osm:") else [row.name, *texts_of(row.cell)] for row in part]
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


def texts_of(cell: str) -> list[str]:
    """Return the names that a row's cell holds, without their languages and periods."""
    return [part.partition("@")[0].partition("[")[0] for part in cell.split("|")] if cell else []
