"""
Where the project's own data files lie.

In a checkout that is ``data/`` beside the package; in an installed wheel it is
``tracker/_data``, the same tree carried inside the package.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from tracker.errors import InputError

__all__ = ["cache_folder", "data_path"]


@cache
def _data_root() -> Path:
    package = Path(__file__).resolve().parent
    for root in (package / "_data", package.parent / "data"):
        if root.is_dir():
            return root
    raise InputError("the data folder of the package is missing", path=package, cure="Install the package again.")


def data_path(*parts: str) -> Path:
    """
    Return the path of a shipped data file.

    Parameters
    ----------
    parts
        Path below the data folder, e.g. ``("gazetteer", "README.md")``.

    Raises
    ------
    InputError
        If the file is missing, which means that the installation is damaged.

    Examples
    --------
    >>> data_path("gazetteer").name
    'gazetteer'
    """
    path = _data_root().joinpath(*parts)
    if not path.exists():
        raise InputError("a data file of the package is missing", path=path, cure="Install the package again.")
    return path


def cache_folder() -> Path:
    """
    Return the user's cache folder for compiled indexes; it may not exist yet.

    ``TRACKER_CACHE`` overrides it; otherwise the XDG rule holds
    (``$XDG_CACHE_HOME`` or ``~/.cache``, then ``tracker``).
    """
    own = os.environ.get("TRACKER_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tracker"
