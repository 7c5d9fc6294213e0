"""Short texts are read together, a page of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np

from tracker.places.matching.scan import MARGIN
from tracker.places.names.numbers import Positions

__all__ = ["batches", "counted", "starts_of"]


def batches(texts: Iterable[str], most: Callable[[], int]) -> Iterator[list[str]]:
    """Yield texts, a page's worth of them at a time; how many characters that is may change on the way."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if size + len(text) >= most() and batch:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text) + 1
    if batch:
        yield batch


def starts_of(texts: Sequence[str]) -> list[int]:
    """Return where on their page texts begin, and last where the page ends."""
    return list(accumulate([len(text) + 1 for text in texts], initial=MARGIN))


def counted(columns: Sequence[Positions], starts: Positions) -> tuple[list[Positions], list[int]]:
    """Count positions on a page, the first column ascending, from the starts of their texts; bound each text's."""
    bounds = np.searchsorted(columns[0], starts)
    owners = np.repeat(starts[:-1], np.diff(bounds))
    return [column - owners for column in columns], bounds.tolist()
