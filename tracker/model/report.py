"""One dated document."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

__all__ = ["Report", "report_id_of"]

_PIECE = 1 << 20  # characters whose bytes are held at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    One dated document, its text exactly as every span counts it.

    Attributes
    ----------
    report_id
        The id given with the input, else a hash of what the report is made of.
    text
        The whole text. Offsets are Unicode code points into it.
    sha256
        Hash of `text` in UTF-8, hex.
    published
        Day of publication; None leaves relative dates unresolved.
    retrieved
        Day on which it was fetched, None when not known.
    language
        ISO 639-1 code, None when not known.
    """

    report_id: str
    text: str
    sha256: str
    source: str | None = None
    title: str | None = None
    published: dt.date | None = None
    retrieved: dt.date | None = None
    url: str | None = None
    language: str | None = None


def report_id_of(text: str, source: str | None, published: dt.date | None, url: str | None) -> str:
    """
    Return the content id of a report: the same everywhere for the same content.

    Examples
    --------
    >>> report_id_of("Raqqa fell.", None, None, None)
    'r-4550c4c10adf6c87'
    """
    digest = hashlib.sha256()
    for start in range(0, len(text), _PIECE):
        digest.update(text[start : start + _PIECE].encode("utf-8", "surrogatepass"))
    rest = ("", source or "", published.isoformat() if published else "", url or "")
    digest.update("\x1f".join(rest).encode("utf-8", "surrogatepass"))
    return "r-" + digest.hexdigest()[:16]
