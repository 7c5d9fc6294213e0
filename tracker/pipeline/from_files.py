"""The layer that files of records, or a ledger, make."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.jsonl import read_records
from tracker.model import Claim, Judgement, Layer, State
from tracker.pipeline.ground import draw_layer
from tracker.pipeline.guarded import draw_guarded, draw_shown, guard_of

if TYPE_CHECKING:
    from tracker.pipeline.stages import Stages
    from tracker.precautions import Precautions


_FRESH = dt.timedelta(days=30)  # a map of a later day than this after the newest word says so


def layer_from_files(  # noqa: PLR0913 - each is an option of the verbs
    stages: Stages,
    *,
    states: str | Path | None = None,
    claims: str | Path | None = None,
    layer: str | Path | None = None,
    ledger: str | Path | None = None,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    precautions: Precautions | None = None,
    span: bool = False,
) -> Layer:
    """
    Return the layer that files of records, or a ledger, make; ``-`` is standard input.

    Parameters
    ----------
    states
        JSON Lines of states; None: the claims are fused.
    claims
        JSON Lines of claims, for the quotes.
    layer
        GeoJSON of a span, as `write_outputs` writes it; it holds all that is needed.
    ledger
        A project's ledger, read when no other is given: its claims, fused as its judgements say.
    precautions, span
        As in `draw_guarded`.
    on
        One day; None: all days.
    known_by
        Leave out reports published later; for claims and a ledger alone, since states and layers are fused already.

    Raises
    ------
    UsageError
        If none is given, a layer beside states or claims, what a layer or states can't take, or what is given
        can't be guarded any more.
    RecordError
        If a line is no such record.
    LedgerError
        If the ledger can't be read.
    """
    made = _layer_of(
        stages, states=states, claims=claims, layer=layer, ledger=ledger, on=on, known_by=known_by,
        precautions=precautions, span=span,
    )  # fmt: skip
    note = _how_far_told(made, on)
    return made if note is None else replace(made, notes=(*made.notes, note))


def _how_far_told(layer: Layer, on: dt.date | None) -> str | None:
    """Return what a reader must be told of an empty map, and of a day near which no report says anything."""
    from tracker.layers import features_on

    if not layer.features and (on is None or layer.on is None):
        return "Nothing can be drawn: no report tells who held what, or the region holds none of the places."
    if on is None:
        return None
    shown = features_on(layer, on)
    if not shown:
        return f"No report says who held what on {on}."
    words = [day for f in shown for day in (f.start, f.newest_claim) if day is not None]
    newest = max(words, default=None)
    if newest is not None and on - newest > _FRESH:
        return f"The newest word of what is drawn here is of {newest}."
    if newest is not None and on < min(words) and all(f.start is None for f in shown):
        return f"Nothing is told of {on} itself: what is drawn was so at some time before {min(words)}."
    return None


def _layer_of(  # noqa: PLR0913 - as above
    stages: Stages,
    *,
    states: str | Path | None,
    claims: str | Path | None,
    layer: str | Path | None,
    ledger: str | Path | None,
    on: dt.date | None,
    known_by: dt.date | None,
    precautions: Precautions | None,
    span: bool,
) -> Layer:
    if precautions:
        precautions.check_inputs(states=states is not None, layer=layer is not None)
    if layer is not None:
        if states is not None or claims is not None:
            raise UsageError("a layer (--layer) holds all that is needed: leave states and claims out.")
        if known_by is not None:
            raise UsageError("--known-by needs the claims alone: a layer is fused already. Give --claims or --ledger.")
        read = _drawn_already(layer, stages, precautions)
        return read if on is None or span or read.on is not None else _layer_on(read, on)
    if states is None and claims is None:
        if ledger is None:
            raise UsageError(
                "say where the states are: states (--states), claims (--claims), a layer (--layer) or a ledger "
                "(--ledger)."
            )
        told, judged = _in_ledger(ledger, known_by)
        drawn = draw_guarded(told, stages, precautions, on=on, known_by=known_by, judgements=judged, span=span)
        return drawn.layer
    if states is not None and known_by is not None:
        raise UsageError("--known-by needs the claims alone: states are fused already. Give --claims or --ledger only.")
    said = read_records(claims, Claim) if claims is not None else []
    if states is None:
        return draw_guarded(said, stages, precautions, on=on, known_by=known_by, span=span).layer
    known = read_records(states, State)
    if not precautions:
        return draw_layer(known, said, stages, on=None if span else on, known_by=known_by)
    _check_rests(precautions, claims)
    guard = guard_of(precautions, said, stages, on=on, known_by=known_by)
    return draw_shown(guard, guard.states(known), stages, span=span).layer


def _drawn_already(path: str | Path, stages: Stages, precautions: Precautions | None) -> Layer:
    from tracker.layers import read_layer

    if stages.ground is not None:
        raise UsageError("a layer's ground is drawn already: give claims (--claims) or states (--states) instead.")
    read = read_layer(path)
    return guard_of(precautions, (), stages).layer(read) if precautions else read


def _layer_on(layer: Layer, on: dt.date) -> Layer:
    from tracker.exports import layer_on

    return layer_on(layer, on)


def _check_rests(precautions: Precautions, claims: str | Path | None) -> None:
    """Stop when a report is to be hidden and nobody can tell which states rest on it."""
    if claims is None and precautions.suppression is not None and precautions.suppression.reports:
        raise UsageError("--suppress names a report, and states don't tell which reports they rest on. Add --claims.")


def _in_ledger(path: str | Path, known_by: dt.date | None) -> tuple[list[Claim], list[Judgement]]:
    from tracker.ledger import open_ledger

    with open_ledger(path, read_only=True) as ledger:
        return list(ledger.claims(known_by=known_by)), ledger.judgements()
