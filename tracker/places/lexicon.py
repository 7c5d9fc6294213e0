"""The words that `data/places` holds, ready to be looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tracker.resources import data_path

__all__ = ["CueType", "Lexicon", "lexicon"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CueType:
    """
    A kind of place, and what the words that name it say; see ``data/places/cues.toml``.

    Attributes
    ----------
    accepts
        Beginnings of the feature codes that a name beside such a word can mean.
    otherwise
        The same of what it means where no such place bears the name: the provinces of Burkina Faso are of second order.
    only
        Whether it can mean nothing else.
    keep
        Whether the word is part of the mention when it follows the name.
    own
        Whether a name with this word is a name of its own.
    nil
        Feature code of such a place when the gazetteer does not hold it.
    """

    kind: str
    accepts: tuple[str, ...]
    only: bool
    keep: bool
    own: bool
    nil: str
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()

    def takes(self, feature: str) -> bool:
        """Return whether a place with this feature code is of the kind."""
        return feature.startswith(self.accepts)

    def of_kind(self, features: Sequence[str]) -> list[bool]:
        """Return which of the places with one name, told by their feature codes, are of the kind."""
        taken = [feature.startswith(self.accepts) for feature in features]
        if self.otherwise and not any(taken):
            return [feature.startswith(self.otherwise) for feature in features]
        return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Cue phrases by their words in lower case, and sets of words in lower case."""

    kinds: dict[str, CueType]
    after: dict[str, CueType]
    before: dict[str, CueType]
    plural: frozenset[str]
    locative: frozenset[str]
    taken: frozenset[str]
    besetting: frozenset[str]
    fates: frozenset[str]
    perils: frozenset[str]
    passed_by: frozenset[str]
    place_nouns: frozenset[str]
    everywhere: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    surnames: frozenset[str]
    organisations: frozenset[str]
    before_organisations: frozenset[str]
    bodies: frozenset[str]
    body_openers: frozenset[str]
    speech: frozenset[str]
    common: frozenset[str]
    dictionary: frozenset[str]
    never: frozenset[str]
    particles: frozenset[str]
    heads: frozenset[str]
    transliterated: frozenset[str]
    war: frozenset[str]
    at_war: frozenset[str]
    fought_over: frozenset[str]
    aliases: dict[str, dict[str, str]]
    postal: frozenset[str]
    short: frozenset[str]
    weights: dict[str, dict[str, float]] = field(default_factory=dict)


@cache
def lexicon() -> Lexicon:
    """Read the files once."""
    cues = _toml("cues.toml")
    words = {name: frozenset(listed) for name, listed in _toml("words.toml").items()}
    kinds = {kind: _cue_type(kind, table) for kind, table in cues.items()}
    after = {phrase: cue for cue in kinds.values() for phrase in cue.after}
    before = {phrase: cue for cue in kinds.values() for phrase in cue.before}
    aliases = {
        f"{feature}.{land}": names for feature, lands in _toml("aliases.toml").items() for land, names in lands.items()
    }
    return Lexicon(
        kinds=kinds,
        after=after,
        before=before,
        plural=frozenset(phrase for phrase in [*after, *before] if phrase.removesuffix(" of").endswith("s")),
        surnames=_lines("surnames.txt"),
        dictionary=_lines("common_words.txt"),
        aliases=aliases,
        postal=frozenset(
            short for feature, names in aliases.items() if feature.startswith("postal") for short in names
        ),
        short=frozenset(short for feature, names in aliases.items() if feature[:6] != "postal" for short in names),
        weights=_toml("weights.toml"),
        **(words | {"given": words["given"] | _lines("given_names.txt")}),
    )


def _cue_type(kind: str, table: dict[str, Any]) -> CueType:
    lists = {name: tuple(table.get(name, ())) for name in ("accepts", "after", "before", "otherwise")}
    return CueType(kind=kind, only=table["only"], keep=table["keep"], own=table["own"], nil=table["nil"], **lists)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(data_path("places", name).read_text(encoding="utf-8"))


def _lines(name: str) -> frozenset[str]:
    lines = data_path("places", name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
