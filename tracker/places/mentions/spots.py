"""A name that may be a place, with what speaks for and against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.places.lexicon import CueType
from tracker.places.mentions.cues import Look
from tracker.places.mentions.signs import Signs
from tracker.places.mentions.spelling import Spelling

if TYPE_CHECKING:
    from tracker.places.ranking.candidates import Candidates

__all__ = ["Sightings", "Spot"]


class Sightings:
    """
    What may be place names on a page, as columns, ordered, without overlaps.

    Attributes
    ----------
    text
        The page.
    start, end, entry
        Span of each, and its entry of the table of names, -1 when the gazetteer has no such spelling.
    spelt, looks, signs
        What each says by itself, how it looks where it stands, and what speaks for and against it.
    inner
        Those that are said to lie in the next one.
    """

    __slots__ = ("end", "entry", "inner", "looks", "signs", "spelt", "start", "text")

    def __init__(
        self,
        text: str,
        span: tuple[list[int], list[int], list[int]],
        spelt: list[Spelling],
        looks: list[Look],
        signs: list[Signs],
    ) -> None:
        self.text = text
        self.start, self.end, self.entry = span
        self.spelt = spelt
        self.looks = looks
        self.signs = signs
        self.inner: set[int] = set()


class Spot:
    """
    A name that may be a place.

    Attributes
    ----------
    start, end
        Span of the name.
    spelling
        What it says by itself.
    entry
        Entry of the table of names, -1 when the gazetteer has no such spelling.
    options
        The places that it may mean.
    known
        Whether the gazetteer has any by this spelling, or by this spelling and the cue.
    cue
        Kind of place that the words around it name; a list shares its cue.
    full_end
        Where the mention ends when the type word after the name belongs to it.
    signs
        What speaks for and against its being a place; each has a weight in ``data/places/weights.toml``.
    container
        The spot that is said to hold it ("Springfield, Illinois"), else None.
    belief
        That it is a place, 0 to 1; set by the locator.
    """

    __slots__ = (
        "belief", "container", "cue", "end", "entry", "full_end", "known", "options", "signs", "spelling", "start",
    )  # fmt: skip

    options: Candidates

    def __init__(self, seen: Sightings, number: int) -> None:
        look = seen.looks[number]
        self.start = seen.start[number]
        self.end = end = seen.end[number]
        self.full_end = end + look.more
        self.spelling = seen.spelt[number]
        self.entry = seen.entry[number]
        self.cue: CueType | None = look.cue
        self.signs = seen.signs[number]
        self.known = False
        self.container: Spot | None = None
        self.belief = 0.0

    @property
    def name(self) -> str:
        """The name as the text spells it."""
        return self.spelling.text
