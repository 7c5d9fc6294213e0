"""Text that every file format can hold."""

from __future__ import annotations

import re

__all__ = ["storable"]

# Characters that XML 1.0 can't hold (section 2.2): most controls, and lone surrogates, which UTF-8 can't hold either
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def storable(text: str) -> str:
    r"""
    Return a text that XML and UTF-8 can hold: each character that they can't becomes U+FFFD.

    Examples
    --------
    >>> storable("a\x00b")
    'a�b'
    """
    return text if text.isprintable() else _NOT_XML.sub("\ufffd", text)
