"""Who says so inside a text: "X said", "according to X", "X, a monitor, said", "said X"."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tracker.claims.phrases import PhraseTree, WordList
from tracker.claims.sentences import split_sentences
from tracker.resources import data_path

__all__ = ["Source", "find_sources", "source_of"]

_LONGEST = 14  # words of a source: "Luhansk Oblast governor Serhiy Haidai" has five
_ADVERBS = frozenset(["also", "later", "then", "has", "had", "have", "further", "earlier", "previously", "reportedly"])
_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "who"])
_NOBODY = frozenset(["it", "who", "which", "that", "this", "there"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    Words that name who says so: ``text[start:end]``.

    Attributes
    ----------
    said_start, said_end
        Span of what is said: the sentence it stands in.
    verb
        The words of saying.
    hedged
        Whether they leave it open: "claimed".
    named
        The words that name it: of a pronoun, those of the source before; else `text`.
    """

    start: int
    end: int
    text: str
    said_start: int
    said_end: int
    verb: str
    hedged: bool = False
    named: str | None = None


@dataclass(frozen=True, slots=True)
class _Saying:
    kind: str  # "asserting", "hedging" or "according"


def find_sources(text: str) -> list[Source]:
    """
    Return who says so in each sentence, in order; at most one source a verb of saying.

    Examples
    --------
    >>> [source.text for source in find_sources("The town fell, according to Talal Silo, an SDF spokesman.")]
    ['Talal Silo']
    """
    found: list[Source] = []
    for span in split_sentences(text):
        words = WordList(text[span.start : span.end])
        for index in range(len(words)):
            match = _tree().longest(words, index)
            if match is None:
                continue
            source = _source_at(words, index, match[0], match[1][0].kind)
            if source is not None:
                found.append(_shifted(source, span.start, span.end))
    return _explained(sorted(set(found), key=lambda source: (source.start, source.end, source.verb)))


def _explained(sources: Sequence[Source]) -> list[Source]:
    """Give pronouns the name of the source before them."""
    last: str | None = None
    out = []
    for source in sources:
        last = source.named or last
        out.append(replace(source, named=last))
    return out


def source_of(sources: Sequence[Source], start: int, end: int) -> Source | None:
    """Return the nearest source in whose sentence a span lies, one outside the span itself."""
    near = [
        s for s in sources if s.said_start <= start and end <= s.said_end and not (s.start >= start and s.end <= end)
    ]
    return min(near, key=lambda s: (min(abs(s.start - end), abs(start - s.end)), s.start), default=None)


def _shifted(source: Source, start: int, end: int) -> Source:
    return replace(source, start=source.start + start, end=source.end + start, said_start=start, said_end=end)


def _source_at(words: WordList, index: int, length: int, kind: str) -> Source | None:
    stop = index + length
    told = kind == "according"
    span = _forward(words, stop) if told else _backward(words, index) or _inverted(words, index, stop)
    if span is None:
        return None
    first, last = span
    if words.folds[first] in _NOBODY and last == first + 1:
        return None
    start, end = words.starts[first], words.ends[last - 1]
    end += words.text[end : end + 1] == ")" and "(" in words.text[start:end]
    return Source(
        start=start,
        end=end,
        text=words.text[start:end],
        said_start=0,
        said_end=len(words.text),
        verb=words.text[words.starts[index] : words.ends[stop - 1]].lower(),
        hedged=kind == "hedging",
        named=None if last == first + 1 and words.folds[first] in _PRONOUNS else words.text[start:end],
    )


def _named(words: WordList, index: int) -> bool:
    return words.capitalised(index) or words.folds[index] in _source_words() or words.folds[index].isdigit()


def _forward(words: WordList, first: int) -> tuple[int, int] | None:
    stop = first
    while (
        stop < len(words) and stop - first < _LONGEST and _named(words, stop) and (stop == first or _close(words, stop))
    ):
        if stop > first and words.folds[stop] in _ENDS:
            break
        stop += 1
    return _clean(words, first, stop)


