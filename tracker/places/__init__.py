"""Place names found, and tied to the gazetteer."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from tracker.places.explain import explain_places
from tracker.places.gazetteer import Gazetteer
from tracker.places.locate import Asked, Locator, locate, locate_many
from tracker.places.outlines import Outlines
from tracker.places.pieces import parts_of
from tracker.places.titles import as_titled, locate_title

if TYPE_CHECKING:
    from tracker.places.geocoder import GazetteerGeocoder

__all__ = [
    "Asked",
    "Gazetteer",
    "GazetteerGeocoder",
    "Locator",
    "Outlines",
    "as_titled",
    "explain_places",
    "locate",
    "locate_many",
    "locate_title",
    "parts_of",
]


def __getattr__(name: str) -> Any:
    """Load the geocoder when it is asked for: geopy takes a third of a second, and no stage needs it."""
    if name == "GazetteerGeocoder":
        return importlib.import_module("tracker.places.geocoder").GazetteerGeocoder
    raise AttributeError(f"module 'tracker.places' has no attribute {name!r}")
