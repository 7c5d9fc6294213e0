"""The table of a gazetteer's names, kept in the user's cache."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator

from tracker.errors import GazetteerError, OutputError
from tracker.places.gazetteer import Gazetteer
from tracker.places.index.tidy import mark_used, remove_old
from tracker.places.lexicon import Lexicon
from tracker.places.matching.matcher import NameTable
from tracker.places.matching.overlaid import OverlaidTable
from tracker.places.names.folding import exact_key, folded_key
from tracker.resources import cache_folder

__all__ = ["name_table"]

_VERSION = 8  # raise it when keys change


def name_table(gazetteer: Gazetteer, words: Lexicon) -> NameTable:
    """
    Return the table of all names of a gazetteer and of the short forms that papers use.

    That of the shipped gazetteer is made on first use and kept in the user's cache; where
    that can't be written to, it is made each time. The names of the user's own rows are
    a table of their own, over the other.
    """
    shipped, *own = gazetteer.index.layers
    table = _shipped_table(Gazetteer(shipped), words)
    if not own:
        return table
    return OverlaidTable(table, NameTable.build(filter(_may_stand, Gazetteer(own[0]).texts())))


def _shipped_table(gazetteer: Gazetteer, words: Lexicon) -> NameTable:
    packed = json.dumps([_VERSION, gazetteer.version, words.aliases], sort_keys=True).encode()
    path = cache_folder() / f"names-{hashlib.sha256(packed).hexdigest()[:16]}.bin"
    with contextlib.suppress(OSError, GazetteerError):
        table = NameTable.read(path)
        mark_used(path)
        return table
    table = NameTable.build(_names(gazetteer, words))
    with contextlib.suppress(OSError, OutputError, GazetteerError):
        path.parent.mkdir(parents=True, exist_ok=True)
        table.write(path)
        remove_old(path)
        return NameTable.read(path)  # mapped, so that what was compiled can go
    return table


def _names(gazetteer: Gazetteer, words: Lexicon) -> Iterator[tuple[str, int]]:
    """
    Yield (name, ordinal); names of up to four Latin capitals are left out.

    GeoNames lists airport codes as names ("LON", "PAR"): in texts such letters
    are nearly always something else. Those that papers use are aliases.
    """
    yield from filter(_may_stand, gazetteer.texts())
    for kind, names in sorted(words.aliases.items()):
        feature, _, country = kind.partition(".")
        wanted = "ADM1" if feature == "postal" else feature
        for short, name in sorted(names.items()):
            for text, ordinal in gazetteer.lookup(folded_key(name)):
                place = gazetteer.at(ordinal)
                if place.country == country and place.feature.startswith(wanted) and exact_key(text) == exact_key(name):
                    yield short, ordinal
    gazetteer.index.let_go()


def _may_stand(name: tuple[str, int]) -> bool:
    text = name[0]
    return not (len(text) <= 4 and text.isascii() and text.isupper() and text.isalpha())
