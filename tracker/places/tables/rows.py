"""
The table that every gazetteer file is: one place a row.

Columns: ``place_id, name, lat, lon, feature`` and, where they are known,
``country, admin1, parent, population, radius_m, precision_m, names, source,
checked``. Shipped GeoNames rows have ``admin2`` too. ``names`` holds further names, separated by
``|``, each written ``text``, ``text@language`` or ``text@language[start/end]``
with EDTF years or days: ``الرقة@ar|Artemivsk@uk[1924/2016]``.
"""

from __future__ import annotations

import bz2
import codecs
import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import GazetteerError
from tracker.model import PlaceName
from tracker.places.names.folding import script_of

__all__ = ["COLUMNS", "REQUIRED", "VERIFIED_M", "PlaceRow", "format_name", "open_table", "parse_names", "read_rows"]

COLUMNS = (
    "place_id", "name", "lat", "lon", "feature", "country", "admin1", "admin2", "parent", "population", "radius_m",
    "precision_m", "names", "source", "checked",
)  # fmt: skip
REQUIRED = ("place_id", "name", "lat", "lon", "feature")
MOST_PEOPLE = 4_000_000_000  # no place has more, and the index keeps no more
VERIFIED_M = 2000.0  # a point as near as this to where another source has it is verified
_NAME = re.compile(r"(?P<text>[^@|\[\]]+)(?:@(?P<language>[a-z]{2,3}))?(?:\[(?P<start>[^/\]]*)/(?P<end>[^/\]]*)\])?")


@dataclass(slots=True, kw_only=True)
class PlaceRow:
    """
    One row, as a file states it.

    Attributes
    ----------
    precision_m
        How near the true position the point lies, in metres; None: as near as its source has it.
    checked
        What else the position was held against, how far off that has it, and when; empty: nothing.
    cell
        Further names as `parse_names` reads them; kept as text, for there are a million.
    parent
        As written; empty means that country and admin-1 code tell it.
    path, line
        Where the row stands, for messages.
    other_ids
        Ids of rows that were found to be the same place.
    """

    place_id: str
    name: str
    lat: float
    lon: float
    feature: str
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    parent: str = ""
    population: int = 0
    radius_m: float | None = None
    precision_m: float | None = None
    cell: str = ""
    source: str = ""
    checked: str = ""
    path: str = ""
    line: int = 0
    other_ids: tuple[str, ...] = ()

    @property
    def names(self) -> list[PlaceName]:
        """Further names, read from the cell."""
        return parse_names(self.cell, path=self.path, line=self.line)


def open_table(path: Path) -> io.StringIO:
    """
    Return the text of a table; ``.bz2`` files are unpacked.

    Raises
    ------
    GazetteerError
        If the file is missing, can't be read, is damaged or is no UTF-8.
    """
    try:
        return io.StringIO(_unpacked(path).decode("utf-8-sig"), newline="")
    except UnicodeDecodeError:
        raise _no_utf8(path) from None


