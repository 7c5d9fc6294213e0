"""Which place a name, "the city", "a key town" or "the airport" means."""

from __future__ import annotations

from dataclasses import replace

from tracker.claims.coref import Discourse, entity_ref
from tracker.claims.parsing.syntax import Tree
from tracker.claims.place_memory import PlaceRef, PlaceRole, SeenPlace
from tracker.claims.roles.grounds import Grounds
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.parts import compass, share
from tracker.claims.words import words
from tracker.model import Place, Resolution

__all__ = ["Meanings"]

_ONE_EACH = frozenset(
    {"airport", "airbase", "refinery", "citadel", "dam"}
)  # a town has one of these, so "the airport" is its own
_SORTS = frozenset(
    {"military", "air", "international", "civil", "army", "presidential", "republican", "royal"}
)  # words before "airport" and "palace" that are part of what it is called
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4}
_OTHERS = frozenset({"the", "these", "those", "other", "more", "another", "further", "additional", "least"})
_SEATS = frozenset({"stronghold", "bastion", "redoubt"})
_LASTS = frozenset({"last", "final", "remaining", "only"})
_BORDERS = frozenset({"border", "frontier", "coast", "capital", "line", "lines"})
_NEAR = ("near", "around", "outside", "overlooking", "between")
_LEAST = 2  # places that a plural describes
_SEVERAL = 6  # places that "the towns" may mean; more are no list but a campaign
_LATELY = 2  # sentences back
_WHENCE = frozenset({"from", "through", "via"})
_ASIDE = words("place_memory", "aside") | {
    "of",
    "in",
    "along",
    "across",
    "surrounding",
    "north",
    "south",
    "east",
    "west",
}
_BY_PARENT = 0.6  # belief in "the airport" being the only one that belongs to the town


