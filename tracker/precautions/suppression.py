"""Lists of what must not be shown: places, reports, claims and words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from tracker.errors import InputError, UnknownPlaceError
from tracker.jsonl import open_lines
from tracker.model import Claim, ClaimQuote, Judgement, Place, PlaceIndex, Report, State
from tracker.places.names.folding import exact_key, folded_keys

__all__ = ["WITHHELD", "Suppression", "Words", "read_suppression"]

WITHHELD = "[withheld]"
_KINDS = ("place", "report", "claim", "words")
_CURE = "Write one entry a line: place ID, report ID, claim ID or words TEXT; # begins a comment."
_SHORTEST_FOLDED = 4  # letters; shorter keys of different names meet ("Es", "Isa")
_SHORTEST_NAME = 3  # letters of a second name; "As" and "Es" would withhold half of all sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """
    What a list names.

    Attributes
    ----------
    places
        Place ids; whatever the gazetteer has below one of them is meant too.
    reports, claims
        Ids of reports and claims that count as if they had never been made.
    words
        Texts that no sentence shown may hold, in any spelling that folds to the same.
    """

    places: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def hides_place(self, place_id: str | None, index: PlaceIndex) -> bool:
        """Return whether a place, or one that holds it, is on the list."""
        seen: set[str] = set()
        while place_id is not None and place_id not in seen:
            if place_id in self.places:
                return True
            seen.add(place_id)
            try:
                place_id = index.get(place_id).parent
            except UnknownPlaceError:
                return False
        return False


class Words:
    """
    The words that sentences may not hold: names of the hidden places and words of the list.

    Parameters
    ----------
    texts
        Names and words, in any script.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        told = sorted({text for text in texts if exact_key(text)})
        self._exact = {exact_key(text) for text in told}
        self._folded = {key for key in folded_keys(told) if len(key) >= _SHORTEST_FOLDED}
        self._longest = max((len(exact_key(text).split()) for text in told), default=0) + 1

    @classmethod
    def of(cls, hidden: Suppression, places: Iterable[Place], spellings: Iterable[str]) -> Words:
        """Return the words of a list: its own, all names of its places, and the spellings that texts use for them."""
        main = [place.name for place in places]
        others = [name.text for place in places for name in place.names if len(name.text) >= _SHORTEST_NAME]
        return cls([*hidden.words, *main, *others, *spellings])

    def within(self, text: str | None) -> bool:
        """Return whether a text holds any of the words, whatever their spelling."""
        if not text or not self._exact:
            return False
        tokens = exact_key(unquote(text).replace("'s", " ").replace("’s", " ")).split()  # links are percent-encoded
        windows = [" ".join(tokens[i : i + n]) for n in range(1, self._longest + 1) for i in range(len(tokens) - n + 1)]
        return not self._exact.isdisjoint(windows) or not self._folded.isdisjoint(folded_keys(windows))

    def scrubbed(self, text: str | None) -> str | None:
        """Return a text, or `WITHHELD` in its place."""
        return WITHHELD if self.within(text) else text

    def scrubbed_quote(self, quote: ClaimQuote) -> ClaimQuote:
        """Return a quote without sentence and link when they hold any of the words."""
        return replace(
            quote,
            quote=self.scrubbed(quote.quote) or "",
            actor=self.scrubbed_actor(quote.actor),
            source=self.scrubbed(quote.source),
            url=None if self.within(quote.quote) or self.within(quote.url) else quote.url,
        )

    def scrubbed_claim(self, claim: Claim) -> Claim:
        """Return a claim of another place without the words; its sentence and link go whole."""
        told = self.within(claim.quote)
        return replace(
            claim,
            quote=WITHHELD if told else claim.quote,
            url=None if told or self.within(claim.url) else claim.url,
            title=self.scrubbed(claim.title),
            source=self.scrubbed(claim.source),
            attributed_to=self.scrubbed(claim.attributed_to),
            actor_text=self.scrubbed(claim.actor_text),
            actor=self.scrubbed_actor(claim.actor),
            counter_actor=self.scrubbed_actor(claim.counter_actor),
        )

    def scrubbed_state(self, state: State) -> State:
        """Return a state of another place without the words."""
        return replace(
            state,
            holder=self.scrubbed_actor(state.holder),
            candidates=tuple(replace(c, actor=self.scrubbed_actor(c.actor) or "") for c in state.candidates),
            besieger=self.scrubbed_actor(state.besieger),
            reason=self.scrubbed(state.reason) or "",
        )

    def scrubbed_judgement(self, judgement: Judgement) -> Judgement:
        """Return a judgement without the words in its note and in the sides that it names."""
        corrections = {name: self.scrubbed_actor(value) for name, value in judgement.corrections.items()}
        return replace(judgement, note=self.scrubbed(judgement.note), corrections=corrections)

    def scrubbed_report(self, report: Report) -> Report:
        """Return what a report is called and where it comes from, without the words and without its text."""
        return replace(
            report,
            text="",
            title=self.scrubbed(report.title),
            source=self.scrubbed(report.source),
            url=None if self.within(report.title) or self.within(report.url) else report.url,
        )

    def scrubbed_actor(self, actor: str | None) -> str | None:
        """Return an actor id; a side that is named after a hidden place loses its name."""
        named = actor is not None and actor.startswith("other:") and self.within(actor.removeprefix("other:"))
        return "other:withheld" if named else actor


