"""Which words of a text may name places: names of the gazetteer, and capitalised names that cues call places."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.places.cues import Context, read_context
from tracker.places.lexicon import CueType, Lexicon
from tracker.places.matcher import Found, NameTable
from tracker.places.tokens import word_patterns

__all__ = ["Spot", "recognise"]

_LIST_JOINT = re.compile(
    r",?[ \u00a0]+(?:and|or|as well as|to|і|и|та|و|et)[ \u00a0]+(?:the[ \u00a0]+)?"
    r"|,[ \u00a0]+(?:the[ \u00a0]+)?|[ ]?[–—][ ]?|/"
)
_PERSON = frozenset({"given_before", "title", "full_name", "speech"})  # who stands in a list with people is one of them
_COMMA = re.compile(r",[ \u00a0\n]{1,2}|[ \u00a0]\(")
_RUN_JOINT = re.compile(r"[ \u00a0]|[-‐‑]|[ -](?:[Aa]l|el|ar|as|ash|ad|az|ez|an|et|at|de|da|do|of the|bin)[- ]['‘’ʿ]?")
_OPEN = re.compile(r"[ -](?:[^\W\d_a-z]|a[lrsdznt][- ])")  # what may be the next word of a longer name
_COMPOUND = re.compile(
    r"(?<![\w-])(?P<head>[^\W\d_a-z][\w'’‘`]{1,20})(?P<rest>[ -](?:[Aa]l|[Ee]l|a[nrstdz]|ash|ath|adh|e[rsz]|esh)[- ]"
    r"['‘’ʿ`]?[^\W\d_a-z][\w'’‘`]{1,20})(?![\w-])"
)
_BEFORE = re.compile(r"(?<![\w-])((?:[^\W\d_a-z][\w'’]*[ -](?:a[lrsdznt]-)?){1,2})\Z")
_REACH = 24
_DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,25})?,? ?(?:\((?:AP|AFP|Reuters|REUTERS|UPI|CNN|[A-Z]{2,6})\)|[–—]{1,2} |-{1,2} )"
)
_DATELINE_REACH = 60
_LONGEST_HOPELESS = 12


@dataclass(slots=True, kw_only=True)
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


def recognise(text: str, table: NameTable, words: Lexicon, masks: Sequence[tuple[int, int]] = ()) -> list[Spot]:
    """Return what may be place names, ordered, without overlaps, with the signs around each."""
    covered = sorted(masks)
    found: list[Found | _Run] = [
        match
        for match in table.find(text)
        if not (_inside(covered, match.start, match.end) and not _whole(covered, text, match))
        and not _hopeless(text, match, words)
    ]
    found = _whole_compounds(text, found, covered, words)
    found = sorted([*found, *_runs(text, found, covered, words)])
    spots = [_spot(text, match, words) for match in found]
    for spot in spots:
        if spot.entry is not None and _inside(covered, spot.start, spot.end):
            spot.signs.append("masked")
    _read_people(text, spots, words)
    _link(text, spots, words)
    return spots


def _hopeless(text: str, match: Found, words: Lexicon) -> bool:
    """Return whether a name is a word such as "I" or "Mr", or a postal code that follows no comma."""
    name = text[match.start : match.end]
    if len(name) > _LONGEST_HOPELESS:
        return False
    if len(name) == 1 and name.isascii():
        return True
    if name in words.postal and name not in words.short:
        return text[match.start - 2 : match.start] != ", "
    lowered = name.lower().replace("’", "'")
    if lowered.startswith("the "):
        lowered = lowered[4:]
        return lowered in words.common or lowered in words.dictionary
    return lowered in words.never or lowered in words.particles


def _whole_compounds(
    text: str, found: Sequence[Found | _Run], covered: Sequence[tuple[int, int]], words: Lexicon
) -> list[Found | _Run]:
    """Read an Arabic compound as one name: neither Bab nor al-Jadid is what "Bab al-Jadid" means."""
    kept = list(found)
    for compound in _COMPOUND.finditer(text):
        start, end = compound.span()
        head = compound["head"].lower()
        heads = head in words.heads
        if (head in words.common or head in words.titles or head in words.never) and not heads:
            continue
        if any(first < end and start < last for first, last in covered):
            continue
        here = [match for match in kept if match[0] < end and start < match[1]]
        if any(match[0] <= start and end <= match[1] for match in here):
            continue
        if any(match[0] < start or end < match[1] for match in here):
            continue
        article = compound.start("rest") + 1
        if not heads and any(match[0] == article for match in here):
            continue  # "Rebels al-Bab": the name with its article is known, what stands before it may be anything
        kept = [match for match in kept if match not in here]
        kept.append(_Run((start, end, -1)))
    return sorted(kept)


class _Run(tuple[int, int, int]):
    """A capitalised name that the gazetteer does not hold: (start, end, -1)."""

    __slots__ = ()


def _spot(text: str, match: Sequence[int], words: Lexicon) -> Spot:
    start, end, entry = match
    name = text[start:end]
    context = read_context(text, start, end, words)
    spot = Spot(start=start, end=end, name=name, entry=None if entry < 0 else entry, signs=context.signs, full_end=end)
    if entry >= 0:
        _read_run(text, spot)
    _take_cue(spot, context)
    lowered = name.lower()
    if lowered in words.common:
        spot.signs.append("common")
    elif lowered in words.dictionary:
        spot.signs.append("dictionary")
    if lowered.rpartition(" ")[2] in words.after and " " in lowered:
        spot.signs.append("type_in_name")
    if lowered in words.given:
        spot.signs.append("given_name")
        if {"capital_after", "speech"} & set(spot.signs):
            spot.signs.append("full_name")
    if lowered in words.surnames:
        spot.signs.append("surname")
    if " " in name or "-" in name:
        spot.signs.append("several_words")
    if name.isupper() and len(name) > 1 and name.isalpha():
        _read_capitals(text, spot)
    return spot


def _read_run(text: str, spot: Spot) -> None:
    """See whether more capitalised words stand beside the name, as in "Ein Tarma" when only "Tarma" is known."""
    end = _run_end(text, spot.end, (), ()) if _OPEN.match(text, spot.end) else spot.end
    start = spot.start
    if "capital_before" in spot.signs:
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        start = before.start(1) if before is not None else start
    if (start, end) != (spot.start, spot.end):
        spot.run_start, spot.run_end = start, end


def _take_cue(spot: Spot, context: Context) -> None:
    cue = context.cue
    if cue is None:
        return
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


def _runs(text: str, found: Sequence[Found | _Run], covered: Sequence[tuple[int, int]], words: Lexicon) -> list[_Run]:
    """Return the capitalised names that are free of matches and masks."""
    blocked = sorted([*((start, end) for start, end, _ in found), *covered])
    starts = [start for start, _ in blocked]
    runs: list[_Run] = []
    reach = 0
    for word in word_patterns().start.finditer(text):
        start, end = word.span()
        if start < reach or not word[0][0].isalpha() or _touches(blocked, starts, start, end):
            continue
        lowered = word[0].lower().replace("’", "'")
        if lowered in words.common or lowered in words.never or len(lowered) == 1:
            continue
        reach = end = _run_end(text, end, blocked, starts)
        runs.append(_Run((start, end, -1)))
    return runs


def _run_end(text: str, end: int, blocked: Sequence[tuple[int, int]], starts: Sequence[int]) -> int:
    patterns = word_patterns()
    for _ in range(4):
        joint = _RUN_JOINT.match(text, end)
        word = None if joint is None else patterns.start.match(text, joint.end())
        if word is None or _touches(blocked, starts, word.start(), word.end()):
            return end
        end = word.end()
    return end


def _read_people(text: str, spots: Sequence[Spot], words: Lexicon) -> None:
    """Mark the surname that stands alone after the full name stood earlier ("Aron Lund … Lund said")."""
    people = {
        spot.name
        for spot in spots
        if {"title", "given_before"} & set(spot.signs) or ("capital_before" in spot.signs and "speech" in spot.signs)
    }
    for spot in spots:
        if spot.name in people:
            spot.signs.append("person_elsewhere")
    del text, words


def _link(text: str, spots: Sequence[Spot], words: Lexicon) -> None:
    """Tie parts to wholes, and let the members of a list share their cue."""
    for index in range(len(spots) - 1):
        here, after = spots[index], spots[index + 1]
        between = text[here.full_end : after.start]
        if len(between) > 16:
            continue
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


def _inside(covered: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect.bisect_right(covered, (start, 1 << 62)) - 1
    return any(first <= start and end <= last for first, last in covered[max(0, index - 3) : index + 1])


def _whole(covered: Sequence[tuple[int, int]], text: str, match: Found) -> bool:
    """Return whether a name of several words is all of what a mask takes for a person or a group: "Lashkar Gah"."""
    if " " not in text[match.start : match.end]:
        return False
    index = bisect.bisect_left(covered, (match.start, match.end))
    return index < len(covered) and covered[index] == (match.start, match.end)


def _touches(blocked: Sequence[tuple[int, int]], starts: Sequence[int], start: int, end: int) -> bool:
    index = bisect.bisect_left(starts, end) - 1
    return any(last > start for _, last in blocked[max(0, index - 2) : index + 1])
