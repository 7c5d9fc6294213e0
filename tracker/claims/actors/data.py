"""
Actors as data: one file a theatre, read into actors and the senses of their names.

The format is told in docs/add-a-theatre.md. A name stands for an actor in the
countries and days of its sense; a proper name stands for it everywhere.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from tracker.errors import InputError
from tracker.model import Actor, ActorName
from tracker.resources import data_path

__all__ = ["ActorData", "Country", "Form", "Sense", "Words", "read_actor_data", "read_words"]

_COLOUR_LENGTH = len("#rrggbb")


class Form(StrEnum):
    """How a text names an actor."""

    NAME = "name"  # a proper name: "Free Syrian Army"
    NOUN = "noun"  # a common noun whose side the theatre tells: "the rebels"
    ADJECTIVE = "adjective"  # the same, needing a head: "loyalist troops"
    STATE = "state"  # a country alone: "Russia"
    DEMONYM = "demonym"  # a demonym alone: "the Russian siege", "the Soviets"
    CAPITAL = "capital"  # a capital for its government: "Kyiv"
    ATTRIBUTIVE = "attributive"  # before "-held": "rebel-held"
    BARE = "bare"  # armed people without a side: "the troops"
    UNIT = "unit"  # a numbered unit: "80th Air Assault Brigade"
    UNKNOWN = "unknown"  # an organisation that no file lists
    AGENCY = "agency"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """
    One meaning of one phrase.

    Attributes
    ----------
    actor_id
        None for words that name no side (agencies, peoples).
    countries
        Where it has this meaning; empty: everywhere.
    start, end
        Half-open days of the meaning; None is open.
    country
        Code of the country that a demonym or country name stands for, or whose government a capital does.
    theatre
        Countries of the file that the phrase stands in: what a name hints at.
    rank
        Order in the data: the lower is preferred among equals.
    """

    actor_id: str | None
    form: Form
    countries: frozenset[str] = frozenset()
    start: dt.date | None = None
    end: dt.date | None = None
    country: str | None = None
    theatre: frozenset[str] = frozenset()
    rank: int = 0

    def holds_on(self, day: dt.date | None) -> bool:
        """Tell whether the phrase has this meaning on a day; unknown days exclude nothing."""
        if day is None:
            return True
        return not ((self.start and day < self.start) or (self.end and day >= self.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country or a state of the past: its key, names, demonyms and the actor that its army is."""

    code: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    actor_id: str


@dataclass(slots=True)
class ActorData:
    """
    Everything the files say: actors, phrases with their senses, countries.

    Attributes
    ----------
    partners
        By country of a theatre and foreign country: whose coalition the latter's forces fight in there, and since when.
    governments
        The senses of "government", of all countries and times.
    leaders
        Of each person who leads or speaks for a side, by name in lower case, the side.
    """

    actors: dict[str, Actor] = field(default_factory=dict)
    phrases: list[tuple[str, Sense]] = field(default_factory=list)
    countries: dict[str, Country] = field(default_factory=dict)
    theatres: set[str] = field(default_factory=set)
    partners: dict[tuple[str, str], tuple[str, dt.date | None]] = field(default_factory=dict)
    governments: list[Sense] = field(default_factory=list)
    leaders: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The English words around names, from ``data/claims/actor_words_en.toml``."""

    heads: tuple[str, ...]
    bare: tuple[str, ...]
    modifiers: tuple[str, ...]
    held: frozenset[str]
    holding: frozenset[str]
    nonstate: frozenset[str]
    state: frozenset[str]
    state_phrases: tuple[str, ...]
    organisation_heads: frozenset[str]
    organisation_openers: frozenset[str]
    towns_that_open_so: frozenset[str]
    not_organisations: frozenset[str]
    agencies: tuple[str, ...]
    multinationals: Mapping[str, tuple[str, ...]]
    derived: Mapping[str, tuple[str, ...]]
    titles: tuple[str, ...]

    def of_state(self, text: str) -> bool:
        """Tell whether words name a state's own forces: "government troops", "the military", "armed forces"."""
        folds = text.lower().replace("-", " ").split()
        return not self.state.isdisjoint(folds) or " ".join(folds).endswith(self.state_phrases)


