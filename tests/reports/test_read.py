"""Documents of every kind become reports; what can't be read is named."""

import datetime as dt
import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InputError
from tracker.reports import read_bursts, read_reports
from tracker.reports.decoding import decode

DAY = dt.date(2017, 9, 5)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Siege broken</title>
<meta property="og:site_name" content="The Daily Example"><meta name="date" content="2017-09-06">
<link rel="canonical" href="https://example.org/siege"></head><body><nav>Home News Sport</nav>
<article><h1>Siege broken</h1><p>Troops broke the siege of the city on Tuesday, officials said, after three
weeks of fighting along the desert road that links it to the west of the country.</p>
<p>Another paragraph follows, with more words about the convoy of food that reached the garrison.</p>
<script>alert(1)</script></article></body></html>"""


def read(path, **options):
    return list(read_reports([path], **options))


def test_a_text_file_is_a_report_word_for_word(tmp_path) -> None:
    (tmp_path / "a.txt").write_bytes("Raqqa  fell.\r\n“So it is,” he said.\n".encode())
    (report,) = read(tmp_path / "a.txt", published=DAY)
    assert report.text == "Raqqa  fell.\n“So it is,” he said.\n"
    assert report.published == DAY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_the_encoding_is_found(tmp_path, encoding) -> None:
    text = "Les forces ont repris la ville de Deir ez-Zor après trois années de siège, a déclaré l’armée française."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read(tmp_path / "a.txt")[0].text == text


def test_cyrillic_in_a_windows_encoding_is_found(tmp_path) -> None:
    text = "Украинские войска освободили город Изюм в Харьковской области, сообщил президент. " * 3
    (tmp_path / "a.txt").write_bytes(text.encode("cp1251"))
    assert read(tmp_path / "a.txt")[0].text == text


def test_markdown_loses_its_marks_and_keeps_its_front_matter(tmp_path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ndate: 2017-09-05\nsource: Example\n---\n# The *siege*\n\nTroops took **Brigade 137**,\nsee [here](http://x).\n"
    )
    (report,) = read(tmp_path / "a.md")
    assert report.text == "The siege\n\nTroops took Brigade 137, see here."
    assert (report.title, report.source, report.published) == ("The siege", "Example", DAY)


def test_a_web_page_gives_its_words_and_its_date(tmp_path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (report,) = read(tmp_path / "a.html")
    assert "broke the siege of the city" in report.text
    assert "alert" not in report.text
    assert "Sport" not in report.text
    assert report.published == dt.date(2017, 9, 6)
    assert report.url == "https://example.org/siege"


def test_the_users_date_wins_over_the_pages_metadata(tmp_path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    assert read(tmp_path / "a.html", published=DAY)[0].published == DAY


def test_a_records_own_date_wins_over_the_users(tmp_path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "x", "text": "A fell.", "published": "2016-01-02"}\n{"text": "B fell."}\n'
    )
    first, second = read(tmp_path / "a.jsonl", published=DAY)
    assert (first.report_id, first.published) == ("x", dt.date(2016, 1, 2))
    assert second.published == DAY


def test_a_bad_line_is_quarantined_and_the_others_are_read(tmp_path) -> None:
    lines = [
        '{"text": "one"}',
        "{broken",
        "[1]",
        '{"title": "no text"}',
        '{"text": 5}',
        '{"text": "x", "published": "soon"}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join([*lines, '{"text": "two"}']))
    errors: list[InputError] = []
    reports = read(tmp_path / "a.jsonl", quarantine=errors.append)
    assert [r.text for r in reports] == ["one", "two"]
    assert [e.line for e in errors] == [2, 3, 4, 5, 6]
    assert all(str(e).startswith(f"{tmp_path / 'a.jsonl'}:") for e in errors)


def test_csv_rows_are_reports_and_bad_rows_are_quarantined(tmp_path) -> None:
    (tmp_path / "a.csv").write_text(
        'id;text;published\na;"Raqqa; the\ncity";2017-09-05\nb;x\nc;Homs;2017-13-01\nd;Hama;\n'
    )
    errors: list[InputError] = []
    reports = read(tmp_path / "a.csv", quarantine=errors.append)
    assert [(r.report_id, r.text) for r in reports] == [("a", "Raqqa; the\ncity"), ("d", "Hama")]
    assert [e.line for e in errors] == [4, 5]


def test_csv_without_a_text_column_says_which_columns_it_has(tmp_path) -> None:
    (tmp_path / "a.csv").write_text("id,body\n1,x\n")
    with pytest.raises(InputError, match=r"a\.csv:1: the header has no column 'text' \(it has: id, body\)"):
        read(tmp_path / "a.csv")


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.md", "ignored.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [r.text for r in read(tmp_path)] == ["a.txt", "b.txt", "sub/c.md"]


@pytest.mark.parametrize(
    ("typed", "texts"),
    [(b"Raqqa fell.", ["Raqqa fell."]), (b'{"text": "one"}\n{"text": "two"}\n', ["one", "two"])],
)
def test_standard_input_is_told_by_its_content(monkeypatch, typed, texts) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
    assert [r.text for r in read("-")] == texts


def test_the_same_report_twice_comes_out_once_and_an_id_reused_is_an_error(tmp_path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": "x", "text": "one"}\n{"id": "x", "text": "one"}\n{"id": "x", "text": "two"}\n'
    )
    errors: list[InputError] = []
    assert len(read(tmp_path / "a.jsonl", quarantine=errors.append)) == 1
    assert "two reports have the id 'x'" in str(errors[0])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x00" * 500, "is empty"),
        (bytes(range(256)) * 40, "binary data"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02\x03" * 500, "binary data"),
        (b"%PDF-1.7\n" + bytes(range(128, 256)) * 50 + bytes(range(32)) * 50, "binary data"),
    ],
)
def test_empty_files_and_junk_are_named_with_a_cure(tmp_path, content, problem) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(InputError, match=problem) as caught:
        read(tmp_path / "a.txt")
    assert caught.value.cure


def test_a_missing_file_is_an_error_before_anything_is_read(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(InputError, match="no such file"):
        next(read_reports([tmp_path / "a.txt", tmp_path / "b.txt"], quarantine=print))


def test_invalid_utf8_in_json_lines_names_the_line(tmp_path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "ok"}\n{"text": "b\xffd"}\n')
    errors: list[InputError] = []
    assert len(read(tmp_path / "a.jsonl", quarantine=errors.append)) == 1
    assert errors[0].line == 2


def test_json_nested_too_deep_is_quarantined(tmp_path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": ' + "[" * 200_000 + "\n")
    errors: list[InputError] = []
    assert read(tmp_path / "a.jsonl", quarantine=errors.append) == []
    assert len(errors) == 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf8_text_is_kept_to_the_letter(text) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_a_record_keeps_its_text_to_the_letter(tmp_path_factory, text) -> None:
    path = tmp_path_factory.mktemp("r") / "a.jsonl"
    path.write_text(json.dumps({"text": text}), encoding="utf-8")
    assert read(path)[0].text == text


class Pipe(io.RawIOBase):
    """A pipe into which its writer puts one piece at a time."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    def readable(self) -> bool:
        return True

    def readinto(self, into) -> int:
        piece = self.pieces.pop(0) if self.pieces else b""
        into[: len(piece)] = piece
        return len(piece)


