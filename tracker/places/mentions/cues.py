"""
What the words around a name say: whether it is a place at all, and of which kind.

What a single word says is worked out once and remembered; more than the word next
to a name is read only where that word may begin or end a phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from tracker.places.lexicon import CueType, Lexicon
from tracker.places.memo import Memo

__all__ = ["Context", "ContextReader"]

_REACH = 48  # characters on either side that are read; the longest cue phrase has 30
_CLOSERS = ".!?…:;"
_QUOTES = '"“”‘’«»„()[]'
_ABBREVIATED = frozenset(
    {"mt.", "co.", "st.", "dr.", "gov.", "sgt.", "lt.", "gen.", "sen.", "mr.", "mrs.", "ms.", "col."}
)
_SPACES, _OWNING = frozenset(" \u00a0"), frozenset("'’")
_NISBA = re.compile(r"a[lrsdznt]-")  # before a surname that tells where a family is from
_NEXT_WORD = re.compile(r"[ \u00a0]([^\W_][\w'’-]*\.?)")
_NEXT_WORDS = re.compile(
    r"[ \u00a0]([^\W_][\w'’-]*\.?)(?:[ \u00a0]([^\W_][\w'’-]*\.?))?(?:[ \u00a0]([^\W_][\w'’-]*\.?))?"
)


@dataclass(slots=True)
class Context:
    """
    The signs beside one name.

    Attributes
    ----------
    signs
        Names of what was seen; each has a weight in ``data/places/weights.toml``.
    cue
        The kind of place that the words name, None when they name none.
    cue_end
        Where a cue phrase after the name ends, None when it stands before it or is missing.
    plural
        Whether the cue speaks of several places ("the villages of").
    before
        Whether the cue stands before the name.
    """

    signs: list[str]
    cue: CueType | None = None
    cue_end: int | None = None
    plural: bool = False
    before: bool = False


class _After(NamedTuple):
    """What the first word after a name says: alone, or whether the words behind it must be read."""

    opens: bool  # a cue phrase may begin with it
    capital: bool  # the words behind it tell what it is
    sign: str | None


class _Before(NamedTuple):
    """What the last word before a name says."""

    closes: bool  # a sentence or a bracket begins behind it
    lowered: str
    sign: str | None


class ContextReader:
    """
    Reads the words around names.

    Examples
    --------
    >>> from tracker.places.lexicon import lexicon
    >>> context = ContextReader(lexicon()).read("inside the province of Raqqa.", 23, 28)
    >>> context.cue.kind, context.signs
    ('adm1', ['cue'])
    """

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._heads = frozenset(phrase.split()[0] for phrase in words.after)
        self._tails = frozenset(phrase.split()[-1] for phrase in words.before)
        self._after = Memo(self._weigh_after)
        self._before = Memo(self._weigh_before)

    def read(self, text: str, start: int, end: int) -> Context:
        """Read the words around ``text[start:end]``."""
        context = Context([])
        mark = text[end : end + 1]
        if mark in _SPACES:
            self._read_after(text, end, context)
        elif mark == "-" and text[end + 1 : end + 2].islower():
            context.signs.append("hyphen_after")
        elif mark in _OWNING and text.startswith("s", end + 1):
            context.signs.append("possessive")
        self._read_before(text, start, context)
        if context.cue is not None:
            context.signs.append("cue")
        return context

    def _read_after(self, text: str, end: int, context: Context) -> None:
        following = _NEXT_WORD.match(text, end, end + _REACH)
        if following is None:
            return
        opens, capital, sign = self._after[following[1]]
        if opens or capital:
            listed = _NEXT_WORDS.match(text, end, end + _REACH)
            if listed is None or (opens and _cue_after(listed, self._words, context)):
                return
            if capital:
                sign = _sign_of_run(listed, self._words)
        if sign is not None:
            context.signs.append(sign)

    def _weigh_after(self, first: str) -> _After:
        """Weigh the first word after a name."""
        words, whole = self._words, first.lower()
        opens = whole in self._heads or whole.rstrip(".,") in self._heads
        lowered = whole.rstrip(".")
        sign: str | None = None
        if lowered in words.bodies:
            sign = "body_after"
        elif lowered in words.speech:
            sign = "speech"
        elif lowered in words.organisations:
            sign = "organisation_after" if first[0].isupper() else "unit_after"
        return _After(opens, capital=sign is None and first[0].isupper(), sign=sign)

    def _read_before(self, text: str, start: int, context: Context) -> None:
        line = text[max(0, start - _REACH) : start]
        if "\n" in line:
            line = line.rpartition("\n")[2]
        listed = line.rsplit(None, 3)
        closes, lowered, sign = self._before[listed[-1]] if listed else _NOTHING_BEFORE
        if closes:
            context.signs.append("sentence_start")
            return
        if line[-1] not in " \u00a0":
            self._read_joint(line, listed, context)
            return
        second = listed[-2].lower() if len(listed) > 1 else ""
        if context.cue is None and (second if lowered == "the" else lowered) in self._tails:
            _cue_before(lowered, second, listed[-3].lower() if len(listed) > 2 else "", self._words, context)
        if context.before:
            return
        if lowered == "the" and (second in self._words.taken or second in self._words.locative):
            sign = "taken" if second in self._words.taken else "locative"
        if sign is not None:
            context.signs.append(sign)

    def _read_joint(self, line: str, listed: list[str], context: Context) -> None:
        """Read what stands before a name without a space between."""
        if _NISBA.fullmatch(listed[-1]):  # "Ahmad al-Homsi", "in al-Bab"
            sign = self._before[listed[-2]].sign if len(listed) > 1 else None
            context.signs.append(sign if sign in {"given_before", "title"} else "joined_before")
        elif line[-1] in "-‐‑–—/":
            context.signs.append("joined_before")

    def _weigh_before(self, last: str) -> _Before:
        """Weigh the last word before a name; what stands before "the" is read apart."""
        lowered = last.lower()
        closes = (last[-1] in _CLOSERS and lowered not in _ABBREVIATED) or last in _QUOTES
        return _Before(closes, lowered, _sign_before(last, lowered, self._words))


_NOTHING_BEFORE = _Before(closes=True, lowered="", sign=None)


def _sign_of_run(following: re.Match[str], words: Lexicon) -> str:
    """Return what a capitalised word after a name, and the words behind it, say of the name."""
    lowered = following[1].lower().rstrip(".")
    for number in (2, 3):  # "Hama Military Council", "Black Sea Fleet"
        word = following[number]
        if word is None or not word[0].isupper() or following[number - 1][-1] in ".,":
            break
        bare = word.lower().rstrip(".")
        if bare in words.bodies or bare in words.organisations:
            return "body_after" if lowered in words.body_openers else "organisation_run"
    return "capital_after"


def _cue_after(following: re.Match[str], words: Lexicon, context: Context) -> bool:
    """Find "province", "oil field", "military air base" after a name."""
    listed = [word.lower() for word in following.groups() if word]
    for number in range(len(listed), 0, -1):
        phrase = " ".join(listed[:number])
        bare = phrase if phrase in words.after else phrase.rstrip(".,")
        cue = words.after.get(bare)
        if cue is not None:
            if cue.kind == "road" and following[number][0].isupper():
                cue = words.kinds["street"]  # "Dublin Road" is an address, "the Dublin road" leads to Dublin
            context.cue = cue
            context.cue_end = following.start(number) + len(bare.split()[-1])
            context.plural = bare in words.plural
            return True
    return False


def _sign_before(last: str, lowered: str, words: Lexicon) -> str | None:
    """Return what the word before a name says of it."""
    bare = lowered.strip(_QUOTES).rstrip(".")
    if lowered in {"the", "of"}:
        return lowered
    for sign, listed in (
        ("taken", words.taken),
        ("locative", words.locative),
        ("title", words.titles),
        ("organisation_before", words.before_organisations),
    ):
        if bare in listed:
            return sign
    if last[0].isupper() and last[-1] not in ",;" and bare not in words.common:
        return "given_before" if bare in words.given else "capital_before"
    return None


def _cue_before(last: str, second: str, third: str, words: Lexicon, context: Context) -> None:
    """Find "city of", "the villages of", "Lake", "Mount" before a name."""
    if last == "the":
        last, second, third = second, third, ""
    phrases = (f"{third} {second} {last}", f"{second} {last}", last)
    for phrase in phrases:
        cue = words.before.get(phrase)
        if cue is not None:
            context.cue = cue
            context.before = True
            context.plural = phrase in words.plural
            return
