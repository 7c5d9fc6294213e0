"""Tags and trees of a pipeline built as spaCy's small models are, without documents handed from part to part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from tracker.claims.parsing.arcs import Arcs, machine
from tracker.claims.parsing.embedding import Kept
from tracker.claims.parsing.encoding import encoded, with_ahead
from tracker.claims.parsing.multiplying import on_one_thread
from tracker.claims.parsing.stepping import can_step, parse_in_step, step_through

__all__ = ["Rows", "StraightWay", "in_turn", "straight_way"]

# Sentences; machine code takes most of a second to load, which it saves in some 2,500.
_ENOUGH = 500
_PARTS = ["tok2vec", "tagger", "parser"]
_ENCODER = ["embed_once", "encode_in_cache"]
_TAGGER = "tok2vec-listener>>with_array(softmax)"
_INPUT = "tok2vec-listener>>list2array>>linear"
_PROBE = (
    "The army took the town on Monday .",
    "Rebels , who had held it since May , withdrew to the hills",
    "Said he :",
)
Words = Sequence[tuple[str, bool]]  # words as the parser sees them, each with whether a blank follows


class Rows(NamedTuple):
    """What a pipeline says of the words of a sentence: Penn tags, labels, and how far off the head stands."""

    tags: Sequence[str]
    labels: Sequence[str]
    steps: Sequence[int]


class _Names(dict[int, str]):
    """The words for a parser's numbers, which are written with a sign here; each is looked up once."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        name = self[number] = str(self._strings[number % 2**64])
        return name


def in_turn(nlp: Any, sentences: Sequence[Words]) -> list[Rows]:
    """Return what a pipeline says of sentences that go through its parts one after the other, its parser in step."""
    from spacy.tokens import Doc  # noqa: PLC0415  (spaCy takes a second to load)

    docs = [Doc(nlp.vocab, words=[w for w, _ in words], spaces=[b for _, b in words]) for words in sentences]
    for _, pipe in nlp.pipeline:
        if can_step(pipe):
            parse_in_step(pipe, docs)
        elif hasattr(pipe, "pipe"):
            docs = list(pipe.pipe(docs, batch_size=max(1, len(docs))))
        else:
            docs = [pipe(doc) for doc in docs]
    names = _Names(nlp.vocab.strings)
    columns = [doc.to_array(["TAG", "DEP", "HEAD"]).view("int64").T.tolist() for doc in docs]
    return [Rows([names[tag] for tag in t], [names[dep] for dep in d], h) for t, d, h in columns]


@lru_cache(maxsize=2)
def straight_way(nlp: Any) -> StraightWay | None:
    """
    Return the straight way through a pipeline.

    None where it is built otherwise than spaCy's small models with `embed_once` and `encode_in_cache`, or says of a
    probe something else.
    """
    if nlp.pipe_names != _PARTS:
        return None
    tok2vec, tagger, parser = (nlp.get_pipe(name) for name in _PARTS)
    built = [layer.name for layer in tok2vec.model.layers] == _ENCODER and tagger.model.name == _TAGGER
    if not built or not can_step(parser) or parser.model.get_ref("tok2vec").name != _INPUT:
        return None
    way = StraightWay(nlp)
    with on_one_thread():
        return way if way.rows(_probe()) == in_turn(nlp, _probe()) else None


def _probe() -> list[Words]:
    return [[(word, True) for word in sentence.split()] for sentence in _PROBE]


