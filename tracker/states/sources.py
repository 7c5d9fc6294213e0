"""How far a source is trusted, and whom it favours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tracker.errors import InputError
from tracker.model import Actor, Claim
from tracker.resources import data_path

__all__ = ["GRADES", "Source", "SourceIndex"]

# Admiralty grades (NATO AJP-2.1, 2016: A completely reliable … E unreliable, F cannot be judged) as the chance
# that a report of such a source may be relied upon. The standard gives words, not numbers; these keep its
# order, and F stands where a source of which nothing is known belongs: between C and D.
GRADES: Mapping[str, float] = {"A": 0.95, "B": 0.85, "C": 0.75, "D": 0.55, "E": 0.3, "F": 0.7}

_REMEMBERED = 1 << 16  # names and attributions whose source is found once


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    One source.

    Attributes
    ----------
    names
        How reports and attributions call it.
    reliability
        Admiralty grade, ``A`` to ``F``.
    favours
        Actor ids that gain when it is believed.
    basis
        Why it is graded so.
    """

    source_id: str
    names: tuple[str, ...]
    reliability: str = "F"
    favours: frozenset[str] = frozenset()
    basis: str = ""


class SourceIndex:
    """
    Sources, found by their names.

    Parameters
    ----------
    sources
        A later one wins for an id and for a name.
    actors
        Sides with their parents and blocs: who favours one favours its camp. None: every side stands alone.

    Examples
    --------
    >>> index = SourceIndex([Source(source_id="x", names=("X Press",), reliability="D")])
    >>> index.named("x press").reliability
    'D'
    >>> index.named("somebody else").reliability
    'F'
    >>> index.quoted("a reporter of X Press said").source_id
    'x'
    """

    def __init__(self, sources: Iterable[Source], *, actors: Mapping[str, Actor] | None = None) -> None:
        by_id = {source.source_id: source for source in sources}
        self.sources = tuple(by_id.values())
        self._by_name = {_folded(name): source for source in self.sources for name in source.names}
        self._unknown = Source(source_id="", names=())
        self._actors: Mapping[str, Actor] = {} if actors is None else actors
        self._quoted = lru_cache(_REMEMBERED)(self._find_quoted)
        self._named = lru_cache(_REMEMBERED)(self._find_named)
        self.heirs = lru_cache(_REMEMBERED)(self._find_heirs)
        self.besieged_by = lru_cache(_REMEMBERED)(self._find_besieged)
        self._camp = lru_cache(_REMEMBERED)(self._find_camp)

    @classmethod
    def load(cls, *extra: Path, actors: Mapping[str, Actor] | None = None) -> SourceIndex:
        """
        Read the shipped sources and further files.

        A later file wins for an id and for a name; of an id that is known already it
        may say only what is otherwise.

        Raises
        ------
        InputError
            If a file is missing, is no TOML or breaks the rules.
        """
        found: dict[str, Source] = {}
        for path in (data_path("sources.toml"), *extra):
            for source in _read(path, found):
                found.pop(source.source_id, None)
                found[source.source_id] = source
        return cls(found.values(), actors=actors)

    def named(self, name: str | None) -> Source:
        """Return the source of this name; one of grade F when it is not listed."""
        return self._named(name) if name else self._unknown

    def quoted(self, words: str | None) -> Source | None:
        """Return the listed source that an attribution names, the longest name first; None when none does."""
        return self._quoted(words) if words else None

    def of(self, claim: Claim) -> tuple[float, frozenset[str]]:
        """Return how far a claim's source may be relied upon (0 to 1), and whom it favours."""
        writer = self.named(claim.source)
        speaker = self.quoted(claim.attributed_to)
        reliability = GRADES[writer.reliability]
        if speaker is None:
            return reliability, writer.favours
        return min(reliability, GRADES[speaker.reliability]), writer.favours | speaker.favours

    def grade(self, claim: Claim) -> str:
        """Return the Admiralty grade of a claim's source: the worse of who writes and who is quoted."""
        writer, speaker = self.named(claim.source), self.quoted(claim.attributed_to)
        grades = [writer.reliability] + ([speaker.reliability] if speaker is not None else [])
        return min(grades, key=lambda grade: GRADES[grade])

    def leaning(self, claim: Claim, gainer: str | None, loser: str | None) -> int:
        """
        Return 1 when a claim helps the camp that its source favours, -1 when it hurts that camp, 0 otherwise.

        A side's camp is its bloc, whom it is part of, and who is part of it. What
        passes between two sides of one camp neither helps nor hurts it.
        """
        _, favours = self.of(claim)
        camps = frozenset().union(*(self._camp(side) for side in favours))
        helps = gainer is not None and (gainer in favours or not camps.isdisjoint(self._camp(gainer)))
        hurts = loser is not None and (loser in favours or not camps.isdisjoint(self._camp(loser)))
        return helps - hurts

    def _find_camp(self, side: str) -> frozenset[str]:
        """Return the names of the camps that a side is in: its bloc, itself, and those it is part of."""
        found: set[str] = set()
        at: str | None = side
        while at is not None and at not in found:
            found.add(at)
            actor = self._actors.get(at)
            if actor is not None and actor.bloc is not None:
                found.add(f"bloc {actor.bloc}")
            at = actor.parent if actor is not None else None
        return frozenset(found)

    def _find_besieged(self, country: str) -> Mapping[str, str]:
        """Return who holds what in a country is only told to be besieged, by the besieger: its foe, else the state."""
        foes = {side: actor.fights for side, actor in sorted(self._actors.items()) if actor.fights is not None}
        lord = self._lord(country)
        if lord is None:
            return foes
        own = self._find_camp(lord)
        return {side: lord for side in sorted(self._actors) if own.isdisjoint(self._find_camp(side))} | foes

    def _lord(self, country: str) -> str | None:
        """Return the side that is the state of a country, None where no file lists it."""
        return min((a.actor_id for a in self._actors.values() if a.state_of == country), default=None)

    def _find_heirs(self, country: str) -> Mapping[str, str]:
        """
        Return who is left with a place in a country when a side leaves it to nobody named, by the side that leaves.

        That is the state whose land it is, where another state's forces leave, or a side that is part of these.
        """
        lord = self._lord(country)
        if lord is None:
            return {}
        return {side: lord for side in sorted(self._actors) if self._is_foreign(side, country)}

    def _is_foreign(self, side: str, country: str) -> bool:
        chain: list[str] = []
        at: str | None = side
        while at is not None and at not in chain:
            chain.append(at)
            actor = self._actors.get(at)
            if actor is not None and actor.state_of is not None:
                return actor.state_of != country
            at = actor.parent if actor is not None else None
        return False

    def _find_named(self, name: str) -> Source:
        return self._by_name.get(_folded(name), self._unknown)

    def _find_quoted(self, words: str) -> Source | None:
        text = f" {_folded(words)} "
        hits = [name for name in self._by_name if f" {name} " in text]
        return self._by_name[max(hits, key=lambda name: (len(name), name))] if hits else None


