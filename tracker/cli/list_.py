"""``tracker list``: what the ledger holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli._common import known_by_option, on_option
from tracker.cli._ledger import gazetteer_option, ledger_option, shown
from tracker.cli._precautions import precaution_options, precautions_of
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.ledger import Ledger
    from tracker.model import Claim
    from tracker.pipeline import Stages
    from tracker.precautions import Precautions

__all__ = ["command"]

_WHAT = ["reports", "claims", "places", "resolutions", "runs", "judgements"]
_GUARDED = {"reports", "claims", "judgements"}


@click.command(short_help="List reports, claims, places, resolutions, runs or judgements of the ledger.")
@click.argument("what", type=click.Choice(_WHAT), default="reports")
@ledger_option
@on_option
@known_by_option
@gazetteer_option
@precaution_options
@click.option("--run", "extractor", help="Claims of this run instead of the newest reading of each report.")
def command(
    what: str,
    ledger_path: Path | str,
    on: dt.date | None,
    known_by: dt.date | None,
    gazetteers: tuple[Path, ...],
    embargo_days: int | None,
    coarsen_km: float | None,
    suppress_path: str | None,
    extractor: str | None,
) -> None:
    """
    Print what the ledger holds, one JSON line a record.

    Reports come without their text; claims and resolutions are those of each report's newest reading. With --on
    only claims that speak of that day. What holds something back works on reports, claims and judgements.
    """
    from dataclasses import replace

    from tracker.ledger import open_ledger
    from tracker.pipeline import Stages

    if on is not None and what != "claims":
        raise UsageError(f"--on chooses claims; {what} have no valid time")
    if extractor is not None and what != "claims":
        raise UsageError(f"--run chooses claims; {what} are of no run")
    stages = Stages(gazetteer_files=gazetteers)
    held = precautions_of(stages, embargo_days, coarsen_km, suppress_path)
    if held is not None and what not in _GUARDED:
        raise UsageError(f"nothing can be held back from {what}: list reports, claims or judgements instead.")
    with open_ledger(ledger_path, read_only=True) as ledger:
        if extractor is not None and extractor not in ledger.status().runs:
            raise UsageError(f"no run {extractor!r} is in the ledger; tracker list runs shows them")
        if held is not None:
            for record in _guarded(what, ledger, stages, held, on=on, known_by=known_by, extractor=extractor):
                click.echo(shown(record))
            return
        found: dict[str, Callable[[], Iterable[Any]]] = {
            "reports": lambda: (replace(r, text="") for r in ledger.reports(known_by=known_by)),
            "claims": lambda: ledger.claims(known_by=known_by, extractor=extractor),
            "places": lambda: (_place(place_id, stages) for place_id in ledger.places(known_by=known_by)),
            "resolutions": lambda: ledger.resolutions(known_by=known_by),
            "runs": lambda: ({"extractor": run} for run in ledger.status().runs),
            "judgements": ledger.judgements,
        }
        for record in found[what]():
            if on is None or _speaks_of(record, on):
                click.echo(shown(record))


def _guarded(
    what: str,
    ledger: Ledger,
    stages: Stages,
    held: Precautions,
    *,
    on: dt.date | None,
    known_by: dt.date | None,
    extractor: str | None,
) -> Iterable[Any]:
    """Return reports, claims or judgements without what is held back."""
    from tracker.pipeline import guard_of

    judgements = ledger.judgements()
    claims = list(ledger.claims(known_by=known_by, extractor=extractor))
    guard = guard_of(held, claims, stages, on=on, known_by=known_by, judgements=judgements)
    if what == "reports":
        return guard.reports(ledger.reports(known_by=known_by))
    if what == "judgements":
        return guard.judgements(judgements)
    day = guard.on
    return [c for c in guard.shown_of(claims) if day is None or _speaks_of(c, day)]


def _place(place_id: str, stages: Stages) -> dict[str, Any]:
    """Return what a mention says of its place; the id alone when the gazetteer lacks it."""
    from tracker.errors import UnknownPlaceError

    try:
        place = stages.gazetteer.get(place_id)
    except UnknownPlaceError:
        return {"place_id": place_id, "name": None}
    told = ("place_id", "name", "lat", "lon", "feature", "country")
    return {field: getattr(place, field) for field in told}


def _speaks_of(claim: Claim, on: dt.date) -> bool:
    from tracker.states import claim_bounds

    bounds = claim_bounds(claim)
    return (bounds.start is None or bounds.start <= on) and (bounds.stop is None or on < bounds.stop)
