"""Which words of a text may name places: names of the gazetteer, and capitalised names that cues call places."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.places.lexicon import Lexicon
from tracker.places.matching.matcher import Sheet
from tracker.places.matching.scan import PART
from tracker.places.memo import Memo
from tracker.places.mentions.cues import ContextReader
from tracker.places.mentions.runs import Named, NameRuns, Onward, Span, run_end
from tracker.places.mentions.spots import Spot
from tracker.places.names.numbers import Numbers

__all__ = ["Recogniser"]

_LIST_JOINT = re.compile(
    r"(?:,?[ \u00a0]+(?:and|or|as well as|to|і|и|та|و|et)[ \u00a0]+(?:the[ \u00a0]+)?"
    r"|,[ \u00a0]+(?:the[ \u00a0]+)?|[ ]?[–—][ ]?|/)(?:[AaEe](?:[sdt]h|[lrsdznt])-)?"
)
_PERSON = frozenset({"given_before", "title", "full_name", "speech"})  # who stands in a list with people is one of them
_COMMA = re.compile(r",[ \u00a0\n]{1,2}|[ \u00a0]\(")
_OPEN = re.compile(r"[ -](?:[^\W\d_a-z]|a[lrsdznt][- ])")  # what may be the next word of a longer name
_RUN_JOINTS = frozenset(" -")
_BEFORE = re.compile(r"(?<![\w-])((?:[^\W\d_a-z][\w'’]*[ -](?:a[lrsdznt]-)?){1,2})\Z")
_REACH = 24
_DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,25})?,? ?(?:\((?:AP|AFP|Reuters|REUTERS|UPI|CNN|[A-Z]{2,6})\)|[–—]{1,2} |-{1,2} )"
)
_DATELINE_REACH = 60
_LONGEST_HOPELESS = 12
_FARTHEST_LINKED = 16  # characters between a name and the one that it is linked with


class _Naming(NamedTuple):
    """What a name says by itself, wherever it stands."""

    common: tuple[str, ...]
    given: bool
    more: tuple[str, ...]
    capitals: bool


class Recogniser:
    """Finds what may be place names, with the signs around each; remembers what words and names say."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._contexts = ContextReader(words)
        self._runs = NameRuns(words)
        self._names = Memo(self._naming)
        self._hopeless = Memo(self._hope)

    @property
    def passed_over(self) -> Numbers:
        """Numbers of the words that begin no name that the gazetteer does not hold; see `NameTable.sheets`."""
        return self._runs.passed_over

    def spots(self, sheet: Sheet, masks: Iterable[Span] = ()) -> list[Spot]:
        """
        Return what may be place names, ordered, without overlaps.

        Parameters
        ----------
        sheet
            What is seen on a page; see `NameTable.sheets`.
        masks
            Spans of it that name something else.
        """
        covered = sorted(masks)
        found = self._runs.whole_compounds(sheet, self._hopeful(sheet, covered), covered)
        found = sorted([*found, *self._runs.free(sheet, found, covered)])
        onward = dict(zip(*(column.tolist() for column in sheet.capitals), strict=True))
        spots = [self._spot(sheet.text, match, onward) for match in found]
        if covered:
            for spot in spots:
                if spot.entry is not None and _inside(covered, spot.start, spot.end):
                    spot.signs.append("masked")
        _read_people(spots, sheet.starts)
        _link(sheet.text, spots, self._words)
        return spots

    def _hopeful(self, sheet: Sheet, covered: Sequence[Span]) -> list[Named]:
        """Return the names found that may be places."""
        text, hopeless = sheet.text, self._hopeless
        found: list[Named] = []
        for match in sheet.found:
            start, end, _ = match
            hope = hopeless[text[start:end]]
            if hope is False or (hope is None and text[start - 2 : start] != ", "):
                continue
            if covered and _inside(covered, start, end) and not _whole(covered, text, start, end):
                continue
            found.append(match)
        return found

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
            lowered = lowered[4:]
            return not (lowered in words.common or lowered in words.dictionary)
        return not (lowered in words.never or lowered in words.particles)

    def _naming(self, name: str) -> _Naming:
        """Return what a name says by itself."""
        words, lowered = self._words, name.lower()
        common = ["common"] if lowered in words.common else ["dictionary"] if lowered in words.dictionary else []
        if lowered.rpartition(" ")[2] in words.after and " " in lowered:
            common.append("type_in_name")
        more = ["surname"] if lowered in words.surnames else []
        if " " in name or "-" in name:
            more.append("several_words")
        capitals = name.isupper() and len(name) > 1 and name.isalpha()
        return _Naming(tuple(common), lowered in words.given, tuple(more), capitals)

    def _spot(self, text: str, match: Named, onward: Onward) -> Spot:
        start, end, entry = match
        name = text[start:end]
        spot = Spot(start, end, name, entry if entry >= 0 else None)
        self._contexts.read(text, spot)
        signs = spot.signs
        if "capital_after" in signs or (entry >= 0 and (text[end] in _RUN_JOINTS or "capital_before" in signs)):
            _read_run(text, spot, onward)
        common, given, more, capitals = self._names[name]
        signs += common
        if given:
            signs.append("given_name")
            if "capital_after" in signs or "speech" in signs:
                signs.append("full_name")
        signs += more
        if capitals:
            _read_capitals(text, spot)
        return spot


