"""What a name says by itself, wherever it stands; worked out once a spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.places.lexicon import Lexicon
from tracker.places.matching.matcher import name_key

if TYPE_CHECKING:
    from tracker.places.ranking.candidates import Candidates

__all__ = ["Saying", "Spelling", "SpellingBook"]

_LONGEST_HOPELESS = 12
_MOST = 50_000  # spellings that are kept


class _Said(NamedTuple):
    common: tuple[str, ...]
    given: bool
    more: tuple[str, ...]


class Saying:
    """
    The signs of a name by itself; names that say the same share it.

    Attributes
    ----------
    common, more
        Signs.
    given
        Whether it is a person's given name.
    """

    __slots__ = ("common", "given", "more")

    def __init__(self, common: tuple[str, ...], more: tuple[str, ...], *, given: bool) -> None:
        self.common = common
        self.given = given
        self.more = more


class Spelling:
    """
    A name as it is spelt in a text.

    Attributes
    ----------
    hope
        Whether it may be a place: not a word such as "I" or "Mr"; None for a postal code.
    opens
        Whether a name may begin with it.
    saying
        What it says.
    capitals
        Whether it is written in capitals alone.
    alike
        The places that bear it in another spelling, None when these were not looked up.
    """

    __slots__ = ("_key", "alike", "capitals", "hope", "opens", "saying", "text")

    def __init__(self, text: str, saying: Saying, *, hope: bool | None, opens: bool) -> None:
        self.text = text
        self.saying = saying
        self.hope = hope
        self.opens = opens
        self.capitals = text.isupper() and len(text) > 1 and text.isalpha()
        self.alike: Candidates | None = None
        self._key: str | None = None

    @property
    def key(self) -> str:
        """The key under which the table would hold it."""
        if self._key is None:
            self._key = name_key(self.text)
        return self._key


class SpellingBook(dict[str, Spelling]):
    """
    Names by their spelling; what it does not hold it works out.

    Examples
    --------
    >>> from tracker.places.lexicon import lexicon
    >>> spelling = SpellingBook(lexicon())["Mr"]
    >>> spelling.hope, spelling.opens
    (False, False)
    """

    def __init__(self, words: Lexicon) -> None:
        super().__init__()
        self._words = words
        self._sayings: dict[_Said, Saying] = {}

    def __missing__(self, text: str) -> Spelling:
        words, lowered = self._words, text.lower()
        straight = lowered.replace("’", "'") if "’" in lowered else lowered
        opens = text[:1].isalpha() and not (straight in words.common or straight in words.never or len(straight) == 1)
        found = self[text] = Spelling(text, self._say(text, lowered), hope=self._hope(text, straight), opens=opens)
        return found

    def forget(self) -> None:
        """Forget all when it is too much; not while a page is read, for its equal names are one object."""
        if len(self) >= _MOST:
            self.clear()

    def _hope(self, name: str, lowered: str) -> bool | None:
        words = self._words
        if len(name) > _LONGEST_HOPELESS:
            return True
        if len(name) == 1 and name.isascii():
            return False
        if name in words.postal and name not in words.short:
            return None
        if lowered.startswith("the "):
            return not (lowered[4:] in words.common or lowered[4:] in words.dictionary)
        return not (lowered in words.never or lowered in words.particles)

    def _say(self, name: str, lowered: str) -> Saying:
        words = self._words
        common: tuple[str, ...] = ()
        if lowered in words.common or lowered in words.dictionary:
            common = ("common" if lowered in words.common else "dictionary",)
        spaced = " " in name
        if spaced and lowered.rpartition(" ")[2] in words.after:
            common += ("type_in_name",)
        more: tuple[str, ...] = ("surname",) if lowered in words.surnames else ()
        if spaced or "-" in name:
            more += ("several_words",)
        said = _Said(common, lowered in words.given, more)
        found = self._sayings.get(said)
        if found is None:
            found = self._sayings[said] = Saying(said.common, said.more, given=said.given)
        return found
