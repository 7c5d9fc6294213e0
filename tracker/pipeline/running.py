"""The whole way in one call: read, fuse, draw, write."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import InputError
from tracker.files import output_folder
from tracker.model import Claim, Modality, Report
from tracker.pipeline.guarded import Made, draw_guarded
from tracker.pipeline.outputs import OUTPUTS, write_outputs
from tracker.pipeline.stages import Stages
from tracker.pipeline.titles import title_of

if TYPE_CHECKING:
    from tracker.precautions import Precautions


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    What one run read and made.

    Attributes
    ----------
    on
        The day that the summary speaks of.
    reports
        How many were read.
    refused
        Typed errors of what could not be read, in the order met.
    files
        Paths written, in the order of `OUTPUTS`; empty when nothing could be read.
    kept
        The QGIS project when somebody has saved it since, so that only the data under it is new.
    seconds
        How long it took, by the wall.
    """

    on: dt.date | None
    reports: int
    made: Made
    refused: tuple[InputError, ...]
    files: tuple[Path, ...]
    kept: tuple[Path, ...] = ()
    seconds: float


@dataclass(slots=True)
class _Read:
    """What the reading half of a run gathers."""

    reports: int = 0
    claims: list[Claim] = field(default_factory=list)
    refused: list[InputError] = field(default_factory=list)
    newest: dt.date | None = None


def run(  # noqa: PLR0913 - each is an option of the verb
    sources: Iterable[str | Path],
    out: str | Path,
    *,
    published: dt.date | None = None,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    title: str | None = None,
    precautions: Precautions | None = None,
    stages: Stages | None = None,
    progress: Callable[[Iterable[Report]], Iterable[Report]] | None = None,
    force: bool = False,
) -> Run:
    """
    Go the whole way: read reports, and write claims, states, map, GeoJSON, GeoPackage and QGIS project.

    Parameters
    ----------
    sources
        Files, folders, ``-``; see `tracker.reports.read_reports`.
    out
        Folder for the files named in `OUTPUTS`; made when missing. What an earlier run wrote there is
        replaced, but for a project that somebody has saved in QGIS.
    published
        Day of publication for reports that carry none.
    on
        Day that the map opens on and the summary speaks of; None: the newest day of publication.
    known_by
        Leave out reports published later.
    title
        Title of map and project; None says where and when.
    precautions
        What is held back in every file; None shows all.
    stages
        To share what is loaded between runs; None loads it.
    progress
        Wraps the reports as they are read, to show how far it is.
    force
        Replace a saved project too.

    Raises
    ------
    InputError
        If a source doesn't exist.
    OutputError
        If a file can't be written; no half-written file is left under its final name.
    """
    started = time.perf_counter()
    new = not Path(out).exists()
    folder = output_folder(out)
    stages = stages or Stages()
    try:
        read = _read_all(sources, published, stages, progress)
    except InputError:
        if new:  # what was made for nothing goes
            folder.rmdir()
        raise
    day = on or _newest_day(read, known_by)
    made = draw_guarded(read.claims, stages, precautions, on=on, known_by=known_by, span=True)
    if made.layer.known_by is not None and day is not None and precautions:
        day = min(day, made.layer.known_by)
    from tracker.exports import saved_by_a_user

    project = folder / OUTPUTS[-1]
    kept = (project,) if read.reports and not force and saved_by_a_user(project) else ()
    named, opens_on = title or title_of(made.layer, stages, on=day), day if on else None
    files = (
        write_outputs(folder, made, stages, title=named, on=opens_on, keep_project=bool(kept)) if read.reports else ()
    )
    return Run(
        on=day,
        reports=read.reports,
        made=made,
        files=tuple(files),
        kept=kept,
        refused=tuple(read.refused),
        seconds=time.perf_counter() - started,
    )


def _read_all(
    sources: Iterable[str | Path],
    published: dt.date | None,
    stages: Stages,
    progress: Callable[[Iterable[Report]], Iterable[Report]] | None,
) -> _Read:
    from tracker.reports import read_reports

    read = _Read()
    reports: Iterable[Report] = read_reports(sources, published=published, quarantine=read.refused.append)
    for claims in stages.extract_all(_counted(progress(reports) if progress else reports, read)):
        read.claims += claims
    return read


def _counted(reports: Iterable[Report], read: _Read) -> Iterator[Report]:
    for report in reports:
        read.reports += 1
        if report.published and (read.newest is None or report.published > read.newest):
            read.newest = report.published
        yield report


def _newest_day(read: _Read, known_by: dt.date | None) -> dt.date | None:
    """Return the newest day of publication; without any, the newest day that a real claim is sure to speak of."""
    newest = read.newest or max(
        (c.valid_from for c in read.claims if c.valid_from and c.modality is not Modality.UNREAL), default=None
    )
    return min(newest, known_by) if newest and known_by else newest
