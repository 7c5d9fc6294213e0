"""
Armed groups that no file lists, told by what stands beside their names.

"UNITA rebels", "the rebel Morla movement", "forces loyal to X", "the Union for Morla (UFM)": a name
beside a word for fighters is a side, and so is the same name everywhere else in the text, unless it
stands more often where places stand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker.claims.actors.data import Form
from tracker.claims.actors.leaders import leaders_told
from tracker.claims.actors.mentions import ActorMention, PhraseReader
from tracker.claims.phrases import WordList
from tracker.claims.words import words as words_of

__all__ = ["aliases_of", "unlisted_groups", "with_groups"]

_ARMED = words_of("actor_groups", "armed")  # "X fighters", "X forces"
_REBEL = words_of("actor_groups", "rebel")  # "rebel X", "militant X"
_KINDS = words_of("actor_groups", "kinds")  # "the rebel group X", "the X movement"
_AT_PLACES = words_of("actor_groups", "at_places")
_GROUND = words_of("actor_groups", "ground")
_OFFICES = words_of("actor_groups", "offices")
_PROSE = words_of("entities", "prose")
_NO_NAMES = words_of("actor_groups", "no_names")
_GROUPED = words_of("actor_groups", "grouped")  # "guerrillas of the DLF"
_SAYING = frozenset({"said", "says", "claimed", "claims", "announced", "reported", "declared", "insisted"})
_TAKING = words_of("gate", "taking") | {"controls"}
_AUXILIARY = frozenset({"had", "has", "have"})
_HOLDING = words_of("actor_groups", "holding")
_FORCES = frozenset({"force", "forces", "army"})
_OF_THE = 3  # words: "guerrillas of the"
_NAMING = 6  # words before a name: "an armed group which is known as the"
_DESCRIBING = 9  # words behind a name in which it may be told to be that of fighters
_STATESMEN = frozenset({"president", "minister", "premier", "chancellor", "king", "emperor", "sultan"})
_LINKS = frozenset({"of", "for", "and", "the", "in"})
_BREAKS = re.compile(r"[.!?:;—–\n“”\"(]|\s-\s")
_LOYAL = re.compile(r" loyal to [^.,;:!?\n]{0,70}")
_LONGEST, _LONGEST_DEFINED = 3, 9  # words of a name; of one that its acronym stands behind


def unlisted_groups(words: WordList, reader: PhraseReader, towns: Collection[str]) -> dict[str, str]:
    """
    Return the names of groups in lower case, and the id of each.

    Parameters
    ----------
    towns
        Names in lower case that a gazetteer knows as towns of where the text is about; one of these needs to be told
        twice to be a group.
    """
    group: Counter[str] = Counter()
    place: Counter[str] = Counter(set(towns))
    inside = _inside_sentences(words)
    for first, stop, opens in _runs(words, reader):
        name = _name(words, first, stop)
        if opens and not _opens_with_name(words, first, stop, inside):
            continue
        fighters = _beside_fighters(words, first, stop) or _called_fighters(words, first, stop)
        group[name] += fighters
        place[name] += 0 if fighters else _where_places_stand(words, first, stop)
    found = {name: f"other:{name}" for name, told in group.items() if told > place[name]}
    for name, acronym in _defined(words, reader):
        if name in found or acronym in found:
            found[name] = found[acronym] = f"other:{name}"
    found |= {
        f"{name}s": side for name, side in found.items() if f"{name}s" in inside
    }  # "Morlist rebels", "the Morlists"
    led = {*_leaders(words, reader), *(name for name in _warlords(words, reader) if not place[name])}
    return found | {name: _side_of(name, reader) or f"other:{name}" for name in led}


def _side_of(leader: str, reader: PhraseReader) -> str | None:
    """Return the listed side that a leader's name is part of, however he is titled here: "Morla loyalists"."""
    for fighters in ("loyalists", "forces", "troops"):
        words = WordList(f"{leader.capitalize()} {fighters}")
        known = reader.senses_at(words, 0)
        if known is not None and known[0] == len(words):
            return known[1][0].actor_id
    return None


