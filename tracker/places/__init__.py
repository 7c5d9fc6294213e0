"""
Place names found, and tied to the gazetteer.

`building` makes the shipped files, `tables` reads them, `index` compiles them to what
`gazetteer` and the `geocoder` look up, by the keys of `names`. A report goes through
`matching` (which names stand in it), `mentions` (which of them name places) and
`ranking` (which places they mean); `locate` leads it through them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from tracker.places.explain import explain_places
from tracker.places.gazetteer import Gazetteer
from tracker.places.locate import Asked, Locator, locate, locate_many
from tracker.places.mentions.pieces import parts_of
from tracker.places.outlines import Outlines
from tracker.places.titles import as_titled, locate_title, locate_titles

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
    "locate_titles",
    "parts_of",
]


def __getattr__(name: str) -> Any:
    """Load the geocoder when it is asked for: geopy takes a third of a second, and no stage needs it."""
    if name == "GazetteerGeocoder":
        return importlib.import_module("tracker.places.geocoder").GazetteerGeocoder
    raise AttributeError(f"module 'tracker.places' has no attribute {name!r}")
