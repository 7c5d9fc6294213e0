"""The verbs fuse and explain, from files and standard input."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from tracker.cli.explain import command as explain
from tracker.cli.fuse import command as fuse
from tracker.errors import InputError, RecordError, UnknownPlaceError

CLAIM = {
    "claim_id": "c-1", "report_id": "r", "kind": "gains", "actor": "army", "actor_text": "the army",
    "counter_actor": "rebels",
    "place": {"place_id": "tk:dolna", "name": "Dolna", "text": "Dolna", "start": 14, "end": 19, "score": 0.9},
    "part": None, "fraction": None, "distance_m": None, "bearing_deg": None, "valid_time": "2016-12-22",
    "valid_from": "2016-12-22", "valid_to": "2016-12-23", "modality": "asserted", "cue": None, "attributed_to": None,
    "quote": "The army took Dolna\u001b[2J on Thursday.", "quote_start": 0, "quote_end": 37, "rule": "r",
    "backend": "hand", "extractor": "hand", "confidence": 0.9, "published": "2016-12-23", "source": "AFP",
}  # fmt: skip


@pytest.fixture
def claims_file(tmp_path):
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(CLAIM) + "\n", encoding="utf-8")
    return str(path)


def test_claims_come_out_as_states(claims_file) -> None:
    result = CliRunner().invoke(fuse, [claims_file])
    states = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [(s["holder"], s["valid_from"], s["valid_to"]) for s in states] == [
        ("rebels", None, "2016-12-22"),
        ("army", "2016-12-22", None),
    ]


def test_standard_input_will_do_and_known_by_leaves_out() -> None:
    result = CliRunner().invoke(fuse, ["-", "--known-by", "2016-12-22"], input=json.dumps(CLAIM))
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_line_that_is_no_claim_names_itself(tmp_path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(CLAIM) + '\n{"claim_id": 3}\n')
    result = CliRunner().invoke(fuse, [str(path)])
    assert isinstance(result.exception, RecordError)
    assert "claims.jsonl:2" in str(result.exception)
    missing = CliRunner().invoke(fuse, [str(tmp_path / "none.jsonl")])
    assert isinstance(missing.exception, InputError)


@pytest.mark.parametrize("place", ["Dolna", "dolna", "tk:dolna"])
def test_a_place_is_explained_by_its_sentences(claims_file, place) -> None:
    result = CliRunner().invoke(explain, [place, "--claims", claims_file, "--on", "2017-01-01"])
    assert result.exit_code == 0
    assert "held by army, from 2016-12-22 to now" in result.stdout
    assert "“The army took Dolna[2J on Thursday.” [AFP, 2016-12-23" in result.stdout
    assert "without c-1: nothing told, instead of held by army" in result.stdout


def test_a_place_that_no_claim_speaks_of_is_an_error_with_a_suggestion(claims_file) -> None:
    result = CliRunner().invoke(explain, ["Dolnica", "--claims", claims_file, "--on", "2017-01-01"])
    assert isinstance(result.exception, UnknownPlaceError)
    assert "tk:dolna (Dolna)" in str(result.exception)
