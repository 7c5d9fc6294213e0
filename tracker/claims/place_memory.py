"""
Which place "the city", "the airport" or "it" means: whichever the text goes on about.

Each mention of a place weighs by what it does in its sentence and fades sentence by sentence. A place
that is claimed or that a sentence is about outweighs one that only tells where another lies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from tracker.claims.frames import Nouns
from tracker.claims.records import record
from tracker.claims.words import words
from tracker.errors import UnknownPlaceError
from tracker.model import Place, PlaceIndex, Resolution

__all__ = ["PlaceMemory", "PlaceRef", "PlaceRole", "SeenPlace", "Together"]

_AIR = frozenset({"airport", "airbase", "airfield", "aerodrome"})
_ALIKE = [_AIR, frozenset({"road", "highway"}), frozenset({"hill", "hilltop", "mountain", "mount", "height"})]
_FEATURES = {
    "airport": ("AIR",),
    "airbase": ("AIR",),
    "airfield": ("AIR",),
    "base": ("AIRB", "MILB", "INSM", "CMP"),
    "dam": ("DAM",),
    "bridge": ("BDG",),
    "crossing": ("BDRY", "CROSS", "PSTB", "PSTC"),
    "refinery": ("OIL",),
    "field": ("OIL", "GAS"),
    "oilfield": ("OIL",),
    "hill": ("HLL", "MT"),
    "port": ("PRT", "HBR"),
    "island": ("ISL",),
    "lake": ("LK", "RSV"),
    "river": ("STM",),
    "camp": ("CMP",),
    "prison": ("PRN",),
}  # fmt: skip  (prefixes of GeoNames feature codes)
_ANY_FACILITY = frozenset({"complex", "facility", "compound", "installation", "base"})
_NO_TOWN = words("coref", "no_town")
_AHEAD = 2  # sentences: a lead's "a strategic town" is named at once
_SUBURBS = frozenset({"suburb", "neighbourhood", "neighborhood", "quarter"})  # an entry about one may call it so
_HARBOURS = frozenset({"port", "seaport"})
_WAYS = frozenset({"bridge", "river", "canal", "border"})
_SMALL_GROUND = frozenset({"village", "hamlet"})
_SMALL, _LARGE = 30_000, 100_000  # people: what "the city" hardly means when a large one was named
_ROAD = re.compile(r"[A-Z]{1,2}-?\d{1,3}")  # "M5"
_FAR = 12  # sentences over which a definite noun may look back; longer chains are chance
_FADES = 0.6  # a sentence: what was named two sentences ago weighs a third
_HERE = 8.0  # times: what the sentence itself has named already
_HERE_ASIDE = 1.5  # times: and where that is only beside the point
_CALLED = 4.0  # times: what the text has called by the same noun
_OTHERWISE = 0.5  # times: what it has only called by another noun of its sort
_UNLIKE = 0.1  # times: what it has only called a base or a hill, for "the city"
_TITLE = 1.25  # the title stands over the whole text


class PlaceRole(Enum):
    """What a mention of a place does in its sentence; the value is its weight."""

    SPOKEN = 0.02  # where an official speaks: "In Yerevan, a spokeswoman wrote that fighting in the city went on"
    ASIDE = 0.3  # tells where something else is: "near X", "25 km east of X"
    PLAIN = 1.0
    SUBJECT = 2.0
    AIMED = 2.2  # what is not so yet is told of it: "an offensive to take X"
    MEANT = 2.5  # by a definite noun: "the city"
    CLAIMED = 3.0


@record(kw_only=False)
class PlaceRef:
    """A place as a claim names it: a span of the text, and the resolution of what it means."""

    text: str
    start: int
    end: int
    resolution: Resolution | None

    @property
    def key(self) -> str:
        """What tells two places apart: the place id, else the name in lower case."""
        if self.resolution is not None and self.resolution.place_id:
            return self.resolution.place_id
        return self.text.lower().removeprefix("al-")

    @property
    def feature(self) -> str:
        """Its kind in the gazetteer, empty when it has none."""
        return (self.resolution.feature if self.resolution is not None else None) or ""

    @property
    def country(self) -> str | None:
        """The ISO 3166-1 alpha-2 code of where it lies, None when it was not resolved."""
        return self.resolution.country if self.resolution is not None else None


@record()
class SeenPlace:
    """
    One mention of a place.

    Attributes
    ----------
    called
        The noun of kind that stands with it or for it: "the city of X", "the city".
    """

    ref: PlaceRef
    sentence: int
    position: int
    role: PlaceRole = PlaceRole.PLAIN
    called: str | None = None


@record(kw_only=False)
class Together:
    """
    Places that a text names in one list.

    Attributes
    ----------
    called
        The noun of kind that stands with them: "the villages of X and Y".
    """

    called: str | None
    refs: tuple[PlaceRef, ...]


@dataclass(slots=True)
class PlaceMemory:
    """
    The places of one report, fed sentence by sentence.

    Attributes
    ----------
    title
        The place that the report is about, when its title names one.
    first
        The first settlement that the text names anywhere.
    about_title
        Whether the title is that place's name and nothing else: an article about a town.
    later
        Number of sentence, noun and place of each "town of X" of the report.
    ahead
        The towns that each sentence names, but for those that only tell where others lie and for sentences that go on
        to something else.
    lists
        The places of each sentence that lists what the one before has told of: "The towns include X and Y".
    together
        The last list of places of each sentence, whatever is told of it.
    ground_names
        Names in lower case that no gazetteer knows and that the text has used as ground.
    left
        The place that a side was told to have left last, and in which sentence.
    """

    nouns: Nouns
    places: PlaceIndex
    title: PlaceRef | None = None
    first: PlaceRef | None = None
    about_title: bool = False
    later: Sequence[tuple[int, str, PlaceRef]] = ()
    ahead: Mapping[int, Sequence[PlaceRef]] = field(default_factory=dict)
    lists: Mapping[int, Sequence[PlaceRef]] = field(default_factory=dict)
    together: Mapping[int, Together] = field(default_factory=dict)
    ground_names: set[str] = field(default_factory=set)
    left: tuple[PlaceRef, int] | None = None
    seen_places: list[SeenPlace] = field(default_factory=list)
    _facilities: dict[tuple[str, str], Place | None] = field(default_factory=dict)

    def see_place(self, seen: SeenPlace) -> None:
        """Remember a place that the text names or means."""
        self.seen_places.append(seen)

    def place_for(
        self, noun: str, here: Iterable[SeenPlace], sentence: int, position: int
    ) -> tuple[PlaceRef, int] | None:
        """
        Return the place that a definite noun or pronoun means, and how many sentences back it was named.

        Parameters
        ----------
        noun
            Singular noun of kind ("city", "airport"), or "it" for any.
        here
            Places of the sentence at hand.
        sentence, position
            Where the noun stands.
        """
        here = list(here)
        if noun == "it" and self.about_title:
            here = [seen for seen in here if not _crossed(seen.ref)]
        meant = self._other_quarter(noun, sentence)
        if meant is None and (noun == "here" or self._entry_of(noun)):
            meant = self.title
        if meant is not None:
            return meant, 1
        best = self._heaviest(noun, here, sentence, position)
        if best is not None:
            return best
        settlement = noun in self.nouns.settlement
        if self.seen_places or any(seen.position < position for seen in here):
            return None
        if self.first is not None and (settlement or noun == "here"):
            return self.first, 1
        if self.title is not None and self.about_title and noun == "it":
            return self.title, 1  # an entry that begins "Since July it is under …"
        after = next((seen for seen in here if settlement and self.fits(seen.ref, noun)), None)
        return (after.ref, 0) if after is not None else None

    def _entry_of(self, noun: str) -> bool:
        """Tell whether a text about a town calls it by a noun, whatever else it has named."""
        nouns = self.nouns
        known = noun in nouns.settlement or noun in nouns.quarter or noun in _HARBOURS
        if not self.about_title or self.title is None or not known:
            return False
        if noun in _HARBOURS:  # "the Red Sea port": the town, unless the text tells of its harbour
            return self.fits(self.title, "town") and not any(self.fits(seen.ref, noun) for seen in self.seen_places)
        return self.fits(self.title, noun) or noun in _SUBURBS

    def _other_quarter(self, noun: str, sentence: int) -> PlaceRef | None:
        """Return the quarter, not that of the entry, of which the sentence before claimed something: "the suburb"."""
        if noun not in self.nouns.quarter or not self.about_title:
            return None
        last = [seen for seen in self.seen_places if seen.sentence == sentence - 1]
        title = self.title.key if self.title is not None else None
        own = any(seen.ref.key == title for seen in last if seen.role is not PlaceRole.CLAIMED)
        others = [seen.ref for seen in last if seen.role is PlaceRole.CLAIMED and seen.ref.key != title]
        return next((ref for ref in others if not own and self.fits(ref, noun)), None)

    def _heaviest(
        self, noun: str, here: Iterable[SeenPlace], sentence: int, position: int
    ) -> tuple[PlaceRef, int] | None:
        """Return the place that weighs most at a noun, and how many sentences ago it was named last."""
        told: dict[str, list[SeenPlace]] = {}
        for seen in (*self.seen_places, *here):
            recent = sentence - _FAR <= seen.sentence < sentence or (
                seen.sentence == sentence and seen.position < position
            )
            if recent and self.fits(seen.ref, noun):
                told.setdefault(seen.ref.key, []).append(seen)
        weights = {key: self._weight(noun, mentions, sentence) for key, mentions in told.items()}
        if self.title is not None and self.fits(self.title, noun):
            key = self.title.key
            weights[key] = weights.get(key, 0.0) + _TITLE
        if not weights:
            return None
        best = max(weights, key=lambda key: (weights[key], _nearness(told.get(key, ()), sentence)))
        if best not in told:
            return (self.title, 1) if self.title is not None else None
        last = next((seen for seen in reversed(told[best]) if seen.called == noun), told[best][-1])
        return last.ref, sentence - last.sentence

    def _weight(self, noun: str, mentions: Sequence[SeenPlace], sentence: int) -> float:
        """Return how much a place weighs by its mentions; of several in one sentence the heaviest counts."""
        by_sentence: dict[int, PlaceRole] = {}
        for seen in mentions:
            role = by_sentence.get(seen.sentence, seen.role)
            by_sentence[seen.sentence] = max(seen.role, role, key=lambda one: one.value)
        total = sum(
            role.value * (_here(role) if number == sentence else _FADES ** (sentence - number))
            for number, role in by_sentence.items()
        )
        called = {seen.called for seen in mentions if seen.called is not None}
        so_called = noun in called or (noun == "city" and "capital" in called)
        called -= {"capital"}  # which may be called a town as well
        if so_called:
            total *= _CALLED
        elif called and noun in self.nouns.settlement:
            area = called <= self.nouns.province
            town = called & self.nouns.settlement or (_is_town(mentions[-1].ref) and not area)
            total *= _OTHERWISE if town else _UNLIKE
        if noun in self.nouns.settlement and not so_called and _unresolved(mentions[-1].ref):
            total *= _OTHERWISE  # a name that no gazetteer knows may be that of a hill
        if noun == "city" and not so_called and 0 < self.people(mentions[-1].ref) < _SMALL:
            total *= _OTHERWISE
        return total

    def people(self, ref: PlaceRef) -> int:
        """Return how many live in a place, 0 when nobody says."""
        place_id = ref.resolution.place_id if ref.resolution is not None else None
        try:
            return self.places.get(place_id).population if place_id else 0
        except UnknownPlaceError:
            return 0

    def named_later(self, noun: str, sentence: int, count: int = 1) -> list[PlaceRef]:
        """
        Return the places that a sentence leaves unnamed and one of the next ones names, empty when none does.

        One is named by its kind ("the town of X"), or it is the only one of the next sentence; several are all of the
        next sentence, as many as `count`.
        """
        known = {seen.ref.key for seen in self.seen_places}
        if count == 1:
            for number, called, ref in self.later:
                if sentence < number <= sentence + _AHEAD and called == noun:
                    return [] if ref.key in known else [ref]
        told = {ref.key: ref for ref in self.ahead.get(sentence + 1, ()) if self.fits(ref, noun)}
        return list(told.values()) if len(told) == count and not known & set(told) else []

    def facility_of(self, noun: str, owner: PlaceRef) -> Place | None:
        """Return the one place of a kind ("airport") that belongs to another, None when the choice is open."""
        if owner.resolution is None or owner.resolution.place_id is None:
            return None
        key = (noun, owner.resolution.place_id)
        if key not in self._facilities:
            self._facilities[key] = self._facility(*key)
        return self._facilities[key]

    def _facility(self, noun: str, place_id: str) -> Place | None:
        prefixes = _FEATURES.get(noun, ())
        found = (
            [place for place in self.places.children(place_id) if place.feature.startswith(prefixes)]
            if prefixes
            else []
        )
        return found[0] if len(found) == 1 or (found and noun in _AIR) else None

    def fits(self, ref: PlaceRef, noun: str) -> bool:
        """Tell whether a place may be called by a noun of kind."""
        feature = ref.feature
        words = _words_of(ref.text)
        larger = noun in _SMALL_GROUND and (feature in {"PPLA", "PPLC"} or self.people(ref) >= _LARGE)
        if (
            larger
            or feature.startswith(("PCL", "CONT", "OCN", "SEA"))
            or (noun == "capital" and not self._may_be_capital(ref))
        ):
            return False
        built = words & self.nouns.facility or (feature and not feature.startswith(("PPL", "ADM")))
        if noun in _ANY_FACILITY and built:
            return True
        if noun in self.nouns.facility or noun in self.nouns.quarter:
            return self._is_kind(noun, words, feature)
        if noun in self.nouns.province:
            return feature.startswith("ADM") or noun in words
        if feature.startswith("ADM") or words & self.nouns.facility or words & self.nouns.province:
            return noun in {"it", "there"}
        named = feature.startswith("PPL") if feature else _ROAD.fullmatch(ref.text) is None
        town = named and feature != "PPLX" and not words & _NO_TOWN
        return town or (noun not in self.nouns.settlement and noun not in {"part", "here"})

    def _may_be_capital(self, ref: PlaceRef) -> bool:
        """Tell whether a place is a seat or large, or the text calls it a capital; one that nobody knows may be."""
        seat = not ref.feature.startswith("PPL") or ref.feature.startswith(("PPLA", "PPLC"))
        if seat or self.people(ref) >= _LARGE:
            return True
        return any(seen.called == "capital" and seen.ref.key == ref.key for seen in self.seen_places)

    def _is_kind(self, noun: str, words: AbstractSet[str], feature: str) -> bool:
        """Tell whether a place is a facility or a quarter of a kind, by the words of its name or by its feature."""
        alike = next((alike for alike in _ALIKE if noun in alike), frozenset({noun}))
        kinds = _AIR | {"base"} if noun == "base" else alike
        quarter = noun in self.nouns.quarter and feature == "PPLX"
        return bool(kinds & words) or quarter or feature.startswith(_FEATURES.get(noun, ("-",)))


@lru_cache(maxsize=4096)  # a text's places are weighed again at each noun that may mean one
def _words_of(name: str) -> frozenset[str]:
    return frozenset(name.lower().replace("-", " ").split())


def _here(role: PlaceRole) -> float:
    """Return how many times a mention weighs in the sentence at hand: one that only tells where hardly more."""
    return _HERE_ASIDE if role is PlaceRole.ASIDE else _HERE


def _unresolved(ref: PlaceRef) -> bool:
    return ref.resolution is None or not ref.resolution.place_id


def _is_town(ref: PlaceRef) -> bool:
    return ref.resolution is not None and (ref.resolution.feature or "").startswith("PPL")


def _crossed(ref: PlaceRef) -> bool:
    """Tell whether a place is one that is crossed on the way: "crossed the Dolna bridge and took it"."""
    feature = ref.feature
    return feature.startswith(("BDG", "STM", "CNL")) or bool(_WAYS & set(ref.text.lower().split()))


def _nearness(mentions: Sequence[SeenPlace], sentence: int) -> int:
    """Return what decides between equals: in the sentence at hand the later goes before."""
    return mentions[-1].position if mentions and mentions[-1].sentence == sentence else -1
