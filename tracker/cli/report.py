"""``tracker report``: a brief with map, changes and areas."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli._common import DAY, known_by_option

if TYPE_CHECKING:
    from tracker.model import Layer

__all__ = ["command"]


@click.command(short_help="A brief in HTML: map, table of changes, areas over time.")
@click.option("--states", "states_path", type=click.Path(allow_dash=True), help="JSON Lines of states.")
@click.option("--claims", "claims_path", type=click.Path(allow_dash=True), help="JSON Lines of claims.")
@click.option("--layer", "layer_path", type=click.Path(), help="GeoJSON of a span of days, e.g. control.geojson.")
@click.option("--from", "first", type=DAY, help="Day to compare with.  [default: the first of the data]")
@click.option("--to", "last", type=DAY, help="Day of the map.  [default: the last of the data]")
@known_by_option
@click.option("--gazetteer", "gazetteers", type=click.Path(path_type=Path), multiple=True, help="Your own gazetteer.")
@click.option("--title", default="Who controls what", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("report.html"), show_default=True)
def command(
    states_path: str | None,
    claims_path: str | None,
    layer_path: str | None,
    first: dt.date | None,
    last: dt.date | None,
    known_by: dt.date | None,
    gazetteers: tuple[Path, ...],
    title: str,
    out: Path,
) -> None:
    """
    Write one HTML file with the map of a day, what changed since another, and each side's km² over time.

    The states come from --states (with --claims for the quotes), --claims alone, or --layer.
    """
    from tracker.claims import ActorIndex
    from tracker.cli.diff import span_layer
    from tracker.maps.picture_report import write_report
    from tracker.places import Outlines

    layer = span_layer(states_path, claims_path, layer_path, known_by=known_by, gazetteers=gazetteers)
    base = Outlines.load().base_shapes(_bounds(layer)) if layer.features else []
    click.echo(write_report(layer, out, actors=ActorIndex.load(), title=title, first=first, last=last, base=base))


def _bounds(layer: Layer) -> tuple[float, float, float, float]:
    """Return the bounds of a layer with room around it for what gives bearings."""
    import shapely

    west, south, east, north = shapely.total_bounds([f.geometry for f in layer.features])
    room = max(east - west, north - south, 0.5)
    return max(west - room, -180.0), max(south - room, -90.0), min(east + room, 180.0), min(north + room, 90.0)
