"""``tracker review``: what matters most and is least sure, one claim at a time."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli._common import known_by_option
from tracker.cli._ledger import gazetteer_option, ledger_option, source_files_of, sources_option
from tracker.errors import TrackerError, UsageError

if TYPE_CHECKING:
    from tracker.ledger import Ledger
    from tracker.model import Judgement
    from tracker.pipeline import Stages
    from tracker.states import ReviewItem

__all__ = ["command"]

_KEYS = {"a": "accept", "r": "reject", "c": "correct", "s": "skip", "u": "undo", "q": "quit"}
_FIELDS = ("place_id", "actor", "valid_time", "kind", "part")
_OFFERED = 5  # places that a name may mean, shown to choose from


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
        if walk and by:
            _Walk(ledger, stages, by).through(queue)
            return
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
            click.echo("\n".join([f"\n{position + 1} of {len(queue)}", *_shown(queue[position])]))
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
        corrections = self._asked() if key == "c" else {}
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

    def _asked(self) -> dict[str, str | None]:
        corrections: dict[str, str | None] = {}
        for field in _FIELDS:
            value = click.prompt(f"  {field} (enter keeps it, - for none)", default="", show_default=False)
            if value:
                corrections[field] = None if value == "-" else self._place(value) if field == "place_id" else value
        return corrections

    def _place(self, value: str) -> str:
        """Return a place id for what was typed: an id, or a name to choose by."""
        from tracker.states.explaining import printable

        if ":" in value:
            return value
        hits = self._stages.gazetteer.search(value, _OFFERED)
        for number, hit in enumerate(hits, start=1):
            place = hit.place
            where = f"{place.feature}, {place.country or 'no country'}, {place.lat:.3f} {place.lon:.3f}"
            click.echo(f"    {number}  {printable(place.name)} ({place.place_id}), {where}")
        if not hits:
            return value
        chosen: int = click.prompt("    which", type=click.IntRange(1, len(hits)), default=1)
        return hits[chosen - 1].place.place_id


def _shown(item: ReviewItem) -> list[str]:
    from tracker.states.explaining import printable
    from tracker.states.reasons import plain_name

    claim = item.claim
    place = f"{printable(claim.place.name or claim.place.text)} ({claim.place.place_id})"
    said = f"{claim.kind}: {plain_name(claim.actor)} at {place}, {claim.valid_time or 'undated'}, {claim.modality}"
    source = f"{printable(claim.source or 'source not named')}, {claim.published or 'undated'}"
    return [
        f"{claim.claim_id}  effect {item.effect:.2f} × doubt {item.doubt:.2f}",
        f"  {said}",
        f"  “{printable(claim.quote)}” [{source}]",
        f"  without it: {printable(item.without)}",
    ]