def with_groups(words: WordList, mentions: Sequence[ActorMention], groups: Mapping[str, str]) -> list[ActorMention]:
    """Return the mentions with those of groups; a word for fighters beside a name belongs to it."""
    ids = {**groups, **aliases_of(words, mentions)}
    led = leaders_told(words.text, mentions)  # "Morla's men" are of his front
    ids |= {name: side for name, side in led.items() if name in groups or _has_men(words.text, name)}
    if not ids:
        return list(mentions)
    longest = max(name.count(" ") for name in ids) + 1
    added: list[ActorMention] = []
    index = 0
    while index < len(words):
        if not words.capital[index]:
            index += 1
            continue
        stop = next(
            (
                index + count
                for count in range(longest, 0, -1)
                if index + count <= len(words) and _name(words, index, index + count) in ids
            ),
            None,
        )
        if stop is not None:
            start, end = words.starts[index], words.ends[stop - 1]
            actor_id = ids[_name(words, index, stop)]
            text = words.text[start:end]
            added.append(
                ActorMention(start=start, end=end, text=text, actor_id=actor_id, form=Form.NAME, candidates=(actor_id,))
            )
        index = stop or index + 1
    return _merged(words.text, mentions, _of_the_listed(words.text, mentions, added))


def _has_men(text: str, name: str) -> bool:
    """Tell whether a text speaks of somebody's fighters: "Morla's men"."""
    return (
        re.search(rf"(?i)\b{re.escape(name)}['’]s (?:[a-z]+ )?(?:men|fighters|forces|troops|soldiers)\b", text)
        is not None
    )


def _of_the_listed(text: str, mentions: Sequence[ActorMention], added: Sequence[ActorMention]) -> list[ActorMention]:
    """Return leaders' names as those of the side that is loyal to them, where a file lists it."""
    listed: dict[str | None, str] = {}
    for name in added:
        loyal = _loyal_to(text, mentions, name)
        if loyal is not None and loyal.actor_id is not None:
            listed[name.actor_id] = loyal.actor_id
    return [
        replace(name, actor_id=listed.get(name.actor_id, name.actor_id), candidates=(listed.get(name.actor_id, ""),))
        if name.actor_id in listed
        else name
        for name in added
    ]


def _loyal_to(text: str, mentions: Sequence[ActorMention], name: ActorMention) -> ActorMention | None:
    return next((m for m in mentions if m.end <= name.start and _LOYAL.fullmatch(text[m.end : name.start])), None)


def _merged(text: str, mentions: Sequence[ActorMention], added: Sequence[ActorMention]) -> list[ActorMention]:
    kept = list(mentions)
    out: list[ActorMention] = []
    for name in added:
        if any(m.start <= name.start and name.end <= m.end and m.form is Form.NAME for m in kept):
            continue
        behind = next((m for m in kept if m.start == name.end + 1 and text[name.end] == " " and _generic(m)), None)
        loyal = _loyal_to(text, kept, name)
        start = name.start if loyal is None else loyal.start
        end = behind.end if behind is not None else name.end
        kept = [m for m in kept if m.end <= start or m.start >= end]
        out.append(
            replace(
                name, start=start, end=end, text=text[start:end], attributive=behind is not None and behind.attributive
            )
        )
    return sorted([*kept, *out], key=lambda mention: mention.start)


def _generic(mention: ActorMention) -> bool:
    return mention.generic or mention.actor_id is None


def _name(words: WordList, first: int, stop: int) -> str:
    return " ".join(words.folds[first:stop])


def _inside_sentences(words: WordList) -> frozenset[str]:
    """Return the capitalised words that stand inside sentences."""
    return frozenset(words.folds[k] for k in words.capitals() if k and not _broken(words, k))


