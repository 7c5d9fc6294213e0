"""
The compiled index: columns of numbers and blobs of text in one file that is mapped into memory.

A file is a magic word, the length of a JSON header, the header (version, string
tables, where each array lies) and the arrays, each on an 8-byte boundary.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import mmap
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.files import written_whole

__all__ = ["DamagedIndexError", "Index", "Texts", "key_hash", "pack_texts", "read_columns", "write_columns"]

_MAGIC = b"TRKCOL02"
_ALIGNED = 8
_PIECE = 1 << 20
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

    def find_id(self, place_id: str) -> int | None:
        """Return the ordinal of the place with this id, own or other."""
        hashes, wanted = self.arrays["id_hash"], np.uint64(key_hash(place_id))
        position = int(np.searchsorted(hashes, wanted))
        while position < len(hashes) and hashes[position] == wanted:
            record = int(self.arrays["id_record"][position])
            if self.ids[record] == place_id:
                return int(self.arrays["id_place"][record])
            position += 1
        return None

    def find_key(self, key: str) -> NDArray[np.uint32]:
        """Return the positions of all names whose folded key this is."""
        hashes, wanted = self.arrays["key_hash"], np.uint64(key_hash(key))
        position = int(np.searchsorted(hashes, wanted))
        while position < len(hashes) and hashes[position] == wanted:
            if self.keys[position] == key:
                start, end = self.arrays["key_ends"][position : position + 2]
                found: NDArray[np.uint32] = self.arrays["key_names"][start:end]
                return found
            position += 1
        return np.empty(0, np.uint32)

    def _texts(self, name: str) -> Texts:
        return Texts(self.arrays[f"{name}_blob"], self.arrays[f"{name}_text_ends"])


def key_hash(key: str) -> int:
    """Return the 64-bit hash by which ids and keys are found; the same on every machine."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8"), digest_size=8).digest(), "little")


def pack_texts(name: str, texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a `Texts`."""
    ends = np.zeros(len(texts) + 1, np.uint32)
    blob = "".join(texts).encode("utf-8")
    lengths = map(len, texts) if blob.isascii() else (len(text.encode("utf-8")) for text in texts)
    np.cumsum(np.fromiter(lengths, np.uint32, len(texts)), out=ends[1:])
    return {f"{name}_blob": np.frombuffer(blob, np.uint8), f"{name}_text_ends": ends}


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
