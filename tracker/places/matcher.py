"""
Where the names of a gazetteer stand in a text: exact keys, whole words, longest first.

Names are kept sorted by key in one block of bytes, which is read through a memory
map: opening it costs nothing, and only the names whose first word occurs in some
text are ever turned into Python objects. A text is walked once, from one possible
first word to the next, so that the time is linear in its length.
"""

from __future__ import annotations

import mmap
import re
import struct
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tracker.errors import GazetteerError
from tracker.files import written_whole
from tracker.places.folding import exact_key
from tracker.places.tokens import SPACELESS, word_patterns

__all__ = ["Found", "NameTable", "name_key"]

_MAGIC = b"tknames2"
_HEADER = struct.Struct("<8sQQQ")  # magic, keys, rows, bytes of keys
_HEADS_KEPT = 200_000  # first words remembered before the memory is cleared; about 60 MB
_LONGEST_ABBREVIATION = 4  # letters before a full stop inside a name: "St.", "Twp."
_LONGEST_ACRONYM = 4  # "US", "UAE", "NATO": matched in capitals only
_MOST_WORDS = 12
_POSSESSIVES = ("'s", "’s", "ʼs")
_APOSTROPHES = "'’ʼ"
_BEFORE_JOINED = " -‐‑'’‘\u00a0"
_JOINT_REACH = 7  # characters before a word in which a small article and its joint have room
_UPPER_MARK = "="  # before the key of a name that must stand in capitals


_BETWEEN_SPACELESS = re.compile(f"(?<=[{SPACELESS}])(?=[{SPACELESS}])")


def name_key(text: str) -> str:
    """
    Return the key under which the table holds a name: words between single spaces.

    Examples
    --------
    >>> name_key("Deir ez-Zôr"), name_key("北京")
    ('deir ez zor', '北 京')
    """
    return _BETWEEN_SPACELESS.sub(" ", exact_key(text))


class Found(NamedTuple):
    """A name standing in a text: its span, and the entry of the table that holds its key and its places."""

    start: int
    end: int
    entry: int


