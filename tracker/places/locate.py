"""From a report to its places: find the names, choose what each means."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from tracker.model import Report, Resolution
from tracker.places.gazetteer import Gazetteer
from tracker.places.lexicon import lexicon
from tracker.places.matching.matcher import Sheet, name_key
from tracker.places.matching.name_table import name_table
from tracker.places.memo import Memo
from tracker.places.mentions.pieces import Asked, Piece, pieces
from tracker.places.mentions.runs import Span
from tracker.places.mentions.spots import Spot
from tracker.places.ranking.answers import Setting, answers_of, resolution
from tracker.places.ranking.candidates import CandidateBook, Candidates
from tracker.places.ranking.drafts import Drafter
from tracker.places.ranking.resolve import Naming, Referent, rank_all

__all__ = ["Asked", "Locator", "locate", "locate_many"]

_PAGE = 20_000  # characters that tell what a report is about
_LINES = 800  # characters that tell so most often
_WAR_WORDS = 2  # different words of fighting that make a report one of war
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
        self._drafter = Drafter(self._words, CandidateBook(gazetteer, self._table))
        self._keys = Memo(name_key)
        self.weights = weights or self._words.weights

    @property
    def weights(self) -> Mapping[str, Mapping[str, float]]:
        """Weights of the choices, by choice and name; see ``data/places/weights.toml``."""
        return self._weights

    @weights.setter
    def weights(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights
        self._drafter.weigh_by(weights["mention"])

    def locate(
        self, report: Report, *, masks: Sequence[Span] = (), theatre: Collection[str] = frozenset()
    ) -> list[Resolution]:
        """Return the places that a report names; see `locate`."""
        return list(self.stream(report, masks=masks, theatre=theatre))

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
        (sheet,), piece = self._sheets([report.text]), Piece(report, masks, frozenset(theatre), start=0, last=True)
        (weighed,) = self._weigh([piece], sheet)
        _move(weighed.spots, -sheet.starts[0])
        return [(spot, weighed.referents[number]) for spot, number in zip(weighed.spots, weighed.numbers, strict=True)]

    def options(self, text: str) -> tuple[list[Spot], list[Candidates]]:
        """Return what may be place names, each with its belief, and the candidates of each."""
        (sheet,), report = self._sheets([text]), Report(report_id="", text=text, sha256="")
        spots, options, _ = self._drafter.draft([Piece(report, (), frozenset(), start=0, last=True)], sheet)
        _move(spots, -sheet.starts[0])
        return spots, options

    def _sheets(self, texts: Iterable[str]) -> Iterator[Sheet]:
        return self._table.sheets(texts, self._drafter.passed_over)

    def _located(self, listed: Iterable[Piece]) -> Iterator[tuple[Piece, list[Resolution]]]:
        """Yield each piece with the places that it names; pieces wait while more are gathered, a page's worth."""
        waiting: deque[Piece] = deque()

        def texts() -> Iterator[str]:
            for piece in listed:
                waiting.append(piece)
                yield piece.report.text

        for sheet in self._sheets(texts()):
            batch = [waiting.popleft() for _ in sheet.starts[1:]]
            yield from zip(batch, self._resolved(batch, sheet), strict=True)

    def _resolved(self, batch: Sequence[Piece], sheet: Sheet) -> Iterator[list[Resolution]]:
        """Yield the places that each piece on a page names."""
        weights, pieces_weighed = self.weights["score"], self._weigh(batch, sheet)
        answers = iter(answers_of([referent for weighed in pieces_weighed for referent in weighed.referents]))
        for piece, start, weighed in zip(batch, sheet.starts, pieces_weighed, strict=False):
            setting = Setting(piece.report.report_id, sheet.text, piece.start - start, weighed.war, weights)
            meant = list(islice(answers, len(weighed.referents)))
            mentions = zip(weighed.spots, weighed.numbers, strict=True)
            yield [resolution(spot, meant[number], setting) for spot, number in mentions]

    def _weigh(self, batch: Sequence[Piece], sheet: Sheet) -> list[_Weighed]:
        """Find and weigh what the pieces on a page may name, each by itself."""
        spots, options, bounds = self._drafter.draft(batch, sheet)
        least = self._weights["mention"]["threshold"]
        weighed: list[_Weighed] = []
        namings: list[Naming] = []
        for piece, bound in zip(batch, bounds, strict=True):
            kept = [pair for pair in zip(spots[bound], options[bound], strict=True) if pair[0].belief >= least]
            war = bool(kept) and self.of_war(piece.report.text)
            referents, numbers = self._referents(kept, spots)
            namings.append(Naming(referents, piece.theatre, self._words.at_war if war else frozenset()))
            weighed.append(_Weighed([spot for spot, _ in kept], numbers, referents, war))
        rank_all(namings, self.weights["place"])
        return weighed

    def of_war(self, text: str) -> bool:
        """Return whether a report's first page speaks of fighting."""
        war = self._words.war
        if len(text) > _LINES and len(war.intersection(text[:_LINES].lower().split()[:-1])) >= _WAR_WORDS:
            return True  # the rest need not be read
        return len(war.intersection(text[:_PAGE].lower().split())) >= _WAR_WORDS

    def _referents(
        self, kept: Sequence[tuple[Spot, Candidates]], spots: Sequence[Spot]
    ) -> tuple[list[Referent], list[int]]:
        """Gather spots with one name and one kind into referents; return the number of each spot's."""
        referents: list[Referent] = []
        numbers: dict[tuple[str, str | None], int] = {}
        of_spot: dict[int, int] = {}
        keys = self._keys
        for spot, candidates in kept:
            kind = spot.cue.kind if spot.cue is not None and (spot.cue.only or spot.cue.kind == "whole") else None
            key = (keys[spot.name], kind)
            number = numbers.setdefault(key, len(referents))
            if number == len(referents):
                referents.append(Referent(spot.name, candidates, weight=0.0))
            referent = referents[number]
            referent.weight = min(_HEAVIEST, referent.weight + spot.belief)
            referent.cue = referent.cue or spot.cue
            of_spot[id(spot)] = number
        for spot, _ in kept:
            outer = None if spot.container is None else of_spot.get(id(spots[spot.container]))
            if outer is not None and outer != of_spot[id(spot)]:
                referents[of_spot[id(spot)]].containers.add(outer)
        return referents, [of_spot[id(spot)] for spot, _ in kept]


def _move(spots: Iterable[Spot], by: int) -> None:
    for spot in spots:
        spot.start, spot.end, spot.full_end = spot.start + by, spot.end + by, spot.full_end + by
