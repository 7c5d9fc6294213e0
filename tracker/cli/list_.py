"""``tracker list``: what the ledger holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli._common import known_by_option, on_option
from tracker.cli._ledger import ledger_option, shown

if TYPE_CHECKING:
    from tracker.model import Claim

__all__ = ["command"]

_WHAT = ["reports", "claims", "places", "resolutions", "runs", "judgements"]


@click.command(short_help="List reports, claims, places, resolutions, runs or judgements of the ledger.")
@click.argument("what", type=click.Choice(_WHAT), default="reports")
@ledger_option
@on_option
@known_by_option
@click.option("--run", "extractor", help="Claims of this run instead of the newest reading of each report.")
def command(
    what: str, ledger_path: Path | str, on: dt.date | None, known_by: dt.date | None, extractor: str | None
) -> None:
    """
    Print what the ledger holds, one JSON line a record.

    Reports come without their text; claims and resolutions are those of each report's newest reading. With --on
    only claims that speak of that day.
    """
    from dataclasses import replace

    from tracker.errors import UsageError
    from tracker.ledger import open_ledger

    if on is not None and what != "claims":
        raise UsageError(f"--on chooses claims; {what} have no valid time")
    with open_ledger(ledger_path, read_only=True) as ledger:
        found: dict[str, Callable[[], Iterable[Any]]] = {
            "reports": lambda: (replace(r, text="") for r in ledger.reports(known_by=known_by)),
            "claims": lambda: ledger.claims(known_by=known_by, extractor=extractor),
            "places": lambda: ledger.places(known_by=known_by),
            "resolutions": lambda: ledger.resolutions(known_by=known_by),
            "runs": lambda: ledger.status().runs,
            "judgements": ledger.judgements,
        }
        for record in found[what]():
            if on is None or _speaks_of(record, on):
                click.echo(shown(record))


def _speaks_of(claim: Claim, on: dt.date) -> bool:
    from tracker.states import claim_bounds

    bounds = claim_bounds(claim)
    return (bounds.start is None or bounds.start <= on) and (bounds.stop is None or on < bounds.stop)
