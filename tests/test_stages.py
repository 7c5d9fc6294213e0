"""What the stages tell each other."""

import datetime as dt
import itertools

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


def test_many_reports_are_located_as_each_alone_in_their_order(stages) -> None:
    """Sides, theatre, title and parts are each report's own, though some are read at a time."""
    fields = [
        {"text": "The Syrian Democratic Forces hold Tripoli and Palmyra."},
        {"text": "Clashes went on there all day.", "title": "Lyman (Donetsk Oblast)"},
        {"text": "They hold Lyman, and so on; " * 4_000, "title": "Lyman (Donetsk Oblast)"},
        {"text": "The Libyan National Army took Tripoli from Government of National Accord forces."},
        {"text": "Nobody was anywhere."},
        {"text": "Palmyra and Tripoli were quiet."},
    ]
    reports = [report_from_fields(one) for one in fields]
    together = list(stages.locate_all(reports))
    assert together == [stages.locate(report) for report in reports]
    assert "gn:163808" in [place.place_id for place in together[0]]  # Palmyra in Syria, for its sides fight there
    assert [place.country for place in together[3] if place.text == "Tripoli"] == ["LY"]
    assert [len(found) for found in together[1:3]] == [0, 4_000]
    assert together[4] == []


def test_reports_are_located_before_all_are_there(stages) -> None:
    """What comes in an endless stream is answered while it runs."""
    text = "The army took Palmyra. " * 2_000
    endless = (report_from_fields({"id": str(number), "text": text}) for number in itertools.count())
    first = next(stages.locate_all(endless))
    assert {place.report_id for place in first} == {"0"}
    assert len(first) == 2_000