@cache
def read_words() -> Words:
    """Read the words around names."""
    raw = _toml(data_path("claims", "actor_words_en.toml"))
    return Words(
        heads=tuple(raw["heads"]),
        bare=tuple(raw["bare"]),
        modifiers=tuple(raw["modifiers"]),
        held=frozenset(raw["held"]),
        holding=frozenset(raw["holding"]),
        nonstate=frozenset(raw["nonstate"]),
        state=frozenset(raw["state"]),
        state_phrases=tuple(raw["state_phrases"]),
        organisation_heads=frozenset(raw["organisation_heads"]),
        organisation_openers=frozenset(raw["organisation_openers"]),
        towns_that_open_so=frozenset(raw["towns_that_open_so"]),
        not_organisations=frozenset(raw["not_organisations"]),
        agencies=tuple(raw["agencies"]),
        derived={key: tuple(words) for key, words in raw["derived"].items()},
        multinationals={key: tuple(names) for key, names in raw["multinationals"].items()},
        titles=tuple(raw["titles"]),
    )


@cache
def read_actor_data(extra: tuple[Path, ...] = ()) -> ActorData:
    """
    Read all theatre files, the peoples and the agencies.

    Raises
    ------
    InputError
        If a file is no TOML, or an entry lacks what it must have.
    """
    data = ActorData()
    files = [*sorted(data_path("actors").glob("*.toml")), *extra]
    tables = [(path, _toml(path)) for path in files]
    entries = [(path, table, entry) for path, table in tables for entry in table.get("actor", ())]
    states: dict[str, str] = {}
    for path, _, entry in entries:
        _check(entry, path, states, data.actors)
    for path, table, entry in entries:
        data.actors[entry["id"]] = _actor(entry, path, _theatre(table, path))
        _add_phrases(data, entry, entry["id"], _theatre(table, path))
    for path, table in tables:
        data.theatres |= _theatre(table, path)
        _add_partners(data, table, path)
        for entry in table.get("name", ()):
            if entry.get("actor") not in data.actors:
                raise InputError(f"a name belongs to the unknown actor {entry.get('actor')!r}", path=path)
            _add_phrases(data, entry, entry["actor"], _theatre(table, path))
    _add_shadowed(data)
    _add_peoples(data, states)
    data.governments = [sense for phrase, sense in data.phrases if phrase == "government" and sense.form is Form.NOUN]
    return data


def _add_partners(data: ActorData, table: Mapping[str, Any], path: Path) -> None:
    for actor_id, foreign in table["theatre"].get("partners", {}).items():
        if actor_id not in data.actors:
            raise InputError(f"partners are listed of the unknown actor {actor_id!r}", path=path)
        for home in _theatre(table, path):
            since = table["theatre"].get("partners_from")
            data.partners.update({(home, code): (actor_id, since) for code in foreign})


def _add_shadowed(data: ActorData) -> None:
    """
    Give a longer noun the meanings of its first words in other theatres.

    "Government troops" listed for one theatre must not hide "government" (and its
    troops) of the others, since the longest phrase is taken.
    """
    common = (Form.NOUN, Form.ADJECTIVE)
    senses: dict[str, list[Sense]] = {}
    for phrase, sense in data.phrases:
        if sense.form in common:
            senses.setdefault(phrase.lower(), []).append(sense)
    heads = {*read_words().heads, *read_words().modifiers}
    for phrase in sorted(senses):
        if " " not in phrase:
            continue
        covered = {code for sense in senses[phrase] for code in sense.countries}
        first, _, rest = phrase.partition(" ")
        if rest in heads:
            data.phrases += [
                (phrase, replace(sense, form=Form.NOUN))
                for sense in senses.get(first, ())
                if not sense.countries & covered
            ]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"this is no TOML ({error})", path=path, cure="See docs/add-a-theatre.md.") from None


def _theatre(table: Mapping[str, Any], path: Path) -> frozenset[str]:
    try:
        return frozenset(table["theatre"]["countries"])
    except KeyError:
        raise InputError(
            "the theatre's countries are missing", path=path, cure="Write [theatre] with countries = [...]."
        ) from None


