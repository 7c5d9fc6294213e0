"""``tracker run``: the whole way."""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli._common import DAY, MOMENT, known_by_option, size_of
from tracker.cli._extractor import echo_rejected, extractor_options
from tracker.cli._ground import ground_from, ground_options
from tracker.cli._ledger import sources_option
from tracker.cli._precautions import precaution_options, precautions_of

if TYPE_CHECKING:
    from tracker.model import Report
    from tracker.pipeline import Run, Stages

_A_HANDFUL = 5  # reports; up to that a progress bar is noise


@click.command(short_help="The whole way: reports to map, GeoJSON, GeoPackage and QGIS project.")
@click.argument("sources", nargs=-1, required=True, metavar="REPORT…")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("out"), show_default=True, help="Folder to write to."
)
@click.option(
    "--published",
    type=DAY,
    help="Day of publication of reports that carry none; wins over a page's metadata, not over a record's field.",
)
@click.option(
    "--on", type=MOMENT, help="Day that the map opens on and the summary speaks of.  [default: newest report]"
)
@known_by_option
@precaution_options
@click.option(
    "--gazetteer", "gazetteers", type=click.Path(path_type=Path), multiple=True, help="Your own gazetteer file."
)
@ground_options
@click.option(
    "--backend",
    type=click.Choice(["auto", "dependency", "window"]),
    default="auto",
    show_default=True,
    help="How sentences are read: parsed, or by windows of words when no language model is installed.",
)
@extractor_options
@sources_option
@click.option("--title", help="Title of the map.  [default: where and when]")
@click.option("--force", is_flag=True, help="Replace control.qgz even when somebody has saved it in QGIS.")
@click.option("--quiet", is_flag=True, help="Print no summary.")
def command(
    sources: tuple[str, ...],
    out: Path,
    published: dt.date | None,
    on: dt.date | None,
    known_by: dt.date | None,
    embargo_days: int | None,
    coarsen_km: float | None,
    suppress_path: str | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
    backend: str,
    extractor: str,
    extractor_settings: dict[str, str],
    title: str | None,
    force: bool,
    quiet: bool,
    **ground: Any,
) -> int:
    """
    Read REPORTs and write claims.jsonl, states.jsonl, control.html, control.geojson, control.gpkg and control.qgz.

    REPORT is a file (text, Markdown, HTML, JSON, JSON Lines, CSV, RSS, Atom), a folder of such files, or - for
    standard input.

    The six files of an earlier run in the same folder are replaced; a control.qgz that somebody has saved in
    QGIS is kept, with fresh data under it.

    Exit status: 0 done; 1 done, but some reports could not be read (they are listed); 2 wrong use.
    """
    from tracker.pipeline import Stages, run

    stages = Stages(
        gazetteer_files=gazetteers,
        source_files=source_files,
        backend=backend,
        ground=ground_from(ground),
        extractor=extractor,
        extractor_options=extractor_settings,
    )
    result = run(
        sources,
        out,
        published=published,
        on=on,
        known_by=known_by,
        title=title,
        precautions=precautions_of(stages, embargo_days, coarsen_km, suppress_path),
        stages=stages,
        progress=_progress,
        force=force,
    )
    for error in result.refused:
        click.echo(f"quarantined: {error}", err=True)
    partial = echo_rejected(stages.rejected)
    if not result.reports:
        click.echo("No report could be read, so nothing was written.", err=True)
        return 1
    if not quiet:
        _print(result, stages)
    return 1 if partial or result.refused else 0


def _progress(reports: Iterable[Report]) -> Iterable[Report]:
    """Show a bar on a terminal once there are more reports than a handful."""
    from tqdm import tqdm

    source = iter(reports)
    yield from itertools.islice(source, _A_HANDFUL)
    yield from tqdm(source, desc="reading", unit=" reports", initial=_A_HANDFUL, file=sys.stderr, disable=None)


def _print(result: Run, stages: Stages) -> None:
    from tracker.cli._summary import summary_lines

    click.echo(f"{result.reports} report{'' if result.reports == 1 else 's'} read")
    for line in summary_lines(
        result.made.states, result.made.claims, on=result.on, places=stages.gazetteer, actors=stages.actors
    ):
        click.echo(line)
    click.echo("\nWritten")
    for path in result.files:
        click.echo(f"  {path}  {size_of(path)}")
    for path in result.kept:
        click.echo(f"  {path}  kept: it was saved in QGIS, so its data alone is new (--force writes another)")
    click.echo(f"{result.seconds:.1f} s")