def piped(monkeypatch, *pieces: bytes):
    pipe = Pipe(*pieces)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(pipe)))
    return pipe


def test_json_lines_are_read_from_a_pipe_as_they_come(monkeypatch) -> None:
    pipe = piped(monkeypatch, b' \n{"text": "One."}\n{"te', b'xt": "Two."}\n', b'{"text": "Three."}\nno\n', b"[1]")
    errors = []
    bursts = read_bursts(["-"], quarantine=errors.append)
    assert [report.text for report in next(bursts)] == ["One."]
    assert len(pipe.pieces) == 3  # the first is answered before the second is asked for
    assert [[report.text for report in burst] for burst in bursts] == [["Two."], ["Three."]]
    assert [(error.path, error.line) for error in errors] == [("-", 5), ("-", 6)]


def test_a_line_that_no_report_can_be_that_long_as_is_not_kept_in_memory(monkeypatch) -> None:
    monkeypatch.setattr("tracker.reports.kinds.MOST_LINE", 100)
    monkeypatch.setattr("tracker.reports.pipes.MOST_LINE", 100)
    piped(monkeypatch, b'{"text": "', *[b"x" * 60] * 50, b'"}\n{"text": "Two."}\n')
    errors = []
    assert [report.text for report in read_reports(["-"], quarantine=errors.append)] == ["Two."]
    assert "longer than 100" in str(errors[0])


def test_a_table_is_told_from_a_text_on_standard_input(monkeypatch) -> None:
    piped(monkeypatch, b"\xef\xbb\xbfid;text\n1;One.\n2;Two.\n")
    assert [report.report_id for report in read_reports(["-"])] == ["1", "2"]
    piped(monkeypatch, b"Text, and more of it.\n")
    assert [report.text for report in read_reports(["-"])] == ["Text, and more of it.\n"]


def test_a_list_of_json_objects_is_read_item_by_item(tmp_path, monkeypatch) -> None:
    told = json.dumps([{"id": 1, "text": "One."}, {"text": 2}, 3, {"id": "b", "text": "Two."}], indent=1)
    (tmp_path / "a.json").write_text(told)
    errors = []
    assert [report.report_id for report in read(tmp_path / "a.json", quarantine=errors.append)] == ["1", "b"]
    assert [error.problem for error in errors] == [
        "item 2: the field 'text' is not a string",
        "item 3: is no JSON object",
    ]
    piped(monkeypatch, told.encode())
    assert len(list(read_reports(["-"], quarantine=errors.append))) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_json_lines_in_another_encoding_are_read_by_their_mark(tmp_path, encoding) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "Ракка."}\n{"text": "Хомс."}\n'.encode(encoding))
    assert [report.text for report in read(tmp_path / "a.jsonl")] == ["Ракка.", "Хомс."]


def test_what_a_folder_holds_beside_reports_is_named(tmp_path, caplog) -> None:
    for name in ("a.txt", "b.pdf", ".hidden.pdf"):
        (tmp_path / name).write_text("Raqqa fell.")
    with caplog.at_level("INFO"):
        assert len(read(tmp_path)) == 1
    assert "passed over, by their suffix no reports: b.pdf" in caplog.text
    assert "hidden" not in caplog.text
