"""Who has a place that another left, of which half after half was taken, or of whose siege only the end is told."""

from __future__ import annotations

from dataclasses import replace

from claimkit import claim, day

from tracker.claims.actors.data import read_actor_data
from tracker.errors import UnknownPlaceError
from tracker.model import Actor, Place, State, Status
from tracker.states import SourceIndex, fuse, states_at

MORLAND = {
    actor.actor_id: actor
    for actor in (
        Actor(actor_id="morland", name="Morland", colour="#000000", state_of="ML"),
        Actor(actor_id="neighbour", name="Neighbour", colour="#000000", state_of="NB"),
        Actor(actor_id="proxies", name="Proxies", colour="#000000", parent="neighbour"),
        Actor(actor_id="rebels", name="Rebels", colour="#000000"),
        Actor(actor_id="league", name="League", colour="#000000", fights="rebels"),
    )
}
INDEX = SourceIndex([], actors=MORLAND)


class Gazetteer:
    def get(self, place_id: str) -> Place:
        if place_id != "tk:dolna":
            raise UnknownPlaceError(place_id)
        return Place(place_id=place_id, name="Dolna", names=(), feature="PPL", lon=40.1, lat=35.3, country="ML")

    def children(self, place_id: str) -> list[Place]:
        return []


def fused(*claims) -> list[State]:
    return fuse(claims, places=Gazetteer(), sources=INDEX)


def test_what_a_foreign_army_leaves_is_left_to_the_state_whose_land_it_is() -> None:
    states = fused(claim("gains", "neighbour", date="2017-03-01"), claim("withdraws", "neighbour", date="2017-04-01"))
    assert [(s.holder, s.valid_from) for s in states] == [
        ("neighbour", day("2017-03-01")),
        ("morland", day("2017-04-01")),
    ]


def test_who_is_part_of_a_foreign_army_is_foreign_too() -> None:
    states = fused(claim("gains", "proxies", date="2017-03-01"), claim("withdraws", "proxies", date="2017-04-01"))
    assert states[-1].holder == "morland"


def test_rebels_of_the_land_leave_it_to_nobody_known() -> None:
    states = fused(claim("gains", "rebels", date="2017-03-01"), claim("withdraws", "rebels", date="2017-04-01"))
    assert (states[-1].status, states[-1].holder) == (Status.UNKNOWN, None)


def test_a_foreign_army_that_took_it_from_rebels_leaves_it_to_them() -> None:
    held = claim("gains", "rebels", date="2017-01-01")
    states = fused(
        held, claim("gains", "neighbour", date="2017-03-01"), claim("withdraws", "neighbour", date="2017-04-01")
    )
    assert states[-1].holder == "rebels"


def test_a_place_that_nobody_lists_is_left_to_nobody() -> None:
    states = fused(
        claim("gains", "neighbour", "morla", date="2017-03-01"),
        claim("withdraws", "neighbour", "morla", date="2017-04-01"),
    )
    assert states[-1].holder is None


def test_what_was_held_until_a_day_is_held_no_longer_then() -> None:
    states = fused(claim("holds", "neighbour", date="2017-02-28/2017-04-01", published="2018-01-01"))
    on = states_at(states, day("2017-06-01"))
    assert on["tk:dolna", None].holder == "morland"


def test_a_town_besieged_by_a_foreign_army_is_held_by_the_state_whose_land_it_is() -> None:
    (state,) = fused(claim("besieges", "neighbour", date="2017-03-01"))
    assert (state.holder, state.besieged, state.besieger) == ("morland", True, "neighbour")


def test_who_breaks_a_siege_was_besieged_all_along() -> None:
    states = fused(claim("besieges", "rebels", date="2017-03-01"), claim("breaks_siege", "morland", date="2017-06-01"))
    assert [(s.holder, s.besieged) for s in states] == [("morland", True), ("morland", False)]
    assert all(s.claim_ids for s in states)


def test_a_siege_that_its_own_layer_ends_tells_nothing_of_who_was_inside() -> None:
    states = fused(claim("besieges", "morland", date="2017-03-01"), claim("breaks_siege", "morland", date="2017-06-01"))
    assert states[0].holder is None


def test_a_town_that_rebels_besiege_is_held_by_the_state_whose_land_it_is() -> None:
    (state,) = fused(claim("besieges", "rebels", date="2017-03-01"))
    assert (state.holder, state.besieged, state.besieger) == ("morland", True, "rebels")


def test_a_town_that_a_side_besieges_is_held_by_its_foe_where_that_is_not_the_state() -> None:
    (state,) = fused(claim("besieges", "league", date="2017-03-01"))
    assert (state.holder, state.besieged, state.besieger) == ("rebels", True, "league")


def test_who_is_named_as_besieged_is_inside_whoever_else_is_the_foe() -> None:
    (state,) = fused(claim("besieges", "league", date="2017-03-01", counter="morland"))
    assert state.holder == "morland"


def test_every_foe_in_the_shipped_data_is_a_side_listed_there() -> None:
    actors = read_actor_data().actors
    foes = {side: actor.fights for side, actor in actors.items() if actor.fights is not None}
    assert foes
    assert foes["sdf"] == "islamic_state"
    assert set(foes.values()) <= actors.keys()


def test_who_takes_one_half_after_the_other_has_the_whole() -> None:
    states = fused(
        claim("gains", "rebels", date="2017-01-01"),
        claim("gains", "morland", date="2017-03-01", part="north", at=40),
        claim("gains", "morland", date="2017-04-01", part="south", at=90),
    )
    whole = [(s.status, s.holder) for s in states if s.part is None]
    assert whole == [(Status.HELD, "rebels"), (Status.CONTESTED, "rebels"), (Status.HELD, "morland")]


def test_two_quarters_that_are_no_halves_are_not_the_whole() -> None:
    states = fused(
        claim("gains", "rebels", date="2017-01-01"),
        claim("gains", "morland", date="2017-03-01", part="north", at=40),
        claim("gains", "morland", date="2017-04-01", part="east", at=90),
    )
    assert [s.status for s in states if s.part is None][-1] is Status.CONTESTED


def test_fighting_in_the_outskirts_leaves_the_town_to_its_holder() -> None:
    states = fused(
        claim("gains", "rebels", date="2017-01-01"),
        claim("contests", "morland", date="2017-03-01", part="outskirts", at=40),
    )
    assert [(s.status, s.holder) for s in states if s.part is None] == [(Status.HELD, "rebels")]


def test_two_sides_told_of_by_two_verbs_of_a_sentence_do_not_share_the_place() -> None:
    first = claim(
        "gains", "rebels", date="2017-03", quote="rebels took it before the army regained it", published="2018-01-01"
    )
    second = claim(
        "gains", "morland", date="2017-03", quote="rebels took it before the army regained it", published="2018-01-01"
    )
    states = fused(replace(first, told_at=7), replace(second, told_at=31))
    assert [s.holder for s in states] == ["rebels", "morland"]
