"""What GDAL, SQLite and pyarrow say when they can't write, as this package's typed errors."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pyogrio

from tracker.errors import FullDiskError, OutputError
from tracker.files import written_whole

__all__ = ["refuse_existing", "typed_errors", "written_by_gdal"]

_FULL = ("disk is full", "no space left", "file too large", "disk quota")
_SAID_BY_WRITERS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    sqlite3.Error,
    RuntimeError,
)
_PROBE = 1 << 20  # bytes; more than a page of any database


@contextlib.contextmanager
def written_by_gdal(path: str | Path) -> Iterator[Path]:
    """
    Yield a temporary path that does not exist yet, beside `path`; on success it takes the final name.

    As `tracker.files.written_whole`, for writers that make the file themselves
    and report failure in their own way.

    Raises
    ------
    OutputError
        If it can't be written; nothing is left under the final name.
    FullDiskError
        If the disk is full.
    """
    target = Path(path)
    with written_whole(target) as temporary:
        temporary.unlink()
        try:
            with typed_errors(target, temporary):
                yield temporary
        finally:
            for rest in ("-journal", "-wal", "-shm"):
                temporary.with_name(temporary.name + rest).unlink(missing_ok=True)


@contextlib.contextmanager
def typed_errors(path: Path, temporary: Path) -> Iterator[None]:
    """
    Turn what a writer says of `temporary` into an error about `path`.

    Raises
    ------
    OutputError
        If the writer failed, or wrote nothing.
    """
    try:
        yield
    except _SAID_BY_WRITERS as error:
        raise _error_of(str(error), path, temporary) from error
    if not temporary.exists():
        raise _error_of("nothing was written", path, temporary)


def refuse_existing(path: str | Path, *, force: bool) -> None:
    """
    Stop before a file that the user named is overwritten.

    Raises
    ------
    OutputError
        If `path` exists and `force` is not set, or its folder does not exist.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise OutputError(
            "the folder does not exist",
            path=target,
            cure=f"Make it first: mkdir -p {target.parent}, or name another --out.",
        )
    if target.exists() and not force:
        raise OutputError("a file stands here already", path=target, cure="Name another --out, or give --force.")


def _error_of(said: str, path: Path, temporary: Path) -> OutputError:
    if any(words in said.lower() for words in _FULL) or _is_full(temporary):
        return FullDiskError("no space is left here", path=path, cure="Free some space or name another --out folder.")
    return OutputError(f"can't be written ({said})", path=path, cure="Name a folder that you can write to.")


def _is_full(temporary: Path) -> bool:
    """Return whether the file that a writer gave up on can't grow: the writers don't always say why they failed."""
    try:
        with temporary.open("ab") as probe:
            probe.write(bytes(_PROBE))
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return False
