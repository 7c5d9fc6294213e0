"""RSS 2.0 and Atom feeds, each entry a report."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from tracker.errors import DateError, InputError
from tracker.model import Report, parse_day
from tracker.reports.build import report_from_fields

__all__ = ["looks_like_feed", "read_feed"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC_DATE = "{http://purl.org/dc/elements/1.1/}date"
_BLOCKS = frozenset({"p", "br", "div", "li", "h1", "h2", "h3", "h4", "tr", "blockquote"})
_SILENT = frozenset({"script", "style"})
_HEAD = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)

Quarantine = Callable[[InputError], None]


def looks_like_feed(text: str) -> bool:
    """
    Tell whether a text is an RSS or Atom feed.

    Examples
    --------
    >>> looks_like_feed('<?xml version="1.0"?><rss version="2.0">')
    True
    """
    return bool(_HEAD.match(text))


def read_feed(text: str, *, path: str, published: dt.date | None, quarantine: Quarantine) -> Iterator[Report]:
    """
    Yield a report for each entry of a feed; an entry without words goes to `quarantine`.

    The day of publication is the one on the clock of the feed's own offset: "on
    Tuesday" is meant where it was written.

    Parameters
    ----------
    published
        Day for entries that carry none.

    Raises
    ------
    InputError
        If it is no feed, or has a document type: feeds need none, and entities
        declared there can blow up to any size.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError("the feed declares a document type", path=path, cure="Save its entries as JSON Lines.")
    try:
        root = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except ET.ParseError as error:
        raise InputError(f"is no XML ({error})", path=path, cure="Fetch the feed again.") from None
    source = _first(root, "channel/title", f"{_ATOM}title")
    entries = [*root.iter("item"), *root.iter(f"{_ATOM}entry")]
    for number, entry in enumerate(entries, start=1):
        try:
            yield report_from_fields({**_fields(entry), "source": source}, published=published, path=path)
        except InputError as error:
            quarantine(InputError(f"entry {number}: {error.problem}", path=path, cure=error.cure))


def _fields(entry: ET.Element) -> dict[str, str | None]:
    body = _first(entry, _CONTENT, f"{_ATOM}content", "description", f"{_ATOM}summary")
    link = _first(entry, "link") or next((a.get("href") for a in entry.iter(f"{_ATOM}link")), None)
    return {
        "title": _words(_first(entry, "title", f"{_ATOM}title") or "") or None,
        "text": _words(body or ""),
        "url": link if link and link.startswith(("http://", "https://")) else None,
        "published": _day(_first(entry, "pubDate", f"{_ATOM}published", f"{_ATOM}updated", _DC_DATE)),
    }


def _first(element: ET.Element, *paths: str) -> str | None:
    for path in paths:
        found = element.find(path)
        if found is not None:
            words = "".join(found.itertext()).strip()
            if words:
                return words
    return None


def _day(written: str | None) -> str | None:
    if not written:
        return None
    try:
        return parse_day(written).isoformat()
    except DateError:
        pass
    try:
        return email.utils.parsedate_to_datetime(written).date().isoformat()
    except ValueError:
        return None


class _Text(HTMLParser):
    """The words of a piece of HTML, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def _words(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
