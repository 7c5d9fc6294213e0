"""What a map page says and offers beside the layer itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["MapOptions"]

DEFAULT_METHOD = (
    "Sentences in dated reports are read for who holds, gains, loses, contests or besieges a place. Claims about one "
    "place are weighed against each other: the last credible one stands, and denied, planned or hypothetical events "
    "never count. Each place with a state is given the ground nearest to it, up to a reach that depends on its kind, "
    "on the evidence and on how near its neighbours are; ground that no report speaks of stays blank. Old word is "
    "drawn fainter, then as unknown."
)
DEFAULT_DOUBT = (
    "A control map is a reading of reports, not a survey. Lines between places are drawn by distance, not seen on the "
    "ground; news comes late, from interested sides, and names get confused. Faint and dashed areas rest on thin "
    "evidence. Open a place and read its sentences before relying on it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapOptions:
    """
    What a map page says and offers beside the layer itself.

    Attributes
    ----------
    subtitle
        A line under the title, None for none.
    sources
        Where reports and base map come from, one entry a source; the reports' own sources are listed as well.
    method, doubt
        How the map was made, and what it can't tell; plain text.
    names
        Further names of places by place id, in any script, for the search box.
    tiles
        Address of online tiles (``https://…/{z}/{x}/{y}.png``); None, the default, keeps the page off the network.
    tiles_attribution
        Who is owed credit for the tiles, as text.
    opens_on
        Day that the page opens on when its address names none; None: the last.
    """

    subtitle: str | None = None
    sources: Sequence[str] = ()
    method: str = DEFAULT_METHOD
    doubt: str = DEFAULT_DOUBT
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tiles: str | None = None
    tiles_attribution: str | None = None
    opens_on: dt.date | None = None
