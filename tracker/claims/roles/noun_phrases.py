"""Noun phrases: which tokens belong to one, and whether it counts, points or stands beside something."""

from __future__ import annotations

from tracker.claims.parsing.syntax import Tree
from tracker.claims.parsing.tokens import Token
from tracker.claims.place_memory import PlaceRef
from tracker.claims.records import record
from tracker.claims.words import words

__all__ = ["NounPhrases", "PlaceHit"]

_INDEFINITE = words("roles", "indefinite")
_GROUND = words("roles", "ground")
_POSTS = words("roles", "posts")
_UNITS = words("roles", "units")
_KNOWN = frozenset({"the", "this", "that", "its", "their"})


@record()
class PlaceHit:
    """
    A place in a role.

    Attributes
    ----------
    token
        Index of the token that names it, or of the noun that stands for it.
    head
        Index of the noun at which the role began.
    sentences_back
        How far back a name stands that a noun or pronoun refers to; None when the name itself stands there.
    """

    ref: PlaceRef
    token: int
    head: int
    part: str | None = None
    fraction: tuple[float, float] | None = None
    sentences_back: int | None = None


class NounPhrases:
    """Looks around in the noun phrases of one sentence."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.nouns = tree.frames.nouns
        self.grounds = _GROUND
        self._firsts: dict[int, int] = {}
        self._lasts: dict[int, int] = {}

    def _left(self, i: int) -> int:
        """Return the first token of the phrase of a noun."""
        known = self._firsts.get(i)
        if known is None:
            known = self._firsts[i] = self._first_below(i)
        return known

    def _modifiers(self, i: int) -> list[Token]:
        """Return the tokens before a noun that belong to its phrase."""
        return list(self.tree.tokens[self._left(i) : i])

    def _first_below(self, i: int) -> int:
        left = i
        todo = [i]
        seen = 0
        while todo and seen < 60:
            k = todo.pop()
            seen += 1
            for kid in self.tree.below[k]:
                if kid < k:
                    left = min(left, kid)
                    todo.append(kid)
        return left

    def _counted(self, i: int, *, but_article: bool) -> bool:
        """Tell whether a noun is one of several; with a compass word, an article alone does not make it so."""
        words = {self.tree[k].lower for k in self.tree.kids(i, "det", "nummod", "amod", "predet")}
        return self._unspecific(i) and not (but_article and words & _INDEFINITE <= {"a", "an"})

    def _unspecific(self, i: int) -> bool:
        """Tell whether a noun has an indefinite article or a number: "a village", "two hills"."""
        return any(
            self.tree[k].lower in _INDEFINITE or self.tree[k].tag == "CD"
            for k in self.tree.kids(i, "det", "nummod", "amod", "predet")
            if self.tree[k].entity is None
        )

    def _phrase_end(self, i: int) -> int:
        """Return the index behind the last token below `i` or below the verb that governs it."""
        head = self.tree[i].head
        below = self._last(i)
        if self.tree.is_verb(head) or self.tree[i].dep in {"pobj", "conj"}:
            below = max(below, self._last(head))
        return min(below + 1, len(self.tree))

    def phrase_stop(self, i: int) -> int:
        """Return the index behind the last token below a word."""
        return self._last(i) + 1

    def _last(self, i: int) -> int:
        """Return the last token below a word."""
        known = self._lasts.get(i)
        if known is not None:
            return known
        last, todo, seen = i, [i], 0
        while todo and seen < 400:
            k = todo.pop()
            seen += 1
            last = max(last, k)
            todo += self.tree.below[k]
        self._lasts[i] = last
        return last

    def _near_something(self, i: int) -> bool:
        """Tell whether the phrase locates an unnamed thing beside a named one ("the hill near X")."""
        if self.tree.prepositional(i, ("near", "around", "outside", "overlooking", "between")):
            return True
        return any(self.tree[k].kind != "actor" for k in self.tree.prepositional(i, ("from",)))  # "a city from rebels"

    def _words(self, start: int, end: int) -> str:
        inside = [token for token in self.tree.tokens if token.start >= start and token.end <= end]
        return self._text(inside[0].i, inside[-1].i) if inside else ""

    def _text(self, first: int, last: int) -> str:
        inside = self.tree.tokens[first : last + 1]
        return "".join(token.text + (" " if token.spaced and token.i != last else "") for token in inside)

    def _names_ground(self, noun: str) -> bool:
        return noun in _GROUND

    def is_post(self, i: int) -> bool:
        """Tell whether a noun is one post of soldiers that the text takes for known: "the garrison (in X)"."""
        known = any(self.tree[k].lower in _KNOWN for k in self.tree.kids(i, "det")) or self.tree.kids(i, "poss")
        return self.tree[i].lower in _POSTS and bool(known)

    def is_unit(self, i: int) -> bool:
        """Tell whether a noun is whose post it is: "the headquarters of the 22nd Division in X"."""
        token = self.tree[i]
        return token.kind == "actor" or (token.kind is None and token.lower.split(" ")[-1] in _UNITS)