def read_suppression(path: str | Path, index: PlaceIndex | None = None) -> Suppression:
    """
    Read a list of what must not be shown.

    A line is ``place ID``, ``report ID``, ``claim ID`` or ``words TEXT``; what follows ``#`` is
    passed over, and so are empty lines.

    Parameters
    ----------
    index
        To check that the places exist; None checks nothing.

    Raises
    ------
    InputError
        If the file can't be read, or a line is none of these or names no known place: a list
        with a slip of the pen would show what it should hide.
    """
    found: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    with open_lines(path) as lines:
        for number, line in enumerate(lines, start=1):
            told = line.lstrip("\ufeff").partition("#")[0].strip()
            if told:
                kind, text = _entry(told, path, number)
                found[kind].add(text)
                if kind == "place" and index is not None:
                    _check_place(text, index, path, number)
    if not any(found.values()):
        raise InputError("the list is empty, so it would hide nothing", path=path, cure=_CURE)
    return Suppression(**{_FIELDS[kind]: frozenset(entries) for kind, entries in found.items()})


_FIELDS = {"place": "places", "report": "reports", "claim": "claims", "words": "words"}


def _entry(told: str, path: str | Path, number: int) -> tuple[str, str]:
    kind, _, text = told.partition(" ")
    text = text.strip()
    if kind not in _KINDS or not text:
        raise InputError(f"{told!r} is no entry of a list of what to hide", path=path, line=number, cure=_CURE)
    if kind == "words" and not exact_key(text):
        raise InputError(f"{text!r} has no letter or digit to look for", path=path, line=number, cure=_CURE)
    return kind, text


def _check_place(place_id: str, index: PlaceIndex, path: str | Path, number: int) -> None:
    try:
        index.get(place_id)
    except UnknownPlaceError as error:
        raise InputError(str(error), path=path, line=number) from None


def all_below(places: Collection[str], index: PlaceIndex) -> list[Place]:
    """Return the listed places and all that the gazetteer has below them, ordered by id."""
    found: dict[str, Place] = {}
    waiting = sorted(places)
    while waiting:
        place_id = waiting.pop()
        if place_id not in found:
            try:
                found[place_id] = index.get(place_id)
                waiting += [child.place_id for child in index.children(place_id)]
            except UnknownPlaceError:
                continue
    return [found[place_id] for place_id in sorted(found)]
