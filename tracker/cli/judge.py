"""``tracker judge``: a decision, signed and dated, from a script or by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tracker.cli._ledger import gazetteer_option, ledger_option, source_files_of, sources_option

__all__ = ["command"]


@click.command(short_help="Accept, reject or correct a claim, a mention or a state, or undo a judgement.")
@click.argument("target", metavar="ID")
@click.argument("verdict", type=click.Choice(["accept", "reject", "correct", "undo"]))
@ledger_option
@click.option("--by", required=True, envvar="TRACKER_JUDGE", help="Who signs; TRACKER_JUDGE names a standing signer.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="What to correct; an empty value is none.")
@click.option("--note", help="Why.")
@click.option("--at", type=click.DateTime(), help="When, in UTC, instead of now.")
@gazetteer_option
@sources_option
def command(
    target: str,
    verdict: str,
    ledger_path: Path | str,
    by: str,
    changes: tuple[str, ...],
    note: str | None,
    at: dt.datetime | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
) -> None:
    """
    Record a judgement on ID. Fusion obeys it from then on, explain shows it, and undo takes it back.

    \b
    ID is one of
      c-…                  a claim: accept, reject, or correct actor, counter_actor,
                           kind, modality, part, place_id, valid_time
      REPORT_ID#START      a mention, this name is that place: accept, reject, or
                           correct place_id
      PLACE_ID@DAYS        a state of a place, or of a part of it, over some days
      PLACE_ID[PART]@DAYS  (EDTF: 2016-01-01/2016-06-30, 2016-01-01/..): accept it as it
                           stands, reject it, or correct holder, status, besieged, besieger
      j-…                  a judgement: undo

    The judgement's id is printed.
    """  # noqa: D301 - the backspace tells click to keep the lines
    from tracker.cli._judging import judged
    from tracker.errors import UsageError
    from tracker.ledger import open_ledger
    from tracker.pipeline import Stages

    corrections = dict(_field_and_value(change) for change in changes)
    if bool(corrections) != (verdict == "correct"):
        raise UsageError("correct needs --set FIELD=VALUE, and only correct takes it")
    stages = Stages(gazetteer_files=gazetteers, source_files=source_files_of(ledger_path, source_files))
    when = at.replace(tzinfo=dt.UTC) if at else None
    with open_ledger(ledger_path) as ledger:
        made = judged(ledger, stages, target, verdict, by=by, corrections=corrections, note=note, at=when)
    click.echo(made.judgement_id)


def _field_and_value(change: str) -> tuple[str, str | None]:
    from tracker.errors import UsageError

    field, equals, value = change.partition("=")
    if not equals:
        raise UsageError(f"--set {change!r}: write FIELD=VALUE")
    return field.strip(), value.strip() or None
