"""Whether a name is ground at all: what the gazetteer does not know must say so by its own words or its phrase."""

from __future__ import annotations

from tracker.claims.actors.persons import is_office, is_people, is_person, only_speaks
from tracker.claims.coref import Discourse, entity_ref
from tracker.claims.numbered import numbered_ground
from tracker.claims.parsing.syntax import Tree
from tracker.claims.parsing.tokens import Token
from tracker.claims.place_memory import PlaceRole, SeenPlace
from tracker.claims.roles.noun_phrases import NounPhrases, PlaceHit
from tracker.claims.roles.parts import compass
from tracker.claims.words import words
from tracker.model import Kind

__all__ = ["Grounds"]

_GROUND_NAMES = words("roles", "ground_names")
_ARTICLES = frozenset(["al", "el", "ar", "as", "ash", "ad", "an", "at", "az"])
_OF_PERSONS = frozenset({"abu", "umm", "bin", "ibn", "mr", "general", "colonel", "sheikh"})
_FIRST, _LAST, _ALONE = (words("roles", f"no_ground{which}") for which in ("_first", "_last", ""))
_ASIDE = words("place_memory", "aside")
_WAYS = words("place_memory", "ways")
_BESIDE = frozenset({"neighbouring", "neighboring", "nearby", "adjacent", "twin"})
_TOWARDS = frozenset({"into", "near", "towards", "toward", "around", "outside", "inside"})
_OFFICES = words("matching", "officials") | {"diplomat", "ministry", "government", "adviser", "envoy"}
_LOCATING = frozenset({"in", "at", "inside", "into", "from", "of", "near"})
_GIVING = words("roles", "governing")
_WAGING = words("roles", "waging")
_HELD = frozenset(
    {Kind.GAINS, Kind.HOLDS, Kind.LOSES, Kind.WITHDRAWS, Kind.CONTESTS}
)  # of a river only its banks and crossings can be
_ONLY_GROUND = frozenset({Kind.GAINS, Kind.BESIEGES, Kind.ENTERS, Kind.WITHDRAWS})


