"""Why a name was taken for a place, and why for this one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tracker.model import Report, Resolution
from tracker.places.gazetteer import Gazetteer
from tracker.places.locate import locator
from tracker.places.mentions.spots import Spot
from tracker.places.ranking.resolve import COLUMNS, Referent

__all__ = ["explain_places"]

_SHOWN = 4  # candidates told a mention


def explain_places(
    report: Report,
    gazetteer: Gazetteer,
    *,
    masks: Sequence[tuple[int, int]] = (),
    theatre: Collection[str] = frozenset(),
    found: Sequence[Resolution] | None = None,
) -> str:
    """
    Tell, mention by mention, what spoke for a place and what each candidate was weighed by.

    The numbers are the weights of ``data/places/weights.toml`` times what was
    observed; their sum decides.

    Parameters
    ----------
    masks, theatre
        As `locate` was given them.
    found
        What came out in the end, which a title may have changed; None: what `locate` says.
    """
    judge = locator(gazetteer)
    chosen = judge.locate(report, masks=masks, theatre=theatre) if found is None else found
    answers = {(answer.start, answer.end): answer for answer in chosen}
    parts = [f"{report.report_id}: {report.title or report.text[:60].strip()!r}"]
    if theatre:
        parts.append(f"The sides that it names fight in: {', '.join(sorted(theatre))}")
    for spot, referent in judge.weigh(report, masks=masks, theatre=theatre):
        parts.append(_mention(report, spot, judge.weights["mention"]))
        answer = next((one for key, one in answers.items() if key[0] < spot.end and spot.start < key[1]), None)
        if answer is not None:
            where = "NIL" if answer.place_id is None else f"{answer.place_id} {answer.name}"
            parts.append(f"    {answer.score:.3f}  -> {where}")
        parts += _choices(referent, judge.weights["place"])
    return "\n".join(parts)


def _mention(report: Report, spot: Spot, weights: Mapping[str, float]) -> str:
    signs = ", ".join(f"{sign} {weights.get(sign, 0.0):+.1f}" for sign in spot.signs) or "no signs"
    kind = f", called {spot.cue.kind}" if spot.cue is not None else ""
    return (
        f"\n[{spot.start}:{spot.end}] {report.text[spot.start : spot.end]}: a place {spot.belief:.2f} ({signs}{kind})"
    )


def _choices(referent: Referent, weights: Mapping[str, float]) -> list[str]:
    shares = referent.shares
    order = sorted(range(len(shares)), key=lambda row: (-shares[row], row))
    lines = [f"    {1.0 - float(shares.sum()):.3f}  NIL: none of these (utility {weights['nil']:+.1f})"]
    for row in order[:_SHOWN]:
        place = referent.candidates.place(row)
        reasons = [
            f"{name} {weights.get(name, 0.0) * value:+.2f}"
            for name, value in zip(COLUMNS, referent.matrix[row].tolist(), strict=True)
            if value and weights.get(name)
        ]
        where = ", ".join(filter(None, (place.feature, place.admin1, place.country)))
        lines.append(f"    {float(shares[row]):.3f}  {place.place_id} {place.name} ({where}): {', '.join(reasons)}")
    if len(order) > _SHOWN:
        lines.append(f"    and {len(order) - _SHOWN} more")
    return lines
