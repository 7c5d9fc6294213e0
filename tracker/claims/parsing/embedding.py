"""A parser's word vectors, made once for each word of a batch instead of once for each token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["embed_once"]

_EMBEDDING = "extract_features"  # with this begins the name of what spaCy makes word vectors with, from the word alone


def embed_once(nlp: Any) -> None:
    """
    Make a pipeline look up the vectors of a word once a batch, however often it stands there.

    One token of three is new to a batch of some reports, and these vectors, which know no
    context, are more than a quarter of what vectors cost. A pipeline that is built otherwise than spaCy's
    small models, or runs elsewhere than on the processor, stays as it is.
    """
    if not nlp.has_pipe("tok2vec"):
        return
    model = nlp.get_pipe("tok2vec").model
    if len(model.layers) != 2 or not model.layers[0].name.startswith(_EMBEDDING) or model.ops.name != "numpy":
        return
    from thinc.api import Model  # noqa: PLC0415  (with spaCy, which takes a second to load)

    model.layers[0] = Model("embed_once", _forward, layers=[model.layers[0]], dims={"nO": model.get_dim("nO")})


def _forward(model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Callable[..., Any]]:
    """Return the vectors of each document's tokens; a word with and without a blank behind it counts as two."""
    import numpy as np  # noqa: PLC0415
    from spacy.tokens import Doc  # noqa: PLC0415

    embed = model.layers[0]
    if is_train or not docs:
        found: tuple[list[Any], Callable[..., Any]] = embed(docs, is_train)
        return found
    rows = np.concatenate([doc.to_array(["ORTH", "SPACY"]) for doc in docs])
    _, first, which = np.unique(rows[:, 0] * np.uint64(2) + rows[:, 1], return_index=True, return_inverse=True)
    vocab = docs[0].vocab
    once = rows[first].tolist()
    words, spaces = [vocab.strings[word] for word, _ in once], [bool(space) for _, space in once]
    vectors = embed.predict([Doc(vocab, words=words, spaces=spaces)])[0][which]
    ends = np.cumsum([len(doc) for doc in docs])
    return [vectors[end - len(doc) : end] for doc, end in zip(docs, ends, strict=True)], _no_way_back


def _no_way_back(_: Any) -> Any:
    raise NotImplementedError("vectors that are made once are not trained")
