"""Stand-ins for what other rooms provide: marked places and sides, an index without places."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from functools import cache

from tracker.claims.actors.camps import Camps
from tracker.claims.actors.data import Form
from tracker.claims.actors.index import ActorMention
from tracker.claims.extract import extract
from tracker.errors import UnknownPlaceError
from tracker.model import Claim, Place, Report, Resolution
from tracker.pipeline import Stages

MARK = re.compile(r"\{([PACO])\|([^}]*)\}")
SIDES = {"A": "other:alpha", "C": "other:beta", "O": "other:gamma"}


class NoPlaces:
    """An index with nothing below any place, except what it is given."""

    def __init__(self, children: tuple[Place, ...] = ()) -> None:
        self._children = children

    def get(self, place_id: str) -> Place:
        found = next((place for place in self._children if place.place_id == place_id), None)
        if found is None:
            raise UnknownPlaceError(place_id)
        return found

    def children(self, place_id: str) -> tuple[Place, ...]:
        return tuple(place for place in self._children if place.parent == place_id)


class MarkedActors:
    """Finds the sides that a test has marked; none is tied to a theatre or a state."""

    def __init__(self, mentions: list[ActorMention]) -> None:
        self._mentions = mentions
        self.grounds: dict[str, frozenset[str]] = {}
        self.states: frozenset[str] = frozenset()
        self.listed = {mention.actor_id for mention in mentions}
        self.camps = Camps()
        self.leaders: dict[str, str] = {}

    def lands(self, text, ground) -> dict[str, int]:
        return {}

    def groups(self, text, towns) -> dict[str, str]:
        return {}

    def leaders_in(self, text) -> list[tuple[int, str]]:
        return []

    def with_groups(self, text, mentions, groups) -> list[ActorMention]:
        return list(mentions)

    def may_be_armed(self, text, lower=None) -> bool:
        return True

    def find(self, text, *, on=None, countries=frozenset()) -> list[ActorMention]:
        return self._mentions

    def spotted(self, text) -> list[ActorMention]:
        return self._mentions


def read(
    marked: str, *, backend: str = "auto", published: dt.date | None = None, title: str | None = None, index=None
) -> list[Claim]:
    """Return the claims of a text with marked places and sides."""
    report, resolutions, mentions = unmarked(marked, published=published, title=title)
    return extract(report, resolutions, index or NoPlaces(), actors=MarkedActors(mentions), backend=backend)


def unmarked(marked: str, *, published=None, title=None) -> tuple[Report, list[Resolution], list[ActorMention]]:
    """Return the text without its marks, and what they marked."""
    text = ""
    resolutions, mentions = [], []
    at = 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        start, (kind, words) = len(text), mark.groups()
        text += words
        at = mark.end()
        place = kind == "P" or (kind == "O" and words[0].isupper() and words.isalpha() and len(words.split()) == 1)
        if place:
            resolutions.append(resolution_of(words, start))
        else:
            bare = re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", words)
            first = start + len(words) - len(bare)
            mentions.append(
                ActorMention(
                    start=first,
                    end=first + len(bare),
                    text=bare,
                    actor_id=SIDES[kind],
                    form=Form.NAME,
                    attributive=re.match(
                        r"-(?:held|controlled|run|occupied|ruled|dominated|administered|governed)", marked[mark.end() :]
                    )
                    is not None,
                )
            )
    text += marked[at:]
    report = Report(report_id="t", text=text, sha256="", published=published, title=title)
    return report, resolutions, mentions


def resolution_of(words: str, start: int, feature: str = "PPL") -> Resolution:
    slug = words.lower().replace(" ", "-")
    return Resolution(
        report_id="t", start=start, end=start + len(words), text=words, place_id=f"tk:{slug}",
        name=words, lat=1.0, lon=2.0,
        feature=feature, country="SY", score=0.9,
    )  # fmt: skip


@cache
def stages() -> Stages:
    """Return the stages as every command runs them, with the shipped gazetteer and sides."""
    return Stages()


def extracted(text: str, published: str) -> list[Claim]:
    """Return the claims of a whole text as a user gets them, its places and sides found, none marked."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    return stages().extract(Report(report_id="r", text=text, sha256=sha, published=dt.date.fromisoformat(published)))
