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
from tracker.places.alphabet import Alphabet
from tracker.places.build_names import MOST_WORDS, VALUE_BITS, name_columns
from tracker.places.folding import exact_key
from tracker.places.index import DamagedIndexError, Texts, read_columns, write_columns
from tracker.places.openings import JOINTS, joined, openings
from tracker.places.overlaps import Finds, decided, without_overlaps
from tracker.places.scan import (
    BATCH,
    POSSESSIVE,
    UPPER_SEED,
    WINDOW,
    Numbers,
    Words,
    chain,
    name_number,
    read_words,
    where,
)
from tracker.places.tokens import parted

__all__ = ["Finds", "Found", "NameTable", "name_key"]

_VERSION = "names 4"
_VALUE_BITS = np.uint64(VALUE_BITS)
_VALUE = np.uint64((1 << VALUE_BITS) - 1)
_SHORT = 1 << 14  # characters of a text that is read faster among many
_PART = "\0"  # stands between texts: no name goes over it
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


_new_found = partial(tuple.__new__, Found)  # four times faster than Found(…)


class NameTable:
    """
    The names of a gazetteer, ready to be found in texts.

    Make it with `build`, or open a written one with `read`.

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
        self._shift = np.uint64(65 - len(self._cells).bit_length())
        self._rows, self._row_ends = columns["rows"], columns["row_ends"]
        self._keys = Texts(columns["key_blob"], columns["key_text_ends"])
        self._letters = Alphabet(columns["kinds"], columns["folds"])

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

    def entry(self, key: str) -> int | None:
        """Return the entry of an exact key, None when no name has it."""
        value = int(self._look_up(np.array([name_number(key)], np.uint64))[0]) >> 1
        return value - 1 if value else None

    def key(self, entry: int) -> str:
        """Return the exact key of an entry."""
        return self._keys[entry]

    def ordinals(self, entry: int) -> tuple[int, ...]:
        """Return the ordinals of the places that bear the name of an entry, in ascending order."""
        return tuple(self._rows[self._row_ends[entry] : self._row_ends[entry + 1]].tolist())

    def find(self, text: str) -> list[Found]:
        """Return the longest names in a text, ordered, without overlaps; of two equally long the earlier wins."""
        return [found for listed in self.find_stretches(text) for found in listed]

    def find_stretches(self, text: str) -> Iterator[list[Found]]:
        """Yield what `find` returns, a stretch of text at a time: bounded memory for a text of any length."""
        return map(_founds, self._find_stretches(text))

    def _find_stretches(self, text: str) -> Iterator[Finds]:
        yield _NOTHING
        at = 0
        while at < len(text):
            words = read_words(text[at : at + WINDOW], self._letters)
            finds = self._matches(words)
            cut = WINDOW if at + WINDOW >= len(text) else decided(words, finds)
            if cut == 0:  # one word that is longer than the window
                beyond = _BROKEN.search(text, at + WINDOW)
                at = len(text) if beyond is None else beyond.start()
                continue
            finds = without_overlaps(Finds(*(column[finds.start < cut] for column in finds)))
            yield Finds(finds.start + at, finds.end + at, finds.entry)
            at += cut

    def find_many(self, texts: Iterable[str]) -> Iterator[list[Found]]:
        """Yield what `find` returns for each text, in order; short texts are read many at a time, which is faster."""
        return map(_founds, self.find_columns(texts))

    def find_columns(self, texts: Iterable[str]) -> Iterator[Finds]:
        """Yield what `find` returns for each text, in order, as columns: the fastest way."""
        batch: list[str] = []
        sizes = [0, 0]
        for text in texts:
            size, ascii_only = len(text) + 1, text.isascii()
            most = BATCH if size <= _SHORT else WINDOW  # long ones gain nothing from company
            if sizes[ascii_only] + size > most and batch:
                yield from self._find_batch(batch)
                batch, sizes = [], [0, 0]
            batch.append(text)
            sizes[ascii_only] += size
        yield from self._find_batch(batch)

    def _find_batch(self, texts: Sequence[str]) -> Iterator[Finds]:
        """Read all texts in ASCII at once, and all others, for the former are read faster."""
        found: dict[int, Finds] = {}
        for ascii_only in (True, False):
            numbers = [number for number, text in enumerate(texts) if text.isascii() == ascii_only]
            if len(numbers) == 1:
                columns = zip(*self._find_stretches(texts[numbers[0]]), strict=True)
                found[numbers[0]] = Finds(*map(np.concatenate, columns))
            elif numbers:
                found.update(zip(numbers, self._find_joined([texts[number] for number in numbers]), strict=True))
        return (found[number] for number in range(len(texts)))

    def _find_joined(self, texts: Sequence[str]) -> Iterator[Finds]:
        starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
        finds = without_overlaps(self._matches(read_words(_PART.join(texts), self._letters)))
        bounds = np.searchsorted(finds.start, starts)
        owners = np.repeat(starts[:-1], np.diff(bounds))
        start, end, entry = finds.start - owners, finds.end - owners, finds.entry
        for first, last in pairwise(bounds.tolist()):
            yield Finds(start[first:last], end[first:last], entry[first:last])

    def _matches(self, words: Words) -> Finds:
        """Return the longest name from each word that a name may begin with, ordered by start; they may overlap."""
        at, start, seeds, numbers, least = openings(words)
        before = seeds
        alive = np.arange(len(at))
        ends, entries = np.zeros(len(at), np.int64), np.full(len(at), -1, np.int64)
        for _ in range(MOST_WORDS):
            # "Homs's" is a name that ends in Homs; where the whole word is one too, that is written later and wins
            bare = where(words.bare[at] != 0) if words.bare is not None else at[:0]
            owned = words.bare[at[bare]] if words.bare is not None else numbers[:0]
            values = self._look_up(np.concatenate((chain(before[bare], owned), chain(before, numbers))))
            before = chain(before, numbers)
            named = where(values[: len(bare)] > 1)
            hits = alive[bare[named]]
            ends[hits] = words.end[at[bare[named]]] - POSSESSIVE
            entries[hits] = values[named] >> 1
            values = values[len(bare) :]
            named = where(values > 1)
            hits = alive[named]
            ends[hits] = words.end[at[named]]
            entries[hits] = values[named] >> 1
            more = where((values & 1) != 0)
            more = more[joined(words, at[more], JOINTS)]
            if not len(more):
                break
            alive, at, before = alive[more], at[more] + 1, before[more]
            numbers = words.number[at]
        kept = where(ends > least)
        # by start, then the longest, then the acronym
        order = start[kept] << 32 | (0x7FFFFFFF - ends[kept]) << 1 | (seeds[kept] != UPPER_SEED)
        order = kept[np.argsort(order)]
        return Finds(start[order], ends[order], entries[order] - 1)

    def _look_up(self, numbers: Numbers) -> NDArray[np.int64]:
        """Return of each number (entry + 1) * 2, plus 1 when longer names go on from it; 0 when no name has it."""
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
        return (cells & _VALUE).view(np.int64)


def _founds(finds: Finds) -> list[Found]:
    columns = zip(finds.start.tolist(), finds.end.tolist(), finds.entry.tolist(), strict=True)
    return list(map(_new_found, columns))


_NOTHING = Finds(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))
