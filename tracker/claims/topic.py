"""What a report is about, before a sentence of it is read: its theatre, the place of its title, its first town."""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from tracker.claims.place_memory import PlaceRef
from tracker.errors import UnknownPlaceError
from tracker.model import Candidate, Place, PlaceIndex, Report, Resolution

__all__ = [
    "as_in_title",
    "as_settlements",
    "datelines",
    "first_town",
    "is_about",
    "is_dateline",
    "theatre_of",
    "title_place",
]

_SHARE_OF_THEATRE = 0.15  # of a report's places: countries with as many tell which theatre it is about
_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}(?= [A-Z])"  # "June 4 Rebels took"
# What stands behind the town that an agency's report was written in: "BEIRUT (AP) —", "KYIV, Sept 18 (Reuters) -".
_AGENCY = re.compile(
    r"[\w ,./]{0,40}(?:\((?:AP|AFP|UPI|CNN|Reuters|REUTERS|Xinhua|[A-Z]{2,6})\)|\s(?:--|[—–-])\s)"
    rf"|(?:, [A-Z][\w. ]{{1,24}})?,? {_DAY}"
)
# Neither dash nor day: "AMMAN Syrian rebels took", "KYIV, Ukraine: Its army took".
_PLAIN = re.compile(r"(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?:)? [A-Z][a-z]")
# A dateline whole: town, then country or day, then agency, then dash or colon.
_DATELINE = re.compile(
    r"(?:\A|\n)[ \t]*(?:[A-Z][A-Z.'’-]+(?: [A-Z.'’-]+){0,3}(?:[,/][ \w,./’'()]{1,50}?)?\s{0,2}(?:--|[—–:]|-\s)"
    r"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}(?:[,/][ \w,./’']{1,50}?)?\s?"
    r"(?:\((?:AP|AFP|UPI|CNN|Reuters|Reuter|Xinhua)\)|\([A-Z]{2,6}\)\s{0,2}(?:--|[—–:]|-\s))"
    rf"|[A-Z][A-Z.'’-]+(?:[ /][A-Z.'’-]+){{0,3}}(?:, [A-Z][\w. ]{{1,24}}?)?,? {_DAY})"
)
_ALONE = 1  # names
_SHORT = 4  # words of a title that is a name
_PARTICLE = 3  # letters of what a name may have without capitals: "Deir ez Zor", "Khan al Dolna"
# What a title says before a place that its report only leads to: "Advance towards X", "The Road to X".
_BOUND_FOR = (
    "toward ",
    "towards ",
    "road to ",
    "march on ",
    "march to ",
    "drive on ",
    "drive to ",
    "race to ",
    "way to ",
)
_AREAS = ("ADM", "PCL", "RGN", "CONT", "OCN", "SEA", "LK", "STM", "MT", "AIR", "MIL")


def as_settlements(title: str, title_places: Sequence[Resolution], places: PlaceIndex) -> list[Resolution]:
    """
    Return the places of a title, the one that an entry is about as a settlement: "X (X District)" is about the town.

    Parameters
    ----------
    places
        Tells which candidates are settlements.
    """
    plain, bracket, _ = title.partition("(")
    found = list(title_places)
    for k, place in enumerate(found):
        if not bracket or place.text != plain.strip() or not (place.feature or "").startswith("ADM"):
            continue
        towns = [known for known in map(partial(_known, places), place.candidates) if known is not None]
        near = [town for town in towns if town.feature.startswith("PPL") and town.country == place.country]
        if near:
            town = near[0]
            found[k] = replace(
                place, place_id=town.place_id, name=town.name, lat=town.lat, lon=town.lon, feature=town.feature,
                parent=town.parent,
            )  # fmt: skip
    return found


def _known(places: PlaceIndex, candidate: Candidate) -> Place | None:
    try:
        return places.get(candidate.place_id)
    except UnknownPlaceError:
        return None


def is_dateline(text: str, place: Resolution) -> bool:
    """
    Tell whether a place is but the capital where a report was written, as in "BEIRUT (AP) — Troops took the town".

    A town that is no capital is often the one that the report tells of.
    """
    start, end = place.start, place.end
    if place.feature != "PPLC":
        return False
    before = text[text.rfind("\n", 0, start) + 1 : start]
    capitals = text[start:end].isupper() and not any(char.islower() for char in before)
    return capitals and len(before) < 40 and (_AGENCY.match(text, end) or _PLAIN.match(text, end)) is not None


def datelines(text: str) -> list[tuple[int, int]]:
    """Return the spans that only tell where and by whom a report was written: "ERBIL, Kurdistan Region --"."""
    return [found.span() for found in _DATELINE.finditer(text)]


