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

__all__ = [
    "APOSTROPHES", "HYPHENS", "JOINERS", "PARTICLES", "SPACELESS", "SPACELESS_RANGES", "parted", "word_start",
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


@cache
def word_start() -> re.Pattern[str]:
    """
    Return the pattern of a word that a name may start with, compiled on first use; offsets are code points.

    Examples
    --------
    >>> [found[0] for found in word_start().finditer("the army took Ma’arrat al-Nu'man, الرقة and Niš")]
    ['Ma’arrat', "Nu'man", 'الرقة', 'Niš']
    """
    capital, caseless, marks = _classes()
    body = rf"\w{marks}{JOINERS}"
    tail = rf"[{body}]*(?:[{APOSTROPHES}][{body}]+)*"
    opening = rf"[{capital}{caseless}0-9{SPACELESS}](?<![^\W{SPACELESS}].)(?<![{marks}].)"
    return re.compile(rf"{opening}(?:(?<=[{SPACELESS}])|{tail})")


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
