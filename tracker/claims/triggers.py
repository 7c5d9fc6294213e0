"""Whether any frame can fire in a sentence, by its words alone: the cheapest of all tests."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache

from tracker.claims.frames import Frame, Frames, load_frames
from tracker.claims.phrases import word_list
from tracker.claims.words import words

__all__ = ["BESIDE", "Triggers", "words_of", "words_of_each"]

_WORD = re.compile(r"[^\W\d_]+")
_EVERYDAY = words("gate", "everyday")
# Frames whose own words stand everywhere, and the words one of which must stand beside them.
_BESIDE = {
    "all-they-have": words("seats", "lasts"),
    "occupiers-in": words("occupiers", "occupying") | words("occupiers", "put_there"),
    "own-town": words("seats", "ranks")
    | words("seats", "hubs")
    | words("seats", "whose")
    | words("actor_groups", "rebel"),
}
BESIDE = frozenset[str]().union(*_BESIDE.values())


def words_of(text: str) -> frozenset[str]:
    """
    Return the words of a stretch of text in lower case; hyphens and apostrophes part them.

    Examples
    --------
    >>> sorted(words_of("The rebel-held town's fall"))
    ['fall', 'held', 'rebel', 's', 'the', 'town']
    """
    return frozenset(_WORD.findall(text.lower()))


def words_of_each(text: str, spans: Sequence[tuple[int, int]]) -> list[AbstractSet[str]]:
    """Return what `words_of` says of each of some stretches of one text, which are in order."""
    return _each_lately(text, tuple(spans)) if len(text) < _SHORT else _each(text, spans)


_SHORT = 50_000  # characters; of longer texts nothing is kept


@lru_cache(maxsize=96)  # the gate and its second look ask for the same texts, some reports at a time
def _each_lately(text: str, spans: tuple[tuple[int, int], ...]) -> list[AbstractSet[str]]:
    return _each(text, spans)


def _each(text: str, spans: Sequence[tuple[int, int]]) -> list[AbstractSet[str]]:
    words = word_list(text)
    found: list[AbstractSet[str]] = []
    for start, end in spans:
        first, stop = bisect_left(words.starts, start), bisect_left(words.starts, end)
        if (first and words.ends[first - 1] > start) or (stop > first and words.ends[stop - 1] > end):
            found.append(words_of(text[start:end]))  # cut within a word
            continue
        inside = words.lower[first:stop]
        one = set(inside)
        if not "".join(one).isalpha():
            for word in [word for word in one if not word.isalpha()]:
                one.discard(word)
                one |= words_of(word)
        found.append(one)
    return found


@dataclass(frozen=True, slots=True)
class _Need:
    """What a frame needs beside the word that sets it off: one word of each set, and one of the phrases."""

    sets: tuple[frozenset[str], ...]
    phrases: tuple[frozenset[str], ...]

    def met(self, found: AbstractSet[str]) -> bool:
        for some in self.sets:
            if some.isdisjoint(found):
                return False
        return not self.phrases or any(phrase <= found for phrase in self.phrases)


class Triggers:
    """
    The words that set frames off, each with what else must stand in the sentence, and those that may stand for places.

    A sentence that fails here makes no claim whatever its tree; one that passes may
    still make none.

    Examples
    --------
    >>> triggers = Triggers.of(load_frames())
    >>> triggers.fire(words_of("They took the town over.")), triggers.fire(words_of("They were in the town."))
    (True, False)
    """

    def __init__(self, frames: Frames) -> None:
        needs: dict[str, list[_Need]] = {}
        for frame in frames.frames:
            forms, need = _need(frame, frames)
            for word in forms:
                needs.setdefault(word, []).append(need)
        self._needs = {word: tuple(dict.fromkeys(found)) for word, found in needs.items()}
        self._words = frozenset(self._needs)
        self._loud = frozenset(word for word in self._words if not _bases(word, frames) <= _EVERYDAY)
        nouns = frames.nouns
        standing = nouns.settlement | nouns.facility | nouns.quarter | nouns.part | nouns.province
        standing |= {"it", "siege", "stronghold"}
        self.places = frames.forms_of(standing)

    @staticmethod
    def of(frames: Frames) -> Triggers:
        """Return the triggers of frames, built once for the shipped ones."""
        return _shipped() if frames is load_frames() else Triggers(frames)

    def fire(self, found: AbstractSet[str], *, loud: bool = False) -> bool:
        """Tell whether any frame can fire among the words of a sentence; `loud` leaves everyday triggers out."""
        among = self._loud if loud else self._words
        for word in among & found:
            for need in self._needs[word]:
                if need.met(found):
                    return True
        return False


@cache
def _shipped() -> Triggers:
    return Triggers(load_frames())


def _bases(word: str, frames: Frames) -> frozenset[str]:
    """Return the base forms that a trigger may be of."""
    bases = frozenset(base for base, _ in frames.verb_forms.get(word, ()))
    return bases | {frames.singular(word)} if word in frames.noun_forms else bases or frozenset({word})


def _need(frame: Frame, frames: Frames) -> tuple[Iterable[str], _Need]:
    """Return the words that set a frame off, and what each of them needs."""
    if frame.shape == "held":
        return frame.held, _Need((), ())
    verbs = frozenset(
        form for form, bases in frames.verb_forms.items() if any(base in frame.verbs for base, _ in bases)
    )
    verbs |= {part for form in verbs if "-" in form for part in (form.rpartition("-")[2],)}
    nouns = frozenset(form for form, noun in frames.noun_forms.items() if noun in frame.nouns)
    phrases = _place_phrases(frame)
    beside = (_BESIDE[frame.frame_id],) if frame.frame_id in _BESIDE else ()
    if frame.shape == "verb":
        particles = () if not frame.particles or "" in frame.particles else (frame.particles,)
        return verbs, _Need((*particles, *beside), phrases)
    if frame.shape != "light":
        return nouns, _Need(beside, phrases)
    if frame.link_object or frame.link_subject:
        return nouns, _Need((verbs,), ())
    carried = any(path.start == "carrier" for path in frame.place)
    return nouns, _Need((frozenset(frame.link),) if carried else (frozenset(frame.link), verbs), ())


def _place_phrases(frame: Frame) -> tuple[frozenset[str], ...]:
    """Return the prepositions one of which must stand before the place; empty where it needs none."""
    if any(path.start not in {"verb", "noun"} or not path.prepositions for path in frame.place):
        return ()
    return tuple(frozenset(phrase.split()) for path in frame.place for phrase in path.prepositions)
