"""
The ledger in a PostgreSQL database: the same tables, the same commands, for teams that outgrow one file.

Writers take turns (an advisory lock for each transaction), readers never wait. The tables are made
from the very statements of the SQLite ledger, with types and collation as PostgreSQL writes them, so
that rows come in the same order.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.databases import REACH_S, WAIT_S, is_database, psycopg_or_error, shown_address
from tracker.errors import LedgerError
from tracker.ledger.schema import SCHEMA_VERSION, steps
from tracker.ledger.store import Ledger

__all__ = ["PostgresLedger", "create_ledger", "open_ledger"]

SCHEMA = "tracker_ledger"
_LOCK = 0x746B6C67  # "tklg", as the application id of a file
_NUMBERED = re.compile(r"\?(\d*)")
_REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""


def open_ledger(address: object, *, read_only: bool = False) -> Ledger:
    """
    Open a ledger: a file, or a database at ``postgresql://…``.

    Raises
    ------
    LedgerError
        As `Ledger`.
    """
    if isinstance(address, str) and is_database(address):
        return PostgresLedger(address, read_only=read_only)
    return Ledger(str(address), read_only=read_only)


def create_ledger(address: object) -> Ledger:
    """
    Make an empty ledger, in a file or in a database, and open it.

    Raises
    ------
    LedgerError
        If one stands there already, or it can't be made.
    """
    if isinstance(address, str) and is_database(address):
        return PostgresLedger.create(address)
    return Ledger.create(str(address))


class PostgresLedger(Ledger):
    """
    One project's ledger, in the schema ``tracker_ledger`` of a PostgreSQL database.

    Parameters
    ----------
    address
        ``postgresql://user@host/database``; no message repeats its password.
    read_only
        Open for reading alone.

    Raises
    ------
    LedgerError
        If the database can't be reached or holds no ledger, or a newer one.
    """

    def __init__(self, address: str, *, read_only: bool = False) -> None:
        self.path = shown_address(address)
        self._read_only = read_only
        self._library = psycopg_or_error()
        self._connection = self._reach(address)
        try:
            with self._typed():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def create(cls, path: object) -> PostgresLedger:
        """
        Make an empty ledger and open it.

        Raises
        ------
        LedgerError
            If the database can't be reached, holds a ledger already, or its user may not make one.
        """
        address = str(path)
        made = object.__new__(cls)
        made.path, made._read_only, made._library = shown_address(address), False, psycopg_or_error()
        connection = made._connection = made._reach(address)
        try:
            with made._writing():
                if connection.execute("SELECT to_regclass(?)", (f"{SCHEMA}.about",)).fetchone() != (None,):
                    raise LedgerError("something stands here already", path=made.path, cure="Name another database.")
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                connection.execute("CREATE TABLE about (schema_version INTEGER NOT NULL)")
                connection.execute("INSERT INTO about VALUES (0)")
                made._migrate(0)
        finally:
            connection.close()
        return cls(address)

    def integrity(self) -> list[str]:
        """Return what the database finds wrong: it keeps its own rules, so only indexes that it gave up on."""
        asked = (
            "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND n.nspname = ? ORDER BY 1"
        )
        with self._typed():
            return [f"{row[0]}: an index that is not valid" for row in self._connection.execute(asked, (SCHEMA,))]

    def _reach(self, address: str) -> _Connection:
        library = self._library
        try:
            found = library.connect(
                address,
                connect_timeout=REACH_S,
                application_name="tracker",
                autocommit=True,
                cursor_factory=library.ClientCursor,
            )
        except library.Error as error:
            raise _refused(error, self.path) from None
        connection = _Connection(found)
        connection.execute(f"SET search_path = {SCHEMA}")
        connection.execute(f"SET lock_timeout = '{WAIT_S}s'")
        connection.execute("SET client_min_messages = warning")
        if self._read_only:
            connection.execute("SET default_transaction_read_only = on")
        return connection

    def _prepare(self) -> None:
        execute = self._connection.execute
        if execute("SELECT to_regclass(?)", (f"{SCHEMA}.about",)).fetchone() == (None,):
            raise LedgerError("no ledger is in this database", path=self.path, cure="Make one: tracker init ADDRESS.")
        (version,) = execute("SELECT schema_version FROM about").fetchone()
        if version > SCHEMA_VERSION:
            raise LedgerError(
                f"the ledger has schema {version}, this program knows {SCHEMA_VERSION}",
                path=self.path,
                cure="Update the program.",
            )
        if version < SCHEMA_VERSION:
            self._upgrade()

    def _upgrade(self) -> None:
        if self._read_only:
            raise LedgerError("the ledger is of an older schema", path=self.path, cure="Open it once for writing.")
        with self._writing():
            (version,) = self._connection.execute("SELECT schema_version FROM about").fetchone()
            self._migrate(version)

    def _migrate(self, version: int) -> None:
        """Take the steps that a file takes, in PostgreSQL's words."""
        for step in steps()[version:]:
            for statement in step:
                for own in _in_postgres(statement):
                    self._connection.execute(own)
        self._connection.execute("UPDATE about SET schema_version = ?", (SCHEMA_VERSION,))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with self._typed():
            self._connection.execute("BEGIN")
            try:
                self._connection.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.roll_back()
                raise

    @contextlib.contextmanager
    def _typed(self) -> Iterator[None]:
        """Turn what PostgreSQL says into the error that says what to do."""
        try:
            yield
        except self._library.Error as error:
            raise _refused(error, self.path) from None


