"""The back end of a trained parser: token runs in, labelled trees out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from tracker.claims.parsing.multiplying import on_one_thread
from tracker.claims.parsing.straight import Rows, in_turn, straight_way
from tracker.claims.parsing.tokens import Token
from tracker.claims.words import pairs

__all__ = ["parse_all"]

_BATCH = 128  # sentences; 32 take a fifth longer, 600 fall out of the processor's cache
_SHOWN = pairs("parser", "shown")


def parse_all(nlp: Any, sentences: Iterable[Sequence[Token]]) -> Iterator[Sequence[Token]]:
    """
    Fill lemma, tag, dep and head of the tokens of each sentence, by the parser of a spaCy pipeline.

    The parser sees the stand-ins of named things and of verbs that it takes for nouns; heads and labels go back to the
    tokens one to one. A sentence that the parser cuts in two is tied together at the
    first root, so that each has one.
    """
    given = list(sentences)
    way = straight_way(nlp)
    rows_of = partial(in_turn, nlp) if way is None else way.rows
    words = [
        [(t.shown if t.entity is not None else _SHOWN.get(t.lower, t.shown), t.spaced) for t in tokens]
        for tokens in given
    ]
    by_length = sorted(range(len(given)), key=lambda k: len(given[k]))
    found: dict[int, Rows] = {}
    with on_one_thread():
        for start in range(0, len(given), _BATCH):
            some = by_length[start : start + _BATCH]
            found.update(zip(some, rows_of([words[k] for k in some]), strict=True))
    for k, tokens in enumerate(given):
        _write(tokens, found[k])
        yield tokens


def _write(tokens: Sequence[Token], rows: Rows) -> None:
    """Write on tokens what the pipeline says of them."""
    root = next((i for i, step in enumerate(rows.steps) if step == 0), 0)
    for token, tag, label, step in zip(tokens, *rows, strict=True):
        token.lemma = token.lower if token.shown is token.text else token.shown.lower()
        token.tag, token.dep = tag, label
        token.head = token.i + step
        if step == 0 and token.i != root:
            token.head, token.dep = root, "parataxis"
