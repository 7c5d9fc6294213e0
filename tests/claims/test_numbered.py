"""Ground that has a number for a name."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from tracker.claims.numbered import numbered_ground
from tracker.claims.parsing.model_loader import load_model
from tracker.model import Kind

sys.path.insert(0, str(Path(__file__).parent))
from stand_ins import read

DAY = dt.date(2017, 9, 5)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("They took hill 402 and height 223.", ["hill 402", "height 223"]),
        ("Districts 4 and 5 fell, then sector 7B.", ["Districts 4", "sector 7B"]),
        ("80th Street, the 555 base and the 5th settlement", ["80th Street", "555 base", "5th settlement"]),
        ("the 1070 apartment project", ["1070 apartment project"]),
        ("the 30 July district and the 8th of March neighbourhood", ["30 July district", "8th of March neighbourhood"]),
        ('the "20" street', ['"20" street']),
        ("the Salam 1 neighbourhood", []),  # the number ends a name
        ("12 villages, 3 bases and a camp 40 km away", []),
        ("hill 3.5 km to the west, base 20 percent full", []),
        ("in the camp 2014 brought hunger", []),
        ("On 4 May district officials left.", []),
        ("at zone 10,000 people gathered", []),
    ],
)
def test_a_number_names_ground_beside_its_noun_and_counts_or_measures_elsewhere(text: str, named: list[str]) -> None:
    assert [text[start:end] for start, end in numbered_ground(text, 0, len(text))] == named


def test_a_long_run_of_numbers_takes_linear_time() -> None:
    text = "hill " * 50_000 + "1 " * 50_000
    assert numbered_ground(text, 0, len(text)) == [(249_995, 250_001)]


@pytest.mark.skipif(load_model() is None, reason="no English model is installed")
class TestClaims:
    def test_numbered_ground_is_taken(self) -> None:
        text = "{A|The rebels} captured hill 402 and the 30 July district of {P|Dolna} on 4 September."
        said = {(claim.kind, claim.place.text, claim.valid_time) for claim in read(text, published=DAY)}
        assert (Kind.GAINS, "hill 402", "2017-09-04") in said
        assert (Kind.GAINS, "30 July district", "2017-09-04") in said
