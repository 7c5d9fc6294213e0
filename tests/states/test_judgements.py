"""What people decide about claims, mentions and states is obeyed, shown, and can be taken back without a trace."""

from __future__ import annotations

import datetime as dt

import pytest
from claimkit import claim, day
from hypothesis import given, settings
from hypothesis import strategies as st
from test_fusion import some_claims

from tracker.errors import DateError, UsageError
from tracker.model import Claim, Judgement, Place, StateTarget, Status, Verdict, mention_target, state_target
from tracker.states import explain, fuse, standing_reading, states_at, with_place_fused_again, within

TAKEN = claim("gains", "army", date="2016-12-22", published="2016-12-23", at=14)


def judged(target: str, verdict: str, *, n: int = 0, note: str | None = None, **corrections: str | None) -> Judgement:
    return Judgement(
        judgement_id=f"j-{n}", target=target, verdict=Verdict(verdict), judged_by="Anna",
        judged_on=dt.datetime(2020, 1, 1, 0, 0, n, tzinfo=dt.UTC), corrections=corrections, note=note,
    )  # fmt: skip


class Gazetteer:
    def get(self, place_id: str) -> Place:
        return Place(place_id=place_id, name="Horna", lon=41.0, lat=36.0, feature="HLL")

    def ancestors(self, place_id: str) -> list[str]:
        return []


def test_a_state_is_pinned_over_the_days_named_and_no_longer() -> None:
    pin = judged("tk:dolna@2017-01-10/2017-01-19", "correct", holder="rebels", note="seen on film")
    states = fuse([TAKEN], judgements=[pin])
    assert [(s.holder, s.valid_from, s.valid_to, s.judgement_ids) for s in states] == [
        ("army", day("2016-12-22"), day("2017-01-10"), ()),
        ("rebels", day("2017-01-10"), day("2017-01-20"), ("j-0",)),
        ("army", day("2017-01-20"), None, ()),
    ]
    assert states[1].claim_ids == (TAKEN.claim_id,)
    assert states[1].reason.startswith("Decided to be held by Rebels, by Anna on 2020-01-01: seen on film.")


def test_a_pin_on_days_of_which_no_report_speaks_makes_no_state() -> None:
    pin = judged("tk:dolna@2015-01-01/2015-12-31", "correct", holder="rebels")
    assert fuse([TAKEN], judgements=[pin]) == fuse([TAKEN])


def test_a_rejected_state_is_unknown_until_another_reading_stands() -> None:
    rejected = judged("tk:dolna@2016-12-22/..", "reject", **standing_reading(fuse([TAKEN])[0]))
    (state,) = fuse([TAKEN], judgements=[rejected])
    assert (state.status, state.holder) == (Status.UNKNOWN, None)
    assert state.reason.startswith("Not held by army, by Anna")
    later = claim("gains", "rebels", date="2017-05-01", report="b", published="2017-05-02")
    told = fuse([TAKEN, later], judgements=[rejected])
    assert [(s.status, s.holder) for s in told] == [(Status.UNKNOWN, None), (Status.HELD, "rebels")]


def test_an_accepted_state_outlasts_reports_that_would_turn_it() -> None:
    accepted = judged("tk:dolna@2016-12-22/..", "accept", **standing_reading(fuse([TAKEN])[0]))
    later = claim("gains", "rebels", date="2017-05-01", report="b", published="2017-05-02")
    (state,) = fuse([TAKEN, later], judgements=[accepted])
    assert (state.holder, state.valid_from, state.valid_to) == ("army", day("2016-12-22"), None)
    assert set(state.claim_ids) | set(state.against_ids) == {TAKEN.claim_id, later.claim_id}


def test_a_siege_is_decided_apart_from_the_holder_and_a_part_apart_from_the_whole() -> None:
    north = claim("holds", "rebels", date="2017-01-01", part="north", report="b", published="2017-01-02")
    pins = [
        judged("tk:dolna@2017-02-01/..", "correct", besieged="true", besieger="isil"),
        judged("tk:dolna[north]@2017-02-01/..", "correct", n=1, status="unknown"),
    ]
    at = states_at(fuse([TAKEN, north], judgements=pins), day("2017-03-01"))
    whole, part = at["tk:dolna", None], at["tk:dolna", "north"]
    assert (whole.holder, whole.besieged, whole.besieger) == ("army", True, "isil")
    assert (part.status, part.holder, part.besieged) == (Status.UNKNOWN, None, False)


