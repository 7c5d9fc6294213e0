"""Where compiled indexes are kept: found by the hash of what they are made from, compiled when missing or damaged."""

from __future__ import annotations

import hashlib
import logging
import unicodedata
import warnings
from collections.abc import Iterator
from pathlib import Path

from tracker.errors import OutputError
from tracker.places.index.columns import DamagedIndexError, Index, write_columns
from tracker.places.index.compiling import compile_index
from tracker.places.index.merging import merge_rows
from tracker.places.index.overlay import overlaid
from tracker.places.index.tidy import mark_used, remove_old
from tracker.places.names.folding import FOLDING_VERSION
from tracker.places.tables.rows import PlaceRow, read_rows
from tracker.places.tables.user_files import read_user_file
from tracker.resources import cache_folder, data_path

__all__ = ["SHIPPED", "open_index", "shipped_files"]

INDEX_VERSION = 8  # raise it when compiling changes what is in the index

# The shipped tables in the order in which they are read, with the source of rows that name none.
SHIPPED = {
    "countries.tsv": "GeoNames",
    "admin1.tsv.bz2": "GeoNames, Natural Earth",
    "admin2.tsv.bz2": "GeoNames",
    "geonames_places.tsv.bz2": "GeoNames",
}
# Read after the supplements, whose rows take these in where they tell of one place.
SHIPPED_LAST = {
    "airfields.tsv.bz2": "airportsdata",
    "osm_places.tsv.bz2": "OpenStreetMap",
    "osm_villages.tsv.bz2": "OpenStreetMap",
}
_SUPPLEMENTS = "supplement_*.csv"

_log = logging.getLogger(__name__)


def shipped_files() -> list[tuple[Path, str]]:
    """Return the shipped tables, in the order in which they are read, with their sources."""
    folder = data_path("gazetteer")
    supplements = [(path, "supplement") for path in sorted(folder.glob(_SUPPLEMENTS))]
    first, last = (
        [(data_path("gazetteer", name), source) for name, source in files.items()] for files in (SHIPPED, SHIPPED_LAST)
    )
    return first + supplements + last


def open_index(*, countries: frozenset[str] | None, extra: tuple[Path, ...]) -> Index:
    """
    Return the index of the shipped files, compiled when the cache has none, with the user's own rows over it.

    A damaged file in the cache is compiled again. When the cache can't be written
    to, the index is held in memory and a warning says so.
    """
    own = [row for one in extra for row in read_user_file(one)]  # first, for these may be at fault
    base = _shipped_index(countries)
    if not extra:
        return base
    named = [(path, str(path)) for path in extra]
    return overlaid(base, own, _version(named, countries, base.version))


def _shipped_index(countries: frozenset[str] | None) -> Index:
    files = shipped_files()
    version = _version(files, countries, f"{INDEX_VERSION}.{FOLDING_VERSION}.{unicodedata.unidata_version}")
    path = cache_folder() / f"gazetteer-{version}.idx"
    try:
        index = Index.open(path)
        if index.version == version:
            mark_used(path)
            return index
    except (OSError, DamagedIndexError):
        pass  # missing, or damaged: compiled again below
    _log.info("Compiling the gazetteer for this machine: half a minute, once.")
    compiled = compile_index(merge_rows(_rows(files, countries)), version)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_columns(path, version, compiled.tables, compiled.arrays)
        remove_old(path)
        return Index.open(path)
    except (OSError, OutputError, DamagedIndexError) as error:
        warnings.warn(
            f"the gazetteer's index can't be kept in {path.parent} ({error}); set TRACKER_CACHE to a folder "
            "that you can write to, or it is compiled anew each time",
            stacklevel=4,
        )
        return compiled


def _rows(files: list[tuple[Path, str]], countries: frozenset[str] | None) -> Iterator[PlaceRow]:
    for path, source in files:
        yield from read_rows(path, countries=countries, source=source)


def _version(files: list[tuple[Path, str]], countries: frozenset[str] | None, of: str) -> str:
    digest = hashlib.sha256(of.encode())
    digest.update(("*" if countries is None else ",".join(sorted(countries))).encode())
    for path, source in files:
        digest.update(f"\0{path.name}\0{source}\0".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:16]
