"""Organisations that no file lists, told by the shape of their names; persons by their titles."""

from __future__ import annotations

import re
from dataclasses import replace

from tracker.claims.actors.data import Form
from tracker.claims.actors.mentions import ActorMention, PhraseReader
from tracker.claims.phrases import WordList
from tracker.claims.words import words as words_of

__all__ = ["ARMS", "organisations", "titled_names"]

_LINKS = frozenset(["of", "the", "for", "and", "al", "ash", "an", "ad", "as", "az", "at", "ibn", "bin", "de", "el"])
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|d)")
# "the Western Regional Command", "the General Command" are an army's, whichever army the text tells of.
_COMMANDS = frozenset(
    [
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "coastal"),
        *("northeastern", "northwestern", "southeastern", "southwestern", "regional", "military", "operations"),
        *("area", "district", "general", "supreme", "high", "joint", "forces", "armed", "unified", "operational"),
    ]
)
_LONGEST = 6  # words of a name
ARMS = frozenset({"infantry", "cavalry", "armor", "armour", "artillery"})
_TEAMS = (("combat", "team"), ("combat", "teams"), ("battle", "group"))  # "the 3rd Brigade Combat Team"
_NUMBERS = words_of("actor_unknown", "numbers")
# Bodies that states have; fronts, movements and brigades are as often nobody's.
_STATE_HEADS = words_of("actor_unknown", "state_heads")
_ORDINALS = words_of("actor_unknown", "ordinals")
_UNITS = words_of("actor_unknown", "units")
_OWNERS = words_of("actor_unknown", "owners")  # "the Morlan People's Front"
_UNITING = words_of("actor_unknown", "uniting")  # "the Alliance of Democratic Forces"
_FIGHTERS = words_of("actor_unknown", "fighters")  # whose name only stands behind them: "Rebels of the Morla Front"


def organisations(words: WordList, reader: PhraseReader) -> list[ActorMention]:
    """
    Return names of the shape of an armed organisation: "Liwa X", "the Army of X", "X Y Brigade".

    A numbered unit ("80th Air Assault Brigade") has the form "unit" and no side of its own.
    """
    found: list[ActorMention] = []
    after = 0
    starts = reader.words.organisation_heads | reader.words.organisation_openers | {"kata"} | ARMS
    for index in [index for index, fold in enumerate(words.folds) if fold in starts]:
        if index < after or not (words.capitalised(index) or _counted(words, index)):
            continue
        span = _opened(words, reader, index, after) or _headed(words, reader, index, after)
        if span is not None:
            found.append(_mention(words, *span, reader))
            after = span[1]
    return _with_tails(words, found)


def _with_tails(words: WordList, found: list[ActorMention]) -> list[ActorMention]:
    """Add later short forms: after "the Arab Elite Forces", "the Elite Forces" are the same."""
    tails: dict[tuple[str, str], ActorMention] = {}
    for mention in found:
        parts = mention.text.lower().split()
        if mention.form is Form.UNKNOWN and len(parts) > 2:
            tails.setdefault((parts[-2], parts[-1]), mention)
    if not tails:
        return found
    taken = {mention.end for mention in found}
    added = []
    for index in range(1, len(words)):
        full = tails.get((words.folds[index - 1], words.folds[index]))
        if full is None or words.ends[index] in taken or words.starts[index] < full.end:
            continue
        if words.capitalised(index) and words.capitalised(index - 1) and words.gap(index) == " ":
            start, end = words.starts[index - 1], words.ends[index]
            added.append(replace(full, start=start, end=end, text=words.text[start:end]))
    return sorted([*found, *added], key=lambda mention: mention.start)


def titled_names(words: WordList, reader: PhraseReader) -> list[tuple[int, int]]:
    """Return spans of up to four capitalised words behind a title: "Colonel Talal Silo"."""
    spans = []
    after = 0
    firsts = reader.titles.firsts
    for index in [index for index, fold in enumerate(words.folds) if fold in firsts]:
        title = None if index < after else reader.titles.longest(words, index)
        if title is None:
            continue
        stop = first = index + title[0]
        while stop < len(words) and stop - first < 4 and _name_goes_on(words, stop):
            stop += 1
        if stop > first:
            spans.append((words.starts[index], words.ends[stop - 1]))
        after = stop
    return spans


def _name_goes_on(words: WordList, index: int) -> bool:
    if words.gap(index) not in (" ", "-", ". ", "'", "’"):
        return False
    if words.possessive(index):
        return False
    return words.capitalised(index) or words.folds[index] in ("al", "bin", "ibn", "el", "ash", "as")


def _opened(words: WordList, reader: PhraseReader, index: int, after: int) -> tuple[int, int] | None:
    """Return the word span of a name that goes on, or ends, behind an organisation word: "Liwa X", "X Front for Y"."""
    word = words.folds[index]
    first, stop = index, index + 1
    if word == "kata" and stop < len(words) and words.folds[stop] == "ib":
        stop += 1
    elif word not in reader.words.organisation_openers:
        heads = reader.words.organisation_heads
        named = word in heads and word not in _FIGHTERS
        of = named and stop < len(words) and words.folds[stop] in ("of", "for") and words.gap(stop) == " "
        if not of:
            return None
        stop += 1
        if stop < len(words) and words.folds[stop] == "the" and words.gap(stop) == " ":
            stop += 1
        if stop < len(words) and reader.senses_at(words, stop):
            return None
        first = _without_others(words, _leftmost(words, index, max(after, index - _LONGEST + 1)), index, reader)
    end = _capitals_from(words, stop, index + _LONGEST + stop - index)
    town = " ".join(words.folds[index:end]) in reader.words.towns_that_open_so
    return (first, end) if end > stop and not town else None