def test_the_later_of_two_pins_wins_for_the_days_that_both_name() -> None:
    pins = [
        judged("tk:dolna@2017-01-01/2017-01-31", "correct", holder="rebels"),
        judged("tk:dolna@2017-01-15/2017-02-15", "correct", n=1, holder="isil"),
    ]
    states = fuse([TAKEN], judgements=pins)
    assert [s.holder for s in states] == ["army", "rebels", "isil", "army"]
    assert (states[2].valid_from, states[2].valid_to) == (day("2017-01-15"), day("2017-02-16"))
    assert states[2].judgement_ids == ("j-1",)
    assert states[2].reason.count("The reports alone") == 1


def test_a_mention_means_the_place_that_a_person_names() -> None:
    moved = judged(mention_target("r1", 14), "correct", place_id="tk:horna")
    (state,) = fuse([TAKEN], judgements=[moved], places=Gazetteer())
    assert (state.place_id, state.holder) == ("tk:horna", "army")
    assert state.stale_from == day("2016-12-22") + dt.timedelta(days=180)  # a hill, as the gazetteer says
    assert fuse([TAKEN], judgements=[judged(mention_target("r1", 14), "reject")]) == []
    sure = fuse([TAKEN], judgements=[judged(mention_target("r1", 14), "accept")])
    assert sure[0].probability > fuse([TAKEN])[0].probability
    assert sure[0].confidence < 0.99  # the place is sure, the sentence no surer than before


def test_a_judgement_on_the_claim_wins_over_one_on_its_mention() -> None:
    told = [judged(mention_target("r1", 14), "reject"), judged(TAKEN.claim_id, "correct", n=1, place_id="tk:horna")]
    assert [s.place_id for s in fuse([TAKEN], judgements=told)] == ["tk:horna"]


def test_corrections_of_one_claim_add_up_and_to_accept_keeps_them() -> None:
    told = [
        judged(TAKEN.claim_id, "correct", actor="rebels"),
        judged(TAKEN.claim_id, "reject", n=1),
        judged(TAKEN.claim_id, "correct", n=2, valid_time="2016-12-20"),
        judged(TAKEN.claim_id, "accept", n=3),
    ]
    (state,) = fuse([TAKEN], judgements=told)
    assert (state.holder, state.valid_from) == ("rebels", day("2016-12-20"))
    assert fuse([TAKEN], judgements=told[:2]) == []


def test_explain_shows_judgements_on_claims_mentions_and_states_and_the_claim_as_corrected() -> None:
    other = claim("gains", "rebels", place="horna", date="2017-02-01", report="b", published="2017-02-02", at=5)
    told = [
        judged(mention_target("b", 5), "correct", place_id="tk:dolna"),
        judged(TAKEN.claim_id, "accept", n=1),
        judged("tk:dolna@2017-03-01/..", "correct", n=2, holder="isil", note="own eyes"),
    ]
    both = [TAKEN, other]
    text = explain("tk:dolna", fuse(both, judgements=told), both, on=day("2017-03-05"), judgements=told)
    assert "the whole: held by Isil" in text
    assert "correct b#5 (place_id=tk:dolna) by Anna on 2020-01-01 [j-0]" in text
    assert f"accept {TAKEN.claim_id} by Anna on 2020-01-01 [j-1]" in text
    assert "correct tk:dolna@2017-03-01/.. (holder=isil) by Anna on 2020-01-01: own eyes [j-2]" in text


@pytest.mark.parametrize(
    ("corrections", "words"),
    [
        ({"colour": "red"}, "decides 'colour'"), ({"status": "lost"}, "is none of"), ({"status": "held"}, "a holder"),
        ({"status": "unknown", "holder": "army"}, "names no holder"), ({"besieged": "maybe"}, "true or false"),
        ({}, "nothing is decided"),
    ],
)  # fmt: skip
def test_a_state_can_not_be_decided_to_be_what_no_state_is(corrections, words) -> None:
    with pytest.raises(UsageError, match=words):
        fuse([TAKEN], judgements=[judged("tk:dolna@2017", "correct", **corrections)])


def test_targets_are_written_and_read_alike() -> None:
    target = StateTarget.read(state_target("gn:170794", "north bank", "2016-02-29/2016-03"))
    assert target is not None
    assert (target.place_id, target.part, target.bounds.start, target.bounds.stop) == (
        "gn:170794", "north bank", day("2016-02-29"), day("2016-04-01"),
    )  # fmt: skip
    assert StateTarget.read("https://x.example/a@2016#12") is None
    with pytest.raises(DateError):
        StateTarget.read("tk:dolna@2016-13-01")
    with pytest.raises(UsageError, match="names no state"):
        state_target("tk:dolna", "", "now")


