"""``tracker explain``: why a place is as it is."""

from __future__ import annotations

import datetime as dt

import click

from tracker.cli._common import DAY, input_lines, known_by_option

__all__ = ["command"]


@click.command()
@click.argument("place")
@click.option("--claims", "claims_path", required=True, type=click.Path(allow_dash=True), help="JSON Lines of claims.")
@click.option("--states", "states_path", type=click.Path(), help="JSON Lines of states; else the claims are fused.")
@click.option("--on", required=True, type=DAY, help="Day of valid time: what was so in the world on this day.")
@known_by_option
def command(place: str, claims_path: str, states_path: str | None, on: dt.date, known_by: dt.date | None) -> None:
    """
    Print the state of PLACE on a day, with the sentences for and against it.

    PLACE is a place id or a name as the claims have it.
    """
    from tracker.jsonl import read_lines
    from tracker.model import Claim, State
    from tracker.states import explain, find_place, fuse

    with input_lines(claims_path) as lines:
        claims = list(read_lines(lines, Claim, path=claims_path))
    place_id = find_place(place, claims)
    if states_path is None:
        states = fuse([c for c in claims if c.place.place_id == place_id], known_by=known_by)
    else:
        with input_lines(states_path) as lines:
            states = list(read_lines(lines, State, path=states_path))
    click.echo(explain(place_id, states, claims, on=on, known_by=known_by))
