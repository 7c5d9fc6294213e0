"""Files, folders and standard input, each read by its kind."""

from __future__ import annotations

import codecs
import datetime as dt
import itertools
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from tracker.errors import InputError
from tracker.model import Report
from tracker.reports import kinds, pipes
from tracker.reports.build import MOST_CHARACTERS
from tracker.reports.decoding import decode
from tracker.reports.feeds import looks_like_feed, read_feed

__all__ = ["SUFFIXES", "read_bursts", "read_reports"]

_log = logging.getLogger(__name__)

_NAMED = 3  # files that are passed over, by name
_MOST_BYTES = 4 * MOST_CHARACTERS  # UTF-8 takes at most four bytes a character

_TEXT = ("", ".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_JSON = (".json",)
_JSON_LINES = (".jsonl", ".ndjson")
_TABLE = (".csv", ".tsv")
_FEED = (".rss", ".atom", ".xml")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # UTF-32's little-endian mark begins like UTF-16's
SUFFIXES = (*_TEXT[1:], *_MARKDOWN, *_HTML, *_JSON_LINES, *_JSON, *_TABLE, *_FEED)


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
    return (report for report in _read_all(sources, published, quarantine) if report is not None)


def read_bursts(
    sources: Iterable[str | Path],
    *,
    published: dt.date | None = None,
    quarantine: Callable[[InputError], None] | None = None,
) -> Iterator[Iterator[Report]]:
    """
    Read reports as `read_reports` does, in bursts: whatever more may keep one waiting starts a new one.

    Only standard input keeps one waiting. Each burst is to be read to its end before the next one is asked for.
    """
    told = _read_all(sources, published, quarantine)
    for first in told:
        if first is not None:
            yield itertools.chain([first], itertools.takewhile(lambda report: report is not None, told))


def _read_all(
    sources: Iterable[str | Path], published: dt.date | None, quarantine: Callable[[InputError], None] | None
) -> Iterator[Any]:
    """Yield reports, and None wherever the next one may be long in coming."""
    paths = list(_files(sources))
    refuse = quarantine or _raise
    seen: dict[str, str] = {}
    for path in paths:
        for report in _guarded(path, published, refuse):
            known = None if report is None else seen.get(report.report_id)
            if report is None or known is None:
                if report is not None:
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
            files = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            inside = [p for p in files if p.suffix.lower() in SUFFIXES]
            if not inside:
                raise InputError(
                    "no reports are in this folder", path=path, cure=f"It may hold {', '.join(SUFFIXES)} files."
                )
            _tell_of_others([p for p in files if p.suffix.lower() not in SUFFIXES], path)
            yield from map(str, inside)
        elif path.exists():
            yield str(source)
        else:
            raise InputError("no such file or folder", path=path, cure="Check the name.")


def _tell_of_others(others: Sequence[Path], folder: Path) -> None:
    """Say which files of a folder are no reports by their suffix: one may have been saved as something else."""
    if others:
        named = ", ".join(str(p.relative_to(folder)) for p in others[:_NAMED])
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        _log.info("%s: passed over, by their suffix no reports: %s%s", folder, named, more)


def _guarded(path: str, published: dt.date | None, refuse: Callable[[InputError], None]) -> Iterator[Report | None]:
    try:
        yield from _piped(published, refuse) if path == "-" else _read(path, published, refuse)
    except InputError as error:
        refuse(error)


def _read(path: str, published: dt.date | None, refuse: Callable[[InputError], None]) -> Iterator[Report]:
    suffix = Path(path).suffix.lower()
    if suffix in _JSON_LINES and not _is_wide(path):
        yield from _stream(path, published, refuse)
    else:
        yield from _by_kind(_bytes(path), suffix, path, published, refuse)


def _by_kind(
    data: bytes, suffix: str, path: str, published: dt.date | None, refuse: Callable[[InputError], None]
) -> Iterator[Report]:
    """Read a document by its suffix, or by how it begins when the suffix tells nothing."""
    text = decode(data, path=path)
    del data  # a long report is held once while it is read
    if suffix in _TABLE or (not suffix and kinds.looks_like_table(text)):
        yield from kinds.table(text, published=published, path=path, quarantine=refuse)
    elif suffix in _MARKDOWN:
        yield kinds.markdown(text, published=published, path=path)
    elif suffix in _FEED or (not suffix and looks_like_feed(text)):
        yield from read_feed(text, path=path, published=published, quarantine=refuse)
    elif suffix in _HTML or kinds.looks_like_html(text):
        yield kinds.html(text, published=published, path=path)
    elif suffix in _JSON or (suffix not in _TEXT[1:] and kinds.looks_like_json_list(text)):
        yield from kinds.json_document(text, published=published, path=path, quarantine=refuse)
    elif suffix in _JSON_LINES or (suffix not in _TEXT[1:] and text.lstrip().startswith("{")):
        yield from kinds.json_lines(text.split("\n"), published=published, path=path, quarantine=refuse)
    else:
        yield kinds.plain(text, published=published, path=path)


def _piped(published: dt.date | None, refuse: Callable[[InputError], None]) -> Iterator[Report | None]:
    """Read standard input: JSON Lines as they come, with a pause after what came at once; anything else whole."""
    head = pipes.opening()
    if not pipes.begins_as_json_lines(head):
        yield from _by_kind(_no_more(pipes.rest_of(head, _MOST_BYTES), "-"), "", "-", published, refuse)
        return
    number = 1
    for burst in pipes.line_bursts(head):
        lines = map(_decoded, burst)
        yield from kinds.json_lines(lines, published=published, path="-", quarantine=refuse, first=number)
        yield None
        number += len(burst)


def _stream(path: str, published: dt.date | None, refuse: Callable[[InputError], None]) -> Iterator[Report]:
    """JSON Lines may be larger than memory: read them as they come."""
    try:
        with Path(path).open("rb") as raw:
            if not raw.read(1):
                raise InputError("the file is empty", path=path, cure="Leave it out, or give a file with text.")
            raw.seek(0)
            yield from kinds.json_lines(map(_decoded, _lines(raw)), published=published, path=path, quarantine=refuse)
    except OSError as error:
        raise _unreadable(error, path) from None


def _lines(raw: IO[bytes]) -> Iterator[bytes]:
    """Yield lines, each cut where it can't be a report any more, so that memory stays bounded."""
    while line := raw.readline(kinds.MOST_LINE + 2):
        yield line
        while len(line) > kinds.MOST_LINE and not line.endswith(b"\n"):
            line = raw.readline(kinds.MOST_LINE + 2)


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def _is_wide(path: str) -> bool:
    """Tell whether a file is marked as UTF-16 or UTF-32, in which lines are not to be found by their last byte."""
    return _bytes(path, most=2) in _WIDE


def _bytes(path: str, *, most: int | None = None) -> bytes:
    try:
        with Path(path).open("rb") as raw:
            return raw.read(most) if most is not None else _no_more(raw.read(_MOST_BYTES + 1), path)
    except OSError as error:
        raise _unreadable(error, path) from None


def _no_more(data: bytes, path: str) -> bytes:
    if len(data) > _MOST_BYTES:
        raise InputError(
            f"the file is larger than {_MOST_BYTES // 2**20} MiB", path=path, cure="Split it, or give it as JSON Lines."
        )
    return data


def _unreadable(error: OSError, path: str) -> InputError:
    return InputError(f"can't be read ({(error.strerror or str(error)).lower()})", path=path, cure="Check its rights.")