class _Connection:
    """A connection that understands the ledger's SQL: question marks for values, numbered ones for the same value."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, asked: str, values: Sequence[object] = ()) -> Any:
        """Run one statement."""
        named = {f"v{number}": value for number, value in enumerate(values, start=1)}
        return self._connection.execute(_named(asked), named or None)

    def executemany(self, asked: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_named(asked), [{f"v{n}": v for n, v in enumerate(row, start=1)} for row in rows])

    def roll_back(self) -> None:
        """Undo what the transaction did, if the database is still there."""
        if not self._connection.closed:
            self._connection.rollback()

    def close(self) -> None:
        """Close it."""
        self._connection.close()


def _named(asked: str) -> str:
    """
    Return a statement with psycopg's named places for values.

    Examples
    --------
    >>> _named("a = ? AND b = ?")
    'a = %(v1)s AND b = %(v2)s'
    >>> _named("?1 IS NULL OR a <= ?1")
    '%(v1)s IS NULL OR a <= %(v1)s'
    """
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"%(v{found[1] or count})s"

    return _NUMBERED.sub(place, asked)


def _in_postgres(statement: str) -> list[str]:
    """
    Return a statement of the ledger's schema as PostgreSQL wants it.

    Examples
    --------
    >>> _in_postgres("CREATE TABLE a (b TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
    ['CREATE TABLE a (b TEXT COLLATE "C" PRIMARY KEY)']
    """
    trigger = re.fullmatch(r"CREATE TRIGGER (\w+) BEFORE (UPDATE|DELETE) ON (\w+) BEGIN .*", statement, re.DOTALL)
    if trigger:
        name, verb, table = trigger.groups()
        again = _REFUSE.strip().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        verbs = f"{verb} OR TRUNCATE" if verb == "DELETE" else verb
        made = f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        return [again, made]
    own = re.sub(r"\) STRICT(?:, WITHOUT ROWID)?\s*$", ")", statement)
    own = own.replace("INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY")
    return [re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', own)]


def _refused(error: Any, shown: object) -> LedgerError:
    """Return the typed error for what the database said."""
    state, said = error.sqlstate or "", " ".join(str(error).split())
    if state == "55P03":
        problem, cure = f"another writer has kept the ledger locked for {WAIT_S} s", "Wait for it, or end it."
    elif state == "25006":
        problem, cure = "the ledger was opened for reading alone", "Open it for writing."
    elif state == "42501":
        problem, cure = f"this user may not do that ({said})", "Ask for the right to, or name another user."
    elif state == "53100":
        problem, cure = "no space is left; nothing was added", "Free some space and add again."
    elif not state or state.startswith(("08", "28", "3D", "57P")):
        problem, cure = f"the database can't be reached ({said})", "See that it runs and that the address is right."
    else:
        problem, cure = f"the database says: {said}", "Run: tracker check."
    return LedgerError(problem, path=str(shown), cure=cure)
