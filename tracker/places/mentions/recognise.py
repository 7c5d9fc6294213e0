"""Which words of a text may name places: names of the gazetteer, and capitalised names that cues call places."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.places.lexicon import CueType, Lexicon
from tracker.places.matching.matcher import Found, Sighting
from tracker.places.memo import Memo
from tracker.places.mentions.cues import Context, ContextReader
from tracker.places.mentions.runs import NameRuns, Run, Span, run_end
from tracker.places.names.numbers import Numbers

__all__ = ["Recogniser", "Spot"]

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


@dataclass(slots=True)
class Spot:
    """
    A name that may be a place.

    Attributes
    ----------
    start, end
        Span of the name.
    entry
        Entry of the table of names, None when the gazetteer has no such spelling.
    cue
        Kind of place that the words around it name; a list shares its cue.
    full_end
        Where the mention ends when the type word after the name belongs to it.
    signs
        What speaks for and against its being a place.
    container
        Index of the spot that is said to hold it ("Springfield, Illinois"), else None.
    belief
        That it is a place, 0 to 1; set by the locator.
    run_start, run_end
        Span of the capitalised words of which the name is a part; both 0 when it is all of them.
    """

    start: int
    end: int
    name: str
    entry: int | None
    cue: CueType | None = None
    full_end: int = 0
    signs: list[str] = field(default_factory=list)
    container: int | None = None
    belief: float = 0.0
    plural: bool = False
    cue_before: bool = False
    run_start: int = 0
    run_end: int = 0


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
        """Numbers of the words that begin no name that the gazetteer does not hold; see `NameTable.sight`."""
        return self._runs.passed_over

    def spots(self, text: str, sighting: Sighting, masks: Sequence[Span] = ()) -> list[Spot]:
        """
        Return what may be place names, ordered, without overlaps.

        Parameters
        ----------
        sighting
            What is seen in the text; see `NameTable.sight`.
        """
        covered = sorted(masks)
        hopeless = self._hopeless
        found: list[Found | Run] = []
        for match in sighting.found:
            hope = hopeless[text[match[0] : match[1]]]
            if hope is False or (hope is None and text[match[0] - 2 : match[0]] != ", "):
                continue
            if covered and _inside(covered, match[0], match[1]) and not _whole(covered, text, match):
                continue
            found.append(match)
        found = self._runs.whole_compounds(text, sighting.articles, found, covered)
        found = sorted([*found, *self._runs.free(text, sighting.words, found, covered)])
        spots = [self._spot(text, *match) for match in found]
        if covered:
            for spot in spots:
                if spot.entry is not None and _inside(covered, spot.start, spot.end):
                    spot.signs.append("masked")
        _read_people(spots)
        _link(text, spots, self._words)
        return spots

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

    def _spot(self, text: str, start: int, end: int, entry: int) -> Spot:
        name = text[start:end]
        context = self._contexts.read(text, start, end)
        signs = context.signs
        spot = Spot(start, end, name, None if entry < 0 else entry, None, end, signs)
        if entry >= 0 and (text[end : end + 1] in _RUN_JOINTS or "capital_before" in signs):
            _read_run(text, spot)
        if context.cue is not None:
            _take_cue(spot, context, context.cue)
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


def _read_run(text: str, spot: Spot) -> None:
    """See whether more capitalised words stand beside the name, as in "Ein Tarma" when only "Tarma" is known."""
    end = run_end(text, spot.end, (), ()) if _OPEN.match(text, spot.end) else spot.end
    start = spot.start
    if "capital_before" in spot.signs:
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        start = before.start(1) if before is not None else start
    if (start, end) != (spot.start, spot.end):
        spot.run_start, spot.run_end = start, end


def _take_cue(spot: Spot, context: Context, cue: CueType) -> None:
    spot.cue, spot.plural, spot.cue_before = cue, context.plural, context.before
    if cue.kind == "street":
        spot.signs.append("street")
        spot.signs.remove("cue")
    if context.cue_end is not None and cue.keep and not context.plural:
        spot.full_end = context.cue_end


def _read_capitals(text: str, spot: Spot) -> None:
    """Tell the dateline "BEIRUT (AP)" from the acronym "SANA" in a line of ordinary letters."""
    line_start = text.rfind("\n", 0, spot.start) + 1
    opens = not text[line_start : spot.start].strip() or "sentence_start" in spot.signs
    if opens and _DATELINE.match(text, spot.end, spot.end + _DATELINE_REACH):
        spot.signs.append("dateline")
        return
    around = text[max(line_start, spot.start - 30) : spot.end + 30].partition("\n")[0]
    if any(char.islower() for char in around) and len(spot.name) > 3:
        spot.signs.append("capitals")


def _read_people(spots: Sequence[Spot]) -> None:
    """Mark the surname that stands alone after the full name stood earlier ("Aron Lund … Lund said")."""
    people = {
        spot.name
        for spot in spots
        if "title" in spot.signs
        or "given_before" in spot.signs
        or ("speech" in spot.signs and "capital_before" in spot.signs)
    }
    for spot in spots:
        if spot.name in people:
            spot.signs.append("person_elsewhere")


def _link(text: str, spots: Sequence[Spot], words: Lexicon) -> None:
    """Tie parts to wholes, and let the members of a list share their cue."""
    for index in range(len(spots) - 1):
        here, after = spots[index], spots[index + 1]
        if after.start - here.full_end > 16:
            continue
        between = text[here.full_end : after.start]
        if _COMMA.fullmatch(between):
            here.container = index + 1
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
            here.container = index + 1
    for index in range(len(spots) - 1, 0, -1):
        here, before = spots[index], spots[index - 1]
        if here.plural and not here.cue_before and before.cue is None and "listed" in before.signs:
            between = text[before.full_end : here.start]
            if _LIST_JOINT.fullmatch(between):
                before.cue, before.plural = here.cue, True
                before.signs.append("cue")


def _inside(covered: Sequence[Span], start: int, end: int) -> bool:
    index = bisect.bisect_right(covered, (start, 1 << 62)) - 1
    return any(first <= start and end <= last for first, last in covered[max(0, index - 3) : index + 1])


def _whole(covered: Sequence[Span], text: str, match: Found) -> bool:
    """Return whether a name of several words is all of what a mask takes for a person or a group: "Lashkar Gah"."""
    if " " not in text[match.start : match.end]:
        return False
    index = bisect.bisect_left(covered, (match.start, match.end))
    return index < len(covered) and covered[index] == (match.start, match.end)
