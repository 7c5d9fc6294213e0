"""Verbs that draw take a file and tell by themselves what it holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPORT = "SDF fighters captured Raqqa from Islamic State on Tuesday."


def tracker(*words: str, stdin: str = "") -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "tracker", *words], input=stdin, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    done = tracker("run", "-", "--published", "2017-10-17", "--out", str(folder), stdin=REPORT)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", ["claims.jsonl", "states.jsonl", "control.geojson"])
def test_a_file_tells_what_it_holds(made, tmp_path, name) -> None:
    out = tmp_path / "out.geojson"
    done = tracker("export", str(made / name), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "sdf" in out.read_text()


def test_states_are_drawn_from_a_pipe(made, tmp_path) -> None:
    out = tmp_path / "map.html"
    done = tracker("map", "-", "--out", str(out), stdin=(made / "states.jsonl").read_text())
    assert done.returncode == 0, done.stderr
    assert out.exists()


def test_a_pipe_without_a_line_draws_a_map_of_nothing(tmp_path) -> None:
    done = tracker("map", "-", "--out", str(tmp_path / "map.html"))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("control.html",), "begins with no claim, no state and no layer"),
        (("missing.jsonl",), "can't be read (no such file or directory)"),
        (("claims.jsonl", "--claims", "claims.jsonl"), "holds claims, and --claims names others"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(made, tmp_path, words, said) -> None:
    file, *more = (str(made / word) if "." in word else word for word in words)
    done = tracker("map", file, *more, "--out", str(tmp_path / "map.html"))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr
    assert not (tmp_path / "map.html").exists()
