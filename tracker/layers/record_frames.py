"""Any records as tables: layers, claims and states, each in the shape that pandas users expect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, overload

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from tracker.errors import UsageError
from tracker.layers.frames import days_series, layer_to_frame
from tracker.model import Claim, Layer, State

__all__ = ["claims_to_frame", "states_to_frame", "to_frame"]


@overload
def to_frame(records: Layer | Iterable[Claim]) -> gpd.GeoDataFrame: ...
@overload
def to_frame(records: Iterable[State]) -> pd.DataFrame: ...
def to_frame(records: Layer | Iterable[Claim] | Iterable[State]) -> pd.DataFrame:
    """
    Return a layer, claims or states as a table, one row each, in their order.

    A layer and claims become a GeoDataFrame (EPSG:4326), states a DataFrame: they have no geometry
    before they are drawn. Days are UTC midnights (``datetime64[ms, UTC]``, NaT for none or open).

    Raises
    ------
    UsageError
        If the records are neither, or of both kinds. No records at all become a table of claims without rows.

    Examples
    --------
    >>> len(to_frame([]))
    0
    """
    if isinstance(records, Layer):
        return layer_to_frame(records)
    told = list(records)
    claims = [r for r in told if isinstance(r, Claim)]
    states = [r for r in told if isinstance(r, State)]
    if len(claims) == len(told):
        return claims_to_frame(claims)
    if len(states) == len(told):
        return states_to_frame(states)
    other = next((r for r in told if not isinstance(r, Claim | State)), told[0])
    raise UsageError(f"a table is made of a layer, of claims or of states, not of {type(other).__name__} among them.")


def claims_to_frame(claims: Sequence[Claim]) -> gpd.GeoDataFrame:
    """
    Return claims as a table with a point each, none where the place is not known.

    Columns are those of `Claim`, the place's own with ``place_`` before them (`lon` and `lat` as they are),
    and `fraction_min`, `fraction_max` for the share.
    """
    places = [c.place for c in claims]
    columns: dict[str, Any] = {
        "claim_id": _texts(c.claim_id for c in claims),
        "report_id": _texts(c.report_id for c in claims),
        "kind": _texts(str(c.kind) for c in claims),
        "actor": _texts(c.actor for c in claims),
        "counter_actor": _texts(c.counter_actor for c in claims),
        "place_id": _texts(p.place_id for p in places),
        "place_name": _texts(p.name for p in places),
        "place_text": _texts(p.text for p in places),
        "place_feature": _texts(p.feature for p in places),
        "place_score": _reals(p.score for p in places),
        "part": _texts(c.part for c in claims),
        "fraction_min": _reals(c.fraction[0] if c.fraction else None for c in claims),
        "fraction_max": _reals(c.fraction[1] if c.fraction else None for c in claims),
        "distance_m": _reals(c.distance_m for c in claims),
        "bearing_deg": _reals(c.bearing_deg for c in claims),
        "valid_time": _texts(c.valid_time for c in claims),
        "valid_from": days_series([c.valid_from for c in claims]),
        "valid_to": days_series([c.valid_to for c in claims]),
        "modality": _texts(str(c.modality) for c in claims),
        "attributed_to": _texts(c.attributed_to for c in claims),
        "quote": _texts(c.quote for c in claims),
        "published": days_series([c.published for c in claims]),
        "source": _texts(c.source for c in claims),
        "url": _texts(c.url for c in claims),
        "confidence": _reals(c.confidence for c in claims),
        "rule": _texts(c.rule for c in claims),
        "lon": _reals(p.lon for p in places),
        "lat": _reals(p.lat for p in places),
    }
    points = [None if p.lon is None or p.lat is None else shapely.Point(p.lon, p.lat) for p in places]
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(points, crs="EPSG:4326"), crs="EPSG:4326")


def states_to_frame(states: Sequence[State]) -> pd.DataFrame:
    """
    Return states as a table.

    Columns are those of `State`; `candidates` is a text (``a 0.60, b 0.40``), `fraction_min` and `fraction_max` the
    share, `claim_ids` and `against_ids` lists, and `days` how long the state held, NaN while a bound is open.
    """
    starts, ends = days_series([s.valid_from for s in states]), days_series([s.valid_to for s in states])
    return pd.DataFrame(
        {
            "place_id": _texts(s.place_id for s in states),
            "part": _texts(s.part for s in states),
            "status": _texts(str(s.status) for s in states),
            "holder": _texts(s.holder for s in states),
            "candidates": _texts(", ".join(f"{c.actor} {c.p:.2f}" for c in s.candidates) for s in states),
            "fraction_min": _reals(s.fraction[0] if s.fraction else None for s in states),
            "fraction_max": _reals(s.fraction[1] if s.fraction else None for s in states),
            "besieged": pd.Series([s.besieged for s in states], dtype="bool"),
            "besieger": _texts(s.besieger for s in states),
            "valid_from": starts,
            "valid_to": ends,
            "days": _reals(_days_between(s.valid_from, s.valid_to) for s in states),
            "probability": _reals(s.probability for s in states),
            "confidence": _reals(s.confidence for s in states),
            "doubt": _reals(s.doubt for s in states),
            "newest_claim": days_series([s.newest_claim for s in states]),
            "n_reports": pd.Series([s.n_reports for s in states], dtype="int64"),
            "n_sources": pd.Series([s.n_sources for s in states], dtype="int64"),
            "claim_ids": pd.Series([list(s.claim_ids) for s in states], dtype="object"),
            "against_ids": pd.Series([list(s.against_ids) for s in states], dtype="object"),
            "reason": _texts(s.reason for s in states),
        }
    )


def _days_between(start: dt.date | None, end: dt.date | None) -> float | None:
    return None if start is None or end is None else float((end - start).days)


def _texts(values: Iterable[str | None]) -> pd.Series:
    return pd.Series(list(values), dtype="object")


def _reals(values: Iterable[float | None]) -> pd.Series:
    return pd.Series([np.nan if v is None else v for v in values], dtype="float64")
