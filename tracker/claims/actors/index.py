"""
Which side a text speaks of: names, demonyms, acronyms and the nouns of politics.

A proper name means its actor everywhere. A common noun ("the army", "rebels")
means whichever side the theatre says; the countries of the report narrow it,
what the text has named before decides among what is left, and what stays open
is handed on as candidates.
"""

from __future__ import annotations

import bisect
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import NamedTuple

from tracker.claims.actors.arms import ArmsLook
from tracker.claims.actors.camps import Camps
from tracker.claims.actors.data import ActorData, Form, Sense, read_actor_data
from tracker.claims.actors.groups import unlisted_groups, with_groups
from tracker.claims.actors.hints import Hints
from tracker.claims.actors.lands import lands_named
from tracker.claims.actors.mentions import ActorMention, NounPhrase, PhraseReader
from tracker.claims.actors.senses import Chooser, DayAt, backed_by
from tracker.claims.actors.unknown import organisations, titled_names
from tracker.claims.phrases import WordList, fold, lower_words, word_list
from tracker.errors import UnknownActorError
from tracker.model import Actor, plain_name

__all__ = ["ActorIndex", "ActorMention"]

# Fills of actors that no file lists: muted tones apart from the listed ones, chosen by a hash of the name.
_UNLISTED = ("#9a7fb0", "#7f9ab0", "#b09a7f", "#7fb09a", "#b07f9a", "#9ab07f", "#8c8cb8", "#b88c8c")
_LONGEST_NAME = 100
_KEPT = 96  # texts: those of the reports that are parsed in one go, with their titles, and some off the topic
_SHORT = 20_000  # characters; beside a longer text no other is kept


class _Read(NamedTuple):
    """
    What a text says of sides before it is decided which: its words, noun phrases and organisations that nobody lists.

    `found` are the mentions for a day of the whole text.
    """

    words: WordList
    phrases: list[NounPhrase]
    hints: Hints
    unknown: list[ActorMention]
    found: dict[dt.date | None, list[ActorMention]]


