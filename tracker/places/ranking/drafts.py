"""Which words of a page are names of places, and which places bear them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

from tracker.places.lexicon import CueType, Lexicon
from tracker.places.matching.matcher import Sheet
from tracker.places.memo import Memo
from tracker.places.mentions.pieces import Piece
from tracker.places.mentions.recognise import Recogniser, RunReader
from tracker.places.mentions.runs import Span
from tracker.places.mentions.signs import likelihood
from tracker.places.mentions.spelling import Spelling
from tracker.places.mentions.spots import Sightings, Spot
from tracker.places.names.numbers import Numbers
from tracker.places.ranking.candidates import CandidateBook, Candidates
from tracker.places.ranking.facts import Rows

__all__ = ["Drafter"]

_SURE = 0.7  # belief from which a mention tells about others
_LIKELY = 0.5  # belief from which it does so where nothing is sure
_THEATRE_SHARE = 0.2  # of a report's sure mentions: a country with as many is what the report is about
_APART = frozenset({"capital_after", "capital_before", "joined_before"})  # signs of one word that the whole name lacks


class Drafter:
    """Finds what may be names of places on a page, and what a gazetteer has by them."""

    def __init__(self, words: Lexicon, book: CandidateBook) -> None:
        self._words = words
        self._book = book
        self._called = Memo(self._call)
        self._wider = Memo(self._widen)

    def weigh_by(self, weights: Mapping[str, float]) -> None:
        """Take the weights of signs; see ``data/places/weights.toml``."""
        self._weights = weights
        self._recogniser = Recogniser(self._words, weights)

    @property
    def passed_over(self) -> Numbers:
        """Numbers of the words that begin no name that the gazetteer does not hold; see `NameTable.sheets`."""
        return self._recogniser.passed_over

    def draft(self, batch: Sequence[Piece], sheet: Sheet, *, every: bool = False) -> list[list[Spot]]:
        """
        Find what may be names in each of the pieces that stand on a page, each with its belief.

        Parameters
        ----------
        every
            Whether to return what can't be a place as well.
        """
        starts = zip(batch, sheet.starts, strict=False)
        masks = [(first + start, last + start) for piece, start in starts for first, last in piece.masks]
        seen = self._recogniser.sightings(sheet, masks)
        page = _Page(seen, every=every)
        known = self._read_as_spelt(page)
        bounds = np.searchsorted(seen.starts, sheet.starts)
        told = np.searchsorted(known, bounds).tolist()
        numbers = known.tolist()
        views = [
            self._view(piece, bound, [page.spots[number] for number in numbers[first:last]])
            for piece, bound, (first, last) in zip(batch, pairwise(bounds.tolist()), pairwise(told), strict=True)
        ]
        self._read_otherwise(page, views, RunReader(sheet, seen))
        return [self._completed(page, view) for view in views]

    def _read_as_spelt(self, page: _Page) -> Rows:
        """Look up the places that bear names as they are spelt; set the beliefs of those, and return which they are."""
        seen, book = page.seen, self._book
        entries = np.array(seen.entry, np.int64)
        known: Rows = ((entries >= 0) | np.array([look.cue is not None for look in seen.looks], bool)).nonzero()[0]
        spots = [page.spot(number) for number in known.tolist()]
        book.read(entries[entries >= 0].tolist())
        book.read_spellings([(spot.name, spot.cue) for spot in spots if spot.cue is not None and _is_typed(spot.cue)])
        for spot in spots:
            options: Candidates | None
            if spot.cue is None:
                options = book.exact(spot.entry)
            else:
                options, whole = self._called[spot.entry, spot.name, spot.cue.kind]
                if whole:
                    spot.full_end = spot.end  # "Brigade 137" is a base already: the word "base" tells nothing apart
            if options is not None:
                spot.options, spot.known = options, True
                self._judge(spot)
        return known

    def _call(self, asked: tuple[int, str, str]) -> tuple[Candidates | None, bool]:
        """Return the places of a name by its entry and its cue, and whether all that bear the name are of that kind."""
        entry, name, kind = asked
        cue = self._words.kinds[kind]
        exact = None if entry < 0 else self._book.exact(entry)
        whole = exact is not None and exact.all_taken_by(cue)
        if _is_typed(cue):
            typed = self._book.folded(name, cue)
            if len(typed) or exact is None:
                return typed, whole
        return (exact.taken_by(cue) if exact is not None and cue.only else exact), whole

    def _view(self, piece: Piece, bound: Span, known: Sequence[Spot]) -> _View:
        """Return where a piece stands, and the countries whose names are looked for in other spellings."""
        lands = self._words.transliterated
        own = lands & _theatre(known)
        return _View(*bound, own | (lands & piece.theatre) if piece.theatre else own, own)

    def _read_otherwise(self, page: _Page, views: Sequence[_View], runs: RunReader) -> None:
        """Look names up in other spellings, and the longer names of which they may be a part."""
        seen, spots, spellings = page.seen, page.spots, self._recogniser.spellings
        asked = [name for name, entry in zip(seen.spelt, seen.entry, strict=True) if entry < 0 and name.alike is None]
        for first, last, spelt, own in views:
            for number in range(first, last) if spelt else ():
                spot = spots.get(number)
                if spot is not None and spot.known:
                    lands = spot.options.lands
                    if not own <= lands or spelt.isdisjoint(lands):
                        asked.append(spot.spelling)
                run = runs.run(number)
                if run is not None:
                    whole = spellings[seen.text[slice(*run)]]
                    page.runs[number] = whole, run
                    asked.append(whole)
        fresh = [name for name in dict.fromkeys(asked) if name.alike is None]
        for name, alike in zip(fresh, self._book.alike([name.text for name in fresh]), strict=True):
            name.alike = alike

    def _completed(self, page: _Page, view: _View) -> list[Spot]:
        """Return the spots of a piece, with candidates in other spellings; set the beliefs."""
        least, seen, inside = self._weights["threshold"], page.seen, self._book.inside
        found: list[Spot] = []
        for number in range(view.first, view.last):
            spot = page.spots.get(number)
            if spot is None or not spot.known:
                alike = inside(seen.spelt[number].alike, view.spelt)
                if not (alike.features or page.every or number in page.runs) and seen.signs[number].hopeless:
                    continue
                spot = spot or page.spot(number)
                self._take_unknown(spot, alike, page.runs.get(number), view)
            elif view.spelt:
                self._look_wider(spot, page.runs.get(number), view, page.start_behind(number))
            found.append(spot)
            if spot.start < page.reach:
                spot.signs = spot.signs.plus("swallowed")
                self._judge(spot)
            elif spot.belief >= least:
                page.reach = spot.end
        self._spread(found)
        for number in seen.inner.intersection(range(view.first, view.last)) if seen.inner else ():
            if number in page.spots:
                page.spots[number].container = page.spots.get(number + 1)
        return found

    def _take_unknown(self, spot: Spot, alike: Candidates, run: _Run | None, view: _View) -> None:
        """Give a name that the gazetteer does not know the places of the theatre that bear it in another spelling."""
        if run is not None:  # "Bin Jawad", of which only the second word is known
            whole = self._book.inside(run[0].alike, view.spelt)
            if whole.features:
                self._lengthen(spot, run, whole)
                return
        spot.signs = spot.signs.plus("respelled" if alike.features else "unknown")
        spot.options = alike
        self._judge(spot)

    def _look_wider(self, spot: Spot, run: _Run | None, view: _View, after: int) -> None:
        """
        Add the places of the theatre that are spelt otherwise.

        The whole name of which a known name is a part is tried first ("Tell Aran"); where
        all that the gazetteer knows by this spelling lies elsewhere, and more capitalised
        words belong to the name, it is tried as well. Then come the places of countries that
        the text is about, where it knows none by this spelling.
        """
        known = spot.options
        if spot.cue is not None and spot.cue.only:
            return  # the words around a name leave no room for another spelling
        if run is not None:
            name, (start, end) = run
            whole = self._book.inside(name.alike, view.spelt)
            # what follows may be a name of its own
            longer = end == spot.end and bool(whole.features)
            if longer or (
                view.spelt.isdisjoint(known.lands) and (whole.features or (start == spot.start and end <= after))
            ):
                self._lengthen(spot, run, whole)
                return
        spot.options = self._wider[known, spot.spelling.alike, view.spelt, view.own]

    def _widen(self, asked: _Asked) -> Candidates:
        """Add places spelt otherwise: of the theatre where all lie elsewhere, and of countries where there are none."""
        known, alike, spelt, own = asked
        inside = self._book.inside
        if alike is not None and spelt.isdisjoint(known.lands):
            known = known.joined(inside(alike, spelt))
        elsewhere = own - known.lands
        return known.joined(inside(alike, elsewhere)) if alike is not None and elsewhere else known

    def _lengthen(self, spot: Spot, run: _Run, whole: Candidates) -> None:
        """Make of one word of a name the whole name."""
        spot.spelling, (spot.start, spot.end) = run
        spot.full_end, spot.entry, spot.options = spot.end, -1, whole
        kept = [sign for sign in spot.signs if sign not in _APART]
        spot.signs = spot.signs.others((*kept, "several_words", "respelled" if whole.features else "unknown"))
        self._judge(spot)

    def _judge(self, spot: Spot) -> None:
        """Set the belief that a spot is a place."""
        odds = spot.signs.odds
        if spot.options.features:
            weights, (people, country) = self._weights, spot.options.best
            odds += weights["log_population"] * people + weights["country"] * country
        spot.belief = likelihood(odds)

    def _spread(self, spots: Sequence[Spot]) -> None:
        """Let what is a place once in a report be one wherever nothing speaks against it."""
        sure = {spot.spelling for spot in spots if spot.belief >= _SURE}
        for spot in spots if sure else ():
            if spot.belief < _SURE and spot.spelling in sure:
                spot.signs = spot.signs.plus("place_elsewhere")
                self._judge(spot)


_Run: TypeAlias = tuple[Spelling, Span]  # a longer name of which a name is a part
_Asked: TypeAlias = tuple[Candidates, Candidates | None, frozenset[str], frozenset[str]]


class _View(NamedTuple):
    """
    Which sightings are in a piece, and how they are looked at.

    Attributes
    ----------
    spelt
        The countries whose names are looked for in other spellings.
    own
        Those of them that the piece itself is about, wherever else its sides fight.
    """

    first: int
    last: int
    spelt: frozenset[str]
    own: frozenset[str]


class _Page:
    """
    A draft of a page.

    Attributes
    ----------
    seen
        What may be names.
    every
        Whether what can't be a place is wanted as well.
    spots
        Those that are looked at, by their numbers.
    runs
        The longer names of which they may be a part.
    reach
        Where the last name that may be a place ends.
    """

    def __init__(self, seen: Sightings, *, every: bool) -> None:
        self.seen = seen
        self.every = every
        self.spots: dict[int, Spot] = {}
        self.runs: dict[int, _Run] = {}
        self.reach = 0

    def spot(self, number: int) -> Spot:
        """Take a sighting for a spot."""
        seen = self.seen
        span = seen.start[number], seen.end[number]
        found = Spot(span, seen.spelt[number], seen.entry[number], seen.looks[number], seen.signs[number])
        self.spots[number] = found
        return found

    def start_behind(self, number: int) -> int:
        """Return where the next sighting begins."""
        start = self.seen.start
        return start[number + 1] if number + 1 < len(start) else len(self.seen.text)


def _is_typed(cue: CueType) -> bool:
    """Return whether a cue makes a name of its own ("Tabqa airbase") that can mean nothing else."""
    return cue.own and cue.only


def _theatre(spots: Sequence[Spot]) -> frozenset[str]:
    """Return the countries that a report is about, by its surest names; where none is sure, by its likely ones."""
    likely = [
        (spot.belief, spot.options.home)
        for spot in spots
        if spot.belief >= _LIKELY and spot.known and spot.options.home
    ]
    named = [country for belief, country in likely if belief >= _SURE] or [country for _, country in likely]
    countries = frozenset(named)
    if len(countries) > 1:
        mass = Counter(named)
        least = _THEATRE_SHARE * len(named)
        countries = frozenset(country for country, count in mass.items() if count >= least)
    return countries
