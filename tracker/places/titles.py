"""
What a report's title is about, when it is written like an entry of a gazetteer.

"Darat Izza (Aleppo Governorate / Mount Simeon District)" and "Lyman (Donetsk Oblast)" name a place and the
areas that it lies in. Inside such an area a likeness of spelling is enough that would be too little in the open:
first the folded key, then the key without its vowels, then a longer name that begins or ends with the words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from tracker.model import Place, Report, Resolution
from tracker.places.gazetteer import Gazetteer
from tracker.places.locate import Asked, locate_many
from tracker.places.names.folding import folded_key
from tracker.places.ranking.answers import resolved

__all__ = ["as_titled", "locate_title", "locate_titles"]

_ENTRY = re.compile(r"\s*(?P<name>[^()/]{2,60}?)\s*\((?P<areas>[^()]{2,120})\)\s*\Z")
_QUARTER = re.compile(r"\s[–—-]\s")  # "Homs – Baba Amr": a town and its quarter, which `locate` reads
_PIECES = re.compile(r"(?:(?! and )[^/,])+")
_KINDS = re.compile(
    r"^\s*(?:and\s+)?|\b(?:[Gg]overnorates?|[Pp]rovinces?|[Oo]blasts?|[Dd]istricts?|[Ss]tates?|[Rr]egions?)\b"
)
_VOWELS = str.maketrans("", "", "iuj")  # of folded keys
_SHORTEST = 3  # consonants: with fewer, unlike names meet
_SAME_KM = 12.0  # sources put one town at points so far apart
_WORDS = 5
_BY_KEY, _BY_LIKENESS = 0.9, 0.6  # our estimate of how often the one, the other is right inside the area named


def locate_title(
    report: Report,
    gazetteer: Gazetteer,
    *,
    masks: Sequence[tuple[int, int]] = (),
    theatre: Collection[str] = frozenset(),
) -> list[Resolution]:
    """
    Return the places that a report's title names, ordered by start; spans count from the title's start.

    Parameters
    ----------
    report
        Whose title is read.
    gazetteer, masks, theatre
        As for `locate`; masks are spans of the title.
    """
    (found,) = locate_titles([Asked(report, masks, theatre)], gazetteer)
    return found


def locate_titles(asked: Sequence[Asked], gazetteer: Gazetteer) -> list[list[Resolution]]:
    """Return the places that each report's title names, as `locate_title` does; many together are read faster."""
    titled = [one._replace(report=replace(one.report, text=one.report.title)) for one in asked if one.report.title]
    located = locate_many(titled, gazetteer)
    return [_as_entry(one.report, next(located), gazetteer) if one.report.title else [] for one in asked]


