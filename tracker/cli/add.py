"""``tracker add``: reports into the ledger."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli._common import DAY
from tracker.cli._extractor import echo_rejected, extractor_options
from tracker.cli._ledger import ledger_option
from tracker.cli._sources import reports_from

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from tracker.errors import InputError
    from tracker.ledger import Ledger, Reading
    from tracker.model import Place, Report
    from tracker.pipeline import Stages

__all__ = ["command"]

_SAME_PLACE_DEG = 0.1  # about 11 km: farther off, a place of the same name is another one
_BATCH = 64  # reports stored in one transaction: what a crash may cost, and what makes a sync to disk cheap


@click.command(short_help="Read reports and keep them, with their claims, in the ledger.")
@click.argument("sources", nargs=-1, required=True, metavar="REPORT…")
@ledger_option
@click.option("--published", type=DAY, help="Day of publication of reports that carry none.")
@click.option(
    "--gazetteer", "gazetteers", type=click.Path(path_type=Path), multiple=True, help="Your own gazetteer file."
)
@click.option(
    "--backend", type=click.Choice(["auto", "dependency", "window"]), default="auto", show_default=True,
    help="How sentences are read.",
)  # fmt: skip
@extractor_options
@click.option(
    "--as",
    "layout",
    type=click.Choice(["acled", "baseline", "ucdp"]),
    help="The files are tables: events in ACLED's or UCDP's columns, or a baseline of who held what (CSV, GeoJSON).",
)
@click.option("--fetch", "fetch_allowed", is_flag=True, help="Fetch REPORTs that are http(s) addresses.")
@click.option("--run", "run_name", default="", help="Name of a new run, to read reports again that were read before.")
def command(
    sources: tuple[str, ...],
    ledger_path: Path | str,
    published: dt.date | None,
    gazetteers: tuple[Path, ...],
    backend: str,
    extractor: str,
    extractor_settings: dict[str, str],
    layout: str | None,
    fetch_allowed: bool,
    run_name: str,
) -> int:
    """
    Read REPORTs, extract their claims and keep both in the ledger.

    REPORT is a file (text, Markdown, HTML, JSON, JSON Lines, CSV, RSS, Atom), a folder of such files, - for standard
    input, or with --fetch the http(s) address of a page or feed; addresses in private networks are refused.
    With --as the files are tables. A polygon of a GeoJSON baseline stands for the place that its property place or
    place_id names, else for every town, quarter, base, field, dam, bridge and hill of the gazetteer inside it.
    A report that was read before by the same extractor is passed over. A new extractor is a new run; its claims
    replace the old ones, which stay readable.

    Exit status: 0 done; 1 done, but some reports could not be read (they are listed); 2 wrong use.
    """
    from tracker.ledger import open_ledger
    from tracker.pipeline import Stages

    refused: list[InputError] = []
    new = seen = 0
    with open_ledger(ledger_path) as ledger:
        stages = Stages(
            gazetteer_files=gazetteers, backend=backend, extractor=extractor, extractor_options=extractor_settings
        )
        if layout is not None:
            reader = f"table-{layout}"
            found = _tabled(sources, layout, stages, refused)
        else:
            reports = reports_from(sources, published=published, refused=refused, fetch_allowed=fetch_allowed)
            reader = "/".join(part for part in (stages.extractor_identity, backend, run_name) if part)
            found = _read(_unlike(reports, ledger, refused), ledger, stages, reader)
        for batch in _batches(found):
            readings = [reading for reading in batch if reading is not None]
            new += ledger.add(readings, extractor=reader)
            seen += len(batch)
    for error in refused:
        click.echo(f"quarantined: {error}", err=True)
    partial = echo_rejected(stages.rejected)
    click.echo(f"{seen} report(s) read, {new} new, {len(refused)} quarantined")
    return 1 if partial or refused else 0


def _unlike(reports: Iterable[Report], ledger: Ledger, refused: list[InputError]) -> Iterator[Report]:
    """Yield the reports whose id does not stand for another text already."""
    from tracker.errors import InputError

    seen: dict[str, str] = {}
    for report in reports:
        known = seen.setdefault(report.report_id, ledger.sha256_of(report.report_id) or report.sha256)
        if known == report.sha256:
            yield report
        else:
            problem = f"the report {report.report_id!r} is in the ledger with another text"
            refused.append(InputError(problem, cure="Give the new one its own id."))


def _read(reports: Iterable[Report], ledger: Ledger, stages: Stages, extractor: str) -> Iterator[Reading | None]:
    """Yield what is read in each report, None for one that was read before or that the extractor left unread."""
    from tracker.ledger import Reading

    for report in reports:
        if ledger.has(report.report_id, extractor=extractor):
            yield None
            continue
        found = stages.locate(report)
        before = len(stages.rejected)
        claims = stages.extract(report)
        if any(not rejection.words for rejection in stages.rejected[before:]):
            yield None  # so that it is asked again another time
            continue
        yield Reading(report=report, claims=tuple(claims), resolutions=tuple(found))


def _tabled(sources: Iterable[str], layout: str, stages: Stages, refused: list[InputError]) -> Iterator[Reading | None]:
    """Yield a reading for each row of tables that speaks of control."""
    from tracker.ledger import TableReader

    finder = _PlaceFinder(stages)
    reader = TableReader(layout, place_of=finder, actor_of=_ActorFinder(stages), places_in=finder.inside)
    for source in sources:
        yield from reader.read(source, quarantine=refused.append)


class _PlaceFinder:
    """Finds the place of a table's row: by id, else the one of that name nearest to the point given."""

    def __init__(self, stages: Stages) -> None:
        self._stages = stages

    def __call__(self, name: str, lat: float | None, lon: float | None, country: str | None) -> Place | None:
        from tracker.errors import UnknownPlaceError

        gazetteer = self._stages.gazetteer
        try:
            return gazetteer.get(name)
        except UnknownPlaceError:
            pass
        hits = [hit.place for hit in gazetteer.search(name, countries=[country] if country else None)]
        if lat is None or lon is None:
            return hits[0] if hits else None
        near = sorted((_degrees(p, lat, lon), p.place_id) for p in hits)
        return gazetteer.get(near[0][1]) if near and near[0][0] < _SAME_PLACE_DEG else None

    def inside(self, area: BaseGeometry) -> Iterator[Place]:
        """Yield the places whose point lies in a polygon, in the order of the gazetteer."""
        import numpy as np
        import shapely

        gazetteer = self._stages.gazetteer
        lon, lat = gazetteer.index.arrays["place_lon"], gazetteer.index.arrays["place_lat"]
        west, south, east, north = area.bounds
        near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        shapely.prepare(area)
        for ordinal in near[shapely.contains_xy(area, lon[near], lat[near])].tolist():
            yield gazetteer.at(ordinal)


class _ActorFinder:
    """Finds the actor of a table's side; one that is not in the data is `other:` and its name."""

    def __init__(self, stages: Stages) -> None:
        self._stages = stages

    def __call__(self, name: str, on: dt.date, country: str | None) -> str:
        if name in self._stages.actors:
            return name
        found = self._stages.actors.find(name, on=on, countries=frozenset({country} if country else ()))
        known = [mention.actor_id for mention in found if mention.actor_id]
        return known[0] if known else f"other:{' '.join(name.lower().split())}"


def _degrees(place: Place, lat: float, lon: float) -> float:
    return math.hypot(place.lat - lat, (place.lon - lon) * math.cos(math.radians(lat)))


def _batches(readings: Iterable[Reading | None]) -> Iterator[list[Reading | None]]:
    batch: list[Reading | None] = []
    for reading in readings:
        batch.append(reading)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