class _Head(NamedTuple):
    """The names that begin with one word: how many words the longest has, and the entry of each rest of a key."""

    longest: int
    rests: dict[str, int]


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

    def __init__(self, data: bytes | mmap.mmap) -> None:
        _, keys, rows, size = _HEADER.unpack_from(data)
        view = memoryview(data)
        offset = _HEADER.size
        self._key_ends = view[offset : offset + 4 * (keys + 1)].cast("I")
        offset += 4 * (keys + 1)
        self._row_ends = view[offset : offset + 4 * (keys + 1)].cast("I")
        offset += 4 * (keys + 1)
        self._rows = view[offset : offset + 4 * rows].cast("I")
        offset += 4 * rows
        self._blob = view[offset : offset + size]
        self._data = data
        self._count = keys
        self._heads: dict[str, _Head | None] = {}

    @classmethod
    def build(cls, names: Iterable[tuple[str, int]]) -> NameTable:
        """
        Make a table of (name, ordinal) pairs.

        A Latin name of at most four letters, all of them capitals, is an acronym: it
        is found only where it stands in capitals. A name without a letter is left out.
        """
        return cls(_packed(names))

    @classmethod
    def read(cls, path: Path) -> NameTable:
        """
        Open a written table.

        Raises
        ------
        GazetteerError
            If the file is not such a table, or is cut off.
        """
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
        whole = False
        if len(data) >= _HEADER.size:
            magic, keys, rows, size = _HEADER.unpack_from(data)
            whole = magic == _MAGIC and len(data) == _HEADER.size + 8 * (keys + 1) + 4 * rows + size
        if not whole:
            raise GazetteerError("not a table of names, or cut off", path=path, cure="Remove it; it is made anew.")
        return cls(data)

    def write(self, path: Path) -> None:
        """Write the table whole, or not at all."""
        with written_whole(path) as temporary:
            temporary.write_bytes(self._data)

    def __len__(self) -> int:
        return int(self._count)

    def entry(self, key: str) -> int | None:
        """Return the entry of an exact key, None when no name has it."""
        packed = key.encode("utf-8")
        index = self._bisect(packed)
        return index if index < self._count and self._key(index) == packed else None

    def key(self, entry: int) -> str:
        """Return the exact key of an entry."""
        return self._key(entry).decode("utf-8").removeprefix(_UPPER_MARK)

    def ordinals(self, entry: int) -> tuple[int, ...]:
        """Return the ordinals of the places that bear the name of an entry, in ascending order."""
        return tuple(self._rows[self._row_ends[entry] : self._row_ends[entry + 1]])

    def find(self, text: str) -> list[Found]:
        """Return the longest names in a text, ordered, without overlaps; of two equally long the earlier wins."""
        kept: list[Found] = []
        cluster: list[Found] = []
        reach = 0
        for match in self.find_all(text):
            if match.start >= reach:
                kept += _longest(cluster)
                cluster = []
            cluster.append(match)
            reach = max(reach, match.end)
        return kept + _longest(cluster)

    def find_all(self, text: str) -> list[Found]:
        """Return the longest name from each possible first word, ordered by start; they may overlap."""
        heads = self._heads
        found: list[Found] = []
        for word in word_patterns().start.finditer(text):
            raw = word[0]
            start, end = word.span()
            if text[start - 1 : start] in _BEFORE_JOINED and start:
                joined = self._with_particle(text, start)
                if joined is not None:
                    found.append(joined)
            try:
                head = heads[raw]
            except KeyError:
                head = self._remember(raw)
            if head is not None:
                match = self._longest_from(text, start, end, head)
                if match is not None:
                    found.append(match)
                    continue
            if len(raw) > 3 and (raw[1] in _APOSTROPHES or raw[-2] in _APOSTROPHES):
                found += self._inside_apostrophes(text, start, raw)
        return found

    def _longest_from(self, text: str, start: int, end: int, head: _Head) -> Found | None:
        """Return the longest name that begins with the word at a span."""
        entry = head.rests.get("")
        best = None if entry is None else Found(start, end, entry)
        if head.longest == 1:
            return best
        more = word_patterns().more
        rest = ""
        last = start
        for _ in range(head.longest - 1):
            word = more.match(text, end)
            if word is None or (text[end] == "." and end - last > _LONGEST_ABBREVIATION):
                break
            last, raw = word.start(1), word[1]
            if raw.endswith(_POSSESSIVES):
                entry = head.rests.get(f"{rest} {exact_key(raw[:-2])}")
                best = best if entry is None else Found(start, word.end() - 2, entry)
            rest = f"{rest} {exact_key(raw)}"
            end = word.end()
            entry = head.rests.get(rest)
            best = best if entry is None else Found(start, end, entry)
        return best

    def _with_particle(self, text: str, start: int) -> Found | None:
        """Return the name that begins with a small article before the word at `start`, and reaches into the word."""
        particle = word_patterns().particle.search(text, max(0, start - _JOINT_REACH), start)
        if particle is None:
            return None
        raw = particle[1]
        head = self._heads[raw] if raw in self._heads else self._remember(raw)
        if head is None:
            return None
        match = self._longest_from(text, particle.start(1), particle.end(1), head)
        return match if match is not None and match.end > start else None

    def _inside_apostrophes(self, text: str, start: int, raw: str) -> list[Found]:
        """Return the name in "Homs's" or "L'Ukraine", when the whole word is no name."""
        bare = raw[:-2] if raw.endswith(_POSSESSIVES) else raw
        if bare is raw and raw[1] in _APOSTROPHES:
            start, bare = start + 2, raw[2:]
        head = self._heads[bare] if bare in self._heads else self._remember(bare)
        match = None if head is None else self._longest_from(text, start, start + len(bare), head)
        return [] if match is None else [match]

    def _remember(self, raw: str) -> _Head | None:
        """Look a first word up and keep the answer."""
        if len(self._heads) > _HEADS_KEPT:
            self._heads.clear()
        key = exact_key(raw)
        rests = self._rests(key) if key and " " not in key else {}
        if len(raw) <= _LONGEST_ACRONYM and raw.isupper():
            rests = rests | self._rests(_UPPER_MARK + key)
        longest = min(_MOST_WORDS, 1 + max((rest.count(" ") for rest in rests), default=0))
        self._heads[raw] = head = _Head(longest, rests) if rests else None
        return head

    def _rests(self, first: str) -> dict[str, int]:
        """Return the rest of every key that begins with a word, with its entry."""
        packed = first.encode("utf-8")
        index = self._bisect(packed)
        rests: dict[str, int] = {}
        while index < self._count:
            key = self._key(index)
            if not (key.startswith(packed) and (len(key) == len(packed) or key[len(packed)] == _SPACE)):
                break
            rests[key[len(packed) :].decode("utf-8")] = index
            index += 1
        return rests

    def _bisect(self, packed: bytes) -> int:
        """Return the first entry whose key is not less than `packed`."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < packed:
                low = middle + 1
            else:
                high = middle
        return low

    def _key(self, entry: int) -> bytes:
        return bytes(self._blob[self._key_ends[entry] : self._key_ends[entry + 1]])


_SPACE = 0x20


def _longest(cluster: list[Found]) -> list[Found]:
    """Keep the longest of names that overlap, then the longest of those that are still free of it, and so on."""
    if len(cluster) < 2:
        return cluster
    kept: list[Found] = []
    for match in sorted(cluster, key=lambda match: (match.start - match.end, match.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept)


def _packed(names: Iterable[tuple[str, int]]) -> bytes:
    """Sort names by key and pack them as `NameTable` reads them."""
    rows_by_key: dict[bytes, set[int]] = {}
    for text, ordinal in names:
        key = name_key(text)
        if key and not key.replace(" ", "").isdigit():
            marked = (_UPPER_MARK if _is_acronym(text, key) else "") + key
            rows_by_key.setdefault(marked.encode("utf-8"), set()).add(ordinal)
    keys = sorted(rows_by_key)
    key_ends, row_ends, rows = array("I", [0]), array("I", [0]), array("I")
    for packed in keys:
        rows.extend(sorted(rows_by_key[packed]))
        key_ends.append(key_ends[-1] + len(packed))
        row_ends.append(len(rows))
    header = _HEADER.pack(_MAGIC, len(keys), len(rows), key_ends[-1])
    return b"".join((header, key_ends.tobytes(), row_ends.tobytes(), rows.tobytes(), *keys))


def _is_acronym(text: str, key: str) -> bool:
    return (
        text.isascii()
        and text.isupper()
        and len(key.replace(" ", "")) <= _LONGEST_ACRONYM
        and key.replace(" ", "").isalpha()
    )
