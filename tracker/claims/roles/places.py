"""
From the noun of a role to places: what a noun phrase names, and which part of it.

"The northern part of the city", "most of Dolna's suburbs", "towns including Dolna",
"its other stronghold, Dolna": the phrase is walked from its head noun to the name.
"""

from __future__ import annotations

from dataclasses import replace

from tracker.claims.coref import entity_ref
from tracker.claims.roles.belongings import is_area
from tracker.claims.roles.equating import made_into
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.parts import compass, share
from tracker.claims.roles.unnamed import POSTS, QUARTERS, Unnamed
from tracker.claims.words import words

__all__ = ["PlaceHit", "PlaceReader"]

_REST = frozenset({"rest", "remainder"})
_IT = frozenset({"it", "there"})
_ONE_EACH = frozenset(
    {"airport", "airbase", "refinery", "citadel", "dam"}
)  # a town has one of these, so "the airport" is its own
_OF_TOWNS = _ONE_EACH | {"palace"}
_AT_NAMES = frozenset({"crossing", "base", "camp", "bridge", "checkpoint", "airfield", "field", "garrison"})
_HOUSES = (words("roles", "houses") - {"palace"}) | {
    "station",
    "gate",
    "university",
    "prison",
    "height",
    "heights",
    "hill",
    "market",
    "bridge",
}
_RISING = words("places", "rising")
_WITHIN = ("in", "at", "inside", "on")
_ATOP = ("on", "atop", "along", "upon")
_BOUNDS = words("roles", "bounds")
_SIDES = words("roles", "sides")
_HARBOURS = frozenset({"port", "harbour", "harbor", "seaport"})
_BE = frozenset({"be", "remain", "become"})
_NUMBERS = frozenset({"dozen", "dozens", "number", "handful", "score", "scores", "couple"})
_INCLUDING = frozenset({"include", "includes", "included", "comprise", "comprises", "comprised"})
_LITTLE = frozenset({"nothing", "little", "more", "none"})
_RANKS = words("roles", "ranks")
_MEASURES = frozenset({"kilometre", "kilometer", "km", "sq", "sqkm", "km2", "mile", "hectare", "acre"})
_MOST = frozenset({"all", "most", "remaining", "majority", "bulk"})


