"""Bytes to text: the encoding is detected, junk is refused."""

from __future__ import annotations

import codecs

from tracker.errors import InputError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SNIFFED = 65_536  # bytes; more doesn't change the guess on news text, and costs 10 ms a page
_MOST_CONTROL = 0.02  # share of control characters that no text has, tab, line end and form feed not counted
_BLANK = b" \t\r\n\x00"
_PLAIN_CONTROL = frozenset("\t\n\r\f\x0b\x85\x1b")


def decode(data: bytes, *, path: str | None = None) -> str:
    """
    Return the text of a document; every line end becomes a line feed.

    A byte-order mark decides, then valid UTF-8, then the likeliest encoding
    that charset-normalizer finds.

    Raises
    ------
    InputError
        If the document is empty, or binary.
    """
    if not data[:_SNIFFED].strip(_BLANK) and not data.strip(_BLANK):
        raise InputError("the file is empty", path=path, cure="Leave it out, or give a file with text.")
    text = _by_mark(data, path) or _utf8(data) or _guessed(data, path)
    head = text[:_SNIFFED]
    control = sum(c < "\x20" and c not in _PLAIN_CONTROL for c in head)
    if control > _MOST_CONTROL * len(head):
        raise _binary(path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _by_mark(data: bytes, path: str | None) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise InputError(
                    f"it is marked as {encoding.upper()} but isn't", path=path, cure="Save it again as UTF-8."
                ) from None
    return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes, path: str | None) -> str:
    if data[:_SNIFFED].count(0) > _MOST_CONTROL * len(data[:_SNIFFED]):
        raise _binary(path)
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 40 ms, and few files need it

    best = from_bytes(data[:_SNIFFED]).best()
    if best is None:
        raise _binary(path)
    return data.decode(best.encoding, errors="replace")


def _binary(path: str | None) -> InputError:
    return InputError(
        "this is binary data, not text",
        path=path,
        cure="Give text, Markdown, HTML, JSON Lines or CSV; save PDF as text.",
    )
