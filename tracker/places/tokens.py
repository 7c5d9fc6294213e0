"""
Words of a text, whatever its script, with the offsets they stand at.

A word is a run of letters, digits and the marks that belong to them, with
apostrophes inside it ("Ma'arrat"). Scripts that write no spaces (Chinese,
Japanese, Thai, Lao, Khmer, Burmese) have words of one character. A place name
starts with a capital letter, with a letter of a script that has no capitals, with
a digit, or with a small article joined to a capital ("al-Bab").
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

__all__ = [
    "APOSTROPHES", "HYPHENS", "JOINERS", "PARTICLES", "SPACELESS", "SPACELESS_RANGES", "WordPatterns", "parted",
    "word_patterns",
]  # fmt: skip

_LAST = 0xFFFF  # the first plane: a class that reaches beyond it is searched ten times slower
SPACELESS_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
)
SPACELESS = "".join(f"{chr(first)}-{chr(last)}" for first, last in SPACELESS_RANGES)  # inside of a character class
APOSTROPHES = "'’‘ʼʻʿʾ`´"
HYPHENS = "-‐‑"
JOINERS = "\u200c\u200d"
# Articles that names begin with and that sentences do not capitalise.
PARTICLES = (
    "al", "el", "ar", "er", "as", "es", "ash", "esh", "ad", "ed", "adh", "az", "ez", "an", "en", "at", "et", "ath",
    "ul", "le", "la", "les", "los", "las", "de", "het", "den", "oum", "um", "bir", "tal", "tel", "tell",
)  # fmt: skip


_BETWEEN_SPACELESS = re.compile(f"(?<=[{SPACELESS}])(?=[{SPACELESS}])")


def parted(key: str) -> str:
    """Return a key with a space between characters of scripts that write none."""
    return _BETWEEN_SPACELESS.sub(" ", key)


class WordPatterns(NamedTuple):
    """
    The compiled patterns; offsets are code points.

    Attributes
    ----------
    start
        A word that a name may start with.
    more
        What may stand between two words of one name, then (group 1) the next word.
    particle
        A small article (group 1) with its joint, up to the end of what is searched.
    word
        Any word.
    """

    start: re.Pattern[str]
    more: re.Pattern[str]
    particle: re.Pattern[str]
    word: re.Pattern[str]


@cache
def word_patterns() -> WordPatterns:
    """
    Compile the patterns on first use.

    Examples
    --------
    >>> [found[0] for found in word_patterns().start.finditer("the army took Ma’arrat al-Nu'man, الرقة and Niš")]
    ['Ma’arrat', "Nu'man", 'الرقة', 'Niš']
    """
    capital, caseless, marks = _classes()
    spaceless, hyphens = SPACELESS, re.escape(HYPHENS)
    body = rf"\w{marks}{JOINERS}"
    tail = rf"[{body}]*(?:[{APOSTROPHES}][{body}]+)*"
    single = rf"[{spaceless}]"
    start = rf"[{capital}{caseless}0-9{spaceless}](?<![^\W{spaceless}].)(?<![{marks}].)(?:(?<={single})|{tail})"
    word = rf"(?:{single}|[^\W_{spaceless}]{tail})"
    # One joint: a space, a hyphen, a line end in the middle of a paragraph, or the full stop of "St."
    joint = rf"(?:[ \u00a0]{{1,2}}|[ ]?[{hyphens}][ ]?|[ ]?\r?\n(?![ \r\n])|\.[ ]?|(?<=[{spaceless}])(?=[{spaceless}]))"
    return WordPatterns(
        start=re.compile(start),
        more=re.compile(rf"{joint}[{APOSTROPHES}]?({word})"),
        particle=re.compile(rf"(?<![{body}])({'|'.join(PARTICLES)})[ \u00a0{hyphens}{APOSTROPHES}]{{1,2}}\Z"),
        word=re.compile(word),
    )


def _classes() -> tuple[str, str, str]:
    """Return the insides of character classes: capitals, letters without case, combining marks."""
    capital: list[int] = []
    caseless: list[int] = []
    marks: list[int] = []
    spaceless = {code for first, last in SPACELESS_RANGES for code in range(first, last + 1)}
    for code in range(_LAST + 1):
        category = unicodedata.category(chr(code))
        if category in {"Lu", "Lt"}:
            capital.append(code)
        elif category == "Lo" and code not in spaceless:
            caseless.append(code)
        elif category in {"Mn", "Mc"}:
            marks.append(code)
    return _ranges(capital), _ranges(caseless), _ranges(marks)


def _ranges(codes: list[int]) -> str:
    """Write sorted code points as the inside of a character class."""
    parts: list[str] = []
    first = last = codes[0]
    for code in [*codes[1:], -1]:
        if code == last + 1:
            last = code
            continue
        parts.append(re.escape(chr(first)) if first == last else f"{re.escape(chr(first))}-{re.escape(chr(last))}")
        first = last = code
    return "".join(parts)
