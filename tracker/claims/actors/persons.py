"""Names that are persons or bodies that only speak, by their first words: neither ground nor a side that holds it."""

from __future__ import annotations

import tomllib
from functools import cache

from tracker.claims.actors.data import read_words
from tracker.resources import data_path

__all__ = ["is_office", "is_people", "is_person", "is_title", "only_speaks", "opens_title"]

_OF_PLACES = frozenset({"sheikh", "sheik", "imam", "sayyid", "king", "prince", "emir"})  # "Sheikh Miskin" is a town
_STAFFS = frozenset({"ministry", "staff", "parliament", "presidency", "cabinet", "directorate"})
_OFFICES = frozenset({"mayor", "governor", "minister", "president", "commander", "leader"})


def is_person(name: str) -> bool:
    """
    Tell whether a name is a person's: it begins with a title or a given name, or has an office before the last word.

    Examples
    --------
    >>> is_person("Lieutenant General Abd al-Amir"), is_person("Dolna Mayor Ruslan Doe"), is_person("Sheikh Dolna")
    (True, True, False)
    """
    words = [word.lower().rstrip(".") for word in name.split()]
    if len(words) < 2 or (len(words) == 2 and words[0] in _OF_PLACES):
        return False
    office = not _OFFICES.isdisjoint(words[:-1])  # "Dolna Mayor John Doe"
    return office or words[0] in _titles() or words[0] in _given_names()


def is_title(text: str) -> bool:
    """Tell whether a name is the title of a person alone: "President (Assad)"."""
    return text in read_words().titles


def opens_title(word: str) -> bool:
    """Tell whether what persons are called before their names begins with a word: "Brig", "general"."""
    return word.lower() in _titles()


def is_people(name: str) -> bool:
    """Tell whether a name is that of a people or a faith, of which several sides may be: "Arab", "Turkmen"."""
    return name.lower() in _peoples()


def is_office(name: str) -> bool:
    """Tell whether a name is that of a state's office, which speaks for it: "Defence Ministry", "General Staff"."""
    words = name.lower().split()
    return words[0] in _STAFFS or words[-1] in _STAFFS


def only_speaks(name: str) -> bool:
    """Tell whether a name is that of an agency, a monitor or a union of states: "UN", "Reuters"."""
    return name.lower() in _bodies()


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.split()[0].lower().rstrip(".") for title in read_words().titles)


@cache
def _given_names() -> frozenset[str]:
    lines = data_path("places", "given_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


@cache
def _peoples() -> frozenset[str]:
    raw = tomllib.loads(data_path("claims", "peoples.toml").read_text(encoding="utf-8"))
    return frozenset(word.lower() for word in raw["peoples"]["words"])


@cache
def _bodies() -> frozenset[str]:
    words = read_words()
    unions = [name for names in words.multinationals.values() for name in names]
    return frozenset(name.lower() for name in (*words.agencies, *unions))
