"""What the verbs around the ledger share: where it is, and claims from it or from a file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli._common import input_lines
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.model import Claim, Judgement

__all__ = ["DEFAULT_LEDGER", "claims_option", "known_words", "ledger_option", "maybe_ledger_option", "shown"]

DEFAULT_LEDGER = "tracker.ledger"
_HELP = "The project's ledger file; TRACKER_LEDGER names another."

ledger_option = click.option(
    "--ledger", "ledger_path", type=click.Path(path_type=Path), default=DEFAULT_LEDGER, show_default=True,
    envvar="TRACKER_LEDGER", help=_HELP,
)  # fmt: skip
maybe_ledger_option = click.option(
    "--ledger", "ledger_path", type=click.Path(path_type=Path), envvar="TRACKER_LEDGER", help=_HELP
)
claims_option = click.option(
    "--claims", "claims_path", type=click.Path(allow_dash=True), help="JSON Lines of claims instead of a ledger."
)


def known_words(
    claims_path: str | None, ledger_path: Path | None, known_by: dt.date | None
) -> tuple[list[Claim], list[Judgement]]:
    """
    Return claims and judgements from a claims file, else from the ledger.

    Raises
    ------
    UsageError
        If neither is named and no ledger stands in this folder.
    """
    from tracker.jsonl import read_lines
    from tracker.ledger import Ledger
    from tracker.model import Claim

    if claims_path is not None:
        with input_lines(claims_path) as lines:
            return list(read_lines(lines, Claim, path=claims_path)), []
    path = ledger_path or Path(DEFAULT_LEDGER)
    if ledger_path is None and not path.exists():
        raise UsageError("name the claims: --claims FILE or --ledger FILE (tracker init makes a ledger)")
    with Ledger(path, read_only=True) as ledger:
        return list(ledger.claims(known_by=known_by)), ledger.judgements()


def shown(record: Any) -> str:
    """Return a record as one line of JSON."""
    from tracker.jsonl import dump_line

    return dump_line(record)
