"""Place names found, and tied to the gazetteer."""

from tracker.places.explain import explain_places
from tracker.places.gazetteer import Gazetteer
from tracker.places.locate import Locator, locate
from tracker.places.outlines import Outlines

__all__ = ["Gazetteer", "Locator", "Outlines", "explain_places", "locate"]
