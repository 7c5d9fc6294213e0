"""``tracker report``: a brief with map, changes and areas."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tracker.cli._common import DAY, known_by_option
from tracker.cli._ground import ground_from, ground_options
from tracker.cli._ledger import gazetteer_option, maybe_ledger_option, source_files_of, sources_option
from tracker.cli._precautions import precaution_options, precautions_of
from tracker.cli._records import file_argument, record_options

__all__ = ["command"]


@click.command(short_help="A brief in HTML: map, table of changes, areas over time.")
@file_argument
@record_options
@click.option("--from", "first", type=DAY, help="Day to compare with.  [default: the day of the first report]")
@click.option("--to", "last", type=DAY, help="Day of the map.  [default: the last of the data]")
@known_by_option
@maybe_ledger_option
@gazetteer_option
@ground_options
@sources_option
@precaution_options
@click.option("--title", help="Title of the brief.  [default: where and when]")
@click.option("--out", type=click.Path(path_type=Path), default=Path("report.html"), show_default=True)
@click.option("--force", is_flag=True, help="Replace an existing file.")
def command(
    states_path: str | None,
    claims_path: str | None,
    layer_path: str | None,
    first: dt.date | None,
    last: dt.date | None,
    known_by: dt.date | None,
    ledger_path: Path | str | None,
    embargo_days: int | None,
    coarsen_km: float | None,
    suppress_path: str | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
    title: str | None,
    out: Path,
    force: bool,
    **ground: Any,
) -> None:
    """
    Write one HTML file with the map of a day, what changed since another, and each side's km² over time.

    FILE holds claims, states or a layer, - is standard input; or give --states (with --claims for the
    quotes), --claims alone, --layer, or --ledger.
    """
    from tracker.exports import refuse_existing
    from tracker.maps.picture_report import write_report
    from tracker.pipeline import Stages, base_shapes, layer_from_files, title_of

    refuse_existing(out, force=force)
    stages = Stages(
        gazetteer_files=gazetteers, source_files=source_files_of(ledger_path, source_files), ground=ground_from(ground)
    )
    layer = layer_from_files(
        stages,
        states=states_path,
        claims=claims_path,
        layer=layer_path,
        ledger=ledger_path,
        on=last,
        known_by=known_by,
        precautions=precautions_of(stages, embargo_days, coarsen_km, suppress_path),
        span=True,
    )
    base = base_shapes(layer, stages)
    heading = title or title_of(layer, stages)
    click.echo(write_report(layer, out, actors=stages.actors, title=heading, first=first, last=last, base=base))