def _broken(words: WordList, index: int) -> bool:
    """Tell whether something parts a word from the one before: a sentence ends, a bracket opens."""
    gap = words.gap(index)
    return gap != " " and _BREAKS.search(gap) is not None


def _opens_with_name(words: WordList, first: int, stop: int, inside: Collection[str]) -> bool:
    """Tell whether a sentence opens with a name: "Morla Doe troops came", "Morlist rebels", later "Morlists"."""
    if words.word(first).isupper():
        return True
    if stop - first > 1:
        return words.folds[first] not in _NO_NAMES
    return words.folds[first] in inside or f"{words.folds[first]}s" in inside


def _runs(words: WordList, reader: PhraseReader) -> Iterator[tuple[int, int, bool]]:
    """Yield runs of capitalised words that nobody knows, and whether each opens a sentence."""
    reached = 0
    for index in words.capitals():
        if index < reached:
            continue
        if not _names(words, index, reader):
            known = reader.senses_at(words, index)
            reached = index + known[0] if known is not None else reached
            continue
        stop = index + 1
        while stop < len(words) and stop - index < _LONGEST and words.joined(stop) and _names(words, stop, reader):
            stop += 1
        yield index, stop, index == 0 or _broken(words, index)
        reached = stop


def _names(words: WordList, index: int, reader: PhraseReader) -> bool:
    fold = words.folds[index]
    if len(fold) < 3 or fold in _PROSE or fold in _NO_NAMES or fold in _GROUND or not words.capital[index]:
        return False
    return not reader.senses_at(words, index)


def _beside_fighters(words: WordList, first: int, stop: int) -> int:
    """Count how often a word for fighters stands beside a name, here 0 or 1."""
    beside = stop < len(words) and words.gap(stop) in {" ", ") "} and not words.capital[stop]
    after = words.folds[stop] if beside else ""
    if after in _ARMED or after in _REBEL:
        return 1
    before = [words.folds[k] for k in (first - 1, first - 2) if k >= 0 and words.gap(k + 1) == " "]
    if before[:1] and (before[0] in _REBEL or (before[0] in _KINDS and before[1:2] and before[1] in _REBEL)):
        return 1
    return int(after in _KINDS and bool(before) and before[0] in {"the", "rebel", "armed"})


def _called_fighters(words: WordList, first: int, stop: int) -> int:
    """
    Count how often a name is told to be that of fighters, here 0 or 1.

    "Guerrillas of the DLF", "the DLF, the land's largest rebel force", "the DLF said it was in control", "the DLF
    seized Dolna".
    """
    before = words.folds[max(first - 3, 0) : first]
    goes_on = stop < len(words) and words.joined(stop) and (words.capital[stop] or words.folds[stop] in _LINKS)
    if len(before) == _OF_THE and before[1:] == ["of", "the"] and before[0] in _GROUPED and not goes_on:
        return 1
    called = [word for word in before if word != "the"][-2:]
    if called == ["known", "as"] or called[-1:] == ["called"]:  # "an armed group known as the DLF"
        return int(not _KINDS.isdisjoint(words.folds[max(first - _NAMING, 0) : first]))
    behind = words.folds[stop : stop + _DESCRIBING]
    if stop < len(words) and words.gap(stop) == ", " and behind[:1] and behind[0] in {"the", "a", "an", "another"}:
        ends = [k for k in range(1, len(behind)) if "," in words.gap(stop + k)]
        told = behind[: ends[0]] if ends else []
        return int(any(a in _REBEL and b in _KINDS | _FORCES for a, b in pairwise(told)))
    shouted = stop == first + 1 and len(words.folds[first]) > 2 and words.word(first).isupper()
    if not shouted or behind[:1] == []:
        return 0
    does = behind[1:2] if behind[0] in _AUXILIARY else behind[:1]
    if behind[0] not in _SAYING:  # "the DLF had seized Dolna"
        return int(words.gap(stop) == " " and not _TAKING.isdisjoint(does))
    said = behind[2:] if behind[1:2] == ["that"] else behind[1:]
    return int(said[:1] in (["it"], ["its"], ["they"], ["their"]) and not _HOLDING.isdisjoint(said))


