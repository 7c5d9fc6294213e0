"""Standard input, read as it comes: whoever pipes reports in need not close the pipe to get an answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from tracker.reports.kinds import MOST_LINE

if TYPE_CHECKING:
    from io import BufferedReader

__all__ = ["begins_as_json_lines", "line_bursts", "opening", "rest_of"]

_CHUNK = 1 << 16  # bytes: what a pipe holds, so that a burst is what was written since the last one
_BLANK = b"\xef\xbb\xbf \t\r\n"


def opening() -> bytes:
    """Return what standard input begins with, as much of it as is there once it is more than blanks."""
    head = b""
    while not head.strip(_BLANK) and (chunk := _pipe().read1(_CHUNK)):
        head = head[-_CHUNK:] + chunk
    return head


def begins_as_json_lines(head: bytes) -> bool:
    """Tell whether what begins so is JSON Lines."""
    return head.lstrip(_BLANK).startswith(b"{")


def rest_of(head: bytes, most: int) -> bytes:
    """Return standard input to its end, its opening included, but no more than one byte over the most."""
    return head + _pipe().read(max(0, most + 1 - len(head)))


def line_bursts(head: bytes) -> Iterator[list[bytes]]:
    """Yield the lines that are complete each time that something came, each cut where it can't be a report any more."""
    begun = [b""]
    chunk = head
    while chunk:
        *ended, rest = chunk.split(b"\n")
        if ended:
            yield [b"".join([*begun, ended[0]]), *ended[1:]]
            begun = [rest]
        elif sum(map(len, begun)) <= MOST_LINE:
            begun.append(rest)
        chunk = _pipe().read1(_CHUNK)
    if any(begun):
        yield [b"".join(begun)]


def _pipe() -> BufferedReader:
    return cast("BufferedReader", sys.stdin.buffer)
