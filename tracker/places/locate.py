"""From a report to its places: find the names, choose what each means."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from tracker.model import Report, Resolution
from tracker.places.gazetteer import Gazetteer
from tracker.places.lexicon import lexicon
from tracker.places.matching.name_table import name_table
from tracker.places.matching.sheet import SHORT, Sheet
from tracker.places.mentions.fighting import Fighting
from tracker.places.mentions.pieces import Asked, Piece, pieces
from tracker.places.mentions.runs import Span
from tracker.places.mentions.spots import Spot
from tracker.places.ranking.answers import Answer, Setting, answers_of, resolutions
from tracker.places.ranking.candidates import CandidateBook
from tracker.places.ranking.drafts import Drafter
from tracker.places.ranking.governing import govern
from tracker.places.ranking.resolve import Naming, Ranking, Referent, rank_all, weighing
from tracker.resting import collector_at_rest

__all__ = ["Asked", "Locator", "locate", "locate_many"]

_FEW = 2  # reports that are asked each by itself whether they tell of fighting, which is faster then
_NOWHERE: frozenset[str] = frozenset()
_HEAVIEST = 3.0  # a name counts as context at most so many times


def locate(
    report: Report,
    gazetteer: Gazetteer,
    *,
    masks: Sequence[Span] = (),
    theatre: Collection[str] = frozenset(),
) -> list[Resolution]:
    """
    Return the places that a report names, ordered by start, without overlaps.

    Parameters
    ----------
    report
        Whose text is read; spans count its code points.
    gazetteer
        The places that names can mean.
    masks
        Spans that name something else (actors, peoples): a name inside one is no place.
    theatre
        ISO 3166-1 alpha-2 codes of countries that count as named: where the sides that the report names fight.

    Returns
    -------
    resolutions
        One a mention; `place_id` is None where a place is clearly named but not known.
    """
    return locator(gazetteer).locate(report, masks=masks, theatre=theatre)


def locate_many(asked: Iterable[Asked], gazetteer: Gazetteer) -> Iterator[list[Resolution]]:
    """
    Yield the places that each of many reports names, as `locate` does and faster.

    Some reports are read ahead, as many as a window of the matcher holds.
    """
    return locator(gazetteer).locate_many(asked)


@lru_cache(maxsize=4)
def locator(gazetteer: Gazetteer) -> Locator:
    """Return the locator of a gazetteer, made once."""
    return Locator(gazetteer)


class _Weighed(NamedTuple):
    """
    The mentions of a piece.

    Attributes
    ----------
    spots, numbers
        Each mention, and the number of its referent.
    referents
        What the piece names, each with what it may mean.
    war
        Whether the piece speaks of fighting.
    """

    spots: list[Spot]
    numbers: list[int]
    referents: list[Referent]
    war: bool


class Locator:
    """Finds and resolves names against one gazetteer, remembering what it looked up."""

    def __init__(self, gazetteer: Gazetteer, *, weights: Mapping[str, Mapping[str, float]] | None = None) -> None:
        self._words = lexicon()
        self._table = name_table(gazetteer, self._words)
        self._drafter = Drafter(self._words, CandidateBook(gazetteer, self._table), self._table.letters)
        self._fighting = Fighting(self._words, self._table.letters)
        self.weights = weights or self._words.weights

    def hasten(self) -> bool:
        """Find names in machine code from now on, where it can be loaded; see `NameTable.hasten`."""
        return self._table.hasten()

    @property
    def weights(self) -> Mapping[str, Mapping[str, float]]:
        """Weights of the choices, by choice and name; see ``data/places/weights.toml``."""
        return self._weights

    @weights.setter
    def weights(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights
        self._choice = weighing(weights["place"])
        self._drafter.weigh_by(weights["mention"])

    def locate(
        self, report: Report, *, masks: Sequence[Span] = (), theatre: Collection[str] = frozenset()
    ) -> list[Resolution]:
        """Return the places that a report names; see `locate`."""
        if len(report.text) > SHORT:
            return list(self.stream(report, masks=masks, theatre=theatre))
        piece = Piece(report, masks, frozenset(theatre), start=0, last=True)
        (found,) = self._resolved([piece], self._table.sheet([report.text], self._drafter.passed_over))
        return found

    def stream(
        self, report: Report, *, masks: Sequence[Span] = (), theatre: Collection[str] = frozenset()
    ) -> Iterator[Resolution]:
        """Yield the places that a report names, as `locate` does; of a text of any length little is held in memory."""
        for _, found in self._located(pieces(Asked(report, masks, theatre))):
            yield from found

    def locate_many(self, asked: Iterable[Asked]) -> Iterator[list[Resolution]]:
        """
        Yield the places that each report names, as `locate` does; many are read at a time, which is faster.

        Parameters
        ----------
        asked
            Each report with its masks and its theatre.
        """
        whole: list[Resolution] = []
        for piece, found in self._located(piece for one in asked for piece in pieces(one)):
            whole += found
            if piece.last:
                yield whole
                whole = []

    def weigh(
        self, report: Report, *, masks: Sequence[Span] = (), theatre: Collection[str] = frozenset()
    ) -> list[tuple[Spot, Referent]]:
        """Return each mention with what it may mean and what each candidate was weighed by."""
        piece = Piece(report, masks, frozenset(theatre), start=0, last=True)
        sheet = self._table.sheet([report.text], self._drafter.passed_over)
        (weighed,), rankings = self._weigh([piece], sheet)
        for ranking in rankings:
            ranking.hand_out()
        _move(weighed.spots, -sheet.starts[0])
        return [(spot, weighed.referents[number]) for spot, number in zip(weighed.spots, weighed.numbers, strict=True)]

    def options(self, text: str) -> list[Spot]:
        """Return what may be place names, each with its belief and what it may mean."""
        sheet = self._table.sheet([text], self._drafter.passed_over)
        piece = Piece(Report(report_id="", text=text, sha256=""), (), frozenset(), start=0, last=True)
        (spots,) = self._drafter.draft([piece], sheet, every=True)
        _move(spots, -sheet.starts[0])
        return spots

    def _located(self, listed: Iterable[Piece]) -> Iterator[tuple[Piece, list[Resolution]]]:
        """Yield each piece with the places that it names; pieces wait while more are gathered, a page's worth."""
        waiting: deque[Piece] = deque()

        def texts() -> Iterator[str]:
            for piece in listed:
                waiting.append(piece)
                yield piece.report.text

        for sheet in self._table.sheets(texts(), self._drafter.passed_over):
            batch = [waiting.popleft() for _ in sheet.starts[1:]]
            with collector_at_rest():
                found = self._resolved(batch, sheet)
            yield from zip(batch, found, strict=True)

    def _resolved(self, batch: Sequence[Piece], sheet: Sheet) -> list[list[Resolution]]:
        """Return the places that each piece on a page names."""
        weighed, rankings = self._weigh(batch, sheet)
        answers = answers_of([referent for one in weighed for referent in one.referents], rankings)
        settings: list[Setting] = []
        meant: list[Answer] = []
        first = 0
        for piece, start, one in zip(batch, sheet.starts, weighed, strict=False):
            if one.spots:
                settings.append(Setting(piece.report.report_id, piece.start - start, one.war, len(one.spots)))
                meant += [answers[first + number] for number in one.numbers]
                first += len(one.referents)
        spots = [spot for one in weighed for spot in one.spots]
        found = resolutions(sheet.text, settings, spots, meant, self.weights["score"])
        ends = list(accumulate([len(one.spots) for one in weighed], initial=0))
        return [found[start:end] for start, end in pairwise(ends)]

    def _weigh(self, batch: Sequence[Piece], sheet: Sheet) -> tuple[list[_Weighed], list[Ranking]]:
        """Find and weigh what the pieces on a page may name, each by itself."""
        least = self._weights["mention"]["threshold"]
        many = self._fighting.told_on(sheet) if len(batch) > _FEW else None

        def told(number: int) -> bool:
            return many[number] if many is not None else self.of_war(batch[number].report.text)

        drafted = self._drafter.draft(batch, sheet, told=told)
        drafts = [[spot for spot in spots if spot.belief >= least] for spots in drafted]
        self._drafter.give_keys(spot for kept in drafts for spot in kept)
        weighed: list[_Weighed] = []
        namings: list[Naming] = []
        for number, (piece, kept) in enumerate(zip(batch, drafts, strict=True)):
            war = bool(kept) and told(number)
            referents, numbers = _referents(kept) if kept else ([], [])
            govern(sheet.text, kept, numbers, referents, self._words.everywhere)
            namings.append(Naming(referents, piece.theatre, self._words.at_war if war else frozenset()))
            weighed.append(_Weighed(kept, numbers, referents, war))
        return weighed, rank_all(namings, self._choice)

    def of_war(self, text: str) -> bool:
        """Return whether a report's first page speaks of fighting."""
        return self._fighting.told_in(text)


