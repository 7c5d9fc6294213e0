"""
Compile names into the columns that `NameTable` reads.

Each name, and each beginning of a name of several words, has a number (see
`scan`). The numbers are sorted; beside each stands whether it is a name's, which,
and whether longer names go on from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.places.index.columns import TextPacker, grouped
from tracker.places.names.alphabet import alphabet, exact_keys
from tracker.places.names.numbers import SEED, UPPER_SEED, Numbers, chain, read_keys
from tracker.places.names.tokens import parted

__all__ = ["LONGEST_ACRONYM", "MOST_WORDS", "VALUE_BITS", "cell_shift", "name_columns"]

MOST_WORDS = 12  # of a name; longer ones are titles
LONGEST_ACRONYM = 4  # "US", "UAE", "NATO": found in capitals only
_BATCH = 2_000  # names read at a time
VALUE_BITS = 23  # of a cell: four million names
_AT_ONCE = 1 << 17  # cells filled at a time


def name_columns(names: Iterable[tuple[str, int]]) -> dict[str, NDArray[Any]]:
    """
    Return the columns of a table of (name, ordinal) pairs.

    A name without a letter, and one of more than `MOST_WORDS` words, is left out.
    """
    numbers: list[Numbers] = [np.empty(0, np.uint64)]
    begun: list[Numbers] = [np.empty(0, np.uint64)]
    ordinals: list[NDArray[np.uint32]] = [np.empty(0, np.uint32)]
    packer = TextPacker()
    for keys, seeds, owners in _batches(names):
        whole, beginnings, fits = _numbers(keys, seeds)
        numbers.append(whole)
        begun.append(np.unique(beginnings))
        ordinals.append(owners[fits])
        packer.add([key for key, fit in zip(keys, fits.tolist(), strict=True) if fit])
    joined, beginnings = np.concatenate(numbers), np.unique(np.concatenate(begun))
    numbers.clear()
    begun.clear()
    unique, order, ends, entry = grouped(joined)
    del joined
    firsts = order[ends[:-1]]
    del order, ends
    rows = _rows(entry, np.concatenate(ordinals))
    del entry
    ordinals.clear()
    cells = _nodes(unique, beginnings)
    del unique, beginnings
    return {
        **rows,
        **packer.columns("key", only=firsts),
        "cells": cells,
        "kinds": alphabet().kinds,
        "folds": alphabet().folds,
    }


def _batches(names: Iterable[tuple[str, int]]) -> Iterator[tuple[list[str], Numbers, NDArray[np.uint32]]]:
    """Yield keys, seeds and ordinals of names, so many at a time that a window holds them."""
    remaining = iter(names)
    while listed := list(islice(remaining, _BATCH)):
        texts = [text for text, _ in listed]
        keys = [key if key.isascii() else parted(key) for key in exact_keys(texts)]
        seeds = [UPPER_SEED if _is_acronym(text, key) else SEED for text, key in zip(texts, keys, strict=True)]
        owners = np.fromiter((ordinal for _, ordinal in listed), np.uint32, len(listed))
        yield keys, np.array(seeds, np.uint64), owners


def _numbers(keys: Sequence[str], seeds: Numbers) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """Return the numbers of names, those of their beginnings, and which keys can be found at all."""
    first, count, words = read_keys(keys)
    fits = (count > 0) & (count <= MOST_WORDS)
    fits &= np.fromiter((not key[:1].isdigit() or not key.replace(" ", "").isdigit() for key in keys), bool, len(keys))
    alive = np.flatnonzero(fits)
    whole = np.zeros(len(keys), np.uint64)
    beginnings = [np.empty(0, np.uint64)]
    number = seeds[alive]
    for level in range(MOST_WORDS):
        number = chain(number, words[first[alive] + level])
        last = count[alive] == level + 1
        whole[alive[last]] = number[last]
        alive, number = alive[~last], number[~last]
        if not len(alive):
            break
        beginnings.append(number)
    return whole[fits], np.concatenate(beginnings), fits


def _rows(entry: NDArray[np.uint32], ordinals: NDArray[np.uint32]) -> dict[str, NDArray[Any]]:
    """Return the ordinals of each entry, ascending, none twice."""
    pairs = entry.astype(np.uint64)
    pairs <<= np.uint64(32)
    pairs |= ordinals
    pairs.sort()
    pairs = pairs[np.append(np.ones(min(1, len(pairs)), bool), pairs[1:] != pairs[:-1])]
    entries = int(pairs[-1] >> np.uint64(32)) + 1 if len(pairs) else 0
    ends = np.searchsorted(pairs, np.arange(entries + 1, dtype=np.uint64) << np.uint64(32)).astype(np.uint32)
    return {"rows": (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32), "row_ends": ends}


def _nodes(names: Numbers, begun: Numbers) -> NDArray[np.uint64]:
    """
    Return the hash table of names and beginnings, one cell each: its number's low bits, then the value.

    The high bits of a number say where its cell stands, or after which full cells; 0 is a free cell.
    """
    numbers = np.concatenate((names, begun))
    numbers.sort()
    numbers = numbers[np.append(np.ones(min(1, len(numbers)), bool), numbers[1:] != numbers[:-1])]
    bits = max(1, (2 * len(numbers) - 1).bit_length())
    order = np.arange(len(numbers))
    places = (numbers >> np.uint64(64 - bits)).view(np.int64)
    places -= order
    np.maximum.accumulate(places, out=places)
    places += order
    del order
    cells = np.zeros(max(1 << bits, int(places[-1]) + 1 if len(places) else 0) + 1, np.uint64)
    cells[places] = numbers << np.uint64(VALUE_BITS)
    cells[places[np.searchsorted(numbers, begun)]] |= np.uint64(1)
    for first in range(0, len(names), _AT_ONCE):
        part = names[first : first + _AT_ONCE]
        value = np.arange(first + 1, first + 1 + len(part), dtype=np.uint64) << np.uint64(1)
        cells[places[np.searchsorted(numbers, part)]] |= value
    return cells


def cell_shift(cells: Numbers) -> np.uint64:
    """Return by how many bits a number is shifted to tell its cell."""
    return np.uint64(65 - len(cells).bit_length())


def _is_acronym(text: str, key: str) -> bool:
    if len(key) > 2 * LONGEST_ACRONYM or not text.isupper() or not text.isascii():
        return False
    letters = key.replace(" ", "")
    return len(letters) <= LONGEST_ACRONYM and letters.isalpha()
