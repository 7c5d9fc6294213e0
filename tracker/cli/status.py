"""``tracker status``: how much the ledger holds."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli._ledger import ledger_option

__all__ = ["command"]


@click.command(short_help="Tell how much the ledger holds.")
@ledger_option
def command(ledger_path: Path) -> None:
    """Print how many reports, claims, places and judgements the ledger holds, and which runs read them."""
    from tracker.ledger import Ledger

    with Ledger(ledger_path, read_only=True) as ledger:
        status = ledger.status()
    days = f", published {status.first} to {status.last}" if status.first else ""
    click.echo(f"{ledger_path}: {status.reports} reports{days}")
    click.echo(f"{status.claims} claims about {status.places} places, {status.judgements} judgements")
    click.echo(f"read by {', '.join(status.runs) or 'nobody yet'}; schema {status.schema_version}")