def _unpacked(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
        return bz2.decompress(raw) if path.suffix == ".bz2" else raw
    except (OSError, ValueError) as error:
        problem = (getattr(error, "strerror", None) or str(error)).lower()
        raise GazetteerError(f"can't be read ({problem})", path=path, cure="Check the file.") from None


def _no_utf8(path: Path) -> GazetteerError:
    return GazetteerError("is no UTF-8 text", path=path, cure="Save it as UTF-8.")


def read_rows(path: Path, *, countries: frozenset[str] | None = None, source: str = "") -> Iterator[PlaceRow]:
    """
    Yield the rows of a table, in order.

    Parameters
    ----------
    path
        ``.csv`` or ``.tsv``, UTF-8, with a header; ``.bz2`` after it when packed.
    countries
        Leave out rows of other countries; rows without a country stay.
    source
        What `PlaceRow.source` says where the row doesn't.

    Raises
    ------
    GazetteerError
        Naming file and line: a missing column, or a value that can't be.
    """
    reader = _split_tabs(path) if ".tsv" in path.suffixes else _read_csv(open_table(path), path)
    _, header = next(reader, (1, []))
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        raise GazetteerError(
            f"no column {', '.join(map(repr, missing))}",
            path=path, line=1, cure=f"A gazetteer file needs the columns {', '.join(REQUIRED)}.",
        )  # fmt: skip
    columns = {column: header.index(column) for column in COLUMNS if column in header}
    where = columns.get("country")
    make = _RowMaker(columns, str(path), source)
    for number, cells in reader:
        if len(cells) != len(header):
            raise GazetteerError(
                f"{len(cells)} cells where the header has {len(header)}",
                path=path, line=number, cure="Quote cells that hold the separator.",
            )  # fmt: skip
        if countries is None or where is None or not cells[where] or cells[where] in countries:
            yield make.row(cells, number)


def parse_names(cell: str, *, path: Path | str | None = None, line: int | None = None) -> list[PlaceName]:
    """
    Read a ``names`` cell.

    Examples
    --------
    >>> [(name.text, name.language, name.script, name.end) for name in parse_names("Raqa@en|Artemivsk@uk[1924/2016]")]
    [('Raqa', 'en', 'Latn', None), ('Artemivsk', 'uk', 'Latn', '2016')]
    """
    names = []
    for part in filter(None, cell.split("|")):
        found = _NAME.fullmatch(part) if ("@" in part or "[" in part) else None
        if found is None and ("@" in part or "[" in part):
            raise GazetteerError(
                f"{part!r} is no name",
                path=path,
                line=line,
                cure="Write text, text@language or text@language[1924/2016].",
            )
        if found is None:
            names.append(PlaceName(text=part, script=script_of(part)))
            continue
        names.append(
            PlaceName(
                text=found["text"],
                language=found["language"],
                script=script_of(found["text"]),
                start=found["start"] or None,
                end=found["end"] or None,
            )
        )
    return names


def format_name(name: PlaceName) -> str:
    """Write a name as `parse_names` reads it."""
    language = f"@{name.language}" if name.language else ""
    period = f"[{name.start or ''}/{name.end or ''}]" if name.start or name.end else ""
    return f"{name.text}{language}{period}"


def format_names(names: Iterable[PlaceName]) -> str:
    """Write names as one cell."""
    return "|".join(map(format_name, names))


def _split_tabs(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Split lines at tabs; each is made text by itself, for one text of many scripts takes four times the memory."""
    raw = _unpacked(path).removeprefix(codecs.BOM_UTF8)
    try:
        for number, line in enumerate(io.BytesIO(raw), start=1):
            bare = line.rstrip(b"\r\n")
            if bare:
                yield number, bare.decode("utf-8").split("\t")
    except UnicodeDecodeError:
        raise _no_utf8(path) from None


def _read_csv(lines: Iterable[str], path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise GazetteerError(f"is no table: {error}", path=path, line=reader.line_num, cure="Mend the file.") from None


class _RowMaker:
    """Makes the rows of one file; words that many rows share (codes, sources) are kept once."""

    def __init__(self, columns: dict[str, int], path: str, source: str) -> None:
        self._columns = columns
        self._path = path
        self._source = source
        self._shared: dict[str, str] = {}

    def row(self, cells: Sequence[str], line: int) -> PlaceRow:
        place_id, name = self._cell(cells, "place_id"), self._cell(cells, "name")
        if not place_id or not name:
            raise GazetteerError("a row without a place_id or a name", path=self._path, line=line, cure="Give it one.")
        return PlaceRow(
            place_id=place_id,
            name=name,
            lat=self._number(cells, "lat", line),
            lon=self._number(cells, "lon", line),
            feature=self._code(cells, "feature"),
            country=self._code(cells, "country"),
            admin1=self._code(cells, "admin1"),
            admin2=self._code(cells, "admin2"),
            parent=self._code(cells, "parent"),
            population=people(self._number(cells, "population", line, missing=0.0), self._path, line),
            radius_m=self._maybe(cells, "radius_m", line),
            precision_m=self._maybe(cells, "precision_m", line),
            cell=self._cell(cells, "names"),
            source=self._code(cells, "source") or self._source,
            checked=self._cell(cells, "checked"),
            path=self._path,
            line=line,
        )

    def _cell(self, cells: Sequence[str], column: str) -> str:
        place = self._columns.get(column)
        return "" if place is None else cells[place]

    def _code(self, cells: Sequence[str], column: str) -> str:
        text = self._cell(cells, column)
        return self._shared.setdefault(text, text)

    def _maybe(self, cells: Sequence[str], column: str, line: int) -> float | None:
        text = self._cell(cells, column)
        return metres(self._number(cells, column, line), column, self._path, line) if text else None

    def _number(self, cells: Sequence[str], column: str, line: int, missing: float = math.nan) -> float:
        text = self._cell(cells, column)
        return _number(text, column, self._path, line) if text else missing


def people(number: float, path: str, line: int) -> int:
    """
    Return a population as the index keeps it.

    Raises
    ------
    GazetteerError
        If there are fewer than none, or more than there are in the world.
    """
    if not 0 <= number <= MOST_PEOPLE:
        cure = "Write how many live there, or leave it empty."
        raise GazetteerError(f"no place has a population of {number:g}", path=path, line=line, cure=cure)
    return int(number)


def metres(number: float, column: str, path: str, line: int) -> float:
    """
    Return a length.

    Raises
    ------
    GazetteerError
        If it is less than nothing, or endless.
    """
    if not 0 <= number < math.inf:
        cure = "Write metres, or leave it empty."
        raise GazetteerError(f"{column} {number:g} is no length", path=path, line=line, cure=cure)
    return number


def _number(text: str, column: str, path: str, line: int) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise GazetteerError(f"{column} {text!r} is no number", path=path, line=line, cure="Write a decimal number.")
    return number


def unique_names(name: str, names: Sequence[PlaceName]) -> list[PlaceName]:
    """Return names without repetitions and without `name` unless it adds a language or a period."""
    kept: dict[str, PlaceName] = {}
    for other in names:
        before = kept.get(other.text)
        if before is None or (before.language is None and other.language is not None):
            kept[other.text] = other
    own = kept.get(name)
    if own is not None and own.language is None and own.start is None and own.end is None:
        del kept[name]
    return list(kept.values())
