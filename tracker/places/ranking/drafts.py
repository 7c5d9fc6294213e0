"""Which words of a page are names of places, and which places bear them."""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.places.lexicon import CueType, Lexicon
from tracker.places.matching.matcher import Sheet
from tracker.places.memo import Memo
from tracker.places.mentions.pieces import Piece
from tracker.places.mentions.recognise import Recogniser
from tracker.places.mentions.spots import Spot
from tracker.places.names.numbers import Numbers
from tracker.places.ranking.candidates import CandidateBook, Candidates

__all__ = ["Draft", "Drafter"]

_SURE = 0.7  # belief from which a mention tells about others
_LIKELY = 0.5  # belief from which it does so where nothing is sure
_THEATRE_SHARE = 0.2  # of a report's sure mentions: a country with as many is what the report is about


class Draft(NamedTuple):
    """
    What may be names on a page, each with its belief.

    Attributes
    ----------
    options
        The places that each may mean.
    bounds
        Which spots are in each piece.
    """

    spots: list[Spot]
    options: list[Candidates]
    bounds: list[slice]


class Drafter:
    """Finds what may be names of places on a page, and what a gazetteer has by them."""

    def __init__(self, words: Lexicon, book: CandidateBook) -> None:
        self._words = words
        self._book = book
        self._recogniser = Recogniser(words)

    def weigh_by(self, weights: Mapping[str, float]) -> None:
        """Take the weights of signs; see ``data/places/weights.toml``."""
        self._weights = weights
        self._odds = Memo(self._odds_of)

    @property
    def passed_over(self) -> Numbers:
        """Numbers of the words that begin no name that the gazetteer does not hold; see `NameTable.sheets`."""
        return self._recogniser.passed_over

    def draft(self, batch: Sequence[Piece], sheet: Sheet) -> Draft:
        """Find what may be names in the pieces that stand on a page, each by itself."""
        starts = zip(batch, sheet.starts, strict=False)
        masks = [(first + start, last + start) for piece, start in starts for first, last in piece.masks]
        spots = self._recogniser.spots(sheet, masks)
        begun = [spot.start for spot in spots]
        bounds = [slice(*pair) for pair in pairwise(bisect.bisect_left(begun, start) for start in sheet.starts)]
        options = self._as_spelt(spots)
        lands = self._words.transliterated
        own = [lands & _theatre(spots[bound], options[bound]) for bound in bounds]
        spelt = [told | (lands & piece.theatre) for told, piece in zip(own, batch, strict=True)]
        page = _Page(sheet.text, spots, options, bounds, spelt, own)
        self._book.read_spellings((name, None) for name in page.asked_otherwise())
        return Draft(spots, self._completed(page), bounds)

    def _as_spelt(self, spots: Sequence[Spot]) -> list[Candidates | None]:
        """Return the places that bear names as they are spelt, None where there are none; set the beliefs of those."""
        book = self._book
        book.read(spot.entry for spot in spots if spot.entry is not None)
        book.read_spellings([(spot.name, spot.cue) for spot in spots if spot.cue is not None and _is_typed(spot.cue)])
        options = [None if spot.entry is None and spot.cue is None else self._known(spot) for spot in spots]
        for spot, known in zip(spots, options, strict=True):
            if known is not None:
                self._judge(spot, known)
        return options

    def _known(self, spot: Spot) -> Candidates | None:
        """Return the places of a spot whose spelling, with its cue, is in the gazetteer; None when it isn't."""
        cue = spot.cue
        exact = None if spot.entry is None else self._book.exact(spot.entry)
        if cue is None:
            return exact
        if exact is not None and exact.all_taken_by(cue):
            spot.full_end = spot.end  # "Brigade 137" is a base already: the word "base" tells nothing apart
        if _is_typed(cue):
            typed = self._book.folded(spot.name, cue)
            if len(typed) or exact is None:
                return typed
        return exact.taken_by(cue) if exact is not None and cue.only else exact

    def _completed(self, page: _Page) -> list[Candidates]:
        """Return the candidates of each spot, those in other spellings with them; set the beliefs."""
        least, spots = self._weights["threshold"], page.spots
        found: list[Candidates] = []
        reach = 0
        for bound, spelt, own in zip(page.bounds, page.spelt, page.own, strict=True):
            for number in range(bound.start, bound.stop):
                spot, known = spots[number], page.options[number]
                if known is None:
                    known = self._unknown(page.text, spot, spelt)
                elif spelt:
                    after = spots[number + 1].start if number + 1 < len(spots) else len(page.text)
                    known = self._in_theatre(page.text, spot, known, spelt, after)
                    known = known if _settled(spot) else self._nearer(spot, known, own)
                found.append(known)
                if spot.start < reach:
                    spot.signs.append("swallowed")
                    self._judge(spot, known)
                elif spot.belief >= least:
                    reach = spot.end
            self._spread(spots[bound], found[bound])
        return found

    def _unknown(self, text: str, spot: Spot, spelt: frozenset[str]) -> Candidates:
        """Return the places of the theatre that bear a name in another spelling, which the gazetteer does not know."""
        if spelt and spot.run_start < spot.run_end:  # "Bin Jawad", of which only the second word is known
            whole = self._book.respelt(text[spot.run_start : spot.run_end], spelt)
            if len(whole):
                _lengthen(spot, text, "respelled")
                self._judge(spot, whole)
                return whole
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

    def _nearer(self, spot: Spot, known: Candidates, own: frozenset[str]) -> Candidates:
        """Add the places spelt otherwise of countries that the text is about, where it knows none by this spelling."""
        elsewhere = own.difference(known.countries)
        return known.joined(self._book.respelt(spot.name, elsewhere)) if elsewhere else known

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

    def _judge(self, spot: Spot, candidates: Candidates) -> None:
        """Set the belief that a spot is a place."""
        odds = self._odds[tuple(spot.signs)]
        if candidates.features:
            weights, (people, country) = self._weights, candidates.best
            odds += weights["log_population"] * people + weights["country"] * country
        spot.belief = 1.0 / (1.0 + math.exp(-odds))

    def _odds_of(self, signs: tuple[str, ...]) -> float:
        """Return the log-odds that what bears some signs is a place."""
        return self._weights["bias"] + sum(self._weights.get(sign, 0.0) for sign in signs)

    def _spread(self, spots: Sequence[Spot], options: Sequence[Candidates]) -> None:
        """Let what is a place once in a report be one wherever nothing speaks against it."""
        sure = {spot.name for spot in spots if spot.belief >= _SURE}
        for spot, candidates in zip(spots, options, strict=True) if sure else ():
            if spot.belief < _SURE and spot.name in sure:
                spot.signs.append("place_elsewhere")
                self._judge(spot, candidates)


