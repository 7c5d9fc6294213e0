"""Python's search for objects that only refer to each other, put off while many are made that all are wanted."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["collector_at_rest"]


@contextlib.contextmanager
def collector_at_rest() -> Iterator[None]:
    """
    Put the collector off, and on again where it was on.

    Reading a batch of reports makes some hundred thousand objects, none of them in a circle; going through all
    that is loaded for it, again and again, takes a tenth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
