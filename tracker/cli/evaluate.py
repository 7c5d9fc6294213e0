"""``tracker evaluate``: scores of the stages against gold."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tracker.evaluation import ClaimScores, PlaceScores


@click.command(short_help="Score places and claims against gold.")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--backend", type=click.Choice(["auto", "dependency", "window"]), default="auto", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a kind of score.")
def command(gold: Path, backend: str, as_json: bool) -> int:
    """
    Read the texts of GOLD and score what comes out.

    GOLD is JSON Lines (or .gz) with id, text and published, and either claims (kind, actor, counter_actor,
    place_text, date, modality) or toponyms (start, end, lat, lon), or both.
    """
    from tracker.evaluation import ClaimScores, evaluate
    from tracker.pipeline import Stages

    for scores in evaluate(_records(gold), Stages(backend=backend), path=str(gold)):
        if isinstance(scores, ClaimScores):
            _show(_claim_rows(scores), scores.reports, "claims", as_json=as_json)
        else:
            _show(_place_rows(scores), scores.reports, "places", as_json=as_json)
    return 0


def _records(path: Path) -> Iterator[dict[str, Any]]:
    from tracker.errors import InputError

    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    record = json.loads(line)
                except ValueError as error:
                    raise InputError(f"no JSON ({error})", path=path, line=number, cure="Mend the line.") from None
                yield record
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror or error})", path=path, cure="Check the name.") from None


def _claim_rows(scores: ClaimScores) -> dict[str, float | None]:
    rows: dict[str, float | None] = {}
    for level in ("found", "who", "when"):
        rate = getattr(scores, level)
        rows |= {f"{level}_p": rate.precision, f"{level}_r": rate.recall, f"{level}_f1": rate.f1}
    return rows | {"unreal_leak": scores.unreal_leak}


def _place_rows(scores: PlaceScores) -> dict[str, float | None]:
    return {
        "find_p": scores.find.precision,
        "find_r": scores.find.recall,
        "find_f1": scores.find.f1,
        "within_10_km": scores.within_10_km,
        "within_161_km": scores.within_161_km,
        "median_km": scores.median_km,
        "end_to_end_161": scores.end_to_end_161,
    }


def _show(rows: dict[str, float | None], reports: int, stage: str, *, as_json: bool) -> None:
    rounded = {name: None if value is None else round(value, 4) for name, value in rows.items()}
    if as_json:
        click.echo(json.dumps({"stage": stage, "reports": reports, **rounded}))
        return
    click.echo(f"{stage} ({reports} reports)")
    for name, value in rounded.items():
        click.echo(f"  {name:<14} {'–' if value is None else f'{value:.3f}'}")
