"""The gazetteer behind geopy's geocoder contract: (lat, lon) outside, no network."""

from __future__ import annotations

import inspect
import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from tracker.model import Place
from tracker.places.gazetteer import Gazetteer
from tracker.places.lexicon import CueType, lexicon
from tracker.places.names.folding import exact_key, folded_key, unjoined

__all__ = ["GazetteerGeocoder"]

_STRUCTURED = ("city", "town", "village", "amenity", "county", "state", "country", "name")
_COUNTRY = ("PCL",)
_COUNTY = ("ADM2", "ADM3")
_KINDS = {  # feature codes that a key asks for first
    "city": ("PPL",), "town": ("PPL",), "village": ("PPL",), "county": _COUNTY, "state": ("ADM1",),
    "country": _COUNTRY,
}  # fmt: skip
# Languages that are not written in Latin letters: a name in these is a transliteration.
_OTHER_SCRIPTS = frozenset({
    "am", "ar", "be", "bg", "ckb", "el", "fa", "he", "hi", "hy", "ja", "ka", "ko", "mk", "my", "ps", "ru", "th", "ti",
    "uk", "ur", "zh",
})  # fmt: skip
_MOST = 50  # candidates that one query returns at most
_REVERSE_KM = 100.0  # nothing farther away is where a point is
_EARTH_KM = 6371.0088
_CODE = 2  # letters of a country's code
_SHORTEST = 2  # letters of a key that unrelated names and codes share: such names are found as they are spelt
_WEIGHTY = 0.35  # km by which a place with ten times the people may be farther away and still be the answer to reverse


