"""What transliterations of one name have in common even where nothing else tells that they are one: its consonants."""

from __future__ import annotations

import re

from tracker.places.names.folding import bare_key

__all__ = ["consonants"]

_WRITTEN_OTHERWISE = str.maketrans("qv", "kw")  # "Qasim" and "Kasim", "Vukovar" and "Wukowar"
_NOT_TOLD_APART = re.compile(r"(?<=[dtg])h")  # "Dhuluiya" and "Duluiya"
_VOWELS = re.compile(r"(?:[aeiouy ]|(?<=[aeiouy])(?:w|h\b))+")
_DOUBLED = re.compile(r"([a-z])\1+")


def consonants(name: str) -> str:
    """
    Return the consonants of a name as Latin letters tell them apart: "kh" is no "h", "sh" no "s".

    Vowels differ from one transliteration to the next, and so do doubled letters and an h or w that
    is part of a vowel. Many unrelated names share a folded key, few of them their consonants too.

    Examples
    --------
    >>> consonants("al-Haqlaniyah") == consonants("Al Ḩaqlānīya"), consonants("Bardere") == consonants("Baardheere")
    (True, True)
    >>> consonants("Ad Dawr") == consonants("al-Dour"), consonants("Khan al-Shih") == consonants("Hansi")
    (True, False)
    """
    key = _DOUBLED.sub(r"\1", bare_key(name).replace("ph", "f"))
    return _VOWELS.sub("", _NOT_TOLD_APART.sub("", key)).translate(_WRITTEN_OTHERWISE)
