"""The back end of a trained parser: token runs in, labelled trees out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.claims.parsing.multiplying import on_one_thread
from tracker.claims.parsing.stepping import can_step, parse_in_step
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
        Doc(
            nlp.vocab,
            words=[t.shown if t.entity is not None else _SHOWN.get(t.lower, t.shown) for t in tokens],
            spaces=[t.spaced for t in tokens],
        )
        for tokens in given
    ]
    by_length = sorted(docs, key=len)
    with on_one_thread():
        for start in range(0, len(docs), _BATCH):
            _annotate(nlp, by_length[start : start + _BATCH])
    names = _Names(nlp.vocab.strings)
    for tokens, doc in zip(given, docs, strict=True):
        rows = doc.to_array(["TAG", "DEP", "HEAD"]).view("int64").tolist()
        root = next((i for i, (_, _, step) in enumerate(rows) if step == 0), 0)
        for token, (tag, dep, step) in zip(tokens, rows, strict=True):
            token.lemma = token.shown.lower()
            token.tag, token.dep = names[tag], names[dep]
            token.head = token.i + step
            if step == 0 and token.i != root:
                token.head, token.dep = root, "parataxis"
        yield tokens


class _Names(dict[int, str]):
    """The words for a parser's numbers, which are written with a sign here; each is looked up once."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        name = self[number] = str(self._strings[number % _WRAP])
        return name


def _annotate(nlp: Any, docs: Sequence[Any]) -> None:
    """Send documents through a pipeline, as its own `pipe` does, its parser in step."""
    for _, pipe in nlp.pipeline:
        if can_step(pipe):
            parse_in_step(pipe, docs)
        elif hasattr(pipe, "pipe"):
            docs = list(pipe.pipe(docs, batch_size=_BATCH))
        else:
            docs = [pipe(doc) for doc in docs]
