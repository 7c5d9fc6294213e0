"""``tracker status``: how much the ledger holds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import click

from tracker.cli._common import known_by_option, on_option
from tracker.cli._ledger import gazetteer_option, ledger_option, open_project, sources_option

__all__ = ["command"]


@click.command(short_help="Tell how much the ledger holds.")
@ledger_option
@on_option
@known_by_option
@gazetteer_option
@sources_option
def command(
    ledger_path: Path | str,
    on: dt.date | None,
    known_by: dt.date | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
) -> None:
    """
    Print how many reports, claims, places and judgements the ledger holds, and which runs read them.

    With --known-by only what was published by that day is counted; with --on also how many places stood how then.
    """
    from tracker.ledger import open_ledger
    from tracker.states import faded, states_at

    with open_ledger(ledger_path, read_only=True) as ledger:
        status = ledger.status(known_by=known_by)
    days = f", published {status.first} to {status.last}" if status.first else ""
    known = f" known by {known_by}" if known_by else ""
    click.echo(f"{ledger.path}: {status.reports} reports{days}{known}")
    click.echo(f"{status.claims} claims about {status.places} places, {status.judgements} judgements")
    click.echo(f"read by {', '.join(status.runs) or 'nobody yet'}; schema {status.schema_version}")
    if on is not None:
        project = open_project(
            claims_path=None, ledger_path=ledger_path, gazetteers=gazetteers, source_files=source_files,
            known_by=known_by,
        )  # fmt: skip
        stood = Counter(faded(s, on).status for (_, part), s in states_at(project.fuse(), on).items() if part is None)
        counted = ", ".join(f"{stood[status]} {status}" for status in sorted(stood))
        click.echo(f"on {on}: {counted or 'no report speaks of any place'}")
