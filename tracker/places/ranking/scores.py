"""How sure answers are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from tracker.places.ranking.facts import Floats

__all__ = ["DIGITS", "log_odds", "scores"]

_LEAST = 0.001  # log-odds of what is surer than that say nothing more
_MOST = 1.0 - _LEAST
DIGITS = 4  # of a score
_FEW = 16  # which are faster one by one
_SUREST = math.log(_MOST / _LEAST)


def scores(
    belief: Sequence[float], share: Sequence[float], weights: Mapping[str, float], *, war: Sequence[bool]
) -> list[float]:
    """
    Return how sure it is that names are places, and these places: of mentions scored 0.9, nine in ten are right.

    The scores are rounded to `DIGITS`.

    Parameters
    ----------
    belief
        That each name is a place.
    share
        Of the chosen place among all that the name may mean, NIL with them.
    weights
        Of the log-odds of both, with the bias, and with what is added in a report of fighting; fitted by
        ``benchmarks/places_fit.py``.
    war
        Whether each stands in such a report.

    Examples
    --------
    >>> plain = {"bias": 0.0, "belief": 1.0, "share": 0.0, "war": 0.0}
    >>> scores([0.9], [0.5], plain, war=[False])
    [0.9]
    """
    bias, by_belief, by_share, by_war = (weights[name] for name in ("bias", "belief", "share", "war"))
    if len(belief) < _FEW:
        odds = [
            bias + by_belief * log_odds(one) + by_share * log_odds(other) + by_war * fights
            for one, other, fights in zip(belief, share, war, strict=True)
        ]
        return [round(1.0 / (1.0 + math.exp(-one)), DIGITS) for one in odds]
    told = bias + by_belief * _log_odds(belief) + by_share * _log_odds(share) + by_war * np.array(war)
    found: list[float] = np.round(1.0 / (1.0 + np.exp(-told)), DIGITS).tolist()
    return found


def log_odds(share: float) -> float:
    """Return the log-odds of a probability, which is held away from 0 and 1 by `_LEAST`."""
    if _LEAST < share < _MOST:
        return math.log(share / (1.0 - share))
    return _SUREST if share >= _MOST else -_SUREST


def _log_odds(shares: Sequence[float]) -> Floats:
    share = np.array(shares)
    held = np.minimum(np.maximum(share, _LEAST), _MOST)
    found: Floats = np.log(held / (1.0 - held))
    return found
