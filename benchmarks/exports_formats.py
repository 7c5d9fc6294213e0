"""
How long each format takes, and how big it gets: 2,000 places, 25 states each.

    python -m benchmarks.exports_formats
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
import warnings
from pathlib import Path

import shapely

from tracker.exports import FORMATS, Export, export_layer
from tracker.model import Actor, ClaimQuote, Layer, LayerFeature

PLACES, STATES = 2_000, 25
COLOURS = {"north": "#c62828", "south": "#1565c0"}
ACTORS = {name: Actor(actor_id=name, name=name.title(), colour=colour) for name, colour in COLOURS.items()}


def layer() -> Layer:
    """Return a layer whose places change hands every forty days, each state with two quotes."""
    first = dt.date(2014, 1, 1)
    features = []
    for place in range(PLACES):
        lon, lat = 36 + place % 50 * 0.2, 30 + place // 50 * 0.2
        shape = shapely.Point(lon, lat).buffer(0.09, quad_segs=8)
        for number in range(STATES):
            day = first + dt.timedelta(days=40 * number + place % 40)
            holder = ("north", "south")[(number + place) % 2]
            features.append(state(place, number, holder, day, shape))
    return Layer(on=None, known_by=None, start=first, end=dt.date(2017, 1, 1), features=tuple(features))


def state(place: int, number: int, holder: str, day: dt.date, shape: shapely.Polygon) -> LayerFeature:
    """Return one state over forty days."""
    quotes = tuple(
        ClaimQuote(
            claim_id=f"c-{place}-{number}-{q}", report_id=f"r-{place}-{number}",
            quote=f"Place {place} fell to the {holder}.", kind="gains", actor=holder, source="Wire", published=day,
            valid_time=day.isoformat(), url=None, stance="for",
        )
        for q in range(2)
    )  # fmt: skip
    return LayerFeature(
        place_id=f"tk:{place}", name=f"Place {place}", part=None, status="held", holder=holder,
        holder_name=ACTORS[holder].name, sides=(holder,), besieged_by=None, besieged=False, start=day,
        end=day + dt.timedelta(days=40), on=None, known_by=None, probability=0.9, confidence=0.8, newest_claim=day,
        n_reports=1, n_sources=1, area_km2=255.0, reason="the last credible claim says so", claims=quotes,
        feature="PPL", fraction=None, point=(shape.centroid.x, shape.centroid.y), geometry=shape,
    )  # fmt: skip


def main() -> None:
    """Write each format once and print seconds of processor time and megabytes."""
    export = Export(layer=layer(), actors=ACTORS)
    print(f"{len(export.layer.features)} states of {PLACES} places")
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, form in FORMATS.items():
            if name == "geojson-by-date":
                continue  # a file a date: as long as GeoJSON, times the dates
            started = time.process_time()  # not the wall clock: the machine may have other work
            paths = export_layer(export, name, Path(folder) / f"{name}{form.suffix or '-files'}")
            seconds = time.process_time() - started
            size = sum(path.stat().st_size for path in paths) / 1e6
            print(f"{name:12} {seconds:6.1f} s {size:8.1f} MB")


if __name__ == "__main__":
    main()
