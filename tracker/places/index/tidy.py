"""Keep the user's cache small: compiled files of other versions go when a new one is written."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

__all__ = ["mark_used", "remove_old"]

_KEPT = 8  # files of one kind: several theatres, with the user's own gazetteers
_ABANDONED_S = 3600.0  # age at which a half-written file is one that its process left behind


def mark_used(path: Path) -> None:
    """Make a file count as new, for the least recently used go first."""
    with contextlib.suppress(OSError):
        os.utime(path)


def remove_old(path: Path) -> None:
    """
    Remove all but the most recently used files of the kind of `path` (``gazetteer-….idx``) beside it.

    Half-written ones an hour old go too. A process that has such a file open keeps
    what it maps; one that comes later compiles it again.
    """
    kind = path.stem.partition("-")[0]
    with contextlib.suppress(OSError):
        now = time.time()
        for abandoned in path.parent.glob(f".{kind}-*{path.suffix}"):
            if now - abandoned.stat().st_mtime > _ABANDONED_S:
                abandoned.unlink(missing_ok=True)
    aged: list[tuple[float, Path]] = []
    for other in path.parent.glob(f"{kind}-*{path.suffix}"):
        with contextlib.suppress(OSError):  # another process was quicker
            aged.append((other.stat().st_mtime, other))
    for _, other in sorted(aged, reverse=True)[_KEPT:]:
        if other != path:
            with contextlib.suppress(OSError):
                other.unlink()
