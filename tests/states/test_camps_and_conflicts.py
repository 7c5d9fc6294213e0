"""Whose interest a report serves, what wants a second look, and how far one claim reaches."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from claimkit import claim, day
from hypothesis import given, settings
from hypothesis import strategies as st
from test_fusion import some_claims

from tracker.model import Actor, State, Status
from tracker.states import (
    Source,
    SourceIndex,
    conflicts,
    diff_states,
    explain,
    fuse,
    fusion,
    states_at,
    with_place_fused_again,
)
from tracker.states.grading import credibilities
from tracker.states.sources import shipped_sources
from tracker.states.timing import claim_bounds

ACTORS = {
    actor.actor_id: actor
    for actor in (
        Actor(actor_id="army", name="Army", colour="#000000", bloc="capital and its allies"),
        Actor(actor_id="guard", name="Guard", colour="#000000", parent="army"),
        Actor(actor_id="neighbour", name="Neighbour", colour="#000000", bloc="capital and its allies"),
        Actor(actor_id="rebels", name="Rebels", colour="#000000"),
    )
}
GAZETTE = Source(source_id="gazette", names=("Gazette",), reliability="D", favours=frozenset({"army"}))
INDEX = SourceIndex([GAZETTE], actors=ACTORS)


@pytest.mark.parametrize(
    ("gainer", "loser", "leaning"),
    [
        ("army", "rebels", 1), ("guard", "rebels", 1), ("neighbour", "rebels", 1), ("neighbour", None, 1),
        ("rebels", "army", -1), ("rebels", "guard", -1), ("rebels", "neighbour", -1), (None, "army", -1),
        ("army", "neighbour", 0), ("guard", "army", 0), ("rebels", None, 0), ("other:tribe", "rebels", 0),
        (None, None, 0),
    ],
)  # fmt: skip
def test_a_source_leans_to_the_whole_camp_of_the_side_it_favours(gainer, loser, leaning) -> None:
    assert INDEX.leaning(claim("gains", gainer, source="Gazette"), gainer, loser) == leaning


def test_a_boast_for_an_ally_weighs_less_and_an_ally_s_loss_admitted_weighs_more() -> None:
    alone = SourceIndex([GAZETTE])
    boast = [claim("gains", "neighbour", counter="rebels", source="Gazette")]
    admission = [claim("gains", "rebels", counter="guard", source="Gazette")]
    assert fuse(boast, sources=INDEX)[-1].probability < fuse(boast, sources=alone)[-1].probability
    assert fuse(admission, sources=INDEX)[-1].probability > fuse(admission, sources=alone)[-1].probability
    told = explain("tk:dolna", fuse(boast, sources=INDEX), boast, on=day("2017-09-06"), sources=INDEX)
    assert "in its own interest" in told


def test_a_boast_backed_by_the_same_camp_s_other_paper_stays_a_boast() -> None:
    herald = replace(GAZETTE, source_id="herald", names=("Herald",), favours=frozenset({"neighbour"}))
    both = SourceIndex([GAZETTE, herald], actors=ACTORS)
    neutral = SourceIndex([GAZETTE, replace(herald, favours=frozenset())], actors=ACTORS)
    told = [
        claim("gains", "army", counter="rebels", source="Gazette", report="a", quote="one"),
        claim("gains", "army", counter="rebels", source="Herald", report="b", quote="two"),
    ]
    assert fuse(told, sources=both)[-1].probability < fuse(told, sources=neutral)[-1].probability


def test_a_project_s_row_says_only_what_is_otherwise(tmp_path) -> None:
    own = tmp_path / "sources.toml"
    own.write_text('[[source]]\nid = "sana"\nreliability = "C"\n\n[[source]]\nid = "mine"\nnames = ["My Paper"]\n')
    index = SourceIndex.load(own)
    assert (index.named("SANA").reliability, index.named("SANA").favours) == ("C", frozenset({"syrian_government"}))
    assert index.named("my paper").source_id == "mine"
    assert len(index.sources) == len(shipped_sources().sources) + 1


TAKEN = claim("gains", "army", date="2016-12-22", published="2016-12-23")


def kinds(told, on: str) -> list[tuple[str, dt.date | None]]:
    return [(c.kind, c.on) for c in conflicts(fuse(told), on=day(on))]


def test_silence_for_longer_than_the_half_life_is_a_conflict() -> None:
    assert kinds([TAKEN], "2018-12-21") == []
    assert kinds([TAKEN], "2018-12-22") == [("stale", day("2018-12-22"))]


def test_a_change_of_hands_on_one_source_s_word_is_a_conflict_until_another_says_so() -> None:
    flip = claim("gains", "rebels", date="2017-03-01", report="b", published="2017-03-02")
    second = claim(
        "gains", "rebels", date="2017-03-01", report="c", source="Reuters", quote="so", published="2017-03-02"
    )
    assert kinds([TAKEN, flip], "2017-04-01") == [("single_source", day("2017-03-01"))]
    assert kinds([TAKEN, flip, second], "2017-04-01") == []
    assert kinds([TAKEN, flip], "2017-02-01") == []


def test_sources_that_contradict_each_other_are_a_conflict_and_the_loser_is_kept() -> None:
    rumour = claim("holds", "rebels", date="2016-12-23", report="b", source="x", confidence=0.4, published="2016-12-24")
    assert ("disagreement", day("2016-12-22")) in kinds([TAKEN, rumour], "2017-01-01")
    (state,) = fuse([TAKEN, rumour])
    assert state.against_ids == (rumour.claim_id,)
    assert "against it: said to be held by Rebels on 2016-12-23 (x), which weighs less" in state.reason.lower().replace(
        "rebels", "Rebels"
    )


def test_what_changed_between_two_days_is_told_by_place_and_part() -> None:
    north = claim("holds", "rebels", date="2017-01-01", part="north", report="b", published="2017-01-02")
    changes = diff_states(fuse([TAKEN, north]), day("2016-12-01"), day("2017-02-01"))
    assert [(c.place_id, c.part, c.before, c.after and c.after.holder) for c in changes][-1] == (
        "tk:dolna", "north", None, "rebels",
    )  # fmt: skip


def test_a_province_taken_repaints_no_town_with_word_of_its_own_and_a_town_no_quarter() -> None:
    told = [
        claim("holds", "rebels", place="town", date="2016-01-01", report="a", published="2016-01-02"),
        claim("holds", "isil", place="quarter", date="2016-01-01", report="b", published="2016-01-02", feature="PPLX"),
        claim("gains", "army", place="province", date="2016-06-01", report="c", published="2016-06-02", feature="ADM1"),
    ]
    at = states_at(fuse(told), day("2016-07-01"))
    assert {place: state.holder for (place, _), state in at.items()} == {
        "tk:province": "army", "tk:quarter": "isil", "tk:town": "rebels",
    }  # fmt: skip


def test_a_new_claim_fuses_its_own_place_and_no_other(monkeypatch) -> None:
    told = [claim("gains", "army", place=f"town{i}", report=f"r{i}") for i in range(50)]
    before, fused = fuse(told), []
    real = fusion.fuse_place

    def counted(claims, **how):
        fused.append(claims[0].place.place_id)
        return real(claims, **how)

    monkeypatch.setattr(fusion, "fuse_place", counted)
    new = claim("gains", "rebels", place="town7", date="2017-09-09", report="x", published="2017-09-10")
    after = with_place_fused_again(before, [*(c for c in told if c.place.place_id == "tk:town7"), new], "tk:town7")
    assert fused == ["tk:town7"]
    assert [s for s in after if s.place_id != "tk:town7"] == [s for s in before if s.place_id != "tk:town7"]


@pytest.mark.parametrize("written", ["XXXX-05-06", "--05-06", "next spring"])
def test_a_date_without_a_year_is_so_by_the_day_of_its_report(written) -> None:
    odd = replace(claim("gains", "army", date=None, published="2016-05-20"), valid_time=written)
    assert claim_bounds(odd) == (None, day("2016-05-21"))


def test_a_leap_day_is_a_day_and_a_month_of_leap_year_has_it() -> None:
    told = [
        claim("gains", "army", date="2016-02-29", report="a", published="2016-03-01"),
        claim("gains", "army", date="2016-02", report="b", source="b", quote="b", published="2016-03-05"),
    ]
    (state,) = fuse(told)
    assert (state.valid_from, state.n_sources) == (day("2016-02-29"), 2)


def numbers(state: State) -> tuple[object, ...]:
    weighed = (state.probability, state.confidence, state.doubt, state.n_sources)
    return (state.place_id, state.part, state.status, state.holder, *weighed, state.valid_from, state.valid_to)


@settings(max_examples=80, deadline=None)
@given(some_claims(), st.sampled_from(["army", "rebels"]))
def test_copies_printed_by_others_within_the_week_change_no_number(told, side) -> None:
    words = "Troops of the army entered the old market quarter and took the whole town by noon, residents said."
    how = {"date": "2016-05-05", "quote": words}
    first = claim("gains", side, report="w", source="wire", published="2016-05-06", **how)
    copies = [
        claim("gains", side, report=f"p{i}", source=f"paper {i}", published="2016-05-08", **how) for i in range(9)
    ]
    alone, among = fuse([*told, first]), fuse([*told, first, *copies])
    assert [numbers(s) for s in alone] == [numbers(s) for s in among]


def test_a_clash_by_itself_does_not_contest_a_place_and_a_share_of_the_town_narrows() -> None:
    near = claim("approaches", "rebels", date="2017-01-05", report="b", published="2017-01-06")
    assert [s.status for s in fuse([TAKEN, near])] == [Status.HELD]
    half = claim(
        "gains", "rebels", date="2017-02-01", fraction=(0.5, 1.0), counter="army", report="c", published="2017-02-02"
    )
    most = claim("holds", "rebels", date="2017-03-01", fraction=(0.7, 0.7), report="d", published="2017-03-02")
    last = states_at(fuse([TAKEN, half, most]), day("2017-03-02"))["tk:dolna", None]
    assert (last.status, last.holder, last.fraction) == (Status.CONTESTED, "rebels", (0.7, 0.7))


def test_every_claim_is_graded_from_confirmed_to_not_to_be_judged() -> None:
    told = {
        "wire": claim("gains", "army", counter="rebels", report="a", source="AFP", quote="one"),
        "second": claim(
            "gains", "army", counter="rebels", report="b", source="Reuters", quote="two", date="2017-09-06"
        ),
        "alone": claim("holds", "isil", date="2015-01-01", report="c", source="AFP", published="2015-01-02"),
        "hedged": claim("enters", "rebels", date="2015-03-01", report="d", modality="hedged", published="2015-03-02"),
        "boast": claim("contests", "army", date="2015-05-01", report="e", attributed_to="an army spokesman"),
        "own": claim("gains", "army", date="2015-08-01", report="f", attributed_to="an army spokesman", quote="f"),
        "loser": claim("holds", "tribe", report="g", source="x", confidence=0.3, quote="g"),
        "planned": claim("gains", "rebels", report="h", modality="unreal"),
    }
    found = credibilities(
        told.values(), shipped_sources(), accepted={told["boast"].claim_id}, against={told["loser"].claim_id}
    )
    assert {name: found[c.claim_id] for name, c in told.items()} == {
        "wire": 1, "second": 1, "alone": 2, "hedged": 3, "boast": 1, "own": 4, "loser": 5, "planned": 6,
    }  # fmt: skip
    words = explain("tk:dolna", fuse(told.values()), told.values(), on=day("2017-09-07"))
    assert "graded B1" in words
    assert shipped_sources().grade(claim("gains", "army", source="AFP", attributed_to="SANA")) == "D"
