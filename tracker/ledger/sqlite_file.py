"""
The SQLite file under a ledger: opened, brought up to date, written to in one transaction at a time.

What SQLite says becomes the error that says what to do.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tracker.errors import LedgerError
from tracker.ledger.schema import APPLICATION_ID, SCHEMA_VERSION, migrate

__all__ = ["SqliteFile"]

WAIT_S = 30.0  # how long to wait for another process that is writing


class SqliteFile:
    """
    An open ledger file.

    Parameters
    ----------
    path
        The file; it must exist.
    read_only
        Open for reading alone; a ledger of an older schema is then refused.

    Raises
    ------
    LedgerError
        If the file is missing, is no ledger, is damaged, locked, or newer than this program.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path: Path | str = Path(path)
        self._read_only = read_only
        if not Path(path).is_file():
            raise LedgerError("no ledger is here", path=self.path, cure="Make one: tracker init FILE.")
        with self._typed():
            try:
                self._connection: Any = self._prepared()  # SQLite's, or what speaks like it
            except sqlite3.OperationalError as error:
                if not (read_only and _code(error) == sqlite3.SQLITE_CANTOPEN and self._is_at_rest()):
                    raise
                self._connection = self._prepared(at_rest=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _prepared(self, *, at_rest: bool = False) -> sqlite3.Connection:
        """
        Open the file.

        Even to read a write-ahead log SQLite writes beside the file, which a read-only medium
        doesn't allow. `at_rest` says that there is no log to read and nobody who writes.
        """
        mode = ("ro" if self._read_only else "rw") + ("&immutable=1" if at_rest else "")
        uri = f"{Path(self.path).resolve().as_uri()}?mode={mode}"
        made = sqlite3.connect(uri, uri=True, timeout=WAIT_S, isolation_level=None, cached_statements=64)
        self._connection = made
        try:
            self._prepare()
        except BaseException:
            made.close()
            raise
        return made

    def _is_at_rest(self) -> bool:
        log = Path(f"{self.path}-wal")
        return not log.exists() or log.stat().st_size == 0

    def _prepare(self) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        owner = self._connection.execute("PRAGMA application_id").fetchone()[0]
        empty = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not empty and owner != APPLICATION_ID:
            raise LedgerError("this SQLite file is no ledger", path=self.path, cure="Name another file.")
        if version > SCHEMA_VERSION:
            raise LedgerError(
                f"the ledger has schema {version}, this program knows {SCHEMA_VERSION}",
                path=self.path,
                cure="Update the program.",
            )
        if not self._read_only:
            self._connection.execute("PRAGMA journal_mode = WAL")
            # FULL: a confirmed commit outlives a power cut as well as a killed process.
            self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        if version < SCHEMA_VERSION:
            self._upgrade()

    def _upgrade(self) -> None:
        if self._read_only:
            raise LedgerError(
                "the ledger is of an older schema",
                path=self.path,
                cure="Any verb that writes brings it up to date: add.",
            )
        with self._writing():
            migrate(self._connection)  # looks at the version again: another process may have been first

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with self._typed():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _typed(self) -> Iterator[None]:
        """Turn what SQLite says into the error that says what to do."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise _operational(error, self.path) from None
        except sqlite3.DatabaseError as error:
            raise LedgerError(
                f"the ledger is damaged or no ledger ({error})", path=self.path, cure="Restore it from a copy."
            ) from None


def _operational(error: sqlite3.OperationalError, path: Path | str) -> LedgerError:
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerError(
            f"another process has kept the ledger locked for {WAIT_S:g} s", path=path, cure="Wait for it, or end it."
        )
    if code == sqlite3.SQLITE_READONLY:
        return LedgerError("the ledger can't be written to", path=path, cure="Change its rights, or copy it.")
    if code == sqlite3.SQLITE_FULL:
        return LedgerError("no space is left; nothing was added", path=path, cure="Free some space and add again.")
    if code == sqlite3.SQLITE_CANTOPEN:
        return LedgerError("can't be opened", path=path, cure="Check its rights and those of its folder.")
    return LedgerError(f"SQLite says: {error}", path=path, cure="Run: tracker check.")


def _code(error: sqlite3.OperationalError) -> int:
    return error.sqlite_errorcode & 0xFF if hasattr(error, "sqlite_errorcode") else 0
