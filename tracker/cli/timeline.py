"""``tracker timeline``: who held a place when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from tracker.cli._common import known_by_option, on_option
from tracker.cli._ledger import open_project, project_options, shown

__all__ = ["command"]


@click.command(short_help="Tell who held a place when.")
@click.argument("place")
@project_options
@on_option
@known_by_option
@click.option("--json", "as_json", is_flag=True, help="Print the states as JSON Lines.")
def command(place: str, on: dt.date | None, known_by: dt.date | None, as_json: bool, **project: Any) -> None:
    """
    Print the states of PLACE in order of time, each with its reason; with --on those of one day.

    PLACE is a place id or a name, in any spelling that the claims or the gazetteer have.
    """
    from tracker.states import states_at
    from tracker.states.explaining import printable

    known = open_project(on=on, known_by=known_by, **project)
    place_id, mine = known.of_place(place)
    states = [s for s in known.fuse(mine) if s.place_id == place_id]
    found = states if known.on is None else list(states_at(states, known.on).values())
    if not found:
        click.echo(f"no report speaks of {place_id}{f' on {known.on}' if known.on else ''}", err=True)
    for state in found:
        if as_json:
            click.echo(shown(state))
            continue
        days = f"{state.valid_from or '…'!s:>10} to {state.valid_to or 'now'!s:10}"
        part = f" [{printable(state.part)}]" if state.part else ""
        sides = state.holder or " / ".join(c.actor for c in state.candidates)
        who = f" {printable(sides)}" if sides else ""
        siege = ", besieged" if state.besieged else ""
        stale = f", stale from {state.stale_from}" if state.stale_from and state.valid_to is None else ""
        click.echo(f"{days} {state.status}{part}{who}{siege}  p {state.probability:.2f}{stale}")
        click.echo(f"{'':27}{printable(state.reason)}")
