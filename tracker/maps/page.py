"""A layer as one HTML page that opens anywhere, with the network off."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import folium
from branca.element import Element, Figure
from folium.template import Template

from tracker.errors import UsageError
from tracker.files import written_whole
from tracker.maps.figure import Markup, PageFigure, tile_origin
from tracker.maps.options import MapOptions
from tracker.maps.payload import Payload, payload_of
from tracker.maps.safe import script_json, visible_text
from tracker.model import Actor, BaseShape, Layer

__all__ = ["ControlMap", "ControlOverlay", "control_map", "write_map"]

_PLAIN_DETAILS = 400_000  # characters; a small page stays readable in an editor, a large one is deflated
_MAP_MARK = "<!-- map -->"
_WORLD = (-170.0, -55.0, 170.0, 70.0)


def control_map(
    layer: Layer,
    *,
    actors: Mapping[str, Actor],
    title: str,
    base: Sequence[BaseShape] = (),
    options: MapOptions | None = None,
) -> folium.Map:
    """
    Return a Folium map of a layer, to which more Folium elements may be added.

    It saves (`save`, or `write_map`) as one file that makes no network request
    and is the same for the same input. Elements whose scripts Folium links
    from other hosts don't load under the page's policy.

    Parameters
    ----------
    layer
        States of one day, or of a span of days, with geometry.
    actors
        Names and colours by actor id; a side that is missing is drawn in a neutral colour.
    title
        Heading of the page, as text.
    base
        Land, borders, rivers and the like, drawn under the layer.
    options
        What else the page says and offers.

    Raises
    ------
    UsageError
        If the layer ends before it starts, or the tile address is none.
    InputError
        If a geometry lies outside the globe.
    """
    chosen = options or MapOptions()
    if chosen.tiles is not None:
        tile_origin(chosen.tiles)
    payload = payload_of(layer, actors=actors, base=base, title=title, options=chosen)
    page = ControlMap(payload, title=title, tiles=chosen.tiles)
    ControlOverlay(payload).add_to(page)
    return page


def write_map(
    layer: Layer,
    path: str | Path,
    *,
    actors: Mapping[str, Actor],
    title: str,
    base: Sequence[BaseShape] = (),
    options: MapOptions | None = None,
) -> Path:
    """
    Write a layer as one HTML page, whole or not at all, and return its path.

    Parameters and faults are those of `control_map`.

    Raises
    ------
    OutputError
        If it can't be written.
    """
    text = control_map(layer, actors=actors, title=title, base=base, options=options).get_root().render()
    with written_whole(path) as temporary:
        temporary.write_bytes(text.encode("utf-8"))
    return Path(path)


class ControlMap(folium.Map):
    """A Folium map without tiles, inside the page's own frame."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # Folium's name; the figure carries the libraries
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="folium-map" id="{{ this.get_name() }}" tabindex="0" role="application"
            aria-label="Map: W A S D move it, plus and minus zoom"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }}, crs: L.CRS.{{ this.crs }}, ...{{ this.options|tojavascript }}
        });
        {% endmacro %}
        """
    )

    def __init__(self, payload: Payload, *, title: str, tiles: str | None) -> None:
        super().__init__(
            location=_folium_centre(payload.bounds),
            zoom_start=5,
            tiles=None,
            attribution_control=False,
            keyboard=False,
            zoom_snap=0.25,
            zoom_delta=0.5,
            wheel_px_per_zoom_level=90,
            max_zoom=16,
            min_zoom=1,
        )
        self.options["zoom_control"] = False
        figure = PageFigure(visible_text(title), tiles=tiles)
        top, bottom = asset("page.html").split(_MAP_MARK)
        figure.header.add_child(Markup(f"<style>{_joined('.css')}</style>"), name="page.css")
        figure.html.add_child(Markup(top), name="page_top")
        figure.add_child(self)
        self._bottom = Markup(bottom)

    def render(self, **kwargs: Any) -> str:
        """Render the map into its figure, then close the frame around it."""
        super().render(**kwargs)  # type: ignore[no-untyped-call]  # Folium has no types
        figure_of(self).html.add_child(self._bottom, name="page_bottom")
        return ""


class ControlOverlay(Element):
    """
    The control layer as a Folium element: data blocks and the script that draws them on canvas.

    Parameters
    ----------
    payload
        The data, from `payload_of`.
    """

    def __init__(self, payload: Payload) -> None:
        super().__init__()
        self._name = "ControlOverlay"
        self._payload = payload

    def render(self, **_kwargs: Any) -> str:
        """Put data and script into the figure."""
        figure = figure_of(self)
        blocks = [_data_block("tracker-core", script_json(self._payload.core), coded=False)]
        details = [script_json(block) for block in self._payload.details]
        coded = sum(map(len, details)) > _PLAIN_DETAILS
        blocks += [_data_block(f"tracker-details-{n}", text, coded=coded) for n, text in enumerate(details)]
        figure.html.add_child(Markup("\n".join(blocks)), name="tracker_data")
        drawn_on = self._parent.get_name() if self._parent else ""
        script = f"{_joined('.js')}\nTracker.start({drawn_on});"
        figure.script.add_child(Markup(script), name=self.get_name())
        return ""


def figure_of(element: Element) -> Figure:
    """Return the figure that an element stands in."""
    figure = element.get_root()
    if not isinstance(figure, Figure):
        raise UsageError("a map element can only be rendered inside a figure")
    return figure


def asset(name: str) -> str:
    """Return the text of a file in `assets/`."""
    return (resources.files("tracker.maps") / "assets" / name).read_text(encoding="utf-8")


@cache
def _joined(suffix: str) -> str:
    """Return all assets of one kind, in order of their names."""
    folder = resources.files("tracker.maps") / "assets"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(suffix))
    return "\n".join(asset(name) for name in names)


def _data_block(name: str, text: str, *, coded: bool) -> str:
    if not coded:
        return f'<script type="application/json" id="{name}">{text}</script>'
    packed = base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")
    return f'<script type="application/octet-stream" id="{name}">{packed}</script>'


def _folium_centre(bounds: tuple[float, float, float, float] | None) -> tuple[float, float]:
    """Return (lat, lon) for Folium: the one place where our (lon, lat) order turns round."""
    west, south, east, north = bounds or _WORLD
    return (south + north) / 2, (west + east) / 2
