"""What the words around a name say: whether it is a place at all, and of which kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.places.lexicon import CueType, Lexicon

__all__ = ["Context", "read_context"]

_REACH = 48  # characters on either side that are read; the longest cue phrase has 30
_CLOSERS = ".!?…:;"
_QUOTES = '"“”‘’«»„()[]'
_ABBREVIATED = frozenset(
    {"mt.", "co.", "st.", "dr.", "gov.", "sgt.", "lt.", "gen.", "sen.", "mr.", "mrs.", "ms.", "col."}
)
_NISBA = re.compile(r"a[lrsdznt]-")  # before a surname that tells where a family is from
_NEXT_WORDS = re.compile(
    r"[ \u00a0]([^\W_][\w'’-]*\.?)(?:[ \u00a0]([^\W_][\w'’-]*\.?))?(?:[ \u00a0]([^\W_][\w'’-]*\.?))?"
)


@dataclass(slots=True, kw_only=True)
class Context:
    """
    The signs beside one name.

    Attributes
    ----------
    signs
        Names of what was seen; each has a weight in ``data/places/weights.toml``.
    cue
        The kind of place that the words name, None when they name none.
    cue_end
        Where a cue phrase after the name ends, None when it stands before it or is missing.
    plural
        Whether the cue speaks of several places ("the villages of").
    before
        Whether the cue stands before the name.
    """

    signs: list[str] = field(default_factory=list)
    cue: CueType | None = None
    cue_end: int | None = None
    plural: bool = False
    before: bool = False


def read_context(text: str, start: int, end: int, words: Lexicon) -> Context:
    """
    Read the words around ``text[start:end]``.

    Examples
    --------
    >>> from tracker.places.lexicon import lexicon
    >>> context = read_context("inside the province of Raqqa.", 23, 28, lexicon())
    >>> context.cue.kind, context.signs
    ('adm1', ['cue'])
    """
    context = Context()
    _read_after(text, end, words, context)
    _read_before(text, start, words, context)
    if context.cue is not None:
        context.signs.append("cue")
    return context


def _read_after(text: str, end: int, words: Lexicon, context: Context) -> None:
    following = _NEXT_WORDS.match(text, end, end + _REACH)
    if following is None:
        if text.startswith("-", end) and text[end + 1 : end + 2].islower():
            context.signs.append("hyphen_after")
        elif text.startswith(("'s", "’s"), end):
            context.signs.append("possessive")
        return
    if _cue_after(following, words, context):
        return
    sign = _sign_after(following, words)
    if sign is not None:
        context.signs.append(sign)


def _sign_after(following: re.Match[str], words: Lexicon) -> str | None:
    """Return what the words after a name say of it."""
    first = following[1]
    lowered = first.lower().rstrip(".")
    if lowered in words.bodies:
        return "body_after"
    if lowered in words.speech:
        return "speech"
    if not first[0].isupper():
        return "unit_after" if lowered in words.organisations else None
    if lowered in words.organisations:
        return "organisation_after"
    for number in (2, 3):  # "Hama Military Council", "Black Sea Fleet"
        word = following[number]
        if word is None or not word[0].isupper() or following[number - 1][-1] in ".,":
            break
        bare = word.lower().rstrip(".")
        if bare in words.bodies or bare in words.organisations:
            return "body_after" if lowered in words.body_openers else "organisation_run"
    return "capital_after"


def _cue_after(following: re.Match[str], words: Lexicon, context: Context) -> bool:
    """Find "province", "oil field", "military air base" after a name."""
    listed = [word.lower() for word in following.groups() if word]
    for number in range(len(listed), 0, -1):
        phrase = " ".join(listed[:number])
        bare = phrase if phrase in words.after else phrase.rstrip(".,")
        cue = words.after.get(bare)
        if cue is not None:
            if cue.kind == "road" and following[number][0].isupper():
                cue = words.kinds["street"]  # "Dublin Road" is an address, "the Dublin road" leads to Dublin
            context.cue = cue
            context.cue_end = following.start(number) + len(bare.split()[-1])
            context.plural = bare in words.plural
            return True
    return False


def _read_before(text: str, start: int, words: Lexicon, context: Context) -> None:
    line = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    listed = line.split()
    if not listed or (listed[-1][-1] in _CLOSERS and listed[-1].lower() not in _ABBREVIATED) or listed[-1] in _QUOTES:
        context.signs.append("sentence_start")
        return
    if line[-1] not in " \u00a0":
        if _NISBA.fullmatch(listed[-1]):  # "Ahmad al-Homsi", "in al-Bab"
            listed.pop()
            sign = _sign_before(listed[-1], "", words) if listed else None
            context.signs.append(sign if sign in {"given_before", "title"} else "joined_before")
        elif line[-1] in "-‐‑–—/":
            context.signs.append("joined_before")
        return
    last, second, third = listed[-1], *(["", "", *(word.lower() for word in listed[:-1])][:-3:-1])
    if context.cue is None:
        _cue_before(last.lower(), second, third, words, context)
    if not context.before:
        sign = _sign_before(last, second, words)
        if sign is not None:
            context.signs.append(sign)


def _sign_before(last: str, second: str, words: Lexicon) -> str | None:
    """Return what the word before a name says of it."""
    lowered = last.lower()
    bare = lowered.strip(_QUOTES).rstrip(".")
    verb = second if lowered == "the" else bare
    if verb in words.taken or verb in words.locative:
        return "taken" if verb in words.taken else "locative"
    if lowered in {"the", "of"}:
        return lowered
    if bare in words.titles:
        return "title"
    if bare in words.before_organisations:
        return "organisation_before"
    if last[0].isupper() and last[-1] not in ",;" and bare not in words.common:
        return "given_before" if bare in words.given else "capital_before"
    return None


def _cue_before(last: str, second: str, third: str, words: Lexicon, context: Context) -> None:
    """Find "city of", "the villages of", "Lake", "Mount" before a name."""
    if last == "the":
        last, second, third = second, third, ""
    phrases = (f"{third} {second} {last}", f"{second} {last}", last)
    for phrase in phrases:
        cue = words.before.get(phrase)
        if cue is not None:
            context.cue = cue
            context.before = True
            context.plural = phrase in words.plural
            return
