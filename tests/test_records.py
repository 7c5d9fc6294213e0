"""Records keep their meaning on their way through JSON Lines and files."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tracker
from tracker.errors import DateError, OutputError, RecordError
from tracker.files import output_folder, written_whole
from tracker.jsonl import dump_line, load_line, read_lines
from tracker.model import Claim, Report, edtf_bounds, parse_day, report_id_of
from tracker.states import fuse


def test_a_report_comes_back_from_its_line_as_it_went() -> None:
    report = Report(report_id="r", text="a\n\u202eb", sha256="0", published=dt.date(2017, 9, 5))
    assert load_line(dump_line(report), Report) == report


def test_a_line_of_the_wrong_shape_names_file_line_and_field() -> None:
    with pytest.raises(RecordError, match=r"in\.jsonl:2: not a Report record: .*report_id"):
        list(read_lines(["", '{"report_id": 1}'], Report, path="in.jsonl"))


@pytest.mark.parametrize(
    ("edtf", "start", "stop"),
    [
        ("2017", "2017-01-01", "2018-01-01"),
        ("2017-12", "2017-12-01", "2018-01-01"),
        ("2016-02-29", "2016-02-29", "2016-03-01"),
        ("2017-09~", "2017-09-01", "2017-10-01"),
        ("2014-24", "2014-12-01", "2015-03-01"),
        ("201X", "2010-01-01", "2020-01-01"),
        ("../2017-09-05", None, "2017-09-06"),
        ("2014-06/..", "2014-06-01", None),
        ("2014/2016", "2014-01-01", "2017-01-01"),
    ],
)
def test_an_uncertain_date_has_half_open_bounds(edtf: str, start: str | None, stop: str | None) -> None:
    def day(text: str | None) -> dt.date | None:
        return parse_day(text) if text else None

    assert edtf_bounds(edtf) == (day(start), day(stop))


@pytest.mark.parametrize("edtf", ["", "yesterday", "2017-13", "2017-02-30", "2017-9-5", "2018/2017", "0000", "٢٠١٧"])
def test_what_is_no_date_is_refused(edtf: str) -> None:
    with pytest.raises(DateError):
        edtf_bounds(edtf)


@given(st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(9998, 12, 30)))
def test_a_day_is_bounded_by_itself_and_the_next(day: dt.date) -> None:
    assert edtf_bounds(day.isoformat()) == (day, day + dt.timedelta(days=1))


def test_a_report_id_tells_parts_apart() -> None:
    assert report_id_of("a", "b", None, None) != report_id_of("a", None, None, "b")


def test_a_failed_write_leaves_what_was_there(tmp_path) -> None:
    target = tmp_path / "states.jsonl"
    target.write_text("before")

    def fail_midway() -> None:
        with written_whole(target) as temporary:
            temporary.write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="no space is left"):
        fail_midway()
    assert target.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["states.jsonl"]


def test_a_file_is_not_written_under_the_name_that_means_standard_output(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="standard output can't take this file"), written_whole("-"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_file_is_no_output_folder(tmp_path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="not a folder"):
        output_folder(tmp_path / "out")


CONTRACT_CLAIM = {
    "claim_id": "c-1", "report_id": "r", "kind": "gains", "actor": "sdf", "actor_text": "SDF", "counter_actor": None,
    "place": {"place_id": "gn:172955", "name": "Raqqa", "text": "Raqqa", "start": 13, "end": 18, "lat": 35.95,
              "lon": 39.0, "feature": "PPLA", "score": 0.9},
    "part": None, "fraction": None, "distance_m": None, "bearing_deg": None, "valid_time": "2017-10-17",
    "valid_from": "2017-10-17", "valid_to": "2017-10-18", "modality": "asserted", "attributed_to": None,
    "quote": "SDF captured Raqqa", "quote_start": 0, "quote_end": 18, "rule": "x", "backend": "y", "extractor": "z",
    "confidence": 0.9,
}  # fmt: skip


def test_a_claim_with_the_contract_s_fields_and_no_other_is_read_and_fused() -> None:
    read = load_line(json.dumps(CONTRACT_CLAIM), Claim)
    bare = {name: value for name, value in CONTRACT_CLAIM.items() if value is not None}
    assert load_line(json.dumps(bare), Claim) == read
    (state,) = fuse([read])
    assert (state.holder, str(state.valid_from)) == ("sdf", "2017-10-17")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"confidence": 5}, "confidence 5 is not between 0 and 1"),
        ({"fraction": [0.8, 0.2]}, "is no share"),
        ({"fraction": [0.5, 1.5]}, "is no share"),
        ({"valid_to": "2017-10-17"}, "valid_to 2017-10-17 is not after valid_from 2017-10-17"),
        ({"published": "9999-12-31"}, "published 9999-12-31 is not in the years 1000 to 9998"),
        ({"part": ""}, "write null for the whole"),
        ({"kind": "eats"}, "eats"),
    ],
)
def test_a_claim_that_can_not_be_is_refused_by_its_line(change, problem) -> None:
    with pytest.raises(RecordError, match=problem) as refused:
        load_line(json.dumps(CONTRACT_CLAIM | change), Claim, path="a.jsonl", number=3)
    assert str(refused.value).startswith("a.jsonl:3: not a Claim record: ")


def test_a_claim_made_in_python_on_the_last_day_there_is_can_be_fused() -> None:
    read = load_line(json.dumps(CONTRACT_CLAIM), Claim)
    (state,) = fuse([replace(read, published=dt.date.max)])
    assert state.holder == "sdf"


def test_the_package_lists_its_public_names_before_they_are_loaded() -> None:
    assert {"fuse", "run", "Claim", "read_reports"} <= set(dir(tracker)) == {*tracker.__all__, "__version__"}
