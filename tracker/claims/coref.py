"""
What the text has spoken of so far: who "they" are and which "the city" is meant.

Nearest first, then what the text is about: the grammatical subject before others for
sides, the place that the last claim was about and the place of the title for places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from tracker.claims.entities import Entity
from tracker.claims.frames import Nouns
from tracker.claims.words import words
from tracker.errors import UnknownPlaceError
from tracker.model import Place, PlaceIndex, Resolution

__all__ = ["Discourse", "PlaceRef", "SeenActor"]

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
_JOINED = 2  # tokens apart: with "and" between
_SUBURBS = frozenset({"suburb", "neighbourhood", "neighborhood", "quarter"})  # an entry about one may call it so
_IT_BACK = 3  # sentences: "it" is what the text is about, not the last name ("withdrew to X. It remained …")
_SMALL, _LARGE = 30_000, 100_000  # people: what "the city" hardly means when a large one was named
_FAR = 12  # sentences over which a definite noun may look back; longer chains are chance


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class SeenActor:
    """A side that the text has named, and where."""

    actor_id: str
    text: str
    sentence: int
    position: int
    subject: bool

    @property
    def plural(self) -> bool:
        """Whether the words are a plural: "they" rather than "it"."""
        last = self.text.split()[-1]
        return (last.islower() and last.endswith("s")) or last in words("coref", "plural")


@dataclass(slots=True)
class _SeenPlace:
    ref: PlaceRef
    sentence: int
    position: int
    claimed: bool = False
    called: str | None = None


@dataclass(slots=True)
class Discourse:
    """
    Memory of one report, fed sentence by sentence.

    Attributes
    ----------
    title
        The place that the report is about, when its title names one.
    first
        The first settlement that the text names anywhere.
    about_title
        Whether the title is that place's name and nothing else: an article about a town.
    battle
        Whether the title is that of a battle for that place: "Battle of X".
    grounds
        Countries that each listed side fights in.
    states
        Sides that are the forces of a state: no "group" means them.
    later
        Number of sentence, noun and place of each "town of X" of the report.
    ground_names
        Names in lower case that no gazetteer knows and that the text has used as ground.
    """

    nouns: Nouns
    places: PlaceIndex
    title: PlaceRef | None = None
    first: PlaceRef | None = None
    about_title: bool = False
    battle: bool = False
    grounds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    states: frozenset[str] = frozenset()
    ground_names: set[str] = field(default_factory=set)
    later: Sequence[tuple[int, str, PlaceRef]] = ()
    seen_places: list[_SeenPlace] = field(default_factory=list)
    seen_actors: list[SeenActor] = field(default_factory=list)

    def see_place(self, ref: PlaceRef, sentence: int, position: int, *, called: str | None = None) -> None:
        """Remember a place that the text names; `called` is the noun with it, as in "the city of X"."""
        self.seen_places.append(_SeenPlace(ref, sentence, position, called=called))

    def claim_place(self, ref: PlaceRef, sentence: int, position: int) -> None:
        """Remember that a claim was made about a place."""
        self.seen_places.append(_SeenPlace(ref, sentence, position, claimed=True))

    def see_actor(self, actor: SeenActor) -> None:
        """Remember a side that the text names."""
        self.seen_actors.append(actor)

    def see_named(self, entity: Entity, sentence: int, position: int) -> None:
        """Remember a side from its entity, in a sentence that nobody parsed."""
        if entity.actor is not None and entity.actor.actor_id is not None:
            self.see_actor(SeenActor(entity.actor.actor_id, entity.text, sentence, position, subject=False))

    def place_for(
        self, noun: str, here: Iterable[tuple[PlaceRef, int]], sentence: int, position: int
    ) -> tuple[PlaceRef, int] | None:
        """
        Return the place that a definite noun or pronoun means, and how many sentences back it was named.

        Parameters
        ----------
        noun
            Singular noun of kind ("city", "airport"), or "it" for any.
        here
            Places of the sentence at hand with their token index.
        sentence, position
            Where the noun stands.
        """
        before = [(ref, at) for ref, at in here if at < position and self._fits(ref, noun)]
        if noun == "here" and self.title is not None:
            return self.title, 1
        if (
            self.about_title
            and self.title is not None
            and noun in self.nouns.settlement | self.nouns.quarter
            and (self._fits(self.title, noun) or noun in _SUBURBS)
        ):
            return self.title, 1
        if before:
            return max(before, key=lambda pair: pair[1])[0], 0
        if noun == "city" and self.battle and self.title is not None and self._is_city(self.title):
            return self.title, 1
        recent = [seen for seen in self.seen_places if seen.sentence >= sentence - _FAR and self._fits(seen.ref, noun)]
        called = next(
            (seen for seen in reversed(recent) if seen.called == noun and seen.sentence >= sentence - 1), None
        )
        if called is not None:
            return called.ref, sentence - called.sentence
        near = sentence - (_IT_BACK if noun == "it" else 2)
        last_claimed = next((seen for seen in reversed(recent) if seen.claimed and seen.sentence >= near), None)
        if last_claimed is not None and not (
            self.title and noun in self.nouns.settlement and sentence - last_claimed.sentence > 1
        ):
            return last_claimed.ref, sentence - last_claimed.sentence
        if (
            self.title is not None
            and noun in self.nouns.settlement | self.nouns.quarter | {"here", "part"}
            and self._fits(self.title, noun)
        ):
            return self.title, 1
        if recent:
            newest = max(seen.sentence for seen in recent)
            first = next(seen for seen in recent if seen.sentence == newest)
            last = recent[-1]
            chosen = first if noun in {"here", "part"} else last
            if noun == "city" and 0 < self._people(chosen.ref) < _SMALL:
                cities = [seen for seen in recent if self._people(seen.ref) >= _LARGE]
                chosen = cities[-1] if cities else chosen  # "the port city" is Mariupol, not the village named since
            return chosen.ref, sentence - chosen.sentence
        if noun in self.nouns.settlement | {"here"} and self.first is not None and not self.seen_places:
            return self.first, 1
        if noun == "it" and self.about_title and self.title is not None and not self.seen_places:
            return self.title, 1  # an entry that begins "Since July it is under …"
        after = [(ref, at) for ref, at in here if self._fits(ref, noun)]
        return (after[0][0], 0) if after and noun in self.nouns.settlement and not self.seen_places else None

    def _people(self, ref: PlaceRef) -> int:
        """Return how many live in a place, 0 when nobody says."""
        place_id = ref.resolution.place_id if ref.resolution is not None else None
        try:
            return self.places.get(place_id).population if place_id else 0
        except UnknownPlaceError:
            return 0

    def _is_city(self, ref: PlaceRef) -> bool:
        """Tell whether the text calls a place a city, or the gazetteer knows it as the seat of an area."""
        feature = (ref.resolution.feature if ref.resolution else None) or ""
        told = any(seen.called == "city" and seen.ref.key == ref.key for seen in self.seen_places)
        return told or feature.startswith(("PPLA", "PPLC"))

    def named_later(self, noun: str, sentence: int) -> PlaceRef | None:
        """Return the place that one of the next sentences calls by a noun for the first time, None when none does."""
        known = {seen.ref.key for seen in self.seen_places}
        for number, called, ref in self.later:
            if sentence < number <= sentence + _AHEAD and called == noun:
                return None if ref.key in known else ref
        return None

    def facility_of(self, noun: str, owner: PlaceRef) -> Place | None:
        """Return the one place of a kind ("airport") that belongs to another, None when the choice is open."""
        if owner.resolution is None or owner.resolution.place_id is None:
            return None
        prefixes = _FEATURES.get(noun, ())
        found = (
            [place for place in self.places.children(owner.resolution.place_id) if place.feature.startswith(prefixes)]
            if prefixes
            else []
        )
        return found[0] if len(found) == 1 or (found and noun in _AIR) else None

    def actor_for(  # noqa: PLR0913
        self,
        here: Sequence[SeenActor],
        *,
        sentence: int,
        position: int,
        among: Sequence[str] = (),
        avoid: str | None = None,
        subject_first: bool = True,
        plural: bool | None = None,
        country: str | None = None,
        group: bool = False,
    ) -> SeenActor | None:
        """
        Return the side that a pronoun or common noun means.

        Parameters
        ----------
        here
            Sides of the sentence at hand.
        among
            Actor ids that fit; empty: any.
        avoid
            An actor id that it can't be, such as the other side of the same verb.
        plural
            Whether several are meant ("they"); None when the word does not tell.
        subject_first
            Whether the subject of a sentence goes before whoever stands nearer.
        country
            Where the place lies that it is about: a side that fights elsewhere is meant only when nobody else is.
        group
            Whether the word is "group" or its like, which no state's forces are.
        """
        ask = partial(
            self._nearest, here, sentence=sentence, position=position, subject_first=subject_first, plural=plural
        )

        def fits(actor: SeenActor) -> bool:
            wanted = (not among or actor.actor_id in among) and actor.actor_id != avoid
            return wanted and not (group and actor.actor_id in self.states)

        def at_home(actor: SeenActor) -> bool:
            return fits(actor) and (actor.actor_id in self.states or self.fights_in(actor.actor_id, country))

        found = ask(at_home) if country else None
        return found or ask(fits)

    def fights_in(self, actor_id: str, country: str | None) -> bool:
        """Tell whether a side may fight in a country: nobody knows it of sides that no file lists."""
        return country is None or actor_id not in self.grounds or country in self.grounds[actor_id]

    def _nearest(
        self,
        here: Sequence[SeenActor],
        fits: Callable[[SeenActor], bool],
        *,
        sentence: int,
        position: int,
        subject_first: bool,
        plural: bool | None,
    ) -> SeenActor | None:
        before = [actor for actor in here if actor.position < position and fits(actor)]
        if plural and len({actor.actor_id for actor in before}) > 1:
            before = [actor for actor in before if actor.plural] or before
        if before:
            subjects = [actor for actor in before if actor.subject]
            return (subjects or before)[-1] if subject_first else before[-1]
        for back in range(1, _FAR):
            told = [actor for actor in self.seen_actors if actor.sentence == sentence - back and fits(actor)]
            if told:
                subjects = [actor for actor in told if actor.subject]
                return _first_joined(subjects or told) if subject_first else told[-1]
        return None

    def _fits(self, ref: PlaceRef, noun: str) -> bool:
        """Tell whether a place may be called by a noun of kind."""
        feature = (ref.resolution.feature if ref.resolution else None) or ""
        words = set(ref.text.lower().replace("-", " ").split())
        if feature.startswith(("PCL", "CONT", "OCN", "SEA")):
            return False
        if noun in _ANY_FACILITY and (
            words & self.nouns.facility or (feature and not feature.startswith(("PPL", "ADM")))
        ):
            return True
        if noun in self.nouns.facility or noun in self.nouns.quarter:
            kinds = (
                _AIR | {"base"}
                if noun == "base"
                else next((alike for alike in _ALIKE if noun in alike), frozenset({noun}))
            )
            return (
                bool(kinds & words)
                or (noun in self.nouns.quarter and feature == "PPLX")
                or feature.startswith(_FEATURES.get(noun, ("-",)))
            )
        if noun in self.nouns.province:
            return feature.startswith("ADM") or noun in words
        if feature.startswith("ADM") or words & (self.nouns.facility | self.nouns.province):
            return noun in {"it", "there"}
        if noun in self.nouns.settlement | {"part", "here"}:
            return (not feature or feature.startswith("PPL")) and feature != "PPLX" and not words & _NO_TOWN
        return True


def _first_joined(actors: Sequence[SeenActor]) -> SeenActor:
    """Return the last side, or the first of those that stand joined with it: "US and UK forces"."""
    k = len(actors) - 1
    while k and actors[k].sentence == actors[k - 1].sentence and actors[k].position - actors[k - 1].position <= _JOINED:
        k -= 1
    return actors[k]


def entity_ref(entity: Entity) -> PlaceRef:
    """Return an entity of the text as a place."""
    return PlaceRef(entity.text, entity.start, entity.end, entity.resolution)
