"""Proof that gazetteer files keep their rules; findings are told, not raised."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely

from tracker.errors import GazetteerError
from tracker.places.index.shelf import shipped_files
from tracker.places.names.folding import folded_keys
from tracker.places.outlines import TOLERANCE_DEG, Outlines
from tracker.places.tables.rows import VERIFIED_M, PlaceRow, read_rows
from tracker.places.tables.user_files import check_point, read_user_file
from tracker.resources import data_path

__all__ = ["Finding", "check_gazetteer", "grades"]

EXTENDED = frozenset(
    {
        "ADM1",
        "ADM2",
        "BAY",
        "CNL",
        "CONT",
        "DSRT",
        "FRST",
        "GULF",
        "HLLS",
        "ISLS",
        "LK",
        "MT",
        "MTS",
        "OCN",
        "PCL",
        "PCLD",
        "PCLI",
        "PEN",
        "RD",
        "RGN",
        "RSV",
        "SEA",
        "STM",
        "STRT",
        "VAL",
    }
)  # kinds so large that any point inside is as good as another
_DATED = re.compile(r".+; \d{4}-\d{2}-\d{2}")
_OFFSHORE = frozenset({"ISL", "ISLS", "PRT", "SEA", "GULF", "OCN", "BAY", "STRT", "LK", "STM", "RGN"})
# GeoNames feature codes that the shipped files use; https://www.geonames.org/export/codes.html
FEATURES = frozenset({
    "ADM1", "ADM2", "AIRB", "AIRF", "AIRH", "AIRP", "ANS", "BAY", "BDG", "BLDG", "BTL", "CAPE", "CAVE", "CH", "CMP",
    "CMPRF", "CMTY", "CNL", "CONT", "CSTL", "DAM", "DPR", "DSRT", "FCL", "FRST", "FT", "GASF", "GULF", "HLL", "HLLS",
    "HSP", "INSM", "ISL", "ISLS", "ISTH", "LK", "MFG", "MILB", "MN", "MSQE", "MT", "MTS", "NVB", "OCN", "OILF",
    "OILR", "OILT", "PASS", "PCL", "PCLD", "PCLI", "PEN", "PIER", "PPL", "PPLA", "PPLA2", "PPLA3", "PPLC", "PPLH",
    "PPLL", "PPLX", "PRN", "PRT", "PS", "PSN", "PSTB", "RD", "RDJCT", "RGN", "RSTN", "RSV", "SEA", "SQR", "STDM",
    "STM", "STRT", "TMB", "UNIV", "VAL", "WAD",
})  # fmt: skip
_LICENSES = (
    "GeoNames-CC-BY-4.0.txt", "Natural-Earth-public-domain.txt", "OpenStreetMap-ODbL-1.0.txt",
    "SimpleMaps-CC-BY-4.0.txt", "airportsdata-MIT.txt", "project-MIT.txt",
)  # fmt: skip


_SOURCES = "sources.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One broken rule: where, and what is wrong."""

    path: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}" if self.line else f"{self.path}: {self.problem}"


def check_gazetteer(files: Sequence[Path] = ()) -> tuple[int, list[Finding]]:
    """
    Check the shipped gazetteer, or files of the user's own against it.

    The rules: ids unique in a file; every row has a name with a folded key, a
    known feature code and a point (its own, or that of the place it adds to)
    inside its country; parents are places; hand-written rows name a source, lie in the
    admin-1 area whose code they have, and say how near their points are known to lie;
    the licences lie beside the data, and a hand-written point comes from a source
    whose licence is known.

    Parameters
    ----------
    files
        Files to check instead of the shipped ones.

    Returns
    -------
    count, findings
        Number of rows checked, and the broken rules in the order of the rows.

    Raises
    ------
    GazetteerError
        If a file can't be read as a gazetteer at all.
    """
    shipped = {path: list(read_rows(path, source=source)) for path, source in shipped_files()}
    known: dict[str, PlaceRow] = {}
    for rows in shipped.values():
        for row in rows:
            if row.place_id not in known or math.isnan(known[row.place_id].lat):
                known[row.place_id] = row
    if not files:
        checked = shipped
        findings = [*_licences(), *_unlicensed(shipped)]
    else:
        checked, findings = {path: read_user_file(path) for path in files}, []
        known.update({row.place_id: row for rows in checked.values() for row in rows if row.place_id not in known})
    excused = _known_findings()
    for path, rows in checked.items():
        findings += (
            finding for finding in _rows(path, rows, known) if finding.problem.partition(" ")[0] not in excused
        )
    return sum(len(rows) for rows in checked.values()), findings