class _Asked(NamedTuple):
    """One part of a query: a name, and the beginnings of the feature codes that it had better have; none: any."""

    name: str
    kinds: tuple[str, ...] = ()


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """
    Geocode with the shipped gazetteer, or any other, by geopy's rules.

    Parameters
    ----------
    gazetteer
        None: the shipped gazetteer of the world.
    fallback
        A geopy geocoder, a function like its ``geocode``, or a sequence of such, asked one after the other when the
        gazetteer knows no answer. None: nothing leaves this machine.
    min_delay_seconds
        Least time between two questions to one of them; one second is what Nominatim asks for. An answer is kept as
        long as this geocoder lives, and its question never asked again.

    Notes
    -----
    Works with `geopy.extra.rate_limiter.RateLimiter` and ``geopandas.tools.geocode(names, GazetteerGeocoder)``.
    Points and ``Location.latitude``/``longitude`` are (lat, lon), as everywhere in geopy.

    Examples
    --------
    >>> geocoder = GazetteerGeocoder()  # doctest: +SKIP
    >>> geocoder.geocode("Deir Ezzor, Syria").raw["place_id"]  # doctest: +SKIP
    'gn:170794'
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        fallback: Any = None,
        min_delay_seconds: float = 1.0,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self._given = gazetteer
        self._points: np.ndarray[Any, np.dtype[np.float64]] | None = None
        others = fallback if isinstance(fallback, list | tuple) else [] if fallback is None else [fallback]
        self._others = [_Polite(other, min_delay_seconds) for other in others]

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer that answers; the world's is opened when it is first asked for."""
        if self._given is None:
            self._given = Gazetteer.load()
        return self._given

    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        country_codes: str | Collection[str] | None = None,
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """
        Return the place that a name means.

        Parameters
        ----------
        query
            A name, with what holds it after commas ("Springfield, Illinois, US"), or a mapping with one of the keys
            ``city``, ``county``, ``state``, ``country``, ``name``, the narrower ones held by the wider: a ``state`` is
            an area rather than the town of its name, a ``city`` a town; a ``country`` may be its ISO 3166-1 code.
        exactly_one
            Return the best one; otherwise a list, best first.
        timeout
            Accepted for geopy's sake; handed to the fallback.
        limit
            Length of that list.
        country_codes
            ISO 3166-1 alpha-2 codes: answers lie in one of them; none: in any.
        language
            ISO 639-1 code, with a region or without ("ar", "ar-SY"): answers and what holds them bear the names that
            they have in it today, where one is known.

        Returns
        -------
        location
            None when there is no answer.

        Raises
        ------
        GeocoderQueryError
            If the query is empty, no text, or has unknown keys, or if `limit` is less than 1.
        """
        asked = _asked(query)
        parts = [one.name for one in asked]
        wanted = _codes(country_codes)
        places = self._search(asked, wanted)[: _most(limit, _MOST)]
        if places:
            found = [self._location(place, language) for place in places]
            return found[0] if exactly_one else found
        settings = {
            "limit": limit,
            "language": language,
            "country_codes": sorted(code.lower() for code in wanted or ()),
        }
        return self._elsewhere("geocode", ", ".join(parts), exactly_one, timeout, settings)

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int | None = None,
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """
        Return the place at or nearest to a point, (lat, lon); larger places win where two are about as near.

        Raises
        ------
        GeocoderQueryError
            If the query is no point, or if `limit` is less than 1.
        """
        if query is None:
            raise GeocoderQueryError("no point: None")
        most = _most(limit, 1 if exactly_one else 10)
        try:
            point = query if isinstance(query, Point) else Point(query)
        except (TypeError, ValueError) as error:
            raise GeocoderQueryError(f"no point: {query!r} ({error})") from None
        ordered = self._nearest(point.latitude, point.longitude)[:most]
        if not ordered:
            asked = f"{point.latitude}, {point.longitude}"
            return self._elsewhere("reverse", asked, exactly_one, timeout, {"language": language})
        found = [self._location(place, language) for place in ordered]
        return found[0] if exactly_one else found

    def _elsewhere(self, verb: str, query: str, exactly_one: bool, timeout: Any, settings: Mapping[str, Any]) -> Any:
        """Ask the others in turn; one that fails is passed over, unless it is the last."""
        given = {} if timeout is DEFAULT_SENTINEL else {"timeout": timeout}
        given |= {key: value for key, value in settings.items() if value}
        for number, other in enumerate(self._others, start=1):
            try:
                answer = other.ask(verb, query, exactly_one, given)
            except GeocoderServiceError:
                if number == len(self._others):
                    raise
                continue
            if answer:
                return answer
        return None

    def _search(self, asked: Sequence[_Asked], wanted: frozenset[str] | None) -> list[Place]:
        holders = [held for one in asked[1:] if (held := self._called(one, wanted))]
        if len(holders) < len(asked) - 1:
            return []
        places = self._called(asked[0], wanted)
        for held in holders:
            places = [place for place in places if any(_holds(holder, place) for holder in held)]
        return places

    def _called(self, asked: _Asked, wanted: frozenset[str] | None) -> list[Place]:
        """Return the places of a name, or of a name and its kind: "Raqa province", "Nineveh Governorate"."""
        if asked.kinds == _COUNTRY and len(asked.name) == _CODE and asked.name.isalpha():
            code = asked.name.upper()
            meant = [place.place_id for place in self._countries() if place.country == code]
            return [self.gazetteer.get(place_id) for place_id in meant if wanted is None or code in wanted]
        name, cue = _typed(asked.name)
        places = self._named(asked.name, wanted, kinds=asked.kinds) or (self._named(name, wanted, cue) if cue else [])
        if asked.kinds == _COUNTY and not any(place.feature.startswith(_COUNTY) for place in places):
            places = self._named(f"{asked.name} County", wanted) + places
        return places

    def _named(
        self,
        name: str,
        wanted: frozenset[str] | None,
        cue: CueType | None = None,
        kinds: tuple[str, ...] = (),
    ) -> list[Place]:
        """Return the places of a name, those of some kinds where any is: its own spelling first, then by rank."""
        asked, key = exact_key(name), folded_key(name)
        best: dict[int, bool] = {}
        for text, ordinal in self.gazetteer.lookup(key):
            exact = exact_key(text) == asked
            if exact or len(key) > _SHORTEST:
                best[ordinal] = best.get(ordinal, False) or exact
        aliases = {short.upper(): code for code, short in _SHORT.items()}
        if not best and name.upper() in aliases:
            return self._named(aliases[name.upper()], wanted, kinds=kinds)
        if not best:
            variants = (self._named(bare, wanted, cue, kinds) for bare in unjoined(name))
            return next((places for places in variants if places), [])
        found = [(self.gazetteer.at(ordinal), exact) for ordinal, exact in best.items()]
        kept = [
            (place, exact)
            for place, exact in found
            if (wanted is None or place.country in wanted) and (cue is None or cue.takes(place.feature))
        ]
        spelt = kinds != _COUNTRY and any(
            exact for _, exact in kept
        )  # another spelling of the right kind is none of the name itself
        kept = [one for one in kept if one[0].feature.startswith(kinds) and one[1] >= spelt] or kept
        seats = {(place.country, place.admin1) for place, _ in kept if place.feature.startswith(("PPLA", "PPLC"))}
        kept.sort(key=lambda pair: (not pair[1], _rank(pair[0], seats), -pair[0].population, pair[0].place_id))
        return [place for place, _ in kept]

    def _countries(self) -> list[Place]:
        """Return the states and dependencies."""
        index = self.gazetteer.index
        codes = [number for number, feature in enumerate(index.tables["feature"]) if feature.startswith(_COUNTRY)]
        rows = np.flatnonzero(np.isin(index.arrays["place_feature"], codes)).tolist()
        return self.gazetteer.sketches(rows)

    def _nearest(self, lat: float, lon: float) -> list[Place]:
        arrays = self.gazetteer.index.arrays
        if self._points is None:
            self._points = _unit(np.radians(arrays["place_lat"]), np.radians(arrays["place_lon"]))
        target = _unit(np.radians(np.array([lat])), np.radians(np.array([lon])))[0]
        kilometres = _EARTH_KM * np.arccos(np.clip(self._points @ target, -1.0, 1.0))
        close = np.flatnonzero(kilometres <= _REVERSE_KM)
        people = np.log10(arrays["place_population"][close].astype(np.float64) + 1.0)
        order = close[np.argsort(kilometres[close] - _WEIGHTY * people, kind="stable")]
        places = (self.gazetteer.at(int(ordinal)) for ordinal in order[: 4 * _MOST])
        return [place for place in places if not place.feature.startswith(("ADM", "PCL"))][:_MOST]

    def _location(self, place: Place, language: str | None) -> Location:
        """Cross over to geopy: (lat, lon), an address, and the record in ``raw``."""
        name = _called(place, language)
        address = ", ".join(dict.fromkeys(filter(None, (name, *self._holders(place, language)))))
        raw = {
            "place_id": place.place_id,
            "name": name,
            "feature": place.feature,
            "country": place.country,
            "admin1": place.admin1,
            "population": place.population,
            "source": place.source,
        }
        return Location(address, (place.lat, place.lon), raw)

    def _holders(self, place: Place, language: str | None) -> list[str]:
        names: list[str] = []
        parent = place.parent
        while parent is not None and len(names) < 4:
            holder = self.gazetteer.get(parent)
            names.append(_called(holder, language))
            parent = holder.parent
        return names


