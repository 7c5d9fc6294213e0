"""A ledger in PostgreSQL does what the one in a file does, word for word."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from tracker.cli import add, check, explain, export, init, judge, list_, status, timeline
from tracker.errors import LedgerError
from tracker.ledger import Ledger, Reading, create_ledger, open_ledger
from tracker.model import Report

psycopg = pytest.importorskip("psycopg")

REPORTS = [
    {
        "id": "r1",
        "source": "Wire",
        "published": "2017-09-05",
        "title": "Ä",
        "text": "The army captured Mayadin on Monday.",
    },
    {
        "id": "r2",
        "source": "Post",
        "published": "2017-10-18",
        "text": "The Syrian Democratic Forces captured Raqqa on Tuesday.",
    },
    {"id": "b", "source": "Post", "text": "Islamic State holds Abu Kamal."},
]


def called(verb, *words):
    done = CliRunner().invoke(verb.command, [str(w) for w in words], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.output


@pytest.fixture
def reports(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in REPORTS), encoding="utf-8")
    return path


@pytest.fixture
def both(database, tmp_path, reports):
    """Return a file and a database with the same reports in them."""
    addresses = (tmp_path / "a.ledger", database)
    for address in addresses:
        called(init, address)
        called(add, reports, "--ledger", address)
    return addresses


def test_every_verb_says_the_same_of_a_file_and_of_a_database(both) -> None:
    asked = [
        (list_, "reports"), (list_, "claims"), (list_, "places"), (list_, "runs"), (list_, "resolutions"),
        (list_, "claims", "--known-by", "2017-09-30"), (timeline, "Mayadin"), (explain, "Raqqa", "--on", "2017-11-01"),
        (check,),
    ]  # fmt: skip
    for verb, *words in asked:
        of_file, of_database = (called(verb, *words, "--ledger", address) for address in both)
        assert of_file == of_database
    assert called(list_, "claims", "--ledger", both[1]).count("\n") >= 3
    for address in both:
        assert "3 reports, published 2017-09-05 to 2017-10-18" in called(status, "--ledger", address)


def test_adding_again_changes_nothing_and_another_text_is_refused(both, reports, tmp_path) -> None:
    _, database = both
    before = called(list_, "claims", "--ledger", database)
    called(add, reports, "--ledger", database)
    assert called(list_, "claims", "--ledger", database) == before
    revisions = []
    for address in both:
        with open_ledger(address, read_only=True) as ledger:
            revisions.append(ledger.revision())
    assert revisions == [(3, 0), (3, 0)]
    with open_ledger(database) as ledger, pytest.raises(LedgerError, match="with another text"):
        ledger.add([Reading(report=Report(report_id="r1", text="x", sha256="0"), claims=())], extractor="x")
    assert called(list_, "runs", "--ledger", database).count("\n") == 1


def test_a_judgement_is_kept_obeyed_and_undone(both, tmp_path) -> None:
    _, database = both
    (claim,) = [c for c in map(json.loads, called(list_, "claims", "--ledger", database).splitlines())
                if c["place"]["text"] == "Raqqa"]  # fmt: skip

    def holder():
        out = tmp_path / "x.geojson"
        called(export, "--ledger", database, "--out", out, "--force")
        features = json.loads(out.read_text("utf-8"))["features"]
        return {f["properties"]["holder"] for f in features if f["properties"]["name"] == "Raqqa"}

    assert "sdf" in holder()
    made = called(judge, claim["claim_id"], "reject", "--by", "Anna", "--ledger", database).split()[-1]
    assert "sdf" not in holder()
    called(judge, made, "undo", "--by", "Anna", "--ledger", database)
    assert "sdf" in holder()


@pytest.mark.parametrize("table", ["reports", "runs", "readings", "claims", "resolutions", "judgements"])
def test_nothing_is_changed_or_deleted_not_even_by_hand(both, table) -> None:
    column = "extractor" if table == "runs" else "body"
    orders = ("DELETE FROM {}", "TRUNCATE {} CASCADE", f"UPDATE {{}} SET {column} = ''")
    for order in (order.format(f"tracker_ledger.{table}") for order in orders):
        if table == "readings" and order.startswith("UPDATE"):
            continue
        with psycopg.connect(both[1]) as connection, pytest.raises(psycopg.Error, match="append-only"):
            connection.execute(order)


def test_several_writers_at_once_lose_nothing_and_keep_nothing_twice(database) -> None:
    create_ledger(database).close()

    def write(first):
        with open_ledger(database) as ledger:
            for number in range(first, first + 30):
                report = Report(report_id=f"r-{number}", text="x", sha256=f"{number}")
                ledger.add([Reading(report=report, claims=())], extractor="x")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, (0, 10, 20, 30)))  # overlapping on purpose
    with open_ledger(database, read_only=True) as ledger:
        assert sorted(r.report_id for r in ledger.reports()) == sorted(f"r-{n}" for n in range(60))
        assert list(ledger.integrity()) == []


def test_a_writer_that_dies_leaves_its_reading_whole_or_not_at_all(database) -> None:
    create_ledger(database).close()
    program = (
        "import os, sys\n"
        "from tracker.ledger import open_ledger, Reading\n"
        "from tracker.model import Report\n"
        "def readings():\n"
        "    for n in range(3):\n"
        "        yield Reading(report=Report(report_id=f'r-{n}', text='x', sha256='x'), claims=())\n"
        "    os.kill(os.getpid(), 9)\n"
        "open_ledger(sys.argv[1]).add(readings(), extractor='x')\n"
    )
    done = subprocess.run([sys.executable, "-c", program, database], check=False)
    assert done.returncode == -9
    with open_ledger(database) as ledger:
        assert list(ledger.reports()) == []
        ledger.add([Reading(report=Report(report_id="r", text="x", sha256="x"), claims=())], extractor="x")


def test_a_database_without_a_ledger_or_with_one_is_told(database) -> None:
    with pytest.raises(LedgerError, match="no ledger is in this database"):
        open_ledger(database)
    create_ledger(database).close()
    with pytest.raises(LedgerError, match="something stands here already"):
        create_ledger(database)


def test_reading_alone_writes_nothing(both) -> None:
    with open_ledger(both[1], read_only=True) as ledger, pytest.raises(LedgerError, match="reading alone"):
        ledger.add([Reading(report=Report(report_id="x", text="x", sha256="x"), claims=())], extractor="x")


def test_a_newer_ledger_is_refused_and_an_older_one_brought_up_to_date(both) -> None:
    with psycopg.connect(both[1], autocommit=True) as connection:
        connection.execute("UPDATE tracker_ledger.about SET schema_version = 99")
        with pytest.raises(LedgerError, match="schema 99"):
            open_ledger(both[1])
        for table in ("reports", "runs", "readings", "claims", "resolutions", "judgements"):
            for verb in ("update", "delete"):
                connection.execute(f"DROP TRIGGER {table}_no_{verb} ON tracker_ledger.{table}")
        connection.execute("UPDATE tracker_ledger.about SET schema_version = 1")
        with pytest.raises(LedgerError, match="older schema"):
            open_ledger(both[1], read_only=True)
        open_ledger(both[1]).close()
        with pytest.raises(psycopg.Error, match="append-only"):
            connection.execute("DELETE FROM tracker_ledger.judgements")


def test_no_error_tells_the_password(tmp_path) -> None:
    address = f"postgresql://anna:s3cr3t@/maps?host={tmp_path}"
    for make in (open_ledger, create_ledger):
        with pytest.raises(LedgerError, match="can't be reached") as told:
            make(address)
        assert "s3cr3t" not in str(told.value)


def test_a_file_whose_name_begins_like_a_database_is_a_file(tmp_path) -> None:
    path = tmp_path / "postgres.ledger"
    create_ledger(path).close()
    with open_ledger(path) as ledger:
        assert type(ledger) is Ledger
