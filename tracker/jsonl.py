"""One codec for all records: JSON Lines, UTF-8, one object a line, fields in the record's own order."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

import msgspec

from tracker.errors import InputError, RecordError

__all__ = ["dump_line", "load_line", "open_lines", "read_lines", "read_records", "write_lines"]

Record = TypeVar("Record")

_encoder = msgspec.json.Encoder()


def dump_line(record: Any) -> str:
    """
    Return one record as one line of JSON, without the line end.

    Examples
    --------
    >>> from tracker.model import Mention
    >>> dump_line(Mention(report_id="r", start=0, end=5, text="Raqqa"))
    '{"report_id":"r","start":0,"end":5,"text":"Raqqa"}'
    """
    return _encoder.encode(record).decode("utf-8")


def load_line(
    line: str | bytes,
    kind: type[Record],
    *,
    path: str | None = None,
    number: int | None = None,
) -> Record:
    """
    Read one line as a record; fields that the record doesn't have are passed over.

    Raises
    ------
    RecordError
        If the line is no JSON, or not such a record; the message names the field.
    """
    try:
        record = msgspec.json.decode(line, type=kind)
        check = getattr(kind, "problem", None)  # what a record can tell of itself beyond the types of its fields
        problem = check(record) if check is not None else None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        problem = str(error)
    if problem is None:
        return record
    raise RecordError(
        f"not a {kind.__name__} record: {problem}", path=path, line=number, cure="Mend or remove the line."
    )


def read_lines(lines: Iterable[str], kind: type[Record], *, path: str | None = None) -> Iterator[Record]:
    """
    Read records from lines; blank lines are passed over.

    Raises
    ------
    RecordError
        At the first line that is no such record.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield load_line(line, kind, path=path, number=number)


@contextlib.contextmanager
def open_lines(path: str | Path) -> Iterator[IO[str]]:
    """
    Open a file of JSON Lines, or standard input for ``-``.

    Raises
    ------
    InputError
        If the file is missing, can't be read, or is not UTF-8.
    """
    try:
        with contextlib.nullcontext(sys.stdin) if str(path) == "-" else Path(path).open(encoding="utf-8") as lines:
            yield lines
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise InputError(f"can't be read ({problem})", path=path, cure="Check the name.") from None
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}", path=path, cure="Save it as UTF-8.") from None


def read_records(path: str | Path, kind: type[Record]) -> list[Record]:
    """
    Read all records of a file, or of standard input for ``-``.

    Raises
    ------
    InputError
        If the file can't be read.
    RecordError
        At the first line that is no such record.
    """
    with open_lines(path) as lines:
        return list(read_lines(lines, kind, path=str(path)))


def write_lines(records: Iterable[Any], out: IO[str]) -> int:
    """Write records one a line and return how many there were."""
    count = 0
    for record in records:
        out.write(dump_line(record) + "\n")
        count += 1
    return count
