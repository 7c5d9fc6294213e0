"""
What the words around a name say: whether it is a place at all, and of which kind.

What words say is worked out once and remembered; more than the word next to a name
is read only where that word may begin or end a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tracker.places.lexicon import CueType, Lexicon
from tracker.places.memo import Memo
from tracker.places.mentions.around import REACH, Around, line_before, words_behind
from tracker.places.mentions.signs import SignBook, Signs
from tracker.places.mentions.spelling import Saying, Spelling
from tracker.places.mentions.told import Teller

__all__ = ["ContextReader", "Look"]

_HELD = ("-held", "-controlled", "-occupied", "-ruled", "-run", "-administered")  # "in rebel-held X"
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
_LISTED = re.compile(r",[ \u00a0]([^\W_]+)(,)?").match
_MEASURED = re.compile(r", \d[\d.,]*[ -]?(?:kms?|kilomet(?:er|re)s?|miles?)").fullmatch
_OPENERS = frozenset({"a", "an", "the", "another", "once", "now", "one", "both", "two"})  # of what a name is called
_RELATIVE = {"where": "where_after", "who": "who_after", "himself": "who_after", "herself": "who_after"}
_AGED = range(15, 100)
_TELLING = frozenset(  # words behind a name that tell what befell it, with those behind them
    ["was", "were", "is", "are", "remains", "remained", "stayed", "became", "becomes", "has", "have", "had", "fell",
     "falls", "lies", "lay", "sits", "sat", "stands", "stood", "came", "comes", "changed", "changes", "then", "later",
     "soon", "finally", "again", "quickly", "eventually"]
)  # fmt: skip
_NEXT_WORD = re.compile(r"[ \u00a0]([^\W_][\w'’-]*\.?)").match
_NEXT_WORDS = re.compile(
    r"[ \u00a0]([^\W_][\w'’-]*\.?)(?:[ \u00a0]([^\W_][\w'’-]*\.?))?(?:[ \u00a0]([^\W_][\w'’-]*\.?))?"
).match


class Words:
    """
    What the words on one side of a name say; words that say the same share it.

    Attributes
    ----------
    sign
        What they say of the name, None when nothing.
    cue
        The kind of place that they call it, None when they call it none.
    plural
        Whether they call several so.
    more
        Characters behind the name that belong to the mention.
    """

    __slots__ = ("cue", "more", "plural", "sign")

    def __init__(self, sign: str | None, cue: CueType | None, more: int, *, plural: bool) -> None:
        self.sign = sign
        self.cue = cue
        self.plural = plural
        self.more = more


class Look:
    """
    How a name looks where it stands; names that look the same share it.

    Attributes
    ----------
    signs
        What speaks for and against its being a place.
    cue
        Kind of place that the words around it name; a list shares its cue.
    cue_before, plural
        Whether the cue stands before the name, and speaks of several places ("the villages of").
    more
        Characters behind the name that belong to the mention.
    """

    __slots__ = ("cue", "cue_before", "more", "plural", "signs")

    def __init__(self, signs: Signs, cue: CueType | None, more: int = 0, *, before: bool, plural: bool) -> None:
        self.signs = signs
        self.cue = cue
        self.cue_before = before
        self.plural = plural
        self.more = more

    def called(self, cue: CueType | None, *, before: bool, plural: bool) -> Look:
        """Return this look with a cue that a neighbour gives it, or takes from it."""
        return Look(self.signs, cue, self.more, before=before, plural=plural)


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
    >>> from tracker.places.mentions.spelling import SpellingBook
    >>> reader = ContextReader(lexicon(), SignBook(lexicon().weights["mention"]))
    >>> before, behind = reader.read_before("inside the province of "), reader.read_behind(", and in")
    >>> (look,) = reader.looks([before], [behind], [SpellingBook(lexicon())["Raqqa"]])
    >>> look.cue.kind, look.signs
    ('adm1', ('cue',))
    """

    def __init__(self, words: Lexicon, signs: SignBook) -> None:
        self._words = words
        self._signs = signs
        self._heads = frozenset(phrase.split()[0] for phrase in words.after)
        self._tails = frozenset(phrase.split()[-1] for phrase in words.before)
        self._besetting = frozenset(phrase.split()[-1] for phrase in words.besetting)  # "troops took X"
        self._leading_on = self._tails | self._besetting | {"the"}
        self._teller = Teller(words)
        self._signs_before = _signs_before(words)
        self._said: dict[tuple[str | None, str, bool, int], Words] = {}
        self._before, self._cue_before = Memo(self._weigh_before), Memo(self._find_cue_before)
        self._word_before, self._words_before = Memo(self._read_word_before), Memo(self._read_words_before)
        self._word_behind, self._words_behind = Memo(self._read_word_behind), Memo(self._read_words_behind)
        self._behind = Memo(self._weigh_behind)
        self._looks = Memo(self._look)

    def read(
        self, text: str, start: Sequence[int], end: Sequence[int], near: Around
    ) -> tuple[list[Words], list[Words]]:
        """Return what the words before names say, and those behind; a page parts its texts with `PART`."""
        last, three, line = self._word_before, self._words_before, self.read_before
        before = [
            last[text[third:at]] or three[text[second:at]] or line(text[first:at])
            for at, third, second, first in zip(start, near.last, near.third, near.line, strict=True)
        ]
        following, followed = self._word_behind, self._words_behind
        behind = [
            following[text[at:first]] or followed[text[at:third]] or self._tell(text, at)
            for at, first, third in zip(end, near.following, near.followed, strict=True)
        ]
        return before, behind

    def read_few(self, text: str, start: Sequence[int], end: Sequence[int]) -> tuple[list[Words], list[Words]]:
        """Return what `read` does, of a page with few names."""
        last, following, followed = self._word_before, self._word_behind, self._words_behind
        before, behind = [], []
        for at in start:
            word = text.rfind(" ", at - REACH, at - 1) + 1
            alone = word and text[at - 1] == " " and text[word : at - 1].isalnum()  # most stand behind such a word
            before.append((last[text[word:at]] if alone else None) or self.read_before(line_before(text, at)))
        for at in end:
            words = words_behind(text, at)
            behind.append(following[words[1]] or followed[words[0]] or self._tell(text, at))
        return before, behind

    def looks(self, before: Sequence[Words], behind: Sequence[Words], spelt: Sequence[Spelling]) -> list[Look]:
        """Return how names look, by the words around them and by themselves."""
        known = self._looks
        return [known[here] for here in zip(behind, before, [one.saying for one in spelt], strict=True)]

    def read_behind(self, words: str) -> Words:
        """Read the words behind a name, which begin where it ends."""
        _, (behind,) = self.read_few(words, [], [0])
        return behind

    def read_before(self, line: str) -> Words:
        """Read the line before a name."""
        listed = line.rsplit(None, 3)
        closes, lowered, sign = self._before[listed[-1]] if listed else _NOTHING_BEFORE
        if closes:
            return self._say("sentence_start")
        if line[-1] not in _SPACES:
            return self._read_joint(line, listed)
        words, tail = self._words, lowered
        if lowered == "the":
            tail = listed[-2].lower() if len(listed) > 1 else ""
            sign = "taken" if tail in words.taken else "locative" if tail in words.locative else sign
        elif lowered in self._besetting and " ".join(listed[-2:]).lower() in words.besetting:
            sign = "taken"
        return self._say(sign, *self._cue(listed, tail))

    def _read_word_before(self, last: str) -> Words | None:
        """Read the last word before a name; None where more must be read."""
        word = last.rstrip()
        closes, lowered, sign = self._weigh_before(word) if word else _NOTHING_BEFORE
        if closes:
            return self._say("sentence_start")
        if last[-1] not in _SPACES:
            return None if _ARTICLE.fullmatch(word) else self._read_joint(last, [word])
        return None if lowered in self._leading_on else self._say(sign)

    def _read_words_before(self, last: str) -> Words | None:
        """Read the last three words before a name; None where more must be read."""
        return self.read_before(last) if last[-1] in _SPACES else None

    def _read_joint(self, line: str, listed: list[str]) -> Words:
        """Read what stands before a name without a space between."""
        if _ARTICLE.fullmatch(listed[-1]):  # "Ahmad al-Homsi", "in al-Bab", "the village of al-Qarnaf"
            closes, tail, sign = self._before[listed[-2]] if len(listed) > 1 else _NOTHING_BEFORE
            if closes:
                return self._say("joined_before")
            return self._say(sign if sign in _PASS_ARTICLES else "joined_before", *self._cue(listed[:-1], tail))
        return self._say("joined_before" if line[-1] in "-‐‑–—/" else None)

    def _cue(self, listed: list[str], tail: str) -> tuple[CueType | None, bool]:
        """Return the kind of place that the words before a name call it, and whether they speak of several."""
        return self._cue_before[" ".join(listed[-3:])] if tail in self._tails else _NO_CUE

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
        return _NO_CUE

    def _weigh_before(self, last: str) -> _Before:
        """Weigh the last word before a name; what stands before "the" is read apart."""
        lowered = last.lower()
        closes = (last[-1] in _CLOSERS and lowered not in _ABBREVIATED) or last in _QUOTES
        bare = lowered.strip(_QUOTES).rstrip(".")
        sign = lowered if lowered in {"the", "of"} else self._signs_before.get(bare)
        if sign is None and lowered.endswith(_HELD):
            return _Before(closes, lowered, "taken")
        if sign is None and last[0].isupper() and last[-1] not in ",;" and bare not in self._words.common:
            sign = "given_before" if bare in self._words.given else "capital_before"
        return _Before(closes, lowered, sign)

    def _read_word_behind(self, words: str) -> Words | None:
        """Read the first word behind a name; None where the ones behind that must be read."""
        mark, beyond = words[0], words[1:2]
        if mark in _SPACES:
            following = _NEXT_WORD(words)
            if following is None:
                return self._say()
            opens, leads_on, sign = self._behind[following[1]]
            return None if opens or leads_on else self._say(sign)
        if mark == "-":
            return self._say("hyphen_after" if beyond.islower() else None)
        if words == ",":
            return None
        return self._say("possessive" if mark in _OWNING and beyond == "s" else None)

    def _read_words_behind(self, words: str) -> Words | None:
        """Read the three words behind a name; None where the line behind it must be read."""
        if words[0] == ",":
            return self._read_listed(words)
        listed = _NEXT_WORDS(words)
        if listed is None:
            return self._say()
        if listed[1] in _TELLING:
            second = (listed[2] or "").rstrip(".")
            return None if second in self._teller.leading_on or second.isdecimal() else self._say()
        opens, _, sign = self._behind[listed[1]]
        cue = _cue_behind(listed, self._words) if opens else None
        if cue is not None:
            return self._say(None, *cue)
        return self._say(_sign_of_run(listed, self._words) if sign is None and listed[1][0].isupper() else sign)

    def _read_listed(self, words: str) -> Words | None:
        """Read a comma and two words: "Sake, 25 km west of Goma" is measured, a person has an age."""
        if _MEASURED(words):
            return self._say("measured")
        first = _LISTED(words)
        if first is None:
            return self._say()
        word, comma = first.groups()
        if comma and word.isdecimal() and int(word) in _AGED:
            return self._say("aged_after")
        if word in _OPENERS:
            return None
        return self._say(_RELATIVE.get(word))

    def _tell(self, text: str, end: int) -> Words:
        """Read what is told in the line behind a name."""
        return self._say(self._teller.sign_at(text, end))

    def _weigh_behind(self, first: str) -> tuple[bool, bool, str | None]:
        """Return whether a cue may begin with a word, whether those behind it tell more, and what it says."""
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
        return opens, sign is None and (first[0].isupper() or first in _TELLING), sign

    def _say(self, sign: str | None = None, cue: CueType | None = None, plural: bool = False, more: int = 0) -> Words:
        key = (sign, "" if cue is None else cue.kind, plural, more)
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = Words(sign, cue, more, plural=plural)
        return found

    def _look(self, seen: tuple[Words, Words, Saying]) -> Look:
        """Put together what is said behind a name, before it and by itself."""
        behind, before, saying = seen
        led = behind.cue is None and before.cue is not None
        cue, plural = (before.cue, before.plural) if led else (behind.cue, behind.plural)
        signs = [behind.sign, None if led else before.sign]
        if cue is not None:
            signs.append("cue" if cue.kind != "street" else "street")
        signs += saying.common
        if saying.given:
            signs.append("given_name")
            if "capital_after" in signs or "speech" in signs:
                signs.append("full_name")
        signs += saying.more
        known = self._signs.of(tuple(sign for sign in signs if sign is not None))
        return Look(known, cue, behind.more, before=led, plural=plural)


_NOTHING_BEFORE = _Before(closes=True, lowered="", sign=None)
_NO_CUE: tuple[CueType | None, bool] = (None, False)


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


def _cue_behind(following: re.Match[str], words: Lexicon) -> tuple[CueType, bool, int] | None:
    """Find "province", "oil field", "military air base" after a name; tell whether it is plural, and where it ends."""
    listed = [word.lower() for word in following.groups() if word]
    for number in range(len(listed), 0, -1):
        phrase = " ".join(listed[:number])
        bare = phrase if phrase in words.after else phrase.rstrip(".,")
        cue = words.after.get(bare)
        if cue is not None:
            if cue.kind == "road" and following[number][0].isupper():
                cue = words.kinds["street"]  # "Dublin Road" is an address, "the Dublin road" leads to Dublin
            plural = bare in words.plural
            more = following.start(number) + len(bare.split()[-1]) if cue.keep and not plural else 0
            return cue, plural, more
    return None


def _signs_before(words: Lexicon) -> dict[str, str]:
    """Return what words before a name say of it."""
    return {
        word: sign
        for sign, listed in (
            ("organisation_before", words.before_organisations),
            ("title", words.titles),
            ("locative", words.locative),
            ("taken", words.taken),
        )
        for word in listed
    }
