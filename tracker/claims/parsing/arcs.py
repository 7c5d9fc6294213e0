"""Trees by a transition parser's weights alone: its loop in machine code, where numba is installed and it pays."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

__all__ = ["Arcs", "machine"]

_LOOKED_AT, _PIECES = 8, 2  # words of a state, and pieces of its hidden layer, in spaCy's small models
_ROWS = 512  # words at a time, which stay in the processor's cache
_DECORATED = "||"  # in labels of words that hang elsewhere than where the parser could hang them


@cache
def machine() -> Any | None:
    """Return the loops in machine code; None where numba is not installed, or not for this numpy."""
    try:
        return importlib.import_module("tracker.claims.parsing.machine")
    except ImportError:
        return None


class Arcs:
    """
    A parser's weights, laid out for `machine.parse`.

    Parameters
    ----------
    parser
        One that `stepping.can_step`, of which `fit` is true.
    loops
        What `machine` returns.
    """

    def __init__(self, parser: Any, loops: Any) -> None:
        import numpy as np  # noqa: PLC0415

        self._parse = loops.parse
        _, lower, upper = parser.model.layers
        wide = lower.get_param("W")
        self._lower = np.ascontiguousarray(wide.reshape(-1, wide.shape[-1]).T)
        names = _names(parser)
        self._scorer = loops.Scorer(
            pad=np.array(lower.get_param("pad")).reshape(-1),
            bias=np.array(lower.get_param("b")).reshape(-1),
            weights=np.ascontiguousarray(upper.get_param("W").T),
            extra=np.array(upper.get_param("b")),
            kinds=np.array([loops.MOVES.index(name[0]) for name in names]),
        )
        self._labels = [*(name[2:] for name in names), "ROOT"]
        self._decorated = np.array([_DECORATED in label for label in self._labels])

    @staticmethod
    def fit(parser: Any) -> bool:
        """Tell whether a parser is built as those of spaCy's small models."""
        _, lower, _ = parser.model.layers
        built = lower.get_dim("nF") == _LOOKED_AT and lower.get_dim("nP") == _PIECES
        known = all(name[:2] in {"S", "D", "L-", "R-", "B-"} and name[2:] != "subtok" for name in _names(parser))
        return built and known and type(parser.moves).__name__ == "ArcEager" and len(parser.postprocesses) == 1

    def rows(self, vectors: Any, lengths: Sequence[int]) -> Iterator[tuple[list[str], list[int]] | None]:
        """
        Yield the labels of each sentence's words, and how far off their heads stand.

        None for a sentence of which a word belongs elsewhere than the parser could hang it: spaCy alone tells where.
        """
        import numpy as np  # noqa: PLC0415

        ends = np.cumsum(lengths)
        heads, taken = np.empty(len(vectors), np.int64), np.empty(len(vectors), np.int64)
        first = 0
        while first < len(lengths):
            start = ends[first] - lengths[first]
            last = max(first + 1, int(np.searchsorted(ends, start + _ROWS, side="right")))
            stop = ends[last - 1]
            cached = vectors[start:stop] @ self._lower
            self._parse(cached, self._scorer, ends[first:last] - start, heads[start:stop], taken[start:stop])
            first = last
        whole = np.arange(len(vectors)) - np.repeat(ends - lengths, lengths)  # each word's number in its sentence
        steps = np.where(heads < 0, 0, heads - whole).tolist()
        moved = set(np.flatnonzero(self._decorated[taken]).tolist())
        labels = [self._labels[move] for move in taken.tolist()]
        start = 0
        for length in lengths:
            stop = start + length
            away = moved and not moved.isdisjoint(range(start, stop))
            yield None if away else (labels[start:stop], steps[start:stop])
            start = stop


def _names(parser: Any) -> list[str]:
    return [parser.moves.get_class_name(k) for k in range(parser.moves.n_moves)]
