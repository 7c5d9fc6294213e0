"""
From dated reports to dated maps of who controls what, every polygon traceable to its sentence.

Names are loaded when they are first asked for, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.claims import ActorIndex, extract
    from tracker.errors import TrackerError
    from tracker.exports import write_geojson, write_geopackage
    from tracker.layers import area_by_actor, build_layer, diff_layers, to_frame
    from tracker.maps import control_map, write_map
    from tracker.model import Actor, Claim, Judgement, Layer, Mention, Place, Report, Resolution, State
    from tracker.pipeline import Stages, draw_layer, run
    from tracker.places import Gazetteer, GazetteerGeocoder, locate
    from tracker.reports import read_reports
    from tracker.states import explain, fuse, states_at

__version__ = "0.1.0"

_HOMES = {
    "ActorIndex": "claims",
    "extract": "claims",
    "TrackerError": "errors",
    "write_geojson": "exports",
    "write_geopackage": "exports",
    "area_by_actor": "layers",
    "build_layer": "layers",
    "diff_layers": "layers",
    "to_frame": "layers",
    "control_map": "maps",
    "write_map": "maps",
    "Actor": "model",
    "Claim": "model",
    "Judgement": "model",
    "Layer": "model",
    "Mention": "model",
    "Place": "model",
    "Report": "model",
    "Resolution": "model",
    "State": "model",
    "Stages": "pipeline",
    "draw_layer": "pipeline",
    "run": "pipeline",
    "Gazetteer": "places",
    "GazetteerGeocoder": "places",
    "locate": "places",
    "read_reports": "reports",
    "explain": "states",
    "fuse": "states",
    "states_at": "states",
}

__all__ = [
    "Actor",
    "ActorIndex",
    "Claim",
    "Gazetteer",
    "GazetteerGeocoder",
    "Judgement",
    "Layer",
    "Mention",
    "Place",
    "Report",
    "Resolution",
    "Stages",
    "State",
    "TrackerError",
    "area_by_actor",
    "build_layer",
    "control_map",
    "diff_layers",
    "draw_layer",
    "explain",
    "extract",
    "fuse",
    "locate",
    "read_reports",
    "run",
    "states_at",
    "to_frame",
    "write_geojson",
    "write_geopackage",
    "write_map",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its home."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'tracker' has no attribute {name!r}")
    return getattr(importlib.import_module(f"tracker.{home}"), name)


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted([*__all__, "__version__"])
