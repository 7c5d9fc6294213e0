"""What is told of a name behind it: that it is a town, that it was retaken, that it lies by a river."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.places.lexicon import Lexicon
from tracker.places.matching.scan import PART

__all__ = ["FARTHEST", "Teller"]

FARTHEST = 64  # characters behind a name that are read, in its line
_LINE = re.compile(rf"[^\n{PART}]*").match
_MOST_ADJECTIVES = 3  # "a small but important railway junction"
_ONE = r"(?:(?:once |now )?an?|the|another|one of the|both|two)"
_BE = r"(?:was|were|is|are|remains|remained|stayed|became|becomes)"
_HAVE = r"(?:has|have|had)"
_MONTH = r"(?:Jan|Feb|March|Apr|May|June|July|Aug|Sep|Oct|Nov|Dec)"
_ABOUT = r"(?:(?:just|some|about|roughly|only|around) )?"
_SIDE = r"(?:\d|(?:north|south|east|west)|astride|along|midway|halfway|opposite)"
_AFTER_NOUN = (
    r"(?=[.,;:)–—]|$| (?:\d|(?:in|of|on|at|near|by|to|from|for|with|between|along|outside|inside|within|beyond|under"
    r"|and|just|about|some|that|which|where|whose|held|north|south|east|west|north-?(?:east|west)|south-?(?:east|west)"
    r"|overlooking|close|astride|behind|across|is|was|has|had|fell)\b))"
)
_SECOND = frozenset(  # words that stand second in what is told, beside those of the word files
    ["a", "an", "the", "another", "one", "both", "two", "been", "being", "come", "under", "changed", "hands",
     "fallen", "taken", "held", "lost", "in", "to", "into", "on", "at", "without", "within", "after", "back",
     "just", "some", "about", "roughly", "only", "around", "near", "between", "close", "north", "south", "east",
     "west", "astride", "along", "midway", "halfway", "opposite", "fell", "was", "were", "is", "has", "had",
     "came"]
)  # fmt: skip
_NO_ADJECTIVES = "(?!(?:a|an|the|of|in|at|on|for|from|by|with|to|who|that|which|whose|is|was|has|had)\\b)"


class Teller:
    """
    Reads what is told of a name behind it, where its first words leave that open.

    Attributes
    ----------
    leading_on
        The words that stand second where anything is told.

    Examples
    --------
    >>> from tracker.places.lexicon import lexicon
    >>> teller = Teller(lexicon())
    >>> [teller.sign(words) for words in (", a railway junction in the north", ", a port worker,", " had been retaken")]
    ['apposed', None, 'fate_after']
    """

    def __init__(self, words: Lexicon) -> None:
        nouns, small = _either(words.place_nouns), rf"(?: {_either(words.passed_by)})?"
        adjectives = rf"(?: {_NO_ADJECTIVES}[\w'’-]+){{0,{_MOST_ADJECTIVES}}}?"
        self._apposed = re.compile(rf"(?:,| {_BE}{small}) {_ONE}{adjectives} {nouns}{_AFTER_NOUN}").match
        self._passive = re.compile(
            rf" (?:{_BE}{small}(?: being)?|{_HAVE}{small} been){small} ([a-z-]+)(?: (by)\b)?"
        ).match
        self._elsewhere = re.compile(rf"[ \w-]{{0,12}} (?:in|at|near|outside) (?!{_MONTH})[^\W\d_a-z]").match
        self._fate = re.compile(
            rf"{small} (?:(?:{_HAVE}{small} )?changed hands|changes hands"
            rf"|(?:{_BE}|came|comes|{_HAVE}{small} (?:come|been)){small} under "
            r"(?:[\w-]+ ){0,2}?(?:siege|bombardment|shelling|blockade|(?:[\w-]+ )(?:control|rule|occupation))\b"
            rf"|lies {_ABOUT}(?:{_SIDE}|near|between|within|close|(?:in|on|at) the )"
            rf"|(?:lay|sits|sat|stands|stood) {_ABOUT}{_SIDE}"
            r"|(?:is|are|was|were|lies|lay) in ruins)"
        ).match
        self._fallen = re.compile(
            rf"{small} (?:{_HAVE}{small} fallen\b(?! (?:ill|asleep|in love|off|down|behind|out|from))"
            rf"|(?:fell|falls)(?: again| back)? (?:to(?! (?:his|her|their|its|pieces|sleep|earth|the (?:ground|floor)))"
            r"|into(?! (?:a|an|the|his|her|love)\b)|without|within|on \d|after|in (?:[A-Z]|\d|(?:early|late|mid)\b)))"
        ).match
        self._fates, self._perils = words.fates, words.perils
        self.leading_on = words.fates | words.perils | words.passed_by | _SECOND

    def sign(self, behind: str) -> str | None:
        """Return what the line behind a name tells of it; None for nothing."""
        if self._apposed(behind) is not None:
            return "apposed"
        if behind[0] == ",":
            return None
        if self._fate(behind) is not None:
            return "fate_after"
        passive = self._passive(behind)
        if passive is not None:
            return self._befallen(behind, passive)
        return "peril_after" if self._fallen(behind) is not None else None

    def _befallen(self, behind: str, passive: re.Match[str]) -> str | None:
        """Return what a passive tells: "Omar was captured in Homs" is told of a person."""
        verb, by = passive.groups()
        if verb in self._fates:
            return "fate_after"
        if verb in self._perils:
            return None if self._elsewhere(behind, passive.end(1)) else "peril_after"
        return "peril_after" if by and f"{verb} by" in self._perils else None

    def sign_at(self, text: str, end: int) -> str | None:
        """Return what is told behind a name that ends somewhere in a page."""
        line = _LINE(text, end, end + FARTHEST)
        return None if line is None else self.sign(line[0])


def _either(phrases: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, phrases), key=len, reverse=True)) + r")\b"
