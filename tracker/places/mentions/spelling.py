"""What a name says by itself, wherever it stands; worked out once a spelling."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tracker.places.lexicon import Lexicon
from tracker.places.names.alphabet import Alphabet, exact_keys
from tracker.places.names.tokens import parted

if TYPE_CHECKING:
    from tracker.places.ranking.candidates import Candidates

__all__ = ["Saying", "Spelling", "SpellingBook"]

_MOST = 50_000  # spellings that are kept


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
    opens
        Whether a name may begin with it.
    saying
        What it says.
    capitals
        Whether it is written in capitals alone.
    key
        Under which the table would hold it; empty as long as nobody asked for it.
    alike
        The places that bear it in another spelling, None when these were not looked up.
    """

    __slots__ = ("alike", "capitals", "key", "opens", "saying", "text")

    def __init__(self, text: str, saying: Saying, *, opens: bool, capitals: bool) -> None:
        self.text = text
        self.saying = saying
        self.opens = opens
        self.capitals = capitals
        self.alike: Candidates | None = None
        self.key = ""


class SpellingBook(dict[str, Spelling]):
    """
    Names by their spelling; what it does not hold it works out.

    Examples
    --------
    >>> from tracker.places.lexicon import lexicon
    >>> spellings = SpellingBook(lexicon())
    >>> spellings["Mr"].opens, spellings["New York"].saying.more
    (False, ('several_words',))
    """

    def __init__(self, words: Lexicon, letters: Alphabet | None = None) -> None:
        super().__init__()
        self._letters = letters
        flags = list(itertools.product((False, True), repeat=4))
        self._sayings = {
            (common, *held): _saying(common, held) for common in (None, "common", "dictionary") for held in flags
        }
        self._words = words

    def __missing__(self, text: str) -> Spelling:
        words, lowered = self._words, text.lower()
        straight = lowered.replace("’", "'") if "’" in lowered else lowered
        common = lowered in words.common
        shut = (
            len(straight) == 1
            or straight in words.never
            or (common if straight is lowered else straight in words.common)
        )
        several = " " in text
        saying = self._sayings[
            "common" if common else "dictionary" if lowered in words.dictionary else None,
            several and lowered.rpartition(" ")[2] in words.after,
            lowered in words.given,
            lowered in words.surnames,
            several or "-" in text,
        ]
        found = self[text] = Spelling(
            text,
            saying,
            opens=not shut and text[0].isalpha(),
            capitals=text.isupper() and len(text) > 1 and text.isalpha(),
        )
        return found

    def give_keys(self, names: Iterable[Spelling]) -> None:
        """Work out the keys of names that have none."""
        fresh = [name for name in names if not name.key]
        for name, key in zip(fresh, exact_keys([name.text for name in fresh], self._letters), strict=True):
            name.key = key if key.isascii() else parted(key)

    def forget(self) -> None:
        """Forget all when it is too much; not while a page is read, for its equal names are one object."""
        if len(self) >= _MOST:
            self.clear()


def _saying(common: str | None, held: tuple[bool, ...]) -> Saying:
    """Return what a name says that holds a type word or not, is a given name or a surname, or has several words."""
    typed, given, surname, several = held
    signs = [common] if common is not None else []
    more = [sign for sign, here in (("surname", surname), ("several_words", several)) if here]
    return Saying((*signs, *(["type_in_name"] if typed else [])), tuple(more), given=given)
