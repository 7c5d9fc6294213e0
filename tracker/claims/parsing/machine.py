"""
A parser's loops in machine code (numba): what numpy and spaCy's own loop spend most of their time around.

What is chosen is what spaCy's arc-eager parser would choose: its transitions and what allows them are those of
`spacy.pipeline._parser_internals.arc_eager`, for documents that nobody has cut into sentences.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracker.claims.parsing.encoding import Layer
from tracker.machine_code import compiled

__all__ = ["MOVES", "Scorer", "parse", "settle"]

MOVES = "SDLRB"  # what the names of transitions begin with
SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(len(MOVES))
_LOOKED_AT = 8  # words of a state
_NONE = -1
_compiled = compiled(fastmath={"reassoc", "contract", "nsz", "nnan"})
Real = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]


class Scorer(NamedTuple):
    """
    What weighs the transitions of a state.

    Attributes
    ----------
    pad
        What no word adds at each place that is looked at.
    bias
        Of the hidden layer, in pairs of which the greater counts.
    weights, extra
        From the hidden layer to transitions, and their bias.
    kinds
        Of each transition: the index of its first letter in `MOVES`.
    """

    pad: Real
    bias: Real
    weights: Real
    extra: Real
    kinds: Whole


class _Room(NamedTuple):
    """Where sums are kept: of what words add, of the hidden layer, and of transitions."""

    total: Real
    best: Real
    scores: Real


@_compiled
def settle(scores: Real, layer: Layer, context: Real, window: Real) -> None:
    """
    Add to words' context what a layer says, and write the windows of three words for the next.

    Parameters
    ----------
    scores
        Of each word, piece by piece; the best of the pieces is made even over the word.
    context
        One row a word; changed.
    window
        Word before, word, word behind and a last column that stays; changed.
    """
    pieces, scale, shift, least = layer
    rows, wide = context.shape
    best = np.empty(wide, np.float32)
    for row in range(rows):
        said = scores[row]
        for k in range(wide):
            best[k] = max(said[wide + k], said[k])
        for piece in range(2, pieces):
            for k in range(wide):
                other = said[piece * wide + k]
                best[k] = max(other, best[k])
        total = np.float32(0.0)
        for k in range(wide):
            total += best[k]
        mean = total / np.float32(wide)
        spread = np.float32(0.0)
        for k in range(wide):
            best[k] -= mean
            spread += best[k] * best[k]
        factor = np.float32(1.0) / np.sqrt(spread / np.float32(wide) + np.float32(least))
        word = context[row]
        for k in range(wide):
            word[k] += best[k] * factor * scale[k] + shift[k]
        window[row, wide : 2 * wide] = word
        if row:
            window[row, :wide] = context[row - 1]
            window[row - 1, 2 * wide : 3 * wide] = word


@_compiled
def _score(cached: Real, scorer: Scorer, ids: Whole, room: _Room) -> None:
    """Score all transitions of a state by the words that it looks at; `ids` are their rows, below 0 where none is."""
    total, best, scores = room
    wide = len(total)
    for j in range(wide):
        total[j] = 0.0
    for k in range(len(ids)):
        row = cached[ids[k]] if ids[k] >= 0 else scorer.pad
        for j in range(wide):
            total[j] += row[k * wide + j]
    for j in range(len(best)):
        best[j] = max(total[2 * j] + scorer.bias[2 * j], total[2 * j + 1] + scorer.bias[2 * j + 1])
    for c in range(len(scores)):
        scores[c] = scorer.extra[c]
    for j in range(len(best)):
        for c in range(len(scores)):
            scores[c] += best[j] * scorer.weights[j, c]


@_compiled
def _best(scores: Real, kinds: Whole, allowed: npt.NDArray[np.bool_]) -> int:
    """Return the first of the allowed transitions with the highest score."""
    found = _NONE
    for c in range(len(scores)):
        if allowed[kinds[c]] and (found < 0 or scores[c] > scores[found]):
            found = c
    return found


@_compiled
def _at(row: Whole, index: int) -> int:
    return row[index] if index >= 0 else _NONE


@_compiled
def parse(cached: Real, scorer: Scorer, ends: Whole, heads: Whole, taken: Whole) -> None:  # noqa: PLR0915
    """
    Parse sentences, one after the other, each transition the best that is allowed.

    Parameters
    ----------
    cached
        What each word adds to the scores at each place that is looked at, one row a word.
    ends
        Where each sentence ends among the words.
    heads, taken
        Written: of each word its head, counted within its sentence, and by which transition; below 0 for none.
    """
    longest = 1
    first = 0
    for end in ends:
        longest = max(longest, end - first)
        first = end
    stack, back = np.empty(longest + 1, np.int64), np.empty(longest + 1, np.int64)
    left, right, before = np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(longest, np.int64)
    held, starts = np.empty(longest, np.bool_), np.empty(longest, np.bool_)
    ids, allowed = np.empty(_LOOKED_AT, np.int64), np.empty(len(MOVES), np.bool_)
    wide = len(scorer.bias)
    scores = np.empty(len(scorer.extra), np.float32)
    room = _Room(np.empty(wide, np.float32), np.empty(wide // 2, np.float32), scores)
    first = 0
    for end in ends:
        size = end - first
        head = heads[first:end]
        how = taken[first:end]
        for k in range(size):
            head[k] = how[k] = left[k] = right[k] = before[k] = _NONE
            held[k] = False
            starts[k] = k == 0
        depth, waiting, at = 0, 0, 0  # words on the stack, words put back, the first that was never looked at
        while depth or waiting or at < size:
            rest = size - at + waiting
            b0 = back[waiting - 1] if waiting else at if at < size else _NONE
            behind = at + 1 - waiting
            b1 = back[waiting - 2] if waiting > 1 else behind if behind < size else _NONE
            s0 = stack[depth - 1] if depth else _NONE
            ids[0], ids[1], ids[2] = b0, b1, s0
            ids[3] = stack[depth - 2] if depth > 1 else _NONE
            ids[4] = stack[depth - 3] if depth > 2 else _NONE
            ids[5], ids[6], ids[7] = _at(left, b0), _at(left, s0), _at(right, s0)
            for k in range(_LOOKED_AT):
                ids[k] += first if ids[k] >= 0 else 0
            _score(cached, scorer, ids, room)
            started = b0 >= 0 and starts[b0]
            allowed[SHIFT] = depth == 0 or (rest > 1 and not started and not held[b0])
            allowed[REDUCE] = depth > 0
            allowed[LEFT] = allowed[RIGHT] = depth > 0 and rest > 0 and not started
            allowed[BREAK] = rest > 1 and b1 == b0 + 1 and not starts[b1]
            chosen = _best(scores, scorer.kinds, allowed)
            kind = scorer.kinds[chosen]
            if kind == BREAK:
                starts[b1] = True
            elif kind == REDUCE:
                depth -= 1
                if head[s0] < 0 and depth:
                    held[s0] = True
                    back[waiting] = s0
                    waiting += 1
            elif kind == LEFT:
                if head[s0] >= 0:  # it was the last that hung on the right of its head
                    right[head[s0]] = before[s0]
                head[s0], how[s0], left[b0] = b0, chosen, s0
                held[b0] = False
                depth -= 1
            else:
                if kind == RIGHT:
                    head[b0], how[b0] = s0, chosen
                    before[b0], right[s0] = right[s0], b0
                stack[depth] = b0
                depth += 1
                if waiting:
                    waiting -= 1
                else:
                    at += 1
        first = end
