"""``tracker locate``: the places that reports name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli._common import DAY

if TYPE_CHECKING:
    from tracker.errors import InputError


@click.command(short_help="Find the places that reports name, one JSON line a mention.")
@click.argument("sources", nargs=-1, required=True, metavar="REPORT…")
@click.option("--published", type=DAY, help="Day of publication of reports that carry none.")
@click.option(
    "--gazetteer", "gazetteers", type=click.Path(path_type=Path), multiple=True, help="Your own gazetteer file."
)
@click.option("--explain", is_flag=True, help="Print, instead of records, why each name is a place and why that one.")
def command(sources: tuple[str, ...], published: dt.date | None, gazetteers: tuple[Path, ...], explain: bool) -> int:
    """
    Print the places that REPORTs name, with spans, coordinates, scores and runners-up.

    REPORT is a file (text, Markdown, HTML, JSON, JSON Lines, CSV, RSS, Atom), a folder of such files, or - for
    standard input.
    A place that is clearly named but not in the gazetteer has a null place_id.

    Exit status: 0 done; 1 done, but some reports could not be read (they are listed); 2 wrong use.
    """
    from tracker.jsonl import dump_line
    from tracker.pipeline import Stages
    from tracker.reports import read_bursts, read_reports

    stages = Stages(gazetteer_files=gazetteers)
    refused: list[InputError] = []
    if explain:
        for report in read_reports(sources, published=published, quarantine=refused.append):
            click.echo(stages.explain_places(report))
    else:
        for burst in read_bursts(sources, published=published, quarantine=refused.append):
            for found in filter(None, stages.locate_stream(burst)):
                click.echo("\n".join(map(dump_line, found)))
    for error in refused:
        click.echo(f"quarantined: {error}", err=True)
    return 1 if refused else 0
