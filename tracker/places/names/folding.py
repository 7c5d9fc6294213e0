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

import numpy as np
from anyascii import anyascii

__all__ = [
    "FOLDING_VERSION",
    "JOINED",
    "bare_key",
    "exact_key",
    "folded_key",
    "folded_keys",
    "joined_offsets",
    "letters_of",
    "script_of",
]

FOLDING_VERSION = 6  # part of the version of every compiled index: raise it when a key changes

# The Arabic article in the usual transliterations, also before sun letters: al, el, ar, esh, ad, udh …
_ARTICLES = (*(vowel + rest for vowel in "aeu" for rest in ("sh", "dh", "th", *"lrsdznt")), "il")
_ARTICLE = re.compile(rf"\b(?:{'|'.join(_ARTICLES)})\b ?")
_GLUED_ARTICLE = re.compile(r" [aeiu](?=(ch|sh|th|dh|[rsztdn])\1)")  # "Ezzor", "Azzour" for ez-Zor
_OWN_ARTICLE = re.compile(r"ال(?<!\wال)(?=\w\w)")
# Vowel signs of the scripts of India and its neighbours are letters of a key, though no letters to Unicode.
SIGNS = frozenset(
    chr(code)
    for code in (*range(0x0900, 0x10A0), *range(0x1780, 0x1800))
    if unicodedata.category(chr(code)) in {"Mn", "Mc"} and not unicodedata.combining(chr(code))
)
_TOKEN = re.compile(f"(?:[^\\W_]|[{''.join(sorted(SIGNS))}])+")

_MARKS = frozenset("’‘ʼʻʿʾ'`´ʹʺ″′ـ\u200c\u200d\u200e\u200f\u061c\u00ad")
_ARABIC = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ئ": "ي", "ؤ": "و", "ۆ": "و",
    "ة": "ه", "ە": "ه", "ۀ": "ه", "ھ": "ه", "ہ": "ه", "ک": "ك", "ڪ": "ك", "گ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ج",
    "ژ": "ز", "ڵ": "ل", "ڕ": "ر", "ء": "",
}  # fmt: skip
_LETTERS = {"ç": "ch", "č": "ch", "ć": "ch", "ş": "sh", "š": "sh", "x": "ks", "ə": "e"}

# Letter groups that transliterations exchange, in this order; then the single letters.
_GROUPS = (
    ("tch", "s"), ("tsh", "s"), ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("zh", "z"), ("th", "t"),
    ("dh", "d"), ("ph", "f"), ("dj", "j"), ("ck", "k"),
)  # fmt: skip
_SINGLES = str.maketrans("qcpvaeyow", "kkbbiiiuu")
_GLIDE = re.compile("y+(?=[aou]+[^aeiouwyh \n])")  # after a vowel: keeps Mayadin from Ma'dan and Qayyarah from Qarah
_BREATHED = re.compile(r"h(?=[klmnpst])(?<![^ \n]h)")  # Burmese: "Hpakant", "Htigyaing"
_VOWELS = frozenset("aeiou")
_DOUBLED = re.compile(r"([a-z])\1+")
_FEW = 100  # characters: a pattern is faster for one name, an array for thousands
_BATCH = 20_000  # names folded at a time: enough to be fast, few enough to be small


def exact_key(text: str) -> str:
    """
    Return a name without case, accents, punctuation and runs of spaces.

    Examples
    --------
    >>> exact_key("Deir  ez-Zôr")
    'deir ez zor'
    >>> exact_key("Dar'a"), exact_key("मुंबई")
    ('dara', 'मुंबई')
    """
    plain = text.replace("'", "").replace("`", "").lower() if text.isascii() else letters_of(text)
    return " ".join(_TOKEN.findall(plain))


def letters_of(text: str) -> str:
    """Return a text without case, accents and apostrophes; each character becomes what it becomes alone."""
    bare = "".join([_ARABIC.get(char, char) for char in text.casefold() if char not in _MARKS])
    return "".join([char for char in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(char)])


