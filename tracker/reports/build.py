"""From raw fields to a checked Report."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from tracker.errors import DateError, InputError
from tracker.model import Report, parse_day, report_id_of

__all__ = ["FIELDS", "MOST_CHARACTERS", "report_from_fields"]

FIELDS = ("report_id", "source", "title", "published", "retrieved", "url", "language", "text")
MOST_CHARACTERS = 128 * 1024 * 1024  # one report; the longest news corpora's articles are under 1 MB
_PIECE = 1 << 20  # characters whose bytes are held at a time


def report_from_fields(
    fields: Mapping[str, Any],
    *,
    published: dt.date | None = None,
    path: str | None = None,
    line: int | None = None,
) -> Report:
    """
    Return the report that these fields make.

    Parameters
    ----------
    fields
        Keys of the contract; ``id`` is read as ``report_id``; others are passed over.
    published
        Day to use when the fields have none.
    path, line
        Where the fields stand, for messages.

    Raises
    ------
    InputError
        If there is no text, a field has the wrong type, or a report is larger
        than `MOST_CHARACTERS`.
    DateError
        If a date can't be read.

    Examples
    --------
    >>> report_from_fields({"id": "a", "text": "Raqqa fell.", "published": "2017-10-17"}).published
    datetime.date(2017, 10, 17)
    """
    value = {key: _string(fields, key, path, line) for key in FIELDS}
    text = value["text"]
    if text is None or text.isspace():
        raise InputError("the report has no text", path=path, line=line, cure="Put its words in the field 'text'.")
    if len(text) > MOST_CHARACTERS:
        raise InputError(
            f"the report has {len(text):,} characters, more than {MOST_CHARACTERS:,}",
            path=path,
            line=line,
            cure="Split it.",
        )
    digest = _digest(text, path, line)
    day = _day(value["published"], "published", path, line) or published
    return Report(
        report_id=value["report_id"] or report_id_of(text, value["source"], day, value["url"]),
        text=text,
        sha256=digest,
        source=value["source"],
        title=value["title"],
        published=day,
        retrieved=_day(value["retrieved"], "retrieved", path, line),
        url=value["url"],
        language=value["language"],
    )


def _digest(text: str, path: str | None, line: int | None) -> str:
    digest = hashlib.sha256()
    for start in range(0, len(text), _PIECE):
        try:
            digest.update(text[start : start + _PIECE].encode())
        except UnicodeEncodeError as error:
            raise InputError(
                f"the text holds half a character at offset {start + error.start}",
                path=path,
                line=line,
                cure="Save it as UTF-8.",
            ) from None
    return digest.hexdigest()


def _string(fields: Mapping[str, Any], key: str, path: str | None, line: int | None) -> str | None:
    value = fields.get(key)
    if value is None and key == "report_id":
        key = "id" if "id" in fields else key
        value = fields.get(key)
    if key in ("report_id", "id") and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f"the field {key!r} is not a string", path=path, line=line, cure="Put it in quotes.")
    return value


def _day(text: str | None, key: str, path: str | None, line: int | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return parse_day(text.strip())
    except DateError as error:
        raise DateError(f"{key}: {error.problem}", path=path, line=line, cure=error.cure) from None