class _Polite:
    """A geocoder of others, asked once a question and never faster than it likes."""

    def __init__(self, other: Any, delay: float) -> None:
        self._verbs: dict[str, Callable[..., Any]] = {
            verb: getattr(other, verb) for verb in ("geocode", "reverse") if hasattr(other, verb)
        } or {"geocode": other}
        self._delay = delay
        self._last = float("-inf")
        self._known: dict[str, Any] = {}

    def ask(self, verb: str, query: str, exactly_one: bool, settings: Mapping[str, Any]) -> Any:
        """Return its answer, from memory when it was asked before; settings that it doesn't take are left out."""
        asks = self._verbs.get(verb)
        if asks is None:
            return None
        taken = inspect.signature(asks).parameters
        given = {key: value for key, value in settings.items() if key in taken}
        asked = repr((verb, query, exactly_one, sorted(given.items())))
        if asked not in self._known:
            time.sleep(max(0.0, self._last + self._delay - time.monotonic()))
            self._last = time.monotonic()
            self._known[asked] = asks(query, exactly_one=exactly_one, **given)
        return self._known[asked]


_SHORT = {"United States": "USA", "United Kingdom": "UK", "United Arab Emirates": "UAE"}


def _called(place: Place, language: str | None) -> str:
    """Return what a place is called in a language today, its main name when that is not known."""
    if not language:
        return place.name
    spoken = re.split("[-_]", language.strip().lower())[0]
    names = [name for name in place.names if name.language == spoken and name.end is None]
    foreign = spoken in _OTHER_SCRIPTS
    best = min(names, key=lambda name: (foreign and name.script == "Latn", name.start is not None), default=None)
    return place.name if best is None else best.text


