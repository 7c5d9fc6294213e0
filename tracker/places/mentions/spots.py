"""A name that may be a place, with what speaks for and against it."""

from __future__ import annotations

from tracker.places.lexicon import CueType

__all__ = ["Spot"]


class Spot:
    """
    A name that may be a place.

    Attributes
    ----------
    start, end
        Span of the name.
    entry
        Entry of the table of names, None when the gazetteer has no such spelling.
    cue
        Kind of place that the words around it name; a list shares its cue.
    cue_before, plural
        Whether the cue stands before the name, and speaks of several places ("the villages of").
    full_end
        Where the mention ends when the type word after the name belongs to it.
    signs
        What speaks for and against its being a place; each has a weight in ``data/places/weights.toml``.
    container
        Index of the spot that is said to hold it ("Springfield, Illinois"), else None.
    belief
        That it is a place, 0 to 1; set by the locator.
    run_start, run_end
        Span of the capitalised words of which the name is a part; both 0 when it is all of them.
    """

    cue: CueType | None = None
    container: int | None = None
    belief = 0.0
    plural = False
    cue_before = False
    run_start = run_end = 0  # most spots have none of these: they stay the class's

    def __init__(self, start: int, end: int, name: str, entry: int | None) -> None:
        self.start = start
        self.end = self.full_end = end
        self.name = name
        self.entry = entry
        self.signs: list[str] = []
