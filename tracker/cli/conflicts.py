"""``tracker conflicts``: where the reports leave doubt."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tracker.cli._common import DAY, known_by_option
from tracker.cli._ledger import claims_option, known_words, maybe_ledger_option

__all__ = ["command"]

_WORDS = {"disagreement": "sources disagree", "stale": "no word for long", "single_source": "one source's word"}


@click.command(short_help="List where sources disagree, word is stale, or one source alone tells of a change.")
@claims_option
@maybe_ledger_option
@click.option("--on", required=True, type=DAY, help="Day of valid time.")
@known_by_option
def command(claims_path: str | None, ledger_path: Path | None, on: dt.date, known_by: dt.date | None) -> int:
    """
    Print the places whose state on a day wants a second look.

    Exit status: 0 none; 1 some; 2 wrong use.
    """
    from tracker.states import conflicts, fuse
    from tracker.states.explaining import printable

    claims, judgements = known_words(claims_path, ledger_path, known_by)
    names = {c.place.place_id: c.place.name or c.place.text for c in claims}
    found = conflicts(fuse(claims, known_by=known_by, judgements=judgements), on=on)
    for conflict in found:
        part = f" [{conflict.part}]" if conflict.part else ""
        name = printable(names.get(conflict.place_id) or conflict.place_id)
        click.echo(f"{_WORDS[conflict.kind]}: {name} ({conflict.place_id}){part}, since {conflict.on or 'unknown'}")
        click.echo(f"    {printable(conflict.state.reason)}")
    return 1 if found else 0
