"""Place names found, and tied to the gazetteer."""

from tracker.places.explain import explain_places
from tracker.places.gazetteer import Gazetteer
from tracker.places.geocoder import GazetteerGeocoder
from tracker.places.locate import Locator, locate
from tracker.places.outlines import Outlines

__all__ = ["Gazetteer", "GazetteerGeocoder", "Locator", "Outlines", "explain_places", "locate"]
