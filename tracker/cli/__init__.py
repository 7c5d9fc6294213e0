"""
The command line: one module a verb, each with its `command`; parse, call, print.

Verbs import what they need inside their functions, so that ``tracker --help``
stays fast.
"""

from __future__ import annotations

import importlib
import io
import logging
import os
import pkgutil
import sys

import click

from tracker import __version__
from tracker.errors import OutputError, TrackerError
from tracker.files import output_error

__all__ = ["main"]

_ORDER = (
    "run", "locate", "extract", "fuse", "map", "export", "explain", "diff", "timeline", "conflicts",
    "init", "add", "list", "status", "review", "judge", "check", "report", "serve", "gazetteer", "evaluate",
)  # fmt: skip
_READER_GONE = 128 + 13  # as the shell tells of a program that SIGPIPE ended


class _ReaderGoneError(Exception):
    """Nobody reads standard output any more."""


class _Verbs(click.Group):
    """A group that finds its verbs among this package's modules."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        found = {name.rstrip("_") for _, name, _ in pkgutil.iter_modules(__path__) if not name.startswith("_")}
        return [verb for verb in _ORDER if verb in found] + sorted(found.difference(_ORDER))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        name = next(n for _, n, _ in pkgutil.iter_modules(__path__) if n.rstrip("_") == cmd_name)
        command: click.Command = importlib.import_module(f"tracker.cli.{name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb; that nobody reads any more is told apart, since click would exit with 1 for it."""
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise _ReaderGoneError from None
        return status


@click.command(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tracker")
def _tracker() -> None:
    """
    Read control of places out of dated reports, weigh it, and draw it.

    Records travel as JSON Lines, so the stages can be piped:
    tracker extract report.txt | tracker fuse -
    """


def main() -> None:
    """Run the command line; errors raised on purpose become one line on stderr and exit status 2."""
    logging.basicConfig(format="%(message)s")
    logging.getLogger("tracker").setLevel(logging.INFO)
    try:
        if sys.stdout is None:
            raise OutputError("is closed", path="standard output", cure="Leave it open, or send it to /dev/null.")
        _speak_utf8()
        status = _tracker.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except _ReaderGoneError:
        _hush()
        sys.exit(_READER_GONE)
    except (TrackerError, OSError) as error:
        told = error if isinstance(error, TrackerError) else output_error(error, error.filename or "standard output")
        click.echo(f"tracker: {told}", err=True)
        if isinstance(told, OutputError):
            _hush()
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)


def _speak_utf8() -> None:
    """Read and write records as UTF-8 whatever the locale says; a terminal keeps its encoding and shows what it can."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")


def _hush() -> None:
    """Leave what is still to be written unwritten, else Python complains again at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
