"""How far a source is trusted, and whom it favours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.errors import InputError
from tracker.model import Claim
from tracker.resources import data_path

__all__ = ["GRADES", "Source", "SourceIndex"]

# Admiralty grades (NATO AJP-2.1, 2016: A completely reliable … E unreliable, F cannot be judged) as the chance
# that a report of such a source may be relied upon. The standard gives words, not numbers; these keep its
# order, and F stands where a source of which nothing is known belongs: between C and D.
GRADES: Mapping[str, float] = {"A": 0.95, "B": 0.85, "C": 0.75, "D": 0.55, "E": 0.3, "F": 0.7}


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

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources = tuple(sources)
        self._by_name = {_folded(name): source for source in self.sources for name in source.names}
        self._unknown = Source(source_id="", names=())

    @classmethod
    def load(cls, *extra: Path) -> SourceIndex:
        """
        Read the shipped sources and further files; a later file wins for a name.

        Raises
        ------
        InputError
            If a file is missing, is no TOML or breaks the rules.
        """
        found: list[Source] = []
        for path in (data_path("sources.toml"), *extra):
            found.extend(_read(path))
        return cls(found)

    def named(self, name: str | None) -> Source:
        """Return the source of this name; one of grade F when it is not listed."""
        return self._by_name.get(_folded(name), self._unknown) if name else self._unknown

    def quoted(self, words: str | None) -> Source | None:
        """Return the listed source that an attribution names, the longest name first; None when none does."""
        if not words:
            return None
        text = f" {_folded(words)} "
        hits = [name for name in self._by_name if f" {name} " in text]
        return self._by_name[max(hits, key=lambda name: (len(name), name))] if hits else None

    def of(self, claim: Claim) -> tuple[float, frozenset[str]]:
        """Return how far a claim's source may be relied upon (0 to 1), and whom it favours."""
        writer = self.named(claim.source)
        speaker = self.quoted(claim.attributed_to)
        reliability = GRADES[writer.reliability]
        if speaker is None:
            return reliability, writer.favours
        return min(reliability, GRADES[speaker.reliability]), writer.favours | speaker.favours


@cache
def shipped_sources() -> SourceIndex:
    """Return the shipped sources, read once."""
    return SourceIndex.load()


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", name.casefold()).split())


def _read(path: Path) -> list[Source]:
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
    except OSError as error:
        raise InputError(f"can't be read ({(error.strerror or str(error)).lower()})", path=path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is no TOML ({error})", path=path, cure="Mend the line named.") from None
    return [_source(row, path) for row in rows]


def _source(row: dict[str, object], path: Path) -> Source:
    source_id, names, grade = row.get("id"), row.get("names"), row.get("reliability", "F")
    if not isinstance(source_id, str) or not isinstance(names, list) or not names:
        raise InputError(f"a source without id or names: {row}", path=path, cure="Give it both.")
    if grade not in GRADES:
        raise InputError(f"source {source_id!r} has the grade {grade!r}", path=path, cure="Use a letter A to F.")
    favours = row.get("favours", [])
    if not isinstance(favours, list):
        raise InputError(f"source {source_id!r}: favours is no list", path=path, cure="List actor ids.")
    return Source(
        source_id=source_id,
        names=tuple(str(name) for name in names),
        reliability=str(grade),
        favours=frozenset(str(actor) for actor in favours),
        basis=str(row.get("basis", "")),
    )
