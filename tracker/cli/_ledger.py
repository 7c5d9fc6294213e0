"""What the verbs around the ledger share: where it is, how claims are weighed, and claims from it or from a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.cli._common import input_lines
from tracker.cli._precautions import precaution_options, precautions_of
from tracker.databases import is_database
from tracker.errors import UnknownPlaceError, UsageError

if TYPE_CHECKING:
    from tracker.model import Claim, Judgement, PlaceIndex, State
    from tracker.pipeline import Stages
    from tracker.precautions import Guard

__all__ = [
    "DEFAULT_LEDGER",
    "LEDGER",
    "Project",
    "gazetteer_option",
    "ledger_option",
    "maybe_ledger_option",
    "open_project",
    "project_options",
    "shown",
    "source_files_of",
    "sources_option",
]

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_LEDGER = "tracker.ledger"
_NAMESAKES = 50  # places of one name, among which one is sought that claims speak of
SOURCES = "sources.toml"  # beside the ledger, a project's own list
_HELP = "The project's ledger file, or postgresql://…; TRACKER_LEDGER names another."


class _LedgerAddress(click.ParamType[Path | str]):
    """A file, or a database."""

    name = "file or address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        del param, ctx
        return value if isinstance(value, Path) or is_database(value) else Path(value)


LEDGER = _LedgerAddress()

ledger_option = click.option(
    "--ledger", "ledger_path", type=LEDGER, metavar="LEDGER", default=DEFAULT_LEDGER, show_default=True,
    envvar="TRACKER_LEDGER", help=_HELP,
)  # fmt: skip
maybe_ledger_option = click.option(
    "--ledger", "ledger_path", type=LEDGER, metavar="LEDGER", envvar="TRACKER_LEDGER", help=_HELP
)
gazetteer_option = click.option(
    "--gazetteer", "gazetteers", type=click.Path(path_type=Path), multiple=True, help="Your own gazetteer."
)
sources_option = click.option(
    "--sources", "source_files", type=click.Path(path_type=Path), multiple=True, envvar="TRACKER_SOURCES",
    help="Your own list of sources (TOML), read after the shipped one and after sources.toml beside the ledger.",
)  # fmt: skip
_claims_option = click.option(
    "--claims", "claims_path", type=click.Path(allow_dash=True), help="JSON Lines of claims instead of a ledger."
)


def project_options(command: Command) -> Command:
    """Add the options with which a verb takes claims from a project, holds back and weighs; see `open_project`."""
    for option in (precaution_options, sources_option, gazetteer_option, maybe_ledger_option, _claims_option):
        command = option(command)
    return command


@dataclass(frozen=True, kw_only=True)
class Project:
    """
    What a verb works on.

    Attributes
    ----------
    claims
        As they were read, known by the day asked for.
    judgements
        All of them: a judgement mends how a report was read, not what was known.
    stages
        With the project's own gazetteer and sources.
    on, known_by
        As asked for, but not after an embargo's last day.
    guard
        Holds back what is asked to; claims and judgements are without it already.
    """

    claims: list[Claim]
    judgements: list[Judgement]
    stages: Stages
    on: dt.date | None
    known_by: dt.date | None
    guard: Guard | None = None

    def of_place(self, asked: str) -> tuple[str, list[Claim]]:
        """
        Return the id of the place that is meant by an id or a name, and the claims that speak of it.

        A name may be spelled as no claim has it; of places that bear it, one that
        claims speak of comes first.

        Raises
        ------
        UnknownPlaceError
            If neither a claim nor the gazetteer knows it.
        """
        from tracker.states import apply_judgements, claims_of_place, find_place

        places = self.stages.gazetteer
        read = apply_judgements(self.claims, self.judgements, places=places).claims
        told = [*read, *self.claims] if self.judgements else read
        try:
            place_id = find_place(asked, told)
        except UnknownPlaceError:
            spoken_of = {claim.place.place_id for claim in told}
            named = [hit.place.place_id for hit in places.search(asked, _NAMESAKES)] or _listed(places, asked)
            if not named:
                raise
            place_id = next((i for i in named if i in spoken_of), named[0])
        return place_id, claims_of_place(self.claims, self.judgements, place_id, places=places)

    def fuse(self, claims: list[Claim] | None = None) -> list[State]:
        """Return the states that the claims make, all of them when None."""
        told = self.claims if claims is None else claims
        return self.shown_states(self.stages.fuse(told, known_by=self.known_by, judgements=self.judgements))

    def shown_states(self, states: list[State]) -> list[State]:
        """Return the states that may be shown."""
        return states if self.guard is None else self.guard.states(states)


def _listed(places: PlaceIndex, place_id: str) -> list[str]:
    """Return an id alone when the gazetteer holds it."""
    try:
        return [places.get(place_id).place_id]
    except UnknownPlaceError:
        return []


def open_project(
    *,
    claims_path: str | None,
    ledger_path: Path | str | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    embargo_days: int | None = None,
    coarsen_km: float | None = None,
    suppress_path: str | None = None,
) -> Project:
    """
    Return claims and judgements from a claims file, else from the ledger, without what is to be held back.

    Raises
    ------
    UsageError
        If neither is named and no ledger stands in this folder, or what is to be held back is out of range.
    InputError
        If the list of what to hide can't be read or names an unknown place.
    """
    from tracker.jsonl import read_lines
    from tracker.ledger import open_ledger
    from tracker.model import Claim
    from tracker.pipeline import Stages, guard_of

    claims: list[Claim]
    judgements: list[Judgement] = []
    path: Path | str | None = None
    if claims_path is not None:
        with input_lines(claims_path) as lines:
            claims = list(read_lines(lines, Claim, path=claims_path))
    else:
        path = ledger_path or Path(DEFAULT_LEDGER)
        if ledger_path is None and not Path(DEFAULT_LEDGER).exists():
            raise UsageError("name the claims: --claims FILE or --ledger FILE (tracker init makes a ledger)")
        with open_ledger(path, read_only=True) as ledger:
            claims, judgements = list(ledger.claims(known_by=known_by)), ledger.judgements()
    stages = Stages(gazetteer_files=gazetteers, source_files=source_files_of(path, source_files))
    held = precautions_of(stages, embargo_days, coarsen_km, suppress_path)
    if held is None:
        return Project(claims=claims, judgements=judgements, stages=stages, on=on, known_by=known_by)
    guard = guard_of(held, claims, stages, on=on, known_by=known_by, judgements=judgements)
    return Project(
        claims=guard.shown_of(claims), judgements=guard.judgements(judgements), stages=stages,
        on=guard.on, known_by=guard.known_by, guard=guard,
    )  # fmt: skip


def source_files_of(ledger_path: Path | str | None, source_files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return a project's lists of sources: the one beside its ledger, if there is one, then those named."""
    beside = ledger_path.parent / SOURCES if isinstance(ledger_path, Path) else None
    return (beside, *source_files) if beside is not None and beside.is_file() else source_files


def shown(record: Any) -> str:
    """Return a record as one line of JSON."""
    from tracker.jsonl import dump_line

    return dump_line(record)
