"""A parser's word vectors, made once for each word instead of once for each token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["embed_once"]

_EMBEDDING = "extract_features"  # with this begins the name of what spaCy makes word vectors with, from the word alone
_MOST = 20_000  # words whose vectors are kept, 8 MB; English news of a month has about as many


def embed_once(nlp: Any) -> None:
    """
    Make a pipeline look up the vectors of a word once, however often it stands there.

    These vectors know no context, and making them is more than a quarter of what vectors cost. A pipeline that is
    built otherwise than spaCy's small models, or runs elsewhere than on the processor, stays as it is.
    """
    if not nlp.has_pipe("tok2vec"):
        return
    model = nlp.get_pipe("tok2vec").model
    if len(model.layers) != 2 or not model.layers[0].name.startswith(_EMBEDDING) or model.ops.name != "numpy":
        return
    from thinc.api import Model  # noqa: PLC0415  (with spaCy, which takes a second to load)

    old = model.layers[0]
    kept = _Kept(old, model.get_dim("nO"))
    model.layers[0] = Model("embed_once", _forward, layers=[old], dims={"nO": kept.wide}, attrs={"kept": kept})


class _Kept:
    """The vectors of the words met so far; when they are too many, all are forgotten."""

    def __init__(self, embed: Any, wide: int) -> None:
        import numpy as np  # noqa: PLC0415

        self.wide = wide
        self._embed = embed
        self._rows: dict[int, int] = {}
        self._vectors = np.empty((0, wide), "f")

    def vectors(self, vocab: Any, words: Any) -> Any:
        """Return the vectors of words, given as rows of a word's number and whether a blank follows: that tells too."""
        import numpy as np  # noqa: PLC0415

        keys = (words[:, 0] * np.uint64(2) + words[:, 1]).tolist()
        rows = self._rows
        if not rows.keys() >= set(keys):
            self._learn(vocab, keys, words)
        return self._vectors[[rows[key] for key in keys]]

    def _learn(self, vocab: Any, keys: Sequence[int], words: Any) -> None:
        import numpy as np  # noqa: PLC0415
        from spacy.tokens import Doc  # noqa: PLC0415

        if len(self._rows) + len(keys) > _MOST:
            self._rows.clear()
            self._vectors = self._vectors[:0]
        new = {key: k for k, key in enumerate(keys) if key not in self._rows}
        once = words[list(new.values())].tolist()
        texts, spaces = [vocab.strings[word] for word, _ in once], [bool(space) for _, space in once]
        made = self._embed.predict([Doc(vocab, words=texts, spaces=spaces)])[0]
        self._rows.update(zip(new, range(len(self._rows), len(self._rows) + len(new)), strict=True))
        self._vectors = np.concatenate((self._vectors, made))


def _forward(model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Callable[..., Any]]:
    """Return the vectors of each document's tokens."""
    import numpy as np  # noqa: PLC0415

    if is_train or not docs:
        found: tuple[list[Any], Callable[..., Any]] = model.layers[0](docs, is_train)
        return found
    words = np.concatenate([doc.to_array(["ORTH", "SPACY"]) for doc in docs])
    vectors = model.attrs["kept"].vectors(docs[0].vocab, words)
    ends = np.cumsum([len(doc) for doc in docs]).tolist()
    return [vectors[end - len(doc) : end] for doc, end in zip(docs, ends, strict=True)], _no_way_back


def _no_way_back(_: Any) -> Any:
    raise NotImplementedError("vectors that are made once are not trained")
