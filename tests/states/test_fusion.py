"""Who holds a place, worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

import pytest
from claimkit import claim, day
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import OverlappingStatesError
from tracker.model import Claim, Judgement, State, Status, Verdict
from tracker.states import faded, fuse, states_at, with_place_fused_again


def readings(states: list[State]) -> list[tuple[str | None, str | None, str | None, str | None]]:
    def text(on: dt.date | None) -> str | None:
        return on.isoformat() if on else None

    return [
        (s.holder if s.status is Status.HELD else s.status, s.part, text(s.valid_from), text(s.valid_to))
        for s in states
    ]


def test_the_last_credible_claim_holds_and_the_side_that_lost_it_held_it_before() -> None:
    states = fuse(
        [
            claim("gains", "rebels", date="2012-07-19", counter="army", report="a", published="2012-07-20"),
            claim("gains", "army", date="2013-01-05", report="b", published="2013-01-06"),
        ]
    )
    assert readings(states) == [
        ("army", None, None, "2012-07-19"),
        ("rebels", None, "2012-07-19", "2013-01-05"),
        ("army", None, "2013-01-05", None),
    ]


def test_a_weak_rumour_does_not_turn_a_well_reported_town() -> None:
    well = [
        claim("gains", "rebels", date="2012-07-19", report=f"r{i}", source=f"paper {i}", published="2012-07-20")
        for i in range(4)
    ]
    rumour = claim("holds", "army", date="2012-07-21", report="x", source="x", confidence=0.3, modality="hedged")
    states = fuse([*well, rumour])
    assert readings(states) == [("rebels", None, "2012-07-19", None)]
    assert states[0].against_ids == (rumour.claim_id,)
    assert "weighs less" in states[0].reason


def test_a_hedged_boast_leaves_a_holder_in_doubt_and_does_not_replace_it() -> None:
    states = fuse([
        claim("holds", "ukraine", date="2023-05-01", report="a", source="ISW", published="2023-05-01"),
        claim("gains", "russia", date="2023-05-20", report="b", source="Reuters", published="2023-05-20",
              modality="hedged", attributed_to="Russian defence ministry"),
    ])  # fmt: skip
    assert [s.status for s in states] == [Status.HELD, Status.ONE_OF]
    assert set(states[1].claim_ids) > set(states[0].claim_ids)  # the doubt rests on what was said before as well


def test_a_side_that_enters_a_town_that_another_holds_contests_it() -> None:
    states = fuse(
        [
            claim("holds", "isil", date="2016-06-01", report="a", published="2016-06-01"),
            claim("enters", "sdf", date="2017-06-06", report="b", published="2017-06-07"),
        ]
    )
    assert readings(states) == [("isil", None, "2016-06-01", "2017-06-06"), ("contested", None, "2017-06-06", None)]
    assert states[-1].holder == "isil"


def test_who_arrives_on_the_day_on_which_the_holder_lost_a_town_has_it() -> None:
    states = fuse(
        [
            claim("enters", "army", date="2025-01-11", report="r1", confidence=0.75),
            claim("loses", "militia", date="2025-01-11", report="r1", confidence=0.77),
        ]
    )
    assert [(s.status, s.holder) for s in states] == [(Status.HELD, "army")]


def test_two_that_arrive_where_a_third_lost_leave_it_open() -> None:
    told = [("enters", "army"), ("enters", "rebels"), ("loses", "militia")]
    states = fuse([claim(kind, side, date="2025-01-11", report="r1") for kind, side in told])
    assert states[-1].status is not Status.HELD


def test_an_entry_with_which_a_history_ends_took_the_town() -> None:
    told = [
        claim("gains", "south", date="2014-04-12", published="2023-03-01", at=0),
        claim("enters", "north", date="2014-07-05", published="2023-03-01", at=200),
    ]
    states = fuse(told)
    assert [(s.holder, s.valid_from) for s in states] == [("south", day("2014-04-12")), ("north", day("2014-07-05"))]


def test_an_entry_after_which_a_history_tells_of_fighting_is_no_capture() -> None:
    told = [
        claim("gains", "south", date="2014-04-12", published="2023-03-01", at=0),
        claim("enters", "north", date="2014-07-05", published="2023-03-01", at=200),
        claim("contests", "north", date="2014-07-08", published="2023-03-01", at=400),
    ]
    assert fuse(told)[-1].status is Status.CONTESTED


def test_a_town_that_its_holder_leaves_goes_back_to_the_one_side_that_had_it_before() -> None:
    told = [
        claim("gains", "south", date="2014-04-01", published="2020-05-01", at=0),
        claim("gains", "north", date="2014-07-28", published="2020-05-01", at=100),
        claim("withdraws", "north", date="2015-02-18", published="2020-05-01", at=200),
    ]
    assert [s.holder for s in fuse(told)] == ["south", "north", "south"]


def test_who_leaves_on_the_day_on_which_another_is_in_control_leaves_it_to_that_side() -> None:
    told = [
        claim("withdraws", "south", date="2024-04-11", published="2025-03-01", at=0),
        claim("holds", "north", date="2024-04-11", published="2025-03-01", at=100),
    ]
    assert fuse(told)[-1].holder == "north"


def test_an_ally_that_came_along_with_the_capture_took_nothing_from_it() -> None:
    told = [
        claim("gains", "north", date="2014-07-05", published="2023-03-01", at=0),
        claim("enters", "union", date="2014-07-05", published="2023-03-01", at=200),
    ]
    assert fuse(told)[-1].holder == "north"


def test_what_was_so_before_the_change_of_its_sentence_comes_before_it() -> None:
    told = [
        claim("gains", "south", date="2015-08", published="2023-03-01", quote="retaken in August, after a handover"),
        claim("gains", "north", date="../2015-08", published="2023-03-01", quote="retaken in August, after a handover"),
    ]
    assert [s.holder for s in fuse(told)] == ["north", "south"]


def test_who_held_a_town_until_a_day_has_it_no_longer() -> None:
    told = [claim("holds", "south", date="2014-04-12/2014-07-05", published="2023-03-01")]
    states = fuse(told)
    assert [(s.holder, s.valid_from) for s in states] == [("south", day("2014-04-12")), (None, day("2014-07-05"))]


def test_a_town_that_its_holder_leaves_falls_to_the_besieger() -> None:
    told = [
        claim("gains", "south", date="2022-05-27", published="2022-10-02", report="r1"),
        claim("besieges", "north", date="2022-09-20", published="2022-10-02", report="r2"),
        claim("withdraws", "south", date="2022-10-01", published="2022-10-02", report="r3"),
    ]
    last = fuse(told)[-1]
    assert (last.holder, last.besieged) == ("north", False)


def test_a_loss_told_months_later_is_the_loss_that_is_known() -> None:
    states = fuse(
        [
            claim("holds", "sdf", date="2017-09-20", fraction=(0.8, 0.8), report="a", published="2017-09-20"),
            claim("gains", "sdf", date="2017-10-17", counter="isil", report="b", published="2017-10-18"),
            claim("loses", "isil", date="../2017-12-01", report="c", published="2017-12-01"),
        ]
    )
    assert readings(states) == [("contested", None, "2017-09-20", "2017-10-17"), ("sdf", None, "2017-10-17", None)]


def test_a_fall_without_a_winner_gives_way_to_the_winner_named_by_another() -> None:
    states = fuse(
        [
            claim("holds", "army", date="2014-01-01", report="a", published="2014-01-01"),
            claim("gains", None, date="2014-02-01", report="b", published="2014-02-02"),
            claim(
                "gains", "isil", date="2014-02-01", counter="army", report="c", published="2014-02-03", source="Reuters"
            ),
        ]
    )
    assert readings(states) == [("army", None, "2014-01-01", "2014-02-01"), ("isil", None, "2014-02-01", None)]


def test_two_sources_that_disagree_on_one_day_leave_it_open() -> None:
    states = fuse(
        [
            claim("gains", "rebels", report="a", source="paper a"),
            claim("gains", "army", report="b", source="paper b"),
        ]
    )
    assert states[0].status is Status.ONE_OF
    assert {c.actor for c in states[0].candidates} == {"rebels", "army"}


def test_a_report_published_later_is_placed_when_it_was_so() -> None:
    states = fuse(
        [
            claim("gains", "army", date="2016-03-01", report="a", published="2016-03-02"),
            claim("gains", "rebels", date="2014-05-01", report="b", published="2018-01-01"),
        ]
    )
    assert readings(states) == [("rebels", None, "2014-05-01", "2016-03-01"), ("army", None, "2016-03-01", None)]


def test_what_was_published_after_known_by_is_not_known() -> None:
    told = [
        claim("gains", "army", date="2016-03-01", report="a", published="2016-03-02"),
        claim("gains", "rebels", date="2014-05-01", report="b", published="2018-01-01"),
    ]
    assert fuse(told, known_by=day("2017-01-01")) == fuse(told[:1])


def test_fighting_inside_a_held_town_makes_it_contested() -> None:
    states = fuse(
        [
            claim("holds", "army", date="2016-03-01", report="a", published="2016-03-02"),
            claim("contests", "rebels", date="2016-08-01", report="b", published="2016-08-02"),
        ]
    )
    assert states[-1].status is Status.CONTESTED
    assert {c.actor for c in states[-1].candidates} == {"army", "rebels"}
    assert states[-1].holder == "army"  # nobody says that it lost more than a street


def test_a_side_that_leaves_a_contested_town_leaves_it_to_the_other() -> None:
    states = fuse(
        [
            claim("contests", "rebels", date="2016-03-01", counter="army", report="a", published="2016-03-02"),
            claim("withdraws", "rebels", date="2016-08-01", report="b", published="2016-08-02"),
        ]
    )
    assert readings(states) == [("contested", None, "2016-03-01", "2016-08-01"), ("army", None, "2016-08-01", None)]


def test_a_side_that_loses_a_town_to_nobody_named_leaves_no_holder() -> None:
    states = fuse(
        [
            claim("holds", "rebels", date="2016-03-01", report="a", published="2016-03-02"),
            claim("withdraws", "rebels", date="2016-08-01", report="b", published="2016-08-02"),
        ]
    )
    assert readings(states) == [("rebels", None, "2016-03-01", "2016-08-01"), ("unknown", None, "2016-08-01", None)]


def test_seventy_percent_narrows_over_half() -> None:
    states = fuse(
        [
            claim(
                "gains", "sdf", date="2017-08-01", counter="isil", fraction=(0.5, 1), report="a", published="2017-08-02"
            ),
            claim("holds", "sdf", date="2017-08-20", fraction=(0.7, 0.7), report="b", published="2017-08-21"),
        ]
    )
    assert [(s.status, s.fraction) for s in states if s.status is not Status.HELD] == [
        (Status.CONTESTED, (0.5, 1)),
        (Status.CONTESTED, (0.7, 0.7)),
    ]


def test_two_sides_told_alike_in_one_sentence_share_the_town_until_one_leaves() -> None:
    words = "The rebels and the brigade took the town on 1 March."
    states = fuse(
        [
            claim("gains", "rebels", date="2016-03-01", report="a", published="2016-03-02", quote=words),
            claim("gains", "brigade", date="2016-03-01", report="a", published="2016-03-02", quote=words),
            claim("withdraws", "rebels", date="2016-08-01", report="b", published="2016-08-02"),
        ]
    )
    assert readings(states) == [("shared", None, "2016-03-01", "2016-08-01"), ("brigade", None, "2016-08-01", None)]
    assert {c.actor for c in states[0].candidates} == {"rebels", "brigade"}
    assert len(states[0].claim_ids) == 2


def test_a_coarse_date_tells_the_dated_event_again() -> None:
    states = fuse(
        [
            claim("gains", "rebels", date="2012-07-19", report="a", published="2012-07-20"),
            claim("gains", "rebels", date="2012", report="b", source="b", published="2013-02-01"),
        ]
    )
    assert readings(states) == [("rebels", None, "2012-07-19", None)]
    assert states[0].n_sources == 2


def test_a_present_tense_between_two_old_dates_is_history() -> None:
    states = fuse(
        [
            claim("gains", "rebels", date="2012-09-19", at=10, published="2023-10-09"),
            claim("gains", "isil", date="2023-10-09", at=20, published="2023-10-09"),
            claim("gains", "sdf", date="2015-06-15", at=30, published="2023-10-09"),
        ]
    )
    assert [s.holder for s in states] == ["rebels", "isil", "sdf"]
    assert states[-1].valid_from == day("2015-06-15")


def test_a_present_tense_before_the_history_of_a_place_is_the_present() -> None:
    states = fuse(
        [
            claim("holds", "army", date="2017-09-05", at=10),
            claim("gains", "rebels", date="2012-09-19", at=20),
            claim("gains", "isil", date="2014-01-05", at=30),
        ]
    )
    assert [s.holder for s in states] == ["rebels", "isil", "army"]


def test_a_side_that_entered_and_then_took_a_town_on_one_day_has_it() -> None:
    states = fuse(
        [
            claim("gains", "rebels", date="2011-12-01", report="a", published="2012-01-01"),
            claim("enters", "army", date="2012-03-24", at=10, published="2012-03-26"),
            claim("gains", "army", date="2012-03-24", at=20, counter="rebels", published="2012-03-26"),
        ]
    )
    assert readings(states) == [("rebels", None, "2011-12-01", "2012-03-24"), ("army", None, "2012-03-24", None)]


def test_changes_of_one_month_are_spread_over_it_as_they_are_told() -> None:
    states = fuse(
        [
            claim("holds", "rebels", date="2012-06", at=10, published="2023-01-01"),
            claim("loses", "rebels", date="2012-06", at=20, published="2023-01-01"),
            claim("gains", "army", date="2012-06", at=30, published="2023-01-01"),
        ]
    )
    assert readings(states) == [
        ("rebels", None, "2012-06-01", "2012-06-11"),
        ("unknown", None, "2012-06-11", "2012-06-21"),
        ("army", None, "2012-06-21", None),
    ]


def test_quarters_held_in_the_same_month_are_held_at_once() -> None:
    states = fuse(
        [
            claim("holds", "rebels", date="2012-06", part="parts", at=10, published="2012-07-01"),
            claim("holds", "army", date="2012-06", part="parts", at=20, published="2012-07-01"),
        ]
    )
    assert readings(states) == [("contested", None, "2012-06-01", None)]


def test_an_undated_change_follows_the_one_told_before_it() -> None:
    states = fuse(
        [
            claim("gains", "isil", date="2013-09", at=10, published="2023-01-01"),
            claim("withdraws", "isil", date=None, at=20, published="2023-01-01"),
        ]
    )
    assert readings(states) == [("isil", None, "2013-09-01", "2023-01-01"), ("unknown", None, "2023-01-01", None)]


def test_what_was_so_some_time_before_yields_to_the_dated_loss() -> None:
    states = fuse(
        [
            claim("gains", "army", date="2017-09-01", counter="isil", report="a", published="2017-09-02"),
            claim("gains", "isil", date="../2017-09-05", report="b"),
        ]
    )
    assert readings(states) == [("isil", None, None, "2017-09-01"), ("army", None, "2017-09-01", None)]


def test_the_whole_town_taken_ends_what_was_said_of_its_parts() -> None:
    states = fuse(
        [
            claim("holds", "rebels", date="2016-03-01", part="north", report="a", published="2016-03-02"),
            claim("gains", "army", date="2016-12-22", report="b", published="2016-12-23"),
        ]
    )
    assert ("rebels", "north", "2016-03-01", "2016-12-22") in readings(states)
    assert states_at(states, day("2017-01-01")).keys() == {("tk:dolna", None)}


def test_who_loses_the_whole_town_loses_his_part_of_it_and_nobody_elses() -> None:
    states = fuse(
        [
            claim("holds", "rebels", date="2016-03-01", part="east", report="a", published="2016-03-02"),
            claim("holds", "army", date="2016-03-01", part="west", report="a", published="2016-03-02", at=50),
            claim("besieges", "army", date="2016-10-01", counter="rebels", report="b", published="2016-10-02"),
            claim("loses", "rebels", date="2016-12-22", report="c", published="2016-12-23"),
        ]
    )
    after = states_at(states, day("2017-01-01"))
    assert ("tk:dolna", "east") not in after
    assert after["tk:dolna", "west"].holder == "army"


def test_an_ally_of_the_besiegers_that_takes_the_town_ends_the_siege() -> None:
    states = fuse(
        [
            claim("holds", "rebels", date="2016-02-01", report="z", published="2016-02-02"),
            claim("besieges", "militia", date="2016-03-01", counter="rebels", report="a", published="2016-03-02"),
            claim("gains", "army", date="2016-05-01", counter="rebels", report="b", published="2016-05-02"),
        ]
    )
    assert [(s.holder, s.besieged) for s in states][-2:] == [("rebels", True), ("army", False)]


def test_a_town_said_to_be_held_by_another_than_the_besieged_is_besieged_no_more() -> None:
    # The army fought its way in quarter by quarter, so that no report says that it took the whole.
    states = fuse(
        [
            claim("holds", "rebels", date="2016-01-01", report="o", published="2016-01-02"),
            claim("besieges", "militia", date="2016-03-01", report="a", published="2016-03-02"),
            claim("holds", "army", date="2016-05-17", fraction=(0.9, 0.9), report="b", published="2016-05-18"),
            claim("holds", "army", date="2016-07-21", report="c", published="2016-07-22"),
        ]
    )
    assert (states[-2].besieged, states[-2].besieger) == (True, "militia")
    assert (states[-1].holder, states[-1].besieged) == ("army", False)


def test_word_that_the_besieged_hold_out_ends_no_siege() -> None:
    states = fuse(
        [
            claim("holds", "rebels", date="2016-01-01", report="o", published="2016-01-02"),
            claim("besieges", "militia", date="2016-03-01", report="a", published="2016-03-02"),
            claim("holds", "rebels", date="2016-05-17", report="b", published="2016-05-18"),
        ]
    )
    assert (states[-1].holder, states[-1].besieged) == ("rebels", True)


def test_whoever_is_first_named_in_a_besieged_town_is_besieged_there() -> None:
    states = fuse(
        [
            claim("besieges", "militia", date="2016-03-01", report="a", published="2016-03-02"),
            claim("holds", "rebels", date="2016-05-17", report="b", published="2016-05-18"),
        ]
    )
    assert (states[-1].holder, states[-1].besieged) == ("rebels", True)


def test_a_besieger_that_takes_the_town_ends_its_own_siege() -> None:
    states = fuse(
        [
            claim("besieges", "army", date="2016-03-01", counter="rebels", report="a", published="2016-03-02"),
            claim("gains", "army", date="2016-12-22", report="b", published="2016-12-23"),
        ]
    )
    assert [s.besieged for s in states] == [True, False]


def test_a_thousand_copies_weigh_as_much_as_one() -> None:
    words = "Government troops entered the last quarter and took the whole town on Monday, residents said."
    first = claim("gains", "army", report="a", source="wire", quote=words)
    copies = [
        claim("gains", "army", report=f"c{i:04}", source=f"paper {i}", quote=words, published="2017-09-06")
        for i in range(999)
    ]
    (alone,), (among,) = fuse([first]), fuse([first, *copies])
    assert (among.probability, among.confidence, among.doubt) == (alone.probability, alone.confidence, alone.doubt)
    assert (among.n_sources, among.n_reports) == (1, 1000)


def test_hundreds_of_sources_that_contradict_each_other_are_weighed() -> None:
    told = [claim("gains", f"side {int(i > 300)}", report=f"r{i}", source=f"p{i}", quote=f"{i}") for i in range(700)]
    (state,) = fuse(told)
    assert (state.holder, state.probability) == ("side 1", 1.0)


def test_an_admission_weighs_more_than_a_boast() -> None:
    boast = fuse([claim("gains", "syrian_government", counter="rebels", source="SANA")])
    admission = fuse([claim("gains", "rebels", counter="syrian_government", source="SANA")])
    assert admission[-1].probability > boast[-1].probability


def test_word_of_a_town_goes_stale_but_stays_in_the_record() -> None:
    (state,) = fuse([claim("gains", "army", date="2016-12-22", published="2016-12-23")])
    assert state.stale_from == day("2018-12-22")
    assert faded(state, day("2018-12-21")) is state
    assert faded(state, day("2018-12-22")).status is Status.UNKNOWN


def test_states_that_overlap_are_refused() -> None:
    (state,) = fuse([claim("gains", "army")])
    with pytest.raises(OverlappingStatesError, match="tk:dolna cover 2017-09-06"):
        states_at([state, state], day("2017-09-06"))


KINDS = ["gains", "loses", "holds", "contests", "besieges", "breaks_siege", "enters", "withdraws", "approaches"]
SIDES = st.sampled_from(["army", "rebels", "isil", None])
DATES = st.sampled_from(
    [None, "2016", "2016-02-29", "2016-03", "../2016-04-01", "2016-05-05", "2015-12/2016-01", "2016-05-05/.."]
)


@st.composite
def some_claims(draw: st.DrawFn) -> list[Claim]:
    return [
        claim(
            draw(st.sampled_from(KINDS)), draw(SIDES), draw(st.sampled_from(["dolna", "horna"])), draw(DATES),
            counter=draw(SIDES), part=draw(st.sampled_from([None, None, "north", "parts"])),
            fraction=draw(st.sampled_from([None, None, (0.5, 1.0), (0.8, 0.8)])),
            modality=draw(st.sampled_from(["asserted", "asserted", "hedged", "unreal"])),
            report=draw(st.sampled_from(["r1", "r2", "r3"])), source=draw(st.sampled_from(["AFP", "SANA", None])),
            published=draw(st.sampled_from(["2016-05-06", "2017-01-01", None])), at=i * 10,
        )
        for i in range(draw(st.integers(0, 9)))
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(some_claims(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(told: list[Claim], random) -> None:
    states = fuse(told)
    shuffled = [*told, *told[:3]]
    random.shuffle(shuffled)
    assert fuse(shuffled) == states


@settings(max_examples=150, deadline=None)
@given(some_claims())
def test_states_never_overlap_and_each_cites_a_claim_that_may_be_fused(told: list[Claim]) -> None:
    by_id = {c.claim_id: c for c in told}
    states = fuse(told)
    for state in states:
        assert state.claim_ids
        assert not set(state.claim_ids) & set(state.against_ids)
        assert all(by_id[i].modality != "unreal" for i in (*state.claim_ids, *state.against_ids))
        assert state.valid_from is None or state.valid_to is None or state.valid_from < state.valid_to
        assert 0 <= state.probability <= 1
        assert 0 <= state.confidence <= 1
        assert (state.holder is not None) >= (state.status is Status.HELD)
        assert state.holder is None or state.status in (Status.HELD, Status.CONTESTED, Status.SHARED)
    for on in ("2014-01-01", "2016-01-15", "2016-02-29", "2016-04-01", "2016-05-05", "2030-01-01"):
        states_at(states, day(on))


@settings(max_examples=100, deadline=None)
@given(some_claims())
def test_unreal_claims_and_later_reports_change_nothing(told: list[Claim]) -> None:
    assert fuse(told) == fuse([c for c in told if c.modality != "unreal"])
    early = [c for c in told if c.published and c.published <= day("2016-12-31")]
    assert fuse(told, known_by=day("2016-12-31")) == fuse(early)


@settings(max_examples=100, deadline=None)
@given(some_claims(), st.data())
def test_an_undone_judgement_leaves_no_trace(told: list[Claim], data: st.DataObject) -> None:
    if not told:
        return
    target = data.draw(st.sampled_from(told)).claim_id
    reject = judged("j1", target, Verdict.REJECT, 0)
    undo = judged("j2", "j1", Verdict.UNDO, 1)
    assert fuse(told, judgements=[reject]) == fuse([c for c in told if c.claim_id != target])
    assert fuse(told, judgements=[undo, reject]) == fuse(told)
    assert fuse(told, judgements=[reject, undo, judged("j3", "j2", Verdict.UNDO, 2)]) == fuse(told, judgements=[reject])


@settings(max_examples=60, deadline=None)
@given(some_claims())
def test_fusing_one_place_again_gives_what_fusing_all_gives(told: list[Claim]) -> None:
    before = fuse([c for i, c in enumerate(told) if i or c.place.place_id != "tk:dolna"])
    assert with_place_fused_again(before, told, "tk:dolna") == fuse(told)


def judged(judgement_id: str, target: str, verdict: Verdict, second: int, **corrections: str | None) -> Judgement:
    return Judgement(
        judgement_id=judgement_id, target=target, verdict=verdict, judged_by="anna",
        judged_on=dt.datetime(2020, 1, 1, 0, 0, second, tzinfo=dt.UTC), corrections=dict(corrections),
    )  # fmt: skip


def test_a_corrected_claim_is_believed_as_corrected() -> None:
    told = claim("gains", "army")
    (state,) = fuse([told], judgements=[judged("j1", told.claim_id, Verdict.CORRECT, 0, actor="rebels")])
    assert (state.holder, state.claim_ids) == ("rebels", (told.claim_id,))
    assert state.confidence > 0.9


def test_many_claims_of_one_place_are_read_without_stumbling() -> None:
    random = Random(5)
    told = []
    for i in range(600):
        published = dt.date(2012, 1, 2) + dt.timedelta(days=random.randrange(900))
        before = published - dt.timedelta(days=1)
        date = random.choice([before.isoformat(), before.isoformat()[:7], f"../{before}", None])
        told.append(
            claim(
                random.choice(KINDS), random.choice(["army", "rebels", "isil", None]), date=date, report=f"r{i}",
                source=f"s{i % 20}", published=published.isoformat(), quote=f"word {i} of the town on that day, {i}",
                counter=random.choice(["army", "rebels", None]), part=random.choice([None, None, "north", "parts"]),
                confidence=random.choice([0.2, 0.5, 0.9]),
            )
        )  # fmt: skip
    states = fuse(told)
    assert len(states) > 50
    states_at(states, day("2013-06-01"))


def test_a_history_tells_how_things_stood_after_what_it_told_last() -> None:
    states = fuse(
        [
            claim("gains", "south", date="1993-04-02", published="2022-01-01", at=0),
            claim(
                "holds", "allies", date="1993-04-02", published="2022-01-01", at=200
            ),  # "it was then administered by"
        ]
    )
    assert states[-1].holder == "allies"


def test_a_label_in_a_history_may_be_of_before() -> None:
    held = replace(claim("holds", "north", date="1993-04-02", published="2022-01-01", at=200), rule="held")
    states = fuse([claim("gains", "south", date="1993-04-02", published="2022-01-01", at=0), held])
    assert states[-1].holder != "north"


def test_a_year_told_after_a_day_of_it_is_the_rest_of_that_year() -> None:
    states = fuse(
        [
            claim("gains", "south", date="2015", published="2022-01-01", at=0),
            claim("gains", "north", date="2015-12-18", published="2022-01-01", at=200),
            claim("holds", "party", date="2015", published="2022-01-01", at=400),  # "for four years it was a base of"
        ]
    )
    assert states_at(states, dt.date(2015, 12, 20))["tk:dolna", None].holder == "north"
    assert states[-1].holder == "party"


def test_what_was_only_claimed_on_one_day_is_so_by_a_later_one() -> None:
    states = fuse(
        [
            claim("holds", "south", date="1992/..", published="2022-01-01", at=0),
            claim("gains", "north", date="2020-10-09", published="2022-01-01", at=200, modality="hedged"),
            claim("contests", None, date="2020-10-09", published="2022-01-01", at=200),
            claim("holds", "north", date="../2020-10-16", published="2022-01-01", at=400),
        ]
    )
    assert states[-1].holder == "north"


def test_who_holds_it_since_another_left_has_it_from_that_day() -> None:
    states = fuse(
        [
            claim("gains", "north", date="2014-07-21", published="2024-01-01", at=0),
            claim("withdraws", "north", date="2023-01-16", published="2024-01-01", at=200),
            claim("holds", "south", date="2023-01-16/..", published="2024-01-01", at=400),
        ]
    )
    assert states_at(states, dt.date(2023, 1, 16))["tk:dolna", None].holder == "south"


def test_who_lost_a_place_long_ago_is_not_who_is_left_with_it() -> None:
    def left(until: str) -> str | None:
        return fuse(
            [
                claim("gains", "south", date="2013-03-01", published="2023-01-01", at=0),
                claim("gains", "north", date=until, published="2023-01-01", at=200),
                claim("withdraws", "north", date="2021-01-16", published="2023-01-01", at=400),
            ]
        )[-1].holder

    assert (left("2020-12-22"), left("2015-01-03")) == ("south", None)


def test_who_ran_the_town_until_it_was_entered_does_not_fight_for_it() -> None:
    states = fuse(
        [
            claim("enters", "north", date="2023-10-21", published="2025-01-01", at=0),
            claim("holds", "south", date="../2023-10-21", published="2025-01-01", at=0),
        ]
    )
    assert states[-1].holder == "north"