class Meanings(Grounds):
    """Finds the places that names and definite nouns of one sentence mean."""

    def __init__(self, tree: Tree, discourse: Discourse, sentence: int) -> None:
        super().__init__(tree, discourse, sentence)
        self.claimed: list[PlaceHit] = []
        self.meant: list[SeenPlace] = []  # by its definite nouns

    def _named(self, i: int) -> list[PlaceHit]:
        """Return a named place, its part by what stands before it ("east X")."""
        token = self.tree[i]
        if token.entity is None:
            return []
        left = self._modifiers(i)
        unknown = token.entity.resolution is None or token.entity.resolution.place_id is None
        if unknown and any(other.lower in {"a", "an", "several", "some"} or other.tag == "CD" for other in left[:1]):
            return []
        labels = [other.i for other in left if other.entity is None and self._names_ground(other.lower)]
        beside = [other for other in left if other.entity is None and other.i > max(labels, default=-1)]
        part = compass(beside)  # not of "their last western stronghold X"
        hit = PlaceHit(ref=entity_ref(token.entity), token=i, head=i, part=part, fraction=share(left, self.nouns))
        return [hit]

    def _one_of_them(self, one: int) -> list[PlaceHit]:
        """Return the places that a phrase describes: "X was one of the towns, with Y and Z, besieged by them"."""
        beside = [k for k in self.tree.kids(one, "prep") if self.tree[k].lower in {"along", "together", "like", "with"}]
        inner = [m for k in beside for m in (k, *self.tree.kids(k, "prep"))]
        listed = [m for k in inner for m in self.tree.kids(k, "pobj")]
        heads = [*self.tree.surface_subjects(self.tree[one].head), *listed]
        named = [m for k in heads for m in (k, *self.tree.conjuncts(k)) if self.tree[m].kind == "place"]
        return [hit for k in dict.fromkeys(named) for hit in self._named(k)]

    def _named_next(self, i: int, noun: str) -> list[PlaceHit]:
        """
        Return the place that a lead leaves unnamed and the next sentence names: "a key town. The town of X …".

        Somebody's last stronghold is such a town, too.
        """
        words = {self.tree[k].lower for k in self.tree.kids(i, "det", "nummod", "amod")}
        plural = self.tree[i].lower != noun
        grounds = self.nouns.settlement | self.nouns.facility | self.nouns.quarter
        listed = self.discourse.lists.get(self.sentence + 1, ()) if plural and noun in grounds else ()
        if listed and "the" not in words:
            return [PlaceHit(ref=ref, token=i, head=i, sentences_back=1) for ref in listed]
        aside = self.tree[max(0, self._left(i) - 1)].text == ","  # "X, their last stronghold on the coast"
        bare = self.tree[i].dep in {"dobj", "pobj"} and not aside
        last = noun in _SEATS and not plural and bare and not words.isdisjoint(_LASTS)
        if (noun not in self.nouns.settlement and not last) or self._near_a_place(i):
            return []
        count = 1 if last or (words & {"a", "an"} and not plural) else 0
        noun = "town" if last else noun
        if plural and not words & _OTHERS:
            count = next((number for word, number in _COUNTS.items() if word in words), 0)
        known = {seen.ref.key for seen in self.here}
        refs = self.discourse.named_later(noun, self.sentence, count) if count else []
        if any(ref.key in known for ref in refs):
            return []
        return [PlaceHit(ref=ref, token=i, head=i, sentences_back=1) for ref in refs]

    def _near_a_place(self, i: int) -> bool:
        """Tell whether a thing lies beside another place; a border or a coast has no name of its own."""
        after = self.tree[min(i + 1, len(self.tree) - 1)]
        beside = self.tree.prepositional(i, _NEAR)
        beside += self.tree.kids(after.i, "pobj") if after.dep == "prep" and after.lower in _NEAR else []
        bare = all(self.tree[k].kind is None and self.tree[k].lower in _BORDERS for k in beside)
        return not bare if beside else self._near_something(i)

    def _told_together(self, i: int, noun: str) -> list[PlaceHit]:
        """Return the places that "both towns" and "the two districts" mean: as many as were told of last."""
        words = {self.tree[k].lower for k in self.tree.kids(i, "det", "nummod", "predet", "amod", "acl", "relcl")}
        definite = words & {"the", "these", "both"}
        count = 2 if "both" in words else next((number for word, number in _COUNTS.items() if word in words), 0)
        behind = [k for k in self.tree.kids(i, "prep") if not self._lie_in(k)]
        if (
            definite
            and not count
            and len(words) == 1
            and not behind
            and not self.tree.kids(i, "poss", "compound", "nmod")
        ):
            listed = self._named_together(i, noun)
            claimed = self._claimed_together(i, noun)
            nearer = listed and (not claimed or (claimed[0].sentences_back or 0) > (listed[0].sentences_back or 0))
            return listed if nearer else claimed
        if not count or not (definite or words & {"all", "those"}):
            return []
        seen = [*self.discourse.seen_places, *(one for one in self.here if one.position < i)]
        fitting = [one for one in seen if one.role is not PlaceRole.ASIDE and self._may_be(one.ref, noun)]
        last = max((one.sentence for one in fitting), default=self.sentence)
        told = list({one.ref.key: one for one in fitting if one.sentence == last}.values())
        if len(told) != count or self.sentence - last > 1:
            return self._named_together(i, noun, count) if not behind else []
        back = self.sentence - last
        return [PlaceHit(ref=one.ref, token=i, head=i, sentences_back=back) for one in told]

    def _named_together(self, i: int, noun: str, count: int = 0) -> list[PlaceHit]:
        """Return the list of the sentence, or of the one before, that a plural means: "to X and Y. The villages"."""
        following = self.tree[min(i + 1, len(self.tree) - 1)].lower
        if following in _ASIDE:
            return []  # "the villages around the town"
        for back in (0, 1):
            listed = self.discourse.together.get(self.sentence - back)
            if listed is None or (not back and listed.refs[0].start > self.tree[i].start):
                continue
            refs = [ref for ref in listed.refs if noun == listed.called or self._is_one(ref, noun)]
            named = listed.called in {None, noun} or (noun in self.nouns.settlement) >= (
                listed.called in self.nouns.settlement
            )
            if named and len(refs) == len(listed.refs) and count in {0, len(refs)} and len(refs) <= _SEVERAL:
                return [PlaceHit(ref=ref, token=i, head=i, sentences_back=back) for ref in refs]
            return []
        return []

    def _is_one(self, ref: PlaceRef, noun: str) -> bool:
        """Tell whether a place may be one of several, and no city is a village."""
        return self._may_be(ref, noun) and (noun not in self.nouns.settlement or self.discourse.fits(ref, noun))

    def _lie_in(self, preposition: int) -> bool:
        """Tell whether a phrase says only in which area towns lie: "the towns in Gornland"."""
        inside = self.tree.kids(preposition, "pobj")
        return self.tree[preposition].lower == "in" and all(self.tree[k].kind == "place" for k in inside)

    def _claimed_together(self, i: int, noun: str) -> list[PlaceHit]:
        """Return the places that "the towns" or "them" means: those of which the text has claimed something last."""
        seen = [known for known in self.discourse.seen_places if known.role is PlaceRole.CLAIMED]
        last = seen[-1].sentence if seen else 0
        told = {known.ref.key: known.ref for known in seen if known.sentence == last and self._may_be(known.ref, noun)}
        back = self.sentence - last
        here = {hit.ref.key: hit.ref for hit in self.claimed if hit.token < i and self._may_be(hit.ref, noun)}
        if len(here) > 1:
            told, back = here, 0
        if not 1 < len(told) <= _SEVERAL or back > _LATELY:
            return []
        return [PlaceHit(ref=ref, token=i, head=i, sentences_back=back) for ref in told.values()]

    def _may_be(self, ref: PlaceRef, noun: str) -> bool:
        """Tell whether a place may be one of several that a plural means; a quarter is rarely in the gazetteer."""
        known = ref.resolution is not None and ref.resolution.place_id
        feature = ref.feature
        if noun in self.nouns.quarter:
            return not known or feature == "PPLX" or feature.startswith("ADM")
        return (
            not known or feature.startswith("PPL") if noun in self.nouns.settlement else not feature.startswith("PPL")
        )

    def _described(self, i: int, noun: str) -> list[PlaceHit]:
        """Return the place that a noun of kind only describes: "X, a town that …", "X is a town that …"."""
        if noun not in self.nouns.settlement and noun not in self.nouns.facility and noun not in self.nouns.quarter:
            return []
        above = self.tree[i].head
        if self.tree[i].lower != noun:
            return self._several_described(i, above)
        if self.tree[i].dep == "appos" and self.tree[above].kind in {"place", "name"} and above < i:
            return self._named(above)
        if self.tree[i].dep == "attr" and self.tree.is_verb(above):
            return [h for k in self.tree.kids(above, "nsubj") if self.tree[k].kind == "place" for h in self._named(k)]
        return []

    def _several_described(self, i: int, above: int) -> list[PlaceHit]:
        """Return the places of a list that a plural describes: "X and Y, strategic towns that fell to them"."""
        first = next((k for k in (above, *self.tree.climb(above)) if self.tree[k].dep != "conj"), above)
        listed = [k for k in (first, *self.tree.conjuncts(first)) if k < i and self.tree[k].kind in {"place", "name"}]
        if self.tree[i].dep != "appos" or len(listed) < _LEAST or above not in listed:
            return []
        return [hit for k in listed for hit in self._named(k)] if self.tree.kids(i, "relcl", "acl") else []

    def _both(self, i: int) -> list[PlaceHit]:
        """Return the last two places that something was claimed of: "recaptured both towns"."""
        seen = [known for known in self.discourse.seen_places if known.role is PlaceRole.CLAIMED]
        last = list({known.ref.key: known for known in seen[-4:]}.values())[-2:]
        if len(last) < 2:
            return []
        return [PlaceHit(ref=k.ref, token=i, head=i, sentences_back=self.sentence - k.sentence) for k in last]

    def _is_entry_of(self, i: int, noun: str) -> bool:
        """Tell whether an entry calls its town "the largest town in Gornland", as the subject of a sentence."""
        subject = self.tree[i].dep in {"nsubj", "nsubjpass"} and noun in self.nouns.settlement
        alone = all(_is_area(seen.ref) for seen in self.here)
        return self.discourse.about_title and subject and alone

    def _meant(self, i: int, noun: str) -> list[PlaceHit]:
        here = self._weighed()
        if noun == "it" and self.discourse.about_title:
            here = [seen for seen in here if not self._in_passing(seen)]
        found = self.discourse.place_for(noun, here, self.sentence, i)
        if found is None:
            return self._own_facility(i, noun)
        if self.tree[i].lower == noun:  # the noun stands there: what it means once, it goes on meaning
            meant = SeenPlace(ref=found[0], sentence=self.sentence, position=i, role=PlaceRole.MEANT, called=noun)
            self.meant.append(meant)
        return [PlaceHit(ref=found[0], token=i, head=i, sentences_back=found[1])]

    def _weighed(self) -> list[SeenPlace]:
        """Return the places of the sentence, those with a claim as such."""
        claimed = {hit.token for hit in self.claimed}
        return [
            replace(seen, role=PlaceRole.CLAIMED) if seen.position in claimed else seen
            for seen in (*self.here, *self.meant)
        ]

    def _in_passing(self, seen: SeenPlace) -> bool:
        """Tell whether a place only tells whence somebody comes, or which front is meant: "units from X retook it"."""
        token = self.tree[seen.position]
        if seen.role is PlaceRole.CLAIMED or token.kind not in {"place", "name"}:
            return False
        if token.dep in {"compound", "nmod"}:
            noun = self.tree.singulars[token.head]
            return not (noun in self.nouns.settlement or noun in self.nouns.facility or noun in self.nouns.quarter)
        return token.dep == "pobj" and self.tree[token.head].lower in _WHENCE

    def _own_facility(self, i: int, noun: str) -> list[PlaceHit]:
        """Return an unnamed but definite facility ("the military airport") as belonging to what the text is about."""
        if noun not in self.nouns.facility:
            return []
        found = self.discourse.place_for("part", self._weighed(), self.sentence, i)
        if found is None:
            return []
        place = self.discourse.facility_of(noun, found[0])
        start = min([k for k in self.tree.kids(i, "compound", "amod", "nmod") if self.tree[k].lower in _SORTS] or [i])
        seat = noun in {"palace", "parliament"} and (start < i or noun == "parliament")  # "the presidential palace"
        if place is None and noun not in _ONE_EACH and not seat:
            return []
        first, last, words = self.tree[start].start, self.tree[i].end, self._text(start, i)
        ref = PlaceRef(words, first, last, None) if place is None else _of_index(words, first, last, place)
        return [PlaceHit(ref=ref, token=i, head=i, sentences_back=found[1])]

    def _facility(self, owner: PlaceRef, noun: str, start: int, end: int) -> PlaceRef:
        """Return a place's facility as a place of its own, resolved where the index knows exactly one."""
        text = self._words(start, end)
        place = self.discourse.facility_of(noun, owner)
        if place is None:
            return PlaceRef(text, start, end, None)
        return _of_index(text, start, end, place)


def _of_index(text: str, start: int, end: int, place: Place) -> PlaceRef:
    """Return a span of the text as a place of the index."""
    resolution = Resolution(
        report_id="", start=start, end=end, text=text, place_id=place.place_id, name=place.name,
        lat=place.lat, lon=place.lon, precision_m=place.precision_m,
        feature=place.feature, country=place.country, parent=place.parent, score=_BY_PARENT,
    )  # fmt: skip
    return PlaceRef(text, start, end, resolution)


def _is_area(ref: PlaceRef) -> bool:
    feature = ref.feature
    return feature.startswith(("ADM", "PCL", "RGN"))