class StraightWay:
    """
    The parts of a pipeline, taken apart: vectors of words, their context, tags by it, and the parser's steps.

    Parameters
    ----------
    nlp
        The pipeline; see `straight_way`.
    """

    def __init__(self, nlp: Any) -> None:
        from spacy.ml.parser_model import ParserStepModel  # noqa: PLC0415

        tok2vec, tagger, self._parser = (nlp.get_pipe(name) for name in _PARTS)
        self._vocab = nlp.vocab
        embed = tok2vec.model.layers[0].layers[0]
        self._blocks = blocks = tok2vec.model.layers[1].attrs["blocks"]
        wide = embed.get_dim("nO") + 3 * blocks[0].weights.shape[1]
        self._kept = Kept(lambda document: with_ahead(blocks, embed.predict([document])[0]), wide)
        self._pad = tok2vec.model.layers[1].layers[0].attrs["pad"]
        self._tags = tagger.labels
        self._to_tags = _weights(tagger.model, "softmax")
        self._to_parser = _weights(self._parser.model.get_ref("tok2vec"), "linear")
        self._step_model = ParserStepModel
        self._names = _Names(nlp.vocab.strings)
        self._met = 0
        self._arcs: Arcs | None = None
        self._settle: Any = None

    def hasten(self) -> bool:
        """Go on in machine code, where it can be loaded and comes to the same on a probe; tell whether it does."""
        loops = machine() if Arcs.fit(self._parser) else None
        if loops is None:
            return False
        before = self.rows(_probe())
        self._arcs, self._settle = Arcs(self._parser, loops), loops.settle
        if self.rows(_probe()) != before:
            self._arcs = self._settle = None
        return self._arcs is not None

    def rows(self, sentences: Sequence[Words]) -> list[Rows]:
        """Return what the pipeline says of sentences; best of like length, as in `parse_in_step`."""
        words = [word for sentence in sentences for word in sentence]
        if not words:
            return [Rows([], [], []) for _ in sentences]
        self._met += len(sentences)
        if self._met >= _ENOUGH > self._met - len(sentences):
            self.hasten()
        lengths = [len(sentence) for sentence in sentences]
        numbers = self._kept.rows(self._vocab, words)
        context = encoded(self._blocks, self._kept.table, numbers, lengths, self._pad, self._settle)
        tags = [self._tags[best] for best in _affine(context, self._to_tags).argmax(axis=1).tolist()]
        found, at = [], 0
        for length, (labels, steps) in zip(
            lengths, self._trees(_affine(context, self._to_parser), lengths), strict=True
        ):
            found.append(Rows(tags[at : at + length], labels, steps))
            at += length
        return found

    def _trees(self, vectors: Any, lengths: Sequence[int]) -> list[tuple[list[str], list[int]]]:
        """Return labels and steps of the words of each sentence."""
        if self._arcs is None:
            return self._stepped(vectors, lengths)
        trees: list[tuple[list[str], list[int]]] = []
        start = 0
        for tree, length in zip(self._arcs.rows(vectors, lengths), lengths, strict=True):
            trees += self._stepped(vectors[start : start + length], [length]) if tree is None else [tree]
            start += length
        return trees

    def _stepped(self, vectors: Any, lengths: Sequence[int]) -> list[tuple[list[str], list[int]]]:
        """Return labels and steps by spaCy's own transitions."""
        from spacy.tokens import Doc  # noqa: PLC0415

        docs = [Doc(self._vocab, words=["x"] * length) for length in lengths]  # the parser looks at vectors alone
        self._parse(docs, vectors)
        names = self._names
        columns = [doc.to_array(["DEP", "HEAD"]).view("int64").T.tolist() for doc in docs]
        return [([names[label] for label in labels], steps) for labels, steps in columns]

    def _parse(self, docs: Sequence[Any], vectors: Any) -> None:
        parser = self._parser
        _, lower, upper = parser.model.layers
        layers = [lambda _docs, is_train: (vectors, is_train), lower, upper]
        states = parser.moves.init_batch(docs)
        step_through(parser, states, self._step_model(docs, layers, has_upper=True, train=False))
        parser.set_annotations(docs, states)


def _weights(model: Any, name: str) -> tuple[Any, Any]:
    """Return the weights of a layer, turned to be multiplied with, and its bias."""
    import numpy as np  # noqa: PLC0415

    layer = next(node for node in model.walk() if node.name == name)
    return np.ascontiguousarray(layer.get_param("W").T), layer.get_param("b")


def _affine(rows: Any, layer: tuple[Any, Any]) -> Any:
    weights, bias = layer
    scores = rows @ weights
    scores += bias
    return scores
