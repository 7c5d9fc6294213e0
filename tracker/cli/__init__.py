"""
The command line: one module a verb, each with its `command`; parse, call, print.

Verbs import what they need inside their functions, so that ``tracker --help``
stays fast.
"""

from __future__ import annotations

import importlib
import logging
import os
import pkgutil
import sys

import click

from tracker import __version__
from tracker.errors import TrackerError

__all__ = ["main"]

_ORDER = (
    "run", "locate", "extract", "fuse", "map", "export", "explain", "diff", "timeline", "conflicts",
    "init", "add", "list", "status", "review", "judge", "check", "serve", "gazetteer", "evaluate",
)  # fmt: skip


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
        status = _tracker.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except TrackerError as error:
        click.echo(f"tracker: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains again at exit
        sys.exit(141)
    sys.exit(status if isinstance(status, int) else 0)
