"""How ground is drawn: options that all verbs with a layer share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tracker.pipeline import GroundOptions

__all__ = ["ground_from", "ground_options"]

_NAMES = ("method", "resolution", "units", "region", "smoothing", "simplify_m", "least_km2")

_OPTIONS = (
    click.option(
        "--method",
        type=click.Choice(["nearest", "hexagons", "units"]),
        help="How ground is shared out: to the nearest place, by H3 hexagons, or by administrative units.  "
        "[default: nearest]",
    ),
    click.option("--resolution", type=int, help="Of the hexagons, 0 to 15.  [default: 7, 5 km² each]"),
    click.option(
        "--units", metavar="FILE", help="Polygons of the units.  [default: provinces of the countries on the map]"
    ),
    click.option(
        "--region",
        metavar="FILE|CODES",
        help="Clip to polygons of a file, or to countries (SY,IQ), or to none (world).  "
        "[default: the countries in which the places lie]",
    ),
    click.option("--smoothing", type=int, help="Rounds of smoothing of shared lines, 0 to 4.  [default: 0]"),
    click.option("--simplify", "simplify_m", type=float, metavar="METRES", help="Thin shared lines.  [default: 0]"),
    click.option(
        "--least-km2", type=float, help="Detached fragments that are smaller go to a neighbour.  [default: 0]"
    ),
)


def ground_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command; its function takes them as ``**ground``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def ground_from(options: Mapping[str, Any]) -> GroundOptions | None:
    """Return what the options ask for, None when none was given."""
    from tracker.pipeline import GroundOptions

    given = {name: options[name] for name in _NAMES if options.get(name) is not None}
    return GroundOptions(**given) if given else None
