"""How pictures look: the page's colours and forms, for print."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.maps.options import DEFAULT_DOUBT
from tracker.maps.safe import hex_colour, visible_text
from tracker.model import Actor, Layer, LayerFeature, Status, plain_name

__all__ = ["LEAST_RING", "WEAK", "PictureOptions", "Sides", "mix", "stripe_shares"]

WEAK = 0.5  # confidence below which an area is drawn as claimed only, as on the page

RIVER_NAME = "#2f638c"
SEA, LAND, ADMIN, BORDER, RIVER, WATER = "#cddde7", "#f5f2ea", "#b9b0a3", "#7c736a", "#6f9fc4", "#c4d9e6"
INK, HALO, QUIET, FRONT, BLANK = "#26231f", "#fbf9f4", "#6a635a", "#2b2723", "#7a736a"
LEAST_RING = 14.0  # points that the ring of a siege is wide at least
_NEUTRALS = ("#6f6a63", "#8a7f6d", "#7d8590", "#937a86", "#75877c")  # for sides that the actor data doesn't know
NO_SIDE = "#77716a"
_LEAST_CONTRAST = 1.9  # of a side's colour against the land, WCAG's measure; the page's own


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOptions:
    """
    What a picture says and shows beside the layer.

    Attributes
    ----------
    subtitle
        A line under the title, None for none.
    sources
        Where reports and base map come from; None lists the sources of the quoted claims.
    doubt
        One note on what the map can't tell.
    width_px, height_px
        Of the picture at 100 dots an inch.
    bounds
        (west, south, east, north) in degrees; None takes in all features of the layer.
    labels
        Most place names to write.
    first, last
        Days between which an animation runs; None: from where its news begins (`framing.first_shown`) to its last.
    most_frames
        Frames of an animation; when the layer changes on more days, evenly spaced days are taken.
    seconds_per_frame
        The last frame stands four times as long.
    """

    subtitle: str | None = None
    sources: Sequence[str] | None = None
    doubt: str = DEFAULT_DOUBT.split(". ", 1)[0] + "."
    width_px: int = 1400
    height_px: int = 1000
    bounds: tuple[float, float, float, float] | None = None
    labels: int = 60
    first: dt.date | None = None
    last: dt.date | None = None
    most_frames: int = 60
    seconds_per_frame: float = 0.5


def mix(first: str, second: str, share: float) -> str:
    """
    Return a colour between two: `share` of the first, the rest of the second.

    Examples
    --------
    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    channels = (
        int(first[at : at + 2], 16) * share + int(second[at : at + 2], 16) * (1 - share) + 0.5 for at in (1, 3, 5)
    )
    return "#" + "".join(f"{int(channel):02x}" for channel in channels)


def standing_off(colour: str) -> str:
    """
    Return a colour moved towards the ink until it stands off the land, as the page does it.

    Examples
    --------
    >>> standing_off("#c0392b"), standing_off("#ffffff") < "#c0c0c0"
    ('#c0392b', True)
    """
    for _ in range(8):
        light, dark = sorted((_luminance(colour), _luminance(LAND)), reverse=True)
        if (light + 0.05) / (dark + 0.05) >= _LEAST_CONTRAST:
            break
        colour = mix(colour, INK, 0.88)
    return colour


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def stripe_shares(fraction: tuple[float, float] | None, count: int) -> list[float]:
    """
    Return the widths of stripes: the first as broad as the share that its side is said to hold.

    Examples
    --------
    >>> stripe_shares((0.5, 1.0), 2)
    [0.75, 0.25]
    """
    if fraction is None or count < 2:
        return [1 / count] * count
    first = min(0.85, max(0.15, sum(fraction) / 2))
    return [first, *[(1 - first) / (count - 1)] * (count - 1)]


class Sides:
    """Names and colours of the sides of one layer; the same side looks the same in every frame."""

    def __init__(self, actors: Mapping[str, Actor], layer: Layer) -> None:
        self._actors = dict(actors)
        known = {side for f in layer.features for side in sides_of(f)} | {f.besieged_by for f in layer.features}
        known |= {line.actor for line in layer.lines}
        strangers = sorted(side for side in known if side is not None and side not in actors)
        self._neutral = {side: _NEUTRALS[k % len(_NEUTRALS)] for k, side in enumerate(strangers)}

    def colour(self, side: str | None) -> str:
        """Return the full colour of a side."""
        if side is None:
            return NO_SIDE
        actor = self._actors.get(side)
        neutral = self._neutral.get(side, NO_SIDE)
        return standing_off(neutral if actor is None else hex_colour(actor.colour, neutral))

    def tint(self, side: str, confidence: float) -> str:
        """Return a side's colour as it lies on the land: the surer, the stronger."""
        return mix(self.colour(side), LAND, 0.3 + 0.48 * min(max(confidence, 0.0), 1.0))

    def name(self, side: str) -> str:
        """Return a side's name for readers."""
        actor = self._actors.get(side)
        return visible_text(actor.name if actor else plain_name(side))


def sides_of(feature: LayerFeature) -> tuple[str, ...]:
    """Return the sides in whose colours a feature is drawn: its holder alone when it is held."""
    if feature.status == Status.HELD and feature.holder is not None:
        return (feature.holder,)
    return tuple(dict.fromkeys(feature.sides))


def source_names(layer: Layer, features: Iterable[LayerFeature]) -> list[str]:
    """Return the sources of the quoted claims, the most quoted first."""
    counts: dict[str, int] = {}
    quoted = [*(f.claims for f in features), *(line.claims for line in layer.lines)]
    for quote in itertools.chain.from_iterable(quoted):
        if quote.source:
            counts[quote.source] = counts.get(quote.source, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))
