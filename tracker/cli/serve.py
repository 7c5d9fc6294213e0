"""``tracker serve``: map, review queue and OGC API – Features on this machine."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tracker.cli._common import known_by_option, on_option
from tracker.cli._ground import ground_from, ground_options
from tracker.cli._ledger import DEFAULT_LEDGER, gazetteer_option, maybe_ledger_option, source_files_of, sources_option
from tracker.cli._precautions import precaution_options, precautions_of
from tracker.errors import UsageError

__all__ = ["command"]

_SHORTEST_TOKEN = 16


@click.command(short_help="Serve the map, the review queue and OGC API – Features on this machine.")
@click.option("--claims", "claims_path", type=click.Path(allow_dash=True), help="JSON Lines of claims, not a ledger.")
@maybe_ledger_option
@on_option
@known_by_option
@precaution_options
@gazetteer_option
@sources_option
@ground_options
@click.option("--title", default="Who controls what", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8077, show_default=True, help="0 takes a free one.")
@click.option(
    "--token", envvar="TRACKER_TOKEN", show_envvar=True,
    help="Take judgements from who gives it; without one the server is read-only. The variable hides it from ps.",
)  # fmt: skip
@click.option("--allow-host", "hosts", multiple=True, help="Another name under which to answer, e.g. behind a proxy.")
def command(
    claims_path: str | None,
    ledger_path: Path | str | None,
    on: dt.date | None,
    known_by: dt.date | None,
    embargo_days: int | None,
    coarsen_km: float | None,
    suppress_path: str | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
    title: str,
    port: int,
    token: str | None,
    hosts: tuple[str, ...],
    **ground: Any,
) -> None:
    """
    Answer on 127.0.0.1 until interrupted: /map, /review, and OGC API – Features for QGIS and others.

    Give --ledger or --claims; a ledger in this folder is found by itself.
    """
    from tracker.pipeline import Stages
    from tracker.serve.listening import check_installed, listen, serve_forever

    check_installed()
    if claims_path is None and ledger_path is None:
        ledger_path = Path(DEFAULT_LEDGER)
    elif claims_path is not None:
        ledger_path = None
    if token is not None and ledger_path is None:
        raise UsageError("judgements go into a ledger: --token needs --ledger FILE.")
    if token is not None and len(token) < _SHORTEST_TOKEN:
        raise UsageError(f"a token of {len(token)} characters can be guessed: take at least {_SHORTEST_TOKEN}.")
    from tracker.serve import Holdings, Service, make_app

    stages = Stages(
        gazetteer_files=gazetteers, source_files=source_files_of(ledger_path, source_files), ground=ground_from(ground)
    )
    held = precautions_of(stages, embargo_days, coarsen_km, suppress_path)
    holdings = Holdings(
        stages, claims=claims_path, ledger=ledger_path, on=on, known_by=known_by, precautions=held
    )  # fmt: skip
    with listen(port) as at:
        how = "takes judgements" if token else "read-only"
        click.echo(f"http://127.0.0.1:{at.getsockname()[1]}/  {how}; Ctrl-C ends it")
        serve_forever(make_app(Service(holdings=holdings, title=title, token=token, hosts=hosts)), at)