def test_what_a_judgement_would_touch_is_cut_to_its_days() -> None:
    target = StateTarget.read("tk:dolna@2017-01")
    assert target is not None
    (piece,) = within(fuse([TAKEN]), target)
    assert (piece.valid_from, piece.valid_to) == (day("2017-01-01"), day("2017-02-01"))


@st.composite
def some_judgements(draw: st.DrawFn, told: list[Claim]) -> list[Judgement]:
    targets = ["tk:dolna@2016-02-29/2016-05-01", "tk:dolna[north]@2016-03-01/..", "tk:horna@../2016-04-01"]
    found = []
    for n in range(draw(st.integers(1, 4))):
        verdict = draw(st.sampled_from(["accept", "reject", "correct"]))
        kind = draw(st.sampled_from(["claim", "mention", "state"])) if told else "state"
        if kind == "state":
            said = draw(st.sampled_from([{"holder": "army"}, {"status": "unknown"}, {"besieged": "true"}]))
            found.append(judged(draw(st.sampled_from(targets)), verdict, n=n, **said))
            continue
        one = draw(st.sampled_from(told))
        target = one.claim_id if kind == "claim" else mention_target(one.report_id, one.place.start)
        said = {"place_id": draw(st.sampled_from(["tk:dolna", "tk:horna"]))} if verdict == "correct" else {}
        found.append(judged(target, verdict, n=n, **said))
    return found


@settings(max_examples=150, deadline=None)
@given(some_claims(), st.data())
def test_undoing_any_judgements_restores_the_states_exactly(told: list[Claim], data: st.DataObject) -> None:
    made = data.draw(some_judgements(told))
    kept = data.draw(st.integers(0, len(made)))
    undone = [judged(j.judgement_id, "undo", n=10 + n) for n, j in enumerate(made[kept:])]
    assert fuse(told, judgements=[*made, *undone]) == fuse(told, judgements=made[:kept])
    redone = [judged(u.judgement_id, "undo", n=20 + n) for n, u in enumerate(undone)]
    assert fuse(told, judgements=[*redone, *undone, *made]) == fuse(told, judgements=made)


@settings(max_examples=150, deadline=None)
@given(some_claims(), st.data())
def test_decided_states_never_overlap_and_cite_claims(told: list[Claim], data: st.DataObject) -> None:
    made = data.draw(some_judgements(told))
    states = fuse(told, judgements=made)
    for state in states:
        assert state.claim_ids
        assert state.valid_from is None or state.valid_to is None or state.valid_from < state.valid_to
        assert (state.holder is not None) >= (state.status is Status.HELD)
    for on in ("2014-01-01", "2016-02-28", "2016-02-29", "2016-04-01", "2016-05-01", "2030-01-01"):
        states_at(states, day(on))


@settings(max_examples=60, deadline=None)
@given(some_claims(), st.data())
def test_one_place_fused_again_obeys_judgements_as_fusing_all_does(told: list[Claim], data: st.DataObject) -> None:
    made = data.draw(some_judgements(told))
    once = with_place_fused_again(fuse(told), told, "tk:dolna", judgements=made)
    assert with_place_fused_again(once, told, "tk:horna", judgements=made) == fuse(told, judgements=made)


def test_a_boast_that_a_person_accepts_weighs_like_any_accepted_claim() -> None:
    boast, plain = claim("gains", "syrian_government", source="SANA"), claim("gains", "syrian_government")
    (one,) = fuse([boast], judgements=[judged(boast.claim_id, "accept")])
    (other,) = fuse([plain], judgements=[judged(plain.claim_id, "accept")])
    assert (one.probability, one.confidence) == (other.probability, other.confidence)


def test_explain_tells_what_a_boast_weighs_alone_and_when_it_is_confirmed() -> None:
    boast = claim("gains", "army", "dolna", counter="rebels", attributed_to="army spokesman", source="X", quote="a")
    other = claim("gains", "army", "dolna", counter="rebels", source="Y", report="r2", quote="b")
    alone = explain("tk:dolna", fuse([boast]), [boast], on=day("2017-09-06"))
    assert "[X, 2017-09-05; army spokesman says so; gains army from Rebels, valid 2017-09-05, asserted, " in alone
    assert "graded F4, weight 0.36, in its own interest" in alone
    both = explain("tk:dolna", fuse([boast, other]), [boast, other], on=day("2017-09-06"))
    assert "graded F1, weight 0.60, in its own interest" in both
