"""The back end of a trained parser: token runs in, labelled trees out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.claims.tokens import Token

__all__ = ["parse_all"]

_BATCH = 32


def parse_all(nlp: Any, sentences: Iterable[Sequence[Token]]) -> Iterator[Sequence[Token]]:
    """
    Fill lemma, tag, dep and head of the tokens of each sentence, by the parser of a spaCy pipeline.

    The parser sees the stand-ins of named things; heads and labels go back to the
    tokens one to one. A sentence that the parser cuts in two is tied together at the
    first root, so that each has one.
    """
    from spacy.tokens import Doc  # noqa: PLC0415  (spaCy takes a second to load)

    given = list(sentences)
    docs = [
        Doc(nlp.vocab, words=[token.shown for token in tokens], spaces=[token.spaced for token in tokens])
        for tokens in given
    ]
    for tokens, doc in zip(given, nlp.pipe(docs, batch_size=_BATCH), strict=True):
        root = next(word.i for word in doc if word.head.i == word.i) if len(doc) else 0
        for token, word in zip(tokens, doc, strict=True):
            token.lemma = word.lower_
            token.tag = word.tag_
            token.dep = word.dep_
            token.head = word.head.i
            if word.head.i == word.i and word.i != root:
                token.head, token.dep = root, "parataxis"
        yield tokens
