"""``tracker map``: a layer as a page or a picture."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tracker.cli._common import known_by_option, on_option, size_of
from tracker.cli._ground import ground_from, ground_options
from tracker.cli._ledger import gazetteer_option, maybe_ledger_option, source_files_of, sources_option
from tracker.cli._precautions import precaution_options, precautions_of
from tracker.cli._records import file_argument, record_options
from tracker.errors import UsageError

__all__ = ["command"]

_PAGE = {".html": "html", ".htm": "html"}
_PICTURES = {".png": "png", ".svg": "svg", ".gif": "gif", ".mp4": "mp4"}


@click.command(short_help="Draw a layer or a span of days as a page or a picture.")
@file_argument
@record_options
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="File to write; its suffix tells the format."
)
@click.option(
    "--format", "form", type=click.Choice(["html", "png", "svg", "gif", "mp4"]), help="Format.  [default: by suffix]"
)
@on_option
@known_by_option
@precaution_options
@click.option("--title", help="Title of the map.  [default: where and when]")
@click.option("--tiles", help="Online tiles under the map, https://…/{z}/{x}/{y}.png.  [default: none, no network]")
@click.option("--tiles-attribution", help="Who is owed credit for the tiles.")
@maybe_ledger_option
@gazetteer_option
@ground_options
@sources_option
@click.option("--force", is_flag=True, help="Replace an existing file.")
def command(
    states_path: str | None,
    claims_path: str | None,
    layer_path: str | None,
    out: Path,
    form: str | None,
    on: dt.date | None,
    known_by: dt.date | None,
    embargo_days: int | None,
    coarsen_km: float | None,
    suppress_path: str | None,
    title: str | None,
    tiles: str | None,
    tiles_attribution: str | None,
    ledger_path: Path | str | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
    force: bool,
    **ground: Any,
) -> None:
    """
    Draw states as a page (html) with a date slider, or as a picture (png, svg) or film (gif, mp4).

    FILE holds claims, states or a layer, - is standard input; or give --states (with --claims for the
    quotes), --claims alone, --layer, or --ledger.
    """
    from tracker.exports import refuse_existing
    from tracker.pipeline import CREDITS, Stages, base_shapes, layer_from_files, title_of

    kind = form or (_PAGE | _PICTURES).get(out.suffix.lower())
    if kind is None:
        raise UsageError(f"{out}: no format has the suffix {out.suffix!r}. Use .html, .png, .svg, .gif or .mp4.")
    if (_PAGE | _PICTURES).get(out.suffix.lower()) != kind:
        raise UsageError(f"{out}: --format {kind} wants a file that ends in .{kind}.")
    refuse_existing(out, force=force)
    stages = Stages(
        gazetteer_files=gazetteers, source_files=source_files_of(ledger_path, source_files), ground=ground_from(ground)
    )
    layer = layer_from_files(
        stages,
        states=states_path,
        claims=claims_path,
        layer=layer_path,
        ledger=ledger_path,
        known_by=known_by,
        on=on,
        precautions=precautions_of(stages, embargo_days, coarsen_km, suppress_path),
        span=kind != "html",
    )
    if embargo_days is not None and on is not None and layer.known_by is not None:
        on = min(on, layer.known_by)
    heading = title or title_of(layer, stages)
    base = base_shapes(layer, stages)
    if kind == "html":
        from tracker.maps import MapOptions, write_map

        names = stages.names_of({feature.place_id for feature in layer.features})
        options = MapOptions(
            subtitle=" ".join(layer.notes) or None, names=names, sources=CREDITS, tiles=tiles,
            tiles_attribution=tiles_attribution,
        )  # fmt: skip
        write_map(layer, out, actors=stages.actors, title=heading, base=base, options=options)
    else:
        from tracker.maps.pictures import write_picture

        write_picture(layer, out, actors=stages.actors, title=heading, on=on, base=base)
    for note in layer.notes:
        click.echo(note, err=True)
    click.echo(f"{out}  {size_of(out)}")
