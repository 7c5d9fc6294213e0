"""The back end of a trained parser: token runs in, labelled trees out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.claims.parsing.tokens import Token
from tracker.claims.words import pairs

__all__ = ["parse_all"]

_BATCH = 128  # sentences; 32 take a fifth longer, 600 fall out of the processor's cache
_WRAP = 2**64
_SHOWN = pairs("parser", "shown")


def parse_all(nlp: Any, sentences: Iterable[Sequence[Token]]) -> Iterator[Sequence[Token]]:
    """
    Fill lemma, tag, dep and head of the tokens of each sentence, by the parser of a spaCy pipeline.

    The parser sees the stand-ins of named things and of verbs that it takes for nouns; heads and labels go back to the
    tokens one to one. A sentence that the parser cuts in two is tied together at the
    first root, so that each has one.
    """
    from spacy.tokens import Doc  # noqa: PLC0415  (spaCy takes a second to load)

    given = list(sentences)
    docs = [
        Doc(nlp.vocab, words=[_shown(token) for token in tokens], spaces=[token.spaced for token in tokens])
        for tokens in given
    ]
    strings = nlp.vocab.strings
    for tokens, doc in zip(given, nlp.pipe(docs, batch_size=_BATCH), strict=True):
        rows = doc.to_array(["TAG", "DEP", "HEAD"]).tolist()
        roots = [i for i, (_, _, step) in enumerate(rows) if step == 0]
        for token, (tag, dep, step) in zip(tokens, rows, strict=True):
            token.lemma = token.shown.lower()
            token.tag, token.dep = strings[tag], strings[dep]
            # steps to the head are signed, but stand in an array of unsigned numbers
            token.head = token.i + (step - _WRAP if step >= _WRAP // 2 else step)
            if step == 0 and token.i != roots[0]:
                token.head, token.dep = roots[0], "parataxis"
        yield tokens


def _shown(token: Token) -> str:
    return token.shown if token.entity is not None else _SHOWN.get(token.lower, token.shown)
