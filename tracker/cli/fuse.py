"""``tracker fuse``: claims into states."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from tracker.cli._common import input_lines, known_by_option, on_option
from tracker.cli._ledger import gazetteer_option, sources_option
from tracker.cli._precautions import precaution_options, precautions_of

__all__ = ["command"]


@click.command(short_help="Fuse claims into states.")
@click.argument("claims", default="-", type=click.Path(allow_dash=True))
@on_option
@known_by_option
@click.option("--judgements", type=click.Path(dir_okay=False, path_type=Path), help="JSON Lines of judgements to obey.")
@gazetteer_option
@sources_option
@precaution_options
def command(
    claims: str,
    on: dt.date | None,
    known_by: dt.date | None,
    judgements: Path | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
    embargo_days: int | None,
    coarsen_km: float | None,
    suppress_path: str | None,
) -> None:
    """
    Fuse CLAIMS (JSON Lines, - for standard input) into states.

    Prints one state a line: who holds each place and named part, over half-open
    days, with the claims for and against. With --on only the states of that day,
    stale ones as unknown.
    """
    from tracker.jsonl import read_lines, write_lines
    from tracker.model import Claim, Judgement
    from tracker.pipeline import Stages, guard_of
    from tracker.states import faded, states_at

    verdicts: list[Judgement] = []
    if judgements is not None:
        with input_lines(str(judgements)) as lines:
            verdicts = list(read_lines(lines, Judgement, path=str(judgements)))
    stages = Stages(gazetteer_files=gazetteers, source_files=source_files)
    with input_lines(claims) as lines:
        told = list(read_lines(lines, Claim, path=claims))
    held = precautions_of(stages, embargo_days, coarsen_km, suppress_path)
    if held is None:
        states = stages.fuse(told, known_by=known_by, judgements=verdicts)
    else:
        guard = guard_of(held, told, stages, on=on, known_by=known_by, judgements=verdicts)
        verdicts, on = guard.judgements(verdicts), guard.on
        states = guard.states(stages.fuse(guard.shown_of(told), known_by=guard.known_by, judgements=verdicts))
    write_lines(states if on is None else [faded(s, on) for s in states_at(states, on).values()], sys.stdout)
