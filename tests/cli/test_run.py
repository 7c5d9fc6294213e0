"""The whole way, as a user runs it: a process, its files, its words, its exit status."""

import hashlib
import json
import os
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tracker.reports import read_reports

SAMPLE = Path(__file__).parents[2] / "maps" / "deir-ezzor-2017-09-05" / "report.md"
OUTPUTS = {"claims.jsonl", "states.jsonl", "control.html", "control.geojson", "control.gpkg", "control.qgz"}
SENTENCE = "The army captured the city of Palmyra from Islamic State on 2 March 2017."


def tracker(*words, cwd=None, stdin="", limit=None):
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "tracker", *map(str, words)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=small_files if limit else None,
    )


def hashes(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("made") / "out"
    done = tracker("run", SAMPLE, "--out", out)
    assert done.returncode == 0, done.stderr
    return out, done


def test_the_sample_gives_the_six_files_and_a_summary(made) -> None:
    out, done = made
    assert {p.name for p in out.iterdir()} == OUTPUTS
    assert "On 2017-09-05" in done.stdout
    assert "Deir ez-Zor" in done.stdout
    assert "control.qgz" in done.stdout
    assert "Traceback" not in done.stderr


def test_every_claim_quotes_its_report_to_the_letter(made) -> None:
    out, _ = made
    (report,) = read_reports([SAMPLE])
    claims = [json.loads(line) for line in (out / "claims.jsonl").read_text().splitlines()]
    assert claims
    for claim in claims:
        assert report.text[claim["quote_start"] : claim["quote_end"]] == claim["quote"]
        place = claim["place"]
        assert report.text[place["start"] : place["end"]] == place["text"]


def test_every_state_cites_claims_that_stand_in_the_claims_file(made) -> None:
    out, _ = made
    ids = {json.loads(line)["claim_id"] for line in (out / "claims.jsonl").read_text().splitlines()}
    states = [json.loads(line) for line in (out / "states.jsonl").read_text().splitlines()]
    assert states
    for state in states:
        assert state["claim_ids"]
        assert ids.issuperset(state["claim_ids"])
        assert ids.issuperset(state["against_ids"])


def test_the_same_run_twice_gives_the_same_bytes(made, tmp_path) -> None:
    out, _ = made
    again = tracker("run", SAMPLE, "--out", tmp_path / "again")
    assert again.returncode == 0
    assert hashes(tmp_path / "again") == hashes(out)


def test_a_second_run_replaces_the_first_but_not_a_project_that_was_saved_in_qgis(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    asked = ("run", tmp_path / "a.txt", "--published", "2017-03-03", "--out", tmp_path / "out")
    assert tracker(*asked).returncode == 0
    project = tmp_path / "out" / "control.qgz"
    (tmp_path / "a.txt").write_text(SENTENCE.replace("2 March", "1 March"))
    before = hashes(tmp_path / "out")
    assert "kept" not in tracker(*asked).stdout
    assert hashes(tmp_path / "out")["control.gpkg"] != before["control.gpkg"]
    with zipfile.ZipFile(project) as packed:
        document = packed.read("control.qgs")
    with zipfile.ZipFile(project, "w") as packed:  # as QGIS packs it: with the time of the day
        packed.writestr("control.qgs", document.replace(b"Who controls what", b"My own map"))
    saved = project.read_bytes()
    (tmp_path / "a.txt").write_text(SENTENCE)
    told = tracker(*asked)
    assert "control.qgz  kept: it was saved in QGIS" in told.stdout
    assert project.read_bytes() == saved
    assert '"2017-03-02"' in (tmp_path / "out" / "claims.jsonl").read_text()  # the data under it is new
    assert "kept" not in tracker(*asked, "--force").stdout
    assert project.read_bytes() != saved


def test_a_run_without_its_reports_leaves_no_folder(tmp_path) -> None:
    assert tracker("run", tmp_path / "nobody.txt", "--out", tmp_path / "out").returncode == 2
    assert not (tmp_path / "out").exists()


def test_standard_input_is_read(tmp_path) -> None:
    done = tracker("run", "-", "--published", "2017-03-03", "--out", "out", cwd=tmp_path, stdin=SENTENCE)
    assert done.returncode == 0, done.stderr
    states = [json.loads(line) for line in (tmp_path / "out" / "states.jsonl").read_text().splitlines()]
    assert [(s["status"], s["holder"], s["valid_from"]) for s in states] == [
        ("held", "islamic_state", None),  # "from X" tells that X had it until then
        ("held", "syrian_government", "2017-03-02"),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", "is empty"), (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 99, "binary data")],
)
def test_a_file_without_words_is_listed_and_nothing_is_written(tmp_path, content, problem) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    done = tracker("run", "a.txt", "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert problem in done.stderr
    assert "a.txt" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_a_bad_line_among_good_ones_is_listed_and_the_rest_is_done(tmp_path) -> None:
    good = json.dumps({"id": "a", "text": SENTENCE, "published": "2017-03-03"})
    (tmp_path / "in.jsonl").write_text(f"{good}\n{{broken\n")
    done = tracker("run", "in.jsonl", "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "in.jsonl:2: the line is no JSON" in done.stderr
    assert {p.name for p in (tmp_path / "out").iterdir()} == OUTPUTS


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("missing.txt",), "missing.txt: no such file or folder"),
        (("a.txt", "--published", "2017-02-30"), "is not a day"),
        (("a.txt", "--published", "yesterday"), "Write it as YYYY-MM-DD"),
        (("a.txt", "--on", "2017-13"), "is not a day"),
        (("a.txt", "--out", "a.txt"), "this is a file, not a folder"),
        (("a.txt", "--out", "/proc/out"), "can't be written"),
        ((), "Missing argument"),
    ],
)
def test_wrong_use_says_what_and_how_to_mend_it(tmp_path, words, problem) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    done = tracker("run", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert problem in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("limit", [100, 3_000, 100_000])
def test_a_full_disk_leaves_no_half_written_file(tmp_path, limit) -> None:
    """A limit on the size of files stands in for a full disk: the same writes fail half-way."""
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    done = tracker("run", SAMPLE, "--out", tmp_path / "out", limit=limit)
    assert done.returncode == 2
    assert "no space is left" in done.stderr
    assert "Traceback" not in done.stderr
    for path in (tmp_path / "out").iterdir():
        assert path.name in OUTPUTS
        assert path.stat().st_size <= limit


def test_claims_dated_after_their_report_are_marked_and_never_fused(tmp_path) -> None:
    done = tracker("run", "-", "--published", "2016-01-01", "--out", "out", cwd=tmp_path, stdin=SENTENCE)
    assert done.returncode == 0, done.stderr
    claims = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text().splitlines()]
    assert {c["modality"] for c in claims} == {"unreal"}
    assert (tmp_path / "out" / "states.jsonl").read_text() == ""


def test_help_answers_at_once() -> None:
    spent = []
    for _ in range(3):
        started = time.perf_counter()
        assert tracker("--help").returncode == 0
        spent.append(time.perf_counter() - started)
    assert min(spent) < 0.6  # 0.3 s on an idle machine; CI machines are shared


def test_the_day_of_the_world_is_never_read() -> None:
    """No wall clock: a report without a date keeps its relative dates unresolved."""
    done = tracker("extract", "-", stdin="The army captured Palmyra from Islamic State on Tuesday.")
    assert done.returncode == 0, done.stderr
    (claim,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert claim["valid_time"] is None
