"""Place names found, and tied to the gazetteer."""

from tracker.places.explain import explain_places
from tracker.places.gazetteer import Gazetteer
from tracker.places.locate import Locator, locate

__all__ = ["Gazetteer", "Locator", "explain_places", "locate"]
