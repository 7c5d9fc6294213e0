"""``tracker review``: what matters most and is least sure, one claim at a time."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli._common import known_by_option
from tracker.cli._ledger import gazetteer_option, ledger_option, source_files_of, sources_option
from tracker.errors import TrackerError, UsageError
from tracker.model import plain_name

if TYPE_CHECKING:
    from tracker.ledger import Ledger
    from tracker.model import Claim, Judgement
    from tracker.pipeline import Stages
    from tracker.states import ReviewItem

__all__ = ["command"]

_KEYS = {"a": "accept", "r": "reject", "c": "correct", "s": "skip", "u": "undo", "q": "quit"}
_FIELDS = ("place_id", "actor", "valid_time", "kind", "part")
_OFFERED = 5  # places that a name may mean, shown to choose from
_NAMESAKES = 50  # looked through for those where the ledger's places lie
_WIDEST = 100  # characters of a line that is easily read


@click.command(short_help="Walk through the claims that matter most and are least sure.")
@ledger_option
@click.option("--by", envvar="TRACKER_JUDGE", help="Who signs; needed on a terminal.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many claims.")
@click.option("--list", "only_list", is_flag=True, help="Print the claims and decide nothing.")
@known_by_option
@gazetteer_option
@sources_option
def command(
    ledger_path: Path | str,
    by: str | None,
    limit: int,
    only_list: bool,
    known_by: dt.date | None,
    gazetteers: tuple[Path, ...],
    source_files: tuple[Path, ...],
) -> None:
    """
    Show claims, those with the largest effect times doubt first, and record what you decide.

    For each: a accept, r reject, c correct (place, actor, date, kind, part), s skip, u undo the last decision,
    q quit. Without a terminal, or with --list, the claims are printed and nothing is decided.
    """
    from tracker.ledger import open_ledger
    from tracker.pipeline import Stages
    from tracker.states import review_queue

    walk = not only_list and sys.stdin.isatty()
    if walk and not by:
        raise UsageError("a judgement is signed: --by NAME")
    stages = Stages(gazetteer_files=gazetteers, source_files=source_files_of(ledger_path, source_files))
    with open_ledger(ledger_path, read_only=not walk) as ledger:
        queue = review_queue(
            ledger.claims(), judgements=ledger.judgements(), known_by=known_by,
            places=stages.gazetteer, sources=stages.sources,
        )[:limit]  # fmt: skip
        if not queue:
            click.echo("no claim wants a decision", err=True)
        elif walk and by:
            _Walk(ledger, stages, by).through(queue)
        else:
            for item in queue:
                click.echo("\n".join(_shown(item)))


class _Walk:
    """One sitting of a person who decides."""

    def __init__(self, ledger: Ledger, stages: Stages, by: str) -> None:
        self._ledger, self._stages, self._by = ledger, stages, by
        self._done: list[tuple[int, Judgement]] = []

    def through(self, queue: list[ReviewItem]) -> None:
        """Show one claim after the other until the queue or the person ends it."""
        position = 0
        while position < len(queue):
            click.echo("\n".join([f"\n{position + 1} of {len(queue)}", *_wrapped(_shown(queue[position]))]))
            key = click.prompt("accept, reject, correct, skip, undo, quit", type=click.Choice(list(_KEYS)))
            if key == "q":
                break
            if key == "u":
                position = self._undone(position)
            elif key == "s" or self._decided(position, queue[position], key):
                position += 1
        click.echo(f"{len(self._done)} judgement(s) recorded")

    def _undone(self, position: int) -> int:
        if not self._done:
            click.echo("  nothing was decided in this sitting; for older ones: tracker judge j-… undo")
            return position
        before, last = self._done.pop()
        self._record(last.judgement_id, "undo")
        return before

    def _decided(self, position: int, item: ReviewItem, key: str) -> bool:
        corrections = self._asked(item.claim) if key == "c" else {}
        if key == "c" and not corrections:
            return False
        try:
            self._done.append((position, self._record(item.claim.claim_id, _KEYS[key], corrections)))
        except TrackerError as error:  # a slip of the keys must not end the sitting
            click.echo(f"  not recorded: {error}")
            return False
        return True

    def _record(self, target: str, verdict: str, corrections: dict[str, str | None] | None = None) -> Judgement:
        from tracker.cli._judging import judged

        return judged(self._ledger, self._stages, target, verdict, by=self._by, corrections=corrections)

    def _asked(self, claim: Claim) -> dict[str, str | None]:
        """Ask for each field what it should be."""
        corrections: dict[str, str | None] = {}
        click.echo("  enter keeps what it is, - sets none")
        for field in _FIELDS:
            now = claim.place.place_id if field == "place_id" else getattr(claim, field)
            typed = click.prompt(f"  {field} [{now or 'none'}]", default="", show_default=False).strip()
            value = self._place(typed) if field == "place_id" and typed not in ("", "-") else typed
            if value:
                corrections[field] = None if value == "-" else value
        return corrections

    def _place(self, typed: str) -> str:
        """Return a place id for what was typed: an id, or a name to choose by; empty when it is none of those found."""
        from tracker.states.explaining import printable

        if ":" in typed:
            return typed
        hits = self._stages.gazetteer.search(typed, _NAMESAKES)
        here = self._countries()
        places = sorted((hit.place for hit in hits), key=lambda place: place.country not in here)[:_OFFERED]
        if not places:
            return typed
        for number, place in enumerate(places, start=1):
            where = f"{place.feature}, {place.country or 'no country'}, {place.lat:.3f} {place.lon:.3f}"
            click.echo(f"    {number}  {printable(place.name)} ({place.place_id}), {where}")
        chosen: int = click.prompt("    which, 0 for none", type=click.IntRange(0, len(places)), default=1)
        return places[chosen - 1].place_id if chosen else ""

    def _countries(self) -> set[str | None]:
        """Return the countries in which the ledger's places lie."""
        from tracker.errors import UnknownPlaceError

        found: set[str | None] = set()
        for place_id in self._ledger.places():
            with contextlib.suppress(UnknownPlaceError):
                found.add(self._stages.gazetteer.get(place_id).country)
        return found - {None}


