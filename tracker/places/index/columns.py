"""
The compiled index: columns of numbers and blobs of text in one file that is mapped into memory.

A file is a magic word, the length of a JSON header, the header (version, string
tables, where each array lies) and the arrays, each on an 8-byte boundary.
"""

from __future__ import annotations

import itertools
import json
import mmap
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.files import written_whole
from tracker.places.names.numbers import key_numbers, word_number

__all__ = [
    "DamagedIndexError",
    "Index",
    "TextPacker",
    "Texts",
    "grouped",
    "read_columns",
    "spans",
    "summed",
    "write_columns",
]

_MAGIC = b"TRKCOL02"
_ALIGNED = 8
_PIECE = 1 << 20
_SPANS = 50_000  # strings gathered at a time
Arrays = Mapping[str, NDArray[Any]]


class DamagedIndexError(ValueError):
    """A file that is no index, or not a whole one; the caller compiles it again."""


class Texts:
    """Strings in one blob of UTF-8, read by position."""

    def __init__(self, blob: NDArray[np.uint8], ends: NDArray[np.uint32]) -> None:
        self._blob = blob
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, position: int) -> str:
        return self._blob[self._ends[position] : self._ends[position + 1]].tobytes().decode("utf-8")

    def stretch(self, first: int, last: int) -> list[str]:
        """Return the strings from one position up to another."""
        begin = int(self._ends[first])
        blob = self._blob[begin : self._ends[last]].tobytes()
        ends = (self._ends[first : last + 1] - np.uint32(begin)).tolist()
        return [blob[start:end].decode("utf-8") for start, end in itertools.pairwise(ends)]

    def all(self) -> list[str]:
        """Return all strings, in order."""
        blob, ends = self._blob.tobytes(), self._ends.tolist()
        if blob.isascii():
            text = blob.decode("ascii")
            return [text[start:end] for start, end in itertools.pairwise(ends)]
        return [blob[start:end].decode("utf-8") for start, end in itertools.pairwise(ends)]


