"""Functions in machine code (numba; needs the extra ``fast``). Loaded by what is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar, cast

import numba

__all__ = ["compiled"]

Work = TypeVar("Work", bound=Callable[..., Any])


def compiled(*, fastmath: Collection[str] = (), counted: bool = True) -> Callable[[Work], Work]:
    """
    Have a function compiled when it is first called, and keep what was compiled where that can be written.

    It lets go of the interpreter's lock, and divides by zero as numpy does.

    Parameters
    ----------
    fastmath
        LLVM's flags for sums that may be taken in another order; none: every operation as it stands.
    counted
        Whether references to arrays are counted, as a function needs that makes arrays; counting takes as long as
        reading some numbers does.
    """
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "fastmath": set(fastmath)}
    if not counted:
        options["_nrt"] = False

    def made(work: Work) -> Work:
        try:
            return cast("Work", numba.njit(cache=True, **options)(work))
        except RuntimeError:  # neither beside the file nor in the user's cache
            return cast("Work", numba.njit(**options)(work))

    return made
