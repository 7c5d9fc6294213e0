"""What the command line does when nobody takes its words, or its input comes slowly."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")
TRACKER = [sys.executable, "-m", "tracker"]
REPORT = {"text": "SDF fighters captured Raqqa on Tuesday.", "published": "2017-10-17"}


def start(*words: str, **how) -> subprocess.Popen:
    return subprocess.Popen([*TRACKER, *words], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how)


def test_a_claim_comes_out_while_the_pipe_is_still_open() -> None:
    with start("extract", "-", stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps(REPORT) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["actor"] == "sdf"
        process.stdin.close()
        assert process.wait(30) == 0


def test_a_reader_that_leaves_early_ends_the_program_as_any_other() -> None:
    many = "".join(json.dumps(REPORT | {"id": str(n)}) + "\n" for n in range(2000))
    with start("extract", "-", stdout=subprocess.PIPE) as process:
        process.stdout.close()
        _, errors = process.communicate(many, timeout=60)
    assert (process.returncode, errors) == (141, "")


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", [("--help",), ("gazetteer", "search", "Raqqa")])
def test_a_full_disk_behind_standard_output_is_said_in_one_line(words) -> None:
    with FULL.open("w") as full, start(*words, stdout=full) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert errors.startswith("tracker: standard output: no space is left here.")
    assert errors.count("\n") == 1


def test_a_closed_standard_output_is_said_in_one_line() -> None:
    with start("gazetteer", "search", "Raqqa", preexec_fn=lambda: os.close(1)) as process:
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.count("\n")) == (2, 1)
    assert errors.startswith("tracker: standard output: is closed.")


def test_an_interrupt_ends_it_without_a_word() -> None:
    def interruptible() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    with start("extract", "-", stdout=subprocess.PIPE, preexec_fn=interruptible) as process:
        process.stdin.write(json.dumps(REPORT) + "\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.strip()) == (130, "")


def test_records_travel_as_utf8_whatever_the_locale_says() -> None:
    quote = "SDF fighters captured Raqqa — „at last“, Kyiv (Київ) hears."
    elsewhere = os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*TRACKER, "extract", "-"], input=json.dumps(REPORT | {"text": quote}, ensure_ascii=False).encode(),
        env=elsewhere, capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout.decode())["quote"] == quote
    fused = subprocess.run([*TRACKER, "fuse", "-"], input=done.stdout, env=elsewhere, capture_output=True, check=True)
    assert json.loads(fused.stdout)["holder"] == "sdf"


def test_standard_input_that_is_not_utf8_is_said_in_one_line() -> None:
    done = subprocess.run([*TRACKER, "fuse", "-"], input=b"\xff\xfe\n", capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (2, b"tracker: -: not UTF-8 at byte 0. Save it as UTF-8.\n")
