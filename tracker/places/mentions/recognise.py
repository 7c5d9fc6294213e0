"""Which words of a text may name places: names of the gazetteer, and capitalised names that cues call places."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tracker.places.lexicon import Lexicon
from tracker.places.matching.scan import PART
from tracker.places.matching.sheet import Sheet
from tracker.places.memo import Memo
from tracker.places.mentions.around import around
from tracker.places.mentions.cues import ContextReader
from tracker.places.mentions.links import Linker
from tracker.places.mentions.runs import Named, NameRuns, Onward, Span, run_end
from tracker.places.mentions.signs import SignBook, Weights
from tracker.places.mentions.spelling import SpellingBook
from tracker.places.mentions.spots import Sightings
from tracker.places.names.alphabet import Alphabet
from tracker.places.names.numbers import Numbers, Positions

__all__ = ["Recogniser", "RunReader"]

_OPEN = re.compile(r"[ -](?:[^\W\d_a-z]|a[lrsdznt][- ])")  # what may be the next word of a longer name
_LINK = re.compile(r"-(?:e|i|ye|yi|ul|ud|us)[- ](?=[^\W\d_a-z])")  # joins two words of a Persian name: "Qala-e-Naw"
_RUN_JOINTS = frozenset(" -")
_BEFORE = re.compile(r"(?<![\w-])((?:[^\W\d_a-z][\w'’]*[ -](?:a[lrsdznt]-)?){1,2})\Z")
_REACH = 24
_DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,25})?,? ?(?:\((?:AP|AFP|Reuters|REUTERS|UPI|CNN|[A-Z]{2,6})\)|[–—]{1,2} |-{1,2} )"
)
_DATELINE_REACH = 60
_LONGEST_HOPELESS = 12
_OVERLAPPING = 4  # masks that may overlap


class Recogniser:
    """
    Finds what may be place names, with the signs around each; remembers what words and names say.

    Attributes
    ----------
    spellings
        What names say by themselves.
    """

    def __init__(self, words: Lexicon, weights: Weights, letters: Alphabet) -> None:
        self._words = words
        self._contexts = ContextReader(words, SignBook(weights))
        self._hopes = Memo(self._hope)
        self.spellings = SpellingBook(words, letters)
        self._runs = NameRuns(words, self.spellings)
        self._linker = Linker(words)

    @property
    def passed_over(self) -> Numbers:
        """Numbers of the words that begin no name that the gazetteer does not hold; see `NameTable.sheets`."""
        return self._runs.passed_over

    def sightings(self, sheet: Sheet, masks: Iterable[Span] = ()) -> Sightings:
        """
        Return what may be place names.

        Parameters
        ----------
        sheet
            What is seen on a page; see `NameTable.sheets`.
        masks
            Spans of it that name something else.
        """
        self.spellings.forget()
        covered, text = sorted(masks), sheet.text
        found = self._runs.whole_compounds(sheet, self._hopeful(sheet, covered), covered)
        spellings = self.spellings
        named = [(start, end, entry, spellings[text[start:end]]) for start, end, entry in found]
        if free := self._runs.free(sheet, found, covered):
            named = sorted(named + free)  # no two begin at one place
        start, end, entry, names = map(list, zip(*named, strict=True)) if named else ([], [], [], [])
        if sheet.few is not None:
            said = self._contexts.read_few(text, start, end)
        else:
            near = around(sheet.sight.gaps, np.array(start, np.int64), np.array(end, np.int64))
            said = self._contexts.read(text, start, end, near)
        looks = self._contexts.looks(*said, names)
        seen = Sightings(text, (start, end, entry), names, looks, [look.signs for look in looks])
        for number in [number for number, name in enumerate(names) if name.capitals]:
            _read_capitals(seen, number)
        if covered:
            _read_masks(seen, covered)
        _read_people(seen, sheet.starts)
        reach = [last + look.more for last, look in zip(end, looks, strict=True)]
        seen.inner = self._linker.link(text, start, reach, looks, seen.signs)
        return seen

    def _hopeful(self, sheet: Sheet, covered: Sequence[Span]) -> list[Named]:
        """Return the names found that may be places."""
        text, hopes = sheet.text, self._hopes
        found: list[Named] = []
        for match in sheet.found:
            start, end, _ = match
            hope = hopes[text[start:end]]
            if hope is False or (hope is None and text[start - 2 : start] != ", "):
                continue
            found.append(match)
        if not (covered and found):
            return found
        inside = _inside(covered, *np.array(found, np.int64).T[:2]).tolist()
        return [
            match
            for match, masked in zip(found, inside, strict=True)
            if not masked or _whole(covered, text, match[0], match[1])
        ]

    def _hope(self, name: str) -> bool | None:
        """Return whether a name may be a place: not a word such as "I" or "Mr"; None for a postal code."""
        words = self._words
        if len(name) > _LONGEST_HOPELESS:
            return True
        if len(name) == 1 and name.isascii():
            return False
        if name in words.postal and name not in words.short:
            return None
        lowered = name.lower().replace("’", "'")
        if lowered.startswith("the "):
            if name[4].islower():  # "The villages of …" is not The Villages
                return False
            lowered = lowered[4:]
            return not (lowered in words.common or lowered in words.dictionary)
        return not (lowered in words.never or lowered in words.particles)


class RunReader:
    """Tells whether more capitalised words stand beside a name, as in "Ein Tarma" when only "Tarma" is known."""

    def __init__(self, sheet: Sheet, seen: Sightings) -> None:
        self._seen = seen
        few = sheet.few
        self._onward: Onward = (
            dict(few.capitals)
            if few is not None
            else dict(zip(*(column.tolist() for column in sheet.sight.capitals), strict=True))
        )
        self._linked = {link.start(): link.end() for link in _LINK.finditer(seen.text)}

    def likely(self) -> list[int]:
        """Return the numbers of those that a capitalised word stands beside: no other has a run."""
        seen, onward, linked = self._seen, self._onward, self._linked
        return [
            number
            for number, (look, end) in enumerate(zip(seen.looks, seen.end, strict=True))
            if look.signs.leads or end + 1 in onward or end in linked
        ]

    def run(self, number: int) -> Span | None:
        """Return the span of the capitalised words of which a name is a part; None when it is all of them."""
        seen = self._seen
        end, signs = seen.end[number], seen.looks[number].signs
        linked = self._onward.get(self._linked.get(end, -1))
        if linked is not None:
            return seen.start[number], run_end(seen.text, linked, self._onward)
        onward = end + 1 in self._onward
        if not (onward or signs.leads):
            return None
        text, start = seen.text, seen.start[number]
        known = seen.entry[number] >= 0 and (signs.leads or text[end] in _RUN_JOINTS)
        if not (known or signs.goes_on):
            return None
        last = run_end(text, end, self._onward) if onward and _OPEN.match(text, end) else end
        first = start
        if signs.leads:
            before = _BEFORE.search(text, max(0, start - _REACH), start)
            first = before.start(1) if before is not None else start
        return (first, last) if (first, last) != (start, end) else None


def _read_masks(seen: Sightings, covered: Sequence[Span]) -> None:
    """Mark the names of the gazetteer that stand in a mask."""
    masked = _inside(covered, np.array(seen.start, np.int64), np.array(seen.end, np.int64)) & (
        np.array(seen.entry, np.int64) >= 0
    )
    for number in masked.nonzero()[0].tolist():
        seen.signs[number] = seen.signs[number].plus("masked")


def _read_capitals(seen: Sightings, number: int) -> None:
    """Tell the dateline "BEIRUT (AP)" from the acronym "SANA" in a line of ordinary letters."""
    text, start, end, signs = seen.text, seen.start[number], seen.end[number], seen.signs[number]
    text_start = text.rfind(PART, 0, start) + 1
    line_start = text.rfind("\n", text_start, start) + 1 or text_start
    opens = "sentence_start" in signs or not text[line_start:start].strip()
    if opens and _DATELINE.match(text, end, end + _DATELINE_REACH):
        seen.signs[number] = signs.plus("dateline")
        return
    around_it = text[max(line_start, start - 30) : end + 30].partition(PART)[0].partition("\n")[0]
    if len(seen.spelt[number].text) > 3 and any(map(str.islower, around_it)):
        seen.signs[number] = signs.plus("capitals")


def _read_people(seen: Sightings, starts: Sequence[int]) -> None:
    """
    Mark the surname that stands alone after the full name stood earlier ("Aron Lund … Lund said").

    What befalls people as well as places befell a person whose given name a full name begins with ("Stanley Hughes …
    Stanley was captured").
    """
    signs, spelt, start = seen.signs, seen.spelt, seen.start
    people: dict[int, set[int]] = {}  # by the name's number: in which of the texts that begin at `starts` it is one's
    firsts: dict[int, set[int]] = {}
    for number, known in enumerate(signs):
        if known.full:
            named = people if known.personal else firsts
            named.setdefault(id(spelt[number]), set()).add(bisect.bisect(starts, start[number]))
    if not (people or firsts):
        return
    nobody: set[int] = set()
    for number, name in enumerate(spelt):
        key = id(name)
        if key in people or (key in firsts and signs[number].open):
            text = bisect.bisect(starts, start[number])
            if text in people.get(key, nobody) or (signs[number].open and text in firsts.get(key, nobody)):
                signs[number] = signs[number].plus("person_elsewhere")


def _inside(covered: Sequence[Span], start: Positions, end: Positions) -> NDArray[np.bool_]:
    """Return which names stand in one of the masks, of which a few may overlap."""
    first, last = np.array(covered, np.int64).T
    number = first.searchsorted(start, side="right") - 1
    inside = np.zeros(len(start), bool)
    for before in range(_OVERLAPPING):
        mask = number - before
        inside |= (mask >= 0) & (end <= last.take(mask, mode="clip"))
    return inside


def _whole(covered: Sequence[Span], text: str, start: int, end: int) -> bool:
    """Return whether a name of several words is all of what a mask takes for a person or a group: "Lashkar Gah"."""
    if " " not in text[start:end]:
        return False
    index = bisect.bisect_left(covered, (start, end))
    return index < len(covered) and covered[index] == (start, end)
