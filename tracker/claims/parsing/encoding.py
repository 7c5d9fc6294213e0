"""A parser's context vectors, made a few sentences at a time so that they stay in the processor's cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

__all__ = ["encode_in_cache"]

_BLOCK = "residual(expand_window>>maxout>>layernorm>>dropout)"
_ROWS = 512  # words at a time; 2,000 take a twentieth longer, all of them a third
_LEAST = 1e-8  # added to a variance, as thinc's layer norm does
_NEAR = 1e-4  # of vectors about 1; what other ways to add the same numbers up come to is a hundredth of it


class _Block(NamedTuple):
    """
    One layer of a window of three words: weights and how its outcome is scaled and shifted.

    The weights' rows stand piece by piece, so that the best of the pieces is taken over
    whole stretches; their last column is the bias.
    """

    weights: Any
    pieces: int
    scale: Any
    shift: Any


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


def _blocks(encoder: Any) -> list[_Block]:
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
        weights = maxout.get_param("W").transpose(1, 0, 2).reshape(pieces * wide, 3 * wide)
        bias = maxout.get_param("b").T.reshape(pieces * wide, 1)
        joined = np.ascontiguousarray(np.concatenate((weights, bias), axis=1))
        found.append(_Block(joined, pieces, norm.get_param("G"), norm.get_param("b")))
    return found


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
    pad, wide = model.layers[0].attrs["pad"], model.get_dim("nO")
    encoded: list[Any] = []
    block: list[Any] = []
    rows = pad
    for sentence in vectors:
        if block and rows + len(sentence) + pad > _ROWS:
            encoded += _encoded(model, block, rows, pad, wide)
            block, rows = [], pad
        block.append(sentence)
        rows += len(sentence) + pad
    return encoded + _encoded(model, block, rows, pad, wide), _no_way_back


def _encoded(model: Any, sentences: Sequence[Any], rows: int, pad: int, wide: int) -> list[Any]:
    """Return what all layers make of some sentences, which stand `pad` empty rows apart."""
    import numpy as np  # noqa: PLC0415

    context = np.zeros((rows, wide), "f")
    spans = []
    at = pad
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        context[at : at + len(sentence)] = sentence
        at += len(sentence) + pad
    window = np.zeros((rows, 3 * wide + 1), "f")
    window[:, -1] = 1.0
    for block in model.attrs["blocks"]:
        window[1:, :wide] = context[:-1]
        window[:, wide : 2 * wide] = context
        window[:-1, 2 * wide : 3 * wide] = context[1:]
        scores = model.ops.gemm(window, block.weights, trans2=True)
        best = np.maximum(scores[:, :wide], scores[:, wide : 2 * wide])
        for piece in range(2, block.pieces):
            np.maximum(best, scores[:, piece * wide : (piece + 1) * wide], out=best)
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best)
        spread /= wide
        spread += _LEAST
        best *= (1.0 / np.sqrt(spread))[:, None]
        best *= block.scale
        best += block.shift
        context += best
    return [context[start:end] for start, end in spans]


def _no_way_back(_: Any) -> Any:
    raise NotImplementedError("vectors that are made in blocks are not trained")
