"""One reader for each kind of document: text, Markdown, HTML, JSON Lines, CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tracker.errors import InputError
from tracker.model import Report
from tracker.reports.build import FIELDS, MOST_CHARACTERS, report_from_fields

__all__ = [
    "MOST_LINE",
    "html",
    "json_document",
    "json_lines",
    "looks_like_html",
    "looks_like_json_list",
    "looks_like_table",
    "markdown",
    "plain",
    "table",
]

Quarantine = Callable[[InputError], None]

MOST_LINE = 2 * MOST_CHARACTERS  # of a JSON line: escapes make a text longer

_LONGEST_HEADER = 1000

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_FRONT_KEYS = {"date": "published", "author": "source", "lang": "language", "id": "report_id"}
_HTML_HEAD = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def plain(text: str, *, published: dt.date | None, path: str) -> Report:
    """Read a text file: the whole of it is the report's text."""
    return report_from_fields({"text": text}, published=published, path=path)


def markdown(text: str, *, published: dt.date | None, path: str) -> Report:
    """
    Read Markdown: its words without the marks, a blank line between blocks.

    Front matter (``published:`` or ``date:``, ``title:``, ``source:``, ``url:``) fills
    the report's fields; the first heading is the title when none is given.
    """
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 30 ms, needed for Markdown only

    fields: dict[str, Any] = {}
    front = _FRONT_MATTER.match(text)
    if front:
        text = text[front.end() :]
        fields = dict(_front_matter(front.group(1)))
    blocks = []
    heading = False
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(text):
        heading = token.type == "heading_open" or (heading and token.type == "inline")
        if token.type == "inline":
            words = "".join(_inline(token.children or ()))
            if heading and "title" not in fields:
                fields["title"] = words
            blocks.append(words)
    return report_from_fields({**fields, "text": "\n\n".join(blocks)}, published=published, path=path)


def _front_matter(block: str) -> Iterator[tuple[str, str]]:
    for line in block.splitlines():
        key, colon, value = line.partition(":")
        name = _FRONT_KEYS.get(key.strip().lower(), key.strip().lower())
        if colon and name in FIELDS and name != "text":
            yield name, value.strip().strip("\"'")


def _inline(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        if token.type == "softbreak":  # a line wrapped by an editor, not by the writer
            yield " "
        elif token.type == "hardbreak":
            yield "\n"
        elif token.type == "image" or token.type in ("text", "code_inline", "html_inline", "text_special"):
            yield token.content


def looks_like_html(text: str) -> bool:
    """Tell whether a text without a telling suffix is a web page."""
    return bool(_HTML_HEAD.match(text))


def html(text: str, *, published: dt.date | None, path: str) -> Report:
    """
    Read a web page: trafilatura takes the main text, the page's metadata fill the fields.

    A day given by the user wins over the page's metadata, which are guessed at times.

    Raises
    ------
    InputError
        If no main text is found.
    """
    import trafilatura  # noqa: PLC0415 - 0.5 s, needed for pages only

    found = trafilatura.bare_extraction(
        text, url=None, with_metadata=True, include_comments=False, include_tables=True, deduplicate=False
    )
    page = found if isinstance(found, dict) else found.as_dict() if found else {}
    if not (page.get("text") or "").strip():
        raise InputError("no main text was found on the page", path=path, cure="Save the report's words as text.")
    return report_from_fields(
        {
            "text": page["text"],
            "title": page.get("title"),
            "source": page.get("sitename") or page.get("hostname"),
            "url": _link(page.get("url")),
            "language": page.get("language"),
            "published": None if published else page.get("date"),
        },
        published=published,
        path=path,
    )


def _link(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None


def json_lines(
    lines: Iterable[str], *, published: dt.date | None, path: str, quarantine: Quarantine, first: int = 1
) -> Iterator[Report]:
    """Read one report a line; a line that is none goes to `quarantine` with its number, counted from `first`."""
    for number, line in enumerate(lines, start=first):
        if not line.strip():
            continue
        try:
            yield report_from_fields(_object(line, path, number), published=published, path=path, line=number)
        except InputError as error:
            quarantine(error)


def looks_like_json_list(text: str) -> bool:
    """
    Tell whether a text is one list of JSON objects.

    Examples
    --------
    >>> looks_like_json_list('[{"text": "Raqqa fell."}]'), looks_like_json_list("[Reuters] Raqqa fell.")
    (True, False)
    """
    if not re.match(r"\s*\[\s*\{", text):
        return False
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False


def json_document(text: str, *, published: dt.date | None, path: str, quarantine: Quarantine) -> Iterator[Report]:
    """Read a report, or a list of them, from one piece of JSON; what is none goes to `quarantine`. Else JSON Lines."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        yield from json_lines(text.split("\n"), published=published, path=path, quarantine=quarantine)
        return
    for number, fields in enumerate(told if isinstance(told, list) else [told], start=1):
        try:
            if not isinstance(fields, dict):
                raise InputError("is no JSON object", path=path, cure='Write {"text": "…"}.')
            yield report_from_fields(fields, published=published, path=path)
        except InputError as error:
            quarantine(InputError(f"item {number}: {error.problem}", path=path, cure=error.cure))


def _object(line: str, path: str, number: int) -> dict[str, Any]:
    if len(line) > MOST_LINE:
        raise InputError(f"the line is longer than {MOST_LINE:,}", path=path, line=number, cure="Split the report.")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        problem = f"the line is no JSON ({error})" if isinstance(error, ValueError) else "the line is nested too deep"
        raise InputError(problem, path=path, line=number, cure="Mend or remove the line.") from None
    if not isinstance(record, dict):
        raise InputError("the line is no JSON object", path=path, line=number, cure='Write {"text": "…"}.')
    return record


def looks_like_table(text: str) -> bool:
    r"""
    Tell whether a text begins with a header of the contract's columns.

    Examples
    --------
    >>> looks_like_table("id,published,text\n"), looks_like_table("Text, and more of it.\n")
    (True, False)
    """
    names = {name.strip(' "').lower() for name in re.split(r"[,;\t]", text[:_LONGEST_HEADER].partition("\n")[0])}
    return "text" in names and len(names) > 1 and names <= {*FIELDS, "id"}


def table(text: str, *, published: dt.date | None, path: str, quarantine: Quarantine) -> Iterator[Report]:
    """
    Read CSV with the contract's columns, one report a row; a row that is none goes to `quarantine`.

    Comma, semicolon and tab are told apart by the header.

    Raises
    ------
    InputError
        If the header has no column ``text``.
    """
    csv.field_size_limit(MOST_CHARACTERS)
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [name.strip().lower() for name in next(rows)]
    except (csv.Error, StopIteration):
        names = []
    if "text" not in names:
        raise InputError(
            f"the header has no column 'text' (it has: {', '.join(names)[:200]})",
            path=path,
            line=1,
            cure=f"Columns: {', '.join(FIELDS)}; only text is required.",
        )
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            quarantine(InputError(f"the row can't be read ({error})", path=path, line=line, cure="Mend the row."))
            continue
        if not any(row):
            continue
        try:
            yield report_from_fields(_row(names, row, path, line), published=published, path=path, line=line)
        except InputError as error:
            quarantine(error)


def _row(names: list[str], row: list[str], path: str, line: int) -> dict[str, str]:
    if len(row) != len(names):
        raise InputError(
            f"the row has {len(row)} fields, the header {len(names)}", path=path, line=line, cure="Quote the text."
        )
    return dict(zip(names, row, strict=True))