def _asked(query: object) -> list[_Asked]:
    if isinstance(query, Mapping):
        unknown = sorted(set(query) - set(_STRUCTURED))
        if unknown:
            raise GeocoderQueryError(f"unknown keys {unknown}; known: {', '.join(_STRUCTURED)}")
        order = ("name", "amenity", "village", "town", "city", "county", "state", "country")
        listed = [_Asked(str(query[key]).strip(), _KINDS.get(key, ())) for key in order if query.get(key)]
    elif isinstance(query, str):
        listed = [_Asked(part.strip()) for part in re.split(r"\s*[,،]\s*", query)]
    else:
        raise GeocoderQueryError(f"no text: {query!r}")
    asked = [one for one in listed if one.name]
    if not asked or not any(char.isalnum() for char in asked[0].name):
        raise GeocoderQueryError("the query is empty")
    return asked


def _most(limit: int | None, otherwise: int) -> int:
    if limit is not None and limit < 1:
        raise GeocoderQueryError(f"the limit is {limit}; it must be 1 or more")
    return otherwise if limit is None else limit


def _codes(country_codes: str | Collection[str] | None) -> frozenset[str] | None:
    if country_codes is None:
        return None
    listed = country_codes.split(",") if isinstance(country_codes, str) else country_codes
    return frozenset(code.strip().upper() for code in listed if code.strip()) or None


def _typed(name: str) -> tuple[str, CueType | None]:
    """Split a type word from a name: "Raqa province" → ("Raqa", province)."""
    words = lexicon()
    listed = name.split()
    for count in (3, 2, 1):
        phrase = " ".join(listed[-count:]).lower()
        if len(listed) > count and phrase in words.after:
            return " ".join(listed[:-count]), words.after[phrase]
    return name, None


def _rank(place: Place, seats: Collection[tuple[str | None, str | None]]) -> int:
    """Countries first, then areas and chief towns, towns, areas that share their chief town's name, quarters."""
    if place.feature.startswith("PCL"):
        return 0
    if place.feature.startswith("ADM"):
        return 3 if (place.country, place.admin1) in seats else 1 if place.feature == "ADM1" else 2
    return 1 if place.feature.startswith(("PPLA", "PPLC")) else 4 if place.feature == "PPLX" else 2


def _holds(holder: Place, place: Place) -> bool:
    if holder.place_id == place.place_id or holder.country != place.country:
        return False
    if holder.feature.startswith("PCL") or place.parent == holder.place_id:
        return True
    if place.admin2 == holder.place_id:
        return True
    return holder.feature.startswith(("ADM1", "PPLA", "PPLC")) and holder.admin1 == place.admin1


def _unit(lat: Any, lon: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
