"""What is held back before anything is shown: the newest days, exact coordinates, places on a list."""

from tracker.precautions.coarsening import CoarsePlaces, coarse_point
from tracker.precautions.guard import Guard, Precautions
from tracker.precautions.suppression import WITHHELD, Suppression, read_suppression

__all__ = ["WITHHELD", "CoarsePlaces", "Guard", "Precautions", "Suppression", "coarse_point", "read_suppression"]
