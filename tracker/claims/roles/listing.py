"""Names that a noun only introduces: "towns such as X", "three places: X, Y and Z", "a town called X"."""

from __future__ import annotations

from itertools import takewhile

from tracker.claims.roles.belongings import Belongings
from tracker.claims.words import words

__all__ = ["Listing"]

_WHOLES = frozenset({"all", "whole", "every", "everything", "entire", "entirety"})
_CONTRASTING = frozenset({"while", "whereas", "but", "although", "though"})
_NOTABLY = frozenset({"notably", "namely", "especially", "particularly", "importantly", "mainly", "principally"})
_MADE_OF = frozenset({"comprising", "consisting"})
_INTRODUCING = frozenset({"including", "include", "alongside", "such", "with", "among", "like"}) | _NOTABLY | _MADE_OF
_RANKING = frozenset(
    {"latest", "last", "first", "largest", "biggest", "recent", "second", "third", "important", "notable"}
)
_OF_THEM = (["of", "them"], ["of", "which"], ["of", "these"])
_BEING = frozenset({"being", "is", "are", "was", "were"})
_JOINING = frozenset({",", "and", "the"})
_EXCEPTING = frozenset({"but", "beyond", "except", "besides", "save", "than"})
_SOON = 5  # tokens between "nothing" and "but"
_CALLED = frozenset({"called", "named", "known", "dubbed", "nicknamed", "termed"})
_COLON = frozenset({":"})
_FROM = frozenset({"from"})
_STRETCHES = words("roles", "stretches")
_LONG = 16  # tokens from a stretch of land to its other end
_MIDDLES = frozenset({"heart", "centre", "center", "core", "middle"})


