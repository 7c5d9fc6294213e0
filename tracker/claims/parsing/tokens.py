"""
Tokens of a sentence, with each place name and each actor's name drawn together into one.

A parser trained on newspaper English stumbles over transliterated names and reads
the acronym "IS" as a verb. Each named thing therefore becomes one token, which the
parser sees under a plain stand-in ("London", "rebels"); offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.claims.entities import Entity

__all__ = ["Token", "tokenize"]

_PIECE = re.compile(  # white space and what stands behind it: every sign of a text is in one of both
    r"(\s*)([A-Za-z]++(?=[ ,;:\n])"  # most words, found without trying the rest
    r"|\d+(?:st|nd|rd|th)(?!\w)"  # "the 2nd Brigade", "on the 28th"
    r"|\d+(?:[.,:]\d+)*"
    r"|(?:[A-Za-z]\.){2,5}"
    r"|(?:[Rr]e|[Cc]ounter|[Tt]ake|[Pp]ull|[Ww]ithin)-[a-z]{3,}"
    r"|[^\W\d_]+(?:[’'ʿʾ‘`][^\W\d_]+)*"
    r"|\w+"
    r"|\.{2,}|[^\w\s])"
)
_INITIALS = re.compile(r"(?:^|\s)(?:[A-Z]\.){1,4}[A-Z]\Z")
_DASHES = frozenset({"-", "–", "—"})
_CLITIC = re.compile(r"(?<=\w)(?:['’](?:s|S|re|ve|ll|d|m)|n['’]t)$")


@dataclass(slots=True, eq=False, init=False)
class Token:
    """
    One token, and what a back end says of it.

    Attributes
    ----------
    start, end
        Offsets into the report's text.
    lower
        The text in lower case.
    shown
        What the parser sees: the text itself or a stand-in for a name.
    spaced
        Whether white space follows.
    lemma, tag, dep, head
        Lower-case base form, Penn tag, ClearNLP dependency label and index of the
        head, filled by the back end; the root is its own head.
    entity
        The place, actor, date or unknown name that the token stands for.
    kind
        Kind of the entity: ``place``, ``actor``, ``held``, ``name``, ``date`` or None.
    """

    i: int
    start: int
    end: int
    text: str
    shown: str
    spaced: bool
    lower: str
    lemma: str
    tag: str
    dep: str
    head: int
    entity: Entity | None
    kind: str | None

    def __init__(self, i: int, start: int, end: int, text: str, shown: str, *, spaced: bool) -> None:
        self.i, self.start, self.end = i, start, end
        self.text, self.shown, self.spaced = text, shown, spaced
        self.lower = text.lower()  # asked for some twenty times a token
        self.lemma = self.tag = self.dep = ""
        self.head = -1
        self.entity = self.kind = None

    def stands_for(self, entity: Entity) -> None:
        """Let the parser see a named thing's stand-in instead of its words."""
        self.entity, self.kind, self.shown = entity, entity.kind, entity.stand_in


def tokenize(text: str, start: int, end: int, entities: Sequence[Entity]) -> list[Token]:
    """
    Return the tokens of ``text[start:end]``; `entities` lie inside it, ordered, without overlaps.

    Examples
    --------
    >>> [t.text for t in tokenize("The army's rebel-held town wasn't taken.", 0, 40, [])]
    ['The', 'army', "'s", 'rebel', '-', 'held', 'town', 'was', "n't", 'taken', '.']
    """
    tokens: list[Token] = []
    at = start
    for entity in entities:
        _plain(tokens, text, at, entity.start)
        at = entity.end
        if at < end and text[at] == "." and _INITIALS.search(entity.text):
            at += 1  # the last dot of "U.S."
        _add(tokens, text, entity.start, at)
        tokens[-1].stands_for(entity)
    _plain(tokens, text, at, end)
    _unshouted(tokens)
    return tokens


def _unshouted(tokens: Sequence[Token]) -> None:
    """Show the parser a headline in capitals in lower case, and a dash between blanks as a comma."""
    words = []
    shouted = True
    for token in tokens:
        word = token.text
        if word in _DASHES:
            if token.spaced and token.i and token.entity is None and tokens[token.i - 1].spaced:
                token.shown = ","
        elif shouted and token.entity is None and len(word) > 1 and word.isalpha():
            shouted = word.isupper()
            words.append(token)
    if shouted and len(words) > 1:
        for token in words:
            token.shown = token.lower


def _plain(tokens: list[Token], text: str, start: int, end: int) -> None:
    last = start
    for blank, word in _PIECE.findall(text, start, end):
        first = last + len(blank)
        last = first + len(word)
        if word.isalnum() and word not in {"s", "S"}:  # it is printable, too
            tokens.append(Token(len(tokens), first, last, word, word, spaced=text[last : last + 1].isspace()))
            continue
        if "'" not in word and "’" not in word:
            _add(tokens, text, first, last)
            continue
        clitic = _CLITIC.search(word) if len(word) < 40 else None
        if clitic and clitic.start() > 0:
            middle = first + clitic.start()
            _add(tokens, text, first, middle)
            _add(tokens, text, middle, last)
        elif len(word) > 1 or text[last : last + 1] not in {"s", "S"} or not tokens:
            _add(tokens, text, first, last)
        # else the clitic of a drawn-together name: "Aleppo" + "'" + "s"


def _add(tokens: list[Token], text: str, start: int, end: int) -> None:
    word = text[start:end]
    if word in {"s", "S"} and start > 0 and text[start - 1] in "'’":
        start -= 1
        word = text[start:end]
    spaced = end < len(text) and text[end].isspace()
    tokens.append(Token(len(tokens), start, end, word, _shown(word), spaced=spaced))


_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def _shown(word: str) -> str:
    """Return the word with typewriter quotes, which the parser knows better."""
    return word if word.isalnum() else _typewritten(word)  # what is alphanumeric is printable, too


@lru_cache(maxsize=1024)  # mostly the dozen signs of punctuation
def _typewritten(word: str) -> str:
    return "".join(c for c in word.translate(_PLAIN) if c.isprintable()) or "x"
