"""What a parser makes of a word by itself, made once for each word instead of once for each token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["Kept", "embed_once"]

_EMBEDDING = "extract_features"  # with this begins the name of what spaCy makes word vectors with, from the word alone
_MOST = 8_000  # words of which something is kept, 31 MB; a thousand reports have about as many


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
    wide = model.get_dim("nO")
    kept = Kept(lambda document: old.predict([document])[0], wide)
    model.layers[0] = Model("embed_once", _forward, layers=[old], dims={"nO": wide}, attrs={"kept": kept})


class Kept:
    """
    Rows of numbers of the words met so far; when they are too many, all are forgotten.

    Parameters
    ----------
    make
        Makes the rows of a spaCy document's words, none of which knows of the others.
    wide
        Numbers of a row.

    Attributes
    ----------
    table
        All rows; the first is no word's, and empty.
    """

    def __init__(self, make: Callable[[Any], Any], wide: int) -> None:
        import numpy as np  # noqa: PLC0415

        self.table = np.zeros((1, wide), "f")
        self._make = make
        self._rows: dict[tuple[str, bool], int] = {}

    def rows(self, vocab: Any, words: Sequence[tuple[str, bool]]) -> list[int]:
        """Return which row of the table each word has, given with whether a blank follows: that tells too."""
        rows = self._rows
        if not rows.keys() >= set(words):
            self._learn(vocab, words)
        return [rows[word] for word in words]

    def _learn(self, vocab: Any, words: Sequence[tuple[str, bool]]) -> None:
        import numpy as np  # noqa: PLC0415
        from spacy.tokens import Doc  # noqa: PLC0415

        if len(self._rows) + len(words) > _MOST:
            self._rows.clear()
        new = [word for word in dict.fromkeys(words) if word not in self._rows]
        document = Doc(vocab, words=[word for word, _ in new], spaces=[blank for _, blank in new])
        first = 1 + len(self._rows)
        last = first + len(new)
        if last > len(self.table):  # room for as many again: most reports have a new word or two
            grown = np.empty((2 * last, self.table.shape[1]), "f")
            grown[:first] = self.table[:first]
            self.table = grown
        self.table[first:last] = self._make(document)
        self._rows.update(zip(new, range(first, last), strict=True))


def _forward(model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Callable[..., Any]]:
    """Return the vectors of each document's tokens."""
    if is_train or not docs:
        found: tuple[list[Any], Callable[..., Any]] = model.layers[0](docs, is_train)
        return found
    vocab, kept = docs[0].vocab, model.attrs["kept"]
    rows = [kept.rows(vocab, [(t.text, bool(t.whitespace_)) for t in doc]) for doc in docs]
    return [kept.table.take(numbers, axis=0) for numbers in rows], _no_way_back


def _no_way_back(_: Any) -> Any:
    raise NotImplementedError("vectors that are made once are not trained")
