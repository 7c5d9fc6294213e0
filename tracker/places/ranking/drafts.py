"""Which words of a page are names of places, and which places bear them."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from tracker.places.lexicon import CueType, Lexicon
from tracker.places.matching.sheet import Sheet
from tracker.places.memo import Memo
from tracker.places.mentions.pieces import Piece
from tracker.places.mentions.recognise import Recogniser, RunReader
from tracker.places.mentions.runs import Span
from tracker.places.mentions.signs import likelihood
from tracker.places.mentions.spelling import Spelling
from tracker.places.mentions.spots import Sightings, Spot
from tracker.places.names.alphabet import Alphabet
from tracker.places.names.numbers import Numbers
from tracker.places.ranking.candidates import CandidateBook, Candidates

__all__ = ["Drafter"]

_SURE = 0.7  # belief from which a mention tells about others
_LIKELY = 0.5  # belief from which it does so where nothing is sure
_THEATRE_SHARE = 0.2  # of a report's sure mentions: a country with as many is what the report is about
_OF_ONE = 2  # bounds of the pieces on a page that has one
_NO_LANDS: frozenset[str] = frozenset()
_APART = frozenset({"capital_after", "capital_before", "joined_before"})  # signs of one word that the whole name lacks


def _untold(number: int) -> bool:  # noqa: ARG001
    """Return that a piece is not known to tell of fighting."""
    return False


class Drafter:
    """Finds what may be names of places on a page, and what a gazetteer has by them."""

    def __init__(self, words: Lexicon, book: CandidateBook, letters: Alphabet) -> None:
        self._words = words
        self._book = book
        self._letters = letters
        self._called = Memo(self._call)
        self._wider = Memo(self._widen)

    def weigh_by(self, weights: Mapping[str, float]) -> None:
        """Take the weights of signs; see ``data/places/weights.toml``."""
        self._weights = weights
        self._recogniser = Recogniser(self._words, weights, self._letters)

    @property
    def passed_over(self) -> Numbers:
        """Numbers of the words that begin no name that the gazetteer does not hold; see `NameTable.sheets`."""
        return self._recogniser.passed_over

    def draft(
        self, batch: Sequence[Piece], sheet: Sheet, *, every: bool = False, told: Callable[[int], bool] = _untold
    ) -> list[list[Spot]]:
        """
        Find what may be names in each of the pieces that stand on a page, each with its belief.

        Parameters
        ----------
        every
            Whether to return what can't be a place as well.
        told
            Returns whether a piece, by its number, tells of fighting.
        """
        starts = zip(batch, sheet.starts, strict=False)
        masks = [
            (first + start, min(last, len(piece.report.text)) + start)  # not into the text behind
            for piece, start in starts
            for first, last in piece.masks
            if first < len(piece.report.text)
        ]
        seen = self._recogniser.sightings(sheet, masks)
        page = _Page(seen)
        bounds = [bisect.bisect_left(seen.start, start) for start in sheet.starts]
        known = _cut(self._read_as_spelt(page), bounds)
        views = [
            self._view(page, piece, numbers, partial(told, number))
            for number, (piece, numbers) in enumerate(zip(batch, known, strict=True))
        ]
        asked = [name for name, entry in zip(seen.spelt, seen.entry, strict=True) if entry < 0 and name.alike is None]
        if any(view.spelt for view in views):
            asked += self._asked_otherwise(page, views, RunReader(sheet, seen), bounds)
        fresh = [name for name in dict.fromkeys(asked) if name.alike is None]
        for name, alike in zip(fresh, self._book.alike([name.text for name in fresh]), strict=True):
            name.alike = alike
        wanted = _cut(list(range(len(seen.start))) if every else page.wanted(), bounds)
        return [self._completed(page, *pair) if pair[1] else [] for pair in zip(views, wanted, strict=True)]

    def give_keys(self, spots: Iterable[Spot]) -> None:
        """Work out the keys of the names of spots."""
        self._recogniser.spellings.give_keys({spot.spelling for spot in spots})

    def _read_as_spelt(self, page: _Page) -> list[int]:
        """Look up the places that bear names as they are spelt; set the beliefs of those, and return which they are."""
        seen, book = page.seen, self._book
        numbers = [
            number
            for number, (entry, look) in enumerate(zip(seen.entry, seen.looks, strict=True))
            if entry >= 0 or look.cue is not None
        ]
        spots = [page.spot(number) for number in numbers]
        book.read([spot.entry for spot in spots if spot.entry >= 0])
        book.read_spellings([(spot.name, spot.cue) for spot in spots if spot.cue is not None and _is_typed(spot.cue)])
        exact, called = book.exact, self._called
        for spot in spots:
            options: Candidates | None
            if spot.cue is None:
                options = exact(spot.entry)
            else:
                options, whole = called[spot.entry, spot.name, spot.cue.kind]
                if whole:
                    spot.full_end = spot.end  # "Brigade 137" is a base already: the word "base" tells nothing apart
            if options is not None:
                spot.options, spot.known = options, True
                self._judge(spot)
        return numbers

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

    def _view(self, page: _Page, piece: Piece, known: list[int], told: Callable[[], bool]) -> _View:
        """Return how a piece is looked at, of whose names the gazetteer knows some."""
        lands = self._words.transliterated
        about = _theatre([page.spots[number] for number in known]) if known else _NO_LANDS
        own = lands & about
        if about or piece.theatre or not told():
            return _View(known, own | (lands & piece.theatre) if piece.theatre else own, own)
        return _View(known, lands & self._words.at_war, _NO_LANDS, guessed=True)  # "Fighters took Haqlaniyah", no more

    def _asked_otherwise(
        self, page: _Page, views: Sequence[_View], runs: RunReader, bounds: Sequence[int]
    ) -> Iterator[Spelling]:
        """Yield known names that will be looked for in other spellings, and longer ones of which a name is a part."""
        text, spellings = page.seen.text, self._recogniser.spellings
        for (known, spelt, own, _), led in zip(views, _cut(runs.likely(), bounds), strict=True):
            if not spelt:
                continue
            for number in known:
                spot = page.spots[number]
                if spot is not None and spot.known:
                    lands = spot.options.lands
                    if not own <= lands or spelt.isdisjoint(lands):
                        yield spot.spelling
            for number in led:
                run = runs.run(number)
                if run is not None:
                    page.runs[number] = whole, _ = spellings[text[slice(*run)]], run
                    yield whole

    def _completed(self, page: _Page, view: _View, wanted: Sequence[int]) -> list[Spot]:
        """Return the spots of a piece, with candidates in other spellings; set the beliefs."""
        least, spots, runs = self._weights["threshold"], page.spots, page.runs
        spelt, own = view.spelt, view.own
        wider, inside = self._wider, self._book.inside
        found: list[Spot] = []
        for number in wanted:
            spot = spots[number] or page.spot(number)
            if not spot.known:
                self._take_unknown(spot, inside(self._alike(spot, view), spelt), runs.get(number), view)
            elif spelt and (spot.cue is None or not spot.cue.only):  # else they leave no room for another spelling
                run = runs.get(number)
                if run is None or not self._is_longer(page, spot, run, view):
                    spot.options = wider[spot.options, self._alike(spot, view), spelt, own]
            found.append(spot)
            if spot.start < page.reach:
                spot.signs = spot.signs.plus("swallowed")
                self._judge(spot)
            elif spot.belief >= least:
                page.reach = spot.end
        self._spread(found)
        if page.seen.inner:
            for number in page.seen.inner.intersection(wanted):
                inner = spots[number]
                if inner is not None:
                    inner.container = spots[number + 1]
        return found

    def _alike(self, spot: Spot, view: _View) -> Candidates | None:
        """Return the places that bear a name in another spelling, a close one where no land is told."""
        spelling = spot.spelling
        return self._book.close(spelling.text, spelling.alike) if view.guessed else spelling.alike

    def _take_unknown(self, spot: Spot, alike: Candidates, run: _Run | None, view: _View) -> None:
        """Give a name that the gazetteer does not know the places of the theatre that bear it in another spelling."""
        if run is not None:  # "Bin Jawad", of which only the second word is known
            whole = self._book.inside(run[0].alike, view.spelt)
            if whole.features:
                self._lengthen(spot, run, whole)
                return
        spot.signs = spot.signs.plus("respelled" if alike.features and not view.guessed else "unknown")
        spot.options = alike
        self._judge(spot)

    def _is_longer(self, page: _Page, spot: Spot, run: _Run, view: _View) -> bool:
        """
        Take the whole name of which a known name is a part for what is named ("Tell Aran"); return whether it is.

        It is where a place of the theatre bears it, and what follows the known name is no name of its own; where all
        that the gazetteer knows by the known name lies elsewhere, it may be a name that is not known.
        """
        name, (start, end) = run
        whole = self._book.inside(name.alike, view.spelt)
        found = bool(whole.features)
        longer = found and not page.knows_between(spot.end, end)
        if not longer and view.spelt.isdisjoint(spot.options.lands):
            longer = found or (start == spot.start and end <= page.start_behind(spot))
        if longer:
            self._lengthen(spot, run, whole)
        return longer

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
    How a piece is looked at.

    Attributes
    ----------
    known
        The numbers of its names that the gazetteer knows, or that a cue calls places.
    spelt
        The countries whose names are looked for in other spellings.
    own
        Those of them that the piece itself is about, wherever else its sides fight.
    guessed
        Whether nothing says where the piece is set but that it tells of fighting.
    """

    known: list[int]
    spelt: frozenset[str]
    own: frozenset[str]
    guessed: bool = False


