"""
Untrusted text made fit to stand in a page.

Report text, names and titles come from strangers. They reach the page only as
JSON inside a data block, where no character can end the block, and the page's
script shows them as text. Nothing here tries to recognise bad text: every
text is treated alike.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

__all__ = ["escaped", "hex_colour", "script_json", "visible_text", "web_link"]

_JSON_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
_HTML_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;"}
_SURROGATES = re.compile("[\ud800-\udfff]")
# Bidirectional embeddings, overrides and isolates (Unicode Standard Annex 9) reorder what stands around them.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LINK_CONTROLS = re.compile(r"[\x00-\x20\x7f\\]")


def script_json(value: object) -> str:
    r"""
    Return JSON that stays inside a ``<script>`` block whatever text it carries.

    Half of a surrogate pair, which UTF-8 can't hold, becomes U+FFFD.

    Examples
    --------
    >>> script_json({"quote": "</script>&"})
    '{"quote":"\\u003c/script\\u003e\\u0026"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _SURROGATES.sub("\ufffd", text).translate(_JSON_ESCAPES)


def escaped(text: str) -> str:
    """
    Return text for the content or a quoted attribute of HTML, its controls made visible.

    Examples
    --------
    >>> escaped("<b> & 'c'")
    '&lt;b&gt; &amp; &#39;c&#39;'
    """
    return visible_text(text).translate(_HTML_ESCAPES)


def visible_text(text: str) -> str:
    r"""
    Return text with invisible controls shown: bidi ones by their number, others as U+FFFD.

    Examples
    --------
    >>> visible_text("abc\u202etxt.exe")
    'abc[U+202E]txt.exe'
    """
    shown = _BIDI_CONTROLS.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
    return _CONTROLS.sub("\ufffd", _SURROGATES.sub("\ufffd", shown))


def web_link(url: str | None) -> str | None:
    """
    Return the address when it is a plain http or https link, else None.

    Examples
    --------
    >>> web_link("https://example.org/a?b=1")
    'https://example.org/a?b=1'
    >>> web_link("javascript:alert(1)") is None
    True
    """
    if url is None or _LINK_CONTROLS.search(url) or _BIDI_CONTROLS.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc else None


def hex_colour(colour: str, fallback: str) -> str:
    """
    Return a ``#rrggbb`` colour in lower case, or the fallback for anything else.

    Examples
    --------
    >>> hex_colour("#AA0011", "#777777")
    '#aa0011'
    >>> hex_colour("url(x)", "#777777")
    '#777777'
    """
    return colour.lower() if _COLOUR.fullmatch(colour) else fallback