class Grounds(NounPhrases):
    """
    Tells ground from persons, groups and governments among the names of one sentence.

    Parameters
    ----------
    sentence
        Number of the sentence in its report.
    """

    def __init__(self, tree: Tree, discourse: Discourse, sentence: int) -> None:
        super().__init__(tree)
        self.discourse = discourse
        self.sentence = sentence
        self.here = self._places_here()

    def is_place(self, hit: PlaceHit, kind: Kind) -> bool:
        """
        Tell whether claims may be made about what was found.

        Countries are no places of claims. A name that the gazetteer does not know is one
        only when its own words or its phrase say that it is ground.
        """
        resolution = hit.ref.resolution
        feature = (resolution.feature if resolution is not None else None) or ""
        if feature.startswith(("PCL", "CONT", "OCN", "SEA")) or (feature.startswith("STM") and kind in _HELD):
            return False
        if _is_no_ground(hit.ref.text):
            return False
        token = self.tree[hit.token]
        if hit.sentences_back is None and self._is_area_of_capital(hit.token):
            return False
        if token.kind != "name" or hit.sentences_back is not None:
            return True
        if self._ground_words(hit.ref.text):
            return True
        if is_people(hit.ref.text.removesuffix("s")):
            return False  # "left the Yazidis to their fate"
        if is_person(hit.ref.text) or is_office(hit.ref.text) or (hit.head == hit.token and only_speaks(hit.ref.text)):
            return False
        return self._looks_like_ground(hit, kind)

    def _is_area_of_capital(self, i: int) -> bool:
        """Tell whether a name only tells whose capital the next one is: "(took) Dolna state capital Gora"."""
        k = i + 1
        if k < len(self.tree) and self.tree[k].lower in self.nouns.province:
            k += 1
        after = self.tree.tokens[k : k + 2]
        return len(after) > 1 and after[0].lower == "capital" and after[1].kind in {"place", "name"}

    def _looks_like_ground(self, hit: PlaceHit, kind: Kind) -> bool:
        token = self.tree[hit.token]
        words = hit.ref.text.replace("-", " ").lower().split()
        if self._ground_words(hit.ref.text) or hit.ref.text.lower() in self.discourse.ground_names:
            return True
        if hit.head != hit.token:
            return True
        around = self.tree[max(hit.token - 1, 0)].lower
        if token.dep == "conj" and self._listed_with_places(hit.token):
            return True
        done_to = self.tree[self._first_listed(hit.token)].dep if token.dep == "conj" else token.dep
        if kind in _ONLY_GROUND and done_to in {"dobj", "nsubjpass"} and len(words) > 1 and words[0] not in _OF_PERSONS:
            return True
        return words[0] in _ARTICLES or around in _LOCATING or (kind in _ONLY_GROUND and len(words) == 1)

    def _listed_with_places(self, i: int) -> bool:
        """Tell whether a name stands in a list of places: a list has things of one sort."""
        first = self._first_listed(i)
        listed = [k for k in (first, *self.tree.conjuncts(first)) if k != i]
        return any(self.tree[k].kind == "place" or self._is_ground_noun(k) for k in listed)

    def _first_listed(self, i: int) -> int:
        return next((k for k in self.tree.climb(i) if self.tree[k].dep != "conj"), i)

    def _is_ground_noun(self, i: int) -> bool:
        """Tell whether a common noun is one of ground: "the industrial district (and X)"."""
        noun = self.tree.singulars[i]
        nouns = self.nouns
        return self.tree[i].entity is None and (
            noun in nouns.settlement or noun in nouns.facility or noun in nouns.quarter
        )

    def _ground_words(self, text: str) -> bool:
        """Tell whether a name says itself that it is ground: "Jihar Crossroad", "Tell Bansara"."""
        nouns = self.nouns
        if numbered_ground(text, 0, len(text)):
            return True
        for word in text.replace("-", " ").lower().split():
            noun = self.tree.frames.singular(word)
            if noun in nouns.facility or noun in nouns.settlement or noun in nouns.quarter or noun in nouns.province:
                return True
            if word in _GROUND_NAMES:
                return True
        return False

    def _places_here(self) -> list[SeenPlace]:
        return [
            SeenPlace(
                ref=entity_ref(token.entity),
                sentence=self.sentence,
                position=token.i,
                role=self.role(token.i),
                called=self.called(token.i),
            )
            for token in self.tree.tokens
            if token.entity is not None
            and not self._speaks(token)
            and not self._governed(token)
            and (token.kind == "place" or (token.kind == "name" and self._is_ground_name(token)))
            and not (token.kind == "name" and is_office(token.entity.text))
        ]

    def _governed(self, token: Token) -> bool:
        """Tell whether a name is that of the region of a governor, whatever town bears it too: "Luhansk governor"."""
        following = self.tree[token.i + 1].lower if token.i + 1 < len(self.tree) else ""
        return token.dep in {"compound", "nmod", "amod"} and following in {"governor", "gov"}

    def called(self, i: int) -> str | None:
        """Return the noun of kind that a text gives a name, if only that of a capital behind it: "X, the capital"."""
        asides = [k for k in self.tree.kids(i, "appos") if self.tree[k].entity is None]
        bare = [self.tree[k].lower for k in asides if not self.tree.kids(k, "poss", "compound")]  # no "home town"
        kinds = self.nouns.settlement
        capital = "capital" if any(self.tree[k].lower == "capital" for k in asides) else None
        return self._called(i) or capital or next((word for word in bare if word in kinds), None)

    def _called(self, i: int) -> str | None:
        """Return the noun of kind that stands with a name: "the city of X", "X city", "X is a city"."""
        if self.tree[i].dep == "conj":  # "two bases, X and Y"
            i = next((k for k in self.tree.climb(i) if self.tree[k].dep != "conj"), i)
        above = self.tree[i].head
        if self.tree[i].dep == "pobj" and self.tree[above].lower == "of":
            above = self.tree[above].head
        elif self.tree[i].dep == "nsubj":
            above = next((k for k in self.tree.kids(above, "attr")), above)
        elif self.tree[i].dep not in {"compound", "appos"}:
            return None
        noun = self.tree.singulars[above]
        if any(self.tree[k].lower in _BESIDE for k in self.tree.kids(above, "amod")):
            return None  # "the neighbouring city of X" is the other one
        nouns = self.nouns
        return noun if (noun in nouns.settlement or noun in nouns.facility or noun in nouns.province) else None

    def role(self, i: int) -> PlaceRole:
        """Return what a name does in its sentence: that is about it, or it only tells where something else lies."""
        for k in (i, *self.tree.climb(i)):
            token = self.tree[k]
            above = self.tree[token.head]
            if token.dep in {"nsubj", "nsubjpass", "dobj"}:
                return PlaceRole.SUBJECT
            if token.dep == "pobj":
                if above.lower == "from" and self._leaves(above.head) and above.head < k:
                    return PlaceRole.PLAIN  # "dislodged them from X"
                if self._where_spoken(above):
                    return PlaceRole.SPOKEN
                if above.lower in _ASIDE or (above.lower == "of" and self._is_bearing(above.head)):
                    return PlaceRole.ASIDE
                if above.lower == "to" and self.tree.singulars[above.head] in _WAYS:
                    return PlaceRole.ASIDE  # "the bridges to X"
                if above.lower == "in" and self._of_speaker(above.head):
                    return PlaceRole.ASIDE  # "the ministry in X said that the town"
                if above.lower != "of":
                    return PlaceRole.PLAIN
            elif token.dep not in {"prep", "conj", "compound", "nmod", "appos", "poss", "amod"}:
                return PlaceRole.PLAIN
        return PlaceRole.PLAIN

    def _where_spoken(self, link: Token) -> bool:
        """Tell whether a phrase before a verb of saying tells where an official speaks: "In X, a minister said"."""
        verb = link.head
        if link.lower in {"in", "from"} and self.tree[verb].dep == "nsubj" and self.tree[verb].head > link.i:
            verb = self.tree[verb].head  # "a spokesman in X said"
        if link.lower not in {"in", "from"} or link.i > verb or not self.tree.is_verb(verb):
            return False
        speakers = {self.tree.frames.singular(self.tree[k].lower.split(" ")[0]) for k in self.tree.kids(verb, "nsubj")}
        return self.tree.verb_base(verb) in self.tree.frames.scope.speech and not speakers.isdisjoint(_OFFICES)

    def _leaves(self, i: int) -> bool:
        """Tell whether a verb tells who leaves a place, not only whence those of whom it tells have come."""
        return self.tree.is_verb(i) and not (self.tree[i].dep == "acl" and self.tree[i].tag == "VBG")

    def _of_speaker(self, noun: int) -> bool:
        """Tell whether a noun is who says something."""
        verb = self.tree[noun].head
        speech = self.tree.frames.scope.speech
        return self.tree[noun].dep == "nsubj" and self.tree.is_verb(verb) and self.tree.verb_base(verb) in speech

    def _is_bearing(self, i: int) -> bool:
        """Tell whether a word is a compass word that something lies by: "east (of X)"."""
        return compass([self.tree[i]]) is not None

    def _speaks(self, token: Token) -> bool:
        """Tell whether a capital stands for its government, or its army: "Kyiv denied it", "Kyiv advanced"."""
        if token.entity is None or token.entity.actor is None or token.dep != "nsubj":
            return False
        verb = token.head
        if not self.tree.is_verb(verb) or self.tree.is_passive(verb):
            return False
        base = self.tree.verb_base(verb)
        given = base in _GIVING and bool(self.tree.kids(verb, "dobj", "xcomp", "ccomp", "dative"))
        return given or base in _WAGING or base in self.tree.frames.scope.speech

    def _is_ground_name(self, token: Token) -> bool:
        """Tell whether a name that nobody knows is ground: by its own words or by its preposition."""
        if token.entity is None or token.entity.text.split()[0].lower() in _OF_PERSONS:
            return False
        mount = self.tree[token.i - 1] if token.i and self.tree[token.i - 1].head == token.i else None
        if mount is not None and mount.text.istitle() and mount.lower in self.nouns.facility:
            return True  # "Mount X"
        if self._ground_words(token.entity.text) or token.entity.text.lower() in self.discourse.ground_names:
            return True
        locating = token.dep == "pobj" and self.tree[token.head].lower in _TOWARDS
        if locating:
            self.discourse.ground_names.add(token.entity.text.lower())
        return locating


def _is_no_ground(name: str) -> bool:
    """Tell whether a name is that of a war, a feast, a weapon or the like: "entered the Second Dolna War"."""
    listed = name.lower().split()
    return name.lower() in _ALONE or listed[0] in _FIRST or (len(listed) > 1 and listed[-1] in _LAST)
