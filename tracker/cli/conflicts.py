"""``tracker conflicts``: where the reports leave doubt."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from tracker.cli._common import MOMENT, known_by_option
from tracker.cli._ledger import open_project, project_options, shown

__all__ = ["command"]

_WORDS = {"disagreement": "sources disagree", "stale": "no word for long", "single_source": "one source's word"}


@click.command(short_help="List where sources disagree, word is stale, or one source alone tells of a change.")
@project_options
@click.option("--on", required=True, type=MOMENT, help="Day of valid time.")
@known_by_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: kind, place, part, day, and the state.")
def command(on: dt.date, known_by: dt.date | None, as_json: bool, **project: Any) -> int:
    """
    Print the places whose state on a day wants a second look.

    Exit status: 0 none; 1 some; 2 wrong use.
    """
    from tracker.states import conflicts
    from tracker.states.explaining import printable

    known = open_project(on=on, known_by=known_by, **project)
    names = {c.place.place_id: c.place.name or c.place.text for c in known.claims}
    found = conflicts(known.fuse(), on=known.on or on)
    for conflict in found:
        if as_json:
            click.echo(shown(conflict))
            continue
        part = f" [{printable(conflict.part)}]" if conflict.part else ""
        name = printable(names.get(conflict.place_id) or conflict.place_id)
        click.echo(f"{_WORDS[conflict.kind]}: {name} ({conflict.place_id}){part}, since {conflict.on or 'unknown'}")
        click.echo(f"    {printable(conflict.state.reason)}")
    return 1 if found else 0
