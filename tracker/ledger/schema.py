"""Tables of the ledger, and the steps from one version of them to the next."""

from __future__ import annotations

import sqlite3

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "migrate", "steps"]

APPLICATION_ID = 0x746B6C67  # "tklg": tells a ledger from any other SQLite file

_FIRST = """
CREATE TABLE reports (
  report_id TEXT PRIMARY KEY,
  sha256    TEXT NOT NULL,
  published TEXT,
  source    TEXT,
  body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  run_id    INTEGER PRIMARY KEY AUTOINCREMENT,
  extractor TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE readings (
  reading_id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id     INTEGER NOT NULL REFERENCES runs,
  report_id  TEXT NOT NULL REFERENCES reports,
  n_claims   INTEGER NOT NULL,
  UNIQUE (run_id, report_id)
) STRICT;
CREATE INDEX readings_by_report ON readings (report_id, run_id);

CREATE TABLE claims (
  claim_id  TEXT NOT NULL,
  run_id    INTEGER NOT NULL REFERENCES runs,
  report_id TEXT NOT NULL REFERENCES reports,
  place_id  TEXT,
  published TEXT,
  body      TEXT NOT NULL,
  PRIMARY KEY (claim_id, run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_place ON claims (place_id, run_id);
CREATE INDEX claims_by_report ON claims (report_id, run_id);

CREATE TABLE resolutions (
  run_id    INTEGER NOT NULL REFERENCES runs,
  report_id TEXT NOT NULL REFERENCES reports,
  start     INTEGER NOT NULL,
  place_id  TEXT,
  body      TEXT NOT NULL,
  PRIMARY KEY (report_id, run_id, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgements (
  judgement_id TEXT PRIMARY KEY,
  target       TEXT NOT NULL,
  judged_on    TEXT NOT NULL,
  body         TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX judgements_by_target ON judgements (target)
"""

_APPEND_ONLY = [
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for table in ("reports", "runs", "readings", "claims", "resolutions", "judgements")
    for verb in ("UPDATE", "DELETE")
]


def _statements(script: str) -> list[str]:
    """Split a script that holds no semicolon but at the ends of its statements."""
    return [statement.strip() for statement in script.split(";") if statement.strip()]


# Each step leads from the version that is its index to the next one; steps are never changed once released.
_STEPS = (_statements(_FIRST), _APPEND_ONLY)

SCHEMA_VERSION = len(_STEPS)


def steps() -> tuple[list[str], ...]:
    """Return the statements of each step, for the ledger in a database, which words them anew."""
    return _STEPS


def migrate(connection: sqlite3.Connection) -> None:
    """
    Bring an older ledger up to `SCHEMA_VERSION`: all steps or none.

    To be called inside a transaction that has locked the file for writing.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for step in _STEPS[version:]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
