"""States and places to polygons: layers, what differs between them, areas."""

from tracker.layers.build import build_layer
from tracker.layers.frames import lines_to_frame, to_frame
from tracker.layers.spans import layer_dates

__all__ = ["build_layer", "layer_dates", "lines_to_frame", "to_frame"]
