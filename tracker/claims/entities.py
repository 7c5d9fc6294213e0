"""Named things of a text: places, sides, dates and names that nobody knows, ordered and without overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.claims.actors import ActorMention
from tracker.model import Resolution

__all__ = ["Entity", "gather"]

_NAME_WORD = re.compile(r"[^\W\d_]+(?:[’'ʿʾ‘`][^\W\d_]+)*|\d+")
_ARTICLES = frozenset("al el ar as ash ad an at az ed er es ez ul il bin ibn abu umm".split())
_PROSE = frozenset(
    "a about above according across after afterwards again against all allied along already also although am amid among an and another any around "
    "as at away back be because been before behind being below between both but by can could despite did do does down during each earlier early "
    "eight elsewhere eleven even eventually every few fighters fighting finally first five following for four forces from further government had has "
    "have he her here his hours how however i if in indeed inside instead into is isis it its january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec just last late later local many meanwhile militants monday "
    "tuesday wednesday thursday friday saturday sunday more moreover most mr mrs ms much my near nearby nearly nevertheless next night nine no none nor "
    "not now of off on once one only opposition or other our out outside over parts pro rebel rebels reportedly residents second seven several she "
    "shortly similarly since six so some soon state still subsequently such ten than that the their them then there therefore these they third this those "
    "though three through throughout thus today together tomorrow tonight troops two under unlike until up upon us was we were what when where "
    "whereas which while who why will with within without would year years yesterday yet you your days day".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """
    One named thing: ``text[start:end]`` of the report.

    Attributes
    ----------
    kind
        ``actor``, ``place``, ``date`` or ``name`` (capitalised, known to nobody).
    resolution
        Of a place; also of an actor that is a country or a capital.
    stand_in
        The word that a parser sees in its stead.
    """

    kind: str
    start: int
    end: int
    text: str
    stand_in: str
    resolution: Resolution | None = None
    actor: ActorMention | None = None


def gather(text: str, resolutions: Iterable[Resolution], mentions: Iterable[ActorMention]) -> list[Entity]:
    """
    Return places and actors in order; where both claim the same words, an actor carries the place along.

    Parameters
    ----------
    text
        The text of the report.
    resolutions, mentions
        Over the whole text.
    """
    found = [_actor(mention) for mention in mentions]
    places = sorted(resolutions, key=lambda resolution: resolution.start)
    merged: list[Entity] = []
    taken = 0
    for resolution in places:
        while taken < len(found) and found[taken].end <= resolution.start:
            merged.append(found[taken])
            taken += 1
        if taken < len(found) and found[taken].start < resolution.end:
            found[taken] = _with_place(found[taken], resolution)
            if found[taken].kind == "place":
                merged.append(found[taken])
                taken += 1
            continue
        if merged and merged[-1].end > resolution.start:
            continue
        merged.append(_place(resolution))
    merged += found[taken:]
    return sorted(merged, key=lambda entity: entity.start)


def unknown_names(text: str, start: int, end: int, known: Sequence[Entity], familiar: frozenset[str]) -> list[Entity]:
    """
    Return runs of capitalised words between the known entities of a sentence.

    Parameters
    ----------
    familiar
        Capitalised words that the text uses inside its sentences, so that one at the
        start of a sentence may be trusted to be a name.
    """
    names: list[Entity] = []
    at = start
    for stop, resume in [*((entity.start, entity.end) for entity in known), (end, end)]:
        if stop > at:
            names += _runs(text, at, stop, start, familiar)
        at = max(at, resume)
    return names


def familiar_names(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[str]:
    """Return the capitalised words that stand inside sentences, not only at their start."""
    found = set()
    for start, end in spans:
        for word in list(_NAME_WORD.finditer(text, start, end))[1:]:
            if word.group()[0].isupper() and word.group().lower() not in _PROSE:
                found.add(word.group())
    return frozenset(found)


def _runs(text: str, start: int, end: int, sentence: int, familiar: frozenset[str]) -> list[Entity]:
    runs: list[Entity] = []
    current: list[re.Match[str]] = []
    for word in _NAME_WORD.finditer(text, start, end):
        joined = bool(current) and _joined(text[current[-1].end() : word.start()])
        if current and not joined:
            _close(runs, text, current)
            current = []
        if _is_name(word.group(), bool(current), word.start() == sentence, familiar):
            current.append(word)
        elif current:
            _close(runs, text, current)
            current = []
    _close(runs, text, current)
    return runs


def _joined(gap: str) -> bool:
    return gap in {" ", "-", "–", "’", "'", "\u00a0"}


def _is_name(word: str, inside: bool, first: bool, familiar: frozenset[str]) -> bool:
    lower = word.lower()
    if lower in _ARTICLES:
        return True
    if word.isdigit():
        return inside or len(word) == 4
    if not word[0].isupper() or (lower in _PROSE and not inside):
        return False
    return not (first and word not in familiar) and lower not in _PROSE


def _close(runs: list[Entity], text: str, words: list[re.Match[str]]) -> None:
    """Add the run without articles and numbers that lead nowhere."""
    while words and (words[-1].group().lower() in _ARTICLES and not words[-1].group()[0].isupper()):
        words = words[:-1]
    while words and words[0].group().isdigit() and (len(words) == 1 or len(words[0].group()) != 4):
        words = words[1:]
    if len(words) == 1 and (words[0].group().lower() in _ARTICLES or words[0].group().isdigit()):
        return
    if not any(word.group()[0].isupper() for word in words):
        return
    start, end = words[0].start(), words[-1].end()
    word = text[start:end]
    if re.search(r"['’]s$", word):
        end -= 2
    runs.append(Entity("name", start, end, text[start:end], "London"))


def _actor(mention: ActorMention) -> Entity:
    last = mention.text.split()[-1]
    plain = last if last[0].islower() and last.isalpha() else "Germans" if last[-1] == "s" and not last.isupper() else "Germany"
    return Entity("actor", mention.start, mention.end, mention.text, plain, actor=mention)


def _place(resolution: Resolution) -> Entity:
    return Entity("place", resolution.start, resolution.end, resolution.text, "London", resolution=resolution)


def _with_place(actor: Entity, resolution: Resolution) -> Entity:
    """Return the actor with the place it also names, or the place alone where it is the longer name."""
    if resolution.end - resolution.start > actor.end - actor.start:
        return _place(resolution)
    if (resolution.start, resolution.end) != (actor.start, actor.end):
        return actor
    return Entity("actor", actor.start, actor.end, actor.text, actor.stand_in, resolution, actor.actor)
