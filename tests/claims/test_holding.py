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
{P|Dolna}, {P|Gora} and other towns held by {A|the rebels} were shelled.
With {P|Dolna} and {P|Gora} in {A|rebel} hands by the 25th, the garrison fled.
With {P|Dolna} under {A|rebel} control by 5 August, the people left.
By then {A|the guerrillas} were masters of {P|Dolna}.
{A|The rebels} already have {P|Dolna} and {P|Gora}.
{A|The rebels}, with their headquarters in {P|Dolna}, refused.
{P|Dolna} is one of the last towns that {A|the rebels} hold.
{P|Dolna} was the only town of the plain where {A|the rebels} remained.
{A|The rebels} hold all of {P|Dolna} but the port.
{A|The rebels} controlled all but the centre of {P|Dolna}.
{P|Dolna} was shelled on Monday. {A|The rebels} have been in control there since May.
{P|Dolna} and {P|Gora}, both in {A|rebel} hands, were shelled.
{P|Dolna} and {P|Gora}, both of which {A|the rebels} hold, were shelled.
{P|Dolna} was in {A|rebel} hands, and so was {P|Gora}.
{A|The rebels} have never given up {P|Dolna}.
{A|The rebels} have yet to yield {P|Dolna}.
{A|The rebels} fell back to {P|Dolna}, which they would keep until 2019.
{P|Dolna}, a town that had never left {A|rebel} control, was shelled.
{A|The rebels} occupied {P|Dolna} for eleven days in 2024.
{P|Dolna} was occupied by {A|the rebels} from 1 March.
{A|The rebels} hold a strip of coast from {P|Dolna} to {P|Gora}.
{P|Dolna}, then in {A|rebel} hands, was shelled.
{P|Dolna}, which {A|the rebels} control, was shelled.
{P|Dolna}, where {A|the rebels} rule, was shelled.
{A|The rebels} hold a belt of villages running from {P|Dolna} down to {P|Gora}.
"""

PARTED = """
{A|The army} holds {P|Dolna} and {C|the rebels} {Q|Gora} and {Q|Morla}.
The north of {P|Dolna} is held by {A|the army}, the west by {C|the rebels}.
In {P|Dolna} {A|the army} holds the north, {C|the rebels} the south.
{P|Dolna} was under {A|the army}, {Q|Gora} under {C|the rebels}.
{P|Dolna} is in the hands of {A|the army}, {Q|Gora} in those of {C|the rebels}.
{P|Dolna} belongs to {A|the army}, {Q|Gora} to {C|the rebels}.
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
{O|The army}'s spokesman is based in {O|Dolna}.
{O|The rebels} still have tanks in {O|Dolna}.
{O|The rebels} denied that they had abandoned {O|Dolna}.
{O|The army} holds the road from {O|Dolna} to {O|Gora}.
"""

pytestmark = pytest.mark.skipif(load_model() is None, reason="no English model is installed")


def holders(text: str) -> set[tuple[str | None, str]]:
    """Side and place of what is really said to be held."""
    claims = read(text, published=DAY)
    return {(c.actor, c.place.text) for c in claims if c.kind is Kind.HOLDS and c.modality is not Modality.UNREAL}


@pytest.mark.parametrize("text", HELD.strip().splitlines())
def test_who_holds_a_place_is_read(text: str) -> None:
    assert holders(text) == {("other:alpha", name) for name in PLACE.findall(text)}


@pytest.mark.parametrize("text", PARTED.strip().splitlines())
def test_a_clause_without_its_verb_tells_who_holds_the_rest(text: str) -> None:
    told = holders(text.replace("{Q|", "{P|"))
    assert {name for actor, name in told if actor == "other:alpha"} == {"Dolna"}
    assert {name for actor, name in told if actor == "other:beta"} == set(
        re.findall(r"\{Q\|([^}]*)\}", text) or ["Dolna"]
    )


@pytest.mark.parametrize("text", NOT_HELD.strip().splitlines())
def test_what_only_looks_like_holding_is_not_read_as_it(text: str) -> None:
    assert not holders(text)