@cache
def shipped_sources() -> SourceIndex:
    """Return the shipped sources, read once."""
    return SourceIndex.load()


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", name.casefold()).split())


def _read(path: Path, known: Mapping[str, Source]) -> list[Source]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
    except OSError as error:
        raise InputError(f"can't be read ({(error.strerror or str(error)).lower()})", path=path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is no TOML ({error})", path=path, cure="Mend the line named.") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError("source is no list of tables", path=path, cure="Begin each source with [[source]].")
    return [_source(row, path, known.get(str(row.get("id")))) for row in rows]


def _source(row: Mapping[str, object], path: Path, known: Source | None) -> Source:
    before = known or Source(source_id="", names=())
    source_id, names = row.get("id"), row.get("names", list(before.names))
    grade, favours = row.get("reliability", before.reliability), row.get("favours", sorted(before.favours))
    if not isinstance(source_id, str) or not isinstance(names, list) or not names:
        raise InputError(f"a source without id or names: {row}", path=path, cure="Give it both.")
    if grade not in GRADES:
        raise InputError(f"source {source_id!r} has the grade {grade!r}", path=path, cure="Use a letter A to F.")
    if not isinstance(favours, list):
        raise InputError(f"source {source_id!r}: favours is no list", path=path, cure="List actor ids.")
    return Source(
        source_id=source_id,
        names=tuple(str(name) for name in names),
        reliability=str(grade),
        favours=frozenset(str(actor) for actor in favours),
        basis=str(row.get("basis", before.basis)),
    )