def _check(entry: Mapping[str, Any], path: Path, states: dict[str, str], known: Mapping[str, Actor]) -> None:
    for key in ("id", "name", "colour"):
        if not isinstance(entry.get(key), str):
            raise InputError(f"an actor has no {key}: {entry.get('id', entry)!r}", path=path)
    colour = entry["colour"]
    if len(colour) != _COLOUR_LENGTH or not colour.startswith("#"):
        raise InputError(f"the colour {colour!r} of {entry['id']!r} is not #rrggbb", path=path)
    if entry["id"] in known or entry["id"] in states.values():
        raise InputError(f"the actor {entry['id']!r} is there twice", path=path)
    if "state_of" in entry:
        states[entry["state_of"]] = entry["id"]


def _actor(entry: Mapping[str, Any], path: Path, theatre: frozenset[str]) -> Actor:
    if entry.get("id") is None:
        raise InputError("an actor has no id", path=path)
    names = [ActorName(text=text) for text in entry.get("names", ())]
    names += [
        ActorName(text=text, theatres=tuple(sorted(theatre)))
        for key in ("local_names", "nouns")
        for text in entry.get(key, ())
    ]
    return Actor(
        actor_id=entry["id"],
        name=entry["name"],
        colour=entry["colour"],
        bloc=entry.get("bloc"),
        parent=entry.get("parent"),
        state_of=entry.get("state_of"),
        fights=entry.get("fights"),
        valid_from=entry.get("valid_from"),
        valid_to=entry.get("valid_to"),
        names=tuple(names),
    )


_FORMS = {
    "names": Form.NAME,
    "local_names": Form.NAME,
    "nouns": Form.NOUN,
    "adjectives": Form.ADJECTIVE,
    "capitals": Form.CAPITAL,
    "leaders": Form.AGENCY,  # they speak, and their troops fight
}


def _add_phrases(data: ActorData, entry: Mapping[str, Any], actor_id: str, theatre: frozenset[str]) -> None:
    for name in entry.get("leaders", ()):
        data.leaders.setdefault(name.lower(), actor_id)  # who led several sides led the first one listed first
    for key, form in _FORMS.items():
        countries = frozenset() if key == "names" else theatre
        for phrase in _with_derived(key, entry.get(key, ())):
            sense = Sense(
                actor_id=actor_id,
                form=form,
                countries=frozenset(entry.get("countries", countries)),
                start=entry.get("from", entry.get("valid_from") if form is not Form.NAME else None),
                end=entry.get("to", entry.get("valid_to") if form is not Form.NAME else None),
                theatre=theatre,
                rank=len(data.phrases),
            )
            data.phrases.append((phrase, sense))


def _with_derived(key: str, phrases: Sequence[str]) -> list[str]:
    """Return phrases with the adjectives that English derives from them: "governmental" beside "government"."""
    derived = read_words().derived
    return [*phrases, *(word for phrase in phrases if key == "nouns" for word in derived.get(phrase, ()))]


def _add_peoples(data: ActorData, states: Mapping[str, str]) -> None:
    raw = _toml(data_path("claims", "peoples.toml"))
    for code, entry in _countries(raw):
        actor_id = states.get(code) or (code if code.startswith("other:") else f"other:{entry['names'][0].lower()}")
        country = Country(code=code, names=tuple(entry["names"]), demonyms=tuple(entry["demonyms"]), actor_id=actor_id)
        data.countries.setdefault(code, country)
        _add_country(data, country.names, Form.STATE, country)
        _add_country(data, country.demonyms, Form.DEMONYM, country)
        _add_country(data, raw["capitals"].get(code, ()), Form.CAPITAL, country)
    for word in raw["peoples"]["words"]:
        data.phrases.append((word, Sense(actor_id=None, form=Form.PEOPLE, rank=len(data.phrases))))


def _countries(raw: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    yield from raw["country"].items()
    yield from ((f"other:{key}", entry) for key, entry in raw["other"].items())


def _add_country(data: ActorData, phrases: Sequence[str], form: Form, country: Country) -> None:
    for phrase in phrases:
        sense = Sense(actor_id=country.actor_id, form=form, country=country.code, rank=len(data.phrases))
        data.phrases.append((phrase, sense))
