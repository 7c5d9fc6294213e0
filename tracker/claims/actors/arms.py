"""Armed sides: which mentions are of one, and whether a text can name any, by its words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.claims.actors.data import Form
from tracker.claims.actors.mentions import ActorMention, PhraseReader
from tracker.claims.actors.unknown import ARMS
from tracker.claims.phrases import fold
from tracker.claims.words import words

__all__ = ["ArmsLook", "is_armed"]

_UNARMED = words("gate", "unarmed")
_QUIET = frozenset({Form.STATE, Form.CAPITAL, Form.DEMONYM, Form.AGENCY, Form.PEOPLE})
_BACKED = frozenset({"backed", "supported", "sponsored", "trained", "led"})
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th|d)")
_ACRONYM = 3  # letters: up to here an acronym must stand in capitals

_Key = tuple[str, ...]


def is_armed(mention: ActorMention) -> bool:
    """Tell whether a side can hold ground by its name: an army or rebels, not a country, the police or a group."""
    if mention.form in {Form.STATE, Form.CAPITAL, Form.DEMONYM}:
        return False
    if mention.form is Form.NAME:
        return True
    return mention.text.lower().replace("-", " ").split()[-1] not in _UNARMED


class ArmsLook:
    """
    The words without which a text names no armed side.

    A look at them takes a quarter of the time that finding the sides does. It may say yes
    where there is none, never no where there is one.

    Examples
    --------
    >>> from tracker.claims.actors.index import ActorIndex
    >>> look = ActorIndex.load().may_be_armed
    >>> [look(text) for text in ("The council voted.", "The rebels voted.")]
    [False, True]
    """

    def __init__(self, reader: PhraseReader) -> None:
        self._alone: dict[str, list[tuple[_Key, str]]] = {}  # what is armed by itself, by its first word
        self._owners: dict[str, list[tuple[_Key, str, bool]]] = {}  # what may own fighters, by its last word
        for key, spelling, senses in reader.known.entries():
            forms, shout = {sense.form for sense in senses}, _shouted(spelling.words)
            self._owners.setdefault(key[-1], []).append((key, shout, bool(forms & _QUIET)))
            if not forms <= _QUIET and (Form.NAME in forms or key[-1] not in _UNARMED):
                self._alone.setdefault(key[0], []).append((key, shout))
        for key, spelling, _ in reader.bare.entries():
            if key[-1] not in _UNARMED:
                self._alone.setdefault(key[0], []).append((key, _shouted(spelling.words)))
        between = [key for tree in (reader.heads, reader.modifiers) for key, _, _ in tree.entries()]
        self._between = {"s", *self._owners, *(word for key in between for word in key)}
        self._between.update(word for owners in self._owners.values() for key, _, _ in owners for word in key)
        self._heads = frozenset(key[0] for key, _, _ in reader.heads.entries()) | reader.words.held
        starts = reader.words.organisation_heads | reader.words.organisation_openers | {"kata"} | ARMS
        self._starts = starts - _UNARMED
        bodies = "|".join(sorted(starts & _UNARMED))
        self._named_of = re.compile(rf"\b(?:{bodies}) (?:of|for) (?:the )?[^\W\d_]", re.IGNORECASE)

    def may_see(self, text: str, lower: Sequence[str]) -> bool:
        """Tell whether a text may name an armed side; `lower` are its words in lower case."""
        folds = lower if text.isascii() else [word if word.isascii() else fold(word) for word in lower]
        found = frozenset(folds)
        for word in self._alone.keys() & found:
            for key, shout in self._alone[word]:
                if found.issuperset(key) and (not shout or shout in text):
                    return True
        if any(word.capitalize() in text or word.upper() in text for word in self._starts & found):
            return True  # "the Falcons Brigade"
        if not self._starts.isdisjoint(found) and any(_NUMBERED.fullmatch(word) for word in found):
            return True  # "the 36th brigade"
        pieces = "anti" in found or {"counter", "offensive"} <= found  # "counter-offensive troops"
        if not (found.isdisjoint(self._heads) and "men" not in found) and (pieces or self._owned(text, folds)):
            return True
        if found.isdisjoint(_UNARMED):
            return False
        backed = "by" in found and not found.isdisjoint(_BACKED)  # "a group backed by Iran"
        return backed or self._named_of.search(text) is not None

    def _owned(self, text: str, folds: Sequence[str]) -> bool:
        """Tell whether fighters or ground are somebody's: "Iraqi police", "government tanks", "Turkish-held"."""
        for at, word in enumerate(folds):
            if word not in self._heads and not (word == "men" and at > 1 and folds[at - 1] == "s"):
                continue
            before = at - 1
            while before >= 0 and folds[before] in self._between:
                for key, shout, quiet in self._owners.get(folds[before], ()):
                    armed = quiet or word not in _UNARMED  # "American officers", but no "police officers"
                    if armed and (not shout or shout in text) and _ends(folds, before, key):
                        return True
                before -= 1
        return False


def _shouted(spelling: Sequence[str]) -> str:
    """Return the acronym in a phrase that is found in capitals only; empty when there is none."""
    return next((word for word in spelling if word.isupper() and 1 < len(word) <= _ACRONYM), "")


def _ends(folds: Sequence[str], last: int, key: _Key) -> bool:
    return len(key) == 1 or tuple(folds[max(0, last - len(key) + 1) : last + 1]) == key
