"""From a report to its places: find the names, choose what each means."""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tracker.model import Report, Resolution
from tracker.places.gazetteer import Gazetteer
from tracker.places.lexicon import lexicon
from tracker.places.matching.matcher import Sighting, name_key
from tracker.places.matching.name_table import name_table
from tracker.places.memo import Memo
from tracker.places.mentions.pieces import Asked, Piece, pieces
from tracker.places.mentions.recognise import Recogniser, Spot
from tracker.places.mentions.runs import Span
from tracker.places.ranking.answers import Answer, answer_of, resolution
from tracker.places.ranking.candidates import CandidateBook, Candidates
from tracker.places.ranking.resolve import Naming, Referent, rank_all

__all__ = ["Asked", "Locator", "locate", "locate_many"]

_SURE = 0.7  # belief from which a mention tells about others
_THEATRE_SHARE = 0.2  # of a report's sure mentions: a country with as many is what the report is about
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


class _Draft(NamedTuple):
    """What may be names in a piece, what the gazetteer has by these spellings, where to look for other ones."""

    text: str
    spots: list[Spot]
    options: list[Candidates | None]
    spelt: frozenset[str]


class _Weighed(NamedTuple):
    """The mentions of a piece, each with what it may mean, and whether the piece speaks of fighting."""

    mentions: list[tuple[Spot, Referent]]
    war: bool


