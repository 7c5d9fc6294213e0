"""``tracker check``: whether the ledger still says what was put into it."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli._ledger import ledger_option

__all__ = ["command"]


@click.command(short_help="Verify the ledger: hashes, ids, and spans against their texts.")
@ledger_option
def command(ledger_path: Path | str) -> int:
    """
    Verify the ledger: the file itself, the hash of every text, the id of every claim, and every span and quote.

    Exit status: 0 sound; 1 something is wrong (each finding is a line); 2 no ledger could be opened.
    """
    from tracker.ledger import check_ledger, open_ledger

    found = 0
    with open_ledger(ledger_path, read_only=True) as ledger:
        for finding in check_ledger(ledger):
            found += 1
            click.echo(f"{finding.record_id}: {finding.problem}")
        status = ledger.status()
    click.echo(f"{status.reports} reports, {status.claims} claims checked: {found or 'no'} finding(s)", err=True)
    return 1 if found else 0
