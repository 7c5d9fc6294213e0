"""A transition parser that goes through all its sentences at once, one transition of each at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["can_step", "parse_in_step", "step_through"]

_NEEDED = ("greedy_parse", "moves", "transition_states", "set_annotations")


def can_step(pipe: Any) -> bool:
    """Tell whether a component of a pipeline is a parser built as in spaCy's small models."""
    if not all(hasattr(pipe, name) for name in _NEEDED):
        return False
    model = pipe.model
    plain = model.attrs.get("has_upper") is True and not model.attrs.get("unseen_classes")
    return plain and pipe.cfg.get("beam_width") == 1 and model.ops.name == "numpy"


def parse_in_step(parser: Any, docs: Sequence[Any]) -> None:
    """
    Parse documents whose vectors are made, with the transitions that the parser itself would choose.

    The parser's own loop takes and gives back Python's lock for every feature of every
    state, half of its time; here it is held all along.

    Parameters
    ----------
    parser
        One that `can_step`.
    docs
        Best of like length: those that are through wait for the longest.
    """
    states = parser.moves.init_batch(docs)
    if any(not state.is_final() for state in states):
        step_through(parser, states, parser.model.predict(docs))
    parser.set_annotations(docs, states)


def step_through(parser: Any, states: Sequence[Any], step: Any) -> None:
    """Take the states of a parser to their ends; `step` is its model with the vectors of their documents."""
    import numpy as np  # noqa: PLC0415

    numbers, vectors, go_on = step.get_token_ids, step.state2vec.predict, parser.transition_states
    weights, bias = np.ascontiguousarray(step.vec2scores.get_param("W").T), step.vec2scores.get_param("b")
    unfinished = [state for state in states if not state.is_final()]
    while unfinished:
        scores = np.dot(vectors(numbers(unfinished)), weights)
        scores += bias
        unfinished = go_on(unfinished, scores)
    step.clear_memory()
