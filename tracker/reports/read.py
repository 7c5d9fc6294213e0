"""Files, folders and standard input, each read by its kind."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from tracker.errors import InputError
from tracker.model import Report
from tracker.reports import kinds
from tracker.reports.build import MOST_CHARACTERS
from tracker.reports.decoding import decode
from tracker.reports.feeds import looks_like_feed, read_feed

__all__ = ["SUFFIXES", "read_reports"]

_MOST_BYTES = 4 * MOST_CHARACTERS  # UTF-8 takes at most four bytes a character

_TEXT = ("", ".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_JSON_LINES = (".jsonl", ".ndjson")
_TABLE = (".csv", ".tsv")
_FEED = (".rss", ".atom", ".xml")
SUFFIXES = (*_TEXT[1:], *_MARKDOWN, *_HTML, *_JSON_LINES, *_TABLE, *_FEED)


def read_reports(
    sources: Iterable[str | Path],
    *,
    published: dt.date | None = None,
    quarantine: Callable[[InputError], None] | None = None,
) -> Iterator[Report]:
    """
    Read reports from files, folders and standard input, one at a time.

    Parameters
    ----------
    sources
        Paths; ``-`` is standard input; a folder stands for the files in it and
        below whose suffix is one of `SUFFIXES`, in order of their names.
    published
        Day of publication for reports that carry none of their own. It wins over
        a web page's metadata, but not over the field of a record.
    quarantine
        Called with the typed error of whatever can't be read, which is then
        passed over. None: the first such error is raised.

    Yields
    ------
    report
        In the order of the sources. A second report with the same id and text
        comes out once; the same id with another text is an error.

    Raises
    ------
    InputError
        Where `quarantine` is None and something can't be read; always for a
        source that doesn't exist.
    """
    paths = list(_files(sources))
    refuse = quarantine or _raise
    seen: dict[str, str] = {}
    for path in paths:
        for report in _guarded(path, published, refuse):
            known = seen.get(report.report_id)
            if known is None:
                seen[report.report_id] = report.sha256
                yield report
            elif known != report.sha256:
                refuse(
                    InputError(
                        f"two reports have the id {report.report_id!r} and different texts",
                        path=path,
                        cure="Give each its own id, or none.",
                    )
                )


def _raise(error: InputError) -> None:
    raise error


def _files(sources: Iterable[str | Path]) -> Iterator[str]:
    for source in sources:
        path = Path(source)
        if str(source) == "-":
            yield "-"
        elif path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            if not inside:
                raise InputError(
                    "no reports are in this folder", path=path, cure=f"It may hold {', '.join(SUFFIXES)} files."
                )
            yield from map(str, inside)
        elif path.exists():
            yield str(source)
        else:
            raise InputError("no such file or folder", path=path, cure="Check the name.")


def _guarded(path: str, published: dt.date | None, refuse: Callable[[InputError], None]) -> Iterator[Report]:
    try:
        yield from _read(path, published, refuse)
    except InputError as error:
        refuse(error)


def _read(path: str, published: dt.date | None, refuse: Callable[[InputError], None]) -> Iterator[Report]:
    suffix = "" if path == "-" else Path(path).suffix.lower()
    if suffix in _JSON_LINES:
        yield from _stream(path, published, refuse)
        return
    text = decode(_bytes(path), path=path)
    if suffix in _TABLE:
        yield from kinds.table(text, published=published, path=path, quarantine=refuse)
    elif suffix in _MARKDOWN:
        yield kinds.markdown(text, published=published, path=path)
    elif suffix in _FEED or (not suffix and looks_like_feed(text)):
        yield from read_feed(text, path=path, published=published, quarantine=refuse)
    elif suffix in _HTML or kinds.looks_like_html(text):
        yield kinds.html(text, published=published, path=path)
    elif suffix not in _TEXT[1:] and text.lstrip().startswith("{"):
        yield from kinds.json_lines(text.split("\n"), published=published, path=path, quarantine=refuse)
    else:
        yield kinds.plain(text, published=published, path=path)


def _stream(path: str, published: dt.date | None, refuse: Callable[[InputError], None]) -> Iterator[Report]:
    """JSON Lines may be larger than memory: read them as they come."""
    try:
        with Path(path).open("rb") as raw:
            if not raw.read(1):
                raise InputError("the file is empty", path=path, cure="Leave it out, or give a file with text.")
            raw.seek(0)
            lines = (line.decode("utf-8", "surrogateescape").removeprefix("\ufeff") for line in _lines(raw))
            yield from kinds.json_lines(lines, published=published, path=path, quarantine=refuse)
    except OSError as error:
        raise _unreadable(error, path) from None


def _lines(raw: IO[bytes]) -> Iterator[bytes]:
    """Yield lines, each cut where it can't be a report any more, so that memory stays bounded."""
    while line := raw.readline(kinds.MOST_LINE + 2):
        yield line
        while len(line) > kinds.MOST_LINE and not line.endswith(b"\n"):
            line = raw.readline(kinds.MOST_LINE + 2)


def _bytes(path: str) -> bytes:
    try:
        if path == "-":
            data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(path).open("rb") as raw:
                data = raw.read(_MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(error, path) from None
    if len(data) > _MOST_BYTES:
        raise InputError(
            f"the file is larger than {_MOST_BYTES // 2**20} MiB", path=path, cure="Split it, or give it as JSON Lines."
        )
    return data


def _unreadable(error: OSError, path: str) -> InputError:
    return InputError(f"can't be read ({(error.strerror or str(error)).lower()})", path=path, cure="Check its rights.")