class Index:
    """A compiled index, mapped from a file or held in memory."""

    def __init__(self, version: str, tables: dict[str, list[str]], columns: Arrays) -> None:
        self.version = version
        self.tables = tables
        self.arrays = columns
        self.ids = self._texts("id")
        self.names = self._texts("name")
        self.keys = self._texts("key")

    @classmethod
    def open(cls, path: Path) -> Index:
        """Map a file; raise `DamagedIndexError` when it is no whole index, OSError when it can't be read."""
        try:
            return cls(*read_columns(path))
        except KeyError as error:
            raise DamagedIndexError(str(error)) from None

    @property
    def layers(self) -> tuple[Index, ...]:
        """The compiled indexes that this one reads; an overlaid one has two."""
        return (self,)

    def __len__(self) -> int:
        return len(self.arrays["place_lon"])

    def id_of(self, ordinal: int) -> str:
        """Return the own id of the place at a position."""
        return self.ids[ordinal]

    def other_ids(self, ordinal: int) -> tuple[str, ...]:
        """Return the ids that a place has in other sources."""
        first, last = np.searchsorted(self.arrays["id_place"][len(self) :], [ordinal, ordinal + 1])
        return tuple(self.ids[len(self) + record] for record in range(first, last))

    def names_of(self, ordinal: int) -> range:
        """Return the positions of a place's names, the own one first."""
        first, last = self.arrays["place_names"][ordinal : ordinal + 2].tolist()
        return range(first, last)

    def find_id(self, place_id: str) -> int | None:
        """Return the ordinal of the place with this id, own or other."""
        hashes, wanted = self.arrays["id_hash"], np.uint64(word_number(place_id))
        position = int(np.searchsorted(hashes, wanted))
        while position < len(hashes) and hashes[position] == wanted:
            record = int(self.arrays["id_record"][position])
            if self.ids[record] == place_id:
                return int(self.arrays["id_place"][record])
            position += 1
        return None

    def find_key(self, key: str) -> NDArray[np.uint32]:
        """Return the positions of all names whose folded key this is."""
        hashes, wanted = self.arrays["key_hash"], np.uint64(word_number(key))
        position = int(np.searchsorted(hashes, wanted))
        while position < len(hashes) and hashes[position] == wanted:
            if self.keys[position] == key:
                start, end = self.arrays["key_ends"][position : position + 2]
                found: NDArray[np.uint32] = self.arrays["key_names"][start:end]
                return found
            position += 1
        return np.empty(0, np.uint32)

    def find_keys(self, keys: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """
        Return the positions of all names whose folded key is one of some, and before each that of its key in `keys`.

        Keys are compared by their numbers; see `tracker.places.names.numbers`.
        """
        hashes, wanted = self.arrays["key_hash"], key_numbers(keys)
        at = np.searchsorted(hashes, wanted)
        held = (hashes.take(at, mode="clip") == wanted).nonzero()[0] if len(hashes) else at[:0]
        first, last = self.arrays["key_ends"][at[held]].astype(np.int64), self.arrays["key_ends"][at[held] + 1]
        names = self.arrays["key_names"][spans(first, last - first)]
        return np.repeat(held, last - first), names.astype(np.int64)

    def own_names(self, ordinals: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the positions of the own names of places."""
        return self.arrays["place_names"][ordinals].astype(np.int64)

    def key_numbers_of(self, names: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Return the numbers of the folded keys of names."""
        found: NDArray[np.uint64] = self.arrays["key_hash"][self.arrays["name_key"][names]]
        return found

    def let_go(self) -> None:
        """Give back the memory of what was read of a mapped file; it is read anew when it is asked for."""
        for column in self.arrays.values():
            base: Any = column.base
            mapped = base.obj if isinstance(base, memoryview) else base
            if isinstance(mapped, mmap.mmap) and hasattr(mapped, "madvise"):  # Windows has none
                mapped.madvise(mmap.MADV_DONTNEED)
                return

    def _texts(self, name: str) -> Texts:
        return Texts(self.arrays[f"{name}_blob"], self.arrays[f"{name}_text_ends"])


class TextPacker:
    """Gathers strings for the columns of a `Texts` without keeping them as strings."""

    def __init__(self) -> None:
        self._blob = bytearray()
        self._lengths = array("I")

    def add(self, texts: Iterable[str]) -> None:
        """Add strings behind those that are there."""
        for text in texts:
            packed = text.encode("utf-8")
            self._lengths.append(len(packed))
            self._blob += packed

    def columns(self, name: str, *, only: NDArray[np.integer[Any]] | None = None) -> dict[str, NDArray[Any]]:
        """Return the columns of all strings, or of those at some positions, in that order."""
        lengths, blob = np.array(self._lengths, np.uint32), self._blob
        if only is not None:
            ends = np.cumsum(lengths, dtype=np.int64)
            blob = bytearray()
            for start in range(0, len(only), _SPANS):
                part = only[start : start + _SPANS]
                spans = zip((ends[part] - lengths[part]).tolist(), ends[part].tolist(), strict=True)
                blob += b"".join([self._blob[first:last] for first, last in spans])
            lengths = lengths[only]
        return {f"{name}_blob": np.frombuffer(blob, np.uint8), f"{name}_text_ends": summed(lengths)}


def spans(first: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """
    Return the numbers of so many rows from each of some first ones.

    Examples
    --------
    >>> spans(np.array([7, 2]), np.array([3, 1])).tolist()
    [7, 8, 9, 2]
    """
    ends = count.cumsum()
    numbers: NDArray[np.int64] = (first - ends + count).repeat(count) + np.arange(ends[-1] if len(ends) else 0)
    return numbers


def summed(counts: NDArray[Any]) -> NDArray[np.uint32]:
    """
    Return where each of some groups begins that stand behind each other, and last where they end.

    Examples
    --------
    >>> summed(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    bounds = np.zeros(len(counts) + 1, np.uint32)
    np.cumsum(counts, dtype=np.uint32, out=bounds[1:])
    return bounds


def grouped(
    numbers: NDArray[np.uint64],
) -> tuple[NDArray[np.uint64], NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]:
    """
    Return what `numpy.unique` does, in a third of the memory.

    Returns
    -------
    unique
        The different numbers, ascending.
    order
        Positions, those of one number together and ascending.
    ends
        Where in `order` the positions of each number begin, and last their count.
    inverse
        Position in `unique` of each number.
    """
    order = np.argsort(numbers, kind="stable").astype(np.uint32)
    ascending = numbers[order]
    first = np.ones(len(numbers), bool)
    first[1:] = ascending[1:] != ascending[:-1]
    inverse = np.empty(len(numbers), np.uint32)
    inverse[order] = np.cumsum(first, dtype=np.uint32) - np.uint32(1)
    ends = np.append(first.nonzero()[0], len(numbers)).astype(np.uint32)
    return ascending[first], order, ends, inverse


def write_columns(path: Path, version: str, tables: Mapping[str, Sequence[str]], columns: Arrays) -> None:
    """
    Write columns into a file, whole or not at all; the same columns give the same bytes.

    Raises
    ------
    OutputError
        If the file can't be written.
    """
    places: dict[str, tuple[str, int, int]] = {}
    size = crc = 0
    for name in sorted(columns):
        column = np.ascontiguousarray(columns[name])
        places[name] = (column.dtype.str, len(column), size)
        for part in (column.data.cast("B") if len(column) else b"", bytes(-column.nbytes % _ALIGNED)):
            crc = zlib.crc32(part, crc)
        size += column.nbytes + -column.nbytes % _ALIGNED
    described = {"version": version, "size": size, "crc": crc, "tables": dict(sorted(tables.items())), "arrays": places}
    header = json.dumps(described, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    head = _MAGIC + len(header).to_bytes(8, "little") + header
    with written_whole(path) as temporary, temporary.open("wb") as file:
        file.write(head + bytes(-len(head) % _ALIGNED))
        for name in sorted(columns):
            file.write(np.ascontiguousarray(columns[name]).data)
            file.write(bytes(-columns[name].nbytes % _ALIGNED))


def read_columns(path: Path) -> tuple[str, dict[str, list[str]], dict[str, NDArray[Any]]]:
    """
    Return version, tables and columns of a file; the columns are mapped into memory.

    The sum of the file is checked by reading it, a piece at a time: pages that were
    only checked take no memory.

    Raises
    ------
    DamagedIndexError
        If it is no file of columns, or not a whole one.
    OSError
        If it can't be read.
    """
    with path.open("rb") as file:
        try:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise DamagedIndexError("no index")
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(length))
            start = file.tell() + -file.tell() % _ALIGNED
            file.seek(start)
            size = crc = 0
            while piece := file.read(_PIECE):
                size, crc = size + len(piece), zlib.crc32(piece, crc)
            if (size, crc) != (header["size"], header["crc"]):
                raise DamagedIndexError("not whole")
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            columns: dict[str, NDArray[Any]] = {
                name: np.frombuffer(mapped, dtype=kind, count=count, offset=start + offset)
                for name, (kind, count, offset) in header["arrays"].items()
            }
            return header["version"], header["tables"], columns
        except (KeyError, TypeError, ValueError, OverflowError, MemoryError) as error:
            raise DamagedIndexError(str(error)) from None
