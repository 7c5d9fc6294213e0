"""Claims fused and drawn, with what is to be held back left out from the start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.model import Claim, Judgement, Layer, State
from tracker.pipeline.ground import draw_layer

if TYPE_CHECKING:
    from tracker.pipeline.stages import Stages
    from tracker.precautions import Guard, Precautions


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Claims, the states that they make, and those states with geometry."""

    claims: tuple[Claim, ...]
    states: tuple[State, ...]
    layer: Layer


def draw_guarded(
    claims: Sequence[Claim],
    stages: Stages,
    precautions: Precautions | None = None,
    *,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    judgements: Sequence[Judgement] = (),
    span: bool = False,
) -> Made:
    """
    Fuse claims and draw them, with what is to be held back left out from the start.

    Every output of this package is made from what this returns, or by `layer_from_files`.

    Parameters
    ----------
    precautions
        None holds nothing back.
    on
        One day; None: all days.
    judgements
        Verdicts to obey.
    span
        Draw all days all the same; `on` then only tells an embargo where to count from.

    Raises
    ------
    UsageError
        If an embargo has no day to count from.
    """
    read = _as_judged(claims, judgements, stages)
    if not precautions:
        states = stages.fuse(claims, known_by=known_by, judgements=judgements)
        layer = draw_layer(states, read, stages, on=None if span else on, known_by=known_by)
        return Made(claims=tuple(claims), states=tuple(states), layer=layer)
    guard = guard_of(precautions, read, stages, on=on, known_by=known_by)
    fused = stages.fuse(guard.shown_of(claims), known_by=guard.known_by, judgements=guard.judgements(judgements))
    return draw_shown(guard, guard.states(fused), stages, span=span)


def guard_of(
    precautions: Precautions,
    claims: Sequence[Claim],
    stages: Stages,
    *,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    judgements: Sequence[Judgement] = (),
) -> Guard:
    """
    Return what guards claims that are shown, not drawn: as `draw_guarded` does, claims count as they were judged.

    Raises
    ------
    UsageError
        If an embargo has no day to count from.
    """
    from tracker.precautions import Guard

    judged = _as_judged(claims, judgements, stages)
    return Guard(precautions, stages.gazetteer, judged, on=on, known_by=known_by)


def _as_judged(claims: Sequence[Claim], judgements: Sequence[Judgement], stages: Stages) -> Sequence[Claim]:
    if not judgements:
        return claims
    from tracker.states import apply_judgements

    return apply_judgements(claims, judgements, places=stages.gazetteer).claims


def draw_shown(guard: Guard, states: Sequence[State], stages: Stages, *, span: bool) -> Made:
    """Return states, and the claims that a guard lets be shown, drawn where it says that they lie."""
    on = None if span else guard.on
    layer = draw_layer(states, guard.claims, stages, on=on, known_by=guard.known_by, places=guard.places)
    return Made(claims=tuple(guard.claims), states=tuple(states), layer=guard.layer(layer))
