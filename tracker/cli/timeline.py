"""``tracker timeline``: who held a place when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tracker.cli._common import known_by_option
from tracker.cli._ledger import claims_option, known_words, maybe_ledger_option, shown

__all__ = ["command"]


@click.command(short_help="Tell who held a place when.")
@click.argument("place")
@claims_option
@maybe_ledger_option
@known_by_option
@click.option("--json", "as_json", is_flag=True, help="Print the states as JSON Lines.")
def command(
    place: str, claims_path: str | None, ledger_path: Path | None, known_by: dt.date | None, as_json: bool
) -> None:
    """
    Print the states of PLACE in order of time, each with its reason.

    PLACE is a place id or a name as the claims have it.
    """
    from tracker.states import find_place, fuse
    from tracker.states.explaining import printable

    claims, judgements = known_words(claims_path, ledger_path, known_by)
    place_id = find_place(place, claims)
    mine = [c for c in claims if c.place.place_id == place_id]
    for state in fuse(mine, known_by=known_by, judgements=judgements):
        if as_json:
            click.echo(shown(state))
            continue
        days = f"{state.valid_from or '…'!s:>10} to {state.valid_to or 'now'!s:10}"
        part = f" [{state.part}]" if state.part else ""
        who = state.holder or " / ".join(c.actor for c in state.candidates)
        siege = ", besieged" if state.besieged else ""
        click.echo(f"{days} {state.status}{part} {who}{siege}  p {state.probability:.2f}")
        click.echo(f"{'':27}{printable(state.reason)}")