def grades() -> dict[str, int]:
    """
    Count the positions of the hand-written rows by how well they are known.

    Returns
    -------
    count_by_grade
        ``verified``: another source has it within `VERIFIED_M`; ``near``: another source, or the town that
        it lies in, tells it to `PlaceRow.precision_m`; ``unverified``: nothing else was found that has it;
        ``extended``: a point inside something large.
    """
    count = dict.fromkeys(("verified", "near", "unverified", "extended"), 0)
    for path, source in shipped_files():
        for row in read_rows(path, source=source) if path.suffix == ".csv" else ():
            if not math.isnan(row.lat):
                count[_grade(row)] += 1
    return count


def _grade(row: PlaceRow) -> str:
    if row.precision_m is None:
        return "extended"
    if not row.checked:
        return "unverified"
    return "verified" if row.precision_m <= VERIFIED_M else "near"


def _rows(path: Path, rows: Sequence[PlaceRow], known: dict[str, PlaceRow]) -> Iterator[Finding]:
    times = Counter(row.place_id for row in rows)
    keys = folded_keys(row.name for row in rows)
    handmade = path.suffix == ".csv"
    for row, key in zip(rows, keys, strict=True):
        for problem in (
            *_problems(row, key, known, handmade=handmade),
            *(_of_two_areas(row, known) if handmade else ()),
        ):
            yield Finding(path=path.name, line=row.line, problem=f"{row.place_id} {problem}")
        if times[row.place_id] > 1:
            yield Finding(
                path=path.name, line=row.line, problem=f"the id {row.place_id} stands {times[row.place_id]} times"
            )
    yield from _outside(path, rows)
    if handmade:
        yield from _outside_area(path, rows, known)


def _problems(row: PlaceRow, key: str, known: dict[str, PlaceRow], *, handmade: bool) -> Iterator[str]:
    if not key:
        yield f"has a name without a letter: {row.name!r}"
    if row.feature and row.feature not in FEATURES:
        yield f"has a feature code that is not in use: {row.feature!r}"
    yield from _point_problems(row, known)
    if row.parent and row.parent not in known:
        yield f"has a parent that is no place: {row.parent!r}"
    if row.parent == row.place_id:
        yield "is its own parent"
    if handmade and not row.source:
        yield "names no source"
    own = row.place_id.startswith("tk:") and handmade
    if own and row.precision_m is None and row.feature not in EXTENDED and not math.isnan(row.lat):
        yield "does not say how near its point is known to lie (precision_m)"
    if row.checked and not _DATED.fullmatch(row.checked):
        yield f"was checked on no date: {row.checked!r}"
    if handmade and row.cell:
        try:
            _ = row.names
        except GazetteerError as error:
            yield f"breaks a rule: {error.problem}"


def _point_problems(row: PlaceRow, known: dict[str, PlaceRow]) -> Iterator[str]:
    if math.isnan(row.lat) and math.isnan(row.lon):
        base = known.get(row.place_id)
        if base is None or math.isnan(base.lat):
            yield "has no coordinates, here or elsewhere"
        return
    try:
        check_point(row)
    except GazetteerError as error:
        yield f"breaks a rule: {error.problem}"


