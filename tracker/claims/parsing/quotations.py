"""
Quotations and who says them, parsed apart.

In '"The town is ours," the group's spokesman, X, told reporters.' a small parser hangs the
speaker into what he says. The closing quote tells where that ends: both are parsed as
sentences of their own, then the quotation is hung on the verb of saying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tracker.claims.frames import Frames
from tracker.claims.parsing.tokens import Token

__all__ = ["parsed_apart"]

_CLOSING = frozenset({"”", '"', "’’", "''"})
_STOPS = frozenset({",", "!", "?"})
_SHORTEST = 4  # tokens of a quotation; a shorter one is a phrase ("the liberation," he said)
_SPEAKER = 40  # tokens between the quotation and the end, at most

_Parse = Callable[[list[Sequence[Token]]], Iterable[Sequence[Token]]]


def parsed_apart(parse: _Parse, sentences: Iterable[Sequence[Token]], frames: Frames) -> Iterator[Sequence[Token]]:
    """
    Fill the tokens of each sentence by a back end, quotation and speaker apart.

    Parameters
    ----------
    parse
        Fills lemma, tag, dep and head of the tokens of each sequence that it is given.
    frames
        Its verbs of saying tell which rest of a sentence names a speaker.
    """
    given = [list(tokens) for tokens in sentences]
    cuts = [_cut(tokens, frames) for tokens in given]
    runs: list[Sequence[Token]] = []
    for tokens, cut in zip(given, cuts, strict=True):
        runs += [tokens] if cut is None else [tokens[:cut], _renumbered(tokens[cut:], 0)]
    parsed = iter(parse(runs))
    for tokens, cut in zip(given, cuts, strict=True):
        next(parsed)
        if cut is not None:
            next(parsed)
            rest = tokens[cut:]
            for token in rest:
                token.head += cut
            _renumbered(rest, cut)
            _tie(tokens, cut, frames)
        yield tokens


def _cut(tokens: Sequence[Token], frames: Frames) -> int | None:
    """Return where the words of the speaker begin, None where nobody is quoted in front of his name."""
    for i in range(_SHORTEST, len(tokens) - 2):
        if tokens[i].text not in _CLOSING or tokens[i - 1].text not in _STOPS or tokens[i].entity is not None:
            continue
        rest = tokens[i + 1 :]
        if len(rest) <= _SPEAKER and any(_says(token, frames) for token in rest[:20]):
            return i + 1
        return None
    return None


def _says(token: Token, frames: Frames) -> bool:
    forms = frames.verb_forms.get(token.lower, ())
    return token.entity is None and any(base in frames.scope.speech and tag == "VBD" for base, tag in forms)


def _renumbered(tokens: Sequence[Token], first: int) -> Sequence[Token]:
    for k, token in enumerate(tokens):
        token.i = first + k
    return tokens


def _tie(tokens: Sequence[Token], cut: int, frames: Frames) -> None:
    """Hang the quotation on the verb of saying, and the name right behind that verb as its subject."""
    said = next(token for token in tokens[cut:] if _says(token, frames))
    root = next((token for token in tokens[:cut] if token.head == token.i), tokens[0])
    root.head, root.dep = said.i, "ccomp"
    if not said.tag.startswith("VB"):
        said.tag = "VBD"
    subject = any(token.head == said.i and token.dep == "nsubj" for token in tokens[cut:])
    behind = next((t for t in tokens[said.i + 1 :] if t.head == said.i and t.dep in {"dobj", "attr", "npadvmod"}), None)
    if not subject and said.i == cut and behind is not None and behind.kind != "date":
        behind.dep = "nsubj"  # "said X"
