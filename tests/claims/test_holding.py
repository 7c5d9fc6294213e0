"""Who holds a place, in the many ways of saying so: masters of it, penned up in it, left with it, loyal to somebody."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path

import pytest

from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind, Modality

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2026, 1, 5)
PLACE = re.compile(r"\{P\|([^}]*)\}")

HELD = """
{P|Dolna} has long been under {A|rebel} administration.
{P|Dolna} is still under the thumb of {A|the rebels}.
{A|The rebels} had the run of {P|Dolna} for a year.
{A|The rebels} retained a foothold in {P|Dolna}.
{A|The rebels} have been established in {P|Dolna} since May.
{A|The rebels}, who are based in {P|Dolna}, refused.
By May {A|the rebels} were penned in at {P|Dolna}.
{A|The rebels} are now boxed into {P|Dolna}.
{A|The militia} grimly clung to {P|Dolna}.
{A|The militia} was clinging on in {P|Dolna}.
{A|The rebels}' enclave has shrunk to {P|Dolna}.
{P|Dolna} belongs to {A|the rebels} now.
{P|Dolna} and {P|Gora} are still loyal to {A|the government}.
{A|The militia} stayed in {P|Dolna} and {P|Gora} after the truce.
{A|Rebel fighters} were still patrolling {P|Dolna} on Monday.
{P|Dolna} is guarded by {A|the rebels}.
"""

NOT_HELD = """
{O|The army} hemmed {O|the rebels} in near {O|Dolna}.
A house in {O|Dolna} belongs to {O|the rebels}.
The mayor of {O|Dolna} is loyal to {O|the government}.
Some of {O|the rebels} stayed in {O|Dolna}.
{O|The rebels} took {O|Dolna} and stayed there for an hour.
{O|The army} patrolled the road to {O|Dolna}.
{O|The rebels} clung to their beliefs in {O|Dolna}.
{O|The rebels} had a run of luck in {O|Dolna}.
"""

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def holders(text: str) -> set[tuple[str | None, str]]:
    """Side and place of what is really said to be held."""
    claims = read(text, published=DAY)
    return {(c.actor, c.place.text) for c in claims if c.kind is Kind.HOLDS and c.modality is not Modality.UNREAL}


@pytest.mark.parametrize("text", HELD.strip().splitlines())
def test_who_holds_a_place_is_read(text: str) -> None:
    assert holders(text) == {("other:alpha", name) for name in PLACE.findall(text)}


@pytest.mark.parametrize("text", NOT_HELD.strip().splitlines())
def test_what_only_looks_like_holding_is_not_read_as_it(text: str) -> None:
    assert not holders(text)
