"""
Make the reference from the code: the help of every command, and the list of the library's names.

Usage: python docs/reference_pages.py [--check]

With --check nothing is written: the pages must be those that the code makes now.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import click

import tracker
from tracker import cli

HERE = Path(__file__).resolve().parent / "reference"
WIDTH = 100  # characters of a line of help
_MADE = "<!-- Made by docs/reference_pages.py from the code: change the code, then run it. -->"


def commands_page() -> str:
    """Return the help of all commands, as ``--help`` prints it."""
    lines = [
        _MADE,
        "",
        "# Commands",
        "",
        "What `tracker COMMAND --help` prints. Exit status: 0 done, 1 findings or done in part, 2 wrong use.",
        "",
    ]
    for name, command in _commands("tracker", cli._tracker):  # noqa: SLF001 - the group itself
        context = click.Context(command, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH)
        lines += [f"## {name}", "", "```text", command.get_help(context).replace("```", "'''"), "```", ""]
    return "\n".join(lines)


def library_page() -> str:
    """Return a page that names every public name at its home; mkdocstrings fills in what the code says of it."""
    lines = [
        _MADE,
        "",
        "# Library",
        "",
        "What `from tracker import …` gives; heavy libraries are loaded when a name is first asked for.",
        "",
    ]
    for name in sorted(tracker.__all__, key=str.lower):
        found = getattr(tracker, name)
        lines += [f"::: {found.__module__}.{found.__qualname__}", ""]
    return "\n".join(lines)


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for verb in command.list_commands(context):
            inner = command.get_command(context, verb)
            if inner is not None:
                yield from _commands(f"{name} {verb}", inner)


def main() -> int:
    """Write or check; the exit status is 1 when a page is not what the code makes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    stale = []
    for name, text in (("commands.md", commands_page()), ("library.md", library_page())):
        path = HERE / name
        if options.check:
            stale += [] if path.exists() and path.read_text(encoding="utf-8") == text else [name]
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"not what the code makes now: {', '.join(stale)}. Run: python docs/reference_pages.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
