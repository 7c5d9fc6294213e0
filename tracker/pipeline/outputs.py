"""The files that one run writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.files import written_whole
from tracker.jsonl import write_lines
from tracker.pipeline.ground import base_shapes

if TYPE_CHECKING:
    from tracker.pipeline.guarded import Made
    from tracker.pipeline.stages import Stages

OUTPUTS = ("claims.jsonl", "states.jsonl", "control.html", "control.geojson", "control.gpkg", "control.qgz")

CREDITS = (
    "Place names and coordinates: GeoNames (CC BY 4.0); some from OpenStreetMap contributors (ODbL)",
    "Outlines and rivers: Natural Earth (public domain)",
)


def write_outputs(
    folder: Path, made: Made, stages: Stages, *, title: str, on: dt.date | None = None, keep_project: bool = False
) -> Iterator[Path]:
    """
    Write the files named in `OUTPUTS`, each whole or not at all, and yield their paths.

    Parameters
    ----------
    on
        Day that the page opens on; None: its last.
    keep_project
        Leave the project as it is and refresh the data under it.

    Raises
    ------
    OutputError
        If a file can't be written.
    """
    from tracker.exports import ExportMetadata, write_geojson, write_geopackage, write_qgis_project
    from tracker.maps import MapOptions, write_map

    claims, states, page, geojson, geopackage, project = (folder / name for name in OUTPUTS)
    yield _write_records(claims, made.claims)
    yield _write_records(states, made.states)
    base = base_shapes(made.layer, stages)
    actors = stages.actors
    metadata = ExportMetadata(title=title)
    names = stages.names_of({s.place_id for s in made.states})
    options = MapOptions(subtitle=" ".join(made.layer.notes) or None, names=names, sources=CREDITS, opens_on=on)
    yield write_map(made.layer, page, actors=actors, title=title, base=base, options=options)
    yield write_geojson(made.layer, geojson)
    yield write_geopackage(made.layer, geopackage, actors=actors, base=base, metadata=metadata)
    if not keep_project:
        yield write_qgis_project(made.layer, geopackage, project, actors=actors, title=title, metadata=metadata)


def _write_records(path: Path, records: Sequence[Any]) -> Path:
    with written_whole(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as out:
        write_lines(records, out)
    return path