class ActorIndex(Mapping[str, Actor]):
    """
    Actors by id, and where a text names them.

    Any ``other:<name>`` is an actor of this mapping, listed or not, so that a claim's
    actor can always be looked up; iteration gives the listed ones.

    Examples
    --------
    >>> actors = ActorIndex.load()
    >>> [(m.text, m.actor_id) for m in actors.find("Syria's army took the town from IS.")]
    [("Syria's army", 'syrian_government'), ('IS', 'islamic_state')]
    """

    def __init__(self, data: ActorData) -> None:
        self._data = data
        self._reader = PhraseReader(data)
        self._lately: dict[str, _Read] = {}

    def _read(self, text: str) -> _Read:
        """Read a text once for `masks` and `find`, which several stages ask for; the last ones read are kept."""
        read = self._lately.get(text)
        if read is None:
            words = word_list(text)
            phrases = self._reader.read(words)
            read = _Read(words, phrases, Hints(self._data, phrases), organisations(words, self._reader), {})
            if len(text) > _SHORT:
                self._lately.clear()
            elif len(self._lately) >= _KEPT:
                del self._lately[next(iter(self._lately))]
            self._lately[text] = read
        return read

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> ActorIndex:
        """
        Read the actors that the package ships, and further theatre files.

        Raises
        ------
        InputError
            If a file breaks the format of docs/add-a-theatre.md.
        """
        return _loaded(tuple(extra))

    def __getitem__(self, actor_id: str) -> Actor:
        found = self._data.actors.get(actor_id)
        if found is not None:
            return found
        name = actor_id.removeprefix("other:")
        if name == actor_id or not name or len(name) > _LONGEST_NAME:
            raise UnknownActorError(actor_id, known=tuple(sorted(self._data.actors)))
        shade = hashlib.sha256(name.encode()).digest()[0] % len(_UNLISTED)
        return Actor(actor_id=actor_id, name=plain_name(actor_id), colour=_UNLISTED[shade])

    @cached_property
    def _arms(self) -> ArmsLook:
        return ArmsLook(self._reader)

    def may_be_armed(self, text: str, lower: Sequence[str] | None = None) -> bool:
        """
        Tell whether a text may name an armed side, by its words alone; a yes is not sure, a no is.

        Parameters
        ----------
        lower
            The words of the text in lower case, where they are known.
        """
        return self._arms.may_see(text, lower_words(text) if lower is None else lower)

    @cached_property
    def _backed(self) -> Mapping[str, Sequence[Sense]]:
        return backed_by(self._data)

    @cached_property
    def grounds(self) -> Mapping[str, frozenset[str]]:
        """Return the countries that each listed side fights in, as its names' theatres tell."""
        found: dict[str, set[str]] = {}
        for _, sense in self._data.phrases:
            if sense.actor_id is not None and sense.theatre:
                found.setdefault(sense.actor_id, set()).update(sense.theatre)
        return {actor_id: frozenset(countries) for actor_id, countries in found.items()}

    @cached_property
    def states(self) -> frozenset[str]:
        """Return the sides that are the forces of a state."""
        return frozenset(country.actor_id for country in self._data.countries.values())

    @property
    def listed(self) -> Collection[str]:
        """Return the sides that a file lists."""
        return self._data.actors.keys()

    @property
    def leaders(self) -> Mapping[str, str]:
        """Return the side of each person who leads or speaks for one, by name in lower case."""
        return self._data.leaders

    @cached_property
    def camps(self) -> Camps:
        """Return who fights for the same cause."""
        lands = {land.actor_id: code for code, land in self._data.countries.items() if not code.startswith("other:")}
        return Camps.of(self._data.actors.values(), self.grounds, lands)

    def __contains__(self, actor_id: object) -> bool:
        if not isinstance(actor_id, str):
            return False
        try:
            self[actor_id]
        except UnknownActorError:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._data.actors))

    def __len__(self) -> int:
        return len(self._data.actors)

    def find(
        self, text: str, *, on: dt.date | DayAt | None = None, countries: frozenset[str] = frozenset()
    ) -> list[ActorMention]:
        """
        Return where the text names sides, in order and without overlaps.

        Parameters
        ----------
        text
            The text of a report, or a part of it.
        on
            The day that the report speaks of, or what tells it for an offset of the text; names and nouns of
            other periods are left out.
        countries
            ISO 3166-1 alpha-2 codes of the countries that the report speaks of. Without
            them the names and demonyms of the text itself tell the theatre.

        Returns
        -------
        mentions
            `actor_id` is None where only the text around can tell (``form`` "bare",
            "unit"), or where several sides fit equally; `candidates` then lists them.
        """
        read = self._read(text)
        if callable(on) or countries:
            return self._chosen(text, read, on if callable(on) else partial(_same_day, on), countries)
        if on not in read.found:
            read.found[on] = self._chosen(text, read, partial(_same_day, on), countries)
        return list(read.found[on])

    def _chosen(self, text: str, read: _Read, day_at: DayAt, countries: frozenset[str]) -> list[ActorMention]:
        phrases = read.phrases
        chooser = Chooser(read.hints, day_at=day_at, countries=countries, backed=self._backed)
        told = ((phrase, chooser.mention(phrase, text)) for phrase in phrases if phrase.form not in _NO_SIDES)
        mentions = [
            self._branch(mention, chooser.theatre)
            for phrase, mention in told
            if (mention.candidates or self._may_fight(phrase)) and not _is_way(mention, text)
        ]
        unknown = [chooser.allied(found) for found in read.unknown]
        mentions = _with_unknown(mentions, unknown, self._data.actors, chooser.elsewhere if unknown else ())
        return chooser.joined(mentions, text)

    def _branch(self, mention: ActorMention, theatre: frozenset[str]) -> ActorMention:
        """Return a side that fights elsewhere as its branch where the text is about: one file lists one of them."""
        side = mention.actor_id
        if side not in self._branches or not theatre or theatre & self.grounds.get(side or "", frozenset()):
            return mention
        here = [branch for branch in self._branches[side] if theatre & self.grounds.get(branch, frozenset())]
        return replace(mention, actor_id=here[0], candidates=(here[0],)) if len(here) == 1 else mention

    @cached_property
    def _branches(self) -> dict[str | None, list[str]]:
        """Return the branches of each side that is no state's."""
        found: dict[str | None, list[str]] = {}
        for actor in self._data.actors.values():
            if actor.parent is not None and actor.parent not in self.states:
                found.setdefault(actor.parent, []).append(actor.actor_id)
        return found

    def _may_fight(self, phrase: NounPhrase) -> bool:
        """Tell whether a phrase that no file explains here may mean armed people: not "fierce resistance"."""
        common = phrase.form is Form.NOUN and len(phrase.parts) == 1 and not phrase.parts[0].head
        return not common or phrase.parts[0].words in self._bare_words

    @cached_property
    def _bare_words(self) -> frozenset[str]:
        return frozenset(" ".join(key) for key, _, _ in self._reader.bare.entries())

    def spotted(self, text: str) -> list[ActorMention]:
        """Return where the text may name sides, in order, before it is decided which: none has an id."""
        read = self._read(text)
        named = [
            ActorMention(start=p.start, end=p.end, text=text[p.start : p.end], actor_id=None, form=p.form)
            for p in read.phrases
            if p.form not in _NO_SIDES
        ]
        return sorted([*named, *read.unknown], key=lambda mention: mention.start)

    def lands(self, text: str, ground: Collection[str]) -> Counter[str]:
        """Count in which countries a text says that its places lie; `ground` are nouns for ground."""
        read = self._read(text)
        return lands_named(read.words, read.phrases, ground)

    def groups(self, text: str, towns: Collection[str]) -> dict[str, str]:
        """Return the ids of groups that no file lists, by their names in lower case; see `unlisted_groups`."""
        return unlisted_groups(self._read(text).words, self._reader, towns)

    def with_groups(self, text: str, mentions: Sequence[ActorMention], groups: Mapping[str, str]) -> list[ActorMention]:
        """Return the mentions of a text with those of groups that no file lists."""
        return with_groups(self._read(text).words, mentions, groups)

    def leaders_in(self, text: str) -> list[tuple[int, str]]:
        """Return where a text names persons who are known to lead a side, by their names in lower case."""
        read = self._read(text)
        forms = {Form.AGENCY, Form.NAME}
        named = ((p.start, text[p.start : p.end].lower()) for p in read.phrases if p.form in forms)
        return [(start, name) for start, name in named if name in self.leaders]

    def masks(self, text: str) -> list[tuple[int, int]]:
        """
        Return the spans that are no toponyms: actors, demonyms, agencies, titled persons.

        A country that stands alone and a capital that may mean its government are
        left to the gazetteer. Spans come in order and do not overlap.
        """
        read = self._read(text)
        spans = [(p.start, p.end) for p in read.phrases if p.form not in (Form.STATE, Form.CAPITAL, Form.BARE)]
        spans += [(found.start, found.end) for found in read.unknown]
        spans += titled_names(read.words, self._reader)
        return _united(spans)


