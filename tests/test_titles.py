"""What a map is called when nobody says."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from shapely.geometry import Point

from tracker.errors import UnknownPlaceError
from tracker.model import ClaimQuote, Layer, LayerFeature, Status
from tracker.pipeline import title_of

COUNTRIES = {"raqqa": "SY", "tabqa": "SY", "mosul": "IQ", "sea": None}
NAMES = {"SY": "Syria", "IQ": "Iraq"}


class Places:
    def get(self, place_id):
        if place_id not in COUNTRIES:
            raise UnknownPlaceError(place_id)
        return SimpleNamespace(country=COUNTRIES[place_id])


STAGES = SimpleNamespace(
    gazetteer=Places(), outlines=SimpleNamespace(names=lambda codes: [NAMES[code] for code in codes if code in NAMES])
)


def layer(*place_ids, first="2014-01-01", last="2017-11-20", on=None):
    quote = ClaimQuote(
        claim_id="c", report_id="r", quote="", kind="holds", actor=None, source=None, published=dt.date(2017, 5, 12),
        valid_time=None, url=None, stance="for",
    )  # fmt: skip
    features = tuple(
        LayerFeature(
            place_id=place_id, name=place_id, part=None, status=Status.HELD, holder="x", holder_name="X", sides=("x",),
            besieged=False, besieged_by=None, start=None, end=None, on=on, known_by=None, probability=1, confidence=1,
            newest_claim=None, n_reports=1, n_sources=1, area_km2=1, reason="", claims=(quote,), feature="PPL",
            fraction=None, point=(40, 35), geometry=Point(40, 35).buffer(0.1),
        )
        for place_id in place_ids
    )  # fmt: skip
    start, end = (dt.date.fromisoformat(day) if day else None for day in (first, last))
    return Layer(on=on, known_by=None, start=start, end=end, features=features)


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (layer("raqqa", "tabqa", "mosul"), "Who controls what in Syria and Iraq, May to November 2017"),
        (layer("raqqa", last="2018-02-01"), "Who controls what in Syria, May 2017 to February 2018"),
        (layer("raqqa", last="2017-05-30"), "Who controls what in Syria, 12 to 30 May 2017"),
        (layer("mosul", first="2017-09-05", last="2017-09-05"), "Who controls what in Iraq on 5 September 2017"),
        (layer("mosul", on=dt.date(2017, 9, 5)), "Who controls what in Iraq on 5 September 2017"),
        (layer("sea", "elsewhere"), "Who controls what, May to November 2017"),
        (layer(first=None, last=None), "Who controls what"),
    ],
)
def test_a_title_says_where_and_of_which_days_reports_tell(told, title) -> None:
    assert title_of(told, STAGES) == title


def test_a_layer_without_a_day_takes_that_of_the_newest_report() -> None:
    assert title_of(layer("raqqa", first=None, last=None), STAGES, on=dt.date(2017, 9, 5)) == (
        "Who controls what in Syria on 5 September 2017"
    )
