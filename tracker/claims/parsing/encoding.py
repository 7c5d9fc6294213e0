"""A parser's context vectors, made a few sentences at a time so that they stay in the processor's cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

__all__ = ["Block", "Layer", "encode_in_cache", "encoded", "with_ahead"]

_BLOCK = "residual(expand_window>>maxout>>layernorm>>dropout)"
_ROWS = 512  # words at a time; 2,000 take a twentieth longer, all of them a third
_LEAST = 1e-8  # added to a variance, as thinc's layer norm does
_NEAR = 1e-4  # of vectors about 1; what other ways to add the same numbers up come to is a hundredth of it


class Layer(NamedTuple):
    """How what a layer says is scaled and shifted, and what is added to its variance; of `pieces` the best counts."""

    pieces: int
    scale: Any
    shift: Any
    least: float


class Block(NamedTuple):
    """
    One layer of a window of three words.

    The weights' columns stand piece by piece, so that the best of the pieces is taken over
    whole stretches; their last row is the bias.
    """

    weights: Any
    layer: Layer


def encode_in_cache(nlp: Any) -> None:
    """
    Make a pipeline put words into their context by whole layers, a block of sentences through all layers at once.

    It comes to the same numbers but for the order of adding up. A pipeline that is built
    otherwise than spaCy's small models, or comes to others on a probe, stays as it is.
    """
    if not nlp.has_pipe("tok2vec"):
        return
    model = nlp.get_pipe("tok2vec").model
    if len(model.layers) != 2 or model.ops.name != "numpy":
        return
    blocks = _blocks(model.layers[1])
    if not blocks:
        return
    from thinc.api import Model  # noqa: PLC0415  (with spaCy, which takes a second to load)

    old = model.layers[1]
    dims = {"nO": old.get_dim("nO"), "nI": old.maybe_get_dim("nI")}
    new: Any = Model("encode_in_cache", _forward, layers=[old], dims=dims, attrs={"blocks": blocks})
    if _agree(old, new):
        model.layers[1] = new


def _blocks(encoder: Any) -> list[Block]:
    """Return the layers of an encoder; none where it is built otherwise."""
    import numpy as np  # noqa: PLC0415

    found = []
    chain = encoder.layers[0] if encoder.name.startswith("with_array(") else None
    for block in chain.layers if chain is not None else ():
        parts = {part.name: part for part in block.walk()}
        if block.name != _BLOCK or parts["expand_window"].attrs["window_size"] != 1:
            return []
        maxout, norm = parts["maxout"], parts["layernorm"]
        wide, pieces = maxout.get_dim("nO"), maxout.get_dim("nP")
        if pieces < 2 or maxout.get_dim("nI") != 3 * wide:
            return []
        weights = maxout.get_param("W").transpose(2, 1, 0).reshape(3 * wide, pieces * wide)
        bias = maxout.get_param("b").T.reshape(1, pieces * wide)
        joined = np.ascontiguousarray(np.concatenate((weights, bias)))
        layer = Layer(pieces, np.array(norm.get_param("G")), np.array(norm.get_param("b")), _LEAST)
        found.append(Block(joined, layer))
    return found if len(found) > 1 else []


def _agree(old: Any, new: Any) -> bool:
    """Tell whether two encoders come to the same vectors of some words."""
    import numpy as np  # noqa: PLC0415

    wide = old.get_dim("nO")
    lengths = (1, 2, 9)
    probe = np.sin(np.arange(sum(lengths) * wide, dtype="f")).reshape(-1, wide)
    given = np.split(probe, np.cumsum(lengths)[:-1])
    return all(
        one.shape == other.shape and bool(np.abs(one - other).max() < _NEAR)
        for one, other in zip(old.predict(given), new.predict(given), strict=True)
    )


def _forward(model: Any, vectors: Sequence[Any], is_train: bool) -> tuple[list[Any], Callable[..., Any]]:
    """Return the vectors of each sentence's words in their context."""
    if is_train or not vectors:
        found: tuple[list[Any], Callable[..., Any]] = model.layers[0](vectors, is_train)
        return found
    import numpy as np  # noqa: PLC0415

    lengths = [len(sentence) for sentence in vectors]
    blocks = model.attrs["blocks"]
    table = with_ahead(blocks, np.concatenate((np.zeros((1, vectors[0].shape[1]), "f"), *vectors)))
    context = encoded(blocks, table, range(1, len(table)), lengths, model.layers[0].attrs["pad"])
    return np.split(context, np.cumsum(lengths)[:-1]), _no_way_back


