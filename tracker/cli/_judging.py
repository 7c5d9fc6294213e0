"""What `judge` and `review` share: a judgement checked against the ledger before it is written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.ledger import Ledger
    from tracker.model import Claim, Judgement, StateTarget
    from tracker.pipeline import Stages

__all__ = ["judged"]


def judged(
    ledger: Ledger,
    stages: Stages,
    target: str,
    verdict: str,
    *,
    by: str,
    corrections: dict[str, str | None] | None = None,
    note: str | None = None,
    at: dt.datetime | None = None,
) -> Judgement:
    """
    Record a judgement on a claim, a mention, a state or a judgement, and return it.

    Raises
    ------
    UsageError
        If the target isn't in the ledger, or can't be judged so.
    UnknownPlaceError, UnknownActorError
        If a correction names a place or a side that nobody knows.
    """
    from tracker.ledger import make_judgement
    from tracker.model import Verdict

    said = dict(corrections or {})
    said |= _checked(ledger, stages, target, Verdict(verdict), said)
    when = at if at is not None else dt.datetime.now(dt.UTC)
    made = make_judgement(target, Verdict(verdict), by=by, on=when, corrections=said, note=note)
    _try_out(ledger, stages, made)
    ledger.judge(made)
    return made


def _checked(
    ledger: Ledger, stages: Stages, target: str, verdict: str, said: dict[str, str | None]
) -> dict[str, str | None]:
    """Refuse what can't be judged; return what the judgement has to note beside what was said."""
    from tracker.model import StateTarget

    if verdict == "undo":
        if target not in {j.judgement_id for j in ledger.judgements()}:
            raise UsageError(f"no judgement {target!r} is in the ledger; tracker list judgements shows them")
        return {}
    if (place_id := said.get("place_id")) is not None:
        stages.gazetteer.get(place_id)
    for side in ("actor", "counter_actor", "holder", "besieger"):
        if (actor := said.get(side)) is not None:
            stages.actors[actor]
    if ledger.claim(target) is not None or _mention(ledger, target):
        return {}
    state = StateTarget.read(target)
    if state is None:
        raise UsageError(f"no claim, mention or judgement {target!r} is in the ledger; tracker list shows them")
    return _noted(ledger, stages, state, verdict)


def _mention(ledger: Ledger, target: str) -> bool:
    report_id, _, start = target.rpartition("#")
    return start.isdigit() and ledger.speaks_at(report_id, int(start))


def _noted(ledger: Ledger, stages: Stages, target: StateTarget, verdict: str) -> dict[str, str | None]:
    """Return what stands of the states that are accepted or rejected; there must be one and the same."""
    from tracker.states import claims_of_place, standing_reading, within

    judgements = ledger.judgements()
    told = claims_of_place(ledger.claims(), judgements, target.place_id, places=stages.gazetteer)
    states = within(stages.fuse(told, judgements=judgements), target)
    if not states:
        raise UsageError(
            f"no report speaks of {target.place_id}{f' [{target.part}]' if target.part else ''} on {target.days}, so "
            "there is no state to judge. Say who held it with a baseline: tracker add FILE --as baseline."
        )
    if verdict == "correct":
        return {}
    readings = {tuple(sorted(standing_reading(s).items(), key=str)) for s in states}
    if len(readings) > 1:
        found = "; ".join(f"{s.valid_from or '..'}/{s.valid_to or '..'} {s.status} {s.holder or ''}" for s in states)
        raise UsageError(f"several states stand on {target.days}: {found}. Judge the days of one.")
    return standing_reading(states[0])


def _try_out(ledger: Ledger, stages: Stages, judgement: Judgement) -> None:
    """Refuse fields and values that can't be, before they are written."""
    from tracker.states import apply_judgements, check_decision

    claims: list[Claim] = []
    found = ledger.claim(judgement.target)
    if found is not None:
        claims = [found]
    elif _mention(ledger, judgement.target):
        report_id, _, start = judgement.target.rpartition("#")
        claims = [c for c in ledger.claims(report_id=report_id) if c.place.start == int(start)]
        if judgement.corrections.keys() - {"place_id"}:
            raise UsageError("of a mention only place_id can be corrected")
    elif judgement.verdict != "undo":
        check_decision(judgement)
    apply_judgements(claims, [judgement], places=stages.gazetteer)
