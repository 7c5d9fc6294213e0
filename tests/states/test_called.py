"""Sides that some reports call by a name, others by its short form."""

from __future__ import annotations

import sys
from pathlib import Path

from tracker.states import fuse, with_place_fused_again

sys.path.insert(0, str(Path(__file__).parent))
from claimkit import claim

BOTH, NAME, SHORT = "other:dolna army (da)", "other:dolna army", "other:da"


def holders(*claims) -> set[str | None]:
    return {state.holder for state in fuse(claims) if state.holder is not None}


def test_a_side_is_one_by_its_name_its_short_form_and_both() -> None:
    told = [
        claim("gains", NAME, date="2017-09-05", report="r1"),
        claim("holds", SHORT, date="2017-09-06", report="r2", source="Reuters"),
        claim("holds", "sdf", "gora", date="2017-09-06", counter=BOTH, report="r3"),
    ]
    assert {state.holder for state in fuse(told) if state.place_id == "tk:dolna"} == {BOTH}


def test_what_nobody_calls_by_both_stays_two() -> None:
    assert holders(claim("holds", NAME), claim("holds", SHORT, "gora", report="r2")) == {NAME, SHORT}


def test_a_short_form_of_two_sides_is_of_neither() -> None:
    other = "other:delta army (da)"
    told = [
        claim("holds", SHORT),
        claim("holds", BOTH, "gora", report="r2"),
        claim("holds", other, "sela", report="r3"),
    ]
    assert holders(*told) == {SHORT, BOTH, other}


def test_who_loses_is_called_by_both_too() -> None:
    told = [
        claim("holds", BOTH, date="2017-09-01", published="2017-09-01", report="r1"),
        claim("gains", "sdf", date="2017-09-05", counter=SHORT, report="r2"),
    ]
    last = max((s for s in fuse(told)), key=lambda s: s.valid_from)
    assert last.holder == "sdf"
    assert SHORT not in {side.actor for state in fuse(told) for side in state.candidates}


def test_one_place_fused_again_calls_sides_as_the_others_do() -> None:
    told = [claim("holds", BOTH, "gora", report="r2"), claim("holds", SHORT)]
    before = fuse(told[:1])
    assert with_place_fused_again(before, told[1:], "tk:dolna") == fuse(told)
