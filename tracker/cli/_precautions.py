"""The options that hold something back, for every verb that shows something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from tracker.pipeline import Stages
    from tracker.precautions import Precautions

__all__ = ["precaution_options", "precautions_of"]

Verb = TypeVar("Verb", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--embargo", "embargo_days", type=int, metavar="DAYS",
        help="Hold back the last DAYS days, counted from --known-by, else --on, else the newest report.",
    ),
    click.option(
        "--coarsen", "coarsen_km", type=float, metavar="KM", help="Round coordinates to a grid of KM kilometres."
    ),
    click.option(
        "--suppress", "suppress_path", type=click.Path(dir_okay=False), metavar="FILE",
        help="Hide the places, reports, claims and words that FILE lists.",
    ),
)  # fmt: skip


def precaution_options(verb: Verb) -> Verb:
    """Give a verb --embargo, --coarsen and --suppress."""
    for option in reversed(_OPTIONS):
        verb = option(verb)
    return verb


def precautions_of(
    stages: Stages, embargo_days: int | None, coarsen_km: float | None, suppress_path: str | None
) -> Precautions | None:
    """
    Return what the options ask for, None when they ask for nothing.

    Raises
    ------
    UsageError
        If days or kilometres are out of range.
    InputError
        If the list can't be read or names an unknown place.
    """
    if embargo_days is None and coarsen_km is None and suppress_path is None:
        return None
    from tracker.precautions import Precautions, read_suppression

    hidden = read_suppression(suppress_path, stages.gazetteer) if suppress_path is not None else None
    return Precautions(embargo_days=embargo_days, coarsen_km=coarsen_km, suppression=hidden)