class Listing(Belongings):
    """Finds the lists that the nouns of one sentence introduce."""

    def _behind_including(self, i: int) -> list[int]:
        """Return the heads behind "including", "such as" in the phrase of a noun."""
        if not self.tree.says_any(_INTRODUCING):
            return self._latest(i) or self._spelt_out(i)
        heads: list[int] = []
        stop = self._phrase_end(i)
        if [token.lower for token in self.tree.tokens[stop : stop + 2]] == [",", "including"]:
            heads += self.tree.kids(stop + 1, "pobj")  # hung on what the phrase hangs on
        if [token.lower for token in self.tree.tokens[stop : stop + 2]] == [",", "among"]:
            beside = self.tree[min(stop + 2, len(self.tree) - 1)].lower in {"them", "which"}
            heads += self._names_from(stop + 3) if beside else []
        for token in self.tree.tokens[i + 1 : stop]:
            if token.lower in _CONTRASTING or self._opens_clause(token.i, i):
                break  # "some parts such as A, while others such as B"
            if token.lower in _MADE_OF:
                heads += self.tree.kids(token.i, "dobj") or self.tree.prepositional(token.i, ("of",))
            elif token.lower == "among" and self.tree[min(token.i + 1, stop)].lower in {"them", "which"}:
                heads += self._names_from(token.i + 2)
            elif token.lower in _NOTABLY and token.dep == "advmod":
                heads += [k for k in self.tree.climb(token.i) if self.tree[k].tag.startswith("NN") and k > token.i][:1]
            elif token.lower == "like" and token.dep == "prep" and token.head == i and self._several(i):
                heads += self.tree.kids(token.i, "pobj")
            elif token.lower == "with" and token.dep == "prep":
                inside = self.tree.kids(token.i, "pobj", "pcomp")
                heads += [k for k in inside if self._at_its_heart(k) or self._are_named(k)]
            elif token.lower in {"including", "include", "alongside"} or (
                token.lower == "as" and self.tree[token.i - 1].lower == "such"
            ):
                heads += self.tree.kids(token.i, "pobj", "dobj", "pcomp")
        return heads or self._named_among(i) or self._latest(i) or self._spelt_out(i)

    def _named_among(self, i: int) -> list[int]:
        """Return the names before "among them": "handed ten villages, X and Y among them, to the army"."""
        among = next((token.i for token in self.tree.tokens[i + 1 :] if token.lower == "among"), None)
        if among is None or [token.lower for token in self.tree.tokens[among : among + 2]] != ["among", "them"]:
            return []
        start = among
        while start > i and (self.tree[start - 1].kind in {"place", "name"} or self.tree[start - 1].lower in _JOINING):
            start -= 1
        several = self.tree.singulars[i] != self.tree[i].lower
        opened = self.tree[start].text == ","
        verbs = any(self.tree.is_verb(k) for k in range(i + 1, start))
        return self._names_from(start + 1) if several and opened and not verbs and start + 1 < among else []

    def _latest(self, i: int) -> list[int]:
        """Return the names that are of several: "nine towns, the latest being X", "the largest of which is"."""
        if not self.tree.says_any(_RANKING) or not self._several(i):
            return []
        for token in self.tree.tokens[i + 1 :]:
            if token.lower in _RANKING:
                behind = [other.lower for other in self.tree.tokens[token.i + 1 : token.i + 4]]
                of = behind[:2] in _OF_THEM
                being = behind[2:3] if of else behind[:1]
                told = bool(being) and being[0] in (_BEING if of else {"being"})
                if of or told:
                    return self._names_from(token.i + 1 + 2 * of + told)
            if self.tree.is_verb(token.i) and token.tag in {"VBD", "VBZ", "VBP"}:
                break
        return []

    def _several(self, i: int) -> bool:
        """Tell whether a noun is a plural: "towns", "dozens" of them."""
        return self.tree[i].tag == "NNS" or self.tree.singulars[i] != self.tree[i].lower

    def _opens_clause(self, k: int, i: int) -> bool:
        """Tell whether a verb with a subject of its own follows a noun: "lost X, yet it holds towns including Y"."""
        if not self.tree.is_verb(k) or k in self.tree.climb(i) or self.tree[k].dep != "conj":
            return False
        return bool(self.tree.kids(k, "nsubj", "nsubjpass"))

    def _excepted(self, i: int) -> list[int]:
        """Return the heads of what alone is left: "nothing but X", "little more than X", "little beyond X"."""
        for token in self.tree.tokens[i + 1 : i + _SOON]:
            if token.lower in _EXCEPTING:
                return self.tree.kids(token.i, "pobj") or self._names_from(token.i + 1)
            if self.tree.is_verb(token.i) or token.text in {",", ";"}:
                break
        return []

    def _ends_of(self, i: int, noun: str) -> list[int]:
        """Return the names between which a stretch of land lies: "a strip running from X down to Y"."""
        if noun not in _STRETCHES or not self.tree.says_any(_FROM):
            return []
        stop = min(self._phrase_end(i), i + _LONG)
        start = next((k for k in range(i + 1, stop) if self.tree[k].lower == "from"), stop)
        to = next((k for k in range(start + 1, stop) if self.tree[k].lower == "to"), stop)
        ends = [m for k in (start, to) if k < stop for m in self.tree.kids(k, "pobj")]
        return ends if len(ends) > 1 and all(self.tree[k].kind in {"place", "name"} for k in ends) else []

    def _spelt_out(self, i: int) -> list[int]:
        """Return the names behind a colon: "three villages in the plain: A, B and C"."""
        if not self.tree.says_any(_COLON):
            return self._set_off(i)
        colon = next((token.i for token in self.tree.tokens[i + 1 :] if token.text in {":", ";"}), None)
        several = self.tree.singulars[i] != self.tree[i].lower
        if colon is None or not several or self.tree[colon].text != ":":
            return []
        if any(self.tree.is_verb(k) and self.tree[k].dep != "prep" for k in range(i + 1, colon)):
            return []
        are = [token.lower for token in self.tree.tokens[colon + 1 : colon + 3]] == ["they", "are"]
        return self._names_from(colon + (3 if are else 1))

    def _set_off(self, i: int) -> list[int]:
        """Return the names set off by commas behind where they lie: "taking key towns in the west, A and B, they"."""
        noun = self.tree.singulars[i]
        if noun == self.tree[i].lower or noun not in self.nouns.settlement:
            return []
        link = self.tree[min(i + 1, len(self.tree) - 1)]  # which may hang on the verb
        within = self.tree.kids(link.i, "pobj") if link.dep == "prep" and link.lower in {"in", "of"} else []
        if not within or any(self.tree[k].lower in {"the", "these", "those"} for k in self.tree.kids(i, "det")):
            return []
        comma = next((t.i for t in self.tree.tokens[within[0] + 1 : within[0] + 2] if t.text == ","), None)
        named = [] if comma is None else list(takewhile(self._is_listed, range(comma + 1, len(self.tree))))
        names = [k for k in named if self.tree[k].kind in {"place", "name"}]
        closed = bool(named) and named[-1] + 1 < len(self.tree) and self.tree[named[-1]].text == ","
        ended = bool(named) and self.tree[min(named[-1] + 1, len(self.tree) - 1)].text in {".", ";"}
        joined = "and" in {self.tree[k].lower for k in named}
        towns = not any(self._is_area(k) for k in names)
        return names if len(names) > 1 and joined and towns and (closed or ended) else []

    def _is_area(self, k: int) -> bool:
        """Tell whether a name is that of a region or a country: "towns in X, Y and Z"."""
        entity = self.tree[k].entity
        known = entity.resolution if entity is not None else None
        return known is not None and (known.feature or "").startswith(("ADM", "PCL", "RGN"))

    def _is_listed(self, k: int) -> bool:
        """Tell whether a word belongs to a bare list of names."""
        return self.tree[k].kind in {"place", "name"} or self.tree[k].lower in {",", "and"}

    def _names_from(self, start: int) -> list[int]:
        """Return the names of a list that begins at a token."""
        names: list[int] = []
        for token in self.tree.tokens[start:]:
            if token.kind in {"place", "name"}:
                names.append(token.i)
            elif token.text != "," and token.lower not in {"and", "the", "as", "well"}:
                break
        joined = {k for name in names for k in self.tree.conjuncts(name)}
        return [name for name in names if name not in joined]

    def _are_named(self, k: int) -> bool:
        """Tell whether towns are named as lying in an area: "a third of the enclave with the towns of X and Y"."""
        noun = self.tree.singulars[k]
        definite = any(self.tree[d].lower == "the" for d in self.tree.kids(k, "det"))
        return definite and noun in self.nouns.settlement and bool(self.tree.prepositional(k, ("of",)))

    def _at_its_heart(self, k: int) -> bool:
        """Tell whether something is said to lie in the middle of what is spoken of: "with the airport at its heart"."""
        following = [token.lower for token in self.tree.tokens[k + 1 : k + 5]]
        return bool(following) and following[0] in {"at", "in"} and bool(_MIDDLES & set(following[1:]))

    def _joined(self, i: int) -> list[int]:
        """Return the heads joined to one, those behind an apposition too: "X, his home town, and Y"."""
        asides = [k for k in self.tree.kids(i, "appos") if self.tree[k].entity is None]
        behind = [j for k in asides for j in self.tree.conjuncts(k) if self.tree[j].kind in {"place", "name"}]
        joined = {*self.tree.conjuncts(i), *behind}
        return sorted(k for k in joined if not self._is_excepted(k))

    def _is_excepted(self, i: int) -> bool:
        """Tell whether ground is left out of what is told before it: "all of X but Y", not "not X but Y"."""
        but = self._left(i) - 1
        if but < 0 or self.tree[but].lower != "but":
            return False
        before = {token.lower for token in self.tree.tokens[max(i - _SOON, 0) : i]}
        return bool(before & _WHOLES)

    def _called_by_name(self, i: int) -> int | None:
        """Return the name that ground is said to have: "a village called X", "their headquarters, known as X"."""
        nouns = self.nouns
        if not self.tree.says_any(_CALLED) or self.tree[i].lower not in (
            nouns.settlement | nouns.facility | nouns.inner | nouns.quarter
        ):
            return None
        carriers = [i, *self.tree.prepositional(i, ("of",))]
        calling = [k for head in carriers for k in self.tree.kids(head, "acl") if self.tree[k].lower in _CALLED]
        said = [j for k in calling for j in (*self.tree.kids(k, "oprd", "attr"), *self.tree.prepositional(k, ("as",)))]
        return next((j for j in said if self.tree[j].kind in {"place", "name"}), None)