class _Page(NamedTuple):
    """
    A draft of a page before other spellings are looked for.

    Attributes
    ----------
    options
        Places that bear each spot's name as it is spelt; None where there are none.
    spelt
        The countries of each piece whose names are looked for in other spellings.
    own
        Those of them that the piece itself is about, wherever else its sides fight.
    """

    text: str
    spots: list[Spot]
    options: list[Candidates | None]
    bounds: list[slice]
    spelt: list[frozenset[str]]
    own: list[frozenset[str]]

    def asked_otherwise(self) -> Iterator[str]:
        """Yield the names that will be looked for in other spellings."""
        for bound, spelt, own in zip(self.bounds, self.spelt, self.own, strict=True):
            for spot, known in zip(self.spots[bound], self.options[bound], strict=True):
                if known is None or own.difference(known.countries) or (spelt and spelt.isdisjoint(known.countries)):
                    yield spot.name
                if spelt and spot.run_start < spot.run_end:
                    yield self.text[spot.run_start : spot.run_end]


def _is_typed(cue: CueType) -> bool:
    """Return whether a cue makes a name of its own ("Tabqa airbase") that can mean nothing else."""
    return cue.own and cue.only


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
    """Return the countries that a report is about, by its surest names; where none is sure, by its likely ones."""
    likely = [
        (spot.belief, known.countries[0])
        for spot, known in zip(spots, options, strict=True)
        if known is not None and spot.belief >= _LIKELY and known.countries and known.countries[0]
    ]
    sure = [country for belief, country in likely if belief >= _SURE]
    mass = Counter(sure or [country for _, country in likely])
    least = _THEATRE_SHARE * sum(mass.values())
    return frozenset(country for country, count in mass.items() if count >= least)
