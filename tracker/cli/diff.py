"""``tracker diff``: what changed hands between two days."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli._common import known_by_option
from tracker.cli._ground import ground_from, ground_options
from tracker.cli._ledger import gazetteer_option, maybe_ledger_option, source_files_of, sources_option
from tracker.cli._precautions import precaution_options, precautions_of
from tracker.cli._records import record_options
from tracker.errors import DateError, UsageError
from tracker.model import parse_day

if TYPE_CHECKING:
    from tracker.layers import LayerDiff

__all__ = ["command"]

_COLUMNS = ("place_id", "name", "part", "what", "before", "after", "before_sides", "after_sides", "area_km2")


@click.command(short_help="What changed hands between two days, km² per side.")
@click.argument("first", metavar="FROM")
@click.argument("last", metavar="TO")
@record_options
@known_by_option
@maybe_ledger_option
@gazetteer_option
@ground_options
@sources_option
@precaution_options
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl", "csv", "geojson"]), default="text", show_default=True
)
@click.option("--out", type=click.Path(path_type=Path), help="File to write to.  [default: standard output]")
@click.option("--force", is_flag=True, help="Replace an existing file.")
def command(
    first: str,
    last: str,
    states_path: str | None,
    claims_path: str | None,
    layer_path: str | None,
    known_by: dt.date | None,
    ledger_path: Path | str | None,
    embargo_days: int | None,
    coarsen_km: float | None,
    suppress_path: str | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
    form: str,
    out: Path | None,
    force: bool,
    **ground: Any,
) -> None:
    """
    Tell what changed between FROM and TO: gained, lost, contested, sieges, and each side's km².

    FROM and TO are days of one layer, given by --states (with --claims for the quotes),
    by --claims alone, or by --layer; or they are two GeoJSON layers.
    """
    from tracker.exports import refuse_existing
    from tracker.layers import diff_layers, read_layer
    from tracker.pipeline import Stages, layer_from_files

    if out is not None:
        refuse_existing(out, force=force)
    days = _day_or_none(first), _day_or_none(last)
    if days[0] is None and days[1] is None:
        diff = diff_layers(read_layer(first), read_layer(last))
    elif days[0] is None or days[1] is None:
        raise UsageError("FROM and TO are both days (YYYY-MM-DD) or both GeoJSON files.")
    else:
        stages = Stages(
            gazetteer_files=gazetteers,
            source_files=source_files_of(ledger_path, source_files),
            ground=ground_from(ground),
        )
        layer = layer_from_files(
            stages,
            states=states_path,
            claims=claims_path,
            layer=layer_path,
            ledger=ledger_path,
            on=days[1],
            known_by=known_by,
            precautions=precautions_of(stages, embargo_days, coarsen_km, suppress_path),
            span=True,
        )
        diff = diff_layers(layer, layer, from_day=days[0], to_day=days[1])
    text = {"text": _as_text, "jsonl": _as_jsonl, "csv": _as_csv, "geojson": _as_geojson}[form](diff)
    if out is None:
        click.echo(text, nl=False)
        return
    from tracker.files import written_whole

    with written_whole(out) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _day_or_none(text: str) -> dt.date | None:
    try:
        return parse_day(text)
    except DateError:
        if Path(text).exists() or text.endswith((".geojson", ".json")):
            return None
        raise


def _rows(diff: LayerDiff) -> list[dict[str, object]]:
    noted = {"notes": " ".join(diff.notes) or None}
    return [{name: getattr(change, name) for name in _COLUMNS} | noted for change in diff.changes]


def _as_text(diff: LayerDiff) -> str:
    from tracker.cli._summary import printable

    lines = [f"{diff.before or 'the beginning'} to {diff.after or 'the end'}: {len(diff.changes)} changes of ground"]
    for c in sorted(diff.changes, key=lambda c: -c.area_km2):
        where = f"{c.name} ({c.part})" if c.part else c.name
        turn = f"{_said(c.before, c.before_sides)} → {_said(c.after, c.after_sides)}"
        lines.append(f"  {c.area_km2:10,.1f} km²  {printable(where)}: {printable(turn)}")
    for s in diff.sieges:
        where = f"{s.name} ({s.part})" if s.part else s.name
        by = f" by {s.besieger}" if s.besieger else ""
        lines.append(f"  siege {'begun' if s.begun else 'ended'}  {printable(where + by)}")
    if diff.balance:
        lines += ["", f"{'':24}{'before':>12}{'won':>12}{'lost':>12}{'first told':>12}{'after':>12}  km²"]
    for key, b in diff.balance.items():
        figures = (b.before.km2, b.won_km2, b.ceded_km2, b.news_km2, b.after.km2)
        places = f"  places {b.before.places} → {b.after.places}"
        lines.append(f"{printable(key):24}" + "".join(f"{figure:12,.1f}" for figure in figures) + places)
    lines += [line for note in diff.notes for line in ("", printable(note))]
    return "\n".join(lines) + "\n"


def _said(holder: str | None, sides: tuple[str, ...]) -> str:
    if holder is None:
        return "no word"
    return f"{holder} ({', '.join(sides)})" if sides and sides != (holder,) else holder


def _as_jsonl(diff: LayerDiff) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(diff))


def _as_csv(diff: LayerDiff) -> str:
    from tracker.exports.tabular import spreadsheet_cell

    out = io.StringIO()
    table = csv.DictWriter(out, (*_COLUMNS, "notes"), lineterminator="\n")
    table.writeheader()
    for row, change in zip(_rows(diff), diff.changes, strict=True):
        joined = {"before_sides": " ".join(change.before_sides), "after_sides": " ".join(change.after_sides)}
        table.writerow({name: spreadsheet_cell(value) for name, value in (row | joined).items()})
    return out.getvalue()


def _as_geojson(diff: LayerDiff) -> str:
    import shapely

    lines = []
    for row, change in zip(_rows(diff), diff.changes, strict=True):
        properties = row | {"from": str(diff.before or ""), "to": str(diff.after or "")}
        geometry = json.loads(shapely.to_geojson(change.geometry))
        lines.append(
            json.dumps({"type": "Feature", "properties": properties, "geometry": geometry}, ensure_ascii=False)
        )
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
