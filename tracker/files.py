"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tracker.errors import FullDiskError, OutputError

__all__ = ["output_error", "output_folder", "written_whole"]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def output_folder(path: str | Path) -> Path:
    """
    Make a folder for output and return it.

    Raises
    ------
    OutputError
        If it can't be made, is a file, or can't be written to.
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except FileExistsError:
        raise OutputError("this is a file, not a folder", path=folder, cure="Name another --out folder.") from None
    except OSError as error:
        raise output_error(error, folder) from None
    return folder


@contextlib.contextmanager
def written_whole(path: str | Path) -> Iterator[Path]:
    """
    Yield a temporary path beside `path`; on success it takes the final name, else it goes.

    The temporary file keeps the suffix, so that writers which choose a format by
    suffix work; it is flushed to disk before it is renamed.

    Raises
    ------
    OutputError
        If the folder can't be written to.
    FullDiskError
        If the disk is full. The final name then holds what it held before.
    """
    final = Path(path)
    temporary: Path | None = None
    try:
        if str(final) == "-":
            raise OutputError("standard output can't take this file", path=final, cure="Name a file.")
        if final.is_dir():
            raise OutputError("a folder stands where this file should go", path=final, cure="Name another file.")
        descriptor, name = tempfile.mkstemp(dir=final.parent, prefix=f".{final.stem}-", suffix=final.suffix)
        os.close(descriptor)
        temporary = Path(name)
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(final)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise output_error(error, final) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def output_error(error: OSError, path: Path | str) -> OutputError:
    """Return the typed error for what the operating system said."""
    if error.errno in _FULL:
        return FullDiskError("no space is left here", path=path, cure="Free some space or name another --out folder.")
    problem = (error.strerror or str(error)).lower()
    return OutputError(f"can't be written ({problem})", path=path, cure="Name a folder that you can write to.")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