class _Page:
    """
    A draft of a page.

    Attributes
    ----------
    seen
        What may be names.
    spots
        Those of them that are looked at, others None.
    runs
        The longer names of which they may be a part.
    reach
        Where the last name that may be a place ends.
    """

    def __init__(self, seen: Sightings) -> None:
        self.seen = seen
        self.spots: list[Spot | None] = [None] * len(seen.start)
        self.runs: dict[int, _Run] = {}
        self.reach = 0

    def spot(self, number: int) -> Spot:
        """Take a sighting for a spot."""
        self.spots[number] = found = Spot(self.seen, number)
        return found

    def start_behind(self, spot: Spot) -> int:
        """Return where the next sighting begins."""
        start = self.seen.start
        number = bisect.bisect_right(start, spot.start)
        return start[number] if number < len(start) else len(self.seen.text)

    def knows_between(self, start: int, end: int) -> bool:
        """Return whether a name of the gazetteer begins in a span."""
        seen = self.seen
        numbers = slice(bisect.bisect_left(seen.start, start), bisect.bisect_left(seen.start, end))
        return any(entry >= 0 for entry in seen.entry[numbers])

    def wanted(self) -> list[int]:
        """
        Return which may be places.

        All but unknown names that neither another spelling nor a sign tells for; these too where one of the same
        name may be one, for then it may be one everywhere.
        """
        spelt, signs, runs = self.seen.spelt, self.seen.signs, self.runs
        seen = zip(self.spots, spelt, signs, strict=True)
        kept = [
            spot is not None or not seen_of.hopeless or (name.alike is not None and bool(name.alike.features))
            for spot, name, seen_of in seen
        ]
        for number in runs:
            kept[number] = True
        if all(kept):
            return list(range(len(kept)))
        named = {name for name, keep in zip(spelt, kept, strict=True) if keep}
        named.update(name for name, _ in runs.values())
        return [
            number
            for number, (name, keep) in enumerate(zip(spelt, kept, strict=True))
            if keep or (name in named and not signs[number].lost)
        ]


def _cut(numbers: list[int], bounds: Sequence[int]) -> list[list[int]]:
    """Return ascending numbers by the pieces that they are in."""
    if len(bounds) == _OF_ONE:
        return [numbers]
    return [numbers[first:last] for first, last in pairwise([bisect.bisect_left(numbers, bound) for bound in bounds])]


def _is_typed(cue: CueType) -> bool:
    """Return whether a cue makes a name of its own ("Tabqa airbase") that can mean nothing else."""
    return cue.own and cue.only


def _theatre(spots: Sequence[Spot | None]) -> frozenset[str]:
    """Return the countries that a report is about, by its surest names; where none is sure, by its likely ones."""
    likely = [
        (spot.belief, spot.options.home)
        for spot in spots
        if spot is not None and spot.belief >= _LIKELY and spot.known and spot.options.home
    ]
    named = [country for belief, country in likely if belief >= _SURE] or [country for _, country in likely]
    countries = frozenset(named)
    if len(countries) > 1:
        mass = Counter(named)
        least = _THEATRE_SHARE * len(named)
        countries = frozenset(country for country, count in mass.items() if count >= least)
    return countries