class Locator:
    """Finds and resolves names against one gazetteer, remembering what it looked up."""

    def __init__(self, gazetteer: Gazetteer, *, weights: Mapping[str, Mapping[str, float]] | None = None) -> None:
        self._gazetteer = gazetteer
        self._words = lexicon()
        self._table = name_table(gazetteer, self._words)
        self._book = CandidateBook(gazetteer, self._table)
        self._recogniser = Recogniser(self._words)
        self._keys = Memo(name_key)
        self.weights = weights or self._words.weights

    @property
    def weights(self) -> Mapping[str, Mapping[str, float]]:
        """Weights of the choices, by choice and name; see ``data/places/weights.toml``."""
        return self._weights

    @weights.setter
    def weights(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights
        self._threshold = weights["mention"]["threshold"]
        self._odds = Memo(self._odds_of)

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
        piece = Piece(report, masks, frozenset(theatre), start=0, last=True)
        (weighed,) = self._weigh([piece], self.sight(report.text))
        return weighed.mentions

    def _located(self, listed: Iterable[Piece]) -> Iterator[tuple[Piece, list[Resolution]]]:
        """Yield each piece with the places that it names; pieces wait while more are gathered, a page's worth."""
        waiting: deque[Piece] = deque()

        def texts() -> Iterator[str]:
            for piece in listed:
                waiting.append(piece)
                yield piece.report.text

        for sightings in self._table.sight(texts(), self._recogniser.passed_over):
            batch = [waiting.popleft() for _ in sightings]
            for piece, weighed in zip(batch, self._weigh(batch, sightings), strict=True):
                yield piece, self._resolutions(piece, weighed)

    def _resolutions(self, piece: Piece, weighed: _Weighed) -> list[Resolution]:
        weights = self.weights["score"]
        answers: dict[int, Answer] = {}
        found: list[Resolution] = []
        for spot, referent in weighed.mentions:
            answer = answers.get(id(referent))
            if answer is None:
                answer = answers[id(referent)] = answer_of(referent)
            found.append(resolution(piece.report, piece.start, spot, answer, weights, war=weighed.war))
        return found

    def _weigh(self, batch: Sequence[Piece], sightings: Sequence[Sighting]) -> list[_Weighed]:
        """Find and weigh what some pieces of text may name, each by itself."""
        drafts = self._drafts(batch, sightings)
        weighed: list[_Weighed] = []
        namings: list[Naming] = []
        for piece, draft in zip(batch, drafts, strict=True):
            options = self._complete(draft)
            kept = [pair for pair in zip(draft.spots, options, strict=True) if pair[0].belief >= self._threshold]
            war = bool(kept) and self.of_war(piece.report.text)
            referents, numbers = self._referents(kept, draft.spots)
            namings.append(Naming(referents, piece.theatre, self._words.at_war if war else frozenset()))
            mentions = [(spot, referents[number]) for (spot, _), number in zip(kept, numbers, strict=True)]
            weighed.append(_Weighed(mentions, war))
        rank_all(namings, self.weights["place"])
        return weighed

    def of_war(self, text: str) -> bool:
        """Return whether a report's first page speaks of fighting."""
        war = self._words.war
        if len(text) > _LINES and len(war.intersection(text[:_LINES].lower().split()[:-1])) >= _WAR_WORDS:
            return True  # the rest need not be read
        return len(war.intersection(text[:_PAGE].lower().split())) >= _WAR_WORDS

    def sight(self, text: str) -> list[Sighting]:
        """Return what is seen in a text, as a list of one."""
        return next(self._table.sight([text], self._recogniser.passed_over))

    def options(
        self, text: str, masks: Sequence[Span] = (), theatre: frozenset[str] = frozenset()
    ) -> tuple[list[Spot], list[Candidates]]:
        """Return what may be place names, each with its belief, and the candidates of each."""
        report = Report(report_id="", text=text, sha256="")
        (draft,) = self._drafts([Piece(report, masks, theatre, start=0, last=True)], self.sight(text))
        return draft.spots, self._complete(draft)

    def _drafts(self, batch: Sequence[Piece], sightings: Sequence[Sighting]) -> list[_Draft]:
        """Find what may be place names in some pieces, and what the gazetteer has by these very spellings."""
        book = self._book
        spotted = [
            self._recogniser.spots(piece.report.text, sighting, piece.masks)
            for piece, sighting in zip(batch, sightings, strict=True)
        ]
        book.read(spot.entry for spots in spotted for spot in spots if spot.entry is not None)
        book.read_spellings(
            [(spot.name, spot.cue) for spots in spotted for spot in spots if spot.cue is not None and spot.cue.own]
        )
        drafts = [self._draft(piece, spots) for piece, spots in zip(batch, spotted, strict=True)]
        book.read_spellings([(name, None) for draft in drafts for name in _asked_otherwise(draft)])
        return drafts

    def _draft(self, piece: Piece, spots: list[Spot]) -> _Draft:
        options = [None if spot.entry is None and spot.cue is None else self._known(spot) for spot in spots]
        for spot, known in zip(spots, options, strict=True):
            if known is not None:
                self._judge(spot, known)
        return _Draft(
            piece.report.text, spots, options, self._spelt_otherwise(_theatre(spots, options) | piece.theatre)
        )

    def _complete(self, draft: _Draft) -> list[Candidates]:
        """Return the candidates of each spot, those in other spellings with them; set the beliefs."""
        text, spots, options, spelt = draft
        found: list[Candidates] = []
        reach = 0
        for number, (spot, known) in enumerate(zip(spots, options, strict=True)):
            after = spots[number + 1].start if number + 1 < len(spots) else len(text)
            found.append(
                self._unknown(spot, spelt) if known is None else self._in_theatre(text, spot, known, spelt, after)
            )
            if spot.start < reach:
                spot.signs.append("swallowed")
                self._judge(spot, found[-1])
            elif spot.belief >= self._threshold:
                reach = spot.end
        self._spread(spots, found)
        return found

    def _unknown(self, spot: Spot, spelt: frozenset[str]) -> Candidates:
        """Return the places of the theatre that bear a name in another spelling, which the gazetteer does not know."""
        respelled = self._book.respelt(spot.name, spelt)
        spot.signs.append("respelled" if respelled.features else "unknown")
        self._judge(spot, respelled)
        return respelled

    def _in_theatre(self, text: str, spot: Spot, known: Candidates, spelt: frozenset[str], after: int) -> Candidates:
        """
        Add the places of the theatre that are spelt otherwise.

        Where all that the gazetteer knows by this spelling lies elsewhere, and more
        capitalised words belong to the name, the whole name is tried as well.
        """
        if not spelt:
            return known
        longer = self._longer(text, spot, spelt)
        if longer is not None:
            return longer
        if not spelt.isdisjoint(known.countries) or _settled(spot):
            return known
        if spot.run_start < spot.run_end:
            whole = self._book.respelt(text[spot.run_start : spot.run_end], spelt)
            if len(whole) or (spot.run_start == spot.start and spot.run_end <= after):
                _lengthen(spot, text, "respelled" if len(whole) else "unknown")
                self._judge(spot, whole)
                return whole
        return known.joined(self._book.respelt(spot.name, spelt))

    def _longer(self, text: str, spot: Spot, spelt: frozenset[str]) -> Candidates | None:
        """Return the places of the theatre that bear the whole name of which a known name is a part ("Tell Aran")."""
        if spot.run_start >= spot.run_end or spot.run_end != spot.end or _settled(spot):
            return None  # what follows may be a name of its own
        whole = self._book.respelt(text[spot.run_start : spot.run_end], spelt)
        if not len(whole):
            return None
        _lengthen(spot, text, "respelled")
        self._judge(spot, whole)
        return whole

    def _spelt_otherwise(self, theatre: frozenset[str]) -> frozenset[str]:
        """Return the countries of a theatre whose names come in many Latin spellings."""
        return self._words.transliterated & theatre

    def _known(self, spot: Spot) -> Candidates | None:
        """Return the places of a spot whose spelling, with its cue, is in the gazetteer; None when it isn't."""
        cue = spot.cue
        if cue is not None and spot.entry is not None and self._book.exact(spot.entry).all_taken_by(cue):
            spot.full_end = spot.end  # "Brigade 137" is a base already: the word "base" tells nothing apart
        if cue is not None and cue.own:
            typed = self._book.folded(spot.name, cue)
            if cue.only and (len(typed) or spot.entry is None):
                return typed
        if spot.entry is None:
            return None
        exact = self._book.exact(spot.entry)
        return exact.taken_by(cue) if cue is not None and cue.only else exact

    def _judge(self, spot: Spot, candidates: Candidates) -> None:
        """Set the belief that a spot is a place."""
        odds = self._odds[tuple(spot.signs)]
        if candidates.features:
            weights, (people, country) = self._weights["mention"], candidates.best
            odds += weights["log_population"] * people + weights["country"] * country
        spot.belief = 1.0 / (1.0 + math.exp(-odds))

    def _odds_of(self, signs: tuple[str, ...]) -> float:
        """Return the log-odds that what bears some signs is a place."""
        weights = self._weights["mention"]
        return weights["bias"] + sum(weights.get(sign, 0.0) for sign in signs)

    def _spread(self, spots: Sequence[Spot], options: Sequence[Candidates]) -> None:
        """Let what is a place once in a report be one wherever nothing speaks against it."""
        sure = {spot.name for spot in spots if spot.belief >= _SURE}
        for spot, candidates in zip(spots, options, strict=True):
            if spot.belief < _SURE and spot.name in sure:
                spot.signs.append("place_elsewhere")
                self._judge(spot, candidates)

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
                referents.append(Referent(name=spot.name, candidates=candidates, weight=0.0))
            referent = referents[number]
            referent.weight = min(_HEAVIEST, referent.weight + spot.belief)
            referent.cue = referent.cue or spot.cue
            of_spot[id(spot)] = number
        for spot, _ in kept:
            outer = None if spot.container is None else of_spot.get(id(spots[spot.container]))
            if outer is not None and outer != of_spot[id(spot)]:
                referents[of_spot[id(spot)]].containers.add(outer)
        return referents, [of_spot[id(spot)] for spot, _ in kept]


def _asked_otherwise(draft: _Draft) -> Iterator[str]:
    """Yield the names of a draft that will be looked for in other spellings."""
    for spot, known in zip(draft.spots, draft.options, strict=True):
        if known is None:
            yield spot.name
        elif draft.spelt:
            if spot.run_start < spot.run_end:
                yield draft.text[spot.run_start : spot.run_end]
            if draft.spelt.isdisjoint(known.countries):
                yield spot.name


def _settled(spot: Spot) -> bool:
    """Return whether the words around a name leave no room for another spelling."""
    return spot.cue is not None and spot.cue.only


def _lengthen(spot: Spot, text: str, sign: str) -> None:
    """Make of one word of a name the whole name."""
    spot.start = spot.run_start
    spot.end = spot.full_end = spot.run_end
    spot.name = text[spot.start : spot.end]
    spot.entry = None
    spot.signs = [old for old in spot.signs if old not in {"capital_after", "capital_before", "joined_before"}]
    spot.signs += ["several_words", sign]


def _theatre(spots: Sequence[Spot], options: Sequence[Candidates | None]) -> frozenset[str]:
    """Return the countries that a report is about, by its surest names."""
    mass: Counter[str] = Counter()
    for spot, known in zip(spots, options, strict=True):
        if known is not None and len(known) and spot.belief >= _SURE and known.countries[0]:
            mass[known.countries[0]] += 1
    least = _THEATRE_SHARE * mass.total()
    return frozenset(country for country, count in mass.items() if count >= least)
