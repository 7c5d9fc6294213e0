"""Which place a noun or pronoun without a name means: "the city", "its northern part", "it", "them"."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from tracker.claims.parsing.tokens import Token
from tracker.claims.place_memory import PlaceRef
from tracker.claims.roles.listing import Listing
from tracker.claims.roles.noun_phrases import PlaceHit
from tracker.claims.roles.parts import compass, noun_part, share
from tracker.claims.words import words

__all__ = ["POSTS", "QUARTERS", "Unnamed"]

_DEFINITE = frozenset({"the", "this", "that", "its", "their", "these", "those"})
_HELD_PARTS = words("roles", "held_parts")
_OF_GROUND = words("roles", "of_ground")
_AT = ("toward", "towards", "on", "upon", "to", "for", "against", "at")
_MAKING_FOR = words("roles", "making_for")
_ATTACKING = words("attackers", "verbs")
_TAKEN = frozenset(
    {"liberate", "retake", "recapture", "reclaim", "regain", "seize", "take", "capture", "overrun", "occupy"}
)
_LASTS = frozenset({"last", "final", "remaining"})
_OF_AREAS = frozenset({"provincial", "regional", "district"})
_MEANT = frozenset(
    {
        "neighbourhood",
        "neighborhood",
        "district",
        "quarter",
        "suburb",
        "enclave",
        "pocket",
        "province",
        "governorate",
        "oblast",
    }
)  # beside settlements and facilities
QUARTERS = frozenset({"suburb", "quarter", "district", "neighbourhood", "neighborhood"})
POSTS = words("roles", "posts")


class Unnamed(Listing, ABC):
    """Reads the nouns and pronouns of one sentence that name no place."""

    @abstractmethod
    def _including(self, i: int, depth: int) -> list[PlaceHit]:
        """Return the places behind "including", "such as" in the phrase of a noun."""

    @abstractmethod
    def _listed(self, head: int, depth: int, *, inner: bool = False) -> list[PlaceHit]:
        """Return the places of a head and of what is joined to it."""

    def _it(self, i: int) -> list[PlaceHit]:
        """Return what "it" means: what the sentence has claimed already, "the town" before it, else what came last."""
        aimed = self._aimed_at(i)
        if aimed:
            return aimed
        told = [hit for hit in self.claimed if hit.token < i]
        if told:
            return [PlaceHit(ref=told[-1].ref, token=i, head=i, sentences_back=0)]
        for k in range(i - 1, -1, -1):
            token = self.tree[k]
            if token.kind in {"place", "name"}:
                break
            if self.tree.frames.singular(token.lower) == token.lower and token.lower in self.nouns.settlement:
                return self._unnamed(k, token.lower)
        return self._meant(i, "it")

    def _aimed_at(self, i: int) -> list[PlaceHit]:
        """Return what was made for or attacked and then taken: "advanced from X on Y, capturing it"."""
        aims = [k for k in self._aims(i) if not self.tree.conjuncts(k)]
        hits = [hit for k in aims[-1:] for hit in self._listed(k, 1)]
        return [PlaceHit(ref=hit.ref, token=i, head=i, sentences_back=0) for hit in hits[:1]]

    def _aims(self, i: int) -> list[int]:
        """Return the heads of what was made for, or attacked, before a verb of taking with a pronoun for its object."""
        verb = self.tree[i].head
        before = self.tree[verb].head
        if self.tree[i].dep != "dobj" or self.tree[verb].dep not in {"advcl", "conj"} or before > verb:
            return []
        if not self.tree.is_verb(before) or self.tree.verb_base(verb) not in _OF_GROUND:
            return []
        base = self.tree.verb_base(before)
        aims = self.tree.prepositional(before, _AT) if base in _MAKING_FOR else ()
        aims = aims or (self.tree.objects(before) if base in _ATTACKING and not self.tree.is_passive(before) else ())
        return [k for k in aims if k < verb]

    def _all_aimed_at(self, i: int) -> list[PlaceHit]:
        """Return the places that were made for and then taken: "attacked X and Y and captured both"."""
        heads = sorted({m for k in self._aims(i) for m in (k, *self.tree.conjuncts(k)) if m < i})
        hits = {hit.ref.key: hit for k in heads for hit in self._listed(k, 1)}
        count = len(hits)
        if count < 2 or (self.tree[i].lower == "both" and count > 2):
            return []
        return [PlaceHit(ref=hit.ref, token=i, head=i, sentences_back=0) for hit in hits.values()]

    def _them(self, i: int) -> list[PlaceHit]:
        """Return the places that "them" means, where what is done to them is done to ground: "the army held them"."""
        verb = self.tree[i].head
        taken = self.tree[i].dep == "dobj" and self.tree.is_verb(verb) and self.tree.verb_base(verb) in _OF_GROUND
        return (self._all_aimed_at(i) or self._claimed_together(i, "town")) if taken else []

    def _both_here(self, i: int) -> list[PlaceHit]:
        """Return the two places that the sentence has claimed before "both": "took X and Y, which it had held both"."""
        told = list({hit.ref.key: hit for hit in self.claimed if hit.token < i}.values())
        return [PlaceHit(ref=hit.ref, token=i, head=i, sentences_back=0) for hit in told] if len(told) == 2 else []

    def _rest_here(self, i: int) -> list[PlaceHit]:
        """Return the place of which the sentence has told a part before "the rest": "A holds half of X, B the rest"."""
        told = [hit for hit in self.claimed if hit.token < i and (hit.part is not None or hit.fraction is not None)]
        if not told or not any(self.tree[k].lower == "the" for k in self.tree.kids(i, "det")):
            return []
        return [PlaceHit(ref=told[-1].ref, token=i, head=i, part="parts", sentences_back=0)]

    def _is_anothers(self, i: int, left: Sequence[Token]) -> bool:
        """Tell whether posts that are taken are those of a side, wherever they are: "seized the rebel position"."""
        verb = self.tree[i].head
        taken = self.tree[i].dep in {"dobj", "nsubjpass"} and self.tree.is_verb(verb)
        whose = any(token.kind == "actor" or token.lower == "enemy" for token in left)
        beside = self.tree.kids(i, "prep", "appos", "relcl", "acl")
        return taken and whose and left[0].lower == "the" and not beside and self.tree.verb_base(verb) in _TAKEN

    def _seat_of_state(self, i: int) -> PlaceHit | None:
        """Return the capital of a land that the text has named, for "the capital" that no word tells to be another."""
        before = [token.lower for token in self.tree.tokens[self._left(i) : i]]
        seen = [place for place in self.discourse.seen_places if place.ref.feature == "PPLC"]
        if before != ["the"] or not seen or len({place.ref.key for place in seen}) > 1:
            return None
        return PlaceHit(ref=seen[-1].ref, token=i, head=i, sentences_back=max(1, self.sentence - seen[-1].sentence))

    def _unnamed(self, i: int, noun: str) -> list[PlaceHit]:
        """Return what a definite noun without a name means ("the city", "its northern part")."""
        left = self._modifiers(i)
        plain = [token for token in left if token.entity is None]
        plural = self.tree[i].lower != noun
        if self._near_something(i):
            return []
        if noun in POSTS and any(token.tag == "PRP$" for token in left):
            return []  # "confined to their base" is none that the text told of
        there = i + 1 if i + 1 < len(self.tree) and self.tree[i + 1].lower == "there" else None
        if there is not None and (noun in self.nouns.inner or noun in self.nouns.facility):
            return [replace(hit, part="parts") for hit in self._meant(there, "there")]  # "the last base there"
        if noun == "place" and self.discourse.about_title and self.tree[i].dep == "dobj":  # "took the place back"
            return self._meant(i, "town") if "the" in {token.lower for token in plain} else []
        both = plural and any(token.lower == "both" for token in plain)
        if both and noun in self.nouns.settlement:
            return self._named_together(i, noun, 2) or self._both(i)
        if both and noun == "place":
            return self._told_together(i, "town") or self._both(i)
        if noun in {"city", "town"} and i and self.tree[i - 1].lower == "old":
            start, end = self.tree[i - 1].start, self.tree[i].end
            return [
                PlaceHit(
                    ref=PlaceRef(self._words(start, end), start, end, None),
                    token=i,
                    head=i,
                    fraction=share(plain, self.nouns),
                )
            ]
        if noun in {"stronghold", "bastion"} and not plural and self.tree[i].dep == "pobj":
            whose = any(token.lower == "the" for token in left) and not self._unspecific(i)
            return self._meant(i, "town") if whose and not self.tree.kids(i, "prep", "appos") else []
        if noun == "region" and not plural and {"whole", "entire"} & {token.lower for token in plain}:
            noun = "province"  # one that was named, not just the land around
        edges = plural and noun in QUARTERS and compass(plain) is not None  # "its northern suburbs"
        if not edges and (noun in self.nouns.settlement or noun in self.nouns.facility or noun in _MEANT):
            if plural and (several := self._told_together(i, noun)):
                return several
            if plural or self._unspecific(i) or not any(token.lower in _DEFINITE for token in plain):
                return []
            if any(token.tag == "JJS" for token in plain) and not self._is_entry_of(i, noun):
                return []  # "the largest city" describes one, and refers to none
            if noun == "capital" and (seat := self._seat_of_state(i)) is not None:
                return [seat]
            if noun == "capital" and any(token.lower in _OF_AREAS for token in plain):
                seats = [hit for hit in self._meant(i, "city") if hit.ref.feature.startswith("PPLA")]
                return seats or [hit for hit in self._meant(i, noun) if hit.ref.feature != "PPLC"]
            lies = noun == "suburb" or noun in self.nouns.settlement  # "the southern suburb" is one that lies there
            part = None if lies else compass(plain)
            return [replace(hit, fraction=share(plain, self.nouns), part=part) for hit in self._meant(i, noun)]
        if (
            noun == "area"
            and self.discourse.title is not None
            and i
            and self.tree[i - 1].lower in {"this", "the"}
            and not plural
        ):
            return self._meant(i, "part") if not self.tree.prepositional(i, ("of", "in", "between", "along")) else []
        if plural and noun in self.nouns.inner | self.nouns.part and _LASTS & {token.lower for token in plain}:
            behind = self.tree.prepositional(i, ("of", "in", "near", "around", "along", "on"))
            whole = [] if behind or plain[0].lower != "the" else self._meant(i, "part")
            return [replace(hit, part="parts") for hit in whole]  # "the last houses were taken"
        if noun in POSTS and self._is_anothers(i, left):
            meant = self._meant(i, "part")
            return [hit for hit in meant if hit.sentences_back is not None and hit.sentences_back <= 1]
        part = compass(plain)
        held = any(token.kind == "held" for token in left)
        built = any(
            self.tree[k].dep == "compound" and self.tree[k].lower not in self.nouns.settlement
            for k in self.tree.kids(i, "compound")
        )
        if noun in self.nouns.centre and built:
            district = i and self.tree[i - 1].lower == "district" and not plural
            if not district or (not self.discourse.about_title and "the" not in {token.lower for token in left}):
                return []  # not a "recruiting center"
            told = [hit for hit in self.claimed if hit.token < i and self.tree.singulars[hit.head] == "district"]
            if not told and self.discourse.about_title:
                return self._meant(i, "town")
            return [replace(hit, token=i, head=i, sentences_back=0) for hit in told[-1:]]
        if (
            noun in self.nouns.part
            and (part or (noun in self.nouns.centre or noun in self.nouns.outskirts) or (held and noun in _HELD_PARTS))
            and not self._counted(i, but_article=bool(part))
        ):
            if self.tree.prepositional(i, ("of", "in", "near", "around", "along")):
                return []
            whole = [replace(hit, part=noun_part(noun, plain, self.nouns)) for hit in self._meant(i, "part")]
            return [*whole, *self._including(i, 0)]
        return []
