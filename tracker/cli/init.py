"""``tracker init``: an empty ledger."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli._ledger import DEFAULT_LEDGER, LEDGER

__all__ = ["command"]


@click.command(short_help="Make an empty ledger.")
@click.argument("path", type=LEDGER, default=DEFAULT_LEDGER, metavar="[LEDGER]")
def command(path: Path | str) -> None:
    """
    Make an empty ledger, in which a project keeps its reports, claims and judgements.

    LEDGER is a file, tracker.ledger when it isn't given, or a database at postgresql://user@host/database.
    One that stands there already is left alone.
    """
    from tracker.ledger import create_ledger

    with create_ledger(path) as ledger:
        click.echo(f"made {ledger.path}; next: tracker add REPORT… --ledger {ledger.path}")
