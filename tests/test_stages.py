"""What the stages tell each other."""

import datetime as dt

import pytest

from tracker.pipeline import Stages
from tracker.reports import report_from_fields


@pytest.fixture(scope="module")
def stages():
    return Stages()


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("The army captured Palmyra from Islamic State on 2 March 2017.", "gn:163808"),
        ("The Syrian Democratic Forces hold Tripoli and Palmyra.", "gn:163808"),
    ],
)
def test_the_sides_that_a_report_names_tell_where_its_places_lie(stages, text, place_id) -> None:
    """Without them the atoll of that name is the likelier Palmyra."""
    report = report_from_fields({"text": text}, published=dt.date(2017, 3, 3))
    assert place_id in [m.place_id for m in stages.locate(report)]


def test_a_claim_dated_after_its_report_is_not_real(stages) -> None:
    report = report_from_fields({"text": "The army captured Palmyra on 2 March 2017."}, published=dt.date(2016, 1, 1))
    assert [(c.modality, c.cue) for c in stages.extract(report)] == [("unreal", "dated after publication")]
