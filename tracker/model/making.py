"""Records made by the hundred thousand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from itertools import repeat
from typing import Any, TypeVar, cast

__all__ = ["records"]

Kind = TypeVar("Kind")


def records(kind: type[Kind], count: int, **columns: Iterable[Any]) -> list[Kind]:
    """
    Return so many records of a frozen class with slots, made of columns; the other fields have their defaults.

    It takes a tenth of the time that the class takes, which sets each field by its name, past its own guard.

    Examples
    --------
    >>> from tracker.model import Candidate
    >>> places = [["gn:1", "gn:2"], ["Homs", "Hama"], [34.7, 35.1], [36.7, 36.8]]
    >>> made = records(Candidate, 2, **dict(zip(["place_id", "name", "lat", "lon"], places)), score=[0.9, 0.1])
    >>> made[1]
    Candidate(place_id='gn:2', name='Hama', lat=35.1, lon=36.8, score=0.1)
    """
    if count == 1:
        one = object.__new__(kind)
        for name, put, default in _setters(cast("Any", kind)):
            put(one, next(iter(columns[name])) if name in columns else default)
        return [one]
    made = [object.__new__(kind) for _ in range(count)]
    for name, put, default in _setters(cast("Any", kind)):
        deque(map(put, made, columns[name] if name in columns else repeat(default)), maxlen=0)
    return made


@cache
def _setters(kind: type[Any]) -> list[tuple[str, Callable[[Any, Any], None], Any]]:
    return [(field.name, vars(kind)[field.name].__set__, field.default) for field in fields(kind)]
