"""The ledger loses nothing, repeats nothing, and says what is wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
import os
import random
import signal
import sqlite3
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest
from claimkit import claim, day

from tracker.errors import LedgerError
from tracker.ledger import Ledger, Reading, check_ledger, make_judgement, schema
from tracker.model import Claim, Report, Verdict, claim_id_of
from tracker.states import fuse

NOW = dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)


def reading(number: int, *, extractor: str = "e1", text: str | None = None, claims: int = 3) -> Reading:
    words = text or "Dolna fell to the army on Monday, report " + str(number)
    report = Report(
        report_id=f"r{number}", text=words, sha256=hashlib.sha256(words.encode()).hexdigest(),
        published=dt.date(2017, 1, 1) + dt.timedelta(days=number % 1000), source="AFP",
    )  # fmt: skip
    made = []
    for i in range(claims):
        one = claim("gains", f"army {i}", report=report.report_id, quote=words[:30], published="2017-09-05")
        one = replace(one, extractor=extractor, place=replace(one.place, start=0, end=5, text="Dolna"))
        made.append(replace(one, claim_id=claim_id_of(one)))
    return Reading(report=report, claims=tuple(made))


@pytest.fixture
def path(tmp_path) -> Path:
    Ledger.create(tmp_path / "a.ledger").close()
    return tmp_path / "a.ledger"


def test_the_same_report_twice_changes_nothing(path) -> None:
    with Ledger(path) as ledger:
        assert ledger.add([reading(1)], extractor="e1") == 1
        before = ledger.status()
        assert ledger.add([reading(1)], extractor="e1") == 0
        assert ledger.status() == before
        assert (before.reports, before.claims, before.places) == (1, 3, 1)


def test_a_new_extractor_replaces_the_old_reading_and_leaves_it_readable(path) -> None:
    with Ledger(path) as ledger:
        ledger.add([reading(1), reading(2)], extractor="e1")
        old = list(ledger.claims())
        ledger.add([reading(1, extractor="e2", claims=1)], extractor="e2")
        assert len(list(ledger.claims())) == 1 + 3
        assert list(ledger.claims(extractor="e1")) == old
        assert ledger.status().runs == ("e1", "e2")


def test_an_id_with_another_text_is_refused_and_nothing_is_added(path) -> None:
    with Ledger(path) as ledger:
        ledger.add([reading(1)], extractor="e1")
        with pytest.raises(LedgerError, match="'r1' is in the ledger with another text"):
            ledger.add([reading(2), reading(1, text="Dolna did not fall to anybody at all.")], extractor="e1")
        assert ledger.status().reports == 1


def test_known_by_leaves_out_later_reports_and_fusion_reads_the_ledger(path) -> None:
    with Ledger(path) as ledger:
        ledger.add([reading(1), reading(900)], extractor="e1")
        assert {r.report_id for r in ledger.reports(known_by=day("2017-06-01"))} == {"r1"}
        assert {c.report_id for c in ledger.claims(known_by=day("2017-06-01"))} == {"r1"}
        assert fuse(ledger.claims(place_id="tk:dolna")) == fuse(ledger.claims())


@pytest.mark.parametrize("table", ["reports", "runs", "readings", "claims", "judgements"])
def test_nothing_can_be_changed_or_deleted(path, table) -> None:
    with Ledger(path) as ledger:
        ledger.add([reading(1)], extractor="e1")
        ledger.judge(make_judgement("c-1", Verdict.REJECT, by="Anna", on=NOW))
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(f"DELETE FROM {table}")
    raw.close()


def test_judgements_come_back_in_the_order_of_their_signing(path) -> None:
    second = make_judgement("c-1", Verdict.UNDO, by="Anna", on=NOW + dt.timedelta(seconds=1))
    first = make_judgement(
        "c-1", Verdict.CORRECT, by="Anna", on=NOW, corrections={"actor": "rebels"}, note="read again"
    )
    with Ledger(path) as ledger:
        assert ledger.judge(second)
        assert ledger.judge(first)
        assert not ledger.judge(first)
        assert ledger.judgements() == [first, second]


def test_a_sound_ledger_has_no_findings_and_a_forged_claim_has(path) -> None:
    with Ledger(path) as ledger:
        ledger.add([reading(1)], extractor="e1")
        assert list(check_ledger(ledger)) == []
        honest = reading(2)
        forged: Claim = replace(honest.claims[0], actor="rebels", quote="Dolna never fell to anyone")
        ledger.add([replace(honest, claims=(forged,))], extractor="e1")
        problems = [finding.problem for finding in check_ledger(ledger)]
    assert problems == [
        "the id is not the hash of what the claim says",
        "the span of the quote does not slice to it",
    ]


def test_what_is_no_ledger_says_so(tmp_path) -> None:
    with pytest.raises(LedgerError, match="no ledger is here"):
        Ledger(tmp_path / "none")
    (tmp_path / "junk").write_bytes(b"junk" * 4096)
    with pytest.raises(LedgerError, match="damaged or no ledger"):
        Ledger(tmp_path / "junk")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(LedgerError, match="is no ledger"):
        Ledger(tmp_path / "other.db")
    with pytest.raises(LedgerError, match="stands here already"):
        Ledger.create(tmp_path / "junk")


def test_a_newer_schema_asks_for_a_newer_program(path) -> None:
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    with pytest.raises(LedgerError, match=r"schema 99.*Update the program"):
        Ledger(path)


def test_an_older_schema_is_brought_up_to_date(tmp_path) -> None:
    raw = sqlite3.connect(tmp_path / "old.ledger", isolation_level=None)
    for statement in schema._STEPS[0]:
        raw.execute(statement)
    raw.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    raw.execute("PRAGMA user_version = 1")
    raw.close()
    with pytest.raises(LedgerError, match="older schema"):
        Ledger(tmp_path / "old.ledger", read_only=True)
    with Ledger(tmp_path / "old.ledger") as ledger:
        assert ledger.add([reading(1)], extractor="e1") == 1
    with Ledger(tmp_path / "old.ledger", read_only=True) as ledger:
        assert ledger.status().schema_version == schema.SCHEMA_VERSION


def test_a_ledger_locked_by_another_says_to_wait(path, monkeypatch) -> None:
    monkeypatch.setattr("tracker.ledger.sqlite_file.WAIT_S", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger(path) as ledger, pytest.raises(LedgerError, match="another process has kept the ledger locked"):
        ledger.add([reading(1)], extractor="e1")
    other.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_file_says_so(path) -> None:
    path.chmod(stat.S_IREAD)
    with pytest.raises(LedgerError, match=r"can't be written to|can't be opened"), Ledger(path) as ledger:
        ledger.add([reading(1)], extractor="e1")


def test_a_ledger_on_a_read_only_medium_is_read_as_long_as_nothing_waits_in_its_log(path, monkeypatch) -> None:
    open_file = sqlite3.connect

    def connect(address: str, **how):
        if "immutable=1" not in address:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return open_file(address, **how)

    monkeypatch.setattr(sqlite3, "connect", connect)
    with Ledger(path, read_only=True) as ledger:
        assert ledger.status().reports == 0
    with pytest.raises(LedgerError, match="can't be opened"):
        Ledger(path)
    Path(f"{path}-wal").write_bytes(b"something")
    with pytest.raises(LedgerError, match="can't be opened"):
        Ledger(path, read_only=True)


def test_a_ledger_opened_for_reading_takes_nothing_in(path) -> None:
    with Ledger(path, read_only=True) as ledger, pytest.raises(LedgerError, match="can't be written to"):
        ledger.add([reading(1)], extractor="e1")


def test_several_processes_may_add_at_once(path) -> None:
    forked = multiprocessing.get_context("fork")
    workers = [forked.Process(target=_add_some, args=(path, start)) for start in (0, 20, 40, 10)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    with Ledger(path) as ledger:
        assert ledger.status().reports == 60
        assert list(check_ledger(ledger)) == []


def _add_some(path: Path, start: int) -> None:
    with Ledger(path) as ledger:
        for number in range(start, start + 20):
            ledger.add([reading(number)], extractor="e1")


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_that_was_confirmed_and_leave_nothing_half(path, tmp_path) -> None:
    forked = multiprocessing.get_context("fork")
    confirmed_file = tmp_path / "confirmed"
    confirmed_file.touch()
    random.seed(7)
    for kill in range(200):
        worker = forked.Process(target=_add_and_confirm, args=(path, confirmed_file, kill * 1000))
        worker.start()
        if kill % 4:  # else it may be killed while it still opens the file
            _wait_for_growth(confirmed_file)
        time.sleep(random.uniform(0, 0.02))
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
    confirmed = confirmed_file.read_text().split()
    with Ledger(path) as ledger:
        held = {report.report_id for report in ledger.reports()}
        per_report: dict[str, int] = {}
        for one in ledger.claims():
            per_report[one.report_id] = per_report.get(one.report_id, 0) + 1
        assert len(confirmed) >= 150
        assert set(confirmed) <= held
        assert per_report == dict.fromkeys(held, 3)
        assert ledger.integrity() == []


def _wait_for_growth(file: Path) -> None:
    before, deadline = file.stat().st_size, time.monotonic() + 5
    while file.stat().st_size == before and time.monotonic() < deadline:
        time.sleep(0.001)


def _add_and_confirm(path: Path, confirmed_file: Path, start: int) -> None:
    with Ledger(path) as ledger, confirmed_file.open("a", buffering=1) as confirmed:
        for number in range(start, start + 1000):
            ledger.add([reading(number)], extractor="e1")
            confirmed.write(f"r{number}\n")


def test_a_ledger_whose_pages_are_overwritten_is_found_out_and_says_what_to_do(path) -> None:
    with Ledger(path) as ledger:
        ledger.add([reading(n) for n in range(200)], extractor="e1")
    with path.open("r+b") as file:
        for page in range(8, 40):
            file.seek(page * 4096)
            file.write(b"\x5a" * 2048)
    with pytest.raises(LedgerError, match=r"damaged.*Restore it from a copy"):
        _checked(path)


def _checked(path: Path) -> None:
    with Ledger(path) as ledger:
        list(check_ledger(ledger))


def test_a_changed_text_is_found_by_its_hash(path) -> None:
    with Ledger(path) as ledger:
        forged = replace(reading(1), report=replace(reading(1).report, text="Dolna never fell to anybody."))
        ledger.add([replace(forged, claims=())], extractor="e1")
        assert [f.problem for f in check_ledger(ledger)] == ["the text is not the one that its hash was made of"]


def test_judgements_are_signed_in_one_time_zone_and_ordered_in_it() -> None:
    noon_east = dt.datetime(2020, 2, 29, 12, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    early = make_judgement("c-1", Verdict.REJECT, by="Anna", on=noon_east)
    late = make_judgement("c-1", Verdict.ACCEPT, by="Ben", on=dt.datetime(2020, 2, 29, 11, tzinfo=dt.UTC))
    assert early.judged_on.isoformat() == "2020-02-29T03:00:00+00:00"
    assert early.judged_on < late.judged_on


def test_what_was_known_by_a_day_is_counted_and_listed_alike(path) -> None:
    with Ledger(path) as ledger:
        ledger.add([reading(1), reading(900)], extractor="e1")
        then = ledger.status(known_by=day("2017-06-01"))
        assert (then.reports, then.claims, then.last) == (1, 3, day("2017-01-02"))
        assert ledger.places(known_by=day("2016-01-01")) == []
        assert ledger.claim(reading(900).claims[0].claim_id) == reading(900).claims[0]
        assert [c.report_id for c in ledger.claims(report_id="r1")] == ["r1"] * 3
        assert ledger.speaks_at("r1", 0)
        assert not ledger.speaks_at("r1", 1)
        assert list(ledger.resolutions()) == []
