"""``tracker extract``: what reports claim about control of places."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli._common import DAY
from tracker.cli._extractor import echo_rejected, extractor_options
from tracker.cli._precautions import precaution_options, precautions_of
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.errors import InputError


@click.command(short_help="Read what reports claim about control, one JSON line a claim.")
@click.argument("sources", nargs=-1, required=True, metavar="REPORT…")
@click.option("--published", type=DAY, help="Day of publication of reports that carry none.")
@click.option(
    "--gazetteer", "gazetteers", type=click.Path(path_type=Path), multiple=True, help="Your own gazetteer file."
)
@click.option(
    "--backend",
    type=click.Choice(["auto", "dependency", "window"]),
    default="auto",
    show_default=True,
    help="The trained parser, rules over word windows, or the parser where one is installed.",
)
@extractor_options
@precaution_options
@click.option(
    "--explain", is_flag=True, help="Print, instead of records, frame, roles, cues and vetoes on each sentence."
)
def command(
    sources: tuple[str, ...],
    published: dt.date | None,
    gazetteers: tuple[Path, ...],
    backend: str,
    extractor: str,
    extractor_settings: dict[str, str],
    embargo_days: int | None,
    coarsen_km: float | None,
    suppress_path: str | None,
    explain: bool,
) -> int:
    """
    Print what REPORTs claim about who holds, takes, loses or besieges a place, each claim with its sentence.

    REPORT is a file (text, Markdown, HTML, JSON, JSON Lines, CSV, RSS, Atom), a folder of such files, or - for
    standard input.
    Claims that the text itself calls planned, failed or denied come out with modality "unreal".

    Exit status: 0 done; 1 done, but some reports could not be read, or some of what another extractor claimed
    does not stand in its report (both are listed); 2 wrong use.
    """
    from tracker.jsonl import dump_line
    from tracker.pipeline import Stages, guard_of
    from tracker.reports import read_bursts, read_reports

    stages = Stages(
        gazetteer_files=gazetteers, backend=backend, extractor=extractor, extractor_options=extractor_settings
    )
    held = precautions_of(stages, embargo_days, coarsen_km, suppress_path)
    if held is not None and explain:
        raise UsageError("--explain shows every sentence: leave it out, or what is to be held back.")
    refused: list[InputError] = []
    if explain:
        for report in read_reports(sources, published=published, quarantine=refused.append):
            click.echo(stages.explain(report))
    elif held is not None:
        reports = read_reports(sources, published=published, quarantine=refused.append)
        told = [claim for claims in stages.extract_all(reports) for claim in claims]
        for claim in guard_of(held, told, stages).claims:
            click.echo(dump_line(claim))
    else:
        for burst in read_bursts(sources, published=published, quarantine=refused.append):
            for claim in (claim for claims in stages.extract_all(burst) for claim in claims):
                click.echo(dump_line(claim))
    for error in refused:
        click.echo(f"quarantined: {error}", err=True)
    return 1 if echo_rejected(stages.rejected) or refused else 0