class PlaceReader(Unnamed):
    """
    Reads the noun phrases of one sentence.

    Parameters
    ----------
    sentence
        Number of the sentence in its report.
    """

    def places(self, i: int, *, inner: bool = False) -> list[PlaceHit]:
        """
        Return the places that the noun phrase with head `i` names, one for each of a list.

        Parameters
        ----------
        inner
            Whether "positions in X" means a part of X.
        """
        hits: list[PlaceHit] = []
        for head in [i, *self._joined(i)]:
            further = [] if self.tree[head].kind == "actor" else self._including(head, 0)
            for hit in [*self._at(head, 0, inner=inner), *further]:
                if all(hit.ref.start != other.ref.start or hit.part != other.part for other in hits):
                    hits.append(hit if hit.head == head else replace(hit, head=head))
        return hits

    def focus(self, i: int, noun: str = "here") -> list[PlaceHit]:
        """Return the place that a phrase without one is about ("the siege was lifted")."""
        return self._meant(i, noun)

    def _at(self, i: int, depth: int, *, inner: bool = False) -> list[PlaceHit]:
        token = self.tree[i]
        if depth > 5:
            return []
        if token.kind in {"place", "name"} and token.entity is not None:
            return self._named(i)
        if token.kind == "actor":
            last = self.tree.frames.singular(token.lower.split(" ")[-1])
            post = "headquarters" if last == "command" else last  # "the Western Regional Command in X"
            named = " " in token.text or any(
                self.tree[k].kind == "actor" for k in self.tree.kids(i, "nmod", "compound")
            )
            if last == "side":  # "the Morlan side of the Dolna crossing"
                return [hit for k in self.tree.prepositional(i, ("of",)) for hit in self._listed(k, depth)]
            if post not in POSTS or not named:
                return self._of_actor(i)
            hits = self._of(i, post, depth, inner=inner)
            return [replace(hit, part="parts") if last == "command" else hit for hit in hits]
        if token.lower in _IT:
            return self._it(i)
        if token.lower == "whose":
            return self._relative(i, depth)
        if token.lower == "them":
            return self._them(i)
        if token.lower in {"both", "all"} and self._all_of(i) is not None:
            return self._listed(self._all_of(i) or 0, depth)
        if token.lower == "both" and token.dep == "dobj":
            return self._both_here(i) or self._all_aimed_at(i) or self._both(i)
        if token.lower in _LITTLE:
            return [hit for k in self._excepted(i) for hit in self._listed(k, depth, inner=inner)]
        if token.lower in _REST and not self.tree.prepositional(i, ("of",)):
            return self._rest_here(i)
        noun = self.tree.frames.singular(token.lower)
        if noun == "gate" and any(self.tree[k].lower == "border" for k in self.tree.kids(i, "compound", "amod")):
            noun = "crossing"  # of a land, not a gate of a town
        name = self._called_by_name(i) if noun == token.lower else None
        if name is not None:
            return self._named(name)
        measured = (
            noun == "quarter" and token.lower != noun and share([*self._modifiers(i), token], self.nouns) is not None
        )
        if noun in {"%", "percent", "cent"} or noun in self.nouns.share or noun in self.nouns.plain or measured:
            return self._shared(i, depth, inner=inner)
        if noun.removesuffix("s") in _MEASURES and inner:  # "400 square kilometres of the province"
            within = [hit for k in self.tree.prepositional(i, ("of",)) for hit in self._listed(k, depth)]
            return [replace(hit, part=hit.part or "parts") for hit in within]
        if token.lower == "one" and token.dep == "appos" and self.tree[token.head].kind in {"place", "name"}:
            return self._named(token.head)  # "X, one of the few towns still in their hands"
        if token.lower == "one" and token.dep == "attr" and self.tree.kids(i, "relcl", "acl"):
            return self._one_of_them(i)
        if token.tag == "CD" and self.tree.prepositional(i, ("of",)):
            below = [hit for k in self.tree.prepositional(i, ("of",)) for hit in self._listed(k, depth, inner=inner)]
            colon = next((t.i for t in self.tree.tokens[i:] if t.text == ":"), len(self.tree))
            among = next((t.i for t in self.tree.tokens[i:] if t.lower == "among"), len(self.tree))
            # "two of the quarters of X" are parts of it; "two of the three towns: X and Y" are both whole.
            return [
                replace(hit, part=hit.part or "parts") if hit.token < min(colon, among) else hit
                for hit in below
                if hit.token != i
            ]
        if noun in _SIDES:
            return self._side_of(i, noun, depth)
        if (
            self.discourse.title is not None
            and i
            and self.tree[self._left(i)].lower == "this"
            and (noun in self.nouns.settlement or noun in self.nouns.quarter or noun in self.grounds)
        ):
            return [PlaceHit(ref=self.discourse.title, token=i, head=i, sentences_back=1)]
        same = self._equated(i, depth)
        if same:
            return same
        hits = self._below(i, noun, depth, inner=inner)
        if not hits and noun in self.nouns.part and noun not in self.nouns.settlement:
            hits = self._unnamed(i, noun)
            hits = hits or self._including(i, depth)
        elif not hits:
            hits = self._including(i, depth)
        hits = hits or self._as_others(i, depth)
        hits = hits or [hit for k in self._ends_of(i, noun) for hit in self._listed(k, depth)]
        if hits:
            fraction = share(self._modifiers(i), self.nouns)
            return [replace(hit, fraction=hit.fraction or fraction) for hit in hits]
        meant = self._described(i, noun) or self._unnamed(i, noun) or self._named_next(i, noun)
        return meant or self._parts_of_its_town(i, noun, depth)

    def _as_others(self, i: int, depth: int) -> list[PlaceHit]:
        """Return the names of which more is told by what others are: "X, Y and other towns (held by them)"."""
        if not any(self.tree[k].lower == "other" for k in self.tree.kids(i, "amod")):
            return []
        first = self._left(i)
        if first < 2 or self.tree[first - 1].lower not in {"and", "or"} or self.tree[first - 2].kind != "place":
            return []
        above = self.tree[first - 2].head if self.tree[first - 2].dep == "conj" else first - 2
        named = above if self.tree[above].kind == "place" else first - 2
        return [hit for hit in self._listed(named, depth) if hit.token < i]

    def _parts_of_its_town(self, i: int, noun: str, depth: int) -> list[PlaceHit]:
        """Return the town whose quarters are spoken of: "seven of the city's quarters"."""
        if noun not in QUARTERS or self.tree[i].lower == noun:
            return []
        towns = [k for k in self.tree.kids(i, "poss") if self.tree[k].lower in self.nouns.settlement]
        return [replace(hit, part=hit.part or "parts") for k in towns for hit in self._at(k, depth + 1)]

    def _equated(self, i: int, depth: int) -> list[PlaceHit]:
        """Return the places that are what a noun describes: "X and Y were the only towns (held by …)"."""
        verb = self.tree[i].head
        if self.tree[verb].lower == "of" and self.tree[self.tree[verb].head].lower in _NUMBERS:
            verb = self.tree[self.tree[verb].head].head  # "among a dozen of the towns"
        if self.tree[i].dep == "pobj" and self.tree[verb].lower in {"among", "amongst"}:
            verb, across = self.tree[verb].head, ["nsubj", "attr"]  # "among the towns taken were X and Y"
        else:
            across = {"attr": ["nsubj"], "nsubj": ["attr", "dobj"]}.get(self.tree[i].dep, [])
        including = "dobj" in across and self.tree[verb].lower in _INCLUDING
        link = self.tree[verb]  # "X is one of the last towns (that they hold)"
        if self.tree[i].dep == "pobj" and link.lower == "as" and self.tree.is_verb(link.head):
            made = [k for k in made_into(self.tree, link.head) if self.tree[k].kind in {"place", "name"}]
            return [hit for k in made for hit in self._listed(k, depth)]  # "leaves X as the last town (that they hold)"
        one = self.tree[link.head]
        if self.tree[i].dep == "pobj" and link.lower == "of" and one.lower == "one" and one.dep == "attr":
            verb, across = one.head, ["nsubj"]
            if self.tree.kids(one.i, "relcl", "acl"):
                return []  # told of the one
        elif self.tree[i].dep == "pobj" and link.lower == "of" and one.lower == "one" and one.dep == "appos":
            named = self.tree[one.head].kind == "place" and self.tree.kids(i, "relcl", "acl")
            return self._named(one.head) if named else []  # "X, one of the towns held by"
        if not across or not self.tree.is_verb(verb) or not (including or self.tree.verb_base(verb) in _BE):
            return []
        modified = self.tree.kids(i, "amod") if self.tree[i].dep == "nsubj" else []
        taken = any(self.tree[k].lower.endswith("ed") for k in modified)  # "the liberated villages are X and Y"
        if not self.tree.kids(i, "relcl", "acl") and not taken:
            return []
        heads = [k for k in self.tree.kids(verb, *across) or self.tree.surface_subjects(verb) if k != i]
        listed = {k: taken or any(self.tree[j].kind == "place" for j in self.tree.conjuncts(k)) for k in heads}
        named = [k for k in heads if self.tree[k].kind == "place" or (listed[k] and self.tree[k].kind == "name")]
        hits = [hit for head in named for hit in self._listed(head, depth)]
        meant = [k for k in heads if self.tree.singulars[k] in self.nouns.settlement or self.tree[k].lower == "it"]
        return hits or [hit for k in meant for hit in self._at(k, depth + 1)]  # "the city is the largest still held"

    def _of_actor(self, i: int) -> list[PlaceHit]:
        """Return the place that a country or capital named as a side also is."""
        entity = self.tree[i].entity
        if entity is None or entity.resolution is None:
            return []
        return [PlaceHit(ref=entity_ref(entity), token=i, head=i)]

    def _shared(self, i: int, depth: int, *, inner: bool) -> list[PlaceHit]:
        """Return what "half of …", "40 % of …" is a share of."""
        inside = self.tree.prepositional(i, ("of", "over", "in"))
        if not inside and (but := self._all_but(i)):
            hits = [hit for head in but for hit in self._listed(head, depth, inner=inner)]
            return [replace(hit, part=hit.part or "parts") for hit in hits]
        words = [*self._modifiers(i), self.tree[i]]
        while words[0].i and self.tree[words[0].i - 1].lower in _BOUNDS:  # a bound that the parser hung on the verb
            words.insert(0, self.tree[words[0].i - 1])
        fraction = share(words, self.nouns)
        part = compass(words) if fraction is None else None
        among = {
            hit.token for head in inside for hit in self._including(head, depth)
        }  # "half of the land, including X"
        hits = [
            hit if hit.token in among else replace(hit, fraction=hit.fraction or fraction, part=hit.part or part)
            for head in inside
            for hit in self._listed(head, depth, inner=inner)
        ]
        if not hits:
            hits = self._including(i, depth)
        if not inside and not hits and part is not None:  # "the southern half was taken later"
            return [replace(hit, part=part) for hit in self._meant(i, "part")]
        if not inside and not hits and fraction:
            hits = (
                [replace(hit, fraction=fraction) for hit in self._meant(i, "it")] if self.tree[i].dep == "dobj" else []
            )
        return hits

    def _all_of(self, i: int) -> int | None:
        """Return the first of the names that are meant: "X and Y, both in rebel hands", "both of which they hold"."""
        above = self.tree[i].head
        if self.tree[i].dep == "dobj" and self.tree[above].dep == "relcl":
            behind = [m for k in self.tree.kids(i, "prep") for m in self.tree.kids(k, "pobj")]
            above = self.tree[above].head if any(self.tree[k].lower == "which" for k in behind) else i
        elif self.tree[i].dep != "appos":
            return None
        return above if self.tree[above].kind in {"place", "name"} else None

    def _all_but(self, i: int) -> list[int]:
        """Return the whole of which only a part is left out: "all but the centre of X"."""
        but = min(i + 1, len(self.tree) - 1)
        if self.tree[but].lower != "but":
            return []
        left_out = [k for k in (*self.tree.kids(i, "conj"), *self.tree.kids(but, "pobj")) if self.tree[k].kind is None]
        return [m for k in left_out for m in self.tree.prepositional(k, ("of", "in"))]

    def _relative(self, i: int, depth: int) -> list[PlaceHit]:
        """Return the place that "whose" stands for: what its clause hangs on."""
        clause = next((k for k in self.tree.climb(i) if self.tree[k].dep == "relcl"), None)
        return self._at(self.tree[clause].head, depth + 1) if clause is not None else []

    def _side_of(self, i: int, noun: str, depth: int) -> list[PlaceHit]:
        """Return the part of a place that "the south of X" names, where it stands inside: "in the south of X"."""
        if not any(self.tree[k].lower == "the" for k in self.tree.kids(i, "det")):
            return []  # "5 km south of X" is outside
        heads = self.tree.prepositional(i, ("of",)) or self._fronted(i)
        return [replace(hit, part=hit.part or noun.replace("-", "")) for k in heads for hit in self._listed(k, depth)]

    def _fronted(self, i: int) -> list[int]:
        """Return the town told ahead of who holds which side of it: "in X the rebels hold the north"."""
        verb = self.tree[i].head
        if self.tree[i].dep not in {"dobj", "nsubjpass", "nsubj"} or not self.tree.is_verb(verb):
            return []
        ahead = [k for k in self.tree.prepositional(verb, ("in", "inside", "within")) if k < min(i, verb)]
        if not ahead and self.tree[verb].dep == "relcl":  # "X is divided between A, which holds the south, and B"
            parted = (k for k in self.tree.climb(verb) if self.tree[k].lower in {"divided", "split"})
            ahead = [k for verb in parted for k in self.tree.surface_subjects(verb)]
        entities = [(k, self.tree[k].entity) for k in ahead if self.tree[k].kind == "place"]
        towns = [
            k for k, e in entities if e is not None and e.resolution and (e.resolution.feature or "").startswith("PPL")
        ]
        return towns[:1]

    def _listed(self, head: int, depth: int, *, inner: bool = False) -> list[PlaceHit]:
        heads = [head, *(k for k in self.tree.conjuncts(head) if not self._is_excepted(k))]
        return [hit for k in heads for hit in self._at(k, depth + 1, inner=inner)]

    def _below(self, i: int, noun: str, depth: int, *, inner: bool) -> list[PlaceHit]:
        """Return the places that stand in the phrase of a common noun."""
        name = self.tree[min(i + 1, len(self.tree) - 1)]
        if noun == "capital" and name.kind == "place" and name.dep == "appos" and name.head == i:
            return self._listed(name.i, depth, inner=inner)  # "the Gornland capital Dolna"
        compound = self._compound_place(i)
        named = any(self.tree[k].kind in {"place", "name"} for k in self.tree.prepositional(i, ("of",)))
        joined = [k for k in self.tree.conjuncts(compound) if k < i] if compound is not None else []
        joined = [k for k in joined if self.tree[k].kind in {"place", "name"}]  # "A, B and C districts of X"
        if compound is not None and not (
            (noun in self.nouns.quarter or noun in self.nouns.settlement)
            and named
            and not (joined or self._own_name(i, compound))
        ):
            return [hit for k in [compound, *joined] for hit in self._with_compound(i, noun, k)]
        for k in self.tree.kids(i, "appos"):
            hits = self._listed(k, depth, inner=inner)
            if self.tree[i].lower != noun and named:  # "the villages of A, B and C", with C hung beside the villages
                hits = [*self._of(i, noun, depth, inner=inner), *hits]
            if (hits and self.tree[k].kind in {"place", "name"}) or (
                hits and self.tree.singulars[k] in self.nouns.settlement
            ):
                return hits
        hits = self._of(i, noun, depth, inner=inner)
        if hits:
            return hits
        for k in self.tree.kids(i, "poss"):
            quarter = noun in self.nouns.quarter or noun in self.nouns.outskirts or noun in self.nouns.centre
            own = self.tree[k].lower == "its" and quarter
            hits = self._it(k) if own else self._at(k, depth + 1)  # no side has outskirts
            if hits:
                return self._belonging(i, noun, hits[0])
        return []

    def _of(self, i: int, noun: str, depth: int, *, inner: bool) -> list[PlaceHit]:
        """Return the places behind "of" (and behind "in" where the noun is a part of a place)."""
        behind: tuple[str, ...] = (
            ("of", "in", "at", "inside", "within")
            if (noun in self.nouns.inner or noun == "suburb") and (inner or noun in self.nouns.part)
            else ("of",)
        )
        if noun in self.nouns.part and (noun not in self.nouns.inner and noun not in self.nouns.settlement):
            behind = ("of", "in")
        if noun in _OF_TOWNS and self.tree[i].lower == noun:
            behind = ("of", "in", "at")
        heads = self.tree.prepositional(i, ("of",)) or self.tree.prepositional(i, behind)
        if not heads and noun in self.nouns.settlement and self.tree[i].lower != noun and self._most_of(i):
            heads = self.tree.prepositional(i, ("in",))
        if not heads and noun in _AT_NAMES | _OF_TOWNS and not self._is_plural(i) and not self._unspecific(i):
            after = self.tree[min(i + 1, len(self.tree) - 1)]  # hung on the verb: "seized the crossing at X"
            links = {"at", "in"} if noun in _OF_TOWNS else {"at"}
            near = after.lower in links and after.dep == "prep"
            heads = [k for k in self.tree.kids(after.i, "pobj") if k <= after.i + 2] if near else []
            heads = [head for head in heads if self.tree[head].kind in {"place", "name"}]
        if not heads and inner and noun in self.nouns.inner:  # "their positions on X Ridge" are what it is held by
            heads = [k for k in self.tree.prepositional(i, _ATOP) if not _RISING.isdisjoint(self.tree[k].lower.split())]
        if heads and inner and noun in self.nouns.inner and all(self.is_unit(head) for head in heads):
            heads = [k for head in (i, *heads) for k in self.tree.prepositional(head, ("in", "at"))]
        if not heads and noun in self.nouns.inner and inner and self.tree[i].dep == "dobj":
            heads = [k for k in self.tree.prepositional(self.tree[i].head, behind[1:]) if k > i]
        if not heads and inner and noun in _HOUSES and not self._unspecific(i):
            return self._inside(i, depth)
        if not heads:
            return []
        hits = [hit for head in heads for hit in self._listed(head, depth, inner=inner)]
        vague = self._unspecific(i) and not self._most_of(i)  # "most of the other towns in X"
        if noun in self.nouns.settlement and (vague or (self._ranked(i) and all(map(is_area, hits)))):
            return []  # "a town of the province", "the last town of the province"
        if noun in self.nouns.settlement and self.tree[i].lower != noun and all(is_area(hit) for hit in hits):
            return [replace(hit, part=hit.part or "parts") for hit in hits]  # "most of the villages of the province"
        if noun == "capital" and hits and all(is_area(hit) for hit in hits):
            return [hit for hit in self._meant(i, "city") if hit.ref.feature.startswith(("PPLA", "PPLC"))]
        of = bool(self.tree.prepositional(i, ("of",)))
        lesser = noun in POSTS or (noun in self.nouns.quarter and not of and self._unspecific(i))
        if lesser and hits and all(is_area(hit) for hit in hits):
            return []  # "its last strongholds in the province", "a district in the province"
        if inner and noun in self.nouns.inner and not (noun in self.nouns.quarter and self._holds_names(heads)):
            return [self._as_part(hit, i, noun, len(hits)) for hit in hits]
        if noun in self.nouns.settlement or noun in self.nouns.province:
            return hits
        if noun in _HARBOURS and self._is_town(i, hits):
            return hits
        if noun in self.nouns.facility:
            if self.tree[i].lower != noun and len(hits) > 1:
                return hits if not self._unspecific(i) else []  # "the hills of A, B and C"
            return [self._facility_behind(hit, i, noun) for hit in hits[:1]] if not self._unspecific(i) else []
        if noun in self.nouns.part or noun in self.nouns.quarter or noun in self.nouns.inner:
            return [self._as_part(hit, i, noun, len(hits)) for hit in hits]
        return hits if self._names_ground(noun) else []

    def _inside(self, i: int, depth: int) -> list[PlaceHit]:
        """Return the town in which a building, a gate or a height is taken, as a part of it: "the hospital in X"."""
        heads = self.tree.prepositional(i, _WITHIN)
        after = self.tree[min(i + 1, len(self.tree) - 1)]  # hung on the verb: "captured the tower on Mount X"
        if not heads and after.dep == "prep" and after.lower in _WITHIN:
            heads = self.tree.kids(after.i, "pobj")
        if after.lower == "on":  # "the bridge on Highway 8" is no part of it
            heads = [k for k in heads if not _RISING.isdisjoint(self.tree[k].lower.split())]
        hits = [hit for head in heads if self.tree[head].kind in {"place", "name"} for hit in self._listed(head, depth)]
        return [replace(hit, part=hit.part or "parts") for hit in hits if not is_area(hit)]

    def _is_plural(self, i: int) -> bool:
        return self.tree.singulars[i] != self.tree[i].lower

    def _ranked(self, i: int) -> bool:
        """Tell whether a noun is one of many by its rank: "the last town (of the province)"."""
        return any(self.tree[k].lower in _RANKS or self.tree[k].tag == "JJS" for k in self.tree.kids(i, "amod"))

    def _most_of(self, i: int) -> bool:
        """Tell whether all or most of several are meant: "most of the remaining villages in the canton"."""
        words = {token.lower for token in self._modifiers(i)}
        link = self.tree[self.tree[i].head]
        upper = self.tree[link.head].lower if self.tree[i].dep == "pobj" and link.lower == "of" else ""
        return bool(({upper} | words) & _MOST)

    def _including(self, i: int, depth: int) -> list[PlaceHit]:
        """Return the places behind "including", "such as" in the phrase of a noun."""
        hits = [hit for head in self._behind_including(i) for hit in self._listed(head, depth)]
        return hits or [hit for head in self._spelt_out(i) for hit in self._listed(head, depth)]