def with_ahead(blocks: Sequence[Block], vectors: Any) -> Any:
    """Return words' vectors with what each adds to the first layer's scores: of the next word, its own, of the last."""
    import numpy as np  # noqa: PLC0415

    wide = vectors.shape[1]
    weights = blocks[0].weights
    return np.concatenate([vectors, *(vectors @ weights[k : k + wide] for k in range(0, 3 * wide, wide))], axis=1)


def encoded(
    blocks: Sequence[Block], table: Any, words: Sequence[int], lengths: Sequence[int], pad: int, settle: Any = None
) -> Any:
    """
    Return the vectors of words in their context.

    Parameters
    ----------
    blocks
        The layers, first to last.
    table
        What `with_ahead` returns of words; the first row is no word's, and empty.
    words
        Which row of it each word of the sentences has.
    lengths
        Words of each sentence.
    pad
        Empty rows that keep sentences apart: as many as there are layers.
    settle
        `machine.settle`, where it is loaded.
    """
    import numpy as np  # noqa: PLC0415

    made = []
    some: list[int] = []
    rows, first = pad, 0
    for length in lengths:
        if some and rows + length + pad > _ROWS:
            last = first + sum(some)
            made.append(_through(blocks, table, words[first:last], some, pad, settle))
            some, rows, first = [], pad, last
        some.append(length)
        rows += length + pad
    made.append(_through(blocks, table, words[first:], some, pad, settle))
    return made[0] if len(made) == 1 else np.concatenate(made)


def _through(
    blocks: Sequence[Block], table: Any, words: Sequence[int], lengths: Sequence[int], pad: int, settle: Any
) -> Any:
    """Return what all layers make of some sentences, put `pad` empty rows apart."""
    import numpy as np  # noqa: PLC0415

    first = blocks[0].weights
    wide = first.shape[0] // 3
    rows = len(words) + pad * (len(lengths) + 1)
    at = np.arange(len(words)) + np.repeat(np.arange(pad, pad * (len(lengths) + 1), pad), lengths)
    numbers = np.zeros(rows, np.int64)
    numbers[at] = words
    padded = table.take(numbers, axis=0)
    context, ahead = padded[:, :wide].copy(), padded[:, wide:].reshape(rows, 3, -1)
    scores = ahead[:, 1] + first[-1]
    scores[1:] += ahead[:-1, 0]
    scores[:-1] += ahead[1:, 2]
    window = np.empty((rows, 3 * wide + 1), "f")
    window[0, :wide] = window[-1, 2 * wide : 3 * wide] = 0.0
    window[:, -1] = 1.0
    settle = _settle if settle is None else settle
    settle(scores, blocks[0].layer, context, window)
    for block in blocks[1:]:
        if block is blocks[-1]:  # behind it nobody looks at the empty rows
            scores, context, window = scores[: len(words)], context.take(at, axis=0), window.take(at, axis=0)
        np.dot(window, block.weights, out=scores)
        settle(scores, block.layer, context, window)
    return context


def _look_around(context: Any, window: Any) -> None:
    """Write each word with its neighbours, the rows before and behind it."""
    wide = context.shape[1]
    window[1:, :wide] = context[:-1]
    window[:, wide : 2 * wide] = context
    window[:-1, 2 * wide : 3 * wide] = context[1:]


def _settle(scores: Any, layer: Layer, context: Any, window: Any) -> None:
    """Do what `machine.settle` does."""
    import numpy as np  # noqa: PLC0415

    wide = context.shape[1]
    best = np.maximum(scores[:, :wide], scores[:, wide : 2 * wide])
    for piece in range(2, layer.pieces):
        np.maximum(best, scores[:, piece * wide : (piece + 1) * wide], out=best)
    mean = np.add.reduce(best, axis=1, keepdims=True)
    mean /= wide
    best -= mean
    spread = np.einsum("ij,ij->i", best, best)
    spread /= wide
    spread += layer.least
    np.sqrt(spread, out=spread)
    best *= np.divide(1.0, spread, out=spread)[:, None]
    best *= layer.scale
    best += layer.shift
    context += best
    _look_around(context, window)


def _no_way_back(_: Any) -> Any:
    raise NotImplementedError("vectors that are made in blocks are not trained")