def _outside(path: Path, rows: Iterable[PlaceRow]) -> Iterator[Finding]:
    outlines = Outlines.load()
    with_shape = set(outlines.countries())
    by_country: dict[str, list[PlaceRow]] = {}
    for row in rows:
        if row.country in with_shape and not math.isnan(row.lat + row.lon) and row.feature not in _OFFSHORE:
            by_country.setdefault(row.country, []).append(row)
    for country, listed in sorted(by_country.items()):
        shape = outlines.country(country)
        points = shapely.points([(row.lon, row.lat) for row in listed])
        shapely.prepare(shape)
        near = shapely.dwithin(shape, points, TOLERANCE_DEG)
        for row in (row for row, inside in zip(listed, near, strict=True) if not inside):
            if not (elsewhere := outlines.country_at(row.lon, row.lat)):
                continue  # an islet that the outlines leave out, or the sea
            problem = (
                f"{row.place_id} ({row.name}) lies in {elsewhere}, not in {country}: lat {row.lat:g}, lon {row.lon:g}"
            )
            if shapely.dwithin(shape, shapely.Point(row.lat, row.lon), TOLERANCE_DEG):
                problem += "; changed over, it would lie inside"
            yield Finding(path=path.name, line=row.line, problem=problem)


def _of_two_areas(row: PlaceRow, known: Mapping[str, PlaceRow]) -> Iterator[str]:
    area = known.get(row.parent)
    if row.admin1 and area is not None and area.feature == "ADM1" and area.admin1 != row.admin1:
        yield f"has {area.name} as its parent, and the code of another area: {row.admin1!r}"


def _outside_area(path: Path, rows: Iterable[PlaceRow], known: Mapping[str, PlaceRow]) -> Iterator[Finding]:
    """Yield rows that lie far from the admin-1 area whose code they have."""
    outlines = Outlines.load()
    shapes = set(outlines.areas())
    areas = {(area.country, area.admin1): area for area in known.values() if area.feature == "ADM1"}
    for row in rows:
        area = areas.get((row.country, row.admin1)) if row.admin1 and row.feature not in _OFFSHORE else None
        if area is None or area.place_id not in shapes or math.isnan(row.lat + row.lon):
            continue
        if not shapely.dwithin(outlines.admin1(area.place_id), shapely.Point(row.lon, row.lat), TOLERANCE_DEG):
            problem = f"{row.place_id} ({row.name}) does not lie in {area.name}, whose code it has: {row.admin1!r}"
            yield Finding(path=path.name, line=row.line, problem=problem)


def _known_findings() -> frozenset[str]:
    """Return the ids whose findings were looked into and are the sources' own; the file tells why."""
    with data_path("gazetteer", "known_findings.csv").open(encoding="utf-8", newline="") as table:
        return frozenset(row["place_id"] for row in csv.DictReader(table))


def _licences() -> Iterator[Finding]:
    folder = data_path("gazetteer") / "LICENSES"
    for name in _LICENSES:
        if not (folder / name).is_file():
            yield Finding(path=f"LICENSES/{name}", line=0, problem="missing")


def _unlicensed(shipped: Mapping[Path, Sequence[PlaceRow]]) -> Iterator[Finding]:
    """Yield hand-written points from sources that the table of licences does not hold."""
    path = data_path("gazetteer") / "LICENSES" / _SOURCES
    if not path.is_file():
        yield Finding(path=f"LICENSES/{_SOURCES}", line=0, problem="missing")
        return
    with path.open(encoding="utf-8", newline="") as table:
        licensed = {row["source"] for row in csv.DictReader(table)}
    for file, rows in shipped.items():
        for row in rows if file.suffix == ".csv" else ():
            source = row.source.partition(";")[0].partition(":")[0]
            if not math.isnan(row.lat) and source and source not in licensed:
                problem = f"{row.place_id} has its point from {source!r}, for which LICENSES/{_SOURCES} has no licence"
                yield Finding(path=file.name, line=row.line, problem=problem)
