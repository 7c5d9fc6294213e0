"""What was worked out once about a word or a name, kept for the next time it stands in a text."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

__all__ = ["Memo"]

_MOST = 50_000  # keys that are kept; a war's reports have fewer different words
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memo(dict[Key, Value]):
    """
    A dictionary that works out what it does not hold, and forgets all when it holds too much.

    Examples
    --------
    >>> lengths = Memo(len)
    >>> lengths["Homs"], lengths
    (4, {'Homs': 4})
    """

    def __init__(self, make: Callable[[Key], Value], most: int = _MOST) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._make(key)
        return value
