"""Places under the names that readers know, each looked up once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tracker.model import Claim, Place, PlaceIndex
from tracker.places.names.folding import folded_key

__all__ = ["SpelledPlaces"]


class SpelledPlaces:
    """
    A place index that remembers what it was asked and spells scholarly names as the reports do.

    Gazetteers transliterate (``Mūḩ Ḩasan``, ``‘Uqayribāt``); reports, and so their readers, write
    ``Muhasan`` and ``Uqayribat``. A name with letters beyond ASCII gives way to the commonest
    spelling in the claims that folds to the key of one of the place's names; a name
    without such letters stays, and so does one that no claim spells otherwise.
    """

    def __init__(self, places: PlaceIndex, claims: Iterable[Claim] = ()) -> None:
        self._places = places
        self._got: dict[str, Place] = {}
        self._said: dict[str, Counter[str]] = {}
        for claim in claims:
            if claim.place.place_id is not None and claim.place.text.isascii():
                self._said.setdefault(claim.place.place_id, Counter())[claim.place.text] += 1

    def get(self, place_id: str) -> Place:
        """Return one place; raise `UnknownPlaceError` when there is none."""
        if place_id not in self._got:
            place = self._places.get(place_id)
            said = self._said.get(place_id)
            if said and not place.name.isascii():
                place = replace(place, name=_spelled(place, said))
            self._got[place_id] = place
        return self._got[place_id]

    def children(self, place_id: str) -> Iterable[Place]:
        """Return the places whose parent is this one, ordered by id."""
        return self._places.children(place_id)


def _spelled(place: Place, said: Mapping[str, int]) -> str:
    keys = {folded_key(name) for name in (place.name, *(n.text for n in place.names))}
    for text in sorted(said, key=lambda t: (-said[t], t)):
        if folded_key(text) in keys:
            return text[:1].upper() + text[1:]
    return place.name