def _capitals_from(words: WordList, stop: int, limit: int) -> int:
    end = stop
    while stop < min(limit, len(words)) and words.joined(stop) and not words.possessive(stop):
        if words.capitalised(stop):
            end = stop + 1
        elif words.folds[stop] not in _LINKS or words.folds[stop] == "and":
            break
        stop += 1
    return end


def _headed(words: WordList, reader: PhraseReader, index: int, after: int) -> tuple[int, int] | None:
    """Return the word span of capitalised words that end in an organisation word here."""
    heads = reader.words.organisation_heads
    more = index + 1 < len(words) and words.folds[index + 1] in heads
    if words.folds[index] in ARMS and not (more and words.capitalised(index + 1)):
        return _numbered_arm(words, index, after)
    if words.folds[index] not in heads:
        return None
    if more and words.gap(index + 1) == " " and words.capitalised(index + 1):
        return None  # "Falcons Brigade": the last one is the head
    first = index
    first = _leftmost(words, first, max(after, index - _LONGEST + 1))
    first = _without_others(words, first, index, reader)
    if first == index or words.folds[first] in reader.words.not_organisations:
        return None
    team = tuple(words.folds[index + 1 : index + 3]) in _TEAMS and words.capitalised(index + 1)
    return first, index + (3 if team else 1)


def _without_others(words: WordList, first: int, index: int, reader: PhraseReader) -> int:
    """Return where a name begins that goes up to `index`, without what only stands before it: "When the"."""
    while first < index and (words.folds[first] in _LINKS or words.folds[first] in reader.words.not_organisations):
        first += 1
    return first


def _leftmost(words: WordList, first: int, after: int) -> int:
    """Return where a name begins whose last words begin at `first`, not before `after`."""
    while first > after and words.joined(first):
        if _belongs(words, first - 1):
            first -= 1
        elif first - 2 >= after and words.possessive(first - 1) and words.folds[first - 2] in _OWNERS:
            first -= 2  # "the Morlan People's Front"
        elif first - 2 >= after and words.folds[first - 1] == "of" and _unites(words, first - 2):
            first -= 2  # "the Alliance of Democratic Forces"
        else:
            break
    return first


def _unites(words: WordList, index: int) -> bool:
    return words.folds[index] in _UNITING and words.capitalised(index) and words.gap(index + 1) == " "


def _numbered_arm(words: WordList, index: int, after: int) -> tuple[int, int] | None:
    """Return the span of a regiment that is named by its number and its arm: "the 504th Parachute Infantry"."""
    first = index
    if not words.capitalised(index):
        return None
    while first > max(after, index - 3) and words.joined(first) and words.capitalised(first - 1):
        first -= 1
    numbered = first > after and words.joined(first) and _ORDINAL.fullmatch(words.folds[first - 1])
    return (first - 1, index + 1) if numbered else None


def _belongs(words: WordList, index: int) -> bool:
    if words.possessive(index):
        return False
    word = words.folds[index]
    return words.capitalised(index) or bool(_ORDINAL.fullmatch(word)) or _is_number(word)


def _counted(words: WordList, index: int) -> bool:
    """Tell whether a small noun has a number right before it: "the 36th brigade"."""
    return index > 0 and words.joined(index) and _ORDINAL.fullmatch(words.folds[index - 1]) is not None


def _is_number(word: str) -> bool:
    """Tell whether a word is the number of a unit: "3 Commando Brigade"."""
    return word.isdigit() and len(word) <= 3


def _state_of(words: WordList, first: int, stop: int, reader: PhraseReader) -> str | None:
    """Return whose state's unit a name tells: "the Ukrainian 4th Brigade", "the British Eighth Army"."""
    inside = words.folds[first:stop]
    numbered = any(_ORDINAL.fullmatch(word) or word.isdigit() or word in _NUMBERS for word in inside)
    if not numbered and words.folds[stop - 1] not in _STATE_HEADS:
        return None
    for index in range(first, stop):
        known = reader.senses_at(words, index)
        for sense in known[1] if known is not None else ():
            if sense.form is Form.DEMONYM:
                return sense.actor_id
    return None


def _mention(words: WordList, first: int, stop: int, reader: PhraseReader) -> ActorMention:
    start, end = words.starts[first], words.ends[stop - 1]
    text = words.text[start:end]
    state = _state_of(words, first, stop, reader)
    if state is not None:
        return ActorMention(start=start, end=end, text=text, actor_id=state, form=Form.NAME, candidates=(state,))
    unit = bool(_ORDINAL.fullmatch(words.folds[first])) or _is_number(words.folds[first])
    unit |= words.folds[first] in _ORDINALS and words.folds[stop - 1] in _UNITS  # "the Third Commando Division"
    unit |= words.folds[stop - 1] == "command" and _COMMANDS.issuperset(words.folds[first : stop - 1])
    actor_id = None if unit else "other:" + " ".join(text.lower().replace("’", "'").split())
    return ActorMention(
        start=start,
        end=end,
        text=text,
        actor_id=actor_id,
        form=Form.UNIT if unit else Form.UNKNOWN,
        generic=unit,
        candidates=() if actor_id is None else (actor_id,),
    )
