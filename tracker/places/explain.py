"""Why a name was taken for a place, and why for this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.model import Report
from tracker.places.gazetteer import Gazetteer
from tracker.places.locate import locator
from tracker.places.recognise import Spot
from tracker.places.resolve import COLUMNS, Referent

__all__ = ["explain_places"]

_SHOWN = 4  # candidates told a mention


def explain_places(report: Report, gazetteer: Gazetteer, *, masks: Sequence[tuple[int, int]] = ()) -> str:
    """
    Tell, mention by mention, what spoke for a place and what each candidate was weighed by.

    The numbers are the weights of ``data/places/weights.toml`` times what was
    observed; their sum decides.
    """
    judge = locator(gazetteer)
    parts = [f"{report.report_id}: {report.title or report.text[:60].strip()!r}"]
    for spot, referent in judge.weigh(report, masks=masks):
        parts.append(_mention(report, spot, judge.weights["mention"]))
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
        place = referent.candidates.places[row]
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
