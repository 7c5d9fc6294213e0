"""PostgreSQL, for those who have it: the library when it is installed, and addresses that may be shown."""

from __future__ import annotations

from typing import Any

from tracker.errors import MissingToolError, UsageError

__all__ = ["REACH_S", "WAIT_S", "is_database", "psycopg_or_error", "shown_address"]

REACH_S = 10  # for a database to answer at all
WAIT_S = 30  # for another writer
_NO_ADDRESS = "this is no database's address. Write postgresql://user@host:5432/database."


def is_database(address: object) -> bool:
    """
    Return whether an address is a database's and not a file's.

    Examples
    --------
    >>> is_database("postgresql://anna@localhost/maps"), is_database("tracker.ledger")
    (True, False)
    """
    return isinstance(address, str) and address.startswith(("postgresql://", "postgres://"))


def psycopg_or_error() -> Any:
    """
    Return the library that speaks to PostgreSQL.

    Raises
    ------
    MissingToolError
        If it is not installed.
    """
    try:
        import psycopg  # noqa: PLC0415 - an extra
        import psycopg.conninfo  # noqa: PLC0415
    except ImportError:
        raise MissingToolError("psycopg", "Try: pip install 'ground-control-tracker[postgis]'.") from None
    return psycopg


def shown_address(address: str) -> str:
    """
    Return a database's address as it may be shown: without the password.

    Raises
    ------
    UsageError
        If it is none; the message doesn't repeat it.

    Examples
    --------
    >>> shown_address("postgresql://anna:secret@localhost:5433/maps")
    'postgresql://anna@localhost:5433/maps'
    """
    library = psycopg_or_error()
    try:
        told = library.conninfo.conninfo_to_dict(address)
    except library.ProgrammingError:
        raise UsageError(_NO_ADDRESS) from None
    if not all(port.isdigit() for port in str(told.get("port") or "0").split(",")):
        raise UsageError(_NO_ADDRESS)
    user = f"{told['user']}@" if told.get("user") else ""
    port = f":{told['port']}" if told.get("port") else ""
    return f"postgresql://{user}{told.get('host') or ''}{port}/{told.get('dbname') or ''}"