def _backward(words: WordList, index: int) -> tuple[int, int] | None:
    """Return the words of the subject before a verb of saying."""
    stop = index
    while stop > 0 and words.folds[stop - 1] in _ADVERBS and words.gap(stop) == " ":
        stop -= 1
    if stop == 0:
        return None
    if "," in words.gap(stop):
        if words.folds[stop].endswith("ing"):
            return _clause_head(words, stop - 1)  # "the rebels advanced, claiming"
        return _before_comma(words, stop)
    if stop == index and words.gap(stop).strip() not in ("", ")"):
        return None
    if words.folds[stop - 1] in ("and", "by", "but", "then"):
        return _clause_head(words, stop - 1)  # "the rebels retreated and said", "answered by claiming"
    return _subject_before(words, stop)


def _before_comma(words: WordList, stop: int) -> tuple[int, int] | None:
    """Return the subject where an apposition stands between commas: itself when it is the name."""
    comma = _comma_before(words, stop - 1)
    if comma is None:
        return None
    if all(words.capitalised(k) or words.folds[k] in _LINKS for k in range(comma, stop)):
        return comma, stop  # "the army's speaker, Qasim Atta, said"
    return _subject_before(words, comma)


def _subject_before(words: WordList, stop: int) -> tuple[int, int] | None:
    """Return the words of a name or noun that end here; of "A reporter in Morla said", the reporter."""
    first = stop
    while (
        first > 0 and stop - first < _LONGEST and _named(words, first - 1) and (first == stop or _close(words, first))
    ):
        if first < stop and words.folds[first] in ("the", "a", "an", *_PRONOUNS):
            break
        first -= 1
    if first < stop and (words.folds[first] in _PREPOSITIONS or (first and words.folds[first - 1] in _PREPOSITIONS)):
        return _clause_head(words, first) or _clean(words, first, stop)
    return _clean(words, first, stop)


def _clause_head(words: WordList, index: int) -> tuple[int, int] | None:
    """Return the noun that a clause begins with: "A reporter inside the northern part of Morla said"."""
    first = index
    while first > 0 and index - first < 2 * _LONGEST and not any(mark in words.gap(first) for mark in ',;:“"('):
        first -= 1
    return _forward(words, first)


def _inverted(words: WordList, index: int, stop: int) -> tuple[int, int] | None:
    """Return the subject behind the verb: '"We took it," said Silo'."""
    quoted = index > 0 and any(mark in words.gap(index) for mark in (",", '"', "”", "’"))
    if not quoted or stop >= len(words) or words.gap(stop) != " ":
        return None
    return _forward(words, stop) if words.folds[stop] not in ("that", "in", "on", "of") else None


def _comma_before(words: WordList, index: int) -> int | None:
    """Return the index of the word behind which an apposition that ends at `index` begins."""
    for k in range(index, max(index - _LONGEST, 0), -1):
        if "," in words.gap(k):
            return k if index - k + 1 >= 2 or words.capitalised(k) else None
        if words.gap(k).strip() not in ("", "-", "'", "’"):
            return None
    return None


def _close(words: WordList, index: int) -> bool:
    gap = words.gap(index)
    return gap in (" ", "-", "'", "’", ". ", ".", " (") or gap.isspace()


def _clean(words: WordList, first: int, stop: int) -> tuple[int, int] | None:
    """Drop link words at the ends; None when no noun is left."""
    while stop > first and words.folds[stop - 1] in _LINKS:
        stop -= 1
    while first < stop and words.folds[first] in _LINKS:
        first += 1
    if first == stop or all(words.folds[k] in _ARTICLES for k in range(first, stop)):
        return None
    return first, stop


_PREPOSITIONS = frozenset(["of", "in", "on", "at", "inside", "near", "from", "with", "around", "outside", "to", "by"])
_ENDS = _PRONOUNS | {"a", "an", "the", "in", "on"}
_LINKS = frozenset(["of", "for", "and", "in", "on", "al", "s", "bin", "ibn", "de"])
_ARTICLES = frozenset(
    ["a", "an", "the", "some", "several", "two", "three", "one", "other", "many", "local", "senior", "top", "s"]
)


@cache
def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = tomllib.loads(data_path("claims", "modality_en.toml").read_text(encoding="utf-8"))["saying"]
    return raw


@cache
def _tree() -> PhraseTree[_Saying]:
    return PhraseTree((word, _Saying(kind)) for kind in ("according", "hedging", "asserting") for word in _raw()[kind])


@cache
def _source_words() -> frozenset[str]:
    return frozenset(_raw()["nouns"])
