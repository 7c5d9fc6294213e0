"""
Which tiles a state owns, and between which days.

A state's ground changes only when a part of its place, or a place carved out of it,
starts or stops having a state of its own; between such days it is one piece.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.errors import OverlappingStatesError
from tracker.layers.mosaic import Tile
from tracker.layers.parts import Anatomy, normal_part
from tracker.model import State, Status

__all__ = [
    "Piece",
    "Presence",
    "bounds_of",
    "check_no_overlap",
    "day_of",
    "layer_dates",
    "pieces_of",
    "speaks_of_place_alone",
]

EVER = -1  # before all days
NEVER = dt.date.max.toordinal() + 1  # after all days


class Piece(NamedTuple):
    """A state over days of unchanging ground: ordinals, half-open, the faces it owns, and who is named beside it."""

    state: State
    start: int
    stop: int
    faces: tuple[int, ...]
    named: frozenset[str]


def bounds_of(state: State) -> tuple[int, int]:
    """Return the half-open ordinals of a state's valid time; open ends reach beyond all days."""
    start = EVER if state.valid_from is None else state.valid_from.toordinal()
    stop = NEVER if state.valid_to is None else state.valid_to.toordinal()
    return start, stop


def speaks_of_place_alone(state: State) -> bool:
    """Return whether a state of a whole place says nothing of the country around it: only `held` and `shared` do."""
    return state.part is None and state.status not in (Status.HELD, Status.SHARED)


def day_of(ordinal: int) -> dt.date | None:
    """Return the day of an ordinal, None for an open end."""
    return None if ordinal in (EVER, NEVER) else dt.date.fromordinal(ordinal)


def layer_dates(states: Iterable[State]) -> list[dt.date]:
    """
    Return the days on which something changes, in order.

    Returns
    -------
    days
        Every `valid_from` and `valid_to` that is not open.
    """
    days = {day for state in states for day in (state.valid_from, state.valid_to) if day is not None}
    return sorted(days)


class Presence:
    """
    When a thing has any state at all: merged half-open intervals.

    Examples
    --------
    >>> whole = Presence([(1, 5), (5, 9), (20, 30)])
    >>> whole.bounds, whole.at(8), whole.at(9)
    ([1, 9, 20, 30], True, False)
    """

    __slots__ = ("bounds",)

    def __init__(self, intervals: Iterable[tuple[int, int]]) -> None:
        self.bounds: list[int] = []
        for start, stop in sorted(intervals):
            if self.bounds and start <= self.bounds[-1]:
                self.bounds[-1] = max(stop, self.bounds[-1])
            else:
                self.bounds += [start, stop]

    def at(self, day: int) -> bool:
        """Return whether it is present on a day."""
        return bisect.bisect_right(self.bounds, day) % 2 == 1


def check_no_overlap(states: Sequence[State]) -> None:
    """
    Check that no two states of one place and part cover the same day.

    Raises
    ------
    OverlappingStatesError
        At the first such pair.
    """
    last: dict[tuple[str, str | None], int] = {}
    for state in sorted(states, key=bounds_of):
        key = (state.place_id, None if state.part is None else normal_part(state.part))
        start, stop = bounds_of(state)
        if start < last.get(key, EVER):
            raise OverlappingStatesError(state.place_id, state.part, str(day_of(start) or "all days"))
        last[key] = stop


def pieces_of(
    states: Sequence[State],
    tiles: Sequence[Tile],
    anatomy: Anatomy | None,
    others: Mapping[str, Presence],
) -> Iterator[Piece]:
    """
    Yield the pieces of one place's states.

    Parameters
    ----------
    states
        All states of one place, parts and whole.
    tiles
        The tiles that the place may take.
    anatomy
        Of the place, None when no part is ever named.
    others
        Presence of every place that has states, by place id.
    """
    parts: dict[str, list[tuple[int, int]]] = {}
    for state in states:
        if state.part is not None:
            parts.setdefault(normal_part(state.part), []).append(bounds_of(state))
    named = {part: Presence(intervals) for part, intervals in sorted(parts.items())}
    rivals = {r: others[r] for r in sorted({r for tile in tiles for r in tile.rivals}) if r in others}
    turns = sorted({b for presence in (*named.values(), *rivals.values()) for b in presence.bounds})
    far = frozenset(tile.face for tile in tiles if tile.far)
    around = far.union(tile.face for tile in tiles if tile.share > 1.0)  # outside the core, where no part reaches
    allotted: dict[tuple[frozenset[str], frozenset[str]], dict[str | None, tuple[int, ...]]] = {}
    for state in states:
        start, stop = bounds_of(state)
        part = None if state.part is None else normal_part(state.part)
        inner = turns[bisect.bisect_right(turns, start) : bisect.bisect_left(turns, stop)]
        piece: Piece | None = None
        for begin, end in zip([start, *inner], [*inner, stop], strict=True):
            key = (
                frozenset(p for p, presence in named.items() if presence.at(begin)),
                frozenset(r for r, presence in rivals.items() if presence.at(begin)),
            )
            if key not in allotted:
                allotted[key] = _allot(tiles, anatomy, *key)
            faces = allotted[key].get(part, ())
            if far and speaks_of_place_alone(state):
                # Beside parts that have states of their own a ring around them all tells nothing, unless they leave no
                # other ground: then it is the only place where what is said of the whole can be seen.
                inner = [face for face in faces if face not in around] if key[0] else []
                faces = tuple(inner or [face for face in faces if face not in far])
            if piece is not None and piece.faces == faces:
                piece = piece._replace(stop=end)
                continue
            if piece is not None:
                yield piece
            piece = Piece(state, begin, end, faces, key[0])
        if piece is not None:
            yield piece


def _allot(
    tiles: Sequence[Tile], anatomy: Anatomy | None, named: frozenset[str], present: frozenset[str]
) -> dict[str | None, tuple[int, ...]]:
    """Give each tile to the part that it belongs to, or to the whole (None); rivals that are present take theirs."""
    out: dict[str | None, list[int]] = {}
    for tile in tiles:
        if not present.isdisjoint(tile.rivals):
            continue
        part = anatomy.part_at(tile.direction, tile.share, tile.quarters, named) if anatomy and named else None
        out.setdefault(part, []).append(tile.face)
    return {part: tuple(faces) for part, faces in out.items()}
