"""
A Folium figure that is one file, asks nothing of the network and never changes by itself.

Folium links ten files on other hosts, names its elements by random numbers and
passes all markup through Jinja twice. Here libraries stand inside the page,
elements are numbered in order, markup with data never passes a template, and a
content security policy lists the hash of every script and style.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import xstatic.pkg.jquery
import xstatic.pkg.leaflet
from branca.element import Element, Figure

from tracker.errors import UsageError
from tracker.maps.safe import escaped

__all__ = ["Markup", "PageFigure", "tile_origin"]

_BLOCK = re.compile(r"<(script|style)(?P<attributes>[^>]*)>(?P<body>.*?)</\1>", re.DOTALL)
_PICTURE = re.compile(r"url\((?!['\"]?data:)[^)]*\)")
_SOURCE_MAP = re.compile(r"^\s*(//[#@]|/\*[#@]) ?sourceMappingURL=.*$", re.MULTILINE)
_TILE_HOST = re.compile(r"(\{s\}\.)?[A-Za-z0-9.-]+(:\d+)?")


class Markup(Element):
    """Markup that goes into the page as it is; Folium's own elements read theirs as a Jinja template."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self._name = "Markup"
        self.markup = markup

    def render(self, **_kwargs: Any) -> str:
        """Return the markup."""
        return self.markup


class PageFigure(Figure):
    """
    The whole page.

    Attributes
    ----------
    page_title
        Text of the browser's title bar.
    tiles
        Address of online tiles for which the policy is opened, or None.
    """

    def __init__(self, page_title: str, *, tiles: str | None = None) -> None:
        super().__init__()
        self.header._children.clear()  # noqa: SLF001  # Folium's own meta tag: the charset must come first
        self.page_title = page_title
        self.tiles = tiles
        for name in ("leaflet.css",):
            self.header.add_child(Markup(f"<style>{_library(name)}</style>"), name=name)
        for name in ("leaflet.js", "jquery.min.js"):
            self.header.add_child(Markup(f"<script>{_library(name)}</script>"), name=name)

    def render(self, **kwargs: Any) -> str:
        """Return the page; the same map gives the same text."""
        for number, element in enumerate(_tree(self), 1):
            element._id = str(number)  # noqa: SLF001  # random in Folium
        for child in self._children.values():
            child.render(**kwargs)
        header, body = self.header.render(**kwargs), self.html.render(**kwargs)
        script = f"<script>\n{self.script.render(**kwargs)}\n</script>"
        policy = _policy(header + body + script, self.tiles)
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
            f'<title>{escaped(self.page_title)}</title>\n<link rel="icon" href="data:,">\n'
            f"{header}\n</head>\n<body>\n{body}\n{script}\n</body>\n</html>\n"
        )


def tile_origin(tiles: str) -> str:
    """
    Return the origin of a tile address for the policy, ``*`` for its subdomains.

    Raises
    ------
    UsageError
        If it is not an https address with ``{z}``, ``{x}`` and ``{y}``.

    Examples
    --------
    >>> tile_origin("https://{s}.tiles.example.org/{z}/{x}/{y}.png")
    'https://*.tiles.example.org'
    """
    host = urlsplit(tiles).netloc
    fields = all(name in tiles for name in ("{z}", "{x}", "{y}"))
    if not tiles.startswith("https://") or not _TILE_HOST.fullmatch(host) or not fields:
        raise UsageError(
            f"{tiles[:80]!r} is no tile address; write one such as https://tiles.example.org/{{z}}/{{x}}/{{y}}.png"
        )
    return "https://" + host.replace("{s}", "*")


def _tree(element: Element) -> Iterator[Element]:
    """Yield an element and all below it, in order; a figure's header, body and script come after its children."""
    yield element
    for child in element._children.values():  # noqa: SLF001
        yield from _tree(child)


def _policy(markup: str, tiles: str | None) -> str:
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for found in _BLOCK.finditer(markup):
        kind = found.group(1)
        if "type=" in found["attributes"]:
            continue  # a data block, which no browser runs
        digest = base64.b64encode(hashlib.sha256(found["body"].encode("utf-8")).digest()).decode("ascii")
        hashes[kind].append(f"'sha256-{digest}'")
    pictures = "data: blob:" + (f" {tile_origin(tiles)}" if tiles else "")
    return (
        f"default-src 'none'; script-src {' '.join(dict.fromkeys(hashes['script']))}; "
        f"style-src {' '.join(dict.fromkeys(hashes['style']))}; img-src {pictures}; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _library(name: str) -> str:
    """Return a library's text without what would make a browser fetch something else."""
    package = xstatic.pkg.jquery if name.startswith("jquery") else xstatic.pkg.leaflet
    text = (Path(package.BASE_DIR) / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    text = _SOURCE_MAP.sub("", text)
    return _PICTURE.sub("none", text) if name.endswith(".css") else text
