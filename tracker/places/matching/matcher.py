"""
Where the names of a gazetteer stand in a text: exact keys, whole words, longest first.

A text is read as arrays, a stretch at a time (see `scan`): the words that a name
may begin with are looked up all at once, then the words after those that longer
names begin with, and so on. The table is a file of columns that is mapped into
memory, so opening it costs nothing; the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.errors import GazetteerError
from tracker.places.index.columns import DamagedIndexError, Texts, read_columns, spans, write_columns
from tracker.places.matching.name_columns import MOST_WORDS, VALUE_BITS, cell_shift, name_columns
from tracker.places.matching.openings import Openings, onward, openings
from tracker.places.matching.overlaps import LAST_WORDS, Finds, decided, without_overlaps
from tracker.places.matching.paging import batches, counted, starts_of
from tracker.places.matching.scan import BATCH, MARGIN, Page, page_of, where
from tracker.places.matching.sheet import SHORT, Sheet, Sight
from tracker.places.matching.walking import PAGE, Pace, Walker, machine
from tracker.places.matching.word_by_word import WordReader
from tracker.places.names.alphabet import Alphabet, gaps
from tracker.places.names.folding import exact_key
from tracker.places.names.numbers import UPPER_SEED, Numbers, Positions, chain, name_number
from tracker.places.names.odd_words import POSSESSIVE
from tracker.places.names.tokens import parted
from tracker.resting import collector_at_rest

__all__ = ["Finds", "Found", "NameTable", "name_key"]

_VERSION = "names 5"
_VALUE_BITS = np.uint64(VALUE_BITS)
_VALUE_BELOW, _ALL = (1 << VALUE_BITS) - 1, (1 << 64) - 1
_VALUE = np.uint64(_VALUE_BELOW)
_NEAR_BITS = 16
_NEAR, _NEAR_SHIFT = 1 << _NEAR_BITS, np.uint64(64 - _NEAR_BITS)  # cells of 8 bytes, and where a number's is
_WALKED = 1 << 16  # characters that are read at a time in machine code: what is kept of them stays near the processor
_SHORT_PAGE = 3e-5  # seconds that one takes, of a few hundred characters
_MANY = 500  # records; while fewer are made the collector hardly stirs
_BROKEN = re.compile(r"\W")


def name_key(text: str) -> str:
    """
    Return the key under which the table holds a name: words between single spaces.

    Examples
    --------
    >>> name_key("Deir ez-Zôr"), name_key("北京")
    ('deir ez zor', '北 京')
    """
    return parted(exact_key(text))


class Found(NamedTuple):
    """A name standing in a text: its span, and the entry of the table that holds its key and its places."""

    start: int
    end: int
    entry: int


_new_finds = partial(tuple.__new__, Finds)


_new_found = partial(tuple.__new__, Found)  # four times faster than Found(…)


class NameTable:
    """
    The names of a gazetteer, ready to be found in texts.

    Make it with `build`, or open a written one with `read`.

    Attributes
    ----------
    letters
        What each character is and becomes.

    Examples
    --------
    >>> table = NameTable.build([("Homs", 1), ("Homs Airport", 2), ("Al-Bab", 3)])
    >>> text = "near Homs airport and al-Bab"
    >>> [(text[found.start : found.end], table.ordinals(found.entry)) for found in table.find(text)]
    [('Homs airport', (2,)), ('al-Bab', (3,))]
    """

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self._columns = columns
        self._cells = columns["cells"]
        self._near = np.zeros(_NEAR, np.uint64)
        self._shift = cell_shift(self._cells)
        self._cell_list, self._shift_by = (
            memoryview(self._cells.data),
            int(self._shift),
        )  # read one by one, it is faster
        self._rows, self._row_ends = columns["rows"], columns["row_ends"]
        self._keys = Texts(columns["key_blob"], columns["key_text_ends"])
        self.letters = Alphabet(columns["kinds"], columns["folds"])
        self._rest()

    @classmethod
    def build(cls, names: Iterable[tuple[str, int]]) -> NameTable:
        """
        Make a table of (name, ordinal) pairs.

        A Latin name of at most four letters, all of them capitals, is an acronym: it
        is found only where it stands in capitals. A name without a letter is left out.
        """
        return cls(name_columns(names))

    @classmethod
    def read(cls, path: Path) -> NameTable:
        """
        Open a written table.

        Raises
        ------
        GazetteerError
            If the file is not such a table, or is cut off.
        """
        try:
            version, _, columns = read_columns(path)
            if version == _VERSION:
                return cls(columns)
        except (DamagedIndexError, KeyError):
            pass
        raise GazetteerError("not a table of names, or cut off", path=path, cure="Remove it; it is made anew.")

    def write(self, path: Path) -> None:
        """Write the table whole, or not at all."""
        write_columns(path, _VERSION, {}, self._columns)

    def __len__(self) -> int:
        return len(self._keys)

    def value(self, number: int) -> int:
        """Return (entry + 1) * 2 of the number of a name, plus 1 when longer names go on from it; see `_look_up`."""
        cells, wanted = self._cell_list, number << VALUE_BITS & _ALL
        place = number >> self._shift_by
        while cell := cells[place]:
            if cell ^ wanted <= _VALUE_BELOW:
                return cell & _VALUE_BELOW
            place += 1
        return 0

    def entry(self, key: str) -> int | None:
        """Return the entry of an exact key, None when no name has it."""
        value = self.value(name_number(key)) >> 1
        return value - 1 if value else None

    def key(self, entry: int) -> str:
        """Return the exact key of an entry."""
        return self._keys[entry]

    def ordinals(self, entry: int) -> tuple[int, ...]:
        """Return the ordinals of the places that bear the name of an entry, in ascending order."""
        return tuple(self._rows[self._row_ends[entry] : self._row_ends[entry + 1]].tolist())

    def bearers(self, entries: Sequence[int]) -> tuple[Positions, Positions]:
        """Return what `ordinals` does of many entries, and before each ordinal the number of its entry in `entries`."""
        first, last = (self._row_ends[np.array(entries) + more].astype(np.int64) for more in (0, 1))
        return np.repeat(np.arange(len(entries)), last - first), self._rows[spans(first, last - first)].astype(np.int64)

    def find(self, text: str) -> list[Found]:
        """Return the longest names in a text, ordered, without overlaps; of two equally long the earlier wins."""
        if len(text) <= SHORT:
            page = page_of([text])
            walker = self._walker_for(len(text), _SHORT_PAGE)
            if walker is not None:
                return list(map(_new_found, walker.listed(page, MARGIN)))
            listed = self._reader.finds(page)
            if listed is not None:
                return [_new_found((start - MARGIN, end - MARGIN, entry)) for start, end, entry in listed]
        if len(text) <= BATCH:
            return _founds(_moved(self._finds_on(page_of([text])), -MARGIN))
        return [found for listed in self.find_stretches(text) for found in listed]

    def find_stretches(self, text: str) -> Iterator[list[Found]]:
        """Yield what `find` returns, a stretch of text at a time: bounded memory for a text of any length."""
        return map(_founds, self._find_stretches(text))

    def _rest(self) -> None:
        """Read without machine code, until that pays."""
        self._walker: Walker | None = None
        self._pace = Pace()
        self._reader = WordReader(self.letters, self.value)

    def hasten(self) -> bool:
        """Go on in machine code, where it can be loaded; tell whether it can. It is loaded by itself when it pays."""
        loops = machine()
        self._walker = None if loops is None else self._walker_by(loops)
        return self._walker is not None

    def _walker_by(self, loops: Any) -> Walker:
        return Walker(loops, self.letters, self._cells)

    def _walker_for(self, size: int, page: float = PAGE) -> Walker | None:
        """Return what finds names in machine code, None as long as too little was read for that to pay."""
        if self._walker is None and self._pace.pays(size, page):
            self.hasten()
        return self._walker

    def _find_stretches(self, text: str) -> Iterator[Finds]:
        at = 0
        while len(text) - at > BATCH:
            finds, safe = self._matches_on(page_of([text[at : at + BATCH]]))
            cut = max(0, decided(finds, safe) - MARGIN)
            if cut == 0:  # one word that is longer than the page
                beyond = _BROKEN.search(text, at + BATCH)
                at = len(text) if beyond is None else beyond.start()
                continue
            finds = without_overlaps(Finds(*(column[finds.start < cut + MARGIN] for column in finds)))
            yield _moved(finds, at - MARGIN)
            at += cut
        yield _moved(self._finds_on(page_of([text[at:]])), at - MARGIN)

    def find_many(self, texts: Iterable[str]) -> Iterator[list[Found]]:
        """Yield what `find` returns for each text, in order; short texts are read many at a time, which is faster."""
        for finds, bounds in map(self._find_batch, batches(texts, self._at_once)):
            found = _founds(finds)
            for first, last in pairwise(bounds):
                yield found[first:last]

    def find_columns(self, texts: Iterable[str]) -> Iterator[Finds]:
        """Yield what `find` returns for each text, in order, as columns: the fastest way."""
        for (start, end, entry), bounds in map(self._find_batch, batches(texts, self._at_once)):
            for first, last in pairwise(bounds):
                yield _new_finds((start[first:last], end[first:last], entry[first:last]))

    def sheets(self, texts: Iterable[str], passed_over: Numbers) -> Iterator[Sheet]:
        """
        Yield what is seen in texts, a page's worth of them at a time.

        Parameters
        ----------
        passed_over
            Numbers of words that, in capitals, are of no interest; see `Page.unknown`.
        """
        for batch in batches(texts, lambda: BATCH):
            yield self.sheet(batch, passed_over)

    def sheet(self, texts: Sequence[str], passed_over: Numbers) -> Sheet:
        """Return what is seen in a page's worth of texts; see `sheets`."""
        text, starts = page_of(texts), starts_of(texts)
        walker = self._walker_for(0)  # its characters are the lesser part of what is done with a page
        if walker is not None:
            return walker.sheet(text, starts, passed_over)
        sheet = self._reader.sheet(text, starts, passed_over) if len(text) <= SHORT else None
        return sheet if sheet is not None else self._sheet(text, starts, passed_over)

    def _sheet(self, text: str, starts: list[int], passed_over: Numbers) -> Sheet:
        page = Page(text, self.letters)
        begins = openings(page)
        finds = without_overlaps(self._matches(page, begins))
        sight = Sight(
            capitals=(begins.opening, begins.capitals.end),
            words=page.unknown(begins.opening, begins.capitals, passed_over),
            gaps=gaps(text),
            kinds=page.kinds,
            heads=page.heads,
        )
        found = list(zip(*(column.tolist() for column in finds), strict=True))
        return Sheet(text, starts, found, page.articles().tolist(), lambda: sight)

    def _at_once(self) -> int:
        """Return how many characters of short texts are read at a time."""
        return BATCH if self._walker is None else _WALKED

    def _find_batch(self, texts: Sequence[str]) -> tuple[Finds, list[int]]:
        """Return what is found in texts, and where in it each one's begins; last the count."""
        if len(texts) == 1:
            columns = zip(*self._find_stretches(texts[0]), strict=True)
            finds = Finds(*map(np.concatenate, columns))
            return finds, [0, len(finds.start)]
        finds = self._finds_on(page_of(texts))
        (start, end), bounds = counted(finds[:2], np.array(starts_of(texts)))
        return Finds(start, end, finds.entry), bounds

    def _finds_on(self, text: str) -> Finds:
        """Return the names on a page of texts."""
        if (walker := self._walker_for(len(text))) is not None:
            return walker.finds(text)
        page = Page(text, self.letters)
        return without_overlaps(self._matches(page, openings(page)))

    def _matches_on(self, text: str) -> tuple[Finds, int]:
        """Return all names on a page, those that overlap as well, and where its last words begin; see `decided`."""
        if (walker := self._walker_for(len(text))) is not None:
            return walker.matches(text, LAST_WORDS)
        page = Page(text, self.letters)
        return self._matches(page, openings(page)), page.last_words(LAST_WORDS)

    def _matches(self, page: Page, begins: Openings) -> Finds:
        """Return the longest name from each word that a name may begin with, ordered by start; they may overlap."""
        start, before, least, words, _, _ = begins
        at, upper = start, before == UPPER_SEED
        alive = np.arange(len(at))
        ends, entries = np.zeros(len(at), np.int64), np.full(len(at), -1, np.int64)
        for _ in range(MOST_WORDS):
            end, number, odd, bare, _ = words
            # "Homs's" is a name that ends in Homs; where the whole word is one too, that is written later and wins
            whole = chain(before, number)
            if len(odd):
                owned = where(bare)
                owner = odd[owned]
                values = self._look_up(np.concatenate((chain(before[owner], bare[owned]), whole)))
                named = where(values[: len(owner)] > 1)
                hits = alive[owner[named]]
                ends[hits] = end[owner[named]] - POSSESSIVE
                entries[hits] = values[named] >> 1
                values = values[len(owner) :]
            else:
                values = self._look_up(whole)
            before = whole
            named = where(values > 1)
            hits = alive[named]
            ends[hits] = end[named]
            entries[hits] = values[named] >> 1
            more = where(values & 1)
            held, after = onward(page, at[more], end[more])
            if not len(held):
                break
            more = more[held]
            alive, before, at = alive[more], before[more], after
            words = page.read(at)
        kept = where(ends > least)
        # by start, then the longest, then the acronym
        order = start[kept] << 32 | (0x7FFFFFFF - ends[kept]) << 1 | ~upper[kept]
        order = kept[np.argsort(order)]
        return Finds(start[order], ends[order], entries[order] - 1)

    def _look_up(self, numbers: Numbers) -> NDArray[np.int64]:
        """
        Return of each number (entry + 1) * 2, plus 1 when longer names go on from it; 0 when no name has it.

        What was found lately, or not found, is remembered in few cells that stay near the processor: the same words
        come again and again, and the table is larger than what it holds.
        """
        place = (numbers >> _NEAR_SHIFT).view(np.int64)
        wanted = numbers << _VALUE_BITS
        cells = self._near[place]
        far = where((cells ^ wanted) > _VALUE)
        if len(far):
            cells[far] = wanted[far] | self._look_up_far(numbers[far])
            self._near[place[far]] = cells[
                far
            ]  # one number a cell: whoever reads it meanwhile reads the old or the new
        return (cells & _VALUE).view(np.int64)

    def _look_up_far(self, numbers: Numbers) -> Numbers:
        """Look numbers up in the table."""
        place = (numbers >> self._shift).view(np.int64)
        cells = self._cells[place]
        wanted = numbers << _VALUE_BITS
        differs = (cells ^ wanted) > _VALUE
        probed = where(differs & (cells != 0))
        while len(probed):
            place[probed] += 1
            found = self._cells[place[probed]]
            cells[probed] = found
            apart = (found ^ wanted[probed]) > _VALUE
            differs[probed] = apart
            probed = probed[apart & (found != 0)]
        cells[differs] = 0
        cells &= _VALUE
        return cells


def _moved(finds: Finds, by: int) -> Finds:
    return Finds(finds.start + by, finds.end + by, finds.entry)


def _founds(finds: Finds) -> list[Found]:
    columns = zip(finds.start.tolist(), finds.end.tolist(), finds.entry.tolist(), strict=True)
    if len(finds.start) < _MANY:
        return list(map(_new_found, columns))
    with collector_at_rest():
        return list(map(_new_found, columns))


_NOTHING = Finds(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))
