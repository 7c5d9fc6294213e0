"""``tracker explain``: why a place is as it is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tracker.cli._common import DAY, input_lines, known_by_option
from tracker.cli._ledger import claims_option, known_words, maybe_ledger_option

__all__ = ["command"]


@click.command(short_help="Tell why a place is as it is, sentence by sentence.")
@click.argument("place")
@claims_option
@maybe_ledger_option
@click.option("--states", "states_path", type=click.Path(), help="JSON Lines of states; else the claims are fused.")
@click.option("--on", required=True, type=DAY, help="Day of valid time: what was so in the world on this day.")
@known_by_option
def command(
    place: str,
    claims_path: str | None,
    ledger_path: Path | None,
    states_path: str | None,
    on: dt.date,
    known_by: dt.date | None,
) -> None:
    """
    Print the state of PLACE on a day, with the sentences for and against it.

    PLACE is a place id or a name as the claims have it. What would change the state is found by leaving out each
    claim in turn.
    """
    from tracker.jsonl import read_lines
    from tracker.model import State
    from tracker.pipeline import Stages
    from tracker.states import explain, find_place

    claims, judgements = known_words(claims_path, ledger_path, known_by)
    place_id = find_place(place, claims)
    if states_path is None:
        mine = [c for c in claims if c.place.place_id == place_id]
        states = Stages().fuse(mine, known_by=known_by, judgements=judgements)
    else:
        with input_lines(states_path) as lines:
            states = list(read_lines(lines, State, path=states_path))
    click.echo(explain(place_id, states, claims, on=on, known_by=known_by, judgements=judgements))
