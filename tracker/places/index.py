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

__all__ = ["DamagedIndexError", "Index", "Texts", "key_hash", "pack", "pack_texts"]

_MAGIC = b"TRKGAZ01"
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

    def __init__(self, buffer: Any) -> None:
        """
        Read an index.

        Raises
        ------
        DamagedIndexError
            If the bytes are no whole index.
        """
        try:
            if bytes(buffer[:8]) != _MAGIC:
                raise DamagedIndexError("no index")
            length = int.from_bytes(buffer[8:16], "little")
            raw = bytes(buffer[16 : 16 + length])
            header = json.loads(raw)
            start = _aligned(16 + length)
            if start + header["size"] != len(buffer) or header["crc"] != zlib.crc32(memoryview(buffer)[start:]):
                raise DamagedIndexError("not whole")
            self.arrays: dict[str, NDArray[Any]] = {
                name: np.frombuffer(buffer, dtype=kind, count=count, offset=start + offset)
                for name, (kind, count, offset) in header["arrays"].items()
            }
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise DamagedIndexError(str(error)) from None
        self.version: str = header["version"]
        self.tables: dict[str, list[str]] = header["tables"]
        self.ids = self._texts("id")
        self.names = self._texts("name")
        self.keys = self._texts("key")

    @classmethod
    def open(cls, path: Path) -> Index:
        """Map a file; raise `DamagedIndexError` when it is no whole index, OSError when it can't be read."""
        with path.open("rb") as file:
            try:
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            except ValueError as error:
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


def pack(version: str, tables: Mapping[str, Sequence[str]], arrays: Arrays) -> bytes:
    """Return the bytes of an index; the same input gives the same bytes."""
    places: dict[str, tuple[str, int, int]] = {}
    body = bytearray()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        places[name] = (array.dtype.str, len(array), len(body))
        body += array.tobytes()
        body += bytes(_aligned(len(body)) - len(body))
    header = json.dumps(
        {
            "version": version,
            "size": len(body),
            "crc": zlib.crc32(body),
            "tables": {name: list(table) for name, table in sorted(tables.items())},
            "arrays": places,
        },
        ensure_ascii=True,
        separators=(",", ":"),
    ).encode("ascii")
    head = _MAGIC + len(header).to_bytes(8, "little") + header
    return bytes(head.ljust(_aligned(len(head)), b"\0") + body)


def _aligned(offset: int) -> int:
    return (offset + 7) // 8 * 8
