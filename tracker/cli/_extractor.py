"""Options of the verbs that read claims: which extractor, and what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tracker.claims import Rejection

__all__ = ["echo_rejected", "extractor_options"]


def extractor_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--extractor``, ``--extractor-option`` and ``--list-extractors`` to a verb."""
    command = click.option(
        "--list-extractors", is_flag=True, is_eager=True, expose_value=False, callback=_list,
        help="List the extractors there are, and leave.",
    )(command)  # fmt: skip
    command = click.option(
        "--extractor-option", "extractor_settings", multiple=True, metavar="NAME=VALUE", callback=_pairs,
        help="What the extractor is told; secrets come from the environment only.",
    )(command)  # fmt: skip
    return click.option(
        "--extractor", default="frames", show_default=True, metavar="NAME",
        help="Who reads the claims: the rules that ship, or another by its name.",
    )(command)  # fmt: skip


def echo_rejected(rejected: Iterable[Rejection]) -> bool:
    """List on stderr what an extractor could not prove or left unread; tell whether there was any."""
    some = False
    for rejection in rejected:
        click.echo(f"quarantined: {rejection}", err=True)
        some = True
    return some


def _pairs(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        name, equals, setting = value.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{value!r} is not NAME=VALUE", ctx, param)
        found[name] = setting
    return found


def _list(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if not value or ctx.resilient_parsing:
        return
    from tracker.claims import extractor_names

    for name, made_by in extractor_names().items():
        click.echo(f"{name}  {made_by}{'  (default)' if name == 'frames' else ''}")
    ctx.exit()
