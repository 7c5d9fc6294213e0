"""
What the words around a name say: whether it is a place at all, and of which kind.

What a single word says is worked out once and remembered; more than the word next
to a name is read only where that word may begin or end a phrase.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.places.lexicon import CueType, Lexicon
from tracker.places.matching.scan import PART
from tracker.places.memo import Memo
from tracker.places.mentions.spots import Spot

__all__ = ["ContextReader"]

_REACH = 48  # characters on either side that are read; the longest cue phrase has 30
_CLOSERS = ".!?…:;"
_QUOTES = '"“”‘’«»„()[]'
_ABBREVIATED = frozenset(
    {"mt.", "co.", "st.", "dr.", "gov.", "sgt.", "lt.", "gen.", "sen.", "mr.", "mrs.", "ms.", "col."}
)
_SPACES, _OWNING = frozenset(" \u00a0"), frozenset("'’")
_ARTICLE = re.compile(r"[ae](?:[sdt]h|[lrsdznt])-")  # before a town's name, and before a surname made of one
_PASS_ARTICLES = frozenset(
    {"given_before", "title", "taken", "locative"}
)  # what says the same of "Homs" and "al-Homsi"
_NEXT_WORD = re.compile(r"[ \u00a0]([^\W_][\w'’-]*\.?)").match
_NEXT_WORDS = re.compile(
    r"[ \u00a0]([^\W_][\w'’-]*\.?)(?:[ \u00a0]([^\W_][\w'’-]*\.?))?(?:[ \u00a0]([^\W_][\w'’-]*\.?))?"
).match


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
    >>> spot = Spot(124, 129, "Raqqa", None)
    >>> ContextReader(lexicon()).read(f"{PART * 100} inside the province of Raqqa.{PART * 100}", spot)
    >>> spot.cue.kind, spot.signs
    ('adm1', ['cue'])
    """

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._heads = frozenset(phrase.split()[0] for phrase in words.after)
        self._tails = frozenset(phrase.split()[-1] for phrase in words.before)
        self._after = Memo(self._weigh_after)
        self._before = Memo(self._weigh_before)
        self._cue_before = Memo(self._find_cue_before)

    def read(self, text: str, spot: Spot) -> None:
        """Read the words around a name, which stands on a page: `PART` parts its texts."""
        end = spot.end
        mark = text[end]
        if mark in _SPACES:
            following = _NEXT_WORD(text, end, end + _REACH)
            if following is not None:
                opens, capital, sign = self._after[following[1]]
                if opens or capital:
                    sign = self._read_after(text, spot, sign, opens=opens)
                if sign is not None:
                    spot.signs.append(sign)
        elif mark == "-":
            if text[end + 1].islower():
                spot.signs.append("hyphen_after")
        elif mark in _OWNING and text[end + 1] == "s":
            spot.signs.append("possessive")
        self._read_before(text, spot)
        if spot.cue is not None:
            spot.signs.append("cue" if spot.cue.kind != "street" else "street")

    def _read_after(self, text: str, spot: Spot, sign: str | None, *, opens: bool) -> str | None:
        """Read a cue after a name into its spot; without one return the sign of the words there."""
        listed = _NEXT_WORDS(text, spot.end, spot.end + _REACH)
        if listed is None or (opens and _cue_after(listed, self._words, spot)):
            return None
        return _sign_of_run(listed, self._words) if sign is None and listed[1][0].isupper() else sign

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

    def _read_before(self, text: str, spot: Spot) -> None:
        start = spot.start
        line = text[start - _REACH : start]
        if "\n" in line or PART in line:
            line = line[max(line.rfind("\n"), line.rfind(PART)) + 1 :]
        listed = line.rsplit(None, 3)
        closes, lowered, sign = self._before[listed[-1]] if listed else _NOTHING_BEFORE
        if closes:
            spot.signs.append("sentence_start")
            return
        if line[-1] not in _SPACES:
            self._read_joint(line, listed, spot)
            return
        words, tail = self._words, lowered
        if lowered == "the":
            tail = listed[-2].lower() if len(listed) > 1 else ""
            sign = "taken" if tail in words.taken else "locative" if tail in words.locative else sign
        if not self._take_cue(listed, tail, spot) and sign is not None:
            spot.signs.append(sign)

    def _take_cue(self, listed: list[str], tail: str, spot: Spot) -> bool:
        """Take the kind of place that the words before a name call it; return whether they call it one."""
        if spot.cue is not None or tail not in self._tails:
            return False
        cue, plural = self._cue_before[" ".join(listed[-3:])]
        if cue is not None:
            spot.cue, spot.cue_before, spot.plural = cue, True, plural
        return cue is not None

    def _read_joint(self, line: str, listed: list[str], spot: Spot) -> None:
        """Read what stands before a name without a space between."""
        if _ARTICLE.fullmatch(listed[-1]):  # "Ahmad al-Homsi", "in al-Bab", "the village of al-Qarnaf"
            closes, tail, sign = self._before[listed[-2]] if len(listed) > 1 else _NOTHING_BEFORE
            if closes or not self._take_cue(listed[:-1], tail, spot):
                spot.signs.append(sign if sign in _PASS_ARTICLES and not closes else "joined_before")
        elif line[-1] in "-‐‑–—/":
            spot.signs.append("joined_before")

    def _find_cue_before(self, last_words: str) -> tuple[CueType | None, bool]:
        """Find "city of", "the villages of", "Lake" in the three words before a name; tell whether it is plural."""
        listed = last_words.lower().split(" ")
        if listed[-1] == "the":
            listed.pop()
        for first in range(len(listed)):
            phrase = " ".join(listed[first:])
            cue = self._words.before.get(phrase)
            if cue is not None:
                return cue, phrase in self._words.plural
        return None, False

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


def _cue_after(following: re.Match[str], words: Lexicon, spot: Spot) -> bool:
    """Find "province", "oil field", "military air base" after a name."""
    listed = [word.lower() for word in following.groups() if word]
    for number in range(len(listed), 0, -1):
        phrase = " ".join(listed[:number])
        bare = phrase if phrase in words.after else phrase.rstrip(".,")
        cue = words.after.get(bare)
        if cue is not None:
            if cue.kind == "road" and following[number][0].isupper():
                cue = words.kinds["street"]  # "Dublin Road" is an address, "the Dublin road" leads to Dublin
            spot.cue = cue
            spot.plural = bare in words.plural
            if cue.keep and not spot.plural:
                spot.full_end = following.start(number) + len(bare.split()[-1])
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
