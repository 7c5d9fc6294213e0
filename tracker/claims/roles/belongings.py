"""What a common noun makes of the place beside it: the place itself, a part of it, or something that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.actors.persons import is_people
from tracker.claims.coref import entity_ref
from tracker.claims.roles.meanings import Meanings
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.parts import compass, noun_part, share

__all__ = ["Belongings", "is_area", "is_river"]

_UNITS = frozenset({"brigade", "division", "regiment", "battalion", "unit"})

_RANKED = frozenset(
    {"biggest", "first", "key", "largest", "last", "main", "major", "only", "remaining", "second", "third"}
)


class Belongings(Meanings):
    """Reads "X district", "X's outskirts", "the airport of X": a noun with the name of a place beside it."""

    def _own_name(self, i: int, compound: int) -> bool:
        """Tell whether "X district of Y" names X: an area, a quarter or a lesser place than Y, in the singular."""
        entity = self.tree[compound].entity
        if entity is None or self.tree[i].lower not in self.nouns.quarter:
            return False
        ref = entity_ref(entity)
        if ref.feature.startswith("ADM") or ref.feature == "PPLX":
            return True
        wholes = [self.tree[k].entity for k in self.tree.prepositional(i, ("of",))]
        provinces = [whole.resolution for whole in wholes if whole is not None and whole.resolution is not None]
        if provinces and all((known.feature or "").startswith("ADM1") for known in provinces):
            return True  # "the X area of Y province"
        larger = [self.discourse.people(entity_ref(whole)) for whole in wholes if whole is not None]
        return bool(larger) and min(larger) > self.discourse.people(ref)

    def _compound_place(self, i: int) -> int | None:
        """Return the place name that stands before a noun as part of its name ("X district")."""
        found = [
            k
            for k in self.tree.kids(i, "compound", "nmod", "amod", "nummod", "npadvmod")
            if self.tree[k].kind in {"place", "name"}
            and k < i
            and not self._is_water(k)
            and not is_people(self.tree[k].text)
        ]
        return found[-1] if found else None

    def _is_water(self, k: int) -> bool:
        """Tell whether a name is a sea's, which only says where a town lies: "the Red Sea port"."""
        entity = self.tree[k].entity
        resolution = entity.resolution if entity is not None else None
        return resolution is not None and (resolution.feature or "").startswith(("SEA", "OCN", "GULF"))

    def _with_compound(self, i: int, noun: str, k: int) -> list[PlaceHit]:
        entity = self.tree[k].entity
        if entity is None:
            return []
        ref = entity_ref(entity)
        left = [token for token in self._modifiers(i) if token.entity is None]
        fraction = share(left, self.nouns)
        feature = ref.feature
        ranked = not _RANKED.isdisjoint(self.tree[m].lower for m in self.tree.kids(i, "amod"))
        if noun in self.nouns.settlement and (self._unspecific(i) or ranked) and not feature.startswith("PPL"):
            return []  # "a Red Sea town", "the last major Donbas city"
        if noun in self.nouns.facility and self.tree[i].lower != noun and self._unspecific(i):
            return []  # "three Euphrates bridges"
        if noun in self.nouns.facility and self.tree[i].lower != noun and len(self.tree.conjuncts(k)) > 0:
            return [PlaceHit(ref=ref, token=k, head=i)]  # "the A, B and C checkpoints"
        if noun in self.nouns.facility:
            own = entity.resolution is not None and not (entity.resolution.feature or "P").startswith("PPL")
            if noun in ref.text.lower().split() or own or set(ref.text.lower().split()) & _UNITS:
                return [PlaceHit(ref=ref, token=k, head=i, part=compass(left), fraction=fraction)]
            return [
                PlaceHit(
                    ref=self._facility(ref, noun, ref.start, self.tree[i].end),
                    token=k,
                    head=i,
                    part=compass(left),
                    fraction=fraction,
                )
            ]
        if entity.kind == "name" and (
            noun in {"enclave", "pocket"} or (noun in self.nouns.part and noun not in self.nouns.quarter)
        ):
            return []
        if noun in self.nouns.settlement or noun in self.nouns.province or noun in {"enclave", "pocket"}:
            return [PlaceHit(ref=ref, token=k, head=i, part=compass(left), fraction=fraction)]
        if noun in self.nouns.outskirts and noun != "suburb":
            return [PlaceHit(ref=ref, token=k, head=i, part="outskirts", fraction=fraction)]
        if noun in self.nouns.quarter or noun in self.nouns.part:
            return [PlaceHit(ref=ref, token=k, head=i, part=compass(left), fraction=fraction)]
        return [PlaceHit(ref=ref, token=k, head=i)] if entity.kind == "place" and noun in self.nouns.inner else []

    def _is_town(self, i: int, hits: Sequence[PlaceHit]) -> bool:
        """Tell whether "the southern port of X" is the town X: a port that has an adjective and no name of its own."""
        described = bool(self.tree.kids(i, "amod", "compound"))
        owned = any(self.discourse.facility_of("port", hit.ref) is not None for hit in hits)
        return described and not owned and all(hit.ref.feature.startswith("PPL") for hit in hits)

    def _facility_behind(self, hit: PlaceHit, i: int, noun: str) -> PlaceHit:
        """Return "the airport of X" as X's airport, "the crossing of Y" as Y itself when Y is no town."""
        feature = hit.ref.feature
        sorts = [k for k in self.tree.kids(i, "compound", "amod") if noun == "palace" and self.tree[k].entity is None]
        start, end = self.tree[min([i, *sorts])].start, max(hit.ref.end, self.tree[i].end)
        if not feature.startswith("PPL") or hit.sentences_back is not None:
            return (
                hit
                if hit.sentences_back is None
                else replace(hit, ref=self._facility(hit.ref, noun, start, self.tree[i].end))
            )
        return replace(hit, ref=self._facility(hit.ref, noun, start, end))

    def _holds_names(self, heads: Sequence[int]) -> bool:
        """Tell whether quarters are named one by one: "the districts of X and Y"."""
        return any(self.tree.conjuncts(head) for head in heads)

    def _as_part(self, hit: PlaceHit, i: int, noun: str, count: int) -> PlaceHit:
        """Return the place as a part, unless the noun only tells its kind ("the district of X")."""
        feature = hit.ref.feature
        modifiers = [token for token in self._modifiers(i) if token.entity is None]
        plural = self.tree[i].lower != noun
        kind_only = (
            noun in self.nouns.quarter and noun != "area" and not compass(modifiers) and (not plural or count > 1)
        )
        if (
            kind_only
            and not self._unspecific(i)
            and not (feature.startswith("PPL") and feature != "PPLX" and hit.sentences_back is not None)
        ):
            return hit
        fraction = share(modifiers, self.nouns)
        return replace(hit, part=hit.part or noun_part(noun, modifiers, self.nouns), fraction=hit.fraction or fraction)

    def _belonging(self, i: int, noun: str, owner: PlaceHit) -> list[PlaceHit]:
        """Return what belongs to a place: "the town's airport", "X's outskirts"."""
        modifiers = [token for token in self._modifiers(i) if token.entity is None]
        if noun in self.nouns.facility:
            named = owner.sentences_back is None and not any(
                self.tree[k].lower == "whose" for k in self.tree.kids(i, "poss")
            )
            start = owner.ref.start if named else self.tree[i].start
            return [replace(owner, ref=self._facility(owner.ref, noun, start, self.tree[i].end), head=i)]
        if noun in self.nouns.part or noun in self.nouns.quarter or noun in self.nouns.outskirts:
            return [replace(owner, part=noun_part(noun, modifiers, self.nouns), head=i)]
        several = noun in self.nouns.settlement and self.tree[i].lower != noun and is_area(owner)
        if several and self._counted_out(i):  # "14 of the state's 17 townships"
            return [replace(owner, part="parts", head=i)]
        return [owner] if noun in {"entirety", "whole"} else []

    def _counted_out(self, i: int) -> bool:
        """Tell whether so many of a phrase are meant: "14 of (its 17 townships)"."""
        link = self.tree[self.tree[i].head]
        return self.tree[i].dep == "pobj" and link.lower == "of" and self.tree[link.head].tag == "CD"


def is_area(hit: PlaceHit) -> bool:
    """Tell whether a place is a province or a country, whose capital is another place."""
    return hit.ref.feature.startswith(("ADM", "PCL", "RGN"))


def is_river(hit: PlaceHit) -> bool:
    """Tell whether a place is a river, which one gets to beside some other place."""
    return hit.ref.feature.startswith("STM") or hit.ref.text.lower().endswith((" river", " canal"))
