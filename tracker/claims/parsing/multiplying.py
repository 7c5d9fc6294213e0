"""A parser's matrices multiplied by numpy's own library, which takes half the time of spaCy's, on one thread."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

__all__ = ["multiply_by_numpy", "on_one_thread"]

# What numpy's library may call itself: as in its own packages, with long and short integers, and elsewhere.
_NAMES = ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads", "openblas_{}_num_threads")
_TURN = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Threads:
    """How many threads numpy's library multiplies on: asked and told."""

    asked: Callable[[], int]
    told: Callable[[int], Any]


@cache
def _threads() -> _Threads | None:
    """Return the threads of numpy's library; None where it is one that can't be told how many it may use."""
    try:
        module: Any = importlib.import_module("numpy._core._multiarray_umath")
        library = ctypes.CDLL(module.__file__)  # looks into the libraries that this one was linked with, too
    except (ImportError, OSError):
        return None
    for name in _NAMES:
        with contextlib.suppress(AttributeError):
            return _Threads(getattr(library, name.format("get")), getattr(library, name.format("set")))
    return None


def multiply_by_numpy(nlp: Any) -> None:
    """
    Make a pipeline that runs on the processor multiply by numpy's library.

    Matrices as small as a parser's are through before several threads have agreed on who does what, and
    waiting costs more than multiplying: where it can't be kept `on_one_thread`, the pipeline stays as it is.
    """
    if _threads() is None:
        return
    from thinc.api import NumpyOps  # noqa: PLC0415  (with spaCy, which takes a second to load)

    plain = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        for node in model.walk() if hasattr(model, "walk") else ():
            if type(node.ops) is not NumpyOps:
                return
            node.ops = plain


@contextlib.contextmanager
def on_one_thread() -> Iterator[None]:
    """Keep numpy's library on one thread, one caller at a time, and give it the others back."""
    threads = _threads()
    if threads is None:
        yield
        return
    with _TURN:
        before = threads.asked()
        threads.told(1)
        try:
            yield
        finally:
            threads.told(before)
