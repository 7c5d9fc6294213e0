"""The frame of the server's own pages, and its front page."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import Any

__all__ = ["PAGE_POLICY", "framed", "front_page"]

_STYLE = """
:root {
  color-scheme: light dark;
  --ink: #26231f; --quiet: #655e55; --line: #d9d4ca; --paper: #fbf9f4; --link: #8c2f1b;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceae4; --quiet: #aab0b5; --line: #363d43; --paper: #171b1f; --link: #f0a58f; }
}
body {
  font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: var(--ink); background: var(--paper);
}
a { color: var(--link); }
article { border-top: 1px solid var(--line); padding: 1rem 0; }
h1, h2 { line-height: 1.25; }
h2 { font-size: 1.15rem; margin: 1.2rem 0 .3rem; }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid var(--link); }
.meta { color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
.doors { display: flex; flex-wrap: wrap; gap: .8rem; padding: 0; list-style: none; }
.doors a {
  display: block; padding: .7rem 1.2rem; border: 1px solid var(--link); border-radius: 6px;
  text-decoration: none; font-weight: 600;
}
code { background: color-mix(in srgb, var(--line) 45%, transparent); padding: .1rem .3rem; border-radius: 3px; }
input, button { font: inherit; margin: .2rem .4rem .2rem 0; padding: .2rem .5rem; min-height: 1.9rem; }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
PAGE_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DOORS = ("alternate", "related")  # links that a person follows; the others are for programs


def framed(title: str, body: str) -> str:
    """Return a page; `body` is HTML already."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def front_page(told: dict[str, Any]) -> str:
    """Return the landing page for people: the map first, then what programs ask."""
    links = [link for link in told["links"] if link["rel"] != "self"]
    doors = "".join(_item(link) for link in links if link["rel"] in _DOORS)
    programs = "".join(_item(link) for link in links if link["rel"] not in _DOORS)
    address = next(link["href"] for link in told["links"] if link["rel"] == "self")
    return framed(
        told["title"],
        f'<h1>{escape(told["title"])}</h1><p>{escape(told["description"])}</p><ul class="doors">{doors}</ul>'
        f"<h2>For programs</h2><ul>{programs}</ul>"
        "<p>In QGIS: <em>Layer → Add Layer → Add WFS / OGC API – Features Layer</em>, a new connection with the "
        f"address <code>{escape(address)}</code></p>",
    )


def _item(link: dict[str, str]) -> str:
    return f'<li><a href="{escape(link["href"])}">{escape(link["title"])}</a></li>'
