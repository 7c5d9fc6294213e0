"""How sure an answer is."""

from __future__ import annotations

import math
from collections.abc import Mapping

__all__ = ["log_odds", "score"]

_LEAST = 0.001  # log-odds of what is surer than that say nothing more
_MOST = 1.0 - _LEAST
_SUREST = math.log(_MOST / _LEAST)


def score(belief: float, share: float, weights: Mapping[str, float], *, war: bool) -> float:
    """
    Return how sure it is that a name is a place, and this place: of mentions scored 0.9, nine in ten are right.

    Parameters
    ----------
    belief
        That the name is a place.
    share
        Of the chosen place among all that the name may mean, NIL with them.
    weights
        Of the log-odds of both, with the bias, and with what is added in a report of fighting; fitted by
        ``benchmarks/places_fit.py``.

    Examples
    --------
    >>> plain = {"bias": 0.0, "belief": 1.0, "share": 0.0, "war": 0.0}
    >>> round(score(0.9, 0.5, plain, war=False), 3)
    0.9
    """
    odds = weights["bias"] + weights["belief"] * log_odds(belief) + weights["share"] * log_odds(share)
    return 1.0 / (1.0 + math.exp(-odds - weights["war"] * war))


def log_odds(share: float) -> float:
    """Return the log-odds of a probability, which is held away from 0 and 1 by `_LEAST`."""
    if _LEAST < share < _MOST:
        return math.log(share / (1.0 - share))
    return _SUREST if share >= _MOST else -_SUREST
