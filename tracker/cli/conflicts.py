"""``tracker conflicts``: where the reports leave doubt."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from tracker.cli._common import MOMENT, known_by_option
from tracker.cli._ledger import open_project, project_options, shown
from tracker.errors import UsageError

__all__ = ["command"]

_WORDS = {"disagreement": "sources disagree", "stale": "no word for long", "single_source": "one source's word"}


@click.command(short_help="List where sources disagree, word is stale, or one source alone tells of a change.")
@project_options
@click.option("--on", type=MOMENT, help="Day of valid time.  [default: newest report]")
@known_by_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines: kind, place, part, day, and the state.")
def command(on: dt.date | None, known_by: dt.date | None, as_json: bool, **project: Any) -> int:
    """
    Print the places whose state on a day wants a second look.

    Exit status: 0 none; 1 some; 2 wrong use.
    """
    from tracker.states import conflicts
    from tracker.states.explaining import printable

    known = open_project(on=on, known_by=known_by, **project)
    names = {c.place.place_id: c.place.name or c.place.text for c in known.claims}
    last = known.known_by or dt.date.max
    day = known.on or max((c.published for c in known.claims if c.published and c.published <= last), default=None)
    if day is None:
        raise UsageError("no report is dated: say on which day, --on DATE")
    found = conflicts(known.fuse(), on=day)
    for conflict in found:
        if as_json:
            click.echo(shown(conflict))
            continue
        part = f" [{printable(conflict.part)}]" if conflict.part else ""
        name = printable(names.get(conflict.place_id) or conflict.place_id)
        click.echo(f"{_WORDS[conflict.kind]}: {name} ({conflict.place_id}){part}, since {conflict.on or 'unknown'}")
        click.echo(f"    {printable(conflict.state.reason)}")
    return 1 if found else 0