def _referents(spots: Sequence[Spot]) -> tuple[list[Referent], list[int]]:
    """Gather spots with one name, one kind and one whole into referents; return the number of each spot's."""
    referents: list[Referent] = []
    numbers: dict[str | tuple[str, ...], int] = {}
    listed: list[int] = []
    held = any(spot.container is not None for spot in spots)
    wholes = _told_apart(spots) if held else {}
    for place, spot in enumerate(spots):
        cue = spot.cue
        key: str | tuple[str, ...] = spot.spelling.key
        if cue is not None and (cue.only or cue.kind == "whole"):
            key = spot.spelling.key, cue.kind
        elif place in wholes:
            key = spot.spelling.key, "in", wholes[place]
        number = numbers.get(key, -1)
        if number < 0:
            number = numbers[key] = len(referents)
            # namesakes would draw each other to one place, and the rest of the report to both
            referents.append(Referent(spot.spelling.text, spot.options, cue, 0.0 if place in wholes else spot.belief))
        else:
            referent = referents[number]
            if referent.weight:
                referent.weight = min(_HEAVIEST, referent.weight + spot.belief)
            if referent.cue is None:
                referent.cue = cue
        listed.append(number)
    if held:
        _contain(referents, spots, listed)
    return referents, listed


def _told_apart(spots: Sequence[Spot]) -> dict[int, str]:
    """
    Return the whole of each spot whose name is said to lie in several ("Portland, Oregon, and Portland, Maine").

    Where such a name stands alone it is the one that was named last, before the first one that.
    """
    said: dict[str, dict[int, str]] = {}
    for place, spot in enumerate(spots):
        outer = spot.container
        if outer is not None and outer.cue is not None and outer.cue.kind == "whole":
            said.setdefault(spot.spelling.key, {})[place] = outer.spelling.key
    several = {key: wholes for key, wholes in said.items() if len(set(wholes.values())) > 1}
    if not several:
        return {}
    last = {key: next(iter(wholes.values())) for key, wholes in several.items()}
    meant: dict[int, str] = {}
    for place, spot in enumerate(spots):
        key = spot.spelling.key
        if key in several:
            meant[place] = last[key] = several[key].get(place, last[key])
    return meant


def _contain(referents: Sequence[Referent], spots: Sequence[Spot], numbers: Sequence[int]) -> None:
    """Tell referents what is said to hold them."""
    of_spot = {id(spot): number for spot, number in zip(spots, numbers, strict=True)}
    for spot, number in zip(spots, numbers, strict=True):
        outer = None if spot.container is None else of_spot.get(id(spot.container))
        if outer is not None and outer != number:
            referents[number].containers |= {outer}


def _move(spots: Iterable[Spot], by: int) -> None:
    for spot in spots:
        spot.start, spot.end, spot.full_end = spot.start + by, spot.end + by, spot.full_end + by
