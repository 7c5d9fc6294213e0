"""
What words are made of, whatever their script.

A word is a run of letters, digits and the marks that belong to them, with
apostrophes inside it ("Ma'arrat"). Scripts that write no spaces (Chinese,
Japanese, Thai, Lao, Khmer, Burmese) have words of one character. A place name
starts with a capital letter, with a letter of a script that has no capitals, with
a digit, or with a small article joined to a capital ("al-Bab").
"""

from __future__ import annotations

import re

__all__ = ["APOSTROPHES", "HYPHENS", "JOINERS", "PARTICLES", "SPACELESS", "SPACELESS_RANGES", "parted"]

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
