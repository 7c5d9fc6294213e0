"""A run told in a few lines."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from tracker.cli._summary import summary_lines
from tracker.model import ActorProbability, State, Status

ON = dt.date(2017, 9, 5)
PLACES = SimpleNamespace(get=lambda place_id: SimpleNamespace(name=place_id.title()))


def state(place: str, status: Status, *sides: str, stale_from: dt.date | None = None, **more) -> State:
    return State(
        place_id=place, status=status, holder=sides[0] if status is Status.HELD else None,
        candidates=tuple(ActorProbability(actor=side, p=0.5) for side in sides), besieged=False, probability=0.9,
        confidence=0.9, claim_ids=("c",), against_ids=(), reason="", stale_from=stale_from,
        newest_claim=dt.date(2015, 1, 2), **more,
    )  # fmt: skip


def summed_up(*states: State) -> list[str]:
    return list(summary_lines(states, (), on=ON, places=PLACES, actors={}))[1:]


def test_what_nobody_spoke_of_for_long_is_unknown_and_its_last_word_is_dated() -> None:
    stale = state("dolna", Status.HELD, "sdf", stale_from=dt.date(2017, 1, 1))
    fresh = state("horna", Status.HELD, "sdf", stale_from=dt.date(2018, 1, 1))
    assert summed_up(stale, fresh) == [
        "",
        "On 2017-09-05",
        "  held       Horna: SDF",
        "  unknown    Dolna: perhaps SDF, no word since 2015-01-02",
    ]


def test_sides_are_told_as_they_stand_to_each_other() -> None:
    told = summed_up(
        state("a", Status.ONE_OF, "sdf", "hts"), state("b", Status.CONTESTED, "sdf", "hts", fraction=(0.7, 0.7))
    )
    assert told[2:] == ["  contested  B: SDF, HTS (70% SDF)", "  one_of     A: SDF or HTS"]


def test_a_day_of_which_no_report_tells_is_said_to_be_one() -> None:
    later = state("dolna", Status.HELD, "sdf", valid_from=dt.date(2018, 1, 1))
    assert summed_up(later) == ["\nNo report tells how any place stood on 2017-09-05."]
