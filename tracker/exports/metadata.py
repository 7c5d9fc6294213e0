"""What a file says about itself: title, abstract, licence, provenance, known time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tracker import __version__
from tracker.exports.days import records_of
from tracker.model import Layer

__all__ = ["ExportMetadata", "abstract_of", "newest_day", "provenance_of", "sources_of"]

_GEONAMES = "Place coordinates and names: GeoNames (geonames.org), CC BY 4.0."
_NATURAL_EARTH = "Outlines and rivers: Natural Earth (naturalearthdata.com), public domain."
_OSM = "Some place coordinates: OpenStreetMap contributors (openstreetmap.org/copyright), ODbL 1.0."


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMetadata:
    """
    What the maker of a file says about it; the rest is read from the layer.

    Attributes
    ----------
    title
        Title of the map.
    abstract
        What it shows, None for a sentence made from the layer.
    licence
        Licence under which the maker publishes it, None when not stated.
    author
        Who made it, None when not stated.
    """

    title: str = "Who controls what"
    abstract: str | None = None
    licence: str | None = None
    author: str | None = None


def abstract_of(layer: Layer, metadata: ExportMetadata) -> str:
    """Return the abstract: the maker's own, or one sentence on places, days, reports and known time."""
    if metadata.abstract:
        return metadata.abstract
    places = len({feature.place_id for feature in layer.features})
    reports = len({quote.report_id for record in records_of(layer) for quote in record.claims})
    first, last = layer.on or layer.start, layer.on or layer.end
    if first is None or last is None:
        days = ""
    elif first == last:
        days = f" on {first.isoformat()}"
    else:
        days = f" from {first.isoformat()} to {last.isoformat()}"
    known = f", as known by {layer.known_by.isoformat()}" if layer.known_by else ""
    return (
        f"Who controlled {_count(places, 'place')}{days}, read from {_count(reports, 'report')}{known}. "
        "Areas are drawn from points and radii: they show which place a report speaks of, not a surveyed front line. "
        "Each area cites the sentences that it rests on."
    )


def provenance_of(layer: Layer) -> list[str]:
    """Return, line by line, what made the file and whose data it carries."""
    lines = [f"Made by tracker {__version__} from dated reports: claims read, fused into states, drawn as areas."]
    lines.append(
        f"Reports published after {layer.known_by.isoformat()} were left out."
        if layer.known_by
        else "No report was left out for its date."
    )
    lines += layer.notes
    ids = {record.place_id.partition(":")[0] for record in records_of(layer)}
    lines.append(_GEONAMES)
    if "osm" in ids:
        lines.append(_OSM)
    lines.append(_NATURAL_EARTH)
    return lines


def sources_of(layer: Layer) -> list[str]:
    """Return the names of the sources that the layer quotes, by alphabet."""
    quotes = (quote for record in records_of(layer) for quote in record.claims)
    return sorted({quote.source for quote in quotes if quote.source})


def newest_day(layer: Layer) -> dt.date:
    """
    Return the day that stands for the time of writing, so that the same layer gives the same bytes.

    That is the newest claim's day, else a bound of the layer, else 1970-01-01.
    """
    claimed = max((r.newest_claim for r in records_of(layer) if r.newest_claim), default=None)
    return claimed or layer.known_by or layer.on or layer.end or dt.date(1970, 1, 1)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
