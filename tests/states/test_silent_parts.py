"""Who holds what is only told to be besieged, and who had what was taken from him."""

from __future__ import annotations

from claimkit import claim, day

from tracker.model import State, Status
from tracker.states import fuse, states_at

GOV, IS = "syrian_government", "islamic_state"


def on(states: list[State], date: str, part: str | None = None) -> State:
    return states_at(states, day(date))["tk:dolna", part]


def test_who_is_besieged_in_a_place_holds_it_though_nobody_says_so() -> None:
    (state,) = fuse([claim("besieges", IS, counter=GOV)])
    assert (state.status, state.holder, state.besieger) == (Status.HELD, GOV, IS)
    assert state.reason.startswith("Held by Syrian government, besieged in it. Besieged by Islamic State")


def test_a_besieged_place_of_which_nobody_says_who_is_in_it_has_an_unknown_holder() -> None:
    (state,) = fuse([claim("besieges", IS)])
    assert (state.status, state.holder, state.besieged) == (Status.UNKNOWN, None, True)
    assert state.doubt == 1.0


def test_who_breaks_the_siege_that_another_laid_was_inside_and_who_ends_its_own_was_not() -> None:
    laid = claim("besieges", IS, date="2017-01-10", report="a", published="2017-01-11")
    relieved = fuse([laid, claim("breaks_siege", GOV, report="b")])
    assert [(s.status, s.holder, s.besieged) for s in relieved] == [
        (Status.HELD, GOV, True), (Status.HELD, GOV, False),
    ]  # fmt: skip
    lifted = fuse([laid, claim("breaks_siege", IS, report="b")])
    assert lifted[-1].status is Status.UNKNOWN
    (told_at_once,) = fuse([claim("breaks_siege", GOV, counter=IS)])
    assert (told_at_once.holder, told_at_once.besieged) == (GOV, False)


def test_a_part_of_which_only_a_siege_is_told_is_held_as_the_whole_is() -> None:
    held = claim("holds", GOV, date="2014-12-01", report="a", published="2014-12-01")
    siege = claim("besieges", IS, part="south", date="2017-01-10", report="b", published="2017-01-11")
    south = on(fuse([held, siege]), "2017-02-01", "south")
    assert (south.status, south.holder, south.besieger) == (Status.HELD, GOV, IS)
    assert set(south.claim_ids) == {held.claim_id, siege.claim_id}
    assert "as the whole of it" in south.reason


def test_a_silent_part_changes_with_the_whole_and_no_longer_when_it_is_spoken_of() -> None:
    told = [
        claim("holds", GOV, date="2014-12-01", report="a", published="2014-12-01"),
        claim("besieges", None, part="south", date="2015-01-10", report="b", published="2015-01-11"),
        claim("loses", GOV, date="2016-01-10", report="c", published="2016-01-11"),
    ]
    states = fuse(told)
    assert on(states, "2015-12-31", "south").holder == GOV
    assert on(states, "2016-02-01", "south").status is Status.UNKNOWN
    spoken = fuse([*told, claim("holds", GOV, part="south", date="2015-06-01", report="d", published="2015-06-01")])
    assert on(spoken, "2016-02-01", "south").holder == GOV


def test_who_lost_a_place_that_another_had_took_it_some_time_between() -> None:
    told = [
        claim("gains", GOV, date="2016-03-27", report="a", published="2016-03-28"),
        claim("gains", GOV, date="2017-03-02", counter=IS, report="b", source="AP", published="2017-03-02"),
    ]
    states = fuse(told)
    assert [(s.holder, str(s.valid_from)) for s in states] == [
        (GOV, "2016-03-27"), (IS, "2016-09-13"), (GOV, "2017-03-02"),
    ]  # fmt: skip
    assert states[1].reason == "Held by Islamic State. Taken from Islamic State on 2017-03-02 (AP)."


def test_who_lost_a_place_took_it_when_the_one_before_lost_it() -> None:
    told = [
        claim("gains", GOV, date="2016-03-27", report="a", published="2016-03-28"),
        claim("loses", GOV, date="2016-12-11", report="c", source="AFP", published="2016-12-12"),
        claim("gains", GOV, date="2017-03-02", counter=IS, report="b", source="AP", published="2017-03-02"),
    ]
    assert [(s.holder, str(s.valid_from)) for s in fuse(told)] == [
        (GOV, "2016-03-27"), (IS, "2016-12-11"), (GOV, "2017-03-02"),
    ]  # fmt: skip


def test_a_side_that_is_taken_a_place_a_day_after_another_took_it_did_not_have_it_both_times() -> None:
    told = [
        claim("gains", GOV, date="2016-03-27", report="a", published="2016-03-28"),
        claim("gains", "rebels", date="2016-03-28", counter=IS, report="b", source="AP", published="2016-03-28"),
    ]
    assert [(s.status, s.holder) for s in fuse(told)] == [(Status.HELD, GOV), (Status.HELD, "rebels")]