def _shown(item: ReviewItem) -> list[str]:
    from tracker.states.explaining import printable

    claim = item.claim
    place = f"{printable(claim.place.name or claim.place.text)} ({claim.place.place_id})"
    part = f", its part {printable(claim.part)}" if claim.part else ""
    said = (
        f"{claim.kind}: {plain_name(claim.actor)} at {place}{part}, {claim.valid_time or 'undated'}, {claim.modality}"
    )
    source = f"{printable(claim.source or 'source not named')}, {claim.published or 'undated'}"
    speaker = f"; {printable(claim.attributed_to)} says so" if claim.attributed_to else ""
    grade = f"; graded {item.grade}" if item.grade else ""
    lines = [
        f"{claim.claim_id}  effect {item.effect:.2f} × doubt {item.doubt:.2f}",
        f"  {said}",
        f"  “{printable(claim.quote)}” [{source}{speaker}{grade}]",
    ]
    if item.now:
        lines.append(f"  with it: {printable(item.now)}")
    return [*lines, f"  without it: {printable(item.without)}"]


def _wrapped(lines: list[str]) -> list[str]:
    """Return lines as they fit the terminal, what is claimed in bold unless the user wants no such thing."""
    width = min(_WIDEST, shutil.get_terminal_size().columns - 1)
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    broken = [
        textwrap.fill(line, max(width, 20), subsequent_indent="    ", break_on_hyphens=False, drop_whitespace=True)
        for line in lines
    ]
    return [line if plain or number != 1 else click.style(line, bold=True) for number, line in enumerate(broken)]
