"""``tracker list``: what the ledger holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tracker.cli._common import known_by_option
from tracker.cli._ledger import ledger_option, shown

__all__ = ["command"]


@click.command(short_help="List reports, claims, places, runs or judgements of the ledger.")
@click.argument("what", type=click.Choice(["reports", "claims", "places", "runs", "judgements"]), default="reports")
@ledger_option
@known_by_option
@click.option("--run", "extractor", help="Claims of this run instead of the newest reading of each report.")
def command(what: str, ledger_path: Path, known_by: dt.date | None, extractor: str | None) -> None:
    """
    Print what the ledger holds, one JSON line a record.

    Reports come without their text; claims are those of each report's newest reading.
    """
    from dataclasses import replace

    from tracker.ledger import Ledger

    with Ledger(ledger_path, read_only=True) as ledger:
        if what == "reports":
            for report in ledger.reports(known_by=known_by):
                click.echo(shown(replace(report, text="")))
        elif what == "claims":
            for claim in ledger.claims(known_by=known_by, extractor=extractor):
                click.echo(shown(claim))
        elif what == "judgements":
            for judgement in ledger.judgements():
                click.echo(shown(judgement))
        else:
            for name in ledger.places() if what == "places" else ledger.status().runs:
                click.echo(shown(name))