def _where_places_stand(words: WordList, first: int, stop: int) -> int:
    before = words.folds[first - 1] if first else ""
    after = words.folds[stop] if stop < len(words) else ""
    of = before == "of" and first > 1 and words.folds[first - 2] in _GROUND
    return int(before in _AT_PLACES or after in _GROUND or of)


def _defined(words: WordList, reader: PhraseReader) -> Iterator[tuple[str, str]]:
    """Yield names with the acronym behind them, "Union for Morla (UFM)", and count the acronym's fighters for them."""
    if " (" not in words.text:
        return
    for index in words.capitals():
        acronym = words.word(index)
        if (
            index == 0
            or words.gap(index) != " ("
            or not acronym.isupper()
            or not 1 < len(acronym) < 9
            or reader.senses_at(words, index)
        ):
            continue
        first = index - 1
        while first > max(0, index - _LONGEST_DEFINED) and words.joined(first) and _links(words, first - 1):
            first -= 1
        while first < index and (not words.capitalised(first) or words.folds[first] in _PROSE):
            first += 1
        if first < index:
            yield _name(words, first, index), words.folds[index]


def _links(words: WordList, index: int) -> bool:
    return words.capitalised(index) or words.folds[index] in _LINKS


def _warlords(words: WordList, reader: PhraseReader) -> Iterator[str]:
    """Yield the last names of those who have fighters of their own, "Morla's men", but of no head of state."""
    if _ARMED.isdisjoint(words.folds) and ("men" not in words.folds or _REBEL.isdisjoint(words.folds)):
        return
    states = {
        words.folds[k]
        for j, fold in enumerate(words.folds)
        if fold in _STATESMEN
        for k in range(j + 1, min(j + 4, len(words)))
    }
    for index in words.capitals():
        following = words.folds[index + 2] if index + 2 < len(words) else ""
        if not following or not words.possessive(index + 1) or not (following in _ARMED or following == "men"):
            continue
        fold = words.folds[index]
        known = fold in _PROSE or fold in _NO_NAMES or fold in _GROUND or fold in states
        known = known or _ends_known(words, index, reader)
        if len(fold) > 2 and not known and not reader.senses_at(words, index):
            yield fold


def _ends_known(words: WordList, index: int, reader: PhraseReader) -> bool:
    """Tell whether a word is the last one of a known phrase of two: "Addis Ababa"."""
    longer = reader.senses_at(words, index - 1) if index and words.joined(index) else None
    return longer is not None and longer[0] > 1


def _leaders(words: WordList, reader: PhraseReader) -> Iterator[str]:
    """Yield the last names of those to whom forces are loyal: "forces loyal to President A B"."""
    for index in range(2, len(words) if "loyal" in words.folds else 0):
        if words.folds[index - 1] != "to" or words.folds[index - 2] != "loyal":
            continue
        last, at = "", index
        while at < min(len(words), index + _LONGEST_DEFINED) and words.gap(at).strip(" .") == "":
            known = reader.senses_at(words, at)
            if known is not None:
                at += known[0]
                continue
            if _names(words, at, reader):
                last = words.folds[at]
            elif words.folds[at] not in _OFFICES and not reader.titles.longest(words, at):
                break
            at += 1
        if last:
            yield last


def aliases_of(words: WordList, mentions: Sequence[ActorMention]) -> dict[str, str]:
    """Return the acronyms that stand in brackets behind organisations which no file lists either."""
    ends = {mention.end: mention.actor_id for mention in mentions if mention.form is Form.UNKNOWN and mention.actor_id}
    if not ends:
        return {}
    found: dict[str, str] = defaultdict(str)
    for index in range(1, len(words)):
        actor_id = ends.get(words.ends[index - 1])
        if actor_id is not None and words.gap(index) == " (" and words.word(index).isupper():
            found[words.folds[index]] = actor_id
    return dict(found)
