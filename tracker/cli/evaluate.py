"""``tracker evaluate``: scores of the stages against gold."""

from __future__ import annotations

import contextlib
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tracker.evaluation import ClaimScores, PlaceScores


@click.command(short_help="Score places and claims against gold.")
@click.argument("gold", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--backend", type=click.Choice(["auto", "dependency", "window"]), default="auto", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a kind of score.")
def command(gold: Path, backend: str, as_json: bool) -> int:
    """
    Read the texts of GOLD and score what comes out.

    GOLD is JSON Lines (or .gz, or - for standard input) with id, text and published, and either claims (kind,
    actor, counter_actor, place_text, date, modality) or toponyms (start, end, lat, lon), or both.
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
    """
    Yield the records of a gold file.

    Raises
    ------
    InputError
        If it can't be read, or a line is no JSON object.
    """
    from tracker.errors import InputError

    number = 0
    try:
        with _opened(path) as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise InputError("the line is no JSON object", path=path, line=number, cure="Mend the line.")
                yield record
    except InputError:
        raise
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 ({error.reason})"
        raise InputError(problem, path=path, line=number + 1, cure="Save it as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"no JSON ({error})", path=path, line=number, cure="Mend the line.") from None
    except (OSError, EOFError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise InputError(f"can't be read ({problem.lower()})", path=path, cure="Check the file.") from None


def _opened(path: Path) -> contextlib.AbstractContextManager[IO[str]]:
    if str(path) == "-":
        return contextlib.nullcontext(sys.stdin)
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


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
