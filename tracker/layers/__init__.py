"""States and places to polygons: layers, what differs between them, areas."""

from tracker.layers.areas import Holding, area_by_actor, area_series, change_days, features_on
from tracker.layers.build import build_layer
from tracker.layers.diff import Change, LayerDiff, diff_layers, diff_to_frame
from tracker.layers.frames import lines_to_frame
from tracker.layers.method import LayerMethod
from tracker.layers.reading import read_layer
from tracker.layers.record_frames import claims_to_frame, states_to_frame, to_frame
from tracker.layers.spans import layer_dates

__all__ = [
    "Change",
    "Holding",
    "LayerDiff",
    "LayerMethod",
    "area_by_actor",
    "area_series",
    "build_layer",
    "change_days",
    "claims_to_frame",
    "diff_layers",
    "diff_to_frame",
    "features_on",
    "layer_dates",
    "lines_to_frame",
    "read_layer",
    "states_to_frame",
    "to_frame",
]
