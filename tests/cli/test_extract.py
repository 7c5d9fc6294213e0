"""``tracker extract``: records, other extractors, explanations."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tracker.claims.extract import EXTRACTOR
from tracker.model import Report
from tracker.pipeline import Stages

TEXT = "The Syrian army captured Palmyra from Islamic State on 2 March 2017. Rebels vowed to retake Idlib."
REPORT = Report(report_id="t", text=TEXT, sha256="")
OFF = "The council took control of the bus company in Leeds on Monday."


def tracker(*words, stdin="", env=None):
    return subprocess.run(
        [sys.executable, "-m", "tracker", *words],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env=env,
    )


@pytest.fixture(scope="module")
def stages():
    return Stages()


def test_extract_prints_a_claim_a_line() -> None:
    done = tracker("extract", "-", stdin=TEXT)
    assert done.returncode == 0, done.stderr
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    taken = claims[0]
    assert (taken["kind"], taken["actor"], taken["place"]["name"]) == ("gains", "syrian_government", "Palmyra")
    assert {c["extractor"] for c in claims} == {EXTRACTOR}


def test_the_extractors_are_listed_without_a_report() -> None:
    done = tracker("extract", "--list-extractors")
    assert done.returncode == 0
    assert "frames  tracker.claims.door:FrameExtractor  (default)" in done.stdout
    assert "endpoint" in done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--extractor", "magic"], "no extractor 'magic'"),
        (["--extractor", "endpoint"], "needs a model"),
        (["--extractor-option", "model"], "is not NAME=VALUE"),
        (["--extractor-option", "model=m"], "no options"),
    ],
)
def test_wrong_use_of_extractors_is_told_in_one_line(words, message) -> None:
    done = tracker("extract", *words, "-", stdin=TEXT, env={"PATH": ""})
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_explain_tells_of_every_claim_that_the_run_makes(stages) -> None:
    shown = stages.explain(REPORT)
    claims = stages.extract(REPORT)
    assert claims
    assert all(f"claim {claim.claim_id}:" in shown for claim in claims)
    assert "[actor: Syrian army] [trigger: captured] [place: Palmyra] from [against: Islamic State]" in shown
    assert "[cue: vowed]" in shown


def test_explain_heeds_the_title_as_the_run_does(stages) -> None:
    report = Report(
        report_id="t", title="Palmyra (Homs Governorate)", text="The rebels captured the town in 2015.", sha256=""
    )
    (claim,) = stages.extract(report)
    assert claim.place.name == "Palmyra"
    assert f"claim {claim.claim_id}: {claim.actor}" in stages.explain(report)


def test_what_is_off_the_topic_is_not_read_and_says_so(stages) -> None:
    report = Report(report_id="off", text=OFF, sha256="")
    assert stages.extract(report) == []
    assert "not read" in stages.explain(report)


def test_explanations_write_nothing_to_the_terminal_but_words(stages) -> None:
    report = Report(report_id="t\x1b[2J", text=TEXT.replace("Palmyra", "Palmyra\x1b[31m\u202e"), sha256="")
    assert all(line.isprintable() for line in stages.explain(report).split("\n"))


def test_many_reports_read_in_one_go_claim_what_each_claims_alone(stages) -> None:
    reports = [
        Report(report_id=f"r{k}", text=text, sha256="")
        for k, text in enumerate([TEXT, OFF, "", TEXT + " The rebels hold Idlib.", *[OFF] * 20, TEXT])
    ]
    assert list(stages.extract_all(reports)) == [stages.extract(report) for report in reports]
