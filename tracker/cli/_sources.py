"""Reports from files, feeds and addresses, for verbs that take all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.errors import InputError, UsageError

if TYPE_CHECKING:
    from tracker.model import Report

__all__ = ["reports_from"]


def reports_from(
    sources: Iterable[str], *, published: dt.date | None, refused: list[InputError], fetch_allowed: bool
) -> Iterator[Report]:
    """
    Yield the reports of files, folders, feeds and http(s) addresses in the order given.

    Parameters
    ----------
    refused
        Takes the typed error of whatever can't be read.
    fetch_allowed
        Whether the user asked for addresses to be fetched.

    Raises
    ------
    UsageError
        If an address is given and may not be fetched.
    InputError
        If a file doesn't exist.
    """
    from tracker.reports import read_reports
    from tracker.reports.decoding import decode
    from tracker.reports.web import fetch

    for source in sources:
        is_address = source.startswith(("http://", "https://"))
        if "://" in source and not is_address:
            raise UsageError(f"{source}: only http and https addresses can be fetched")
        if is_address and not fetch_allowed:
            raise UsageError(f"{source} is an address; --fetch allows to fetch it")
        if not is_address:
            yield from read_reports([source], published=published, quarantine=refused.append)
            continue
        try:
            yield from _page_or_feed(decode(fetch(source).body, path=source), source, published, refused)
        except InputError as error:
            refused.append(error)


def _page_or_feed(text: str, source: str, published: dt.date | None, refused: list[InputError]) -> Iterator[Report]:
    from tracker.model import report_id_of
    from tracker.reports import kinds
    from tracker.reports.feeds import looks_like_feed, read_feed

    if looks_like_feed(text):
        yield from read_feed(text, path=source, published=published, quarantine=refused.append)
    elif kinds.looks_like_html(text):
        page = kinds.html(text, published=published, path=source)
        url = page.url or (source if source.startswith("http") else None)
        yield replace(page, url=url, report_id=report_id_of(page.text, page.source, page.published, url))
    else:
        yield kinds.plain(text, published=published, path=source)
