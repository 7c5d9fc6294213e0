"""Entries about a town, which go without saying which town."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Claim

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model")
ENTRY = "Dolna (Gornland)"
HELD = "{P|Dolna} was captured by {C|the rebels} on 1 May 2014. "


def told(claims: list[Claim]) -> list[tuple[str, str | None, str | None, str]]:
    return [(str(c.kind), c.actor, c.counter_actor, c.place.text) for c in claims]


def test_who_slips_away_and_who_marches_in_leave_the_town_unnamed() -> None:
    claims = read(HELD + "In July {C|the rebels} slipped away, and {A|the army} marched in.", title=ENTRY)
    assert sorted(told(claims)[1:]) == [
        ("enters", "other:alpha", None, "Dolna"),
        ("withdraws", "other:beta", None, "Dolna"),
    ]


def test_a_flag_over_the_town_hall_flies_over_the_town() -> None:
    claims = read(HELD + "In July {A|the army} raised its flag over the town hall.", title=ENTRY)
    assert ("gains", "other:alpha", None, "Dolna") in told(claims)


def test_rebels_who_surrender_to_the_army_give_up_the_town() -> None:
    claims = read(HELD + "{C|The rebels} surrendered to {A|the army} in July.", title=ENTRY)
    assert ("gains", "other:alpha", "other:beta", "Dolna") in told(claims)


def test_who_withdraws_to_the_town_does_not_leave_it() -> None:
    claims = read(HELD + "In July {A|the army} withdrew to {P|Dolna}.", title=ENTRY)
    assert all(c.kind != "withdraws" for c in claims)


def test_who_withdraws_from_a_base_does_not_leave_the_town() -> None:
    claims = read(HELD + "In July {A|the army} withdrew from the base.", title=ENTRY)
    assert all(c.kind != "withdraws" for c in claims)


def test_news_that_is_no_entry_says_where() -> None:
    claims = read(HELD + "In July {C|the rebels} surrendered to {A|the army}.", title="Fighting goes on in Gornland")
    assert len(claims) == 1


def test_a_town_that_is_under_a_side_and_then_withdrew_stands_for_that_side() -> None:
    held = "{P|Dolna} was under the control of {C|the rebels} in 2013, "
    text = held + "but then withdrew after an offensive led by {A|the army}."
    assert ("gains", "other:alpha", "other:beta", "Dolna") in told(read(text, title=ENTRY))


def test_a_day_after_an_assault_is_no_subject() -> None:
    text = (
        "On 13 November 2015, a day after launching a major second offensive, {A|Gorn forces} and {A|Vesel militias} "
        "backed by airstrikes, entered the city of {P|Dolna} and fully regained its control from {C|the rebels}."
    )
    assert ("gains", "other:alpha", "other:beta", "Dolna") in told(read(text, title=ENTRY))
