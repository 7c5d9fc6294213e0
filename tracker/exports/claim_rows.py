"""The claims that a layer quotes, as tables: each claim once, and which row rests on which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from tracker.exports.rows import Columns, frame_of, geo_frame_of, row_id
from tracker.model import ClaimQuote, Layer, LayerFeature
from tracker.model.layer import LayerLine

__all__ = ["claim_links_frame", "claim_object", "claims_frame", "web_link"]


def claims_frame(layer: Layer) -> gpd.GeoDataFrame:
    """Return one row a claim that any state, siege or approach of the layer quotes, at its place."""
    found: dict[str, tuple[ClaimQuote, LayerFeature | LayerLine]] = {}
    for record, _ in _quoting(layer):
        for quote in record.claims:
            found.setdefault(quote.claim_id, (quote, record))
    chosen = [found[claim_id] for claim_id in sorted(found)]
    columns: Columns = {
        "claim_id": ("text", [q.claim_id for q, _ in chosen]),
        "report_id": ("text", [q.report_id for q, _ in chosen]),
        "place_id": ("text", [r.place_id for _, r in chosen]),
        "name": ("text", [r.name for _, r in chosen]),
        "kind": ("text", [str(q.kind) for q, _ in chosen]),
        "actor": ("text", [q.actor for q, _ in chosen]),
        "valid_time": ("text", [q.valid_time for q, _ in chosen]),
        "quote": ("text", [q.quote for q, _ in chosen]),
        "source": ("text", [q.source for q, _ in chosen]),
        "published": ("day", [q.published for q, _ in chosen]),
        "url": ("text", [web_link(q.url) for q, _ in chosen]),
    }
    return geo_frame_of(columns, _points_of([r for _, r in chosen]))


def claim_links_frame(layer: Layer) -> pd.DataFrame:
    """Return one row for each claim that a row of areas, sieges or approaches rests on, and how it speaks."""
    links = [
        (identity, quote.claim_id, quote.stance)
        for record, identity in _quoting(layer)
        for quote in sorted(record.claims, key=lambda q: (q.claim_id, q.stance))
    ]
    return frame_of(
        {
            "row_id": ("text", [link[0] for link in links]),
            "claim_id": ("text", [link[1] for link in links]),
            "stance": ("text", [link[2] for link in links]),
        }
    )


def claim_object(quote: ClaimQuote) -> dict[str, str | None]:
    """Return one quote as a JSON object, in the record's own order."""
    return {
        "claim_id": quote.claim_id,
        "report_id": quote.report_id,
        "quote": quote.quote,
        "kind": str(quote.kind),
        "actor": quote.actor,
        "source": quote.source,
        "published": quote.published.isoformat() if quote.published else None,
        "valid_time": quote.valid_time,
        "url": quote.url,
        "stance": quote.stance,
    }


def web_link(url: str | None) -> str | None:
    """Return a link that may be clicked: of the web alone, not of files or scripts."""
    return url if url is not None and url.lower().startswith(("http://", "https://")) else None


def _quoting(layer: Layer) -> Iterable[tuple[LayerFeature | LayerLine, str]]:
    for feature in layer.features:
        yield feature, row_id(feature, "area")
    for line in layer.lines:
        yield line, row_id(line, line.kind)


def _points_of(records: Sequence[LayerFeature | LayerLine]) -> Sequence[Any]:
    places = [
        record.point if isinstance(record, LayerFeature) else record.geometry.centroid.coords[0] for record in records
    ]
    points: Sequence[Any] = shapely.points(places) if places else []
    return points
