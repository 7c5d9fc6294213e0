"""``tracker init``: an empty ledger."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli._ledger import DEFAULT_LEDGER

__all__ = ["command"]


@click.command(short_help="Make an empty ledger.")
@click.argument("path", type=click.Path(path_type=Path), default=DEFAULT_LEDGER, metavar="[FILE]")
def command(path: Path) -> None:
    """
    Make an empty ledger, the one file in which a project keeps its reports, claims and judgements.

    FILE is tracker.ledger when it isn't given. A file that stands there already is left alone.
    """
    from tracker.ledger import Ledger

    Ledger.create(path).close()
    click.echo(f"made {path}; next: tracker add REPORT… --ledger {path}")
