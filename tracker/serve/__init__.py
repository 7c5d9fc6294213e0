"""The map, the review queue and OGC API – Features, on this machine alone."""

from tracker.serve.app import Service, make_app
from tracker.serve.holdings import Holdings

__all__ = ["Holdings", "Service", "make_app"]
