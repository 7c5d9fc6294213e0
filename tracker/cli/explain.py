"""``tracker explain``: why a place is as it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from tracker.cli._common import MOMENT, input_lines, known_by_option
from tracker.cli._ledger import open_project, project_options
from tracker.errors import UsageError

__all__ = ["command"]


@click.command(short_help="Tell why a place is as it is, sentence by sentence.")
@click.argument("place")
@project_options
@click.option("--states", "states_path", type=click.Path(), help="JSON Lines of states; else the claims are fused.")
@click.option("--on", required=True, type=MOMENT, help="Day of valid time: what was so in the world on this day.")
@known_by_option
def command(place: str, states_path: str | None, on: dt.date, known_by: dt.date | None, **project: Any) -> None:
    """
    Print the state of PLACE on a day, with the sentences for and against it, and the judgements that touch it.

    PLACE is a place id or a name, in any spelling that the claims or the gazetteer have. What would change the state
    is found by leaving out each claim in turn.
    """
    from tracker.jsonl import read_lines
    from tracker.model import State
    from tracker.states import explain

    if states_path is not None and project["embargo_days"] is not None:
        raise UsageError("--embargo needs the claims alone: states are fused already. Leave --states out.")
    known = open_project(on=on, known_by=known_by, **project)
    place_id, mine = known.of_place(place)
    if states_path is None:
        states = known.fuse(mine)
    else:
        with input_lines(states_path) as lines:
            states = known.shown_states(list(read_lines(lines, State, path=states_path)))
    told = explain(
        place_id, states, mine, on=known.on or on, known_by=known.known_by, judgements=known.judgements,
        places=known.stages.gazetteer, sources=known.stages.sources,
    )  # fmt: skip
    click.echo(told)
