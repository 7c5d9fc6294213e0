"""init, add, list, status, review, judge, check, timeline, conflicts and explain around one ledger."""

from __future__ import annotations

import hashlib
import json

import pytest
from click.testing import CliRunner

from tracker.cli import add, check, conflicts, explain, init, judge, list_, review, status, timeline
from tracker.cli._sources import reports_from
from tracker.errors import InputError, LedgerError, UsageError
from tracker.jsonl import load_line
from tracker.ledger import Ledger, Reading
from tracker.model import Claim, Report, claim_id_of

TEXT = "The army took Dolna on Thursday. Rebels said they still hold Dolna."


@pytest.fixture
def ledger(tmp_path, monkeypatch) -> str:
    path = str(tmp_path / "a.ledger")
    monkeypatch.setenv("TRACKER_LEDGER", path)
    monkeypatch.setenv("TRACKER_JUDGE", "Anna")
    assert run(init, path).exit_code == 0
    report = Report(
        report_id="r", text=TEXT, sha256=hashlib.sha256(TEXT.encode()).hexdigest(), source="AFP", title="Dolna"
    )
    claims = [made("gains", "army", 14, 0, 32), made("holds", "rebels", 61, 33, len(TEXT))]
    with Ledger(path) as open_ledger:
        open_ledger.add([Reading(report=report, claims=tuple(claims))], extractor="hand")
    return path


def made(kind: str, actor: str, place_start: int, start: int, end: int) -> Claim:
    row = {
        "claim_id": "", "report_id": "r", "kind": kind, "actor": actor, "actor_text": actor, "counter_actor": None,
        "place": {"place_id": "tk:dolna", "name": "Dolna", "text": "Dolna", "start": place_start,
                  "end": place_start + 5, "score": 0.9},
        "part": None, "fraction": None, "distance_m": None, "bearing_deg": None, "valid_time": "2016-12-22",
        "valid_from": "2016-12-22", "valid_to": "2016-12-23", "modality": "asserted", "cue": None,
        "attributed_to": None, "quote": TEXT[start:end], "quote_start": start, "quote_end": end, "rule": "r",
        "backend": "hand", "extractor": "hand", "confidence": 0.9, "published": "2016-12-23", "source": "AFP",
    }  # fmt: skip
    first = load_line(json.dumps(row), Claim)
    return load_line(json.dumps({**row, "claim_id": claim_id_of(first)}), Claim)


def run(verb, *args: str, **more):
    return CliRunner().invoke(verb.command, list(args), standalone_mode=False, **more)


def claim_ids(ledger: str) -> dict[str, str]:
    with Ledger(ledger) as open_ledger:
        return {c.actor or "": c.claim_id for c in open_ledger.claims()}


def test_a_second_init_leaves_the_ledger_alone(ledger) -> None:
    assert isinstance(run(init, ledger).exception, LedgerError)


def test_status_and_list_tell_what_is_there(ledger) -> None:
    assert "1 reports" in run(status).stdout
    assert "2 claims about 1 places" in run(status).stdout
    assert [json.loads(line)["title"] for line in run(list_).stdout.splitlines()] == ["Dolna"]
    assert {json.loads(line)["actor"] for line in run(list_, "claims").stdout.splitlines()} == {"army", "rebels"}
    assert run(list_, "places").stdout == '"tk:dolna"\n'
    assert run(list_, "runs").stdout == '"hand"\n'


def test_a_sound_ledger_passes_its_check(ledger) -> None:
    result = run(check)
    assert (result.return_value, result.stdout) == (0, "")


def test_a_rejected_claim_is_obeyed_and_shown_and_an_undo_restores_it(ledger) -> None:
    asked = (explain, "Dolna", "--on", "2017-01-01")
    before = run(*asked).stdout
    assert "one_of" in before
    judgement = run(judge, claim_ids(ledger)["rebels"], "reject", "--note", "misread").stdout.strip()
    rejected = run(*asked).stdout
    assert "held by army" in rejected
    assert "by Anna" in rejected
    assert "misread" in rejected
    assert run(judge, judgement, "undo").exit_code == 0
    assert run(*asked).stdout == before


def test_judge_refuses_what_it_can_not_do(ledger) -> None:
    army = claim_ids(ledger)["army"]
    for args in (
        ("c-none", "accept"), ("j-none", "undo"), (army, "correct"), (army, "accept", "--set", "actor=x"),
        (army, "correct", "--set", "quote=x"), (army, "correct", "--set", "kind=eats"), (army, "correct", "--set", "x"),
    ):  # fmt: skip
        assert isinstance(run(judge, *args).exception, UsageError), args
    assert run(list_, "judgements").stdout == ""


def test_review_lists_what_hangs_on_a_claim(ledger) -> None:
    result = run(review, "--list")
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines() if line.startswith("c-")} == set(
        claim_ids(ledger).values()
    )


def test_review_on_a_terminal_records_and_takes_back(ledger, monkeypatch) -> None:
    monkeypatch.setattr("tracker.cli.review.sys", type("T", (), {"stdin": type("I", (), {"isatty": lambda: True})}))
    result = run(review, input="r\nu\na\nc\n\nrebels2\n\n\n\nq\n")
    assert result.exit_code == 0, result.output
    verdicts = [json.loads(line) for line in run(list_, "judgements").stdout.splitlines()]
    assert sorted(v["verdict"] for v in verdicts) == ["accept", "correct", "reject", "undo"]


def test_timeline_and_conflicts_speak_of_the_disagreement(ledger) -> None:
    assert "2016-12-22 to now        one_of army / rebels" in run(timeline, "Dolna").stdout
    found = run(conflicts, "--on", "2017-01-01")
    assert found.return_value == 1
    assert "sources disagree: Dolna (tk:dolna), since 2016-12-22" in found.stdout
    assert run(conflicts, "--on", "2016-01-01").return_value == 0


def test_without_a_ledger_the_message_says_how_to_name_one(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "--claims FILE or --ledger FILE" in str(run(timeline, "Dolna").exception)
    assert "tracker init" in str(run(status).exception)


def test_an_address_is_fetched_only_when_asked(ledger, monkeypatch) -> None:
    refused = run(add, "http://x.example/feed")
    assert isinstance(refused.exception, UsageError)
    assert "--fetch" in str(refused.exception)
    monkeypatch.setattr("socket.getaddrinfo", lambda host, port, **kw: [(2, 1, 6, "", (host, port))])
    private = run(add, "http://127.0.0.1/feed", "--fetch")
    assert private.exception is None
    assert (private.return_value, "private network" in private.stderr) == (1, True)


def test_a_feed_is_read_entry_by_entry(tmp_path) -> None:
    feed = tmp_path / "x.rss"
    feed.write_text("<rss><channel><title>X</title><item><description>Dolna fell.</description></item></channel></rss>")
    missing: list[InputError] = []
    sources = [str(feed), str(tmp_path / "none.xml")]
    (report,) = reports_from(sources, published=None, refused=missing, fetch_allowed=False)
    assert (report.text, report.source) == ("Dolna fell.", "X")
    assert "none.xml: can't be read" in str(missing[0])
