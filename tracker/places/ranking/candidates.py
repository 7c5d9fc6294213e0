"""The places that a name may mean, looked up for many names at once and remembered name by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from tracker.model import Place
from tracker.places.gazetteer import Brief, Gazetteer
from tracker.places.lexicon import CueType
from tracker.places.matching.matcher import NameTable
from tracker.places.memo import Memo
from tracker.places.names.consonants import consonants
from tracker.places.names.folding import folded_keys
from tracker.places.ranking.facts import FIXED, IN_TOWNS, FactBook, Facts, Floats, Marks, Rows
from tracker.places.ranking.store import FactStore

__all__ = ["CandidateBook", "Candidates"]

_REMEMBERED = 50_000  # names whose candidates are kept; about 100 MB at worst
_MOST_ROWS = 1_000_000  # of facts that are kept, 150 MB; those of a war's names are a tenth of that
_LEAST_CLOSE = 3  # consonants: of two alone unrelated names have the same
_FEW_SETS = 1_000  # of countries that reports tell of
_SEAT = FIXED.index("seat")
_NONE_BEST = (0.0, 0.0)


class Candidates:
    """
    Places that one name may mean, best known first.

    Attributes
    ----------
    book
        Where they come from.
    store, first
        Where their facts are, and the row of the first; see `facts`.
    features, countries
        The codes of each, of no country an empty one.
    best
        The first two columns of `Facts.fixed` of the best known.
    home
        Country of the best known, of none an empty code.
    inexact
        Whether there may be one among them that is only spelt alike.
    """

    __slots__ = ("_in_towns", "_lands", "best", "book", "countries", "features", "first", "home", "inexact", "store")

    def __init__(  # noqa: PLR0917 - made by the thousand
        self,
        book: CandidateBook,
        first: int,
        features: Sequence[str],
        countries: Sequence[str],
        best: Sequence[float],
        inexact: bool,
    ) -> None:
        self.book = book
        self.store = book.store
        self.first = first
        self.features = features
        self.countries = countries
        self.best = best
        self.home = countries[0] if countries else ""
        self.inexact = inexact
        self._lands: frozenset[str] | None = None
        self._in_towns: bool | None = None

    def __len__(self) -> int:
        return len(self.features)

    @property
    def facts(self) -> Facts:
        """What ranking asks of each."""
        return self.store.columns.rows(slice(self.first, self.first + len(self.features)))

    def move(self, store: FactStore) -> None:
        """Have the facts in another store."""
        self.store, self.first = store, store.add(self.facts)

    @property
    def lands(self) -> frozenset[str]:
        """The countries of all."""
        if self._lands is None:
            self._lands = frozenset(self.countries)
        return self._lands

    @property
    def in_towns(self) -> bool:
        """Whether one is a part of a town."""
        if self._in_towns is None:
            self._in_towns = not IN_TOWNS.isdisjoint(self.features)
        return self._in_towns

    def place(self, row: int) -> Place:
        """Return the place of a row, without its other names and ids."""
        return self.book.place(int(self.facts.ordinal[row]))

    def within(self, countries: frozenset[str]) -> Candidates:
        """Return those that lie in some countries."""
        return self.only([code in countries for code in self.countries])

    def first_ones(self, count: int) -> Candidates:
        """Return the best known."""
        return self.only([row < count for row in range(len(self))])

    def taken_by(self, cue: CueType) -> Candidates:
        """Return those of the kind that a cue names; an area among them no longer yields to its chief town."""
        taken = self.only(cue.of_kind(self.features))
        fixed = taken.facts.fixed.copy()
        fixed[:, _SEAT] = 0.0
        return self.book.made(taken.facts._replace(fixed=fixed), taken.features, taken.countries, inexact=self.inexact)

    def all_taken_by(self, cue: CueType) -> bool:
        """Return whether all are of the kind that a cue names."""
        return all(map(cue.takes, self.features))

    def joined(self, others: Candidates) -> Candidates:
        """Return these and then those of `others` that are not among them."""
        known = set(self.facts.ordinal.tolist())
        more = others.only([ordinal not in known for ordinal in others.facts.ordinal.tolist()])
        if not len(more):
            return self
        facts = self.facts.and_then(more.facts)
        features, countries = [*self.features, *more.features], [*self.countries, *more.countries]
        return self.book.made(facts, features, countries, inexact=self.inexact or more.inexact)

    def only(self, wanted: Sequence[bool]) -> Candidates:
        """Return those that are wanted."""
        if all(wanted):
            return self
        rows = [row for row, keep in enumerate(wanted) if keep]
        facts = self.facts.rows(rows)
        features, countries = self.features, self.countries
        features, countries = [features[row] for row in rows], [countries[row] for row in rows]
        return self.book.made(facts, features, countries, inexact=self.inexact)


class CandidateBook:
    """
    Looks candidates up in a gazetteer and remembers them.

    The names of a page are looked up together, by `read` and `read_spellings`: one alone takes as long as a hundred.

    Attributes
    ----------
    store
        Where the facts of candidates are.
    """

    def __init__(self, gazetteer: Gazetteer, table: NameTable) -> None:
        self._index = gazetteer.index
        self._table = table
        self._facts = FactBook(gazetteer, table.letters)
        self._gazetteer = gazetteer
        self._briefs: dict[int, Brief] = {}
        self.store = FactStore()
        self._exact: dict[int, Candidates] = {}
        self._folded: dict[str | tuple[str, str], Candidates] = {}
        self._inside = Memo(_within, _REMEMBERED)
        self._close = Memo(self._close_to, _REMEMBERED)
        self._lands = Memo(self._row_of, _FEW_SETS)
        nothing = np.empty(0, np.int64)
        self._none = self.made(self._facts.of(nothing, nothing), (), (), inexact=False)

    def fought_over(self, areas: Rows) -> Marks:
        """Return which areas are those where most of the fighting in their countries was; see `FactBook`."""
        listed = self._facts.fought_over
        found: Marks = listed.take(listed.searchsorted(areas), mode="clip") == areas if len(listed) else areas < 0
        return found

    def place(self, ordinal: int) -> Place:
        """Return a place by its ordinal, without its other names and ids."""
        (place,) = self._gazetteer.sketches([ordinal])
        return place

    def briefs(self, ordinals: Sequence[int]) -> list[Brief]:
        """Return what a resolution says of places, by their ordinals."""
        known = self._briefs
        if len(known) > _REMEMBERED:
            known.clear()
        fresh = [ordinal for ordinal in dict.fromkeys(ordinals) if ordinal not in known]
        if fresh:
            known.update(zip(fresh, self._gazetteer.briefs(fresh), strict=True))
        return [known[ordinal] for ordinal in ordinals]

    def made(self, facts: Facts, features: Sequence[str], countries: Sequence[str], *, inexact: bool) -> Candidates:
        """Return candidates of which these are the facts."""
        best = facts.fixed[0, :2].tolist() if features else _NONE_BEST
        return Candidates(self, self.store.add(facts), features, countries, best, inexact)

    def countries_among(self, sets: Sequence[frozenset[str]]) -> Floats:
        """Return for each set of country codes a row with 1 for each of its countries, by number; see `Facts`."""
        return np.array([self._lands[listed] for listed in sets])

    def _row_of(self, listed: frozenset[str]) -> Floats:
        numbers = self._facts.country_numbers
        row = np.zeros(len(numbers))
        row[[numbers[code] for code in listed if code in numbers]] = 1.0
        return row

    def read(self, entries: Iterable[int]) -> None:
        """Look up the places that bear the names of some entries of the table."""
        if self.store.size > _MOST_ROWS:
            self.store = FactStore()
        if len(self._exact) > _REMEMBERED:
            self._exact.clear()
        fresh = [entry for entry in dict.fromkeys(entries) if entry not in self._exact]
        if fresh:
            name, ordinal = self._table.bearers(fresh)
            facts = self._facts.of(name, ordinal, [self._table.key(entry) for entry in fresh])
            self._exact.update(zip(fresh, self._parted(facts, len(fresh), inexact=False), strict=True))

    def exact(self, entry: int) -> Candidates:
        """Return the places that bear the name of an entry of the table, which was read."""
        return self._exact[entry]

    def read_spellings(self, asked: Iterable[tuple[str, CueType | None]]) -> None:
        """Look up the places that bear some names in other spellings; see `folded`."""
        if len(self._folded) > _REMEMBERED:
            self._folded.clear()
        keyed = {name if cue is None else (name, cue.kind): (name, cue) for name, cue in asked}
        fresh = {key: keyed[key] for key in keyed if key not in self._folded}
        if not fresh:
            return
        cues = [cue for _, cue in fresh.values()]
        variants = [_variants(name, cue) for name, cue in fresh.values()]
        counts = [len(listed) for listed in variants]
        name, ordinal = self._bearers_alike([one for listed in variants for one in listed], counts)
        kept = self._of_kinds(name, ordinal, cues)
        found = self._parted(self._facts.of(name[kept], ordinal[kept]), len(fresh), inexact=True)
        self._folded.update(zip(fresh, found, strict=True))

    def _bearers_alike(self, variants: Sequence[str], counts: Sequence[int]) -> tuple[Rows, Rows]:
        """Return the places that bear names in another spelling, and before each the number of its name."""
        variant, position = self._index.find_keys(folded_keys(variants))
        name = np.repeat(np.arange(len(counts)), counts)[variant]
        pairs = np.sort(name << 32 | self._index.arrays["name_place"][position])
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        return pairs >> 32, pairs & 0xFFFFFFFF

    def folded(self, name: str, cue: CueType | None = None) -> Candidates:
        """
        Return the places with a name that is `name` in another spelling, which was read.

        With a cue, the name is tried with each word for such a place too ("Tabqa" + "airbase"),
        and only such places are returned.
        """
        return self._folded[name if cue is None else (name, cue.kind)]

    def alike(self, names: Sequence[str]) -> list[Candidates]:
        """Return for each name the places that bear it in another spelling; they are not remembered."""
        if not names:
            return []
        facts = self._facts.of(*self._bearers_alike(names, [1] * len(names)))
        return self._parted(facts, len(names), inexact=True)

    def close(self, name: str, alike: Candidates | None) -> Candidates | None:
        """Return those of the places that bear a name in another spelling whose names have the same consonants."""
        return self._close[name, alike] if alike is not None and alike.features else alike

    def _close_to(self, asked: tuple[str, Candidates]) -> Candidates:
        name, alike = asked
        wanted, texts = consonants(name), self._index.names
        if len(wanted) < _LEAST_CLOSE:
            return self._none
        ends = self._index.arrays["place_names"]
        return alike.only(
            [
                any(consonants(texts[position]) == wanted for position in range(ends[ordinal], ends[ordinal + 1]))
                for ordinal in alike.facts.ordinal.tolist()
            ]
        )

    def inside(self, candidates: Candidates | None, countries: frozenset[str]) -> Candidates:
        """Return those of some candidates that lie in some countries: nobody spells a sea otherwise."""
        return self._inside[candidates, countries] if candidates is not None and candidates.features else self._none

    def _of_kinds(self, name: Rows, ordinal: Rows, cues: Sequence[CueType | None]) -> Rows:
        """Return which places of sorted names are of the kinds that the names' cues call them."""
        kept = np.ones(len(name), bool)
        bounds = np.searchsorted(name, np.arange(len(cues) + 1)).tolist()
        features = self._facts.features_of(ordinal)
        for cue, first, last in zip(cues, bounds[:-1], bounds[1:], strict=True):
            if cue is not None and first < last:
                kept[first:last] = cue.of_kind(features[first:last])
        return kept.nonzero()[0]

    def _parted(self, facts: Facts, count: int, *, inexact: bool) -> list[Candidates]:
        """Return the candidates of each of so many names."""
        bounds = np.searchsorted(facts.name, np.arange(count + 1)).tolist()
        features, countries = self._facts.features_of(facts.ordinal), self._facts.countries_of(facts.country)
        best, start = facts.fixed[:, :2].tolist(), self.store.add(facts)
        return [
            Candidates(self, start + first, features[first:last], countries[first:last], best[first], inexact)
            if first < last
            else self._none
            for first, last in pairwise(bounds)
        ]


def _within(asked: tuple[Candidates, frozenset[str]]) -> Candidates:
    return asked[0].within(asked[1])


def _variants(name: str, cue: CueType | None) -> list[str]:
    variants = [name]
    if cue is not None and cue.own:
        variants += [f"{name} {word}" for word in cue.after if not word.endswith("s")]
        variants += [f"{word} {name}" for word in cue.before if not word.endswith("s of")]
    return variants