def bare_key(text: str) -> str:
    """
    Return the exact key without the Arabic article.

    Examples
    --------
    >>> bare_key("al-Hawija") == bare_key("Hawija")
    True
    """
    key = exact_key(text)
    return _ARTICLE.sub("", key).strip() or key


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
    return _fold(text.replace("\n", " "))[0]


def folded_keys(texts: Iterable[str]) -> list[str]:
    """Return the folded keys of many names, in order: what `folded_key` gives, many times faster."""
    names = [text.replace("\n", " ") if "\n" in text else text for text in texts]
    keys = [""] * len(names)
    for plain in (True, False):  # text in ASCII alone is folded much faster
        numbers = [number for number, name in enumerate(names) if name.isascii() == plain]
        for start in range(0, len(numbers), _BATCH):
            part = numbers[start : start + _BATCH]
            for number, key in zip(part, _fold("\n".join([names[number] for number in part])), strict=True):
                keys[number] = key
    return keys


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


def unjoined(text: str) -> list[str]:
    """
    Return what an Arabic name may be without the small word that is written onto it: "in", "to", "and", "so", "as".

    Examples
    --------
    >>> unjoined("بالرقة"), unjoined("للرقة"), unjoined("وحلب"), unjoined("Raqqa")
    (['الرقة'], ['الرقة', 'لرقة'], ['حلب'], [])
    """
    found: list[str] = []
    if text.startswith("لل"):
        found.append("ال" + text[2:])
    if len(text) > _LEAST_JOINED and text[0] in JOINED:
        found.append(text[1:])
        found += unjoined(text[1:]) if text[0] in "وف" and text[1] in JOINED[1:] else []
    return found


def joined_offsets(word: str) -> list[tuple[int, bool]]:
    """
    Return where in a word of a running Arabic text a name of three letters and more may begin behind small words.

    Beside each stands whether the alef of the name's article fell out there, as it does behind "to".

    Examples
    --------
    >>> joined_offsets("بالرقة"), joined_offsets("للرقة"), joined_offsets("ولحلب"), joined_offsets("ببا")
    ([(1, False)], [(1, False), (1, True)], [(1, False), (2, False)], [])
    """
    found: list[tuple[int, bool]] = []
    at = 0
    while at < 2 and len(word) - at > _LEAST_JOINED and word[at] in (_SECOND if at else JOINED):
        found.append((at + 1, False))
        if word.startswith("لل", at):
            found.append((at + 1, True))
        if word[at] not in "وف":
            break
        at += 1
    return found


JOINED = "وفبلك"  # and, so, in, to, as
_SECOND = "بلك"  # those that "and" and "so" are written onto
_LEAST_JOINED = 3  # letters of a name with its small word

_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "SYRIAC": "Syrc", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana", "HANGUL": "Hang",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "THAI": "Thai", "ETHIOPIC": "Ethi", "TAMIL": "Taml", "MYANMAR": "Mymr",
    "GURMUKHI": "Guru", "GUJARATI": "Gujr", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym",
    "SINHALA": "Sinh", "KHMER": "Khmr", "LAO": "Laoo", "TIBETAN": "Tibt", "MONGOLIAN": "Mong", "THAANA": "Thaa",
    "ORIYA": "Orya", "TIFINAGH": "Tfng", "NKO": "Nkoo",
}  # fmt: skip


