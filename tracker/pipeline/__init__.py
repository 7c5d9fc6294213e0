"""
The whole way, from reports to files: the only room that knows the order of the stages.

reports → places → claims → states → layers → maps and exports
"""

from tracker.pipeline.from_files import layer_from_files
from tracker.pipeline.ground import base_shapes, draw_layer
from tracker.pipeline.guarded import Made, draw_guarded, guard_of
from tracker.pipeline.outputs import CREDITS, OUTPUTS, write_outputs
from tracker.pipeline.running import Run, run
from tracker.pipeline.stages import GroundOptions, Stages
from tracker.pipeline.titles import title_of

__all__ = [
    "CREDITS",
    "OUTPUTS",
    "GroundOptions",
    "Made",
    "Run",
    "Stages",
    "base_shapes",
    "draw_guarded",
    "draw_layer",
    "guard_of",
    "layer_from_files",
    "run",
    "title_of",
    "write_outputs",
]
