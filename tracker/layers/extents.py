"""
How far on the ground a place of a kind reaches.

Two lengths a place: its *footprint*, the ground that its name means (a town's
built-up area, a base's perimeter), and its *reach*, how far a state of it may be
taken to speak for the country around when no other place is nearer. Both are
judgements, written down in `docs/method-layers.md`; neither is tuned to a map.
"""

from __future__ import annotations

import math
from enum import IntEnum

from tracker.model import Place

__all__ = ["Tier", "footprint_m", "near_m", "reach_m", "tier_of", "yields_to_parent"]


class Tier(IntEnum):
    """Who gives way to whom: a lower tier is carved out of a higher."""

    SITE = 0
    SETTLEMENT = 1
    AREA = 2


# Footprints of sites in metres: half the usual length of such a perimeter, read off maps of Syria and Iraq.
_SITE_FOOTPRINT_M = {
    "AIRB": 2500.0, "AIRF": 1500.0, "AIRP": 2500.0, "AIRH": 500.0,
    "MILB": 1500.0, "INSM": 1000.0, "FT": 500.0,
    "OILF": 4000.0, "GASF": 4000.0, "OILR": 1500.0, "PS": 1000.0, "MN": 1500.0,
    "DAM": 1500.0, "BDG": 600.0, "CRSB": 800.0, "CSTM": 800.0, "PRT": 1000.0, "RDJCT": 800.0,
    "HLL": 1500.0, "MT": 3000.0, "PASS": 1000.0,
    "PPLX": 1200.0, "PPLH": 800.0, "UNIV": 600.0, "HSP": 300.0, "BLDG": 200.0, "SQR": 200.0, "CMP": 800.0,
}  # fmt: skip
_OTHER_SITE_M = 1000.0

# Parts of a town: what is said of the whole town is said of them too, unless they have a state of their own.
_URBAN = frozenset({"PPLX", "UNIV", "HSP", "BLDG", "SQR", "MKT", "ST", "STDM", "PRN", "CTRCM", "INDS", "RSTN"})

_INHABITANTS_PER_KM2 = 6000.0  # built-up towns of the Middle East: Demographia World Urban Areas 2023, 5,000 to 8,000
_LEAST_SETTLEMENT_M = 800.0
_MOST_SETTLEMENT_M = 15000.0

# Reach of a settlement beyond its point: half the median distance to its fourth neighbour of the same standing, by
# GeoNames places of over 500 inhabitants in Syria, Iraq, Yemen and Ukraine (8, 18, 13 and 5 km; towns of over 20,000:
# 17, 26, 48 and 18 km), so that neighbours which one side holds join up and lone places stay islands.
_REACH_M = {
    "PPLC": 28000.0, "PPLA": 24000.0, "PPLA2": 16000.0, "PPLA3": 12000.0,
    "PPLL": 6000.0, "PPLF": 6000.0, "PPLQ": 4000.0, "PPLW": 4000.0,
}  # fmt: skip
_OTHER_REACH_M = 10000.0
_REACH_BY_INHABITANTS_M = ((100_000, 24000.0), (20_000, 16000.0))
_NEAR_SHARE = 1.5  # of the footprint: how far fighting inside a place, or doubt about it, may be taken to go
_WEAKEST_SHARE = 0.5  # of the reach that a place keeps when its evidence is nil


def tier_of(place: Place) -> Tier:
    """
    Return the tier of a place by its feature code.

    Examples
    --------
    >>> tier_of(Place(place_id="a", name="Dolna", lon=0, lat=0, feature="PPL")).name
    'SETTLEMENT'
    """
    code = place.feature
    if code.startswith(("ADM", "PCL", "RGN", "TERR", "CONT", "ZN", "PRSH", "LTER")) or code in ("AREA", "DSRT", "CST"):
        return Tier.AREA
    if code.startswith("PPL") and code not in ("PPLX", "PPLH"):
        return Tier.SETTLEMENT
    return Tier.SITE


def yields_to_parent(place: Place) -> bool:
    """
    Return whether ground of this site shows what surrounds it while it has no state of its own.

    True for quarters and buildings of a town. Bases, fields, dams and crossings are
    held apart from what surrounds them too often for that: without a state of
    their own they stay blank.
    """
    return place.feature in _URBAN


def footprint_m(place: Place) -> float:
    """
    Return the radius in metres of the ground that the place's name means.

    Its own `radius_m` when the gazetteer has one; for settlements the radius of
    the disc that holds its population at 6,000 inhabitants a km², within 0.8 to 15 km.

    Examples
    --------
    >>> round(footprint_m(Place(place_id="a", name="Dolna", lon=0, lat=0, feature="PPLA", population=220_000)))
    3416
    """
    if place.radius_m is not None and place.radius_m > 0:
        return place.radius_m
    if tier_of(place) is Tier.SITE:
        return _SITE_FOOTPRINT_M.get(place.feature, _OTHER_SITE_M)
    radius = math.sqrt(max(place.population, 0) / _INHABITANTS_PER_KM2 / math.pi) * 1000
    return min(max(radius, _LEAST_SETTLEMENT_M), _MOST_SETTLEMENT_M)


def near_m(place: Place) -> float:
    """
    Return how far in metres a state speaks that is about the place itself and not the country around.

    A held town is taken to hold its surroundings; fighting inside a town, or not
    knowing who holds it, says nothing of them.
    """
    return footprint_m(place) * _NEAR_SHARE


def reach_m(place: Place, evidence: float) -> float:
    """
    Return how far in metres from its point a settlement's cell may go.

    Parameters
    ----------
    place
        A settlement; a site reaches no further than its footprint.
    evidence
        Strongest confidence of any of its states, 0 to 1: half of the kind's reach
        at 0, all of it at 1. Never less than the footprint and a quarter.
    """
    own = footprint_m(place)
    if tier_of(place) is Tier.SITE:
        return own
    crowd = next((reach for least, reach in _REACH_BY_INHABITANTS_M if place.population >= least), 0.0)
    full = max(_REACH_M.get(place.feature, _OTHER_REACH_M), crowd)
    share = _WEAKEST_SHARE + (1 - _WEAKEST_SHARE) * min(max(evidence, 0.0), 1.0)
    return max(full * share, own * 1.25)