class _Letters(dict[int, str]):
    """What each character becomes, found when it is first met: letters, digits, a space, or nothing."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = found = char if char == "\n" else _letters_of(char)
        return found


_letters = _Letters()


def _letters_of(char: str) -> str:
    if char in _MARKS or unicodedata.combining(char):
        return ""
    if "\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc":  # Hebrew, Arabic, Syriac: their own letters
        plain = "".join(one for one in unicodedata.normalize("NFKD", char) if not unicodedata.combining(one))
        plain = "".join(_ARABIC.get(one, one) for one in plain)
    else:
        plain = _LETTERS.get(char) or _base_of(char) or str(anyascii(char)).lower().replace("'", "").replace("`", "")
    return "".join(one if one.isalnum() else " " for one in plain)


def _base_of(char: str) -> str:
    """Return the Latin letter that bears the accents of a character, which `anyascii` gives too once it is loaded."""
    bare = "".join([one for one in unicodedata.normalize("NFKD", char) if not unicodedata.combining(one)])
    return bare.lower() if len(bare) == 1 and bare.isascii() and bare.isalpha() else ""


# Of ASCII characters all but an "x" become one letter or a space, or go.
_GONE = bytes(code for code in range(128) if not _letters[code])
_ASCII_LETTERS = bytes(
    ord(_letters[ord(chr(code).lower())]) if len(_letters[ord(chr(code).lower())]) == 1 else code | 0x20
    for code in range(128)
) + bytes(128)


def _fold(names: str) -> list[str]:
    """Fold names that stand one a line."""
    plain = _single_spaced(_plain(names))
    text = f" {plain} ".replace("\n", " \n ")
    words = set(text.split(" "))
    for article in _ARTICLES:
        if article in words:
            text = _without(text, f" {article} ", " ")
    text = _GLUED_ARTICLE.sub(" ", _single_spaced(text))
    if "ال" in text:
        text = _OWN_ARTICLE.sub("", text)
    keys = _fold_letters(text).split("\n")
    if "" in keys:  # nothing but articles: they are the name
        whole = plain.split("\n")
        keys = [key or (_fold_letters(line) if line else "") for key, line in zip(keys, whole, strict=True)]
    return keys


def _plain(names: str) -> str:
    """Return names in Latin letters and spaces, or in letters of their own."""
    if names.isascii():
        return names.encode("ascii").translate(_ASCII_LETTERS, _GONE).decode("ascii").replace("x", _letters[ord("x")])
    return unicodedata.normalize("NFC", names.casefold()).translate(_letters)


def _single_spaced(text: str) -> str:
    """Return lines without runs of spaces and without outer ones."""
    return _without(text, "  ", " ").replace("\n ", "\n").replace(" \n", "\n").strip(" ")


def _without(text: str, old: str, new: str) -> str:
    """Replace until nothing is left to replace."""
    while (shorter := text.replace(old, new)) != text:
        text = shorter
    return text


def _fold_letters(text: str) -> str:
    for group, letter in _GROUPS:
        text = text.replace(group, letter)
    text = _BREATHED.sub("", text)
    text = _single_letters(_GLIDE.sub(_glide, text).translate(_SINGLES))
    for vowel in "iu":
        text = text.replace(f"{vowel}h ", f"{vowel} ").replace(f"{vowel}h\n", f"{vowel}\n")
    text = text[:-1] if text.endswith(("ih", "uh")) else text
    # A run of vowels is now i and u in turn: where there is a u the run becomes u.
    return _single_letters(text.replace("iu", "u").replace("ui", "u")).replace(" ", "")


def _glide(found: re.Match[str]) -> str:
    start = found.start()
    return "j" if start and found.string[start - 1] in _VOWELS else found[0]


def _single_letters(text: str) -> str:
    """Make doubled letters single."""
    if len(text) < _FEW:
        return _DOUBLED.sub(r"\1", text)
    codes = (
        np.frombuffer(text.encode("ascii"), np.uint8)
        if text.isascii()
        else np.frombuffer(text.encode("utf-32-le"), "<u4")
    )
    letter = (codes >= ord("a")) & (codes <= ord("z"))
    kept: bytes = codes[np.append(True, (codes[1:] != codes[:-1]) | ~letter[1:])].tobytes()
    return str(kept, "ascii" if codes.itemsize == 1 else "utf-32-le")
