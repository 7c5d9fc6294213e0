"""Layers as pages and pictures that a reader can check."""

from tracker.maps.options import MapOptions
from tracker.maps.page import ControlMap, ControlOverlay, control_map, write_map

__all__ = ["ControlMap", "ControlOverlay", "MapOptions", "control_map", "write_map"]
