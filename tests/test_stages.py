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


def test_a_very_long_text_is_read_in_parts_each_with_the_sides_that_it_names(stages) -> None:
    """A file of many reports in one line: its places come a part at a time, with the offsets of the whole."""
    syria = "The Syrian Democratic Forces hold Tripoli and Palmyra, and so on and so forth; "
    libya = "The Libyan National Army took Tripoli from Government of National Accord forces, and so on and so forth; "
    text = syria * 2_000 + libya * 2_000
    report = report_from_fields({"text": text})
    parts = list(stages.locate_stream([report]))
    assert len(parts) > 2
    found = [place for part in parts for place in part]
    assert found == stages.locate(report)
    assert all(text[place.start : place.end] == place.text for place in found)
    tripolis = [place.country for place in found if place.text == "Tripoli"]
    assert tripolis[-1] == "LY"
    assert len(tripolis) == 4_000


def test_a_long_text_is_located_with_a_title_as_a_whole(stages) -> None:
    report = report_from_fields({"text": "They hold Lyman, and so on; " * 5_000, "title": "Lyman (Donetsk Oblast)"})
    (found,) = stages.locate_stream([report])
    assert {place.place_id for place in found} == {stages.locate_title(report)[0].place_id}