def _as_entry(report: Report, found: list[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
    """Return the places found in a title, where it is written like an entry with the place that this is about."""
    title = report.title or ""
    entry = _ENTRY.match(title)
    if entry is None or _QUARTER.search(entry["name"]) or len(entry["name"].split()) > _WORDS:
        return found
    areas = _areas(entry, found, gazetteer)
    whole = [place for place in found if place.start <= entry.start("name") and place.end >= entry.end("name")]
    if not areas or any(_settled(place, areas, gazetteer) for place in whole):
        return found
    place, score = _entry_place(entry["name"], areas, gazetteer)
    if place is None:
        return found
    own = resolved(place, report.report_id, entry.start("name"), entry["name"], sure=score)
    return [own, *(other for other in found if other.start >= own.end)]


def as_titled(report: Report, resolutions: Sequence[Resolution], titled: Sequence[Resolution]) -> list[Resolution]:
    """
    Return the places of a text, with the one that an entry's title is about wherever the text names it.

    The text may spell it otherwise than the title; a mention that is only a part of the name, or that
    has found no place, gives way. Its name is the title's, which is the one that the report knows it by.
    """
    title = report.title or ""
    entry = _ENTRY.match(title)
    own = titled[0] if titled else None
    if entry is None or own is None or own.place_id is None or own.text != entry["name"] or _is_area(own):
        return list(resolutions)
    key = folded_key(own.text)
    spans = [
        (place.start, place.end)
        for place in resolutions
        if place.place_id in {None, own.place_id} and folded_key(place.text) == key
    ]
    spans += [found.span() for found in re.finditer(rf"(?<!\w){re.escape(own.text)}(?: [Cc]ity)?(?!\w)", report.text)]
    spans += _spelt_otherwise(report.text, key)
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        longer = any(
            place.start <= start and end <= place.end and place.end - place.start > end - start for place in resolutions
        )
        if not longer and (not chosen or start >= chosen[-1][1]):
            chosen.append((start, end))
    kept = [place for place in resolutions if not any(place.start < end and start < place.end for start, end in chosen)]
    kept = [replace(place, name=own.text) if place.place_id == own.place_id else place for place in kept]
    mentions = [replace(own, start=start, end=end, text=report.text[start:end], name=own.text) for start, end in chosen]
    return sorted([*kept, *mentions], key=lambda place: (place.start, place.end))


_CAPITALISED = re.compile(r"(?<![\w-])(?:(?:[Aa][lrsdznt]h?|[Ee][lrsdz])-)?[A-ZÀ-Þ][\w'’`‘]+(?![\w-])")


def _spelt_otherwise(text: str, key: str) -> list[tuple[int, int]]:
    """Return the spans of single capitalised words whose folded key is the asked one."""
    if len(key.translate(_VOWELS)) < _SHORTEST:
        return []
    return [found.span() for found in _CAPITALISED.finditer(text) if folded_key(found.group()) == key]


def _is_area(place: Resolution) -> bool:
    return (place.feature or "").startswith(("ADM", "PCL", "RGN"))


def _areas(entry: re.Match[str], found: Sequence[Resolution], gazetteer: Gazetteer) -> list[Resolution]:
    """Return the areas behind an entry's name, and the towns that districts are named after."""
    areas = [place for place in found if place.start >= entry.start("areas") and place.place_id is not None]
    countries = {area.country for area in areas if area.country}
    for piece in _PIECES.finditer(entry["areas"]) if countries else ():
        words = _KINDS.sub("", piece.group()).strip()
        for hit in gazetteer.search(words, countries=countries):
            start = entry.start("areas") + piece.start()
            if hit.place.feature == "ADM1" and hit.place.place_id not in {area.place_id for area in areas}:
                areas.append(resolved(hit.place, found[0].report_id, start, words, sure=_BY_KEY))
    return areas if any(_is_area(area) for area in areas) else []


def _settled(place: Resolution, areas: Sequence[Resolution], gazetteer: Gazetteer) -> bool:
    """Tell whether `locate` has found a place of the right kind in one of the areas."""
    if place.place_id is None or _is_area(place):
        return False
    within = {place.place_id, *gazetteer.ancestors(place.place_id)}
    named = {area.place_id for area in areas}
    return bool(within & named) or not any(area.feature == "ADM1" for area in areas)


def _entry_place(name: str, areas: Sequence[Resolution], gazetteer: Gazetteer) -> tuple[Place | None, float]:
    """Return the settlement of an area that bears the name, in any spelling, and how sure that is."""
    countries = {area.country for area in areas if area.country}
    first_order = {area.place_id for area in areas if area.feature == "ADM1"}
    hits = [hit.place for hit in gazetteer.search(name, 50, countries=countries)]
    towns = [place for place in hits if place.feature.startswith("PPL")]
    inside = [place for place in towns if not first_order or first_order & set(gazetteer.ancestors(place.place_id))]
    if inside:
        return _nearest(inside, areas) or inside[0], _BY_KEY
    for area in sorted(first_order, key=str):
        alike = _alike(name, (place for place in gazetteer.children(str(area)) if place.feature.startswith("PPL")))
        place = _nearest(alike, areas)
        if place is not None:
            return place, _BY_LIKENESS
    return None, 0.0


def _alike(name: str, places: Iterable[Place]) -> list[Place]:
    """Return the places with the same consonants, else those whose name begins or ends with the same name."""
    asked = folded_key(name)
    if len(asked.translate(_VOWELS)) < _SHORTEST:
        return []
    same, longer = [], []
    for place in places:
        words = place.name.split()
        if _rhyme(folded_key(place.name), asked):
            same.append(place)
        elif any(
            _rhyme(folded_key(" ".join(piece)), asked)
            for cut in range(1, len(words))
            for piece in (words[:cut], words[cut:])
        ):
            longer.append(place)
    return same or longer


def _rhyme(one: str, other: str) -> bool:
    """Tell whether two folded keys differ in nothing but which vowels they have, and where."""
    return len(one) == len(other) and one.translate(_VOWELS) == other.translate(_VOWELS)


def _nearest(places: Sequence[Place], areas: Sequence[Resolution]) -> Place | None:
    """Return the place that is nearest to the smallest area named, else the one that all others lie beside."""
    if not places:
        return None
    best = max(places, key=lambda place: (place.population, place.place_id))
    within = [area for area in areas if area.feature == "ADM2" or (area.feature or "").startswith("PPL")]
    district = next((area for area in within if area.lat is not None and area.feature != "PPLC"), None)
    if district is not None and district.lat is not None and district.lon is not None:
        lat, lon = district.lat, district.lon
        return min(places, key=lambda place: (_km(place.lat, place.lon, lat, lon), place.place_id))
    if best.population or all(_km(place.lat, place.lon, best.lat, best.lon) <= _SAME_KM for place in places):
        return best
    return None


def _km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the distance on a plane, near enough inside one area."""
    return 111.2 * math.hypot(lat_a - lat_b, (lon_a - lon_b) * math.cos(math.radians(lat_a)))
