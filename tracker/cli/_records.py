"""Where a verb that draws takes its records from: a file that tells by itself what it holds, or options that say so."""

from __future__ import annotations

import functools
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from tracker.errors import InputError, UsageError

__all__ = ["file_argument", "record_options"]

Command = TypeVar("Command", bound=Callable[..., Any])

_HEAD = 1 << 16  # bytes of a file that tell what it holds
_OPTIONS = {"states": "states_path", "claims": "claims_path", "layer": "layer_path"}


def record_options(command: Command) -> Command:
    """Add ``--states``, ``--claims`` and ``--layer``."""
    for option in (
        click.option("--layer", "layer_path", type=click.Path(), help="GeoJSON of a run, e.g. control.geojson."),
        click.option("--claims", "claims_path", type=click.Path(allow_dash=True), help="JSON Lines of claims."),
        click.option("--states", "states_path", type=click.Path(allow_dash=True), help="JSON Lines of states."),
    ):
        command = option(command)
    return command


def file_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add FILE, which stands for the option of what it holds; ``-`` is standard input."""

    @click.argument("given", metavar="[FILE]", required=False, type=click.Path(allow_dash=True))
    @functools.wraps(command)
    def with_file(*, given: str | None, **options: Any) -> Any:
        if given is not None:
            kind = _kind_of(given)
            if options[_OPTIONS[kind]] is not None:
                raise UsageError(f"{given} holds {kind}, and --{kind} names others. Leave one of them out.")
            options[_OPTIONS[kind]] = given
        return command(**options)

    return with_file


def _kind_of(path: str) -> str:
    """Return what a file holds by how it begins: ``layer``, ``claims`` or ``states``."""
    head = _head(path).removeprefix(b"\xef\xbb\xbf").lstrip()
    first = head.split(b"\n", 1)[0]
    if b'"FeatureCollection"' in head[:1000] and path != "-":
        return "layer"
    kind = "claims" if b'"claim_id"' in first else "states" if b'"status"' in first or not head else None
    if kind is None:
        raise InputError(
            "begins with no claim, no state and no layer",
            path=path,
            cure="Give what tracker extract, fuse or run wrote; reports are read by tracker run.",
        )
    return kind


def _head(path: str) -> bytes:
    if path == "-":
        return cast("io.BufferedReader", sys.stdin.buffer).peek(_HEAD)
    try:
        with Path(path).open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        problem = (error.strerror or str(error)).lower()
        raise InputError(f"can't be read ({problem})", path=path, cure="Check the name.") from None