_NO_SIDES = frozenset([Form.AGENCY, Form.PEOPLE])


@cache
def _loaded(extra: tuple[Path, ...]) -> ActorIndex:
    return ActorIndex(read_actor_data(extra))


def _with_unknown(
    mentions: list[ActorMention],
    unknown: Sequence[ActorMention],
    listed: Collection[str],
    elsewhere: Collection[int],
) -> list[ActorMention]:
    """
    Add organisations that no file lists where no listed name stands; they swallow weaker mentions inside.

    At `elsewhere` stand names that files list for other wars alone.
    """
    starts = [mention.start for mention in mentions]
    dropped: set[int] = set()
    added = []
    for found in unknown:
        first = bisect.bisect_left(starts, found.start)
        first -= first > 0 and mentions[first - 1].end > found.start
        inside = []
        while first < len(mentions) and mentions[first].start < found.end:
            inside.append(first)
            first += 1
        weak = all(_weaker(mentions[k], found, listed, elsewhere) for k in inside)
        if weak:
            dropped.update(inside)
            added.append(found)
    kept = [mention for k, mention in enumerate(mentions) if k not in dropped]
    return sorted([*kept, *added], key=lambda mention: mention.start)


def _weaker(mention: ActorMention, unknown: ActorMention, listed: Collection[str], elsewhere: Collection[int]) -> bool:
    within = unknown.start <= mention.start and mention.end <= unknown.end
    if unknown.form is Form.UNKNOWN and mention.start in elsewhere and mention.start < unknown.start:
        return mention.end <= unknown.end  # "Morland's (Revolutionary United Front)": the name opens with the land
    smaller = (mention.end - mention.start) < (unknown.end - unknown.start)
    if unknown.form is Form.UNKNOWN and within:
        side = mention.actor_id
        if side is not None and side not in listed and side in _of_a_people(mention.text):
            return True  # "the Morlan National Movement" is no Morlan movement
        if mention.start in elsewhere:
            return True
    open_side = mention.form in (Form.BARE, Form.UNIT) or (mention.actor_id is None and not mention.candidates)
    return within and (open_side or (smaller and mention.form is not Form.NAME))


def _of_a_people(text: str) -> Iterator[str]:
    """Yield the sides that a people and the noun behind it may be: "Morlan National Movement" as "Morlan movement"."""
    *before, noun = fold(text).split()
    for stop in range(1, len(before)):
        yield f"other:{' '.join(before[:stop])} {noun}"


def _is_way(mention: ActorMention, text: str) -> bool:
    """Tell whether a word is that of the way an advance takes: "Dolna Axis", "Southern Axis", not the powers'."""
    if mention.text != "Axis":
        return False
    words = text[: mention.start].split()
    named = bool(words) and words[-1][:1].isupper() and text[mention.start - 1] in " -" and words[-1] != "The"
    return named or text[mention.end : mention.end + 1] == ":"


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _same_day(day: dt.date | None, offset: int) -> dt.date | None:
    """Return the one day of which a whole text speaks."""
    del offset
    return day
