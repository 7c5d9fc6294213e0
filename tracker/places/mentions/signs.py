"""What speaks for and against a name's being a place, and what it comes to; each set of signs is weighed once."""

from __future__ import annotations

import math
from collections.abc import Mapping

__all__ = ["SignBook", "Signs", "likelihood"]

_PERSON = frozenset({"given_before", "title", "full_name", "speech"})  # who stands in a list with people is one of them
_PLACED = frozenset({"locative", "of", "taken", "cue", "container"})  # "in Lyman Russian troops" is no full name
_MOST = 50_000  # sets of signs that are kept
Weights = Mapping[str, float]


def likelihood(odds: float) -> float:
    """Return the probability that has these log-odds."""
    return 1.0 / (1.0 + math.exp(-odds))


class Signs(tuple[str, ...]):  # noqa: SLOT001 - a tuple's slots hold its items alone
    """
    Some signs, in the order in which they were seen; each has a weight in ``data/places/weights.toml``.

    Attributes
    ----------
    odds
        Log-odds that what bears them is a place.
    hopeless
        Whether a name that the gazetteer does not hold, in any spelling, is no place by them.
    lost
        Whether it is none, even where the report names a place so elsewhere.
    personal
        Whether they tell that the name is a person's.
    full
        Whether they may: what looks like a first name and a last one.
    open
        Whether what they tell befalls people as well as places.
    listable
        Whether they leave room for its standing in a list of places.
    leads
        Whether more capitalised words stand before it.
    goes_on
        Whether more stand behind it.
    """

    odds: float
    hopeless: bool
    lost: bool
    personal: bool
    full: bool
    open: bool
    listable: bool
    leads: bool
    goes_on: bool
    _book: SignBook
    _more: dict[str, Signs]

    def plus(self, sign: str) -> Signs:
        """Return these signs and then one more."""
        found = self._more.get(sign)
        if found is None:
            found = self._more[sign] = self._book.of((*self, sign))
        return found

    def others(self, signs: tuple[str, ...]) -> Signs:
        """Return other signs, weighed as these are."""
        return self._book.of(signs)


class SignBook:
    """
    Weighs sets of signs, and remembers what they come to.

    Examples
    --------
    >>> book = SignBook({"bias": -1.0, "locative": 2.0, "threshold": 0.3})
    >>> signs = book.of(()).plus("locative")
    >>> signs, signs.odds, signs is book.of(("locative",))
    (('locative',), 1.0, True)
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._known: dict[tuple[str, ...], Signs] = {}

    def of(self, signs: tuple[str, ...]) -> Signs:
        """Return a set of signs with what it comes to."""
        found = self._known.get(signs)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[signs] = self._weighed(signs)
        return found

    def _weighed(self, signs: tuple[str, ...]) -> Signs:
        found = Signs(signs)
        weights = self._weights
        found.odds = weights["bias"] + sum([weights.get(sign, 0.0) for sign in signs])
        unknown = found.odds + weights.get("unknown", 0.0) + max(0.0, weights.get("swallowed", 0.0))
        found.hopeless = likelihood(unknown) < weights["threshold"]
        found.lost = found.hopeless and likelihood(unknown + weights.get("place_elsewhere", 0.0)) < weights["threshold"]
        found.personal = (
            "title" in signs
            or "given_before" in signs
            or ("speech" in signs and "capital_before" in signs)
            or "aged_after" in signs
        )
        found.full = found.personal or ("full_name" in signs and _PLACED.isdisjoint(signs))
        found.open = "peril_after" in signs
        found.listable = _PERSON.isdisjoint(signs)
        found.leads, found.goes_on = "capital_before" in signs, "capital_after" in signs
        found._book, found._more = self, {}  # noqa: SLF001 - its own
        return found