def theatre_of(
    resolutions: Sequence[Resolution], title_places: Sequence[Resolution], lands: Mapping[str, int]
) -> frozenset[str]:
    """
    Return the countries that a good share of the places lie in; the title's count thrice.

    Where the text says in which country its places lie (`lands`, with how often), a country that one name alone
    was found in counts for nothing: rare names are borne by towns elsewhere, too.
    """
    counts = Counter(
        place.country for place in [*resolutions, *title_places, *title_places, *title_places] if place.country
    )
    total = sum(counts.values())
    found = frozenset(country for country, count in counts.items() if count >= _SHARE_OF_THEATRE * total)
    if not lands:
        return found
    names = {(place.country, place.text.lower()) for place in [*resolutions, *title_places]}
    sure = frozenset(c for c in found if c in lands or sum(country == c for country, _ in names) > _ALONE)
    return sure or frozenset([max(lands, key=lambda country: (lands[country], country))])


def as_in_title(resolution: Resolution, title_places: Sequence[Resolution]) -> Resolution:
    """Return a place as the title has it where the title has the same name: beside its province it is surer."""
    alike = [p for p in title_places if p.place_id is not None and p.text.lower() == resolution.text.lower()]
    if not alike or any(place.place_id == resolution.place_id for place in alike):
        return resolution  # "Dolna (Dolna Region)" names both
    return replace(alike[0], start=resolution.start, end=resolution.end, text=resolution.text)


def title_place(
    report: Report, resolutions: Sequence[Resolution], title_places: Sequence[Resolution]
) -> PlaceRef | None:
    """
    Return the settlement that the title names first, as the text names it where it does.

    "Damascus – Barzeh" is about Barzeh: behind a dash stands the quarter.
    """
    title = (report.title or "").partition("(")[0]
    towns = [
        p
        for p in title_places
        if (p.place_id or len(title.split()) < 4)
        and p.end <= len(title)
        and not (p.feature or "PPL").startswith(_AREAS)
        and p.text.lower() not in {"al", "el"}
        and not title[: p.start].lower().endswith(("operation ", "task force ", *_BOUND_FOR))
    ]
    if towns:
        chosen = towns[0]
        for one, other in pairwise(towns):
            if one is chosen and title[one.end : other.start].strip() in {"–", "-", "—"}:
                chosen = other
        same = [
            r
            for r in resolutions
            if r.text.lower() == chosen.text.lower() or (r.place_id and r.place_id == chosen.place_id)
        ]
        if same:
            return PlaceRef(same[0].text, same[0].start, same[0].end, same[0])
        return PlaceRef(chosen.text, -1, -1, chosen)
    lower = title.lower()
    named = []
    for resolution in resolutions:
        at = lower.find(resolution.text.lower())
        after = lower[at + len(resolution.text) :].split()[:1]
        if (
            at >= 0
            and not lower[:at].endswith(_BOUND_FOR)
            and not (resolution.feature or "PPL").startswith(_AREAS)
            and not set(after) & {"governorate", "province", "district", "oblast"}
        ):
            named.append((at, -len(resolution.text), resolution.start, resolution))
    if not named:
        words = title.split()
        plain = (
            0 < len(words) <= 4
            and all(word[0].isupper() or "-" in word for word in words)
            and "(" in (report.title or "")
        )
        return PlaceRef(title.strip(), -1, -1, None) if plain else None
    found = min(named, key=operator.itemgetter(0, 1, 2))[3]
    return PlaceRef(found.text, found.start, found.end, found)


def first_town(resolutions: Sequence[Resolution]) -> PlaceRef | None:
    """Return the first settlement that a text names."""
    for resolution in resolutions:
        if (resolution.feature or "PPL").startswith("PPL"):
            return PlaceRef(resolution.text, resolution.start, resolution.end, resolution)
    return None


def is_about(title: str, place: PlaceRef, title_places: Sequence[Resolution] = ()) -> bool:
    """
    Tell whether a title is a place's name and little else: "Battle of X" is about a battle, "Rebels take X" news.

    The text may spell the name otherwise; `title_places` has it as the title does.
    """
    plain = title.partition("(")[0]
    names = {place.text, *(known.text for known in title_places if known.place_id and known.place_id == place.key)}
    named = plain.strip().lower().endswith(tuple(name.lower() for name in names))
    written = plain.split()
    capitals = [k for k, word in enumerate(written) if word[:1].isupper()]
    between = written[capitals[0] : capitals[-1]] if capitals else []  # not "Dolna border crossing"
    told = any(len(word) > _PARTICLE and word.isalpha() and word.islower() for word in between)
    return named and len(written) <= _SHORT and " of " not in plain and not told