def _read_run(text: str, spot: Spot, onward: Onward) -> None:
    """See whether more capitalised words stand beside the name, as in "Ein Tarma" when only "Tarma" is known."""
    end = run_end(text, spot.end, onward) if _OPEN.match(text, spot.end) else spot.end
    start = spot.start
    if "capital_before" in spot.signs:
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        start = before.start(1) if before is not None else start
    if (start, end) != (spot.start, spot.end):
        spot.run_start, spot.run_end = start, end


def _read_capitals(text: str, spot: Spot) -> None:
    """Tell the dateline "BEIRUT (AP)" from the acronym "SANA" in a line of ordinary letters."""
    text_start = text.rfind(PART, 0, spot.start) + 1
    line_start = text.rfind("\n", text_start, spot.start) + 1 or text_start
    opens = "sentence_start" in spot.signs or not text[line_start : spot.start].strip()
    if opens and _DATELINE.match(text, spot.end, spot.end + _DATELINE_REACH):
        spot.signs.append("dateline")
        return
    around = text[max(line_start, spot.start - 30) : spot.end + 30].partition(PART)[0].partition("\n")[0]
    if len(spot.name) > 3 and any(map(str.islower, around)):
        spot.signs.append("capitals")


def _read_people(spots: Sequence[Spot], starts: Sequence[int]) -> None:
    """Mark the surname that stands alone after the full name stood earlier ("Aron Lund … Lund said")."""
    people: dict[str, set[int]] = {}  # in which of the texts that begin at `starts` a name is a person's
    for spot in spots:
        signs = spot.signs
        if "title" in signs or "given_before" in signs or ("speech" in signs and "capital_before" in signs):
            people.setdefault(spot.name, set()).add(bisect.bisect(starts, spot.start))
    for spot in spots:
        if spot.name in people and bisect.bisect(starts, spot.start) in people[spot.name]:
            spot.signs.append("person_elsewhere")


def _link(text: str, spots: Sequence[Spot], words: Lexicon) -> None:
    """Tie parts to wholes, and let the members of a list share their cue."""
    for index, (here, after) in enumerate(pairwise(spots), start=1):
        if after.start - here.full_end > _FARTHEST_LINKED:
            continue
        between = text[here.full_end : after.start]
        if PART in between:
            continue
        if _COMMA.fullmatch(between):
            here.container = index
            after.cue = after.cue or words.kinds["whole"]
        if _LIST_JOINT.fullmatch(between) and _PERSON.isdisjoint([*here.signs, *after.signs]):
            here.signs.append("listed")
            after.signs.append("listed")
            if here.plural and here.cue_before and after.cue is None:
                after.cue, after.plural, after.cue_before = here.cue, True, True
                after.signs.append("cue")
        elif between in {" of ", " in ", ", in ", " district of "} or (
            here.cue is not None and between.startswith(" ") and between.endswith((" of ", " in "))
        ):
            here.container = index
    for here, before in pairwise(reversed(spots)):
        if here.plural and not here.cue_before and before.cue is None and "listed" in before.signs:
            _hand_on(text, here, before)


def _hand_on(text: str, here: Spot, before: Spot) -> None:
    """Let the member of a list before a name share the cue that stands behind that: "Harabish and Tahtuh districts"."""
    if _LIST_JOINT.fullmatch(text, before.full_end, here.start):
        before.cue, before.plural = here.cue, True
        before.signs.append("cue")


def _inside(covered: Sequence[Span], start: int, end: int) -> bool:
    index = bisect.bisect_right(covered, (start, 1 << 62)) - 1
    return any(first <= start and end <= last for first, last in covered[max(0, index - 3) : index + 1])


def _whole(covered: Sequence[Span], text: str, start: int, end: int) -> bool:
    """Return whether a name of several words is all of what a mask takes for a person or a group: "Lashkar Gah"."""
    if " " not in text[start:end]:
        return False
    index = bisect.bisect_left(covered, (start, end))
    return index < len(covered) and covered[index] == (start, end)
