"""
Keys under which spellings of one name meet.

Two keys, both pure functions of the text:

`exact_key`
    what is left of a name when case, accents, punctuation and spacing are set aside;
`folded_key`
    what is left when the habits of transliteration are set aside too, so that
    *Deir ez-Zor*, *Dayr az-Zawr*, *Deir Ezzor* and *Deir al-Zour* meet.

The folded key of a Latin or Cyrillic name is Latin; a name in Arabic or Hebrew
letters keeps its letters, for those scripts leave the vowels out and a key without
vowels lets unrelated towns meet. Such names meet their Latin ones in the
gazetteer, which holds both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

__all__ = ["FOLDING_VERSION", "exact_key", "folded_key", "folded_keys", "script_of"]

FOLDING_VERSION = 2  # part of the version of every compiled index: raise it when a key changes

# The Arabic article, and what it becomes before sun letters, in the usual transliterations.
_ARTICLES = frozenset({
    "al", "el", "il", "ul", "ar", "er", "ur", "as", "es", "us", "ash", "esh", "ush", "ad", "ed", "ud", "adh", "edh",
    "az", "ez", "uz", "an", "en", "un", "at", "et", "ut", "ath", "eth",
})  # fmt: skip
_GLUED_ARTICLE = re.compile(r"^[aeiu](?=(ch|sh|th|dh|[rsztdn])\1)")  # "Ezzor", "Azzour" for ez-Zor
_TOKEN = re.compile(r"[^\W_]+")
_MARKS = re.compile("[’‘ʼʻʿʾ'`´ʹʺ″′ـ\u200c\u200d\u200e\u200f\u061c\u00ad]")
_OWN_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")

_ARABIC = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ئ": "ي", "ؤ": "و", "ۆ": "و",
    "ة": "ه", "ە": "ه", "ۀ": "ه", "ھ": "ه", "ہ": "ه", "ک": "ك", "ڪ": "ك", "گ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ج",
    "ژ": "ز", "ڵ": "ل", "ڕ": "ر", "ء": None,
})  # fmt: skip
_LETTERS = str.maketrans({
    "ç": "ch", "č": "ch", "ć": "ch", "Ç": "ch", "Č": "ch", "Ć": "ch", "ş": "sh", "š": "sh", "Ş": "sh", "Š": "sh",
    "x": "ks", "ı": "i", "İ": "i", "ə": "e", "Ə": "e",
})  # fmt: skip
# Letter groups that transliterations exchange, in this order; then the single letters.
_GROUPS = (
    ("tch", "s"), ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("zh", "z"), ("th", "t"), ("dh", "d"),
    ("ph", "f"), ("dj", "j"), ("ck", "k"),
)  # fmt: skip
_SINGLES = str.maketrans("qcpvaeyow", "kkbbiiiuu")
_GLIDE = re.compile("(?<=[aeiou])y+(?=[aou]+[^aeiouwyh])")  # keeps Mayadin from Ma'dan and Qayyarah from Qarah
_DOUBLED = re.compile(r"(.)\1+")


def exact_key(text: str) -> str:
    """
    Return a name without case, accents, punctuation and runs of spaces.

    Examples
    --------
    >>> exact_key("Deir  ez-Zôr")
    'deir ez zor'
    >>> exact_key("Dar'a")
    'dara'
    """
    if text.isascii():
        plain = text.replace("'", "").replace("`", "").lower()
    else:
        decomposed = unicodedata.normalize("NFKD", _MARKS.sub("", text.casefold().translate(_ARABIC)))
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_TOKEN.findall(plain))


def folded_key(text: str) -> str:
    """
    Return the key under which the spellings of a name meet; empty when nothing is left.

    Articles go, digraphs and letters that transliterations exchange become one,
    doubled letters become single, a run of vowels becomes ``u`` when it holds a
    back vowel (o, u, w) and ``i`` otherwise, but a ``y`` between open vowels stays
    (as ``j``); the words are joined.

    Examples
    --------
    >>> folded_key("Deir ez-Zor") == folded_key("Dayr az Zawr") == folded_key("Deir Azzour")
    True
    >>> folded_key("Раккa") == folded_key("Ar-Raqqah") == folded_key("Raqa")
    True
    >>> folded_key("دير الزور"), folded_key("al")
    ('ديرزور', 'il')
    """
    if text.isascii():
        plain = text.lower()
        plain = plain.replace("'", "").replace("`", "") if "'" in plain or "`" in plain else plain
    else:
        plain = _latin_or_own(text).replace("'", "").replace("`", "")
    words = _TOKEN.findall(plain)
    kept = [word for word in words if word not in _ARTICLES] or words
    return "".join([_fold_word(word, index > 0) for index, word in enumerate(kept)])


def folded_keys(texts: Iterable[str]) -> list[str]:
    """Return the folded keys of many names, in order."""
    return [folded_key(text) for text in texts]


def script_of(text: str) -> str | None:
    """
    Return the ISO 15924 code of the first letter whose script is known, None without one.

    Examples
    --------
    >>> script_of("Raqqa"), script_of("الرقة"), script_of("Ракка"), script_of("137")
    ('Latn', 'Arab', 'Cyrl', None)
    """
    for char in text:
        if char.isalpha():
            if char < "\u0250":
                return "Latn"
            name = unicodedata.name(char, "").partition(" ")[0]
            if name in _SCRIPTS:
                return _SCRIPTS[name]
    return None


_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "SYRIAC": "Syrc", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana", "HANGUL": "Hang",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "THAI": "Thai", "ETHIOPIC": "Ethi", "TAMIL": "Taml", "MYANMAR": "Mymr",
    "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym",
    "SINHALA": "Sinh", "KHMER": "Khmr", "LAO": "Laoo", "TIBETAN": "Tibt", "MONGOLIAN": "Mong", "THAANA": "Thaa",
    "ORIYA": "Orya", "TIFINAGH": "Tfng", "NKO": "Nkoo",
}  # fmt: skip


def _latin_or_own(text: str) -> str:
    """Arabic, Hebrew and their kin normalised in their own letters; everything else in Latin ones."""
    text = _MARKS.sub("", text.casefold())
    if not _OWN_LETTERS.search(text):
        return str(anyascii(unicodedata.normalize("NFC", text).translate(_LETTERS))).lower()
    plain = unicodedata.normalize("NFKD", text).translate(_ARABIC)
    return "".join([char for char in plain if not unicodedata.combining(char)])


@lru_cache(maxsize=1 << 17)
def _fold_word(word: str, glued: bool) -> str:
    if not word.isascii():
        bare = word.removeprefix("ال")
        return bare if len(bare) > 1 else word
    if glued:
        word = _GLUED_ARTICLE.sub("", word)
    for group, letter in _GROUPS:
        word = word.replace(group, letter)
    word = _DOUBLED.sub(r"\1", _GLIDE.sub("j", word).translate(_SINGLES))
    if word.endswith(("ih", "uh")):
        word = word[:-1]
    # A run of vowels is now i and u in turn: where there is a u the run becomes u.
    return _DOUBLED.sub(r"\1", word.replace("iu", "u").replace("ui", "u"))
