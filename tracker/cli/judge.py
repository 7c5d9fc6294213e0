"""``tracker judge``: a decision, signed and dated, from a script or by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tracker.cli._ledger import ledger_option

__all__ = ["command"]


@click.command(short_help="Accept, reject or correct a claim, or undo a judgement.")
@click.argument("target", metavar="ID")
@click.argument("verdict", type=click.Choice(["accept", "reject", "correct", "undo"]))
@ledger_option
@click.option("--by", required=True, envvar="TRACKER_JUDGE", help="Who signs; TRACKER_JUDGE names a standing signer.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="What to correct; an empty value is none.")
@click.option("--note", help="Why.")
@click.option("--at", type=click.DateTime(), help="When, in UTC, instead of now.")
def command(
    target: str, verdict: str, ledger_path: Path, by: str, changes: tuple[str, ...], note: str | None,
    at: dt.datetime | None,
) -> None:  # fmt: skip
    """
    Record a judgement on ID: a claim id, or with undo the id of a judgement.

    Fusion obeys it from then on. Fields that can be corrected: actor, counter_actor, kind, modality, part,
    place_id, valid_time. The judgement's id is printed; undo takes it back.
    """
    from tracker.errors import UsageError
    from tracker.ledger import Ledger, make_judgement
    from tracker.model import Verdict
    from tracker.states.judgements import apply_judgements

    corrections = dict(_field_and_value(change) for change in changes)
    if bool(corrections) != (verdict == "correct"):
        raise UsageError("correct needs --set FIELD=VALUE, and only correct takes it")
    when = at.replace(tzinfo=dt.UTC) if at else dt.datetime.now(dt.UTC)
    judgement = make_judgement(target, Verdict(verdict), by=by, on=when, corrections=corrections, note=note)
    with Ledger(ledger_path) as ledger:
        if verdict == "undo":
            if target not in {j.judgement_id for j in ledger.judgements()}:
                raise UsageError(f"no judgement {target!r} is in the ledger; tracker list judgements shows them")
        else:
            claims = [c for c in ledger.claims() if c.claim_id == target]
            if not claims:
                raise UsageError(f"no claim {target!r} is in the ledger; tracker list claims shows them")
            apply_judgements(claims, [judgement])  # refuses fields and values that can't be
        ledger.judge(judgement)
    click.echo(judgement.judgement_id)


def _field_and_value(change: str) -> tuple[str, str | None]:
    from tracker.errors import UsageError

    field, equals, value = change.partition("=")
    if not equals:
        raise UsageError(f"--set {change!r}: write FIELD=VALUE")
    return field.strip(), value.strip() or None
