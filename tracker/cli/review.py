"""``tracker review``: what matters most and is least sure, one claim at a time."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli._ledger import ledger_option

if TYPE_CHECKING:
    from tracker.ledger import Ledger
    from tracker.model import Judgement
    from tracker.states import ReviewItem

__all__ = ["command"]

_KEYS = {"a": "accept", "r": "reject", "c": "correct", "s": "skip", "u": "undo", "q": "quit"}
_FIELDS = ("place_id", "actor", "valid_time", "kind", "part")


@click.command(short_help="Walk through the claims that matter most and are least sure.")
@ledger_option
@click.option("--by", envvar="TRACKER_JUDGE", help="Who signs; needed on a terminal.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many claims.")
@click.option("--list", "only_list", is_flag=True, help="Print the claims and decide nothing.")
def command(ledger_path: Path, by: str | None, limit: int, only_list: bool) -> None:
    """
    Show claims, those with the largest effect times doubt first, and record what you decide.

    For each: a accept, r reject, c correct, s skip, u undo the last one, q quit. Without a terminal, or with
    --list, the claims are printed and nothing is decided.
    """
    from tracker.errors import UsageError
    from tracker.ledger import Ledger
    from tracker.states import review_queue

    walk = not only_list and sys.stdin.isatty()
    if walk and not by:
        raise UsageError("a judgement is signed: --by NAME")
    with Ledger(ledger_path, read_only=not walk) as ledger:
        queue = review_queue(ledger.claims(), judgements=ledger.judgements())[:limit]
        if walk and by:
            _walk(ledger, queue, by)
            return
        for item in queue:
            click.echo("\n".join(_shown(item)))


def _walk(ledger: Ledger, queue: list[ReviewItem], by: str) -> None:
    done: list[tuple[int, Judgement]] = []
    position = 0
    while position < len(queue):
        item = queue[position]
        click.echo("\n".join([f"\n{position + 1} of {len(queue)}", *_shown(item)]))
        key = click.prompt("accept, reject, correct, skip, undo, quit", type=click.Choice(list(_KEYS)))
        if key == "q":
            break
        if key == "u":
            if done:
                position, last = done.pop()
                _record(ledger, last.judgement_id, "undo", by)
            continue
        if key != "s":
            corrections = _asked_corrections() if key == "c" else {}
            if key == "c" and not corrections:
                continue
            done.append((position, _record(ledger, item.claim.claim_id, _KEYS[key], by, corrections)))
        position += 1
    click.echo(f"{len(done)} judgement(s) recorded")


def _record(
    ledger: Ledger, target: str, verdict: str, by: str, corrections: dict[str, str | None] | None = None
) -> Judgement:
    from tracker.ledger import make_judgement
    from tracker.model import Verdict

    made = make_judgement(target, Verdict(verdict), by=by, on=dt.datetime.now(dt.UTC), corrections=corrections)
    ledger.judge(made)
    return made


def _asked_corrections() -> dict[str, str | None]:
    corrections: dict[str, str | None] = {}
    for field in _FIELDS:
        value = click.prompt(f"  {field} (enter keeps it, - for none)", default="", show_default=False)
        if value:
            corrections[field] = None if value == "-" else value
    return corrections


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
